//! `tallypress list`, `explain` and `schema`: what there is to say about a site without building it.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::{FAILED, MISUSED, check_root, misused, parse_date, publication};
use crate::config::{self, Config};
use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::list::{self, Wanted};
use crate::memory::Memory;
use crate::report::{self, Texts};
use crate::schema::{self, Of};
use crate::site::{Publication, Relations, Site};
use crate::source::SourceTree;
use crate::{assemble, explain, theme};

#[derive(Args)]
pub struct ListArgs {
    /// Which pages
    #[arg(value_enum)]
    wanted: Wanted,
    /// The folder with `content/` in it
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    root: PathBuf,
    /// List as if it were this day or moment (default: SOURCE_DATE_EPOCH, else the clock)
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    now: Option<Date>,
    /// Print JSON instead of lines
    #[arg(long)]
    json: bool,
}

#[derive(Subcommand)]
pub enum ExplainAction {
    /// Why these pages are shown beside a page
    Related {
        /// The page's file, such as content/blog/post.md, or its address
        page: String,
        /// The folder with `content/` in it
        #[arg(long, value_name = "FOLDER", default_value = ".")]
        root: PathBuf,
        /// Include drafts, and pages whose date is still to come or has expired
        #[arg(long)]
        drafts: bool,
        /// Explain as if it were this day or moment (default: SOURCE_DATE_EPOCH, else the clock)
        #[arg(long, value_name = "DATE", value_parser = parse_date)]
        now: Option<Date>,
    },
}

#[derive(Args)]
pub struct SchemaArgs {
    /// Of which files
    #[arg(value_enum, default_value = "page")]
    of: Of,
    /// The folder with `content/` in it
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    root: PathBuf,
}

pub fn list(args: &ListArgs) -> ExitCode {
    let publication = match check_root(&args.root).and(publication(&args.root, false, args.now)) {
        Ok(publication) => publication,
        Err(wrong) => return misused(&wrong),
    };
    let Looked {
        source,
        site,
        mut wrong,
        ..
    } = look(&args.root, publication);
    // A page that cannot be read may be one of those that are asked for.
    wrong.retain(Diagnostic::is_error);
    print(&match args.json {
        true => format!("{:#}\n", list::json(args.wanted, &site)),
        false => list::text(args.wanted, &site, wrong.is_empty()),
    });
    match wrong.is_empty() {
        true => ExitCode::SUCCESS,
        false => {
            report::print(&wrong, &source.texts_of(&wrong));
            ExitCode::from(FAILED)
        }
    }
}

pub fn explain(action: &ExplainAction) -> ExitCode {
    let ExplainAction::Related {
        page,
        root,
        drafts,
        now,
    } = action;
    with_site(root, publication(root, *drafts, *now), |site, _| {
        explain::related(site, page)
    })
}

pub fn schema(args: &SchemaArgs) -> ExitCode {
    with_site(
        &args.root,
        publication(&args.root, false, None),
        |_, config| Ok(format!("{:#}\n", schema::schema(args.of, config))),
    )
}

/// Prints what there is to say about a site; what is wrong with it is left to a build.
fn with_site(
    root: &Path,
    publication: Result<Publication, String>,
    say: impl FnOnce(&Site, &Config) -> Result<String, Diagnostic>,
) -> ExitCode {
    let publication = match check_root(root).and(publication) {
        Ok(publication) => publication,
        Err(wrong) => return misused(&wrong),
    };
    let Looked { site, config, .. } = look(root, publication);
    match say(&site, &config) {
        Ok(text) => {
            print(&text);
            ExitCode::SUCCESS
        }
        Err(wrong) => {
            report::print(&[wrong], &Texts::new());
            ExitCode::from(MISUSED)
        }
    }
}

/// A site as far as it is known without making its pages.
struct Looked {
    source: SourceTree,
    config: Config,
    site: Site,
    wrong: Vec<Diagnostic>,
}

fn look(root: &Path, publication: Publication) -> Looked {
    let (source, mut wrong) = SourceTree::read(root, theme::embedded());
    let (config, misset) = config::parse(&source, None);
    wrong.extend(misset);
    let memory = Memory::default();
    let (site, misplaced) = assemble(&source, &config, publication, Relations::ALL, &memory);
    wrong.extend(misplaced);
    wrong.sort_by_cached_key(Diagnostic::reading_order);
    Looked {
        source,
        config,
        site,
        wrong,
    }
}

fn print(text: &str) {
    // A closed pipe, as after `| head`, is no reason to complain.
    let _ = io::stdout().write_all(text.as_bytes());
}
