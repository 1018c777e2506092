//! The engine: a program and its tables of quantiles. It takes inputs and gives estimates.

use super::binary::DecodeError;
use super::estimate::{Estimate, Sheet};
use super::futures::Futures;
use super::pert::Tables;
use super::plan::Plan;
use super::program::Program;
use super::{Flaw, Input, InputError, Lever, Model, Pert, Setting, inputs};
use alloc::vec::Vec;

/// Computes estimates of one model.
#[derive(Clone, Debug)]
pub struct Engine {
    pub(super) program: Program,
    pub(super) tables: Tables,
}

impl Engine {
    /// Prepares a model. Most of the time goes into its tables of quantiles.
    pub fn new(model: &Model) -> Result<Self, Flaw> {
        model.check()?;
        Ok(Self::of(Program::new(model)))
    }

    /// The engine that [`Engine::seal`] made bytes of.
    pub fn unseal(bytes: &[u8]) -> Result<Self, DecodeError> {
        Ok(Self::of(Program::unseal(bytes)?))
    }

    /// The engine's model as bytes, for the widget. They are computed there without another check.
    pub fn seal(&self) -> Vec<u8> {
        self.program.seal()
    }

    /// The same model with fewer futures, a power of two, for sketches.
    pub fn coarse(&self, samples: usize) -> Self {
        let mut program = self.program.clone();
        program.facts.samples = samples;
        Self::of(program)
    }

    fn of(program: Program) -> Self {
        let mut engine = Self {
            tables: Tables::default(),
            program,
        };
        engine.tabulate();
        engine
    }

    /// Builds the tables that are missing.
    fn tabulate(&mut self) {
        let facts = &self.program.facts;
        let numbers = (0..facts.numbers).map(|number| self.program.assumption(number));
        self.tables.add(facts.samples, numbers);
    }

    /// How many approaches are compared.
    pub fn approaches(&self) -> usize {
        self.program.facts.approaches
    }

    /// The role that does the `team` hours of activities.
    pub fn team(&self) -> Option<usize> {
        self.program.facts.team
    }

    /// What a visitor may set.
    pub fn inputs(&self) -> impl ExactSizeIterator<Item = Input> {
        (0..self.program.facts.inputs).map(|input| self.program.input(input))
    }

    /// The present assumptions, as [`Model::assumptions`].
    pub fn assumptions(&self) -> impl ExactSizeIterator<Item = Pert> {
        (0..self.program.facts.assumptions()).map(|place| self.program.assumption(place))
    }

    /// What the model names as turning the answer.
    pub fn levers(&self) -> impl ExactSizeIterator<Item = Lever> {
        (0..self.program.facts.levers).map(|lever| self.program.lever(lever))
    }

    /// What else a reader may change: the present numbers of each term.
    pub fn terms(&self) -> impl Iterator<Item = &[f64]> {
        let terms = self.program.terms();
        terms.map(|term| self.program.numbers(term))
    }

    /// Takes other numbers in place of the present ones: low, most likely and high of each assumption,
    /// then those of each term. Only tables whose shape is new are built. If some make no sense their
    /// place, among assumptions and then terms, is returned, and the engine is as before. Terms that
    /// are not given stay as they are.
    pub fn assume(&mut self, numbers: &[f64]) -> Result<(), usize> {
        let mut program = self.program.clone();
        let assumptions = program.facts.assumptions();
        let (perts, mut rest) = numbers
            .split_at_checked(3 * assumptions)
            .unwrap_or((numbers, &[]));
        for (place, numbers) in perts.chunks_exact(3).enumerate() {
            let pert = Pert {
                low: numbers[0],
                mode: numbers[1],
                high: numbers[2],
            };
            let domain = program.domain(place);
            if !(pert.is_ordered() && domain.holds(pert.low) && domain.holds(pert.high)) {
                return Err(place);
            }
            program.assume(place, pert);
        }
        let target = program.setting(Setting::QualityTarget);
        let sound = target > 0.0 && target < program.setting(Setting::QualityMax);
        if program.facts.pack && !sound {
            return Err(program.facts.numbers + Setting::QualityTarget as usize);
        }
        for (place, term) in self.program.terms().enumerate() {
            let count = program.numbers(term).len();
            let Some((numbers, behind)) = rest.split_at_checked(count) else {
                break;
            };
            if !term.kind.holds(numbers) {
                return Err(assumptions + place);
            }
            program.set(term, numbers);
            rest = behind;
        }
        self.program = program;
        self.tabulate();
        Ok(())
    }

