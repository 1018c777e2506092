//! Shortcodes of other generators: their arguments, and what the common ones, which most themes
//! have under much the same names, are called here.

use pulldown_cmark::{Event, Parser, Tag};

use super::body::{is_elsewhere, link, name_in};
use super::embeds::Embed;

/// A shortcode's name and what it was given, in its order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Call {
    pub name: String,
    pub args: Vec<(Option<String>, String)>,
    /// Whether it stands in HTML, where Markdown would be shown as it is.
    pub in_html: bool,
}

/// A list of headings in a text, and what becomes of it.
pub const CONTENTS: (&str, &str) = (
    "the table of contents was left out",
    "contents are a theme's, which makes them from the headings",
);

/// Why a picture is not made narrower.
const SIZE: &str = "a picture has the size of its file; `{.left}` behind it gives it a class";

/// Arguments that have a counterpart.
const OF_A_PICTURE: [&str; 14] = [
    "alt",
    "attr",
    "attrlink",
    "caption",
    "desc",
    "file",
    "href",
    "link",
    "path",
    "src",
    "target",
    "title",
    "url",
    "image_path",
];

/// Arguments that say what is so here anyway, or only how a link is opened.
const WITHOUT_EFFECT_ON_A_PICTURE: [&str; 4] = ["decoding", "loading", "op", "rel"];

/// What stands in a shortcode's place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    Whole(String),
    /// Before and behind its body.
    Around(String, String),
}

impl Call {
    /// An argument under the first of several names that it may have.
    pub fn get(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| {
            let named = |key: &Option<String>| {
                key.as_deref()
                    .is_some_and(|key| key.eq_ignore_ascii_case(name))
            };
            let (_, value) = self.args.iter().find(|(key, _)| named(key))?;
            Some(value.as_str()).filter(|value| !value.is_empty())
        })
    }

    /// An argument without a name, by its place among those.
    pub fn nth(&self, place: usize) -> Option<&str> {
        let mut unnamed = self.args.iter().filter(|(key, _)| key.is_none());
        unnamed.nth(place).map(|(_, value)| value.as_str())
    }

    /// A link, as it is written where the shortcode stands.
    fn link(&self, words: &str, address: &str) -> String {
        match self.in_html {
            true => format!("<a href=\"{}\">{words}</a>", quoted_in_html(address)),
            false => link(words, address),
        }
    }

    /// What a common shortcode says and ours does not.
    pub fn loss(&self) -> Option<(String, &'static str)> {
        let name = self.name.to_ascii_lowercase();
        if matches!(name.as_str(), "toc" | "tableofcontents") {
            return Some((CONTENTS.0.to_owned(), CONTENTS.1));
        }
        if matches!(name.as_str(), "katex" | "math" | "mathjax" | "latex") {
            return Some((super::FORMULAS.to_owned(), super::MAKE_FORMULAS));
        }
        if Embed::of(self).is_some() {
            let became = format!("`{}` became a link", self.name);
            return Some((became, "pages load nothing from other sites"));
        }
        if !shows_a_picture(self, &name) {
            return None;
        }
        let lost = self.args.iter().filter_map(|(key, value)| {
            let key = key.as_deref()?.to_ascii_lowercase();
            let is_known = OF_A_PICTURE.contains(&key.as_str())
                || WITHOUT_EFFECT_ON_A_PICTURE.contains(&key.as_str());
            (!is_known && !value.is_empty()).then(|| format!("`{key}`"))
        });
        let lost: Vec<String> = lost.collect();
        let are = if lost.len() == 1 { "was" } else { "were" };
        (!lost.is_empty()).then(|| (format!("{} {are} left out", lost.join(", ")), SIZE))
    }

    /// What readers should read of a shortcode that is not known.
    pub fn words(&self) -> Option<&str> {
        self.get(&["text", "content", "body", "label"])
    }

    /// Under one of these names, or else the first without a name.
    fn main(&self, names: &[&str]) -> Option<&str> {
        self.get(names).or_else(|| self.nth(0))
    }
}

