//! The table `[feed]` of `site.toml`: what readers can follow.

use serde::Serialize;

use crate::fields::Fields;

#[derive(Clone, Debug)]
pub struct FeedConfig {
    /// Without any there is no feed.
    pub formats: Vec<FeedFormat>,
    /// Newest entries that a feed holds.
    pub limit: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum FeedFormat {
    Atom,
    Json,
}

const ALL: [FeedFormat; 2] = [FeedFormat::Atom, FeedFormat::Json];

impl FeedFormat {
    /// The file of such a feed, beside the page whose feed it is.
    pub fn file(self) -> &'static str {
        match self {
            Self::Atom => "atom.xml",
            Self::Json => "feed.json",
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Atom => "atom",
            Self::Json => "json",
        }
    }
}

impl FeedConfig {
    pub(super) fn read(fields: &mut Fields<'_>) -> Self {
        let mut feed = Self {
            formats: ALL.to_vec(),
            limit: 20,
        };
        let Some(table) = fields.table("feed") else {
            return feed;
        };
        let mut fields = Fields::new(fields.path(), table, fields.diagnostics());
        let enabled = fields.flag("enabled").unwrap_or(true);
        feed.limit = fields.count("limit").unwrap_or(feed.limit);
        if let Some(written) = fields.texts("formats") {
            feed.formats.clear();
            for format in written {
                match ALL.into_iter().find(|known| known.name() == format.value) {
                    Some(known) => feed.formats.push(known),
                    None => {
                        let label = "this is neither `atom` nor `json`";
                        fields.error("unknown format of a feed", format.span, label);
                    }
                }
            }
            feed.formats.sort_unstable();
            feed.formats.dedup();
        }
        if !enabled {
            feed.formats.clear();
        }
        fields.finish();
        feed
    }
}
