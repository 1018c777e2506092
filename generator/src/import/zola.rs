//! Sites made with Zola: nearly the same folders, front matter and shortcodes as here.

mod drawn;
mod pages;
mod settings;
mod shortcodes;

use super::globs::fits;
use super::{Move, is_hidden};
use crate::diagnostic::Diagnostic;
use crate::site::slug;

const CONFIGS: [&str; 2] = ["zola.toml", "config.toml"];

pub fn carry(moving: &mut Move<'_>) -> Result<(), Diagnostic> {
    let source = moving.source;
    let Some(config) = CONFIGS.into_iter().find(|path| source.get(path).is_some()) else {
        return Err(Diagnostic::error("this is no site of Zola")
            .help("a `config.toml` or `zola.toml` is missing"));
    };
    let options = settings::read(moving, config);
    for (path, _) in source.below("content/") {
        if options.ignored.iter().any(|pattern| fits(pattern, path)) {
            moving.seen.insert(path);
            continue;
        }
        match path.strip_suffix(".md") {
            _ if is_hidden(path) => {}
            Some(_) => pages::carry(moving, path, &options),
            None => moving.copy_beside(path, path),
        }
    }
    moving.name_moved_terms(config, |term| options.term_slugs.of(term));
    moving.copy_folder("static/", "static/");
    moving.leave_out(
        "templates/",
        "the look of pages is a theme's: templates of Zola are not read here",
    );
    moving.leave_out("i18n/", "the words of templates are a theme's");
    moving.leave_out("sass/", "styles belong to a theme, as plain CSS");
    moving.leave_out("themes/", "themes of Zola are not read here");
    Ok(())
}

/// What the settings say that pages are carried with.
#[derive(Default)]
struct Options {
    slugs: Slugs,
    /// The same for the lists of terms.
    term_slugs: Slugs,
    /// Patterns of files that are no part of the site.
    ignored: Vec<String>,
    /// Patterns of pages in which braces are braces, and no shortcodes.
    plain: Vec<String>,
    /// Taxonomies without pages of their own.
    unlisted: Vec<String>,
}

/// How parts of addresses are made of names.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Slugs {
    #[default]
    On,
    /// Names stay as they are.
    Off,
}

impl Slugs {
    fn of(self, name: &str) -> String {
        match self {
            Self::On => slug(name),
            Self::Off => name.to_owned(),
        }
    }
}