    /// The estimate for one value per input.
    pub fn estimate(&self, inputs: &[f64]) -> Result<Estimate, InputError> {
        Ok(Estimate::of(self.sheet(inputs)?))
    }

    /// The same as one list of numbers.
    pub fn sheet(&self, inputs: &[f64]) -> Result<Sheet, InputError> {
        self.check_inputs(inputs)?;
        let plans: Vec<Plan> = (0..self.approaches())
            .map(|approach| self.plan(inputs, approach))
            .collect();
        Ok(Sheet::new(&self.program, Futures::of(&plans)))
    }

    /// Refuses inputs that the model cannot be computed for.
    pub fn check_inputs(&self, values: &[f64]) -> Result<(), InputError> {
        inputs::check(self.inputs(), values)
    }

    /// One approach, for inputs that have been checked.
    pub(super) fn plan(&self, inputs: &[f64], approach: usize) -> Plan<'_> {
        Plan::new(&self.program, &self.tables, inputs, approach)
    }
}

#[cfg(test)]
mod tests {
    use super::Engine;
    use crate::model::example::{alone, line, question, small};
    use crate::model::{
        Adoption, Automations, Craft, Equals, Estimate, Expense, Fixed, Gap, Improvement,
        InputError, Milestone, Model, Operations, Opportunity, Owner, Pack, Penalty, Quality,
        Series, Setting, Share, Split,
    };
    use alloc::vec;
    use alloc::vec::Vec;

    fn estimate(model: &Model) -> Estimate {
        estimate_at(model, &model.defaults())
    }

    fn estimate_at(model: &Model, inputs: &[f64]) -> Estimate {
        Engine::new(model).unwrap().estimate(inputs).unwrap()
    }

    /// Mean of a series in the first approach.
    fn mean(model: &Model, series: Series) -> f64 {
        estimate(model).approaches[0].get(series).unwrap().mean
    }

    #[track_caller]
    fn near(found: f64, expected: f64) {
        let off = (found - expected).abs();
        assert!(
            off <= 1e-12 * expected.abs().max(1.0),
            "{found} is not {expected}"
        );
    }

    #[test]
    fn forty_hours_take_a_role_as_long_as_it_has_hours_a_week() {
        let estimate = estimate(&small());
        let [own, paid] = [0, 1].map(|approach| &estimate.approaches[approach]);
        let mean = |series| [own, paid].map(|outcome| outcome.get(series).unwrap().mean);
        assert_eq!(mean(Series::Weeks), [4.0, 2.0]);
        assert_eq!(mean(Series::Internal), [4000.0, 0.0]);
        assert_eq!(mean(Series::Cash), [0.0, 4000.0]);
        assert_eq!(mean(Series::CashPhase(0)), [0.0, 4000.0]);
        assert_eq!(mean(Series::WeeksMilestone(0)), [4.0, 2.0]);
        assert_eq!(own.hours, [[40.0], [0.0]]);
    }

    #[test]
    fn of_equal_totals_the_first_approach_wins() {
        let estimate = estimate(&small());
        assert_eq!(estimate.wins, [1.0, 0.0]);
        assert!(estimate.recommendation.sufficient);
        assert!(!estimate.recommendation.close_call);
    }

    #[test]
    fn uncertain_work_has_the_mean_of_its_distribution() {
        let mut model = small();
        model.activities[0].work = vec![model.add(10.0, 20.0, 60.0)];
        let hours = estimate(&model).approaches[0].hours[0][0];
        assert!((hours - 25.0).abs() < 0.01, "{hours}");
    }

