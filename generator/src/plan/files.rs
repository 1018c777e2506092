//! Files that no template makes: assets, what lies beside pages, redirects, and the calculators' own.

use std::sync::Arc;

use super::{Job, Order, Planner};
use crate::address::Address;
use crate::assets::{Assets, EMBED_SCRIPT, Widget, embed_script};
use crate::calculator::{CalculatorView, Spot};
use crate::config::FILE;
use crate::content::Shown;
use crate::diagnostic::{Diagnostic, Place};
use crate::models::{EMBED_TEMPLATE, embed_path};
use crate::view::{ArticleLink, Subject};

const STATIC: &str = "static/";

impl Planner<'_> {
    /// Keeps the first page of each calculator, in the site's own language if there is one.
    pub fn note_calculators(
        &mut self,
        calculators: &[Arc<CalculatorView>],
        title: &str,
        address: &Address,
        language: usize,
    ) {
        let base_url = &self.views.config.base_url;
        for calculator in calculators {
            let known = self.calculators.get(&calculator.model);
            if known.is_none_or(|(known, _)| language < *known) {
                let article = ArticleLink {
                    title: title.to_owned(),
                    path: base_url.href(address.as_str()),
                    permalink: base_url.permalink(address.as_str()),
                };
                let model = calculator.model.clone();
                self.calculators.insert(model, (language, article));
            }
        }
    }

    /// A page for each calculator alone, to be framed by other sites, if the theme has a template for that.
    pub fn embeds(&mut self) {
        if !self.views.theme.has(EMBED_TEMPLATE) || self.calculators.is_empty() {
            return;
        }
        for (id, (language, article)) in self.calculators.clone() {
            let Some(model) = self.views.expander.models.get(&id) else {
                continue;
            };
            let address = match Address::parse(&embed_path(&id)) {
                Ok(address) => address,
                Err(why) => {
                    let message = format!("`{id}` cannot be a part of an address");
                    let diagnostic = Diagnostic::error(message)
                        .label(why)
                        .help("the page to embed has the name of the model: rename its file");
                    self.diagnostics.push(diagnostic.in_file(&model.path));
                    continue;
                }
            };
            // Its template has one heading for the page, and one for the calculator.
            let spot = Spot {
                title: &article.title,
                number: 1,
                below: 2,
            };
            let words = &self.views.expander.words[language];
            let calculator = Arc::new(model.calculator(spot, true, words));
            let shown = Shown {
                calculators: vec![Arc::clone(&calculator)],
                ..Shown::default()
            };
            let subject = Subject::Embed {
                calculator,
                article,
            };
            let place = Place::file(&model.path);
            self.page(EMBED_TEMPLATE, &address, language, subject, &shown, place);
        }
        let place = Place::file(FILE);
        self.add(
            EMBED_SCRIPT.to_owned(),
            Order::Ready(Job::Copy(embed_script())),
            place,
        );
    }

    pub fn redirects(&mut self) {
        for alias in &self.views.site.aliases {
            let path = self.views.config.base_url.href(alias.target.as_str());
            let permalink = self.views.config.base_url.permalink(alias.target.as_str());
            let job = Job::Redirect { path, permalink };
            self.add(
                alias.address.output_file(),
                Order::Ready(job),
                alias.place.clone(),
            );
        }
        if self.views.config.publish.redirects_file {
            self.unread_in_a_folder(FILE, "_redirects");
            let list = Arc::from(self.redirects_list().into_bytes());
            self.add(
                "_redirects".to_owned(),
                Order::Ready(Job::Copy(list)),
                Place::file(FILE),
            );
        }
    }

    /// Says of a file that is only read at the root of a host that the site is not there.
    pub fn unread_in_a_folder(&mut self, source: &str, name: &str) {
        let base_url = &self.views.config.base_url;
        let folder = base_url.path();
        if folder != "/" {
            self.diagnostics.push(
                Diagnostic::warning(format!("nobody reads a `{name}` in a folder of a host"))
                    .in_file(source)
                    .label(format!("by `base_url` the site is in `{folder}`"))
                    .help(format!("let the host have it as `/{name}`")),
            );
        }
    }

    /// Old addresses as hosts read them, each with where it leads.
    fn redirects_list(&self) -> String {
        let base_url = &self.views.config.base_url;
        let mut list = String::new();
        for alias in &self.views.site.aliases {
            let from = base_url.href(alias.address.as_str());
            let to = base_url.href(alias.target.as_str());
            // Fields end at white space.
            let [from, to] = [from, to].map(|address| address.replace(' ', "%20"));
            list.push_str(&format!("{from} {to} 301\n"));
        }
        list
    }

    /// The theme's assets, files beside pages, calculators, and `static/`.
    pub fn copies(&mut self, assets: Assets) {
        let theme = self.views.config.theme.value.clone();
        for (output, bytes) in assets.files {
            let place = Place::file(&format!("themes/{theme}/assets"));
            self.add(output, Order::Ready(Job::Copy(bytes)), place);
        }
        if !self.calculators.is_empty() {
            for (output, bytes) in Widget::files() {
                self.add(output, Order::Ready(Job::Copy(bytes)), Place::file(FILE));
            }
            for id in std::mem::take(&mut self.calculators).into_keys() {
                if let Some(model) = self.views.expander.models.get(&id) {
                    let place = Place::file(&model.path);
                    self.add(
                        model.output.clone(),
                        Order::Ready(Job::Copy(Arc::clone(&model.binary))),
                        place,
                    );
                }
            }
        }
        let images = self.views.expander.images;
        for (output, made) in &images.files {
            let job = Job::Copy(Arc::clone(&made.bytes));
            self.add(output.clone(), Order::Ready(job), Place::file(&made.source));
        }
        for (node, drawn) in &self.views.share_images.drawn {
            // Two pages with the same words and the same name have one card.
            if !self.orders.contains_key(&drawn.output) {
                let job = Job::Copy(Arc::clone(&drawn.bytes));
                let place = Place::file(&self.views.site.node(*node).0.path);
                self.add(drawn.output.clone(), Order::Ready(job), place);
            }
        }
        let published = |path: &&String| !images.unpublished.contains(*path);
        for (path, asset) in self
            .views
            .site
            .assets
            .iter()
            .filter(|(path, _)| published(path))
        {
            let (output, bytes) = match images.prepared.get(path) {
                Some(prepared) => (&prepared.output, &prepared.bytes),
                None => (&asset.output, &asset.bytes),
            };
            let job = Job::Copy(Arc::clone(bytes));
            self.add(output.clone(), Order::Ready(job), Place::file(path));
        }
        for (path, bytes) in self.views.source.below(STATIC) {
            let output = path[STATIC.len()..].to_owned();
            self.add(
                output,
                Order::Ready(Job::Copy(Arc::clone(bytes))),
                Place::file(path),
            );
        }
    }
}
