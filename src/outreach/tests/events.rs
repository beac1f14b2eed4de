//! Events after a decision, from the rows of a journal.

use std::collections::BTreeMap;

use super::examples::ENGINE;
use super::{CATALOG, model, on, panel};
use crate::clinical::{Day, Faults};
use crate::journal::patient::PatientJournal;
use crate::model::cases;
use crate::outreach::Person;
use crate::outreach::events::{Since, since};
use crate::score::Norms;
use crate::score::cases::patient;
use crate::score::result::Explained;

fn journal(age: u32, rows: &str) -> PatientJournal {
    let text = format!(
        "[[case]]\nid = \"x\"\nwho = \"x\"\non = 2026-03-02\nage = {age}\nsex = \"female\"\n{rows}\nexpect = {{ in_population = true }}\n"
    );
    let mut faults = Faults::new();
    let set = &CATALOG.rule_sets[model("chronic")];
    let cases = cases::read("events.toml", &text, set, &CATALOG.vocabulary, &mut faults);
    assert!(faults.is_empty(), "{faults}");
    patient(&cases[0]).0
}

fn explain(journal: &PatientJournal, on: Day) -> Vec<Explained> {
    ENGINE.explain(journal, on, &Norms::default())
}

fn events(journal: PatientJournal, decided_on: &str) -> Vec<(String, String)> {
    let nothing = BTreeMap::new();
    let person = Person { explained: explain(&journal, on()), journal, ..Person::default() };
    let decided_on = Day::parse_iso(decided_on).unwrap();
    let since_decision = Since {
        decided_on,
        on: on(),
        then: None,
        tonight: &nothing,
        last_night: None,
        explain_then: &|| explain(&person.journal, decided_on),
    };
    let marks = since(&panel(), &person, since_decision);
    marks.into_iter().map(|mark| (mark.id, mark.on.to_string())).collect()
}

#[test]
fn only_facts_after_the_decision_are_events() {
    for (rows, age, before, after, id, day) in [
        ("contacts = [\"emergency_admission 12.02.26\"]", 79, "2026-02-12", "2026-02-11", "G1", "2026-02-12"),
        ("diagnoses = [\"L75 30.01.26\"]", 50, "2026-01-30", "2026-01-29", "G2", "2026-01-30"),
        ("diagnoses = [\"L72 30.01.26\"]", 65, "2026-01-30", "2026-01-29", "G2", "2026-01-30"),
        ("diagnoses = [\"ICD-10 W01 hospital 04.02.26\"]", 81, "2026-02-04", "2026-02-03", "G3", "2026-02-04"),
        // Two injuries since the decision: with one of them before it, there is only one.
        ("diagnoses = [\"L81 12.01.26\", \"S18 30.01.26\"]", 81, "2026-01-12", "2026-01-11", "G3", "2026-01-30"),
        ("diagnoses = [\"L28 20.02.26\"]", 57, "2026-02-20", "2026-02-19", "G5", "2026-02-20"),
        ("diagnoses = [\"K77 20.02.26\"]", 70, "2026-02-20", "2026-02-19", "G6", "2026-02-20"),
        ("diagnoses = [\"P77 01.02.26\"]", 30, "2026-02-01", "2026-01-31", "G8", "2026-02-01"),
        ("diagnoses = [\"Z15 01.02.26\"]", 85, "2026-02-01", "2026-01-31", "G9", "2026-02-01"),
        ("services = [\"coordinator 01.02.25 - 01.02.26\"]", 60, "2026-02-01", "2026-01-31", "G9", "2026-02-01"),
    ] {
        assert!(!events(journal(age, rows), before).iter().any(|(found, _)| found == id), "{rows} {before}");
        let found = events(journal(age, rows), after);
        assert!(found.contains(&(id.to_owned(), day.to_owned())), "{rows} {after}: {found:?}");
    }
}

#[test]
fn a_condition_that_was_known_is_no_new_one() {
    // First seen before the decision, and again after it, under the other code system too.
    let rows = "diagnoses = [\"K77 10.02.26\", \"I50.9 hospital 25.02.26\"]";
    assert_eq!(events(journal(70, rows), "2026-02-20"), []);
    let other = "diagnoses = [\"K77 10.02.26\", \"R95 25.02.26\"]";
    assert_eq!(events(journal(70, other), "2026-02-20"), [("G6".to_owned(), "2026-02-25".to_owned())]);
}

#[test]
fn a_medicine_has_lapsed_since_when_it_had_not_on_the_day_of_the_decision() {
    // The supply ended on 10 January; it counts as lapsed from the forty-sixth day after.
    let rows = "medicines = [\"A10AE04 until 10.01.26\"]";
    let found = events(journal(60, rows), "2026-02-20");
    assert_eq!(found, [("G7".to_owned(), "2026-01-10".to_owned())]);
    let earlier = "medicines = [\"A10AE04 until 10.12.25\"]";
    assert_eq!(events(journal(60, earlier), "2026-02-20"), []);
}

#[test]
fn a_band_must_have_risen_in_two_nights() {
    let id = |group: &str| CATALOG.rule_sets[model(group)].id.clone();
    let levels = |level: u8| BTreeMap::from([(id("chronic"), level)]);
    let journal = PatientJournal::default();
    let person = Person::default();
    for (then, before, tonight, expected) in [
        (1, Some(3), 3, true),
        (1, Some(2), 3, false),
        (1, Some(2), 2, false),
        (2, Some(3), 3, false),
        (3, Some(4), 4, true),
        (3, Some(3), 4, false),
        (4, Some(4), 4, false),
        (1, None, 4, false),
    ] {
        let (then, tonight, before) = (levels(then), levels(tonight), before.map(levels));
        let since_decision = Since {
            decided_on: on().plus(-20),
            on: on(),
            then: Some(&then),
            tonight: &tonight,
            last_night: before.as_ref(),
            explain_then: &|| explain(&journal, on()),
        };
        let found = since(&panel(), &person, since_decision).iter().any(|mark| mark.id == "G4");
        assert_eq!(found, expected, "{then:?} {before:?} {tonight:?}");
    }
}

#[test]
fn bands_are_counted_not_levels() {
    // The quiet set has no low band: from none to moderate is one band, to high two.
    let id = &CATALOG.rule_sets[model("quiet")].id;
    assert_eq!([0, 1, 2, 3, 4].map(|level| panel().bands_up_to(id, level)), [0, 0, 1, 2, 3]);
}
