//! A test is a short story: given these files, this site comes out. [`site`]
//! takes the files as one text, [`Story::build`] builds them in this process and
//! checks the laws that hold for every site, and [`Built`] says what to expect.

pub mod everything;
pub mod hostile;
mod laws;
pub mod pictures;
pub mod program;
pub mod server;
pub mod shelf;

use std::collections::BTreeMap;
use std::sync::Arc;

use snapbox::{Assert, Data};
use tallypress::address::BaseUrl;
use tallypress::date::Date;
use tallypress::memory::Memory;
use tallypress::report::{self, Colour};
use tallypress::site::Publication;
use tallypress::source::SourceTree;
use tallypress::standing;
use tallypress::{Build, Options, build, theme};

/// The day of every story that does not name one.
const TODAY: &str = "2026-06-15";

/// What a site has even without content; lists of files leave it out.
const ON_EVERY_SITE: [&str; 6] = [
    "404.html",
    "atom.xml",
    "feed.json",
    "index.html",
    "robots.txt",
    "sitemap.xml",
];

/// The fewest templates that a site can do with, in place of the default theme.
const PLAIN_THEME: [(&str, &str); 6] = [
    ("404.html", include_str!("../theme/templates/404.html")),
    ("index.html", include_str!("../theme/templates/index.html")),
    ("page.html", include_str!("../theme/templates/page.html")),
    (
        "section.html",
        include_str!("../theme/templates/section.html"),
    ),
    (
        "taxonomy_list.html",
        include_str!("../theme/templates/taxonomy_list.html"),
    ),
    (
        "taxonomy_single.html",
        include_str!("../theme/templates/taxonomy_single.html"),
    ),
];

/// Reads a story: each file begins with a line `--- path`, and its text follows. What stands for a
/// picture becomes one, another for every text.
pub fn site(story: &str) -> Story {
    let mut files: Vec<(String, String)> = Vec::new();
    for line in story.trim_start_matches('\n').split_inclusive('\n') {
        match line.trim_end().strip_prefix("--- ") {
            Some(path) => files.push((path.to_owned(), String::new())),
            None => {
                let (_, text) = files.last_mut().expect("a story begins with `--- path`");
                text.push_str(line);
            }
        }
    }
    let files = files
        .into_iter()
        .map(|(path, text)| {
            let bytes = pictures::stand_in(&path, &text).unwrap_or(text.into_bytes());
            (path, Arc::from(bytes))
        })
        .collect();
    let theme = PLAIN_THEME
        .map(|(name, text)| (format!("themes/default/templates/{name}"), text.as_bytes()))
        .into();
    Story {
        files,
        theme,
        base_url: None,
        now: TODAY.to_owned(),
        drafts: false,
        preview: false,
    }
}

/// A site's files, and how it is to be built.
pub struct Story {
    files: Files,
    /// Stands behind the story's own files.
    theme: Vec<(String, &'static [u8])>,
    base_url: Option<BaseUrl>,
    now: String,
    drafts: bool,
    preview: bool,
}

/// Files by path.
type Files = BTreeMap<String, Arc<[u8]>>;

impl Story {
    /// Adds a file whose bytes do not fit into a story.
    pub fn file(mut self, path: &str, bytes: &[u8]) -> Self {
        self.files.insert(path.to_owned(), Arc::from(bytes));
        self
    }

    /// Takes the theme that comes with the program.
    pub fn default_theme(mut self) -> Self {
        self.theme = theme::embedded();
        self
    }

    pub fn base_url(mut self, url: &str) -> Self {
        self.base_url = Some(BaseUrl::parse(url).expect("the story's base URL"));
        self
    }

    pub fn now(mut self, now: &str) -> Self {
        self.now = now.to_owned();
        self
    }

    pub fn drafts(mut self) -> Self {
        self.drafts = true;
        self
    }

