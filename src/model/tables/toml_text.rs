//! Writing TOML line by line, with every value checked for its kind first.

use std::fmt::Write;

use super::csv::Row;
use crate::clinical::{Points, Text};
use crate::model::report::Report;

/// A text as TOML writes it.
#[must_use]
pub fn quoted(text: &str) -> String {
    // JSON's escapes are TOML's too; a text can always be written.
    serde_json::to_string(text).unwrap_or_default().replace('\u{7f}', "\\u007f")
}

/// A list of texts.
#[must_use]
pub fn list<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    let texts: Vec<String> = texts.into_iter().map(quoted).collect();
    format!("[{}]", texts.join(", "))
}

/// `{ nb = "…", nn = "…", en = "…" }`.
#[must_use]
pub fn sentence(text: &Text) -> String {
    format!("{{ nb = {}, nn = {}, en = {} }}", quoted(&text.nb), quoted(&text.nn), quoted(&text.en))
}

/// What a cell must be.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    Word,
    Whole,
    Number,
    /// Points, with a decimal comma too.
    Points,
    /// `yes` and `no`; only `yes` is written.
    True,
    /// `yes` and `no`, both written.
    Flag,
}

/// `key = value`; an empty cell is left out, and one of the wrong kind is told.
pub fn line(out: &mut String, key: &str, row: &Row, column: &str, kind: Kind, report: &mut Report) {
    if let Some(value) = value(row, column, kind, report) {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{key} = {value}");
    }
}

/// A cell as TOML writes it; `None` when it is empty or says no.
pub fn value(row: &Row, column: &str, kind: Kind, report: &mut Report) -> Option<String> {
    let cell = row.get(column);
    if cell.is_empty() {
        return None;
    }
    let comma = || cell.replace(',', ".").replace('−', "-");
    let (written, expected) = match kind {
        Kind::Word => (Some(quoted(cell)), ""),
        Kind::Whole => (cell.parse::<i64>().ok().map(|n| n.to_string()), "a whole number"),
        Kind::Number => (comma().parse::<f64>().ok().filter(|n| n.is_finite()).map(decimal), "a number"),
        Kind::Points => (Points::parse(&comma()).map(|points| points.to_string()), "points with at most six decimals"),
        Kind::True | Kind::Flag => match (cell, kind) {
            ("yes", _) => (Some("true".to_owned()), ""),
            ("no", Kind::Flag) => (Some("false".to_owned()), ""),
            ("no", _) => return None,
            _ => (None, "`yes` or `no`"),
        },
    };
    if written.is_none() {
        let message = format!("expected {expected} in the column `{column}`, found `{cell}`");
        report.fault(&row.span, message, "this row");
    }
    written
}

fn decimal(number: f64) -> String {
    let text = number.to_string();
    if text.contains(['.', 'e']) { text } else { format!("{text}.0") }
}

/// The three languages under `WHAT_nb`, `WHAT_nn`, `WHAT_en`; `None` when all are empty.
#[must_use]
pub fn words(row: &Row, columns: [&str; 3]) -> Option<Text> {
    let [nb, nn, en] = columns.map(|column| row.get(column));
    (![nb, nn, en].iter().all(|text| text.is_empty())).then(|| Text::new(nb, nn, en))
}
