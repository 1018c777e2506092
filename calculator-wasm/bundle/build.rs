//! Compiles the calculator widget to WebAssembly with a cargo inside this cargo,
//! lets wasm-bindgen write the JavaScript around it, and leaves `widget.wasm`,
//! `widget.js`, `loader.js` and `embed.js` in `OUT_DIR` for `src/lib.rs` to embed.
#![expect(
    clippy::disallowed_methods,
    reason = "a build script reads what cargo tells it and writes where cargo wants it"
)]

use std::collections::HashSet;
use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use walrus::{ElementItems, ExportItem, FunctionId, Module};
use wasm_bindgen_cli_support::Bindgen;

const TARGET: &str = "wasm32-unknown-unknown";
/// Loops as they were written: LLVM's rewriting of their counters makes the widget 0.5 kB larger
/// compressed, and no faster.
const SMALLER: &str = "-Cllvm-args=-disable-lsr";
/// The export that the loader calls.
const START: &str = "__wbindgen_start";

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
    bindings.emit(out.join("bindings")).map_err(describe)?;
    let glue = read(&out.join("bindings/widget_bg.js"))?;
    let module = bindings.wasm_mut();
    discard_unused_closures(module);
    let glue = shorten_imports(module, glue);
    let glue = shorten_exports(module, glue);
    let page = read(&widget.join("src/page.js"))?;
    walrus::passes::gc::run(module);

    write(&out.join("widget.wasm"), &module.emit_wasm())?;
    // One file, so that the two share what compression learns.
    write(
        &out.join("widget.js"),
        without_comments(&(glue + &page)).as_bytes(),
    )?;
    for name in ["loader.js", "embed.js"] {
        let script = read(&widget.join("src").join(name))?;
        write(&out.join(name), without_comments(&script).as_bytes())?;
    }

    // Last, so that it is not what people see when something fails: cargo then comes back anyway.
    rerun_if_changed(&workspace, &widget);
    Ok(())
}

/// Discards the functions behind the promises of js-sys, which web-sys brings along and nothing
/// here calls. The glue calls each closure through an export, so the table of functions, where
/// the linker put them all, need not hold the others.
fn discard_unused_closures(module: &mut Module) {
    let exported: HashSet<FunctionId> = module
        .exports
        .iter()
        .filter_map(|export| match export.item {
            ExportItem::Function(function) => Some(function),
            _ => None,
        })
        .collect();
    let unused: HashSet<FunctionId> = module
        .funcs
        .iter()
        .filter(|function| !exported.contains(&function.id()))
        .filter(|function| {
            let name = function.name.as_deref().unwrap_or_default();
            name.contains("12wasm_bindgen7convert8closures")
        })
        .map(|function| function.id())
        .collect();
    for segment in module.elements.iter_mut() {
        if let ElementItems::Functions(functions) = &mut segment.items {
            let other = functions
                .iter()
                .find(|&function| !unused.contains(function));
            let Some(&other) = other else { continue };
            // The places of the others in the table stay as they are.
            for function in functions
                .iter_mut()
                .filter(|function| unused.contains(function))
            {
                *function = other;
            }
        }
    }
}

/// Gives short names to the functions that the widget imports from the glue: the long ones end
/// in sixteen random letters, which compression cannot shorten, once on each side.
fn shorten_imports(module: &mut Module, mut glue: String) -> String {
    for (number, import) in module.imports.iter_mut().enumerate() {
        let definition = |name: &str| format!("export function {name}(");
        let short = format!("f{number}");
        glue = glue.replace(&definition(&import.name), &definition(&short));
        import.name = short;
        import.module = "glue".to_owned();
    }
    glue
}

/// The same for what the glue uses of the widget. What it does not use is no export any more.
fn shorten_exports(module: &mut Module, mut glue: String) -> String {
    let mut unused = Vec::new();
    for (number, export) in module.exports.iter_mut().enumerate() {
        let short = format!("e{number}");
        let shorter = with_member_renamed(&glue, &export.name, &short);
        if shorter != glue {
            glue = shorter;
            export.name = short;
        } else if export.name != START {
            unused.push(export.id());
        }
    }
    for export in unused {
        module.exports.delete(export);
    }
    glue
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
    cargo.env("CARGO_ENCODED_RUSTFLAGS", SMALLER);
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

fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    fs::write(path, bytes).map_err(|problem| format!("{}: {problem}", path.display()))
}

fn describe(problem: impl std::fmt::Display) -> String {
    format!("the calculator widget could not be built: {problem:#}")
}
