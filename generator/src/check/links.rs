//! Links that lead where nobody wanted: addresses whose beginning is misspelt, and links that show
//! readers nothing to follow.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::Evidence;
use crate::diagnostic::{Diagnostic, Span, closest};
use crate::page::has_scheme;

/// What addresses begin with. Others may be those of programs, and are left alone unless they are close
/// to one of these.
const SCHEMES: [&str; 16] = [
    "blob", "callto", "data", "facetime", "ftp", "geo", "git", "http", "https", "irc", "magnet",
    "mailto", "sip", "sms", "tel", "xmpp",
];

/// A link or a picture as it is written.
struct Link {
    /// All of it.
    span: Span,
    address: String,
    is_picture: bool,
    /// Whether readers see something to follow.
    has_text: bool,
}

pub fn misspelt_schemes(evidence: &Evidence<'_>) -> Vec<Diagnostic> {
    each_link(evidence, |text, link| {
        let wrong = misspelt(&link.address)?;
        let within = text[link.span.clone()].find(&link.address);
        let span = within.map(|at| link.span.start + at..link.span.start + at + link.address.len());
        Some((wrong, span.unwrap_or(link.span)))
    })
}

/// `[](address)`: nobody sees it, and a screen reader reads the address aloud.
pub fn without_text(evidence: &Evidence<'_>) -> Vec<Diagnostic> {
    each_link(evidence, |_, link| {
        let wrong = Diagnostic::warning("this link has no text")
            .label("readers see nothing to follow")
            .help("write where it leads between the brackets");
        (!link.is_picture && !link.has_text).then_some((wrong, link.span))
    })
}

/// What is wrong with how an address begins, if anything is.
fn misspelt(address: &str) -> Option<Diagnostic> {
    let (scheme, rest) = address.split_once(':').filter(|_| has_scheme(address))?;
    let scheme = scheme.to_ascii_lowercase();
    if SCHEMES.contains(&scheme.as_str()) {
        let host = rest.strip_prefix("//").unwrap_or_default();
        let is_web = scheme == "http" || scheme == "https";
        let names_none = host.is_empty() || host.starts_with('/');
        return (is_web && names_none).then(|| {
            Diagnostic::warning("this address names no site")
                .label(format!("one begins with `{scheme}://` and a name"))
        });
    }
    let meant = match closest(&scheme, SCHEMES)? {
        "http" => "https",
        meant => meant,
    };
    let unknown = Diagnostic::warning(format!("browsers know no `{scheme}:`"))
        .label("nothing happens for readers who follow this")
        .help(format!("did you mean `{meant}:`?"));
    Some(unknown)
}

/// What is wrong with the links of all pages, each by itself.
fn each_link(
    evidence: &Evidence<'_>,
    wrong: impl Fn(&str, Link) -> Option<(Diagnostic, Span)>,
) -> Vec<Diagnostic> {
    let mut warnings = Vec::new();
    for page in &evidence.pages {
        let Some(text) = evidence.text(&page.path) else {
            continue;
        };
        let links = links(text).into_iter();
        let wrong = links.filter_map(|link| wrong(text, link));
        warnings.extend(wrong.map(|(wrong, span)| wrong.at(&page.path, span)));
    }
    warnings
}

fn links(text: &str) -> Vec<Link> {
    if !text.contains("](") && !text.contains("]:") && !text.contains('<') {
        return Vec::new();
    }
    let options = Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    let mut links = Vec::new();
    let mut open: Vec<Link> = Vec::new();
    for (event, span) in Parser::new_ext(text, options).into_offset_iter() {
        match event {
            Event::Start(Tag::Link { dest_url, .. }) => open.push(Link {
                span,
                address: dest_url.into_string(),
                is_picture: false,
                has_text: false,
            }),
            Event::Start(Tag::Image { dest_url, .. }) => open.push(Link {
                span,
                address: dest_url.into_string(),
                is_picture: true,
                has_text: false,
            }),
            Event::End(TagEnd::Link | TagEnd::Image) => links.extend(open.pop()),
            Event::Text(shown) | Event::Code(shown) if !shown.trim().is_empty() => {
                open.iter_mut().for_each(|link| link.has_text = true);
            }
            Event::InlineHtml(_) => open.iter_mut().for_each(|link| link.has_text = true),
            _ => {}
        }
    }
    links
}
