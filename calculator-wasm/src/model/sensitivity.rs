//! What an estimate hangs on (MODEL.md, section 7): which uncertain number moves a result most, and
//! at which value of an input two approaches cost the same. Both use the futures of the estimate
//! itself.

use super::estimate::{Recommendation, mean};
use super::futures::Futures;
use super::lattice::Walk;
use super::plan::Plan;
use super::program::{Facts, Program};
use super::{Domain, Engine, InputError, Kind, MAX_ITEMS, Pert, Series, Setting};
use alloc::vec::Vec;

/// Something that can be moved to see where an answer turns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lever {
    /// An input of the model that is no choice.
    Input(usize),
    /// An assumption, by its place in [`super::Model::assumptions`]: its range moves along with its
    /// most likely value.
    Assumption(usize),
}

/// One bar of a tornado diagram.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Swing {
    /// The risk variable.
    pub variable: usize,
    /// Mean of the output where it is in its lowest fifth.
    pub low: f64,
    /// Mean of the output where it is in its highest fifth.
    pub high: f64,
}

impl Swing {
    /// How far the output moves.
    pub fn size(&self) -> f64 {
        (self.high - self.low).abs()
    }
}

/// Where the recommendation turns when one lever is moved and everything else stays.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Turn {
    /// Value of the lever from which on another approach is recommended.
    pub at: f64,
    /// That approach, if any is then.
    pub approach: Option<usize>,
    /// Value of the lever at which both approaches have the same mean total, if it can be reached.
    pub even: Option<f64>,
}

/// Pieces into which the range of a lever is cut in search of a turn.
const PIECES: usize = 8;
/// How often a piece is halved in search of the first turn in it.
const HALVINGS: usize = 7;
/// Most that a lever is moved to, in multiples of the assumption's present value.
const STRETCH: f64 = 4.0;

impl Engine {
    /// How far each risk variable moves the mean of a series, by its place, in an approach, the
    /// largest swing first.
    ///
    /// Empty if the model has no such series or approach.
    pub fn tornado(
        &self,
        inputs: &[f64],
        series: usize,
        approach: usize,
    ) -> Result<Vec<Swing>, InputError> {
        self.check_inputs(inputs)?;
        let Facts { samples, seed, .. } = self.program.facts;
        let mut swings = Vec::new();
        if approach >= self.approaches() {
            return Ok(swings);
        }
        let plan = [self.plan(inputs, approach)];
        let futures = Futures::of(&plan);
        let column = futures[0].column(series);
        if column.is_empty() {
            return Ok(swings);
        }
        let fifth = samples / 5;
        for variable in 0..plan[0].variables() {
            let walk = Walk::new(variable, samples, seed);
            let (mut low, mut high) = (0.0, 0.0);
            for (future, value) in column.iter().enumerate() {
                let stratum = walk.stratum(future);
                if stratum < fifth {
                    low += value;
                } else if stratum >= samples - fifth {
                    high += value;
                }
            }
            let swing = Swing {
                variable,
                low: low / fifth as f64,
                high: high / fifth as f64,
            };
            // Few enough that sorting is finding the place.
            let mut place = 0;
            while swings
                .get(place)
                .is_some_and(|other: &Swing| other.size() >= swing.size())
            {
                place += 1;
            }
            swings.insert(place, swing);
        }
        Ok(swings)
    }

    /// The value of one lever, all else as it is, at which two approaches have the same mean total;
    /// the one nearest to the present value if there are several, `None` if there is none or the
    /// input is a choice.
    ///
    /// A whole-number input is taken as continuous, so that "from about 14.3 hours" can be said.
    pub fn break_even(
        &self,
        inputs: &[f64],
        lever: Lever,
        pair: [usize; 2],
    ) -> Result<Option<f64>, InputError> {
        self.check_inputs(inputs)?;
        let known = pair.iter().all(|approach| *approach < self.approaches());
        let mut travel = Travel::new(self, inputs, lever);
        if !known || !travel.moves() {
            return Ok(None);
        }
        let stops = travel.stops(PIECES);
        Ok(travel.meet(&stops, pair, 1.0))
    }

