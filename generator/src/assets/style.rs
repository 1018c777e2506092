//! Style sheets as they are published: comments are left out, and white space where none is needed. What is
//! left means the same by the letter of CSS Syntax, whatever properties and rules are in it.

/// A style sheet without what only its authors read. Licences in `/*! … */` stay.
pub fn minified(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    // Whether white space or a comment stood before what comes next.
    let mut space = false;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '/' if rest.starts_with("/*") => {
                let length = rest[2..].find("*/").map_or(rest.len(), |end| end + 4);
                if rest.starts_with("/*!") {
                    add(&mut out, &rest[..length], &mut space);
                } else {
                    space = true;
                }
                length
            }
            '"' | '\'' => {
                let length = quoted(rest, first);
                add(&mut out, &rest[..length], &mut space);
                length
            }
            ' ' | '\t' | '\n' | '\r' | '\u{c}' => {
                space = true;
                first.len_utf8()
            }
            // What is escaped may be anything, even a quote.
            '\\' => {
                let escaped = rest[1..].chars().next().map_or(0, char::len_utf8);
                add(&mut out, &rest[..1 + escaped], &mut space);
                1 + escaped
            }
            'u' | 'U' if is_url(rest) => {
                let length = rest.find(')').map_or(rest.len(), |end| end + 1);
                add(&mut out, &rest[..length], &mut space);
                length
            }
            '}' => {
                if ends_with(&out, &[';']) {
                    out.pop();
                }
                add(&mut out, "}", &mut space);
                1
            }
            _ => {
                add(&mut out, &rest[..first.len_utf8()], &mut space);
                first.len_utf8()
            }
        };
        rest = &rest[length..];
    }
    out
}

/// Adds a token, and one space before it where two tokens would become another one.
fn add(out: &mut String, token: &str, space: &mut bool) {
    if std::mem::take(space) {
        let ends_alone = out.is_empty() || ends_with(out, &['{', '}', ';', ',']);
        let begins_alone = token.starts_with(['{', '}', ';', ',']);
        // `--empty: ;` is a value, and `--empty:;` was none in older browsers.
        let is_empty_value = out.ends_with(':') && token == ";";
        if is_empty_value || !ends_alone && !begins_alone {
            out.push(' ');
        }
    }
    out.push_str(token);
}

/// Whether a text ends with one of some signs that means what it does, and is not escaped.
fn ends_with(text: &str, signs: &[char]) -> bool {
    text.strip_suffix(signs).is_some_and(|before| {
        let escapes = before.bytes().rev().take_while(|byte| *byte == b'\\');
        escapes.count() % 2 == 0
    })
}

/// How long the string is that a text begins with.
fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, one) in text.char_indices().skip(1) {
        match one {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            // A string that is not closed ends with its line.
            '\n' => return at,
            one if one == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// Whether a text begins with an address without quotes, in which nothing has its usual meaning.
fn is_url(text: &str) -> bool {
    let Some((name, inside)) = text.split_at_checked(4) else {
        return false;
    };
    name.eq_ignore_ascii_case("url(") && !inside.trim_start().starts_with(['"', '\''])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_authors_read_is_left_out() {
        let css = "/* About */\n@media (min-width: 40rem) and (hover) {\n  a:hover,\n  a :focus  > b {\n    \
                   color: red; /* why */\n    margin: 0 auto;\n  }\n}\n";
        assert_eq!(
            minified(css),
            "@media (min-width: 40rem) and (hover){a:hover,a :focus > b{color: red;margin: 0 auto}}"
        );
    }

    #[test]
    fn what_has_a_meaning_stays() {
        for css in [
            "a{content: \"  {;}  /* no comment */\"}",
            "a{content: '\\'  ;'}",
            "a{background: url(data:image/svg+xml;a/*b*/ c)}",
            "a{width: calc(1px + 2px)}",
            ".a .b{color: red}",
            "a{--empty: ;--list: 1 , 2}",
            "/*! licence */",
            "a\\;  b{color: red}",
            "a{b: \\;}",
        ] {
            let once = minified(css);
            assert_eq!(minified(&once), once);
            let same = css.replace(" , ", ",").replace("\\;  b", "\\; b");
            assert_eq!(once, same);
        }
    }

    #[test]
    fn a_comment_keeps_two_words_apart() {
        assert_eq!(minified("a/**/b{margin: 0/**/1px}"), "a b{margin: 0 1px}");
    }

    #[test]
    fn broken_style_sheets_are_taken_as_they_are() {
        for css in [
            "a{content: \"open\n}",
            "/* open",
            "a{background: url(open",
            "\\",
            "a{b:'",
        ] {
            minified(css);
        }
    }
}
