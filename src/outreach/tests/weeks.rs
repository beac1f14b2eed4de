//! A frozen week, and what stays from one week to the next.

use super::{World, glance, ids, on, week_of};
use crate::outreach::list::Change;
use crate::store::{Decision, Iso, Place, Seen};

fn practice(people: usize, places: u32) -> World {
    let mut world = World::new(places);
    for number in 0..people {
        world.adult(&number.to_string(), "", glance(&[("frail", 2 + (number % 3) as u8), ("chronic", 2)]));
    }
    world
}

fn not_now() -> Decision {
    Decision::NotNow { until: Iso(on().plus(60)) }
}

#[test]
fn a_rerun_of_the_same_day_gives_the_same_list() {
    let mut world = practice(30, 10);
    let first = world.list();
    world.state.frozen = Some(week_of(&first));
    assert_eq!(world.list(), first);
}

#[test]
fn nightly_runs_only_take_away_and_let_through() {
    let mut world = practice(30, 5);
    let monday = world.list();
    let listed: Vec<String> = ids(&monday).iter().map(|id| (*id).to_owned()).collect();
    world.state.frozen = Some(week_of(&monday));
    // A much worse newcomer must wait; a decision and a death take rows away; a worry comes in at once.
    world.adult("new", "", glance(&[("frail", 4), ("chronic", 4), ("mental-addiction", 4)]));
    world.adult("worry", "", glance(&[]));
    world.decide(&listed[1], "2026-03-03", not_now());
    world.decide("worry", "2026-03-03", Decision::AddedByHand { reason: "bekymret".into() });
    let dead = world.members.iter_mut().find(|member| member.id == listed[3]).unwrap();
    dead.person.died_on = Some(on().plus(1));
    let list = world.list_on(on().plus(2));
    let rows: Vec<(usize, &str)> = list.rows.iter().map(|row| (row.rank, row.member.id.as_str())).collect();
    assert_eq!(rows, [(1, &*listed[0]), (3, &*listed[2]), (5, &*listed[4]), (6, "worry")]);
    assert_eq!((list.frozen_on, list.index_day), (on(), on().plus(2)));
    assert_eq!(list.credits(), monday.credits());
    assert_eq!(list.capacity, monday.capacity);
}

#[test]
fn who_was_not_decided_on_stays_with_a_point_and_asks_once() {
    let mut world = World::new(14);
    world.adult("7", "", glance(&[("frail", 3)]));
    let mut seen = Vec::new();
    for week in 0..6 {
        let list = world.list_on(on().plus(7 * week));
        let row = &list.rows[0];
        seen.push((row.weeks_waiting, row.priority.total, row.asks));
        world.remember(&list);
    }
    assert_eq!(seen, [(0, 4, false), (1, 5, false), (2, 5, false), (3, 5, true), (4, 4, false), (5, 4, false)]);
}

#[test]
fn a_week_without_a_list_ends_the_waiting() {
    let mut world = World::new(14);
    world.adult("7", "", glance(&[("frail", 3)]));
    let list = world.list();
    world.remember(&list);
    assert_eq!(world.list_on(on().plus(14)).rows[0].weeks_waiting, 0);
}

#[test]
fn worse_is_told_against_the_last_decision() {
    for (then_priority, then_level, expected) in [
        (4, 3, Change::Unchanged),
        (3, 3, Change::Unchanged),
        (2, 3, Change::Worse),
        (4, 2, Change::Worse),
        (9, 4, Change::Unchanged),
    ] {
        let mut world = World::new(14);
        world.adult("7", "", glance(&[("frail", 3)]));
        world.decide("7", "2026-01-10", Decision::NotNow { until: Iso(on()) });
        let set = super::CATALOG.rule_sets[super::model("frail")].id.clone();
        let seen = Seen { priority: then_priority, levels: [(set, then_level)].into(), ..Seen::default() };
        world.state.standing.get_mut("7").unwrap().seen = Some(seen);
        assert_eq!(world.list().rows[0].change, expected, "{then_priority} {then_level}");
    }
}

#[test]
fn a_first_list_and_newcomers_are_told_apart() {
    let mut world = practice(3, 14);
    let first = world.list();
    assert!(first.rows.iter().all(|row| row.change == Change::FirstList));
    world.remember(&first);
    world.adult("new", "", glance(&[("frail", 3)]));
    let second = world.list_on(on().plus(7));
    for row in &second.rows {
        let expected = if row.member.id == "new" { Change::New } else { Change::Unchanged };
        assert_eq!(row.change, expected, "{}", row.member.id);
    }
}

#[test]
fn without_places_only_what_was_decided_by_hand_comes() {
    let mut world = practice(10, 0);
    world.adult("worry", "", glance(&[]));
    world.decide("worry", "2026-02-27", Decision::AddedByHand { reason: "bekymret".into() });
    let list = world.list();
    assert_eq!(ids(&list), ["worry"]);
    assert_eq!(list.rows[0].place, Place::ByHand);
    assert_eq!(list.places.beforehand, 1);
}

#[test]
fn added_by_hand_uses_a_place() {
    let mut world = practice(10, 4);
    world.adult("worry", "", glance(&[]));
    world.decide("worry", "2026-02-27", Decision::AddedByHand { reason: "bekymret".into() });
    let list = world.list();
    assert_eq!((list.rows.len(), list.rows[0].member.id.as_str()), (4, "worry"));
}

#[test]
fn an_event_brings_someone_back_though_the_places_are_used_up() {
    let mut world = practice(10, 0);
    world.journals.insert("3".to_owned(), super::examples::journal("A"));
    world.decide("3", "2026-02-10", not_now());
    let list = world.list();
    assert_eq!(ids(&list), ["3"]);
    // Admitted on 12 February; everything else in her journal is older than the decision.
    assert_eq!(list.rows[0].place, Place::BreakThrough("G1".to_owned()));
    assert_eq!(list.rows[0].events[0].on.to_string(), "2026-02-12");
    assert_eq!(list.broken_through().count(), 1);
    world.decide("3", "2026-02-12", not_now());
    assert!(world.list().rows.is_empty());
}

#[test]
fn an_event_of_someone_who_is_followed_is_told_to_her_follower() {
    let mut world = practice(10, 0);
    world.journals.insert("3".to_owned(), super::examples::journal("A"));
    let until = Iso(on().plus(60));
    world.decide("3", "2026-02-10", Decision::AlreadyFollowed { by: "hjemmesykepleien".into(), until });
    let list = world.list();
    assert!(list.rows.is_empty());
    assert_eq!(
        (list.beside.messages[0].to.as_str(), list.beside.messages[0].row.events[0].id.as_str()),
        ("hjemmesykepleien", "G1")
    );
}
