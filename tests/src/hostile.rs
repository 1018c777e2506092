//! What must hold whatever comes in: a text behind the `#` of an address, the bytes of a sealed model,
//! a model file, and any legal state of a calculator. Each function takes any bytes at all, returns
//! when all is well and panics when it is not. The suite calls them with random bytes, and
//! `tests/fuzz` with bytes that look for a way through.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use tallypress::estimate::{self, EstimateModel, shared};
use tallypress::report::{self, Colour};
use tallypress_calculator::charts::{Drawing, draw, draw_study};
use tallypress_calculator::figures::{Figure, list, list_study};
use tallypress_calculator::model::{Domain, Engine, Input, Series, Sheet, Study, Summary};
use tallypress_calculator::share::Names;

/// The fewest futures that the engine draws: laws do not get truer with more.
const FUTURES: usize = 64;

/// A model with its engine, as a page has it.
pub struct Subject {
    pub names: EstimateModel,
    pub engine: Engine,
    /// The names of inputs, assumptions and terms, with a space between them.
    pub keys: String,
    /// How many numbers each term has.
    pub terms: Vec<usize>,
    /// What a calculator begins with: the inputs, then low, most likely and high of each assumption,
    /// then the numbers of each term.
    pub defaults: Vec<f64>,
}

/// The model of our own article, and another that shares nothing with it.
pub static SUBJECTS: LazyLock<[Subject; 2]> = LazyLock::new(|| {
    [
        Subject::read(
            "cto-or-partner.toml",
            include_str!("../../content/estimates/cto-or-partner.toml"),
        ),
        Subject::read(
            "second-model.toml",
            include_str!("../reference/second-model.toml"),
        ),
    ]
});

impl Subject {
    /// Reads a sound model file.
    pub fn read(path: &str, text: &str) -> Self {
        let (names, wrong) = estimate::parse(path, text);
        let names = names.unwrap_or_else(|| panic!("{path}: {wrong:?}"));
        Self::of(names)
    }

    fn of(mut names: EstimateModel) -> Self {
        names.model.samples = FUTURES;
        let native =
            Engine::new(&names.model).expect("rules for files refuse what an engine would");
        let keys: Vec<&str> = names.keys().collect();
        let terms = names.model.terms();
        Self {
            engine: Engine::unseal(&native.seal()).expect("what was sealed just now"),
            keys: keys.join(" "),
            terms: terms.iter().map(|(_, _, numbers)| numbers.len()).collect(),
            defaults: names.state(),
            names,
        }
    }

    /// How many inputs a state begins with.
    pub fn inputs(&self) -> usize {
        self.names.inputs.len()
    }

    /// Where the numbers of an input or assumption begin in a state.
    pub fn place(&self, name: usize) -> usize {
        match name.checked_sub(self.inputs()) {
            None => name,
            Some(assumption) => self.inputs() + 3 * assumption,
        }
    }

    /// As the page asks.
    pub fn share(&self) -> Names<'_> {
        Names {
            version: self.names.version as f64,
            keys: self.keys.as_bytes(),
            inputs: self.inputs(),
            assumptions: self.names.assumptions.len(),
            terms: &self.terms,
        }
    }

    /// The engine of a state, as the page has it when a reader has set all that, unless the state
    /// makes no sense.
    pub fn set(&self, state: &[f64]) -> Option<Engine> {
        let (inputs, assumptions) = state.split_at(self.inputs());
        let mut engine = self.engine.clone();
        engine.check_inputs(inputs).ok()?;
        engine.assume(assumptions).ok()?;
        Some(engine)
    }

    /// What makes sense for each assumption.
    pub fn domains(&self) -> Vec<Domain> {
        self.names.model.domains().collect()
    }
}

