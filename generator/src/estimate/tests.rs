//! Model files in; diagnostics as people see them, and estimates that agree with the independent
//! reference, out.

use serde_json::Value as Json;
use tallypress_calculator::model::{Engine, Series};

use super::*;
use crate::report::{Colour, Texts, draw};

pub(super) const FIRST: &str = include_str!("../../../content/estimates/cto-or-partner.toml");

/// A model that keeps all rules and leaves out whatever it can.
pub(super) const SMALL: &str = r#"
[meta]
currency = "EUR"
approaches = ["own", "agency"]
[[input]]
id = "pages"
kind = "int"
min = 1
max = 50
default = 10
[[role]]
id = "staff"
kind = "internal"
rate = [40, 50, 60]
capacity = { base = 10 }
src = "judgement"
[[role]]
id = "writer"
kind = "cash"
rate = 80
capacity = { base = 20 }
src = "judgement"
[[phase]]
id = "writing"
[[activity]]
id = "draft"
phase = "writing"
skill = "prose"
per = [{ drivers = ["pages"], hours = [1, 2, 4] }]
share = { own = { staff = 1 }, agency = { writer = 0.9, staff = 0.1 } }
src = "judgement"
[[activity]]
id = "review"
phase = "writing"
skill = "care"
base = 5
after = ["draft"]
share = { own = { staff = 1 }, agency = { staff = 1 } }
src = "judgement"
[[milestone]]
id = "done"
after = ["review"]
"#;

pub(super) fn sound(path: &str, text: &str) -> EstimateModel {
    let (model, diagnostics) = parse(path, text);
    assert_eq!(diagnostics, [], "{path}");
    model.expect("a model without errors")
}

/// What an author reads who made these changes to the small model. Each replaces one piece of text.
pub(super) fn broken(changes: &[(&str, &str)]) -> String {
    let mut text = SMALL.trim_start().to_owned();
    for (from, to) in changes {
        assert_eq!(
            text.matches(from).count(),
            1,
            "`{from}` is in the model once"
        );
        text = text.replace(from, to);
    }
    let (model, diagnostics) = parse("small.toml", &text);
    assert!(model.is_none(), "no model with errors");
    drawing(&text, &diagnostics)
}

pub(super) fn drawing(text: &str, diagnostics: &[Diagnostic]) -> String {
    draw(
        diagnostics,
        &Texts::from([("small.toml", text)]),
        Colour::Never,
    )
}

#[track_caller]
pub(super) fn expect(found: &str, expected: &str) {
    assert_eq!(found.trim_end(), expected.trim(), "\n\n{found}\n");
}

#[test]
fn the_smallest_model_is_sound_and_takes_usual_values() {
    let estimate = sound("content/estimates/small.toml", SMALL);
    assert_eq!(estimate.id, "small");
    assert_eq!(estimate.version, 1);
    assert_eq!(estimate.model.samples, 2048);
    assert_eq!(estimate.inputs[0].label, "pages");
    let engine = Engine::new(&estimate.model).expect("a sound model");
    let outcome = engine.estimate(&[10.0]).expect("legal inputs");
    let cash = outcome.approaches[1].get(Series::Cash).expect("cash").mean;
    assert!(
        (cash - 10.0 * 13.0 / 6.0 * 0.9 * 80.0).abs() < 0.1,
        "{cash}"
    );
}

#[test]
fn a_range_must_rise() {
    expect(
        &broken(&[("hours = [1, 2, 4]", "hours = [1, 5, 4]")]),
        r#"
error: `hours` must rise: low ≤ most likely ≤ high
  --> small.toml:28:39
   |
28 | per = [{ drivers = ["pages"], hours = [1, 5, 4] }]
   |                                       ^^^^^^^^^ 4 is less than 5
"#,
    );
}

#[test]
fn a_range_has_three_numbers() {
    expect(
        &broken(&[("rate = [40, 50, 60]", "rate = [40, 60]")]),
        r#"
error: `rate` must be [low, most likely, high]
  --> small.toml:13:8
   |
13 | rate = [40, 60]
   |        ^^^^^^^^ this list has 2 numbers
"#,
    );
}

#[test]
fn hours_and_money_are_not_negative() {
    expect(
        &broken(&[("rate = [40, 50, 60]", "rate = [-40, 50, 60]")]),
        r#"
error: `rate` must be 0 or more
  --> small.toml:13:8
   |
13 | rate = [-40, 50, 60]
   |        ^^^^^^^^^^^^^ this goes from -40 to 60
"#,
    );
}

