//! What went wrong, as plain data: where in which file, what is wrong there and
//! what to do about it. Drawing it for a terminal is [`crate::report`]'s job.

use std::collections::BTreeSet;
use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A range of bytes in a file's text.
pub type Span = Range<usize>;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Nothing is published while there is one of these.
    Error,
    Warning,
}

impl Severity {
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// A place in a source file. The path is relative to the site's root, with `/`
/// between its parts; files of the embedded theme are below `themes/default/`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    pub path: String,
    /// `None` when the whole file is meant.
    pub span: Option<Span>,
}

impl Place {
    /// A file as a whole.
    pub fn file(path: &str) -> Self {
        Self {
            path: path.to_owned(),
            span: None,
        }
    }
}

/// One thing for the author to know. Built with [`Diagnostic::error`] and the
/// methods that follow it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    pub severity: Severity,
    /// What is wrong, in a few words without a full stop.
    pub message: String,
    pub place: Option<Place>,
    /// Said under the carets, next to the marked text.
    pub label: String,
    /// A stretch of the same file that it has to do with, and what that is.
    pub because_of: Option<(Span, String)>,
    /// What to do; each is drawn as a `help:` line.
    pub help: Vec<String>,
}

impl Diagnostic {
    pub fn error(message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            message: message.into(),
            place: None,
            label: String::new(),
            because_of: None,
            help: Vec::new(),
        }
    }

    pub fn warning(message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(message)
        }
    }

    /// The same, as an error or as a warning.
    pub fn as_severe_as(self, severity: Severity) -> Self {
        Self { severity, ..self }
    }

    /// Points at a stretch of a file's text.
    pub fn at(mut self, path: &str, span: Span) -> Self {
        self.place = Some(Place {
            path: path.to_owned(),
            span: Some(span),
        });
        self
    }

    /// Points at a whole file.
    pub fn in_file(mut self, path: &str) -> Self {
        self.place = Some(Place {
            path: path.to_owned(),
            span: None,
        });
        self
    }

    /// Points at a place that is known already.
    pub fn placed(mut self, place: &Place) -> Self {
        self.place = Some(place.clone());
        self
    }

    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Marks what it has to do with, in the same file.
    pub fn because_of(mut self, span: Span, label: impl Into<String>) -> Self {
        self.because_of = Some((span, label.into()));
        self
    }

    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// Adds "did you mean …?" when one of the candidates is close to what was written.
    pub fn suggest<'a>(self, written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Self {
        match closest(written, candidates) {
            Some(candidate) => self.help(format!("did you mean `{candidate}`?")),
            None => self,
        }
    }

    /// The same, and where none is close, which there are.
    pub fn suggest_among(self, written: &str, kind: &str, names: BTreeSet<&str>) -> Self {
        if closest(written, names.iter().copied()).is_some() {
            return self.suggest(written, names);
        }
        match names.is_empty() {
            true => self.help(format!("there are no {kind}")),
            false => {
                let names: Vec<&str> = names.into_iter().collect();
                self.help(format!("known {kind}: {}", names.join(", ")))
            }
        }
    }

    /// Whether both point at the same stretch of a file.
    pub fn is_at(&self, other: &Self) -> bool {
        let has_span = self
            .place
            .as_ref()
            .is_some_and(|place| place.span.is_some());
        has_span && self.place == other.place
    }

    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// Orders diagnostics as an author reads: by file, then from top to bottom.
    pub fn reading_order(&self) -> impl Ord + use<> {
        let place = self.place.clone();
        (
            place.as_ref().map(|place| place.path.clone()),
            place.and_then(|place| place.span).map(|span| span.start),
            self.message.clone(),
        )
    }
}

/// As an author reads them, each once: a file that several pages include is wrong once.
pub fn in_reading_order(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    diagnostics.sort_by_cached_key(Diagnostic::reading_order);
    diagnostics.dedup();
    diagnostics
}

/// The candidate that an author most likely meant, if any is close enough:
/// within a third of the longer word's letters, or one that differs only in
/// case and separators.
pub fn closest<'a>(
    written: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let folded = folded(written);
    candidates
        .into_iter()
        .map(|candidate| {
            let other = self::folded(candidate);
            let allowed = folded.chars().count().max(other.chars().count()) / 3;
            (
                strsim::damerau_levenshtein(&folded, &other),
                allowed.max(1),
                candidate,
            )
        })
        .filter(|(distance, allowed, _)| distance <= allowed)
        .min_by_key(|(distance, _, candidate)| (*distance, *candidate))
        .map(|(_, _, candidate)| candidate)
}

/// Whether two words differ only in case and separators.
pub fn is_same_word(one: &str, other: &str) -> bool {
    folded(one) == folded(other)
}

fn folded(word: &str) -> String {
    word.to_lowercase().replace(['-', '_', ' '], "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typo_is_recognised_and_a_different_word_is_not() {
        let keys = ["draft", "date", "description"];
        assert_eq!(closest("drfat", keys), Some("draft"));
        assert_eq!(closest("Descripton", keys), Some("description"));
        assert_eq!(closest("banana", keys), None);
        assert_eq!(
            closest("publish-date", ["publishDate"]),
            Some("publishDate")
        );
    }
}
