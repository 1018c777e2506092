//! Which pages are published at the moment of a build, and when that will change next.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use crate::date::Date;
use crate::page::Page;

/// What decides whether a page is published.
#[derive(Clone, Copy, Debug)]
pub struct Publication {
    pub now: Date,
    pub drafts: bool,
}

/// A page that exists and is not published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withheld {
    pub title: String,
    pub why: Why,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    Draft,
    /// Until this moment.
    Future(Date),
    /// Since this moment.
    Expired(Date),
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Draft => "it is a draft",
            Self::Future(_) => "its date is still to come",
            Self::Expired(_) => "its `expiryDate` has passed",
        })
    }
}

/// The next moment at which a build would come out otherwise although no file has changed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Due {
    pub date: Date,
    pub path: String,
    pub change: Change,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    Appears,
    Expires,
}

/// Separates what is published from what is not yet or no longer.
pub fn published(
    pages: Vec<Arc<Page>>,
    publication: Publication,
) -> (Vec<Arc<Page>>, BTreeMap<String, Withheld>) {
    let mut withheld = BTreeMap::new();
    let mut kept = Vec::with_capacity(pages.len());
    for page in pages {
        match why_withheld(&page, publication.now) {
            Some(why) if !publication.drafts => {
                let title = page.title.clone();
                withheld.insert(page.path.clone(), Withheld { title, why });
            }
            _ => kept.push(page),
        }
    }
    (kept, withheld)
}

/// Why a page is not published at a moment, unless drafts are.
pub fn why_withheld(page: &Page, now: Date) -> Option<Why> {
    if page.front.is_draft() {
        return Some(Why::Draft);
    }
    if let Some(date) = begin(page).filter(|date| date.is_after(now)) {
        return Some(Why::Future(date));
    }
    let ended = page.front.expiry.filter(|date| !date.is_after(now));
    ended.map(Why::Expired)
}

/// When a page appears, if its author says.
fn begin(page: &Page) -> Option<Date> {
    page.front.publish.or(page.date())
}

/// What comes or goes next.
pub fn next_due<'a>(pages: impl Iterator<Item = &'a Page>, now: Date) -> Option<Due> {
    pages
        .filter(|page| !page.front.is_draft())
        .flat_map(|page| {
            let expiry = page.front.expiry;
            let appears = begin(page).filter(|begin| expiry.is_none_or(|end| end.is_after(*begin)));
            let due = |date: Option<Date>, change| {
                date.filter(|date| date.is_after(now)).map(|date| Due {
                    date,
                    path: page.path.clone(),
                    change,
                })
            };
            [due(appears, Change::Appears), due(expiry, Change::Expires)]
        })
        .flatten()
        .min()
}
