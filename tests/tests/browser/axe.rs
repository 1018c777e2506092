//! axe-core, which looks for what keeps people from using a page: `tests/axe` fetches it, and it is
//! run in a tab past the page's policy, as a reader's extension would be.

use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;

use serde::Deserialize;

use crate::tab::Tab;

/// Rules that a page has to keep: WCAG up to 2.2 AA, and what is good practice beyond.
const RULES: &str = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']";

#[derive(Deserialize)]
struct Violation {
    id: String,
    help: String,
    nodes: Vec<Node>,
}

#[derive(Deserialize)]
struct Node {
    target: Vec<serde_json::Value>,
    html: String,
    #[serde(rename = "failureSummary")]
    summary: String,
}

/// Fails unless the page in a tab, as it is now, keeps all rules.
#[track_caller]
pub fn expect_accessible(tab: &Tab, what: &str) {
    expect_accessible_but_for(&[], tab, what);
}

/// Fails unless it keeps all rules but some.
#[track_caller]
pub fn expect_accessible_but_for(rules: &[&str], tab: &Tab, what: &str) {
    tab.wait_for_frame();
    tab.ask::<()>(&format!("{{ {}; null }}", axe()));
    let violations: Vec<Violation> = tab.ask(&format!(
        "axe.run(document, {{
            runOnly: {RULES},
            rules: Object.fromEntries({rules:?}.map((rule) => [rule, {{ enabled: false }}])),
            resultTypes: ['violations'],
        }}).then(({{ violations }}) => violations)"
    ));
    let broken: Vec<String> = violations.iter().map(Violation::in_words).collect();
    assert!(
        broken.is_empty(),
        "{what} breaks {} rules:\n\n{}",
        broken.len(),
        broken.join("\n")
    );
}

impl Violation {
    fn in_words(&self) -> String {
        let mut words = format!("{}: {}\n", self.id, self.help);
        for node in self.nodes.iter().take(5) {
            let target: Vec<String> = node.target.iter().map(ToString::to_string).collect();
            let html: String = node.html.chars().take(160).collect();
            let summary = node.summary.replace('\n', "\n      ");
            words += &format!("    {}\n      {html}\n      {summary}\n", target.join(" "));
        }
        if self.nodes.len() > 5 {
            words += &format!("    and {} more\n", self.nodes.len() - 5);
        }
        words
    }
}

/// The script.
#[track_caller]
fn axe() -> &'static str {
    static AXE: OnceLock<String> = OnceLock::new();
    AXE.get_or_init(|| {
        let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
        let fetched = Command::new(tests.join("axe"))
            .arg(env!("CARGO_TARGET_TMPDIR"))
            .output()
            .expect("a shell for tests/axe");
        let problem = String::from_utf8_lossy(&fetched.stderr);
        assert!(fetched.status.success(), "{problem}");
        let path = String::from_utf8_lossy(&fetched.stdout);
        std::fs::read_to_string(path.trim()).expect("axe-core")
    })
}