/// A common shortcode as it is written here; `None` for one that is not known.
pub fn common(call: &Call) -> Option<Written> {
    if let Some(embed) = Embed::of(call) {
        let words = call.get(&["title", "caption"]).unwrap_or(embed.words);
        return Some(Written::Whole(call.link(words, &embed.address)));
    }
    let name = call.name.to_ascii_lowercase();
    let whole = |text: String| Some(Written::Whole(text));
    let around = |open: &str, close: &str| Some(Written::Around(open.to_owned(), close.to_owned()));
    match name.as_str() {
        name if shows_a_picture(call, name) => whole(picture(call)?),
        "video" | "audio" => whole(player(call, &name)?),
        "button" | "btn" | "cta" => {
            let address = call.get(&["href", "url", "link", "relref", "cta_link"])?;
            match call.get(&["text", "label", "name", "content", "cta_text"]) {
                Some(text) => whole(format!(
                    "{{% button() %}}{}{{% end %}}",
                    link(text, address)
                )),
                None => around("{% button() %}[", &format!("]({address}){{% end %}}")),
            }
        }
        "details" | "detail" | "expand" | "collapse" | "spoiler" => {
            let summary = call
                .main(&["summary", "title", "text"])
                .unwrap_or("Details");
            around(
                &format!("\n<details>\n<summary>{summary}</summary>\n\n"),
                "\n\n</details>\n",
            )
        }
        "cards" | "cardpane" => around("", ""),
        "card" => match (
            call.get(&["link", "href", "url"]),
            call.get(&["title", "header"]),
        ) {
            (Some(address), Some(title)) => {
                let said = call.get(&["subtitle", "description"]);
                let said = said.map(|said| format!(": {said}")).unwrap_or_default();
                whole(format!("\n- {}{said}\n", link(title, address)))
            }
            (None, Some(title)) => around(&format!("\n**{}**\n\n", title.trim_matches('*')), "\n"),
            (_, None) => None,
        },
        // Between dollars once the settings say so.
        "katex" | "math" | "mathjax" | "latex" => {
            let is_block = ["block", "display"]
                .iter()
                .any(|name| call.get(&[name]) == Some("true"));
            let mark = if is_block { "$$" } else { "$" };
            match call.get(&["body", "text"]) {
                Some(body) => whole(format!("{mark}{}{mark}", body.trim())),
                None => around(mark, mark),
            }
        }
        // What one of several tabs shows stands below its name.
        "tabs" | "tabpane" | "tabbed" => around("", ""),
        "tab" => {
            let name = call.main(&["name", "title", "header", "label"])?;
            match call.get(&["codelang", "lang"]) {
                Some(code) => around(&format!("\n**{name}**\n\n```{code}\n"), "\n```\n"),
                None => around(&format!("\n**{name}**\n\n"), "\n"),
            }
        }
        "staticref" => {
            let file = call.nth(0)?.trim_start_matches('/');
            around("[", &format!("](/{file})"))
        }
        name if name.starts_with("code") || name == "sourcecode" => {
            let language = call
                .main(&["lang", "language", "codelang"])
                .unwrap_or_default();
            around(&format!("\n```{language}\n"), "\n```\n")
        }
        "raw" | "rawhtml" | "raw_html" | "unsafe" | "html" => around("", ""),
        // A theme's style sheet may know the class, or come to know it.
        "center" | "div" | "lead" => {
            let id = call.get(&["id"]).map(|id| format!(" id=\"{id}\""));
            let class = match name.as_str() {
                "center" | "lead" => Some(name.as_str()),
                _ => call.get(&["class", "classes"]).or_else(|| call.nth(0)),
            };
            let class = class.map(|class| format!(" class=\"{class}\""));
            let attributes = id.unwrap_or_default() + &class.unwrap_or_default();
            match attributes.is_empty() {
                true => around("", ""),
                false => around(&format!("\n<div{attributes}>\n\n"), "\n\n</div>\n"),
            }
        }
        // A diagram is drawn by a script; its source says the same.
        name if name.contains("mermaid") => around("\n```mermaid\n", "\n```\n"),
        "quote" | "blockquote" => {
            let words = [
                call.get(&["author", "by", "name"]),
                call.get(&["source", "cite"]),
            ];
            let words: Vec<&str> = words.into_iter().flatten().collect();
            let words = match call.get(&["url", "link", "href"]) {
                Some(address) if !words.is_empty() => link(&words.join(", "), address),
                _ => words.join(", "),
            };
            let close = match words.as_str() {
                "" => "\n\n</blockquote>\n".to_owned(),
                words => format!("\n\n— {words}\n\n</blockquote>\n"),
            };
            around("\n<blockquote>\n\n", &close)
        }
        "toc" | "tableofcontents" => whole(String::new()),
        _ => remark(call, &name),
    }
}

