//! The reference scorer on cases that were worked out by hand.

use super::{Answer, Practice, Question, SetAnswer, answer, score_all};
use crate::plain;
use tidlig::clinical::{Code, CodeSystem, Day, Points, Tri, Window};
use tidlig::journal::patient::*;
use tidlig::journal::tables::{ContactKind, Source, Sources};
use tidlig::model::RuleSet;
use tidlig::model::ruleset::*;
use tidlig::score::result::State;

const ON: Day = Day(20_000);

fn back(days: i32) -> Day {
    Day(ON.0 - days)
}

fn diagnosed(code: &str, days: &[i32]) -> Vec<DiagnosisRow> {
    let row = |back_days: &i32| DiagnosisRow {
        date: back(*back_days),
        recorded_on: None,
        system: CodeSystem::Icpc2,
        code: code.to_owned(),
        source: "gp".to_owned(),
    };
    days.iter().map(row).collect()
}

fn asks(code: &str, window: Window, days: u32, apart: u32) -> InputKind {
    let include = vec![Code::read(CodeSystem::Icpc2, code).unwrap()];
    InputKind::Diagnosis(Diagnosis {
        codes: Codes { include, except: Vec::new() },
        window,
        days,
        apart,
        from: Vec::new(),
        aged_from: None,
        distinct_codes: false,
    })
}

fn rules(inputs: Vec<InputKind>, points: &[i64]) -> RuleSet {
    let weights = points.iter().map(|points| Weight::Fixed(Points::whole(*points)));
    let criteria = weights.enumerate().map(|(index, weight)| plain::criterion(index, InputId(index), weight)).collect();
    RuleSet { criteria, ..plain::rule_set("hand-made", inputs) }
}

fn asked(kind: InputKind, sources: Sources, journal: &PatientJournal) -> Answer {
    let rule_sets = [rules(vec![kind], &[])];
    answer(Question { rule_sets: &rule_sets, sources, practice: Practice::Unknown, journal, on: ON }, 0, InputId(0))
}

fn scored(rules: RuleSet, sources: Sources, journal: &PatientJournal) -> SetAnswer {
    let rule_sets = [rules];
    score_all(Question { rule_sets: &rule_sets, sources, practice: Practice::Unknown, journal, on: ON }).remove(0)
}

#[test]
fn days_are_distinct_apart_and_inside_the_window() {
    let all = Sources::all();
    // 365 days back is the first day outside a window of 365 days; two rows of one day are one day.
    let journal = PatientJournal { diagnoses: diagnosed("T90", &[365, 364, 10, 10, 0]), ..PatientJournal::default() };
    for (days, apart, expected, count) in
        [(3, 0, Tri::Yes, 3), (4, 0, Tri::No, 3), (2, 28, Tri::Yes, 2), (3, 28, Tri::No, 2), (2, 365, Tri::No, 1)]
    {
        let answer = asked(asks("T90", Window::days(365), days, apart), all, &journal);
        assert_eq!((answer.tri, answer.count), (expected, count), "{days} days {apart} apart");
    }
}

#[test]
fn what_was_written_down_later_was_not_known() {
    let mut diagnoses = diagnosed("T90", &[3]);
    diagnoses[0].recorded_on = Some(ON.plus(1));
    let journal = PatientJournal { diagnoses, ..PatientJournal::default() };
    assert_eq!(asked(asks("T90", Window::EVER, 1, 0), Sources::all(), &journal).tri, Tri::No);
    let silent = Sources::all().without(Source::Diagnoses);
    assert_eq!(asked(asks("T90", Window::EVER, 1, 0), silent, &journal).tri, Tri::Unknown);
}

fn prescribed(atc: &str, days_back: i32, until_back: Option<i32>, regular: Option<bool>) -> MedicineRow {
    MedicineRow {
        date: back(days_back),
        recorded_on: None,
        atc: atc.to_owned(),
        until: until_back.map(back),
        stopped_on: None,
        regular,
    }
}

fn takes(usage: Usage, rows: Vec<MedicineRow>) -> (Tri, u32) {
    let kind = InputKind::Medicine(Medicine {
        codes: Codes::default(),
        usage,
        window: Window::days(90),
        at_least: 1,
        apart: 0,
    });
    let answer = asked(kind, Sources::all(), &PatientJournal { medicines: rows, ..PatientJournal::default() });
    (answer.tri, answer.count)
}

#[test]
fn usage_of_a_substance() {
    let stopped =
        |stopped_back| MedicineRow { stopped_on: Some(back(stopped_back)), ..prescribed("A10BA02", 20, None, None) };
    for (usage, rows, expected) in [
        (Usage::Current, vec![prescribed("A10BA02", 454, None, None)], (Tri::Yes, 1)),
        (Usage::Current, vec![prescribed("A10BA02", 455, None, None)], (Tri::No, 0)),
        (Usage::Current, vec![stopped(0)], (Tri::No, 0)),
        (Usage::Current, vec![stopped(-1)], (Tri::Yes, 1)),
        (Usage::Current, vec![prescribed("A10BA02", 10, None, None), stopped(5)], (Tri::Yes, 1)),
        (Usage::Regular, vec![prescribed("A10BA02", 10, None, Some(false))], (Tri::No, 0)),
        (Usage::Regular, vec![prescribed("A10BA02", 10, None, None)], (Tri::Yes, 1)),
        (Usage::Lapsed, vec![prescribed("A10BA02", 100, Some(46), None)], (Tri::Yes, 1)),
        (Usage::Lapsed, vec![prescribed("A10BA02", 100, Some(45), None)], (Tri::No, 0)),
        (Usage::Lapsed, vec![prescribed("A10BA02", 455, None, None)], (Tri::Yes, 1)),
        (Usage::Begun, vec![prescribed("A10BA02", 89, None, None)], (Tri::Yes, 1)),
        (
            Usage::Begun,
            vec![prescribed("A10BA02", 89, None, None), prescribed("A10BA02", 90, None, None)],
            (Tri::No, 0),
        ),
    ] {
        assert_eq!(takes(usage, rows.clone()), expected, "{usage:?} {rows:?}");
    }
}