#[test]
fn numbers_are_finite() {
    expect(
        &broken(&[("hours = [1, 2, 4]", "hours = [1, 2, inf]")]),
        r#"
error: `hours` must be made of finite numbers
  --> small.toml:28:46
   |
28 | per = [{ drivers = ["pages"], hours = [1, 2, inf] }]
   |                                              ^^^ this is inf
"#,
    );
    expect(
        &broken(&[("default = 10", "default = nan")]),
        r#"
error: `default` must be a finite number
 --> small.toml:9:11
  |
9 | default = nan
  |           ^^^ this is a number
"#,
    );
}

#[test]
fn a_ramp_rises_and_has_as_many_x_as_y() {
    let ramp = |ramp: &str| {
        let scale = format!("base = 5\nscale = [{ramp}]");
        broken(&[("base = 5", &scale)])
    };
    expect(
        &ramp("{ input = \"pages\", x = [5, 1], y = [1, 2] }"),
        r#"
error: `x` of a ramp must rise
  --> small.toml:36:33
   |
36 | scale = [{ input = "pages", x = [5, 1], y = [1, 2] }]
   |                                 ^^^^^^ 1 does not come after 5
"#,
    );
    expect(
        &ramp("{ input = \"pages\", x = [1, 5], y = [1] }"),
        r#"
error: `x` and `y` of a ramp must have as many numbers
  --> small.toml:36:45
   |
36 | scale = [{ input = "pages", x = [1, 5], y = [1] }]
   |                                             ^^^ `x` has 2, `y` has 1
"#,
    );
    expect(
        &ramp("{ input = \"pages\", x = [], y = [] }"),
        r#"
error: a ramp needs at least one point
  --> small.toml:36:33
   |
36 | scale = [{ input = "pages", x = [], y = [] }]
   |                                 ^^ nothing here
"#,
    );
    expect(
        &ramp("{ input = \"pages\", x = [1, 5], y = [1, -1] }"),
        r#"
error: `y` of this ramp must be 0 or more
  --> small.toml:36:45
   |
36 | scale = [{ input = "pages", x = [1, 5], y = [1, -1] }]
   |                                             ^^^^^^^ -1 is not
"#,
    );
}

#[test]
fn shares_add_up_to_one_or_are_empty() {
    expect(
        &broken(&[("staff = 0.1 }", "staff = 0.2 }")]),
        r#"
error: the shares of `agency` in `draft` must add up to 1
  --> small.toml:29:41
   |
29 | share = { own = { staff = 1 }, agency = { writer = 0.9, staff = 0.2 } }
   |                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ they add up to 1.1
"#,
    );
    expect(
        &broken(&[("staff = 0.1 }", "staff = 1.1 }")]),
        r#"
error: the share of `staff` must be a number from 0 to 1
  --> small.toml:29:65
   |
29 | share = { own = { staff = 1 }, agency = { writer = 0.9, staff = 1.1 } }
   |                                                                 ^^^ this is not
"#,
    );
    let text = SMALL.replace("own = { staff = 1 }, agency = { staff = 1 }", "own = {}");
    sound("small.toml", &text);
}

