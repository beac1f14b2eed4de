//! The checked-in cohort of `tests/oracles`: people who never were, with codes as untidy as a journal's.

use arrow::array::{Array, AsArray, RecordBatch};
use arrow::datatypes::{Float64Type, Int32Type, Int64Type};
use parquet::arrow::arrow_reader::{ArrowReaderOptions, ParquetRecordBatchReaderBuilder};
use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;
use tidlig::clinical::{Code, CodeSystem, Day, Sex};
use tidlig::journal::patient::{Comparator, DiagnosisRow, MeasurementRow, MedicineRow, PatientJournal};

/// The index day of the cohort: 2 March 2026.
pub fn index_day() -> Day {
    Day::from_ymd(2026, 3, 2).unwrap()
}

/// The people, in order, with what tidlig keeps of their rows.
pub fn people() -> Vec<PatientJournal> {
    let mut people = Vec::new();
    for table in read("cohort/patients.parquet") {
        for row in 0..table.num_rows() {
            let mut journal = PatientJournal::default();
            journal.person.birth = days_ago(whole(&table, "days", row));
            journal.person.sex = Sex::parse(text(&table, "sex", row));
            people.push(journal);
        }
    }
    each("cohort/diagnoses.parquet", &mut people, diagnosis);
    each("cohort/medicines.parquet", &mut people, medicine);
    each("cohort/measurements.parquet", &mut people, measurement);
    people
}

/// Millionths of points by rule set, one for each person; `None` outside the population.
pub fn expected() -> BTreeMap<String, Vec<Option<i64>>> {
    let mut columns: BTreeMap<String, Vec<Option<i64>>> = BTreeMap::new();
    for table in read("expected.parquet") {
        for (at, field) in table.schema().fields().iter().enumerate() {
            let points = table.column(at).as_primitive::<Int64Type>();
            columns.entry(field.name().clone()).or_default().extend(points.iter());
        }
    }
    columns
}

fn read(name: &str) -> Vec<RecordBatch> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracles").join(name);
    let file = File::open(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    // The types of the file itself, not those of the program that wrote it.
    let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
    let reader = ParquetRecordBatchReaderBuilder::try_new_with_options(file, options).unwrap().build().unwrap();
    reader.map(Result::unwrap).collect()
}

fn each(name: &str, people: &mut [PatientJournal], add: fn(&RecordBatch, usize, &mut PatientJournal)) {
    for table in read(name) {
        for row in 0..table.num_rows() {
            let patient = usize::try_from(whole(&table, "patient", row)).unwrap();
            add(&table, row, &mut people[patient]);
        }
    }
}

fn diagnosis(table: &RecordBatch, row: usize, journal: &mut PatientJournal) {
    let system = CodeSystem::parse(text(table, "system", row)).unwrap();
    let Some(code) = Code::read(system, text(table, "code", row)) else { return };
    let source = text(table, "source", row).to_owned();
    let date = days_ago(whole(table, "days", row)).unwrap();
    journal.diagnoses.push(DiagnosisRow { date, recorded_on: None, system, code: code.as_str().to_owned(), source });
}

fn medicine(table: &RecordBatch, row: usize, journal: &mut PatientJournal) {
    let Some(code) = Code::read(CodeSystem::Atc, text(table, "code", row)) else { return };
    let stopped = table.column_by_name("stopped").unwrap().as_primitive::<Int64Type>();
    let regular = table.column_by_name("regular").unwrap().as_boolean();
    journal.medicines.push(MedicineRow {
        date: days_ago(whole(table, "days", row)).unwrap(),
        recorded_on: None,
        atc: code.as_str().to_owned(),
        until: None,
        stopped_on: stopped.is_valid(row).then(|| Day(index_day().0 - stopped.value(row) as i32)),
        regular: regular.is_valid(row).then(|| regular.value(row)),
    });
}

fn measurement(table: &RecordBatch, row: usize, journal: &mut PatientJournal) {
    journal.measurements.push(MeasurementRow {
        date: days_ago(whole(table, "days", row)).unwrap(),
        recorded_on: None,
        code: "NOR25909".to_owned(),
        value: table.column_by_name("egfr").unwrap().as_primitive::<Float64Type>().value(row),
        unit: "mL/min/1,73 m²".to_owned(),
        comparator: Comparator::Exact,
    });
}

fn days_ago(days: i32) -> Option<Day> {
    Some(Day(index_day().0 - days))
}

fn whole(table: &RecordBatch, column: &str, row: usize) -> i32 {
    table.column_by_name(column).unwrap().as_primitive::<Int32Type>().value(row)
}

fn text<'t>(table: &'t RecordBatch, column: &str, row: usize) -> &'t str {
    table.column_by_name(column).unwrap().as_string::<i32>().value(row)
}
