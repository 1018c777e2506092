//! An estimate as text: tables for people at a terminal, JSON for programs. Takes a model, the
//! inputs and what the engine computed.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use tallypress_calculator::model::{Estimate, Outcome, Series, Summary};

use super::{EstimateModel, Name};

/// Widest line of the tables, in characters.
const WIDTH: usize = 100;

/// The estimate as tables: a verdict, cost, timeline, and hours by role and phase.
pub fn tables(model: &EstimateModel, inputs: &[f64], estimate: &Estimate) -> String {
    let mut text = format!(
        "{}, version {}: {} simulated futures\n\n",
        model.id,
        model.version,
        grouped(model.model.samples as f64)
    );
    for line in wrap(&verdict(model, estimate), WIDTH) {
        text.push_str(&line);
        text.push('\n');
    }
    let tables = [
        settings_table(model, inputs),
        cost_table(model, estimate),
        timeline_table(model, estimate),
        hours_table(model, estimate),
    ];
    for table in tables.iter().filter(|table| !table.rows.is_empty()) {
        text.push('\n');
        text.push_str(&table.draw());
    }
    text
}

/// The recommendation in words.
pub fn verdict(model: &EstimateModel, estimate: &Estimate) -> String {
    let recommendation = estimate.recommendation;
    let Some(recommended) = recommendation.approach else {
        return "None is recommended: no approach is ever finished, because somebody whom the work needs has no hours for it."
            .to_owned();
    };
    let label = |approach: usize| {
        model
            .approaches
            .get(approach)
            .map_or("", |name| &name.label)
    };
    let share = estimate.wins.get(recommended).copied().unwrap_or_default();
    let reason = if recommended == recommendation.lowest {
        "it has the lowest mean total".to_owned()
    } else {
        format!(
            "its mean total is within {} % of the lowest ({})",
            grouped(model.model.sufficient * 100.0),
            label(recommendation.lowest)
        )
    };
    let close = match recommendation.close_call {
        true => " A close call.",
        false => "",
    };
    let late = match is_late(model, estimate, recommended) {
        true => {
            " It is mostly not finished in the time for which delay is counted; what waiting costs after that is in no total."
        }
        false => "",
    };
    let endless: String = (0..model.approaches.len())
        .filter(|approach| !estimate.approaches.get(*approach).is_some_and(Outcome::ends))
        .map(|approach| {
            format!(
                " \u{201c}{}\u{201d} takes no part: it is never finished, because somebody whom the work needs has no hours for it.",
                label(approach)
            )
        })
        .collect();
    format!(
        "Recommended: {}. At {} {}, {reason}; given these assumptions it is the cheapest in {} simulated futures.{close}{late}{endless}",
        label(recommended),
        model.currency,
        money(mean(estimate, recommended, Series::Total)),
        of_a_hundred(share),
    )
}

/// Whether what is recommended is mostly not done when delay is no longer counted.
fn is_late(model: &EstimateModel, estimate: &Estimate, recommended: usize) -> bool {
    let weeks = estimate
        .approaches
        .get(recommended)
        .and_then(|outcome| outcome.get(Series::Weeks));
    model.model.value.is_any() && weeks.is_some_and(|weeks| weeks.p50 > estimate.sheet.horizon)
}

/// A share as a count, which says 100 of 100 for all and 0 of 100 for none only.
fn of_a_hundred(share: f64) -> String {
    match (share * 100.0).round() {
        100.0 if share < 1.0 => "more than 99 of 100".to_owned(),
        0.0 if share > 0.0 => "fewer than 1 of 100".to_owned(),
        count => format!("{count} of 100"),
    }
}

/// The estimate as JSON.
pub fn json(model: &EstimateModel, inputs: &[f64], estimate: &Estimate) -> String {
    let document = Document {
        model: &model.id,
        version: model.version,
        inputs: model
            .inputs
            .iter()
            .zip(inputs)
            .map(|(question, value)| (question.id.clone(), Number(*value)))
            .collect(),
        recommendation: Verdict {
            approach: estimate
                .recommendation
                .approach
                .and_then(|approach| model.approaches.get(approach))
                .map(|name| name.id.as_str()),
            sufficient: estimate.recommendation.sufficient,
            close_call: estimate.recommendation.close_call,
        },
        wins: by_id(
            &model.approaches,
            estimate.wins.iter().map(|share| Number(*share)),
        ),
        approaches: by_id(
            &model.approaches,
            estimate
                .approaches
                .iter()
                .map(|outcome| numbers(model, outcome)),
        ),
    };
    // Maps with text for keys and plain numbers: there is nothing that could fail.
    serde_json::to_string(&document).unwrap_or_default()
}

