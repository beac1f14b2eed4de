//! Invented patients with some of everything, and what a journal must say of them.

use super::super::{Blemishes, Cast, Order, Told, stirred, write};
use crate::clinical::{CodeSystem, Day, Sex};
use crate::extract::{self, ExtractReport, Profile};
use crate::journal::patient::{self, Comparator, PatientJournal, Person};
use crate::journal::tables::{ContactKind, Source};
use crate::synth::records::*;
use crate::synth::words::{CodeWord, Scale, Test, Words};
use std::path::{Path, PathBuf};

/// A folder of a test's own.
pub(super) struct Folder(pub PathBuf);

impl Folder {
    pub fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("tidlig-synth-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Folder(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

pub(super) fn index_day() -> Day {
    Day::parse_iso("2026-03-02").unwrap()
}

pub(super) fn words() -> Words {
    let list = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    let code = |system, code: &str| CodeWord { system, code: code.to_owned() };
    let test = |code: &str, unit: &str, decimals| Test { code: code.into(), unit: unit.into(), decimals, most: 9_000 };
    let scale = |instrument: &str, item: &str| Scale { instrument: instrument.into(), item: item.into() };
    Words {
        diagnoses: vec![
            code(CodeSystem::Icpc2, "K77"),
            code(CodeSystem::Icpc2, "-31"),
            code(CodeSystem::Icpc2, "U891"),
            code(CodeSystem::Icd10, "I509"),
            code(CodeSystem::Icd10, "I10"),
            code(CodeSystem::Icd10, "W0312"),
        ],
        medicines: list(&["B01AF02", "C03CA01", "N02BE01"]),
        tests: vec![
            test("NPU04998", "µmol/L", 0),
            test("NPU27300", "mmol/mol", 0),
            test("NPU03577", "mIU/L", 2),
            test("WEIGHT", "kg", 1),
        ],
        scales: vec![scale("CFS", ""), scale("IPLOS", "dressing")],
        services: list(&["home_nursing", "child_coordinator"]),
        parts: list(&["all", "medicines"]),
        languages: list(&["nb", "pl"]),
    }
}

/// Any number below `below`, the same for the same question.
struct Dice(u64, u64);

impl Dice {
    fn below(&mut self, below: u64) -> u64 {
        self.1 += 1;
        stirred(self.0, self.1) % below
    }

    fn day(&mut self) -> Day {
        index_day().plus(-1 - i32::try_from(self.below(700)).unwrap())
    }

    fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[usize::try_from(self.below(list.len() as u64)).unwrap()]
    }
}

/// A patient with some of everything; patients of a practice are `of_practice` neighbours.
pub(super) fn invented(number: u64, of_practice: u64, records: &mut PatientRecords) {
    let mut dice = Dice(number, 0);
    let died = dice.below(40) == 0;
    records.person = PersonRow {
        number,
        patient_id: id(number),
        birth_date: index_day().plus(-800 - i32::try_from(dice.below(34_000)).unwrap()),
        sex: dice.pick(&[Sex::Female, Sex::Male]),
        practice: u32::try_from(number / of_practice).unwrap(),
        gp: u32::try_from(dice.below(3)).unwrap(),
        status: if died { ListStatus::Dead } else { ListStatus::Listed },
        listed_since: index_day().plus(-750),
        died_on: died.then(|| index_day().plus(-1)),
        protection: dice.pick(&Protection::ALL),
        no_contact: dice.below(20) == 0,
        no_scoring: dice.below(20) == 0,
        language: u8::try_from(dice.below(2)).unwrap(),
        lives_alone: dice.pick(&[None, Some(true), Some(false)]),
    };
    for _ in 0..dice.below(9) {
        let (date, late) = (dice.day(), i32::try_from(dice.below(5)).unwrap());
        let recorded_on = date.plus(late).min(index_day().plus(-1));
        let hospital = dice.below(3) == 0;
        let (source, code) = match hospital {
            true => (DiagnosisSource::Hospital, 3 + dice.below(3)),
            false => (DiagnosisSource::Gp, dice.below(3)),
        };
        let code = u16::try_from(code).unwrap();
        records.diagnoses.push(DiagnosisRow { date, code, recorded_on, source });
        let role = dice.pick(&Role::ALL);
        records.contacts.push(ContactRow { date, kind: dice.pick(&ContactKind::ALL), role, recorded_on });
        let (test, steps) = (u8::try_from(dice.below(4)).unwrap(), u16::try_from(dice.below(9_000)).unwrap());
        let comparator = dice.pick(&[Comparator::Exact, Comparator::Below, Comparator::AtLeast]);
        records.measurements.push(MeasurementRow { date, test, steps, comparator, recorded_on });
        let (scale, score) = (u8::try_from(dice.below(2)).unwrap(), u8::try_from(dice.below(9)).unwrap());
        records.functions.push(FunctionRow { date, scale, score, recorded_on });
        records.medicines.push(MedicineRow {
            date,
            atc: u16::try_from(dice.below(3)).unwrap(),
            until: date.plus(90),
            stopped_on: dice.pick(&[None, Some(date.plus(20))]),
            regular: dice.below(2) == 0,
            multidose: dice.below(5) == 0,
        });
        let service = u8::try_from(dice.below(2)).unwrap();
        records.services.push(ServiceRow { from: date, service, until: dice.pick(&[None, Some(date.plus(30))]) });
    }
}

pub(super) fn id(number: u64) -> i64 {
    60_000 + 41 * i64::try_from(number).unwrap()
}

/// What a journal must say of her.
pub(super) fn expected(records: &PatientRecords, words: &Words) -> PatientJournal {
    let person = &records.person;
    let word = |list: &[String], at: usize| list[at].clone();
    PatientJournal {
        person: Person {
            birth: Some(person.birth_date),
            sex: Some(person.sex),
            lives_alone: person.lives_alone,
            listed_since: Some(person.listed_since),
            died_on: person.died_on,
        },
        diagnoses: Vec::from_iter(records.diagnoses.iter().map(|row| patient::DiagnosisRow {
            date: row.date,
            recorded_on: Some(row.recorded_on),
            system: words.diagnoses[usize::from(row.code)].system,
            code: words.diagnoses[usize::from(row.code)].code.clone(),
            source: row.source.name().to_owned(),
        })),
        medicines: Vec::from_iter(records.medicines.iter().map(|row| patient::MedicineRow {
            date: row.date,
            recorded_on: None,
            atc: word(&words.medicines, usize::from(row.atc)),
            until: Some(row.until),
            stopped_on: row.stopped_on,
            regular: Some(row.regular),
        })),
        contacts: Vec::from_iter(records.contacts.iter().map(|row| patient::ContactRow {
            date: row.date,
            recorded_on: Some(row.recorded_on),
            kind: row.kind,
            // Only the file of contacts that took place says who was met.
            role: row.role.name().filter(|_| row.kind.source() == Source::Contacts).unwrap_or_default().to_owned(),
        })),
        measurements: Vec::from_iter(records.measurements.iter().map(|row| patient::MeasurementRow {
            date: row.date,
            recorded_on: Some(row.recorded_on),
            code: words.tests[usize::from(row.test)].code.clone(),
            value: words.value(row),
            unit: words.tests[usize::from(row.test)].unit.clone(),
            comparator: row.comparator,
        })),
        functions: Vec::from_iter(records.functions.iter().map(|row| patient::FunctionRow {
            date: row.date,
            recorded_on: Some(row.recorded_on),
            instrument: words.scales[usize::from(row.scale)].instrument.clone(),
            item: words.scales[usize::from(row.scale)].item.clone(),
            score: f64::from(row.score),
        })),
        services: Vec::from_iter(records.services.iter().map(|row| patient::ServiceRow {
            service: word(&words.services, usize::from(row.service)),
            from: Some(row.from),
            until: row.until,
        })),
    }
}

/// Rows as text, so that their order does not matter.
pub(super) fn in_order(journal: &PatientJournal) -> Vec<String> {
    fn told<T: std::fmt::Debug>(rows: &[T]) -> Vec<String> {
        rows.iter().map(|row| format!("{row:?}")).collect()
    }
    let parts = [
        told(&[journal.person]),
        told(&journal.diagnoses),
        told(&journal.medicines),
        told(&journal.contacts),
        told(&journal.measurements),
        told(&journal.functions),
        told(&journal.services),
    ];
    let mut rows = parts.concat();
    rows.sort();
    rows
}

pub(super) fn order<'a>(folder: &'a Path, patients: u64, cast: &'a Cast, blemishes: &'a Blemishes) -> Order<'a> {
    Order {
        folder,
        truth: None,
        seed: 7,
        index_day: index_day(),
        patients,
        practices: 1,
        cast,
        blemishes,
        missing: &[],
    }
}

pub(super) fn written(order: &Order<'_>, of_practice: u64) -> Told {
    write(order, &|number, records| invented(number, of_practice, records), &|_| {}).unwrap()
}

pub(super) fn read(folder: &Path) -> (ExtractReport, PathBuf) {
    let profile = Profile::load(&folder.join("practice.toml")).unwrap();
    assert_eq!(profile.practice.as_of, Some(index_day()));
    let out = folder.join("journal");
    (extract::read(&profile, index_day(), &out, &|_| {}).unwrap(), out)
}