#[test]
fn every_name_must_exist() {
    expect(
        &broken(&[("drivers = [\"pages\"]", "drivers = [\"page\"]")]),
        r#"
error: there is no input called `page`
  --> small.toml:28:21
   |
28 | per = [{ drivers = ["page"], hours = [1, 2, 4] }]
   |                     ^^^^^^ no input has this id
   |
   = help: did you mean `pages`?
"#,
    );
    expect(
        &broken(&[("writer = 0.9", "wirter = 0.9")]),
        r#"
error: there is no role called `wirter`
  --> small.toml:29:43
   |
29 | share = { own = { staff = 1 }, agency = { wirter = 0.9, staff = 0.1 } }
   |                                           ^^^^^^ no role has this id
   |
   = help: did you mean `writer`?
"#,
    );
    expect(
        &broken(&[("agency = { writer", "agencie = { writer")]),
        r#"
error: there is no approach called `agencie`
  --> small.toml:29:32
   |
29 | share = { own = { staff = 1 }, agencie = { writer = 0.9, staff = 0.1 } }
   |                                ^^^^^^^ no approach has this id
   |
   = help: did you mean `agency`?
"#,
    );
    expect(
        &broken(&[(
            "phase = \"writing\"\nskill = \"care\"",
            "phase = \"edit\"\nskill = \"care\"",
        )]),
        r#"
error: there is no phase called `edit`
  --> small.toml:33:9
   |
33 | phase = "edit"
   |         ^^^^^^ no phase has this id
"#,
    );
    expect(
        &broken(&[("after = [\"draft\"]", "after = [\"drafts\"]")]),
        r#"
error: there is no activity called `drafts`
  --> small.toml:36:10
   |
36 | after = ["drafts"]
   |          ^^^^^^^^ no activity has this id
   |
   = help: did you mean `draft`?
"#,
    );
    let pack = "[pack]\nactivity = \"draft\"\nmilestone = \"dome\"\nideal = 0.9\nsrc = \"judgement\"\n[[phase]]";
    let meta = "currency = \"EUR\"\nquality_max = 0.95\nquality_target = 0.75";
    expect(
        &broken(&[("[[phase]]", pack), ("currency = \"EUR\"", meta)]),
        r#"
error: there is no milestone called `dome`
  --> small.toml:26:13
   |
26 | milestone = "dome"
   |             ^^^^^^ no milestone has this id
   |
   = help: did you mean `done`?
"#,
    );
    let penalty = "[[penalty]]\nrole = \"staff\"\nskill = \"prosa\"\nexcess = [0, 1, 2]\nsrc = \"judgement\"\n[[phase]]";
    expect(
        &broken(&[("[[phase]]", penalty)]),
        r#"
error: there is no skill called `prosa`
  --> small.toml:24:9
   |
24 | skill = "prosa"
   |         ^^^^^^^ no skill has this id
   |
   = help: did you mean `prose`?
"#,
    );
}

#[test]
fn an_order_names_every_activity_once_and_none_before_its_after() {
    let order = |order: &str| {
        let order = format!("[order]\nown = {order}\n[[phase]]");
        broken(&[("[[phase]]", &order)])
    };
    expect(
        &order("[\"draft\"]"),
        r#"
error: the order of `own` must name every activity
  --> small.toml:23:1
   |
23 | own = ["draft"]
   | ^^^ it leaves out `review`
"#,
    );
    expect(
        &order("[\"draft\", \"review\", \"draft\"]"),
        r#"
error: the order of `own` names `draft` twice
  --> small.toml:23:27
   |
23 | own = ["draft", "review", "draft"]
   |                           ^^^^^^^ each activity comes once
"#,
    );
    expect(
        &order("[\"review\", \"draft\"]"),
        r#"
error: the order of `own` names `review` before its `after`
  --> small.toml:23:8
   |
23 | own = ["review", "draft"]
   |        ^^^^^^^^ `review` waits for `draft`
"#,
    );
    expect(
        &order("[\"draft\", \"revue\", \"review\"]"),
        r#"
error: there is no activity called `revue`
  --> small.toml:23:17
   |
23 | own = ["draft", "revue", "review"]
   |                 ^^^^^^^ no activity has this id
   |
   = help: did you mean `review`?
"#,
    );
}

#[test]
fn the_order_of_the_file_is_an_order_too() {
    let change = ("per = [", "after = [\"review\"]\nper = [");
    let alone = ("after = [\"draft\"]\n", "");
    expect(
        &broken(&[change, alone]),
        r#"
error: `draft` comes before `review`, which it waits for
  --> small.toml:28:10
   |
28 | after = ["review"]
   |          ^^^^^^^^ this activity comes later in the file
   |
   = help: activities are taken up in the order of the file: move one of them, or give every approach an `[order]`
"#,
    );
    let order =
        "[order]\nown = [\"review\", \"draft\"]\nagency = [\"review\", \"draft\"]\n[[phase]]";
    let text = SMALL
        .replace(change.0, change.1)
        .replace(alone.0, "")
        .replace("[[phase]]", order);
    sound("small.toml", &text);
}

#[test]
fn activities_do_not_wait_in_a_circle() {
    expect(
        &broken(&[("per = [", "after = [\"review\"]\nper = [")]),
        r#"
error: activities wait for each other in a circle
  --> small.toml:28:10
   |
28 | after = ["review"]
   |          ^^^^^^^^ draft waits for review waits for draft
"#,
    );
}

