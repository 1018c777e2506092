//! What Lighthouse says about the pages that visitors see first, performance included: a table to read and to keep.
#![expect(
    dead_code,
    reason = "the stories of `tests/browser`, whose site and judge these are, need more of them"
)]

#[path = "../tests/browser/chromium.rs"]
mod chromium;
#[path = "../tests/browser/lighthouse.rs"]
mod lighthouse;
#[path = "../tests/browser/site.rs"]
mod site;
#[path = "../tests/browser/tab.rs"]
mod tab;
#[path = "../tests/browser/web.rs"]
mod web;

mod browser;
mod machine;

use crate::lighthouse::{PERFORMANCE, STEADY, judge};
use crate::site::{ARTICLE, blog};

/// How often a page is judged; the table has the middle one.
const RUNS: usize = 3;

fn main() {
    machine::print(&[browser::row()]);
    println!("| Page | Performance | Accessibility | Best practices | SEO |");
    println!("|---|--:|--:|--:|--:|");
    for page in [ARTICLE, "", "search/"] {
        let url = blog().web.url(page);
        let mut verdicts: Vec<_> = (0..RUNS).map(|_| judge(&url)).collect();
        verdicts.sort_by(|one, other| one.score(PERFORMANCE).total_cmp(&other.score(PERFORMANCE)));
        let verdict = &verdicts[RUNS / 2];
        let steady = STEADY.map(|category| verdict.score(category).to_string());
        println!(
            "| /{page} | {} | {} |",
            verdict.score(PERFORMANCE),
            steady.join(" | ")
        );
        for complaint in verdict.complaints(PERFORMANCE) {
            println!("|   {complaint} | | | | |");
        }
    }
}
