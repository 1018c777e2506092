//! Lighthouse has nothing to complain about on the pages that visitors see first.

use crate::lighthouse::{PERFORMANCE, STEADY, judge};
use crate::site::{ARTICLE, blog};

#[test]
fn lighthouse_finds_nothing_to_mend() {
    for page in [ARTICLE, "", "search/"] {
        let verdict = judge(&blog().web.url(page));
        for category in STEADY {
            let score = verdict.score(category);
            let complaints = verdict.complaints(category);
            assert_eq!(score, 100.0, "{category} of /{page}: {complaints:#?}");
        }
        println!(
            "performance of /{page} beside other stories: {}",
            verdict.score(PERFORMANCE)
        );
    }
}
