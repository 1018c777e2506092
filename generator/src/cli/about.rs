//! `tallypress list`, `explain` and `schema`: what there is to say about a site without building it.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::{MISUSED, check_root, misused, parse_date, publication};
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
    with_site(&args.root, publication(false, args.now), |site, _| {
        Ok(match args.json {
            true => format!("{:#}\n", list::json(args.wanted, site)),
            false => list::text(args.wanted, site),
        })
    })
}

pub fn explain(action: &ExplainAction) -> ExitCode {
    let ExplainAction::Related {
        page,
        root,
        drafts,
        now,
    } = action;
    with_site(root, publication(*drafts, *now), |site, _| {
        explain::related(site, page)
    })
}

pub fn schema(args: &SchemaArgs) -> ExitCode {
    with_site(&args.root, publication(false, None), |_, config| {
        Ok(format!("{:#}\n", schema::schema(args.of, config)))
    })
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
    let (source, _) = SourceTree::read(root, theme::embedded());
    let (config, _) = config::parse(&source, None);
    let (site, _) = assemble(
        &source,
        &config,
        publication,
        Relations::ALL,
        &Memory::default(),
    );
    match say(&site, &config) {
        Ok(text) => {
            // A closed pipe, as after `| head`, is no reason to complain.
            let _ = io::stdout().write_all(text.as_bytes());
            ExitCode::SUCCESS
        }
        Err(wrong) => {
            report::print(&[wrong], &Texts::new());
            ExitCode::from(MISUSED)
        }
    }
}
