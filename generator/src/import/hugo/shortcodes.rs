//! Hugo's shortcodes in a text: `{{< name args >}}` and `{{% name args %}}`, alone or around a body.

use crate::address::tidy;
use crate::diagnostic::{Diagnostic, Span};
use crate::import::Move;
use crate::import::body::{Body, link, name_in};
use crate::import::brackets;
use crate::import::front::{Keys, split};
use crate::import::shortcode::{Call, Written, common, spaced_args};
use crate::import::template::{self, Dialect};
use crate::source::SourceTree;

/// One pair of brackets.
struct Bracket<'t> {
    span: Span,
    /// Without `/` and white space.
    inside: &'t str,
    is_closing: bool,
    closes_itself: bool,
}

const KINDS: [brackets::Kind; 2] = [("{{<", ">}}"), ("{{%", "%}}")];

fn brackets(text: &str, at: Span) -> Vec<Bracket<'_>> {
    let mut brackets = Vec::new();
    let mut from = at.start;
    while let Some(found) = brackets::first(text, from..at.end, &KINDS) {
        from = found.span.end;
        let inside = found.inside;
        let is_closing = inside.starts_with('/') && !inside.starts_with("/*");
        let closes_itself = !is_closing && inside.ends_with('/') && !inside.ends_with("*/");
        brackets.push(Bracket {
            span: found.span,
            inside: match (is_closing, closes_itself) {
                (true, _) => inside[1..].trim(),
                (_, true) => inside[..inside.len() - 1].trim(),
                _ => inside,
            },
            is_closing,
            closes_itself,
        });
    }
    brackets
}

/// How a text is taken: as Markdown or as HTML.
type Take<'b> = fn(&'b str, &'b str, Span, &'b mut Vec<Diagnostic>) -> Body<'b>;

/// The text with our shortcodes and links in their place. `front` is the front matter of its page.
pub fn carry<'b>(
    moving: &'b mut Move<'_>,
    content: &str,
    path: &'b str,
    text: &'b str,
    at: Span,
    front: &toml::Table,
    take: Take<'b>,
) -> Body<'b> {
    let source = moving.source;
    let site = Around {
        source,
        content,
        front,
        settings: &moving.settings.extra,
    };
    let drawn = &mut moving.drawn;
    let mut body = take(path, text, at.clone(), &mut moving.notes);
    let brackets = brackets(text, at);
    // The bracket that ends each one's body.
    let mut ends: Vec<Option<usize>> = vec![None; brackets.len()];
    let mut open: Vec<usize> = Vec::new();
    for (index, bracket) in brackets.iter().enumerate() {
        if bracket.is_closing {
            let name = name(bracket.inside);
            let Some(place) = open
                .iter()
                .rposition(|one| self::name(brackets[*one].inside) == name)
            else {
                continue;
            };
            ends[open[place]] = Some(index);
            open.truncate(place);
        } else if !bracket.closes_itself {
            open.push(index);
        }
    }
    for (index, bracket) in brackets.iter().enumerate() {
        if let Some(shown) = bracket
            .inside
            .strip_prefix("/*")
            .and_then(|rest| rest.strip_suffix("*/"))
        {
            let written = body.written(&bracket.span);
            let (before, after) = (&written[..3], &written[written.len() - 3..]);
            let escape = if body.is_literal(bracket.span.start) {
                ""
            } else {
                "\\"
            };
            body.replace(
                bracket.span.clone(),
                format!("{escape}{before} {} {after}", shown.trim()),
            );
            continue;
        }
        if bracket.is_closing {
            continue;
        }
        let end = ends[index].map(|end| &brackets[end]);
        drawn.extend(shortcode(&mut body, &site, bracket, end));
    }
    // A closing one that nothing opens.
    for bracket in brackets.iter().filter(|bracket| bracket.is_closing) {
        body.replace(bracket.span.clone(), "");
    }
    body
}

/// What a shortcode may ask for.
struct Around<'a> {
    source: &'a SourceTree,
    content: &'a str,
    front: &'a toml::Table,
    /// Keys of the site's own.
    settings: &'a toml::Table,
}

impl Around<'_> {
    /// `{{< param "a.b" >}}`: what the page says, or else the site.
    fn param(&self, name: &str) -> Option<String> {
        let of_page = self.front.get("extra").and_then(|extra| extra.as_table());
        let tables = [Some(self.front), of_page, Some(self.settings)];
        tables.into_iter().flatten().find_map(|table| {
            let mut parts = name.split('.');
            let first = table.get(parts.next()?)?;
            match parts.try_fold(first, |value, part| value.get(part))? {
                toml::Value::String(text) => Some(text.clone()),
                toml::Value::Table(_) | toml::Value::Array(_) => None,
                value => Some(value.to_string()),
            }
        })
    }
}

fn name(inside: &str) -> &str {
    inside
        .split(|one: char| one.is_whitespace() || one == '"')
        .next()
        .unwrap_or_default()
}

