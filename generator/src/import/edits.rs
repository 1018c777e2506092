//! Changes to a text, collected in any order and made at once, so that every place that is named
//! meanwhile is a place in the text as its author wrote it.

use crate::diagnostic::Span;

#[derive(Debug, Default)]
pub struct Edits {
    edits: Vec<(Span, String)>,
}

impl Edits {
    pub fn replace(&mut self, span: Span, with: impl Into<String>) {
        self.edits.push((span, with.into()));
    }

    /// Whether a place will be replaced.
    pub fn covers(&self, at: usize) -> bool {
        self.edits.iter().any(|(span, _)| span.contains(&at))
    }

    /// `text[at]` with all changes. Of two that overlap the outer one counts, or else the first.
    pub fn apply(mut self, text: &str, at: Span) -> String {
        self.edits
            .sort_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
        let mut changed = String::with_capacity(at.len());
        let mut done = at.start;
        for (span, with) in self.edits {
            if span.start < done || span.end > at.end {
                continue;
            }
            changed.push_str(&text[done..span.start]);
            changed.push_str(&with);
            done = span.end;
        }
        changed.push_str(&text[done..at.end]);
        changed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_made_in_the_order_of_the_text() {
        let mut edits = Edits::default();
        edits.replace(8..13, "D");
        edits.replace(2..3, "B");
        edits.replace(9..10, "lost, because it is inside of another");
        assert_eq!(edits.apply("a b c d (e f) g", 0..15), "a B c d D g");
    }
}
