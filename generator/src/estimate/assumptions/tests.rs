//! Model files in; the keys, labels and sources of their assumptions, and levers, out.

use tallypress_calculator::model::{Domain, Lever};

use crate::estimate::EstimateModel;
use crate::estimate::tests::{FIRST, SMALL, broken, expect, sound};
use crate::words::Words;

fn keys(model: &EstimateModel) -> String {
    let keys = model.assumptions.iter().map(|one| one.key.as_str());
    keys.collect::<Vec<_>>().join(" ")
}

/// `key | group | label | unit | source`.
fn lines(model: &EstimateModel, keys: &[&str]) -> String {
    let words = Words::english();
    let found = model.assumptions.iter().enumerate();
    found
        .filter(|(_, one)| keys.contains(&one.key.as_str()))
        .map(|(place, one)| {
            let unit = one.unit.text(words, "$");
            let (key, group) = (&one.key, one.group.label(words));
            let label = model.assumption_label(words, place);
            format!("{key} | {group} | {label} | {unit} | {}\n", one.source)
        })
        .collect()
}

#[test]
fn every_assumption_has_a_key_of_its_own() {
    let model = sound("cto-or-partner.toml", FIRST);
    assert_eq!(model.assumptions.len(), model.model.assumptions().len());
    expect(
        &keys(&model)
            .replace(" work.", "\nwork.")
            .replace(" pack.cto", "\npack.cto"),
        r#"
loss.cto rate.cto rate.eng rate.owner rate.team rate.partner rate.dev risk.systemic penalty.cto-operational penalty.cto-adoption penalty.cto-quality penalty.cto-technical penalty.cto-automation penalty.partner-technical penalty.partner-automation penalty.dev-automation-partner penalty.dev-technical
work.kickoff
work.interviews
work.interviews.1 weeks.interviews
work.context_write
work.context_write.1
work.adopt_design
work.adopt_design.1
work.tool_eval
work.workspace
work.workspace.1
work.governance
work.governance.1
work.gov_rework
work.gov_rework.1
work.gov_docs
work.gov_docs.1
work.context_test weeks.context_test
work.sessions weeks.sessions
work.support
work.support.1
work.followups weeks.followups
work.handover
work.auto_spec
work.auto_build
work.auto_gate
work.loop_care.1
work.loop_care.2 price.seats pack.partner
pack.cto pack.owner adoption.partner adoption.cto adoption.owner loop.cto loop.partner loop.both loop.owner value_team_rate value_recapture horizon_weeks quality_max quality_target sufficient close_call
"#,
    );
    let plain = |key: &str| {
        let mut letters = key.bytes();
        letters.all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-' | b'.'))
    };
    for (place, one) in model.assumptions.iter().enumerate() {
        assert!(plain(&one.key), "{}", one.key);
        let label = model.assumption_label(Words::english(), place);
        assert!(!label.is_empty() && !one.source.is_empty(), "{one:?}");
        let same = model
            .assumptions
            .iter()
            .filter(|other| other.key == one.key);
        assert_eq!(same.count(), 1, "{}", one.key);
        assert!(model.inputs.iter().all(|input| input.id != one.key));
    }
}

