//! The page from its first byte until the calculator is alive: how long the widget takes once its
//! files are there, and whether anything on the page moves. Each time in a tab that has not seen it.

use crate::calculator::Calculator;
use crate::site::{ARTICLE, CALCULATOR, blog};
use crate::tab::Tab;
use crate::table::Times;

pub struct Starts {
    /// From the last byte of the widget and its model to the first estimate.
    pub ready: Times,
    /// That estimate.
    pub estimate: Times,
    /// The largest sum of layout shifts between the page's load and half a second of life.
    pub shift_on_phone: f64,
    pub shift_on_desktop: f64,
}

struct Start {
    ready: f64,
    estimate: f64,
    shift: f64,
}

pub fn starts(times: usize) -> Starts {
    let run = |width, height| -> Vec<Start> {
        std::iter::repeat_with(|| start(width, height))
            .take(times)
            .collect()
    };
    let (phone, desktop) = (run(390, 600), run(1280, 900));
    let largest = |starts: &[Start]| starts.iter().map(|start| start.shift).fold(0.0, f64::max);
    let all = || phone.iter().chain(&desktop);
    Starts {
        ready: all().map(|start| start.ready).collect(),
        estimate: all().map(|start| start.estimate).collect(),
        shift_on_phone: largest(&phone),
        shift_on_desktop: largest(&desktop),
    }
}

fn start(width: u32, height: u32) -> Start {
    let tab = Tab::new();
    tab.resize(width, height);
    tab.run_first(
        "window.shifts = [];
        new PerformanceObserver((list) => shifts.push(...list.getEntries().map(({ value }) => value)))
            .observe({ type: 'layout-shift', buffered: true });",
    );
    tab.open(&blog().web.url(ARTICLE));
    tab.wait_for_frame();
    tab.run("shifts.length = 0");
    Calculator::live(&tab, CALCULATOR);
    let (ready, estimate) = tab.ask(
        "(() => {
            const needed = performance.getEntriesByType('resource').filter(({ name }) => /\\.(js|wasm|bin)$/.test(name));
            const there = Math.max(...needed.map(({ responseEnd }) => responseEnd));
            const [{ startTime, duration }] = performance.getEntriesByName('tallypress-estimate', 'measure');
            return [startTime + duration - there, duration];
        })()",
    );
    tab.run("new Promise((done) => setTimeout(done, 500))");
    Start {
        ready,
        estimate,
        shift: tab.ask("shifts.reduce((sum, shift) => sum + shift, 0)"),
    }
}
