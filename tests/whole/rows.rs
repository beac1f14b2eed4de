//! Patients as rows of the canonical tables.

use crate::files::tables::{Cell, Row, Tables};
use tidlig::clinical::Day;
use tidlig::journal::patient::{Comparator, PatientJournal};
use tidlig::journal::tables::Table;

/// All patients' rows, table by table; the patient's place in the list is her number.
pub fn tables(journals: &[PatientJournal]) -> Tables {
    let scored = Table::ALL.into_iter().filter(|table| *table != Table::Blocks);
    scored
        .map(|table| (table, journals.iter().enumerate().flat_map(|(i, j)| rows(table, i as i64, j)).collect()))
        .collect()
}

fn rows(table: Table, id: i64, journal: &PatientJournal) -> Vec<Row> {
    match table {
        Table::Patients => vec![patient(id, journal)],
        Table::Diagnoses => {
            let row = |r: &tidlig::journal::patient::DiagnosisRow| {
                let known = [("system", text(r.system.name())), ("code", text(&r.code)), ("source", text(&r.source))];
                named(table, id, r.date, r.recorded_on, &known)
            };
            journal.diagnoses.iter().map(row).collect()
        }
        Table::Medicines => {
            let row = |r: &tidlig::journal::patient::MedicineRow| {
                let regular = r.regular.map_or(Cell::Empty, Cell::Flag);
                let (until, stopped_on) = (day(r.until), day(r.stopped_on));
                let known = [("atc", text(&r.atc)), ("until", until), ("stopped_on", stopped_on), ("regular", regular)];
                named(table, id, r.date, r.recorded_on, &known)
            };
            journal.medicines.iter().map(row).collect()
        }
        Table::Contacts => {
            let row = |r: &tidlig::journal::patient::ContactRow| {
                named(table, id, r.date, r.recorded_on, &[("kind", text(r.kind.name())), ("role", text(&r.role))])
            };
            journal.contacts.iter().map(row).collect()
        }
        Table::Measurements => {
            let row = |r: &tidlig::journal::patient::MeasurementRow| {
                let sign = if r.comparator == Comparator::Exact { Cell::Empty } else { text(r.comparator.sign()) };
                let value = ("value", Cell::Number(r.value));
                let known = [("code", text(&r.code)), value, ("unit", text(&r.unit)), ("comparator", sign)];
                named(table, id, r.date, r.recorded_on, &known)
            };
            journal.measurements.iter().map(row).collect()
        }
        Table::Functions => {
            let row = |r: &tidlig::journal::patient::FunctionRow| {
                let score = ("score", Cell::Number(r.score));
                let known = [("instrument", text(&r.instrument)), ("item", text(&r.item)), score];
                named(table, id, r.date, r.recorded_on, &known)
            };
            journal.functions.iter().map(row).collect()
        }
        Table::Services => {
            let row = |r: &tidlig::journal::patient::ServiceRow| {
                fill(table, id, &[("service", text(&r.service)), ("from", day(r.from)), ("until", day(r.until))])
            };
            journal.services.iter().map(row).collect()
        }
        Table::Blocks => Vec::new(),
    }
}

fn patient(id: i64, journal: &PatientJournal) -> Row {
    let person = &journal.person;
    let known = [
        ("birth_date", day(person.birth)),
        ("sex", person.sex.map_or(Cell::Empty, |sex| text(sex.name()))),
        ("listed_since", day(person.listed_since)),
        ("died_on", day(person.died_on)),
        ("lives_alone", person.lives_alone.map_or(Cell::Empty, Cell::Flag)),
    ];
    fill(Table::Patients, id, &known)
}

fn named(table: Table, id: i64, date: Day, recorded_on: Option<Day>, known: &[(&str, Cell)]) -> Row {
    let mut all = vec![("date", Cell::Date(date)), ("recorded_on", day(recorded_on))];
    all.extend(known.iter().cloned());
    fill(table, id, &all)
}

/// A row in the table's own order; what is not known is empty.
fn fill(table: Table, id: i64, known: &[(&str, Cell)]) -> Row {
    let cell = |name: &str| match name {
        "patient_id" => Cell::Id(id),
        _ => known.iter().find(|(known, _)| *known == name).map_or(Cell::Empty, |(_, cell)| cell.clone()),
    };
    table.columns().iter().map(|column| cell(column.name)).collect()
}

/// An empty text is written as nothing.
fn text(value: &str) -> Cell {
    if value.is_empty() { Cell::Empty } else { Cell::Text(value.to_owned()) }
}

fn day(value: Option<Day>) -> Cell {
    value.map_or(Cell::Empty, Cell::Date)
}
