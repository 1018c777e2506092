//! What each template sees of a page or a section that an author wrote.

use super::summaries::Spellings;
use super::{Job, Made, Texts, Views, feeds, moment};
use crate::address::Address;
use crate::config::{FILE, FeedFormat, Form};
use crate::content::{Expanded, Shown};
use crate::diagnostic::Diagnostic;
use crate::fields::{Spanned, Written};
use crate::images::{Image, Purpose};
use crate::json_ld;
use crate::page::{CardImage, FrontMatter, Page, has_scheme};
use crate::policy::content_security_policy;
use crate::ready::Ready;
use crate::share_images;
use crate::site::{Node, Section, Writing};
use crate::view::{
    CardImageView, Heading, LanguageLink, Link, PageJob, PageView, SectionView, SeriesView,
    Subject, Summary,
};

/// Newest pages handed to the home page and to the 404 page.
const RECENT: usize = 12;

impl Views<'_> {
    /// The page of an article.
    pub fn article(&self, index: usize, template: &str, texts: Texts) -> Made<'static> {
        let page = self.text(&self.site.pages[index].page, texts);
        Made {
            is_outline: page.is_outline,
            ..self.article_of(index, &page, self.in_lists(index), template)
        }
    }

    /// The same for a page whose text has changed since the site was put together.
    pub fn revised(&self, index: usize, page: &Page, template: &str) -> Made<'static> {
        let listed = Ready::new(&self.summary(index, page));
        self.article_of(index, page, listed, template)
    }

    fn article_of(
        &self,
        index: usize,
        page: &Page,
        listed: Ready,
        template: &str,
    ) -> Made<'static> {
        let placed = &self.site.pages[index];
        let mut diagnostics = Vec::new();
        let expanded = self.expand(page, &placed.address, &mut diagnostics);
        let backlinks = placed.backlinks.iter();
        let subject = Subject::Page {
            page: PageView {
                summary: self
                    .says_json_ld
                    .then(|| Box::new(self.summary(index, page))),
                summary_fields: listed,
                published: moment(page.date()),
                modified: moment(page.front.updated),
                content: expanded.content,
                toc: contents(page),
                ancestors: self.trail(placed.section),
                lower: placed.lower.map(|page| self.in_lists(page)),
                higher: placed.higher.map(|page| self.in_lists(page)),
                related: self.list(&placed.related),
                series: self.series_of(index),
                backlinks: backlinks.map(|node| self.link(*node)).collect(),
                images: self.images(page, &placed.address, &mut diagnostics),
            },
        };
        let job = self.page(
            template,
            &placed.address,
            placed.language,
            subject,
            &expanded.shown,
            &mut diagnostics,
        );
        Made::new(Job::Page(Box::new(job)), diagnostics)
    }

    /// A page of the site with what all of them have.
    pub fn page(
        &self,
        template: &str,
        address: &Address,
        language: usize,
        subject: Subject,
        shown: &Shown,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> PageJob {
        let has_calculator = !shown.calculators.is_empty();
        let share_images = match &subject {
            Subject::Embed { .. } => Vec::new(),
            Subject::Page { page } if !page.images.is_empty() => page.images.clone(),
            _ => self.share_images(address, language, diagnostics),
        };
        let noindex = match &subject {
            Subject::NotFound { .. } | Subject::Embed { .. } => true,
            _ => self.is_hidden(address),
        };
        let shared = &self.shared[language];
        let current_url = self.config.base_url.permalink(address.as_str());
        PageJob {
            template: template.to_owned(),
            language,
            current_path: self.config.base_url.href(address.as_str()),
            has_calculator,
            has_methodology: !shown.methodologies.is_empty(),
            csp: content_security_policy(has_calculator, self.endpoint()),
            languages: self.languages(language, address),
            noindex,
            markdown_path: self
                .markdown_file(address)
                .map_or_else(String::new, |file| self.config.base_url.href(&file)),
            json_ld: match self.says_json_ld {
                true => json_ld::of(
                    &subject,
                    &share_images,
                    &shared.config,
                    &shared.lang,
                    &current_url,
                ),
                false => String::new(),
            },
            current_url,
            share_images,
            subject,
        }
    }

    pub fn section_view(
        &self,
        index: usize,
        section: &Section,
        expanded: &Expanded,
    ) -> SectionView {
        let page = &section.page;
        let feed = |format| match page.front.section.feed && section.parent.is_some() {
            true => feeds::href(self.config, format, &section.address),
            false => String::new(),
        };
        SectionView {
            title: page.title.clone(),
            description: page.front.description.clone(),
            path: self.config.base_url.href(section.address.as_str()),
            permalink: self.config.base_url.permalink(section.address.as_str()),
            content: expanded.content.clone(),
            toc: contents(page),
            ancestors: self.section_links(&self.site.ancestors(index)),
            subsections: self.section_links(&section.subsections),
            related: self.list(&section.related),
            feed_path: feed(FeedFormat::Atom),
            json_feed_path: feed(FeedFormat::Json),
            total_pages: section.pages.len(),
            extra: page.front.extra.clone(),
        }
    }

    /// Whether search engines are asked to leave out what is found at an address.
    pub fn is_hidden(&self, address: &Address) -> bool {
        let node = self.nodes.get(address);
        let front = node.map(|node| &self.site.node(*node).0.front);
        let asked = |front: &FrontMatter| front.noindex.unwrap_or(false) || front.is_draft();
        self.config.preview || front.is_some_and(asked)
    }

    /// The address that forms of the site are sent to, if it is not the site's own.
    fn endpoint(&self) -> Option<&str> {
        match self.config.contact.as_ref()?.form.as_ref()? {
            Form::Netlify => None,
            Form::Endpoint { url, .. } => Some(url),
        }
    }

    /// Where each language has what is found at an address, or what is nearest to it.
    fn languages(&self, current: usize, address: &Address) -> Vec<LanguageLink> {
        if self.config.languages.len() < 2 {
            return Vec::new();
        }
        let node = self.nodes.get(address).copied();
        let languages = self.config.languages.iter().enumerate();
        languages
            .map(|(language, settings)| {
                let is_current = language == current;
                let translation = node.and_then(|node| self.site.translation(node, language));
                let found = match translation {
                    Some(translation) => self.site.node(translation).1,
                    None if is_current => address,
                    None => self.nearest(node, language),
                };
                LanguageLink {
                    lang: settings.tag.clone(),
                    name: settings.name.clone(),
                    path: self.config.base_url.href(found.as_str()),
                    permalink: self.config.base_url.permalink(found.as_str()),
                    is_translation: translation.is_some(),
                    is_current,
                }
            })
            .collect()
    }

    /// The innermost section around a page that a language has; at least its home page.
    fn nearest(&self, node: Option<Node>, language: usize) -> &Address {
        let around = match node {
            Some(Node::Page(page)) => Some(self.site.pages[page].section),
            Some(Node::Section(section)) => self.site.sections[section].parent,
            None => None,
        };
        let mut sections = around.map(|section| {
            let mut sections = self.site.ancestors(section);
            sections.push(section);
            sections.into_iter().rev()
        });
        sections
            .iter_mut()
            .flatten()
            .find_map(|section| self.site.translation(Node::Section(section), language))
            .map_or(&self.homes[language], |found| self.site.node(found).1)
    }

    pub fn expand(
        &self,
        page: &Page,
        address: &Address,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Expanded {
        self.expander.expand(page, address.as_str(), diagnostics)
    }

    /// The pictures that an author wants beside links to a page.
    fn images(
        &self,
        page: &Page,
        address: &Address,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Vec<CardImageView> {
        let images = page.front.images.iter().flatten();
        images
            .map(|image| self.card_image(page, address, image, diagnostics))
            .collect()
    }

    /// What other sites show beside a link to an address: what its author named, else the card that was
    /// drawn, else the site's picture for all. Lists that nobody wrote have that of the home page.
    pub fn share_images(
        &self,
        address: &Address,
        language: usize,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Vec<CardImageView> {
        let node = self.nodes.get(address);
        let node = node.or_else(|| self.nodes.get(&self.homes[language]));
        let Some(node) = node.copied() else {
            return Vec::new();
        };
        let (page, address) = self.site.node(node);
        let own = self.images(page, address, diagnostics);
        if !own.is_empty() {
            return own;
        }
        if let Some(drawn) = self.share_images.drawn.get(&node) {
            return vec![CardImageView {
                url: self.config.base_url.permalink(&drawn.output),
                width: share_images::WIDTH,
                height: share_images::HEIGHT,
                alt: drawn.alt.clone(),
            }];
        }
        let settings = self.config.share_image.as_ref();
        let for_all = settings.and_then(|settings| settings.image.clone());
        let for_all = for_all.map(|image| CardImage {
            path: image.in_file(FILE),
            alt: self.config.languages[language].title.clone(),
        });
        let for_all = for_all.map(|image| self.card_image(page, address, &image, diagnostics));
        for_all.into_iter().collect()
    }

    fn card_image(
        &self,
        page: &Page,
        address: &Address,
        image: &CardImage,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> CardImageView {
        let written = &image.path;
        let (href, size) = match self.expander.image(written, Purpose::Card) {
            Some(Image::Sizes(sizes)) => {
                let file = sizes.widest();
                (file.href.clone(), Some((file.width, file.height)))
            }
            Some(Image::File { size }) => (
                self.card_address(page, address, written, diagnostics),
                *size,
            ),
            None => (self.card_address(page, address, written, diagnostics), None),
        };
        let (width, height) = size.unwrap_or_default();
        CardImageView {
            url: match has_scheme(&href) {
                true => href,
                false => self.config.base_url.absolute(&href),
            },
            width,
            height,
            alt: image.alt.clone(),
        }
    }

    /// Where a picture is of which nothing was made.
    fn card_address(
        &self,
        page: &Page,
        address: &Address,
        image: &Written<String>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> String {
        // A section's defaults name files beside the section.
        let sections = self.site.sections.iter();
        let section = sections.map(|section| (&*section.page, &section.address));
        let mut section = section.filter(|(section, _)| *section.path == *image.file);
        let (page, address) = section.next().unwrap_or((page, address));
        let target = Spanned {
            value: image.value.clone(),
            span: image.span.clone(),
        };
        self.expander
            .resolve(Writing::on(page), address.as_str(), &target, diagnostics)
    }

    /// The series that a page is a part of.
    fn series_of(&self, page: usize) -> Vec<SeriesView> {
        let places = self.series.get(&page).into_iter().flatten();
        places
            .map(|(taxonomy, term, position)| {
                let term = &self.site.taxonomies[*taxonomy].terms[*term];
                let link = |page: &usize| self.link(Node::Page(*page));
                SeriesView {
                    name: term.name.clone(),
                    path: self.config.base_url.href(term.address.as_str()),
                    position: position + 1,
                    total: term.pages.len(),
                    pages: term.pages.iter().map(link).collect(),
                    previous: position
                        .checked_sub(1)
                        .map(|previous| link(&term.pages[previous])),
                    next: term.pages.get(position + 1).map(link),
                }
            })
            .collect()
    }

    /// What there is to say of a page of the site with this text.
    pub fn summary(&self, index: usize, page: &Page) -> Summary {
        let placed = &self.site.pages[index];
        self.summaries.of(placed, page, &mut Spellings::new())
    }

    /// A page as lists show it.
    pub fn in_lists(&self, page: usize) -> Ready {
        self.listed[page].clone()
    }

    pub fn list(&self, pages: &[usize]) -> Vec<Ready> {
        pages.iter().map(|page| self.in_lists(*page)).collect()
    }

    pub fn recent(&self, language: usize) -> Vec<Ready> {
        let newest = &self.site.newest[language];
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
