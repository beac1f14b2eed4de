//! The tidy tables: one row for each figure, as CSV and as Parquet.

use crate::evaluate::estimate::Told;
use crate::evaluate::study::Row;
use arrow::array::{ArrayRef, Float64Array, Int64Array, RecordBatch, StringArray};
use arrow::datatypes::{DataType, Field, Schema};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use std::fmt::Write;
use std::sync::Arc;

/// The columns of both files.
pub const COLUMNS: [&str; 9] = ["evaluation", "model", "metric", "value", "lower", "upper", "n", "events", "method"];

/// CSV with comma and decimal point. Where there is no number stands `not estimable`, `suppressed` or `none`; the reason
/// is in `method`.
#[must_use]
pub fn csv(rows: &[Row]) -> String {
    let mut out = COLUMNS.join(",");
    out.push('\n');
    for row in rows {
        let count = |count: Option<u64>| count.map_or_else(|| "suppressed".to_owned(), |count| count.to_string());
        let estimate = &row.estimate;
        let numbers = [&estimate.value, &estimate.lower, &estimate.upper].map(cell).join(",");
        let texts = [&row.evaluation, &row.model, &row.metric].map(|text| quoted(text)).join(",");
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{texts},{numbers},{},{},{}", count(row.n), count(row.events), quoted(&method(row)));
    }
    out
}

fn cell(told: &Told) -> String {
    match told {
        // Tiny numbers, as a p value may be, would be long rows of noughts.
        Told::Number(number) if *number != 0.0 && number.abs() < 1e-5 => format!("{number:e}"),
        Told::Number(number) => number.to_string(),
        Told::NotEstimable(_) => "not estimable".to_owned(),
        Told::Suppressed => "suppressed".to_owned(),
        Told::None => "none".to_owned(),
    }
}

/// The method, and the reason where something cannot be estimated.
fn method(row: &Row) -> String {
    match row.estimate.why() {
        Some(why) => format!("{}; not estimable: {why}", row.method),
        None => row.method.clone(),
    }
}

/// A text with a comma or a quote stands in quotes; one that a spreadsheet would take for a formula is made text.
fn quoted(text: &str) -> String {
    let text = if text.starts_with(['=', '+', '-', '@']) { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\n']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

/// The same rows as Parquet. Where there is no number is null, and the reason is in `method`.
///
/// # Errors
/// When the rows cannot be encoded.
pub fn parquet(rows: &[Row]) -> Result<Vec<u8>, ParquetError> {
    let text =
        |of: &dyn Fn(&Row) -> String| -> ArrayRef { Arc::new(StringArray::from_iter_values(rows.iter().map(of))) };
    let number =
        |of: &dyn Fn(&Row) -> Option<f64>| -> ArrayRef { Arc::new(rows.iter().map(of).collect::<Float64Array>()) };
    let count = |of: &dyn Fn(&Row) -> Option<u64>| -> ArrayRef {
        Arc::new(rows.iter().map(|row| of(row).map(|count| count as i64)).collect::<Int64Array>())
    };
    let columns = vec![
        text(&|row| row.evaluation.clone()),
        text(&|row| row.model.clone()),
        text(&|row| row.metric.clone()),
        number(&|row| row.estimate.value.number()),
        number(&|row| row.estimate.lower.number()),
        number(&|row| row.estimate.upper.number()),
        count(&|row| row.n),
        count(&|row| row.events),
        text(&method),
    ];
    let fields = COLUMNS
        .iter()
        .zip(&columns)
        .map(|(name, column)| Field::new(*name, column.data_type().clone(), *column.data_type() != DataType::Utf8));
    let schema = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_created_by(format!("tidlig {}", env!("CARGO_PKG_VERSION")))
        .build();
    let mut writer = ArrowWriter::try_new(Vec::new(), Arc::clone(&schema), Some(properties))?;
    writer.write(&RecordBatch::try_new(schema, columns)?)?;
    writer.into_inner()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::estimate::{Estimate, Why};

    #[test]
    fn no_cell_is_empty() {
        let row = |estimate: Estimate, n| Row {
            evaluation: "decline, soon".to_owned(),
            model: "a".to_owned(),
            metric: "AUROC".to_owned(),
            estimate,
            n,
            events: n,
            method: "count".to_owned(),
        };
        let text = csv(&[
            row(Estimate::number(0.5, 0.25, 0.75), Some(7)),
            row(Estimate::not_estimable(Why::NoEvents), Some(7)),
            row(Estimate::suppressed(), None),
            row(Estimate::plain(3.0), Some(7)),
        ]);
        let lines: Vec<&str> = text.lines().skip(1).collect();
        assert_eq!(lines[0], "\"decline, soon\",a,AUROC,0.5,0.25,0.75,7,7,count");
        assert!(lines[1].ends_with(
            "not estimable,not estimable,not estimable,7,7,count; not estimable: one class only: no events"
        ));
        assert!(lines[2].ends_with("suppressed,suppressed,suppressed,suppressed,suppressed,count"));
        assert!(lines[3].ends_with("3,none,none,7,7,count"));
        assert!(!text.contains(",,"));
        assert_eq!(quoted("=1+1"), "'=1+1");
    }
}