/// What a series is called in JSON and in `{{ estimate(…) }}`.
pub fn series_name(model: &EstimateModel, series: Series) -> String {
    let id = |names: &[Name], index: usize| {
        names
            .get(index)
            .map_or_else(String::new, |name| name.id.clone())
    };
    match series {
        Series::Cash => "cash".to_owned(),
        Series::Internal => "internal".to_owned(),
        Series::Delay => "delay".to_owned(),
        Series::Total => "total".to_owned(),
        Series::Weeks => "weeks".to_owned(),
        Series::Accepted => "accepted".to_owned(),
        Series::PackWeek2 => "pack_week2".to_owned(),
        Series::AdoptionMonth2 => "adoption_month2".to_owned(),
        Series::QualityMonth3 => "quality_month3".to_owned(),
        Series::CashPhase(phase) => format!("cash_{}", id(&model.phases, phase)),
        Series::InternalPhase(phase) => format!("internal_{}", id(&model.phases, phase)),
        Series::WeeksMilestone(milestone) => format!("weeks_{}", id(&model.milestones, milestone)),
        Series::StartPhase(phase) => format!("start_{}", id(&model.phases, phase)),
        Series::FinishPhase(phase) => format!("finish_{}", id(&model.phases, phase)),
    }
}

#[derive(Serialize)]
struct Document<'a> {
    model: &'a str,
    version: i64,
    inputs: Ordered<Number>,
    recommendation: Verdict<'a>,
    wins: Ordered<Number>,
    approaches: Ordered<Numbers>,
}

#[derive(Serialize)]
struct Verdict<'a> {
    /// None if no approach is ever finished.
    approach: Option<&'a str>,
    sufficient: bool,
    close_call: bool,
}

#[derive(Serialize)]
struct Numbers {
    series: Ordered<Range>,
    hours: Ordered<Ordered<Number>>,
}

#[derive(Serialize)]
struct Range {
    mean: Number,
    p10: Number,
    p50: Number,
    p90: Number,
}

fn numbers(model: &EstimateModel, outcome: &Outcome) -> Numbers {
    let hours = outcome
        .hours
        .iter()
        .map(|phases| by_id(&model.phases, phases.iter().map(|hours| Number(*hours))));
    Numbers {
        series: outcome
            .series
            .iter()
            .map(|(series, summary)| {
                let Summary {
                    mean,
                    p10,
                    p50,
                    p90,
                } = *summary;
                let [mean, p10, p50, p90] = [mean, p10, p50, p90].map(Number);
                (
                    series_name(model, *series),
                    Range {
                        mean,
                        p10,
                        p50,
                        p90,
                    },
                )
            })
            .collect(),
        hours: by_id(&model.roles, hours),
    }
}

fn by_id<T>(names: &[Name], values: impl Iterator<Item = T>) -> Ordered<T> {
    names
        .iter()
        .map(|name| name.id.clone())
        .zip(values)
        .collect()
}

/// A map that keeps the order of the model.
struct Ordered<T>(Vec<(String, T)>);

impl<T> FromIterator<(String, T)> for Ordered<T> {
    fn from_iter<I: IntoIterator<Item = (String, T)>>(entries: I) -> Self {
        Self(entries.into_iter().collect())
    }
}

impl<T: Serialize> Serialize for Ordered<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, value) in &self.0 {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}

/// A number that is written without a fraction if it has none, and as `null` if it is infinite.
struct Number(f64);

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.fract() == 0.0 && self.0.abs() < 1e15 {
            serializer.serialize_i64(self.0 as i64)
        } else {
            serializer.serialize_f64(self.0)
        }
    }
}

