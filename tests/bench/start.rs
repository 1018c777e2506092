//! The page from its load until the calculator is alive and has answered for the first time: how
//! long the widget takes once its files are there, and whether anything on the page moves. Each
//! time in a tab that has not seen it.

use crate::calculator::Calculator;
use crate::native::Native;
use crate::site::{ARTICLE, CALCULATOR, blog};
use crate::slider::INPUT;
use crate::tab::{Key, Tab};
use crate::table::Times;

pub struct Starts {
    /// From the last byte of the widget and its model until it is alive.
    pub alive: Times,
    /// Its first estimate.
    pub estimate: Times,
    /// The largest sum of layout shifts between the page's load and half a second of life.
    pub shift_on_phone: f64,
    pub shift_on_desktop: f64,
}

struct Start {
    alive: f64,
    estimate: f64,
    shift: f64,
}

pub fn starts(native: &Native, times: usize) -> Starts {
    let run = |width, height| -> Vec<Start> {
        std::iter::repeat_with(|| start(native, width, height))
            .take(times)
            .collect()
    };
    let (phone, desktop) = (run(390, 600), run(1280, 900));
    let largest = |starts: &[Start]| starts.iter().map(|start| start.shift).fold(0.0, f64::max);
    let all = || phone.iter().chain(&desktop);
    Starts {
        alive: all().map(|start| start.alive).collect(),
        estimate: all().map(|start| start.estimate).collect(),
        shift_on_phone: largest(&phone),
        shift_on_desktop: largest(&desktop),
    }
}

fn start(native: &Native, width: u32, height: u32) -> Start {
    let tab = Tab::new();
    tab.resize(width, height);
    tab.run_first(
        "window.shifts = [];
        new PerformanceObserver((list) => shifts.push(...list.getEntries().map(({ value }) => value)))
            .observe({ type: 'layout-shift', buffered: true });
        new MutationObserver(() => window.alive ??= performance.now())
            .observe(document, { subtree: true, attributeFilter: ['data-ready'] });",
    );
    tab.open(&blog().web.url(ARTICLE));
    tab.wait_for_frame();
    tab.run("shifts.length = 0");
    let calculator = Calculator::live(&tab, CALCULATOR);
    tab.run("new Promise((done) => setTimeout(done, 500))");
    let shift = tab.ask("shifts.reduce((sum, shift) => sum + shift, 0)");
    let alive = tab.ask(
        "(() => {
            const needed = performance.getEntriesByType('resource').filter(({ name }) => /\\.(js|wasm|bin)$/.test(name));
            return alive - Math.max(...needed.map(({ responseEnd }) => responseEnd));
        })()",
    );
    // Unless it has computed one already.
    tab.click(&calculator.slider(native.input(INPUT)));
    tab.press(Key::Home);
    tab.wait_until("performance.getEntriesByName('tallypress-estimate', 'measure').length");
    let estimate =
        tab.ask("performance.getEntriesByName('tallypress-estimate', 'measure')[0].duration");
    Start {
        alive,
        estimate,
        shift,
    }
}
