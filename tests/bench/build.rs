//! What builds cost, of this generator, of others that are installed, and of nothing but reading, rendering and writing: tables in
//! Markdown to read and to keep, never a test. `README.md` says how to run it and what the rows mean.

mod corpus;
mod floor;
mod folder;
mod machine;
mod measured;
mod tools;

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use clap::Parser;

use crate::measured::Cost;
use crate::tools::{Folders, Found, Tool};

/// Measures builds, and prints tables in Markdown
#[derive(Parser)]
struct Arguments {
    /// How many articles the sites have
    #[arg(long, value_delimiter = ',', default_value = "1000,10000")]
    sizes: Vec<usize>,
    /// How often everything is measured, after once to warm up
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// What is measured; without this, all that is found
    #[arg(long, value_delimiter = ',')]
    tools: Vec<Tool>,
    /// Where sites and outputs go [default: /dev/shm, where there is one]
    #[arg(long, value_name = "FOLDER")]
    work: Option<PathBuf>,
    /// Seconds that a build may take
    #[arg(long, default_value_t = 300)]
    limit: u64,
    /// Also builds in so many shards, each as if on a machine of its own, and merges them
    #[arg(long, value_name = "NUMBER")]
    shards: Option<usize>,
    /// Seconds to wait, before each build, for a machine with nothing else to do
    #[arg(long, default_value_t = 0)]
    quiet: u64,
    /// What cargo adds
    #[arg(long, hide = true)]
    bench: bool,
}

/// What of a tool is measured, all of it by a new process.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    /// Into a folder that is not there, without anything remembered.
    Cold,
    /// The same again.
    Unchanged,
    /// Once more, after one sentence was added to one article.
    Edited,
    /// The same edit on another machine, with a copy of the sources, of what was published and of what was kept.
    Copied,
    /// The slowest of some shards.
    Shard,
    /// Putting them together.
    Merge,
}

type Row = (Tool, Step);

/// A run, and what it left behind.
#[derive(Clone, Copy)]
struct Measured {
    cost: Cost,
    files: usize,
    bytes: u64,
}

/// The rounds of each row, or why there are none.
type Measurements = BTreeMap<Row, Result<Vec<Measured>, String>>;

fn main() -> io::Result<()> {
    let words: Vec<String> = env::args().collect();
    if let [_, command, articles, list, out] = &words[..]
        && command == floor::COMMAND
    {
        return floor::run(Path::new(articles), Path::new(list), Path::new(out));
    }
    let arguments = Arguments::parse();
    let tools = tools::find(&arguments.tools);
    let work = folder::for_work(arguments.work.as_deref())?;
    let place = machine::file_system(work.path());
    machine::print(&[(
        "Sites and outputs",
        format!("{place}, {}", work.path().display()),
    )]);
    print_tools(&tools);

    print_head();
    let mut by_size = BTreeMap::new();
    for articles in &arguments.sizes {
        let measurements = measure(&tools, *articles, &arguments, work.path())?;
        print_rows(&measurements, *articles);
        by_size.insert(*articles, measurements);
    }
    print_growth(&by_size);
    Ok(())
}

