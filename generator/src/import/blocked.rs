//! HTML that the policy of published pages keeps from working: what shows something of another site becomes a link, and
//! styles and scripts are left out.

use super::body::{Body, absolute, is_elsewhere, name_in};
use super::embeds::Embed;
use crate::diagnostic::Span;
use crate::html;

impl Body<'_> {
    /// HTML that the policy of published pages keeps from working.
    pub(super) fn blocked_html(&mut self) {
        let visible = self.visible();
        let offset = self.at.start;
        let mut removed_until = 0;
        for attribute in html::attributes(&visible) {
            let span = attribute.span.start + offset..attribute.span.end + offset;
            let Some(name) = with_its_name(self.text, &span, &attribute.name) else {
                continue;
            };
            let tag = attribute.tag.as_ref();
            if name.start < removed_until || self.edits.covers(name.start) {
                continue;
            }
            let loads = matches!(attribute.name.as_ref(), "src" | "data");
            let element = self.text[..name.start].rfind('<').unwrap_or(name.start);
            let elsewhere = is_elsewhere(attribute.value);
            let shows = match tag {
                "iframe" | "embed" | "object" => loads,
                "img" | "video" | "audio" => loads && elsewhere,
                _ => false,
            };
            if shows {
                let address = html::unescape(attribute.value).into_owned();
                removed_until = self.show_as_link(element, tag, &address);
            } else if loads && elsewhere && tag == "script" {
                removed_until = self.remove(element, tag, "it comes from another site");
            } else if attribute.name == "style" || attribute.name.starts_with("on") {
                let what = match attribute.name.as_ref() {
                    "style" => "a style of its own",
                    _ => "a script of its own",
                };
                self.note(
                    name.clone(),
                    format!("`{}` was left out", attribute.name),
                    format!("pages may hold no element with {what}"),
                );
                self.replace(name, "");
            } else if elsewhere
                && (matches!(
                    attribute.name.as_ref(),
                    "src" | "srcset" | "poster" | "data"
                ) || (attribute.name == "action" && tag == "form"))
            {
                self.note(
                    name.clone(),
                    format!("`{}` was left out", attribute.name),
                    "pages load nothing from other sites and send nothing there",
                );
                self.replace(name, "");
            }
        }
        removed_until = 0;
        for (start, _) in visible.match_indices('<') {
            let name: String = visible[start + 1..]
                .chars()
                .take_while(char::is_ascii_alphanumeric)
                .collect();
            let start = start + offset;
            if start < removed_until || self.edits.covers(start) {
                continue;
            }
            let name = name.to_ascii_lowercase();
            let tag_end = self.text[start..self.at.end].find('>').unwrap_or_default();
            match name.as_str() {
                "script" if !self.text[start..start + tag_end].contains("src=") => {
                    removed_until = self.remove(start, &name, "pages hold no script of their own");
                }
                "style" => {
                    let why = "pages hold no style of their own: a theme does";
                    removed_until = self.remove(start, &name, why);
                }
                "iframe" | "object" | "embed" => {
                    removed_until = self.remove(start, &name, "pages hold no other pages");
                }
                _ => {}
            }
        }
    }

    /// Puts a link in the place of an element; gives the element's end.
    fn show_as_link(&mut self, start: usize, tag: &str, address: &str) -> usize {
        let span = start..self.element_end(start, tag);
        let attribute = |wanted: &str| {
            html::attributes(self.written(&span))
                .find(|one| one.name == wanted)
                .map(|one| one.value.trim().to_owned())
                .filter(|value| !value.is_empty())
        };
        let words = attribute("title").or_else(|| attribute("alt"));
        let (words, address) = match Embed::in_frame(address) {
            Some(embed) => (
                words.unwrap_or_else(|| embed.words.to_owned()),
                embed.address,
            ),
            None => (
                words.unwrap_or_else(|| name_in(address).to_owned()),
                address.to_owned(),
            ),
        };
        self.note(
            start..start + tag.len() + 1,
            format!("`<{tag}>` became a link"),
            "pages load nothing from other sites",
        );
        let address = absolute(&address)
            .replace('&', "&amp;")
            .replace('"', "&quot;");
        let link = match address.as_str() {
            "" => words,
            address => format!("<a href=\"{address}\">{words}</a>"),
        };
        self.replace(span.clone(), link);
        span.end
    }

    fn remove(&mut self, start: usize, tag: &str, why: &str) -> usize {
        let span = start..self.element_end(start, tag);
        self.note(
            start..start + tag.len() + 1,
            format!("`<{tag}>` was left out"),
            why,
        );
        self.replace(span.clone(), "");
        span.end
    }

    fn element_end(&self, start: usize, tag: &str) -> usize {
        let rest = &self.text[start..self.at.end];
        let opening = rest.find('>').map_or(rest.len(), |end| end + 1);
        if matches!(tag, "img" | "embed") || rest[..opening].ends_with("/>") {
            return start + opening;
        }
        let closing = format!("</{tag}");
        let lower_case = rest.to_ascii_lowercase();
        let end = lower_case.find(&closing).and_then(|close| {
            let end = rest[close..].find('>')?;
            Some(close + end + 1)
        });
        start + end.unwrap_or(opening)
    }
}

/// From the white space before an attribute's name to behind its value.
fn with_its_name(text: &str, value: &Span, name: &str) -> Option<Span> {
    let before = text[..value.start].trim_end_matches(['"', '\'']).trim_end();
    let before = before.strip_suffix('=')?.trim_end();
    let start = before.len().checked_sub(name.len())?;
    let start = text.get(..start)?.trim_end().len();
    let quote = text[value.end..].starts_with(['"', '\'']);
    Some(start..value.end + usize::from(quote))
}
