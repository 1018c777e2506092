//! Stories of rounding, axes and leaders.

use super::{Axis, Figure, Stat, Unit, end_of_axis, list, part_of_100, rounded};
use crate::model::{DOTS, Facts, Recommendation, Series, Sheet};
use alloc::vec::Vec;

#[test]
fn money_has_three_significant_digits() {
    let cases = [
        (0.4, 0.0),
        (-0.4, 0.0),
        (847.3, 847.0),
        (999.5, 1000.0),
        (41_237.0, 41_200.0),
        (-41_250.0, -41_300.0),
        (99_960.0, 100_000.0),
        (1_234_567.0, 1_230_000.0),
        (f64::INFINITY, f64::INFINITY),
    ];
    for (value, shown) in cases {
        assert_eq!(
            rounded(Unit::Money, value).to_bits(),
            f64::to_bits(shown),
            "{value}"
        );
    }
}

#[test]
fn rounding_a_rounded_figure_changes_nothing() {
    for unit in [Unit::Money, Unit::Weeks, Unit::Share, Unit::Number] {
        for n in 0..20_000 {
            let value = f64::from(n) * 0.731 - 3000.0;
            let once = rounded(unit, value);
            assert_eq!(
                rounded(unit, once).to_bits(),
                once.to_bits(),
                "{value} as {unit:?}"
            );
        }
    }
}

#[test]
fn an_axis_ends_at_a_round_number_with_a_round_half() {
    let ends = [
        (0.0, 10.0),
        (9.4, 10.0),
        (10.1, 12.0),
        (52.0, 60.0),
        (81.0, 100.0),
        (100.1, 120.0),
        (246_800.0, 300_000.0),
    ];
    for (largest, end) in ends {
        assert_eq!(end_of_axis(largest), end);
    }
}

#[test]
fn wins_add_to_100_and_one_lost_future_shows() {
    let cases: [(&[f64], &[f64]); 5] = [
        (&[0.625, 0.1875, 0.1875], &[63.0, 18.0, 19.0]),
        (&[0.0, 1.0], &[0.0, 100.0]),
        (&[1.0, 0.0, 0.0], &[100.0, 0.0, 0.0]),
        (&[2047.0 / 2048.0, 0.0, 1.0 / 2048.0], &[99.0, 0.0, 1.0]),
        (
            &[1.0 / 2048.0, 1.0 / 2048.0, 1023.0 / 1024.0],
            &[1.0, 0.0, 99.0],
        ),
    ];
    for (shares, parts) in cases {
        let (mut limit, mut from) = (0.0, 0.0);
        let part = |share: &f64| {
            limit += share;
            part_of_100(limit, &mut from)
        };
        let found: Vec<f64> = shares.iter().map(part).collect();
        assert_eq!(found, parts, "{shares:?}");
    }
}

/// Two approaches, three roles of which the last is the team, two phases, no milestones.
fn sheet() -> Sheet {
    let facts = Facts {
        samples: 64,
        seed: 1,
        approaches: 2,
        phases: 2,
        roles: 3,
        milestones: 0,
        activities: 1,
        pack: true,
        improvement: false,
        adoption: false,
        team: Some(2),
        inputs: 0,
        levers: 0,
        numbers: 0,
        terms: 0,
    };
    let mut numbers = Vec::new();
    for (factor, hours, wins) in [
        (1.0, [10.4, 0.0, 20.2, 0.0, 99.0, 0.0], 0.25),
        (2.0, [40.0, 3.0, 20.0, 3.0, 0.0, 60.0], 0.75),
    ] {
        for series in facts.series() {
            numbers.extend(match series {
                Series::Total => {
                    [41_237.0, 20_000.0, 40_000.0, 75_000.0].map(|money| money * factor)
                }
                Series::Weeks => [9.44, 6.0, 9.0, 15.0],
                Series::PackWeek2 => [0.615, 0.5, 0.6, 0.7],
                _ => [0.0; 4],
            });
        }
        numbers.extend(hours);
        numbers.push(wins);
        numbers.extend([75_000.0 * factor; DOTS]);
    }
    Sheet {
        numbers,
        recommendation: Recommendation {
            approach: Some(1),
            lowest: 0,
            sufficient: false,
            close_call: true,
        },
        enough: 0.05,
        horizon: 8.0,
        facts,
    }
}

fn value(figure: Figure) -> f64 {
    let figures: Vec<(Figure, f64)> = list(&sheet());
    figures
        .into_iter()
        .find(|(other, _)| *other == figure)
        .expect("a figure")
        .1
}

#[test]
fn all_approaches_share_an_axis() {
    assert_eq!(value(Figure::Scale(Axis::Cost)), 160_000.0);
    assert_eq!(value(Figure::ScaleMiddle(Axis::Cost)), 80_000.0);
    assert_eq!(value(Figure::Scale(Axis::Hours)), 160.0);
}

#[test]
fn hours_add_up_as_they_are_shown() {
    assert_eq!(
        value(Figure::Hours {
            approach: 0,
            role: 0,
            phase: 0
        }),
        10.0
    );
    assert_eq!(
        value(Figure::Hours {
            approach: 0,
            role: 1,
            phase: 0
        }),
        20.0
    );
    assert_eq!(
        value(Figure::PhaseHours {
            approach: 0,
            phase: 0
        }),
        129.0
    );
    assert_eq!(
        value(Figure::RoleHours {
            approach: 1,
            role: 1
        }),
        23.0
    );
}

#[test]
fn the_busiest_role_leads_a_phase_unless_it_is_the_team() {
    let leads = |approach, phase| {
        [0, 1, 2].map(|role| {
            value(Figure::Leads {
                approach,
                phase,
                role,
            })
        })
    };
    assert_eq!(leads(0, 0), [0.0, 1.0, 0.0]);
    assert_eq!(leads(0, 1), [0.0, 0.0, 0.0], "nobody works");
    assert_eq!(
        leads(1, 1),
        [1.0, 0.0, 0.0],
        "the first of two with equal hours"
    );
}

#[test]
fn the_lowest_total_is_another_matter_than_the_recommendation() {
    let lowest = [0, 1].map(|approach| value(Figure::Lowest { approach }));
    assert_eq!(lowest, [1.0, 0.0]);
}

#[test]
fn figures_are_rounded_by_their_unit() {
    let mean = |series| {
        value(Figure::Series {
            approach: 0,
            series,
            stat: Stat::Mean,
        })
    };
    assert_eq!(mean(Series::Total), 41_200.0);
    assert_eq!(mean(Series::Weeks), 9.4);
    assert_eq!(mean(Series::PackWeek2), 0.62);
    assert_eq!(value(Figure::Wins { approach: 1 }), 75.0);
    assert_eq!(value(Figure::Recommended { approach: 1 }), 1.0);
    assert_eq!(value(Figure::CloseCall), 1.0);
}

#[test]
fn what_is_recommended_is_late_if_it_is_mostly_done_after_the_horizon() {
    // Half of its futures are done in week 9.
    assert_eq!(value(Figure::Late), 1.0);
    let in_time = Sheet {
        horizon: 9.0,
        ..sheet()
    };
    let figures: Vec<(Figure, f64)> = list(&in_time);
    assert!(figures.contains(&(Figure::Late, 0.0)));
}
