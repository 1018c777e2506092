//! Code blocks: highlighted, with the line numbers, marked lines and name that
//! their first line asks for, as in Zola (`rust,linenos,hl_lines=2-3`) or as in
//! Hugo (`rust {linenos=true, hl_lines=["2-3"]}`).

use std::ops::RangeInclusive;

use pulldown_cmark::CodeBlockKind;
use pulldown_cmark_escape::escape_html_body_text;

use super::highlight;
use super::writer::Writer;
use crate::diagnostic::{Diagnostic, Span};

/// What a block may be given; everything else on its first line is for others.
const ATTRIBUTES: [&str; 5] = ["linenos", "linenostart", "hl_lines", "hide_lines", "name"];

pub struct OpenCode {
    info: String,
    /// Of the whole block.
    range: Span,
    pub text: String,
}

impl OpenCode {
    pub fn new(kind: &CodeBlockKind<'_>, range: Span) -> Self {
        let info = match kind {
            CodeBlockKind::Fenced(info) => info.to_string(),
            CodeBlockKind::Indented => String::new(),
        };
        Self {
            info,
            range,
            text: String::new(),
        }
    }
}

/// The first line of a block.
#[derive(Debug, Default, PartialEq)]
struct Fence {
    language: String,
    name: String,
    /// The number of the first line, if lines are numbered.
    numbers: Option<usize>,
    marked: Vec<Lines>,
    hidden: Vec<Lines>,
}

/// Lines of a block, counted from 1, and where that was written.
#[derive(Debug, PartialEq)]
struct Lines {
    lines: RangeInclusive<usize>,
    span: Span,
}

/// Something wrong at a stretch of the first line.
#[derive(Debug, PartialEq)]
struct Wrong {
    span: Span,
    diagnostic: Diagnostic,
}

impl Writer<'_, '_, '_> {
    /// Wide code scrolls, and a keyboard has to be able to reach it for that.
    pub(super) fn end_code(&mut self) {
        let Some(code) = self.code.take() else {
            return;
        };
        let (fence, mut wrong) = Fence::read(&code.info);
        if fence.language == "math" {
            return self.math_block(&code.text, code.range);
        }
        self.count_words(&code.text);
        let count = code.text.lines().count();
        wrong.extend(fence.beyond(count));
        for Wrong { span, diagnostic } in wrong {
            let span = self.in_info(&code, span);
            self.report(diagnostic, span);
        }
        self.out.fresh_line();
        if !fence.name.is_empty() {
            self.out
                .html
                .push_str("<figure class=\"code\">\n<figcaption>");
            self.out.escape(&fence.name);
            self.out.html.push_str("</figcaption>\n");
        }
        let by_line = fence.numbers.is_some() || !fence.marked.is_empty();
        self.out.html.push_str("<pre tabindex=\"0\"");
        if fence.numbers.is_some() {
            self.out.html.push_str(" class=\"numbered\"");
        }
        self.out.html.push_str("><code");
        if !fence.language.is_empty() {
            self.out.html.push_str(" class=\"language-");
            self.out.escape(&fence.language);
            self.out.html.push('"');
        }
        self.out.html.push('>');
        let highlighted = match self.page.options.highlight {
            true => highlight::lines(&code.text, &fence.language),
            false => None,
        };
        match highlighted {
            None if !by_line && fence.hidden.is_empty() => self.out.escape_body(&code.text),
            lines => {
                let lines = lines.unwrap_or_else(|| plain_lines(&code.text));
                fence.write(&lines, by_line, &mut self.out.html);
            }
        }
        self.out.html.push_str("</code></pre>\n");
        if !fence.name.is_empty() {
            self.out.html.push_str("</figure>\n");
        }
    }

    /// Where a stretch of a block's first line stands in the passage.
    fn in_info(&self, code: &OpenCode, span: Span) -> Span {
        let block = &self.marked[code.range.clone()];
        let first = block.lines().next().unwrap_or_default();
        match first.find(&code.info) {
            Some(start) => {
                let start = code.range.start + start;
                start + span.start..start + span.end
            }
            None => code.range.start..code.range.start + first.len(),
        }
    }
}

