//! How a build, or a merge of shards, went: said to people in a few lines, to programs as JSON.

use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use super::FAILED;
use crate::last_build::Outcome;
use crate::output::{PublishError, Published};
use crate::report::{self, Texts, counted};

/// So many pages that are not published are named; the outcome stays on one screen.
const LISTED: usize = 12;

/// A site that was to be published. Where it was not, there are errors, or this is why.
pub struct Ended {
    pub outcome: Outcome,
    pub published: Result<Published, Option<PublishError>>,
}

/// What is wanted of the saying.
pub struct Wanted<'a> {
    pub json: bool,
    /// Nothing but what is wrong.
    pub quiet: bool,
    pub started: Instant,
    pub out: &'a Path,
}

impl Ended {
    /// `texts` are those that its diagnostics are about.
    pub fn say(self, texts: &Texts<'_>, wanted: &Wanted<'_>) -> ExitCode {
        match wanted.json {
            true => self.say_as_json(texts),
            false => self.say_in_words(texts, wanted),
        }
    }

    fn say_in_words(self, texts: &Texts<'_>, wanted: &Wanted<'_>) -> ExitCode {
        let Self { outcome, published } = self;
        report::print(&outcome.diagnostics, texts);
        let published = match published {
            Err(None) => {
                let count = report::count(&outcome.diagnostics);
                complain!("\nerror: {count}; nothing was published\n");
                return ExitCode::from(FAILED);
            }
            Err(Some(error)) => {
                complain!("error: {error}\n");
                return ExitCode::from(FAILED);
            }
            Ok(_) if wanted.quiet => return ExitCode::SUCCESS,
            Ok(published) => published,
        };
        let warnings = match outcome.diagnostics.len() {
            0 => String::new(),
            _ => format!(", {}", report::count(&outcome.diagnostics)),
        };
        say!(
            "{} in {} ms: {} written, {} unchanged, {} removed{warnings} -> {}\n",
            counted(outcome.pages, "page"),
            wanted.started.elapsed().as_millis(),
            counted(published.written, "file"),
            published.unchanged,
            published.removed,
            wanted.out.display()
        );
        for (path, why) in outcome.withheld.iter().take(LISTED) {
            say!("not published: {path}, because {why}\n");
        }
        let more = outcome.withheld.len().saturating_sub(LISTED);
        if more > 0 {
            say!("not published: {} more\n", counted(more, "page"));
        }
        if let Some(next) = &outcome.next_due {
            say!("{}\n", next.sentence);
        }
        ExitCode::SUCCESS
    }

    fn say_as_json(self, texts: &Texts<'_>) -> ExitCode {
        let Self { outcome, published } = self;
        let (files, error) = match published {
            Ok(published) => (Some(published), None),
            Err(error) => (None, error),
        };
        let report = serde_json::json!({
            "published": files.is_some(),
            "pages": outcome.pages,
            "withheld": outcome.withheld.iter().map(|(path, _)| path).collect::<Vec<_>>(),
            "next_due": outcome.next_due.map(|next| next.json),
            "written": files.as_ref().map(|files| files.written),
            "unchanged": files.as_ref().map(|files| files.unchanged),
            "removed": files.as_ref().map(|files| files.removed),
            "error": error.map(|error| error.to_string()),
            "diagnostics": report::json(&outcome.diagnostics, texts),
        });
        say!("{report:#}\n");
        match files {
            Some(_) => ExitCode::SUCCESS,
            None => ExitCode::from(FAILED),
        }
    }
}
