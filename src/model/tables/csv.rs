//! Comma-separated values: written plainly, read as spreadsheets leave them.

use std::collections::HashMap;
use std::fmt::Write;

use crate::model::report::Report;
use crate::model::tree::Span;

/// Writes rows under a header; fields are quoted where they must be.
#[must_use]
pub fn write(header: &[&str], rows: &[Vec<String>]) -> String {
    let mut out = header.join(",");
    out.push('\n');
    for row in rows {
        let fields: Vec<String> = row.iter().map(|field| quoted(field)).collect();
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{}", fields.join(","));
    }
    out
}

fn quoted(field: &str) -> String {
    let plain = !field.contains([',', ';', '"', '\n', '\r']) && field.trim() == field;
    if plain { field.to_owned() } else { format!("\"{}\"", field.replace('"', "\"\"")) }
}

/// One row: its cells by column, and where it stands.
#[derive(Debug, Clone, Default)]
pub struct Row {
    cells: HashMap<&'static str, String>,
    pub span: Span,
}

impl Row {
    /// A cell; empty when the column is not there.
    #[must_use]
    pub fn get(&self, column: &str) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }
}

/// Reads a table with these columns, in any order; unknown columns and rows of another length are told.
pub fn read(text: &str, columns: &'static [&'static str], report: &mut Report) -> Vec<Row> {
    let text = text.strip_prefix('\u{feff}').map_or((text, 0), |rest| (rest, '\u{feff}'.len_utf8()));
    let (text, shift) = text;
    let first = text.lines().next().unwrap_or_default();
    let delimiter = if first.matches(';').count() > first.matches(',').count() { ';' } else { ',' };
    let mut lines = records(text, delimiter, shift).into_iter();
    let Some((header, span)) = lines.next() else {
        report.fault(&(0..0), "the file is empty", "needs a header");
        return Vec::new();
    };
    let places: Vec<Option<&'static str>> =
        header.iter().map(|name| columns.iter().find(|known| **known == name.trim()).copied()).collect();
    for (name, _) in header.iter().zip(&places).filter(|(name, place)| place.is_none() && !name.trim().is_empty()) {
        report.unknown(&span, "column", name.trim(), columns.iter().copied());
    }
    if !places.contains(&Some(columns[0])) {
        report.fault_with(&span, format!("the column `{}` is missing", columns[0]), "the header", columns.join(","));
    }
    let mut rows = Vec::new();
    for (fields, span) in lines.filter(|(fields, _)| fields.iter().any(|field| !field.trim().is_empty())) {
        if fields.len() > header.len() {
            let message = format!("expected {} fields, found {}", header.len(), fields.len());
            report.fault(&span, message, "this row");
        }
        let cells = places.iter().zip(fields).filter_map(|(place, field)| Some(((*place)?, field.trim().to_owned())));
        rows.push(Row { cells: cells.collect(), span });
    }
    rows
}

/// Records and their places; a quoted field may hold the delimiter, line breaks and doubled quotes.
fn records(text: &str, delimiter: char, shift: usize) -> Vec<(Vec<String>, Span)> {
    let mut records = Vec::new();
    let (mut fields, mut field, mut quoted, mut start) = (Vec::new(), String::new(), false, 0);
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' if quoted && chars.peek().is_some_and(|(_, next)| *next == '"') => {
                field.push('"');
                chars.next();
            }
            '"' if quoted => quoted = false,
            '"' if field.trim().is_empty() => {
                field.clear();
                quoted = true;
            }
            '\n' if !quoted => {
                fields.push(std::mem::take(&mut field));
                records.push((std::mem::take(&mut fields), start + shift..at + shift));
                start = at + 1;
            }
            '\r' if !quoted => {}
            c if c == delimiter && !quoted => fields.push(std::mem::take(&mut field)),
            c => field.push(c),
        }
    }
    if !field.is_empty() || !fields.is_empty() {
        fields.push(field);
        records.push((fields, start + shift..text.len() + shift));
    }
    records
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fault::Faults;

    const COLUMNS: &[&str] = &["name", "words"];

    fn rows(text: &str) -> (Vec<(String, String)>, Faults) {
        let mut faults = Faults::new();
        faults.add_source("t.csv", text);
        let rows = read(text, COLUMNS, &mut Report::new("t.csv", &mut faults));
        (rows.iter().map(|row| (row.get("name").to_owned(), row.get("words").to_owned())).collect(), faults)
    }

    #[test]
    fn what_is_written_is_read_again() {
        let there = [("a", "one, two"), ("b", "said \"no\""), ("c", "two\nlines"), ("d", "x;y"), ("e", "")];
        let table: Vec<Vec<String>> = there.iter().map(|(a, b)| vec![(*a).to_owned(), (*b).to_owned()]).collect();
        let (found, faults) = rows(&write(COLUMNS, &table));
        assert!(faults.is_empty(), "{faults}");
        assert_eq!(found, there.map(|(a, b)| (a.to_owned(), b.to_owned())));
    }

    #[test]
    fn a_norwegian_spreadsheet_is_read_too() {
        let (found, faults) = rows("\u{feff}words;name\r\n\"a;b\";x\r\n");
        assert!(faults.is_empty(), "{faults}");
        assert_eq!(found, [("x".to_owned(), "a;b".to_owned())]);
    }

    #[test]
    fn wrong_headers_and_rows_are_told() {
        for (text, expected) in [
            ("", "the file is empty"),
            ("nam,words\na,b\n", "unknown column `nam`"),
            ("words\na\n", "the column `name` is missing"),
            ("name,words\na,b,c\n", "expected 2 fields, found 3"),
        ] {
            assert!(rows(text).1.to_string().contains(expected), "{text}");
        }
    }
}
