//! A page's questions and answers, said to search engines.

use serde_json::json;

use super::text;
use crate::feed::absolute_links;

/// A question of a page's `faq`, answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Plain text.
    pub question: String,
    pub html: String,
}

/// All questions of the page at an address as a schema.org `FAQPage`; empty without any.
pub fn faq(answers: &[Answer], permalink: &str) -> String {
    if answers.is_empty() {
        return String::new();
    }
    let questions: Vec<_> = answers
        .iter()
        .map(|answer| {
            json!({
                "@type": "Question",
                "name": answer.question,
                "acceptedAnswer": {
                    "@type": "Answer",
                    "text": absolute_links(answer.html.trim(), permalink, origin(permalink)),
                },
            })
        })
        .collect();
    text(&json!({
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "url": permalink,
        "mainEntity": questions,
    }))
}

/// The scheme and host of an address.
fn origin(address: &str) -> &str {
    let host = address.find("://").map_or(0, |at| at + 3);
    let length = address[host..].find('/');
    length.map_or(address, |length| &address[..host + length])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_scheme_and_host() {
        assert_eq!(origin("https://a.org/b/c/"), "https://a.org");
        assert_eq!(origin("https://a.org"), "https://a.org");
    }
}
