//! The table `[publish]` of `site.toml`: what is put beside the pages for the program that hosts them.

use crate::fields::Fields;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PublishConfig {
    /// In which encodings texts lie beside themselves, for hosts that send them as they are.
    pub precompress: Vec<Encoding>,
    /// Whether old addresses are written as a list that some hosts read, instead of as pages.
    pub redirects_file: bool,
}

/// A way to send a file in fewer bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Encoding {
    Brotli,
    Gzip,
    Zstd,
}

const ALL: [(&str, Encoding); 3] = [
    ("br", Encoding::Brotli),
    ("gzip", Encoding::Gzip),
    ("zstd", Encoding::Zstd),
];

impl PublishConfig {
    pub(super) fn read(fields: &mut Fields<'_>) -> Self {
        let Some(table) = fields.table("publish") else {
            return Self::default();
        };
        let mut fields = Fields::new(fields.path(), table, fields.diagnostics());
        let publish = Self {
            precompress: precompress(&mut fields),
            redirects_file: fields.flag("redirects_file").unwrap_or(false),
        };
        fields.finish();
        publish
    }
}

fn precompress(fields: &mut Fields<'_>) -> Vec<Encoding> {
    let mut encodings = Vec::new();
    for written in fields.texts("precompress").unwrap_or_default() {
        let known = ALL.into_iter().find(|(name, _)| *name == written.value);
        match known {
            Some((_, Encoding::Zstd)) if !cfg!(feature = "zstd") => {
                let label =
                    "compile it with `cargo install --path generator --locked --features zstd`";
                let message = "this program was compiled without Zstandard";
                fields.error(message, written.span, label);
            }
            Some((_, encoding)) => encodings.push(encoding),
            None => {
                let label = "this is none of br, gzip and zstd";
                fields.error("unknown encoding", written.span, label);
            }
        }
    }
    encodings.sort_unstable();
    encodings.dedup();
    encodings
}
