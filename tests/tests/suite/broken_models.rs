//! Estimate models that are wrong: each mistake is reported at its own lines, and alone.

use snapbox::str;

use crate::estimates::{SMALL_MODEL, article};

#[test]
fn a_broken_model_is_reported_at_its_own_lines_alone() {
    let broken = SMALL_MODEL
        .replace("rate = [50, 50, 50]", "rate = [60, 50, 40]")
        .replace("writer = 1.0", "writer = 0.9")
        .replace("default = 10", "default = 101")
        .replace("samples = 1024", "samples = 1000")
        .replace("phase = \"writing\"", "phase = \"writting\"")
        .replace("drivers = [\"pages\"]", "drivers = [\"pagse\"]")
        .replace("x = [0, 1]", "x = [1, 0, 2]")
        .replacen("src = \"judgement\"\n", "", 1)
        .replace("after = [\"draft\"]", "after = [\"draft\"]\nwhen = 3");
    article("{{ calculator(model=\"small\") }}")
        .file("content/estimates/small.toml", broken.as_bytes())
        .build()
        .expect_errors(str![[r#"
error: `samples` must be a power of two from 1024 to 65536
 --> content/estimates/small.toml:7:11
  |
7 | samples = 1000
  |           ^^^^ every future needs its own place in the lattice

error: `default` must be from 1 to 100
  --> content/estimates/small.toml:16:11
   |
16 | default = 101
   |           ^^^ 101 is outside the range

error: the numbers of Writer have no source
  --> content/estimates/small.toml:26:1
   |
26 | [[role]]
   | ^ `src` is missing or empty
   |
   = help: give the address of a public source, or write `src = "judgement"` for an assumption of your own

error: `rate` must rise: low ≤ most likely ≤ high
  --> content/estimates/small.toml:30:8
   |
30 | rate = [60, 50, 40]
   |        ^^^^^^^^^^^^ 50 is less than 60

error: there is no phase called `writting`
  --> content/estimates/small.toml:47:9
   |
47 | phase = "writting"
   |         ^^^^^^^^^^ no phase has this id
   |
   = help: did you mean `writing`?

error: there is no input called `pagse`
  --> content/estimates/small.toml:50:21
   |
50 | per = [{ drivers = ["pagse"], hours = [2, 2, 2] }]
   |                     ^^^^^^^ no input has this id
   |
   = help: did you mean `pages`?

error: `x` and `y` of a ramp must have as many numbers
  --> content/estimates/small.toml:51:47
   |
51 | scale = [{ input = "care", x = [1, 0, 2], y = [1, 1.5] }]
   |                                               ^^^^^^^^ `x` has 3, `y` has 2

error: the shares of `alone` in `draft` must add up to 1
  --> content/estimates/small.toml:52:19
   |
52 | share = { alone = { writer = 0.9 }, helped = { agency = 1.0 } }
   |                   ^^^^^^^^^^^^^^^^ they add up to 0.9

error: unknown key `when`
  --> content/estimates/small.toml:59:1
   |
59 | when = 3
   | ^^^^ nothing reads this

"#]]);
}

#[test]
fn what_a_model_says_about_itself_is_checked() {
    let broken = SMALL_MODEL.replace(
        "labels =",
        "questions = [\"page\"]\nbreak_even = [\"care\", \"rate.writre\"]\nlabels =",
    ) + r#"
[[scenario]]
id = "long"
label = "A long text"
set = { pages = 999, care = "Carefull" }

[[claim]]
text = "Long texts are for the agency."
scenario = "lnog"
expect = "help"
"#;
    article("")
        .file("content/estimates/small.toml", broken.as_bytes())
        .build()
        .expect_errors(str![[r#"
error: there is no input called `page`
 --> content/estimates/small.toml:9:14
  |
9 | questions = ["page"]
  |              ^^^^^^ no input has this id
  |
  = help: did you mean `pages`?

error: `break_even` names the choice `care`
  --> content/estimates/small.toml:10:15
   |
10 | break_even = ["care", "rate.writre"]
   |               ^^^^^^ a choice has no value at which the answer could turn
   |
   = help: name an input that is a number, or the key of an assumption

error: there is no input or assumption `rate.writre`
  --> content/estimates/small.toml:10:23
   |
10 | break_even = ["care", "rate.writre"]
   |                       ^^^^^^^^^^^^^ neither an input nor the key of an assumption
   |
   = help: did you mean `rate.writer`?

error: scenario `long` sets `pages` to 999, which goes from 1 to 100
  --> content/estimates/small.toml:66:17
   |
66 | set = { pages = 999, care = "Carefull" }
   |                 ^^^ outside the range

error: `care` has no option `Carefull`
  --> content/estimates/small.toml:66:29
   |
66 | set = { pages = 999, care = "Carefull" }
   |                             ^^^^^^^^^^ no option has this text
   |
   = help: did you mean `Careful`?

error: there is no scenario called `lnog`
  --> content/estimates/small.toml:70:12
   |
70 | scenario = "lnog"
   |            ^^^^^^ no scenario has this id
   |
   = help: did you mean `long`?

error: there is no approach called `help`
  --> content/estimates/small.toml:71:10
   |
71 | expect = "help"
   |          ^^^^^^ no approach has this id
   |
   = help: did you mean `helped`?

"#]]);
}

#[test]
fn a_model_s_parts_must_fit_together() {
    let broken = SMALL_MODEL
        .replace("x = [0, 1]", "x = [1, 0]")
        .replace("id = \"agency\"", "id = \"writer\"")
        .replace(
            "after = [\"draft\"]",
            "after = [\"draft\"]\n\n[order]\nalone = [\"draft\", \"draft\"]\nhelped = []",
        );
    article("")
        .file("content/estimates/small.toml", broken.as_bytes())
        .build()
        .expect_errors(str![[r#"
error: two roles are called `writer`
  --> content/estimates/small.toml:35:6
   |
27 | id = "writer"
   |      -------- the first one
...
35 | id = "writer"
   |      ^^^^^^^^ ids are unique

error: `x` of a ramp must rise
  --> content/estimates/small.toml:52:32
   |
52 | scale = [{ input = "care", x = [1, 0], y = [1, 1.5] }]
   |                                ^^^^^^ 0 does not come after 1

error: there is no role called `agency`
  --> content/estimates/small.toml:53:48
   |
53 | share = { alone = { writer = 1.0 }, helped = { agency = 1.0 } }
   |                                                ^^^^^^ no role has this id

error: the order of `alone` names `draft` twice
  --> content/estimates/small.toml:62:19
   |
62 | alone = ["draft", "draft"]
   |                   ^^^^^^^ each activity comes once

error: the order of `helped` must name every activity
  --> content/estimates/small.toml:63:1
   |
63 | helped = []
   | ^^^^^^ it leaves out `draft`

"#]]);
}

#[test]
fn an_activity_cannot_come_before_what_it_needs() {
    let second = SMALL_MODEL
        .split("[[activity]]")
        .nth(1)
        .and_then(|rest| rest.split("[[milestone]]").next())
        .unwrap()
        .replace("\"draft\"", "\"edit\"")
        .replace("src =", "after = [\"draft\"]\nsrc =");
    let broken = SMALL_MODEL.replace(
        "[[milestone]]",
        &format!("[[activity]]{second}[order]\nalone = [\"edit\", \"draft\"]\n\n[[milestone]]"),
    );
    article("")
        .file("content/estimates/small.toml", broken.as_bytes())
        .build()
        .expect_errors(str![[r#"
error: the order of `alone` names `edit` before its `after`
  --> content/estimates/small.toml:68:10
   |
68 | alone = ["edit", "draft"]
   |          ^^^^^^ `edit` waits for `draft`

"#]]);
}

#[test]
fn a_model_that_is_no_toml_is_reported() {
    article("{{ calculator(model=\"small\") }}")
        .file("content/estimates/small.toml", b"[meta\n")
        .file("content/estimates/latin.toml", b"# Caf\xe9\n")
        .file("content/estimates/empty.toml", b"")
        .build()
        .expect_errors(str![[r#"
error: `[meta]` is missing
--> content/estimates/empty.toml
 = help: a model begins with `[meta]`: version, currency, approaches

error: this file is not UTF-8 text
--> content/estimates/latin.toml
 = note: the first wrong byte is on line 1
 = help: save it again with the encoding UTF-8

error: this is not valid TOML
 --> content/estimates/small.toml:1:6
  |
1 | [meta
  |      ^ unclosed table, expected `]`
  |
  = help: write `[meta]`

"#]]);
}
