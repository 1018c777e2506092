//! Everything about one approach that is the same in all futures: ramps evaluated at the inputs,
//! shares chosen, steps in order, distributions found in their tables. From here on only the
//! uncertain numbers differ. It is read from a program in the order in which `words` writes one.

use super::lattice::Walk;
use super::pert::Tables;
use super::program::{Facts, Program, Reader, Span};
use super::{APPROACHES, MAX_VARIABLES, Setting};
use alloc::vec::Vec;

/// One approach, for certain inputs.
pub struct Plan<'a> {
    pub facts: &'a Facts,
    /// For each number of the model, how it is drawn.
    pub draws: Vec<Draw<'a>>,
    /// Numbers: shared overruns.
    pub risks: Span,
    pub workers: Vec<Worker>,
    /// The activities.
    pub steps: Vec<Step>,
    /// Activities in the order in which they are taken up.
    pub order: Span,
    /// Numbers: prices.
    pub expenses: Vec<usize>,
    pub quality_max: f64,
    pub quality_target: f64,
    pub pack: Grade,
    /// Activities that build the pack.
    pub pack_work: Span,
    pub pack_milestone: Option<usize>,
    pub adoption: Grade,
    /// Activities from whose start to whose finish adoption grows.
    pub adoption_from: usize,
    pub adoption_to: usize,
    /// Number: weekly rate of improvement.
    pub rate: Option<usize>,
    pub horizon_weeks: f64,
    /// What operations are worth a week for a quality of 1, currency.
    pub operations: f64,
    /// Milestones that operations wait for.
    pub live: Span,
    /// How many automations there are, and what all of them are worth a week, currency.
    pub automations: (f64, f64),
    /// The activity from whose start, and the milestone until which they go live.
    pub automations_from: usize,
    pub automations_to: Option<usize>,
    /// For each milestone, the activities that it waits for.
    pub milestones: Vec<Span>,
    /// What spans of indices are parts of.
    pub lists: Vec<usize>,
    parts: Vec<Part>,
    /// Numbers, with the share of each, that grades are made of.
    gaps: Vec<(usize, f64)>,
}

/// A role.
pub struct Worker {
    pub cash: bool,
    /// Number: price of an hour.
    pub rate: usize,
    /// Number: capacity lost to other duties.
    pub loss: Option<usize>,
    /// Weeks that an hour takes as long as none of the capacity is lost.
    pub weeks_per_hour: f64,
    /// What an hour is worth as a multiple of its price.
    pub multiple: f64,
}

/// One activity.
pub struct Step {
    pub phase: usize,
    pub ongoing: bool,
    /// Whether there is something to do and somebody who does it.
    pub worked: bool,
    /// Multiplies the shortest time on the calendar.
    pub shorter: f64,
    /// Number: the shortest time on the calendar.
    pub min_weeks: Option<usize>,
    /// Numbers: hours.
    pub work: Span,
    /// Activities that must be finished before.
    pub after: Span,
    parts: Span,
}

/// One role's hours in a step.
pub struct Part {
    pub role: usize,
    share: f64,
    /// Multiplies the activity's work.
    pub factor: f64,
    /// Numbers: what makes these hours longer.
    pub excesses: Span,
    /// Multiplies the activity's work too, for the hours of a team.
    pub team: f64,
}

/// A quality under present inputs: `best − Σ share · gap`, at least `floor`.
pub struct Grade {
    /// Known, whoever does the work.
    pub fixed: bool,
    best: f64,
    floor: f64,
    gaps: Span,
}

/// How a number is drawn: `low + width · quantile`.
pub struct Draw<'a> {
    variable: usize,
    low: f64,
    width: f64,
    /// Sorted quantiles between 0 and 1; empty if the number is known.
    table: &'a [f64],
    walk: Walk,
}

/// Who takes longer over which kind of work.
struct Penalty {
    role: usize,
    skill: usize,
    excess: usize,
}

impl<'a> Plan<'a> {
    /// Plans an approach, for one value per input.
    pub fn new(program: &'a Program, tables: &'a Tables, inputs: &[f64], approach: usize) -> Self {
        let mut reader = program.reader(inputs);
        let quality_max = program.setting(Setting::QualityMax);
        let mut plan = Self {
            facts: &program.facts,
            draws: Vec::new(),
            risks: Span::default(),
            workers: Vec::new(),
            steps: Vec::new(),
            order: Span::default(),
            expenses: Vec::new(),
            quality_max,
            quality_target: program.setting(Setting::QualityTarget),
            pack: Grade::known(quality_max),
            pack_work: Span::default(),
            pack_milestone: None,
            adoption: Grade::known(1.0),
            adoption_from: 0,
            adoption_to: 0,
            rate: None,
            horizon_weeks: program.setting(Setting::HorizonWeeks),
            operations: 0.0,
            live: Span::default(),
            automations: (0.0, 0.0),
            automations_from: 0,
            automations_to: None,
            milestones: Vec::new(),
            lists: Vec::new(),
            parts: Vec::new(),
            gaps: Vec::new(),
        };
        plan.read_numbers(&mut reader, program, tables);
        plan.read_workers(&mut reader);
        plan.read_steps(&mut reader, approach);
        plan.read_results(&mut reader, approach);
        let hour = program.setting(Setting::TeamRate) * program.setting(Setting::Recapture);
        plan.read_value(&mut reader, hour);
        plan
    }

