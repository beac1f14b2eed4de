//! What the store must never forget, and what it must let go of.

use std::collections::BTreeMap;

use super::file::tests::Scratch;
use super::*;
use crate::clinical::Day;

fn day(text: &str) -> Day {
    Day::parse_iso(text).unwrap()
}

fn store(name: &str) -> (Scratch, Store) {
    let scratch = Scratch::new(name);
    let store = Store::open(&scratch.file("store.sqlite")).unwrap();
    (scratch, store)
}

fn decide(store: &mut Store, patient: &str, on: &str, decision: Decision) -> i64 {
    store
        .write(|writing| {
            let person = writing.person(patient)?;
            writing.decide(&NewEntry {
                person,
                key: None,
                decided_on: day(on),
                taken_at: String::new(),
                by: "K".to_owned(),
                role: "PHT-koordinator".to_owned(),
                note: String::new(),
                by_guardian: false,
                decision,
                seen: None,
                file: None,
            })
        })
        .unwrap_or_else(|error: StoreError| panic!("{error}"))
}

fn undo(store: &mut Store, number: i64) -> Result<i64, StoreError> {
    let undo = Undo {
        number,
        on: day("2026-03-09"),
        taken_at: String::new(),
        by: String::new(),
        role: String::new(),
        why: String::new(),
    };
    store.write(|writing| writing.undo(&undo))
}

fn not_now(until: &str) -> Decision {
    Decision::NotNow { until: Iso(day(until)) }
}

fn declined(scope: Scope) -> Decision {
    Decision::Declined { scope, spoke: "pasienten".to_owned(), on: Iso(day("2026-03-03")) }
}

fn follow(store: &mut Store, on: &str, present: &[Present]) {
    let delivered = Delivered { no_contact: false, no_scoring: false };
    store
        .write(|writing| writing.follow(day(on), present, delivered))
        .unwrap_or_else(|error: StoreError| panic!("{error}"));
}

fn here(patient: &str) -> Present<'_> {
    Present { patient, ..Present::default() }
}

fn standing(store: &Store) -> Vec<(String, DecisionKind)> {
    let standing = store.standing(i64::MAX).unwrap();
    standing.into_iter().map(|(patient, entry)| (patient, entry.decision.kind())).collect()
}

#[test]
fn the_newest_decision_stands_until_it_is_undone() {
    let (_scratch, mut store) = store("newest");
    let first = decide(&mut store, "7", "2026-03-03", not_now("2026-04-01"));
    let second = decide(&mut store, "7", "2026-03-04", declined(Scope::Offer));
    assert_eq!(standing(&store), [("7".to_owned(), DecisionKind::Declined)]);
    undo(&mut store, second).unwrap();
    assert_eq!(standing(&store), [("7".to_owned(), DecisionKind::NotNow)]);
    assert!(undo(&mut store, second).is_err(), "undone once is undone");
    undo(&mut store, first).unwrap();
    assert!(standing(&store).is_empty());
    // What was known at an earlier moment can still be asked for.
    assert_eq!(store.standing(second).unwrap()["7"].decision.kind(), DecisionKind::Declined);
    assert_eq!(store.history(1).unwrap().iter().map(|kept| kept.undone).collect::<Vec<_>>(), [true, true]);
}

#[test]
fn decisions_cannot_be_changed_or_removed() {
    let (_scratch, mut store) = store("append-only");
    decide(&mut store, "7", "2026-03-03", not_now("2026-04-01"));
    for sql in ["UPDATE decisions SET note = 'x'", "DELETE FROM decisions"] {
        let error = store.connection.execute_batch(sql).unwrap_err().to_string();
        assert!(error.contains("append-only"), "{error}");
    }
}

#[test]
fn decisions_follow_a_changed_identity_number() {
    let (_scratch, mut store) = store("renamed");
    decide(&mut store, "D1", "2026-03-03", declined(Scope::Offer));
    let renamed = [Present { patient: "F1", former: "D1", ..Present::default() }];
    follow(&mut store, "2026-03-05", &renamed);
    follow(&mut store, "2026-03-06", &renamed);
    assert_eq!(standing(&store), [("F1".to_owned(), DecisionKind::Declined)]);
    assert_eq!(store.find("D1").unwrap(), store.find("F1").unwrap());
}

