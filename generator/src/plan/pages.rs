//! Pages and sections that authors wrote, as jobs for their templates.

use std::sync::Arc;

use super::{Job, Order, Planner};
use crate::address::Address;
use crate::config::FILE;
use crate::content::{CALCULATOR, Shown};
use crate::diagnostic::{Diagnostic, Place};
use crate::fields::Written;
use crate::view::Subject;

impl Planner<'_> {
    pub fn pages(&mut self) {
        let site = self.views.site;
        for (index, placed) in site.pages.iter().enumerate() {
            let page = &placed.page;
            let section = &site.sections[placed.section];
            let wanted = page.front.template.as_ref();
            let wanted = wanted.or(section.page.front.section.page_template.as_ref());
            let template = self.template(wanted, "page.html");
            if page.body.has_shortcode(CALCULATOR) {
                // What is wrong with it is said when its job is made.
                let expanded = self.views.expand(page, &placed.address, &mut Vec::new());
                let shown = &expanded.shown.calculators;
                self.note_calculators(shown, &page.title, &placed.address, placed.language);
            }
            let order = match self.views.theme.has(&template) {
                true => Order::Article {
                    page: index,
                    template,
                },
                false => unmade(),
            };
            let file = placed.address.output_file();
            self.add(file, order, page.place_of_address());
        }
    }

    pub fn sections(&mut self) {
        let site = self.views.site;
        for (index, section) in site.sections.iter().enumerate() {
            let page = &section.page;
            let wrong = &mut self.diagnostics;
            let expanded = self.views.expand(page, &section.address, wrong);
            let default = match section.parent {
                None => "index.html",
                Some(_) => "section.html",
            };
            let template = self.template(page.front.template.as_ref(), default);
            let view = self.views.section_view(index, section, &expanded);
            let recent = match section.parent {
                None => self.views.recent(section.language),
                Some(_) => Vec::new(),
            };
            let shown = expanded.shown;
            self.note_calculators(
                &shown.calculators,
                &page.title,
                &section.address,
                section.language,
            );
            let per_page = page.front.section.paginate_by;
            let lists = self
                .views
                .paginate(&section.address, &section.pages, per_page);
            for (address, paginator) in lists {
                let subject = Subject::Section {
                    section: view.clone(),
                    paginator,
                    recent: recent.clone(),
                };
                let place = page.place_of_address();
                self.page(
                    &template,
                    &address,
                    section.language,
                    subject,
                    &shown,
                    place,
                );
            }
        }
    }

    pub fn not_found(&mut self) {
        const TEMPLATE: &str = "404.html";
        if !self.views.theme.has(TEMPLATE) {
            return;
        }
        let Ok(address) = Address::parse(TEMPLATE) else {
            return;
        };
        let subject = Subject::NotFound {
            recent: self.views.recent(0),
        };
        let shown = Shown::default();
        self.page(TEMPLATE, &address, 0, subject, &shown, Place::file(FILE));
    }

    pub fn page(
        &mut self,
        template: &str,
        address: &Address,
        language: usize,
        subject: Subject,
        shown: &Shown,
        place: Place,
    ) {
        let order = match self.views.theme.has(template) {
            true => {
                let wrong = &mut self.diagnostics;
                let views = &self.views;
                let job = views.page(template, address, language, subject, shown, wrong);
                Order::Ready(Job::Page(Box::new(job)))
            }
            false => unmade(),
        };
        self.add(address.output_file(), order, place);
    }

    /// The template that a page wants. If that is not there the default stands in, so that everything else that is
    /// wrong with the page is said too.
    pub fn template(&mut self, wanted: Option<&Written<String>>, default: &str) -> String {
        let missing = match wanted {
            None => Some(default)
                .filter(|default| !self.views.theme.has(default))
                .map(|default| {
                    Diagnostic::error(format!("the theme has no template `{default}`")).in_file(
                        &format!("themes/{}/templates", self.views.config.theme.value),
                    )
                }),
            Some(template) => Some(&template.value)
                .filter(|name| !self.views.theme.has(name))
                .map(|name| {
                    Diagnostic::error(format!("the theme has no template `{name}`"))
                        .placed(&template.place())
                        .label("no such file in the theme's `templates`")
                        .suggest(name, self.views.theme.template_names())
                }),
        };
        // Many pages may want the same one.
        let unsaid = missing.filter(|missing| !self.diagnostics.contains(missing));
        self.diagnostics.extend(unsaid);
        let there = wanted.map(|template| template.value.as_str());
        let there = there.filter(|name| self.views.theme.has(name));
        there.unwrap_or(default).to_owned()
    }
}

/// In place of a page whose template is not there, which has been said. Its address is there all the same, so
/// that links to it are not wrong too.
fn unmade() -> Order {
    Order::Ready(Job::Copy(Arc::default()))
}
