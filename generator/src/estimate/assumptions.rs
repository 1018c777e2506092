//! The numbers of a model that a reader may change, by name. Takes a model that was read, gives for
//! each number the key that stands for it in addresses and in `break_even`, a label, its unit and
//! where it comes from.

use std::collections::BTreeSet;

use tallypress_calculator::model::{Kind, Lever, Model, Setting};

use super::{EstimateModel, Name};
use crate::diagnostic::Diagnostic;
use crate::fields::{Fields, Spanned};

/// The headings that assumptions stand under, in the order in which they are shown.
pub const GROUPS: [&str; 10] = [
    "Rates",
    "Hours",
    "Calendar",
    "Slower work",
    "Quality",
    "Adoption",
    "Improvement loop",
    "Risks",
    "Prices",
    "Settings",
];

/// What one of [`Model::assumptions`] is called, and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assumption {
    /// Such as `rate.cto`. No input has this id.
    pub key: String,
    /// The heading that it stands under, one of [`GROUPS`].
    pub group: &'static str,
    /// Understood beside three numbers and a unit.
    pub label: String,
    pub unit: AssumptionUnit,
    /// Addresses and remarks, or `judgement`.
    pub source: String,
}

/// What an assumption is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AssumptionUnit {
    MoneyPerHour,
    Money,
    Hours,
    Weeks,
    /// A part of something, 1 being all of it.
    Share,
    /// Multiplies something.
    Factor,
    PerWeek,
}

impl AssumptionUnit {
    /// As it stands behind a number. `currency` is a code or a sign.
    pub fn text(self, currency: &str) -> String {
        match self {
            Self::MoneyPerHour => format!("{currency}/hour"),
            Self::Money => currency.to_owned(),
            Self::Hours => "hours".to_owned(),
            Self::Weeks => "weeks".to_owned(),
            Self::Share => "share".to_owned(),
            Self::Factor => "times".to_owned(),
            Self::PerWeek => "per week".to_owned(),
        }
    }
}

/// What a setting is called in `[meta]`.
pub const fn setting_key(setting: Setting) -> &'static str {
    match setting {
        Setting::TeamRate => "value_team_rate",
        Setting::Recapture => "value_recapture",
        Setting::HorizonWeeks => "horizon_weeks",
        Setting::QualityMax => "quality_max",
        Setting::QualityTarget => "quality_target",
        Setting::Sufficient => "sufficient",
        Setting::CloseCall => "close_call",
    }
}

/// `[meta.sources]`: where each setting comes from, in the order of [`Setting::ALL`].
pub fn setting_sources(sources: &mut Fields<'_>) -> Vec<String> {
    Setting::ALL
        .into_iter()
        .map(|setting| {
            let key = setting_key(setting);
            let Some(source) = sources.text(key) else {
                return "judgement".to_owned();
            };
            if source.value.trim().is_empty() {
                sources.error(
                    format!("the source of `{key}` is empty"),
                    source.span,
                    "give an address, or leave it out for a judgement of your own",
                );
            }
            source.value
        })
        .collect()
}

/// One entry for each of [`Model::assumptions`], in that order.
pub fn assumptions(
    names: &EstimateModel,
    number_sources: Vec<String>,
    setting_sources: Vec<String>,
) -> Vec<Assumption> {
    let mut numbers = Entries {
        names,
        sources: &number_sources,
        found: vec![None; names.model.numbers.len()],
    };
    numbers.people();
    numbers.work();
    numbers.results();
    let numbers = numbers.found.into_iter().map(|found| {
        // Every number has a part of the model that it was read for.
        found.unwrap_or_else(|| Assumption {
            key: "number".to_owned(),
            group: "Settings",
            label: String::new(),
            unit: AssumptionUnit::Factor,
            source: String::new(),
        })
    });
    let settings = Setting::ALL
        .into_iter()
        .zip(setting_sources)
        .map(|(setting, source)| self::setting(names, setting, source));
    let mut taken = BTreeSet::new();
    let mut assumptions: Vec<Assumption> = numbers.chain(settings).collect();
    for assumption in &mut assumptions {
        let key = assumption.key.clone();
        let mut count = 1;
        while !taken.insert(assumption.key.clone()) {
            count += 1;
            assumption.key = format!("{key}.{count}");
        }
    }
    assumptions
}

/// The assumptions behind the numbers of a model, each at the place of its number.
struct Entries<'a> {
    names: &'a EstimateModel,
    /// One for each number.
    sources: &'a [String],
    found: Vec<Option<Assumption>>,
}

