//! Pairs of brackets in a text, such as `{% … %}`: what templates and shortcodes of every generator
//! stand in.

use crate::diagnostic::Span;

/// An opening bracket with the one that closes it.
pub type Kind = (&'static str, &'static str);

/// What stands in brackets.
#[derive(Clone, Debug)]
pub struct Bracketed<'t> {
    /// With the brackets.
    pub span: Span,
    pub kind: Kind,
    /// Without white space around it.
    pub inside: &'t str,
}

/// The first pair within a part of a text. An opening bracket that nothing closes is text.
pub fn first<'t>(text: &'t str, within: Span, kinds: &[Kind]) -> Option<Bracketed<'t>> {
    let mut from = within.start;
    while from < within.end {
        let rest = &text[from..within.end];
        let found = kinds
            .iter()
            .filter_map(|kind| Some((rest.find(kind.0)?, *kind)))
            .min_by_key(|(at, _)| *at);
        let (at, kind) = found?;
        let (open, close) = kind;
        let inside = from + at + open.len();
        if let Some(length) = text[inside..within.end].find(close) {
            let end = inside + length;
            return Some(Bracketed {
                span: from + at..end + close.len(),
                kind,
                inside: text[inside..end].trim(),
            });
        }
        from = inside;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::first;

    const KINDS: [(&str, &str); 2] = [("{{", "}}"), ("{%", "%}")];

    #[test]
    fn the_first_pair_that_is_closed_is_found() {
        let text = "é { {{ x {% a %} b }} {% c";
        let found = first(text, 0..text.len(), &KINDS).unwrap();
        assert_eq!(&text[found.span], "{{ x {% a %} b }}");
        assert_eq!(found.inside, "x {% a %} b");
        let open = "{% {{ a }}";
        let found = first(open, 0..open.len(), &KINDS).unwrap();
        assert_eq!((found.inside, found.kind.0), ("a", "{{"));
        assert!(first(text, text.len() - 4..text.len(), &KINDS).is_none());
    }
}
