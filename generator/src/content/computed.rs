//! Shortcodes that show what an estimate model says: a figure, a calculator, a methodology.

use std::collections::BTreeMap;
use std::sync::Arc;

use pulldown_cmark_escape::escape_html;

use super::{CALCULATOR, Expansion};
use crate::calculator::Spot;
use crate::diagnostic::Diagnostic;
use crate::fields::Spanned;
use crate::methodology::PARTS;
use crate::models::{EMBED_TEMPLATE, FigureRequest, LoadedModel};
use crate::page::Shortcode;
use crate::theme::{no_argument, written_args};
use crate::view::{ModelView, Segment, ShortcodeView};

impl Expansion<'_> {
    /// `{{ estimate(model=…, approach=…, show=…, set=…) }}`: one figure as text.
    pub(super) fn figure(&mut self, shortcode: &Shortcode) -> Option<Segment> {
        let [model, approach, show, set] =
            self.text_args(shortcode, ["model", "approach", "show", "set"])?;
        let model = self.require(shortcode, "model", model)?;
        let show = self.require(shortcode, "show", show)?;
        let words = self.words();
        let loaded = self.model(&model)?;
        let request = FigureRequest {
            approach: approach.as_ref().map(|approach| approach.value.as_str()),
            show: &show.value,
            set: set.as_ref().map(|set| set.value.as_str()),
            words,
        };
        match loaded.figure(&request) {
            Ok(text) => {
                let mut html = String::new();
                // Writing to a String cannot fail.
                let _ = escape_html(&mut html, &text);
                Some(Segment::Html(html))
            }
            Err(wrong) => {
                let argument = match wrong.name {
                    "approach" => approach,
                    "set" => set,
                    _ => Some(show),
                };
                let span =
                    argument.map_or_else(|| shortcode.span.clone(), |argument| argument.span);
                let placed = wrong
                    .diagnostics
                    .into_iter()
                    .map(|diagnostic| diagnostic.at(self.from.file, span.clone()));
                self.diagnostics.extend(placed);
                None
            }
        }
    }

    /// `{{ calculator(model=…) }}`: a form and its results.
    pub(super) fn calculator(&mut self, shortcode: &Shortcode) -> Option<Segment> {
        let [model] = self.text_args(shortcode, ["model"])?;
        let model = self.require(shortcode, "model", model)?;
        let loaded = Arc::clone(self.model(&model)?);
        self.require_template(shortcode, "calculators")?;
        // A page may hold several of a model; their controls need different ids.
        let known = self.shown.calculators.iter();
        let number = known.filter(|known| known.model == model.value).count() + 1;
        let spot = Spot {
            title: self.title,
            number,
            below: self.heading,
        };
        let can_be_embedded = self.with.theme.has(EMBED_TEMPLATE);
        let calculator = Arc::new(loaded.calculator(spot, can_be_embedded, self.words()));
        self.shown.calculators.push(Arc::clone(&calculator));
        Some(Segment::Shortcode(ShortcodeView {
            name: CALCULATOR.to_owned(),
            args: BTreeMap::new(),
            body: None,
            questions: Vec::new(),
            model: Some(ModelView::Calculator(calculator)),
        }))
    }

    /// `{{ methodology(model=…, part=…) }}`: every number of a model, and how it answers.
    pub(super) fn methodology(&mut self, shortcode: &Shortcode) -> Option<Segment> {
        let [model, part] = self.text_args(shortcode, ["model", "part"])?;
        let model = self.require(shortcode, "model", model)?;
        let loaded = Arc::clone(self.model(&model)?);
        self.require_template(shortcode, "methodologies")?;
        let unknown = |part: &&Spanned<String>| !PARTS.contains(&part.value.as_str());
        if let Some(part) = part.as_ref().filter(unknown) {
            self.diagnostics.push(
                Diagnostic::error(format!("a methodology has no part `{}`", part.value))
                    .at(self.from.file, part.span.clone())
                    .label(format!("its parts are {}", PARTS.join(", ")))
                    .suggest(&part.value, PARTS),
            );
            return None;
        }
        let id = self.free_id(match part {
            Some(part) => format!("{}-methodology-{}", model.value, part.value),
            None => format!("{}-methodology", model.value),
        });
        let methodology = loaded.methodology(&id, self.words());
        self.shown.methodologies.push(id);
        Some(Segment::Shortcode(ShortcodeView {
            name: "methodology".to_owned(),
            args: written_args(shortcode),
            body: None,
            questions: Vec::new(),
            model: Some(ModelView::Methodology(Arc::new(methodology))),
        }))
    }

    /// An id that no methodology of the page has yet.
    fn free_id(&self, id: String) -> String {
        let numbered = (2..).map(|number| format!("{id}-{number}"));
        let mut ids = std::iter::once(id.clone()).chain(numbered);
        let free = ids.find(|id| !self.shown.methodologies.contains(id));
        free.unwrap_or(id)
    }

    /// `None`, which is reported, if the theme cannot draw what a shortcode computes.
    fn require_template(&mut self, shortcode: &Shortcode, what: &str) -> Option<()> {
        let template = format!("shortcodes/{}.html", shortcode.name.value);
        if self.with.theme.has(&template) {
            return Some(());
        }
        self.diagnostics.push(
            Diagnostic::error(format!("the theme cannot draw {what}"))
                .at(self.from.file, shortcode.name.span.clone())
                .label(format!("it has no `templates/{template}`")),
        );
        None
    }

    fn model(&mut self, id: &Spanned<String>) -> Option<&Arc<LoadedModel>> {
        let models = self.with.models;
        let found = models.get(&id.value);
        // A model that is broken has been reported at its own file.
        if found.is_none() && !models.is_broken(&id.value) {
            self.diagnostics.push(
                Diagnostic::error(format!("there is no estimate model `{}`", id.value))
                    .at(self.from.file, id.span.clone())
                    .label(format!("no file `content/estimates/{}.toml`", id.value))
                    .suggest_among(&id.value, "models", models.ids().collect()),
            );
        }
        found
    }

    /// The arguments as texts, in the order of `names`; any other argument is refused.
    fn text_args<const N: usize>(
        &mut self,
        shortcode: &Shortcode,
        names: [&str; N],
    ) -> Option<[Option<Spanned<String>>; N]> {
        let mut texts = [const { None }; N];
        let mut complete = true;
        for arg in &shortcode.args {
            let place = names.iter().position(|name| *name == arg.name.value);
            let wrong = match (place, arg.value.value.as_str()) {
                (Some(place), Some(text)) => {
                    texts[place] = Some(Spanned {
                        value: text.to_owned(),
                        span: arg.value.span.clone(),
                    });
                    continue;
                }
                (None, _) => no_argument(&shortcode.name.value, &arg.name.value, &names)
                    .at(self.from.file, arg.name.span.clone()),
                (Some(_), None) => {
                    Diagnostic::error(format!("`{}` must be a text in quotes", arg.name.value))
                        .at(self.from.file, arg.value.span.clone())
                }
            };
            self.diagnostics.push(wrong);
            complete = false;
        }
        if let Some(body) = &shortcode.body {
            self.diagnostics.push(
                Diagnostic::error(format!("`{}` takes no body", shortcode.name.value))
                    .at(self.from.file, shortcode.name.span.clone())
                    .help(format!("write `{{{{ {}(…) }}}}`", shortcode.name.value)),
            );
            complete = body.pieces.is_empty();
        }
        complete.then_some(texts)
    }

    fn require(
        &mut self,
        shortcode: &Shortcode,
        name: &str,
        text: Option<Spanned<String>>,
    ) -> Option<Spanned<String>> {
        if text.is_none() {
            self.diagnostics.push(
                Diagnostic::error(format!("`{}` needs `{name}`", shortcode.name.value))
                    .at(self.from.file, shortcode.span.clone())
                    .label(format!("add `{name}=\"…\"`")),
            );
        }
        text
    }
}
