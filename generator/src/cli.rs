//! The command line: reads arguments, runs one command, says how it went.
//!
//! Exit codes: 0 done (perhaps with warnings); 1 the site has errors or could not be written; 2 the
//! command was given something wrong.

mod about;
mod check;
mod estimate;
mod import;
mod merge;
mod new;
mod outcome;
mod shell;
mod start;

use std::mem;
use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use clap::{Args, Parser, Subcommand};
use jiff::Timestamp;
use mimalloc::MiMalloc;

use crate::address::BaseUrl;
use crate::cache::Cache;
use crate::date::Date;
use crate::import::recognised;
use crate::last_build::{LastBuild, Outcome};
use crate::memory::Memory;
use crate::merge::{build_shard, holds_a_site};
use crate::output::{Published, Publisher};
use crate::progress::patiently;
use crate::serve::{self, Place};
use crate::shard::Shard;
use crate::site::Publication;
use crate::source::{Listing, READ, SourceTree};
use crate::{Options, build_into, config, source, theme};
use outcome::{Ended, Wanted};

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

const FAILED: u8 = 1;
const MISUSED: u8 = 2;

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
    /// Publish what the shards of a build make up
    #[command(long_about = merge::ABOUT)]
    Merge(merge::MergeArgs),
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
    New(new::NewArgs),
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
    /// The folder to publish into (default: `public` in the site's folder, of a shard `shards/K`)
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// Make only a share of the files, such as 2/4, the second of four; `merge` puts all shards together
    #[arg(long, value_name = "K/N", value_parser = Shard::parse)]
    shard: Option<Shard>,
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

/// Runs the command that this process was started with.
pub fn run() -> ExitCode {
    match Command::parse().action {
        Action::Build(args) => run_build(&args),
        Action::Merge(args) => merge::run(&args),
        Action::Check(args) => check::run(&args),
        Action::Serve(args) => run_serve(&args),
        Action::Estimate(args) => estimate::run(&args),
        Action::List(args) => about::list(&args),
        Action::Explain(action) => about::explain(&action),
        Action::Schema(args) => about::schema(&args),
        Action::Init(args) => start::init(&args),
        Action::New(args) => new::new(&args),
        Action::Import(args) => import::run(&args),
        Action::Completions(args) => shell::completions(&args),
        Action::Man(args) => shell::man(&args),
    }
}

fn run_build(args: &BuildArgs) -> ExitCode {
    let started = Instant::now();
    let mut options = match options(&args.site) {
        Ok(options) => options,
        Err(wrong) => return misused(&wrong),
    };
    options.shard = args.shard;
    let folder = match args.shard {
        None => "public".to_owned(),
        Some(shard) => format!("shards/{}", shard.number),
    };
    let out = args.out.clone();
    let out = out.unwrap_or_else(|| args.site.root.join(folder));
    if let Err(wrong) = check_out(&args.site.root, &out) {
        return misused(&wrong);
    }
    if args.shard.is_some() && holds_a_site(&out) {
        return misused(&format!(
            "`{}` holds a whole site, of which a shard would leave only a part\n  \
             help: name another folder with --out",
            out.display()
        ));
    }
    let mut memory = match memory(&args.site, Memory::for_one_build()) {
        Ok(memory) => memory,
        Err(wrong) => return misused(&wrong),
    };
    let root = &args.site.root;
    let progress = Arc::clone(&memory.progress);
    let (source, ended) = patiently("Building", &progress, || {
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
            let published = Ok(published);
            return (source, Ended { outcome, published });
        }
        memory.ledger = last.as_ref().map(LastBuild::ledger);
        let publisher = Publisher::to(&out);
        let (source, unreadable) = SourceTree::listed(listing, theme::embedded());
        let mut build = match options.shard {
            None => build_into(&source, &options, &mut memory, &publisher),
            Some(_) => build_shard(&source, &options, &mut memory, &program, &publisher),
        };
        build.diagnostics.splice(0..0, unreadable);
        let published = match build.failed() {
            true => Err(publisher.abandon().err()),
            false => publisher.finish().map_err(Some),
        };
        let files = published.as_ref().map_or(0, Published::files);
        if let (Some(last), Ok(published)) = (last, &published) {
            let outcome = Outcome::of(&build, files);
            last.keep(outcome, &published.stamps, memory.ledger.as_ref());
        }
        // The system takes back the memory faster than the program could give it.
        mem::forget(memory);
        let outcome = Outcome::of(&build, files);
        (source, Ended { outcome, published })
    });
    let texts = source.texts_of(&ended.outcome.diagnostics);
    let wanted = Wanted {
        json: args.json,
        quiet: args.quiet,
        started,
        out: &out,
    };
    ended.say(&texts, &wanted)
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
        publication: publication(&args.root, args.drafts, args.now)?,
        preview: args.preview,
        shard: None,
    })
}

fn check_root(root: &Path) -> Result<(), String> {
    if !root.join(config::FILE).exists()
        && let Some(generator) = recognised(|path| source::now(root, path))
    {
        let name = generator.name();
        return Err(format!(
            "`{}` holds a site of {name}, and no `{}`\n  help: `tallypress import {} {} FOLDER` brings it over into another folder",
            root.display(),
            config::FILE,
            name.to_lowercase(),
            root.display()
        ));
    }
    match root.join("content").is_dir() {
        true => Ok(()),
        false => Err(format!(
            "there is no folder `content` in `{}`\n  help: name the site's folder with --root",
            root.display()
        )),
    }
}

/// Which pages of a site are published, and at which moment.
fn publication(root: &Path, drafts: bool, now: Option<Date>) -> Result<Publication, String> {
    Ok(Publication {
        now: on_the_clock_of(root, now.map_or_else(moment, Ok)?),
        drafts,
    })
}

/// A moment by the clock of a site: a day without an offset begins when it begins there.
fn on_the_clock_of(root: &Path, now: Date) -> Date {
    let settings = source::now(root, config::FILE).unwrap_or_default();
    match config::time_zone_of(&String::from_utf8_lossy(&settings)) {
        Some(zone) => now.in_zone(&zone),
        None => now,
    }
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
    memory.images.progress = Arc::clone(&memory.progress);
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
