//! Compiles the calculator widget to WebAssembly with a cargo inside this cargo,
//! lets wasm-bindgen write the JavaScript around it, and leaves `widget.wasm`,
//! `widget.js` and `loader.js` in `OUT_DIR` for `src/lib.rs` to embed.
#![expect(
    clippy::disallowed_methods,
    reason = "a build script reads what cargo tells it and writes where cargo wants it"
)]

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use wasm_bindgen_cli_support::{Bindgen, Output};

const TARGET: &str = "wasm32-unknown-unknown";

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
    rerun_if_changed(&workspace, &widget);

    ensure_target()?;
    let wasm = compile(&widget, &out.join("target"))?;
    let mut bindings = Bindgen::new()
        .input_path(&wasm)
        .out_name("widget")
        // The variant without code to load itself: `loader.js` does that in three lines.
        .bundler(true)
        .map_err(describe)?
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate_output()
        .map_err(describe)?;
    let names = shorten_imports(&mut bindings);
    bindings.emit(out.join("bindings")).map_err(describe)?;

    let glue = read(&out.join("bindings/widget_bg.js"))?;
    write(&out.join("widget.js"), &renamed(without_comments(&glue), &names))?;
    let loader = read(&widget.join("src/loader.js"))?;
    write(&out.join("loader.js"), &without_comments(&loader))
}

/// Gives short names to the functions that the widget imports from its glue, whose
/// long ones end in sixteen random letters each that compression cannot shorten.
/// Returns the long names with the short ones.
fn shorten_imports(bindings: &mut Output) -> Vec<(String, String)> {
    let mut names = Vec::new();
    for (number, import) in bindings.wasm_mut().imports.iter_mut().enumerate() {
        let short = format!("f{number}");
        names.push((std::mem::replace(&mut import.name, short.clone()), short));
        import.module = "glue".to_owned();
    }
    names
}

/// The glue with the short names at the places where it exports its functions.
fn renamed(mut glue: String, names: &[(String, String)]) -> String {
    for (long, short) in names {
        glue = glue.replace(
            &format!("export function {long}("),
            &format!("export function {short}("),
        );
    }
    glue
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
    // Empty rather than absent: flags and wrappers in a cargo configuration file
    // (a linker, a native CPU) are meant for the host.
    cargo.env("CARGO_ENCODED_RUSTFLAGS", "");
    cargo.env("RUSTC_WRAPPER", "");
    cargo.env("RUSTC_WORKSPACE_WRAPPER", "");
    let status = cargo.status().map_err(describe)?;
    if !status.success() {
        return Err("the calculator widget did not compile; the compiler's messages are below".to_owned());
    }
    Ok(target.join(TARGET).join("widget/tallypress_calculator.wasm"))
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

/// Drops comment lines, blank lines and indentation. No more than that: it is
/// safe as long as no text or template literal spans lines, and compression
/// finds the rest.
fn without_comments(script: &str) -> String {
    let mut short = String::with_capacity(script.len());
    let mut in_comment = false;
    for line in script.lines().map(str::trim) {
        in_comment |= line.starts_with("/*");
        if !in_comment && !line.is_empty() && !line.starts_with("//") {
            short.push_str(line);
            short.push('\n');
        }
        in_comment &= !line.ends_with("*/");
    }
    short
}

fn variable(name: &str) -> Result<String, String> {
    env::var(name).map_err(|_| format!("cargo did not set {name}"))
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|problem| format!("{}: {problem}", path.display()))
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    fs::write(path, text).map_err(|problem| format!("{}: {problem}", path.display()))
}

fn describe(problem: impl std::fmt::Display) -> String {
    format!("the calculator widget could not be built: {problem:#}")
}
