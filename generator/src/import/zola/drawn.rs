//! What a shortcode of the site showed. Zola's templates are nearly those that are compiled here, so that one which asks
//! for nothing but its arguments can be drawn while the site is brought over.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use pulldown_cmark_escape::escape_html;
use tera::{Context, Kwargs, State, Tera, Value};

use crate::import::body::tags_on_one_line;
use crate::import::settings::Settings;
use crate::import::shortcode::{Call, Written, quoted_in_html};

/// Stands for what is between the two marks of a shortcode, in no text otherwise.
const BODY: char = '\u{1a}';

/// What a template makes of a call; `None` if it asks for more than there is here.
pub fn draw(path: &str, template: &str, call: &Call, settings: &Settings) -> Option<Written> {
    let mut tera = Tera::new();
    tera.autoescape_on(vec![".html"]);
    tera.register_filter("markdown", markdown);
    tera.register_function("get_url", get_url);
    tera.add_raw_template(path, template).ok()?;
    let mut known = Context::new();
    known.insert("body", &BODY.to_string());
    known.insert("lang", &settings.language);
    known.insert("config", &config(settings));
    for (name, value) in &call.args {
        if let Some(name) = name {
            known.insert(name.clone(), &typed(value));
        }
    }
    let drawn = tera.render(path, &known).ok()?;
    if drawn.contains("<pre") {
        // Its lines would lose their indentation.
        return None;
    }
    let is_markdown = path.ends_with(".md");
    let tidy = |part: &str| match is_markdown {
        true => part.to_owned(),
        false => without_empty_lines(part),
    };
    let mut parts = drawn.split(BODY);
    match (parts.next(), parts.next(), parts.next()) {
        (Some(whole), None, _) => Some(Written::Whole(tidy(whole.trim()))),
        (Some(before), Some(after), None) => {
            let (before, after) = (tidy(before.trim_start()), tidy(after.trim_end()));
            Some(Written::Around(before, after))
        }
        _ => None,
    }
}

/// What templates ask of the settings.
fn config(settings: &Settings) -> toml::Table {
    let texts = [
        ("base_url", settings.folder()),
        ("title", settings.title.clone()),
        ("description", settings.description.clone()),
        ("default_language", settings.language.clone()),
    ];
    let texts = texts.map(|(key, text)| (key.to_owned(), text.into()));
    let extra = ("extra".to_owned(), settings.extra.clone().into());
    texts.into_iter().chain([extra]).collect()
}

/// An argument as its author meant it: a switch, a list, or else a text.
fn typed(value: &str) -> toml::Value {
    match value {
        "true" | "false" => toml::Value::Boolean(value == "true"),
        list if list.starts_with('[') => format!("list = {list}")
            .parse::<toml::Table>()
            .ok()
            .and_then(|mut table| table.remove("list"))
            .unwrap_or_else(|| value.into()),
        text => text.into(),
    }
}

/// `{{ body | markdown }}` stays Markdown, which goes on after a blank line. Any other text becomes HTML.
fn markdown(text: &str, _: Kwargs, _: &State) -> Value {
    Value::safe_string(&match text.contains(BODY) {
        true => text.replace(BODY, &format!("\n\n{BODY}\n\n")),
        false => inline_html(text),
    })
}

/// The address of a file; that of a page is found once all pages have one.
fn get_url(args: Kwargs, _: &State) -> tera::TeraResult<String> {
    let path = args.must_get::<&str>("path")?;
    Ok(match path.starts_with(['/', '@']) || path.contains("://") {
        true => path.to_owned(),
        false => format!("/{path}"),
    })
}

/// A line of Markdown as HTML; what is more than a line stays as it is written.
fn inline_html(text: &str) -> String {
    let mut html = String::new();
    for event in Parser::new(text) {
        match event {
            // Writing to a String cannot fail.
            Event::Text(text) => {
                let _ = escape_html(&mut html, &text);
            }
            Event::Code(code) => {
                html.push_str("<code>");
                let _ = escape_html(&mut html, &code);
                html.push_str("</code>");
            }
            Event::InlineHtml(tag) | Event::Html(tag) => html.push_str(&tag),
            Event::SoftBreak => html.push(' '),
            Event::HardBreak => html.push_str("<br>"),
            Event::Start(Tag::Emphasis) => html.push_str("<em>"),
            Event::End(TagEnd::Emphasis) => html.push_str("</em>"),
            Event::Start(Tag::Strong) => html.push_str("<strong>"),
            Event::End(TagEnd::Strong) => html.push_str("</strong>"),
            Event::Start(Tag::Link { dest_url, .. }) => {
                html.push_str(&format!("<a href=\"{}\">", quoted_in_html(&dest_url)));
            }
            Event::End(TagEnd::Link) => html.push_str("</a>"),
            Event::Start(Tag::Paragraph | Tag::HtmlBlock)
            | Event::End(TagEnd::Paragraph | TagEnd::HtmlBlock) => {}
            _ => return text.to_owned(),
        }
    }
    html
}

/// HTML as Markdown leaves it alone: no line indented, and none blank but around Markdown.
fn without_empty_lines(html: &str) -> String {
    let html = &tags_on_one_line(html);
    let (first, last) = (html.starts_with("\n\n"), html.ends_with("\n\n"));
    let lines = html.lines().map(str::trim_start);
    let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
    let space = |is_there: bool| if is_there { "\n\n" } else { "" };
    format!("{}{}{}", space(first), lines.join("\n"), space(last))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::shortcode::comma_args;

    fn drawn(template: &str, args: &str) -> Option<Written> {
        let call = Call {
            name: "x".to_owned(),
            args: comma_args(args),
            in_html: false,
        };
        draw("x.html", template, &call, &Settings::default())
    }

    #[test]
    fn a_template_that_reckons_with_its_arguments_is_drawn() {
        let template = "{% if not crate %}{% set crate = \"std\" %}{% endif %}\n\n<code>{{ crate ~ \"::\" ~ name }}{% if plural %}s{% endif %}</code>\n";
        let whole = |html: &str| Some(Written::Whole(html.to_owned()));
        assert_eq!(
            drawn(template, "name=\"Vec\", plural=true"),
            whole("<code>std::Vecs</code>")
        );
        assert_eq!(
            drawn(template, "crate=\"bevy\" name=\"App\" plural=false"),
            whole("<code>bevy::App</code>")
        );
        let list = "{% for one in images %}<img src=\"{{ one }}\">{% endfor %}";
        assert_eq!(
            drawn(list, "images=[\"/a, b.png\", \"/c.png\"]"),
            whole("<img src=\"/a, b.png\"><img src=\"/c.png\">")
        );
        assert_eq!(
            drawn(
                "<i>{{ words | markdown | safe }}</i>",
                "words=\"*so* it is\""
            ),
            whole("<i><em>so</em> it is</i>")
        );
        assert_eq!(drawn("{{ load_data(path=name) }}", "name=\"a\""), None);
    }
}