#[test]
fn a_recall_is_answered_by_a_booking_of_the_same_day_or_later() {
    let contact = |kind, days_back| ContactRow { date: back(days_back), recorded_on: None, kind, role: String::new() };
    let kind = InputKind::Contact(Contact {
        kinds: vec!["recall".to_owned()],
        window: Window::days(365),
        days: 2,
        roles: Vec::new(),
        answered_by: vec!["booked".to_owned()],
        doubled_since: None,
    });
    let recalls = [contact(ContactKind::Recall, 100), contact(ContactKind::Recall, 50)];
    for (booked, expected) in [(None, Tri::Yes), (Some(101), Tri::Yes), (Some(100), Tri::No), (Some(50), Tri::No)] {
        let booking = booked.map(|days_back| contact(ContactKind::Booked, days_back));
        let contacts = recalls.iter().cloned().chain(booking).collect();
        let journal = PatientJournal { contacts, ..PatientJournal::default() };
        assert_eq!(asked(kind.clone(), Sources::all(), &journal).tri, expected, "{booked:?}");
    }
}

/// A silences B, B silences C.
fn chain() -> RuleSet {
    let kinds = ["T90", "K77", "P76"].map(|code| asks(code, Window::EVER, 1, 0));
    let mut rules = rules(kinds.to_vec(), &[4, 2, 1]);
    rules.criteria[0].silences = vec![1];
    rules.criteria[1].silences = vec![2];
    rules
}

#[test]
fn what_is_silenced_silences_nothing() {
    let has = |codes: &[&str]| PatientJournal {
        diagnoses: codes.iter().flat_map(|code| diagnosed(code, &[1])).collect(),
        ..PatientJournal::default()
    };
    for (codes, points) in
        [(&["T90", "K77", "P76"][..], 5), (&["K77", "P76"], 2), (&["T90", "P76"], 5), (&["P76"], 1), (&[], 0)]
    {
        let score = scored(chain(), Sources::all(), &has(codes)).score.unwrap();
        assert_eq!(
            (score.value, score.lower, score.upper),
            (Points::whole(points), score.value, score.value),
            "{codes:?}"
        );
    }
}

#[test]
fn an_unknown_silencer_moves_only_the_bounds() {
    let mut rules = chain();
    rules.inputs[0].kind = InputKind::Service(Service {
        services: Vec::new(),
        except: Vec::new(),
        state: ServiceState::Active,
        window: Window::days(1),
        at_least: 1,
    });
    let journal = PatientJournal { diagnoses: diagnosed("K77", &[1]), ..PatientJournal::default() };
    let answer = scored(rules, Sources::all().without(Source::Services), &journal);
    let score = answer.score.unwrap();
    assert_eq!([score.value, score.lower, score.upper], [2, 0, 6].map(Points::whole));
    assert_eq!([answer.lines[0].state, answer.lines[1].state], [State::Unknown, State::Met]);
}

#[test]
fn a_ceiling_is_a_line_and_a_gate_asks_for_the_sum_below_it() {
    let kinds = ["T90", "K77"].map(|code| asks(code, Window::EVER, 1, 0));
    let capped = |least| {
        let mut rules = rules(kinds.to_vec(), &[3, 4]);
        rules.caps = vec![Cap { name: "S".to_owned(), at_most: Some(Points::whole(5)), domain: None, label: None }];
        rules.criteria.iter_mut().for_each(|line| line.cap = Some(CapId(0)));
        rules.gate.sums = vec![(CapId(0), Points::whole(least))];
        rules
    };
    let diagnoses = diagnosed("T90", &[1]).into_iter().chain(diagnosed("K77", &[2])).collect();
    let journal = PatientJournal { diagnoses, ..PatientJournal::default() };
    let held = scored(capped(5), Sources::all(), &journal);
    assert_eq!(held.lines.iter().map(|line| line.points).collect::<Vec<_>>(), [3, 4, -2].map(Points::whole));
    assert_eq!(held.score.unwrap().value, Points::whole(5));
    let fails = scored(capped(6), Sources::all(), &journal).score.unwrap();
    assert_eq!((fails.gate, fails.value, fails.upper), (Tri::No, Points::ZERO, Points::ZERO));
}

#[test]
fn twice_as_often_as_before_is_a_matter_of_days_over_days() {
    let contact = |days_back| ContactRow {
        date: back(days_back),
        recorded_on: None,
        kind: ContactKind::Office,
        role: String::new(),
    };
    let kind = InputKind::Contact(Contact {
        kinds: vec!["office".to_owned()],
        window: Window::days(90),
        days: 5,
        roles: Vec::new(),
        answered_by: Vec::new(),
        doubled_since: Some(365),
    });
    // 365 · 6 = 2190 is at least 180 · 12 = 2160, and less than 180 · 13 = 2340.
    for (before, expected) in [(0, Tri::Yes), (12, Tri::Yes), (13, Tri::No)] {
        let contacts = (0..6).chain(90..90 + before).map(contact).collect();
        let journal = PatientJournal { contacts, ..PatientJournal::default() };
        let found = asked(kind.clone(), Sources::all(), &journal);
        assert_eq!(found.tri, expected, "{before}");
        assert!(found.tri != Tri::Yes || found.old == Some(f64::from(before)), "{before}");
    }
}
