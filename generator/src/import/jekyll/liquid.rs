//! Liquid and kramdown in a text: what has a form here takes it, and the rest is named at its place.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Span};
use crate::import::body::Body;
use crate::import::brackets;
use crate::import::shortcode::{Call, Written, common, spaced_args};
use crate::import::template::{self, Dialect};
use crate::page::has_scheme;
use crate::source::SourceTree;

use super::filters::{self, filtered, quoted};
use super::kramdown;

/// Where each page went: its new source and its address.
#[derive(Default)]
pub struct Places(BTreeMap<String, (String, String)>);

impl Places {
    pub fn insert(&mut self, path: &str, destination: String, address: String) {
        self.0.insert(path.to_owned(), (destination, address));
    }

    fn file(&self, path: &str) -> Option<&(String, String)> {
        self.0.get(path.trim_start_matches('/'))
    }

    /// A post by its name without an ending, as `post_url` takes it.
    fn post(&self, name: &str) -> Option<&(String, String)> {
        let name = name.trim_start_matches('/');
        self.0.iter().find_map(|(path, place)| {
            let stem = path
                .rsplit_once('.')
                .map_or(path.as_str(), |(stem, _)| stem);
            let fits =
                path.contains("_posts/") && (stem == name || stem.ends_with(&format!("/{name}")));
            fits.then_some(place)
        })
    }
}

/// What includes call the path of a file.
const FILE_ARGUMENTS: [&str; 6] = ["file", "image", "image_path", "path", "src", "url"];

/// Tags that make lists and choices.
const OF_TEMPLATES: [&str; 10] = [
    "assign",
    "capture",
    "case",
    "cycle",
    "for",
    "if",
    "increment",
    "tablerow",
    "unless",
    "when",
];

/// What a text may name.
pub struct Context<'a> {
    pub source: &'a SourceTree,
    pub places: &'a Places,
    pub site: &'a BTreeMap<String, String>,
    pub page: &'a BTreeMap<String, String>,
    pub baseurl: &'a str,
    /// What the page itself gave a name to.
    pub variables: &'a BTreeMap<String, String>,
    /// What an include was given, while it is carried.
    pub include: &'a BTreeMap<String, String>,
    /// In how many includes the text is.
    pub depth: usize,
}

/// Includes within includes, of which no site has more.
const DEEPEST: usize = 8;

/// One `{{ … }}` or `{% … %}`.
struct Tag<'t> {
    span: Span,
    is_block: bool,
    inside: &'t str,
}

impl<'t> Tag<'t> {
    fn name(&self) -> &'t str {
        self.inside.split_whitespace().next().unwrap_or_default()
    }

    fn args(&self) -> &'t str {
        self.inside[self.name().len()..].trim()
    }
}

const KINDS: [brackets::Kind; 2] = [("{{", "}}"), ("{%", "%}")];

/// All tags; what stands between `raw` and `endraw` holds none.
fn tags(text: &str, at: Span) -> Vec<Tag<'_>> {
    let mut tags: Vec<Tag<'_>> = Vec::new();
    let mut from = at.start;
    let mut in_raw = false;
    while let Some(found) = brackets::first(text, from..at.end, &KINDS) {
        let tag = Tag {
            span: found.span,
            is_block: found.kind == KINDS[1],
            inside: found.inside.trim_matches('-').trim(),
        };
        if in_raw && !(tag.is_block && tag.name() == "endraw") {
            from = tag.span.start + 2;
            continue;
        }
        in_raw = tag.is_block && tag.name() == "raw";
        from = tag.span.end;
        tags.push(tag);
    }
    tags
}

/// The text as Markdown of this generator, and the includes that were written into it.
pub fn carry(
    context: &Context<'_>,
    path: &str,
    text: &str,
    at: Span,
    is_html: bool,
    notes: &mut Vec<Diagnostic>,
) -> (String, Vec<String>) {
    let mut body = match is_html {
        true => Body::of_html(path, text, at.clone(), notes),
        false => Body::new(path, text, at.clone(), notes),
    };
    let tags = tags(text, at.clone());
    let variables = variables(text, &tags);
    let context = &Context {
        variables: &variables,
        ..*context
    };
    let mut drawn = Vec::new();
    // What closes a block that was carried when it was opened.
    let mut closed: BTreeSet<usize> = BTreeSet::new();
    let mut index = 0;
    while index < tags.len() {
        let tag = &tags[index];
        index += 1;
        if !tag.is_block {
            output(&mut body, context, tag);
            continue;
        }
        // Tags whose inside is not carried, or carried as it is written.
        let whole = matches!(
            tag.name(),
            "comment" | "highlight" | "for" | "capture" | "case" | "tablerow"
        );
        let end = whole.then(|| end_of(&tags, index - 1)).flatten();
        match end {
            Some(end) if tag.name() == "capture" => {
                body.replace(tag.span.start..tags[end].span.end, "");
                index = end + 1;
            }
            Some(end) => {
                around(&mut body, tag, &tags[end]);
                index = end + 1;
            }
            None => match own_end(&tags, index - 1).filter(|_| !body.is_literal(tag.span.start)) {
                Some(end) => {
                    own_block(&mut body, tag, &tags[end]);
                    closed.insert(end);
                }
                None if closed.contains(&(index - 1)) => {}
                None => single(&mut body, context, tag, &mut drawn),
            },
        }
    }
    if is_html {
        return (body.finish_html(), drawn);
    }
    kramdown::carry(&mut body, at);
    (kramdown::spaces_in_addresses(&body.finish()), drawn)
}