impl Entries<'_> {
    fn add(
        &mut self,
        number: usize,
        key: String,
        group: &'static str,
        label: String,
        unit: AssumptionUnit,
    ) {
        let source = self.sources.get(number).cloned().unwrap_or_default();
        if let Some(slot) = self.found.get_mut(number) {
            *slot = Some(Assumption {
                key,
                group,
                label,
                unit,
                source,
            });
        }
    }

    fn people(&mut self) {
        let names = self.names;
        for (role, name) in names.model.roles.iter().zip(&names.roles) {
            let Name { id, label } = name;
            let rate = format!("{label}: rate");
            let unit = AssumptionUnit::MoneyPerHour;
            self.add(role.rate, format!("rate.{id}"), "Rates", rate, unit);
            if let Some(loss) = role.loss {
                let label =
                    format!("{label}: hours lost to other duties, as a share of those left");
                let unit = AssumptionUnit::Share;
                self.add(loss, format!("loss.{id}"), "Slower work", label, unit);
            }
        }
        for (risk, name) in names.model.risks.iter().zip(&names.risks) {
            let (key, label) = (format!("risk.{}", name.id), name.label.clone());
            self.add(*risk, key, "Risks", label, AssumptionUnit::Factor);
        }
        for (penalty, name) in names.model.penalties.iter().zip(&names.penalties) {
            let mut key = format!("penalty.{}", id_of(&names.roles, penalty.role));
            // A skill is a word of the author's own, with whatever letters.
            let skill = names.skills.get(penalty.skill);
            key.push('-');
            key.extend(skill.into_iter().flat_map(|skill| skill.chars()).map(plain));
            for approach in &penalty.approaches {
                key.push('-');
                key.push_str(id_of(&names.approaches, *approach));
            }
            let mut label = format!("{}, extra hours", name.label);
            if !penalty.approaches.is_empty() {
                let approaches = penalty.approaches.iter();
                let labels = approaches.map(|approach| label_of(&names.approaches, *approach));
                let labels: Vec<&str> = labels.collect();
                label.push_str(&format!(" ({})", labels.join(", ")));
            }
            let unit = AssumptionUnit::Share;
            self.add(penalty.excess, key, "Slower work", label, unit);
        }
        for (expense, name) in names.model.expenses.iter().zip(&names.expenses) {
            let label = format!("{}: price{}", name.label, self.for_each(expense.price));
            let key = format!("price.{}", name.id);
            self.add(expense.price, key, "Prices", label, AssumptionUnit::Money);
        }
    }

    fn work(&mut self) {
        let names = self.names;
        for (activity, name) in names.model.activities.iter().zip(&names.activities) {
            let Name { id, label } = name;
            let mut terms = 0;
            for &number in &activity.work {
                let base = terms == 0 && self.drivers(number).is_empty();
                terms += usize::from(!base);
                let key = match base || activity.work.len() == 1 {
                    true => format!("work.{id}"),
                    false => format!("work.{id}.{terms}"),
                };
                let label = format!("{label}: hours{}", self.for_each(number));
                self.add(number, key, "Hours", label, AssumptionUnit::Hours);
            }
            if let Some(weeks) = activity.min_weeks {
                let label = format!("{label}: calendar time at least");
                let key = format!("weeks.{id}");
                self.add(weeks, key, "Calendar", label, AssumptionUnit::Weeks);
            }
        }
    }

    fn results(&mut self) {
        let names = self.names;
        let Model {
            pack,
            adoption,
            improvement,
            ..
        } = &names.model;
        for gap in pack.iter().flat_map(|pack| &pack.craft.gaps) {
            let key = format!("pack.{}", id_of(&names.roles, gap.role));
            let label = format!("{}: quality missed", label_of(&names.roles, gap.role));
            self.add(gap.gap, key, "Quality", label, AssumptionUnit::Share);
        }
        for gap in adoption.iter().flat_map(|adoption| &adoption.craft.gaps) {
            let key = format!("adoption.{}", id_of(&names.roles, gap.role));
            let label = format!("{}: adoption missed", label_of(&names.roles, gap.role));
            self.add(gap.gap, key, "Adoption", label, AssumptionUnit::Share);
        }
        let Some(improvement) = improvement else {
            return;
        };
        let (group, unit) = ("Improvement loop", AssumptionUnit::PerWeek);
        for (rate, name) in improvement.rates.iter().zip(&names.approaches) {
            let label = format!("{}: speed of improvement", name.label);
            self.add(*rate, format!("loop.{}", name.id), group, label, unit);
        }
        if let Some(owner) = &improvement.owner {
            let approach = label_of(&names.approaches, owner.approach);
            let when = names.condition_in_words(owner.when);
            let label = format!("{approach}: speed of improvement ({when})");
            self.add(owner.rate, "loop.owner".to_owned(), group, label, unit);
        }
    }

    fn drivers(&self, number: usize) -> &[usize] {
        let number = self.names.model.numbers.get(number);
        number.map_or(&[], |number| &number.drivers)
    }

    /// What a number is multiplied by: ` for each of People × Months`.
    fn for_each(&self, number: usize) -> String {
        match self.names.product_in_words(self.drivers(number)) {
            words if words.is_empty() => words,
            words => format!(" for each of {words}"),
        }
    }
}

