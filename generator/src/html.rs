//! Finds the attributes in finished HTML. Only as much of HTML's syntax as it
//! takes not to be misled by comments, scripts, quotes and text.

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr, memchr3};

/// An attribute with a value, by the places of its parts in the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute<'a> {
    /// In lower case, like the attribute's name.
    pub tag: Cow<'a, str>,
    pub name: Cow<'a, str>,
    /// Between the quotes, still escaped.
    pub value: &'a str,
    pub span: Range<usize>,
}

/// The attributes of a document or a part of one, in order.
pub fn attributes(html: &str) -> Attributes<'_> {
    Attributes {
        html,
        at: 0,
        tag: None,
    }
}

impl Attribute<'_> {
    /// Where addresses of pages and files stand in its value.
    pub fn addresses(&self) -> Vec<Range<usize>> {
        match self.name.as_ref() {
            "href" | "src" | "poster" => std::iter::once(0..self.value.len()).collect(),
            "srcset" => candidates(self.value),
            _ => Vec::new(),
        }
    }
}

/// The addresses in `srcset="a.png 1x, b.png 2x"`.
fn candidates(srcset: &str) -> Vec<Range<usize>> {
    let mut addresses = Vec::new();
    let mut at = 0;
    for candidate in srcset.split(',') {
        let start = at + candidate.len() - candidate.trim_start().len();
        let address = candidate.split_whitespace().next().unwrap_or_default();
        addresses.push(start..start + address.len());
        at += candidate.len() + 1;
    }
    addresses
}

/// A tag as it is written, `<` and `>` included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag<'a> {
    /// In lower case.
    pub name: Cow<'a, str>,
    pub closes: bool,
    pub span: Range<usize>,
}

/// The tags of a document or a part of one, in order.
pub fn tags(html: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let open = at + html[at..].find('<')?;
            let rest = &html[open + 1..];
            if rest.starts_with("!--") {
                at = open + 4 + html[open + 4..].find("-->")?;
                continue;
            }
            let closes = rest.starts_with('/');
            let name = &rest[usize::from(closes)..];
            let length = name
                .find(|one: char| !one.is_ascii_alphanumeric() && one != '-')
                .unwrap_or(name.len());
            if length == 0 {
                at = open + 1;
                continue;
            }
            at = open + 1 + end_of_tag(rest);
            return Some(Tag {
                name: lower_case(&name[..length]),
                closes,
                span: open..at,
            });
        }
    })
}

/// What HTML says without its tags. Where a block begins or ends there is a space.
pub fn text(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        text.push_str(&rest[..open]);
        let tag = &rest[open + 1..];
        let (length, is_block) = if tag.starts_with("!--") {
            (tag.find("-->").map_or(tag.len(), |end| end + 3), false)
        } else {
            let name = tag.trim_start_matches('/');
            let name = name.split(|one: char| !one.is_ascii_alphanumeric()).next();
            (end_of_tag(tag), !INLINE.contains(&name.unwrap_or_default()))
        };
        if is_block {
            text.push(' ');
        }
        rest = &tag[length..];
    }
    text.push_str(rest);
    unescape(&text).into_owned()
}

/// Elements that may stand in the middle of a word.
const INLINE: [&str; 18] = [
    "a", "abbr", "b", "cite", "code", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "small",
    "span", "strong", "sub", "sup",
];

/// The place behind the `>` of a tag that is not in quotes.
fn end_of_tag(tag: &str) -> usize {
    let bytes = tag.as_bytes();
    let mut at = 0;
    while let Some(found) = memchr3(b'>', b'"', b'\'', &bytes[at..]) {
        let quote = bytes[at + found];
        at += found + 1;
        if quote == b'>' {
            return at;
        }
        match memchr(quote, &bytes[at..]) {
            Some(closing) => at += closing + 1,
            None => break,
        }
    }
    tag.len()
}

pub struct Attributes<'a> {
    html: &'a str,
    at: usize,
    /// The tag that `at` is inside of.
    tag: Option<&'a str>,
}

impl<'a> Iterator for Attributes<'a> {
    type Item = Attribute<'a>;

    fn next(&mut self) -> Option<Attribute<'a>> {
        loop {
            match self.tag {
                None => self.enter_tag()?,
                Some(tag) => {
                    if let Some(attribute) = self.attribute(tag) {
                        return Some(attribute);
                    }
                }
            }
        }
    }
}

impl<'a> Attributes<'a> {
    /// Moves behind the name of the next start tag; `None` at the end.
    fn enter_tag(&mut self) -> Option<()> {
        let html = self.html;
        loop {
            let open = self.at + memchr(b'<', &html.as_bytes()[self.at..])?;
            let rest = &html[open + 1..];
            if rest.starts_with("!--") {
                self.at = open + 4 + html[open + 4..].find("-->")?;
                continue;
            }
            let is_end = |byte: u8| !byte.is_ascii_alphanumeric() && byte != b'-';
            let length = rest.bytes().position(is_end).unwrap_or(rest.len());
            self.at = open + 1 + length;
            if length > 0 {
                self.tag = Some(&rest[..length]);
                return Some(());
            }
        }
    }

