//! The command line: reads arguments, runs one command, says how it went.
//!
//! Exit codes: 0 done (perhaps with warnings); 1 the site has errors or could not be written; 2 the
//! command was given something wrong.

mod about;
mod check;
mod estimate;
mod import;
mod shell;
mod start;
mod terminal;

use std::mem;
use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use clap::{Args, Parser, Subcommand};
use jiff::Timestamp;
use mimalloc::MiMalloc;

use crate::address::BaseUrl;
use crate::cache::Cache;
use crate::date::Date;
use crate::last_build::{LastBuild, Outcome};
use crate::memory::Memory;
use crate::output::{PublishError, Published, Publisher};
use crate::report::{self, counted};
use crate::serve::{self, Place};
use crate::site::Publication;
use crate::source::{Listing, READ, SourceTree};
use crate::{Build, Options, build_into, theme};
use terminal::patiently;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

const FAILED: u8 = 1;
const MISUSED: u8 = 2;
/// So many pages that are not published are named; the outcome stays on one screen.
const LISTED: usize = 12;

/// Markdown in, a static site with live estimates out.
#[derive(Parser)]
#[command(name = "tallypress", version, max_term_width = 100)]
struct Command {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Build the site into a folder
    Build(BuildArgs),
    /// Look the site over without writing anything
    #[command(long_about = check::ABOUT, after_help = check::CODES)]
    Check(check::CheckArgs),
    /// Show the site on this machine while it is being written
    Serve(ServeArgs),
    /// Print what a model estimates
    Estimate(estimate::EstimateArgs),
    /// List pages that are not published now, and when the site changes next
    List(about::ListArgs),
    /// Say why the site is as it is
    #[command(subcommand)]
    Explain(about::ExplainAction),
    /// Print a JSON Schema for editors
    Schema(about::SchemaArgs),
    /// Begin a site: a small one that is complete
    Init(start::InitArgs),
    /// Begin a page from an archetype
    New(start::NewArgs),
    /// Bring a site over that was made with Zola, Hugo or Jekyll
    Import(import::ImportArgs),
    /// Print what a shell needs to complete commands and options
    Completions(shell::CompletionsArgs),
    /// Print the manual page
    Man(shell::ManArgs),
}

#[derive(Args)]
struct SiteArgs {
    /// The folder with `content/` in it
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    root: PathBuf,
    /// Where the site will be served, instead of `base_url` in site.toml
    #[arg(long, value_name = "URL", value_parser = BaseUrl::parse)]
    base_url: Option<BaseUrl>,
    /// Include drafts, and pages whose date is still to come or has expired
    #[arg(long)]
    drafts: bool,
    /// Ask search engines to leave the site out, as one that is only to be looked at; so does --drafts
    #[arg(long)]
    preview: bool,
    /// Build as if it were this day or moment (default: SOURCE_DATE_EPOCH, else the clock)
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    now: Option<Date>,
    /// Keep what later builds can use in this folder (default: `tallypress` among your caches)
    #[arg(long, value_name = "FOLDER")]
    cache: Option<PathBuf>,
}

#[derive(Args)]
struct BuildArgs {
    #[command(flatten)]
    site: SiteArgs,
    /// The folder to publish into (default: `public` in the site's folder)
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// Print the outcome as JSON
    #[arg(long)]
    json: bool,
    /// Print nothing but what is wrong
    #[arg(long, short)]
    quiet: bool,
}

#[derive(Args)]
struct ServeArgs {
    #[command(flatten)]
    site: SiteArgs,
    /// The port to listen at; 0 takes a free one
    #[arg(long, default_value_t = 1111)]
    port: u16,
    /// The address of this machine to listen at; 0.0.0.0 lets other machines see the site
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    bind: IpAddr,
    /// Show the site in the browser
    #[arg(long)]
    open: bool,
    /// Leave out what a build would not publish: without this, drafts and the like are shown with a mark
    #[arg(long, conflicts_with = "drafts")]
    published: bool,
}

/// What came of a site that was to be published, or why it was not.
type BuildResult = Result<(Outcome, Published), (Build, Option<PublishError>)>;