#[test]
fn labels_are_understood_beside_numbers() {
    let model = sound("cto-or-partner.toml", FIRST);
    let some = [
        "rate.cto",
        "loss.cto",
        "risk.systemic",
        "penalty.cto-operational",
        "penalty.dev-automation-partner",
        "work.interviews",
        "work.interviews.1",
        "weeks.interviews",
        "work.context_test",
        "work.loop_care.2",
        "price.seats",
        "pack.cto",
        "adoption.owner",
        "loop.partner",
        "loop.owner",
        "value_team_rate",
        "horizon_weeks",
    ];
    expect(
        &lines(&model, &some),
        r#"
loss.cto | Slower work | CTO: hours lost to other duties, as a share of those left | share | https://www.startrightcareers.com/occupation/computer-and-information-systems-managers ; https://www.bls.gov/news.release/ecec.nr0.htm ; https://ctaio.dev/en/salary/cto-startup-salary/
rate.cto | Rates | CTO: rate | $/hour | https://www.startrightcareers.com/occupation/computer-and-information-systems-managers ; https://www.bls.gov/news.release/ecec.nr0.htm ; https://ctaio.dev/en/salary/cto-startup-salary/
risk.systemic | Risks | Overrun that all work shares | times | https://www.infoq.com/articles/software-development-effort-estimation/ ; https://www.simula.no/publications/effort-and-schedule-estimation-software-development-projects
penalty.cto-operational | Slower work | CTO: operational work, extra hours | share | judgement
penalty.dev-automation-partner | Slower work | Contract AI/ML engineer: automation work, extra hours (Partner alone) | share | judgement
work.interviews | Hours | Structured interviews with leaders and each function: hours | hours | https://phosailabs.com/blog/retainer-based-ai-consulting-engagement (4-6 h with the founder or COO) ; per function: judgement
work.interviews.1 | Hours | Structured interviews with leaders and each function: hours for each of Functions in scope | hours | https://phosailabs.com/blog/retainer-based-ai-consulting-engagement (4-6 h with the founder or COO) ; per function: judgement
weeks.interviews | Calendar | Structured interviews with leaders and each function: calendar time at least | weeks | https://phosailabs.com/blog/retainer-based-ai-consulting-engagement (4-6 h with the founder or COO) ; per function: judgement
work.context_test | Hours | Testing the pack on real tasks: hours for each of Functions in scope | hours | https://phosailabs.com/blog/retainer-based-ai-consulting-engagement (3-5 real tasks); hours: judgement
work.loop_care.2 | Hours | Context upkeep, adoption log, instructions: hours for each of Months of improvement loop to cost × Functions in scope | hours | https://phosailabs.com/blog/how-to-hire-internal-ai-workflow-owner (30 + 20 + 15 minutes a week on three of five duties); rest: judgement
price.seats | Prices | AI seats, months of build and loop: price for each of People who will use it × Months of improvement loop to cost | $ | https://phosailabs.com/blog/the-leverage-is-the-thinking ($20 a month); range: judgement
pack.cto | Quality | CTO: quality missed | share | judgement; anchor: first drafts 70-80% usable with Foundations, https://phosailabs.com/blog/ai-training-vs-ai-adoption
adoption.owner | Adoption | AI system owner: adoption missed | share | group training plateaus at 20-30%: https://phosailabs.com/blog/why-ai-training-programs-fail ; 79% against 67% regular users with 5 h of training: https://www.auto-phil.com/hockey-stick/phase-5/resources/ai-as-a-team-capability (quoting BCG 2025)
loop.partner | Improvement loop | Partner alone: speed of improvement | per week | judgement
loop.owner | Improvement loop | CTO alone: speed of improvement (AI system owner named: Yes) | per week | judgement
value_team_rate | Settings | Worth of a saved hour | $/hour | judgement; 55 to 75 dollars an hour in an example of Phos AI Labs
horizon_weeks | Settings | Time in which waiting counts as a cost | weeks | judgement
"#,
    );
}

#[test]
fn keys_that_would_be_the_same_are_counted() {
    let penalty = |skill: &str| {
        format!(
            "[[penalty]]\nrole = \"staff\"\nskill = \"{skill}\"\nexcess = 0.5\nsrc = \"judgement\"\n"
        )
    };
    let penalties = [penalty("prose"), penalty("prose"), penalty("Fine care!")].concat();
    let text = SMALL
        .replace("[[phase]]", &format!("{penalties}[[phase]]"))
        .replace("skill = \"care\"", "skill = \"Fine care!\"");
    let model = sound("small.toml", &text);
    expect(
        &keys(&model),
        "rate.staff rate.writer penalty.staff-prose penalty.staff-prose.2 penalty.staff-fine_care_ work.draft work.review value_team_rate value_recapture horizon_weeks quality_max quality_target sufficient close_call",
    );
}

#[test]
fn hours_that_nobody_wrote_are_no_assumption() {
    let model = sound("small.toml", SMALL);
    let draft = &model.model.activities[0];
    assert_eq!(draft.work.len(), 1);
    assert_eq!(model.model.numbers[draft.work[0]].drivers, [0]);
    let text = SMALL.replace("base = 5\n", "");
    let model = sound("small.toml", &text);
    assert_eq!(model.model.activities[1].work.len(), 1);
    expect(
        &lines(&model, &["work.review"]),
        "work.review | Hours | review: hours | hours | judgement",
    );
}

#[test]
fn a_number_keeps_the_bounds_it_was_read_with() {
    let model = sound("cto-or-partner.toml", FIRST);
    let domain = |key: &str| {
        let place = model.assumptions.iter().position(|one| one.key == key);
        model.model.numbers[place.expect(key)].domain
    };
    assert_eq!(domain("rate.cto"), Domain::NotNegative);
    assert_eq!(domain("work.interviews.1"), Domain::NotNegative);
    assert_eq!(domain("penalty.cto-technical"), Domain::Excess);
    assert_eq!(domain("pack.cto"), Domain::Excess);
    assert_eq!(domain("loop.cto"), Domain::NotNegative);
}

#[test]
fn an_input_may_not_have_the_name_of_a_setting() {
    expect(
        &broken(&[
            ("id = \"pages\"", "id = \"horizon_weeks\""),
            ("drivers = [\"pages\"]", "drivers = [\"horizon_weeks\"]"),
        ]),
        r#"
error: an input cannot be called `horizon_weeks`
 --> small.toml:5:6
  |
5 | id = "horizon_weeks"
  |      ^^^^^^^^^^^^^^^ a setting in `[meta]` has this name
"#,
    );
}

