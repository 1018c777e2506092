//! The sites that stories visit: the blog of this repository, and small ones made for a story. They
//! are built in this process and hosted as they would be published.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use tallypress::date::Date;
use tallypress::memory::Memory;
use tallypress::report::{self, Colour};
use tallypress::site::Publication;
use tallypress::source::SourceTree;
use tallypress::{Options, build, theme};

use crate::tab::Tab;
use crate::web::{Files, Web};

/// The article of the blog that carries the calculator, the calculator's id in it, and its model.
pub const ARTICLE: &str = "blog/do-you-need-an-ai-strategy-partner-if-you-have-a-cto/";
pub const CALCULATOR: &str = "cto-or-partner";
pub const MODEL: &str = "content/estimates/cto-or-partner.toml";

/// Another model, which asks about something else.
pub const SECOND_MODEL: &str = "tests/reference/second-model.toml";
pub const SECOND_CALCULATOR: &str = "second-model";

/// When every article that has a date is out.
const LATER: &str = "2100-01-01";

/// A published site on its host.
pub struct Site {
    pub files: Files,
    pub web: Web,
}

/// The blog of this repository with all its articles.
pub fn blog() -> &'static Site {
    static BLOG: OnceLock<Site> = OnceLock::new();
    BLOG.get_or_init(|| {
        let (source, unreadable) = SourceTree::read(&repository(), theme::embedded());
        assert!(unreadable.is_empty(), "{unreadable:?}");
        publish(&source)
    })
}

/// A site with a calculator of a model of this repository at `page/`.
pub fn site_of_model(path: &str) -> Site {
    let id = path.rsplit(['/', '.']).nth(1).expect("a name");
    site(&[
        (
            &format!("content/estimates/{id}.toml"),
            &repository_file(path),
        ),
        (
            "content/page.md",
            &format!("{{{{ calculator(model=\"{id}\") }}}}\n"),
        ),
    ])
}

/// A site with the default theme and these files, each with its path.
pub fn site(files: &[(&str, &str)]) -> Site {
    let files = files.iter().map(|(path, text)| (*path, text.as_bytes()));
    let all = theme::embedded()
        .iter()
        .map(|(path, bytes)| (path.as_str(), *bytes))
        .chain(files)
        .map(|(path, bytes)| (path.to_owned(), Arc::from(bytes)))
        .collect();
    publish(&all)
}

/// A site with an embedded theme and the files of a story.
pub fn story(story: &str) -> Site {
    let story = tallypress_tests::site(story);
    let files: Vec<_> = story.files().collect();
    let embedded = theme::embedded();
    let all = embedded
        .iter()
        .map(|(path, bytes)| (path.as_str(), *bytes))
        .chain(files)
        .map(|(path, bytes)| (path.to_owned(), Arc::from(bytes)))
        .collect();
    publish(&all)
}

/// A file of this repository, as text.
pub fn repository_file(path: &str) -> String {
    let file = repository().join(path);
    std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn publish(source: &SourceTree) -> Site {
    let options = Options {
        base_url: None,
        publication: Publication {
            now: Date::parse(LATER).expect("a day"),
            drafts: false,
        },
        preview: false,
        shard: None,
    };
    let build = build(source, &options, &mut Memory::default());
    let errors = report::draw(&build.diagnostics, &source.texts(), Colour::Never);
    assert!(!build.failed(), "{errors}");
    Site::new(build.output.files)
}

impl Site {
    pub fn new(files: Files) -> Self {
        Self {
            web: Web::host(files.clone()),
            files,
        }
    }

    /// A new tab with one of its pages.
    #[track_caller]
    pub fn visit(&self, path: &str) -> Tab {
        let tab = Tab::new();
        tab.open(&self.web.url(path));
        tab
    }

    /// The addresses of its pages.
    pub fn pages(&self) -> impl Iterator<Item = String> {
        self.files
            .keys()
            .filter(|path| path.ends_with(".html"))
            .map(|path| {
                self.web
                    .url(path.strip_suffix("index.html").unwrap_or(path))
            })
    }

    /// The path of the one file below `assets/` whose name begins and ends like this; a fingerprint
    /// stands between.
    #[track_caller]
    pub fn asset(&self, start: &str, end: &str) -> &str {
        let start = format!("assets/{start}.");
        let found: Vec<&String> = self
            .files
            .keys()
            .filter(|path| path.starts_with(&start) && path.ends_with(end))
            .collect();
        match found.as_slice() {
            [path] => path,
            others => panic!("one file `{start}…{end}` was expected, not {others:?}"),
        }
    }
}
