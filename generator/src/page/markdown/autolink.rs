//! Bare addresses in text, as GitHub Flavored Markdown finds them (6.9):
//! `www.example.com`, `https://example.com/`, `me@example.com`.

use std::sync::LazyLock;

use memchr::memchr2_iter;
use memchr::memmem::Finder;

use super::MARK;
use crate::diagnostic::Span;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Autolink {
    pub span: Span,
    pub address: String,
}

/// What an address that is no e-mail's can start with.
const STARTS: [&str; 6] = ["https://", "http://", "ftp://", "www.", "mailto:", "xmpp:"];

/// Whether it is worth looking: most text has none.
pub fn may_be_in(text: &str) -> bool {
    static WWW: LazyLock<Finder<'_>> = LazyLock::new(|| Finder::new("www."));
    let text = text.as_bytes();
    let is_start = |at: usize| text[at] == b'@' || text[at..].starts_with(b"://");
    memchr2_iter(b'@', b':', text).any(is_start) || WWW.find(text).is_some()
}

/// Every bare address, in order.
pub fn find(text: &str) -> Vec<Autolink> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some((start, kind)) = next_start(text, at) {
        let link = match kind {
            Start::Email => email(text, start, at),
            Start::Address(start_of) => address(text, start, start_of),
        };
        match link {
            Some(link) => {
                at = link.span.end;
                found.push(link);
            }
            None => at = start + 1,
        }
    }
    found
}

