//! What is measured: this generator, the floor, and other generators where they are installed. How each is found and
//! run, which site it builds, and what it does not do of what the others do.

use std::env;
use std::fs;
use std::io;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::ValueEnum;

use crate::corpus::{self, Flavour};
use crate::floor;
use crate::folder::lay_over;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum Tool {
    Floor,
    Ours,
    /// With the theme that comes along, and all that it shows.
    OursDefault,
    /// Another build of this generator, to compare with.
    Base,
    Hugo,
    Zola,
    Blades,
    Cobalt,
    Eleventy,
}

/// A tool that is there.
#[derive(Clone, Debug)]
pub struct Found {
    pub tool: Tool,
    /// The program and its first arguments.
    words: Vec<String>,
}

/// Where a build takes everything from, and where it puts everything.
#[derive(Clone, Copy)]
pub struct Folders<'a> {
    pub site: &'a Path,
    pub out: &'a Path,
    /// What builds remember.
    pub cache: &'a Path,
    /// For the floor: what a finished site consists of.
    pub list: &'a Path,
}

/// The tools that are there; with some `wanted`, only these.
pub fn find(wanted: &[Tool]) -> Vec<Found> {
    let tools = Tool::value_variants().iter();
    tools
        .filter(|tool| wanted.is_empty() || wanted.contains(tool))
        .filter_map(|tool| tool.find())
        .collect()
}

impl Tool {
    pub fn name(self) -> &'static str {
        match self {
            Self::Floor => "Floor",
            Self::Ours => "Tallypress",
            Self::OursDefault => "Tallypress, default theme",
            Self::Base => "Tallypress, another build",
            Self::Hugo => "Hugo",
            Self::Zola => "Zola",
            Self::Blades => "Blades",
            Self::Cobalt => "Cobalt",
            Self::Eleventy => "Eleventy",
        }
    }

    /// Whether it keeps what earlier builds made.
    pub fn remembers(self) -> bool {
        matches!(self, Self::Ours | Self::OursDefault | Self::Base)
    }

    /// What it leaves out, or does besides, measured by what the site of the bench asks for.
    pub fn differs(self) -> &'static str {
        match self {
            Self::Floor => {
                "reads the articles, renders their bodies with pulldown-cmark, and writes files of the names and sizes of Tallypress's; \
                 no front matter, no templates, no lists"
            }
            Self::Ours | Self::Base => {
                "whole articles in the feed; checks every link and anchor; robots.txt besides"
            }
            Self::OursDefault => {
                "all that the default theme has: search index, related articles, JSON-LD, Content-Security-Policy, JSON feed, 404 page"
            }
            Self::Hugo => "checks no links",
            Self::Zola => {
                "checks no links; a 404 page and a redirect for page 1 of each list besides"
            }
            Self::Blades => {
                "no contents, no ids for headings, checks no links; files instead of folders; all articles in the feed, page 1 of each list twice"
            }
            Self::Cobalt => {
                "no contents, no ids for headings, checks no links; all articles in the feed"
            }
            Self::Eleventy => "no contents, no ids for headings, checks no links",
        }
    }

    fn flavour(self) -> Flavour {
        match self {
            Self::Zola => Flavour::Zola,
            Self::Blades => Flavour::Blades,
            Self::Cobalt => Flavour::Cobalt,
            _ => Flavour::Plain,
        }
    }

    /// Folders of this one that are laid over the articles, one after the other.
    fn layers(self) -> &'static [&'static str] {
        match self {
            Self::Floor | Self::Ours | Self::Base => &["site"],
            Self::OursDefault => &["site", "full"],
            Self::Hugo => &["peers/hugo"],
            Self::Zola => &["peers/zola"],
            Self::Blades => &["peers/blades"],
            Self::Cobalt => &["peers/cobalt"],
            Self::Eleventy => &["peers/eleventy"],
        }
    }

    /// Looks for it: a variable names the program, or it is in PATH.
    pub fn find(self) -> Option<Found> {
        let words = match self {
            Self::Floor => {
                let itself = env::current_exe().ok()?;
                vec![itself.display().to_string(), floor::COMMAND.to_owned()]
            }
            Self::Ours | Self::OursDefault => named("OURS")
                .unwrap_or_else(|| vec![env!("CARGO_BIN_EXE_tallypress-under-test").to_owned()]),
            Self::Base => named("BASE")?,
            Self::Hugo => named("HUGO").or_else(|| in_path("hugo"))?,
            Self::Zola => named("ZOLA").or_else(|| in_path("zola"))?,
            Self::Blades => named("BLADES").or_else(|| in_path("blades"))?,
            Self::Cobalt => named("COBALT").or_else(|| in_path("cobalt"))?,
            Self::Eleventy => named("ELEVENTY").or_else(|| in_path("eleventy"))?,
        };
        Some(Found { tool: self, words })
    }

    /// Writes its site with so many articles into a folder, unless it is there.
    pub fn site(self, work: &Path, articles: usize) -> io::Result<PathBuf> {
        let name = self.layers().join("-").replace('/', "-");
        let site = work.join(format!("{name}-{articles}"));
        if !site.exists() {
            corpus::write(&site, articles, self.flavour())?;
            for layer in self.layers() {
                let bench = Path::new(env!("CARGO_MANIFEST_DIR")).join("bench");
                lay_over(&bench.join(layer), &site)?;
            }
        }
        Ok(site)
    }

    /// The file of one article of its site.
    pub fn article(self, site: &Path, number: usize) -> PathBuf {
        let file = corpus::Article::new(number).file();
        site.join(self.flavour().folder()).join(file)
    }
}

