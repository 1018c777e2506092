//! `tallypress init` and `tallypress new`: a site to begin with, and a page to write.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::{FAILED, misused, moment, on_the_clock_of, parse_date};
use crate::archetype::{self, Wish};
use crate::date::Date;
use crate::output::OutputTree;
use crate::report::counted;
use crate::source::SourceTree;
use crate::starter;

/// Many a folder has one before there is a site in it.
const IGNORED: &str = ".gitignore";

#[derive(Args)]
pub struct InitArgs {
    /// The folder for the site; it is made if it is not there
    #[arg(default_value = ".")]
    folder: PathBuf,
    /// The title of the site, instead of the folder's name
    #[arg(long)]
    title: Option<String>,
}

pub fn init(args: &InitArgs) -> ExitCode {
    let today = match moment() {
        Ok(today) => today,
        Err(wrong) => return misused(&wrong),
    };
    let title = args.title.clone().unwrap_or_else(|| title_of(&args.folder));
    let mut site = OutputTree {
        files: starter::files(&title, today),
    };
    let has_own_list = args.folder.join(IGNORED).exists();
    if has_own_list {
        site.files.remove(IGNORED);
    }
    if let Err(error) = site.create(&args.folder) {
        complain!("error: {error}\n");
        return ExitCode::from(FAILED);
    }
    let root = match args.folder == Path::new(".") {
        true => String::new(),
        false => format!(" --root {}", args.folder.display()),
    };
    say!(
        "{} -> {}\n\n  tallypress serve{root}                shows the site while you write\n  \
         tallypress new post \"A title\"{root}   begins an article\n  \
         tallypress build{root}                makes the files to publish\n",
        counted(site.files.len(), "file"),
        args.folder.display()
    );
    if has_own_list {
        say!(
            "\n`{IGNORED}` stays as it is: add a line `/public/` to it, for what the build makes\n"
        );
    }
    ExitCode::SUCCESS
}

/// `my-notes` as a title.
fn title_of(folder: &Path) -> String {
    let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let words = name.replace(['-', '_'], " ");
    let mut letters = words.trim().chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => "My site".to_owned(),
    }
}

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
        let help = match crate::diagnostic::closest(&args.kind, known.iter().copied()) {
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
    let (path, text) = archetype::page(wish, text, &sections(&site));
    let page = OutputTree {
        files: [(path.clone(), text.into_bytes().into())].into(),
    };
    match page.create(&args.root) {
        Ok(()) => {
            let path = match args.root == Path::new(".") {
                true => PathBuf::from(path),
                false => args.root.join(path),
            };
            say!("{}\n", path.display());
            ExitCode::SUCCESS
        }
        Err(error) => {
            complain!("error: {error}\n");
            ExitCode::from(FAILED)
        }
    }
}

/// The outermost folders of pages.
fn sections(site: &SourceTree) -> Vec<String> {
    let mut sections: Vec<String> = site
        .below("content/")
        .filter_map(|(path, _)| Some(path.strip_prefix("content/")?.split_once('/')?.0.to_owned()))
        .collect();
    sections.dedup();
    sections
}
