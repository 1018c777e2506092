//! `tallypress list`: the pages that are not published now, and when the site will change next.

use std::fmt::Write;

use crate::date::Date;
use crate::site::{Change, Due, Site, Why};

/// Which pages are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Wanted {
    Drafts,
    Future,
    Expired,
}

impl Wanted {
    fn holds(self, why: Why) -> bool {
        matches!(
            (self, why),
            (Self::Drafts, Why::Draft)
                | (Self::Future, Why::Future(_))
                | (Self::Expired, Why::Expired(_))
        )
    }

    fn nothing(self) -> &'static str {
        match self {
            Self::Drafts => "There are no drafts.",
            Self::Future => "No page is still to come.",
            Self::Expired => "No page has expired.",
        }
    }
}

/// A line for each page: its date where one decides, its file, its title. That there is none is said only where
/// `all_known` are.
pub fn text(wanted: Wanted, site: &Site, all_known: bool) -> String {
    let mut listed: Vec<(Option<Date>, &str, &str)> = site
        .withheld
        .iter()
        .filter(|(_, page)| wanted.holds(page.why))
        .map(|(path, page)| (moment(page.why), path.as_str(), page.title.as_str()))
        .collect();
    listed.sort();
    let mut text = String::new();
    for (moment, path, title) in &listed {
        if let Some(moment) = moment {
            let _ = write!(text, "{moment}  ");
        }
        let _ = writeln!(text, "{path}  {title}");
    }
    if listed.is_empty() && all_known {
        let _ = writeln!(text, "{}", wanted.nothing());
    }
    if let Some(due) = &site.next_due {
        let _ = writeln!(text, "{}", next(due));
    }
    text
}

/// The same for programs.
pub fn json(wanted: Wanted, site: &Site) -> serde_json::Value {
    let pages = site.withheld.iter();
    let pages = pages.filter(|(_, page)| wanted.holds(page.why));
    serde_json::json!({
        "pages": pages
            .map(|(path, page)| serde_json::json!({
                "path": path,
                "title": page.title,
                "date": moment(page.why).map(Date::rfc3339),
            }))
            .collect::<Vec<_>>(),
        "next_due": site.next_due.as_ref().map(due_json),
    })
}

pub fn due_json(due: &Due) -> serde_json::Value {
    serde_json::json!({
        "date": due.date.rfc3339(),
        "path": due.path,
        "change": match due.change {
            Change::Appears => "appears",
            Change::Expires => "expires",
        },
    })
}

/// `next: content/a.md appears on 2026-07-01`
pub fn next(due: &Due) -> String {
    let change = match due.change {
        Change::Appears => "appears",
        Change::Expires => "expires",
    };
    format!("next: {} {change} on {}", due.path, due.date)
}

fn moment(why: Why) -> Option<Date> {
    match why {
        Why::Draft => None,
        Why::Future(date) | Why::Expired(date) => Some(date),
    }
}