    #[test]
    fn work_is_the_sum_of_its_terms_times_scale_and_shared_overrun() {
        let mut model = small();
        model.inputs = vec![question(50.0), question(3.0)];
        let per_unit = model.add_certain(2.0);
        model.numbers[per_unit].drivers = vec![0, 1];
        model.activities[0].work.push(per_unit);
        model.activities[0].scale = line(0, 1.0, 0.0);
        model.activities[0].approach_scale = vec![line(0, 0.0, 0.4), line(0, 1.0, 1.0)];
        model.risks = vec![model.add_certain(1.5)];
        let estimate = estimate(&model);
        near(
            estimate.approaches[0].hours[0][0],
            (40.0 + 2.0 * 150.0) * 0.5 * 0.2 * 1.5,
        );
        near(
            estimate.approaches[1].hours[1][0],
            (40.0 + 2.0 * 150.0) * 0.5 * 1.5,
        );
    }

    #[test]
    fn a_role_does_one_thing_after_the_other_and_others_go_on_meanwhile() {
        let mut model = small();
        model.add_activity(0, 20.0, vec![]);
        let beside = model.add_activity(1, 60.0, vec![]);
        model.milestones.push(Milestone {
            after: vec![beside],
        });
        assert_eq!(mean(&model, Series::WeeksMilestone(0)), 6.0);
        assert_eq!(mean(&model, Series::WeeksMilestone(1)), 3.0);
    }

    #[test]
    fn an_activity_waits_for_those_before_it_and_an_order_can_put_it_first() {
        let mut model = small();
        let second = model.add_activity(1, 60.0, vec![0]);
        assert_eq!(mean(&model, Series::Weeks), 4.0 + 3.0);
        model.activities[second].after.clear();
        model.activities[0].splits = vec![alone(0, 1)];
        model.milestones.push(Milestone { after: vec![0] });
        assert_eq!(mean(&model, Series::WeeksMilestone(1)), 2.0);
        model.orders[0] = vec![second, 0];
        assert_eq!(mean(&model, Series::WeeksMilestone(1)), 5.0);
    }

    #[test]
    fn what_nobody_has_to_do_takes_no_time_but_keeps_its_place() {
        let mut model = small();
        let nothing = model.add_activity(1, 60.0, vec![0]);
        let last = model.add_activity(1, 20.0, vec![nothing]);
        model.activities[nothing].splits.clear();
        model.activities[nothing].min_weeks = Some(model.add_certain(9.0));
        assert_eq!(mean(&model, Series::Weeks), 4.0 + 1.0);
        model.milestones[0].after = vec![nothing];
        assert_eq!(mean(&model, Series::Weeks), 0.0);
        model.milestones[0].after = vec![last];
        assert_eq!(mean(&model, Series::Weeks), 5.0);
    }

    #[test]
    fn the_calendar_sets_a_shortest_time_that_smaller_work_shortens() {
        let mut model = small();
        model.inputs = vec![question(0.0)];
        model.activities[0].scale = line(0, 1.0, 0.1);
        model.activities[0].min_weeks = Some(model.add_certain(5.0));
        assert_eq!(mean(&model, Series::Weeks), 5.0);
        let small = estimate_at(&model, &[100.0]);
        near(small.approaches[0].get(Series::Weeks).unwrap().mean, 0.5);
    }

    #[test]
    fn ongoing_work_costs_but_holds_nobody_up() {
        let mut model = small();
        let care = model.add_activity(0, 500.0, vec![]);
        model.activities[care].ongoing = true;
        model.orders = vec![vec![care, 0]; 2];
        assert_eq!(mean(&model, Series::Internal), 54_000.0);
        assert_eq!(mean(&model, Series::Weeks), 4.0);
    }

    #[test]
    fn a_penalty_meets_one_role_at_one_skill_in_some_approaches() {
        let mut model = small();
        let excess = model.add_certain(0.5);
        model.penalties = vec![Penalty {
            role: 0,
            skill: 0,
            approaches: vec![],
            excess,
        }];
        near(mean(&model, Series::Internal), 6000.0);
        near(mean(&model, Series::Weeks), 6.0);
        model.penalties.push(model.penalties[0].clone());
        near(mean(&model, Series::Internal), 9000.0);
        for miss in [
            Penalty {
                role: 1,
                skill: 0,
                approaches: vec![],
                excess,
            },
            Penalty {
                role: 0,
                skill: 1,
                approaches: vec![],
                excess,
            },
            Penalty {
                role: 0,
                skill: 0,
                approaches: vec![1],
                excess,
            },
        ] {
            model.penalties = vec![miss];
            assert_eq!(mean(&model, Series::Internal), 4000.0);
        }
    }

