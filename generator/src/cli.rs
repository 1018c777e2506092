//! The command line: reads arguments, runs one command, says how it went.
//!
//! Exit codes: 0 done (perhaps with warnings); 1 the site has errors or could not be written; 2 the
//! command was given something wrong.

mod check;
mod import;
mod shell;
mod start;
mod terminal;

use std::io::{self, Write};
use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use clap::{Args, Parser, Subcommand};
use jiff::Timestamp;
use tallypress_calculator::model::Engine;

use crate::address::BaseUrl;
use crate::cache::Cache;
use crate::compress;
use crate::config::Config;
use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::estimate::{self, EstimateModel, report as estimate_report, settings, shared};
use crate::memory::Memory;
use crate::output::Published;
use crate::report::{self, Texts, counted};
use crate::serve::{self, Place};
use crate::site::{Publication, Site};
use crate::source::{READ, SourceTree};
use crate::{Build, Options, assemble, build, config, explain, list, schema, theme};
use terminal::patiently;

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
    Estimate(EstimateArgs),
    /// List pages that are not published now, and when the site changes next
    List(ListArgs),
    /// Say why the site is as it is
    #[command(subcommand)]
    Explain(ExplainAction),
    /// Print a JSON Schema for editors
    Schema(SchemaArgs),
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
    /// Keep pictures that were made in this folder (default: `tallypress` among your caches)
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