    /// As `--preview` does.
    pub fn preview(mut self) -> Self {
        self.preview = true;
        self
    }

    /// The story's own files, to be written to a disk.
    pub fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files
            .iter()
            .map(|(path, bytes)| (path.as_str(), &bytes[..]))
    }

    /// Builds the site, and checks what must hold for every site whatever is in it.
    #[track_caller]
    pub fn build(&self) -> Built {
        let built = self.outcome(&self.files, &mut Memory::default());
        laws::same_input_same_bytes(self, &built);
        laws::a_rebuild_equals_a_clean_build(self, &built);
        laws::a_revised_page_equals_a_clean_build(self);
        laws::shards_make_up_the_site(self, &built);
        laws::no_page_has_inline_code(&built);
        built
    }

    /// The page of a file with another text, if it can be made without building everything again.
    #[track_caller]
    pub fn revised(&self, path: &str, text: &str) -> Option<String> {
        let source = self.source(self.files.clone());
        let (build, standing) = standing::build(&source, &self.options(), &mut Memory::default());
        let Some(standing) = standing else {
            panic!("the story's site cannot be built: {:?}", build.diagnostics);
        };
        let page = standing.revised(path, text.as_bytes())?;
        Some(String::from_utf8_lossy(&page.bytes).into_owned())
    }

    /// One build of the story with these files in place of its own.
    fn outcome(&self, files: &Files, memory: &mut Memory) -> Built {
        let source = self.source(files.clone());
        let build = build(&source, &self.options(), memory);
        Built::of(build, &source)
    }

    fn options(&self) -> Options {
        Options {
            base_url: self.base_url.clone().or_else(|| self.unnamed_base_url()),
            publication: Publication {
                now: Date::parse(&self.now).expect("the story's day"),
                drafts: self.drafts,
            },
            preview: self.preview,
            shard: None,
        }
    }

    /// Where a story's site is served if it does not say. A site of people is warned then.
    fn unnamed_base_url(&self) -> Option<BaseUrl> {
        let settings = self.files.get("site.toml").map_or(&[][..], |bytes| bytes);
        let says = String::from_utf8_lossy(settings).contains("base_url");
        (!says).then(|| BaseUrl::parse("http://localhost/").expect("an address"))
    }

    fn source(&self, files: impl IntoIterator<Item = (String, Arc<[u8]>)>) -> SourceTree {
        self.theme
            .iter()
            .map(|(path, bytes)| (path.clone(), Arc::from(*bytes)))
            .chain(files)
            .collect()
    }
}

/// What came of a story.
pub struct Built {
    build: Build,
    /// As a person sees it.
    errors: String,
}

impl Built {
    fn of(build: Build, source: &SourceTree) -> Self {
        let errors = report::draw(&build.diagnostics, &source.texts(), Colour::Never);
        Self { build, errors }
    }

    /// The files of the site, one on each line, but for those that every site has.
    #[track_caller]
    pub fn expect_files(&self, expected: impl Into<Data>) -> &Self {
        self.expect_success();
        let files = self.build.output.files.keys();
        let mut names: Vec<String> = files
            .filter(|path| !ON_EVERY_SITE.contains(&path.as_str()))
            .map(|path| without_fingerprints(path))
            .collect();
        // The order must not hang on a fingerprint.
        names.sort();
        self.expect(names.join("\n"), expected)
    }

    #[track_caller]
    pub fn expect_file(&self, path: &str, expected: impl Into<Data>) -> &Self {
        self.expect(self.text(path).to_owned(), expected)
    }

    /// Lines of a file in which a word occurs.
    #[track_caller]
    pub fn expect_lines(&self, path: &str, word: &str, expected: impl Into<Data>) -> &Self {
        let lines: Vec<&str> = self
            .text(path)
            .lines()
            .filter(|line| line.contains(word))
            .map(str::trim_start)
            .collect();
        self.expect(lines.join("\n"), expected)
    }

