//! Finds shortcodes in Markdown: `{{ name(key="x") }}`, and `{% name(key="x") %}…{% end %}`
//! around a body. Nothing inside code is a shortcode, `\{{` is literal text, and
//! anything else that starts like one but is malformed is an error.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::passage::Passage;
use crate::diagnostic::{Diagnostic, Span};
use crate::fields::Spanned;

/// Lists inside lists: deeper than any argument, and the reader recurses that far.
const DEEPEST: usize = 16;

/// What is wrong with a shortcode whose body goes on for ever.
const UNENDED: &str = "this has no `{% end %}`";

/// A shortcode as written. Spans are offsets into the passage.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    pub name: Spanned<String>,
    pub args: Vec<Arg>,
    /// The text between the opening and `{% end %}`, for the form with a body.
    pub body: Option<Span>,
    /// From the first brace to the last.
    pub span: Span,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Arg {
    pub name: Spanned<String>,
    #[serde(with = "super::outline::spanned_as_text")]
    pub value: Spanned<Value>,
}

/// Finds the outermost shortcodes of a passage, in order, leaving out what
/// starts inside one of the `code` spans. Bodies are not searched: they are
/// Markdown of their own.
pub fn find(passage: &Passage<'_>, code: &[Span]) -> (Vec<Call>, Vec<Diagnostic>) {
    let mut scanner = Scanner::new(passage, code);
    let mut calls = Vec::new();
    let mut diagnostics = Vec::new();
    // Openings that are malformed have an end all the same.
    let mut unclosed = 0;
    while let Some(opening) = scanner.next_opening() {
        if let Opening::Block(start) = opening
            && scanner.take_end()
        {
            if unclosed > 0 {
                unclosed -= 1;
                continue;
            }
            let wrong = Diagnostic::error("a shortcode's end without its beginning")
                .label("no shortcode with a body is open here")
                .help("delete it, or write `\\{%` for literal braces");
            diagnostics.push(passage.mark(wrong, start..scanner.at));
            continue;
        }
        match scanner.call(opening) {
            Ok(call) => calls.push(call),
            Err(malformed) => {
                unclosed += usize::from(matches!(opening, Opening::Block(_)));
                scanner.at = scanner.at.max(opening.start() + 2);
                let begins = &passage.text()[opening.start()..];
                let help = if malformed.label == UNENDED {
                    "put `{% end %}` behind the text that belongs to it"
                } else if begins.starts_with("{{<") || begins.starts_with("{{%") {
                    "what Hugo has as `{{< name key=\"value\" >}}` is `{{ name(key=\"value\") }}` here"
                } else {
                    "write `{{ name(key=\"value\") }}`, or `\\{{` for literal braces"
                };
                let wrong = Diagnostic::error("malformed shortcode")
                    .label(malformed.label)
                    .help(help);
                diagnostics.push(passage.mark(wrong, malformed.span));
            }
        }
    }
    (calls, diagnostics)
}

/// Everything in a passage that is a shortcode without a body if it is one at
/// all: in code, in bodies and inside of other shortcodes too.
pub fn every_inline<'p>(passage: &'p Passage<'_>) -> impl Iterator<Item = Call> + 'p {
    let text = passage.text();
    text.match_indices("{{").filter_map(move |(start, braces)| {
        let mut scanner = Scanner::new(passage, &[]);
        scanner.at = start + braces.len();
        scanner.call(Opening::Inline(start)).ok()
    })
}

#[derive(Clone, Copy)]
enum Opening {
    /// `{{` at this offset.
    Inline(usize),
    /// `{%` at this offset.
    Block(usize),
}

impl Opening {
    fn start(self) -> usize {
        match self {
            Opening::Inline(start) | Opening::Block(start) => start,
        }
    }
}

struct Malformed {
    span: Span,
    label: String,
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
    end: usize,
    code: &'a [Span],
}

impl<'a> Scanner<'a> {
    fn new(passage: &'a Passage<'_>, code: &'a [Span]) -> Self {
        let text = passage.text();
        Self {
            text,
            at: 0,
            end: text.len(),
            code,
        }
    }

    /// Moves behind the next `{{` or `{%` that is neither escaped nor in code.
    fn next_opening(&mut self) -> Option<Opening> {
        loop {
            let found = self.at + self.text[self.at..self.end].find('{')?;
            self.at = found + 1;
            let opening = match self.text.as_bytes().get(found + 1) {
                Some(b'{') if found + 1 < self.end => Opening::Inline(found),
                Some(b'%') if found + 1 < self.end => Opening::Block(found),
                _ => continue,
            };
            self.at = found + 2;
            let escaped = self.text[..found].ends_with('\\');
            let in_code = self
                .code
                .iter()
                .any(|span| span.start <= found && found < span.end);
            if !escaped && !in_code {
                return Some(opening);
            }
        }
    }

