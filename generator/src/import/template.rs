//! Shortcodes that a site made for itself. One whose template only puts arguments into HTML is
//! drawn while it is brought over; for any other there is no such way.

use super::body::tags_on_one_line;
use super::shortcode::{Call, Written};
use crate::source::SourceTree;

/// How templates of shortcodes name what they are given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// `{{ name }}`, `{{ body | markdown | safe }}`, `{% if name %}`.
    Tera,
    /// `{{ include.name }}`, `{% if include.name %}`.
    Liquid,
    /// `{{ .Get "name" }}`, `{{ .Inner | markdownify }}`, `{{ with .Get 0 }}`.
    Go,
}

/// The template of a shortcode in the site, or in a theme of its own, with its path.
pub fn find<'a>(source: &'a SourceTree, folder: &str, name: &str) -> Option<(&'a str, &'a str)> {
    let endings = ["html", "md"].map(|ending| format!("{folder}{name}.{ending}"));
    let own = endings
        .iter()
        .find_map(|wanted| source.below(wanted).find(|(path, _)| path == wanted));
    let (path, bytes) = own.or_else(|| {
        source.below("themes/").find(|(path, _)| {
            endings
                .iter()
                .any(|ending| path.ends_with(&format!("/{ending}")))
        })
    })?;
    Some((path, SourceTree::text(path, bytes).ok()?))
}

/// What to do about a shortcode that could not be carried.
pub fn advice(call: &Call, template: Option<&str>, has_body: bool) -> String {
    let name = &call.name;
    let why = template.map_or(String::new(), |path| {
        format!("`{path}` does more than to put values into their places; ")
    });
    match has_body {
        true => format!("{why}what is inside of it stays"),
        false if call.words().is_some() => format!("{why}its text stays"),
        false => format!(
            "{why}write what it showed, or make a shortcode `{name}` in a theme (docs/shortcodes.md)"
        ),
    }
}

enum Part {
    Text(String),
    Value(Option<String>),
    Body { is_markdown: bool },
    If(Option<String>),
    Else,
    End,
}

/// What a template makes of a call; `None` if it does more than to put values into their places.
pub fn draw(template: &str, call: &Call, dialect: Dialect) -> Option<Written> {
    let parts = parts(template, call, dialect)?;
    let mut before = String::new();
    let mut after = None;
    // Whether each condition that is open holds, and its value.
    let mut conditions: Vec<(bool, Option<String>)> = Vec::new();
    for part in parts {
        let shown = conditions.iter().all(|(holds, _)| *holds);
        let text = match part {
            Part::If(value) => {
                conditions.push((value.is_some(), value));
                continue;
            }
            Part::Else => {
                let (holds, _) = conditions.last_mut()?;
                *holds = !*holds;
                continue;
            }
            Part::End => {
                conditions.pop()?;
                continue;
            }
            _ if !shown => continue,
            Part::Body { .. } if after.is_some() => return None,
            Part::Body { is_markdown } => {
                let space = if is_markdown { "\n\n" } else { "" };
                before.push_str(space);
                after = Some(space.to_owned());
                continue;
            }
            Part::Text(text) => text,
            // `{{ . }}` inside of `with`.
            Part::Value(Some(value)) if value == "." => conditions.last()?.1.clone()?,
            Part::Value(value) => value.unwrap_or_default(),
        };
        after.as_mut().unwrap_or(&mut before).push_str(&text);
    }
    if !conditions.is_empty() {
        return None;
    }
    Some(match after {
        None => Written::Whole(without_indentation(&before)),
        Some(after) => Written::Around(without_indentation(&before), without_indentation(&after)),
    })
}

fn parts(template: &str, call: &Call, dialect: Dialect) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    let mut rest = template;
    while let Some(start) = rest.find('{') {
        let close = match rest.get(start..start + 2) {
            Some("{{") => "}}",
            Some("{%") if dialect != Dialect::Go => "%}",
            Some("{#") if dialect == Dialect::Tera => "#}",
            _ => {
                parts.push(Part::Text(rest[..=start].to_owned()));
                rest = &rest[start + 1..];
                continue;
            }
        };
        let end = start + rest[start..].find(close)?;
        let inside = &rest[start + 2..end];
        let text = &rest[..start];
        parts.push(Part::Text(match inside.starts_with('-') {
            true => text.trim_end().to_owned(),
            false => text.to_owned(),
        }));
        rest = &rest[end + 2..];
        if inside.ends_with('-') {
            rest = rest.trim_start();
        }
        let inside = inside.trim_matches('-').trim();
        if close == "#}" || inside.starts_with("/*") {
            continue;
        }
        parts.push(match dialect {
            Dialect::Tera | Dialect::Liquid => tera(inside, close == "%}", call)?,
            Dialect::Go => go(inside, call)?,
        });
    }
    parts.push(Part::Text(rest.to_owned()));
    Some(parts)
}