#[test]
fn ids_are_unique_and_plain() {
    expect(
        &broken(&[("id = \"writer\"", "id = \"staff\"")]),
        r#"
error: two roles are called `staff`
  --> small.toml:17:6
   |
17 | id = "staff"
   |      ^^^^^^^ ids are unique

error: there is no role called `writer`
  --> small.toml:29:43
   |
29 | share = { own = { staff = 1 }, agency = { writer = 0.9, staff = 0.1 } }
   |                                           ^^^^^^ no role has this id
"#,
    );
    expect(
        &broken(&[("id = \"done\"", "id = \"all done\"")]),
        r#"
error: `all done` is no id
  --> small.toml:40:6
   |
40 | id = "all done"
   |      ^^^^^^^^^^ an id has ASCII letters, digits, `_` and `-` only
"#,
    );
    expect(
        &broken(&[("id = \"done\"\n", "")]),
        r#"
error: `id` is missing
  --> small.toml:39:1
   |
39 | [[milestone]]
   | ^ every milestone needs an `id`
"#,
    );
}

#[test]
fn a_range_contains_its_default() {
    expect(
        &broken(&[("default = 10", "default = 99")]),
        r#"
error: `default` must be from 1 to 50
 --> small.toml:9:11
  |
9 | default = 99
  |           ^^ 99 is outside the range
"#,
    );
    expect(
        &broken(&[("default = 10", "default = 1.5")]),
        r#"
error: `min`, `max` and `default` of this kind are whole numbers
 --> small.toml:9:11
  |
9 | default = 1.5
  |           ^^^ from 1 to 50, 1.5 at first
"#,
    );
    expect(
        &broken(&[("min = 1\n", "min = 51\n")]),
        r#"
error: `min` must not be above `max`
 --> small.toml:7:7
  |
7 | min = 51
  |       ^^ 51 is above 50
"#,
    );
}

#[test]
fn samples_are_a_power_of_two() {
    expect(
        &broken(&[("[meta]", "[meta]\nsamples = 2000")]),
        r#"
error: `samples` must be a power of two from 1024 to 65536
 --> small.toml:2:11
  |
2 | samples = 2000
  |           ^^^^ every future needs its own place in the lattice
"#,
    );
    expect(
        &broken(&[("[meta]", "[meta]\nsamples = 131072")]),
        r#"
error: `samples` must be a power of two from 1024 to 65536
 --> small.toml:2:11
  |
2 | samples = 131072
  |           ^^^^^^ every future needs its own place in the lattice
"#,
    );
}

#[test]
fn every_number_has_a_source_or_is_a_judgement() {
    let text = "kind = \"cash\"\nrate = 80\ncapacity = { base = 20 }\nsrc = \"judgement\"";
    expect(
        &broken(&[(text, &text.replace("src = \"judgement\"", "src = \"\""))]),
        r#"
error: the numbers of writer have no source
  --> small.toml:21:7
   |
21 | src = ""
   |       ^^ `src` is missing or empty
   |
   = help: give the address of a public source, or write `src = "judgement"` for an assumption of your own
"#,
    );
    expect(
        &broken(&[(text, &text.replace("src = \"judgement\"", ""))]),
        r#"
error: the numbers of writer have no source
  --> small.toml:16:1
   |
16 | [[role]]
   | ^ `src` is missing or empty
   |
   = help: give the address of a public source, or write `src = "judgement"` for an assumption of your own
"#,
    );
}

#[test]
fn an_unknown_key_is_refused() {
    expect(
        &broken(&[("after = [\"draft\"]", "afer = [\"draft\"]")]),
        r#"
error: unknown key `afer`
  --> small.toml:36:1
   |
36 | afer = ["draft"]
   | ^^^^ nothing reads this
   |
   = help: did you mean `after`?
"#,
    );
    expect(
        &broken(&[("[[milestone]]", "[oder]\n[[milestone]]")]),
        r#"
error: unknown key `oder`
  --> small.toml:39:2
   |
39 | [oder]
   |  ^^^^ nothing reads this
   |
   = help: did you mean `order`?
"#,
    );
}

#[test]
fn approaches_are_two_to_five() {
    expect(
        &broken(&[(
            "[\"own\", \"agency\"]",
            "[\"own\", \"agency\", \"c\", \"d\", \"e\", \"f\"]",
        )]),
        r#"
error: a model compares 2 to 5 approaches
 --> small.toml:3:14
  |
3 | approaches = ["own", "agency", "c", "d", "e", "f"]
  |              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ this names 6
"#,
    );
}

