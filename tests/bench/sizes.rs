//! How much a reader downloads for the calculator: the files that the article asks for and the
//! front page does not, in the sizes in which hosts send them.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::calculator::Calculator;
use crate::site::{ARTICLE, CALCULATOR, blog};
use crate::tab::Tab;

/// Bytes: raw, gzip, brotli.
type Sizes = [usize; 3];

pub fn print() {
    println!("| Size in bytes | Raw | gzip -9 | brotli -q 11 | Target |\n|---|---:|---:|---:|---|");
    let tab = blog().visit(ARTICLE);
    Calculator::live(&tab, CALCULATOR);
    let front = files(&blog().visit(""));
    let own: Vec<String> = files(&tab)
        .into_iter()
        .filter(|file| !front.contains(file))
        .collect();
    let with_ending = |endings: &[&str]| -> Vec<&String> {
        let has_ending = |file: &&String| endings.iter().any(|ending| file.ends_with(ending));
        own.iter().filter(has_ending).collect()
    };
    print_all(
        &with_ending(&[".wasm", ".js"]),
        "Engine, widget and glue",
        "gzip ≤ 20,000",
    );
    print_all(&with_ending(&[".bin"]), "Model", "gzip ≤ 3,000");
}

/// The files of the blog that a tab has asked for.
fn files(tab: &Tab) -> Vec<String> {
    let origin = blog().web.url("");
    let mut files: Vec<String> = tab
        .requests()
        .iter()
        .filter_map(|address| address.strip_prefix(&origin))
        .filter(|file| blog().files.contains_key(*file))
        .map(str::to_owned)
        .collect();
    files.sort();
    files.dedup();
    files
}

fn print_all(files: &[&String], name: &str, target: &str) {
    let mut all = [0; 3];
    for file in files {
        let sizes = sizes_of(&blog().files[*file]);
        for (sum, size) in all.iter_mut().zip(sizes) {
            *sum += size;
        }
        print_sizes(&format!("`{file}`"), sizes, "");
    }
    print_sizes(&format!("**{name}**"), all, target);
}

fn sizes_of(bytes: &[u8]) -> Sizes {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(bytes).expect("room in memory");
    let gzip = gzip.finish().expect("room in memory");
    let mut brotli = brotli::CompressorWriter::new(Vec::new(), 4096, 11, 22);
    brotli.write_all(bytes).expect("room in memory");
    [bytes.len(), gzip.len(), brotli.into_inner().len()]
}

fn print_sizes(name: &str, [raw, gzip, brotli]: Sizes, target: &str) {
    println!("| {name} | {raw} | {gzip} | {brotli} | {target} |");
}