    /// Where the recommendation turns, nearest to the present value of the lever; `None` if it is
    /// the same over the whole range, or the input is a choice.
    pub fn turn(&self, inputs: &[f64], lever: Lever) -> Result<Option<Turn>, InputError> {
        self.check_inputs(inputs)?;
        let mut travel = Travel::new(self, inputs, lever);
        Ok(match travel.moves() {
            true => travel.turn(),
            false => None,
        })
    }

    /// The mean totals of all approaches at points of equal distance over the range of an input, at
    /// each of its answers if it is a choice. The inputs must have been checked.
    pub(super) fn curve(&self, inputs: &[f64], input: usize) -> Vec<f64> {
        let mut travel = Travel::new(self, inputs, Lever::Input(input));
        let pieces = match travel.is_choice {
            true => ((travel.max - travel.min) as usize).min(MAX_ITEMS),
            false => PIECES,
        };
        travel.stops(pieces)
    }
}

/// A lever that is moved.
struct Travel<'a> {
    engine: &'a Engine,
    /// What it is moved in.
    program: Program,
    inputs: Vec<f64>,
    lever: Lever,
    is_choice: bool,
    min: f64,
    max: f64,
    now: f64,
}

impl<'a> Travel<'a> {
    fn new(engine: &'a Engine, inputs: &[f64], lever: Lever) -> Self {
        let mut travel = Self {
            engine,
            program: engine.program.clone(),
            inputs: inputs.to_vec(),
            lever,
            is_choice: false,
            min: 0.0,
            max: 0.0,
            now: 0.0,
        };
        match lever {
            Lever::Input(place) => {
                let input = engine.program.input(place);
                travel.is_choice = input.kind == Kind::Choice;
                (travel.min, travel.max) = (input.min, input.max);
                travel.now = inputs.get(place).copied().unwrap_or(input.min);
            }
            Lever::Assumption(place) => {
                travel.now = engine.program.assumption(place).mode;
                travel.max = travel.now * STRETCH;
                if engine.program.domain(place) == Domain::Share && travel.max > 1.0 {
                    travel.max = 1.0;
                }
            }
        }
        travel
    }

    /// Whether there is a range that values can be read off.
    fn moves(&self) -> bool {
        !self.is_choice && self.min < self.max
    }

    /// The mean totals of all approaches, one after the other, where each of some pieces of the
    /// range begins, and where the last one ends.
    fn stops(&mut self, pieces: usize) -> Vec<f64> {
        let mut totals = Vec::new();
        for stop in 0..=pieces {
            // One answer alone has no range.
            let share = stop as f64 / pieces.max(1) as f64;
            let value = self.min + (self.max - self.min) * share;
            totals.extend_from_slice(&self.totals(value));
        }
        totals
    }

    /// The mean totals of all approaches with the lever at a value, infinite for what is never finished.
    #[inline(never)]
    fn totals(&mut self, value: f64) -> Vec<f64> {
        let mut stretch = None;
        match self.lever {
            Lever::Input(place) => {
                if let Some(input) = self.inputs.get_mut(place) {
                    *input = value;
                }
            }
            Lever::Assumption(place) if place < self.program.facts.numbers => stretch = Some(place),
            Lever::Assumption(place) => self.program.assume(place, Pert::certain(value)),
        }
        let mut plans = Vec::new();
        for approach in 0..self.engine.approaches() {
            let tables = &self.engine.tables;
            let mut plan = Plan::new(&self.program, tables, &self.inputs, approach);
            if let Some(number) = stretch {
                // Its range moves along, and the shape of its distribution stays.
                plan.stretch(number, value / self.now);
            }
            plans.push(plan);
        }
        let mut totals = Vec::new();
        for futures in Futures::of(&plans) {
            totals.push(futures.comparable(mean(&futures.column(Series::TOTAL))));
        }
        totals
    }

    fn recommended(&self, totals: &[f64]) -> Option<usize> {
        Recommendation::new(&self.engine.program, totals, &[]).approach
    }