    #[test]
    fn lost_hours_delay_and_do_not_cost() {
        let mut model = small();
        model.roles[0].loss = Some(model.add_certain(0.25));
        near(mean(&model, Series::Weeks), 5.0);
        assert_eq!(mean(&model, Series::Internal), 4000.0);
    }

    #[test]
    fn an_hour_can_be_worth_more_elsewhere() {
        let mut model = small();
        model.inputs = vec![question(3.0)];
        model.roles[0].opportunity = Some(Opportunity {
            input: 0,
            scale: line(0, 0.5, 0.5),
        });
        near(mean(&model, Series::Internal), 4000.0 * (1.0 + 2.0 * 0.5));
    }

    #[test]
    fn the_team_joins_where_somebody_works_and_meets_no_penalty() {
        let mut model = small();
        model.team = Some(1);
        model.activities[0].team = 0.5;
        model.activities[0].splits = vec![alone(0, 0)];
        let excess = model.add_certain(1.0);
        model.penalties = vec![Penalty {
            role: 1,
            skill: 0,
            approaches: vec![],
            excess,
        }];
        let estimate = estimate(&model);
        assert_eq!(estimate.approaches[0].hours, [[40.0], [20.0]]);
        assert_eq!(estimate.approaches[1].hours, [[0.0], [0.0]]);
    }

    #[test]
    fn a_role_that_also_is_the_team_does_both() {
        let mut model = small();
        model.team = Some(0);
        model.activities[0].team = 0.5;
        assert_eq!(mean(&model, Series::Weeks), 6.0);
        let next = model.add_activity(0, 10.0, vec![]);
        model.milestones[0].after = vec![next];
        assert_eq!(mean(&model, Series::Weeks), 7.0);
    }

    #[test]
    fn an_answer_can_change_who_works() {
        let mut model = small();
        model.inputs = vec![question(0.0)];
        model.activities[0].splits.push(Split {
            approach: 0,
            when: Some(Equals {
                input: 0,
                value: 7.0,
            }),
            shares: vec![
                Share {
                    role: 0,
                    part: 0.75,
                },
                Share {
                    role: 1,
                    part: 0.25,
                },
            ],
        });
        assert_eq!(
            estimate_at(&model, &[6.0]).approaches[0].hours,
            [[40.0], [0.0]]
        );
        let changed = estimate_at(&model, &[7.0]);
        assert_eq!(changed.approaches[0].hours, [[30.0], [10.0]]);
        assert_eq!(changed.approaches[1].hours, [[0.0], [40.0]]);
    }

    #[test]
    fn expenses_are_cash_of_no_phase_in_the_approaches_they_name() {
        let mut model = small();
        model.inputs = vec![question(12.0)];
        let price = model.add_certain(25.0);
        model.numbers[price].drivers = vec![0];
        model.expenses = vec![Expense {
            price,
            approaches: vec![0],
        }];
        let estimate = estimate(&model);
        let cash =
            |approach: usize, series| estimate.approaches[approach].get(series).unwrap().mean;
        assert_eq!(cash(0, Series::Cash), 300.0);
        assert_eq!(cash(0, Series::CashPhase(0)), 0.0);
        assert_eq!(cash(1, Series::Cash), 4000.0);
    }

    /// Work ends in week 4; quality starts at 0.6 and closes on 0.95 by a tenth of the rest a week.
    fn improving() -> Model {
        let mut model = small();
        model.quality = Quality {
            max: 0.95,
            target: 0.75,
        };
        let gap = model.add_certain(0.3);
        model.pack = Some(Pack {
            craft: Craft {
                activity: 0,
                ideal: 0.9,
                floor: 0.05,
                gaps: vec![Gap { role: 0, gap }],
                fixed: vec![],
            },
            work: vec![0],
            milestone: Some(0),
        });
        let rates = vec![model.add_certain(0.1); 2];
        model.improvement = Some(Improvement { rates, owner: None });
        model
    }

