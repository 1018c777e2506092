//! What the numbers of a model are called, in a language's words around the author's own: each
//! assumption, its heading and unit, and each risk variable.

use super::assumptions::setting_key;
use super::{AssumptionSubject, AssumptionUnit, EstimateModel, Group, Name, Variable};
use crate::words::Words;

impl Group {
    /// As a heading.
    pub fn label(self, words: &Words) -> &str {
        words.say(match self {
            Self::Rates => "estimate_group_rates",
            Self::Hours => "estimate_group_hours",
            Self::Calendar => "estimate_group_calendar",
            Self::SlowerWork => "estimate_group_slower_work",
            Self::Quality => "estimate_group_quality",
            Self::Adoption => "estimate_group_adoption",
            Self::Improvement => "estimate_group_improvement",
            Self::Risks => "estimate_group_risks",
            Self::Prices => "estimate_group_prices",
            Self::Settings => "estimate_group_settings",
        })
    }
}

impl AssumptionUnit {
    /// As it stands behind a number. `currency` is a code or a sign.
    pub fn text(self, words: &Words, currency: &str) -> String {
        let key = match self {
            Self::Money => return currency.to_owned(),
            Self::MoneyPerHour => {
                return words.fill("estimate_unit_per_hour", &[("currency", currency)]);
            }
            Self::Hours => "estimate_unit_hours",
            Self::Weeks => "estimate_unit_weeks",
            Self::Share => "estimate_unit_share",
            Self::Factor => "estimate_unit_times",
            Self::PerWeek => "estimate_unit_per_week",
        };
        words.say(key).to_owned()
    }
}

impl EstimateModel {
    /// What an assumption is: understood beside three numbers and a unit.
    pub fn assumption_label(&self, words: &Words, place: usize) -> String {
        use AssumptionSubject as Subject;
        let Some(assumption) = self.assumptions.get(place) else {
            return String::new();
        };
        let of = |key: &str, names: &[Name], index: usize| {
            words.fill(key, &[("name", label(names, index))])
        };
        match assumption.subject {
            Subject::Rate { role } => of("estimate_rate", &self.roles, role),
            Subject::Loss { role } => of("estimate_loss", &self.roles, role),
            Subject::Risk(risk) => label(&self.risks, risk).to_owned(),
            Subject::Penalty(penalty) => {
                let work = self.penalty_label(words, penalty);
                let extra = words.fill("estimate_extra_hours", &[("name", &work)]);
                let penalty = self.model.penalties.get(penalty);
                let approaches = penalty.map_or(&[][..], |penalty| &penalty.approaches);
                self.only_in(words, extra, approaches)
            }
            Subject::Price { expense } => {
                let price = of("estimate_price", &self.expenses, expense);
                self.for_each(words, price, place)
            }
            Subject::Hours { activity } => {
                let hours = of("estimate_hours", &self.activities, activity);
                self.for_each(words, hours, place)
            }
            Subject::Calendar { activity } => {
                of("estimate_calendar_at_least", &self.activities, activity)
            }
            Subject::QualityMissed { role } => of("estimate_quality_missed", &self.roles, role),
            Subject::AdoptionMissed { role } => of("estimate_adoption_missed", &self.roles, role),
            Subject::Speed { approach } => of("estimate_speed", &self.approaches, approach),
            Subject::OwnerSpeed => {
                let improvement = self.model.improvement.as_ref();
                let owner = improvement.and_then(|improvement| improvement.owner.as_ref());
                owner.map_or_else(String::new, |owner| {
                    let speed = of("estimate_speed", &self.approaches, owner.approach);
                    let when = self.condition_in_words(words, owner.when);
                    words.fill("estimate_aside", &[("label", &speed), ("aside", &when)])
                })
            }
            Subject::Setting(setting) => {
                let key = format!("estimate_{}", setting_key(setting));
                of(&key, &self.approaches, 0)
            }
        }
    }

    /// What a risk variable is.
    pub fn variable_label(&self, words: &Words, variable: usize) -> String {
        let of = |key: &str, names: &[Name], index: usize| {
            words.fill(key, &[("name", label(names, index))])
        };
        match self.variables.get(variable) {
            None => String::new(),
            Some(Variable::Risk(risk)) => label(&self.risks, *risk).to_owned(),
            Some(Variable::Loss(role)) => of("estimate_hours_lost", &self.roles, *role),
            Some(Variable::Penalty(penalty)) => self.penalty_label(words, *penalty),
            Some(Variable::PackGap(role)) => of("estimate_quality_missed", &self.roles, *role),
            Some(Variable::AdoptionGap(role)) => of("estimate_adoption_missed", &self.roles, *role),
            Some(Variable::Improvement) => words.say("estimate_any_speed").to_owned(),
            Some(Variable::Rate(role)) => of("estimate_rate", &self.roles, *role),
            Some(Variable::Expense(expense)) => of("estimate_price", &self.expenses, *expense),
            Some(Variable::Activity { activity, calendar }) => {
                let key = match calendar {
                    true => "estimate_calendar",
                    false => "estimate_hours",
                };
                of(key, &self.activities, *activity)
            }
        }
    }

    /// Whose work of which kind takes longer.
    fn penalty_label(&self, words: &Words, penalty: usize) -> String {
        let Some(penalty) = self.model.penalties.get(penalty) else {
            return String::new();
        };
        let role = label(&self.roles, penalty.role);
        let skill = self.skills.get(penalty.skill);
        let skill = skill.map_or("", String::as_str);
        words.fill("estimate_work_of", &[("name", role), ("skill", skill)])
    }

    /// A label with the approaches that it is about; all if none is listed.
    pub fn only_in(&self, words: &Words, text: String, approaches: &[usize]) -> String {
        if approaches.is_empty() {
            return text;
        }
        let labels = approaches.iter().map(|one| label(&self.approaches, *one));
        let labels = labels.collect::<Vec<_>>().join(", ");
        words.fill("estimate_aside", &[("label", &text), ("aside", &labels)])
    }

    /// A label with the inputs that its number is multiplied by.
    fn for_each(&self, words: &Words, text: String, place: usize) -> String {
        let number = self.model.numbers.get(place);
        let inputs =
            number.map_or_else(String::new, |number| self.product_in_words(&number.drivers));
        match inputs.is_empty() {
            true => text,
            false => words.fill(
                "estimate_for_each",
                &[("label", &text), ("inputs", &inputs)],
            ),
        }
    }
}

fn label(names: &[Name], index: usize) -> &str {
    names.get(index).map_or("", |name| &name.label)
}