/// Runs the command that this process was started with.
pub fn run() -> ExitCode {
    match Command::parse().action {
        Action::Build(args) => run_build(&args),
        Action::Check(args) => check::run(&args),
        Action::Serve(args) => run_serve(&args),
        Action::Estimate(args) => estimate::run(&args),
        Action::List(args) => about::list(&args),
        Action::Explain(action) => about::explain(&action),
        Action::Schema(args) => about::schema(&args),
        Action::Init(args) => start::init(&args),
        Action::New(args) => start::new(&args),
        Action::Import(args) => import::run(&args),
        Action::Completions(args) => shell::completions(&args),
        Action::Man(args) => shell::man(&args),
    }
}

fn run_build(args: &BuildArgs) -> ExitCode {
    let started = Instant::now();
    let options = match options(&args.site) {
        Ok(options) => options,
        Err(wrong) => return misused(&wrong),
    };
    let out = args
        .out
        .clone()
        .unwrap_or_else(|| args.site.root.join("public"));
    if let Err(wrong) = check_out(&args.site.root, &out) {
        return misused(&wrong);
    }
    let mut memory = match memory(&args.site, Memory::for_one_build()) {
        Ok(memory) => memory,
        Err(wrong) => return misused(&wrong),
    };
    let root = &args.site.root;
    let (source, result) = patiently("Building", || {
        let listing = Listing::of(root);
        let cache = memory.images.cache.clone();
        let program = std::env::current_exe().unwrap_or_default();
        let last = LastBuild::by(&program, &listing, &options, &out, cache.as_ref());
        if let Some(outcome) = last.as_ref().and_then(LastBuild::outcome) {
            let published = Published {
                unchanged: outcome.files,
                ..Published::default()
            };
            // Warnings are drawn with the texts that they are about.
            let source = match outcome.diagnostics.is_empty() {
                true => SourceTree::default(),
                false => SourceTree::listed(listing, theme::embedded()).0,
            };
            return (source, Ok((outcome, published)));
        }
        let publisher = Publisher::to(&out);
        let (source, unreadable) = SourceTree::listed(listing, theme::embedded());
        let mut build = build_into(&source, &options, &mut memory, &publisher);
        build.diagnostics.splice(0..0, unreadable);
        let published = match build.failed() {
            true => publisher.abandon().map(|()| None),
            false => publisher.finish().map(Some),
        };
        let result = match published {
            Ok(Some(published)) => {
                let files = published.written + published.unchanged;
                if let Some(last) = last {
                    last.keep(Outcome::of(&build, files));
                }
                Ok((Outcome::of(&build, files), published))
            }
            Ok(None) => Err((build, None)),
            Err(error) => Err((build, Some(error))),
        };
        // The system takes back the memory faster than the program could give it.
        mem::forget(memory);
        (source, result)
    });
    if args.json {
        return report_as_json(&source, result);
    }
    let diagnostics = match &result {
        Ok((outcome, _)) => &outcome.diagnostics,
        Err((build, _)) => &build.diagnostics,
    };
    report::print(diagnostics, &source.texts_of(diagnostics));
    match result {
        Err((build, None)) => {
            let count = report::count(&build.diagnostics);
            complain!("\nerror: {count}; nothing was published\n");
            ExitCode::from(FAILED)
        }
        Err((_, Some(error))) => {
            complain!("error: {error}\n");
            ExitCode::from(FAILED)
        }
        Ok(_) if args.quiet => ExitCode::SUCCESS,
        Ok((outcome, published)) => {
            let warnings = match outcome.diagnostics.len() {
                0 => String::new(),
                _ => format!(", {}", report::count(&outcome.diagnostics)),
            };
            say!(
                "{} in {} ms: {} written, {} unchanged, {} removed{warnings} -> {}\n",
                counted(outcome.pages, "page"),
                started.elapsed().as_millis(),
                counted(published.written, "file"),
                published.unchanged,
                published.removed,
                out.display()
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
    }
}

/// A site published among its own sources would be read by the next build.
fn check_out(root: &Path, out: &Path) -> Result<(), String> {
    if is_source(root, out) {
        return Err(format!(
            "`{}` is where the site's sources are\n  help: publish beside them, for example with --out {}",
            out.display(),
            root.join("public").display()
        ));
    }
    Ok(())
}

/// Whether what is written to a folder would end up among a site's sources.
fn is_source(root: &Path, folder: &Path) -> bool {
    let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let (root, folder) = (absolute(root), absolute(folder));
    folder == root || READ.iter().any(|name| folder.starts_with(root.join(name)))
}

fn report_as_json(source: &SourceTree, result: BuildResult) -> ExitCode {
    let (outcome, files, error) = match result {
        Ok((outcome, published)) => (outcome, Some(published), None),
        Err((build, error)) => (Outcome::of(&build, 0), None, error),
    };
    let report = serde_json::json!({
        "published": files.is_some(),
        "pages": outcome.pages,
        "withheld": outcome.withheld.iter().map(|(path, _)| path).collect::<Vec<_>>(),
        "next_due": outcome.next_due.map(|next| next.json),
        "written": files.map(|files| files.written),
        "unchanged": files.map(|files| files.unchanged),
        "removed": files.map(|files| files.removed),
        "error": error.map(|error| error.to_string()),
        "diagnostics": report::json(&outcome.diagnostics, &source.texts_of(&outcome.diagnostics)),
    });
    say!("{report:#}\n");
    match files {
        Some(_) => ExitCode::SUCCESS,
        None => ExitCode::from(FAILED),
    }
}

fn run_serve(args: &ServeArgs) -> ExitCode {
    let mut options = match options(&args.site) {
        Ok(options) => options,
        Err(wrong) => return misused(&wrong),
    };
    options.publication.drafts = !args.published;
    let place = Place {
        bind: args.bind,
        port: args.port,
        open: args.open,
    };
    let memory = match memory(&args.site, Memory::default()) {
        Ok(memory) => memory,
        Err(wrong) => return misused(&wrong),
    };
    match serve::run(&args.site.root, options, memory, place) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain!("error: {error}\n");
            ExitCode::from(FAILED)
        }
    }
}

