//! Small models whose estimates can be found in the head: hours, calendar and money of the work.

mod results;

use super::Engine;
use crate::model::example::{alone, line, question, small};
use crate::model::{
    Equals, Estimate, Expense, Milestone, Model, Opportunity, Penalty, Series, Share, Split,
};
use alloc::vec;

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
    let cash = |approach: usize, series| estimate.approaches[approach].get(series).unwrap().mean;
    assert_eq!(cash(0, Series::Cash), 300.0);
    assert_eq!(cash(0, Series::CashPhase(0)), 0.0);
    assert_eq!(cash(1, Series::Cash), 4000.0);
}
