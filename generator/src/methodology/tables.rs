//! What the methodology's template sees, as plain data. Lists keep the order of the model file.

use serde::Serialize;

use super::words::SourcePart;

/// Everything that the methodology's template shows. Lists keep the order of the model file.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MethodologyView {
    /// Different for each methodology of a page; ids of elements begin with it.
    pub id: String,
    /// The model's own id.
    pub model: String,
    pub version: i64,
    /// Such as `USD`.
    pub currency: String,
    /// How many futures are simulated, such as `2,048`.
    pub samples: String,
    pub seed: u32,
    /// How many numbers are drawn in each future.
    pub variables: usize,
    pub approaches: Vec<String>,
    pub inputs: Vec<InputRow>,
    pub roles: Vec<RoleRow>,
    pub risks: Vec<NumberRow>,
    pub penalties: Vec<PenaltyRow>,
    pub phases: Vec<PhaseRows>,
    /// In which order roles take the activities up.
    pub orders: Vec<OrderRow>,
    pub expenses: Vec<ExpenseRow>,
    pub pack: Option<PackView>,
    pub adoption: Option<AdoptionView>,
    pub improvement: Option<ImprovementView>,
    pub operations: Option<OperationsView>,
    pub automations: Option<AutomationsView>,
    pub milestones: Vec<MilestoneRow>,
    pub settings: Vec<NumberRow>,
    /// All numbers once more, under their headings.
    pub groups: Vec<GroupRows>,
    /// How many numbers there are, and how many of them are judgement.
    pub numbers: usize,
    pub judgements: usize,
    /// What the page names as turning the answer.
    pub levers: Vec<String>,
    /// Sentences about what is left out.
    pub limits: Vec<String>,
    /// The answer with the default inputs.
    pub at_first: AnswerView,
    pub scenarios: Vec<ScenarioRow>,
    pub claims: Vec<ClaimRow>,
    /// With how many of the claims the model agrees.
    pub agreed: usize,
}

