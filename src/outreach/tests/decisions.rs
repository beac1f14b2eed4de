//! The table of decisions: hidden until when, broken by what, back as what.

use super::{POLICY, World, entry, glance, ids, on};
use crate::clinical::Day;
use crate::journal::patient::{ContactRow, ServiceRow};
use crate::journal::tables::ContactKind;
use crate::outreach::Person;
use crate::outreach::decided::{Judged, Verdict, judge};
use crate::outreach::rows::{EventMark, Hiding, Returned};
use crate::store::{Decision, Iso, Judge, Scope};

fn iso(day: &str) -> Iso {
    Iso(Day::parse_iso(day).unwrap())
}

fn event(id: &str) -> EventMark {
    let sensitive = POLICY.event(id).unwrap().gp_only;
    EventMark { id: id.to_owned(), on: on(), sensitive }
}

fn selected() -> Decision {
    Decision::Selected { task: "HJB".into(), owner: "Anne".into(), review_on: iso("2026-05-01"), matters: None }
}

fn not_now(until: &str) -> Decision {
    Decision::NotNow { until: iso(until) }
}

fn declined(scope: Scope) -> Decision {
    Decision::Declined { scope, spoke: "pasienten".into(), on: iso("2026-02-20") }
}

fn followed(until: &str) -> Decision {
    Decision::AlreadyFollowed { by: "hjemmesykepleien".into(), until: iso(until) }
}

fn not_relevant(until: &str) -> Decision {
    Decision::NotRelevant { judged_by: Judge::Doctor, reason: "vurdert".into(), until: iso(until) }
}

fn by_hand() -> Decision {
    Decision::AddedByHand { reason: "bekymret".into() }
}

fn judged(decision: Decision, events: &[EventMark], person: &Person) -> Judged {
    judge(&entry("7", "2026-02-20", decision), on(), events, person, &POLICY)
}

/// Which of G1 to G9 break a decision, and which are told to whoever follows.
fn broken_and_told(decision: &Decision) -> (Vec<usize>, Vec<usize>) {
    let (mut broken, mut told) = (Vec::new(), Vec::new());
    for number in 1..=9 {
        let judged = judged(decision.clone(), &[event(&format!("G{number}"))], &Person::default());
        if matches!(judged.verdict, Verdict::BreakThrough(_)) {
            broken.push(number);
        }
        if !judged.tells.is_empty() {
            told.push(number);
        }
    }
    (broken, told)
}

#[test]
fn events_break_and_are_told_as_the_table_says() {
    for (decision, broken, told) in [
        (selected(), vec![], vec![1, 2, 3, 4, 5, 6, 7, 9]),
        (not_now("2026-04-01"), vec![1, 2, 3, 4, 5, 6, 7, 9], vec![]),
        (declined(Scope::Offer), vec![], vec![]),
        (declined(Scope::AllOutreach), vec![], vec![]),
        (followed("2026-04-01"), vec![], vec![1, 2, 5, 9]),
        (not_relevant("2026-04-01"), vec![2, 4, 6], vec![]),
        (by_hand(), vec![], vec![]),
    ] {
        assert_eq!(broken_and_told(&decision), (broken, told), "{decision:?}");
    }
}

#[test]
fn self_harm_is_for_the_doctor_whatever_the_decision_but_a_refusal_of_all_outreach() {
    for (decision, expected) in [
        (selected(), 1),
        (not_now("2026-04-01"), 1),
        (declined(Scope::Offer), 1),
        (declined(Scope::AllOutreach), 0),
        (followed("2026-04-01"), 1),
        (not_relevant("2026-04-01"), 1),
        (by_hand(), 1),
    ] {
        let judged = judged(decision.clone(), &[event("G8")], &Person::default());
        assert_eq!(judged.gp_only.len(), expected, "{decision:?}");
        assert!(judged.tells.is_empty() && !matches!(judged.verdict, Verdict::BreakThrough(_)));
    }
}

#[test]
fn a_decision_hides_through_the_day_before_its_date() {
    let nobody = Person::default();
    for (decision, expected) in [
        (not_now("2026-03-03"), Verdict::Hidden(Hiding::NotNow)),
        (not_now("2026-03-02"), Verdict::Free(Some(Returned::NotNowOver))),
        (not_relevant("2026-03-03"), Verdict::Hidden(Hiding::NotRelevant)),
        (not_relevant("2026-03-02"), Verdict::Free(Some(Returned::NotRelevantOver))),
        (followed("2026-03-03"), Verdict::Hidden(Hiding::AlreadyFollowed)),
        (followed("2026-03-02"), Verdict::Free(Some(Returned::NoFollowUpFound { since: iso("2026-02-20").0 }))),
        (selected(), Verdict::Hidden(Hiding::Selected)),
        (declined(Scope::Offer), Verdict::Hidden(Hiding::DeclinedOffer)),
        (declined(Scope::AllOutreach), Verdict::Hidden(Hiding::DeclinedAll)),
        (by_hand(), Verdict::ByHand),
    ] {
        assert_eq!(judged(decision.clone(), &[], &nobody).verdict, expected, "{decision:?}");
    }
}

