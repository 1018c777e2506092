//! The same for what comes of the work: quality, adoption, value and what a reader changes.

use super::{estimate, estimate_at, mean, near};
use crate::model::engine::Engine;
use crate::model::example::{line, question, small};
use crate::model::{
    Adoption, Automations, Craft, Equals, Fixed, Gap, Improvement, InputError, Model, Operations,
    Owner, Pack, Quality, Series, Setting,
};
use alloc::vec;
use alloc::vec::Vec;

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