#[derive(Args)]
struct EstimateArgs {
    /// The model, such as content/estimates/cto-or-partner.toml
    model: PathBuf,
    /// Begin with what a reader changed: a shared address, or a file downloaded as JSON
    #[arg(long, value_name = "ADDRESS|FILE")]
    from: Option<String>,
    /// An input's value; a choice by its number from 0. May be repeated
    #[arg(long = "set", value_name = "INPUT=VALUE")]
    set: Vec<String>,
    /// Simulated futures, a power of two, instead of the model's own number
    #[arg(long, value_name = "N")]
    samples: Option<String>,
    /// Print JSON instead of a table
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
struct ListArgs {
    /// Which pages
    #[arg(value_enum)]
    wanted: list::Wanted,
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
enum ExplainAction {
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
struct SchemaArgs {
    /// Of which files
    #[arg(value_enum, default_value = "page")]
    of: schema::Of,
    /// The folder with `content/` in it
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    root: PathBuf,
}

/// Runs the command that this process was started with.
pub fn run() -> ExitCode {
    match Command::parse().action {
        Action::Build(args) => run_build(&args),
        Action::Check(args) => check::run(&args),
        Action::Serve(args) => run_serve(&args),
        Action::Estimate(args) => run_estimate(&args),
        Action::List(args) => run_list(&args),
        Action::Explain(ExplainAction::Related {
            page,
            root,
            drafts,
            now,
        }) => run_explain(&page, &root, drafts, now),
        Action::Schema(args) => run_schema(&args),
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
    let mut memory = match memory(&args.site) {
        Ok(memory) => memory,
        Err(wrong) => return misused(&wrong),
    };
    let (source, build, published) = patiently("Building", || {
        let (source, mut build) = build_from_disk(&args.site.root, &options, &mut memory);
        compress::beside(
            &mut build.output,
            &build.precompress,
            memory.images.cache.as_ref(),
        );
        let published = match build.failed() {
            true => None,
            false => Some(build.output.publish(&out)),
        };
        (source, build, published)
    });
    if args.json {
        return report_as_json(&source, &build, published);
    }
    report::print(&build.diagnostics, &source.texts());
    match published {
        None => {
            eprintln!(
                "\nerror: {}; nothing was published",
                report::count(&build.diagnostics)
            );
            ExitCode::from(FAILED)
        }
        Some(Err(error)) => {
            eprintln!("error: {error}");
            ExitCode::from(FAILED)
        }
        Some(Ok(_)) if args.quiet => ExitCode::SUCCESS,
        Some(Ok(published)) => {
            let warnings = match build.diagnostics.len() {
                0 => String::new(),
                _ => format!(", {}", report::count(&build.diagnostics)),
            };
            println!(
                "{} in {} ms: {} written, {} unchanged, {} removed{warnings} -> {}",
                counted(build.pages, "page"),
                started.elapsed().as_millis(),
                counted(published.written, "file"),
                published.unchanged,
                published.removed,
                out.display()
            );
            for (path, withheld) in build.withheld.iter().take(LISTED) {
                println!("not published: {path}, because {}", withheld.why);
            }
            if let Some(more) = build
                .withheld
                .len()
                .checked_sub(LISTED)
                .filter(|more| *more > 0)
            {
                println!("not published: {} more", counted(more, "page"));
            }
            if let Some(due) = &build.next_due {
                println!("{}", list::next(due));
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

fn build_from_disk(root: &Path, options: &Options, memory: &mut Memory) -> (SourceTree, Build) {
    let (source, unreadable) = SourceTree::read(root, theme::embedded());
    let mut build = build(&source, options, memory);
    build.diagnostics.splice(0..0, unreadable);
    (source, build)
}

fn report_as_json(
    source: &SourceTree,
    build: &Build,
    published: Option<Result<Published, crate::output::PublishError>>,
) -> ExitCode {
    let (files, error) = match published {
        Some(Ok(published)) => (Some(published), None),
        Some(Err(error)) => (None, Some(error.to_string())),
        None => (None, None),
    };
    let outcome = serde_json::json!({
        "published": files.is_some(),
        "pages": build.pages,
        "withheld": build.withheld.iter().map(|(path, _)| path).collect::<Vec<_>>(),
        "next_due": build.next_due.as_ref().map(list::due_json),
        "written": files.map(|files| files.written),
        "unchanged": files.map(|files| files.unchanged),
        "removed": files.map(|files| files.removed),
        "error": error,
        "diagnostics": report::json(&build.diagnostics, &source.texts()),
    });
    println!("{outcome:#}");
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
    let memory = match memory(&args.site) {
        Ok(memory) => memory,
        Err(wrong) => return misused(&wrong),
    };
    match serve::run(&args.site.root, options, memory, place) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(FAILED)
        }
    }
}

fn run_list(args: &ListArgs) -> ExitCode {
    with_site(&args.root, publication(false, args.now), |site, _| {
        Ok(match args.json {
            true => format!("{:#}\n", list::json(args.wanted, site)),
            false => list::text(args.wanted, site),
        })
    })
}

fn run_explain(page: &str, root: &Path, drafts: bool, now: Option<Date>) -> ExitCode {
    with_site(root, publication(drafts, now), |site, _| {
        explain::related(site, page)
    })
}

fn run_schema(args: &SchemaArgs) -> ExitCode {
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
    let (site, _) = assemble(&source, &config, publication, &Memory::default());
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

fn run_estimate(args: &EstimateArgs) -> ExitCode {
    let path = args.model.to_string_lossy().into_owned();
    let text = match read_model(&args.model) {
        Ok(text) => text,
        Err(error) => return misused(&format!("cannot read `{path}`: {error}")),
    };
    let (model, diagnostics) = estimate::parse(&path, &text);
    report::print(&diagnostics, &Texts::from([(path.as_str(), text.as_str())]));
    let Some(model) = model else {
        return ExitCode::from(FAILED);
    };
    match estimate_output(model, args) {
        Ok(output) => {
            // A closed pipe, as after `| head`, is no reason to complain.
            let _ = io::stdout().write_all(output.as_bytes());
            ExitCode::SUCCESS
        }
        Err(wrong) => {
            report::print(&wrong, &Texts::new());
            ExitCode::from(MISUSED)
        }
    }
}

fn estimate_output(
    mut model: EstimateModel,
    args: &EstimateArgs,
) -> Result<String, Vec<Diagnostic>> {
    let mut wrong = Vec::new();
    match args.samples.as_deref().map(settings::samples) {
        Some(Ok(samples)) => model.model.samples = samples,
        Some(Err(not_samples)) => wrong.push(not_samples),
        None => {}
    }
    let mut inputs = model.model.defaults();
    if let Some(from) = &args.from {
        match taken_over(&mut model, from) {
            Ok(changed) => inputs = changed,
            Err(nothing) => wrong.push(nothing),
        }
    }
    let inputs = settings::inputs(&model, inputs, &args.set).unwrap_or_else(|not_inputs| {
        wrong.extend(not_inputs);
        Vec::new()
    });
    if !wrong.is_empty() {
        return Err(wrong);
    }
    // The rules of the file, of what was taken over and of inputs leave nothing that the engine refuses.
    let refused = |why: String| vec![Diagnostic::error(format!("cannot compute this: {why}"))];
    let engine = Engine::new(&model.model).map_err(|flaw| refused(format!("{flaw:?}")))?;
    let estimate = engine
        .estimate(&inputs)
        .map_err(|error| refused(format!("{error:?}")))?;
    Ok(match args.json {
        true => estimate_report::json(&model, &inputs, &estimate),
        false => estimate_report::tables(&model, &inputs, &estimate),
    })
}

/// What a reader changed, in an address or in a file.
fn taken_over(model: &mut EstimateModel, from: &str) -> Result<Vec<f64>, Diagnostic> {
    if from.contains('#') {
        return shared::address(model, from);
    }
    match read_model(Path::new(from)) {
        Ok(json) => shared::download(model, &json),
        Err(error) => Err(Diagnostic::error(format!("cannot read `{from}`: {error}"))
            .help("name a file that was downloaded as JSON, or an address with a `#`")),
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "a model may lie outside of any site"
)]
fn read_model(path: &Path) -> io::Result<String> {
    std::fs::read_to_string(path)
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

/// Nothing but what other runs made of pictures.
fn memory(args: &SiteArgs) -> Result<Memory, String> {
    let mut memory = Memory::default();
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
    eprintln!("error: {wrong}");
    ExitCode::from(MISUSED)
}