fn tera(inside: &str, is_block: bool, call: &Call) -> Option<Part> {
    if is_block {
        return Some(match inside.strip_prefix("if ") {
            Some(name) => Part::If(
                call.get(&[name_in(name)?])
                    .filter(|value| *value != "false")
                    .map(str::to_owned),
            ),
            None if inside == "else" => Part::Else,
            None if inside == "endif" => Part::End,
            None => return None,
        });
    }
    let mut filters = inside.split('|').map(str::trim);
    let name = name_in(filters.next()?)?;
    let mut is_markdown = false;
    let mut default = None;
    for filter in filters {
        match filter {
            "safe" | "trim" | "escape" | "relative_url" | "absolute_url" | "strip" => {}
            "markdown" | "markdownify" => is_markdown = true,
            filter if filter.starts_with("markdown(") => is_markdown = true,
            filter => {
                let value = filter.strip_prefix("default(value=")?.strip_suffix(')')?;
                default = Some(value.trim_matches(['"', '\'', '`']).to_owned());
            }
        }
    }
    Some(match name {
        "body" => Part::Body { is_markdown },
        name => Part::Value(call.get(&[name]).map(str::to_owned).or(default)),
    })
}

fn go(inside: &str, call: &Call) -> Option<Part> {
    match inside {
        "end" => return Some(Part::End),
        "else" => return Some(Part::Else),
        // The address of a file beside the page is its name.
        "." | ".RelPermalink" | ".Permalink" => return Some(Part::Value(Some(".".to_owned()))),
        _ => {}
    }
    if let Some(condition) = inside
        .strip_prefix("with ")
        .or_else(|| inside.strip_prefix("if "))
    {
        let file = ["Get ", "GetMatch "].into_iter().find_map(|get| {
            let page = condition.trim().trim_start_matches('$');
            page.strip_prefix(".Page.Resources.")?.strip_prefix(get)
        });
        return Some(Part::If(go_argument(file.unwrap_or(condition), call)?));
    }
    let mut pipes = inside.split('|').map(str::trim);
    let first = pipes.next()?;
    let mut is_markdown = false;
    for pipe in pipes {
        match pipe {
            "markdownify" | ".Page.RenderString" | "$.Page.RenderString" => is_markdown = true,
            "safeHTML" | "safeURL" | "safeHTMLAttr" | "relURL" | "absURL" | "htmlEscape" => {}
            _ => return None,
        }
    }
    Some(match first {
        ".Inner" | "markdownify .Inner" => Part::Body {
            is_markdown: is_markdown || first != ".Inner",
        },
        "." => Part::Value(Some(".".to_owned())),
        first => Part::Value(go_argument(first, call)?),
    })
}

/// `.Get "name"` or `.Get 0`.
fn go_argument(written: &str, call: &Call) -> Option<Option<String>> {
    let written = written.trim().trim_matches(['(', ')']);
    let name = written
        .strip_prefix("$.Get ")
        .or_else(|| written.strip_prefix(".Get "))?
        .trim();
    let value = match name.parse() {
        Ok(place) => call.nth(place),
        Err(_) => {
            let name = name.strip_prefix(['"', '`'])?.strip_suffix(['"', '`'])?;
            call.get(&[name])
        }
    };
    Some(value.map(str::to_owned))
}

fn name_in(expression: &str) -> Option<&str> {
    let name = expression.trim();
    let name = name.strip_prefix("include.").unwrap_or(name);
    let is_name = |one: char| one.is_ascii_alphanumeric() || one == '_';
    (!name.is_empty() && name.chars().all(is_name)).then_some(name)
}

/// Lines of HTML as Markdown leaves them alone: not indented, and none of them blank but where
/// Markdown goes on.
fn without_indentation(html: &str) -> String {
    let html = &tags_on_one_line(html);
    let mut lines: Vec<&str> = html.lines().map(str::trim_start).collect();
    let (first, last) = (html.starts_with("\n\n"), html.ends_with("\n\n"));
    lines.retain(|line| !line.is_empty());
    let (before, after) = (
        if first { "\n\n" } else { "" },
        if last { "\n\n" } else { "" },
    );
    format!("{before}{}{after}", lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::shortcode::{comma_args, spaced_args};

    #[test]
    fn a_template_that_only_places_values_is_drawn() {
        let call = Call {
            name: "badge".to_owned(),
            args: comma_args("text=\"New\", link=\"/new/\""),
            in_html: false,
        };
        let template = "{# a badge #}<a href=\"{{ link | safe }}\"{% if class %} class=\"{{ class }}\"{% endif %}>\n    {{ text }}</a>\n";
        assert_eq!(
            draw(template, &call, Dialect::Tera),
            Some(Written::Whole("<a href=\"/new/\">\nNew</a>".to_owned()))
        );
        assert_eq!(draw("{{ load_data(path=x) }}", &call, Dialect::Tera), None);
        let call = Call {
            name: "box".to_owned(),
            args: spaced_args("\"A title\""),
            in_html: false,
        };
        assert_eq!(
            draw(
                "<div>{{ with .Get 0 }}<b>{{ . }}</b>{{ end }}{{ .Inner | markdownify }}</div>",
                &call,
                Dialect::Go
            ),
            Some(Written::Around(
                "<div><b>A title</b>\n\n".to_owned(),
                "\n\n</div>".to_owned()
            ))
        );
    }
}