/// One of the common names, or that of a theme such as `full_width_image(src="…")`.
fn shows_a_picture(call: &Call, name: &str) -> bool {
    let is_like_one = || {
        ["image", "img", "figure", "photo"]
            .iter()
            .any(|word| name.contains(word))
    };
    matches!(
        name,
        "figure" | "image" | "img" | "picture" | "resize_image"
    ) || (is_like_one()
        && call
            .get(&["src", "path", "file", "image_path"])
            .is_some_and(is_picture))
}

fn is_picture(path: &str) -> bool {
    let ending = path.rsplit('.').next().unwrap_or_default();
    let known = ["png", "jpg", "jpeg", "webp", "avif", "gif", "svg"];
    known.contains(&ending.to_ascii_lowercase().as_str())
}

/// A remark set apart from the text. Our theme knows five kinds.
fn remark(call: &Call, name: &str) -> Option<Written> {
    let named = call.main(&[
        "type", "kind", "level", "style", "class", "color", "variant", "icon",
    ]);
    let kind = kind_of(name).or_else(|| {
        let generic = matches!(
            name,
            "admonition" | "alert" | "callout" | "notice" | "hint" | "note" | "box" | "panel"
        );
        generic.then(|| {
            named
                .and_then(|word| kind_of(&word.to_ascii_lowercase()))
                .unwrap_or("note")
        })
    })?;
    // `{% note(type="tip") %}` is a tip.
    let kind = match name {
        "note" => named.and_then(kind_of).unwrap_or(kind),
        _ => kind,
    };
    let title = call.get(&["title", "header", "heading", "summary"]);
    // `{{% notice tip "Title" %}}`
    let second = || {
        call.nth(1)
            .filter(|word| !matches!(*word, "true" | "false"))
    };
    let title = title.or_else(second).map(str::trim);
    let open = match title.filter(|title| !title.is_empty()) {
        Some(title) => format!("{{% note(kind=\"{kind}\", title={}) %}}\n", quoted(title)),
        None => format!("{{% note(kind=\"{kind}\") %}}\n"),
    };
    let body = call.get(&["text", "content", "body", "message", "alert"]);
    Some(match body {
        Some(body) => Written::Whole(format!("{open}{body}\n{{% end %}}")),
        None => Written::Around(open, "\n{% end %}".to_owned()),
    })
}

/// The kind of a remark that a word of another theme means.
pub fn kind_of(word: &str) -> Option<&'static str> {
    Some(match word.trim_start_matches("alert-") {
        "note" | "info" | "primary" | "secondary" | "abstract" | "question" | "quote" => "note",
        "tip" | "success" | "example" => "tip",
        "important" => "important",
        "warning" | "warn" | "attention" => "warning",
        "caution" | "danger" | "error" | "failure" | "bug" => "caution",
        _ => return None,
    })
}

