//! `tallypress import`: reads a site made with another generator, writes it as one of ours, and
//! says what could not be carried and whether the new site can be built as it is.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::{FAILED, misused, moment};
use crate::import::{Generator, import};
use crate::memory::Memory;
use crate::output::OutputTree;
use crate::report::{self, counted};
use crate::site::Publication;
use crate::source::SourceTree;
use crate::{Options, build, theme};

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

pub fn run(args: &ImportArgs) -> ExitCode {
    if !args.source.is_dir() {
        return misused(&format!("there is no folder `{}`", args.source.display()));
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
    notes.extend(imported.notes);
    let site = OutputTree {
        files: imported.files,
    };
    if let Err(error) = site.create(&args.destination) {
        eprintln!("error: {error}");
        return ExitCode::from(FAILED);
    }
    print!("{}", report::lines(&notes, &source.texts()));
    let pages = counted(imported.pages, "page");
    let others = counted(site.files.len() - imported.pages, "other file");
    let remarks = match notes.len() {
        0 => "everything was carried".to_owned(),
        count => format!("{} to look at", counted(count, "thing")),
    };
    println!(
        "{pages} and {others} -> {}: {remarks}",
        args.destination.display()
    );

    // As the next command of the author will see it, drafts included.
    let default_theme = theme::embedded()
        .into_iter()
        .map(|(path, bytes)| (path, bytes.into()));
    let tree: SourceTree = default_theme.chain(site.files).collect();
    let publication = Publication { now, drafts: true };
    let options = Options {
        base_url: None,
        publication,
    };
    let build = build(&tree, &options, &mut Memory::default());
    match build.failed() {
        false => println!(
            "The new site can be built: tallypress serve --root {}",
            args.destination.display()
        ),
        true => {
            let errors: Vec<_> = build
                .diagnostics
                .into_iter()
                .filter(|one| one.is_error())
                .collect();
            println!("\nBefore the new site can be built, these need you:");
            print!("{}", report::lines(&errors, &tree.texts()));
            println!(
                "{}; `tallypress check --root {}` shows them at their places",
                report::count(&errors),
                args.destination.display()
            );
        }
    }
    ExitCode::SUCCESS
}
