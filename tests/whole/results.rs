//! Reads `scores.parquet` and `contributions.parquet` back.

use crate::files::tables::text_id;
use arrow::array::{
    Array, ArrayRef, BooleanArray, Date32Array, Float64Array, Int64Array, RecordBatch, StringArray, UInt32Array,
};
use arrow::compute::cast;
use arrow::datatypes::DataType;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use std::fs::File;
use std::path::Path;
use tidlig::clinical::Day;

/// Patient, index day, rule set.
pub type Key = (i64, i32, String);

#[derive(Debug, Clone, PartialEq)]
pub struct Scored {
    pub key: Key,
    pub inside: Option<bool>,
    pub value: Option<f64>,
    pub lower: Option<f64>,
    pub upper: Option<f64>,
    pub band: Option<String>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    pub key: (Key, String),
    /// Whether the evidence can be compared.
    pub told: bool,
    pub points: f64,
    pub count: u32,
    pub first_on: Option<Day>,
    pub last_on: Option<Day>,
    pub codes: String,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Read {
    pub scores: Vec<Scored>,
    pub lines: Vec<Line>,
}

impl Read {
    pub fn sorted(mut self) -> Read {
        self.scores.sort_by(|a, b| a.key.cmp(&b.key));
        self.lines.sort_by(|a, b| a.key.cmp(&b.key));
        self
    }
}

pub fn read(folder: &Path) -> Read {
    let mut read = Read::default();
    for batch in batches(&folder.join("scores.parquet")) {
        let keys = keys(&batch);
        let inside = column::<BooleanArray>(&batch, "in_population", &DataType::Boolean);
        let number = |name| column::<Float64Array>(&batch, name, &DataType::Float64);
        let (value, lower, upper) = (number("value"), number("lower"), number("upper"));
        let band = column::<StringArray>(&batch, "band", &DataType::Utf8);
        for (row, key) in keys.into_iter().enumerate() {
            read.scores.push(Scored {
                key,
                inside: inside.is_valid(row).then(|| inside.value(row)),
                value: value.is_valid(row).then(|| value.value(row)),
                lower: lower.is_valid(row).then(|| lower.value(row)),
                upper: upper.is_valid(row).then(|| upper.value(row)),
                band: band.is_valid(row).then(|| band.value(row).to_owned()),
            });
        }
    }
    let contributions = folder.join("contributions.parquet");
    let contributions = if contributions.exists() { batches(&contributions) } else { Vec::new() };
    for batch in contributions {
        let criterion = column::<StringArray>(&batch, "criterion", &DataType::Utf8);
        let points = column::<Float64Array>(&batch, "points", &DataType::Float64);
        let count = column::<UInt32Array>(&batch, "count", &DataType::UInt32);
        let day = |name| column::<Date32Array>(&batch, name, &DataType::Date32);
        let (first, last) = (day("first_on"), day("last_on"));
        let codes = column::<StringArray>(&batch, "codes", &DataType::Utf8);
        for (row, key) in keys(&batch).into_iter().enumerate() {
            let on = |days: &Date32Array| days.is_valid(row).then(|| Day(days.value(row)));
            read.lines.push(Line {
                key: (key, criterion.value(row).to_owned()),
                told: true,
                points: points.value(row),
                count: count.value(row),
                first_on: on(&first),
                last_on: on(&last),
                codes: codes.value(row).to_owned(),
            });
        }
    }
    read.sorted()
}

fn batches(path: &Path) -> Vec<RecordBatch> {
    let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(path).unwrap()).unwrap().build().unwrap();
    reader.map(Result::unwrap).collect()
}

fn keys(batch: &RecordBatch) -> Vec<Key> {
    let ids = batch.column_by_name("patient_id").unwrap();
    let day = column::<Date32Array>(batch, "index_day", &DataType::Date32);
    let model = column::<StringArray>(batch, "model", &DataType::Utf8);
    (0..batch.num_rows()).map(|row| (number(ids, row), day.value(row), model.value(row).to_owned())).collect()
}

/// The patient's number, whichever way the journal wrote it.
fn number(ids: &ArrayRef, row: usize) -> i64 {
    if let Some(whole) = ids.as_any().downcast_ref::<Int64Array>() {
        return whole.value(row);
    }
    let texts = cast(ids, &DataType::Utf8).unwrap();
    let text = texts.as_any().downcast_ref::<StringArray>().unwrap().value(row);
    let number = text[1..].parse().unwrap();
    assert_eq!(text, text_id(number), "an id comes back as it came");
    number
}

fn column<A: Array + Clone + 'static>(batch: &RecordBatch, name: &str, plain: &DataType) -> A {
    let column = batch.column_by_name(name).unwrap_or_else(|| panic!("no column {name}"));
    cast(column, plain).unwrap().as_any().downcast_ref::<A>().unwrap().clone()
}
