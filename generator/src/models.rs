//! The site's estimate models, ready to compute: each file of
//! `content/estimates/` with its engine and the results asked for so far.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use tallypress_calculator::model::{Engine, Estimate, InputError, Study};

use crate::address::BaseUrl;
use crate::assets::{EMBED_SCRIPT, Widget, output_path};
use crate::calculator::{self, CalculatorView, Known, Results, Spot, Urls, Wanted, WrongArgument};
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::estimate::{self, EstimateModel, settings};
use crate::hash::Hasher;
use crate::methodology::{self, MethodologyView};
use crate::source::{MODELS, SourceTree};
use crate::store::Store;
use crate::words::Words;

/// The theme's template for pages that hold nothing but a calculator. It may lack it.
pub const EMBED_TEMPLATE: &str = "embed.html";

/// The folder of the pages that other sites show in a frame.
pub const EMBEDS: &str = "embed/";

/// The address below the site's root of the page that holds nothing but a model's calculator.
pub fn embed_path(model: &str) -> String {
    format!("{EMBEDS}{model}/")
}

/// One model file: the model, unless something is wrong with it.
pub type Parsed = (Option<Arc<LoadedModel>>, Vec<Diagnostic>);

/// The models by id, which is the name of their file.
#[derive(Default)]
pub struct Models {
    sound: BTreeMap<String, Arc<LoadedModel>>,
    broken: Vec<String>,
}

impl Models {
    pub fn get(&self, id: &str) -> Option<&Arc<LoadedModel>> {
        self.sound.get(id)
    }

    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.sound.keys().map(String::as_str)
    }

    /// Whether there is such a file but no model could be made of it.
    pub fn is_broken(&self, id: &str) -> bool {
        self.broken.iter().any(|broken| broken == id)
    }
}

/// A file of a model: its own, or a translation of its texts.
pub struct ModelFile<'a> {
    pub path: &'a str,
    pub bytes: &'a [u8],
    /// The model's id.
    pub id: &'a str,
    /// The language that it is a translation into.
    pub language: Option<&'a str>,
}

/// All files of models. `x.fr.toml` is a translation where there is a model `x`.
pub fn files(source: &SourceTree) -> Vec<ModelFile<'_>> {
    let named = || {
        source.below(MODELS).filter_map(|(path, bytes)| {
            let name = path[MODELS.len()..].strip_suffix(".toml")?;
            Some((path, bytes, name))
        })
    };
    let names: BTreeSet<&str> = named().map(|(_, _, name)| name).collect();
    let files = named().map(|(path, bytes, name)| {
        let parts = name.rsplit_once('.');
        let original = parts.filter(|(id, _)| names.contains(id));
        ModelFile {
            path,
            bytes,
            id: original.map_or(name, |(id, _)| id),
            language: original.map(|(_, language)| language),
        }
    });
    files.collect()
}

/// Reads every model of the site that is new or has changed.
pub fn load(
    source: &SourceTree,
    config: &Config,
    memory: &Store<Parsed>,
) -> (Models, Vec<Diagnostic>) {
    let base_url = &config.base_url;
    let mut models = Models::default();
    let mut diagnostics = Vec::new();
    let files = files(source);
    for &ModelFile {
        path, bytes, id, ..
    } in files.iter().filter(|file| file.language.is_none())
    {
        let mut key = Hasher::default();
        key.add(path.as_bytes());
        key.add(bytes);
        key.add(base_url.to_string().as_bytes());
        let mut translations = Vec::new();
        for file in files.iter().filter(|file| file.id == id) {
            let Some(language) = file.language else {
                continue;
            };
            match config.languages.iter().any(|known| known.tag == language) {
                true => {
                    key.add(file.path.as_bytes());
                    key.add(file.bytes);
                    translations.push((language, file));
                }
                false => diagnostics.push(
                    Diagnostic::error(format!("the site has no language `{language}`"))
                        .in_file(file.path)
                        .label(format!("this looks like a translation of {path}"))
                        .help(format!("add `[languages.{language}]` to site.toml")),
                ),
            }
        }
        let (model, wrong) =
            memory.get_or_make(key.finish(), || match SourceTree::text(path, bytes) {
                Ok(text) => parse(path, text, &translations, base_url),
                Err(not_text) => (None, vec![not_text]),
            });
        diagnostics.extend(wrong);
        match model {
            Some(model) => {
                models.sound.insert(id.to_owned(), model);
            }
            None => models.broken.push(id.to_owned()),
        }
    }
    (models, diagnostics)
}