    /// How many risk variables there are.
    pub fn variables(&self) -> usize {
        let mut count = 0;
        for draw in &self.draws {
            count = count.max(draw.variable + 1);
        }
        count
    }

    /// Multiplies a number, whatever it is drawn to be.
    pub fn stretch(&mut self, number: usize, factor: f64) {
        let draw = &mut self.draws[number];
        draw.low *= factor;
        draw.width *= factor;
    }

    /// Who works how much in a step.
    pub fn parts(&self, step: &Step) -> &[Part] {
        match step.worked {
            true => step.parts.of(&self.parts),
            false => &[],
        }
    }

    /// A quality, from what the numbers of the model are in a future.
    pub fn grade(&self, grade: &Grade, numbers: &[f64]) -> f64 {
        let mut quality = grade.best;
        for (gap, share) in grade.gaps.of(&self.gaps) {
            quality -= share * numbers[*gap];
        }
        if quality < grade.floor {
            grade.floor
        } else if quality > grade.best {
            grade.best
        } else {
            quality
        }
    }

    fn read_numbers(&mut self, reader: &mut Reader, program: &'a Program, tables: &'a Tables) {
        let Facts { samples, seed, .. } = program.facts;
        for number in 0..program.facts.numbers {
            let pert = program.assumption(number);
            let variable = reader.below(MAX_VARIABLES);
            let factor = reader.product() * reader.scale();
            self.draws.push(Draw {
                variable,
                low: factor * pert.low,
                width: factor * (pert.high - pert.low),
                table: pert.shape().map_or(&[], |shape| tables.get(shape)),
                walk: Walk::new(variable, samples, seed),
            });
        }
        // Bytes that are not ours may name numbers without having any.
        if self.draws.is_empty() {
            self.draws.push(Draw {
                variable: 0,
                low: 0.0,
                width: 0.0,
                table: &[],
                walk: Walk::new(0, samples, seed),
            });
        }
        self.risks = self.numbers(reader);
    }

    fn read_workers(&mut self, reader: &mut Reader) {
        let numbers = self.draws.len();
        for _ in 0..self.facts.roles {
            let cash = reader.number() != 0.0;
            let rate = reader.below(numbers);
            let loss = reader.option(numbers);
            let (base, per) = (reader.number(), reader.number());
            let capacity = base + reader.optional_input().map_or(0.0, |input| per * input);
            // Whoever has no time never finishes.
            let weeks = 1.0 / capacity;
            let worth = reader.optional_input();
            let scale = reader.scale();
            self.workers.push(Worker {
                cash,
                rate,
                loss,
                weeks_per_hour: if weeks > 0.0 { weeks } else { f64::INFINITY },
                multiple: match worth {
                    Some(worth) if !cash => 1.0 + (worth - 1.0) * scale,
                    _ => 1.0,
                },
            });
        }
    }

    /// Who does how much of each activity (MODEL.md, section 3), and in which order.
    fn read_steps(&mut self, reader: &mut Reader, approach: usize) {
        let Facts {
            roles, activities, ..
        } = *self.facts;
        let mut penalties = Vec::new();
        for _ in 0..reader.count() {
            let penalty = Penalty {
                role: reader.below(roles),
                skill: reader.number() as usize,
                excess: reader.below(self.draws.len()),
            };
            if reader.concerns(approach) {
                penalties.push(penalty);
            }
        }
        let workers = reader.list(roles, &mut self.lists);
        for _ in 0..activities {
            let step = self.step(reader, approach, workers, &penalties);
            self.steps.push(step);
        }
        for other in 0..self.facts.approaches {
            let order = reader.list(activities, &mut self.lists);
            if other == approach {
                self.order = order;
            }
        }
    }

