//! `tallypress merge`: puts the shards of a build together and publishes what they make up.

use std::path::{Path, PathBuf, absolute};
use std::process::ExitCode;
use std::time::Instant;

use clap::Args;

use super::misused;
use super::outcome::{Ended, Wanted};
use crate::merge::{Merged, merge};
use crate::progress::{Progress, patiently};

pub const ABOUT: &str = "Publish what the shards of a build make up

The folder is then what a single build would have made, byte for byte. Shards are refused that are not of one build, \
and links between them are checked. The sources of the site are not needed.";

#[derive(Args)]
pub struct MergeArgs {
    /// The folders that `build --shard` made, all of one build, in any order
    #[arg(required = true, value_name = "SHARD")]
    shards: Vec<PathBuf>,
    /// The folder to publish into
    #[arg(long, value_name = "FOLDER", default_value = "public")]
    out: PathBuf,
    /// Print the outcome as JSON
    #[arg(long)]
    json: bool,
    /// Print nothing but what is wrong
    #[arg(long, short)]
    quiet: bool,
}

pub fn run(args: &MergeArgs) -> ExitCode {
    let started = Instant::now();
    let is_around = |shard: &&PathBuf| is_within(&args.out, shard);
    if let Some(shard) = args.shards.iter().find(is_around) {
        return misused(&format!(
            "`{}` is in the shard `{}`\n  help: publish beside the shards, for example with --out public",
            args.out.display(),
            shard.display()
        ));
    }
    let Merged {
        outcome,
        texts,
        published,
    } = patiently("Merging", &Progress::default(), || {
        merge(&args.shards, &args.out)
    });
    let texts = texts.iter();
    let texts = texts.map(|(path, text)| (path.as_str(), text.as_str()));
    let wanted = Wanted {
        json: args.json,
        quiet: args.quiet,
        started,
        out: &args.out,
    };
    Ended { outcome, published }.say(&texts.collect(), &wanted)
}

/// Whether a folder is another one, or lies in it.
fn is_within(folder: &Path, other: &Path) -> bool {
    let [folder, other] = [folder, other].map(|path| absolute(path).unwrap_or(path.to_owned()));
    folder.starts_with(other)
}