    #[test]
    fn quality_closes_on_its_best_from_the_finished_pack_on() {
        let model = improving();
        near(
            mean(&model, Series::Accepted),
            4.0 + f64::ln(0.35 / 0.2) / 0.1,
        );
        near(mean(&model, Series::PackWeek2), 0.6 * 0.5);
        near(
            mean(&model, Series::QualityMonth3),
            0.95 - 0.35 * f64::exp(-0.9),
        );
    }

    #[test]
    fn without_improvement_quality_never_gets_to_its_target() {
        let mut model = improving();
        // Whatever the sign of nothing: a form knows two.
        for nothing in [0.0, -0.0] {
            let rates = vec![model.add_certain(nothing); 2];
            model.improvement = Some(Improvement { rates, owner: None });
            assert_eq!(mean(&model, Series::Accepted), f64::INFINITY);
        }
    }

    #[test]
    fn hardly_any_improvement_is_worth_as_much_as_none() {
        let mut model = improving();
        model.inputs = vec![question(10.0)];
        model.value.team_rate = 1.0;
        model.value.recapture = 1.0;
        model.value.operations = Some(Operations {
            drivers: vec![0],
            percent: None,
            live: vec![],
        });
        let mut delay = |rate: f64| {
            let rates = vec![model.add_certain(rate); 2];
            model.improvement = Some(Improvement { rates, owner: None });
            mean(&model, Series::Delay)
        };
        let none = delay(0.0);
        for rate in [1e-300, 1e-17, 1e-12, 1e-9, 2e-9, 1e-8] {
            let off = (delay(rate) - none).abs();
            assert!(off <= 1e-6 * none, "{off} at a rate of {rate}");
        }
    }

    #[test]
    fn a_pack_that_is_not_finished_counts_as_far_as_it_is_built() {
        let mut model = improving();
        model.roles[0].capacity.base = 2.0;
        near(mean(&model, Series::QualityMonth3), 0.6 * 13.0 / 20.0);
    }

    #[test]
    fn quality_stays_between_floor_and_ideal_unless_it_is_known() {
        let mut model = improving();
        let pack = model.pack.as_mut().unwrap();
        pack.craft.floor = 0.8;
        near(mean(&model, Series::Accepted), 4.0);
        let gap = model.pack.as_ref().unwrap().craft.gaps[0].gap;
        model.numbers[gap].pert = crate::model::Pert::certain(-1.0);
        near(mean(&model, Series::PackWeek2), 0.9 * 0.5);
        model.inputs = vec![question(1.0)];
        let when = Equals {
            input: 0,
            value: 1.0,
        };
        model.pack.as_mut().unwrap().craft.fixed = vec![Fixed { when, is: 0.5 }];
        near(mean(&model, Series::PackWeek2), 0.5);
    }

    #[test]
    fn an_owner_replaces_the_rate_of_one_approach() {
        let mut model = improving();
        model.inputs = vec![question(1.0)];
        let rate = model.add_certain(0.2);
        let when = Equals {
            input: 0,
            value: 1.0,
        };
        let owner = Some(Owner {
            when,
            approach: 0,
            rate,
        });
        model.improvement.as_mut().unwrap().owner = owner;
        let with = |answer: f64| {
            let outcome = estimate_at(&model, &[answer]).approaches[0].clone();
            outcome.get(Series::Accepted).unwrap().mean - 4.0
        };
        near(with(0.0), 2.0 * with(1.0));
    }

    #[test]
    fn adoption_grows_with_the_sessions_and_suffers_from_a_poor_pack() {
        let mut model = improving();
        model.roles[0].capacity.base = 4.0;
        let craft = model.pack.as_ref().unwrap().craft.clone();
        model.adoption = Some(Adoption {
            craft,
            from: 0,
            to: 0,
        });
        // 40 hours at 4 a week: 26/30 of the sessions in week 26/3.
        near(
            mean(&model, Series::AdoptionMonth2),
            0.6 * (0.6 / 0.75) * (26.0 / 3.0 / 10.0),
        );
    }

