//! Filters of Liquid behind a text that is known: those that need nothing but the text are worked out.

use jiff::fmt::strtime::BrokenDownTime;
use pulldown_cmark_escape::escape_html;

use crate::import::front::date;

/// One filter: `append: ".png"`.
pub struct Filter<'t> {
    pub name: &'t str,
    /// As they are written.
    pub args: Vec<&'t str>,
}

impl Filter<'_> {
    /// Whether it makes an address of a path.
    pub fn completes_address(&self) -> bool {
        match self.name {
            "relative_url" | "absolute_url" => true,
            "prepend" => matches!(self.args[..], ["site.baseurl" | "site.url"]),
            _ => false,
        }
    }
}

/// The value of `value | filter: argument, other`, and its filters.
pub fn parts(expression: &str) -> (&str, Vec<Filter<'_>>) {
    let mut parts = split(expression, '|').into_iter();
    let value = parts.next().unwrap_or_default();
    let filters = parts.map(|filter| {
        let (name, args) = filter.split_once(':').unwrap_or((filter, ""));
        Filter {
            name: name.trim(),
            args: match args.trim() {
                "" => Vec::new(),
                args => split(args, ','),
            },
        }
    });
    (value, filters.collect())
}

/// The text in quotes, if it is one.
pub fn quoted(written: &str) -> Option<&str> {
    ['"', '\'']
        .into_iter()
        .find_map(|quote| written.strip_prefix(quote)?.strip_suffix(quote))
}

/// The text behind a filter with its arguments; `None` if this cannot be known here.
pub fn filtered(text: &str, name: &str, args: &[String]) -> Option<String> {
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    Some(match (name, args.as_slice()) {
        ("append", [end]) => format!("{text}{end}"),
        ("prepend", [start]) => format!("{start}{text}"),
        ("remove", [part]) => text.replace(part, ""),
        ("replace", [old, new]) => text.replace(old, new),
        ("replace_first", [old, new]) => text.replacen(old, new, 1),
        ("default", [other, ..]) => match text {
            "" => (*other).to_owned(),
            text => text.to_owned(),
        },
        ("upcase", []) => text.to_uppercase(),
        ("downcase", []) => text.to_lowercase(),
        ("capitalize", []) => {
            let mut letters = text.chars();
            let first = letters.next().into_iter().flat_map(char::to_uppercase);
            first
                .chain(letters.as_str().to_lowercase().chars())
                .collect()
        }
        ("strip", []) => text.trim().to_owned(),
        ("lstrip", []) => text.trim_start().to_owned(),
        ("rstrip", []) => text.trim_end().to_owned(),
        ("strip_newlines", []) => text.replace(['\n', '\r'], ""),
        ("normalize_whitespace", []) => text.split_whitespace().collect::<Vec<&str>>().join(" "),
        ("escape" | "escape_once" | "xml_escape", []) => {
            let mut escaped = String::new();
            escape_html(&mut escaped, text).ok()?;
            escaped
        }
        // The text stands in Markdown anyway.
        ("markdownify", []) => text.to_owned(),
        ("strip_html", []) if !text.contains('<') => text.to_owned(),
        ("size", []) => text.chars().count().to_string(),
        ("slugify", []) => slugified(text),
        ("date", [form]) => day(text, form)?,
        ("date_to_string", []) => day(text, "%d %b %Y")?,
        ("date_to_long_string", []) => day(text, "%d %B %Y")?,
        _ => return None,
    })
}

fn day(text: &str, form: &str) -> Option<String> {
    let (date, _) = date(text)?;
    BrokenDownTime::from(date.day()).to_string(form).ok()
}

/// Letters of all languages stay, as Jekyll has it.
fn slugified(text: &str) -> String {
    let lower = text.to_lowercase();
    let words = lower.split(|one: char| !one.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join("-")
}

/// The parts of a text between signs that stand in no quotes.
fn split(text: &str, sign: char) -> Vec<&str> {
    let mut quote = None;
    let parts = text.split(|one: char| {
        match (one, quote) {
            ('"' | '\'', None) => quote = Some(one),
            (one, Some(open)) if one == open => quote = None,
            _ => {}
        }
        one == sign && quote.is_none()
    });
    parts.map(str::trim).collect()
}