fn parse(
    path: &str,
    text: &str,
    translations: &[(&str, &ModelFile<'_>)],
    base_url: &BaseUrl,
) -> Parsed {
    let (model, mut diagnostics) = estimate::parse(path, text);
    let Some(source) = model else {
        return (None, diagnostics);
    };
    let translated = translated(&source, translations, &mut diagnostics);
    if diagnostics.iter().any(Diagnostic::is_error) {
        return (None, diagnostics);
    }
    match Computed::new(&source) {
        Ok(computed) => {
            let engine = &computed.engine;
            let binary: Arc<[u8]> = Arc::from(engine.seal());
            let output = output_path(&format!("estimates/{}.bin", source.id), &binary);
            let widget = Widget::new(base_url);
            let model = LoadedModel {
                path: path.to_owned(),
                urls: Urls {
                    model: base_url.href(&output),
                    widget: widget.glue_url,
                    wasm: widget.wasm_url,
                    embed: base_url.permalink(&embed_path(&source.id)),
                    embed_script: base_url.permalink(EMBED_SCRIPT),
                },
                output,
                binary,
                source,
                translated,
                computed,
                estimates: Mutex::default(),
            };
            (Some(Arc::new(model)), diagnostics)
        }
        // The file's rules leave nothing that the engine refuses.
        Err(flaw) => {
            let message = format!("the model cannot be computed: {flaw}");
            diagnostics.push(Diagnostic::error(message).in_file(path));
            (None, diagnostics)
        }
    }
}

/// A model in each language that it has been translated into.
fn translated(
    source: &EstimateModel,
    translations: &[(&str, &ModelFile<'_>)],
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<String, EstimateModel> {
    let mut translated = BTreeMap::new();
    for (language, file) in translations {
        match SourceTree::text(file.path, file.bytes) {
            Ok(text) => {
                let (model, wrong) = estimate::translate(source, file.path, text);
                diagnostics.extend(wrong);
                translated.insert((*language).to_owned(), model);
            }
            Err(not_text) => diagnostics.push(not_text),
        }
    }
    translated
}

/// What is computed of every model.
struct Computed {
    engine: Engine,
    /// With the default inputs, and what stands behind it.
    default: Estimate,
    study: Study,
    scenarios: Vec<Arc<Estimate>>,
}

impl Computed {
    fn new(source: &EstimateModel) -> Result<Self, String> {
        let engine = Engine::new(&source.model).map_err(|flaw| format!("{flaw:?}"))?;
        let refused = |wrong: InputError| format!("{wrong:?}");
        let defaults = source.model.defaults();
        let default = engine.estimate(&defaults).map_err(refused)?;
        let study = Study::complete(&default.sheet, &defaults, &engine, &engine.sketch());
        let scenarios = source.scenarios.iter().map(|scenario| {
            let estimate = engine.estimate(&scenario.values);
            estimate.map(Arc::new).map_err(refused)
        });
        Ok(Self {
            study: study.map_err(refused)?,
            scenarios: scenarios.collect::<Result<_, _>>()?,
            default,
            engine,
        })
    }
}

/// A model with its engine. Estimates are pure functions of the inputs, so
/// each is computed once.
pub struct LoadedModel {
    pub path: String,
    /// The file that the widget reads, below the output folder.
    pub output: String,
    pub binary: Arc<[u8]>,
    urls: Urls,
    source: EstimateModel,
    /// By language.
    translated: BTreeMap<String, EstimateModel>,
    computed: Computed,
    /// By the bits of the inputs.
    estimates: Mutex<HashMap<Vec<u64>, Arc<Estimate>>>,
}

/// One figure that an author wants in a sentence.
#[derive(Clone, Copy, Debug)]
pub struct FigureRequest<'a> {
    pub approach: Option<&'a str>,
    pub show: &'a str,
    /// `functions=6, cto_hours=20`; the other inputs have their defaults.
    pub set: Option<&'a str>,
    /// Of the sentence's language.
    pub words: &'a Words,
}

impl LoadedModel {
    /// The figure as text, such as `$41,000` or `62%`.
    ///
    /// # Errors
    /// What is wrong with which argument.
    pub fn figure(&self, request: &FigureRequest<'_>) -> Result<String, WrongArgument> {
        let set: Vec<String> = request
            .set
            .unwrap_or_default()
            .split(',')
            .map(|setting| setting.trim().to_owned())
            .filter(|setting| !setting.is_empty())
            .collect();
        let wrong = |diagnostics| WrongArgument {
            name: "set",
            diagnostics,
        };
        let inputs =
            settings::inputs(&self.source, self.source.model.defaults(), &set).map_err(wrong)?;
        let estimate = self.estimate(&inputs).map_err(|error| {
            wrong(vec![Diagnostic::error(format!(
                "cannot compute this: {error:?}"
            ))])
        })?;
        let wanted = Wanted {
            approach: request.approach,
            show: request.show,
            words: request.words,
        };
        calculator::figure_text(self.told(request.words), &inputs, &estimate, wanted)
    }

    /// Every figure of the default inputs that a sentence may name.
    pub fn figures(&self, words: &Words) -> Vec<Known<'_>> {
        calculator::known_figures(&self.source, &self.computed.default, words)
    }

    pub fn currency(&self) -> &str {
        &self.source.currency
    }

    /// The calculator on a page, with the default inputs. Its addresses for embedding are empty if there
    /// is no page to embed.
    pub fn calculator(
        &self,
        spot: Spot<'_>,
        can_be_embedded: bool,
        words: &Words,
    ) -> CalculatorView {
        let results = Results {
            model: self.told(words),
            engine: &self.computed.engine,
            default: &self.computed.default,
            study: &self.computed.study,
            scenarios: &self.computed.scenarios,
            words,
        };
        let mut urls = self.urls.clone();
        if !can_be_embedded {
            urls.embed.clear();
            urls.embed_script.clear();
        }
        calculator::view(results, &urls, spot)
    }

    /// The model laid open, for an element of this id.
    pub fn methodology(&self, id: &str, words: &Words) -> MethodologyView {
        // Inputs of a model that was read are legal, so there is always an estimate.
        let estimate = |inputs: &[f64]| self.estimate(inputs).ok();
        methodology::view(self.told(words), id, words, estimate)
    }

    /// The model with the texts of a language, or with its own.
    fn told(&self, words: &Words) -> &EstimateModel {
        self.translated.get(&words.lang).unwrap_or(&self.source)
    }

    fn estimate(&self, inputs: &[f64]) -> Result<Arc<Estimate>, InputError> {
        let key: Vec<u64> = inputs.iter().map(|input| input.to_bits()).collect();
        let mut estimates = self
            .estimates
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = estimates.get(&key) {
            return Ok(Arc::clone(known));
        }
        let computed = Arc::new(self.computed.engine.estimate(inputs)?);
        estimates.insert(key, Arc::clone(&computed));
        Ok(computed)
    }
}
