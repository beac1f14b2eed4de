//! Capacity, reserved shares with credit, and the order among candidates.

use super::{POLICY, World, glance, ids, model, nurse, on};
use crate::clinical::Day;
use crate::outreach::Glance;
use crate::outreach::capacity::{monday, places};
use crate::outreach::shares::given;
use crate::store::{Absence, Credit, Decision, Iso, Place};

#[test]
fn a_place_takes_sixty_minutes_of_the_team() {
    let away = |from: &str, to: &str| Absence { from: Day::parse_iso(from), to: Day::parse_iso(to) };
    let mut secretary = nurse("Anne", 2000);
    secretary.role = "legesekretær".to_owned();
    let mut gone = nurse("Berit", 600);
    gone.absences = vec![away("2026-02-20", "2026-03-20")];
    let mut half = nurse("Cato", 500);
    half.absences = vec![away("2026-03-04", "2026-03-08")];
    for (resources, reviews, booked, expected) in [
        (vec![nurse("Dina", 840)], 0, 0, 14),
        (vec![nurse("Dina", 839)], 0, 0, 13),
        (vec![nurse("Dina", 2400)], 0, 0, 14),
        (vec![nurse("Dina", 600)], 4, 60, 8),
        (vec![nurse("Dina", 600), gone.clone()], 0, 0, 10),
        (vec![gone], 0, 0, 0),
        // Present on two days of five.
        (vec![half], 0, 0, 3),
        (vec![nurse("Dina", 60)], 9, 0, 0),
        (vec![secretary], 0, 0, 0),
        // Without a table the practice states its places.
        (vec![], 0, 0, 9),
    ] {
        let found = places(&POLICY, &resources, 9, monday(on()), reviews, booked);
        assert_eq!(found.places, expected, "{resources:?}");
    }
    assert_eq!(places(&POLICY, &[], 99, monday(on()), 0, 0).places, 14);
}

#[test]
fn a_week_begins_on_its_monday() {
    for (day, expected) in [("2026-03-02", "2026-03-02"), ("2026-03-08", "2026-03-02"), ("2026-01-01", "2025-12-29")] {
        assert_eq!(monday(Day::parse_iso(day).unwrap()).to_string(), expected);
    }
}

/// With fourteen places and five percent there is a place in weeks 2, 3, 5, 6, 8, …
#[test]
fn the_smallest_share_gets_its_places_in_the_example_weeks() {
    let mut world = World::new(14);
    // Enough people for every other group, all with more priority.
    for number in 0..400 {
        world.adult(&format!("m{number}"), "", glance(&[("mental-addiction", 4), ("chronic", 4), ("frail", 4)]));
    }
    let mut weeks = Vec::new();
    let mut credits = Vec::new();
    for week in 0..8 {
        let id = format!("u{week}");
        world.adult(&id, "", glance(&[("intellectual-disability", 3)]));
        let list = world.list_on(on().plus(7 * week));
        assert_eq!(list.rows.len(), 14);
        let taken = list.rows.iter().filter(|row| row.place == Place::Reserved("intellectual-disability".into()));
        let taken: Vec<String> = taken.map(|row| row.member.id.clone()).collect();
        weeks.extend(vec![week + 1; taken.len()]);
        credits.push(list.shares[0].after);
        world.remember(&list);
        // Whoever was listed was chosen, so that next week's list is another.
        for row in &list.rows {
            world.members.retain(|member| member.id != row.member.id);
        }
    }
    assert_eq!(weeks, [2, 3, 5, 6, 8]);
    assert_eq!(credits, [70, 40, 10, 80, 50, 20, 90, 60]);
}

#[test]
fn credit_is_kept_up_to_two_places_beyond_a_weeks_share() {
    let before = |hundredths| vec![Credit { group: "quiet".to_owned(), hundredths }];
    for (kept, places, given_now, lapsed, after) in
        [(0, 14, 210, 0, 210), (150, 14, 210, 0, 360), (300, 14, 210, 100, 410), (150, 0, 0, 0, 150)]
    {
        let shares = given(&POLICY, &before(kept), places);
        let share = shares.iter().find(|share| share.group == "quiet").unwrap();
        assert_eq!((share.given, share.lapsed, share.after), (given_now, lapsed, after), "{kept}");
    }
}

