//! What will be wrong although nobody changes a file: when a scheduled page appears, or when one expires that
//! others link to. Takes the build of today; gives what the builds of those moments would report besides.

use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::memory::Memory;
use crate::site::Why;
use crate::source::SourceTree;
use crate::{Build, Options, build};

/// So many moments are looked at one by one; of more, the last as well. Each costs what an edit does.
const NEXT: usize = 8;

pub fn wrong_later(
    source: &SourceTree,
    options: &Options,
    memory: &mut Memory,
    today: &Build,
) -> Vec<Diagnostic> {
    if options.publication.drafts {
        // Everything is in it already.
        return Vec::new();
    }
    let mut options = options.clone();
    let mut known = today.diagnostics.clone();
    let mut later = Vec::new();
    let mut due = today.next_due.as_ref().map(|due| due.date);
    let mut looked_at = 0;
    while let Some(moment) = due {
        options.publication.now = moment;
        let then = build(source, &options, memory);
        for wrong in then.diagnostics {
            if !known.contains(&wrong) {
                later.push(
                    wrong
                        .clone()
                        .help(format!("a build reports it from {moment} on")),
                );
                known.push(wrong);
            }
        }
        looked_at += 1;
        due = then.next_due.map(|due| due.date);
        if looked_at == NEXT {
            due = last(today).filter(|last| last.is_after(moment));
        }
    }
    later
}

/// When the last of the scheduled pages appears.
fn last(today: &Build) -> Option<Date> {
    let scheduled = today
        .withheld
        .iter()
        .filter_map(|(_, page)| match page.why {
            Why::Future(date) => Some(date),
            Why::Draft | Why::Expired(_) => None,
        });
    scheduled.max()
}
