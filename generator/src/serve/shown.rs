//! What the server shows: the last good site, and the news that open pages follow.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};

use serde::Serialize;
use tokio::sync::watch::{Receiver, Sender};

use crate::Build;
use crate::assets::integrity;
use crate::diagnostic::Diagnostic;
use crate::hash::{Fingerprint, Hasher};
use crate::output::OutputTree;
use crate::report::{self, Colour, Texts};
use crate::site::Why;
use crate::standing::Revised;

/// The builder writes on it, every visitor reads it.
pub struct Board {
    site: RwLock<Site>,
    /// The latest [`News`] as JSON.
    news: Sender<Arc<str>>,
}

/// The last good site.
pub struct Site {
    pub output: OutputTree,
    /// The folder of the host that the site lives in, such as `/docs/`.
    pub base_path: String,
    /// What pages may use without naming its content, such as the files of `static/`.
    unnamed: Fingerprint,
}

/// What an open page learns of a build.
#[derive(Default, Serialize)]
struct News {
    /// Empty after a good build.
    errors: Vec<Mistake>,
    /// Addresses of pages that a build would not publish, with what they are instead.
    unpublished: BTreeMap<String, String>,
}

#[derive(Serialize)]
struct Mistake {
    title: String,
    /// The place, its lines and what to do, as on a terminal.
    excerpt: String,
}

impl Default for Board {
    fn default() -> Self {
        Self {
            site: RwLock::new(Site::new(OutputTree::default(), "/")),
            news: Sender::new(Arc::from("")),
        }
    }
}

impl Board {
    pub fn site(&self) -> RwLockReadGuard<'_, Site> {
        self.site.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether there has been a good build.
    pub fn is_showing(&self) -> bool {
        !self.site().output.files.is_empty()
    }

    /// The latest news, empty before the first build, and all that follow.
    pub fn subscribe(&self) -> Receiver<Arc<str>> {
        self.news.subscribe()
    }

    /// Shows a new site.
    pub fn show(&self, build: Build, base_path: &str) {
        let base = base_path.trim_end_matches('/');
        let unpublished = build.previewed.iter();
        let news = News {
            unpublished: unpublished
                .map(|(address, why)| (format!("{base}{}", address.as_str()), what(*why)))
                .collect(),
            ..News::default()
        };
        let site = Site::new(build.output, base_path);
        *self.site.write().unwrap_or_else(PoisonError::into_inner) = site;
        self.announce(&news);
    }

    /// Shows a page of the site as it is now.
    pub fn revise(&self, page: Revised) {
        let mut site = self.site.write().unwrap_or_else(PoisonError::into_inner);
        site.output.files.insert(page.file, page.bytes);
        drop(site);
        // What there is to say has not changed, but open pages have to look.
        self.news.send_modify(|_| {});
    }

    /// Says what is wrong with a new one.
    pub fn report(&self, diagnostics: &[Diagnostic], texts: &Texts<'_>) {
        let errors = diagnostics.iter().filter(|one| one.is_error());
        let mistakes = errors.map(|error| {
            let drawing = report::draw(std::slice::from_ref(error), texts, Colour::Never);
            // The first line repeats the message.
            let excerpt = drawing.split_once('\n').map_or("", |(_, excerpt)| excerpt);
            Mistake {
                title: error.message.clone(),
                excerpt: excerpt.trim_end().to_owned(),
            }
        });
        self.announce(&News {
            errors: mistakes.collect(),
            ..News::default()
        });
    }

    fn announce(&self, news: &News) {
        // Texts and lists of them are always JSON.
        let news = serde_json::to_string(news).unwrap_or_default();
        self.news.send_replace(Arc::from(news));
    }
}

/// What a page is that is not published.
fn what(why: Why) -> String {
    match why {
        Why::Draft => "Draft".to_owned(),
        Why::Future(date) => format!("Scheduled for {}", date.day()),
        Why::Expired(date) => format!("Expired on {}", date.day()),
    }
}

impl Site {
    fn new(output: OutputTree, base_path: &str) -> Self {
        Self {
            unnamed: unnamed(&output),
            output,
            base_path: base_path.to_owned(),
        }
    }

    /// Fingerprints of a page: of all that it shows, and of all but its style sheets. An open page
    /// compares them with its own to learn whether it has to change, and how.
    pub fn prints(&self, page: &[u8]) -> [Fingerprint; 2] {
        let page = String::from_utf8_lossy(page);
        let mut bare = page.to_string();
        let files = self.output.files.iter();
        for (path, bytes) in files.filter(|(path, _)| path.ends_with(".css")) {
            if page.contains(path.as_str()) {
                bare = bare.replace(path, "").replace(&integrity(bytes), "");
            }
        }
        [page.as_ref(), &bare].map(|text| {
            let mut hasher = Hasher::default();
            hasher.add(text.as_bytes());
            hasher.add(self.unnamed.to_string().as_bytes());
            hasher.finish()
        })
    }
}

/// A fingerprint of the files whose names in a page stay the same when they change. Pages show
/// no other page, and names below `assets/` carry a fingerprint.
fn unnamed(output: &OutputTree) -> Fingerprint {
    let mut hasher = Hasher::default();
    for (path, bytes) in &output.files {
        let speaks_for_itself = path.starts_with("assets/")
            || [".html", ".xml", ".json"]
                .iter()
                .any(|end| path.ends_with(end));
        if !speaks_for_itself {
            hasher.add(path.as_bytes());
            hasher.add(bytes);
        }
    }
    hasher.finish()
}
