//! A site looked over before it is published. Takes what a build takes; gives everything that a
//! build would report, and warnings about what it lets pass but was most likely not meant. Writes
//! nothing.

use crate::diagnostic::Diagnostic;
use crate::estimate;
use crate::memory::Memory;
use crate::report::counted;
use crate::source::{MODELS, SourceTree};
use crate::{Options, build};

/// What looks for one kind of thing that was most likely not meant. They see the files, not the
/// finished site, because they should also speak while that has errors.
const LINTS: [fn(&SourceTree) -> Vec<Diagnostic>; 1] = [models];

/// What was looked at, and what was found.
#[derive(Debug)]
pub struct Checked {
    /// Pages made by a template.
    pub pages: usize,
    pub models: usize,
    /// In reading order.
    pub diagnostics: Vec<Diagnostic>,
}

/// Checks a site.
pub fn check(source: &SourceTree, options: &Options) -> Checked {
    let build = build(source, options, &mut Memory::default());
    let mut diagnostics = build.diagnostics;
    diagnostics.extend(LINTS.iter().flat_map(|lint| lint(source)));
    diagnostics.sort_by_cached_key(Diagnostic::reading_order);
    Checked {
        pages: build.pages,
        models: model_files(source).count(),
        diagnostics,
    }
}

impl Checked {
    pub fn failed(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }

    /// `Checked 26 pages and 1 model: no errors, 2 warnings`
    pub fn summary(&self) -> String {
        let errors = self.diagnostics.iter().filter(|one| one.is_error()).count();
        let warnings = self.diagnostics.len() - errors;
        let number = |count: usize, noun: &str| match count {
            0 => format!("no {noun}s"),
            count => counted(count, noun),
        };
        let models = match self.models {
            0 => String::new(),
            models => format!(" and {}", counted(models, "model")),
        };
        format!(
            "Checked {}{models}: {}, {}",
            counted(self.pages, "page"),
            number(errors, "error"),
            number(warnings, "warning")
        )
    }
}

/// What is odd about the estimate models; those with errors have been reported already.
fn models(source: &SourceTree) -> Vec<Diagnostic> {
    let mut warnings = Vec::new();
    for (path, bytes) in model_files(source) {
        let Ok(text) = SourceTree::text(path, bytes) else {
            continue;
        };
        if let (Some(model), _) = estimate::parse(path, text) {
            warnings.extend(estimate::lint(&model, text));
        }
    }
    warnings
}

fn model_files(source: &SourceTree) -> impl Iterator<Item = (&str, &[u8])> {
    source
        .below(MODELS)
        .filter(|(path, _)| path.ends_with(".toml"))
        .map(|(path, bytes)| (path, bytes.as_ref()))
}