#[test]
fn the_group_with_most_credit_comes_first_and_ties_follow_the_policy() {
    let mut world = World::new(2);
    world.adult("chronic", "", glance(&[("chronic", 4)]));
    world.adult("mental", "", glance(&[("mental-addiction", 3)]));
    world.adult("quiet", "", glance(&[("quiet", 3)]));
    let credit = |group: &str, hundredths| Credit { group: group.to_owned(), hundredths };
    world.state.credits = vec![credit("quiet", 170), credit("mental-addiction", 100), credit("chronic", 100)];
    // Quiet has 170 + 30, the others 100 + 40: quiet, then mental health, which stands before chronic illness.
    let list = world.list();
    let places: Vec<(&str, &Place)> = list.rows.iter().map(|row| (row.member.id.as_str(), &row.place)).collect();
    assert_eq!(
        places,
        [("mental", &Place::Reserved("mental-addiction".into())), ("quiet", &Place::Reserved("quiet".into()))]
    );
}

#[test]
fn a_reserved_place_goes_to_a_high_band_and_without_one_to_a_moderate_band() {
    let quiet = |list: &crate::outreach::List| {
        let found = list.rows.iter().find(|row| row.place == Place::Reserved("quiet".into()));
        found.map(|row| row.member.id.clone())
    };
    let mut world = World::new(1);
    world.state.credits = vec![Credit { group: "quiet".to_owned(), hundredths: 150 }];
    world.adult("much", "", glance(&[("quiet", 2), ("chronic", 4)]));
    assert_eq!(quiet(&world.list()).as_deref(), Some("much"));
    world.adult("high", "", glance(&[("quiet", 3)]));
    assert_eq!(quiet(&world.list()).as_deref(), Some("high"));
}

#[test]
fn examples_b_and_d_get_in_by_the_place_of_quiet_patients() {
    let mut world = World::new(2);
    world.state.credits = vec![Credit { group: "quiet".to_owned(), hundredths: 100 }];
    world.adult("D", "", glance(&[("quiet", 3)]));
    for number in 0..5 {
        world.adult(&number.to_string(), "", glance(&[("frail", 4)]));
    }
    let list = world.list();
    let row = list.rows.iter().find(|row| row.member.id == "D").unwrap();
    assert_eq!((row.priority.total, &row.place), (3, &Place::Reserved("quiet".into())));
}

#[test]
fn equal_priority_is_ordered_by_needs_domains_weeks_and_last_contact() {
    let at = |domains, day: &str| Glance { domains, last_contact: Day::parse_iso(day), ..glance(&[("frail", 3)]) };
    let mut world = World::new(4);
    world.adult("later", "", at(2, "2025-12-01"));
    world.adult("domains", "", at(2, "2026-02-01"));
    world.glances.get_mut("domains").unwrap().domains = 1;
    world.adult("earlier", "", at(2, "2025-06-01"));
    world.adult("never", "", Glance { domains: 2, ..glance(&[("frail", 3)]) });
    // Four points from two sets come before four from one.
    world.adult("needs", "", glance(&[("frail", 2), ("chronic", 2), ("function", 2)]));
    world.stated = 5;
    assert_eq!(ids(&world.list()), ["needs", "never", "earlier", "later", "domains"]);
}

#[test]
fn children_have_two_of_the_places_in_their_own_order() {
    let child = |level, coordinator, oldest: &str| Glance {
        coordinator: Some(coordinator),
        oldest: Day::parse_iso(oldest),
        ..glance(&[("children", level)])
    };
    let mut world = World::new(3);
    world.child("coordinator", "", child(4, true, "2020-01-01"));
    world.child("newer", "", child(3, false, "2024-01-01"));
    world.child("older", "", child(3, false, "2021-01-01"));
    world.child("little", "", child(1, false, "2021-01-01"));
    for number in 0..5 {
        world.adult(&number.to_string(), "", glance(&[("frail", 4)]));
    }
    let list = world.list();
    let children: Vec<&str> = list.children.iter().map(|row| row.member.id.as_str()).collect();
    assert_eq!(children, ["older", "newer"]);
    assert_eq!((list.rows.len(), list.places.children, list.places.adults), (1, 2, 1));
    assert!(list.children.iter().all(|row| row.priority.total == 0 && row.place == Place::Children));
    world.members.retain(|member| member.person.birth < Day::parse_iso("2000-01-01"));
    assert_eq!(world.list().rows.len(), 3);
}