    fn turn(&mut self) -> Option<Turn> {
        let stops = self.stops(PIECES);
        let totals = self.totals(self.now);
        let present = self.recommended(&totals);
        let (mut near, mut end, mut approach) = (f64::INFINITY, 0.0, present);
        for (stop, totals) in stops.chunks_exact(totals.len()).enumerate() {
            let other = self.recommended(totals);
            let value = self.at(stop);
            let distance = (value - self.now).abs();
            if other != present && distance < near {
                (near, end, approach) = (distance, value, other);
            }
        }
        if approach == present {
            return None;
        }
        // A third approach may come first on the way there.
        let piece = (self.max - self.min) / PIECES as f64;
        let mut start = match end > self.now {
            true => (end - piece).max(self.now),
            false => (end + piece).min(self.now),
        };
        for _ in 0..HALVINGS {
            let middle = (start + end) / 2.0;
            let totals = self.totals(middle);
            let other = self.recommended(&totals);
            if other == present {
                start = middle;
            } else {
                (end, approach) = (middle, other);
            }
        }
        let (Some(one), Some(other)) = (present, approach) else {
            return Some(Turn {
                at: end,
                approach,
                even: None,
            });
        };
        // The first approach is recommended as long as it is within a share of the lowest total.
        let enough = 1.0 + self.engine.program.setting(Setting::Sufficient);
        let (pair, ratio) = match (one, other) {
            (0, _) => ([one, other], enough),
            (_, 0) => ([other, one], enough),
            _ => ([one, other], 1.0),
        };
        let ends = [start, end].map(|value| {
            let totals = self.totals(value);
            (value, totals[pair[0]] - ratio * totals[pair[1]])
        });
        Some(Turn {
            at: match (ends[0].1 > 0.0) != (ends[1].1 > 0.0) {
                true => self.root(ends, pair, ratio),
                false => end,
            },
            approach,
            even: self.meet(&stops, pair, 1.0),
        })
    }

    /// The value at a stop.
    fn at(&self, stop: usize) -> f64 {
        self.min + (self.max - self.min) * (stop as f64 / PIECES as f64)
    }

    /// Where the first total is `ratio` times the second, nearest to the present value.
    fn meet(&mut self, stops: &[f64], [first, second]: [usize; 2], ratio: f64) -> Option<f64> {
        let stride = self.engine.approaches();
        let (mut near, mut a, mut b) = (f64::INFINITY, (0.0, 0.0), (0.0, 0.0));
        for stop in 0..PIECES {
            let [from, to] = [stop, stop + 1].map(|stop| {
                let totals = &stops[stop * stride..];
                (self.at(stop), totals[first] - ratio * totals[second])
            });
            let distance = ((from.0 + to.0) / 2.0 - self.now).abs();
            // Nothing costs the same as what is never finished.
            let known = (from.1 + to.1).is_finite();
            if known && (from.1 > 0.0) != (to.1 > 0.0) && distance < near {
                (near, a, b) = (distance, from, to);
            }
        }
        (near < f64::INFINITY).then(|| self.root([a, b], [first, second], ratio))
    }

    /// The same between two values with differences of different signs: regula falsi with the
    /// Illinois rule, which halves the difference at an end that stays.
    fn root(&mut self, ends: [(f64, f64); 2], [first, second]: [usize; 2], ratio: f64) -> f64 {
        let [mut a, mut b] = ends;
        let close = (b.0 - a.0).abs() * 1e-4;
        for _ in 0..30 {
            let mut x = (a.0 * b.1 - b.0 * a.1) / (b.1 - a.1);
            // Infinite values leave the middle.
            if !x.is_finite() {
                x = (a.0 + b.0) / 2.0;
            }
            let step = (x - b.0).abs();
            let totals = self.totals(x);
            let y = totals[first] - ratio * totals[second];
            if (y > 0.0) == (b.1 > 0.0) {
                a.1 /= 2.0;
            } else {
                a = b;
            }
            b = (x, y);
            if y == 0.0 || step < close {
                break;
            }
        }
        b.0
    }
}

#[cfg(test)]
mod tests {
    use crate::model::example::{question, small};
    use crate::model::{Engine, Expense, Lever, Series};
    use alloc::vec;

    #[test]
    fn a_number_swings_the_output_between_the_means_of_its_outer_fifths() {
        let mut model = small();
        model.activities[0].work = vec![model.add(10.0, 20.0, 60.0)];
        let engine = Engine::new(&model).unwrap();
        let swings = engine.tornado(&[], Series::INTERNAL, 0).unwrap();
        assert_eq!(swings[0].variable, 2);
        // Means of Beta(1.8, 4.2) below its 0.2 and above its 0.8 quantile, by numeric integration.
        let [low, high] = [swings[0].low, swings[0].high].map(|money| money / 100.0);
        assert!((low - LOW).abs() < 0.05, "{low}");
        assert!((high - HIGH).abs() < 0.05, "{high}");
        assert!(
            swings[1..].iter().all(|swing| swing.size() < 50.0),
            "{swings:?}"
        );
    }