#[test]
fn more_variables_than_the_lattice_has_are_refused() {
    let mut expenses = String::new();
    for number in 0..80 {
        expenses.push_str(&format!(
            "[[expense]]\nid = \"e{number}\"\nprice = 1\nsrc = \"judgement\"\n"
        ));
    }
    expenses.push_str("[[phase]]");
    expect(
        &broken(&[("[[phase]]", &expenses)]),
        r#"
error: a model may have 75 uncertain numbers, this one has 84
--> small.toml
 = help: each role, penalty, gap, expense, activity and `min_weeks` is one
"#,
    );
}

#[test]
fn team_hours_need_a_role_for_the_team() {
    expect(
        &broken(&[("base = 5", "base = 5\nteam = 0.5")]),
        r#"
error: there is no role for `team` hours
  --> small.toml:36:1
   |
36 | team = 0.5
   | ^^^^ hours of the role called `team`
   |
   = help: add such a role, or name another with `team_role` in `[meta]`
"#,
    );
    let meta = "[meta]\nteam_role = \"stuff\"";
    expect(
        &broken(&[("base = 5", "base = 5\nteam = 0.5"), ("[meta]", meta)]),
        r#"
error: there is no role called `stuff`
 --> small.toml:2:13
  |
2 | team_role = "stuff"
  |             ^^^^^^^ no role has this id
  |
  = help: did you mean `staff`?
"#,
    );
}

#[test]
fn an_owner_rate_needs_an_input_that_tells_of_the_owner() {
    let improvement = "[loop]\nrate = { own = 0.1, agency = 0.1 }\nowner_rate = 0.2\nsrc = \"judgement\"\n[[phase]]";
    expect(
        &broken(&[("[[phase]]", improvement)]),
        r#"
error: `owner_rate` needs the input that tells whether there is an owner
  --> small.toml:24:14
   |
24 | owner_rate = 0.2
   |              ^^^ no input is called `has_owner`
   |
   = help: name the input: `owner_input = "…"`
"#,
    );
    let improvement = "[loop]\nrate = { own = 0.1 }\nsrc = \"judgement\"\n[[phase]]";
    expect(
        &broken(&[("[[phase]]", improvement)]),
        r#"
error: `[loop]` has no rate for `agency`
  --> small.toml:23:8
   |
23 | rate = { own = 0.1 }
   |        ^ every approach needs one
"#,
    );
}

#[test]
fn a_condition_must_be_possible() {
    let share_if = "share_if = [{ input = \"pages\", value = 0, share = { own = {} } }]\nbase = 5";
    expect(
        &broken(&[("base = 5", share_if)]),
        r#"
error: `pages` never is 0
  --> small.toml:35:40
   |
35 | share_if = [{ input = "pages", value = 0, share = { own = {} } }]
   |                                        ^ it goes from 1 to 50
"#,
    );
}

#[test]
fn the_target_of_quality_lies_below_its_maximum() {
    let pack = "[pack]\nactivity = \"draft\"\nideal = 0.9\nsrc = \"judgement\"\n[[phase]]";
    let meta = "currency = \"EUR\"\nquality_max = 0.7\nquality_target = 0.75";
    expect(
        &broken(&[("[[phase]]", pack), ("currency = \"EUR\"", meta)]),
        r#"
error: quality must keep 0 < `quality_target` < `quality_max` ≤ 1
 --> small.toml:4:18
  |
4 | quality_target = 0.75
  |                  ^^^^ the target is 0.75, the maximum 0.7
"#,
    );
    expect(
        &broken(&[("[[phase]]", pack)]),
        r#"
error: `quality_max` is missing
 --> small.toml:1:1
  |
1 | [meta]
  | ^ this needs a `quality_max`

error: `quality_target` is missing
 --> small.toml:1:1
  |
1 | [meta]
  | ^ this needs a `quality_target`
"#,
    );
}

#[test]
fn all_mistakes_are_reported_at_once_from_top_to_bottom() {
    let found = broken(&[
        ("default = 10", "default = 99"),
        ("writer = 0.9", "wirter = 0.9"),
        ("base = 5", "base = [5, 4, 3]"),
        ("id = \"done\"", "id = \"done\"\nlable = \"Done\""),
    ]);
    let messages: Vec<&str> = found
        .lines()
        .filter(|line| line.starts_with("error"))
        .collect();
    assert_eq!(
        messages,
        [
            "error: `default` must be from 1 to 50",
            "error: there is no role called `wirter`",
            "error: `base` must rise: low ≤ most likely ≤ high",
            "error: unknown key `lable`",
        ]
    );
}