/// Every tool in turn, and that several times, so that whatever else the machine does concerns all of them.
fn measure(
    tools: &[Found],
    articles: usize,
    arguments: &Arguments,
    work: &Path,
) -> io::Result<Measurements> {
    let list = work.join(format!("list-{articles}"));
    if tools.iter().any(|found| found.tool == Tool::Floor) {
        let Some(ours) = Tool::Ours.find() else {
            unreachable!("the program is built with its bench");
        };
        let site = Tool::Ours.site(work, articles)?;
        let [out, cache] = ["finished", "finished-cache"].map(|name| work.join(name));
        let folders = Folders {
            site: &site,
            out: &out,
            cache: &cache,
            list: &list,
        };
        let limit = Duration::from_secs(arguments.limit);
        measured::run(&mut ours.build(folders)?, &work.join("log"), limit)
            .map_err(io::Error::other)?;
        floor::record(&out, &list)?;
        remove(&out, work)?;
        remove(&cache, work)?;
    }
    let mut measurements = Measurements::new();
    for round in 0..=arguments.rounds {
        let limit = Duration::from_secs(arguments.limit);
        // Memory that one has given back is slow to get for the next: none shall always come after the same.
        for found in tools.iter().cycle().skip(round).take(tools.len()) {
            let site = found.tool.site(work, articles)?;
            let [out, cache] = ["out", "cache"]
                .map(|name| work.join(format!("{name}-{articles}-{round}-{}", found.tool.name())));
            let folders = Folders {
                site: &site,
                out: &out,
                cache: &cache,
                list: &list,
            };
            let edited = found.tool.article(&site, articles / 2);
            for step in [Step::Cold, Step::Unchanged, Step::Edited, Step::Copied] {
                if step != Step::Cold && !found.tool.remembers() {
                    continue;
                }
                let rounds = measurements
                    .entry((found.tool, step))
                    .or_insert(Ok(Vec::new()));
                let Ok(rounds_so_far) = rounds else {
                    break;
                };
                let text = fs::read_to_string(&edited)?;
                if step == Step::Copied {
                    [&site, &out, &cache]
                        .map(|folder| copy(folder))
                        .into_iter()
                        .collect::<io::Result<()>>()?;
                }
                let is_edited = matches!(step, Step::Edited | Step::Copied);
                if is_edited {
                    fs::write(&edited, format!("{text}\nA sentence of round {round}.\n"))?;
                }
                settle(work, Duration::from_secs(arguments.quiet));
                match measured::run(&mut found.build(folders)?, &work.join("log"), limit) {
                    Ok(cost) if round > 0 => {
                        let (files, bytes) = weight(&found.made(&out))?;
                        rounds_so_far.push(Measured { cost, files, bytes });
                    }
                    Ok(_) => {}
                    Err(wrong) => *rounds = Err(wrong),
                }
                // A file that is written again is another one, even with the same text.
                if is_edited {
                    fs::write(&edited, text)?;
                }
            }
            if let Some(of) = arguments.shards.filter(|_| found.tool.remembers()) {
                let measured = in_shards(found, folders, of, limit, work)?;
                for (step, measured) in [Step::Shard, Step::Merge].into_iter().zip(measured) {
                    let rounds = measurements.entry((found.tool, step));
                    if let Ok(rounds) = rounds.or_insert(Ok(Vec::new()))
                        && round > 0
                    {
                        rounds.push(measured);
                    }
                }
            }
            remove(&out, work)?;
            remove(&cache, work)?;
        }
    }
    Ok(measurements)
}

/// What the slowest of so many shards costs, each built without anything remembered, and what putting them together.
fn in_shards(
    found: &Found,
    folders: Folders<'_>,
    of: usize,
    limit: Duration,
    work: &Path,
) -> io::Result<[Measured; 2]> {
    let run = |command: &mut Command, out: &Path| -> io::Result<Measured> {
        let cost = measured::run(command, &work.join("log"), limit).map_err(io::Error::other)?;
        let (files, bytes) = weight(out)?;
        Ok(Measured { cost, files, bytes })
    };
    let mut slowest: Option<Measured> = None;
    let mut shards = Vec::new();
    for number in 1..=of {
        let own = |folder: &Path| folder.with_extension(format!("shard-{number}"));
        let [out, cache] = [folders.out, folders.cache].map(own);
        let folders = Folders {
            out: &out,
            cache: &cache,
            ..folders
        };
        let measured = run(&mut found.shard(folders, number, of)?, &out)?;
        if slowest.is_none_or(|slowest| slowest.cost.wall < measured.cost.wall) {
            slowest = Some(measured);
        }
        remove(&cache, work)?;
        shards.push(out);
    }
    let out = folders.out.with_extension("merged");
    let merged = run(&mut found.merge(&shards, &out), &out)?;
    assert_eq!(
        merged.files,
        weight(folders.out)?.0,
        "the merged site has other files"
    );
    for folder in shards.iter().chain([&out]) {
        remove(folder, work)?;
    }
    Ok([slowest.unwrap_or(merged), merged])
}

/// Puts a copy in the place of a folder, as if it came from another machine.
fn copy(folder: &Path) -> io::Result<()> {
    let former = folder.with_extension("former");
    fs::rename(folder, &former)?;
    folder::lay_over(&former, folder)?;
    fs::remove_dir_all(former)
}

/// Lets what was written before reach the disk, and others finish.
fn settle(work: &Path, patience: Duration) {
    // Where there is no such program, figures are a little less even.
    let _ = Command::new("sync").arg("-f").arg(work).status();
    machine::wait_for_quiet(patience);
}

/// Removes an output, but only from memory: for minutes after a removal ext4 is slow to make new files.
fn remove(out: &Path, work: &Path) -> io::Result<()> {
    match machine::file_system(work) == "tmpfs" && out.exists() {
        true => fs::remove_dir_all(out),
        false => Ok(()),
    }
}

/// How many files are in a folder, and their bytes together.
fn weight(folder: &Path) -> io::Result<(usize, u64)> {
    let files = folder::files(folder)?;
    let mut bytes = 0;
    for file in &files {
        bytes += fs::symlink_metadata(file)?.len();
    }
    Ok((files.len(), bytes))
}