    const LOW: f64 = 14.2994;
    const HIGH: f64 = 38.3371;

    #[test]
    fn swings_come_largest_first() {
        let mut model = small();
        let (little, much) = (model.add(1.0, 2.0, 3.0), model.add(10.0, 20.0, 30.0));
        model.activities[0].work = vec![little, much];
        let engine = Engine::new(&model).unwrap();
        let swings = engine.tornado(&[], Series::TOTAL, 0).unwrap();
        assert_eq!([swings[0].variable, swings[1].variable], [3, 2]);
        assert!(
            swings
                .windows(2)
                .all(|pair| pair[0].size() >= pair[1].size())
        );
        assert_eq!(engine.tornado(&[], 99, 0).unwrap(), []);
        assert_eq!(engine.tornado(&[], Series::TOTAL, 2).unwrap(), []);
    }

    #[test]
    fn two_approaches_cost_the_same_where_a_growing_expense_meets_a_constant_one() {
        let mut model = small();
        model.inputs = vec![question(10.0), question(10.0)];
        let growing = model.add(50.0, 100.0, 150.0);
        model.numbers[growing].drivers = vec![0];
        let constant = model.add_certain(1234.5);
        model.expenses = vec![
            Expense {
                price: growing,
                approaches: vec![0],
            },
            Expense {
                price: constant,
                approaches: vec![1],
            },
        ];
        let engine = Engine::new(&model).unwrap();
        let even = |inputs: &[f64], lever| engine.break_even(inputs, lever, [0, 1]);
        let found = even(&[10.0, 10.0], Lever::Input(0)).unwrap().unwrap();
        assert!((found - 12.345).abs() < 1e-4, "{found}");
        assert_eq!(even(&[10.0, 10.0], Lever::Input(1)), Ok(None));
        assert_eq!(even(&[10.0, 10.0], Lever::Input(7)), Ok(None));
        assert!(even(&[10.0], Lever::Input(0)).is_err());

        // The first approach is enough up to 5 % more: 4000 + 100·x = 1.05 · (4000 + 1234.5).
        let turn = engine
            .turn(&[10.0, 10.0], Lever::Input(0))
            .unwrap()
            .unwrap();
        assert_eq!(turn.approach, Some(1));
        assert!((turn.at - 14.96225).abs() < 1e-4, "{turn:?}");
        assert!((turn.even.unwrap() - 12.345).abs() < 1e-4, "{turn:?}");
        assert_eq!(engine.turn(&[10.0, 10.0], Lever::Input(1)), Ok(None));

        // The same through the growing price, whose range moves along: at 10 units 1234.5 / 10.
        let found = even(&[10.0, 10.0], Lever::Assumption(growing));
        assert!((found.unwrap().unwrap() - 123.45).abs() < 1e-3, "{found:?}");
    }

    #[test]
    fn of_several_break_evens_the_nearest_counts() {
        let mut model = small();
        model.inputs = vec![question(10.0)];
        let bump = model.add_certain(1.0);
        model.numbers[bump].scale = crate::model::Scale(vec![crate::model::Ramp {
            input: 0,
            points: [(0.0, 0.0), (50.0, 100.0), (100.0, 0.0)]
                .map(|(x, y)| crate::model::Point { x, y })
                .to_vec(),
        }]);
        let flat = model.add_certain(60.0);
        model.expenses = vec![
            Expense {
                price: bump,
                approaches: vec![0],
            },
            Expense {
                price: flat,
                approaches: vec![1],
            },
        ];
        let engine = Engine::new(&model).unwrap();
        for (present, expected) in [(10.0, 30.0), (90.0, 70.0)] {
            let lever = Lever::Input(0);
            let found = engine
                .break_even(&[present], lever, [0, 1])
                .unwrap()
                .unwrap();
            assert!((found - expected).abs() < 1e-6, "from {present}: {found}");
        }
    }
}