#[test]
fn settings_may_name_their_sources() {
    let with = |sources: &str| {
        let sources = format!("approaches = [\"own\", \"agency\"]\n[meta.sources]\n{sources}");
        ("approaches = [\"own\", \"agency\"]", sources)
    };
    let (from, to) = with("close_call = \"https://example.com/odds\"");
    let model = sound("small.toml", &SMALL.replace(from, &to));
    expect(
        &lines(&model, &["sufficient", "close_call"]),
        r#"
sufficient | Settings | own suffices up to this share above the lowest total | share | judgement
close_call | Settings | A close call if it wins in a smaller share of futures | share | https://example.com/odds
"#,
    );
    let (from, to) = with("close_cal = \"x\"\nsufficient = \"\"\nhorizon_weeks = 3");
    expect(
        &broken(&[(from, &to)]),
        r#"
error: unknown key `close_cal`
 --> small.toml:5:1
  |
5 | close_cal = "x"
  | ^^^^^^^^^ nothing reads this
  |
  = help: did you mean `close_call`?

error: the source of `sufficient` is empty
 --> small.toml:6:14
  |
6 | sufficient = ""
  |              ^^ give an address, or leave it out for a judgement of your own

error: `horizon_weeks` must be a text in quotes
 --> small.toml:7:17
  |
7 | horizon_weeks = 3
  |                 ^ this is a whole number
  |
  = help: put it in quotes
"#,
    );
}

#[test]
fn questions_and_levers_have_usual_values() {
    let model = sound("small.toml", SMALL);
    assert_eq!(model.questions, [0]);
    assert_eq!(model.levers, [Lever::Input(0)]);

    let first = sound("cto-or-partner.toml", FIRST);
    let asked: Vec<&str> = first
        .questions
        .iter()
        .map(|input| first.inputs[*input].id.as_str())
        .collect();
    assert_eq!(
        asked,
        ["cto_hours", "op_share", "start", "people", "functions"]
    );
    let key = |lever: &Lever| match lever {
        Lever::Input(input) => first.inputs[*input].id.clone(),
        Lever::Assumption(place) => first.assumptions[*place].key.clone(),
    };
    let levers: Vec<String> = first.levers.iter().map(key).collect();
    assert_eq!(levers, ["cto_hours", "rate.partner", "value_team_rate"]);

    let usual = |line: &str| {
        let bare: Vec<&str> = FIRST
            .lines()
            .filter(|other| !other.starts_with(line))
            .collect();
        bare.join("\n")
    };
    let model = sound("x.toml", &usual("questions ="));
    assert_eq!(model.questions, [0, 1, 2, 3, 4]);
    let model = sound("x.toml", &usual("break_even ="));
    let expected = [5, 4, 2].map(Lever::Input);
    assert_eq!(model.levers, expected);
}

#[test]
fn what_is_asked_first_and_what_turns_the_answer_must_exist() {
    let choice = "[[input]]\nid = \"care\"\nkind = \"choice\"\ndefault = 0\noptions = [\"Quick\", \"Careful\"]\n[[role]]\nid = \"staff\"";
    let meta = r#"approaches = ["own", "agency"]
questions = ["page", "pages", "pages"]
break_even = ["care", "rate.staf", "pages", "pages", "close_call", "banana"]
limits = ["It is a sketch.", " "]"#;
    expect(
        &broken(&[
            ("approaches = [\"own\", \"agency\"]", meta),
            ("[[role]]\nid = \"staff\"", choice),
        ]),
        r#"
error: there is no input called `page`
 --> small.toml:4:14
  |
4 | questions = ["page", "pages", "pages"]
  |              ^^^^^^ no input has this id
  |
  = help: did you mean `pages`?

error: `questions` names `pages` twice
 --> small.toml:4:31
  |
4 | questions = ["page", "pages", "pages"]
  |                               ^^^^^^^ once is enough

error: `break_even` names the choice `care`
 --> small.toml:5:15
  |
5 | break_even = ["care", "rate.staf", "pages", "pages", "close_call", "banana"]
  |               ^^^^^^ a choice has no value at which the answer could turn
  |
  = help: name an input that is a number, or the key of an assumption

error: there is no input or assumption `rate.staf`
 --> small.toml:5:23
  |
5 | break_even = ["care", "rate.staf", "pages", "pages", "close_call", "banana"]
  |                       ^^^^^^^^^^^ neither an input nor the key of an assumption
  |
  = help: did you mean `rate.staff`?

error: `break_even` names `pages` twice
 --> small.toml:5:45
  |
5 | break_even = ["care", "rate.staf", "pages", "pages", "close_call", "banana"]
  |                                             ^^^^^^^ once is enough

error: `break_even` names `close_call`, which moves no total
 --> small.toml:5:54
  |
5 | break_even = ["care", "rate.staf", "pages", "pages", "close_call", "banana"]
  |                                                      ^^^^^^^^^^^^ it decides how totals are judged, not what they are

error: there is no input or assumption `banana`
 --> small.toml:5:68
  |
5 | break_even = ["care", "rate.staf", "pages", "pages", "close_call", "banana"]
  |                                                                    ^^^^^^^^ neither an input nor the key of an assumption
  |
  = help: keys look like `rate.cto` or `work.interviews`

error: a limit is a sentence
 --> small.toml:6:30
  |
6 | limits = ["It is a sketch.", " "]
  |                              ^^^ this is empty
"#,
    );
}
