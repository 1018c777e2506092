//! A calculator in the text around it.

use tallypress_tests::site;

/// Alone 2 weeks, helped half a week, and nothing uncertain.
const SMALL_MODEL: &str = include_str!("small-model.toml");

/// The headings of a page from its title on, as `h2 What it may cost`.
fn headings(text: &str) -> Vec<String> {
    let built = site(&format!("--- content/a.md\n{text}"))
        .file("content/estimates/small.toml", SMALL_MODEL.as_bytes())
        .default_theme()
        .build();
    let page = built.text("a/index.html");
    let mut headings = Vec::new();
    for (at, _) in page.match_indices("<h") {
        let level = &page[at + 1..at + 3];
        if level[1..].starts_with(|level: char| level.is_ascii_digit()) {
            let (_, inside) = page[at..].split_once('>').unwrap();
            let (inside, _) = inside.split_once(&format!("</{level}")).unwrap();
            headings.push(format!("{level} {}", inside.trim()));
        }
    }
    headings
}

/// The level at which a heading stands.
fn level_of(heading: &str, headings: &[String]) -> String {
    let found = headings.iter().find(|found| found.ends_with(heading));
    found.map_or_else(String::new, |found| found[..2].to_owned())
}

#[test]
fn headings_go_on_from_the_one_above() {
    let calculator = "{{ calculator(model=\"small\") }}\n";
    for (above, levels) in [
        ("# Title\n", ["h2", "h3", "h4"]),
        ("# Title\n\n## Part\n\nText.\n", ["h3", "h4", "h5"]),
        ("# Title\n\n## Part\n\n### Piece\n", ["h4", "h5", "h6"]),
        (
            "# Title\n\n## Part\n\n### Piece\n\n#### Detail\n\n##### More\n",
            ["h6", "h6", "h6"],
        ),
        ("# Title\n\n## A `<h4>` in words\n", ["h3", "h4", "h5"]),
    ] {
        let headings = headings(&format!("{above}\n{calculator}"));
        let found = [
            "What it may cost",
            "How the model puts them together",
            "Draft",
        ];
        let found = found.map(|heading| level_of(heading, &headings));
        assert_eq!(found, levels, "below {above}: {headings:#?}");
    }
}

#[test]
fn the_team_that_is_left_aside_is_called_by_its_name() {
    let model = SMALL_MODEL.replacen("[meta]", "[meta]\nteam_role = \"agency\"", 1);
    let said = |model: &str| {
        let built = site("--- content/a.md\n{{ calculator(model=\"small\") }}\n")
            .file("content/estimates/small.toml", model.as_bytes())
            .default_theme()
            .build();
        built
            .text("a/index.html")
            .contains("“Most of them” leaves “Agency” aside.")
    };
    assert!(said(&model));
    assert!(!said(SMALL_MODEL), "where nobody is");
}
