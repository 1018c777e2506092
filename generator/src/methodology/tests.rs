//! Model files in; what their methodology pages say, out.

use std::sync::Arc;

use serde_json::{Value as Json, json};
use tallypress_calculator::model::Engine;

use super::words::{SourcePart, source_parts};
use super::{MethodologyView, view};
use crate::estimate;
use crate::words::Words;

const FIRST: &str = include_str!("../../../content/estimates/cto-or-partner.toml");
const SECOND: &str = include_str!("../../../tests/reference/second-model.toml");

fn methodology(path: &str, text: &str) -> MethodologyView {
    let (model, diagnostics) = estimate::parse(path, text);
    assert_eq!(diagnostics, []);
    let model = model.expect("a sound model");
    let engine = Engine::new(&model.model).expect("a sound model");
    view(&model, "it", Words::english(), |inputs| {
        engine.estimate(inputs).ok().map(Arc::new)
    })
}

fn json(view: &MethodologyView) -> Json {
    serde_json::to_value(view).expect("plain data")
}

/// The activity of this id.
fn activity(view: &MethodologyView, id: &str) -> Json {
    let mut activities = view.phases.iter().flat_map(|phase| &phase.activities);
    let activity = activities.find(|activity| activity.id == id).expect(id);
    serde_json::to_value(activity).expect("plain data")
}

#[test]
fn every_number_is_listed_once_under_a_heading() {
    let view = methodology("cto-or-partner.toml", FIRST);
    let groups: Vec<(&str, usize)> = view
        .groups
        .iter()
        .map(|group| (group.group.as_str(), group.numbers.len()))
        .collect();
    let expected = [
        ("Rates", 6),
        ("Hours", 27),
        ("Calendar", 4),
        ("Slower work", 10),
        ("Quality", 3),
        ("Adoption", 3),
        ("Improvement loop", 4),
        ("Risks", 1),
        ("Prices", 1),
        ("Settings", 7),
    ];
    assert_eq!(groups, expected);
    let listed: usize = groups.iter().map(|(_, count)| count).sum();
    assert_eq!(listed, view.numbers);
    assert_eq!([view.numbers, view.judgements], [66, 42]);
}

#[test]
fn a_number_says_what_it_is_multiplied_by() {
    let view = methodology("cto-or-partner.toml", FIRST);
    let mut numbers = view.groups.iter().flat_map(|group| &group.numbers);
    let row = numbers.find(|row| row.key == "work.sessions").expect("it");
    assert_eq!(
        [&row.low, &row.likely, &row.high, &row.unit],
        ["0.7", "1", "1.6", "hours"]
    );
    assert_eq!(row.per, "People who will use it");
    let expected = [
        "times People who will use it",
        "scaled by Share that is operational writing: 0.1 at 0%, 1 at 100%",
        "scaled by Where are you today? 0 at Phases 1 and 2 done, 1.2 at Stalled: team did not adopt, 0.15 at Stalled: governance or integration, otherwise 1",
        "in CTO alone, scaled by Protected CTO hours a week: 0.35 at 8, 1 at 20",
    ];
    assert_eq!(row.factors, expected);
}

#[test]
fn an_activity_says_who_does_it_and_when() {
    let view = methodology("cto-or-partner.toml", FIRST);
    let mut build = activity(&view, "auto_build");
    for skipped in ["hours", "source"] {
        build[skipped] = Json::Null;
    }
    let engineer = "Contract ML/AI engineer with the CTO: Yes";
    let (alone, helped) = (
        "CTO 20%, CTO's engineers 80%",
        "CTO 15%, CTO's engineers 40%, Contract AI/ML engineer 45%",
    );
    let expected = json!({
        "id": "auto_build",
        "label": "Building the integrations",
        "skill": "automation",
        "hours": null,
        "factors": ["Share that is operational writing: 1.8 at 0%, 1 at 100%"],
        "approach_factors": [],
        "shares": [
            { "approach": "CTO alone", "when": "", "shares": alone },
            { "approach": "CTO alone", "when": engineer, "shares": helped },
            {
                "approach": "Partner alone",
                "when": "",
                "shares": "Contract AI/ML engineer 85%, AI strategy partner 15%"
            },
            { "approach": "CTO and partner", "when": "", "shares": alone },
            { "approach": "CTO and partner", "when": engineer, "shares": helped },
        ],
        "after": [
            "Workflow specification and quality standard",
            "Data handling and security review",
            "Workspace, SSO, roles, audit log, accounts"
        ],
        "weeks": null,
        "team": "",
        "ongoing": false,
        "source": null,
        "judgement": false,
        "partly": true,
    });
    assert_eq!(build, expected);
    let sessions = activity(&view, "sessions");
    assert_eq!(sessions["weeks"]["likely"], "1.5");
    assert_eq!(sessions["team"], "0.6");
    let kickoff = activity(&view, "kickoff");
    assert_eq!(kickoff["shares"][0]["shares"], "nobody");
}

#[test]
fn roles_say_how_much_time_they_have() {
    let view = methodology("second-model.toml", SECOND);
    let capacities: Vec<&str> = view.roles.iter().map(|role| &*role.capacity).collect();
    let expected = [
        "55",
        "0.5 × People who look things up",
        "2 + 0.75 × Hours a week of the keeper",
        "14",
    ];
    assert_eq!(capacities, expected);
    let keeper = json(&view)["roles"][2].clone();
    let worth = "Worth of a keeper's hour, as a multiple of its cost";
    assert_eq!(
        keeper["opportunity"],
        json!({ "input": worth, "factors": [] })
    );
    let expected = json!([
        "scaled by Hours a week of the keeper: 1 at 5, 0.6 at 15, 0.1 at 25",
        "scaled by Share that is handwritten: 0.8 at 0%, 1.2 at 100%"
    ]);
    assert_eq!(keeper["loss"]["factors"], expected);
}

