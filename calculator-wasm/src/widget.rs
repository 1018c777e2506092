//! The calculator inside a page. [`mount`] takes over the markup that the generator
//! rendered, with the same engine: on every change of the form it computes a new
//! estimate and writes the figures that changed into the elements that show them.

mod controls;
mod numbers;
mod page;
mod spots;

use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;
use core::cell::RefCell;

use js_sys::{Function, JsString};
use lol_alloc::{AssumeSingleThreaded, FreeListAllocator};
use wasm_bindgen::prelude::*;
use web_sys::{Element, Event, Performance};

use self::controls::Controls;
use self::numbers::Numbers;
use self::page::{Spot, carrying};
use self::spots::Spots;
use crate::figures::Layout;
use crate::model::{Engine, Model, decode};

#[expect(unsafe_code, reason = "a global allocator has to promise that it is safe to share between threads")]
#[global_allocator]
// SAFETY: the module is built without atomics, so its memory cannot be shared: a
// page runs it on one thread, and a worker would have an instance of its own.
static ALLOCATOR: AssumeSingleThreaded<FreeListAllocator> =
    unsafe { AssumeSingleThreaded::new(FreeListAllocator::new()) };

/// Nothing here panics by design; if it did, the page keeps the figures it shows.
#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    core::arch::wasm32::unreachable()
}

/// How long the form has to rest before a screen reader hears the verdict.
const REST_MILLISECONDS: i32 = 500;

/// Brings one calculator to life: its root element and the bytes of its model.
/// False when the two do not go together; the page is then left as it is.
#[wasm_bindgen]
pub fn mount(root: &Element, model: &[u8]) -> bool {
    let Some(mut calculator) = Calculator::new(root, model) else {
        return false;
    };
    calculator.refresh();
    let calculator = Rc::new(RefCell::new(calculator));
    listen(root, &calculator);
    root.set_attribute("data-ready", "").is_ok()
}

/// Connects the events of the form. However many there are, the figures are
/// computed once, just before the browser paints its next frame.
fn listen(root: &Element, calculator: &Rc<RefCell<Calculator>>) {
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
    for event in ["input", "click"] {
        // Cannot fail: the name and the function are what they should be.
        let _ = root.add_event_listener_with_callback(event, &changed);
    }
}

/// A function for the browser that works on a calculator. It lives as long as the
/// page does, as the elements that call it do.
fn callback(
    calculator: &Rc<RefCell<Calculator>>,
    mut work: impl FnMut(&mut Calculator, JsValue) + 'static,
) -> Function {
    let calculator = Rc::clone(calculator);
    Closure::<dyn FnMut(JsValue)>::new(move |argument| {
        if let Ok(mut calculator) = calculator.try_borrow_mut() {
            work(&mut calculator, argument);
        }
    })
    .into_js_value()
    .unchecked_into()
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = requestAnimationFrame)]
    fn request_animation_frame(work: &Function);

    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(work: &Function, milliseconds: i32) -> i32;

    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(timeout: i32);

    /// What a reader can see of an element's text, without what is hidden.
    #[wasm_bindgen(method, getter, js_name = innerText)]
    fn visible_text(this: &Spot) -> JsString;
}

/// One calculator of the page.
struct Calculator {
    engine: Engine,
    layout: Layout,
    numbers: Numbers,
    controls: Controls,
    spots: Spots,
    /// Where the result is said in words, and where that is repeated for screen readers.
    verdict: Vec<(Spot, String)>,
    live: Vec<(Spot, String)>,
    clock: Option<Performance>,
    frame_is_due: bool,
    /// The timeout that is running, or was last.
    rest: i32,
}

/// The name under which a page can look up how long estimates take.
const MEASURE: &str = "tallypress-estimate";

impl Calculator {
    fn new(root: &Element, model: &[u8]) -> Option<Self> {
        let engine = Engine::new(decode(model).ok()?).ok()?;
        let layout = Layout::new(engine.model());
        let language = root.closest("[lang]").ok()?.and_then(|element| element.get_attribute("lang"));
        let currency = root.get_attribute("data-currency")?;
        let numbers = Numbers::new(&language.unwrap_or_default(), &currency)?;
        Some(Self {
            controls: Controls::new(root, engine.model(), &numbers),
            spots: Spots::new(root, &layout),
            verdict: carrying(root, "data-verdict"),
            live: carrying(root, "data-live"),
            clock: web_sys::window().and_then(|window| window.performance()),
            frame_is_due: false,
            rest: 0,
            engine,
            layout,
            numbers,
        })
    }

    /// Takes an event on the form into account; true if there is something to compute.
    fn accept(&mut self, event: &Event) -> bool {
        let Some(target) = event.target() else {
            return false;
        };
        let target = target.unchecked_into::<Element>();
        if event.type_() == "input" {
            return self.controls.read(&target, self.engine.model(), &self.numbers);
        }
        let reset = matches!(target.closest("[data-reset]"), Ok(Some(_)));
        if reset {
            self.controls.reset(self.engine.model(), &self.numbers);
        }
        reset
    }

    /// Computes the estimate for the inputs and brings the page in line with it.
    fn refresh(&mut self) {
        self.frame_is_due = false;
        let clock = self.clock.as_ref();
        let _ = clock.map(|clock| clock.mark(MEASURE));
        let Ok(estimate) = self.engine.estimate(self.controls.values()) else {
            return;
        };
        let _ = clock.map(|clock| clock.measure_with_start_mark(MEASURE, MEASURE));
        self.spots.write(self.layout.values(&estimate), &self.layout, &self.numbers);
    }

    /// Says the result once more where a screen reader listens for changes.
    fn announce(&self) {
        if let Some((verdict, _)) = self.verdict.first() {
            for (live, _) in &self.live {
                live.write(&verdict.visible_text());
            }
        }
    }
}

/// For tests: the estimate of a model at `samples` futures, number by number as in
/// `Estimate::flatten`. Empty when model and inputs do not go together.
#[wasm_bindgen(js_name = estimateBits)]
pub fn estimate_bits(model: &[u8], inputs: &[f64], samples: usize) -> Vec<f64> {
    let Ok(model) = decode(model) else {
        return Vec::new();
    };
    let estimate = Engine::new(Model { samples, ..model }).map(|engine| engine.estimate(inputs));
    match estimate {
        Ok(Ok(estimate)) => estimate.flatten(),
        _ => Vec::new(),
    }
}
