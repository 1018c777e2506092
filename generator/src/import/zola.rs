//! Sites made with Zola: nearly the same folders, front matter and shortcodes as here.

mod pages;
mod settings;
mod shortcodes;

use super::Move;
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
    /// Taxonomies without pages of their own.
    unlisted: Vec<String>,
}

/// Whether a path is what a pattern means: `*/README.md`, `**/*.{xlsx,py}`. A star stands for slashes, too.
fn fits(pattern: &str, path: &str) -> bool {
    if let Some((before, rest)) = pattern.split_once('{')
        && let Some((names, after)) = rest.split_once('}')
    {
        let mut names = names.split(',');
        return names.any(|name| fits(&format!("{before}{name}{after}"), path));
    }
    match pattern.split_once('*') {
        None => pattern == path,
        Some((before, after)) => path.strip_prefix(before).is_some_and(|rest| {
            let after = after.trim_start_matches('*');
            let mut ends = rest.char_indices().map(|(at, _)| at).chain([rest.len()]);
            ends.any(|end| fits(after, &rest[end..]))
        }),
    }
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
