//! The calculator widget as files for a page to load, compiled to
//! WebAssembly by this crate's build script: `LOADER` is the script that a page
//! names, which fetches `GLUE` and `WASM` once a reader comes near a calculator.
//! `EMBED` puts such a page into pages of other sites.

/// The widget. It imports nothing.
pub const WASM: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/widget.wasm"));

/// The ES module between the widget and the page. Once the loader has connected the two,
/// `mount(root, model)` of it brings a calculator to life, with its class `Calculator`.
pub const GLUE: &str = include_str!(concat!(env!("OUT_DIR"), "/widget.js"));

/// The ES module that finds the calculators of a page and brings the others in. It
/// exports `widget(glue, wasm)`, which connects the two and gives the former.
pub const LOADER: &str = include_str!(concat!(env!("OUT_DIR"), "/loader.js"));

/// The script that pages of other sites name, and the page that it puts into a frame there.
pub const EMBED: &str = include_str!(concat!(env!("OUT_DIR"), "/embed.js"));
