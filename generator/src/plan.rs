//! Every file of the finished site and the job that makes it. Two jobs for one
//! file are found here, before anything is rendered.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::address::Address;
use crate::assets::{Assets, EMBED_SCRIPT, Widget, embed_script};
use crate::calculator::CalculatorView;
use crate::config::Config;
use crate::content::{Expanded, Expander, Shown};
use crate::date::Date;
use crate::diagnostic::{Diagnostic, Place, Span};
use crate::feed::{Feed, FeedEntry};
use crate::fields::Spanned;
use crate::models::{EMBED_TEMPLATE, Models, embed_path};
use crate::page::Page;
use crate::policy::content_security_policy;
use crate::site::{self, Links, Node, Site, Taxonomy, Term};
use crate::sitemap::{Sitemap, SitemapEntry};
use crate::source::SourceTree;
use crate::theme::Theme;
use crate::view::{
    ArticleLink, ConfigView, Heading, Link, MenuItem, PageJob, PageView, Paginator, SectionView,
    Shared, Subject, Summary, TaxonomyView, TermLink, TermView,
};

/// Words that a reader takes in a minute.
const READING_SPEED: usize = 220;
/// Newest pages handed to the home page and to the 404 page.
const RECENT: usize = 12;

const FEED: &str = "atom.xml";
const STATIC: &str = "static/";

/// What the site will be made of.
#[derive(Debug)]
pub struct Plan {
    /// By the path of their file below the output folder.
    pub jobs: BTreeMap<String, Planned>,
    /// Links of the settings, which every page has.
    pub shared: Origin,
}

#[derive(Debug)]
pub struct Planned {
    pub job: Job,
    pub origin: Origin,
}

/// Who wanted a file, for diagnostics about it.
#[derive(Clone, Debug)]
pub struct Origin {
    pub place: Place,
    /// Links that the author wrote, as readers get them, with their places.
    pub hrefs: Vec<(String, Span)>,
}

impl Origin {
    fn file(path: &str) -> Self {
        Self {
            place: Place {
                path: path.to_owned(),
                span: None,
            },
            hrefs: Vec::new(),
        }
    }
}

/// Everything that one file is made from.
#[derive(Debug)]
pub enum Job {
    /// A template of the theme.
    Page(Box<PageJob>),
    /// A page that leads to another address.
    Redirect {
        path: String,
        permalink: String,
    },
    Feed(Box<Feed>),
    Sitemap(Sitemap),
    Robots {
        sitemap: String,
    },
    /// Bytes as they are.
    Copy(Arc<[u8]>),
}

/// Plans the whole site.
pub fn plan(
    site: &Site,
    config: &Config,
    theme: &Theme,
    models: &Models,
    source: &SourceTree,
) -> (Plan, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let assets = Assets::new(theme, &config.base_url);
    let links = Links::new(site, &config.base_url);
    let expander = Expander {
        links,
        models,
        theme,
    };
    let (shared, shared_origin) = shared(config, &assets, &expander, &mut diagnostics);
    let mut planner = Planner {
        site,
        config,
        theme,
        expander: &expander,
        shared: Arc::new(shared),
        summaries: summaries(site, config),
        plan: Plan {
            jobs: BTreeMap::new(),
            shared: shared_origin,
        },
        lower_case: BTreeMap::new(),
        calculators: BTreeMap::new(),
        diagnostics,
    };
    planner.pages();
    planner.sections();
    planner.taxonomies();
    planner.not_found();
    planner.embeds();
    planner.redirects();
    planner.feeds();
    planner.copies(source, assets);
    planner.sitemap();
    planner.files_in_the_way_of_folders();
    (planner.plan, planner.diagnostics)
}

fn shared(
    config: &Config,
    assets: &Assets,
    expander: &Expander<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Shared, Origin) {
    // The menu's targets are written in the settings, not on a page.
    let (settings, _) = crate::page::parse(crate::config::FILE, "", config.markdown);
    let menu: Vec<MenuItem> = config
        .menu
        .iter()
        .map(|entry| MenuItem {
            name: entry.name.clone(),
            path: expander.resolve(&settings, "/", &entry.target, diagnostics),
        })
        .collect();
    let spans = config.menu.iter().map(|entry| entry.target.span.clone());
    let origin = Origin {
        hrefs: menu
            .iter()
            .map(|item| item.path.clone())
            .zip(spans)
            .collect(),
        ..Origin::file(crate::config::FILE)
    };
    let feed_path = match config.feed.enabled {
        true => config.base_url.href(FEED),
        false => String::new(),
    };
    let shared = Shared {
        config: ConfigView {
            title: config.title.clone(),
            description: config.description.clone(),
            base_url: config.base_url.to_string(),
            base_path: config.base_url.path().to_owned(),
            language: config.language.clone(),
            author: config.author.clone(),
            menu,
            feed_path,
            extra: config.extra.clone(),
        },
        assets: assets.addresses.clone(),
        generator: concat!("Tallypress ", env!("CARGO_PKG_VERSION")).to_owned(),
    };
    (shared, origin)
}

