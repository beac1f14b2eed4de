//! The cases beside the shipped rule sets hold in the reference scorer too, which never saw the engine.

use crate::oracle::{Practice, Question, SetAnswer, Sums, score_all};
use tidlig::clinical::{Code, CodeSystem, Day, Tri};
use tidlig::journal::patient::*;
use tidlig::journal::tables::{ContactKind, Source, Sources};
use tidlig::model::RuleSet;
use tidlig::model::cases::{Born, Case};
use tidlig::model::catalog::Catalog;
use tidlig::score::result::{Part, State};

#[test]
fn the_cases_hold_in_the_reference() {
    let catalog = Catalog::shipped().unwrap_or_else(|faults| panic!("{faults}"));
    let mut faults = Vec::new();
    let mut count = 0;
    for (set, cases) in catalog.cases.iter().enumerate() {
        for case in cases {
            count += 1;
            let answer = answer(&catalog.rule_sets, set, case);
            let rules = &catalog.rule_sets[set];
            faults
                .extend(differences(rules, case, &answer).iter().map(|why| format!("{} {}: {why}", rules.id, case.id)));
        }
    }
    assert!(count > 0 && faults.is_empty(), "{} of {count} cases:\n{}", faults.len(), faults.join("\n"));
}

fn answer(rule_sets: &[RuleSet], set: usize, case: &Case) -> SetAnswer {
    let missing = |source: &Source| case.undelivered.iter().any(|name| name == source.name());
    let sources: Sources = Source::ALL.into_iter().filter(|source| !missing(source)).collect();
    let sums = case.peers.map(|peers| Sums { n: peers.n, sum: peers.sum, squares: peers.sum_squares });
    let practice = sums.map_or(Practice::Unknown, Practice::Sums);
    score_all(Question { rule_sets, sources, practice, journal: &journal(case), on: case.on }).swap_remove(set)
}

fn journal(case: &Case) -> PatientJournal {
    let birth = match case.born {
        Born::On(day) => day,
        Born::Age(years) => half_a_year_after_the_birthday(years, case.on),
    };
    PatientJournal {
        person: Person {
            birth: Some(birth),
            sex: case.sex,
            lives_alone: case.lives_alone,
            listed_since: Some(case.listed_since.unwrap_or(birth)),
            died_on: None,
        },
        diagnoses: case.diagnoses.iter().filter_map(diagnosis).collect(),
        medicines: case.medicines.iter().filter_map(medicine).collect(),
        contacts: case.contacts.iter().map(contact).collect(),
        measurements: case.measurements.iter().map(measurement).collect(),
        functions: case.functions.iter().map(function).collect(),
        services: case.services.iter().map(service).collect(),
    }
}

fn half_a_year_after_the_birthday(years: i32, on: Day) -> Day {
    let (year, month, _) = on.plus(-183).ymd();
    Day::from_ymd(year - years, month, 1).unwrap()
}

fn diagnosis(row: &tidlig::model::cases::CaseDiagnosis) -> Option<DiagnosisRow> {
    let code = Code::read(row.system, &row.code)?.as_str().to_owned();
    let (date, recorded_on) = (row.day, row.recorded_on);
    Some(DiagnosisRow { date, recorded_on, system: row.system, code, source: row.source.clone() })
}

fn medicine(row: &tidlig::model::cases::CaseMedicine) -> Option<MedicineRow> {
    Some(MedicineRow {
        date: row.day,
        recorded_on: row.recorded_on,
        atc: Code::read(CodeSystem::Atc, &row.atc)?.as_str().to_owned(),
        until: row.until,
        stopped_on: row.stopped_on,
        regular: row.regular,
    })
}

fn contact(row: &tidlig::model::cases::CaseContact) -> ContactRow {
    let kind = ContactKind::parse(&row.kind).unwrap();
    ContactRow { date: row.day, recorded_on: row.recorded_on, kind, role: row.role.clone() }
}

fn measurement(row: &tidlig::model::cases::CaseMeasurement) -> MeasurementRow {
    MeasurementRow {
        date: row.day,
        recorded_on: row.recorded_on,
        code: row.code.to_uppercase(),
        value: row.value,
        unit: row.unit.clone(),
        comparator: Comparator::parse(row.comparator).unwrap(),
    }
}

fn function(row: &tidlig::model::cases::CaseFunction) -> FunctionRow {
    FunctionRow {
        date: row.day,
        recorded_on: row.recorded_on,
        instrument: row.instrument.to_uppercase(),
        item: row.item.to_lowercase(),
        score: row.score,
    }
}

fn service(row: &tidlig::model::cases::CaseService) -> ServiceRow {
    ServiceRow { service: row.service.to_lowercase(), from: row.from, until: row.until }
}

/// Everything that the case states and the answer does not say.
fn differences(rules: &RuleSet, case: &Case, answer: &SetAnswer) -> Vec<String> {
    let expect = &case.expect;
    let mut faults = Vec::new();
    let mut compare = |what: &str, found: String, expected: Option<String>| {
        if let Some(expected) = expected.filter(|expected| *expected != found) {
            faults.push(format!("{what} is {found}, not {expected}"));
        }
    };
    compare("in_population", answer.score.is_some().to_string(), expect.in_population.map(|inside| inside.to_string()));
    let Some(score) = &answer.score else {
        compare("points", "none".to_owned(), expect.points.map(|points| points.to_string()));
        return faults;
    };
    compare("points", score.value.to_string(), expect.points.map(|points| points.to_string()));
    compare("lower", score.lower.to_string(), expect.lower.map(|points| points.to_string()));
    compare("upper", score.upper.to_string(), expect.upper.map(|points| points.to_string()));
    compare("gate", format!("{:?}", score.gate), expect.gate.map(|gate| format!("{gate:?}")));
    let band = score.band.map(|band| rules.bands[band].name.clone());
    compare("band", format!("{band:?}"), expect.band.as_ref().map(|band| format!("{band:?}")));
    let named = |wanted: fn(State) -> bool, name: &dyn Fn(Part) -> Option<String>| {
        let mut names: Vec<String> =
            answer.lines.iter().filter(|line| wanted(line.state)).filter_map(|line| name(line.part)).collect();
        names.sort();
        format!("{names:?}")
    };
    let stated = |names: &Option<Vec<String>>| {
        names.clone().map(|mut names| {
            names.sort();
            format!("{names:?}")
        })
    };
    let criterion = |part| if let Part::Criterion(i) = part { Some(rules.criteria[i].name.clone()) } else { None };
    let cap = |part| if let Part::Cap(i) = part { Some(rules.caps[i].name.clone()) } else { None };
    let note = |part| if let Part::Note(i) = part { Some(rules.notes[i].name.clone()) } else { None };
    let met: fn(State) -> bool = |state| state == State::Met;
    // Before the gate holds nothing fires.
    let fires = if score.gate == Tri::Yes { met } else { |_| false };
    compare("fires", named(fires, &criterion), stated(&expect.fires));
    compare("unknown", named(|state| state == State::Unknown, &criterion), stated(&expect.unknown));
    compare("silenced", named(|state| matches!(state, State::Silenced(_)), &criterion), stated(&expect.silenced));
    compare("caps", named(met, &cap), stated(&expect.caps));
    compare("notes", named(met, &note), stated(&expect.notes));
    faults
}
