//! Rules for what stands in a model file beside numbers: names, shares, orders, conditions; and several mistakes at
//! once.

use super::*;

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
11 | id = "staff"
   |      ------- the first one
...
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