    fn call(&mut self, opening: Opening) -> Result<Call, Malformed> {
        let start = opening.start();
        let name = self.name("a shortcode's name goes here")?;
        let mut args: Vec<Arg> = Vec::new();
        self.expect("(", start, "`(` is missing after the name")?;
        loop {
            if self.take(")") {
                break;
            }
            if !args.is_empty() {
                self.expect(",", start, "`,` or `)` is missing here")?;
                if self.take(")") {
                    break;
                }
            }
            let name = self.name("an argument's name or `)` goes here")?;
            if args.iter().any(|arg| arg.name.value == name.value) {
                return Err(Malformed {
                    span: name.span,
                    label: format!("`{}` is given twice", name.value),
                });
            }
            self.expect("=", start, "`=` is missing after the argument's name")?;
            let value = self.value(0)?;
            args.push(Arg { name, value });
        }
        let closing = match opening {
            Opening::Inline(_) => "}}",
            Opening::Block(_) => "%}",
        };
        self.expect(closing, start, &format!("`{closing}` is missing"))?;
        let body = match opening {
            Opening::Inline(_) => None,
            Opening::Block(_) => Some(self.body(start)?),
        };
        Ok(Call {
            name,
            args,
            body,
            span: start..self.at,
        })
    }

    /// Moves behind the `{% end %}` that belongs to the opening just read.
    fn body(&mut self, start: usize) -> Result<Span, Malformed> {
        let body_start = self.at;
        let mut depth = 1;
        while let Some(opening) = self.next_opening() {
            let Opening::Block(inner) = opening else {
                continue;
            };
            if !self.take_end() {
                if let Some(other) = self.other_end() {
                    return Err(Malformed {
                        label: "this is written `{% end %}` here".to_owned(),
                        span: inner..other,
                    });
                }
                depth += 1;
                continue;
            }
            depth -= 1;
            if depth == 0 {
                return Ok(body_start..inner);
            }
        }
        Err(Malformed {
            span: start..body_start,
            label: UNENDED.to_owned(),
        })
    }

    /// Moves behind `end %}` if that is what follows `{%`.
    fn take_end(&mut self) -> bool {
        let mut lookahead = Scanner { ..*self };
        let is_end = lookahead
            .name("")
            .is_ok_and(|name| name.value == "end" && lookahead.take("%}"));
        if is_end {
            self.at = lookahead.at;
        }
        is_end
    }

    /// Where `endnote %}` ends, which closes a body elsewhere, if that is what follows `{%`.
    fn other_end(&mut self) -> Option<usize> {
        let mut lookahead = Scanner { ..*self };
        let name = lookahead.name("").ok()?.value;
        let is_end = name.starts_with("end") && lookahead.take("%}");
        is_end.then(|| {
            self.at = lookahead.at;
            self.at
        })
    }

    /// Reads the value of an argument, which may be inside of `depth` lists.
    fn value(&mut self, depth: usize) -> Result<Spanned<Value>, Malformed> {
        self.skip_space();
        let start = self.at;
        if depth > DEEPEST {
            return Err(Malformed {
                span: start..start + 1,
                label: format!("lists are nested more than {DEEPEST} deep"),
            });
        }
        let rest = &self.text[start..self.end];
        let value = match rest.chars().next() {
            Some(quote @ ('"' | '\'')) => self.quoted(quote)?,
            Some('“' | '”' | '„' | '‘' | '’' | '«') => {
                let length = rest.chars().next().map_or(1, char::len_utf8);
                return Err(Malformed {
                    span: start..start + length,
                    label: "quotes are straight here: `\"`".to_owned(),
                });
            }
            Some('[') => {
                self.at += 1;
                let mut items = Vec::new();
                while !self.take("]") {
                    if !items.is_empty() {
                        self.expect(",", start, "`,` or `]` is missing here")?;
                        if self.take("]") {
                            break;
                        }
                    }
                    items.push(self.value(depth + 1)?.value);
                }
                Value::Array(items)
            }
            _ => {
                let length = rest
                    .find(|one: char| !(one.is_alphanumeric() || "+-._".contains(one)))
                    .unwrap_or(rest.len());
                let word = &rest[..length];
                self.at += length;
                bare(word).ok_or_else(|| Malformed {
                    span: start..start + length.max(1),
                    label: "a text in quotes, a number, true, false or a list goes here".to_owned(),
                })?
            }
        };
        Ok(Spanned {
            value,
            span: start..self.at,
        })
    }