/// Lines of cells: the first column is text, the others are set flush right.
struct Grid {
    head: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Grid {
    fn draw(&self) -> String {
        let columns = self.head.len();
        let rest = columns.saturating_sub(1).max(1);
        // Text gets what numbers leave over; two spaces stand between columns.
        let widest = |column: usize| {
            let cells = std::iter::once(&self.head).chain(&self.rows);
            cells
                .filter_map(|row| row.get(column))
                .map(|cell| cell.chars().count())
                .max()
                .unwrap_or(0)
        };
        let most = (WIDTH - 30) / rest - 2;
        let mut widths: Vec<usize> = (0..columns)
            .map(|column| widest(column).min(most))
            .collect();
        let numbers: usize = widths.iter().skip(1).map(|width| width + 2).sum();
        if let Some(first) = widths.first_mut() {
            *first = widest(0).min(WIDTH.saturating_sub(numbers));
        }
        let mut text = String::new();
        for row in std::iter::once(&self.head).chain(&self.rows) {
            let mut line = String::new();
            for (column, (cell, width)) in row.iter().zip(&widths).enumerate() {
                let cell = shortened(cell, *width);
                let space = " ".repeat(width - cell.chars().count());
                match column {
                    0 => line.push_str(&format!("{cell}{space}")),
                    _ => line.push_str(&format!("  {space}{cell}")),
                }
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }
}

fn settings_table(model: &EstimateModel, inputs: &[f64]) -> Grid {
    let rows = model.inputs.iter().zip(inputs).map(|(question, value)| {
        let answer = question.options.get(*value as usize);
        vec![
            format!("{} ({})", question.label, question.id),
            answer.cloned().unwrap_or_else(|| value.to_string()),
        ]
    });
    Grid {
        head: vec!["Inputs".to_owned(), "set to".to_owned()],
        rows: rows.collect(),
    }
}

fn cost_table(model: &EstimateModel, estimate: &Estimate) -> Grid {
    let mut rows = Vec::new();
    for (name, outcome) in model.approaches.iter().zip(&estimate.approaches) {
        rows.push(vec![name.label.clone()]);
        for (label, series) in [
            ("cash", Series::Cash),
            ("internal hours", Series::Internal),
            ("cost of delay", Series::Delay),
            ("total", Series::Total),
        ] {
            if series == Series::Delay && !model.model.value.is_any() {
                continue;
            }
            if let Some(Summary {
                mean,
                p10,
                p50,
                p90,
            }) = outcome.get(series)
            {
                let mut row = vec![format!("  {label}")];
                row.extend([p10, p50, p90, mean].map(money));
                rows.push(row);
            }
        }
    }
    Grid {
        head: heads(
            &format!("Cost, {}", model.currency),
            ["P10", "P50", "P90", "mean"],
        ),
        rows,
    }
}

fn timeline_table(model: &EstimateModel, estimate: &Estimate) -> Grid {
    let mut lines: Vec<(Series, String)> = model
        .milestones
        .iter()
        .enumerate()
        .map(|(index, name)| (Series::WeeksMilestone(index), name.label.clone()))
        .collect();
    if !lines.is_empty() {
        lines.push((Series::Weeks, "Last milestone".to_owned()));
    }
    lines.push((Series::Accepted, "Quality reaches its target".to_owned()));
    let mut rows = Vec::new();
    for (name, outcome) in model.approaches.iter().zip(&estimate.approaches) {
        if lines
            .iter()
            .any(|(series, _)| outcome.get(*series).is_some())
        {
            rows.push(vec![name.label.clone()]);
        }
        for (series, label) in &lines {
            if let Some(Summary { p10, p50, p90, .. }) = outcome.get(*series) {
                let mut row = vec![format!("  {label}")];
                row.extend([p10, p50, p90].map(weeks));
                rows.push(row);
            }
        }
    }
    Grid {
        head: heads("Timeline, weeks from the start", ["P10", "P50", "P90"]),
        rows,
    }
}

fn hours_table(model: &EstimateModel, estimate: &Estimate) -> Grid {
    let mut rows = Vec::new();
    for (phase, name) in model.phases.iter().enumerate() {
        rows.push(vec![name.label.clone()]);
        for (role, name) in model.roles.iter().enumerate() {
            let hours: Vec<f64> = estimate
                .approaches
                .iter()
                .map(|outcome| {
                    outcome
                        .hours
                        .get(role)
                        .and_then(|phases| phases.get(phase))
                        .copied()
                        .unwrap_or_default()
                })
                .collect();
            if hours.iter().any(|hours| *hours > 0.0) {
                let mut row = vec![format!("  {}", name.label)];
                row.extend(hours.into_iter().map(|hours| match hours {
                    0.0 => "–".to_owned(),
                    _ => grouped(hours.round()),
                }));
                rows.push(row);
            }
        }
    }
    let labels = model.approaches.iter().map(|name| name.label.as_str());
    Grid {
        head: heads("Mean hours by phase and role", labels),
        rows,
    }
}

fn heads<'a>(first: &'a str, others: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    std::iter::once(first)
        .chain(others)
        .map(str::to_owned)
        .collect()
}

fn mean(estimate: &Estimate, approach: usize, series: Series) -> f64 {
    let outcome = estimate.approaches.get(approach);
    outcome
        .and_then(|outcome| outcome.get(series))
        .map_or(f64::INFINITY, |summary| summary.mean)
}

/// Three significant digits: more would promise what a simulation cannot keep.
fn money(amount: f64) -> String {
    let mut unit = 1.0;
    while amount.abs() / unit >= 1000.0 && unit < 1e15 {
        unit *= 10.0;
    }
    grouped((amount / unit).round() * unit)
}

fn weeks(weeks: f64) -> String {
    match weeks.is_finite() {
        true => format!("{weeks:.1}"),
        false => "never".to_owned(),
    }
}

/// Digits in groups of three.
fn grouped(number: f64) -> String {
    let plain = format!("{}", number.abs());
    let (whole, fraction) = plain
        .split_once('.')
        .map_or((plain.as_str(), None), |(whole, fraction)| {
            (whole, Some(fraction))
        });
    let mut text = String::new();
    if number < 0.0 {
        text.push('−');
    }
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place) % 3 == 0 && number.is_finite() {
            text.push(',');
        }
        text.push(digit);
    }
    if let Some(fraction) = fraction {
        text.push('.');
        text.push_str(fraction);
    }
    text
}

fn shortened(cell: &str, width: usize) -> String {
    if cell.chars().count() <= width {
        return cell.to_owned();
    }
    cell.chars()
        .take(width.saturating_sub(1))
        .chain(['…'])
        .collect()
}

fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
