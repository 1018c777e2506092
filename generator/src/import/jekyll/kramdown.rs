//! What kramdown adds to Markdown: attributes in braces with a colon, its own marks, and Markdown in HTML.

use pulldown_cmark::{Event, Parser, Tag};

use crate::diagnostic::Span;
use crate::html;
use crate::import::body::Body;
use crate::import::edits::Edits;
use crate::import::shortcode::{CONTENTS, kind_of};
use crate::import::{ATTRIBUTES_OF_CODE, SIZE_OF_FILE};
use crate::page::has_scheme;

/// Classes that make a quotation a remark in a theme that many sites have.
const REMARKS: [(&str, &str); 4] = [
    (".prompt-tip", "TIP"),
    (".prompt-info", "NOTE"),
    (".prompt-warning", "WARNING"),
    (".prompt-danger", "CAUTION"),
];

/// Carries it in a text that is Markdown.
pub fn carry(body: &mut Body<'_>, at: Span) {
    attributes(body, at.clone());
    marks(body, at.clone());
    markdown_in_html(body, at);
}

/// `{: .wide}` on a line of its own or behind something, and `{:toc}`.
fn attributes(body: &mut Body<'_>, at: Span) {
    let text = body.text;
    let mut from = at.start;
    while let Some(found) = text[from..at.end].find("{:") {
        let start = from + found;
        from = start + 2;
        let Some(end) = text[start..at.end].find('}').map(|end| start + end + 1) else {
            return;
        };
        let inside = text[start + 2..end - 1].trim();
        // `{::comment}` and `{:/comment}` are marks of another kind.
        if body.is_literal(start) || inside.contains(['\n', '{']) || inside.starts_with([':', '/'])
        {
            continue;
        }
        let line = line_around(text, start, &at);
        let stands_alone = text[line.clone()].trim() == &text[start..end];
        if inside == "toc" {
            // The list item above stands in for the table of contents.
            let above = text[at.start..line.start].trim_end();
            let item = above
                .rfind('\n')
                .map_or(at.start, |line| at.start + line + 1);
            body.note(start..end, CONTENTS.0, CONTENTS.1);
            body.replace(item.min(line.start)..end, "");
            continue;
        }
        let above = line_above(text, line.start, &at);
        if body.is_html(start) && is_in_fence(&text[at.start..start]) {
            continue;
        }
        let text_above = above.clone().map_or("", |above| text[above].trim());
        if stands_alone && body.is_html(start) && text_above.ends_with('>') {
            // Nothing in HTML would take it for anything but text.
            body.replace(line, "");
            continue;
        }
        let code_above = above.as_ref().is_some_and(|above| {
            body.is_literal(above.start) || text_above.ends_with("endhighlight %}")
        });
        let code_below = text_above.is_empty() && body.is_literal(line.end);
        if stands_alone && (code_above && !text_above.is_empty() || code_below) {
            body.note(
                start..end,
                format!("`{}` was left out", &text[start..end]),
                ATTRIBUTES_OF_CODE,
            );
            body.replace(line, "");
            continue;
        }
        let kept = kept(body, inside, start..end);
        let is_button = kept.iter().any(|class| class.starts_with(".btn"));
        if let Some(link) = link_before(text, line.start, start).filter(|_| is_button) {
            body.replace(link..link, "{% button() %}");
            body.replace(start..end, "{% end %}");
            continue;
        }
        if stands_alone && text_above.is_empty() {
            block_below(body, &kept, line, &at);
            continue;
        }
        match above.filter(|_| stands_alone) {
            Some(above) if text[above.clone()].trim_start().starts_with('>') => {
                quotation(body, &kept, above, line, &at);
            }
            Some(above) if text[above.clone()].starts_with('#') => {
                body.replace(line, "");
                if !kept.is_empty() {
                    let end = above.start + text[above.clone()].trim_end().len();
                    body.replace(end..end, format!(" {{{}}}", kept.join(" ")));
                }
            }
            _ if kept.is_empty() && stands_alone => body.replace(line, ""),
            _ if kept.is_empty() => body.replace(start..end, ""),
            _ if stands_alone || is_behind_a_picture(&text[line.start..start]) => {
                body.replace(start..end, format!("{{{}}}", kept.join(" ")));
            }
            _ => {
                body.note(
                    start..end,
                    format!("`{}` was left out", &text[start..end]),
                    "blocks, headings and pictures have attributes, words have none",
                );
                body.replace(start..end, "");
            }
        }
    }
}

