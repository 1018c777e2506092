//! The numbers of a model that a reader may change, by name. Takes a model that was read, gives for
//! each number the key that stands for it in addresses and in `break_even`, a label, its unit and
//! where it comes from.

use std::collections::BTreeSet;

use tallypress_calculator::model::{Kind, Lever, Model, Setting};

use super::{EstimateModel, Name};
use crate::diagnostic::Diagnostic;
use crate::fields::{Fields, Spanned};

/// The headings that assumptions stand under, in the order in which they are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    Rates,
    Hours,
    Calendar,
    SlowerWork,
    Quality,
    Adoption,
    Improvement,
    Risks,
    Prices,
    Settings,
}

/// What one of [`Model::assumptions`] is called, and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assumption {
    /// Such as `rate.cto`. No input has this id.
    pub key: String,
    /// The heading that it stands under.
    pub group: Group,
    pub subject: AssumptionSubject,
    pub unit: AssumptionUnit,
    /// Addresses and remarks, or `judgement`.
    pub source: String,
}

/// The part of a model that a number belongs to, by its place among its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AssumptionSubject {
    Rate {
        role: usize,
    },
    Loss {
        role: usize,
    },
    Risk(usize),
    Penalty(usize),
    Price {
        expense: usize,
    },
    Hours {
        activity: usize,
    },
    Calendar {
        activity: usize,
    },
    QualityMissed {
        role: usize,
    },
    AdoptionMissed {
        role: usize,
    },
    Speed {
        approach: usize,
    },
    /// Where an owner is there already.
    OwnerSpeed,
    Setting(Setting),
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
        found.unwrap_or_else(|| setting(Setting::TeamRate, String::new()))
    });
    let settings = Setting::ALL
        .into_iter()
        .zip(setting_sources)
        .map(|(setting, source)| self::setting(setting, source));
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
        subject: AssumptionSubject,
        (group, unit): (Group, AssumptionUnit),
    ) {
        let source = self.sources.get(number).cloned().unwrap_or_default();
        if let Some(slot) = self.found.get_mut(number) {
            *slot = Some(Assumption {
                key,
                group,
                subject,
                unit,
                source,
            });
        }
    }

    fn people(&mut self) {
        use AssumptionSubject::{Loss, Penalty, Price, Rate, Risk};
        let names = self.names;
        let roles = names.model.roles.iter().zip(&names.roles).enumerate();
        for (place, (role, Name { id, .. })) in roles {
            let kind = (Group::Rates, AssumptionUnit::MoneyPerHour);
            self.add(role.rate, format!("rate.{id}"), Rate { role: place }, kind);
            if let Some(loss) = role.loss {
                let kind = (Group::SlowerWork, AssumptionUnit::Share);
                self.add(loss, format!("loss.{id}"), Loss { role: place }, kind);
            }
        }
        let risks = names.model.risks.iter().zip(&names.risks).enumerate();
        for (place, (risk, name)) in risks {
            let kind = (Group::Risks, AssumptionUnit::Factor);
            self.add(*risk, format!("risk.{}", name.id), Risk(place), kind);
        }
        for (place, penalty) in names.model.penalties.iter().enumerate() {
            let mut key = format!("penalty.{}", id_of(&names.roles, penalty.role));
            // A skill is a word of the author's own, with whatever letters.
            let skill = names.skills.get(penalty.skill);
            key.push('-');
            key.extend(skill.into_iter().flat_map(|skill| skill.chars()).map(plain));
            for approach in &penalty.approaches {
                key.push('-');
                key.push_str(id_of(&names.approaches, *approach));
            }
            let kind = (Group::SlowerWork, AssumptionUnit::Share);
            self.add(penalty.excess, key, Penalty(place), kind);
        }
        let expenses = names.model.expenses.iter().zip(&names.expenses);
        for (place, (expense, name)) in expenses.enumerate() {
            let key = format!("price.{}", name.id);
            let kind = (Group::Prices, AssumptionUnit::Money);
            self.add(expense.price, key, Price { expense: place }, kind);
        }
    }

    fn work(&mut self) {
        use AssumptionSubject::{Calendar, Hours};
        let names = self.names;
        let activities = names.model.activities.iter().zip(&names.activities);
        for (place, (activity, Name { id, .. })) in activities.enumerate() {
            let mut terms = 0;
            for &number in &activity.work {
                let known = names.model.numbers.get(number);
                let base = terms == 0 && known.is_none_or(|number| number.drivers.is_empty());
                terms += usize::from(!base);
                let key = match base || activity.work.len() == 1 {
                    true => format!("work.{id}"),
                    false => format!("work.{id}.{terms}"),
                };
                let kind = (Group::Hours, AssumptionUnit::Hours);
                self.add(number, key, Hours { activity: place }, kind);
            }
            if let Some(weeks) = activity.min_weeks {
                let kind = (Group::Calendar, AssumptionUnit::Weeks);
                let subject = Calendar { activity: place };
                self.add(weeks, format!("weeks.{id}"), subject, kind);
            }
        }
    }

    fn results(&mut self) {
        use AssumptionSubject::{AdoptionMissed, OwnerSpeed, QualityMissed, Speed};
        let names = self.names;
        let Model {
            pack,
            adoption,
            improvement,
            ..
        } = &names.model;
        for gap in pack.iter().flat_map(|pack| &pack.craft.gaps) {
            let key = format!("pack.{}", id_of(&names.roles, gap.role));
            let kind = (Group::Quality, AssumptionUnit::Share);
            self.add(gap.gap, key, QualityMissed { role: gap.role }, kind);
        }
        for gap in adoption.iter().flat_map(|adoption| &adoption.craft.gaps) {
            let key = format!("adoption.{}", id_of(&names.roles, gap.role));
            let kind = (Group::Adoption, AssumptionUnit::Share);
            self.add(gap.gap, key, AdoptionMissed { role: gap.role }, kind);
        }
        let Some(improvement) = improvement else {
            return;
        };
        let kind = (Group::Improvement, AssumptionUnit::PerWeek);
        let rates = improvement.rates.iter().zip(&names.approaches);
        for (approach, (rate, name)) in rates.enumerate() {
            let key = format!("loop.{}", name.id);
            self.add(*rate, key, Speed { approach }, kind);
        }
        if let Some(owner) = &improvement.owner {
            self.add(owner.rate, "loop.owner".to_owned(), OwnerSpeed, kind);
        }
    }
}

fn setting(setting: Setting, source: String) -> Assumption {
    Assumption {
        key: setting_key(setting).to_owned(),
        group: Group::Settings,
        subject: AssumptionSubject::Setting(setting),
        unit: match setting {
            Setting::TeamRate => AssumptionUnit::MoneyPerHour,
            Setting::HorizonWeeks => AssumptionUnit::Weeks,
            _ => AssumptionUnit::Share,
        },
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

#[cfg(test)]
mod tests;