fn options(args: &SiteArgs) -> Result<Options, String> {
    check_root(&args.root)?;
    Ok(Options {
        base_url: args.base_url.clone(),
        publication: publication(args.drafts, args.now)?,
        preview: args.preview,
    })
}

fn check_root(root: &Path) -> Result<(), String> {
    match root.join("content").is_dir() {
        true => Ok(()),
        false => Err(format!(
            "there is no folder `content` in `{}`\n  help: name the site's folder with --root",
            root.display()
        )),
    }
}

/// Which pages are published, and at which moment.
fn publication(drafts: bool, now: Option<Date>) -> Result<Publication, String> {
    Ok(Publication {
        now: now.map_or_else(moment, Ok)?,
        drafts,
    })
}

/// An empty memory, with what other runs made of pictures.
fn memory(args: &SiteArgs, mut memory: Memory) -> Result<Memory, String> {
    memory.images.cache = match &args.cache {
        None => Cache::usual(|name| std::env::var_os(name)),
        Some(folder) if is_source(&args.root, folder) => {
            return Err(format!(
                "`{}` is where the site's sources are\n  help: name a folder outside of the site",
                folder.display()
            ));
        }
        Some(folder) => Some(Cache::at(folder.clone())),
    };
    memory.images.progress = report::picture_progress();
    Ok(memory)
}

/// The moment of the build, asked for once.
#[expect(
    clippy::disallowed_methods,
    reason = "the only place that looks at the clock"
)]
fn moment() -> Result<Date, String> {
    let Ok(epoch) = std::env::var("SOURCE_DATE_EPOCH") else {
        return Ok(Date::of(Timestamp::now()));
    };
    epoch
        .parse()
        .ok()
        .and_then(|seconds| Timestamp::from_second(seconds).ok())
        .map(Date::of)
        .ok_or_else(|| format!("SOURCE_DATE_EPOCH is `{epoch}`, which is not a number of seconds"))
}

fn parse_date(text: &str) -> Result<Date, String> {
    Date::parse(text)
        .ok_or_else(|| "a date looks like 2026-05-01 or 2026-05-01T09:30:00Z".to_owned())
}

fn misused(wrong: &str) -> ExitCode {
    complain!("error: {wrong}\n");
    ExitCode::from(MISUSED)
}