#[test]
fn a_role_without_hours_is_worth_a_warning() {
    let text = SMALL
        .trim_start()
        .replace("capacity = { base = 20 }", "capacity = { base = 0 }");
    let (model, diagnostics) = parse("small.toml", &text);
    assert!(model.is_some());
    expect(
        &drawing(&text, &diagnostics),
        r#"
warning: with no hours a week this role never finishes anything
  --> small.toml:20:12
   |
20 | capacity = { base = 0 }
   |            ^^^^^^^^^^^^ as low as 0 hours a week
   |
   = help: give it a `base`, or raise the `min` of the input
"#,
    );
}

#[test]
fn a_timeline_without_milestones_is_worth_a_warning() {
    let (text, _) = SMALL.split_once("[[milestone]]").expect("a milestone");
    let (model, diagnostics) = parse("small.toml", text);
    assert!(model.is_some());
    assert_eq!(
        diagnostics[0].message,
        "without a `[[milestone]]` the timeline stays empty"
    );
}

#[test]
fn what_is_no_toml_is_said_to_be_none() {
    let (model, diagnostics) = parse("small.toml", "[meta\n");
    assert!(model.is_none());
    assert_eq!(diagnostics[0].message, "this is not valid TOML");
    let (model, diagnostics) = parse("small.toml", "");
    assert!(model.is_none());
    expect(
        &drawing("", &diagnostics),
        r#"
error: `[meta]` is missing
--> small.toml
 = help: a model begins with `[meta]`: version, currency, approaches
"#,
    );
}

#[test]
fn settings_are_read_and_wrong_ones_explained() {
    let model = sound("small.toml", SMALL);
    let set = |settings: &[&str]| {
        let settings: Vec<String> = settings.iter().map(|one| (*one).to_owned()).collect();
        settings::inputs(&model, model.model.defaults(), &settings)
    };
    assert_eq!(set(&[]), Ok(vec![10.0]));
    assert_eq!(set(&["pages=3", " pages = 4 "]), Ok(vec![4.0]));
    let wrong = set(&[
        "pages=99",
        "pages=1.5",
        "pages=nan",
        "pages=few",
        "page=3",
        "x=1",
        "pages",
    ]);
    let drawn = draw(&wrong.expect_err("errors"), &Texts::new(), Colour::Never);
    expect(
        &drawn,
        r#"
error: `pages` cannot be 99: it must be a whole number from 1 to 50

error: `pages` cannot be 1.5: it must be a whole number from 1 to 50

error: `pages` cannot be `nan`: it must be a whole number from 1 to 50

error: `pages` cannot be `few`: it must be a whole number from 1 to 50

error: `small` has no input called `page`
 |
 = help: did you mean `pages`?

error: `small` has no input called `x`
 |
 = help: its inputs are pages

error: `pages` sets nothing
 |
 = help: write the id of an input, `=` and a number
"#,
    );
    assert_eq!(settings::samples("256"), Ok(256));
    for wrong in ["1000", "0", "-2", "many", "1048576"] {
        let error = settings::samples(wrong).expect_err("an error");
        assert!(
            error.message.contains("a power of two from 64 to 65536"),
            "{error:?}"
        );
    }
}

#[test]
fn the_table_says_what_the_estimate_says() {
    let mut model = sound("small.toml", SMALL);
    model.model.samples = 64;
    let engine = Engine::new(&model.model).expect("a sound model");
    let estimate = engine.estimate(&[10.0]).expect("legal inputs");
    expect(
        &report::tables(&model, &[10.0], &estimate),
        r#"
small, version 1: 64 simulated futures

Recommended: own. At EUR 1,330, it has the lowest mean total; given these assumptions it is the
cheapest in 100 of 100 simulated futures.

Inputs         set to
pages (pages)      10

Cost, EUR           P10    P50    P90   mean
own
  cash                0      0      0      0
  internal hours    983  1,300  1,720  1,330
  total             983  1,300  1,720  1,330
agency
  cash            1,060  1,530  2,100  1,560
  internal hours    311    357    405    358
  total           1,380  1,890  2,500  1,920

Timeline, weeks from the start  P10  P50  P90
own
  done                          2.0  2.6  3.4
  Last milestone                2.0  2.6  3.4
agency
  done                          1.2  1.5  1.8
  Last milestone                1.2  1.5  1.8

Mean hours by phase and role  own  agency
writing
  staff                        27       7
  writer                        –      19
"#,
    );
}

