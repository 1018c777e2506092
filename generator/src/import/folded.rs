//! What is said of a site where it is shown to a person: the same thing in many places once, with their number.

use std::collections::BTreeMap;

use super::{ATTRIBUTES_OF_CODE, CONTENTS_OF_A_PAGE, SECTIONS_IN_ORDER, SIZE_OF_FILE};
use crate::diagnostic::Diagnostic;
use crate::report::counted;

/// What is so in many places for one reason, and is said of the first.
const SAID_ONCE: [&str; 3] = [SECTIONS_IN_ORDER, CONTENTS_OF_A_PAGE, ATTRIBUTES_OF_CODE];

/// Up to so many of one kind each place is a line.
const FEW: usize = 3;

/// Notes of one kind.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Kind<'n> {
    /// The first picture of a page stands for all.
    Sizes(Option<&'n str>),
    Once(&'n str),
    Same(&'n str, &'n str),
}

impl<'n> Kind<'n> {
    fn of(note: &'n Diagnostic) -> Self {
        let label = note.label.as_str();
        match label {
            size if size.starts_with(SIZE_OF_FILE) => {
                Self::Sizes(note.place.as_ref().map(|place| place.path.as_str()))
            }
            label if SAID_ONCE.contains(&label) => Self::Once(label),
            label => Self::Same(&note.message, label),
        }
    }

    /// How many of them are shown as they are.
    fn few(&self) -> usize {
        match self {
            Self::Sizes(_) | Self::Once(_) => 1,
            Self::Same(..) => FEW,
        }
    }

    fn more(&self, count: usize) -> String {
        let others = match self {
            Self::Sizes(_) => format!("{} on this page", counted(count, "more picture")),
            Self::Once(label) if *label == ATTRIBUTES_OF_CODE => counted(count, "more block"),
            Self::Once(_) => counted(count, "more page"),
            Self::Same(..) => counted(count, "more place"),
        };
        format!("so it is with {others}")
    }
}

/// The notes with the first of many of one kind in the place of all.
pub fn folded(notes: &[Diagnostic]) -> Vec<Diagnostic> {
    let mut counts: BTreeMap<Kind<'_>, usize> = BTreeMap::new();
    for note in notes {
        *counts.entry(Kind::of(note)).or_default() += 1;
    }
    let mut kept = Vec::new();
    for note in notes {
        let kind = Kind::of(note);
        let few = kind.few();
        match counts.get_mut(&kind) {
            // The others were counted with the first.
            Some(0) => {}
            Some(count) if *count > few => {
                let mut first = note.clone();
                first.help.push(kind.more(*count - 1));
                *count = 0;
                kept.push(first);
            }
            _ => kept.push(note.clone()),
        }
    }
    kept
}