/// One summary for each page of the site.
fn summaries(site: &Site, config: &Config) -> Vec<Arc<Summary>> {
    site.pages
        .iter()
        .map(|placed| {
            let page = &placed.page;
            let front = &page.front;
            let section = &site.sections[placed.section];
            let authors = match front.authors.is_empty() && !config.author.is_empty() {
                true => vec![config.author.clone()],
                false => front.authors.clone(),
            };
            Arc::new(Summary {
                title: page.title.clone(),
                description: front.description.clone(),
                path: config.base_url.href(placed.address.as_str()),
                permalink: config.base_url.permalink(placed.address.as_str()),
                date: day(page.date()),
                updated: day(front.updated),
                draft: front.draft,
                authors,
                word_count: page.body.word_count,
                reading_time: page.body.word_count.div_ceil(READING_SPEED).max(1),
                taxonomies: term_links(site, config, page),
                section: Link {
                    title: section.page.title.clone(),
                    path: config.base_url.href(section.address.as_str()),
                },
                extra: front.extra.clone(),
            })
        })
        .collect()
}

fn day(date: Option<Date>) -> String {
    date.map(|date| date.day().to_string()).unwrap_or_default()
}

fn term_links(site: &Site, config: &Config, page: &Page) -> BTreeMap<String, Vec<TermLink>> {
    site.taxonomies
        .iter()
        .map(|taxonomy| {
            let written = page.front.taxonomies.get(&taxonomy.name);
            let mut links: Vec<TermLink> = Vec::new();
            for name in written.into_iter().flatten() {
                let slug = site::slug(&name.value);
                let Some(term) = taxonomy.terms.iter().find(|term| term.slug == slug) else {
                    continue;
                };
                // Two spellings of one term are one link.
                let path = config.base_url.href(term.address.as_str());
                if !links.iter().any(|link| link.path == path) {
                    let name = term.name.clone();
                    links.push(TermLink { name, path });
                }
            }
            (taxonomy.name.clone(), links)
        })
        .collect()
}

struct Planner<'a> {
    site: &'a Site,
    config: &'a Config,
    theme: &'a Theme,
    expander: &'a Expander<'a>,
    shared: Arc<Shared>,
    summaries: Vec<Arc<Summary>>,
    plan: Plan,
    /// Planned paths in lower case: some file systems take them for the same.
    lower_case: BTreeMap<String, String>,
    /// Where each model's calculator stands first.
    calculators: BTreeMap<String, ArticleLink>,
    diagnostics: Vec<Diagnostic>,
}