    /// Reads one attribute, or leaves the tag.
    fn attribute(&mut self, tag: &'a str) -> Option<Attribute<'a>> {
        let html = self.html;
        let is_space = |byte: u8| byte.is_ascii_whitespace();
        let skip = |at: usize| {
            let spaces = html[at..].bytes().take_while(|byte| is_space(*byte));
            at + spaces.count()
        };
        self.at = skip(self.at);
        let rest = &html[self.at..];
        if rest.is_empty() || rest.starts_with('>') {
            self.tag = None;
            self.skip_raw_text(tag);
            return None;
        }
        let is_end = |byte: u8| is_space(byte) || matches!(byte, b'=' | b'>' | b'/');
        let length = rest.bytes().position(is_end).unwrap_or(rest.len()).max(1);
        let name = &rest[..rest.ceil_char_boundary(length)];
        self.at = skip(self.at + name.len());
        if !html[self.at..].starts_with('=') {
            return None;
        }
        self.at = skip(self.at + 1);
        let rest = &html[self.at..];
        let (start, length, after) = match rest.as_bytes().first() {
            Some(quote @ (b'"' | b'\'')) => {
                let length = memchr(*quote, &rest.as_bytes()[1..]).unwrap_or(rest.len() - 1);
                (self.at + 1, length, self.at + length + 2)
            }
            _ => {
                let is_end = |byte: u8| is_space(byte) || byte == b'>';
                let length = rest.bytes().position(is_end).unwrap_or(rest.len());
                (self.at, length, self.at + length)
            }
        };
        self.at = after.min(html.len());
        let span = start..start + length;
        Some(Attribute {
            tag: lower_case(tag),
            name: lower_case(name),
            value: &html[span.clone()],
            span,
        })
    }

    /// The inside of a script or a style is not HTML.
    fn skip_raw_text(&mut self, tag: &str) {
        let tag = lower_case(tag);
        if tag != "script" && tag != "style" {
            return;
        }
        let rest = &self.html[self.at..];
        let is_end = |at: &usize| {
            let name = rest.as_bytes().get(at + 2..at + 2 + tag.len());
            name.is_some_and(|name| name.eq_ignore_ascii_case(tag.as_bytes()))
        };
        let mut ends = rest.match_indices("</").map(|(at, _)| at);
        self.at += ends.find(is_end).unwrap_or(rest.len());
    }
}

/// HTML takes `<A HREF>` for `<a href>`.
fn lower_case(text: &str) -> Cow<'_, str> {
    match text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        true => Cow::Owned(text.to_ascii_lowercase()),
        false => Cow::Borrowed(text),
    }
}

/// An attribute's value with the escapes that matter in addresses undone.
pub fn unescape(value: &str) -> Cow<'_, str> {
    if !value.contains('&') {
        return Cow::Borrowed(value);
    }
    let mut plain = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let escape = ESCAPES.iter().find(|(escape, _)| rest.starts_with(escape));
        let (escape, meant) = escape.unwrap_or(&("&", "&"));
        plain.push_str(meant);
        rest = &rest[escape.len()..];
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

const ESCAPES: [(&str, &str); 7] = [
    ("&quot;", "\""),
    ("&#x27;", "'"),
    ("&#39;", "'"),
    ("&#x2F;", "/"),
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&amp;", "&"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn values(html: &str) -> Vec<(String, &str)> {
        attributes(html)
            .map(|attribute| (attribute.name.into_owned(), attribute.value))
            .collect()
    }

    fn pairs<const N: usize>(pairs: [(&str, &'static str); N]) -> Vec<(String, &'static str)> {
        pairs.map(|(name, value)| (name.to_owned(), value)).into()
    }

    #[test]
    fn attributes_are_found_however_they_are_quoted() {
        assert_eq!(
            values("<a href=\"/a/\" title='b > c' hidden id=d>e</a>"),
            pairs([("href", "/a/"), ("title", "b > c"), ("id", "d")])
        );
    }

    #[test]
    fn what_was_escaped_once_is_undone_once() {
        assert_eq!(
            unescape("a&amp;lt;b &quot;c&#39; &amp& &#x2F;d"),
            "a&lt;b \"c' &amp& /d"
        );
    }

    #[test]
    fn capitals_are_as_good_as_small_letters() {
        assert_eq!(
            values("<A HREF=\"/A/\"><SCRIPT>'<a href=\"y\">'</Script><p ID=b>"),
            pairs([("href", "/A/"), ("id", "b")])
        );
    }

    #[test]
    fn comments_scripts_and_text_hold_no_attributes() {
        assert_eq!(
            values("<!-- <a href=\"x\"> --> a < b <script>'<a href=\"y\">'</script>"),
            []
        );
    }

    #[test]
    fn tags_are_found_but_for_those_in_comments() {
        let html = "<P><!-- <a> --> 1 < 2 <img alt='>'></p";
        let found: Vec<_> = tags(html).map(|tag| &html[tag.span]).collect();
        assert_eq!(found, ["<P>", "<img alt='>'>", "</p"]);
    }

    #[test]
    fn broken_html_comes_to_an_end() {
        for html in [
            "<",
            "<a",
            "<a href",
            "<a href=",
            "<a href=\"",
            "<a =",
            "<a href='é",
            "<!--",
            "<é é=é",
        ] {
            assert!(values(html).len() < 2, "{html}");
        }
    }
}
