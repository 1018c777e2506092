//! `tallypress check`: looks a site over, asks other sites about links if that is wanted, and says
//! what was found to people, programs or a code host.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use clap::{Args, ValueEnum};

use super::{FAILED, SiteArgs, memory, misused, options};
use crate::check::check;
use crate::diagnostic::Diagnostic;
use crate::external_links;
use crate::memory::Memory;
use crate::progress::patiently;
use crate::report::{self, counted_as};
use crate::source::SourceTree;
use crate::theme;

pub const ABOUT: &str = "Look the site over without writing anything

Reports what a build would report, and warns of what a build lets pass but was most likely not \
meant: headings that skip a level, pages without a description, titles that search engines cut, \
pages that nothing links to, files that no page uses, numbers typed by hand that a model of the \
page computes, and entries of a model without effect.";

pub const CODES: &str = "\
Exit codes:
  0  no errors, perhaps warnings
  1  there are errors, and a build would publish nothing; or a link to another site is dead
  2  the command was given something wrong";

#[derive(Args)]
pub struct CheckArgs {
    #[command(flatten)]
    site: SiteArgs,
    /// Ask other sites whether the pages are there that this one links to
    #[arg(long)]
    external: bool,
    /// The seconds after which no other site is asked any more
    #[arg(
        long,
        value_name = "SECONDS",
        default_value_t = 120,
        requires = "external"
    )]
    external_limit: u64,
    /// How to say what was found
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Count warnings as errors
    #[arg(long)]
    strict: bool,
    /// Print nothing but what is wrong
    #[arg(long, short)]
    quiet: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Each with the lines that it is about, for people
    Text,
    /// One object, for programs
    Json,
    /// Annotations of a run on GitHub
    Github,
}

pub fn run(args: &CheckArgs) -> ExitCode {
    let options = match options(&args.site) {
        Ok(options) => options,
        Err(wrong) => return misused(&wrong),
    };
    let mut memory = match memory(&args.site, Memory::default()) {
        Ok(memory) => memory,
        Err(wrong) => return misused(&wrong),
    };
    let progress = Arc::clone(&memory.progress);
    let (source, mut checked) = patiently("Checking", &progress, || {
        let (source, unreadable) = SourceTree::read(&args.site.root, theme::embedded());
        let mut checked = check(&source, &options, &mut memory);
        checked.diagnostics.splice(0..0, unreadable);
        (source, checked)
    });
    let mut asked = String::new();
    if args.external {
        let limit = Duration::from_secs(args.external_limit);
        progress.begin("addresses", checked.elsewhere.len());
        let answers = patiently("Asking other sites", &progress, || {
            external_links::check(
                &checked.elsewhere,
                limit,
                options.publication.now,
                external_links::cache_file().as_deref(),
                &|done| progress.reach(done),
            )
        });
        checked.diagnostics.extend(answers.diagnostics);
        checked
            .diagnostics
            .sort_by_cached_key(Diagnostic::reading_order);
        let addresses = counted_as(answers.addresses, "address", "addresses");
        asked = match answers.remembered {
            0 => format!("; asked for {addresses} of other sites"),
            known => format!("; {addresses} of other sites, {known} of them known from before"),
        };
    }
    let texts = source.texts();
    match args.format {
        Format::Text => {
            report::print(&checked.diagnostics, &texts);
            if !args.quiet {
                say!("{}{asked}\n", checked.summary());
            }
        }
        Format::Json => {
            let outcome = serde_json::json!({
                "pages": checked.pages,
                "models": checked.models,
                "diagnostics": report::json(&checked.diagnostics, &texts),
            });
            say!("{outcome:#}\n");
        }
        Format::Github => {
            let root = match args.site.root == Path::new(".") {
                true => String::new(),
                false => format!("{}/", args.site.root.display()),
            };
            say!("{}", report::github(&checked.diagnostics, &texts, &root));
            if !args.quiet {
                say!("{}{asked}\n", checked.summary());
            }
        }
    }
    match checked.failed() || (args.strict && !checked.diagnostics.is_empty()) {
        true => ExitCode::from(FAILED),
        false => ExitCode::SUCCESS,
    }
}
