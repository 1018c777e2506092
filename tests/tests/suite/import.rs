//! `tallypress import`: sites as their generators have them, brought over by the real program, and
//! what it says of things that could not be carried. Each new site is built.

use snapbox::{Data, str};
use tallypress_tests::{expect, site};

use crate::program::Folder;

/// A site of another generator in the folder `old`, brought over into the folder `new` by the real program. Each
/// new site is built at once, because that is what an import promises.
pub struct Imported {
    folder: Folder,
    said: String,
}

pub fn zola(story: &str) -> Imported {
    Imported::from("zola", story)
}

pub fn hugo(story: &str) -> Imported {
    Imported::from("hugo", story)
}

pub fn jekyll(story: &str) -> Imported {
    Imported::from("jekyll", story)
}

/// Settings for stories that are about something else, so that nothing has to be said of them.
const PLAIN: [(&str, &[&str], &str); 3] = [
    (
        "zola",
        &["config.toml", "zola.toml"],
        "config.toml\nbase_url = \"https://example.com\"\n",
    ),
    (
        "hugo",
        &["hugo.toml", "hugo.yaml", "config/_default/hugo.toml"],
        "hugo.toml\nbaseURL = \"https://example.com/\"\ndisableKinds = [\"RSS\"]\n",
    ),
    (
        "jekyll",
        &["_config.yml"],
        "_config.yml\nurl: https://example.com\nfeed: {path: atom.xml}\n",
    ),
];

impl Imported {
    #[track_caller]
    fn from(generator: &str, story: &str) -> Self {
        let mut story = format!("\n{}", story.trim_start_matches('\n'));
        for (of, files, plain) in PLAIN {
            let has_settings = || {
                files
                    .iter()
                    .any(|file| story.contains(&format!("\n--- {file}\n")))
            };
            if of == generator && !has_settings() {
                story = format!("\n--- {plain}{}", &story[1..]);
            }
        }
        let folder = Folder::of(&site(&story.replace("\n--- ", "\n--- old/")));
        let run = folder.run(&format!("import {generator} old new"));
        run.expect_code(0);
        let said = run.stdout();
        folder.run("build --root new --quiet").expect_code(0);
        Self { folder, said }
    }

    /// All that the import said.
    #[track_caller]
    pub fn says(&self, expected: impl Into<Data>) -> &Self {
        expect(&self.said, expected);
        self
    }

    /// What it said of single things, where no more was to be said than how many there are.
    #[track_caller]
    pub fn notes(&self, expected: impl Into<Data>) -> &Self {
        let (notes, rest) = self.said.split_at(self.said.rfind(" -> new: ").unwrap());
        let notes = &notes[..notes.rfind('\n').map_or(0, |end| end + 1)];
        let rest: Vec<&str> = rest.lines().skip(1).collect();
        assert_eq!(
            rest,
            ["The new site can be built: tallypress serve --root new"]
        );
        expect(notes, expected);
        self
    }

    /// A file of the new site.
    #[track_caller]
    pub fn file(&self, path: &str, expected: impl Into<Data>) -> &Self {
        expect(&self.read(path), expected);
        self
    }

    /// A page's text, below its front matter.
    #[track_caller]
    pub fn text(&self, page: &str, expected: impl Into<Data>) -> &Self {
        let page = self.read(&format!("content/{page}"));
        let (_, text) = page.split_once("\n+++\n").unwrap();
        expect(text, expected);
        self
    }

    /// A page's front matter.
    #[track_caller]
    pub fn front(&self, page: &str, expected: impl Into<Data>) -> &Self {
        let page = self.read(&format!("content/{page}"));
        let (front, _) = page.split_once("\n+++\n").unwrap();
        expect(
            &format!("{}\n", front.trim_start_matches("+++\n")),
            expected,
        );
        self
    }

    /// The addresses of pages, drafts and old addresses that the new site has.
    #[track_caller]
    pub fn addresses(&self, expected: impl Into<Data>) -> &Self {
        self.pages("build --root new --drafts --quiet", expected)
    }

    /// The addresses that readers find.
    #[track_caller]
    pub fn published(&self, expected: impl Into<Data>) -> &Self {
        self.pages("build --root new --quiet", expected)
    }

    #[track_caller]
    fn pages(&self, build: &str, expected: impl Into<Data>) -> &Self {
        self.folder.run(build).expect_code(0);
        let files = self.folder.files("new/public");
        let pages = files.keys().filter(|path| path.ends_with(".html"));
        let pages: String = pages.flat_map(|path| [path.as_str(), "\n"]).collect();
        expect(&pages, expected);
        self
    }

    pub fn read(&self, path: &str) -> String {
        self.folder.read(&format!("new/{path}"))
    }

    /// Whether the new site has a file.
    pub fn has(&self, path: &str) -> bool {
        self.folder.path(&format!("new/{path}")).is_file()
    }
}

#[test]
fn what_is_no_site_is_not_imported() {
    let folder = Folder::of(&site("--- old/notes.txt\nHello\n"));
    for from in ["zola", "hugo", "jekyll"] {
        folder
            .run(&format!("import {from} old new"))
            .expect_code(2)
            .expect_stdout(str![]);
    }
    folder
        .run("import hugo nowhere new")
        .expect_code(2)
        .expect_stderr(str![[r#"
error: there is no folder `nowhere`

"#]]);
    folder.write("old/_config.yml", "title: Notes\n");
    folder.write("new/site.toml", "title = \"Mine\"\n");
    folder
        .run("import jekyll old new")
        .expect_code(1)
        .expect_stderr(str![[r#"
error: `new/site.toml` is there already
  help: name another folder, or move it away

"#]]);
    assert!(!folder.path("new/content").exists());
}

#[test]
fn a_site_is_not_written_into_the_old_one() {
    let folder = Folder::of(&site(
        "--- old/config.toml\nbase_url = \"https://example.com\"\n",
    ));
    let before = folder.files("");
    for new in ["old", "old/new", "old/a/../b"] {
        folder.run(&format!("import zola old {new}")).expect_code(2);
    }
    folder
        .run("import zola old old/new")
        .expect_code(2)
        .expect_stderr(str![[r#"
error: `old/new` is inside of the site that is brought over
  help: name a folder beside it

"#]]);
    assert_eq!(folder.files(""), before);
    folder.run("import zola old older").expect_code(0);
}
