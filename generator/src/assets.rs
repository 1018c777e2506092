//! The theme's assets and the calculator's program, under names that change
//! with their bytes, so that hosts may let browsers keep them for ever.

mod style;

use std::collections::BTreeMap;
use std::sync::Arc;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use tallypress_calculator_bundle as bundle;

use crate::address::BaseUrl;
use crate::site::hashed_name;
use crate::theme::{STYLE, Theme};

/// The folder of all of them below the site's root.
pub const FOLDER: &str = "assets/";

/// The script that starts the calculators of a page, as templates name it.
const LOADER: &str = "calculator-loader.js";

/// The script that puts a calculator into a page of another site, as templates name it.
const EMBED: &str = "calculator-embed.js";

/// The file of that script. It stands in pages of other sites, so its name does not change with its bytes.
pub const EMBED_SCRIPT: &str = "embed/calculator.js";

pub struct Assets {
    /// Root-relative addresses by name, for templates.
    pub addresses: BTreeMap<String, String>,
    /// What browsers hold scripts and style sheets against, by name.
    pub integrity: BTreeMap<String, String>,
    /// The theme's files by output path.
    pub files: Vec<(String, Arc<[u8]>)>,
}

impl Assets {
    /// `variables` is what the theme's style sheet begins with.
    pub fn new(theme: &Theme, variables: &str, base_url: &BaseUrl) -> Self {
        let mut addresses = BTreeMap::new();
        let mut integrity = BTreeMap::new();
        let mut files = Vec::new();
        let (styles, others): (Vec<_>, Vec<_>) = theme
            .assets
            .iter()
            .partition(|(name, _)| name.ends_with(".css"));
        for (name, bytes) in others {
            let output = output_path(name, bytes);
            addresses.insert(name.clone(), base_url.href(&output));
            if name.ends_with(".js") {
                integrity.insert(name.clone(), self::integrity(bytes));
            }
            files.push((output, Arc::clone(bytes)));
        }
        // Styles name other assets, so their own names come after.
        for (name, bytes) in styles {
            let bytes = match name == STYLE {
                true => Arc::from([variables.as_bytes(), bytes].concat()),
                false => Arc::clone(bytes),
            };
            let bytes = published_style(&bytes, &addresses);
            integrity.insert(name.clone(), self::integrity(&bytes));
            let output = output_path(name, &bytes);
            addresses.insert(name.clone(), base_url.href(&output));
            files.push((output, bytes));
        }
        let loader = output_path(LOADER, bundle::LOADER.as_bytes());
        addresses.insert(LOADER.to_owned(), base_url.href(&loader));
        integrity.insert(
            LOADER.to_owned(),
            self::integrity(bundle::LOADER.as_bytes()),
        );
        addresses.insert(EMBED.to_owned(), base_url.href(EMBED_SCRIPT));
        Self {
            addresses,
            integrity,
            files,
        }
    }
}

/// The calculator's program, by its addresses on the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Widget {
    pub glue_url: String,
    pub wasm_url: String,
}

impl Widget {
    pub fn new(base_url: &BaseUrl) -> Self {
        Self {
            glue_url: base_url.href(&output_path("calculator.js", bundle::GLUE.as_bytes())),
            wasm_url: base_url.href(&output_path("calculator.wasm", bundle::WASM)),
        }
    }

    /// The files that a site with a calculator needs, by output path.
    pub fn files() -> [(String, Arc<[u8]>); 3] {
        [
            (LOADER, bundle::LOADER.as_bytes()),
            ("calculator.js", bundle::GLUE.as_bytes()),
            ("calculator.wasm", bundle::WASM),
        ]
        .map(|(name, bytes)| (output_path(name, bytes), Arc::from(bytes)))
    }
}

/// What [`EMBED_SCRIPT`] holds.
pub fn embed_script() -> Arc<[u8]> {
    Arc::from(bundle::EMBED.as_bytes())
}

/// `style.css` becomes `assets/style.0f3a….css`.
pub fn output_path(name: &str, bytes: &[u8]) -> String {
    let (folder, file) = name
        .rsplit_once('/')
        .map_or((String::new(), name), |(folder, file)| {
            (format!("{folder}/"), file)
        });
    format!("{FOLDER}{folder}{}", hashed_name(file, bytes))
}

/// The value of an `integrity` attribute.
pub fn integrity(bytes: &[u8]) -> String {
    let digest = ring::digest::digest(&ring::digest::SHA384, bytes);
    format!("sha384-{}", BASE64_STANDARD.encode(digest))
}

/// A style sheet without what only authors read, and with the addresses of other assets.
fn published_style(style: &Arc<[u8]>, addresses: &BTreeMap<String, String>) -> Arc<[u8]> {
    let Ok(text) = str::from_utf8(style) else {
        return Arc::clone(style);
    };
    let text = style::minified(&with_hashed_urls(text, addresses));
    Arc::from(text.into_bytes())
}

/// A style sheet with `url("name")` of known assets replaced by their addresses.
fn with_hashed_urls(text: &str, addresses: &BTreeMap<String, String>) -> String {
    let mut hashed = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("url(") {
        let (inside, behind) = after.split_once(')').unwrap_or((after, ""));
        let name = inside.trim().trim_matches(['"', '\'']);
        hashed.push_str(before);
        hashed.push_str("url(");
        match addresses.get(name) {
            Some(address) => hashed.push_str(&format!("\"{address}\"")),
            None => hashed.push_str(inside),
        }
        if after.len() > inside.len() {
            hashed.push(')');
        }
        rest = behind;
    }
    hashed.push_str(rest);
    hashed
}
