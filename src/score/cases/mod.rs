//! Cases of rule sets: a patient made of words, and what differs from the expected.

mod compare;

pub use compare::compare;

use super::engine::Engine;
use super::peers::{Norms, Sums};
use crate::clinical::{Code, CodeSystem, Day, Tri};
use crate::journal::patient::{
    Comparator, ContactRow, DiagnosisRow, FunctionRow, MeasurementRow, MedicineRow, PatientJournal, Person, ServiceRow,
};
use crate::journal::tables::{ContactKind, Source, Sources};
use crate::model::cases::{Born, Case};
use crate::model::{Catalog, RuleSet};

/// Days from the last birthday to the index day, where a case states only the age.
const SINCE_BIRTHDAY: i32 = 182;

/// The patient of a case, and the sources that were delivered. Codes that no journal would keep give no row.
#[must_use]
pub fn patient(case: &Case) -> (PatientJournal, Sources) {
    let birth = birth(case);
    let journal = PatientJournal {
        person: Person {
            birth: Some(birth),
            sex: case.sex,
            lives_alone: case.lives_alone,
            listed_since: Some(case.listed_since.unwrap_or(birth)),
            died_on: None,
        },
        diagnoses: diagnoses(case),
        medicines: medicines(case),
        contacts: contacts(case),
        measurements: measurements(case),
        functions: functions(case),
        services: services(case),
    };
    let missing = case.undelivered.iter().filter_map(|name| Source::parse(name));
    (journal, missing.fold(Sources::all(), Sources::without))
}

/// The peers that a case states; without them the peers input is no.
#[must_use]
pub fn norms(case: &Case) -> Norms {
    case.peers.map_or_else(Norms::default, |peers| {
        Norms::fixed(Sums { n: u64::from(peers.n), sum: peers.sum, squares: peers.sum_squares })
    })
}

/// A case that does not come out as expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// The rule set.
    pub id: String,
    /// The case's number in its file.
    pub case: String,
    /// What differs, a sentence each.
    pub differences: Vec<String>,
}

/// Scores every case of every rule set and library; gives those that come out otherwise.
#[must_use]
pub fn run(catalog: &Catalog) -> Vec<Mismatch> {
    let of_libraries = catalog.libraries.iter();
    let sets: Vec<RuleSet> =
        catalog.rule_sets.iter().chain(of_libraries.clone().map(|library| &library.inputs)).cloned().collect();
    let cases = catalog.cases.iter().chain(of_libraries.map(|library| &library.cases));
    let mut engines: Vec<(Sources, Engine)> = Vec::new();
    let mut wrong = Vec::new();
    for (at, (set, cases)) in sets.iter().zip(cases).enumerate() {
        for case in cases {
            let (journal, sources) = patient(case);
            let known = engines.iter().position(|(delivered, _)| *delivered == sources).unwrap_or_else(|| {
                engines.push((sources, Engine::new(&sets, sources)));
                engines.len() - 1
            });
            let engine = &engines[known].1;
            let explained = engine.explain(&journal, case.on, &norms(case));
            let mut differences = compare(case, &explained[at], set);
            if !case.expect.inputs.is_empty() {
                let answers = engine.answers(&journal, case.on, &norms(case), at);
                let answers: Vec<Tri> = answers.into_iter().map(|(answer, _)| answer).collect();
                differences.extend(compare::inputs(case, &answers, set));
            }
            if !differences.is_empty() {
                wrong.push(Mismatch { id: set.id.clone(), case: case.id.clone(), differences });
            }
        }
    }
    wrong
}

/// A birthday on which the stated age holds on the index day.
fn birth(case: &Case) -> Day {
    match case.born {
        Born::On(day) => day,
        Born::Age(age) => {
            let (year, month, day) = case.on.ymd();
            // The index day may be 29 February and the year of birth a common one.
            let birthday = Day::from_ymd(year - age, month, day).or_else(|| Day::from_ymd(year - age, month, 28));
            birthday.unwrap_or(case.on).plus(-SINCE_BIRTHDAY)
        }
    }
}

fn diagnoses(case: &Case) -> Vec<DiagnosisRow> {
    let row = |row: &crate::model::cases::CaseDiagnosis| {
        Some(DiagnosisRow {
            date: row.day,
            recorded_on: row.recorded_on,
            system: row.system,
            code: Code::read(row.system, &row.code)?.as_str().to_owned(),
            source: row.source.clone(),
        })
    };
    case.diagnoses.iter().filter_map(row).collect()
}

fn medicines(case: &Case) -> Vec<MedicineRow> {
    let row = |row: &crate::model::cases::CaseMedicine| {
        Some(MedicineRow {
            date: row.day,
            recorded_on: row.recorded_on,
            atc: Code::read(CodeSystem::Atc, &row.atc)?.as_str().to_owned(),
            until: row.until,
            stopped_on: row.stopped_on,
            regular: row.regular,
        })
    };
    case.medicines.iter().filter_map(row).collect()
}

fn contacts(case: &Case) -> Vec<ContactRow> {
    let row = |row: &crate::model::cases::CaseContact| {
        let kind = ContactKind::parse(&row.kind)?;
        Some(ContactRow { date: row.day, recorded_on: row.recorded_on, kind, role: row.role.clone() })
    };
    case.contacts.iter().filter_map(row).collect()
}

fn measurements(case: &Case) -> Vec<MeasurementRow> {
    let row = |row: &crate::model::cases::CaseMeasurement| MeasurementRow {
        date: row.day,
        recorded_on: row.recorded_on,
        code: row.code.clone(),
        value: row.value,
        unit: row.unit.clone(),
        comparator: Comparator::parse(row.comparator).unwrap_or_default(),
    };
    case.measurements.iter().map(row).collect()
}

fn functions(case: &Case) -> Vec<FunctionRow> {
    let row = |row: &crate::model::cases::CaseFunction| FunctionRow {
        date: row.day,
        recorded_on: row.recorded_on,
        instrument: row.instrument.clone(),
        item: row.item.clone(),
        score: row.score,
    };
    case.functions.iter().map(row).collect()
}

fn services(case: &Case) -> Vec<ServiceRow> {
    let row = |row: &crate::model::cases::CaseService| ServiceRow {
        service: row.service.clone(),
        from: row.from,
        until: row.until,
    };
    case.services.iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::names::{CONTACT_KINDS, SOURCES};

    #[test]
    fn the_names_that_rule_sets_share_with_the_journal_agree() {
        assert!(ContactKind::ALL.iter().map(|kind| kind.name()).eq(CONTACT_KINDS.iter().copied()));
        assert!(Source::ALL.iter().map(|source| source.name()).eq(SOURCES.iter().copied()));
    }

    #[test]
    fn a_stated_age_holds_on_the_index_day() {
        let catalog = Catalog::shipped().unwrap_or_else(|faults| panic!("{faults}"));
        for case in catalog.cases.iter().flatten() {
            if let Born::Age(age) = case.born {
                let birth = patient(case).0.person.birth.unwrap();
                assert_eq!(birth.age_on(case.on), age, "{}", case.id);
            }
        }
    }

    /// The cases beside each rule set are its tests.
    #[test]
    fn every_case_of_every_shipped_rule_set_comes_out_as_expected() {
        let catalog = Catalog::shipped().unwrap_or_else(|faults| panic!("{faults}"));
        let wrong: Vec<String> = run(&catalog).iter().map(|wrong| format!("{wrong:?}")).collect();
        assert!(wrong.is_empty(), "{} cases\n{}", wrong.len(), wrong.join("\n"));
    }
}
