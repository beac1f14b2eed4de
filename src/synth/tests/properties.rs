//! The same patient wherever she is asked for, and dials that turn one thing only.

use super::{cohort, days, with};
use crate::clinical::Day;
use crate::journal::tables::{ContactKind, Source};
use crate::synth::check;
use crate::synth::cohort::{Bench, Plan, Synth};
use crate::synth::parameters::Parameters;
use crate::synth::records::{DiagnosisRow, DiagnosisSource, PatientRecords};
use crate::synth::write;

const PATIENTS: u64 = 3_000;

fn all(synth: &Synth) -> Vec<PatientRecords> {
    (0..PATIENTS).map(|number| synth.patient(number)).collect()
}

#[test]
fn a_patient_is_the_same_whoever_was_asked_for_before_her() {
    let synth = cohort(&[]);
    let (mut bench, mut records) = (Bench::default(), PatientRecords::empty());
    for number in [7, 3_900, 12, 3_899, 7, 50_000_000] {
        synth.fill(number, &mut bench, &mut records);
        assert_eq!(records, synth.patient(number));
    }
    let other = Plan { seed: 6, ..synth.plan().clone() };
    let other = Synth::new(Parameters::usual().unwrap_or_else(|faults| panic!("{faults}")), other);
    assert_ne!(synth.patient(7), other.patient(7));
}

#[test]
fn dials_of_the_journal_change_what_is_written_and_never_the_life() {
    let usual = all(&cohort(&["coding=0.9"]));
    for dial in ["coding=0.4", "delay=60", "missing=medicines,acute", "coding-quiet=0.2", "coding-hospital=0.4"] {
        let turned = all(&cohort(&["coding=0.9", dial]));
        for (usual, turned) in usual.iter().zip(&turned) {
            let truth = |records: &PatientRecords| {
                records.truth.iter().map(|row| (row.need, row.decline, row.death)).collect::<Vec<_>>()
            };
            assert_eq!(truth(usual), truth(turned), "{dial}");
            assert_eq!(usual.person, turned.person, "{dial}");
        }
    }
}

#[test]
fn with_less_coding_some_codes_are_gone_and_the_others_stay() {
    let dials = [
        ("coding=0.9", "coding=0.4", DiagnosisSource::Gp),
        ("coding-hospital=0.9", "coding-hospital=0.4", DiagnosisSource::Hospital),
    ];
    for (more, less, source) in dials {
        let (more, less) = (all(&cohort(&[more])), all(&cohort(&[less])));
        let of = |row: &&DiagnosisRow| row.source == source;
        let count = |all: &[PatientRecords]| all.iter().flat_map(|records| &records.diagnoses).filter(of).count();
        assert!(count(&less) * 10 < count(&more) * 7, "{source:?}");
        for (more, less) in more.iter().zip(&less) {
            let among = |row: &DiagnosisRow| more.diagnoses.contains(row);
            assert!(less.diagnoses.iter().all(among));
            assert_eq!((&more.contacts, &more.medicines), (&less.contacts, &less.medicines));
        }
    }
}

#[test]
fn drift_thins_codes_from_its_day_on() {
    let from = days(&["2024-01-01"])[0];
    let (usual, drifted) = (all(&cohort(&[])), all(&cohort(&["drift=0.3", "drift-from=2024-01-01"])));
    let count = |all: &[PatientRecords], late: bool| {
        let rows = all.iter().flat_map(|records| &records.diagnoses);
        rows.filter(|row| (row.date >= from) == late).count() as f64
    };
    assert_eq!(count(&usual, false), count(&drifted, false));
    assert!(count(&drifted, true) < 0.7 * count(&usual, true));
}

#[test]
fn a_source_that_is_missing_leaves_no_row() {
    for records in all(&cohort(&["missing=medicines,acute,functions"])) {
        assert!(records.medicines.is_empty() && records.functions.is_empty());
        assert!(records.contacts.iter().all(|row| row.kind.source() != Source::Acute));
    }
}

#[test]
fn a_journal_knows_nothing_after_its_last_day_and_nothing_before_birth_or_after_death() {
    let synth = with(&["delay=20"], &["2024-07-01", "2025-01-01"]);
    let last = days(&["2025-01-01"])[0];
    for records in all(&synth) {
        let end = records.person.died_on.unwrap_or(last);
        let lived = |day: Day| records.person.birth_date <= day && day <= end;
        assert!(records.diagnoses.iter().all(|row| lived(row.date) && row.recorded_on <= last));
        assert!(records.measurements.iter().all(|row| lived(row.date) && row.recorded_on <= last));
        assert!(records.functions.iter().all(|row| lived(row.date) && row.recorded_on <= last));
        assert!(records.medicines.iter().all(|row| lived(row.date)));
        assert!(records.services.iter().all(|row| lived(row.from)));
        let ahead = |kind: ContactKind| kind == ContactKind::Booked;
        assert!(records.contacts.iter().all(|row| (lived(row.date) || ahead(row.kind)) && row.recorded_on <= last));
        assert!(records.truth.len() <= 2 && records.truth.iter().all(|row| row.index_day < end || end == last));
    }
}

#[test]
fn quiet_patients_come_seldom_though_they_are_as_ill() {
    let synth = cohort(&[]);
    let (mut bench, mut records) = (Bench::default(), PatientRecords::empty());
    let (mut people, mut contacts, mut ill) = ([0.0; 2], [0.0; 2], [0.0; 2]);
    for number in 0..PATIENTS * 3 {
        synth.fill(number, &mut bench, &mut records);
        let life = synth.life(&bench);
        let age = life.age_at(synth.law().timeline.last);
        if (40.0..90.0).contains(&age) && records.person.died_on.is_none() {
            let at = usize::from(life.quiet);
            people[at] += 1.0;
            contacts[at] += records.contacts.iter().filter(|row| row.kind == ContactKind::Office).count() as f64;
            ill[at] += life.illnesses.len() as f64;
        }
    }
    assert!(contacts[1] / people[1] < 0.35 * contacts[0] / people[0], "{contacts:?} {people:?}");
    let ratio = (ill[1] / people[1]) / (ill[0] / people[0]);
    assert!((0.9..1.1).contains(&ratio), "{ratio}");
}

#[test]
fn label_bias_turns_the_registered_outcome_from_need_to_use() {
    let rows = |bias: &str| {
        let synth = cohort(&[bias]);
        let mut of = [[0.0_f64; 2]; 2];
        for records in all(&synth) {
            for row in &records.truth {
                let often = usize::from(records.contacts.len() > 30);
                of[often][0] += 1.0;
                of[often][1] += f64::from(u8::from(row.decline_registered.happened && !row.decline.happened));
            }
        }
        (of[0][1] / of[0][0], of[1][1] / of[1][0])
    };
    assert_eq!(rows("label-bias=0"), (0.0, 0.0));
    let (seldom, often) = rows("label-bias=1");
    assert!(often > 2.0 * seldom, "{seldom} {often}");
}

#[test]
fn what_is_generated_is_what_was_intended() {
    for settings in [&[][..], &["coding=0.5", "quiet-share=0.2", "prevalence=0.7"]] {
        let synth = cohort(settings);
        let figures = check::figures(&synth, &write::count(&synth, 40_000));
        assert!(figures.len() > 100);
        assert!(figures.iter().all(check::Figure::holds), "{}", check::table(&figures));
    }
}