#[test]
fn a_child_with_a_coordinator_in_touch_is_listed_again_only_for_a_reason() {
    let mut world = World::new(3);
    let coordinated = Glance { coordinated: true, coordinator: Some(true), ..glance(&[("children", 4)]) };
    world.child("has", "", coordinated.clone());
    world.child("admitted", "", Glance { listed_again: true, ..coordinated });
    let list = world.list();
    let children: Vec<&str> = list.children.iter().map(|row| row.member.id.as_str()).collect();
    assert_eq!(children, ["admitted"]);
    assert_eq!(list.hidden.values().sum::<usize>(), 1);
}

#[test]
fn tasks_go_to_whoever_is_present_and_has_most_time() {
    let mut world = World::new(14);
    world.state.resources = vec![nurse("Berit", 300), nurse("Anne", 400), nurse("Dina", 600)];
    world.state.resources[2].absences = vec![Absence { from: Some(on()), to: None }];
    let mut desk = crate::outreach::tasks::Desk::new(&POLICY, &super::CATALOG.vocabulary, &world.state.resources, on());
    let member = crate::journal::whole::Member { gp: "Dr. Øye".to_owned(), ..Default::default() };
    let mut who = |task: &str| desk.suggest(task, &member).owner;
    // Three home visits of 75 minutes: Anne has 400, then 325, then 250 minutes left.
    assert_eq!([who("HJB"), who("HJB"), who("HJB")].map(|name| name.unwrap()), ["Anne", "Anne", "Berit"]);
    let nobody = desk.suggest("LAB", &member);
    assert!(nobody.owner.is_none() && nobody.nobody);
    // The patient's own doctor is known without standing in the table.
    assert!(!desk.suggest("AVK", &member).nobody);
}

#[test]
fn an_absent_owner_leaves_her_tasks_without_one() {
    let mut world = World::new(14);
    world.adult("7", "Dr. Øye", glance(&[("frail", 3)]));
    world.state.resources = vec![nurse("Anne", 400), nurse("Berit", 400)];
    let selected = |owner: &str| Decision::Selected {
        task: "HJB".to_owned(),
        owner: owner.to_owned(),
        review_on: Iso(on().plus(40)),
        matters: None,
    };
    world.decide("7", "2026-02-24", selected("Anne"));
    assert!(world.list().beside.orphans.is_empty());
    world.state.resources[0].absences = vec![Absence { from: Some(on()), to: Some(on().plus(6)) }];
    let list = world.list();
    let orphan = &list.beside.orphans[0];
    assert_eq!(
        (orphan.owner.as_str(), orphan.back_on, orphan.instead.as_deref()),
        ("Anne", Some(on().plus(7)), Some("Berit"))
    );
    world.decide("7", "2026-02-24", selected("Someone who left"));
    assert_eq!(world.list().beside.orphans[0].back_on, None);
    world.decide("7", "2026-02-24", selected("Dr. Øye"));
    assert!(world.list().beside.orphans.is_empty());
}

#[test]
fn tasks_chosen_last_week_and_reviews_of_this_week_take_their_minutes() {
    let mut world = World::new(0);
    world.state.resources = vec![nurse("Anne", 600)];
    assert_eq!(world.list().capacity, 10);
    for (id, decided, review) in [("1", "2026-02-24", 60), ("2", "2026-01-10", 4), ("3", "2026-01-10", 30)] {
        world.adult(id, "", glance(&[("frail", 3)]));
        let decision = Decision::Selected {
            task: "HJB".to_owned(),
            owner: "Anne".to_owned(),
            review_on: Iso(on().plus(review)),
            matters: None,
        };
        world.decide(id, decided, decision);
    }
    // 600 − 75 for the home visit chosen last week − 15 for the review of Friday.
    let list = world.list();
    assert_eq!((list.places.booked, list.places.reviews, list.places.free, list.capacity), (75, 15, 510, 8));
    assert_eq!(list.beside.reviews.iter().map(|review| review.row.member.id.as_str()).collect::<Vec<_>>(), ["2"]);
    assert!(model("frail") < super::CATALOG.rule_sets.len());
}