/// Where the link begins that ends at a place, if one does: not a picture.
fn link_before(text: &str, from: usize, at: usize) -> Option<usize> {
    let before = &text[from..at];
    let words = &before[..before.strip_suffix(')')?.rfind("](")?];
    let mut depth = 0_usize;
    for (place, letter) in words.char_indices().rev() {
        match letter {
            ']' => depth += 1,
            '[' if depth == 0 => {
                return (!words[..place].ends_with('!')).then_some(from + place);
            }
            '[' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// The ids and classes of an attribute list; anything else in it is named.
fn kept<'t>(body: &mut Body<'_>, inside: &'t str, span: Span) -> Vec<&'t str> {
    let mut kept = Vec::new();
    let mut others = Vec::new();
    for word in inside.split_whitespace() {
        let is_name = |name: &str| {
            !name.is_empty()
                && name
                    .chars()
                    .all(|one| one.is_alphanumeric() || "-_:".contains(one))
        };
        if word.strip_prefix(['.', '#']).is_some_and(is_name) {
            // Whether a heading is in the table of contents is a theme's to say.
            kept.extend(Some(word).filter(|word| *word != ".no_toc"));
        } else if word != "no_toc" && !word.starts_with("data-toc-skip") {
            others.push(word);
        }
    }
    let is_size = |word: &&str| {
        ["width=", "height=", "w=", "h="]
            .iter()
            .any(|name| word.starts_with(name))
    };
    if !others.is_empty() {
        let why = match others.iter().all(is_size) {
            true => SIZE_OF_FILE,
            false => "texts have ids and classes, and no other attributes",
        };
        body.note(span, format!("`{}` was left out", others.join(" ")), why);
    }
    kept
}

/// Whether a fence is open since the last blank line, which only who reads Markdown in HTML would notice.
fn is_in_fence(before: &str) -> bool {
    let since = before
        .rfind("\n\n")
        .map_or(before, |blank| &before[blank..]);
    let fences = since.lines().filter(|line| line.starts_with("```"));
    fences.count() % 2 == 1
}

/// Attributes of the block that follows them; here they stand below it. Some classes make a remark of it.
fn block_below(body: &mut Body<'_>, kept: &[&str], line: Span, at: &Span) {
    let text = body.text;
    body.replace(line.clone(), "");
    let lines = text[line.end..at.end].split_inclusive('\n');
    let length = lines
        .take_while(|line| !line.trim().is_empty())
        .map(str::len);
    let end = line.end + length.sum::<usize>();
    let block = &text[line.end..end];
    let remark = kept.iter().find_map(|class| {
        let name = class.strip_prefix('.')?;
        let (name, has_title) = match name.strip_suffix("-title") {
            Some(name) => (name, true),
            None => (name, false),
        };
        let kind = match name {
            "highlight" | "new" => "note",
            name => kind_of(name)?,
        };
        Some((kind, has_title))
    });
    match remark {
        _ if block.is_empty() => {}
        Some((kind, has_title)) if block.starts_with('>') => {
            let opening = format!("> [!{}]\n", kind.to_uppercase());
            let title = block.lines().next().unwrap_or_default();
            match has_title {
                true => {
                    let bold = format!("{opening}> **{}**", title[1..].trim());
                    body.replace(line.end..line.end + title.len(), bold);
                }
                false => body.replace(line.end..line.end, opening),
            }
        }
        Some((kind, _)) => {
            body.replace(
                line.end..line.end,
                format!("{{% note(kind=\"{kind}\") %}}\n"),
            );
            let space = if block.ends_with('\n') { "" } else { "\n" };
            body.replace(end..end, format!("{space}{{% end %}}\n"));
        }
        None if kept.is_empty() => {}
        None if block.starts_with('#') => {
            let end = line.end + block.lines().next().unwrap_or_default().trim_end().len();
            body.replace(end..end, format!(" {{{}}}", kept.join(" ")));
        }
        None => {
            let space = if block.ends_with('\n') { "" } else { "\n" };
            body.replace(end..end, format!("{space}{{{}}}\n", kept.join(" ")));
        }
    }
}

/// Attributes of a quotation, whose last line is `above`.
fn quotation(body: &mut Body<'_>, kept: &[&str], above: Span, line: Span, at: &Span) {
    let text = body.text;
    let remark = REMARKS.iter().find(|(class, _)| kept.contains(class));
    let Some((_, kind)) = remark else {
        return match kept.is_empty() {
            true => body.replace(line, ""),
            false => body.replace(line, format!("{{{}}}\n", kept.join(" "))),
        };
    };
    let mut first = above;
    while let Some(before) = line_above(text, first.start, at)
        && text[before.clone()].trim_start().starts_with('>')
    {
        first = before;
    }
    body.replace(first.start..first.start, format!("> [!{kind}]\n"));
    body.replace(line, "");
}

/// `{::nomarkdown}…{:/nomarkdown}` and `{::comment}…{:/comment}`.
fn marks(body: &mut Body<'_>, at: Span) {
    let text = body.text;
    let mut from = at.start;
    while let Some(found) = text[from..at.end].find("{:") {
        let start = from + found;
        from = start + 2;
        let Some(end) = text[start..at.end].find('}').map(|end| start + end + 1) else {
            return;
        };
        let inside = &text[start + 2..end - 1];
        if body.is_literal(start) || !inside.starts_with([':', '/']) || inside.contains('\n') {
            continue;
        }
        let closing = inside
            .starts_with(":comment")
            .then(|| text[end..at.end].find("{:/"))
            .flatten()
            .and_then(|close| Some(end + close + text[end + close..at.end].find('}')? + 1));
        let end = closing.unwrap_or(end);
        body.replace(start..end, "");
        from = end;
    }
}

/// `<div markdown="1">`: Markdown goes on inside of an element where a blank line lets it.
fn markdown_in_html(body: &mut Body<'_>, at: Span) {
    let text = body.text;
    let mut from = at.start;
    while let Some(found) = text[from..at.end].find(" markdown=") {
        let start = from + found;
        from = start + 1;
        let open = text[at.start..start].rfind('<').map(|open| at.start + open);
        let Some(open) = open.filter(|open| !text[*open..start].contains('>')) else {
            continue;
        };
        let Some(close) = text[start..at.end].find('>').map(|close| start + close + 1) else {
            return;
        };
        if body.is_literal(open) {
            continue;
        }
        let value = &text[start + " markdown=".len()..close - 1];
        let length = value.find(char::is_whitespace).unwrap_or(value.len());
        let written = start..start + " markdown=".len() + length;
        let name: String = text[open + 1..]
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect();
        let closing = format!("</{name}");
        if name == "p" && !value.starts_with("\"0") {
            // A paragraph cannot hold the one that Markdown makes: it becomes that one.
            let end = text[close..at.end].find("</p>").map(|end| close + end);
            let end = end.unwrap_or(at.end);
            let attributes = match classes(&text[open..close]).as_str() {
                "" => String::new(),
                classes => format!("\n{{{classes}}}"),
            };
            body.replace(open..close, "\n\n");
            body.replace(
                text[..end].trim_end().len()..(end + "</p>".len()).min(at.end),
                format!("{attributes}\n\n"),
            );
            continue;
        }
        body.replace(written, "");
        if matches!(name.as_str(), "span" | "a" | "em" | "strong") || value.starts_with("\"0") {
            continue;
        }
        body.replace(close..close, "\n\n");
        if let Some(end) = text[close..at.end].find(&closing) {
            let end = close + end;
            body.replace(end..end, "\n\n");
            // What follows is Markdown at once.
            if let Some(tag) = text[end..at.end].find(">\n") {
                let behind = end + tag + 1;
                body.replace(behind..behind, "\n");
            }
        }
    }
}

/// The id and the classes of a tag, as they stand in braces.
fn classes(tag: &str) -> String {
    let mut words = Vec::new();
    for attribute in html::attributes(tag) {
        let sign = match attribute.name.as_ref() {
            "id" => '#',
            "class" => '.',
            _ => continue,
        };
        let names = attribute.value.split_whitespace();
        words.extend(names.map(|name| format!("{sign}{name}")));
    }
    words.join(" ")
}

/// Pictures whose folder the front matter names once for all of them, as themes let authors do.
pub fn pictures_below(folder: &str, text: &str) -> String {
    let mut edits = Edits::default();
    for (event, span) in Parser::new(text).into_offset_iter() {
        let Event::Start(Tag::Image { dest_url, .. }) = event else {
            continue;
        };
        let is_below = !dest_url.is_empty() && !dest_url.starts_with(['/', '#', '@']);
        if !is_below || has_scheme(&dest_url) {
            continue;
        }
        if let Some(start) = text[span.clone()].find(&format!("]({dest_url}")) {
            let start = span.start + start + 2;
            edits.replace(start..start, folder);
        }
    }
    edits.apply(text, 0..text.len())
}

/// `![a](my file.png)`: kramdown takes spaces in an address, and Markdown does not.
pub fn spaces_in_addresses(text: &str) -> String {
    let literal: Vec<Span> = Parser::new(text)
        .into_offset_iter()
        .filter(|(event, _)| matches!(event, Event::Code(_) | Event::Start(Tag::CodeBlock(_))))
        .map(|(_, span)| span)
        .collect();
    let mut edits = Edits::default();
    for (start, mark) in text.match_indices("](") {
        let start = start + mark.len();
        let Some(length) = text[start..].find([')', '\n']) else {
            continue;
        };
        let address = &text[start..start + length];
        let ends_as_file = address.rsplit_once('.').is_some_and(|(_, ending)| {
            (2..=5).contains(&ending.len()) && ending.bytes().all(|one| one.is_ascii_alphanumeric())
        });
        let has_spaces = address.trim().contains(' ') && !address.contains(['"', '\'', '<']);
        if has_spaces && ends_as_file && !literal.iter().any(|span| span.contains(&start)) {
            edits.replace(start..start + length, format!("<{}>", address.trim()));
        }
    }
    edits.apply(text, 0..text.len())
}

fn is_behind_a_picture(before: &str) -> bool {
    before.ends_with(')')
        && before
            .rfind("](")
            .is_some_and(|middle| before[..middle].contains("!["))
}

/// The line that a place is in, with its end.
fn line_around(text: &str, place: usize, at: &Span) -> Span {
    let start = text[at.start..place]
        .rfind('\n')
        .map_or(at.start, |line| at.start + line + 1);
    let end = text[place..at.end]
        .find('\n')
        .map_or(at.end, |line| place + line + 1);
    start..end
}

fn line_above(text: &str, line: usize, at: &Span) -> Option<Span> {
    (line > at.start).then(|| line_around(text, line - 1, at))
}
