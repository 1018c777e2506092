//! A page without most of its text: what other pages can see of it, and what its own file depends on besides its words.
//! That is enough to tell that a file which an earlier build made need not be made again.

use std::borrow::Cow;

use serde::{Serialize, Serializer};

use super::{Body, Draft, FrontMatter, Heading, Holds, Name, Page, Piece, Reading, parse};
use crate::hash::Fingerprint;
use crate::source::SourceTree;

/// A page with its text, which is read again if it was left out.
pub fn whole<'a>(page: &'a Page, source: &SourceTree, reading: &Reading) -> Cow<'a, Page> {
    if !page.is_outline {
        return Cow::Borrowed(page);
    }
    let Some(file) = source.file(&page.path) else {
        return Cow::Borrowed(page);
    };
    // A file that is gone by now, or no text any more, has nothing to say.
    let (bytes, fingerprint) = file.content(&page.path).unwrap_or_default();
    let text = SourceTree::text(&page.path, &bytes).unwrap_or_default();
    let draft = Draft::of(&page.path, text, fingerprint, source);
    let (read, _) = parse(&draft, reading);
    Cow::Owned(Page {
        // With what the sections around it say.
        front: page.front.clone(),
        title: page.title.clone(),
        ..read
    })
}

impl Body {
    /// Whether an outline has less of it. With shortcodes in it the text stays as it is: a calculator's headings go on
    /// from those around it.
    fn can_be_left_out(&self) -> bool {
        !self.holds.parts
    }
}

/// How a page is kept.
#[derive(Serialize)]
struct Outline<'a> {
    path: &'a str,
    name: &'a Name,
    head: Fingerprint,
    text: Fingerprint,
    front: &'a FrontMatter,
    title: &'a str,
    body: Rest<'a>,
    is_outline: bool,
}

/// A body without its HTML.
#[derive(Serialize)]
struct Rest<'a> {
    pieces: Pieces<'a>,
    holds: Holds,
    summary: Option<usize>,
    headings: &'a [Heading],
    word_count: usize,
}

struct Pieces<'a>(&'a Body);

impl Serialize for Pieces<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let is_whole = !self.0.can_be_left_out();
        let pieces = self.0.pieces.iter();
        let kept = pieces.filter(|piece| is_whole || !matches!(piece, Piece::Html(_)));
        let kept: Vec<&Piece> = kept.collect();
        kept.serialize(serializer)
    }
}

impl Page {
    /// What is read back as the page without the HTML on which nothing but its own file depends.
    pub fn outline(&self) -> impl Serialize {
        Outline {
            path: &self.path,
            name: &self.name,
            head: self.head,
            text: self.text,
            front: &self.front,
            title: &self.title,
            body: Rest {
                pieces: Pieces(&self.body),
                holds: self.body.holds,
                summary: self.body.summary,
                headings: &self.body.headings,
                word_count: self.body.word_count,
            },
            is_outline: self.body.can_be_left_out(),
        }
    }
}

/// Free values as JSON, for formats that want to know beforehand what comes.
pub mod as_text {
    use serde::de::{Deserialize, Deserializer, Error};
    use serde::ser::{Error as _, Serialize, Serializer};
    use serde_json::Value as Json;

    pub fn serialize<S: Serializer>(value: &Json, serializer: S) -> Result<S::Ok, S::Error> {
        let text = match value {
            Json::Null => String::new(),
            value => serde_json::to_string(value).map_err(S::Error::custom)?,
        };
        text.serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Json, D::Error> {
        let text = <&str>::deserialize(deserializer)?;
        match text {
            "" => Ok(Json::Null),
            text => serde_json::from_str(text).map_err(D::Error::custom),
        }
    }
}

/// The same with the place of the value.
pub mod spanned_as_text {
    use serde::de::{Deserialize, Deserializer};
    use serde::ser::{Serialize, Serializer};
    use serde_json::Value as Json;

    use super::as_text;
    use crate::diagnostic::Span;
    use crate::fields::Spanned;

    #[derive(serde::Serialize, serde::Deserialize)]
    struct Text(#[serde(with = "as_text")] Json, Span);

    pub fn serialize<S: Serializer>(
        spanned: &Spanned<Json>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        Text(spanned.value.clone(), spanned.span.clone()).serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Spanned<Json>, D::Error> {
        let Text(value, span) = Text::deserialize(deserializer)?;
        Ok(Spanned { value, span })
    }
}
