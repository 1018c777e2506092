//! Tallypress turns Markdown articles into a static site in which the numbers
//! are computed, not typed.
//!
//! [`build`] is the whole flow: pure functions from a [`SourceTree`] to an
//! [`OutputTree`]. Only [`source`] and [`output`] touch the disk (and
//! [`watch`] and [`serve`], which repeat the flow). ARCHITECTURE.md explains
//! the parts.

#[macro_use]
pub mod say;

pub mod address;
pub mod alternate;
pub mod archetype;
pub mod assets;
pub mod authors;
pub mod cache;
pub mod calculator;
pub mod check;
pub mod cli;
pub mod compress;
pub mod config;
pub mod content;
pub mod data;
pub mod date;
pub mod diagnostic;
pub mod estimate;
pub mod explain;
pub mod external_links;
pub mod feed;
pub mod fields;
pub mod finish;
pub mod ground;
pub mod hash;
pub mod html;
pub mod images;
pub mod import;
pub mod json_ld;
pub mod last_build;
pub mod ledger;
pub mod link_check;
pub mod list;
pub mod memory;
pub mod merge;
pub mod methodology;
pub mod models;
pub mod output;
pub mod page;
pub mod plan;
pub mod policy;
pub mod progress;
pub mod ready;
pub mod render;
pub mod report;
pub mod rules;
pub mod schema;
pub mod search;
pub mod serve;
pub mod shard;
pub mod share_images;
pub mod site;
pub mod sitemap;
pub mod source;
pub mod stamp;
pub mod standing;
pub mod starter;
pub mod store;
pub mod theme;
pub mod variables;
pub mod view;
pub mod watch;
pub mod words;

use std::collections::{BTreeMap, BTreeSet};

use crate::address::Address;
use crate::diagnostic::Diagnostic;
use crate::finish::Finished;
use crate::ground::{Ground, Layout};
use crate::memory::Memory;
use crate::output::{Collector, OutputTree, Sink};
use crate::shard::{Shard, Share};
use crate::site::{Due, Why, Withheld};
use crate::source::SourceTree;

pub use crate::ground::{Options, assemble};

/// A finished site, or what is wrong with it.
#[derive(Debug, Default)]
pub struct Build {
    /// Nothing is in it if there was an error, or if the files were handed to a [`Sink`].
    pub output: OutputTree,
    /// Pages made by a template.
    pub pages: usize,
    /// For each page's file, the source that it is made from.
    pub origins: BTreeMap<String, String>,
    /// Source files of pages that are not published now, with the reason.
    pub withheld: Vec<(String, Withheld)>,
    /// Pages that are in it because drafts are, with the reason why they would not be.
    pub previewed: Vec<(Address, Why)>,
    /// When a build would next come out otherwise although no file has changed.
    pub next_due: Option<Due>,
    /// Files that pages show as pictures, by source path; readers get them in other sizes.
    pub pictured: BTreeSet<String>,
    /// Where pictures beside pages are published that have lost what a camera wrote, by source path.
    pub prepared: BTreeMap<String, String>,
    /// In reading order.
    pub diagnostics: Vec<Diagnostic>,
    /// Of a shard: what is to be known when it is put together with the others.
    pub share: Option<Share>,
}

impl Build {
    pub fn failed(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }
}

/// Builds a site. `memory` only saves time: the result is the same with a new one.
pub fn build(source: &SourceTree, options: &Options, memory: &mut Memory) -> Build {
    let output = Collector::default();
    let mut build = build_into(source, options, memory, &output);
    if !build.failed() {
        build.output = output.into_tree();
    }
    build
}

/// The same with every file handed over as soon as it is finished, on any thread. If the build fails, what was
/// handed over is not to be published.
pub fn build_into(
    source: &SourceTree,
    options: &Options,
    memory: &mut Memory,
    sink: &dyn Sink,
) -> Build {
    let (ground, wrong) = Ground::prepare(source, options, memory);
    let layout = Layout::of(ground);
    let build = make(&layout, wrong, memory, options.shard, sink);
    memory.forget_unused();
    // Letting go of a large site takes time, for which nobody has to wait.
    rayon::spawn(move || drop(layout));
    build
}

/// Makes the files of a plan, or those of a shard, and says how that went. `wrong` is what is wrong with the ground.
fn make(
    layout: &Layout,
    wrong: Vec<Diagnostic>,
    memory: &Memory,
    shard: Option<Shard>,
    sink: &dyn Sink,
) -> Build {
    let ground = layout.ground();
    let config = &ground.config;
    let mut finished = match (layout.plan(), ground.theme()) {
        (Some((plan, wrong)), Some(theme)) => {
            finish::finish(plan, wrong.clone(), config, theme, memory, shard, sink)
        }
        _ => Finished::default(),
    };
    if let Some(share) = &mut finished.share {
        share.in_site.clone_from(&wrong);
    }
    let site = &ground.site;
    let withheld = site.withheld.iter();
    Build {
        output: OutputTree::default(),
        pages: finished.pages,
        origins: finished.origins,
        withheld: withheld
            .map(|(path, why)| (path.clone(), why.clone()))
            .collect(),
        previewed: site.previewed.clone(),
        next_due: site.next_due.clone(),
        pictured: ground.images().sources(),
        prepared: ground
            .images()
            .outputs()
            .map(|(source, output)| (source.to_owned(), output.to_owned()))
            .collect(),
        diagnostics: diagnostic::in_reading_order([wrong, finished.diagnostics].concat()),
        share: finished.share,
    }
}
