//! A share of a site's files, for machines that build the site together. Each of them reads and assembles all of it;
//! which files it makes is decided by their paths alone, so that they need not talk to each other. Gives what
//! is to be known of the share when the shares of all are put together.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::address::BaseUrl;
use crate::diagnostic::{Diagnostic, Severity};
use crate::hash::Fingerprint;
use crate::link_check::PageLinks;
use crate::plan::Href;

/// One of several, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Shard {
    pub number: u64,
    pub of: u64,
}

impl Shard {
    /// Reads `2/4`.
    ///
    /// # Errors
    /// Says what is wrong, to be shown next to what was written.
    pub fn parse(written: &str) -> Result<Self, String> {
        let parsed = written.split_once('/').and_then(|(number, of)| {
            let [number, of] = [number, of].map(|part| part.trim().parse().ok());
            Some((number?, of?))
        });
        match parsed {
            None => Err("a shard looks like 2/4: the second of four".to_owned()),
            Some((0, _)) => Err("shards are counted from 1".to_owned()),
            Some((number, of)) if number > of => Err(format!("of {of} there is no shard {number}")),
            Some((number, of)) => Ok(Self { number, of }),
        }
    }

    /// Whether it is this one that makes the file.
    pub fn makes(self, path: &str) -> bool {
        Fingerprint::of(path.as_bytes()).number() % self.of == self.number - 1
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

/// What is to be known of a shard's files when the shards of all are put together.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Share {
    pub base_url: BaseUrl,
    /// What a link is that leads nowhere.
    pub broken_links: Severity,
    /// What was found before there was a plan, which every shard finds.
    pub in_site: Vec<Diagnostic>,
    /// The same of the plan itself.
    pub in_plan: Vec<Diagnostic>,
    /// The orders of this shard by the path of their file.
    pub done: BTreeMap<String, Done>,
}

/// An order that was carried out.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Done {
    /// The file of the one who wanted it.
    pub source: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<DonePage>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub diagnostics: Vec<Diagnostic>,
}

/// A page of which other shards may know more.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DonePage {
    pub links: PageLinks,
    /// Where an author wrote those of the links that are still open.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hrefs: Vec<Href>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_made_by_one_shard() {
        for of in [1, 2, 3, 7] {
            for path in ["index.html", "a/index.html", "sitemap.xml", ""] {
                let makers = (1..=of).filter(|number| {
                    let shard = Shard {
                        number: *number,
                        of,
                    };
                    shard.makes(path)
                });
                assert_eq!(makers.count(), 1, "{path} of {of}");
            }
        }
    }

    #[test]
    fn a_shard_is_written_as_a_fraction() {
        assert_eq!(Shard::parse("2/4"), Ok(Shard { number: 2, of: 4 }));
        for wrong in ["", "2", "0/4", "5/4", "0/0", "-1/4", "a/b", "1/2/3"] {
            assert!(Shard::parse(wrong).is_err(), "{wrong}");
        }
    }
}
