//! Numbers typed into a sentence that a model of the page computes: `check` finds them, however they are written.

use snapbox::str;
use tallypress_tests::{expect, site};

use crate::program::Folder;

const CHECK: &str = "check --now 2026-06-15";

/// A page that nothing is wrong with, and a small model.
fn folder() -> Folder {
    let folder = Folder::of(&site(
        "--- content/_index.md\nWelcome.\n\
         --- content/2026-01-01-a.md\n+++\ntitle = \"T\"\ndescription = \"A beginning\"\n+++\nFirst.\n",
    ));
    let model = include_str!("small-model.toml");
    folder.write("content/estimates/small.toml", model);
    folder
}

#[test]
fn a_number_that_a_model_computes_should_not_be_typed() {
    let folder = folder();
    folder.write(
        "content/2026-01-02-b.md",
        "+++\ntitle = \"T\"\ndescription = \"B\"\n+++\n{{ estimate(model=\"small\", approach=\"alone\", show=\"total.p50\") }}, \
         or €1,000 by hand. Not €1,000,000, `€1,000` or €1,000.50.\n\n\
         That is 2,000 euros, 20 hours or\n0.5 weeks, in 2026.\n",
    );
    folder
        .run(CHECK)
        .expect_code(0)
        .expect_stderr(str![[r#"
warning: this number is the model's, and typed by hand
 --> content/2026-01-02-b.md:5:71
  |
5 | {{ estimate(model="small", approach="alone", show="total.p50") }}, or €1,000 by hand. Not €1,000,000, `€1,000` or €1,000.50.
  |                                                                       ^^^^^^ it stays when the model changes
  |
  = help: write `{{ estimate(model="small", approach="alone", show="internal.mean") }}` or `{{ estimate(model="small", approach="alone", show="total.mean") }}`, whichever is meant

warning: this number is the model's, and typed by hand
 --> content/2026-01-02-b.md:7:9
  |
7 | That is 2,000 euros, 20 hours or
  |         ^^^^^^^^^^^ it stays when the model changes
  |
  = help: write `{{ estimate(model="small", approach="helped", show="cash.mean") }}` or `{{ estimate(model="small", approach="helped", show="total.mean") }}`, whichever is meant; it prints `€2,000`

warning: this number is the model's, and typed by hand
 --> content/2026-01-02-b.md:7:22
  |
7 | That is 2,000 euros, 20 hours or
  |                      ^^ it stays when the model changes
  |
  = help: write `{{ estimate(model="small", approach="alone", show="hours.writer") }}` or `{{ estimate(model="small", approach="helped", show="hours.agency") }}`, whichever is meant

warning: this number is the model's, and typed by hand
 --> content/2026-01-02-b.md:8:1
  |
8 | 0.5 weeks, in 2026.
  | ^^^ it stays when the model changes
  |
  = help: write `{{ estimate(model="small", approach="helped", show="weeks.p50") }}` or `{{ estimate(model="small", approach="helped", show="weeks_done.p50") }}`, whichever is meant

"#]]);
}

#[test]
fn a_typed_number_is_found_as_the_page_s_language_writes_it() {
    let folder = folder();
    folder.write(
        "site.toml",
        "base_url = \"https://example.com\"\n[languages.fr]\n[languages.de]\n",
    );
    let says = "{{ estimate(model=\"small\", approach=\"alone\", show=\"total.p50\") }}";
    for (name, text) in [
        (
            "b.fr.md",
            "1 000 €, non 21 000 €, ni 1 000 000 €, ni €1,000",
        ),
        ("b.de.md", "1.000 €, nicht 1.000.000 €"),
        ("b.md", "€1,000, not 1.000 €"),
    ] {
        let head = "+++\ntitle = \"T\"\ndescription = \"B\"\n+++\n";
        folder.write(
            &format!("content/{name}"),
            format!("{head}{text}. {says}\n"),
        );
    }
    let found = folder.run("check --now 2026-06-15 --format json").json();
    let found = found["diagnostics"].as_array().unwrap().iter();
    let typed =
        found.filter(|one| one["message"] == "this number is the model's, and typed by hand");
    let places = typed.map(|one| {
        format!(
            "{}:{}\n",
            one["path"].as_str().unwrap_or_default(),
            one["column"]
        )
    });
    expect(
        &places.collect::<String>(),
        str![[r#"
content/b.de.md:1
content/b.fr.md:1
content/b.md:1

"#]],
    );
}
