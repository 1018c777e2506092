//! `tallypress estimate`: a model's figures at a terminal, for people and for programs.

use snapbox::{assert_data_eq, str};
use tallypress_tests::site;

use crate::program::Folder;

/// A folder that is no site, with a model in it.
fn folder() -> Folder {
    let model = include_bytes!("small-model.toml");
    Folder::of(&site("").file("small.toml", model))
}

#[test]
fn people_get_tables() {
    folder()
        .run("estimate small.toml")
        .expect_code(0)
        .expect_stdout(str![[r#"
small, version 1: 1,024 simulated futures

Recommended: Alone. At EUR 1,000, it has the lowest mean total; given these assumptions it is the
cheapest in 100 of 100 simulated futures.

Inputs                  set to
Pages to write (pages)      10
Care (care)              Quick

Cost, EUR           P10    P50    P90   mean
Alone
  cash                0      0      0      0
  internal hours  1,000  1,000  1,000  1,000
  total           1,000  1,000  1,000  1,000
With help
  cash            2,000  2,000  2,000  2,000
  internal hours      0      0      0      0
  total           2,000  2,000  2,000  2,000

Timeline, weeks from the start  P10  P50  P90
Alone
  Done                          2.0  2.0  2.0
  Last milestone                2.0  2.0  2.0
With help
  Done                          0.5  0.5  0.5
  Last milestone                0.5  0.5  0.5

Mean hours by phase and role  Alone  With help
Writing
  Writer                         20          –
  Agency                          –         20

"#]])
        .expect_stderr(str![]);
}

#[test]
fn who_asks_for_much_is_told_that_it_does_not_end_in_time() {
    let printed = |change: &str| {
        let model = include_str!("../../../content/estimates/cto-or-partner.toml");
        let files = site("").file("model.toml", model.as_bytes());
        let folder = Folder::of(&files);
        let run = folder.run(&format!("estimate model.toml {change}"));
        run.stdout().replace('\n', " ")
    };
    let late = "It is mostly not finished in the time for which delay is counted; what waiting costs after that is in no total.";
    let much = "--set people=150 --set functions=12 --set automations=10";
    assert!(printed(much).contains(late));
    assert!(!printed("").contains(late));
}

#[test]
fn who_has_no_hours_never_finishes() {
    let model = include_str!("small-model.toml").replacen("base = 10", "base = 0", 1);
    let folder = Folder::of(&site("").file("small.toml", model.as_bytes()));
    let printed = folder.run("estimate small.toml").stdout();
    let line = printed.lines().find(|line| line.contains("Done"));
    let words: Vec<&str> = line.unwrap_or_default().split_whitespace().collect();
    assert_eq!(words, ["Done", "never", "never", "never"]);
}

#[test]
fn a_model_without_milestones_has_no_timeline() {
    let model = include_str!("small-model.toml");
    let model = model.split("[[milestone]]").next().unwrap();
    Folder::of(&site("").file("small.toml", model.as_bytes()))
        .run("estimate small.toml")
        .expect_code(0)
        .expect_stdout(str![[r#"
small, version 1: 1,024 simulated futures

Recommended: Alone. At EUR 1,000, it has the lowest mean total; given these assumptions it is the
cheapest in 100 of 100 simulated futures.

Inputs                  set to
Pages to write (pages)      10
Care (care)              Quick

Cost, EUR           P10    P50    P90   mean
Alone
  cash                0      0      0      0
  internal hours  1,000  1,000  1,000  1,000
  total           1,000  1,000  1,000  1,000
With help
  cash            2,000  2,000  2,000  2,000
  internal hours      0      0      0      0
  total           2,000  2,000  2,000  2,000

Mean hours by phase and role  Alone  With help
Writing
  Writer                         20          –
  Agency                          –         20

"#]]);
}

#[test]
fn programs_get_json() {
    let folder = folder();
    let run = folder.run("estimate small.toml --json --set pages=20 --set care=1 --samples 64");
    run.expect_code(0).expect_stderr(str![]);
    tallypress_tests::expect(
        &format!("{:#}", run.json()),
        str![[r#"
{
  "approaches": {
    "alone": {
      "hours": {
        "agency": {
          "writing": 0
        },
        "writer": {
          "writing": 60
        }
      },
      "series": {
        "cash": {
          "mean": 0,
          "p10": 0,
          "p50": 0,
          "p90": 0
        },
        "cash_writing": {
          "mean": 0,
          "p10": 0,
          "p50": 0,
          "p90": 0
        },
        "delay": {
          "mean": 0,
          "p10": 0,
          "p50": 0,
          "p90": 0
        },
        "finish_writing": {
          "mean": 6,
          "p10": 6,
          "p50": 6,
          "p90": 6
        },
        "internal": {
          "mean": 3000,
          "p10": 3000,
          "p50": 3000,
          "p90": 3000
        },
        "internal_writing": {
          "mean": 3000,
          "p10": 3000,
          "p50": 3000,
          "p90": 3000
        },
        "start_writing": {
          "mean": 0,
          "p10": 0,
          "p50": 0,
          "p90": 0
        },
        "total": {
          "mean": 3000,
          "p10": 3000,
          "p50": 3000,
          "p90": 3000
        },
        "weeks": {
          "mean": 6,
          "p10": 6,
          "p50": 6,
          "p90": 6
        },
        "weeks_done": {
          "mean": 6,
          "p10": 6,
          "p50": 6,
          "p90": 6
        }
      }
    },
    "helped": {
      "hours": {
        "agency": {
          "writing": 60
        },
        "writer": {
          "writing": 0
        }
      },
      "series": {
        "cash": {
          "mean": 6000,
          "p10": 6000,
          "p50": 6000,
          "p90": 6000
        },
        "cash_writing": {
          "mean": 6000,
          "p10": 6000,
          "p50": 6000,
          "p90": 6000
        },
        "delay": {
          "mean": 0,
          "p10": 0,
          "p50": 0,
          "p90": 0
        },
        "finish_writing": {
          "mean": 1.5,
          "p10": 1.5,
          "p50": 1.5,
          "p90": 1.5
        },
        "internal": {
          "mean": 0,
          "p10": 0,
          "p50": 0,
          "p90": 0
        },
        "internal_writing": {
          "mean": 0,
          "p10": 0,
          "p50": 0,
          "p90": 0
        },
        "start_writing": {
          "mean": 0,
          "p10": 0,
          "p50": 0,
          "p90": 0
        },
        "total": {
          "mean": 6000,
          "p10": 6000,
          "p50": 6000,
          "p90": 6000
        },
        "weeks": {
          "mean": 1.5,
          "p10": 1.5,
          "p50": 1.5,
          "p90": 1.5
        },
        "weeks_done": {
          "mean": 1.5,
          "p10": 1.5,
          "p50": 1.5,
          "p90": 1.5
        }
      }
    }
  },
  "inputs": {
    "care": 1,
    "pages": 20
  },
  "model": "small",
  "recommendation": {
    "approach": "alone",
    "close_call": false,
    "sufficient": true
  },
  "version": 1,
  "wins": {
    "alone": 1,
    "helped": 0
  }
}
"#]],
    );
}

#[test]
fn inputs_out_of_their_range_are_refused_with_the_range() {
    let folder = folder();
    for (arguments, expected) in [
        (
            "--set pages=99999",
            str![[r#"
error: `pages` cannot be 99999: it must be a whole number from 1 to 100

"#]],
        ),
        (
            "--set pages=1.5",
            str![[r#"
error: `pages` cannot be 1.5: it must be a whole number from 1 to 100

"#]],
        ),
        (
            "--set pages=NaN",
            str![[r#"
error: `pages` cannot be `NaN`: it must be a whole number from 1 to 100

"#]],
        ),
        (
            "--set pages=inf",
            str![[r#"
error: `pages` cannot be inf: it must be a whole number from 1 to 100

"#]],
        ),
        (
            "--set pages=many",
            str![[r#"
error: `pages` cannot be `many`: it must be a whole number from 1 to 100

"#]],
        ),
        (
            "--set care=2",
            str![[r#"
error: `care` cannot be 2: it must be a whole number from 0 to 1: 0 Quick, 1 Careful

"#]],
        ),
        (
            "--set paegs=3",
            str![[r#"
error: `small` has no input called `paegs`
 = help: did you mean `pages`?

"#]],
        ),
        (
            "--set pages",
            str![[r#"
error: `pages` sets nothing
 = help: write the id of an input, `=` and a number

"#]],
        ),
        (
            "--samples 1000",
            str![[r#"
error: `1000` is no number of futures: it must be a power of two from 64 to 65536

"#]],
        ),
        (
            "--samples lots",
            str![[r#"
error: `lots` is no number of futures: it must be a power of two from 64 to 65536

"#]],
        ),
    ] {
        folder
            .run(&format!("estimate small.toml {arguments}"))
            .expect_code(2)
            .expect_stdout(str![])
            .expect_stderr(expected);
    }
}

#[test]
fn every_wrong_argument_is_told_at_once() {
    folder()
        .run("estimate small.toml --json --set pages=0 --set care=7 --samples 3")
        .expect_code(2)
        .expect_stdout(str![])
        .expect_stderr(str![[r#"
error: `3` is no number of futures: it must be a power of two from 64 to 65536

error: `pages` cannot be 0: it must be a whole number from 1 to 100

error: `care` cannot be 7: it must be a whole number from 0 to 1: 0 Quick, 1 Careful

"#]]);
}

#[test]
fn a_broken_model_is_shown_at_its_place() {
    let folder = folder();
    let model = folder
        .read("small.toml")
        .replace("rate = [50, 50, 50]", "rate = [60, 50, 40]");
    folder.write("broken.toml", model);
    folder
        .run("estimate broken.toml")
        .expect_code(1)
        .expect_stdout(str![])
        .expect_stderr(str![[r#"
error: `rate` must rise: low ≤ most likely ≤ high
  --> broken.toml:30:8
   |
30 | rate = [60, 50, 40]
   |        ^^^^^^^^^^^^ 50 is less than 60

"#]]);
}

#[test]
fn a_model_that_is_not_there_is_wrong_usage() {
    folder()
        .run("estimate missing.toml")
        .expect_code(2)
        .expect_stderr(str![[r#"
error: cannot read `missing.toml`: No such file or directory (os error 2)

"#]]);
    folder().run("estimate").expect_code(2);
}

#[test]
fn a_shared_address_gives_the_figures_that_its_sender_saw() {
    let folder = folder();
    let shared = folder.run(
        "estimate small.toml --json --from https://a.example/article/#small:v1&pages=20&rate.writer=60",
    );
    shared.expect_code(0).expect_stderr(str![]);
    let figures = shared.json();
    let alone = &figures["approaches"]["alone"]["series"];
    assert_eq!(alone["internal"]["mean"], 2400.0);
    // What is set on top of it counts more.
    let more = folder.run(
        "estimate small.toml --json --from /article/#other:v3&x=1/small:v1&pages=20 --set pages=30",
    );
    assert_eq!(more.json()["inputs"]["pages"], 30);
    // Programs that pass an address on write its signs in other ways.
    let passed_on = folder.run(
        "estimate small.toml --json --from (/article/#small%3av1&amp;pages=20&amp;rate.writer=60),",
    );
    assert_eq!(passed_on.json()["approaches"], figures["approaches"]);
}

#[test]
fn what_is_never_finished_is_not_recommended() {
    let folder = folder();
    let verdict = |changes: &str| {
        let run = folder.run(&format!("estimate small.toml --from #small:v1&{changes}"));
        run.expect_code(0);
        let text = run.stdout();
        let lines = text.lines().skip(2).take_while(|line| !line.is_empty());
        lines.collect::<Vec<_>>().join("\n")
    };
    // Alone would cost half of that.
    assert_data_eq!(
        verdict("capacity.writer=0,0"),
        str![[r#"
Recommended: With help. At EUR 2,000, it has the lowest mean total; given these assumptions it is
the cheapest in 100 of 100 simulated futures. “Alone” takes no part: it is never finished, because
somebody whom the work needs has no hours for it.
"#]]
    );
    assert_data_eq!(
        verdict("capacity.writer=0,0&capacity.agency=0,0"),
        str![[r#"
None is recommended: no approach is ever finished, because somebody whom the work needs has no hours
for it.
"#]]
    );
    let none = folder
        .run("estimate small.toml --json --from #small:v1&capacity.writer=0,0&capacity.agency=0,0");
    assert!(none.json()["recommendation"]["approach"].is_null());
}

#[test]
fn an_address_that_cannot_be_taken_over_says_why() {
    for (address, expected) in [
        (
            "#small:v2&pages=20",
            str![[r#"
error: this address was made for another version of `small`, which is at 1 now

"#]],
        ),
        (
            "#small:v1&pages=twenty",
            str![[r#"
error: this address is damaged

"#]],
        ),
        (
            "#small:v1&pages=200",
            str![[r#"
error: `pages` cannot be what is written there: it must be a whole number from 1 to 100

"#]],
        ),
        (
            "#small:v1&rate.writer=-5",
            str![[r#"
error: `rate.writer` cannot be -5, -5, -5

"#]],
        ),
        (
            "#small:v1&share.draft.alone=0.5,0.2",
            str![[r#"
error: `share.draft.alone` cannot be 0.5, 0.2

"#]],
        ),
        (
            "https://a.example/#top",
            str![[r#"
error: this address changes nothing in `small`
 = help: it would have a part like `#small:v1&…`

"#]],
        ),
    ] {
        let folder = folder();
        let run = folder.run(&format!("estimate small.toml --from {address}"));
        run.expect_code(2).expect_stderr(expected);
    }
}

#[test]
fn a_download_gives_the_figures_that_it_was_made_from() {
    let download = r#"{
        "model": "small", "version": 1, "samples": 1024, "seed": 1,
        "inputs": { "pages": 20, "care": 0 },
        "assumptions": {
            "rate.writer": [60, 60, 60], "rate.agency": [100, 100, 100], "work.draft": [2, 2, 2],
            "value_team_rate": [0, 0, 0], "value_recapture": [0, 0, 0], "horizon_weeks": [52, 52, 52],
            "quality_max": [1, 1, 1], "quality_target": [0.5, 0.5, 0.5],
            "sufficient": [0.05, 0.05, 0.05], "close_call": [0.6, 0.6, 0.6]
        },
        "terms": {
            "capacity.writer": [10, 1], "capacity.agency": [40, 1], "team.draft": [0],
            "ramp.activity.draft": [0, 0.5, 1, 1.5], "share.draft.alone": [1, 0], "share.draft.helped": [0, 1]
        }
    }"#;
    let model = include_bytes!("small-model.toml");
    let of_another = download.replace("1024", "2048");
    let folder = Folder::of(
        &site("")
            .file("small.toml", model)
            .file("small.json", download.as_bytes())
            .file("other.json", of_another.as_bytes())
            .file("torn.json", &download.as_bytes()[..40]),
    );
    let run = folder.run("estimate small.toml --json --from small.json");
    run.expect_code(0).expect_stderr(str![]);
    let figures = run.json();
    let alone = &figures["approaches"]["alone"]["series"];
    assert_eq!(alone["internal"]["mean"], 1200.0);

    folder
        .run("estimate small.toml --from other.json")
        .expect_code(2)
        .expect_stderr(str![[r#"
error: this download is of another model: its samples is 2048, not 1024

"#]]);
    folder
        .run("estimate small.toml --from torn.json")
        .expect_code(2)
        .expect_stderr(str![[r#"
error: this is no download as JSON: EOF while parsing an object at line 2 column 38

"#]]);
    folder
        .run("estimate small.toml --from missing.json")
        .expect_code(2)
        .expect_stderr(str![[r#"
error: cannot read `missing.json`: No such file or directory (os error 2)
 = help: name a file that was downloaded as JSON, or an address with a `#`

"#]]);
}
