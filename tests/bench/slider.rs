//! How long the page takes for new inputs, while a key moves a slider of the published article.

use crate::RECOMPUTES;
use crate::calculator::Calculator;
use crate::native::Native;
use crate::plain::{Measured, Plain};
use crate::site::{ARTICLE, CALCULATOR, blog};
use crate::tab::{Key, Tab};
use crate::table::Times;
use crate::throttle::Throttle;

/// The input whose slider moves.
pub const INPUT: &str = "people";

/// What the widget needs after a change.
pub struct Widget {
    /// The estimate alone, as the widget measures it.
    pub estimate: Times,
    /// All that it does in the frame.
    pub frame: Times,
}

pub struct Desktop {
    pub widget: Widget,
    pub plain: Measured,
}

/// The widget and plain JavaScript take turns: after every key both compute the estimate for the
/// same inputs.
pub fn beside_plain_javascript(native: &Native) -> Desktop {
    let tab = blog().visit(ARTICLE);
    let slider = Slider::new(&tab, native);
    let plain = Plain::load();
    slider.move_through(|| plain.estimate(INPUT, slider.value()));
    Desktop {
        widget: slider.measured(),
        plain: plain.measured(native),
    }
}

/// The widget on a processor that is `rate` times as slow.
pub fn throttled(native: &Native, rate: u32) -> Widget {
    let tab = blog().visit(ARTICLE);
    let slider = Slider::new(&tab, native);
    let _slow = Throttle::page(&blog().web.url(ARTICLE), rate);
    slider.move_through(|| ());
    slider.measured()
}

struct Slider<'a> {
    calculator: Calculator<'a>,
    selector: String,
}

impl<'a> Slider<'a> {
    /// The slider of a live calculator, at its lower end and with the focus.
    fn new(tab: &'a Tab, native: &Native) -> Self {
        let calculator = Calculator::live(tab, CALCULATOR);
        let selector = calculator.slider(native.input(INPUT));
        tab.click(&selector);
        tab.press(Key::Home);
        tab.wait_for_frame();
        // A frame's work is done in the order in which it was asked for: one of these listeners
        // hears of a change before the widget does, the other one after it.
        calculator.run(
            "{
                let began;
                window.frames = [];
                const begin = () => began = performance.now();
                const end = () => frames.push(performance.now() - began);
                root.addEventListener('input', () => requestAnimationFrame(begin), { capture: true });
                root.addEventListener('input', () => requestAnimationFrame(end));
                performance.clearMeasures();
            }",
        );
        Self {
            calculator,
            selector,
        }
    }

    fn move_through(&self, after_each: impl Fn()) {
        let tab = self.calculator.tab;
        for change in 0..RECOMPUTES {
            tab.press(if change % 50 == 49 {
                Key::Home
            } else {
                Key::Right
            });
            tab.wait_for_frame();
            after_each();
        }
    }

    fn value(&self) -> f64 {
        self.calculator.number_in(&self.selector, "value")
    }

    fn measured(&self) -> Widget {
        let ask = |times: &str| -> Times {
            self.calculator
                .tab
                .ask::<Vec<f64>>(times)
                .into_iter()
                .collect()
        };
        Widget {
            estimate: ask(
                "performance.getEntriesByName('tallypress-estimate', 'measure').map(({ duration }) => duration)",
            ),
            frame: ask("window.frames"),
        }
    }
}