    fn quoted(&mut self, quote: char) -> Result<Value, Malformed> {
        let start = self.at;
        let inside = &self.text[start + 1..self.end];
        match inside.find(quote) {
            Some(length) => {
                self.at = start + 1 + length + 1;
                Ok(Value::String(inside[..length].to_owned()))
            }
            None => Err(Malformed {
                span: start..start + 1,
                label: "this quote is never closed".to_owned(),
            }),
        }
    }

    fn name(&mut self, missing: &str) -> Result<Spanned<String>, Malformed> {
        self.skip_space();
        let start = self.at;
        let rest = &self.text[start..self.end];
        let length = rest
            .find(|one: char| !(one.is_ascii_alphanumeric() || one == '_' || one == '-'))
            .unwrap_or(rest.len());
        if length == 0 {
            return Err(Malformed {
                span: start..start + 1,
                label: missing.to_owned(),
            });
        }
        self.at += length;
        Ok(Spanned {
            value: rest[..length].to_owned(),
            span: start..self.at,
        })
    }

    fn expect(&mut self, token: &str, start: usize, missing: &str) -> Result<(), Malformed> {
        if self.take(token) {
            return Ok(());
        }
        Err(Malformed {
            span: start..self.at,
            label: missing.to_owned(),
        })
    }

    fn take(&mut self, token: &str) -> bool {
        let before = self.at;
        self.skip_space();
        if self.text[self.at..self.end].starts_with(token) {
            self.at += token.len();
            return true;
        }
        self.at = before;
        false
    }

    fn skip_space(&mut self) {
        let rest = &self.text[self.at..self.end];
        self.at += rest.len() - rest.trim_start().len();
    }
}

fn bare(word: &str) -> Option<Value> {
    match word {
        "true" => Some(Value::Bool(true)),
        "false" => Some(Value::Bool(false)),
        _ => match word.parse::<i64>() {
            Ok(integer) => Some(integer.into()),
            Err(_) => word
                .parse()
                .ok()
                .filter(|_| word.starts_with(|first: char| "+-.0123456789".contains(first)))
                .and_then(serde_json::Number::from_f64)
                .map(Value::Number),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calls(text: &str) -> Vec<Call> {
        let (calls, diagnostics) = find(&Passage::new("a.md", text, 0..text.len()), &[]);
        assert_eq!(diagnostics, []);
        calls
    }

    fn complaint(text: &str) -> String {
        let (_, diagnostics) = find(&Passage::new("a.md", text, 0..text.len()), &[]);
        diagnostics[0].label.clone()
    }

    #[test]
    fn arguments_are_texts_numbers_flags_and_lists() {
        let calls = calls(r#"{{ x(a="b", n=-2.5, on=true, list=[1, 'two'],) }}"#);
        let values: Vec<String> = calls[0]
            .args
            .iter()
            .map(|arg| arg.value.value.to_string())
            .collect();
        assert_eq!(values, [r#""b""#, "-2.5", "true", r#"[1,"two"]"#]);
    }

    #[test]
    fn a_body_may_hold_another_body() {
        let text = "{% note() %}a {% tip() %}b{% end %} c{% end %} d";
        let calls = calls(text);
        assert_eq!(calls.len(), 1);
        assert_eq!(
            &text[calls[0].body.clone().unwrap()],
            "a {% tip() %}b{% end %} c"
        );
    }

    #[test]
    fn escaped_braces_are_text() {
        assert_eq!(calls(r"\{{ page.title }}"), []);
    }

    #[test]
    fn what_is_malformed_is_named() {
        assert_eq!(complaint("{{ x }}"), "`(` is missing after the name");
        assert_eq!(
            complaint("{{ x(a=) }}"),
            "a text in quotes, a number, true, false or a list goes here"
        );
        assert_eq!(complaint("{{ x(a=\"b) }}"), "this quote is never closed");
        assert_eq!(complaint("{% x() %} for ever"), "this has no `{% end %}`");
        assert_eq!(complaint("{{ x(a=1, a=2) }}"), "`a` is given twice");
        assert_eq!(
            complaint("{% x(a=“b”) %}c{% end %}"),
            "quotes are straight here: `\"`"
        );
        assert_eq!(
            complaint("{% x() %}c{% endx %}"),
            "this is written `{% end %}` here"
        );
    }
}
