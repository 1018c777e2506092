//! The calculator widget as three files for a page to load, compiled to
//! WebAssembly by this crate's build script: `LOADER` is the script that a page
//! names, which fetches `GLUE` and `WASM` once a reader comes near a calculator.

/// The widget, for `WebAssembly.instantiateStreaming`.
pub const WASM: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/widget.wasm"));

/// The ES module between the widget and the page. It exports `default` (which
/// takes `{ module_or_path }`) and `mount`.
pub const GLUE: &str = include_str!(concat!(env!("OUT_DIR"), "/widget.js"));

/// The ES module that finds the calculators of a page and brings the others in.
pub const LOADER: &str = include_str!(concat!(env!("OUT_DIR"), "/loader.js"));
