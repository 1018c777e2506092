//! The calculator's engine inside a page. It takes what a reader set and gives figures by their slots, and
//! draws the charts. All of that are lists of numbers, or a text, which `page.js` writes and reads in the
//! memory that the two share: so neither needs code to call the other but with plain numbers. Everything that
//! a browser does best, such as the form, formats, addresses and files, is in `page.js`.

use alloc::string::String;
use alloc::vec::Vec;

use lol_alloc::{AssumeSingleThreaded, FreeListAllocator};
use wasm_bindgen::prelude::*;

use crate::charts::{Canvas, Drawing, draw, draw_study};
use crate::figures::{list, list_study};
use crate::model::{Engine, Sheet, Study};

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

/// One model at work. A state of it is a list of numbers: the inputs, then low, most likely and
/// high of each assumption, then those of each term.
#[wasm_bindgen]
pub struct Calculator {
    engine: Engine,
    /// Made for the first study of the present assumptions.
    coarse: Option<Engine>,
    state: Vec<f64>,
    sheet: Sheet,
    study: Study,
    /// What goes in, or came out last.
    list: Vec<f64>,
    text: String,
}

#[wasm_bindgen]
impl Calculator {
    /// The calculator for the bytes of a model, if they are one. Its list is the state to begin with.
    pub fn load(model: &[u8]) -> Option<Calculator> {
        let engine = Engine::unseal(model).ok()?;
        let mut state = Vec::new();
        for input in engine.inputs() {
            state.push(input.default);
        }
        let sheet = engine.sheet(&state).ok()?;
        for pert in engine.assumptions() {
            state.extend_from_slice(&[pert.low, pert.mode, pert.high]);
        }
        for numbers in engine.terms() {
            state.extend_from_slice(numbers);
        }
        Some(Self {
            engine,
            coarse: None,
            list: state.clone(),
            state,
            sheet,
            study: Study::default(),
            text: String::new(),
        })
    }

    /// Does what a page asks for, by its number. One door for all: each further one would be a twentieth of a
    /// kilobyte to download.
    pub fn ask(&mut self, wish: u32) -> i32 {
        match wish {
            0 => self.room() as i32,
            1 => self.set(),
            2 => self.figures(),
            3 => self.numbers(),
            4 => self.list.as_ptr() as i32,
            5 => self.draw(),
            6 => self.text.as_ptr() as i32,
            _ => i32::from(self.study()),
        }
    }
}

impl Calculator {
    /// Room for a state in the list, with the present one in it.
    fn room(&mut self) -> *mut f64 {
        self.list.clone_from(&self.state);
        self.list.as_mut_ptr()
    }

    /// Computes the estimate for the state in the list, which is as long as it was at first. Gives the
    /// place, among inputs, assumptions and terms, of the first that makes no sense; the last sound
    /// state then stays. -1 if all do.
    fn set(&mut self) -> i32 {
        let inputs = self.engine.inputs().len();
        let state = &self.list;
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
        self.state.clone_from(state);
        -1
    }

    /// Lists the figures in the order of their slots, as far as they are known. Gives how many there are.
    fn figures(&mut self) -> i32 {
        self.list = list(&self.sheet);
        list_study(&mut self.list, &self.study, &self.engine);
        self.list.len() as i32
    }

    /// Lists every number of the estimate, not rounded. Gives how many there are.
    fn numbers(&mut self) -> i32 {
        self.list.clone_from(&self.sheet.numbers);
        self.list.len() as i32
    }

    /// Draws the charts: a text with a line for the path of each slot. Gives its length.
    fn draw(&mut self) -> i32 {
        let mut pen = Pen(core::mem::take(&mut self.text));
        pen.0.clear();
        draw(&mut pen, &self.sheet);
        draw_study(&mut pen, &self.study, &self.sheet);
        self.text = pen.0;
        self.text.len() as i32
    }

    /// Takes the next step of what stands behind the answer; false if there is none.
    fn study(&mut self) -> bool {
        let coarse = self.coarse.get_or_insert_with(|| self.engine.sketch());
        self.study.advance(&self.engine, coarse) == Ok(true)
    }
}

/// One path after the other, each behind the end of a line.
struct Pen(String);

impl Canvas for Pen {
    // Only then is the drawing never made.
    #[inline(always)]
    fn begin(&mut self, _: Drawing) -> &mut String {
        self.0.push('\n');
        &mut self.0
    }
}