#[test]
fn qualities_and_values_are_told() {
    let view = json(&methodology("cto-or-partner.toml", FIRST));
    let mut pack = view["pack"].clone();
    pack["craft"]["gaps"] = Json::Null;
    let expected = json!({
        "craft": {
            "activity": "Vocabulary guides, voice and communication standards",
            "ideal": "92%",
            "floor": "5%",
            "gaps": null,
            "fixed": [
                { "when": "Where are you today? Phase 1 (Foundation) done", "is": "82%" },
                { "when": "Where are you today? Phases 1 and 2 done", "is": "88%" },
                { "when": "Where are you today? Stalled: team did not adopt", "is": "75%" },
                { "when": "Where are you today? Stalled: governance or integration", "is": "78%" },
            ],
        },
        "work": [
            "Structured interviews with leaders and each function",
            "Vocabulary guides, voice and communication standards",
            "Testing the pack on real tasks"
        ],
        "milestone": "Context pack tested",
    });
    assert_eq!(pack, expected);
    let cto = &view["pack"]["craft"]["gaps"][1];
    assert_eq!(cto["number"]["likely"], "32%");
    let expected = "scaled by CTO's AI engineering experience: 0.95 at Some AI delivery, 0.9 at Strong ML or AI engineering, otherwise 1";
    assert_eq!(cto["number"]["factors"][2], expected);
    let expected = json!({
        "hours": "People who will use it × Hours saved per person per week once adopted",
        "percent": "Share that is operational writing",
        "live": ["Team trained, owner in place", "Context pack tested"],
    });
    assert_eq!(view["operations"], expected);
    let expected = json!({
        "hours": "Phase 3 automations × Hours saved per automation per week",
        "factors": ["Share that is operational writing: 1.8 at 0%, 1 at 100%"],
        "from": "Building the integrations",
        "to": "All automations live",
    });
    assert_eq!(view["automations"], expected);
    assert_eq!(
        view["improvement"]["owner"]["when"],
        "AI system owner named: Yes"
    );
}

#[test]
fn claims_are_held_against_the_model() {
    let view = methodology("cto-or-partner.toml", FIRST);
    let told: Vec<(bool, &str)> = view
        .claims
        .iter()
        .map(|claim| (claim.agrees, claim.found.as_str()))
        .collect();
    let (alone, both) = ("CTO alone", "CTO and partner");
    let expected = [
        (true, both),
        (true, alone),
        (true, alone),
        (true, alone),
        (true, both),
        (true, both),
        (true, both),
        (true, alone),
        (false, both),
        (false, both),
        (false, both),
    ];
    assert_eq!(told, expected);
    assert_eq!(view.agreed, 8);
    let expected = json!({
        "text": "A stall at governance or integration can stay with the CTO when a contract engineer helps.",
        "set": [
            { "input": "Where are you today?", "value": "Stalled: governance or integration" },
            { "input": "Contract ML/AI engineer with the CTO", "value": "Yes" },
        ],
        "expected": [alone],
        "found": both,
        "agrees": false,
        "close_call": false,
        "note": view.claims[9].note,
    });
    assert_eq!(json(&view)["claims"][9], expected);
}

#[test]
fn scenarios_come_with_their_answers() {
    let view = json(&methodology("cto-or-partner.toml", FIRST));
    let expected = json!({
        "id": "phases-done",
        "label": "Phases 1 and 2 done",
        "help": "The team works with the system, and an owner runs the improvement loop.",
        "set": [
            { "input": "Where are you today?", "value": "Phases 1 and 2 done" },
            { "input": "AI system owner named", "value": "Yes" },
        ],
        "answer": {
            "recommendation": "CTO alone",
            "close_call": false,
            "sufficient": true,
            "approaches": [
                { "label": "CTO alone", "recommended": true, "total": "$98,200", "wins": "99 of 100" },
                { "label": "Partner alone", "recommended": false, "total": "$151,000", "wins": "0 of 100" },
                { "label": "CTO and partner", "recommended": false, "total": "$102,000", "wins": "1 of 100" },
            ],
        },
    });
    assert_eq!(view["scenarios"][2], expected);
    assert_eq!(view["at_first"]["recommendation"], "CTO and partner");
    let levers = json!([
        "Protected CTO hours a week",
        "AI strategy partner: rate",
        "Worth of a saved hour"
    ]);
    assert_eq!(view["levers"], levers);
}

#[test]
fn addresses_in_a_source_become_links() {
    let told = |source: &str| {
        let parts = source_parts(source).into_iter();
        let words = parts.map(|SourcePart { text, url }| match url.is_empty() {
            true => text,
            false => format!("[{text}]({url})"),
        });
        words.collect::<String>()
    };
    assert_eq!(told("judgement"), "judgement");
    assert_eq!(
        told("https://www.a.com/b/?c=1&d=2#e (2017, dated) ; http://x.org/f"),
        "[a.com/b](https://www.a.com/b/?c=1&d=2#e) (2017, dated); [x.org/f](http://x.org/f)"
    );
    assert_eq!(
        told("judgement (size: https://a.com/b_(c), 5-8 pages; see https://d.com)."),
        "judgement (size: [a.com/b_(c)](https://a.com/b_(c)), 5-8 pages; see [d.com](https://d.com))."
    );
    assert_eq!(source_parts(" "), []);
}
