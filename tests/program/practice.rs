//! A journal in canonical tables and a copy of the sample practice, to run the program on.

use crate::files::folder::Folder;
use crate::files::tables::{Cell, Numbers, Row, Tables};
use std::fs;
use std::path::Path;
use tidlig::clinical::Day;
use tidlig::journal::tables::Table;

pub const ON: &str = "2026-03-02";

/// Patients with facts in all tables that are scored, sorted by patient.
pub fn journal(patients: i64) -> Tables {
    let mut numbers = Numbers(7);
    let mut tables: Tables = Table::ALL.into_iter().filter(|t| *t != Table::Blocks).map(|t| (t, Vec::new())).collect();
    for id in 0..patients {
        for (table, rows) in &mut tables {
            let count = if *table == Table::Patients { 1 } else { numbers.below(8) };
            rows.extend((0..count).map(|_| row(&mut numbers, *table, id)));
        }
    }
    tables
}

fn row(numbers: &mut Numbers, table: Table, id: i64) -> Row {
    table.columns().iter().map(|column| cell(numbers, table, column.name, id)).collect()
}

fn cell(numbers: &mut Numbers, table: Table, column: &str, id: i64) -> Cell {
    // Kinds of every source, so that all are delivered however the tables are written.
    const KINDS: [&str; 7] = ["office", "missed", "phone", "out_of_hours", "booked", "recall", "lab_not_taken"];
    let mut pick = |of: &[&str]| Cell::Text(of[numbers.below(of.len() as u64) as usize].to_owned());
    match (table, column) {
        (_, "patient_id") => Cell::Id(id),
        // Nobody is born after the first fact.
        (Table::Patients, "birth_date") => Cell::Date(day().plus(-2_000 - numbers.below(34_000) as i32)),
        (Table::Patients, "listed_since") => some_day(numbers, 4_000),
        (Table::Patients, "lives_alone") => Cell::Flag(id % 3 == 0),
        (Table::Patients, "sex") => pick(&["female", "male"]),
        (Table::Diagnoses, "system") => pick(&["ICD-10"]),
        (Table::Diagnoses, "code") => pick(&["I50.9", "e112", "C780", "C509", "F00", "N18", "S062", "W190", "K703"]),
        (Table::Medicines, "atc") => pick(&["A10BA02", "C09AA05", "N05AH03", "B01AF02", "N02AA01"]),
        (Table::Contacts, "kind") => pick(&KINDS),
        (Table::Measurements, "code") => pick(&["NPU27300"]),
        (Table::Measurements, "unit") => pick(&["mmol/mol"]),
        (Table::Measurements, "value") => Cell::Number(30.0 + numbers.below(60) as f64),
        (Table::Functions, "instrument") => pick(&["CFS"]),
        (Table::Functions, "score") => Cell::Number(1.0 + numbers.below(9) as f64),
        (Table::Services, "service") => pick(&["home_nursing", "day_centre"]),
        (_, "date" | "from") => some_day(numbers, 2_000),
        _ => Cell::Empty,
    }
}

fn day() -> Day {
    Day::parse_iso(ON).unwrap()
}

fn some_day(numbers: &mut Numbers, back: u64) -> Cell {
    Cell::Date(day().plus(-(numbers.below(back) as i32)))
}

/// A folder with the sample practice as it is shipped.
pub fn sample() -> Folder {
    let folder = Folder::new();
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data"), &folder.join("sample-data"));
    folder
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let (path, copied) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy(&path, &copied);
        } else {
            fs::copy(&path, &copied).unwrap();
        }
    }
}