/// Any text behind the `#` of an address: it is refused, or it stands for a state. What a state is
/// written as opens to the same state, on the page and at a terminal, and has the same figures.
pub fn fragment(text: &[u8]) {
    for subject in &*SUBJECTS {
        let mut state = subject.defaults.clone();
        let engine = match subject.share().read(text, &mut state) {
            Ok(()) => subject.set(&state),
            Err(_) => None,
        };
        if let Ok(text) = str::from_utf8(text)
            && !text.contains(['#', '/'])
        {
            expect_terminal(subject, text, engine.is_some().then_some(&state));
        }
        let Some(engine) = engine else {
            continue;
        };
        let written = subject.share().write(&state, &subject.defaults);
        let mut opened = subject.defaults.clone();
        let read = subject.share().read(&written, &mut opened);
        assert_eq!(read, Ok(()), "{}", String::from_utf8_lossy(&written));
        assert_eq!(opened, state, "{}", String::from_utf8_lossy(&written));
        let again = subject.set(&opened).expect("the same state");
        let inputs = &state[..subject.inputs()];
        let sheet = expect_sound(&engine, inputs);
        assert_same_figures(&expect_sound(&again, &opened[..subject.inputs()]), &sheet);
    }
}

/// `tallypress estimate --from` makes of an address what the page does.
fn expect_terminal(subject: &Subject, text: &str, state: Option<&Vec<f64>>) {
    let address = format!("https://example.com/#{}:{text}", subject.names.id);
    let found = shared::address(&subject.names, &address);
    match state {
        None => assert!(found.is_err(), "{text:?} opens at a terminal only"),
        Some(state) => {
            let found = found.unwrap_or_else(|error| panic!("{text:?}: {error:?}"));
            assert_eq!(&found, state, "{text:?}");
        }
    }
}

/// Any bytes behind a checksum that is right. The page takes such bytes for a checked model; if they are
/// none it may show nonsense, but it must neither fall over nor run away.
pub fn model_bytes(bytes: &[u8]) {
    // Without a checksum they are refused, or have one by an incredible chance.
    let _ = Engine::unseal(bytes);
    // 65,536 futures of a thousand distributions would take the fuzzer seconds, as they take a page.
    // So only short models choose their number, and all others have few.
    if bytes.len() < 64 {
        compute(&sealed(bytes));
    }
    let head = SUBJECTS[0].engine.seal();
    let mut few = head[CHECKSUM..CHECKSUM + HEAD].to_vec();
    few.extend(bytes);
    compute(&sealed(&few));
}

/// Bytes of the checksum; bytes behind it that say the format's version and the number of futures.
const CHECKSUM: usize = 4;
const HEAD: usize = 3;

/// Steps of a study that are taken: there may be hundreds, between which a page does other things.
const STEPS: usize = 8;

fn compute(sealed: &[u8]) {
    let Ok(engine) = Engine::unseal(sealed) else {
        return;
    };
    let engine = engine.coarse(FUTURES);
    let inputs = || engine.inputs();
    let defaults: Vec<f64> = inputs().map(|input| input.default).collect();
    let least: Vec<f64> = inputs().map(|input| input.min).collect();
    let clamped: Vec<f64> = inputs()
        .map(|input| input.default.max(input.min).min(input.max).trunc())
        .collect();
    for values in [defaults, least, clamped] {
        let Ok(sheet) = engine.sheet(&values) else {
            continue;
        };
        let mut figures: Vec<f64> = list(&sheet);
        let mut paths: Vec<(Drawing, String)> = Vec::new();
        draw(&mut paths, &sheet);
        let mut study = Study::of(&sheet, &values);
        for _ in 0..STEPS {
            if study.advance(&engine, &engine) != Ok(true) {
                break;
            }
        }
        list_study(&mut figures, &study, &engine);
        draw_study(&mut paths, &study, &sheet);
    }
}

/// Puts the right checksum before some bytes: FNV-1a, 32 bits, as `binary.rs` of the engine has it.
pub fn sealed(bytes: &[u8]) -> Vec<u8> {
    let sum = bytes.iter().fold(0x811c_9dc5_u32, |sum, byte| {
        (sum ^ u32::from(*byte)).wrapping_mul(0x0100_0193)
    });
    let mut sealed = sum.to_le_bytes().to_vec();
    sealed.extend(bytes);
    sealed
}

