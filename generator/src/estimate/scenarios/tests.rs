//! Scenarios and claims in; their inputs, or what is wrong with them, out.

use crate::estimate::tests::{FIRST, SMALL, broken, expect, sound};

/// A choice for the small model, which has none.
const CARE: &str = "[[input]]\nid = \"care\"\nkind = \"choice\"\ndefault = 0\noptions = [\"Quick\", \"Careful\"]\n";

/// The small model with a choice and with these entries at its end.
fn with(entries: &str) -> String {
    SMALL.replacen("[[role]]", &format!("{CARE}[[role]]"), 1) + entries
}

/// What an author reads who wrote these entries.
fn wrong(entries: &str) -> String {
    let staff = "[[role]]\nid = \"staff\"";
    let done = "id = \"done\"\nafter = [\"review\"]\n";
    broken(&[
        (staff, &format!("{CARE}{staff}")),
        (done, &format!("{done}{entries}")),
    ])
}

#[test]
fn a_scenario_sets_some_inputs_and_leaves_the_others() {
    let model = sound(
        "small.toml",
        &with(
            r#"[[scenario]]
id = "long"
label = "A long text"
help = "Forty pages."
set = { pages = 40 }
[[scenario]]
id = "careful"
label = "Careful"
set = { care = "Careful" }
[[scenario]]
id = "careful-too"
label = "Careful again"
set = { care = 1 }
"#,
        ),
    );
    let values: Vec<&[f64]> = model
        .scenarios
        .iter()
        .map(|scenario| scenario.values.as_slice())
        .collect();
    assert_eq!(values, [[40.0, 0.0], [10.0, 1.0], [10.0, 1.0]]);
    let long = &model.scenarios[0];
    assert_eq!([&long.id, &long.label], ["long", "A long text"]);
    assert_eq!(long.help.as_deref(), Some("Forty pages."));
    assert_eq!(model.scenarios[1].help, None);
}

#[test]
fn a_claim_adds_to_a_scenario() {
    let model = sound(
        "small.toml",
        &with(
            r#"[[scenario]]
id = "long"
label = "A long text"
set = { pages = 40 }
[[claim]]
text = "Long texts are for an agency."
scenario = "long"
expect = "agency"
[[claim]]
text = "Careful long texts too."
scenario = "long"
set = { care = "Careful" }
expect = ["agency", "own"]
note = "Who would not?"
[[claim]]
text = "Others are not."
set = {}
expect = "own"
"#,
        ),
    );
    let values: Vec<&[f64]> = model
        .claims
        .iter()
        .map(|claim| claim.values.as_slice())
        .collect();
    assert_eq!(values, [[40.0, 0.0], [40.0, 1.0], [10.0, 0.0]]);
    let expected: Vec<&[usize]> = model
        .claims
        .iter()
        .map(|claim| claim.expected.as_slice())
        .collect();
    assert_eq!(expected, [&[1_usize] as &[usize], &[1, 0], &[0]]);
    assert_eq!(model.claims[1].note.as_deref(), Some("Who would not?"));
}

