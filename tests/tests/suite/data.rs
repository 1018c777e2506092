//! Data files, which templates see as one tree.

use snapbox::str;
use tallypress_tests::site;

#[test]
fn every_kind_of_data_file_is_seen_by_templates_and_not_published() {
    site(
        r#"
--- content/data/team.toml
[[people]]
name = "Ada"
since = 2026-01-02
--- content/data/prices/2026.csv
item,price
"Paper, blank",3
Ink,"4"
--- content/data/colours.yaml
- red
- blue
--- content/data/sizes.json
{"small": [1, 2]}
--- content/data/photo.png
x
--- content/a.md
--- themes/default/templates/page.html
{{ data.team.people[0].name }} {{ data.team.people[0].since }}
{% for row in data.prices["2026"] %}{{ row.item }}: {{ row.price }}; {% endfor %}
{{ data.colours | join(sep=" ") }} {{ data.sizes.small[1] }}
"#,
    )
    .build()
    .expect_file(
        "a/index.html",
        str![[r#"
Ada 2026-01-02
Paper, blank: 3; Ink: 4; 
red blue 2

"#]],
    )
    .expect_files(str![[r#"
a/index.html
data/photo.[HASH].png
"#]]);
}

#[test]
fn a_shortcode_sees_data_and_settings_too() {
    site(
        r#"
--- content/data/prices.json
{"paper": 3}
--- content/2026-01-01-a.md
Paper costs {{ price(of="paper") }}.
--- themes/default/templates/shortcodes/price.html
{{ data.prices[args.of] }} at {{ config.title }}
"#,
    )
    .build()
    .expect_lines(
        "a/index.html",
        "costs",
        str!["<p>Paper costs 3 at Untitled site"],
    )
    .expect_lines(
        "atom.xml",
        "costs",
        str![[r#"<content type="html">&lt;p&gt;Paper costs 3 at Untitled site"#]],
    );
}

#[test]
fn what_is_wrong_with_a_data_file_is_shown_at_its_place() {
    site("--- content/a.md\n")
        .file("content/data/a.toml", b"x = 1\ny =\n")
        .file("content/data/b.json", b"{\"x\": 1,\n \"y\": }\n")
        .file("content/data/c.csv", b"a,b\n1,2\n1,2,3\n\n\"x\ny\"\n")
        .file("content/data/d.yaml", b"a: [1\nb: 2\n")
        .file("content/data/e.csv", b"a,b,a\n")
        .file("content/data/same.json", b"{}")
        .file("content/data/same.toml", b"")
        .file("content/data/latin.csv", b"caf\xe9\n")
        .build()
        .expect_errors(str![[r#"
error: this is not valid TOML
 --> content/data/a.toml:2:4
  |
2 | y =
  |    ^ string values must be quoted, expected literal string

error: this is not valid JSON
 --> content/data/b.json:2:7
  |
2 |  "y": }
  |       ^ expected value

error: this row does not fit the first one
 --> content/data/c.csv:3:1
  |
3 | 1,2,3
  | ^^^^^ 3 cells, and there are 2 columns
  |
  = help: put a cell that holds a comma in quotes

error: this row does not fit the first one
 --> content/data/c.csv:5:1
  |
5 | "x
  | ^^ 1 cell, and there are 2 columns
  |
  = help: put a cell that holds a comma in quotes

error: this is not valid YAML
 --> content/data/d.yaml:2:2
  |
2 | b: 2
  |  ^ illegal placement of ':' indicator

error: two columns are called `a`
 --> content/data/e.csv:1:1
  |
1 | a,b,a
  | ^^^^^ the names of the columns

error: this file is not UTF-8 text
--> content/data/latin.csv
 = note: the first wrong byte is on line 1
 = help: save it again with the encoding UTF-8

error: `data.same` has two files
--> content/data/same.toml
 = help: give one of them another name

"#]]);
}

#[test]
fn a_table_that_a_spreadsheet_saved_without_commas_says_so() {
    site("--- content/data/prices.csv\nmonth;price\nMay;3,5\n--- content/data/tabs.csv\na\tb\n1\t2\n--- content/data/one.csv\nname\nAda\n")
        .build()
        .expect_errors(str![[r#"
error: the cells of this file are not divided by commas
 --> content/data/prices.csv:1:1
  |
1 | month;price
  | ^^^^^^^^^^^ semicolons stand between them
  |
  = help: save it once more as CSV with commas between the cells

error: the cells of this file are not divided by commas
 --> content/data/tabs.csv:1:1
  |
1 | a    b
  | ^^^^^^ tabs stand between them
  |
  = help: save it once more as CSV with commas between the cells

"#]]);
}
