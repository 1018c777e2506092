//! Compiles the calculator widget to WebAssembly with a cargo inside this cargo,
//! lets wasm-bindgen make its exports callable, and leaves `widget.wasm`,
//! `widget.js`, `loader.js` and `embed.js` in `OUT_DIR` for `src/lib.rs` to embed.
#![expect(
    clippy::disallowed_methods,
    reason = "a build script reads what cargo tells it and writes where cargo wants it"
)]

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use oxc_allocator::Allocator;
use oxc_codegen::{Codegen, CodegenOptions};
use oxc_minifier::{Minifier, MinifierOptions};
use oxc_parser::Parser;
use oxc_span::SourceType;
use walrus::{FunctionId, ImportKind, Module};
use wasm_bindgen_cli_support::Bindgen;

const TARGET: &str = "wasm32-unknown-unknown";
/// What LLVM does for speed and the widget does not need: counters of loops written anew, loads taken out of them,
/// parts of instructions shared or moved in front of loops, and more inlined than saves a call. Each makes it larger
/// compressed, together by 0.8 kB, and none makes it faster (`tests/bench/README.md`).
const SMALLER: [&str; 5] = [
    "-Cllvm-args=-disable-lsr",
    "-Cllvm-args=-enable-load-pre=0",
    "-Cllvm-args=-disable-machine-cse",
    "-Cllvm-args=-disable-machine-licm",
    "-Cllvm-args=-inline-threshold=10",
];

fn main() -> ExitCode {
    match bundle() {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            println!("cargo::error={}", problem.replace('\n', " "));
            ExitCode::FAILURE
        }
    }
}

fn bundle() -> Result<(), String> {
    let out = PathBuf::from(variable("OUT_DIR")?);
    let widget = Path::new(&variable("CARGO_MANIFEST_DIR")?).join("..");
    let workspace = widget.join("..");

    ensure_target()?;
    let wasm = compile(&widget, &out.join("target"))?;
    let mut bindings = Bindgen::new()
        .input_path(&wasm)
        .out_name("widget")
        // The variant without code to load itself: `loader.js` does that in three lines.
        .bundler(true)
        .map_err(describe)?
        .typescript(false)
        .demangle(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate_output()
        .map_err(describe)?;
    // The JavaScript that comes with it is not needed: `page.js` calls the exports with plain numbers.
    let module = bindings.wasm_mut();
    stop_instead_of_importing(module)?;
    let page = read(&widget.join("src/page.js"))?;
    let page = shorten_exports(module, page);
    // Which features it was compiled with is for linkers.
    module.customs.remove_raw("target_features");
    walrus::passes::gc::run(module);

    write(&out.join("widget.wasm"), &module.emit_wasm())?;
    write(
        &out.join("widget.js"),
        minified(&page, SourceType::mjs())?.as_bytes(),
    )?;
    // The last one is no module: what it declares must stay within its braces.
    for (name, kind) in [
        ("loader.js", SourceType::mjs()),
        ("embed.js", SourceType::script()),
    ] {
        let script = read(&widget.join("src").join(name))?;
        write(&out.join(name), minified(&script, kind)?.as_bytes())?;
    }

    // Last, so that it is not what people see when something fails: cargo then comes back anyway.
    rerun_if_changed(&workspace, &widget);
    Ok(())
}

/// What the widget would call when a rule of `wasm-bindgen` is broken, such as two calls at once. The page
/// breaks none; if it did, it would keep what it shows, as after any failure. So these calls stop the widget
/// on the spot, and nothing has to be given to it for them.
fn stop_instead_of_importing(module: &mut Module) -> Result<(), String> {
    let imported: Vec<FunctionId> = module
        .imports
        .iter()
        .filter_map(|import| match import.kind {
            ImportKind::Function(function) => Some(function),
            _ => None,
        })
        .collect();
    for function in imported {
        module
            .replace_imported_func(function, |(body, _)| {
                body.unreachable();
            })
            .map_err(describe)?;
    }
    Ok(())
}

/// Gives short names to what the script uses of the widget. What it does not use is no export any more.
fn shorten_exports(module: &mut Module, mut script: String) -> String {
    let mut unused = Vec::new();
    for (number, export) in module.exports.iter_mut().enumerate() {
        let short = format!("e{number}");
        let shorter = with_member_renamed(&script, &export.name, &short);
        if shorter != script {
            script = shorter;
            export.name = short;
        } else {
            unused.push(export.id());
        }
    }
    for export in unused {
        module.exports.delete(export);
    }
    script
}

/// A script with `wasm.long` replaced by `wasm.short`.
fn with_member_renamed(script: &str, long: &str, short: &str) -> String {
    let member = format!("wasm.{long}");
    let mut parts = script.split(&member);
    let mut renamed = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let whole = !part.starts_with(|next: char| next.is_ascii_alphanumeric() || next == '_');
        renamed.push_str("wasm.");
        renamed.push_str(if whole { short } else { long });
        renamed.push_str(part);
    }
    renamed
}