/// Gives the path of the template that was written into the text.
fn shortcode(
    body: &mut Body<'_>,
    site: &Around<'_>,
    bracket: &Bracket<'_>,
    end: Option<&Bracket<'_>>,
) -> Option<String> {
    let (source, content) = (site.source, site.content);
    let span = bracket.span.clone();
    let name = name(bracket.inside);
    let call = Call {
        name: name.to_owned(),
        args: spaced_args(&bracket.inside[name.len()..]),
        in_html: body.is_html(span.start),
    };
    let whole = span.start..end.map_or(span.end, |end| end.span.end);
    match (name, end) {
        ("ref" | "relref", _) => {
            let target = call
                .nth(0)
                .or_else(|| call.get(&["path"]))
                .unwrap_or_default();
            let found = linked(source, content, body.path, target);
            if found.is_none() {
                body.note(span.clone(), "this leads to no page", "correct the link");
            }
            let written = match found {
                None => target.to_owned(),
                Some(found) if is_target(body.text, span.start) => found,
                Some(found) => link_in_text(body, site, &span, &found),
            };
            body.replace(span, written);
            return None;
        }
        ("param", None) => {
            let name = call.nth(0).or_else(|| call.get(&["name"]));
            if let Some(value) = name.and_then(|name| site.param(name)) {
                body.replace(span, value);
                return None;
            }
        }
        ("readfile" | "include" | "code_sample" | "codenew" | "literalinclude", None) => {
            if let Some(text) = read_file(site, body.path, &call) {
                body.replace(span, text);
                return None;
            }
        }
        ("columns", Some(end)) => {
            // What stood side by side stands one below the other.
            let inside = span.end..end.span.start;
            for (at, between) in body.written(&inside).match_indices("<--->") {
                let start = inside.start + at;
                body.replace(start..start + between.len(), "");
            }
            body.replace(span, "");
            body.replace(end.span.clone(), "");
            return None;
        }
        ("highlight", Some(end)) => {
            let language = call
                .nth(0)
                .or_else(|| call.get(&["lang"]))
                .unwrap_or_default();
            let code = body
                .written(&(span.end..end.span.start))
                .trim_matches(['\n', '\r']);
            let fence = if code.contains("```") { "````" } else { "```" };
            let options = call.nth(1).or_else(|| call.get(&["options"]));
            let options = options.map(fence_options).unwrap_or_default();
            let block = format!("\n{fence}{language}{options}\n{code}\n{fence}\n");
            body.replace(whole, block);
            return None;
        }
        ("katex" | "math" | "mathjax", None) => {
            body.note(
                span.clone(),
                crate::import::FORMULAS,
                "`math = true` below `[markdown]` in site.toml makes those between dollar signs",
            );
            body.replace(span, "");
            return None;
        }
        ("comment", Some(_)) => {
            body.replace(whole, "");
            return None;
        }
        _ => {}
    }
    let own = ["layouts/shortcodes/", "layouts/_shortcodes/"]
        .into_iter()
        .find_map(|folder| template::find(source, folder, name));
    let drawn = own
        .and_then(|(path, template)| Some((path, template::draw(template, &call, Dialect::Go)?)))
        .filter(|(_, drawn)| end.is_some() || matches!(drawn, Written::Whole(_)));
    let path = drawn.as_ref().map(|(path, _)| (*path).to_owned());
    let drawn = drawn.map(|(_, drawn)| body.harmless(&span, drawn));
    let known = drawn.or_else(|| {
        let known = common(&call)?;
        body.note_loss(&span, &call);
        Some(known)
    });
    match (known, end) {
        (Some(Written::Whole(text)), _) => body.replace(whole, text),
        (Some(Written::Around(before, after)), Some(end)) => {
            body.surround(span, end.span.clone(), &before, &after);
        }
        _ => {
            body.note(
                span.clone(),
                format!("the shortcode `{name}` was left out"),
                template::advice(&call, own.map(|(path, _)| path), end.is_some()),
            );
            let words = call.words().or_else(|| {
                let is_heading = stands_for_a_heading(body.text, &span);
                is_heading.then(|| call.nth(0).unwrap_or(name))
            });
            let words = words.filter(|_| end.is_none());
            body.replace(span, words.unwrap_or_default());
            if let Some(end) = end {
                body.replace(end.span.clone(), "");
            }
        }
    }
    path
}

/// The text of a file that a shortcode puts into the page, as code unless it is Markdown. `None` if there is no such
/// file, or if it holds shortcodes itself.
fn read_file(site: &Around<'_>, page: &str, call: &Call) -> Option<String> {
    let named = call.get(&["file", "path", "src"]).or_else(|| call.nth(0))?;
    let below = named.trim_start_matches('/');
    let beside = page.rsplit_once('/').map_or("", |(folder, _)| folder);
    let content = site.content;
    let candidates = [
        tidy(&format!("{beside}/{named}"))?,
        below.to_owned(),
        format!("{content}{below}"),
        format!("{content}examples/{below}"),
        format!("static/{below}"),
    ];
    let mut found = candidates.iter().filter_map(|path| {
        let text = SourceTree::text(path, site.source.get(path)?).ok()?;
        Some((path, text))
    });
    let (path, text) = found.next()?;
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    let language = call.get(&["lang", "language"]).or_else(|| call.nth(1));
    let is_code = language.is_some() || call.get(&["code"]) == Some("true");
    if !is_code && ending == "md" {
        let (_, at) = split(text);
        let inside = text[at].trim();
        return (!inside.contains("{{")).then(|| inside.to_owned());
    }
    let fence = if text.contains("```") { "````" } else { "```" };
    let language = language.unwrap_or(ending);
    Some(format!(
        "\n{fence}{language}\n{}\n{fence}\n",
        text.trim_end()
    ))
}

