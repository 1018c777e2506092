//! Rules for the numbers of a model file: ranges, ramps, settings, and where they come from.

use super::*;

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
 = help: did you mean `pages`?

error: `small` has no input called `x`
 = help: its inputs are pages

error: `pages` sets nothing
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