/// Everything that the nested build reads; cargo watches nothing else once one path is named.
fn rerun_if_changed(workspace: &Path, widget: &Path) {
    for path in [
        workspace.join("Cargo.toml"),
        workspace.join("Cargo.lock"),
        workspace.join("rust-toolchain.toml"),
        widget.join("Cargo.toml"),
        widget.join("src"),
        widget.join("bundle/build.rs"),
    ] {
        println!("cargo::rerun-if-changed={}", path.display());
    }
}

/// Adds the target where rustup does not do it by itself (`RUSTUP_AUTO_INSTALL=0`).
fn ensure_target() -> Result<(), String> {
    if target_is_installed()? {
        return Ok(());
    }
    let mut add = Command::new("rustup");
    add.args(["target", "add", TARGET]);
    if let Ok(toolchain) = env::var("RUSTUP_TOOLCHAIN") {
        add.args(["--toolchain", &toolchain]);
    }
    let added = add.status().is_ok_and(|status| status.success());
    if added && target_is_installed()? {
        return Ok(());
    }
    Err(format!(
        "the calculator needs Rust's WebAssembly target, and it could not be added from here; type: rustup target add {TARGET}"
    ))
}

fn target_is_installed() -> Result<bool, String> {
    let printed = Command::new(variable("RUSTC")?)
        .args(["--print", "target-libdir", "--target", TARGET])
        .output()
        .map_err(describe)?;
    let folder = String::from_utf8_lossy(&printed.stdout);
    Ok(Path::new(folder.trim()).is_dir())
}

/// Runs the nested cargo and returns the path of the module it made.
///
/// It has a target folder of its own: in the one that the outer cargo has locked,
/// both would wait for ever. `--crate-type` makes the module here rather than in
/// the manifest, so that native builds of the engine stay plain libraries.
fn compile(widget: &Path, target: &Path) -> Result<PathBuf, String> {
    let mut cargo = Command::new(variable("CARGO")?);
    cargo
        .args(["rustc", "--locked", "--quiet", "--lib"])
        .args(["--crate-type", "cdylib"])
        .args(["--target", TARGET, "--profile", "widget"])
        .arg("--manifest-path")
        .arg(widget.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(target);
    for name in outer_settings() {
        cargo.env_remove(name);
    }
    // Set rather than absent: flags and wrappers in a cargo configuration file (a
    // linker, a native CPU) are meant for the host.
    cargo.env("CARGO_ENCODED_RUSTFLAGS", SMALLER.join("\u{1f}"));
    cargo.env("RUSTC_WRAPPER", "");
    cargo.env("RUSTC_WORKSPACE_WRAPPER", "");
    let status = cargo.status().map_err(describe)?;
    if !status.success() {
        return Err(
            "the calculator widget did not compile; the compiler's messages are below".to_owned(),
        );
    }
    Ok(target
        .join(TARGET)
        .join("widget/tallypress_calculator.wasm"))
}

/// The variables through which the outer cargo, or whoever called it, would steer
/// the nested one. Where packages come from stays as it is.
fn outer_settings() -> impl Iterator<Item = OsString> {
    const KEPT: [&str; 6] = [
        "CARGO_HOME",
        "CARGO_HTTP_",
        "CARGO_NET_",
        "CARGO_REGISTR",
        "CARGO_SOURCE_",
        "CARGO_RESOLVER_",
    ];
    env::vars_os().map(|(name, _)| name).filter(|name| {
        let name = name.to_string_lossy();
        let cargo = name.starts_with("CARGO_") && !KEPT.iter().any(|kept| name.starts_with(kept));
        cargo || name == "RUSTFLAGS" || name == "CLIPPY_ARGS"
    })
}

/// A script without what only people need.
fn minified(script: &str, kind: SourceType) -> Result<String, String> {
    let allocator = Allocator::default();
    let mut parsed = Parser::new(&allocator, script, kind).parse();
    if let Some(problem) = parsed.diagnostics.first() {
        return Err(describe(problem));
    }
    let minified =
        Minifier::new(MinifierOptions::default()).minify(&allocator, &mut parsed.program);
    let printer = Codegen::new().with_options(CodegenOptions::minify());
    let printed = printer
        .with_scoping(minified.scoping)
        .build(&parsed.program);
    Ok(printed.code)
}

fn variable(name: &str) -> Result<String, String> {
    env::var(name).map_err(|_| format!("cargo did not set {name}"))
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|problem| format!("{}: {problem}", path.display()))
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    fs::write(path, bytes).map_err(|problem| format!("{}: {problem}", path.display()))
}

fn describe(problem: impl std::fmt::Display) -> String {
    format!("the calculator widget could not be built: {problem:#}")
}