#[test]
fn no_line_of_a_table_is_wider_than_a_terminal() {
    let text = FIRST.replace(
        "\"Partner alone\"",
        "\"A partner with a name that never seems to end at all\"",
    );
    let model = sound("cto-or-partner.toml", &text);
    let engine = Engine::new(&model.model).expect("a sound model");
    let inputs = model.model.defaults();
    let estimate = engine.estimate(&inputs).expect("legal inputs");
    for line in report::tables(&model, &inputs, &estimate).lines() {
        assert!(line.chars().count() <= 100, "{line}");
    }
}

#[test]
fn every_variable_has_a_label_and_every_source_a_subject() {
    let model = sound("cto-or-partner.toml", FIRST);
    assert_eq!(model.variables.len(), model.model.variables());
    let labels: Vec<String> = (0..model.variables.len())
        .map(|variable| model.variable_label(crate::words::Words::english(), variable))
        .collect();
    assert_eq!(labels[1], "CTO: hours lost");
    assert!(labels.contains(&"Building the integrations: hours".to_owned()));
    assert!(labels.iter().all(|label| !label.is_empty()));
    let sources = &model.sources;
    assert!(
        sources
            .iter()
            .any(|one| one.subject == "CTO" && one.text.contains("https://"))
    );
    assert!(sources.iter().any(|one| one.text == "judgement"));
}

#[test]
fn a_model_travels_to_the_page_in_few_bytes() {
    let model = sound("cto-or-partner.toml", FIRST).model;
    let bytes = Engine::new(&model).expect("a sound model").seal();
    assert!(bytes.len() < 3000, "{} bytes", bytes.len());
    let arrived = Engine::unseal(&bytes).expect("the bytes as they were");
    assert_eq!(arrived.seal(), bytes);
}

/// Compares every number of every case with the engine, to 1e-9 relative.
fn agree(path: &str, text: &str, golden: &str) {
    let mut estimate_model = sound(path, text);
    let golden: Json = serde_json::from_str(golden).expect("JSON");
    estimate_model.model.samples = golden["samples"].as_u64().expect("samples") as usize;
    let engine = Engine::new(&estimate_model.model).expect("a sound model");
    let cases = golden["cases"].as_array().expect("cases");
    for (number, case) in cases.iter().enumerate() {
        let inputs: Vec<f64> = estimate_model
            .inputs
            .iter()
            .map(|question| case["inputs"][&question.id].as_f64().expect("an input"))
            .collect();
        let estimate = engine.estimate(&inputs).expect("legal inputs");
        let ours = report::json(&estimate_model, &inputs, &estimate);
        let ours: Json = serde_json::from_str(&ours).expect("JSON");
        compare(&format!("{path} case {number}"), case, &ours);
    }
    assert!(cases.len() > 20, "only {} cases", cases.len());
}

/// Both documents have the same keys, texts and flags, and numbers that agree.
fn compare(place: &str, expected: &Json, found: &Json) {
    match (expected, found) {
        (Json::Object(expected), Json::Object(found)) => {
            assert!(expected.keys().eq(found.keys()), "{place}");
            for (key, value) in expected {
                compare(&format!("{place}/{key}"), value, &found[key]);
            }
        }
        (Json::Number(expected), Json::Number(found)) => {
            let [expected, found] =
                [expected, found].map(|number| number.as_f64().expect("a number"));
            let off = (expected - found).abs() / expected.abs().max(1e-3);
            assert!(off <= 1e-9, "{place}: {found} is not {expected}");
        }
        _ => assert_eq!(expected, found, "{place}"),
    }
}

#[test]
fn the_first_model_agrees_with_the_reference() {
    let golden = include_str!("../../../tests/reference/cto-or-partner.json");
    agree("cto-or-partner.toml", FIRST, golden);
}

#[test]
fn the_second_model_agrees_with_the_reference() {
    let text = include_str!("../../../tests/reference/second-model.toml");
    let golden = include_str!("../../../tests/reference/second-model.json");
    agree("second-model.toml", text, golden);
}
