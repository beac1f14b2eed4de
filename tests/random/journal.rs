//! Random journals of one patient.

use super::{MIDDLE, fact_day, recorded_on};
use proptest::prelude::*;
use proptest::sample::select;
use tidlig::clinical::{CodeSystem, Day, Sex};
use tidlig::journal::patient::{
    Comparator, ContactRow, DiagnosisRow, FunctionRow, MeasurementRow, MedicineRow, PatientJournal, Person, ServiceRow,
};
use tidlig::journal::tables::ContactKind;

pub const ICPC2: [&str; 7] = ["T90", "U89", "U891", "K77", "P76", "A28", "A281"];
pub const ICD10: [&str; 8] = ["I50", "I509", "I5", "E10", "E102", "K77", "C44", "C449"];
pub const ATC: [&str; 9] = ["A10BA02", "A10BA03", "A10A", "A10AE04", "N05A", "N05AH02", "C09DX04", "N06DA02", "N06"];
pub const INSTRUMENTS: [&str; 2] = ["CFS", "IPLOS"];
pub const ITEMS: [&str; 3] = ["", "dressing", "eating"];
pub const SERVICES: [&str; 3] = ["home_nursing", "day_centre", "palliative_team"];
pub const ROLES: [&str; 3] = ["", "gp", "nurse"];
pub const PARTS: [&str; 4] = ["", "gp", "hospital", "municipal"];

pub fn journal() -> impl Strategy<Value = PatientJournal> {
    (
        person(),
        prop::collection::vec(diagnosis(), 0..10),
        prop::collection::vec(medicine(), 0..8),
        prop::collection::vec(contact(), 0..10),
        prop::collection::vec(measurement(), 0..10),
        prop::collection::vec(function(), 0..8),
        prop::collection::vec(service(), 0..5),
    )
        .prop_map(|(person, diagnoses, medicines, contacts, measurements, functions, services)| PatientJournal {
            person,
            diagnoses,
            medicines,
            contacts,
            measurements,
            functions,
            services,
        })
}

pub fn person() -> impl Strategy<Value = Person> {
    let birth = prop_oneof![
        8 => (0..100, -400..400).prop_map(|(years, near)| Some(Day(MIDDLE - years * 365 - years / 4 - near))),
        3 => select(vec![18, 40, 65, 75]).prop_map(birthday_today),
        1 => Just(None),
    ];
    let sex = select(vec![Some(Sex::Female), Some(Sex::Male), Some(Sex::Female), Some(Sex::Male), None]);
    let died_on = prop_oneof![15 => Just(None), 1 => fact_day().prop_map(Some)];
    (birth, sex, prop::option::of(any::<bool>()), prop::option::of(fact_day()), died_on).prop_map(
        |(birth, sex, lives_alone, listed_since, died_on)| Person { birth, sex, lives_alone, listed_since, died_on },
    )
}

fn birthday_today(years: i32) -> Option<Day> {
    let (year, month, day) = Day(MIDDLE).ymd();
    Day::from_ymd(year - years, month, day)
}

pub fn diagnosis() -> impl Strategy<Value = DiagnosisRow> {
    let code = prop_oneof![
        select(ICPC2.to_vec()).prop_map(|code| (CodeSystem::Icpc2, code)),
        select(ICD10.to_vec()).prop_map(|code| (CodeSystem::Icd10, code)),
    ];
    (fact_day(), recorded_on(), code, select(PARTS.to_vec())).prop_map(|(date, recorded_on, (system, code), source)| {
        DiagnosisRow { date, recorded_on, system, code: code.to_owned(), source: source.to_owned() }
    })
}

pub fn medicine() -> impl Strategy<Value = MedicineRow> {
    let until = prop_oneof![Just(None), fact_day().prop_map(Some), Just(Some(Day(MIDDLE + 60)))];
    let stopped_on = prop_oneof![3 => Just(None), 1 => fact_day().prop_map(Some)];
    let regular = select(vec![None, Some(true), Some(false)]);
    (fact_day(), recorded_on(), select(ATC.to_vec()), until, stopped_on, regular).prop_map(
        |(date, recorded_on, atc, until, stopped_on, regular)| MedicineRow {
            date,
            recorded_on,
            atc: atc.to_owned(),
            until,
            stopped_on,
            regular,
        },
    )
}

pub fn contact() -> impl Strategy<Value = ContactRow> {
    (fact_day(), recorded_on(), select(ContactKind::ALL.to_vec()), select(ROLES.to_vec()))
        .prop_map(|(date, recorded_on, kind, role)| ContactRow { date, recorded_on, kind, role: role.to_owned() })
}

/// Codes, units and round values of the analytes in [`super::inputs`], with units that do not fit among them.
pub fn measurement() -> impl Strategy<Value = MeasurementRow> {
    let result = prop_oneof![
        (select(vec!["NPU27300"]), select(vec!["mmol/mol", "MMOL / mol", "", "%"]), 40..60)
            .prop_map(|(code, unit, value)| (code, unit, f64::from(value))),
        (select(vec!["NPU03835"]), select(vec!["%", "", "mmol/mol"]), 55..80).prop_map(|(code, unit, value)| (
            code,
            unit,
            f64::from(value) / 10.0
        )),
        (select(vec!["WEIGHT"]), select(vec!["kg", "KG", "", "g"]), 400..500).prop_map(|(code, unit, value)| (
            code,
            unit,
            weight(unit, value)
        )),
        Just(("NOR99999", "kg", 1.0)),
    ];
    let comparator = prop_oneof![
        3 => Just(Comparator::Exact),
        1 => select(vec![Comparator::Below, Comparator::AtMost, Comparator::Above, Comparator::AtLeast]),
    ];
    (fact_day(), recorded_on(), result, comparator).prop_map(|(date, recorded_on, (code, unit, value), comparator)| {
        MeasurementRow { date, recorded_on, code: code.to_owned(), value, unit: unit.to_owned(), comparator }
    })
}

/// Tenths of a kilogram in the unit of the row.
fn weight(unit: &str, tenths: i32) -> f64 {
    if unit == "g" { f64::from(tenths * 100) } else { f64::from(tenths) / 10.0 }
}

pub fn function() -> impl Strategy<Value = FunctionRow> {
    (fact_day(), recorded_on(), select(INSTRUMENTS.to_vec()), select(ITEMS.to_vec()), 1..=9).prop_map(
        |(date, recorded_on, instrument, item, score)| FunctionRow {
            date,
            recorded_on,
            instrument: instrument.to_owned(),
            item: item.to_owned(),
            score: f64::from(score),
        },
    )
}

pub fn service() -> impl Strategy<Value = ServiceRow> {
    let end = || prop_oneof![1 => Just(None), 2 => fact_day().prop_map(Some)];
    (select(SERVICES.to_vec()), end(), end()).prop_map(|(service, from, until)| ServiceRow {
        service: service.to_owned(),
        from,
        until,
    })
}