impl Planner<'_> {
    fn pages(&mut self) {
        for (index, placed) in self.site.pages.iter().enumerate() {
            let page = &placed.page;
            let expanded = self.expand(page, &placed.address);
            let section = &self.site.sections[placed.section];
            let wanted = page
                .front
                .template
                .as_ref()
                .map(|template| (page, template))
                .or_else(|| {
                    let template = section.page.front.section.page_template.as_ref()?;
                    Some((&section.page, template))
                });
            let template = self.template(wanted, "page.html");
            let subject = Subject::Page {
                page: PageView {
                    summary_fields: Arc::clone(&self.summaries[index]),
                    content: expanded.content,
                    toc: contents(page),
                    ancestors: self.trail(placed.section),
                    lower: placed.lower.map(|page| self.summary(page)),
                    higher: placed.higher.map(|page| self.summary(page)),
                    related: self.list(&placed.related),
                    backlinks: placed
                        .backlinks
                        .iter()
                        .map(|node| self.link(*node))
                        .collect(),
                    images: self.images(page, &placed.address),
                },
            };
            let shown = expanded.shown;
            let origin = Origin {
                hrefs: expanded.hrefs,
                ..Origin::file(&page.path)
            };
            self.note_calculators(&shown.calculators, &page.title, &placed.address);
            self.page(template, &placed.address, subject, &shown, origin);
        }
    }

    fn sections(&mut self) {
        for (index, section) in self.site.sections.iter().enumerate() {
            let page = &section.page;
            let expanded = self.expand(page, &section.address);
            let default = if section.parent.is_none() {
                "index.html"
            } else {
                "section.html"
            };
            let wanted = page
                .front
                .template
                .as_ref()
                .map(|template| (page, template));
            let template = self.template(wanted, default);
            let view = SectionView {
                title: page.title.clone(),
                description: page.front.description.clone(),
                path: self.config.base_url.href(section.address.as_str()),
                permalink: self.config.base_url.permalink(section.address.as_str()),
                content: expanded.content,
                toc: contents(page),
                ancestors: self.section_links(&self.site.ancestors(index)),
                subsections: self.section_links(&section.subsections),
                related: self.list(&section.related),
                total_pages: section.pages.len(),
                extra: page.front.extra.clone(),
            };
            let recent = match section.parent {
                None => self.recent(),
                Some(_) => Vec::new(),
            };
            let origin = Origin {
                hrefs: expanded.hrefs,
                ..Origin::file(&page.path)
            };
            self.note_calculators(&expanded.shown.calculators, &page.title, &section.address);
            let per_page = page.front.section.paginate_by;
            for (address, paginator) in self.paginate(&section.address, &section.pages, per_page) {
                let subject = Subject::Section {
                    section: view.clone(),
                    paginator,
                    recent: recent.clone(),
                };
                let template = template.clone();
                self.page(template, &address, subject, &expanded.shown, origin.clone());
            }
        }
    }

    fn taxonomies(&mut self) {
        for taxonomy in &self.site.taxonomies {
            if taxonomy.terms.is_empty() {
                continue;
            }
            let view = TaxonomyView {
                name: taxonomy.name.clone(),
                path: self.config.base_url.href(taxonomy.address.as_str()),
                permalink: self.config.base_url.permalink(taxonomy.address.as_str()),
            };
            let terms: Vec<TermView> = taxonomy.terms.iter().map(|term| self.term(term)).collect();
            let origin = Origin::file(crate::config::FILE);
            let subject = Subject::TaxonomyList {
                taxonomy: view.clone(),
                terms: terms.clone(),
            };
            let template = self.template(None, "taxonomy_list.html");
            self.page(
                template,
                &taxonomy.address,
                subject,
                &Shown::default(),
                origin.clone(),
            );
            let template = self.template(None, "taxonomy_single.html");
            for (term, term_view) in taxonomy.terms.iter().zip(terms) {
                let lists = self.paginate(&term.address, &term.pages, taxonomy.paginate_by);
                for (address, paginator) in lists {
                    let subject = Subject::TaxonomyTerm {
                        taxonomy: view.clone(),
                        term: term_view.clone(),
                        paginator,
                    };
                    self.page(
                        template.clone(),
                        &address,
                        subject,
                        &Shown::default(),
                        origin.clone(),
                    );
                }
            }
        }
    }

    fn not_found(&mut self) {
        if !self.theme.has("404.html") {
            return;
        }
        let Ok(address) = Address::parse("404.html") else {
            return;
        };
        let subject = Subject::NotFound {
            recent: self.recent(),
        };
        let origin = Origin::file(crate::config::FILE);
        self.page(
            "404.html".to_owned(),
            &address,
            subject,
            &Shown::default(),
            origin,
        );
    }

    /// Keeps the first page of each calculator.
    fn note_calculators(
        &mut self,
        calculators: &[Arc<CalculatorView>],
        title: &str,
        address: &Address,
    ) {
        let base_url = &self.config.base_url;
        for calculator in calculators {
            let noted = self.calculators.entry(calculator.model.clone());
            noted.or_insert_with(|| ArticleLink {
                title: title.to_owned(),
                path: base_url.href(address.as_str()),
                permalink: base_url.permalink(address.as_str()),
            });
        }
    }

    /// A page for each calculator alone, to be framed by other sites, if the theme has a template for that.
    fn embeds(&mut self) {
        if !self.theme.has(EMBED_TEMPLATE) || self.calculators.is_empty() {
            return;
        }
        for (id, article) in self.calculators.clone() {
            let Some(model) = self.expander.models.get(&id) else {
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
            let calculator = Arc::new(model.calculator(1, true));
            let shown = Shown {
                calculators: vec![Arc::clone(&calculator)],
                ..Shown::default()
            };
            let subject = Subject::Embed {
                calculator,
                article,
            };
            let origin = Origin::file(&model.path);
            self.page(EMBED_TEMPLATE.to_owned(), &address, subject, &shown, origin);
        }
        let origin = Origin::file(crate::config::FILE);
        self.add(EMBED_SCRIPT.to_owned(), Job::Copy(embed_script()), origin);
    }

    fn redirects(&mut self) {
        for alias in &self.site.aliases {
            let origin = Origin {
                place: alias.place.clone(),
                hrefs: Vec::new(),
            };
            let path = self.config.base_url.href(alias.target.as_str());
            let permalink = self.config.base_url.permalink(alias.target.as_str());
            let job = Job::Redirect { path, permalink };
            self.add(alias.address.output_file(), job, origin);
        }
    }

    fn feeds(&mut self) {
        if !self.config.feed.enabled {
            return;
        }
        let feed = self.feed(&self.config.title, FEED, "/", &self.site.newest);
        self.add(
            FEED.to_owned(),
            Job::Feed(Box::new(feed)),
            Origin::file(crate::config::FILE),
        );
        for taxonomy in self.site.taxonomies.iter().filter(|taxonomy| taxonomy.feed) {
            for term in &taxonomy.terms {
                let dated: Vec<usize> = term
                    .pages
                    .iter()
                    .copied()
                    .filter(|page| self.site.pages[*page].page.date().is_some())
                    .collect();
                let path = term_feed(term);
                let title = format!("{} · {}", term.name, self.config.title);
                let feed = self.feed(&title, &path, term.address.as_str(), &dated);
                self.add(
                    path,
                    Job::Feed(Box::new(feed)),
                    Origin::file(crate::config::FILE),
                );
            }
        }
    }

    fn feed(&self, title: &str, path: &str, page: &str, newest: &[usize]) -> Feed {
        let base_url = &self.config.base_url;
        let entries: Vec<FeedEntry> = newest
            .iter()
            .take(self.config.feed.limit)
            .filter_map(|index| {
                let page = &self.site.pages[*index].page;
                let published = page.date()?;
                // What is wrong with the body has been said for the page itself.
                let address = self.site.pages[*index].address.as_str();
                let expanded = self.expander.expand(page, address, &mut Vec::new());
                Some(FeedEntry {
                    summary: self.summary(*index),
                    published: published.rfc3339(),
                    updated: page.front.updated.unwrap_or(published).rfc3339(),
                    content: expanded.content,
                })
            })
            .collect();
        Feed {
            title: title.to_owned(),
            subtitle: self.config.description.clone(),
            language: self.config.language.clone(),
            origin: base_url.absolute(""),
            feed_url: base_url.permalink(path),
            page_url: base_url.permalink(page),
            updated: entries.iter().map(|entry| entry.updated.clone()).max(),
            entries,
        }
    }

    /// The theme's assets, files beside pages, calculators, and `static/`.
    fn copies(&mut self, source: &SourceTree, assets: Assets) {
        let theme = self.config.theme.value.clone();
        for (output, bytes) in assets.files {
            let origin = Origin::file(&format!("themes/{theme}/assets"));
            self.add(output, Job::Copy(bytes), origin);
        }
        if !self.calculators.is_empty() {
            for (output, bytes) in Widget::files() {
                self.add(output, Job::Copy(bytes), Origin::file(crate::config::FILE));
            }
            for id in std::mem::take(&mut self.calculators).into_keys() {
                if let Some(model) = self.expander.models.get(&id) {
                    let origin = Origin::file(&model.path);
                    self.add(
                        model.output.clone(),
                        Job::Copy(Arc::clone(&model.binary)),
                        origin,
                    );
                }
            }
        }
        for (path, asset) in &self.site.assets {
            let job = Job::Copy(Arc::clone(&asset.bytes));
            self.add(asset.output.clone(), job, Origin::file(path));
        }
        for (path, bytes) in source.below(STATIC) {
            let output = path[STATIC.len()..].to_owned();
            self.add(output, Job::Copy(Arc::clone(bytes)), Origin::file(path));
        }
    }

    fn sitemap(&mut self) {
        let base_url = &self.config.base_url;
        let pages = self.site.pages.iter().map(|placed| SitemapEntry {
            permalink: base_url.permalink(placed.address.as_str()),
            updated: day(placed.page.front.updated.or(placed.page.date())),
        });
        let undated = |address: &Address| SitemapEntry {
            permalink: base_url.permalink(address.as_str()),
            updated: String::new(),
        };
        let sections = self
            .site
            .sections
            .iter()
            .map(|section| undated(&section.address));
        let terms = self
            .site
            .taxonomies
            .iter()
            .filter(|taxonomy| !taxonomy.terms.is_empty())
            .flat_map(|taxonomy: &Taxonomy| {
                std::iter::once(undated(&taxonomy.address))
                    .chain(taxonomy.terms.iter().map(|term| undated(&term.address)))
            });
        let mut entries: Vec<SitemapEntry> = pages.chain(sections).chain(terms).collect();
        entries.sort();
        let sitemap = base_url.permalink("sitemap.xml");
        let origin = Origin::file(crate::config::FILE);
        self.add(
            "sitemap.xml".to_owned(),
            Job::Sitemap(Sitemap { entries }),
            origin.clone(),
        );
        // An author's own `static/robots.txt` counts more.
        if !self.plan.jobs.contains_key("robots.txt") {
            self.add("robots.txt".to_owned(), Job::Robots { sitemap }, origin);
        }
    }

    fn page(
        &mut self,
        template: String,
        address: &Address,
        subject: Subject,
        shown: &Shown,
        origin: Origin,
    ) {
        if !self.theme.has(&template) {
            // That has been said. The address is there all the same, so that links to it are not wrong too.
            return self.add(address.output_file(), Job::Copy(Arc::default()), origin);
        }
        let has_calculator = !shown.calculators.is_empty();
        let job = PageJob {
            template,
            shared: Arc::clone(&self.shared),
            lang: self.config.language.clone(),
            current_path: self.config.base_url.href(address.as_str()),
            current_url: self.config.base_url.permalink(address.as_str()),
            has_calculator,
            has_methodology: !shown.methodologies.is_empty(),
            csp: content_security_policy(has_calculator),
            subject,
        };
        self.add(address.output_file(), Job::Page(Box::new(job)), origin);
    }

    fn add(&mut self, path: String, job: Job, origin: Origin) {
        let lower_case = path.to_lowercase();
        if let Some(other) = self.lower_case.get(&lower_case)
            && let Some(first) = self.plan.jobs.get(other)
        {
            self.diagnostics
                .push(collision(&path, other, &origin, &first.origin));
            if path == *other {
                return;
            }
        }
        self.lower_case.insert(lower_case, path.clone());
        self.plan.jobs.insert(path, Planned { job, origin });
    }

    /// `blog` cannot be a file when there is a `blog/index.html`.
    fn files_in_the_way_of_folders(&mut self) {
        let mut wrong: BTreeMap<&str, Diagnostic> = BTreeMap::new();
        for (path, planned) in &self.plan.jobs {
            let lower_case = path.to_lowercase();
            let folders = lower_case
                .match_indices('/')
                .map(|(end, _)| &lower_case[..end]);
            for file in folders.filter_map(|folder| self.lower_case.get(folder)) {
                let message = format!("`{file}` is a file, and a folder for `{path}`");
                let other = &self.plan.jobs[file].origin;
                wrong
                    .entry(file)
                    .or_insert_with(|| clash(message, &planned.origin, other));
            }
        }
        self.diagnostics.extend(wrong.into_values());
    }

    fn expand(&mut self, page: &Page, address: &Address) -> Expanded {
        self.expander
            .expand(page, address.as_str(), &mut self.diagnostics)
    }

    /// The template that a page wants, or the default if that is not there.
    fn template(
        &mut self,
        wanted: Option<(&Arc<Page>, &Spanned<String>)>,
        default: &str,
    ) -> String {
        let Some((page, template)) = wanted else {
            if !self.theme.has(default) {
                let missing = format!("the theme has no template `{default}`");
                let diagnostic = Diagnostic::error(missing)
                    .in_file(&format!("themes/{}/templates", self.config.theme.value));
                if !self.diagnostics.contains(&diagnostic) {
                    self.diagnostics.push(diagnostic);
                }
            }
            return default.to_owned();
        };
        if !self.theme.has(&template.value) {
            self.diagnostics.push(
                Diagnostic::error(format!("the theme has no template `{}`", template.value))
                    .at(&page.path, template.span.clone())
                    .label("no such file in the theme's `templates`")
                    .suggest(&template.value, self.theme.template_names()),
            );
        }
        template.value.clone()
    }

    fn paginate(
        &self,
        address: &Address,
        pages: &[usize],
        per_page: usize,
    ) -> Vec<(Address, Paginator)> {
        let per_page = if per_page == 0 { usize::MAX } else { per_page };
        let count = pages.len().div_ceil(per_page).max(1);
        let numbered = |number: usize| match number {
            1 => address.clone(),
            number => address.child("page").child(&number.to_string()),
        };
        let href = |number: usize| self.config.base_url.href(numbered(number).as_str());
        (1..=count)
            .map(|number| {
                let start = (number - 1).saturating_mul(per_page);
                let end = start.saturating_add(per_page).min(pages.len());
                let paginator = Paginator {
                    pages: self.list(&pages[start..end]),
                    current_index: number,
                    number_pagers: count,
                    total_pages: pages.len(),
                    first: href(1),
                    last: href(count),
                    previous: if number > 1 {
                        href(number - 1)
                    } else {
                        String::new()
                    },
                    next: if number < count {
                        href(number + 1)
                    } else {
                        String::new()
                    },
                };
                (numbered(number), paginator)
            })
            .collect()
    }

    fn images(&mut self, page: &Page, address: &Address) -> Vec<String> {
        page.front
            .images
            .iter()
            .map(|image| {
                let href =
                    self.expander
                        .resolve(page, address.as_str(), image, &mut self.diagnostics);
                match crate::page::has_scheme(&href) {
                    true => href,
                    false => self.config.base_url.absolute(&href),
                }
            })
            .collect()
    }

    fn summary(&self, page: usize) -> Arc<Summary> {
        Arc::clone(&self.summaries[page])
    }

    fn list(&self, pages: &[usize]) -> Vec<Arc<Summary>> {
        pages.iter().map(|page| self.summary(*page)).collect()
    }

    fn recent(&self) -> Vec<Arc<Summary>> {
        let newest = &self.site.newest;
        self.list(&newest[..newest.len().min(RECENT)])
    }

    fn link(&self, node: Node) -> Link {
        let (page, address) = self.site.node(node);
        Link {
            title: page.title.clone(),
            path: self.config.base_url.href(address.as_str()),
        }
    }

    /// From the home page down to a section, that one included.
    fn trail(&self, section: usize) -> Vec<Link> {
        let mut sections = self.site.ancestors(section);
        sections.push(section);
        self.section_links(&sections)
    }

    fn section_links(&self, sections: &[usize]) -> Vec<Link> {
        sections
            .iter()
            .map(|section| self.link(Node::Section(*section)))
            .collect()
    }

    fn term(&self, term: &Term) -> TermView {
        TermView {
            name: term.name.clone(),
            slug: term.slug.clone(),
            path: self.config.base_url.href(term.address.as_str()),
            permalink: self.config.base_url.permalink(term.address.as_str()),
            page_count: term.pages.len(),
        }
    }
}