    #[test]
    fn delay_is_the_value_that_is_not_delivered_by_the_horizon() {
        let mut model = improving();
        model.inputs = vec![question(10.0), question(50.0)];
        model.value.team_rate = 60.0;
        model.value.recapture = 0.5;
        model.value.operations = Some(Operations {
            drivers: vec![0],
            percent: Some(1),
            live: vec![0],
        });
        // Midpoint rule over the weeks from the milestone to the horizon.
        let steps = 480_000;
        let delivered: f64 = (0..steps)
            .map(|step| {
                let week = 48.0 * (f64::from(step) + 0.5) / f64::from(steps);
                (0.95 - 0.35 * f64::exp(-0.1 * week)) * 48.0 / f64::from(steps)
            })
            .sum();
        let weekly = 10.0 * 0.5 * 60.0 * 0.5;
        let delay = mean(&model, Series::Delay);
        assert!(
            (delay - weekly * (0.95 * 52.0 - delivered)).abs() < 1e-6,
            "{delay}"
        );
        model.value.horizon_weeks = 3.0;
        near(mean(&model, Series::Delay), weekly * 0.95 * 3.0);
    }

    #[test]
    fn without_a_loop_quality_stays_where_it_began() {
        let mut model = improving();
        model.improvement = None;
        model.inputs = vec![question(10.0)];
        model.value.team_rate = 1.0;
        model.value.recapture = 1.0;
        model.value.operations = Some(Operations {
            drivers: vec![0],
            percent: None,
            live: vec![],
        });
        near(
            mean(&model, Series::Delay),
            10.0 * (0.95 * 52.0 - 0.6 * 48.0),
        );
        assert!(!model.series().contains(&Series::Accepted));
    }

    #[test]
    fn automations_go_live_one_by_one() {
        let mut model = small();
        model.inputs = vec![question(3.0), question(8.0)];
        model.value.team_rate = 60.0;
        model.value.recapture = 0.5;
        let automations = Automations {
            count: 0,
            saved: 1,
            scale: line(0, 2.0, 2.0),
            from: 0,
            to: Some(0),
        };
        model.value.automations = Some(automations);
        for (count, horizon) in [(3.0, 52.0), (3.0, 3.0), (3.0, 1.0), (0.0, 52.0), (7.0, 2.0)] {
            model.value.horizon_weeks = horizon;
            let estimate = estimate_at(&model, &[count, 8.0]);
            // Built from week 0 to week 4 in the first approach.
            let lost: f64 = (1..=count as u32)
                .map(|each| f64::min(horizon, 4.0 * f64::from(each) / count))
                .sum();
            let delay = estimate.approaches[0].get(Series::Delay).unwrap().mean;
            near(delay, lost * 8.0 * 2.0 * 60.0 * 0.5);
        }
    }

    #[test]
    fn a_plain_model_has_plain_series() {
        use Series::*;
        let expected = [
            Cash,
            Internal,
            Delay,
            Total,
            Weeks,
            CashPhase(0),
            InternalPhase(0),
            WeeksMilestone(0),
            StartPhase(0),
            FinishPhase(0),
        ];
        assert_eq!(small().series(), expected);
    }

    /// Three roles at a dozen uncertain activities that wait for each other in various ways.
    fn entangled() -> Model {
        let mut model = improving();
        model.inputs = vec![question(20.0)];
        model.roles.push(model.roles[0].clone());
        for role in &mut model.roles {
            role.capacity.base = 5.0;
            role.capacity.input = Some(0);
        }
        for n in 1..12 {
            let after = (0..n)
                .filter(|before| (before * 7 + n * 5) % 4 == 0)
                .collect();
            let activity = model.add_activity(n % 3, 0.0, after);
            let [number] = model.activities[activity].work[..] else {
                unreachable!()
            };
            let hours = 10.0 + n as f64;
            model.numbers[number].pert = crate::model::Pert {
                low: hours,
                mode: 2.0 * hours,
                high: 5.0 * hours,
            };
        }
        model.risks = vec![model.add(0.8, 1.0, 2.0)];
        model
    }