/// A number that is known or uncertain.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NumberRow {
    /// Such as `rate.cto`.
    pub key: String,
    pub label: String,
    /// Such as `USD/hour`; empty for shares, which are written in percent.
    pub unit: String,
    pub low: String,
    pub likely: String,
    pub high: String,
    /// Whether all three are the same.
    pub certain: bool,
    /// Inputs that it is multiplied by: `Functions in scope`; empty if there are none.
    pub per: String,
    /// Everything that it is multiplied by, one line each: `times Functions in scope`,
    /// `scaled by Protected hours: 1 at 8, 0.15 at 20`.
    pub factors: Vec<String>,
    pub source: Vec<SourcePart>,
    /// Whether the source is first of all the author's judgement.
    pub judgement: bool,
    /// Whether it is that for some of the numbers only.
    pub partly: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct InputRow {
    pub id: String,
    pub label: String,
    /// Empty if the model says nothing more.
    pub help: String,
    /// `int`, `percent`, `real` or `choice`.
    pub kind: &'static str,
    /// `2 to 40`; empty for a choice.
    pub range: String,
    /// The answers of a choice.
    pub options: Vec<String>,
    /// The default.
    pub value: String,
    /// Whether it is among the questions that are asked first.
    pub first: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RoleRow {
    pub id: String,
    pub label: String,
    /// `cash` or `internal`.
    pub kind: &'static str,
    pub rate: NumberRow,
    /// Hours a week: `40`, `2 × People`.
    pub capacity: String,
    pub loss: Option<NumberRow>,
    pub opportunity: Option<OpportunityView>,
}

/// An hour counts `1 + (input − 1) · factors` times its price.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OpportunityView {
    pub input: String,
    pub factors: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PenaltyRow {
    pub role: String,
    pub skill: String,
    /// Empty: in all.
    pub approaches: Vec<String>,
    pub number: NumberRow,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PhaseRows {
    pub id: String,
    pub label: String,
    pub activities: Vec<ActivityRow>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ActivityRow {
    pub id: String,
    pub label: String,
    pub skill: String,
    /// Hours of work: their sum.
    pub hours: Vec<NumberRow>,
    /// What the hours are multiplied by in all approaches.
    pub factors: Vec<String>,
    /// What they are multiplied by in one of them besides.
    pub approach_factors: Vec<ApproachFactors>,
    pub shares: Vec<ShareRow>,
    /// Activities that must be finished before.
    pub after: Vec<String>,
    /// The shortest time on the calendar.
    pub weeks: Option<NumberRow>,
    /// Hours of the function teams for each hour of work: `0.6`; empty if none.
    pub team: String,
    /// Costs hours, but has no place on the timeline.
    pub ongoing: bool,
    pub source: Vec<SourcePart>,
    pub judgement: bool,
    pub partly: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ApproachFactors {
    pub approach: String,
    pub factors: Vec<String>,
}

/// Who does which part of an activity.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ShareRow {
    pub approach: String,
    /// `AI system owner named: Yes`; empty if it always holds. The last row that holds counts.
    pub when: String,
    /// `CTO 80%, engineers 20%` or `nobody`.
    pub shares: String,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OrderRow {
    pub approach: String,
    pub activities: Vec<String>,
    /// Whether it is another one than that of the file.
    pub own: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ExpenseRow {
    pub label: String,
    /// Empty: in all.
    pub approaches: Vec<String>,
    pub number: NumberRow,
}

/// A quality that depends on who does the work: `ideal − Σ share · gap`, at least `floor`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CraftView {
    /// Whose shares count.
    pub activity: String,
    pub ideal: String,
    pub floor: String,
    pub gaps: Vec<GapRow>,
    pub fixed: Vec<FixedRow>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GapRow {
    pub role: String,
    pub number: NumberRow,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FixedRow {
    /// `Where are you today? Phases 1 and 2 done`.
    pub when: String,
    pub is: String,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PackView {
    pub craft: CraftView,
    /// Activities that build it.
    pub work: Vec<String>,
    /// Empty: when the last of `work` is finished.
    pub milestone: String,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AdoptionView {
    pub craft: CraftView,
    /// It grows from the start of this activity to the finish of that one.
    pub from: String,
    pub to: String,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ImprovementView {
    pub rates: Vec<RateRow>,
    pub owner: Option<OwnerView>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RateRow {
    pub approach: String,
    pub number: NumberRow,
}

/// Another rate for an approach, under a condition.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OwnerView {
    pub approach: String,
    pub when: String,
    pub number: NumberRow,
}

/// Hours a week saved by everybody who uses the result.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OperationsView {
    /// `People × Hours saved`.
    pub hours: String,
    /// An input in percent that multiplies them; empty if none.
    pub percent: String,
    /// Milestones that must have been reached.
    pub live: Vec<String>,
}

/// Hours a week saved by things that run by themselves.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AutomationsView {
    /// `Automations × Hours saved by each`.
    pub hours: String,
    pub factors: Vec<String>,
    /// They go live evenly from the start of this activity …
    pub from: String,
    /// … to this milestone; empty: to its finish.
    pub to: String,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MilestoneRow {
    pub label: String,
    /// Activities.
    pub after: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GroupRows {
    /// Such as `Rates`.
    pub group: String,
    pub numbers: Vec<NumberRow>,
}

/// What the model says for some inputs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AnswerView {
    /// The recommended approach, or that none is.
    pub recommendation: String,
    pub close_call: bool,
    /// Whether the first approach is recommended, as good enough if not the best.
    pub sufficient: bool,
    pub approaches: Vec<ApproachAnswer>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ApproachAnswer {
    pub label: String,
    pub recommended: bool,
    /// The median.
    pub total: String,
    /// `92 of 100`.
    pub wins: String,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ScenarioRow {
    pub id: String,
    pub label: String,
    /// Empty if the model says nothing more.
    pub help: String,
    pub set: Vec<SetRow>,
    pub answer: AnswerView,
}

/// An input that is not at its default.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SetRow {
    pub input: String,
    pub value: String,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ClaimRow {
    pub text: String,
    /// Empty: the defaults.
    pub set: Vec<SetRow>,
    /// Any of these agrees with the claim.
    pub expected: Vec<String>,
    /// What the model recommends.
    pub found: String,
    pub agrees: bool,
    pub close_call: bool,
    /// Empty if the author adds nothing.
    pub note: String,
}