#[test]
fn wrong_scenarios_are_explained_at_their_places() {
    expect(
        &wrong(
            r#"[[scenario]]
id = "a"
label = "A"
set = { pages = 99, car = 1 }
[[scenario]]
id = "a"
set = { pages = 1.5, care = 2 }
[[scenario]]
id = "b"
label = "B"
set = { pages = "many", care = "Carefull" }
[[scenario]]
id = "c"
label = "C"
set = { pages = true, care = false }
hepl = "x"
[[scenario]]
id = "d"
label = "D"
set = { care = "Slapdash" }
[[scenario]]
label = "E"
"#,
        ),
        r#"
error: scenario `a` sets `pages` to 99, which goes from 1 to 50
  --> small.toml:50:17
   |
50 | set = { pages = 99, car = 1 }
   |                 ^^ outside the range

error: there is no input called `car`
  --> small.toml:50:21
   |
50 | set = { pages = 99, car = 1 }
   |                     ^^^ no input has this id
   |
   = help: did you mean `care`?

error: `label` is missing
  --> small.toml:51:1
   |
51 | [[scenario]]
   | ^ this needs a `label`

error: two scenarios are called `a`
  --> small.toml:52:6
   |
48 | id = "a"
   |      --- the first one
...
52 | id = "a"
   |      ^^^ ids are unique

error: scenario `a` sets `pages` to 1.5, which takes whole numbers
  --> small.toml:53:17
   |
53 | set = { pages = 1.5, care = 2 }
   |                 ^^^ this has a fraction

error: scenario `a` sets `care` to 2, which goes from 0 to 1
  --> small.toml:53:29
   |
53 | set = { pages = 1.5, care = 2 }
   |                             ^ outside the range
   |
   = help: its options are `Quick`, `Careful`

error: `pages` must be a number without quotes
  --> small.toml:57:17
   |
57 | set = { pages = "many", care = "Carefull" }
   |                 ^^^^^^ this is a text

error: `care` has no option `Carefull`
  --> small.toml:57:32
   |
57 | set = { pages = "many", care = "Carefull" }
   |                                ^^^^^^^^^^ no option has this text
   |
   = help: did you mean `Careful`?

error: `pages` must be a finite number
  --> small.toml:61:17
   |
61 | set = { pages = true, care = false }
   |                 ^^^^ this is true or false

error: `care` must be the text of an option, or its number from 0
  --> small.toml:61:30
   |
61 | set = { pages = true, care = false }
   |                              ^^^^^ this is true or false

error: unknown key `hepl`
  --> small.toml:62:1
   |
62 | hepl = "x"
   | ^^^^ nothing reads this
   |
   = help: did you mean `help`?

error: `care` has no option `Slapdash`
  --> small.toml:66:16
   |
66 | set = { care = "Slapdash" }
   |                ^^^^^^^^^^ no option has this text
   |
   = help: its options are `Quick`, `Careful`

error: `id` is missing
  --> small.toml:67:1
   |
67 | [[scenario]]
   | ^ every scenario needs an `id`

error: `set` is missing
  --> small.toml:67:1
   |
67 | [[scenario]]
   | ^ this needs `set`
"#,
    );
}

#[test]
fn wrong_claims_are_explained_at_their_places() {
    expect(
        &wrong(
            r#"[[scenario]]
id = "long"
label = "A long text"
set = { pages = 40 }
[[claim]]
text = "A"
scenario = "lnog"
expect = "agenci"
[[claim]]
text = ""
set = { pages = 99 }
expect = []
[[claim]]
expect = 3
[[claim]]
text = "D"
set = {}
expect = ["own", "own", "agency"]
[[claim]]
text = "E"
set = {}
"#,
        ),
        r#"
error: there is no scenario called `lnog`
  --> small.toml:53:12
   |
53 | scenario = "lnog"
   |            ^^^^^^ no scenario has this id
   |
   = help: did you mean `long`?

error: there is no approach called `agenci`
  --> small.toml:54:10
   |
54 | expect = "agenci"
   |          ^^^^^^^^ no approach has this id
   |
   = help: did you mean `agency`?

error: a claim says something
  --> small.toml:56:8
   |
56 | text = ""
   |        ^^ this is empty

error: the claim sets `pages` to 99, which goes from 1 to 50
  --> small.toml:57:17
   |
57 | set = { pages = 99 }
   |                 ^^ outside the range

error: a claim expects one approach at least
  --> small.toml:58:10
   |
58 | expect = []
   |          ^^ nothing here

error: `text` is missing
  --> small.toml:59:1
   |
59 | [[claim]]
   | ^ this needs a `text`

error: a claim is about some inputs
  --> small.toml:59:1
   |
59 | [[claim]]
   | ^ this needs `set` or `scenario`; `set = {}` means the defaults

error: `expect` must be an approach, or a list of them
  --> small.toml:60:10
   |
60 | expect = 3
   |          ^ this is a whole number

error: `expect` names `own` twice
  --> small.toml:64:18
   |
64 | expect = ["own", "own", "agency"]
   |                  ^^^^^ once is enough

error: `expect` is missing
  --> small.toml:65:1
   |
65 | [[claim]]
   | ^ this needs `expect`
"#,
    );
}

#[test]
fn the_first_model_has_its_scenarios() {
    let model = sound("cto-or-partner.toml", FIRST);
    let ids: Vec<&str> = model.scenarios.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(
        ids,
        [
            "integrations",
            "protected",
            "phases-done",
            "stalled-pack",
            "stalled-governance",
            "regulated"
        ]
    );
    let changes = |scenario: usize| {
        let changes = model.changes_in_words(
            crate::words::Words::english(),
            &model.scenarios[scenario].values,
        );
        let words = changes
            .iter()
            .map(|(what, value)| format!("{what}: {value}"));
        words.collect::<Vec<_>>().join("; ")
    };
    expect(&changes(0), "Share that is operational writing: 0%");
    expect(
        &changes(2),
        "Where are you today?: Phases 1 and 2 done; AI system owner named: Yes",
    );
}
