//! `tallypress init`: a site to begin with.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::{FAILED, misused, moment};
use crate::output::OutputTree;
use crate::page::title_of_file;
use crate::report::counted;
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
    match title_of_file(&name) {
        nothing if nothing.is_empty() => "My site".to_owned(),
        title => title,
    }
}