/// Any text as a model file: what is wrong with it can be drawn for its author; or it is a model, and
/// then its calculator shows numbers.
pub fn model_file(text: &[u8]) {
    let Ok(text) = str::from_utf8(text) else {
        return;
    };
    let (names, wrong) = estimate::parse("model.toml", text);
    let texts = BTreeMap::from([("model.toml", text)]);
    report::draw(&wrong, &texts, Colour::Always);
    report::json(&wrong, &texts);
    let Some(names) = names else {
        assert!(!wrong.is_empty(), "there is no model and no reason");
        return;
    };
    // A file may ask for thousands of numbers over thousands of futures.
    if names.model.numbers.len() > 1000 {
        return;
    }
    let subject = Subject::of(names);
    let set = subject.set(&subject.defaults);
    assert!(set.is_some(), "a reader cannot set what the file says");
    let untouched = subject.share().write(&subject.defaults, &subject.defaults);
    let opened = subject
        .share()
        .read(&untouched, &mut subject.defaults.clone());
    assert_eq!(opened, Ok(()), "{}", String::from_utf8_lossy(&untouched));

    let ends = |end: fn(Input) -> f64| subject.engine.inputs().map(end).collect::<Vec<f64>>();
    for inputs in [ends(|input| input.min), ends(|input| input.max)] {
        expect_sound(&subject.engine, &inputs);
    }
    let inputs = ends(|input| input.default);
    let sheet = expect_sound(&subject.engine, &inputs);
    expect_sound_study(&subject.engine, &sheet, &inputs, STEPS);
}

/// Any state that a reader can set: what the page then shows are numbers, in their order.
pub fn estimate(choices: &[u8]) {
    let mut choices = Choices(choices);
    let subject = &SUBJECTS[choices.below(2)];
    let mut state = subject.defaults.clone();
    let inputs = subject.inputs();
    for (value, input) in state.iter_mut().zip(subject.engine.inputs()) {
        *value = match choices.below(4) {
            0 => input.default,
            1 => input.min,
            2 => input.max,
            _ => input.min + (input.max - input.min) * choices.share(),
        };
        if input.kind.is_whole() {
            *value = value.round();
        }
    }
    for _ in 0..choices.below(12) {
        let place = subject.place(inputs + choices.below(subject.names.assumptions.len()));
        let before: [f64; 3] = [state[place], state[place + 1], state[place + 2]];
        let after = choices.change(before);
        state[place..place + 3].copy_from_slice(&after);
        // A reader's mistake is marked, and what was there before stays.
        if subject.set(&state).is_none() {
            state[place..place + 3].copy_from_slice(&before);
        }
    }
    let engine = subject.set(&state).expect("changes that make sense");
    let _told = Told(subject, &state);
    let sheet = expect_sound(&engine, &state[..inputs]);
    if sane(subject, &state[inputs..]) {
        expect_time_and_hours(&sheet);
    }
    // It costs a hundred estimates.
    let steps = if choices.below(32) == 31 {
        usize::MAX
    } else {
        0
    };
    expect_sound_study(&engine, &sheet, &state[..inputs], steps);
}

/// Says which state it was if there is something wrong with it.
struct Told<'a>(&'a Subject, &'a [f64]);

impl Drop for Told<'_> {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            return;
        }
        let Self(subject, state) = self;
        for (name, key) in subject.keys.split(' ').enumerate() {
            let place = subject.place(name);
            let end = place + if name < subject.inputs() { 1 } else { 3 };
            if state[place..end] != subject.defaults[place..end] {
                eprintln!("{key} = {:?}", &state[place..end]);
            }
        }
    }
}

/// Whether no penalty makes work negative. (A reader may set what no author may write.)
fn sane(subject: &Subject, assumptions: &[f64]) -> bool {
    let lows = assumptions.chunks_exact(3).map(|numbers| numbers[0]);
    // Scales of our models stay below 1.5.
    lows.zip(subject.domains())
        .all(|(low, domain)| domain != Domain::Excess || low >= -0.6)
}

/// Decisions, one after the other, from any bytes; the first choice of each behind their end.
struct Choices<'a>(&'a [u8]);