    #[test]
    fn more_capacity_never_delays() {
        let engine = Engine::new(&entangled()).unwrap();
        let mut last = f64::INFINITY;
        for hours in 0..100 {
            let estimate = engine.estimate(&[f64::from(hours)]).unwrap();
            let weeks = estimate.approaches[0].get(Series::Weeks).unwrap();
            assert!(weeks.p90 < last, "{hours} hours: {weeks:?}");
            last = weeks.p90;
        }
    }

    #[test]
    fn quantiles_of_every_series_are_in_order_and_shares_add_up() {
        let mut model = entangled();
        model.value.horizon_weeks = 30.0;
        let estimate = estimate(&model);
        for outcome in &estimate.approaches {
            for (series, summary) in &outcome.series {
                let ordered = summary.p10 <= summary.p50 && summary.p50 <= summary.p90;
                assert!(ordered, "{series:?}: {summary:?}");
            }
        }
        near(estimate.wins.iter().sum(), 1.0);
        assert!(estimate.approaches[0].get(Series::Weeks).unwrap().p10 > 0.0);
    }

    #[test]
    fn a_role_without_hours_never_finishes_and_nothing_turns_into_nonsense() {
        let mut model = improving();
        model.roles[0].capacity.base = 0.0;
        model.roles[0].loss = Some(model.add(0.1, 0.2, 0.3));
        model.inputs = vec![question(10.0)];
        model.value.operations = Some(Operations {
            drivers: vec![0],
            percent: None,
            live: vec![],
        });
        let outcome = &estimate(&model).approaches[0];
        assert_eq!(outcome.get(Series::Weeks).unwrap().p10, f64::INFINITY);
        for (series, summary) in &outcome.series {
            let numbers = [summary.mean, summary.p10, summary.p50, summary.p90];
            assert!(
                numbers.iter().all(|number| !number.is_nan()),
                "{series:?}: {summary:?}"
            );
        }
    }

    #[test]
    fn changed_assumptions_give_what_a_model_with_them_would() {
        let mut engine = Engine::new(&entangled()).unwrap();
        let mut edited = entangled();
        edited.numbers[5].pert.mode += 1.0;
        edited.value.horizon_weeks = 40.0;
        let flat = |model: &Model| -> Vec<f64> {
            let numbers = model.assumptions().into_iter();
            numbers
                .flat_map(|pert| [pert.low, pert.mode, pert.high])
                .collect()
        };
        engine.assume(&flat(&edited)).unwrap();
        assert_eq!(engine.estimate(&[20.0]).unwrap(), estimate(&edited));
        assert_ne!(engine.estimate(&[20.0]).unwrap(), estimate(&entangled()));

        let mut nonsense = flat(&edited);
        nonsense[3 * 5] = f64::INFINITY;
        assert_eq!(engine.assume(&nonsense), Err(5));
        let mut nonsense = flat(&edited);
        let target = edited.numbers.len() + Setting::QualityTarget as usize;
        nonsense[3 * target..][..3].fill(0.99);
        assert_eq!(engine.assume(&nonsense), Err(target));
        assert_eq!(engine.estimate(&[20.0]).unwrap(), estimate(&edited));

        engine.assume(&flat(&entangled())).unwrap();
        assert_eq!(engine.estimate(&[20.0]).unwrap(), estimate(&entangled()));
    }

    #[test]
    fn sealed_bytes_give_the_same_estimate() {
        let engine = Engine::new(&entangled()).unwrap();
        let arrived = Engine::unseal(&engine.seal()).unwrap();
        assert_eq!(arrived.estimate(&[20.0]), engine.estimate(&[20.0]));
        let mut fewer = entangled();
        fewer.samples = 64;
        assert_eq!(
            arrived.coarse(64).estimate(&[20.0]).unwrap(),
            estimate(&fewer)
        );
    }

    #[test]
    fn illegal_inputs_are_refused() {
        let engine = Engine::new(&entangled()).unwrap();
        let too_much = InputError::OutOfRange {
            input: 0,
            min: 0.0,
            max: 100.0,
        };
        assert_eq!(engine.estimate(&[101.0]), Err(too_much));
        let none: Vec<f64> = vec![];
        assert_eq!(
            engine.estimate(&none),
            Err(InputError::Count {
                expected: 1,
                found: 0
            })
        );
    }
}