fn term_feed(term: &Term) -> String {
    format!("{}{FEED}", &term.address.as_str()[1..])
}

fn collision(path: &str, other: &str, second: &Origin, first: &Origin) -> Diagnostic {
    let message = match path == other {
        true => format!("two sources make the file `{path}`"),
        false => format!("`{path}` and `{other}` differ only in case"),
    };
    clash(message, second, first)
}

/// Two sources that cannot both have what they want.
fn clash(message: String, second: &Origin, first: &Origin) -> Diagnostic {
    let diagnostic = Diagnostic::error(message)
        .label(format!("the other is {}", first.place.path))
        .help("give one of them another `slug` or `path`");
    match second.place.span.clone() {
        Some(span) => diagnostic.at(&second.place.path, span),
        None => diagnostic.in_file(&second.place.path),
    }
}

/// A page's headings from level 2 on, as a tree.
fn contents(page: &Page) -> Vec<Heading> {
    let mut roots: Vec<Heading> = Vec::new();
    for heading in page
        .body
        .headings
        .iter()
        .filter(|heading| heading.level > 1)
    {
        let mut siblings = &mut roots;
        while siblings
            .last()
            .is_some_and(|last| last.level < heading.level)
        {
            let last = siblings.len() - 1;
            siblings = &mut siblings[last].children;
        }
        siblings.push(Heading {
            level: heading.level,
            id: heading.id.clone(),
            title: heading.title.clone(),
            children: Vec::new(),
        });
    }
    roots
}