#[derive(Clone, Copy)]
enum Start {
    /// At an `@`.
    Email,
    Address(&'static str),
}

/// The first place from `at` on where an address may start, or have its `@`.
fn next_start(text: &str, at: usize) -> Option<(usize, Start)> {
    let rest = text.get(at..)?;
    rest.char_indices().find_map(|(offset, one)| {
        let place = at + offset;
        let kind = match one {
            '@' => Some(Start::Email),
            'h' | 'H' | 'f' | 'F' | 'w' | 'W' | 'm' | 'M' | 'x' | 'X'
                if may_start_behind(&text[..place]) =>
            {
                let bytes = &text.as_bytes()[place..];
                STARTS
                    .into_iter()
                    .find(|start| {
                        bytes
                            .get(..start.len())
                            .is_some_and(|begin| begin.eq_ignore_ascii_case(start.as_bytes()))
                    })
                    .map(Start::Address)
            }
            _ => None,
        };
        kind.map(|kind| (place, kind))
    })
}

fn may_start_behind(before: &str) -> bool {
    before
        .chars()
        .next_back()
        .is_none_or(|one| one.is_whitespace() || "*_~(".contains(one))
}

fn address(text: &str, start: usize, start_of: &'static str) -> Option<Autolink> {
    let is_mail = matches!(start_of, "mailto:" | "xmpp:");
    let inside = start + start_of.len();
    if is_mail {
        let length = text[inside..].find(|one| !is_local(one))?;
        if length == 0 || !text[inside + length..].starts_with('@') {
            return None;
        }
        let link = email(text, inside + length, inside)?;
        let end = match start_of {
            "xmpp:" => resource(text, link.span.end),
            _ => link.span.end,
        };
        return Some(Autolink {
            span: start..end,
            address: text[start..end].to_owned(),
        });
    }
    let domain = if start_of == "www." { start } else { inside };
    let domain_end = domain + domain_length(&text[domain..], start_of != "www.")?;
    let rest = &text[domain_end..];
    let length = rest
        .find(|one: char| one.is_whitespace() || one == '<' || one == MARK)
        .unwrap_or(rest.len());
    let end = trimmed(text, start, domain_end + length);
    let prefix = if start_of == "www." { "http://" } else { "" };
    (end > inside).then(|| Autolink {
        span: start..end,
        address: format!("{prefix}{}", &text[start..end]),
    })
}

/// The length of a domain: names between dots, no underscores in the last two.
fn domain_length(text: &str, may_be_short: bool) -> Option<usize> {
    let length = text
        .find(|one: char| !(one.is_alphanumeric() || "-_.".contains(one)))
        .unwrap_or(text.len());
    let domain = text[..length].trim_end_matches('.');
    let names: Vec<&str> = domain.split('.').collect();
    let is_named = names.iter().all(|name| !name.is_empty());
    let has_underscore = names.iter().rev().take(2).any(|name| name.contains('_'));
    let is_long_enough = may_be_short || names.len() > 1;
    (is_named && !has_underscore && is_long_enough).then_some(length)
}

/// The end of an address without what belongs to the sentence around it.
fn trimmed(text: &str, start: usize, mut end: usize) -> usize {
    let brackets = |bracket: char| text[start..end].matches(bracket).count();
    let (opened, mut closed) = (brackets('('), brackets(')'));
    loop {
        let link = &text[start..end];
        let Some(last) = link.chars().next_back() else {
            return end;
        };
        match last {
            '?' | '!' | '.' | ',' | ':' | '*' | '_' | '~' | '\'' | '"' => end -= 1,
            // Closes a bracket that was opened before the address.
            ')' if closed > opened => {
                closed -= 1;
                end -= 1;
            }
            ';' => match entity(link) {
                Some(length) => end -= length,
                None => return end,
            },
            _ => return end,
        }
    }
}

/// The length of `&name;` at the end.
fn entity(link: &str) -> Option<usize> {
    let name = link.strip_suffix(';')?;
    let start = name.rfind('&')?;
    let inside = &name[start + 1..];
    let is_entity = !inside.is_empty() && inside.chars().all(|one| one.is_ascii_alphanumeric());
    is_entity.then(|| link.len() - start)
}

/// An e-mail address around the `@` at `at`, that starts no earlier than `from`.
fn email(text: &str, at: usize, from: usize) -> Option<Autolink> {
    let local = text[from..at]
        .char_indices()
        .rev()
        .take_while(|(_, one)| is_local(*one))
        .last()?;
    let start = from + local.0;
    let rest = &text[at + 1..];
    let length = rest
        .find(|one: char| !(one.is_ascii_alphanumeric() || "-_.".contains(one)))
        .unwrap_or(rest.len());
    let domain = rest[..length].trim_end_matches('.');
    let names = domain.split('.').count();
    let is_domain = names > 1
        && domain.split('.').all(|name| !name.is_empty())
        && !domain.ends_with(['-', '_']);
    let end = at + 1 + domain.len();
    is_domain.then(|| Autolink {
        span: start..end,
        address: format!("mailto:{}", &text[start..end]),
    })
}

/// Whether a character may stand before the `@`.
fn is_local(one: char) -> bool {
    one.is_ascii_alphanumeric() || ".-_+".contains(one)
}

/// The end of what follows an XMPP address after a slash.
fn resource(text: &str, end: usize) -> usize {
    let Some(rest) = text[end..].strip_prefix('/') else {
        return end;
    };
    let length = rest
        .find(|one: char| !(one.is_ascii_alphanumeric() || "@.".contains(one)))
        .unwrap_or(rest.len());
    match rest[..length].trim_end_matches('.').len() {
        0 => end,
        length => end + 1 + length,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links(text: &str) -> Vec<&str> {
        find(text)
            .into_iter()
            .map(|link| &text[link.span])
            .collect()
    }

    #[test]
    fn an_address_ends_before_the_punctuation_of_its_sentence() {
        assert_eq!(
            links("See www.commonmark.org/a.b."),
            ["www.commonmark.org/a.b"]
        );
        assert_eq!(
            links("(www.google.com/search?q=Markup+(business))"),
            ["www.google.com/search?q=Markup+(business)"]
        );
        assert_eq!(links("https://a.org/x?q=a&hl;"), ["https://a.org/x?q=a"]);
        assert_eq!(links("https://a.org/x?q=a;b"), ["https://a.org/x?q=a;b"]);
        assert_eq!(links("www.a.org/he<lp"), ["www.a.org/he"]);
    }

    #[test]
    fn a_domain_has_names_and_dots() {
        assert_eq!(
            links("http://localhost:1111/x"),
            ["http://localhost:1111/x"]
        );
        for text in [
            "www.",
            "www.a_b.c",
            "xwww.a.org",
            "http://",
            "x:http://a.org",
            "http://.org",
        ] {
            assert_eq!(links(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn an_email_address_needs_a_domain() {
        assert_eq!(links("foo@bar.baz"), ["foo@bar.baz"]);
        assert_eq!(links("hello+xyz@mail.example,"), ["hello+xyz@mail.example"]);
        assert_eq!(links("a.b-c_d@a.b."), ["a.b-c_d@a.b"]);
        assert_eq!(links("mailto:foo@bar.baz"), ["mailto:foo@bar.baz"]);
        assert_eq!(links("xmpp:foo@bar.baz/txt."), ["xmpp:foo@bar.baz/txt"]);
        for text in ["a.b-c_d@a.b-", "a.b-c_d@a.b_", "a@b", "@b.c", "é@b.c"] {
            assert_eq!(links(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn addresses_are_completed() {
        assert_eq!(find("www.a.org")[0].address, "http://www.a.org");
        assert_eq!(find("a@b.org")[0].address, "mailto:a@b.org");
    }
}
