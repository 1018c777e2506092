//! The words of code by what they are, for a theme to colour: `<span class="hl-keyword">`.
//! Grammars are Sublime Text's; they are loaded with the first block that needs them.

use std::sync::LazyLock;

use pulldown_cmark_escape::escape_html_body_text;
use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

static GRAMMARS: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);

/// The classes, and which scopes of the grammars they stand for. Of the scopes
/// that a word is in, the innermost with a class decides; of the classes, the
/// first that fits. An empty class keeps a word plain.
const CLASSES: [(&str, &[&str]); 15] = [
    ("comment", &["comment"]),
    (
        "escape",
        &["constant.character.escape", "constant.other.placeholder"],
    ),
    ("string", &["string"]),
    ("number", &["constant.numeric"]),
    ("constant", &["constant", "support.constant"]),
    ("inserted", &["markup.inserted"]),
    ("deleted", &["markup.deleted", "invalid"]),
    (
        "heading",
        &["markup.heading", "entity.name.section", "meta.diff.range"],
    ),
    ("tag", &["entity.name.tag"]),
    (
        "attribute",
        &[
            "entity.other.attribute-name",
            "variable.annotation",
            "meta.annotation",
        ],
    ),
    (
        "function",
        &[
            "entity.name.function",
            "entity.name.macro",
            "support.function",
            "support.macro",
            "variable.function",
        ],
    ),
    (
        "type",
        &[
            "entity.name",
            "entity.other.inherited-class",
            "storage.type.primitive",
            "support.class",
            "support.type",
        ],
    ),
    ("", &["keyword.operator"]),
    ("keyword", &["keyword", "storage", "variable.language"]),
    (
        "variable",
        &[
            "variable.parameter",
            "variable.other.readwrite.shell",
            "meta.mapping.key",
        ],
    ),
];

static SCOPES: LazyLock<Vec<(Scope, &'static str)>> = LazyLock::new(|| {
    let pairs = CLASSES
        .iter()
        .flat_map(|(class, scopes)| scopes.iter().map(move |scope| (scope, class)));
    pairs
        .filter_map(|(scope, class)| Some((Scope::new(scope).ok()?, *class)))
        .collect()
});

/// The lines of a piece of code as HTML, each without its end; `None` if the
/// language is unknown or needs no colours.
pub fn lines(code: &str, language: &str) -> Option<Vec<String>> {
    let grammar = grammar(language)?;
    let mut state = ParseState::new(grammar);
    let mut scopes = ScopeStack::new();
    code.split_inclusive('\n')
        .map(|line| self::line(line, &mut state, &mut scopes))
        .collect()
}

fn grammar(language: &str) -> Option<&'static SyntaxReference> {
    // Names in use that the grammars do not know.
    let name = match language.to_ascii_lowercase().as_str() {
        "" | "text" | "txt" | "plain" | "plaintext" | "math" | "mermaid" => return None,
        "shell" | "console" | "shell-session" => "bash",
        "jsonc" | "json5" => "json",
        name => return GRAMMARS.find_syntax_by_token(name),
    };
    GRAMMARS.find_syntax_by_token(name)
}

fn line(line: &str, state: &mut ParseState, scopes: &mut ScopeStack) -> Option<String> {
    let changes = state.parse_line(line, &GRAMMARS).ok()?;
    let text = line.trim_end_matches(['\n', '\r']);
    let mut words = Words {
        html: String::with_capacity(line.len() * 2),
        ..Words::default()
    };
    let mut at = 0;
    for (offset, change) in &changes {
        let end = (*offset).min(text.len()).max(at);
        words.write(&text[at..end], class(scopes));
        at = end;
        scopes.apply(change).ok()?;
    }
    words.write(&text[at..], class(scopes));
    Some(words.finish())
}

/// A line's words so far, neighbours of one class in one span.
#[derive(Default)]
struct Words<'l> {
    html: String,
    open: &'static str,
    /// White space that belongs into the span only if the next word does.
    gap: Vec<&'l str>,
}

impl<'l> Words<'l> {
    fn write(&mut self, text: &'l str, class: &'static str) {
        let word = text.trim_end();
        if !word.is_empty() {
            if class == self.open {
                self.close_gap();
            } else {
                self.close_span();
                if !class.is_empty() {
                    self.html.push_str("<span class=\"hl-");
                    self.html.push_str(class);
                    self.html.push_str("\">");
                }
                self.open = class;
            }
            // Writing to a String cannot fail.
            let _ = escape_html_body_text(&mut self.html, word);
        }
        self.gap.push(&text[word.len()..]);
    }

    fn close_gap(&mut self) {
        self.html.extend(self.gap.drain(..));
    }

    fn close_span(&mut self) {
        if !self.open.is_empty() {
            self.html.push_str("</span>");
        }
        self.open = "";
        self.close_gap();
    }

    fn finish(mut self) -> String {
        self.close_span();
        self.html
    }
}

fn class(scopes: &ScopeStack) -> &'static str {
    let class_of = |scope: &Scope| {
        let known = SCOPES.iter().find(|(known, _)| known.is_prefix_of(*scope));
        known.map(|(_, class)| *class)
    };
    scopes
        .as_slice()
        .iter()
        .rev()
        .find_map(class_of)
        .unwrap_or_default()
}
