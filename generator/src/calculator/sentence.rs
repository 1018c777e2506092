//! One figure inside a sentence: `{{ estimate(approach="both", show="weeks.p50") }}`.
//! Takes what the author wrote; gives the text, or which argument is wrong and how.

use tallypress_calculator::figures::{Figure, Stat};
use tallypress_calculator::model::{Estimate, Series};

use super::questions::input_text;
use super::sheet::Sheet;
use crate::diagnostic::Diagnostic;
use crate::estimate::report::series_name;
use crate::estimate::{EstimateModel, Name};
use crate::words::Words;

/// The argument of a figure's shortcode that is wrong, and how.
#[derive(Debug)]
pub struct WrongArgument {
    pub name: &'static str,
    /// Without a place: that is where the argument was written.
    pub diagnostics: Vec<Diagnostic>,
}

/// A figure that a sentence asks for.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    pub approach: Option<&'a str>,
    pub show: &'a str,
    /// Of the sentence's language.
    pub words: &'a Words,
}

/// One figure for a sentence, such as `$41,000`.
///
/// `show` names it: a series and a statistic (`total.mean`, `weeks_pack.p90`), `wins`,
/// `hours.ROLE` or `hours.ROLE.PHASE`; and, without an approach, `recommendation` or `input.ID`.
///
/// # Errors
/// What is wrong with `approach` or with `show`.
pub fn figure_text(
    model: &EstimateModel,
    inputs: &[f64],
    estimate: &Estimate,
    wanted: Wanted<'_>,
) -> Result<String, WrongArgument> {
    let Wanted {
        approach,
        show,
        words,
    } = wanted;
    let sheet = Sheet::new(model, estimate, words);
    let parts: Vec<&str> = show.split('.').collect();
    match parts.as_slice() {
        ["recommendation"] => {
            let recommended = estimate.recommendation.approach;
            let recommended = recommended.and_then(|approach| model.approaches.get(approach));
            Ok(match recommended {
                Some(name) => name.label.clone(),
                None => words.say("estimate_none").to_owned(),
            })
        }
        ["input", id] => {
            let input = find(id, "input", ids(&model.inputs, |question| &question.id))?;
            let value = inputs.get(input).copied().unwrap_or(f64::NAN);
            Ok(input_text(
                &model.inputs[input],
                model.model.inputs[input].kind,
                value,
                |unit, value| words.figure(unit, value, &model.currency),
            ))
        }
        parts => {
            let figure = sheet.named_figure(parts, show)?;
            let approach = sheet.find_approach(approach, show)?;
            let figure = figure(approach);
            let text = sheet.figure(figure).text;
            Ok(match parts {
                ["wins"] => words.fill("estimate_wins", &[("count", &text)]),
                _ => text,
            })
        }
    }
}

/// A figure of the default inputs that a sentence may show.
#[derive(Clone, Debug)]
pub struct Known<'a> {
    pub approach: &'a str,
    pub show: String,
    pub figure: Figure,
    pub value: f64,
    pub text: String,
}

/// Every figure of an estimate that has a unit of its own, by approach.
pub fn known_figures<'a>(
    model: &'a EstimateModel,
    estimate: &Estimate,
    words: &Words,
) -> Vec<Known<'a>> {
    let sheet = Sheet::new(model, estimate, words);
    let mut known = Vec::new();
    for (approach, Name { id, .. }) in model.approaches.iter().enumerate() {
        let mut add = |show: String, figure: Figure| {
            let view = sheet.figure(figure);
            known.push(Known {
                approach: id,
                show,
                figure,
                value: view.value,
                text: view.text,
            });
        };
        for series in model.model.series() {
            for (name, stat) in STATS {
                let figure = Figure::Series {
                    approach,
                    series,
                    stat,
                };
                add(format!("{}.{name}", series_name(model, series)), figure);
            }
        }
        for (role, Name { id, .. }) in model.roles.iter().enumerate() {
            add(format!("hours.{id}"), Figure::RoleHours { approach, role });
        }
    }
    known
}

const STATS: [(&str, Stat); 4] = [
    ("mean", Stat::Mean),
    ("p10", Stat::P10),
    ("p50", Stat::P50),
    ("p90", Stat::P90),
];

