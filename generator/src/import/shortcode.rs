//! Shortcodes of other generators: their arguments, and what the common ones, which most themes
//! have under much the same names, are called here.

use super::body::{is_elsewhere, link, vimeo, youtube};

/// A shortcode's name and what it was given, in its order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Call {
    pub name: String,
    pub args: Vec<(Option<String>, String)>,
}

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
    let name = call.name.to_ascii_lowercase();
    let whole = |text: String| Some(Written::Whole(text));
    let around = |open: &str, close: &str| Some(Written::Around(open.to_owned(), close.to_owned()));
    match name.as_str() {
        "figure" | "image" | "img" | "picture" | "resize_image" => whole(picture(call)?),
        "youtube" | "youtubelite" => {
            let id = call.main(&["id"])?;
            whole(video(call, "Video on YouTube", &youtube(id)))
        }
        "vimeo" => {
            let id = call.main(&["id"])?;
            whole(video(call, "Video on Vimeo", &vimeo(id)))
        }
        "gist" => {
            let address = match (call.get(&["url"]), call.nth(0), call.nth(1)) {
                (Some(url), ..) => url.to_owned(),
                (None, Some(user), Some(id)) => format!("https://gist.github.com/{user}/{id}"),
                (None, Some(id), None) => format!("https://gist.github.com/{id}"),
                (None, None, _) => return None,
            };
            whole(link("Code on GitHub", &address))
        }
        "tweet" | "x" | "twitter" => {
            let user = call.get(&["user"]).unwrap_or("i");
            let id = call.get(&["id"]).or_else(|| call.nth(0))?;
            whole(link(
                "A post on X",
                &format!("https://x.com/{user}/status/{id}"),
            ))
        }
        "instagram" => {
            let id = call.main(&["id"])?;
            whole(link(
                "A picture on Instagram",
                &format!("https://www.instagram.com/p/{id}/"),
            ))
        }
        "button" | "btn" => {
            let address = call.get(&["href", "url", "link", "relref"])?;
            match call.get(&["text", "label", "name", "content"]) {
                Some(text) => whole(format!(
                    "{{% button() %}}{}{{% end %}}",
                    link(text, address)
                )),
                None => around("{% button() %}[", &format!("]({address}){{% end %}}")),
            }
        }
        "details" | "expand" | "collapse" | "spoiler" => {
            let summary = call.main(&["summary", "title"]).unwrap_or("Details");
            around(
                &format!("\n<details>\n<summary>{summary}</summary>\n\n"),
                "\n\n</details>\n",
            )
        }
        "raw" | "rawhtml" | "raw_html" | "unsafe" | "html" => around("", ""),
        // A theme's style sheet may know the class, or come to know it.
        "center" | "div" => {
            let id = call.get(&["id"]).map(|id| format!(" id=\"{id}\""));
            let class = match name.as_str() {
                "center" => Some("center"),
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
        "mermaid" => around("\n```mermaid\n", "\n```\n"),
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
        // Those of themes, such as `full_width_image(src="…")`.
        _ if ["image", "img", "figure", "photo"]
            .iter()
            .any(|word| name.contains(word))
            && call.get(&["src", "path", "file"]).is_some_and(is_picture) =>
        {
            whole(picture(call)?)
        }
        "toc" | "tableofcontents" => whole(String::new()),
        _ => remark(call, &name),
    }
}

fn is_picture(path: &str) -> bool {
    let ending = path.rsplit('.').next().unwrap_or_default();
    let known = ["png", "jpg", "jpeg", "webp", "avif", "gif", "svg"];
    known.contains(&ending.to_ascii_lowercase().as_str())
}

/// A remark set apart from the text. Our theme knows five kinds.
fn remark(call: &Call, name: &str) -> Option<Written> {
    let named = call.main(&["type", "kind", "level", "style", "class", "variant", "icon"]);
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
    let open = match title {
        Some(title) => format!("{{% note(kind=\"{kind}\", title={}) %}}\n", quoted(title)),
        None => format!("{{% note(kind=\"{kind}\") %}}\n"),
    };
    let body = call.get(&["text", "content", "body"]);
    Some(match body {
        Some(body) => Written::Whole(format!("{open}{body}\n{{% end %}}")),
        None => Written::Around(open, "\n{% end %}".to_owned()),
    })
}

fn kind_of(word: &str) -> Option<&'static str> {
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
    let source = call.main(&["src", "url", "path", "file"])?;
    let caption = call.get(&["caption", "title", "desc"]);
    let words = call.get(&["alt"]).or(caption).unwrap_or_default();
    // A path as Markdown takes it.
    let bare = link(words, source);
    let shown = match is_elsewhere(source) {
        true => link(if words.is_empty() { "Picture" } else { words }, source),
        false => format!("!{bare}"),
    };
    let target = call
        .get(&["link", "href", "target"])
        .filter(|target| *target != source && !target.starts_with('_'));
    let shown = match target {
        Some(target) if shown.starts_with('!') => format!("[{shown}]({target})"),
        _ => shown,
    };
    Some(match caption {
        Some(caption) => format!(
            "{{% figure(caption={}) %}}\n{shown}\n{{% end %}}",
            quoted(caption)
        ),
        None => shown,
    })
}

fn video(call: &Call, name: &str, address: &str) -> String {
    link(call.get(&["title", "caption"]).unwrap_or(name), address)
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
        let (name, after) =
            match rest.find(|one: char| one == '=' || one.is_whitespace() || one == '"') {
                Some(end) if rest[end..].starts_with('=') => {
                    (Some(rest[..end].to_owned()), &rest[end + 1..])
                }
                _ => (None, rest),
            };
        let (value, after) = value(after.trim_start(), |one| one.is_whitespace());
        args.push((name, value));
        rest = after.trim_start();
    }
    args
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

#[cfg(test)]
mod tests {
    use super::*;

    fn hugo(name: &str, args: &str) -> Option<Written> {
        common(&Call {
            name: name.to_owned(),
            args: spaced_args(args),
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