fn picture(call: &Call) -> Option<String> {
    let named = call.main(&["src", "url", "path", "file", "image_path"]);
    // `{{< image link="./plan.svg" >}}` names the picture, too.
    let source = named.or_else(|| call.get(&["link"]).filter(|link| is_picture(link)))?;
    let words = match (call.get(&["alt"]), call.get(&["caption", "title", "desc"])) {
        (Some(words), _) => words.to_owned(),
        (None, Some(caption)) => without_markup(caption),
        (None, None) => String::new(),
    };
    let caption = caption(call);
    let caption = caption.as_deref();
    let shown = if is_elsewhere(source) {
        call.link(if words.is_empty() { "Picture" } else { &words }, source)
    } else if call.in_html {
        let [source, words] = [source, &words].map(quoted_in_html);
        format!("<img src=\"{source}\" alt=\"{words}\">")
    } else {
        // A path as Markdown takes it.
        format!("!{}", link(&words, source))
    };
    let target = call
        .get(&["link", "href", "target"])
        .filter(|target| *target != source && !target.starts_with('_'));
    let shown = match target {
        Some(target) if call.in_html && !is_elsewhere(source) => {
            format!("<a href=\"{}\">{shown}</a>", quoted_in_html(target))
        }
        Some(target) if shown.starts_with('!') => format!("[{shown}]({target})"),
        _ => shown,
    };
    Some(match caption {
        None => shown,
        Some(caption) if call.in_html => {
            let caption = match caption.contains('<') {
                true => caption.to_owned(),
                false => without_markup(caption),
            };
            format!("<figure>{shown}<figcaption>{caption}</figcaption></figure>")
        }
        // An argument is plain text.
        Some(caption) if without_markup(caption) != caption => format!(
            "\n<figure>\n\n{shown}\n\n<figcaption>\n\n{caption}\n\n</figcaption>\n</figure>\n"
        ),
        Some(caption) => format!(
            "{{% figure(caption={}) %}}\n{shown}\n{{% end %}}",
            quoted(caption)
        ),
    })
}

/// What stands below a picture: its title, what is said of it, and whose it is.
fn caption(call: &Call) -> Option<String> {
    let title = call.get(&["title"]);
    let said = call.get(&["caption", "desc"]);
    let mut caption = match (title, said) {
        (Some(title), Some(said)) if title != said => {
            let stop = match title.ends_with(['.', '!', '?', ':']) {
                true => "",
                false => ".",
            };
            format!("{title}{stop} {said}")
        }
        (title, said) => said.or(title).unwrap_or_default().to_owned(),
    };
    let owner = match (call.get(&["attr"]), call.get(&["attrlink"])) {
        (Some(owner), Some(address)) => Some(call.link(owner, address)),
        (Some(owner), None) => Some(owner.to_owned()),
        (None, address) => address.map(|address| call.link(name_in(address), address)),
    };
    if let Some(owner) = owner {
        let space = if caption.is_empty() { "" } else { " " };
        caption = format!("{caption}{space}{owner}");
    }
    (!caption.is_empty()).then_some(caption)
}

/// The words of a text that holds tags and Markdown.
fn without_markup(text: &str) -> String {
    let mut words = String::new();
    let mut links = 0_usize;
    for event in Parser::new(text) {
        match event {
            Event::Text(text) | Event::Code(text) => words.push_str(&text),
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            Event::Start(Tag::Link { .. }) => links += 1,
            _ => {}
        }
    }
    match links == 0 && !text.contains(['<', '*', '_', '`']) {
        true => text.to_owned(),
        false => words.split_whitespace().collect::<Vec<&str>>().join(" "),
    }
}

/// A text as it stands between the quotes of an attribute.
pub fn quoted_in_html(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('"', "&quot;")
        .replace('<', "&lt;")
}

/// A film or a sound that is a file of the site; `None` if it is not.
fn player(call: &Call, name: &str) -> Option<String> {
    let source = call.main(&["src", "url", "path", "file"])?;
    if is_elsewhere(source) {
        let words = call.get(&["title", "caption"]).unwrap_or(name_in(source));
        return Some(call.link(words, source));
    }
    let is_file = source.rsplit('/').next()?.contains('.');
    let source = quoted_in_html(source);
    is_file.then(|| format!("<{name} controls src=\"{source}\"></{name}>"))
}

/// A text as an argument.
fn quoted(text: &str) -> String {
    let text = text.replace(['\n', '\r'], " ");
    match ['"', '\'', '`']
        .into_iter()
        .find(|quote| !text.contains(*quote))
    {
        Some(quote) => format!("{quote}{text}{quote}"),
        None => format!("\"{}\"", text.replace('"', "”")),
    }
}

