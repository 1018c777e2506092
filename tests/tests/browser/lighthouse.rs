//! What Lighthouse says about the pages that visitors see first, as a phone shows them.
//!
//! How fast a page is depends on what else the machine does, so that the suite prints it and does not judge it:
//! other stories run at the same time. `cargo bench -p tallypress-tests --bench lighthouse` does, alone.

use std::path::Path;
use std::process::Command;

use serde_json::Value as Json;

/// The categories of Lighthouse that say the same on every machine.
pub const STEADY: [&str; 3] = ["accessibility", "best-practices", "seo"];

pub const PERFORMANCE: &str = "performance";

/// What Lighthouse found on one page.
pub struct Verdict(Json);

/// Has a page judged.
#[track_caller]
pub fn judge(url: &str) -> Verdict {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    let judged = Command::new(tests.join("lighthouse/judge"))
        .args([env!("CARGO_TARGET_TMPDIR"), url])
        .output()
        .expect("a shell for tests/lighthouse/judge");
    let problem = String::from_utf8_lossy(&judged.stderr);
    assert!(judged.status.success(), "{url}: {problem}");
    Verdict(serde_json::from_slice(&judged.stdout).expect("a report of Lighthouse"))
}

impl Verdict {
    /// From 0 to 100.
    pub fn score(&self, category: &str) -> f64 {
        let score = self.0["categories"][category]["score"].as_f64();
        score.map_or(0.0, |score| (score * 100.0).round())
    }

    /// What keeps a category from 100.
    pub fn complaints(&self, category: &str) -> Vec<String> {
        let audits = self.0["categories"][category]["auditRefs"].as_array();
        let audits = audits.into_iter().flatten();
        audits
            .filter(|audit| audit["weight"].as_f64() > Some(0.0))
            .map(|audit| &self.0["audits"][audit["id"].as_str().unwrap_or_default()])
            .filter(|audit| audit["score"].as_f64().is_some_and(|score| score < 1.0))
            .map(|audit| format!("{}: {}", audit["id"], audit["title"]))
            .collect()
    }
}