fn setting(names: &EstimateModel, setting: Setting, source: String) -> Assumption {
    use AssumptionUnit::{MoneyPerHour, Share, Weeks};
    let (label, unit) = match setting {
        Setting::TeamRate => ("Worth of a saved hour".to_owned(), MoneyPerHour),
        Setting::Recapture => ("Part of saved time that turns into money".to_owned(), Share),
        Setting::HorizonWeeks => ("Time in which waiting counts as a cost".to_owned(), Weeks),
        Setting::QualityMax => ("Quality that a well-kept system tends to".to_owned(), Share),
        Setting::QualityTarget => ("Quality that counts as accepted".to_owned(), Share),
        Setting::Sufficient => {
            let first = label_of(&names.approaches, 0);
            let label = format!("{first} suffices up to this share above the lowest total");
            (label, Share)
        }
        Setting::CloseCall => (
            "A close call if it wins in a smaller share of futures".to_owned(),
            Share,
        ),
    };
    Assumption {
        key: setting_key(setting).to_owned(),
        group: "Settings",
        label,
        unit,
        source,
    }
}

/// `break_even`: inputs and assumptions by name. Where nothing is written: the first three of the
/// questions that are numbers.
pub fn levers(
    fields: &mut Fields<'_>,
    estimate: &EstimateModel,
    assumptions: &[Assumption],
    written: Option<Vec<Spanned<String>>>,
) -> Vec<Lever> {
    let is_choice = |input: usize| {
        let input = estimate.model.inputs.get(input);
        input.is_some_and(|input| input.kind == Kind::Choice)
    };
    let Some(written) = written else {
        let questions = estimate.questions.iter().copied();
        let numbers = questions.filter(|input| !is_choice(*input));
        return numbers.take(3).map(Lever::Input).collect();
    };
    let mut levers = Vec::new();
    for Spanned { value: name, span } in written {
        let input = estimate.inputs.iter().position(|input| input.id == name);
        let assumption = assumptions.iter().position(|one| one.key == name);
        let lever = match (input, assumption) {
            (Some(input), _) if is_choice(input) => {
                fields.report(
                    Diagnostic::error(format!("`break_even` names the choice `{name}`"))
                        .at(fields.path(), span)
                        .label("a choice has no value at which the answer could turn")
                        .help("name an input that is a number, or the key of an assumption"),
                );
                continue;
            }
            (Some(input), _) => Lever::Input(input),
            (None, Some(_)) if is_about_words_only(&name) => {
                fields.error(
                    format!("`break_even` names `{name}`, which moves no total"),
                    span,
                    "it decides how totals are judged, not what they are",
                );
                continue;
            }
            (None, Some(assumption)) => Lever::Assumption(assumption),
            (None, None) => {
                let inputs = estimate.inputs.iter().map(|input| input.id.as_str());
                let keys = assumptions.iter().map(|one| one.key.as_str());
                let diagnostic =
                    Diagnostic::error(format!("there is no input or assumption `{name}`"))
                        .at(fields.path(), span)
                        .label("neither an input nor the key of an assumption")
                        .suggest(&name, inputs.chain(keys));
                fields.report(match diagnostic.help.is_empty() {
                    true => diagnostic.help("keys look like `rate.cto` or `work.interviews`"),
                    false => diagnostic,
                });
                continue;
            }
        };
        if levers.contains(&lever) {
            fields.error(
                format!("`break_even` names `{name}` twice"),
                span,
                "once is enough",
            );
        } else {
            levers.push(lever);
        }
    }
    levers
}

/// Settings that have no effect on any cost.
fn is_about_words_only(key: &str) -> bool {
    [Setting::Sufficient, Setting::CloseCall]
        .into_iter()
        .any(|setting| setting_key(setting) == key)
}

fn plain(letter: char) -> char {
    match letter {
        'a'..='z' | '0'..='9' | '_' | '-' => letter,
        'A'..='Z' => letter.to_ascii_lowercase(),
        _ => '_',
    }
}

fn id_of(names: &[Name], index: usize) -> &str {
    names.get(index).map_or("", |name| &name.id)
}

fn label_of(names: &[Name], index: usize) -> &str {
    names.get(index).map_or("", |name| &name.label)
}

#[cfg(test)]
mod tests;
