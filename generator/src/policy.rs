//! What published pages may load and run: the Content-Security-Policy that they
//! carry, and the HTML in articles that it would keep from working.

use crate::html;

/// Scripts, styles and pictures from the site alone; WebAssembly only where a
/// calculator is. Forms may be sent to the site, and to this other address.
pub fn content_security_policy(has_calculator: bool, endpoint: Option<&str>) -> String {
    let wasm = if has_calculator {
        " 'wasm-unsafe-eval'"
    } else {
        ""
    };
    // Without path and query: some receivers answer by leading to another page of theirs.
    let origin = endpoint.and_then(|url| {
        let (scheme, rest) = url.split_once("://")?;
        let host = rest.split(['/', '?', '#']).next()?;
        Some(format!(" {scheme}://{host}"))
    });
    let forms = origin.unwrap_or_default();
    format!(
        "default-src 'none'; script-src 'self'{wasm}; style-src 'self'; img-src 'self'; \
         font-src 'self'; media-src 'self'; connect-src 'self'; manifest-src 'self'; \
         form-action 'self'{forms}; base-uri 'none'; require-trusted-types-for 'script'"
    )
}

/// A stretch of HTML that the policy blocks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blocked {
    pub span: std::ops::Range<usize>,
    pub why: &'static str,
    /// What to do instead.
    pub help: &'static str,
}

const STYLE: (&str, &str) = (
    "a style of its own",
    "give it a class, and style that in the theme's `style.css`",
);
const SCRIPT: (&str, &str) = (
    "a script of its own",
    "put the script into a file in `static/`, and write `<script src=\"/file.js\"></script>`",
);
const ELSEWHERE: (&str, &str) = (
    "from another site",
    "put the file into `static/` and write its address there, such as `/file.png`",
);
const FORM: (&str, &str) = (
    "a form that is sent to another site",
    "set `[contact]` in `site.toml` and write `{{ contact_form() }}`",
);
const FRAME: (&str, &str) = (
    "a page inside the page",
    "link to it: pages load nothing from elsewhere",
);

/// Elements that hold another page.
const FRAMES: [&str; 3] = ["iframe", "object", "embed"];

/// Reads HTML piece by piece, as Markdown gives it: a comment may go on from one
/// piece to the next.
#[derive(Debug, Default)]
pub struct Inspection {
    in_comment: bool,
}

impl Inspection {
    /// Everything in the next piece that the policy blocks.
    pub fn blocked(&mut self, html: &str) -> Vec<Blocked> {
        blocked(&self.without_comments(html))
    }

    /// The piece with spaces in the place of comments, so that offsets stay true.
    fn without_comments(&mut self, html: &str) -> String {
        let mut visible = String::with_capacity(html.len());
        let mut rest = html;
        while !rest.is_empty() {
            let mark = if self.in_comment { "-->" } else { "<!--" };
            let end = rest.find(mark).map_or(rest.len(), |at| at + mark.len());
            let (part, after) = rest.split_at(end);
            let shown = match self.in_comment {
                true => "",
                false => part.strip_suffix(mark).unwrap_or(part),
            };
            visible.push_str(shown);
            visible.extend(std::iter::repeat_n(' ', part.len() - shown.len()));
            self.in_comment ^= part.ends_with(mark);
            rest = after;
        }
        visible
    }
}

fn blocked(html: &str) -> Vec<Blocked> {
    let mut blocked = Vec::new();
    for attribute in html::attributes(html) {
        let name = attribute.name.to_ascii_lowercase();
        let tag = attribute.tag.to_ascii_lowercase();
        let elsewhere = attribute.value.contains("://") || attribute.value.starts_with("//");
        let (why, help) = match name.as_str() {
            "style" => STYLE,
            // Said of the element as a whole.
            _ if FRAMES.contains(&tag.as_str()) => continue,
            "src" | "srcset" | "poster" | "data" if elsewhere => ELSEWHERE,
            "action" if elsewhere && tag == "form" => FORM,
            name if name.starts_with("on") => SCRIPT,
            _ => continue,
        };
        let span = attribute.span;
        blocked.push(Blocked { span, why, help });
    }
    for (start, _) in html.match_indices('<') {
        let inside = &html[start + 1..];
        let length = inside
            .find(|one: char| !one.is_ascii_alphanumeric())
            .unwrap_or(inside.len());
        let (why, help) = match inside[..length].to_ascii_lowercase().as_str() {
            "style" => STYLE,
            "script" if !html[start..].contains("src=") => SCRIPT,
            name if FRAMES.contains(&name) => FRAME,
            _ => continue,
        };
        let span = start..start + 1 + length;
        blocked.push(Blocked { span, why, help });
    }
    blocked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_policy_blocks_is_named() {
        let why = |html| blocked(html).first().map(|blocked| blocked.why);
        assert_eq!(why("<p style=\"color: red\">"), Some("a style of its own"));
        assert_eq!(why("<b onclick=\"x()\">"), Some("a script of its own"));
        assert_eq!(why("<script>"), Some("a script of its own"));
        assert_eq!(
            why("<iframe src=\"https://x/\">"),
            Some("a page inside the page")
        );
        assert_eq!(why("<img src=\"//x/\">"), Some("from another site"));
        assert_eq!(why("<script src=\"/own.js\"></script>"), None);
        assert_eq!(why("<a href=\"https://x/\" title=\"on\">"), None);
        assert_eq!(why("<stylish>"), None);
    }
    #[test]
    fn what_is_in_a_comment_is_not_blocked() {
        let mut inspection = Inspection::default();
        assert_eq!(inspection.blocked("<!-- <style>\n"), []);
        assert_eq!(inspection.blocked("<iframe>é -->\n"), []);
        let after = inspection.blocked("<!-- a --> <b style=\"c\">");
        assert_eq!(after[0].span, 21..22);
    }
}