impl Choices<'_> {
    fn byte(&mut self) -> u8 {
        match self.0.split_first() {
            Some((byte, rest)) => {
                self.0 = rest;
                *byte
            }
            None => 0,
        }
    }

    fn below(&mut self, count: usize) -> usize {
        usize::from(self.byte()) % count
    }

    /// From 0 to 1.
    fn share(&mut self) -> f64 {
        f64::from(u16::from_be_bytes([self.byte(), self.byte()])) / f64::from(u16::MAX)
    }

    /// One that people type, or any number at all.
    fn number(&mut self) -> f64 {
        const TYPED: [f64; 12] = [
            0.0, 1.0, 0.5, 1e-6, 100.0, 1e6, 1e9, -0.5, -1.0, -1e9, 1e300, 5e-324,
        ];
        let typed = TYPED.get(self.below(TYPED.len() + 3)).copied();
        typed.unwrap_or_else(|| f64::from_be_bytes(std::array::from_fn(|_| self.byte())))
    }

    /// Another low, most likely and high in place of the present ones.
    fn change(&mut self, [low, mode, high]: [f64; 3]) -> [f64; 3] {
        match self.below(4) {
            0 => {
                let factor = 4.0 * self.share();
                [low * factor, mode * factor, high * factor]
            }
            1 => {
                let mut three = [self.share(), self.share(), self.share()];
                three.sort_by(f64::total_cmp);
                three
            }
            2 => [self.number(); 3],
            _ => {
                let mut three = [self.number(), self.number(), self.number()];
                three.sort_by(f64::total_cmp);
                three
            }
        }
    }
}

/// An estimate whose every number is one, whose percentiles rise, and whose shares add up.
pub fn expect_sound(engine: &Engine, inputs: &[f64]) -> Sheet {
    let sheet = engine.sheet(inputs).expect("legal inputs");
    let facts = sheet.facts;
    expect_numbers(sheet.numbers.iter().copied().enumerate());
    let figures: Vec<(Figure, f64)> = list(&sheet);
    expect_numbers(figures.iter().copied());
    let bare: Vec<f64> = list(&sheet);
    let named = figures.iter().map(|(_, value)| value.to_bits());
    assert!(
        bare.iter().map(|value| value.to_bits()).eq(named),
        "the page and the generator list other figures"
    );

    let (mut wins, mut shown) = (0.0, 0.0);
    for approach in 0..facts.approaches {
        for (place, series) in facts.series().enumerate() {
            let summary = sheet.summary(approach, place);
            let Summary { p10, p50, p90, .. } = summary;
            assert!(
                p10 <= p50 && p50 <= p90,
                "{approach} {series:?}: {summary:?}"
            );
            if matches!(
                series,
                Series::PackWeek2 | Series::AdoptionMonth2 | Series::QualityMonth3
            ) {
                let share = |value: &f64| (-1e-12..=1.0 + 1e-12).contains(value);
                let Summary { mean, p10, p90, .. } = summary;
                assert!(
                    [mean, p10, p90].iter().all(share),
                    "{series:?}: {summary:?}"
                );
            }
        }
        let dots = sheet.dots(approach);
        assert!(
            dots.windows(2).all(|pair| pair[0] >= pair[1]),
            "dots of {approach}: {dots:?}"
        );
        wins += sheet.wins(approach);
        shown += figures
            .iter()
            .find(|(figure, _)| *figure == Figure::Wins { approach })
            .map_or(0.0, |(_, wins)| *wins);
    }
    assert_eq!(wins, 1.0, "somebody wins in each future");
    assert_eq!(shown, 100.0, "in 100 of 100 futures somebody wins");

    let mut paths: Vec<(Drawing, String)> = Vec::new();
    draw(&mut paths, &sheet);
    expect_paths(&paths);
    sheet
}

/// A study whose every number is one.
pub fn expect_sound_study(engine: &Engine, sheet: &Sheet, inputs: &[f64], steps: usize) {
    let mut study = Study::of(sheet, inputs);
    for _ in 0..steps {
        if !study.advance(engine, engine).expect("legal inputs") {
            break;
        }
    }
    let mut figures: Vec<(Figure, f64)> = Vec::new();
    list_study(&mut figures, &study, engine);
    expect_numbers(figures.iter().copied());
    for curve in &study.curves {
        expect_numbers(curve.iter().copied().enumerate());
    }
    let mut paths: Vec<(Drawing, String)> = Vec::new();
    draw_study(&mut paths, &study, sheet);
    expect_paths(&paths);
}

