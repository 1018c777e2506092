//! The calculator's engine inside a page. It takes what a reader set as a list of numbers and gives
//! figures by their slots, draws the charts, and reads and writes the text of a shared address.
//! Everything that a browser does best, such as the form, formats and files, is in `page.js`.

use alloc::string::String;
use alloc::vec::Vec;

use lol_alloc::{AssumeSingleThreaded, FreeListAllocator};
use wasm_bindgen::prelude::*;

use crate::charts::{Canvas, Drawing, draw, draw_study};
use crate::figures::{list, list_study};
use crate::model::{Engine, Sheet, Study};
use crate::share::{Names, ShareError};

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

#[wasm_bindgen]
extern "C" {
    /// An array. (Its numbers are handed over one by one: the code for whole slices is larger.)
    pub type List;

    #[wasm_bindgen(method, getter)]
    fn length(this: &List) -> usize;

    #[wasm_bindgen(method, indexing_getter)]
    fn number(this: &List, place: usize) -> f64;

    #[wasm_bindgen(method, indexing_getter)]
    fn element(this: &List, place: usize) -> Option<Path>;

    #[wasm_bindgen(method)]
    fn push(this: &List, number: f64);

    /// A path of the page. What web-sys declares for attributes wraps a failure that cannot happen.
    #[wasm_bindgen(extends = web_sys::Element)]
    type Path;

    #[wasm_bindgen(method, js_name = setAttribute)]
    fn set(this: &Path, name: &str, value: &str);
}

/// One model at work. A state of it is a list of numbers: the inputs, then low, most likely and
/// high of each assumption.
#[wasm_bindgen]
pub struct Calculator {
    engine: Engine,
    /// Made for the first study of the present assumptions.
    coarse: Option<Engine>,
    default: Vec<f64>,
    state: Vec<f64>,
    sheet: Sheet,
    study: Study,
}

#[wasm_bindgen]
impl Calculator {
    /// The calculator for the bytes of a model, if they are one.
    pub fn load(model: &List) -> Option<Calculator> {
        let mut bytes = Vec::new();
        for place in 0..model.length() {
            bytes.push(model.number(place) as u8);
        }
        let engine = Engine::unseal(&bytes).ok()?;
        let mut default = Vec::new();
        for input in engine.inputs() {
            default.push(input.default);
        }
        let sheet = engine.sheet(&default).ok()?;
        for pert in engine.assumptions() {
            default.extend_from_slice(&[pert.low, pert.mode, pert.high]);
        }
        Some(Self {
            engine,
            coarse: None,
            state: default.clone(),
            default,
            sheet,
            study: Study::default(),
        })
    }

    /// Appends the state that the model begins with.
    pub fn defaults(&self, list: &List) {
        give(&self.default, list);
    }

    /// Computes the estimate for a state. Gives the place, among inputs and then assumptions, of the
    /// first that makes no sense; the last sound state then stays. -1 if all do.
    pub fn set(&mut self, list: &List) -> i32 {
        let state = take(list);
        let inputs = self.engine.inputs().len();
        if state.len() != self.default.len() {
            return 0;
        }
        if let Err(wrong) = self.engine.check_inputs(&state[..inputs]) {
            return wrong.input() as i32;
        }
        if state[inputs..] != self.state[inputs..] {
            if let Err(place) = self.engine.assume(&state[inputs..]) {
                return (inputs + place) as i32;
            }
            self.coarse = None;
        }
        if let Ok(sheet) = self.engine.sheet(&state[..inputs]) {
            self.study = Study::of(&sheet, &state[..inputs]);
            self.sheet = sheet;
        }
        self.state = state;
        -1
    }

    /// Appends the figures in the order of their slots, as far as they are known.
    pub fn figures(&self, to: &List) {
        let mut figures: Vec<f64> = list(&self.sheet);
        list_study(&mut figures, &self.study, &self.engine);
        give(&figures, to);
    }

    /// Appends every number of the estimate, not rounded.
    pub fn numbers(&self, list: &List) {
        give(&self.sheet.numbers, list);
    }

    /// Draws into the paths of a page, each in the place of its slot.
    pub fn draw(&self, paths: &List) {
        let mut pen = Pen {
            paths,
            slot: usize::MAX,
            path: String::new(),
        };
        draw(&mut pen, &self.sheet);
        draw_study(&mut pen, &self.study, &self.sheet);
        pen.lift();
    }

    /// Takes the next step of what stands behind the answer; false if there is none.
    pub fn study(&mut self) -> bool {
        let coarse = self.coarse.get_or_insert_with(|| self.engine.sketch());
        self.study.advance(&self.engine, coarse) == Ok(true)
    }

    /// Appends the state in the text of a shared address; nothing if the text is broken, one number
    /// if it was written for another version of the model. Texts are lists of codes.
    pub fn open(&self, text: &List, version: f64, keys: &List, to: &List) {
        let mut state = self.default.clone();
        match self
            .names(version, &codes(keys))
            .read(&codes(text), &mut state)
        {
            Ok(()) => give(&state, to),
            Err(ShareError::Version) => to.push(0.0),
            Err(ShareError::Broken) => {}
        }
    }

    /// Appends the text of an address for the present state.
    pub fn share(&self, version: f64, keys: &List, to: &List) {
        let keys = codes(keys);
        for code in self.names(version, &keys).write(&self.state, &self.default) {
            to.push(f64::from(code));
        }
    }
}

impl Calculator {
    fn names<'a>(&self, version: f64, keys: &'a [u8]) -> Names<'a> {
        Names {
            version,
            keys,
            inputs: self.engine.inputs().len(),
        }
    }
}

fn take(list: &List) -> Vec<f64> {
    let mut numbers = Vec::new();
    for place in 0..list.length() {
        numbers.push(list.number(place));
    }
    numbers
}

fn give(numbers: &[f64], list: &List) {
    for number in numbers {
        list.push(*number);
    }
}

/// A text of the page; what is not ASCII is none of ours.
fn codes(list: &List) -> Vec<u8> {
    let mut codes = Vec::new();
    for code in take(list) {
        codes.push(if code < 128.0 { code as u8 } else { b'?' });
    }
    codes
}

/// Draws each path when it is complete.
struct Pen<'a> {
    paths: &'a List,
    /// Of the path that was begun last; none at first.
    slot: usize,
    path: String,
}

impl Pen<'_> {
    #[inline(never)]
    fn next(&mut self) -> &mut String {
        self.lift();
        self.slot = self.slot.wrapping_add(1);
        self.path.clear();
        &mut self.path
    }

    fn lift(&mut self) {
        // A theme may leave something out.
        if let Some(path) = self.paths.element(self.slot) {
            path.set("d", &self.path);
        }
    }
}

impl Canvas for Pen<'_> {
    // Only then is the drawing never made.
    #[inline(always)]
    fn begin(&mut self, _: Drawing) -> &mut String {
        self.next()
    }
}