/// Texts that a page gives names to, with `capture`, or with `assign` where it is a text in quotes.
fn variables(text: &str, tags: &[Tag<'_>]) -> BTreeMap<String, String> {
    let mut variables = BTreeMap::new();
    for (index, tag) in tags.iter().enumerate().filter(|(_, tag)| tag.is_block) {
        let written = match tag.name() {
            "capture" => end_of(tags, index).map(|end| &text[tag.span.end..tags[end].span.start]),
            "assign" => tag.args().split_once('=').and_then(|(_, value)| {
                let value = value.trim();
                let inside = value.strip_prefix(['"', '\''])?.strip_suffix(['"', '\''])?;
                (!inside.contains(['"', '\'', '|'])).then_some(inside)
            }),
            _ => None,
        };
        if let Some(written) = written {
            variables.insert(variable(tag).to_owned(), written.trim().to_owned());
        }
    }
    variables
}

/// The name that a tag gives to something.
fn variable<'t>(tag: &Tag<'t>) -> &'t str {
    let name = tag.args().split('=').next().unwrap_or_default();
    name.trim().trim_matches(['"', '\''])
}

/// The tag that closes the one at `open`, past others of its kind inside.
fn end_of(tags: &[Tag<'_>], open: usize) -> Option<usize> {
    let name = tags[open].name();
    let closing = format!("end{name}");
    let mut depth = 0_usize;
    for (index, tag) in tags.iter().enumerate().skip(open) {
        if tag.is_block && tag.name() == name {
            depth += 1;
        } else if tag.is_block && tag.name() == closing {
            depth -= 1;
            if depth == 0 {
                return Some(index);
            }
        }
    }
    None
}

/// The end of a block that a plugin of the site made: `{% tip %}…{% endtip %}`.
fn own_end(tags: &[Tag<'_>], open: usize) -> Option<usize> {
    let is_liquid = ["assign", "if", "raw", "unless"].contains(&tags[open].name());
    (!is_liquid).then(|| end_of(tags, open)).flatten()
}

fn own_block(body: &mut Body<'_>, tag: &Tag<'_>, end: &Tag<'_>) {
    let call = Call {
        name: tag.name().to_owned(),
        args: spaced_args(tag.args()),
        in_html: body.is_html(tag.span.start),
    };
    if let Some(Written::Around(before, after)) = common(&call) {
        body.note_loss(&tag.span, &call);
        return body.surround(tag.span.clone(), end.span.clone(), &before, &after);
    }
    body.note(
        tag.span.clone(),
        format!("`{{% {} %}}` was left out", call.name),
        "what is inside of it stays: nothing here does the same",
    );
    body.replace(tag.span.clone(), "");
    body.replace(end.span.clone(), "");
}

fn around(body: &mut Body<'_>, tag: &Tag<'_>, end: &Tag<'_>) {
    let whole = tag.span.start..end.span.end;
    match tag.name() {
        "highlight" => {
            let language = tag.args().split_whitespace().next().unwrap_or_default();
            let code = body.written(&(tag.span.end..end.span.start));
            let code = code.replace("{% raw %}", "").replace("{% endraw %}", "");
            let code = code.trim_matches(['\n', '\r']);
            let fence = if code.contains("```") { "````" } else { "```" };
            let numbers = match tag.args().contains("linenos") {
                true => ",linenos",
                false => "",
            };
            let call = Call {
                name: tag.name().to_owned(),
                args: spaced_args(tag.args()),
                in_html: false,
            };
            let marks = call.get(&["mark_lines", "hl_lines"]);
            let marks = marks.map_or(String::new(), |lines| format!(",hl_lines={}", lines.trim()));
            let block = format!("\n{fence}{language}{numbers}{marks}\n{code}\n{fence}\n");
            body.replace(whole, block);
        }
        "comment" => body.replace(whole, ""),
        name => {
            body.note(
                tag.span.clone(),
                format!("`{{% {name} %}}` was left out, with what it makes"),
                "lists and conditions are made by templates, in a theme",
            );
            body.replace(whole, "");
        }
    }
}

fn single(body: &mut Body<'_>, context: &Context<'_>, tag: &Tag<'_>, drawn: &mut Vec<String>) {
    let span = tag.span.clone();
    let in_attribute = is_in_attribute(body.text, span.start);
    let target = |place: Option<&(String, String)>| {
        place.map(|(destination, address)| match in_attribute {
            true => address.clone(),
            false => destination.replacen("content/", "@/", 1),
        })
    };
    match tag.name() {
        "assign" if context.variables.contains_key(variable(tag)) => body.replace(span, ""),
        "raw" | "endraw" => body.replace(whole_line(body.text, &span), ""),
        "seo" | "feed_meta" => body.replace(span, ""),
        "post_url" | "link" => {
            let named = tag.args().trim_matches(['"', '\'']);
            let place = match tag.name() {
                "post_url" => context.places.post(named),
                _ => context.places.file(named),
            };
            let found = target(place).or_else(|| {
                let is_file = context.source.get(named.trim_start_matches('/')).is_some();
                is_file.then(|| format!("/{}", named.trim_start_matches('/')))
            });
            if found.is_none() {
                body.note(span.clone(), "this leads to no page", "correct the link");
            }
            body.replace(span, found.unwrap_or_else(|| format!("/{named}")));
        }
        "include" | "include_relative" | "include_cached" => {
            drawn.extend(include(body, context, tag));
        }
        "if" | "unless" | "elsif" | "else" | "endif" | "endunless" => {
            if !body.is_literal(span.start) {
                body.note(
                    span.clone(),
                    format!("`{{% {} %}}` was left out", tag.name()),
                    "what it chooses between stays: keep what readers should get",
                );
                body.replace(span, "");
            }
        }
        name => {
            let call = Call {
                name: name.to_owned(),
                args: spaced_args(tag.args()),
                in_html: body.is_html(span.start),
            };
            if let Some(Written::Whole(text)) = common(&call) {
                body.note_loss(&span, &call);
                return body.replace(span, text);
            }
            if body.is_literal(span.start) {
                return;
            }
            // `the {% term sensor %} says`: a sentence needs its words.
            let within = || {
                is_in_sentence(body.text, &span)
                    .then(|| call.nth(0))
                    .flatten()
            };
            let words = call
                .words()
                .or_else(|| call.get(&["title"]))
                .or_else(within);
            let words = words.unwrap_or_default().to_owned();
            let what = match words.as_str() {
                "" => "nothing here does the same",
                _ => "its words stay: nothing here does the same",
            };
            body.note(span.clone(), format!("`{{% {name} %}}` was left out"), what);
            body.replace(span, words);
        }
    }
}

/// Whether other words stand in the line of a tag.
fn is_in_sentence(text: &str, span: &Span) -> bool {
    let before = text[..span.start].rsplit('\n').next().unwrap_or_default();
    let after = text[span.end..].lines().next().unwrap_or_default();
    [before, after]
        .iter()
        .any(|part| part.contains(char::is_alphanumeric))
}

/// Gives the path of the include that was written into the text.
fn include(body: &mut Body<'_>, context: &Context<'_>, tag: &Tag<'_>) -> Option<String> {
    let span = tag.span.clone();
    if body.is_literal(span.start) {
        return None;
    }
    let (file, args) = tag
        .args()
        .split_once(char::is_whitespace)
        .unwrap_or((tag.args(), ""));
    let stem = file.rsplit('/').next().unwrap_or(file);
    let name = stem.rsplit_once('.').map_or(stem, |(name, _)| name);
    let mut call = Call {
        name: name.to_owned(),
        args: spaced_args(args),
        in_html: body.is_html(span.start),
    };
    // Templates take such paths from the outermost folder.
    for (key, value) in &mut call.args {
        if let Some(text) = context.variables.get(value) {
            value.clone_from(text);
        }
        let names_file = key
            .as_deref()
            .is_some_and(|key| FILE_ARGUMENTS.contains(&key));
        if names_file && context.source.get(value).is_some() {
            value.insert(0, '/');
        }
    }
    // `{% include video id="…" provider="vimeo" %}`
    if let ("video", Some(provider)) = (name, call.get(&["provider"])) {
        call.name = provider.to_owned();
    }
    let path = format!("_includes/{file}");
    let own = context.source.get(&path);
    let own = own.and_then(|bytes| SourceTree::text(file, bytes).ok());
    let drawn = own.and_then(|template| template::draw(template, &call, Dialect::Liquid));
    let is_drawn = drawn.is_some();
    let drawn = drawn.map(|drawn| body.harmless(&span, drawn));
    let known = drawn.or_else(|| {
        let known = common(&call)?;
        body.note_loss(&span, &call);
        Some(known)
    });
    let written = match (&known, own) {
        (None, Some(text)) => text_of_include(body, context, &path, text, &call),
        _ => None,
    };
    let is_drawn = is_drawn || written.is_some();
    match known.or(written.map(Written::Whole)) {
        Some(Written::Whole(text)) => {
            // Addresses in HTML are not completed by a build, as those in Markdown are.
            let text = match context.baseurl {
                "" => text,
                base => text.replace("=\"/", &format!("=\"/{base}/")),
            };
            body.replace(span, text);
        }
        _ => {
            body.note(
                span.clone(),
                format!("the include `{file}` was left out"),
                template::advice(&call, own.map(|_| path.as_str()), false),
            );
            body.replace(span, call.words().unwrap_or_default());
        }
    }
    is_drawn.then_some(path)
}

/// An include as a part of the page that it is named in, if it makes no lists and no choices.
fn text_of_include(
    body: &mut Body<'_>,
    context: &Context<'_>,
    path: &str,
    text: &str,
    call: &Call,
) -> Option<String> {
    let whole = 0..text.len();
    let decides = |tag: &Tag<'_>| tag.is_block && OF_TEMPLATES.contains(&tag.name());
    if context.depth == DEEPEST || tags(text, whole.clone()).iter().any(decides) {
        return None;
    }
    let named = call.args.iter();
    let named = named.filter_map(|(name, value)| Some((name.clone()?, value.clone())));
    let inner = Context {
        include: &named.collect(),
        depth: context.depth + 1,
        ..*context
    };
    let is_html = path.ends_with("html") || call.in_html;
    let mut notes = Vec::new();
    let (text, _) = carry(&inner, path, text, whole, is_html, &mut notes);
    body.add_notes(notes);
    Some(text.trim().to_owned())
}

/// `{{ … }}`: an address, a text of the page or the site, or something that only templates know.
fn output(body: &mut Body<'_>, context: &Context<'_>, tag: &Tag<'_>) {
    let span = tag.span.clone();
    // Markdown's root-relative addresses are completed by every build; those in HTML are not.
    let base = match (is_in_attribute(body.text, span.start), context.baseurl) {
        (true, baseurl) if !baseurl.is_empty() => format!("/{baseurl}"),
        _ => String::new(),
    };
    match known(context, &base, tag.inside) {
        Some(text) => body.replace(span, text),
        None if body.is_literal(span.start) => {}
        None => {
            body.note(
                span.clone(),
                format!("`{{{{ {} }}}}` was left out", tag.inside),
                "only templates know this",
            );
            body.replace(span, "");
        }
    }
}

/// What an expression with filters stands for, where the site is below `base`.
fn known(context: &Context<'_>, base: &str, expression: &str) -> Option<String> {
    let (value, filters) = filters::parts(expression);
    let mut text = value_of(context, base, value)?;
    let mut is_address = false;
    for filter in &filters {
        if filter.completes_address() {
            is_address = true;
            continue;
        }
        let args = filter.args.iter();
        let args: Option<Vec<String>> = args.map(|arg| value_of(context, base, arg)).collect();
        text = filtered(&text, filter.name, &args?)?;
    }
    Some(match is_address && !has_scheme(&text) {
        true => format!("{base}/{}", text.trim_start_matches('/')),
        false => text,
    })
}

/// A text in quotes, or what has a name.
fn value_of(context: &Context<'_>, base: &str, value: &str) -> Option<String> {
    if let Some(text) = quoted(value) {
        return Some(text.to_owned());
    }
    match value.split_once('.') {
        Some(("site", "baseurl")) => Some(base.to_owned()),
        Some(("site", "url")) => Some(String::new()),
        Some(("site", key)) => context.site.get(key).cloned(),
        Some(("page", key)) => context.page.get(key).cloned(),
        Some(("include", key)) => context.include.get(key).cloned(),
        _ => context.variables.get(value).cloned(),
    }
}

/// The line of a tag with its end, if nothing else is on it: it would leave a blank one in code.
fn whole_line(text: &str, tag: &Span) -> Span {
    let start = text[..tag.start].rfind('\n').map_or(0, |end| end + 1);
    let end = text[tag.end..].find('\n').map(|end| tag.end + end + 1);
    match end {
        Some(end) if text[start..end].trim() == &text[tag.clone()] => start..end,
        _ => tag.clone(),
    }
}

/// Whether a place is inside of an attribute's value in HTML.
fn is_in_attribute(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches(|one: char| !"\"'\n<>(".contains(one));
    let quote = before.trim_end_matches(['"', '\'']);
    before.len() > quote.len() && quote.trim_end().ends_with('=')
}
