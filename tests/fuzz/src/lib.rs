//! What all targets do before they begin: their examples become files, where the fuzzer looks for some.

use std::fs;
use std::path::Path;

/// Writes the examples of a target into its folder of `corpus`, beside what was found in earlier runs.
pub fn plant(target: &str, seeds: &[Vec<u8>]) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target);
    let planted = fs::create_dir_all(&folder).and_then(|()| {
        let mut seeds = seeds.iter().enumerate();
        seeds.try_for_each(|(place, seed)| fs::write(folder.join(format!("seed-{place}")), seed))
    });
    planted.unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
}