#[test]
fn two_who_turn_out_to_be_one_share_their_decisions() {
    let (_scratch, mut store) = store("merged");
    decide(&mut store, "D1", "2026-03-03", declined(Scope::Offer));
    let later = decide(&mut store, "F1", "2026-03-04", not_now("2026-04-01"));
    follow(&mut store, "2026-03-05", &[Present { patient: "F1", former: "D1", ..Present::default() }]);
    assert_eq!(standing(&store), [("F1".to_owned(), DecisionKind::NotNow)]);
    undo(&mut store, later).unwrap();
    assert_eq!(standing(&store), [("F1".to_owned(), DecisionKind::Declined)]);
}

#[test]
fn decisions_end_when_she_leaves_but_not_when_an_extract_lacks_her() {
    let (_scratch, mut store) = store("left");
    decide(&mut store, "7", "2026-03-03", not_now("2026-09-01"));
    decide(&mut store, "8", "2026-03-03", not_now("2026-09-01"));
    let gone = Present { gone: true, ..here("7") };
    follow(&mut store, "2026-03-05", &[gone]);
    assert_eq!(standing(&store), [("8".to_owned(), DecisionKind::NotNow)], "8 is only missing");
    follow(&mut store, "2026-03-06", &[here("7"), here("8")]);
    assert_eq!(standing(&store), [("8".to_owned(), DecisionKind::NotNow)], "7 came back as new");
    decide(&mut store, "7", "2026-03-07", not_now("2026-05-01"));
    assert_eq!(standing(&store).len(), 2);
    follow(&mut store, "2026-03-08", &[here("7")]);
    follow(&mut store, "2026-08-08", &[here("7"), here("8")]);
    assert_eq!(standing(&store), [("7".to_owned(), DecisionKind::NotNow)], "8 was away for months");
}

#[test]
fn all_outreach_declined_is_a_reservation_and_survives_leaving() {
    let (_scratch, mut store) = store("reserved");
    let number = decide(&mut store, "7", "2026-03-03", declined(Scope::AllOutreach));
    follow(&mut store, "2026-03-05", &[Present { gone: true, ..here("7") }]);
    follow(&mut store, "2026-03-09", &[here("7")]);
    assert!(standing(&store).is_empty());
    assert_eq!(
        store.reservations().unwrap(),
        BTreeMap::from([("7".to_owned(), Reservation { no_contact: true, no_scoring: false })])
    );
    undo(&mut store, number).unwrap();
    assert!(store.reservations().unwrap().is_empty());
}

#[test]
fn the_registers_reservations_are_remembered_when_it_is_silent() {
    let (_scratch, mut store) = store("silent");
    let both = Delivered { no_contact: true, no_scoring: true };
    let reserved = [Present { no_scoring: true, ..here("7") }, here("8")];
    store
        .write(|writing| writing.follow(day("2026-03-02"), &reserved, both))
        .unwrap_or_else(|error: StoreError| panic!("{error}"));
    follow(&mut store, "2026-03-03", &[here("7"), here("8")]);
    let remembered = Reservation { no_contact: false, no_scoring: true };
    assert_eq!(store.reservations().unwrap(), BTreeMap::from([("7".to_owned(), remembered)]));
    let lifted = [here("7"), here("8")];
    store
        .write(|writing| writing.follow(day("2026-03-04"), &lifted, both))
        .unwrap_or_else(|error: StoreError| panic!("{error}"));
    assert!(store.reservations().unwrap().is_empty());
}

