//! Priority, part by part.

use super::{glance, model, panel};
use crate::outreach::Glance;
use crate::outreach::priority::{PartKind, Priority, is_candidate};

/// Parts with points, and their sum, of someone who has been on the list for so many weeks.
fn parts(glance: &Glance, weeks: u32) -> (Vec<i32>, i32) {
    let priority = Priority::of(glance, weeks, &panel());
    (priority.parts.iter().map(|part| part.points).collect(), priority.total)
}

#[test]
fn need_quiet_and_rising_follow_their_bands() {
    for (levels, expected) in [
        (&[("frail", 3), ("chronic", 3), ("function", 2), ("rising", 3)][..], &[4, 2, 1, 3][..]),
        (&[("chronic", 2), ("quiet", 2)], &[2, 2]),
        (&[("chronic", 1)], &[]),
        (&[("quiet", 3)], &[3]),
        (&[("quiet", 4), ("rising", 4)], &[4, 4]),
        (&[("rising", 2)], &[2]),
        // Three further sets of the highest band give nine, and no more than six count.
        (&[("frail", 4), ("chronic", 4), ("function", 4), ("mental-addiction", 4)], &[6, 3, 3, 3, -3]),
        (&[], &[]),
    ] {
        assert_eq!(parts(&glance(levels), 0), (expected.to_vec(), expected.iter().sum()), "{levels:?}");
    }
}

#[test]
fn the_main_group_is_the_one_with_the_highest_band() {
    let priority = Priority::of(&glance(&[("chronic", 2), ("function", 3)]), 0, &panel());
    assert_eq!(priority.parts[0].kind, PartKind::MainNeed { model: model("function") });
    assert_eq!(priority.parts[1].kind, PartKind::FurtherNeed { model: model("chronic") });
    assert_eq!(priority.needs, 2);
}

#[test]
fn candidates_have_a_band_that_counts() {
    for (levels, expected) in [
        (&[("chronic", 2)][..], true),
        (&[("chronic", 1)], false),
        (&[("quiet", 2)], true),
        (&[("rising", 2)], false),
        (&[("rising", 3)], true),
        (&[("children", 4)], false),
    ] {
        assert_eq!(is_candidate(&glance(levels).groups, &super::POLICY), expected, "{levels:?}");
    }
}

#[test]
fn breadth_begins_with_the_third_domain_and_ends_with_four_points() {
    for (domains, expected) in [(0, 0), (2, 0), (3, 1), (4, 2), (6, 4), (9, 4)] {
        assert_eq!(parts(&Glance { domains, ..Glance::default() }, 0).1, expected, "{domains}");
    }
}

#[test]
fn many_services_count_and_more_without_one_coordinator() {
    for (services, coordinators, expected) in [
        (None, Some(0), 0),
        (Some(3), Some(0), 2),
        (Some(3), Some(1), 1),
        (Some(4), Some(2), 2),
        // Without the service file nobody is said to lack a coordinator.
        (Some(3), None, 1),
    ] {
        let glance = Glance { services, coordinators, ..Glance::default() };
        assert_eq!(parts(&glance, 0).1, expected, "{services:?} {coordinators:?}");
    }
}

#[test]
fn missed_appointments_and_needing_help_to_coordinate_give_a_point_each() {
    assert_eq!(parts(&Glance { missed: true, ..Glance::default() }, 0), (vec![1], 1));
    assert_eq!(parts(&Glance { hard_to_coordinate: true, ..Glance::default() }, 0), (vec![1], 1));
}

#[test]
fn having_stayed_gives_a_point_for_three_weeks_and_is_no_worsening() {
    for (weeks, expected) in [(0, 2), (1, 3), (2, 3), (3, 3), (4, 2)] {
        let priority = Priority::of(&glance(&[("chronic", 2)]), weeks, &panel());
        assert_eq!((priority.total, priority.without_stay()), (expected, 2), "{weeks}");
    }
}
