//! Cases of rule sets: a patient made of words, and what differs from the expected.

use super::peers::{Norms, Sums};
use super::result::{Explained, Line, Part, State};
use crate::clinical::{Code, CodeSystem, Day, Points, Tri};
use crate::journal::patient::{
    Comparator, ContactRow, DiagnosisRow, FunctionRow, MeasurementRow, MedicineRow, PatientJournal, Person, ServiceRow,
};
use crate::journal::tables::{ContactKind, Source, Sources};
use crate::model::RuleSet;
use crate::model::cases::{Born, Case};

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

/// What differs from the expected, a sentence each; only what the case states is compared.
#[must_use]
pub fn compare(case: &Case, explained: &Explained, set: &RuleSet) -> Vec<String> {
    let mut found = Differences::default();
    let expect = &case.expect;
    let Some(score) = explained.outcome.score else {
        outside(case, explained, &mut found);
        return found.0;
    };
    found.is("in_population", expect.in_population, true);
    for (name, wanted, there) in [
        ("points", expect.points, score.value),
        ("lower", expect.lower, score.lower),
        ("upper", expect.upper, score.upper),
    ] {
        found.points(name, wanted, there);
    }
    let band = score.band.map(|at| set.bands[at].name.clone());
    if let Some(wanted) = expect.band.as_ref().filter(|wanted| **wanted != band) {
        found.differ("band", wanted.as_deref().unwrap_or("none"), band.as_deref().unwrap_or("none"));
    }
    found.is("gate", expect.gate, score.gate);
    let criteria =
        |state: fn(&State) -> bool| names(explained, |line| criterion(line, set).filter(|_| state(&line.state)));
    let firing = criteria(|state| *state == State::Met);
    // Before the gate holds nothing counts, so nothing fires.
    let firing = if score.gate == Tri::Yes { firing } else { Vec::new() };
    found.list("fires", expect.fires.as_ref(), firing);
    found.list("unknown", expect.unknown.as_ref(), criteria(|state| *state == State::Unknown));
    found.list("silenced", expect.silenced.as_ref(), criteria(|state| matches!(state, State::Silenced(_))));
    found.list("caps", expect.caps.as_ref(), names(explained, |line| met(line, cap(line, set))));
    found.list("notes", expect.notes.as_ref(), names(explained, |line| met(line, note(line, set))));
    found.0
}

/// Someone who is not scored must be expected outside, or expected nothing else.
fn outside(case: &Case, explained: &Explained, found: &mut Differences) {
    if case.expect.in_population == Some(false) {
        return;
    }
    let why = match explained.outcome.in_population {
        Tri::Unknown => "not known to be in the population",
        _ => "outside the population",
    };
    found.0.push(format!("expected a score, but the person is {why}"));
}

fn criterion<'a>(line: &Line, set: &'a RuleSet) -> Option<&'a str> {
    match line.part {
        Part::Criterion(at) => Some(&set.criteria[at].name),
        _ => None,
    }
}

fn cap<'a>(line: &Line, set: &'a RuleSet) -> Option<&'a str> {
    match line.part {
        Part::Cap(at) => Some(&set.caps[at].name),
        _ => None,
    }
}

fn note<'a>(line: &Line, set: &'a RuleSet) -> Option<&'a str> {
    match line.part {
        Part::Note(at) => Some(&set.notes[at].name),
        _ => None,
    }
}

fn met<'a>(line: &Line, name: Option<&'a str>) -> Option<&'a str> {
    name.filter(|_| line.state == State::Met)
}

fn names<'a>(explained: &Explained, name: impl Fn(&Line) -> Option<&'a str>) -> Vec<&'a str> {
    explained.lines.iter().filter_map(name).collect()
}

/// The differences so far.
#[derive(Default)]
struct Differences(Vec<String>);

impl Differences {
    fn differ(&mut self, name: &str, wanted: impl std::fmt::Display, there: impl std::fmt::Display) {
        self.0.push(format!("{name}: expected {wanted}, got {there}"));
    }

    fn is<T: PartialEq + std::fmt::Debug>(&mut self, name: &str, wanted: Option<T>, there: T) {
        if let Some(wanted) = wanted.filter(|wanted| *wanted != there) {
            self.differ(name, format!("{wanted:?}").to_lowercase(), format!("{there:?}").to_lowercase());
        }
    }

    fn points(&mut self, name: &str, wanted: Option<Points>, there: Points) {
        if let Some(wanted) = wanted.filter(|wanted| *wanted != there) {
            self.differ(name, wanted, there);
        }
    }

    fn list(&mut self, name: &str, wanted: Option<&Vec<String>>, mut there: Vec<&str>) {
        let Some(wanted) = wanted else { return };
        let mut wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
        wanted.sort_unstable();
        there.sort_unstable();
        if wanted != there {
            self.differ(name, format!("[{}]", wanted.join(", ")), format!("[{}]", there.join(", ")));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Catalog;
    use crate::model::names::{CONTACT_KINDS, SOURCES};
    use crate::score::Engine;

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
        let mut wrong = Vec::new();
        for (at, (set, cases)) in catalog.rule_sets.iter().zip(&catalog.cases).enumerate() {
            for case in cases {
                let (journal, sources) = patient(case);
                let engine = Engine::new(&catalog.rule_sets, sources);
                let explained = &engine.explain(&journal, case.on, &norms(case))[at];
                for difference in compare(case, explained, set) {
                    wrong.push(format!("{} case {}: {difference}", set.id, case.id));
                }
            }
        }
        assert!(wrong.is_empty(), "{} differences\n{}", wrong.len(), wrong.join("\n"));
    }
}
