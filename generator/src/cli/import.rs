//! `tallypress import`: reads a site made with another generator, writes it as one of ours, and
//! says what could not be carried and whether the new site can be built as it is.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::{FAILED, misused, moment};
use crate::date::Date;
use crate::diagnostic::{Diagnostic, Severity};
use crate::import::{Generator, Imported, folded, import};
use crate::memory::Memory;
use crate::output::OutputTree;
use crate::report::{self, counted};
use crate::site::{Publication, Relations, Withheld};
use crate::source::SourceTree;
use crate::{Options, assemble, build, config, theme};

#[derive(Args)]
pub struct ImportArgs {
    /// What the site was made with
    #[arg(value_enum)]
    from: Generator,
    /// The folder of the site, with its settings in it
    source: PathBuf,
    /// The folder for the new site
    destination: PathBuf,
}

/// How many links that lead nowhere a terminal is filled with.
const SHOWN: usize = 30;

/// Where every thing that was said is, if the terminal shows some of them once for many.
const REPORT: &str = "import-report.txt";

pub fn run(args: &ImportArgs) -> ExitCode {
    if !args.source.is_dir() {
        return misused(&format!("there is no folder `{}`", args.source.display()));
    }
    if is_inside(&args.destination, &args.source) {
        return misused(&format!(
            "`{}` is inside of the site that is brought over\n  help: name a folder beside it",
            args.destination.display()
        ));
    }
    let now = match moment() {
        Ok(now) => now,
        Err(wrong) => return misused(&wrong),
    };
    let (source, mut notes) = SourceTree::read_any(&args.source);
    let imported = match import(args.from, &source) {
        Ok(imported) => imported,
        Err(no_site) => {
            report::print(&[no_site], &source.texts());
            return ExitCode::from(super::MISUSED);
        }
    };
    let mut trial = Trial::new(&imported, now);
    let strict = trial.errors(&imported);
    let (imported, left) = match strict.is_empty() {
        true => (imported, Vec::new()),
        false => {
            let lenient = imported.with_broken_links();
            let left = trial.errors_for(&lenient, true);
            (lenient, left)
        }
    };
    notes.extend(imported.notes);
    let shown = folded(&notes);
    let mut site = OutputTree {
        files: imported.files,
    };
    let others = counted(site.files.len() - imported.pages, "other file");
    let mut remarks = match shown.len() {
        0 => "everything was carried".to_owned(),
        count => format!("{} to look at", counted(count, "thing")),
    };
    let destination = args.destination.display();
    if shown.len() < notes.len() {
        let all = report::lines(&notes, &source.texts());
        site.files
            .insert(REPORT.to_owned(), all.into_bytes().into());
        let places = counted(notes.len(), "place");
        remarks = format!("{remarks}, in {places} that {destination}/{REPORT} lists");
    }
    if let Err(error) = site.create(&args.destination) {
        complain!("error: {error}\n");
        return ExitCode::from(FAILED);
    }
    say!("{}", report::lines(&shown, &source.texts()));
    let pages = counted(imported.pages, "page");
    say!("{pages} and {others} -> {destination}: {remarks}\n");

    let tree: SourceTree = site.files.into_iter().collect();
    let is_waiting = |one: &Diagnostic| {
        let place = one.place.as_ref();
        place.is_some_and(|place| trial.waiting.contains_key(&place.path))
    };
    let (in_drafts, broken): (Vec<Diagnostic>, Vec<Diagnostic>) = strict
        .into_iter()
        .filter(|one| !left.contains(one))
        .map(|one| one.as_severe_as(Severity::Warning))
        .partition(is_waiting);
    if !broken.is_empty() {
        say!(
            "\nThese lead nowhere. They are warnings until you delete `[link_checker]` in site.toml:\n"
        );
        let shown = &broken[..broken.len().min(SHOWN)];
        say!("{}", report::lines(shown, &tree.texts()));
        if shown.len() < broken.len() {
            say!(
                "{}: `tallypress check --root {destination}` shows them all\n",
                counted(broken.len() - shown.len(), "more link")
            );
        }
    }
    if !in_drafts.is_empty() {
        say!(
            "\n{} in drafts or scheduled pages: `tallypress check --drafts --root {destination}` shows them\n",
            counted(in_drafts.len(), "more link")
        );
    }
    if left.is_empty() {
        say!("The new site can be built: tallypress serve --root {destination}\n");
    } else {
        say!("\nBefore the new site can be built, these need you:\n");
        say!("{}", report::lines(&left, &tree.texts()));
        say!(
            "{}; `tallypress check --root {destination}` shows them at their places\n",
            report::count(&left),
        );
    }
    ExitCode::SUCCESS
}

/// Whether a folder, which need not be there yet, is another or in it.
fn is_inside(folder: &Path, other: &Path) -> bool {
    let Ok(other) = other.canonicalize() else {
        return false;
    };
    let Ok(folder) = std::path::absolute(folder) else {
        return false;
    };
    let known = folder
        .ancestors()
        .find_map(|known| Some((known, known.canonicalize().ok()?)));
    known.is_some_and(|(known, real)| {
        let rest = folder.strip_prefix(known).unwrap_or(Path::new(""));
        real.join(rest).starts_with(other)
    })
}

/// Builds of the new site that are thrown away. They share what they remember, so that the second does only what
/// is different.
struct Trial {
    now: Date,
    memory: Memory,
    /// Pages that a build leaves out for now.
    waiting: BTreeMap<String, Withheld>,
}

impl Trial {
    fn new(imported: &Imported, now: Date) -> Self {
        let memory = Memory::default();
        let tree = tree(imported);
        let (config, _) = config::parse(&tree, None);
        let publication = Publication { now, drafts: false };
        let (site, _) = assemble(&tree, &config, publication, Relations::ALL, &memory);
        Self {
            now,
            memory,
            waiting: site.withheld,
        }
    }

    /// What keeps a site from being built: for its author, who sees drafts, and for readers, for whom
    /// links to drafts lead nowhere.
    fn errors(&mut self, imported: &Imported) -> Vec<Diagnostic> {
        let mut errors = self.errors_for(imported, true);
        // Without drafts both see the same.
        if !self.waiting.is_empty() {
            errors.extend(self.errors_for(imported, false));
        }
        sorted(errors)
    }

    fn errors_for(&mut self, imported: &Imported, drafts: bool) -> Vec<Diagnostic> {
        let now = self.now;
        let options = Options {
            base_url: None,
            publication: Publication { now, drafts },
            preview: false,
            shard: None,
        };
        let diagnostics = build(&tree(imported), &options, &mut self.memory).diagnostics;
        sorted(
            diagnostics
                .into_iter()
                .filter(Diagnostic::is_error)
                .collect(),
        )
    }
}

fn sorted(mut errors: Vec<Diagnostic>) -> Vec<Diagnostic> {
    errors.sort_by_cached_key(Diagnostic::reading_order);
    errors.dedup();
    errors
}

/// The new site with the theme that it begins with.
fn tree(imported: &Imported) -> SourceTree {
    let default_theme = theme::embedded()
        .into_iter()
        .map(|(path, bytes)| (path, bytes.into()));
    default_theme.chain(imported.files.clone()).collect()
}
