//! What earlier builds left, so that the next one need not do it again. Only
//! the results of pure functions, so that it changes nothing but the time.

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::images;
use crate::ledger::Ledger;
use crate::models::Parsed as ParsedModel;
use crate::page::Page;
use crate::progress::Progress;
use crate::render::Rendered;
use crate::search::Digest;
use crate::share_images;
use crate::store::Store;

/// A parsed file and what was wrong with it.
pub type ParsedPage = (Arc<Page>, Vec<Diagnostic>);

/// What earlier builds left. A new one makes a build clean.
#[derive(Default)]
pub struct Memory {
    pub pages: Store<ParsedPage>,
    pub models: Store<ParsedModel>,
    pub digests: Store<Arc<Digest>>,
    pub images: images::Kept,
    pub share_images: share_images::Kept,
    pub rendered: Store<Arc<Rendered>>,
    /// Of the present build, for who waits for it.
    pub progress: Arc<Progress>,
    /// Of the folder that is published into, if there is one.
    pub ledger: Option<Ledger>,
}

impl Memory {
    /// For a process that builds the site once, and has no use for what would only save time in the next build.
    pub fn for_one_build() -> Self {
        Self {
            pages: Store::forgetful(),
            digests: Store::forgetful(),
            rendered: Store::forgetful(),
            ..Self::default()
        }
    }

    /// To be called when a build is through.
    pub fn forget_unused(&mut self) {
        self.pages.forget_unused();
        self.models.forget_unused();
        self.digests.forget_unused();
        self.images.forget_unused();
        self.share_images.forget_unused();
        self.rendered.forget_unused();
    }
}
