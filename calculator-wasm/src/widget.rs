//! The calculator inside a page. [`mount`] takes over the markup that the generator
//! rendered, with the same engine: on every change of the form it computes a new
//! estimate and writes the figures that changed into the elements that show them.

mod controls;
mod numbers;
mod page;
mod spots;

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::cell::RefCell;

use lol_alloc::{AssumeSingleThreaded, FreeListAllocator};
use wasm_bindgen::prelude::*;

use self::controls::Controls;
use self::numbers::Numbers;
use self::page::{Element, List, find, items, number};
use self::spots::Spots;
use crate::figures::Layout;
use crate::model::Engine;

#[expect(
    unsafe_code,
    reason = "a global allocator has to promise that it is safe to share between threads"
)]
#[global_allocator]
// SAFETY: the module is built without atomics, so its memory cannot be shared: a
// page runs it on one thread, and a worker would have an instance of its own.
static ALLOCATOR: AssumeSingleThreaded<FreeListAllocator> =
    unsafe { AssumeSingleThreaded::new(FreeListAllocator::new()) };

/// Nothing here panics by design; if it did, the page would keep what it shows.
#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    core::arch::wasm32::unreachable()
}

/// How long the form has to rest before a screen reader hears the result.
const REST_MILLISECONDS: i32 = 500;

/// The name under which a page can look up how long estimates take.
const MEASURE: &str = "tallypress-estimate";

/// Brings one calculator to life: its root element, the bytes of its model and the
/// language tag to write in. False when the bytes are no model; the page is then
/// left as it is.
#[wasm_bindgen]
pub fn mount(root: &web_sys::Element, model: &[u8], language: &JsValue) -> bool {
    let root = root.unchecked_ref::<Element>();
    let Some(engine) = engine(model, None) else {
        return false;
    };
    let numbers = Numbers::new(language, &root.attribute("data-currency"));
    let mut calculator = Calculator {
        layout: Layout::new(engine.model()),
        controls: Controls::new(root, engine.model(), &numbers),
        spots: Spots::new(root),
        verdict: find(root, "[data-verdict]"),
        live: find(root, "[data-live]"),
        frame_is_due: false,
        rest: 0,
        engine,
        numbers,
    };
    calculator.refresh();
    // It lives as long as the page does, as the elements that call it do.
    listen(root, Box::leak(Box::new(RefCell::new(calculator))));
    root.toggle("data-ready", true);
    true
}

/// Connects the events of the form. However many there are, the figures are
/// computed once, just before the browser paints its next frame.
fn listen(root: &Element, calculator: &'static RefCell<Calculator>) {
    let rested = callback(calculator, |calculator, _| calculator.announce());
    let framed = callback(calculator, move |calculator, _| {
        calculator.refresh();
        clear_timeout(calculator.rest);
        calculator.rest = set_timeout(&rested, REST_MILLISECONDS);
    });
    let changed = callback(calculator, move |calculator, event| {
        if calculator.accept(event.unchecked_ref()) && !calculator.frame_is_due {
            calculator.frame_is_due = true;
            request_animation_frame(&framed);
        }
    });
    root.listen("input", &changed);
    root.listen("click", &changed);
}

/// A function for the browser that works on a calculator.
fn callback(
    calculator: &'static RefCell<Calculator>,
    mut work: impl FnMut(&mut Calculator, JsValue) + 'static,
) -> JsValue {
    Closure::<dyn FnMut(JsValue)>::new(move |argument| {
        if let Ok(mut calculator) = calculator.try_borrow_mut() {
            work(&mut calculator, argument);
        }
    })
    .into_js_value()
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = requestAnimationFrame)]
    fn request_animation_frame(work: &JsValue);

    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(work: &JsValue, milliseconds: i32) -> i32;

    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(timeout: i32);

    #[wasm_bindgen(js_namespace = performance)]
    fn mark(name: &str);

    #[wasm_bindgen(js_namespace = performance)]
    fn measure(name: &str, start: &str);

    #[wasm_bindgen(extends = web_sys::Event)]
    type Event;

    #[wasm_bindgen(method, getter)]
    fn target(this: &Event) -> Element;

}

/// One calculator of the page.
struct Calculator {
    engine: &'static Engine,
    layout: Layout,
    numbers: Numbers,
    controls: Controls,
    spots: Spots,
    /// Where the result is said in words, and where that is repeated for screen readers.
    verdict: Vec<Element>,
    live: Vec<Element>,
    frame_is_due: bool,
    /// The timeout that is running, or was last.
    rest: i32,
}

impl Calculator {
    /// Takes an event on the form into account; true if there is something to compute.
    fn accept(&mut self, event: &Event) -> bool {
        let target = event.target();
        if target.matches("[data-reset], [data-reset] *") {
            self.controls.reset(self.engine.model(), &self.numbers);
            return true;
        }
        self.controls
            .read(&target, self.engine.model(), &self.numbers)
    }

    /// Computes the estimate for the inputs and brings the page in line with it.
    fn refresh(&mut self) {
        self.frame_is_due = false;
        mark(MEASURE);
        let Ok(estimate) = self.engine.estimate(self.controls.values()) else {
            return;
        };
        measure(MEASURE, MEASURE);
        self.spots.write(self.layout.list(&estimate), &self.numbers);
    }

    /// Says the result once more where a screen reader listens for changes.
    fn announce(&self) {
        for (live, verdict) in self.live.iter().zip(&self.verdict) {
            live.write(&verdict.visible_text());
        }
    }
}

/// For tests: fills `bits` with the estimate of a model at `samples` futures, number
/// by number as in `Estimate::flatten`, or with nothing when model and inputs do not
/// go together. (Arrays rather than slices: half the glue.)
#[wasm_bindgen(js_name = estimateBits)]
pub fn estimate_bits(model: &[u8], inputs: &List, samples: usize, bits: &List) {
    let inputs: Vec<f64> = items(inputs).iter().map(number).collect();
    let estimate = engine(model, Some(samples)).map(|engine| engine.estimate(&inputs));
    if let Some(Ok(estimate)) = estimate {
        for (place, number) in estimate.flatten().into_iter().enumerate() {
            bits.set_item(place as u32, number);
        }
    }
}

/// The engine for the bytes of a model, if they are one. It stays as long as the
/// page does: code to take it down again would be code to download.
fn engine(model: &[u8], samples: Option<usize>) -> Option<&'static Engine> {
    let engine = Engine::unseal(model, samples).ok()?;
    Some(Box::leak(Box::new(engine)))
}
