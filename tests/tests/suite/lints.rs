//! What `tallypress check` warns of in pages and files that a build lets pass, and how it says so to
//! programs.

use snapbox::str;
use tallypress_tests::pictures::Picture;
use tallypress_tests::site;

use crate::program::Folder;

pub const CHECK: &str = "check --now 2026-06-15";

/// A page that nothing is wrong with, and this file.
pub fn with(path: &str, text: &str) -> Folder {
    let folder = Folder::of(&site(
        "--- content/_index.md\nWelcome.\n\
         --- content/2026-01-01-a.md\n+++\ntitle = \"T\"\ndescription = \"A beginning\"\n+++\nFirst.\n",
    ));
    folder.write(path, text);
    folder
}

#[test]
fn a_heading_should_not_skip_a_level() {
    with(
        "content/2026-01-02-b.md",
        "+++\ntitle = \"B\"\ndescription = \"B\"\n+++\n## One\n\n#### Deep\n\n## Two\n\n### Three\n\n```\n##### code\n```\n",
    )
    .run(CHECK)
    .expect_code(0)
    .expect_stderr(str![[r#"
warning: this heading skips a level
 --> content/2026-01-02-b.md:7:1
  |
7 | #### Deep
  | ^^^^^^^^^ level 4 follows level 2
  |
  = help: write it with ###

"#]]);
}

#[test]
fn questions_begin_right_below_the_heading_above_them() {
    let questions = |name: &str| {
        format!(
            "+++\ntitle = \"B\"\ndescription = \"B\"\n+++\n\
             {{% {name}() %}}\n### Why?\n\nSo.\n\n### How?\n\n##### In detail\n\nSo.\n{{% end %}}\n",
        )
    };
    let folder = with("content/2026-01-02-b.md", &questions("faq"));
    folder.run(CHECK).expect_code(0).expect_stderr(str![[r#"
warning: this heading skips a level
  --> content/2026-01-02-b.md:12:1
   |
12 | ##### In detail
   | ^^^^^^^^^^^^^^^ level 5 follows level 3
   |
   = help: write it with ####

"#]]);
    folder.write("content/2026-01-02-b.md", questions("fqa"));
    folder.run(CHECK).expect_code(1).expect_stderr(str![[r#"
error: there is no shortcode `fqa`
 --> content/2026-01-02-b.md:5:4
  |
5 | {% fqa() %}
  |    ^^^ neither the generator nor the theme has it
  |
  = help: did you mean `faq`?

warning: this heading skips a level
  --> content/2026-01-02-b.md:12:1
   |
12 | ##### In detail
   | ^^^^^^^^^^^^^^^ level 5 follows level 3
   |
   = help: write it with ####

"#]]);
}

#[test]
fn a_language_should_have_something_to_read() {
    let settings = "base_url = \"https://example.com\"\n[languages.fr]\n[languages.de]\n";
    let folder = with("site.toml", settings);
    folder.write("content/_index.de.md", "Willkommen.\n");
    folder.run(CHECK).expect_code(0).expect_stderr(str![[r#"
warning: nothing is written in `fr`
 --> site.toml:2:12
  |
2 | [languages.fr]
  |            ^^ its home page is empty, and yet published
  |
  = help: translate a page, such as `content/_index.fr.md`; list the others in the meantime with `show_untranslated = true`; or delete `[languages.fr]`

"#]]);
    folder.write(
        "site.toml",
        settings.replace("[languages.de]", "show_untranslated = true\n[languages.de]"),
    );
    folder.run(CHECK).expect_code(0).expect_stderr(str![]);
}

#[test]
fn a_file_is_in_a_language_of_the_site() {
    let text = "+++\ntitle = \"T\"\ndescription = \"D\"\n+++\n";
    with("content/2026-01-02-b.es.md", text)
        .run(CHECK)
        .expect_code(0)
        .expect_stderr(str![[r#"
warning: the site has no language `es`
--> content/2026-01-02-b.es.md
 = note: published as a page of its own, in `en`
 = help: add `[languages.es]` to `site.toml`, or give the file another name

"#]]);
    with("content/2026-01-02-b.en.md", text)
        .run(CHECK)
        .expect_code(0)
        .expect_stderr(str![[r#"
warning: `en` is the site's own language
--> content/2026-01-02-b.en.md
 = note: published as a page of its own, in `en`
 = help: name it `content/2026-01-02-b.md`: only other languages are said in names

"#]]);
    with("content/2026-01-02-node.js.md", text)
        .run(CHECK)
        .expect_stderr(str![]);
}

#[test]
fn a_page_should_say_what_it_is_about() {
    with(
        "content/2026-01-02-b.md",
        "+++\ntitle = \"A title that goes on and on until no search engine shows the end of it any more\"\n+++\nB\n",
    )
    .run(CHECK)
    .expect_code(0)
    .expect_stderr(str![[r#"
warning: this page has no description
--> content/2026-01-02-b.md
 = note: lists, search engines and shared links show it below the title
 = help: add `description = "…"` to its front matter: a sentence or two

warning: this title is too long for search results
 --> content/2026-01-02-b.md:2:10
  |
2 | title = "A title that goes on and on until no search engine shows the end of it any more"
  |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 79 letters, of which about 70 are shown

"#]]);
}

#[test]
fn a_page_should_be_found_by_following_links() {
    // The theme of this site lists no pages.
    let folder = with(
        "content/lonely.md",
        "+++\ntitle = \"T\"\ndescription = \"L\"\n+++\nL\n",
    );
    folder.write(
        "themes/bare/templates/index.html",
        "<p>{{ section.content }}</p>",
    );
    folder.write(
        "themes/bare/templates/page.html",
        "<p>{{ page.content }}</p>",
    );
    for name in ["section", "taxonomy_list", "taxonomy_single"] {
        folder.write(&format!("themes/bare/templates/{name}.html"), "<p></p>");
    }
    // Who stands there has not found the site.
    folder.write(
        "themes/bare/templates/404.html",
        "<a href=\"/lonely/\">Lonely</a>",
    );
    folder.write(
        "site.toml",
        "theme = \"bare\"\nbase_url = \"https://example.com\"\n",
    );
    folder.write("content/_index.md", "[a](@/2026-01-01-a.md)\n");
    folder.run(CHECK).expect_code(0).expect_stderr(str![[r#"
warning: no page links to this one
--> content/lonely.md
 = note: readers do not find it on the site
 = help: link to it, put it into a section or the menu, or mark it as a draft

"#]]);
}

#[test]
fn a_file_should_be_used() {
    let folder = with(
        "content/2026-01-02-b/index.md",
        "+++\ntitle = \"T\"\ndescription = \"B\"\n+++\n![used](used.png)\n",
    );
    let picture = Picture::new(8, 8).png();
    folder.write("content/2026-01-02-b/used.png", &picture);
    folder.write("content/2026-01-02-b/left.png", &picture[1..]);
    folder.write("content/2026-01-02-b/figures.xlsx", "1");
    folder.write("static/own.css", "a { background: url(by-style.png) }");
    folder.write("static/by-style.png", "3");
    folder.write("static/nobody.pdf", "4");
    folder.write("static/favicon.ico", "5");
    folder.write("static/CNAME", "example.com");
    folder.run(CHECK).expect_code(0).expect_stderr(str![[r#"
warning: no page uses this file
--> content/2026-01-02-b/figures.xlsx
 = note: it is published all the same
 = help: link to it, or delete it

warning: no page uses this file
--> content/2026-01-02-b/left.png
 = note: it is published all the same
 = help: link to it, or delete it

warning: no page uses this file
--> static/nobody.pdf
 = note: it is published all the same
 = help: link to it, or delete it

warning: no page uses this file
--> static/own.css
 = note: it is published all the same
 = help: link to it, or delete it

"#]]);
}

#[test]
fn a_style_sheet_names_files_that_are_there() {
    let folder = with(
        "static/own.css",
        "/* url(no.png) */\na { background: url(\"gone.png\") }\n",
    );
    folder.write("content/_index.md", "[style](/own.css)\n");
    folder.run(CHECK).expect_code(1).expect_stderr(str![[r#"
error: this style sheet names a file that does not exist
 --> static/own.css:2:22
  |
2 | a { background: url("gone.png") }
  |                      ^^^^^^^^ no file has this address

"#]]);
}

#[test]
fn programs_get_json_and_a_code_host_its_annotations() {
    let folder = with(
        "content/2026-01-02-b.md",
        "+++\ntitle = \"B\"\n+++\n[nowhere](@/nowhere.md)\n",
    );
    let run = folder.run("check --now 2026-06-15 --format json");
    run.expect_code(1);
    let found = run.json();
    let severities = ["warning", "error"].map(serde_json::Value::from);
    for (one, severity) in found["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .zip(severities)
    {
        assert_eq!(one["severity"], severity);
    }
    assert_eq!(found["diagnostics"][1]["line"], 4);
    folder
        .run("check --now 2026-06-15 --format github")
        .expect_code(1)
        .expect_stdout(str![[r#"
::warning file=content/2026-01-02-b.md,title=this page has no description::lists, search engines and shared links show it below the title%0Ahelp: add `description = "…"` to its front matter: a sentence or two
::error file=content/2026-01-02-b.md,line=4,col=11,title=link to a page that does not exist::there is no `content/nowhere.md`
Checked 5 pages: 1 error, 1 warning. Pages and files that nothing leads to are looked for when there are no errors

"#]])
        .expect_stderr(str![]);
}

#[test]
fn warnings_can_count_as_errors() {
    let folder = with("content/2026-01-02-b.md", "B\n");
    folder.run(CHECK).expect_code(0);
    folder
        .run("check --strict --quiet")
        .expect_code(1)
        .expect_stdout(str![]);
}

#[test]
fn a_broken_theme_hides_no_broken_link() {
    let folder = with("themes/own/templates/page.html", "{% if %}");
    folder.write("site.toml", "theme = \"own\"\n");
    folder.write(
        "content/2026-01-02-b.md",
        "+++\ntitle = \"T\"\ndescription = \"B\"\n+++\n[nowhere](@/nowhere.md)\n",
    );
    folder
        .run("check --now 2026-06-15 --base-url https://example.com")
        .expect_code(1)
        .expect_stderr(str![[r#"
error: link to a page that does not exist
 --> content/2026-01-02-b.md:5:11
  |
5 | [nowhere](@/nowhere.md)
  |           ^^^^^^^^^^^^ there is no `content/nowhere.md`

error: the template cannot be used
 --> themes/own/templates/page.html:1:7
  |
1 | {% if %}
  |       ^^ Found `%}` but expected one of: integer, float, string, bool, ident, `-`, `not`, `<`, `{`, `[` or `(`

"#]]);
}

#[test]
fn a_page_has_one_title() {
    let folder = with(
        "content/2026-01-02-b.md",
        "+++\ntitle = \"B\"\ndescription = \"B\"\n+++\n# Another\n\n```\n# code\n```\n",
    );
    folder.write(
        "content/2026-01-03-c.md",
        "---\ndescription: C\n---\n# The title\n\nText.\n\n# A second one\n",
    );
    folder.run(CHECK).expect_code(0).expect_stderr(str![[r#"
warning: this heading is a second title
 --> content/2026-01-02-b.md:5:1
  |
5 | # Another
  | ^^^^^^^^^ the page's title is `B`
  |
  = help: write it with ##, and those below it with one more # each

warning: this heading is a second title
 --> content/2026-01-03-c.md:8:1
  |
8 | # A second one
  | ^^^^^^^^^^^^^^ the page's title is `The title`
  |
  = help: write it with ##, and those below it with one more # each

"#]]);
}

#[test]
fn a_comma_makes_no_list() {
    let folder = with(
        "content/2026-01-02-b.md",
        "---\ntitle: B\ndescription: B\ntags: costs, people\n---\nB.\n",
    );
    folder.write(
        "content/2026-01-03-c.md",
        "+++\ntitle = \"T\"\ndescription = \"C\"\ncategories = \"one, two\"\ntags = [\"by hand, on paper\"]\n+++\nC.\n",
    );
    folder.run(CHECK).expect_code(0).expect_stderr(str![[r#"
warning: this is one term
 --> content/2026-01-02-b.md:4:7
  |
4 | tags: costs, people
  |       ^^^^^^^^^^^^^ a comma divides nothing in a text
  |
  = help: write `tags: ["costs", "people"]`

warning: this is one term
 --> content/2026-01-03-c.md:4:14
  |
4 | categories = "one, two"
  |              ^^^^^^^^^^ a comma divides nothing in a text
  |
  = help: write `categories = ["one", "two"]`

"#]]);
}

#[test]
fn a_link_leads_somewhere_and_says_so() {
    with(
        "content/2026-01-02-b.md",
        "+++\ntitle = \"T\"\ndescription = \"B\"\n+++\n[a](htps://example.com/) [b](https:/example.com/) [c](mailo:a@example.com) \
         [d](obsidian://open) [e](tel:+1) [](/) [`f`](/) [](<https://example.com/a b>)\n\n`[](code)`\n",
    )
    .run(CHECK)
    .expect_code(0)
    .expect_stderr(str![[r#"
warning: browsers know no `htps:`
 --> content/2026-01-02-b.md:5:5
  |
5 | [a](htps://example.com/) [b](https:/example.com/) [c](mailo:a@example.com) [d](obsidian://open) [e](tel:+1) [](/) [`f`](/) [](<https:...
  |     ^^^^^^^^^^^^^^^^^^^ nothing happens for readers who follow this
  |
  = help: did you mean `https:`?

warning: this address names no site
 --> content/2026-01-02-b.md:5:30
  |
5 | [a](htps://example.com/) [b](https:/example.com/) [c](mailo:a@example.com) [d](obsidian://open) [e](tel:+1) [](/) [`f`](/) [](<https:...
  |                              ^^^^^^^^^^^^^^^^^^^ one begins with `https://` and a name

warning: browsers know no `mailo:`
 --> content/2026-01-02-b.md:5:55
  |
5 | [a](htps://example.com/) [b](https:/example.com/) [c](mailo:a@example.com) [d](obsidian://open) [e](tel:+1) [](/) [`f`](/) [](<https:...
  |                                                       ^^^^^^^^^^^^^^^^^^^ nothing happens for readers who follow this
  |
  = help: did you mean `mailto:`?

warning: this link has no text
 --> content/2026-01-02-b.md:5:109
  |
5 | ...@example.com) [d](obsidian://open) [e](tel:+1) [](/) [`f`](/) [](<https://example.com/a b>)
  |                                                   ^^^^^ readers see nothing to follow
  |
  = help: write where it leads between the brackets

warning: this link has no text
 --> content/2026-01-02-b.md:5:124
  |
5 | ...//open) [e](tel:+1) [](/) [`f`](/) [](<https://example.com/a b>)
  |                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ readers see nothing to follow
  |
  = help: write where it leads between the brackets

"#]]);
}

#[test]
fn html_of_an_author_s_own_is_looked_over_like_markdown() {
    let folder = with(
        "content/2026-01-02-b.md",
        "+++\ntitle = \"T\"\ndescription = \"B\"\n+++\n<p><img src=\"/logo.svg\"> <a href=\"/about/\"></a></p>\n\n\
         A line with <a href=\"/\"> <b></b></a> and <IMG SRC='/logo.svg'>.\n\n\
         <div>\n<a href=\"/\"><img src=\"/logo.svg\"\n alt=\"\"></a>\n</div>\n\n\
         <!-- <a href=\"/\"></a> --> <a id=\"here\"></a> <a href=\"/\">*Home*</a>\n\n\
         <a href=\"/\"><img src=\"/logo.svg\" alt=\"Home\"></a> <a href=\"/\" aria-label=\"Home\"></a>\n\n\
         <img alt src=\"/logo.svg\"> `<img src=\"a.png\">`\n",
    );
    folder.write("static/logo.svg", "<svg/>");
    folder.write(
        "content/about.md",
        "+++\ntitle = \"T\"\ndescription = \"Us\"\n+++\nUs\n",
    );
    folder.run(CHECK).expect_code(0).expect_stderr(str![[r#"
warning: a picture without a description
 --> content/2026-01-02-b.md:5:4
  |
5 | <p><img src="/logo.svg"> <a href="/about/"></a></p>
  |    ^^^^^^^^^^^^^^^^^^^^^ nobody who does not see it learns what it shows
  |
  = help: write `alt="What it shows"`, or `alt=""` if it is decoration

warning: this link has no text
 --> content/2026-01-02-b.md:5:26
  |
5 | <p><img src="/logo.svg"> <a href="/about/"></a></p>
  |                          ^^^^^^^^^^^^^^^^^^ readers see nothing to follow
  |
  = help: write where it leads between `<a …>` and `</a>`

warning: this link has no text
 --> content/2026-01-02-b.md:7:13
  |
7 | A line with <a href="/"> <b></b></a> and <IMG SRC='/logo.svg'>.
  |             ^^^^^^^^^^^^ readers see nothing to follow
  |
  = help: write where it leads between `<a …>` and `</a>`

warning: a picture without a description
 --> content/2026-01-02-b.md:7:42
  |
7 | A line with <a href="/"> <b></b></a> and <IMG SRC='/logo.svg'>.
  |                                          ^^^^^^^^^^^^^^^^^^^^^ nobody who does not see it learns what it shows
  |
  = help: write `alt="What it shows"`, or `alt=""` if it is decoration

warning: this link has no text
  --> content/2026-01-02-b.md:10:1
   |
10 | <a href="/"><img src="/logo.svg"
   | ^^^^^^^^^^^^ readers see nothing to follow
   |
   = help: write where it leads between `<a …>` and `</a>`

"#]]);
}

#[test]
fn what_a_page_that_cannot_be_read_says_is_not_guessed() {
    let folder = with(
        "content/2026-01-02-b.md",
        "---\ntitle: B: a beginning\ndescription: B\n---\nB\n",
    );
    folder.write(
        "content/2026-01-03-c.md",
        "+++\ntitle = \"T\"\ndescription = \"C\"\n",
    );
    folder.write(
        "content/2026-01-04-d.md",
        b"+++\ntitle = \"T\"\ndescription = \"\xff\"\n+++\n",
    );
    folder.write("content/2026-01-05-e.md", "---\ntitle: E\n---\nE\n");
    folder.run(CHECK).expect_code(1).expect_stderr(str![[r#"
error: this is not valid YAML
 --> content/2026-01-02-b.md:2:9
  |
2 | title: B: a beginning
  |         ^ mapping values are not allowed in this context
  |
  = help: put the text in quotes: `title: "B: a beginning"`

error: front matter is never closed
 --> content/2026-01-03-c.md:1:1
  |
1 | +++
  | ^^^ no second `+++` line follows
  |
  = help: put `+++` on a line of its own after the last key

error: this file is not UTF-8 text
--> content/2026-01-04-d.md
 = note: the first wrong byte is on line 3
 = help: save it again with the encoding UTF-8

warning: this page has no description
--> content/2026-01-05-e.md
 = note: lists, search engines and shared links show it below the title
 = help: add `description: "…"` to its front matter: a sentence or two

"#]]);
}
