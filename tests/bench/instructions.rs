//! How many instructions builds take, against the figures that were recorded: on a machine with other work to do, times
//! jump about, and these do not. It prints the change, and never fails because of it.
#![expect(
    dead_code,
    reason = "builds, whose tools and machine these are, need more of them"
)]

mod corpus;
mod floor;
mod folder;
mod machine;
mod tools;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;

use clap::Parser;

use crate::tools::{Folders, Found, Tool};

const ARTICLES: usize = 200;
/// Changes below this, in percent, are no changes: the program's hash tables differ from run to run.
const NOISE: f64 = 0.1;
/// Where the figures are recorded, beside this file.
const RECORDED: &str = "instructions.toml";
const HEAD: &str = "\
# Instructions of builds of 200 articles on one thread, as `cargo bench -p tallypress-tests --bench instructions -- --record`
# counted them. Another compiler or another processor has other figures.
";

/// Counts the instructions of builds with Valgrind
#[derive(Parser)]
struct Arguments {
    /// Write the figures down, to compare later ones with
    #[arg(long)]
    record: bool,
    /// What cargo adds
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> io::Result<()> {
    let arguments = Arguments::parse();
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("bench")
        .join(RECORDED);
    let recorded: BTreeMap<String, u64> = match fs::read_to_string(&path) {
        Ok(text) => toml::from_str(&text).map_err(io::Error::other)?,
        Err(_) => BTreeMap::new(),
    };
    let counted = count_all()?;
    println!(
        "| Build of {ARTICLES} articles | Instructions | An article | Recorded | Change |\n|---|--:|--:|--:|--:|"
    );
    for (build, count) in &counted {
        let before = recorded.get(build);
        let change = before.map_or("–".to_owned(), |before| {
            let change = (*count as f64 / *before as f64 - 1.0) * 100.0;
            match change.abs() < NOISE {
                true => "none".to_owned(),
                false => format!("{change:+.2} %"),
            }
        });
        println!(
            "| {build} | {:.1} million | {:.0} thousand | {} | {change} |",
            *count as f64 / 1e6,
            *count as f64 / ARTICLES as f64 / 1e3,
            before.map_or("–".to_owned(), |before| format!(
                "{:.1} million",
                *before as f64 / 1e6
            )),
        );
    }
    if arguments.record {
        let lines = counted
            .iter()
            .map(|(build, count)| format!("{build} = {count}\n"));
        fs::write(path, format!("{HEAD}{}", lines.collect::<String>()))?;
    }
    Ok(())
}

/// The instructions of each build, by its name.
fn count_all() -> io::Result<BTreeMap<String, u64>> {
    let work = folder::for_work(None)?;
    let mut counted = BTreeMap::new();
    for (tool, name) in [(Tool::Ours, "plain"), (Tool::OursDefault, "default-theme")] {
        let Some(found) = tool.find() else {
            unreachable!("the program is built with its bench");
        };
        let site = tool.site(work.path(), ARTICLES)?;
        let [out, cache, list] =
            ["out", "cache", "list"].map(|part| work.path().join(format!("{part}-{name}")));
        let folders = Folders {
            site: &site,
            out: &out,
            cache: &cache,
            list: &list,
        };
        counted.insert(format!("{name}-cold"), count(&found, folders)?);
        counted.insert(format!("{name}-unchanged"), count(&found, folders)?);
        let edited = tool.article(&site, ARTICLES / 2);
        let text = fs::read_to_string(&edited)?;
        fs::write(&edited, format!("{text}\nA sentence more.\n"))?;
        counted.insert(format!("{name}-edited"), count(&found, folders)?);
    }
    Ok(counted)
}

/// Runs a build on one thread under Valgrind.
fn count(found: &Found, folders: Folders<'_>) -> io::Result<u64> {
    let build = found.build(folders)?;
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(build.get_program())
        .args(build.get_args())
        .env("RAYON_NUM_THREADS", "1")
        .output()?;
    let said = String::from_utf8_lossy(&output.stderr);
    let counted = said
        .lines()
        .find_map(|line| line.split_once("Collected : ")?.1.trim().parse().ok());
    counted
        .filter(|_| output.status.success())
        .ok_or_else(|| io::Error::other(said.into_owned()))
}
