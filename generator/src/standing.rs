//! A site that has been built and is kept as it is, so that a page whose text changes can be made again at once. What
//! else changes with that text, such as lists and feeds, is for the next build.

use std::sync::Arc;

use crate::content::CALCULATOR;
use crate::diagnostic::Diagnostic;
use crate::ground::{Ground, Layout};
use crate::link_check::Files;
use crate::memory::Memory;
use crate::output::Collector;
use crate::page::Page;
use crate::render::Press;
use crate::site::Node;
use crate::source::SourceTree;
use crate::{Build, Options, make};

/// A site that has been built.
pub struct Standing(Layout);

/// A page that has been made again.
pub struct Revised {
    /// The path of its file below the output folder.
    pub file: String,
    pub bytes: Arc<[u8]>,
}

/// Builds a site and keeps it, unless it fails.
pub fn build(
    source: &SourceTree,
    options: &Options,
    memory: &mut Memory,
) -> (Build, Option<Standing>) {
    let (ground, wrong) = Ground::prepare(source, options, memory);
    let layout = Layout::of(ground);
    let output = Collector::default();
    let mut build = make(&layout, wrong, memory, None, &output);
    memory.forget_unused();
    if build.failed() {
        return (build, None);
    }
    build.output = output.into_tree();
    (build, Some(Standing(layout)))
}

impl Standing {
    /// A page as it is with the new text of its file. `None` if there is something wrong with it, or if the page may not stay
    /// where and what it was: a build says more then.
    pub fn revised(&self, path: &str, bytes: &[u8]) -> Option<Revised> {
        let ground = self.0.ground();
        let (plan, _) = self.0.plan().as_ref()?;
        let theme = ground.theme()?;
        let Node::Page(index) = plan.links().written_in(path)? else {
            return None;
        };
        let placed = &ground.site.pages[index];
        let page = ground.parse(path, bytes)?;
        let page = stays(page, &placed.page)?;
        if !ground.images().has_all_of(&page, plan.links()) {
            return None;
        }
        let file = placed.address.output_file();
        let made = plan.revised(&file, index, &page)?;
        if made.diagnostics.iter().any(Diagnostic::is_error) {
            return None;
        }
        let rendered = Press::new(theme, plan.shared())
            .and_then(|press| press.render(&made.job))
            .ok()?;
        let files = Files::new(plan.orders.keys(), &ground.config.base_url);
        files.leads_somewhere(&file, &rendered).then_some(Revised {
            file,
            bytes: rendered.bytes,
        })
    }
}

/// A page with what its sections say for it, if it is the same as before but for its text.
fn stays(page: Page, before: &Page) -> Option<Page> {
    let calculates = |page: &Page| page.body.has_shortcode(CALCULATOR);
    let stays = page.head == before.head
        && page.title == before.title
        && calculates(&page) == calculates(before);
    stays.then(|| Page {
        front: before.front.clone(),
        ..page
    })
}
