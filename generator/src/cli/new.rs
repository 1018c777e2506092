//! `tallypress new`: a page to write.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::{FAILED, misused, moment, on_the_clock_of, parse_date};
use crate::archetype::{self, Wish};
use crate::date::Date;
use crate::diagnostic::closest;
use crate::output::OutputTree;
use crate::source::SourceTree;

#[derive(Args)]
pub struct NewArgs {
    /// What to begin: `post`, `page`, or the name of a file in `archetypes/`
    kind: String,
    /// The title of the page
    title: String,
    /// The folder with `content/` in it
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    root: PathBuf,
    /// The folder below `content/`, instead of the kind's own
    #[arg(long, value_name = "FOLDER")]
    section: Option<String>,
    /// Give the page a folder, for pictures beside it
    #[arg(long)]
    bundle: bool,
    /// The day of the page (default: today)
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    now: Option<Date>,
}

pub fn new(args: &NewArgs) -> ExitCode {
    if !args.root.join("content").is_dir() {
        return misused(&format!(
            "there is no folder `content` in `{}`\n  help: name the site's folder with --root, or begin one with `tallypress init`",
            args.root.display()
        ));
    }
    if args.title.trim().is_empty() {
        return misused("the page has no title");
    }
    let is_below = |folder: &str| {
        let mut parts = Path::new(folder.trim_matches('/')).components();
        parts.all(|part| matches!(part, Component::Normal(_)))
    };
    // As a shell completes it.
    let section = args.section.as_deref().map(|folder| {
        match folder.trim_start_matches("./").trim_matches('/') {
            "content" => "",
            folder => folder.strip_prefix("content/").unwrap_or(folder),
        }
    });
    if let Some(folder) = section.filter(|folder| !is_below(folder)) {
        return misused(&format!(
            "`{folder}` is no folder in `content`\n  help: name it as it is there, such as `--section blog/news`"
        ));
    }
    let today = match args.now.map_or_else(moment, Ok) {
        Ok(today) => on_the_clock_of(&args.root, today),
        Err(wrong) => return misused(&wrong),
    };
    let (site, _) = SourceTree::read_any(&args.root);
    let archetype = site.get(&archetype::file(&args.kind));
    if archetype.is_none() && !matches!(args.kind.as_str(), "post" | "page") {
        let known = site
            .below("archetypes/")
            .filter_map(|(path, _)| path.strip_prefix("archetypes/")?.strip_suffix(".md"));
        let known: BTreeSet<&str> = ["post", "page"].into_iter().chain(known).collect();
        let help = match closest(&args.kind, known.iter().copied()) {
            Some(closest) => format!("did you mean `{closest}`?"),
            None => {
                let known: Vec<&str> = known.into_iter().collect();
                format!("there are {}", known.join(", "))
            }
        };
        return misused(&format!(
            "there is no `{}`\n  help: {help}",
            archetype::file(&args.kind)
        ));
    }
    let text = match archetype.map(|bytes| SourceTree::text(&archetype::file(&args.kind), bytes)) {
        Some(Err(_)) => {
            return misused(&format!(
                "`{}` is not UTF-8 text",
                archetype::file(&args.kind)
            ));
        }
        Some(Ok(text)) => Some(text),
        None => None,
    };
    let wish = Wish {
        kind: &args.kind,
        title: &args.title,
        today,
        folder: section,
        is_bundle: args.bundle,
    };
    let sections = archetype::sections(site.below("content/").map(|(path, _)| path));
    if let Some(folder) = section.filter(|folder| !sections.contains(*folder)) {
        return misused(&no_section(folder, &sections));
    }
    let begun = archetype::page(wish, text, &sections);
    let there = site.below("content/").map(|(path, _)| path);
    if let Some(other) = archetype::at_same_address(&begun.path, there) {
        return misused(&format!(
            "`{other}` has this address already\n  help: go on writing there, or give the page another title or --section"
        ));
    }
    let files: Vec<(String, String)> = begun
        .section
        .into_iter()
        .chain([(begun.path, begun.text)])
        .collect();
    let paths: Vec<String> = files.iter().map(|(path, _)| path.clone()).collect();
    let files = files
        .into_iter()
        .map(|(path, text)| (path, text.into_bytes().into()));
    let page = OutputTree {
        files: files.collect(),
    };
    match page.create(&args.root) {
        Ok(()) => {
            for path in paths {
                let path = match args.root == Path::new(".") {
                    true => PathBuf::from(path),
                    false => args.root.join(path),
                };
                say!("{}\n", path.display());
            }
            ExitCode::SUCCESS
        }
        Err(error) => {
            complain!("error: {error}\n");
            ExitCode::from(FAILED)
        }
    }
}

/// What to do about a section that is not there: without its `_index.md` nothing would list the page.
fn no_section(folder: &str, sections: &BTreeSet<String>) -> String {
    let names = || {
        sections
            .iter()
            .map(String::as_str)
            .filter(|name| !name.is_empty())
    };
    let help = match closest(folder, names()) {
        Some(closest) => format!("did you mean `--section {closest}`?"),
        None => match names().collect::<Vec<_>>().join(", ") {
            none if none.is_empty() => "there are no sections".to_owned(),
            known => format!("there are {known}"),
        },
    };
    format!(
        "there is no section `{folder}`\n  help: {help}\n  help: write `content/{folder}/_index.md` to begin it"
    )
}