fn print_tools(tools: &[Found]) {
    println!("| Tool | Version | What it does otherwise |\n|---|---|---|");
    for found in tools {
        println!(
            "| {} | {} | {} |",
            found.tool.name(),
            found.version(),
            found.tool.differs()
        );
    }
    println!();
}

fn print_head() {
    println!(
        "| Build | Articles | Wall | User + system | Peak memory | Files | Output | Wall, ours = 1 | CPU, ours = 1 | Others |"
    );
    println!("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
}

fn print_rows(measurements: &Measurements, articles: usize) {
    let ours = measurements.get(&(Tool::Ours, Step::Cold));
    let ours: &[Measured] = match ours {
        Some(Ok(rounds)) => rounds,
        _ => &[],
    };
    for (row, rounds) in measurements {
        let name = name(*row);
        let rounds = match rounds {
            Ok(rounds) => rounds,
            Err(wrong) => {
                println!(
                    "| {name} | {articles} | {} | | | | | | | |",
                    wrong.replace('|', " ")
                );
                continue;
            }
        };
        let Some(last) = rounds.last() else {
            continue;
        };
        let of = |what: fn(&Cost) -> f64| -> Vec<f64> {
            rounds.iter().map(|round| what(&round.cost)).collect()
        };
        let ratio = |what: fn(&Cost) -> f64| {
            let pairs = rounds.iter().zip(ours);
            let ratios = pairs.map(|(round, ours)| what(&round.cost) / what(&ours.cost));
            let ratio = median(&ratios.collect::<Vec<f64>>());
            match ratio.is_nan() {
                true => "–".to_owned(),
                false => format!("{ratio:.2}"),
            }
        };
        println!(
            "| {name} | {articles} | {} ms | {} ms | {:.0} MB | {} | {:.1} MB | {} | {} | {:.0} % |",
            spread(&of(wall)),
            spread(&of(cpu)),
            median(&of(|cost| cost.memory as f64)) / 1e6,
            last.files,
            last.bytes as f64 / 1e6,
            ratio(wall),
            ratio(cpu),
            median(&of(|cost| cost.others)) * 100.0
        );
    }
}

/// How time grows from one size to the next: 1 is in proportion to the articles, 2 to their square.
fn print_growth(by_size: &BTreeMap<usize, Measurements>) {
    let sizes: Vec<usize> = by_size.keys().copied().collect();
    if sizes.len() < 2 {
        return;
    }
    println!(
        "\n| Growth, as a power of the articles | From | To | Wall | User + system |\n|---|--:|--:|--:|--:|"
    );
    let rows: BTreeSet<Row> = by_size.values().flat_map(BTreeMap::keys).copied().collect();
    for row in rows {
        for pair in sizes.windows(2) {
            let [Some(Ok(before)), Some(Ok(after))] =
                [pair[0], pair[1]].map(|size| by_size[&size].get(&row))
            else {
                continue;
            };
            let more = pair[1] as f64 / pair[0] as f64;
            let power = |what: fn(&Cost) -> f64| {
                let typical = |rounds: &[Measured]| {
                    median(
                        &rounds
                            .iter()
                            .map(|round| what(&round.cost))
                            .collect::<Vec<f64>>(),
                    )
                };
                (typical(after) / typical(before)).ln() / more.ln()
            };
            println!(
                "| {} | {} | {} | {:.2} | {:.2} |",
                name(row),
                pair[0],
                pair[1],
                power(wall),
                power(cpu)
            );
        }
    }
}

fn name((tool, step): Row) -> String {
    match step {
        Step::Cold => tool.name().to_owned(),
        Step::Unchanged => format!("{}: nothing changed", tool.name()),
        Step::Edited => format!("{}: one body edited", tool.name()),
        Step::Copied => format!("{}: one body edited, after copying", tool.name()),
        Step::Shard => format!("{}: slowest shard", tool.name()),
        Step::Merge => format!("{}: merge", tool.name()),
    }
}

/// Milliseconds.
fn wall(cost: &Cost) -> f64 {
    cost.wall.as_secs_f64() * 1e3
}

fn cpu(cost: &Cost) -> f64 {
    cost.cpu.as_secs_f64() * 1e3
}

/// The middle one with the least and the most.
fn spread(values: &[f64]) -> String {
    let least = values.iter().copied().fold(f64::INFINITY, f64::min);
    let most = values.iter().copied().fold(0.0, f64::max);
    format!("{:.0} ({least:.0}–{most:.0})", median(values))
}

/// Of nothing it is no number.
fn median(values: &[f64]) -> f64 {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    match (
        values.get((values.len().max(1) - 1) / 2),
        values.get(values.len() / 2),
    ) {
        (Some(below), Some(above)) => (below + above) / 2.0,
        _ => f64::NAN,
    }
}