fn run(name: &str, made_list: bool, patients: &[(&str, Place)]) -> RunRecord {
    let index_day = day(&name[..10]);
    let row = |(index, (patient, place)): (usize, &(&str, Place))| ListedRow {
        key: format!("{patient}@{index_day}"),
        patient: (*patient).to_owned(),
        section: Section::Candidates,
        rank: index + 1,
        place: place.clone(),
        gp: "A".to_owned(),
        priority: 4,
        levels: BTreeMap::from([("some-set".to_owned(), 2)]),
        versions: BTreeMap::new(),
        weeks_waiting: 0,
        lines: Vec::new(),
    };
    RunRecord {
        name: name.to_owned(),
        index_day: index_day.to_string(),
        week: monday(index_day).to_string(),
        made_list,
        capacity: 14,
        decisions_up_to: 0,
        rows: patients.iter().enumerate().map(row).collect(),
        credits: vec![Credit { group: "frail".to_owned(), hundredths: if made_list { 140 } else { 999 } }],
        bands: BTreeMap::from([("7".to_owned(), BTreeMap::from([("some-set".to_owned(), 3)]))]),
    }
}

fn keep(store: &mut Store, record: &RunRecord) -> bool {
    store.write(|writing| writing.keep_run(record)).unwrap_or_else(|error: StoreError| panic!("{error}"))
}

#[test]
fn a_run_is_kept_once_and_told_again_as_it_was() {
    let (_scratch, mut store) = store("runs");
    let record = run("2026-03-02-1", true, &[("7", Place::Open), ("8", Place::Reserved("frail".to_owned()))]);
    assert!(keep(&mut store, &record));
    assert!(!keep(&mut store, &record));
    let told = store.run("2026-03-02-1").unwrap().unwrap();
    assert_eq!(told, RunRecord { bands: BTreeMap::new(), ..record });
    let found = store.row_of_key("8@2026-03-02").unwrap().unwrap();
    assert_eq!((found.row.patient.as_str(), found.list), ("8", day("2026-03-02")));
    assert!(store.row_of_key("nobody").unwrap().is_none());
}

#[test]
fn a_week_is_frozen_from_its_first_list_on() {
    let (_scratch, mut store) = store("frozen");
    let monday_list = run("2026-03-02-1", true, &[("7", Place::Open), ("8", Place::Open)]);
    keep(&mut store, &monday_list);
    let same_day = store.before(day("2026-03-02"), day("2026-03-02")).unwrap();
    assert!(same_day.frozen.is_none() && same_day.weeks.is_empty() && same_day.credits.is_empty(), "{same_day:?}");
    keep(&mut store, &run("2026-03-03-1", false, &[("7", Place::Open), ("9", Place::BreakThrough("G1".to_owned()))]));
    let wednesday = store.before(day("2026-03-04"), day("2026-03-02")).unwrap();
    let frozen = wednesday.frozen.unwrap();
    let patients = |list: &WeekList| list.rows.iter().map(|row| row.patient.clone()).collect::<Vec<_>>();
    assert_eq!(patients(&frozen), ["7", "8", "9"]);
    assert_eq!(frozen.made_on, day("2026-03-02"));
    assert_eq!(wednesday.credits[0].hundredths, 140, "the week's own");
    assert_eq!(wednesday.bands["7"]["some-set"], 3);
    let next = store.before(day("2026-03-09"), day("2026-03-09")).unwrap();
    assert!(next.frozen.is_none());
    assert_eq!(next.weeks.iter().map(patients).collect::<Vec<_>>(), [["7", "8", "9"]]);
    assert_eq!(next.credits[0].hundredths, 140);
}

#[test]
fn a_list_that_was_decided_on_is_frozen_the_same_day() {
    let (_scratch, mut store) = store("same-day");
    keep(&mut store, &run("2026-03-02-1", true, &[("7", Place::Open)]));
    store
        .write(|writing| {
            let person = writing.person("7")?;
            let decision = not_now("2026-04-01");
            let key = Some("7@2026-03-02".to_owned());
            let (taken_at, by, role, note) = (String::new(), String::new(), String::new(), String::new());
            let decided_on = day("2026-03-02");
            writing.decide(&NewEntry {
                person,
                key,
                decided_on,
                taken_at,
                by,
                role,
                note,
                by_guardian: false,
                decision,
                seen: None,
                file: None,
            })
        })
        .unwrap_or_else(|error: StoreError| panic!("{error}"));
    assert!(store.before(day("2026-03-02"), day("2026-03-02")).unwrap().frozen.is_some());
}