    fn step(
        &mut self,
        reader: &mut Reader,
        approach: usize,
        workers: Span,
        penalties: &[Penalty],
    ) -> Step {
        let phase = reader.below(self.facts.phases);
        let skill = reader.number() as usize;
        let ongoing = reader.number() != 0.0;
        let team = reader.number();
        let min_weeks = reader.option(self.draws.len());
        let work = self.numbers(reader);
        let after = reader.list(self.facts.activities, &mut self.lists);
        let scale = reader.scale();
        let mut factor = scale;
        for other in 0..reader.count() {
            let more = reader.scale();
            if other == approach {
                factor *= more;
            }
        }

        // The last row that holds.
        let from = self.parts.len();
        for _ in 0..reader.count() {
            let concerned = reader.number() as usize == approach;
            let holds = reader.holds() && concerned;
            if holds {
                self.parts.truncate(from);
            }
            for role in workers.of(&self.lists) {
                let share = reader.number();
                if holds && share > 0.0 {
                    self.parts.push(Part {
                        role: *role,
                        share,
                        factor: factor * share,
                        excesses: Span::default(),
                        team: 0.0,
                    });
                }
            }
        }
        for part in &mut self.parts[from..] {
            let start = self.lists.len();
            for penalty in penalties {
                if penalty.role == part.role && penalty.skill == skill {
                    self.lists.push(penalty.excess);
                }
            }
            part.excesses = Span {
                from: start,
                to: self.lists.len(),
            };
        }

        let mut most = 0.0;
        for number in work.of(&self.lists) {
            most += self.draws[*number].high();
        }
        let worked = most * factor > 0.0 && self.parts.len() > from;
        if let Some(role) = self.facts.team
            && worked
        {
            self.join(from, role, factor * team);
        }
        Step {
            phase,
            ongoing,
            worked,
            shorter: if scale < 1.0 { scale } else { 1.0 },
            min_weeks,
            work,
            after,
            parts: Span {
                from,
                to: self.parts.len(),
            },
        }
    }

    /// Adds the hours of the team, which may have a share of its own, to the parts from one on.
    fn join(&mut self, from: usize, role: usize, team: f64) {
        for part in &mut self.parts[from..] {
            if part.role == role {
                part.team = team;
                return;
            }
        }
        if team > 0.0 && role < self.facts.roles {
            self.parts.push(Part {
                role,
                share: 0.0,
                factor: 0.0,
                excesses: Span::default(),
                team,
            });
        }
    }

    /// Expenses, quality, adoption and improvement.
    fn read_results(&mut self, reader: &mut Reader, approach: usize) {
        let Facts {
            activities,
            milestones,
            ..
        } = *self.facts;
        let numbers = self.draws.len();
        for _ in 0..reader.count() {
            let price = reader.below(numbers);
            if reader.concerns(approach) {
                self.expenses.push(price);
            }
        }
        if self.facts.pack {
            self.pack = self.craft(reader);
            self.pack_work = reader.list(activities, &mut self.lists);
            self.pack_milestone = reader.option(milestones);
        }
        if self.facts.adoption {
            self.adoption = self.craft(reader);
            self.adoption_from = reader.below(activities);
            self.adoption_to = reader.below(activities);
        }
        if self.facts.improvement {
            let rates = self.numbers(reader);
            let owned = reader.option(*APPROACHES.end()) == Some(approach);
            let holds = reader.holds();
            let rate = reader.below(numbers);
            self.rate = match owned && holds {
                true => Some(rate),
                false => rates.of(&self.lists).get(approach).copied(),
            };
        }
    }

    /// MODEL.md, section 5. A role without a gap misses nothing.
    fn craft(&mut self, reader: &mut Reader) -> Grade {
        let activity = reader.below(self.facts.activities);
        let (best, floor) = (reader.number(), reader.number());
        let from = self.gaps.len();
        for _ in 0..reader.count() {
            let role = reader.below(self.facts.roles);
            let gap = reader.below(self.draws.len());
            for part in self.steps[activity].parts.of(&self.parts) {
                if part.role == role {
                    self.gaps.push((gap, part.share));
                }
            }
        }
        let mut grade = Grade {
            fixed: false,
            best,
            floor,
            gaps: Span {
                from,
                to: self.gaps.len(),
            },
        };
        // The last row that holds.
        for _ in 0..reader.count() {
            let holds = reader.holds();
            let is = reader.number();
            if holds {
                grade = Grade::known(is);
            }
        }
        grade
    }

    fn read_value(&mut self, reader: &mut Reader, hour: f64) {
        let Facts {
            activities,
            milestones,
            ..
        } = *self.facts;
        if reader.number() != 0.0 {
            let hours = reader.product();
            let share = reader.optional_input().map_or(1.0, |share| share / 100.0);
            self.operations = hours * share * hour;
            self.live = reader.list(milestones, &mut self.lists);
        }
        if reader.number() != 0.0 {
            let count = reader.input();
            let saved = reader.input() * reader.scale();
            self.automations = (count, count * saved * hour);
            self.automations_from = reader.below(activities);
            self.automations_to = reader.option(milestones);
        }
        for _ in 0..milestones {
            let after = reader.list(activities, &mut self.lists);
            self.milestones.push(after);
        }
    }

    /// A list of numbers of the model.
    fn numbers(&mut self, reader: &mut Reader) -> Span {
        reader.list(self.draws.len(), &mut self.lists)
    }
}

impl Draw<'_> {
    /// The number in a future.
    #[inline(always)]
    pub fn at(&self, future: usize) -> f64 {
        match self.table.get(self.walk.stratum(future)) {
            Some(quantile) => self.low + self.width * quantile,
            None => self.low,
        }
    }

    /// The largest that it can be.
    fn high(&self) -> f64 {
        self.low + self.width
    }
}

impl Grade {
    fn known(value: f64) -> Self {
        Self {
            fixed: true,
            best: value,
            floor: value,
            gaps: Span::default(),
        }
    }
}