/// Work takes hours and comes after its start, and the last milestone is the last.
fn expect_time_and_hours(sheet: &Sheet) {
    let facts = sheet.facts;
    let quantiles = |Summary { p10, p50, p90, .. }: Summary| [p10, p50, p90];
    for approach in 0..facts.approaches {
        for hours in sheet.hours(approach) {
            assert!(*hours >= 0.0, "{hours} hours");
        }
        let of = |wanted: Series| {
            let place = facts.series().position(|series| series == wanted);
            quantiles(sheet.summary(approach, place.expect("a series of the model")))
        };
        let in_order = |first: [f64; 3], then: [f64; 3]| {
            let pairs = first.into_iter().zip(then);
            let mut late = pairs.filter(|(first, then)| *first > then * (1.0 + 1e-12));
            late.next().is_none()
        };
        for milestone in 0..facts.milestones {
            let reached = of(Series::WeeksMilestone(milestone));
            assert!(in_order([0.0; 3], reached), "{milestone}: {reached:?}");
            assert!(
                in_order(reached, of(Series::Weeks)),
                "milestone {milestone} of {approach} comes after the last: {reached:?}"
            );
        }
        for phase in 0..facts.phases {
            let (start, finish) = (
                of(Series::StartPhase(phase)),
                of(Series::FinishPhase(phase)),
            );
            assert!(
                in_order(start, finish),
                "phase {phase} of {approach} goes from {start:?} to {finish:?}"
            );
        }
    }
}

/// None of them is NaN. (Whoever has no time takes for ever, and that is a number.)
fn expect_numbers<T: std::fmt::Debug>(numbers: impl Iterator<Item = (T, f64)>) {
    for (what, number) in numbers {
        assert!(!number.is_nan(), "{what:?} is not a number");
    }
}

/// They are what a browser can draw.
fn expect_paths(paths: &[(Drawing, String)]) {
    for (drawing, path) in paths {
        let begins = path.is_empty() || path.starts_with('M');
        let plain = path
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'M' | b'L' | b'H' | b'h' | b' ' | b'-'));
        assert!(begins && plain, "{drawing:?}: {path}");
    }
}

/// Not one bit is different.
pub fn assert_same_figures(one: &Sheet, other: &Sheet) {
    let bits = |sheet: &Sheet| -> Vec<u64> {
        let numbers = sheet.numbers.iter();
        numbers.map(|number| number.to_bits()).collect()
    };
    assert!(bits(one) == bits(other), "{one:?}\nis not\n{other:?}");
    assert_eq!(one.recommendation, other.recommendation);
}

/// Sound examples for the functions of this module, from which wrong ones are made.
pub mod seeds {
    use super::{CHECKSUM, HEAD, SUBJECTS};

    /// For [`super::fragment`].
    pub fn fragments() -> Vec<Vec<u8>> {
        let mut seeds: Vec<String> = [
            "v1",
            "v1&cto_hours=20&rate.partner=90,150,210",
            "v1&start=3&op_share=12.5&loop.cto=0.000001,0.5,1&horizon_weeks=0",
            "v3&keeper_hours=12.25&penalty.x=-0.5&loss.vendor=0",
            // Found by the target: for ever, and then for minus ever.
            "v1&start=3&loop.cto=-0&horizon_weeks=0",
        ]
        .map(str::to_owned)
        .into();
        // Every key there is, each with the number that it has.
        for subject in &*SUBJECTS {
            let mut text = format!("v{}", subject.names.version);
            for (name, key) in subject.keys.split(' ').enumerate() {
                let number = subject.defaults[subject.place(name)];
                text.push_str(&format!("&{key}={number}"));
            }
            seeds.push(text);
        }
        seeds.into_iter().map(String::into_bytes).collect()
    }

    /// For [`super::estimate`]: decisions of all kinds, by the steps of a linear congruential
    /// generator (Knuth's MMIX).
    pub fn choices() -> Vec<Vec<u8>> {
        let mut state = 1_u64;
        let mut byte = || {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 56) as u8
        };
        (0..16)
            .map(|_| (0..200).map(|_| byte()).collect())
            .collect()
    }

    /// For [`super::model_bytes`].
    pub fn models() -> Vec<Vec<u8>> {
        SUBJECTS
            .iter()
            .map(|subject| subject.engine.seal()[CHECKSUM + HEAD..].to_vec())
            .collect()
    }

    /// For [`super::model_file`].
    pub fn files() -> Vec<Vec<u8>> {
        [
            include_str!("../tests/suite/small-model.toml"),
            include_str!("../reference/second-model.toml"),
            include_str!("../../content/estimates/cto-or-partner.toml"),
        ]
        .map(|text| text.as_bytes().to_vec())
        .into()
    }
}
