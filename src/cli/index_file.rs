//! Each patient's own index days, from a file of a researcher.

use crate::clinical::Day;
use crate::observe::ids::{Id, IdKind};
use crate::score::days::OwnDays;
use anyhow::{Context, Result, bail};
use arrow::array::{Array, AsArray, RecordBatchReader};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Date32Type, Int64Type};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use std::fs::File;
use std::path::Path;

const PATIENT: &str = crate::journal::column::PATIENT_ID;
const DAY: &str = "index_day";

/// Reads a Parquet file, or a CSV file with comma or semicolon.
///
/// # Errors
/// Says which line or column is wrong, never what it holds.
pub fn read(path: &Path, ids: IdKind) -> Result<OwnDays> {
    if path.extension().is_some_and(|extension| extension == "parquet") {
        return read_parquet(path).with_context(|| format!("{}", path.display()));
    }
    let text = std::fs::read_to_string(path).with_context(|| format!("{}: cannot be read", path.display()))?;
    read_csv(&text, ids).with_context(|| format!("{}", path.display()))
}

fn read_csv(text: &str, ids: IdKind) -> Result<OwnDays> {
    let mut lines = text.trim_start_matches('\u{feff}').lines().enumerate();
    let Some((_, header)) = lines.next() else { bail!("the file is empty; expected the columns {PATIENT} and {DAY}") };
    let delimiter = if header.contains(';') { ';' } else { ',' };
    let place = |name: &str| header.split(delimiter).position(|cell| cell.trim().trim_matches('"') == name);
    let (Some(patient), Some(day)) = (place(PATIENT), place(DAY)) else {
        bail!("expected the columns {PATIENT} and {DAY} in line 1");
    };
    let mut days = OwnDays::default();
    let mut wrong = Vec::new();
    for (number, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
        let cells: Vec<&str> = line.split(delimiter).map(|cell| cell.trim().trim_matches('"')).collect();
        let read_id = |text: &str| text.parse::<i64>().ok();
        match (cells.get(patient), cells.get(day).and_then(|text| Day::parse_iso(text)), ids) {
            (Some(id), Some(day), IdKind::Text) => days.add(Id::Text(id.as_bytes()), day),
            (Some(id), Some(day), IdKind::Whole) if read_id(id).is_some() => {
                days.add(Id::Whole(read_id(id).unwrap_or_default()), day);
            }
            _ => wrong.push((number + 1).to_string()),
        }
    }
    if wrong.is_empty() {
        return Ok(days);
    }
    wrong.truncate(20);
    bail!("no patient and day (yyyy-mm-dd) in line {}", wrong.join(", "))
}

fn read_parquet(path: &Path) -> Result<OwnDays> {
    let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(path)?)?.build()?;
    for name in [PATIENT, DAY] {
        reader.schema().field_with_name(name).with_context(|| format!("column `{name}` is missing"))?;
    }
    let mut days = OwnDays::default();
    for batch in reader {
        let batch = batch?;
        let (Some(ids), Some(dates)) = (batch.column_by_name(PATIENT), batch.column_by_name(DAY)) else { continue };
        let dates = cast(dates, &DataType::Date32).context("column `index_day` holds no dates")?;
        let dates = dates.as_primitive::<Date32Type>();
        let whole = ids.data_type().is_integer();
        let ids = cast(ids, if whole { &DataType::Int64 } else { &DataType::Utf8 })?;
        for row in (0..batch.num_rows()).filter(|row| ids.is_valid(*row) && dates.is_valid(*row)) {
            let day = Day(dates.value(row));
            if whole {
                days.add(Id::Whole(ids.as_primitive::<Int64Type>().value(row)), day);
            } else {
                days.add(Id::Text(ids.as_string::<i32>().value(row).as_bytes()), day);
            }
        }
    }
    Ok(days)
}
