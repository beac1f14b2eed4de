//! Fair sharing between the doctors' lists, and the rates of selection.

use super::{POLICY, World, glance, on};
use crate::outreach::fairness::{Served, Sizes, ceilings};
use crate::outreach::rows::RateBy;
use crate::store::{ListedRow, Place, Section, WeekList};

fn sizes(of: &[(&str, u64)]) -> Sizes {
    of.iter().map(|(gp, size)| ((*gp).to_owned(), *size)).collect()
}

#[test]
fn the_ceiling_is_twice_a_lists_share_and_one() {
    let room = ceilings(&POLICY, &sizes(&[("A", 1000), ("B", 500), ("C", 1)]), 14);
    // 2 × 14 × 1000 / 1501 = 18.7, × 500 = 9.3, × 1 = 0.02: rounded up, and one more.
    assert_eq!(room.values().copied().collect::<Vec<_>>(), [20, 11, 2]);
}

/// Twenty of A with much priority, ten of B with less.
fn two_lists() -> World {
    let mut world = World::new(10);
    for number in 0..20 {
        world.adult(&format!("a{number}"), "A", glance(&[("rising", 4), ("chronic", 2)]));
    }
    for number in 0..10 {
        world.adult(&format!("b{number}"), "B", glance(&[("function", 3)]));
    }
    world
}

fn week(number: i32, gp: &str, rows: usize) -> WeekList {
    let row = |at: usize| ListedRow {
        key: String::new(),
        patient: format!("earlier{number}-{at}"),
        section: Section::Candidates,
        rank: at + 1,
        place: Place::Open,
        gp: gp.to_owned(),
        priority: 0,
        levels: Default::default(),
        versions: Default::default(),
        weeks_waiting: 0,
        lines: Vec::new(),
    };
    let made_on = on().plus(-7 * number);
    WeekList { week: made_on, made_on, capacity: 10, rows: (0..rows).map(row).collect() }
}

#[test]
fn a_list_below_its_floor_takes_over_at_most_two_open_places() {
    let mut world = two_lists();
    world.state.weeks = (1..=3).map(|number| week(number, "A", 10)).collect();
    let list = world.list();
    let moved: Vec<&str> =
        list.rows.iter().filter(|row| row.place == Place::Fairness).map(|row| row.member.gp.as_str()).collect();
    assert_eq!(moved, ["B", "B"]);
    assert_eq!(list.rows.len(), 10);
    // Priority is as it was: those who were moved stand where it puts them.
    assert!(list.rows.is_sorted_by(|a, b| a.priority.total >= b.priority.total));
}

#[test]
fn nobody_is_moved_while_lists_are_served_evenly_or_without_a_high_band() {
    let mut world = two_lists();
    world.state.weeks = vec![week(1, "A", 5), week(2, "B", 5), week(3, "B", 5)];
    assert!(world.list().rows.iter().all(|row| row.place != Place::Fairness));
    let mut world = two_lists();
    for number in 0..10 {
        world.glances.insert(format!("b{number}"), glance(&[("function", 2)]));
    }
    world.state.weeks = (1..=3).map(|number| week(number, "A", 10)).collect();
    assert!(world.list().rows.iter().all(|row| row.place != Place::Fairness));
}

#[test]
fn only_three_earlier_weeks_count() {
    let weeks: Vec<WeekList> = (1..=9).map(|number| week(number, "A", 10)).collect();
    let served = Served::before(&weeks, &POLICY.fairness);
    assert_eq!((served.places, served.got["A"]), (30, 30));
}

#[test]
fn no_list_gets_more_new_people_than_its_ceiling() {
    let mut world = World::new(10);
    for number in 0..30 {
        world.adult(&format!("a{number}"), "A", glance(&[("rising", 4)]));
    }
    for number in 0..270 {
        world.adult(&format!("b{number}"), "B", glance(&[]));
    }
    // 2 × 10 × 30 / 300 = 2, and one more.
    assert_eq!(world.list().rows.len(), 3);
    // Whoever stood on last week's list is not new.
    let rows = world.list().rows.iter().map(|row| row.member.id.clone()).collect::<Vec<_>>();
    let mut before = week(1, "A", 3);
    before.rows.iter_mut().zip(rows).for_each(|(row, id)| row.patient = id);
    world.state.weeks = vec![before];
    assert_eq!(world.list().rows.len(), 6);
}

#[test]
fn rates_hide_small_numbers_and_what_gives_them_away() {
    let mut world = World::new(14);
    for number in 0..60 {
        world.adult(&format!("a{number}"), "A", glance(&[("frail", 3)]));
    }
    for number in 0..40 {
        world.adult(&format!("b{number}"), "B", glance(if number < 3 { &[("frail", 3)] } else { &[] }));
    }
    let list = world.list();
    let rate = |by, name: &str| list.selection.iter().find(|rate| rate.by == by && rate.name == name).unwrap();
    assert_eq!((rate(RateBy::All, "").people, rate(RateBy::All, "").listed), (Some(100), Some(14)));
    assert_eq!(rate(RateBy::Gp, "A").people, Some(60));
    // Three candidates of B are not told, nor those of A, from which they would follow.
    assert_eq!((rate(RateBy::Gp, "B").candidates, rate(RateBy::Gp, "A").candidates), (None, None));
    assert_eq!(rate(RateBy::Age, "75").people, Some(100));
    assert_eq!(rate(RateBy::Group, "frail").people, Some(63));
}

#[test]
fn rates_tell_of_people_with_d_numbers_where_the_register_does() {
    let mut world = World::new(14);
    for number in 0..60 {
        world.adult(&format!("a{number}"), "A", glance(&[("frail", 3)]));
    }
    assert!(world.list().selection.iter().all(|rate| rate.by != RateBy::DNumber));
    for (number, member) in world.members.iter_mut().enumerate() {
        member.d_number = Some(number < 20);
    }
    let list = world.list();
    let people = |name: &str| {
        list.selection.iter().find(|rate| rate.by == RateBy::DNumber && rate.name == name).and_then(|rate| rate.people)
    };
    assert_eq!((people("d"), people("other"), people("")), (Some(20), Some(40), Some(0)));
}