impl Found {
    pub fn command(&self) -> Command {
        let mut command = Command::new(&self.words[0]);
        command.args(&self.words[1..]);
        command
    }

    /// A build of the whole site.
    pub fn build(&self, folders: Folders<'_>) -> io::Result<Command> {
        let Folders {
            site,
            out,
            cache,
            list,
        } = folders;
        let mut command = self.command();
        command.current_dir(site);
        match self.tool {
            Tool::Floor => command.arg(site.join("content/posts")).arg(list).arg(out),
            Tool::Ours | Tool::OursDefault | Tool::Base => command
                .args(["build", "--quiet", "--root"])
                .arg(site)
                .arg("--out")
                .arg(out)
                .arg("--cache")
                .arg(cache),
            Tool::Hugo => command
                .args(["--quiet", "--noBuildLock", "--source"])
                .arg(site)
                .arg("--destination")
                .arg(out),
            Tool::Zola => command
                .arg("--root")
                .arg(site)
                .args(["build", "--output-dir"])
                .arg(out),
            Tool::Blades => {
                // It knows no folders but those around it: it gets one of links, and builds there.
                fs::create_dir_all(out)?;
                for entry in fs::read_dir(site)? {
                    let entry = entry?;
                    symlink(entry.path(), out.join(entry.file_name()))?;
                }
                command.current_dir(out).arg("all")
            }
            Tool::Cobalt => command.args(["build", "--destination"]).arg(out),
            Tool::Eleventy => command
                .arg("--quiet")
                .arg(format!("--output={}", out.display())),
        };
        Ok(command)
    }

    /// A build of one of so many shards, where [`Tool::remembers`] is so.
    pub fn shard(&self, folders: Folders<'_>, number: usize, of: usize) -> io::Result<Command> {
        let mut command = self.build(folders)?;
        command.arg(format!("--shard={number}/{of}"));
        Ok(command)
    }

    /// Puts shards together.
    pub fn merge(&self, shards: &[PathBuf], out: &Path) -> Command {
        let mut command = self.command();
        command
            .args(["merge", "--quiet", "--out"])
            .arg(out)
            .args(shards);
        command
    }

    /// Where the files of a build are.
    pub fn made(&self, out: &Path) -> PathBuf {
        match self.tool {
            Tool::Blades => out.join("public"),
            _ => out.to_owned(),
        }
    }

    /// What it says about its version; the floor has none.
    pub fn version(&self) -> String {
        let argument = match self.tool {
            Tool::Floor => return "–".to_owned(),
            Tool::Hugo | Tool::Blades => "version",
            _ => "--version",
        };
        let said = self.command().arg(argument).output();
        let said = said.map_or(Vec::new(), |output| output.stdout);
        let said = String::from_utf8_lossy(&said).into_owned();
        let words = said.split([' ', '\n', '-', '+']);
        let mut words = words.map(|word| word.trim_start_matches('v'));
        let number = words.find(|word| {
            word.contains('.') && word.starts_with(|first: char| first.is_ascii_digit())
        });
        number.unwrap_or("unknown").to_owned()
    }
}

/// A command that the environment names.
fn named(variable: &str) -> Option<Vec<String>> {
    let text = env::var(variable).ok()?;
    let words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
    (!words.is_empty()).then_some(words)
}

fn in_path(program: &str) -> Option<Vec<String>> {
    let folders = env::var_os("PATH")?;
    let mut files = env::split_paths(&folders).map(|folder| folder.join(program));
    let found = files.find(|file| file.is_file())?;
    Some(vec![found.display().to_string()])
}