/// Arguments as Hugo writes them: `src="a b.png" width=300 plain`, in quotes, backticks or bare.
pub fn spaced_args(written: &str) -> Vec<(Option<String>, String)> {
    let mut args = Vec::new();
    let mut rest = written.trim();
    while !rest.is_empty() {
        let end = rest.find(|one: char| one == '=' || one.is_whitespace() || one == '"');
        let named =
            end.and_then(|end| Some((&rest[..end], rest[end..].trim_start().strip_prefix('=')?)));
        let (name, after) = match named {
            Some((name, after)) if is_name(name) => (Some(name.to_owned()), after),
            _ => (None, rest),
        };
        let (value, after) = value(after.trim_start(), |one| one.is_whitespace());
        args.push((name, value));
        rest = after.trim_start();
    }
    args
}

fn is_name(name: &str) -> bool {
    let fits = |one: char| one.is_alphanumeric() || "-_.".contains(one);
    !name.is_empty() && name.chars().all(fits)
}

/// Arguments as Zola writes them: `id="x", width=300, open=true`.
pub fn comma_args(written: &str) -> Vec<(Option<String>, String)> {
    let mut args = Vec::new();
    let mut rest = written.trim();
    while let Some((name, after)) = rest.split_once('=') {
        let (value, after) = value(after.trim_start(), |one| one == ',');
        args.push((Some(name.trim().to_owned()), value.trim().to_owned()));
        rest = after.trim_start().trim_start_matches(',').trim_start();
    }
    args
}

/// One value, in quotes or up to where it ends, and what follows it.
fn value(written: &str, ends: impl Fn(char) -> bool) -> (String, &str) {
    let quote = written
        .chars()
        .next()
        .filter(|one| matches!(one, '"' | '\'' | '`'));
    if quote.is_none() && written.starts_with('[') {
        let end = list_end(written).unwrap_or(written.len());
        return (written[..end].to_owned(), &written[end..]);
    }
    let Some(quote) = quote else {
        let end = written.find(ends).unwrap_or(written.len());
        return (written[..end].to_owned(), &written[end..]);
    };
    let mut value = String::new();
    let mut letters = written.char_indices().skip(1);
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\\' if quote == '"' => {
                value.extend(letters.next().map(|(_, escaped)| match escaped {
                    'n' => '\n',
                    escaped => escaped,
                }))
            }
            letter if letter == quote => return (value, &written[at + letter.len_utf8()..]),
            letter => value.push(letter),
        }
    }
    (value, "")
}

/// Where a list in brackets ends that a text begins with.
fn list_end(written: &str) -> Option<usize> {
    let mut quote = None;
    let mut depth = 0_usize;
    for (at, letter) in written.char_indices() {
        match (letter, quote) {
            ('"' | '\'', None) => quote = Some(letter),
            (letter, Some(open)) if letter == open => quote = None,
            ('[', None) => depth += 1,
            (']', None) => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hugo(name: &str, args: &str) -> Option<Written> {
        common(&Call {
            name: name.to_owned(),
            args: spaced_args(args),
            in_html: false,
        })
    }

    #[test]
    fn common_shortcodes_have_a_name_here() {
        let whole = |text: &str| Some(Written::Whole(text.to_owned()));
        assert_eq!(
            hugo("figure", r#"src="a b.png" alt="A \"b\"" caption="C""#),
            whole("{% figure(caption=\"C\") %}\n![A \"b\"](<a b.png>)\n{% end %}")
        );
        assert_eq!(hugo("figure", "src=/a.png"), whole("![](/a.png)"));
        assert_eq!(
            hugo("youtube", "abc"),
            whole("[Video on YouTube](https://www.youtube.com/watch?v=abc)")
        );
        assert_eq!(
            hugo("notice", "warning"),
            Some(Written::Around(
                "{% note(kind=\"warning\") %}\n".to_owned(),
                "\n{% end %}".to_owned()
            ))
        );
        assert_eq!(hugo("my-own", "x"), None);
    }

    #[test]
    fn arguments_are_read_as_zola_writes_them() {
        let args = comma_args("id=\"a, b\", width = 300, open=true");
        let args: Vec<(&str, &str)> = args
            .iter()
            .map(|(name, value)| (name.as_deref().unwrap_or_default(), value.as_str()))
            .collect();
        assert_eq!(args, [("id", "a, b"), ("width", "300"), ("open", "true")]);
    }
}
