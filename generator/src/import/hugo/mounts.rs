//! `[[module.mounts]]`: folders that Hugo takes for its own, wherever they lie in the project.

use super::settings;
use crate::fields::{Kind, Value};
use crate::import::front::{Keys, text_of};
use crate::import::globs::fits;
use crate::import::mounted::Mounted;
use crate::source::SourceTree;

/// What a site is made of. One that is mounted is not looked for in the folder of its name any more.
const COMPONENTS: [&str; 7] = [
    "archetypes",
    "assets",
    "content",
    "data",
    "i18n",
    "layouts",
    "static",
];

/// A file or a folder, and where it stands for what.
struct Mount {
    source: String,
    target: String,
    /// Of the pages below it, if it is not the site's own.
    language: Option<String>,
    wanted: Vec<String>,
    unwanted: Vec<String>,
}

/// The files of a site as Hugo sees them, if they are mounted.
pub fn laid_out(source: &SourceTree) -> Option<Mounted> {
    let mounts = read(source);
    let component = |mount: &Mount| mount.target.split('/').next().map(str::to_owned);
    let mounted: Vec<String> = mounts.iter().filter_map(component).collect();
    let is_moved = |mount: &Mount| mount.source != mount.target || mount.language.is_some();
    if !mounts.iter().any(is_moved) {
        return None;
    }
    Some(Mounted::new(source, |path| {
        let mut places: Vec<String> = mounts
            .iter()
            .filter_map(|mount| mount.place_of(path))
            .collect();
        let first = path.split('/').next().unwrap_or(path);
        if places.is_empty() && !mounted.iter().any(|component| component == first) {
            places.push(path.to_owned());
        }
        places
    }))
}

/// All mounts of the settings, in their order.
fn read(source: &SourceTree) -> Vec<Mount> {
    let mut mounts = Vec::new();
    let mut own = "en".to_owned();
    for file in settings::files(source) {
        let Some(mut keys) = file.keys(source) else {
            continue;
        };
        if let Some(language) = keys.take_text("defaultContentLanguage") {
            own = language;
        }
        let module = match file.is_part("module") {
            true => Some(keys),
            false => keys.take_table("module").filter(|_| file.is_part("")),
        };
        let Some(mut module) = module else {
            continue;
        };
        if let Some(Kind::List(items)) = module.take("mounts").map(|value| value.kind) {
            let read = items.iter().filter_map(|item| mount(item, &module));
            mounts.extend(read);
        }
    }
    for mount in &mut mounts {
        mount.language.take_if(|language| *language == own);
    }
    mounts
}

fn mount(item: &Value, module: &Keys<'_>) -> Option<Mount> {
    let Kind::Table(table) = &item.kind else {
        return None;
    };
    let mut keys = Keys::of(module.path, module.text, table);
    let path = |path: String| path.trim_start_matches("./").trim_matches('/').to_owned();
    let source = keys.take_text("source").map(path)?;
    let target = keys.take_text("target").map(path)?;
    let is_known = |component: &&str| target.split('/').next() == Some(component);
    COMPONENTS.iter().find(|component| is_known(component))?;
    let matrix = keys
        .take_table("sites")
        .and_then(|mut sites| sites.take_table("matrix"))
        .and_then(|mut matrix| matrix.take_texts("languages"));
    let language = keys
        .take("lang")
        .and_then(|language| text_of(&language, module.text))
        .or_else(|| matrix?.into_iter().next());
    let mut wanted = keys.take_texts("includeFiles").unwrap_or_default();
    let mut unwanted = keys.take_texts("excludeFiles").unwrap_or_default();
    for pattern in keys.take_texts("files").unwrap_or_default() {
        match pattern.strip_prefix('!') {
            Some(pattern) => unwanted.push(pattern.trim().to_owned()),
            None => wanted.push(pattern),
        }
    }
    Some(Mount {
        source,
        target,
        language,
        wanted,
        unwanted,
    })
}

impl Mount {
    /// Where a file goes that is this one, or below it.
    fn place_of(&self, path: &str) -> Option<String> {
        let below = match self.source.as_str() {
            "" | "." => path,
            source => path.strip_prefix(source)?,
        };
        let name = below.strip_prefix('/').unwrap_or(below);
        if !below.is_empty() && name.len() == below.len() && self.source != "." {
            return None;
        }
        let is_like = |pattern: &String| {
            let pattern = pattern.trim_start_matches('/');
            fits(pattern, name) || fits(pattern.trim_start_matches("**/"), name)
        };
        let is_wanted = self.wanted.is_empty() || self.wanted.iter().any(is_like);
        if !is_wanted || self.unwanted.iter().any(is_like) {
            return None;
        }
        let place = match name {
            "" => self.target.clone(),
            name => format!("{}/{name}", self.target),
        };
        Some(self.in_its_language(place))
    }

    /// A page's name says its language where one folder holds those of several.
    fn in_its_language(&self, place: String) -> String {
        let Some(language) = &self.language else {
            return place;
        };
        let (stem, ending) = place.rsplit_once('.').unwrap_or((&place, ""));
        let is_page = matches!(ending, "md" | "markdown" | "html" | "htm");
        match is_page && !stem.ends_with(&format!(".{language}")) {
            true => format!("{stem}.{language}.{ending}"),
            false => place,
        }
    }
}