    #[track_caller]
    pub fn expect_absent(&self, path: &str) -> &Self {
        self.expect_success();
        let there = self.build.output.files.contains_key(path);
        assert!(!there, "the site has a file `{path}`");
        self
    }

    /// Everything that is wrong, as a person sees it; and that nothing is published.
    #[track_caller]
    pub fn expect_errors(&self, expected: impl Into<Data>) -> &Self {
        self.expect(self.errors.clone(), expected);
        assert!(self.build.failed(), "the site was built");
        assert!(
            self.build.output.files.is_empty(),
            "there is something to publish although there are errors"
        );
        self
    }

    /// What is reported of a site that is published all the same, as a person sees it.
    #[track_caller]
    pub fn expect_warnings(&self, expected: impl Into<Data>) -> &Self {
        self.expect(self.errors.clone(), expected);
        assert!(!self.build.failed(), "the site was not built");
        self
    }

    #[track_caller]
    pub fn expect_success(&self) -> &Self {
        assert!(
            self.errors.is_empty(),
            "the story was to have no errors:\n{}",
            self.errors
        );
        self
    }

    /// A file as text. A `*` in its path stands for the fingerprint in a name.
    #[track_caller]
    pub fn text(&self, path: &str) -> &str {
        str::from_utf8(self.bytes(path)).expect("the file to be text")
    }

    #[track_caller]
    pub fn bytes(&self, path: &str) -> &[u8] {
        self.expect_success();
        let files = &self.build.output.files;
        let found = match path.split_once('*') {
            None => files.get(path),
            Some((before, after)) => files
                .iter()
                .find(|(name, _)| name.starts_with(before) && name.ends_with(after))
                .map(|(_, bytes)| bytes),
        };
        found.unwrap_or_else(|| {
            let there: Vec<&str> = files.keys().map(String::as_str).collect();
            panic!("there is no file `{path}` among\n{}", there.join("\n"))
        })
    }

    /// The paths of all files.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.build.output.files.keys().map(String::as_str)
    }

    /// Every page of the site with its path.
    pub fn pages(&self) -> impl Iterator<Item = (&str, &str)> {
        self.build
            .output
            .files
            .iter()
            .filter(|(path, _)| path.ends_with(".html"))
            .map(|(path, bytes)| {
                let text = str::from_utf8(bytes).expect("a page is text");
                (path.as_str(), text)
            })
    }

    #[track_caller]
    fn expect(&self, actual: String, expected: impl Into<Data>) -> &Self {
        expect(&actual, expected);
        self
    }
}

/// Compares with a snapshot, in which `[HASH]` stands for a fingerprint in a file's name;
/// `SNAPSHOTS=overwrite` writes what came out into the test.
#[track_caller]
pub fn expect(actual: &str, expected: impl Into<Data>) {
    Assert::new()
        .action_env("SNAPSHOTS")
        // Raw, because a backslash in a text is no path of Windows.
        .eq(without_fingerprints(actual), expected.into().raw());
}

/// How the value of an `integrity` attribute begins.
const SUM: &str = "sha384-";

/// `photo.0f3a1b2c3d4e.jpg` becomes `photo.[HASH].jpg`, and so do the sums in `integrity` attributes.
fn without_fingerprints(text: &str) -> String {
    let is_fingerprint = |part: &str| {
        part.len() == 12
            && part
                .bytes()
                .all(|one| matches!(one, b'0'..=b'9' | b'a'..=b'f'))
    };
    let names = text
        .split('.')
        .map(|part| if is_fingerprint(part) { "[HASH]" } else { part })
        .collect::<Vec<&str>>()
        .join(".");
    let mut sums = names.split(SUM);
    let first = sums.next().unwrap_or_default().to_owned();
    sums.fold(first, |text, after| {
        let end = after.find('"').unwrap_or(after.len());
        format!("{text}{SUM}[HASH]{}", &after[end..])
    })
}