/// Whether a place is where a link says where it leads, in Markdown or in an attribute of HTML.
fn is_target(text: &str, at: usize) -> bool {
    let line = &text[text[..at].rfind('\n').map_or(0, |end| end + 1)..at];
    let mut begun = ["](", "]:", "=\"", "='", "="].iter().filter_map(|mark| {
        let start = line.rfind(mark)? + mark.len();
        Some(line[start..].trim_start_matches(['<', ' ']))
    });
    begun.any(|begun| !begun.contains([' ', ')', '"', '\'', '>']))
}

/// A page that a text names by its address: a link to it, because an address of a source means nothing to readers.
fn link_in_text(body: &mut Body<'_>, site: &Around<'_>, span: &Span, target: &str) -> String {
    let path = target.trim_start_matches("@/");
    let path = path.split(['#', '?']).next().unwrap_or(path);
    if body.is_literal(span.start) {
        body.note(
            span.clone(),
            "an address in code was left out",
            format!("write the one of `{path}`"),
        );
        return path.to_owned();
    }
    let words = title(site.source, &format!("{}{path}", site.content));
    let words = words.unwrap_or_else(|| name_in(path).to_owned());
    match body.is_html(span.start) {
        true => format!("<a href=\"{target}\">{words}</a>"),
        false => link(&words, target),
    }
}

/// What a page is called in its front matter.
fn title(source: &SourceTree, path: &str) -> Option<String> {
    let text = SourceTree::text(path, source.get(path)?).ok()?;
    let (format, at) = split(text).0?;
    Keys::read(path, text, format, at, &mut Vec::new()).take_text("title")
}

/// Whether a heading says nothing else.
fn stands_for_a_heading(text: &str, span: &Span) -> bool {
    let before = text[..span.start].rsplit('\n').next().unwrap_or_default();
    let after = text[span.end..].lines().next().unwrap_or_default();
    before.starts_with('#') && before.trim_matches('#').trim().is_empty() && after.trim().is_empty()
}

/// `linenos=table,hl_lines=8 15-17,linenostart=199` as a fence takes it.
fn fence_options(written: &str) -> String {
    let mut options = String::new();
    for option in written.split(',') {
        let (key, value) = option.trim().split_once('=').unwrap_or((option.trim(), ""));
        let value = value.trim_matches(['"', '\'', '[', ']']);
        match key.to_ascii_lowercase().as_str() {
            "linenos" if value == "false" => options.push_str(",linenos=false"),
            "linenos" => options.push_str(",linenos"),
            "hl_lines" => options.push_str(&format!(",hl_lines={value}")),
            "linenostart" => options.push_str(&format!(",linenostart={value}")),
            _ => {}
        }
    }
    options
}

/// The page that `ref` names, as a link to its source: from the root, beside the page, or anywhere.
fn linked(source: &SourceTree, content: &str, page: &str, target: &str) -> Option<String> {
    let (path, anchor) = target.split_at(target.find(['#', '?']).unwrap_or(target.len()));
    if path.is_empty() {
        return Some(anchor.to_owned());
    }
    let path = path.trim_end_matches('/');
    let beside = page.rsplit_once('/').map_or("", |(folder, _)| folder);
    let below = path.trim_start_matches('/');
    let candidates = match path.starts_with('/') {
        true => vec![format!("{content}{below}")],
        false => vec![
            tidy(&format!("{beside}/{below}"))?,
            format!("{content}{below}"),
        ],
    };
    let endings = ["", ".md", ".html", "/index.md", "/_index.md"];
    let exact = candidates
        .iter()
        .flat_map(|candidate| endings.map(|ending| format!("{candidate}{ending}")));
    let is_page = |path: &String| path.ends_with(".md") || path.ends_with(".html");
    let anywhere = || {
        let stem = below.trim_end_matches(".md");
        let matches = [
            format!("/{stem}.md"),
            format!("/{stem}/index.md"),
            format!("/{stem}/_index.md"),
        ];
        let mut pages = source.below(content).map(|(path, _)| path);
        pages
            .find(|path| matches.iter().any(|end| path.ends_with(end)))
            .map(str::to_owned)
    };
    let found = exact
        .into_iter()
        .find(|path| is_page(path) && source.get(path).is_some())
        .or_else(anywhere)?;
    // A page in HTML is a `.md` here, too.
    let found = found.strip_prefix(content)?;
    let stem = found.strip_suffix(".html").map(|stem| format!("{stem}.md"));
    Some(format!("@/{}{anchor}", stem.as_deref().unwrap_or(found)))
}