impl Sheet<'_> {
    /// The figure of an approach that `show` names.
    fn named_figure(
        &self,
        parts: &[&str],
        show: &str,
    ) -> Result<Box<dyn Fn(usize) -> Figure>, WrongArgument> {
        match parts {
            ["wins"] => Ok(Box::new(|approach| Figure::Wins { approach })),
            ["hours", role] => {
                let role = self.find_role(role)?;
                Ok(Box::new(move |approach| Figure::RoleHours {
                    approach,
                    role,
                }))
            }
            ["hours", role, phase] => {
                let role = self.find_role(role)?;
                let phase = find(phase, "phase", ids(&self.model.phases, |name| &name.id))?;
                Ok(Box::new(move |approach| Figure::Hours {
                    approach,
                    role,
                    phase,
                }))
            }
            [name, stat] => {
                let series = self.find_series(name)?;
                let names = STATS.map(|(name, _)| name.to_owned()).to_vec();
                let (_, stat) = STATS[find(stat, "statistic", names)?];
                Ok(Box::new(move |approach| Figure::Series {
                    approach,
                    series,
                    stat,
                }))
            }
            [name] => {
                self.find_series(name)?;
                Err(wrong(
                    "show",
                    Diagnostic::error(format!(
                        "`{show}` is a range; which of its numbers is meant?"
                    ))
                    .help(format!(
                        "write `{show}.p50` for the median, or `.mean`, `.p10`, `.p90`"
                    )),
                ))
            }
            _ => Err(wrong(
                "show",
                Diagnostic::error(format!("`{show}` is no figure of `{}`", self.model.id))
                    .help("write a series and a statistic, such as `total.mean` or `weeks.p50`"),
            )),
        }
    }

    fn find_role(&self, id: &str) -> Result<usize, WrongArgument> {
        find(id, "role", ids(&self.model.roles, |name| &name.id))
    }

    fn find_series(&self, name: &str) -> Result<Series, WrongArgument> {
        let series = self.model.model.series();
        let mut names: Vec<String> = series
            .iter()
            .map(|series| series_name(self.model, *series))
            .collect();
        // They have a form of their own, but it is here that people miss them.
        names.extend(["wins", "hours", "recommendation", "input"].map(str::to_owned));
        let place = find(name, "figure", names)?;
        series.get(place).copied().ok_or_else(|| {
            wrong(
                "show",
                Diagnostic::error(format!("`{name}` says too little, or too much"))
                    .help("write `wins`, `hours.ROLE`, `hours.ROLE.PHASE`, `recommendation` or `input.ID`"),
            )
        })
    }

    fn find_approach(&self, written: Option<&str>, show: &str) -> Result<usize, WrongArgument> {
        let approaches = ids(&self.model.approaches, |name| &name.id);
        let Some(written) = written else {
            return Err(wrong(
                "approach",
                Diagnostic::error(format!("`{show}` needs an approach")).help(format!(
                    "add approach=\"…\", one of {}",
                    approaches.join(", ")
                )),
            ));
        };
        find(written, "approach", approaches).map_err(|error| WrongArgument {
            name: "approach",
            ..error
        })
    }
}

fn ids<T>(named: &[T], id: impl Fn(&T) -> &String) -> Vec<String> {
    named.iter().map(|named| id(named).clone()).collect()
}

/// The place of an id in a list.
fn find(written: &str, what: &str, ids: Vec<String>) -> Result<usize, WrongArgument> {
    ids.iter().position(|id| id == written).ok_or_else(|| {
        let error = Diagnostic::error(format!("there is no {what} `{written}`"))
            .suggest(written, ids.iter().map(String::as_str));
        let list = format!("there is {}", ids.join(", "));
        wrong("show", error.help(list))
    })
}

fn wrong(name: &'static str, diagnostic: Diagnostic) -> WrongArgument {
    WrongArgument {
        name,
        diagnostics: vec![diagnostic],
    }
}

#[cfg(test)]
mod tests {
    use tallypress_calculator::model::Engine;

    use super::{Wanted, figure_text};
    use crate::calculator::tests::model;
    use crate::words::Words;

    fn shown(approach: Option<&str>, show: &str) -> Result<String, String> {
        let model = model();
        let defaults = model.model.defaults();
        let estimate = Engine::new(&model.model)
            .expect("a sound model")
            .estimate(&defaults)
            .expect("legal inputs");
        let wanted = Wanted {
            approach,
            show,
            words: Words::english(),
        };
        figure_text(&model, &defaults, &estimate, wanted).map_err(|wrong| {
            let diagnostic = &wrong.diagnostics[0];
            format!(
                "{}: {}; {}",
                wrong.name,
                diagnostic.message,
                diagnostic.help.join("; ")
            )
        })
    }

    #[test]
    fn a_sentence_can_show_any_figure() {
        assert_eq!(
            shown(None, "recommendation").as_deref(),
            Ok("CTO and partner")
        );
        assert_eq!(shown(None, "input.functions").as_deref(), Ok("4"));
        assert_eq!(shown(None, "input.op_share").as_deref(), Ok("70%"));
        assert_eq!(shown(None, "input.start").as_deref(), Ok("Starting fresh"));
        for show in [
            "total.mean",
            "weeks_pack.p90",
            "pack_week2.p50",
            "hours.cto",
            "hours.cto.p1",
            "wins",
        ] {
            let figure = shown(Some("both"), show).expect(show);
            assert!(
                figure.contains(|digit: char| digit.is_ascii_digit()),
                "{show}: {figure}"
            );
        }
        assert!(shown(Some("both"), "wins").is_ok_and(|wins| wins.ends_with(" of 100")));
    }

    #[test]
    fn a_figure_that_does_not_exist_is_explained() {
        for (approach, show, expected) in [
            (
                None,
                "weeks.p50",
                "approach: `weeks.p50` needs an approach; add approach=\"…\", one of cto, partner, both",
            ),
            (
                Some("bth"),
                "weeks.p50",
                "approach: there is no approach `bth`; did you mean `both`?; there is cto, partner, both",
            ),
            (
                Some("both"),
                "weeks.p55",
                "show: there is no statistic `p55`; did you mean `p50`?; there is mean, p10, p50, p90",
            ),
            (
                Some("both"),
                "hours.ctoo",
                "show: there is no role `ctoo`; did you mean `cto`?; there is cto, eng, owner, team, partner, dev",
            ),
            (
                Some("both"),
                "weeks",
                "show: `weeks` is a range; which of its numbers is meant?; write `weeks.p50` for the median, or `.mean`, `.p10`, `.p90`",
            ),
        ] {
            assert_eq!(shown(approach, show), Err(expected.to_owned()));
        }
        let unknown = shown(Some("both"), "totl.mean").expect_err("no such series");
        assert!(
            unknown.starts_with(
                "show: there is no figure `totl`; did you mean `total`?; there is cash, "
            ),
            "{unknown}"
        );
        let vague = shown(Some("both"), "hours").expect_err("whose hours?");
        assert!(
            vague.starts_with("show: `hours` says too little"),
            "{vague}"
        );
    }
}
