//! The laws of ARCHITECTURE.md that no compiler checks: who may import whom, and what must never be
//! part of the program.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::cargo::{cargo, host};

/// The generator's modules. Each may import those before it and nothing else; `lib` stands for what
/// is in `lib.rs` itself.
const ORDER: [&str; 64] = [
    "say",
    "progress",
    "hash",
    "ready",
    "stamp",
    "store",
    "cache",
    "address",
    "date",
    "diagnostic",
    "report",
    "fields",
    "html",
    "policy",
    "source",
    "page",
    "data",
    "authors",
    "config",
    "rules",
    "theme",
    "variables",
    "words",
    "site",
    "assets",
    "images",
    "share_images",
    "estimate",
    "calculator",
    "methodology",
    "models",
    "search",
    "view",
    "feed",
    "alternate",
    "json_ld",
    "content",
    "sitemap",
    "plan",
    "render",
    "link_check",
    "output",
    "ledger",
    "memory",
    "shard",
    "ground",
    "compress",
    "finish",
    "lib",
    "standing",
    "check",
    "list",
    "last_build",
    "merge",
    "explain",
    "schema",
    "external_links",
    "import",
    "starter",
    "archetype",
    "watch",
    "serve",
    "cli",
    "main",
];

#[test]
fn an_earlier_module_never_imports_a_later_one() {
    let place = |module: &str| {
        let place = ORDER.iter().position(|name| *name == module);
        place.unwrap_or_else(|| panic!("`{module}` has no place in the order of modules"))
    };
    for (path, module) in generator_files() {
        for imported in imports(&code(&path)) {
            assert!(
                place(&imported) <= place(&module),
                "{}: `{module}` imports `{imported}`, which comes later",
                path.display()
            );
        }
    }
}

#[test]
fn every_module_has_its_place() {
    let modules: BTreeSet<String> = generator_files()
        .into_iter()
        .map(|(_, module)| module)
        .collect();
    assert_eq!(modules, ORDER.map(str::to_owned).into());
}

#[test]
fn rendering_sees_neither_the_site_nor_the_files() {
    for (path, module) in generator_files() {
        if module == "render" {
            let imports = imports(&code(&path));
            for unseen in ["site", "source", "config", "content", "output"] {
                assert!(
                    !imports.contains(unseen),
                    "{} imports `{unseen}`",
                    path.display()
                );
            }
        }
    }
}

#[test]
fn what_templates_see_is_data_without_functions() {
    let view = code(&generator().join("view.rs"));
    assert!(!view.contains("fn "), "`view` holds a function");
}

#[test]
fn the_estimate_engine_knows_neither_a_browser_nor_a_platform() {
    let calculator = repository().join("calculator-wasm/src");
    assert!(code(&calculator.join("lib.rs")).contains("#![no_std]"));
    for path in rust_files(&calculator.join("model"))
        .into_iter()
        .chain([calculator.join("model.rs")])
    {
        let text = code(&path);
        for foreign in [
            "std::",
            "web_sys",
            "js_sys",
            "wasm_bindgen",
            "crate::widget",
            "crate::figures",
        ] {
            assert!(
                !text.contains(foreign),
                "{} uses `{foreign}`",
                path.display()
            );
        }
    }
}

#[test]
fn the_generator_is_built_without_a_browser_s_interfaces() {
    let tree = cargo(&[
        "tree",
        "--package=tallypress",
        "--edges=normal",
        "--prefix=none",
        "--target",
        &host(),
    ]);
    assert!(tree.contains("tallypress-calculator v"), "{tree}");
    for foreign in ["web-sys v", "js-sys v", "wasm-bindgen v"] {
        assert!(
            !tree.contains(foreign),
            "the generator depends on {foreign}"
        );
    }
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn generator() -> PathBuf {
    repository().join("generator/src")
}

/// The generator's source files, with the module that each belongs to.
fn generator_files() -> Vec<(PathBuf, String)> {
    rust_files(&generator())
        .into_iter()
        .map(|path| {
            let below = path.strip_prefix(generator()).unwrap();
            let first = below.iter().next().unwrap().to_str().unwrap();
            let module = first.trim_end_matches(".rs").to_owned();
            (path, module)
        })
        .collect()
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => files.extend(rust_files(&path)),
            false if path.extension().is_some_and(|extension| extension == "rs") => {
                files.push(path)
            }
            false => {}
        }
    }
    files.sort();
    files
}

/// A file without comments and without its own tests, which may import what they like.
fn code(path: &Path) -> String {
    if path.ends_with("tests.rs") {
        return String::new();
    }
    let text = fs::read_to_string(path).unwrap();
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    code.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(|line| [line, "\n"])
        .collect()
}

/// The modules that follow `crate::`, also within braces.
fn imports(code: &str) -> BTreeSet<String> {
    code.split("crate::")
        .skip(1)
        .flat_map(|rest| match rest.strip_prefix('{') {
            Some(list) => list
                .split('}')
                .next()
                .unwrap_or_default()
                .split(',')
                .collect(),
            None => vec![rest],
        })
        .map(|name| {
            let name = name.trim();
            let end = name.find(|one: char| !one.is_alphanumeric() && one != '_');
            &name[..end.unwrap_or(name.len())]
        })
        .filter(|name| !name.is_empty())
        .map(|name| match is_module(name) {
            true => name.to_owned(),
            false => "lib".to_owned(),
        })
        .collect()
}

fn is_module(name: &str) -> bool {
    generator().join(format!("{name}.rs")).is_file()
}