fn plain_lines(code: &str) -> Vec<String> {
    let escaped = |line: &str| {
        let mut html = String::with_capacity(line.len());
        // Writing to a String cannot fail.
        let _ = escape_html_body_text(&mut html, line);
        html
    };
    code.lines().map(escaped).collect()
}

impl Fence {
    fn write(&self, lines: &[String], by_line: bool, html: &mut String) {
        let within = |ranges: &[Lines], line| ranges.iter().any(|one| one.lines.contains(&line));
        for (index, line) in lines.iter().enumerate() {
            if within(&self.hidden, index + 1) {
                continue;
            }
            if !by_line {
                html.push_str(line);
                html.push('\n');
                continue;
            }
            let tag = match within(&self.marked, index + 1) {
                true => "mark",
                false => "span",
            };
            let number = match self.numbers {
                Some(first) => format!(" data-line=\"{}\"", first + index),
                None => String::new(),
            };
            html.push_str(&format!("<{tag} class=\"line\"{number}>{line}\n</{tag}>"));
        }
    }

    /// Lines that the code does not have.
    fn beyond(&self, count: usize) -> Vec<Wrong> {
        let lines = self.marked.iter().chain(&self.hidden);
        lines
            .filter(|one| *one.lines.end() > count)
            .map(|one| Wrong {
                span: one.span.clone(),
                diagnostic: Diagnostic::warning("the code has no such line").label(match count {
                    1 => "it has one line".to_owned(),
                    count => format!("it has {count} lines"),
                }),
            })
            .collect()
    }

    fn read(info: &str) -> (Self, Vec<Wrong>) {
        let end = info
            .find(|one: char| one.is_whitespace() || one == ',' || one == '{')
            .unwrap_or(info.len());
        let mut fence = Self {
            language: info[..end].to_owned(),
            ..Self::default()
        };
        let mut wrong = Vec::new();
        let mut numbered = None;
        let mut first = None;
        let mut words = words(info, end).into_iter().peekable();
        while let Some(Word { key, value, span }) = words.next() {
            let mut values = vec![(value, span.clone())];
            // `hl_lines=1-2 4` goes on without its name.
            while let Some(next) = words.next_if(|next| {
                matches!(key, "hl_lines" | "hide_lines")
                    && next.value.is_none()
                    && is_lines(next.key)
            }) {
                values.push((Some(next.key), next.span));
            }
            match key {
                "linenos" => match value {
                    None | Some("true" | "table" | "inline") => numbered = Some(true),
                    Some("false") => numbered = Some(false),
                    Some(_) => wrong.push(bad(span, "`linenos` is true or false")),
                },
                "linenostart" => match value.and_then(|value| value.parse().ok()) {
                    Some(number) => first = Some(number),
                    None => wrong.push(bad(span, "`linenostart` is a line's number")),
                },
                "hl_lines" | "hide_lines" => {
                    for (value, span) in values {
                        let into = match key {
                            "hl_lines" => &mut fence.marked,
                            _ => &mut fence.hidden,
                        };
                        match value.and_then(|value| ranges(value, &span)) {
                            Some(lines) => into.extend(lines),
                            None => wrong.push(bad(span, "lines are written as `3` or `5-7`")),
                        }
                    }
                }
                "name" => fence.name = value.unwrap_or_default().to_owned(),
                key => wrong.extend(unknown(key, value.is_some(), span)),
            }
        }
        // Who asks for a first number wants numbers.
        if numbered.unwrap_or(first.is_some()) {
            fence.numbers = Some(first.unwrap_or(1));
        }
        (fence, wrong)
    }
}

fn bad(span: Span, label: &str) -> Wrong {
    Wrong {
        span,
        diagnostic: Diagnostic::error("wrong attribute of a code block").label(label),
    }
}

/// Documentation tools have words of their own; only what was meant for us is reported.
fn unknown(key: &str, has_value: bool, span: Span) -> Option<Wrong> {
    let diagnostic = Diagnostic::warning(format!("a code block has no attribute `{key}`"))
        .label("nothing reads this")
        .suggest(key, ATTRIBUTES);
    (has_value || !diagnostic.help.is_empty()).then_some(Wrong { span, diagnostic })
}