#[test]
fn a_contact_or_service_since_the_decision_shows_follow_up() {
    let contact = |day: &str, kind| {
        let mut person = Person::default();
        let (date, role) = (iso(day).0, String::new());
        person.journal.contacts.push(ContactRow { date, recorded_on: None, kind, role });
        person
    };
    let mut service = Person::default();
    let from = Some(iso("2026-02-25").0);
    service.journal.services.push(ServiceRow { service: "home_nursing".into(), from, until: None });
    for (person, found) in [
        (contact("2026-02-25", ContactKind::Home), true),
        (contact("2026-02-20", ContactKind::Home), false),
        (contact("2026-03-03", ContactKind::Home), false),
        (contact("2026-02-25", ContactKind::Missed), false),
        (contact("2026-02-25", ContactKind::Renewal), false),
        (service, true),
    ] {
        let verdict = judged(followed("2026-03-01"), &[], &person).verdict;
        assert_eq!(verdict == Verdict::Free(Some(Returned::FollowUpOver)), found);
    }
}

#[test]
fn decisions_steer_the_list() {
    let mut world = World::new(14);
    for id in ["free", "later", "back", "no", "never", "chosen", "judged"] {
        world.adult(id, "", glance(&[("frail", 3)]));
    }
    world.adult("worried", "", glance(&[]));
    world.decide("later", "2026-02-20", not_now("2026-03-03"));
    world.decide("back", "2026-02-20", not_now("2026-03-02"));
    world.decide("no", "2026-02-20", declined(Scope::Offer));
    world.decide("never", "2026-02-20", declined(Scope::AllOutreach));
    world.decide("chosen", "2026-02-20", selected());
    world.decide("judged", "2026-02-20", not_relevant("2026-08-20"));
    world.decide("worried", "2026-02-20", by_hand());
    let list = world.list();
    let mut listed = ids(&list);
    assert_eq!(listed[0], "worried", "added by hand comes first");
    listed.sort_unstable();
    assert_eq!(listed, ["back", "free", "worried"]);
    let back = list.rows.iter().find(|row| row.member.id == "back").unwrap();
    assert_eq!(back.returned, Some(Returned::NotNowOver));
    let hidden: Vec<(Hiding, usize)> = list.hidden.clone().into_iter().collect();
    let expected = [Hiding::Selected, Hiding::NotNow, Hiding::DeclinedOffer, Hiding::DeclinedAll, Hiding::NotRelevant];
    assert_eq!(hidden, expected.map(|kind| (kind, 1)));
    assert_eq!(list.beside.selected.len(), 1);
    assert_eq!(list.beside.disagreements.len(), 2);
}

#[test]
fn reviews_come_on_their_day_and_never_as_new() {
    let mut world = World::new(14);
    for (id, review) in [("overdue", "2026-02-27"), ("sunday", "2026-03-08"), ("next", "2026-03-09")] {
        world.adult(id, "", glance(&[("frail", 4)]));
        let decision =
            Decision::Selected { task: "HJB".into(), owner: "Anne".into(), review_on: iso(review), matters: None };
        world.decide(id, "2026-01-20", decision);
    }
    let list = world.list();
    assert!(list.rows.is_empty());
    let reviews: Vec<(&str, bool)> =
        list.beside.reviews.iter().map(|review| (review.row.member.id.as_str(), review.overdue)).collect();
    assert_eq!(reviews, [("overdue", true), ("sunday", false)]);
    assert!(list.beside.reviews.iter().all(|review| review.row.change != crate::outreach::list::Change::New));
}

#[test]
fn shielded_palliative_and_reserved_people_are_off_the_list() {
    let mut world = World::new(14);
    for id in ["shielded", "palliative", "elsewhere", "reserved", "remembered", "dead", "free"] {
        world.adult(id, "", glance(&[("frail", 3)]));
    }
    let member = |world: &mut World, at: usize| world.members[at].clone();
    world.members[0].address_protection = "fortrolig".into();
    world.glances.get_mut("palliative").unwrap().gp_only = true;
    world.glances.get_mut("elsewhere").unwrap().out = true;
    world.members[3].no_contact = true;
    let reservation = crate::store::Reservation { no_contact: true, no_scoring: false };
    world.state.reservations.insert("remembered".into(), reservation);
    world.members[5].person.died_on = Some(on());
    assert_eq!(member(&mut world, 6).id, "free");
    let list = world.list();
    assert_eq!(ids(&list), ["free"]);
    let gp_only: Vec<&str> = list.beside.gp_only.iter().map(|row| row.row.member.id.as_str()).collect();
    assert_eq!(gp_only, ["palliative", "shielded"]);
    // Protected people are counted nowhere, so the selection has six people at most, less the dead and held back.
    assert_eq!(list.selection[0].people, None);
}