struct Word<'i> {
    key: &'i str,
    value: Option<&'i str>,
    span: Span,
}

/// What stands between commas and blanks, outside of quotes and brackets.
fn words(info: &str, from: usize) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut start = None;
    let mut quote = None;
    let mut brackets = 0_usize;
    let ends = info[from..]
        .char_indices()
        .chain([(info.len() - from, ' ')]);
    for (offset, one) in ends {
        let at = from + offset;
        let is_gap = one.is_whitespace() || ",{}".contains(one);
        match quote {
            Some(open) if open == one => quote = None,
            Some(_) => {}
            None if one == '"' || one == '\'' => quote = Some(one),
            None => match one {
                '[' => brackets += 1,
                ']' => brackets = brackets.saturating_sub(1),
                _ => {}
            },
        }
        let is_last = at == info.len();
        match start {
            None if !is_gap && !is_last => start = Some(at),
            Some(first) if is_last || (is_gap && quote.is_none() && brackets == 0) => {
                words.push(word(&info[first..at], first));
                start = None;
            }
            _ => {}
        }
    }
    words
}

fn word(text: &str, start: usize) -> Word<'_> {
    let (key, value) = match text.split_once('=') {
        Some((key, value)) => (key, Some(value.trim_matches(['"', '\'']))),
        None => (text, None),
    };
    Word {
        key,
        value,
        span: start..start + text.len(),
    }
}

fn is_lines(word: &str) -> bool {
    word.starts_with(|one: char| one.is_ascii_digit())
}

/// `3`, `5-7`, or a list such as `[3, "5-7"]`.
fn ranges(written: &str, span: &Span) -> Option<Vec<Lines>> {
    let inside = written.trim_matches(['[', ']']);
    inside
        .split([',', ' '])
        .map(|one| one.trim_matches(['"', '\'', ' ']))
        .filter(|one| !one.is_empty())
        .map(|one| {
            let (first, last) = one.split_once('-').unwrap_or((one, one));
            let (first, last): (usize, usize) = (first.parse().ok()?, last.parse().ok()?);
            (first > 0 && first <= last).then(|| Lines {
                lines: first..=last,
                span: span.clone(),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(info: &str) -> Fence {
        let (fence, wrong) = Fence::read(info);
        assert_eq!(wrong, []);
        fence
    }

    fn lines(lines: &[Lines]) -> Vec<RangeInclusive<usize>> {
        lines.iter().map(|one| one.lines.clone()).collect()
    }

    #[test]
    fn attributes_are_written_as_in_zola_or_as_in_hugo() {
        let zola = read("rust,linenos,linenostart=10,hl_lines=1 3-5,name=src/main.rs");
        let hugo = read(
            "rust {linenos=table, hl_lines=[1,\"3-5\"], linenostart=10, name=\"src/main.rs\"}",
        );
        for fence in [zola, hugo] {
            assert_eq!(fence.language, "rust");
            assert_eq!(fence.numbers, Some(10));
            assert_eq!(lines(&fence.marked), [1..=1, 3..=5]);
            assert_eq!(fence.name, "src/main.rs");
        }
    }

    #[test]
    fn words_of_other_tools_are_left_alone() {
        assert_eq!(read("rust no_run").language, "rust");
        assert_eq!(read("rust,ignore").language, "rust");
        assert_eq!(read("").language, "");
        assert_eq!(read("{linenos=false}").numbers, None);
    }

    #[test]
    fn what_is_wrong_is_named_at_its_place() {
        let (_, wrong) = Fence::read("rust,lineno,hl_lines=b");
        let said: Vec<(&str, Span)> = wrong
            .iter()
            .map(|wrong| (wrong.diagnostic.label.as_str(), wrong.span.clone()))
            .collect();
        assert_eq!(
            said,
            [
                ("nothing reads this", 5..11),
                ("lines are written as `3` or `5-7`", 12..22)
            ]
        );
    }
}
