//! Tables that people filled in: a workbook or a CSV, as rows of cells with the numbers they have in the file.

mod csv;

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};

use crate::clinical::Day;

/// One sheet of a workbook, or a whole CSV.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// Empty for a CSV.
    pub name: String,
    /// Row number as the reader sees it, from 1, and the row's cells; empty rows are left out.
    pub rows: Vec<(usize, Vec<Cell>)>,
}

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    Text(String),
    Number(f64),
    Day(Day),
}

/// The file is neither a workbook nor a table of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable(pub String);

/// Workbooks beyond this are none that a person filled in.
const MOST_BYTES: usize = 64 << 20;

/// Reads a workbook (known by its content) or a CSV of any usual encoding and delimiter.
///
/// # Errors
/// When the workbook is damaged, or the bytes are no text.
pub fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, Unreadable> {
    if bytes.len() > MOST_BYTES {
        return Err(Unreadable(format!("more than {} MB", MOST_BYTES >> 20)));
    }
    if bytes.starts_with(b"PK") {
        workbook(bytes)
    } else if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        Err(Unreadable("an old or encrypted workbook (.xls); save as .xlsx without a password".to_owned()))
    } else {
        csv::read(bytes).map(|rows| vec![Sheet { name: String::new(), rows }])
    }
}

fn workbook(bytes: &[u8]) -> Result<Vec<Sheet>, Unreadable> {
    let damaged = |error: calamine::XlsxError| Unreadable(error.to_string());
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut sheets = Vec::new();
    for name in book.sheet_names() {
        let range = book.worksheet_range(&name).map_err(damaged)?;
        let first = range.start().map_or(0, |(row, _)| row as usize);
        let column = range.start().map_or(0, |(_, column)| column as usize);
        let rows = range.rows().enumerate().map(|(index, row)| {
            let empty = std::iter::repeat_n(Cell::Text(String::new()), column);
            (first + index + 1, empty.chain(row.iter().map(cell)).collect::<Vec<_>>())
        });
        let rows = rows.filter(|(_, cells)| cells.iter().any(|cell| !cell.is_empty())).collect();
        sheets.push(Sheet { name, rows });
    }
    Ok(sheets)
}

fn cell(data: &Data) -> Cell {
    match data {
        Data::Float(number) => Cell::Number(*number),
        Data::Int(number) => Cell::Number(*number as f64),
        Data::DateTime(moment) if moment.is_datetime() => {
            serial(moment.as_f64()).map_or(Cell::Number(moment.as_f64()), Cell::Day)
        }
        Data::DateTime(moment) => Cell::Number(moment.as_f64()),
        Data::DateTimeIso(text) => text.get(..10).and_then(Day::parse_iso).map_or_else(|| Cell::text(text), Cell::Day),
        Data::Bool(true) => Cell::text("x"),
        Data::Empty | Data::Bool(false) => Cell::text(""),
        // A formula's error is told as a text that nothing can be read from.
        Data::Error(error) => Cell::text(&error.to_string()),
        Data::String(text) | Data::DurationIso(text) => Cell::text(text),
        #[expect(unreachable_patterns, reason = "kinds of cells that a later release of the reader may add")]
        other => Cell::text(&other.to_string()),
    }
}

/// Excel's day count; 60 is the 29 February 1900 that never was.
fn serial(number: f64) -> Option<Day> {
    let days = number.floor();
    (61.0..200_000.0).contains(&days).then(|| Day(days as i32 - 25_569))
}

impl Cell {
    fn text(text: &str) -> Cell {
        Cell::Text(text.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        matches!(self, Cell::Text(text) if text.is_empty())
    }

    /// As a person reads it; whole numbers without decimals.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Cell::Text(text) => text.clone(),
            Cell::Number(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
            Cell::Number(number) => number.to_string(),
            Cell::Day(day) => day.norwegian(),
        }
    }

    /// A date cell, `dd.mm.yyyy`, `d.m.yy`, `dd/mm/yyyy` or `yyyy-mm-dd`, or Excel's day count.
    #[must_use]
    pub fn day(&self) -> Option<Day> {
        match self {
            Cell::Day(day) => Some(*day),
            Cell::Number(number) => serial(*number),
            Cell::Text(text) => day(text),
        }
    }

    /// A whole number.
    #[must_use]
    pub fn whole(&self) -> Option<u32> {
        match self {
            Cell::Number(number) if number.fract() == 0.0 && (0.0..=1e9).contains(number) => Some(*number as u32),
            Cell::Text(text) => text.replace(['\u{a0}', ' '], "").parse().ok(),
            _ => None,
        }
    }
}

/// A day as people write it. Two-digit years are of this century: nothing here lies before 2000 but births, and those
/// have four digits.
#[must_use]
pub fn day(text: &str) -> Option<Day> {
    let text = text.trim().trim_end_matches('.');
    let text = text.split_once([' ', 'T']).map_or(text, |(day, _)| day);
    if let Some(day) = Day::parse_iso(text) {
        return Some(day);
    }
    let parts: Vec<&str> = text.split(['.', '/', '-']).collect();
    let [day, month, year] = parts.as_slice() else { return None };
    let number = |text: &str| (text.len() <= 4).then(|| text.parse::<u32>().ok()).flatten();
    let year = match (number(year)?, year.len()) {
        (year, 4) => year,
        (year, 2) => 2000 + year,
        _ => return None,
    };
    Day::from_ymd(i32::try_from(year).ok()?, number(month)?, number(day)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_people_write_them() {
        let expected = Day::parse_iso("2026-03-02");
        for text in ["2026-03-02", "02.03.2026", "2.3.26", "2/3/2026", "02.03.2026 00:00", "2.3.2026."] {
            assert_eq!(Cell::text(text).day(), expected, "{text}");
        }
        assert_eq!(Cell::Number(46_083.0).day(), expected);
        for text in ["", "31.02.2026", "i morgen", "2.3", "2026"] {
            assert_eq!(Cell::text(text).day(), None, "{text}");
        }
    }

    #[test]
    fn a_workbook_keeps_its_row_numbers_and_dates() {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet().set_name("Ark").unwrap();
        sheet.write(3, 1, "Navn").unwrap();
        sheet.write(4, 1, "  Kari   N ").unwrap();
        sheet.write(4, 2, 3.0).unwrap();
        let date = rust_xlsxwriter::ExcelDateTime::from_ymd(2026, 3, 2).unwrap();
        let format = rust_xlsxwriter::Format::new().set_num_format("dd.mm.yyyy");
        sheet.write_datetime_with_format(4, 3, &date, &format).unwrap();
        let sheets = sheets(&book.save_to_buffer().unwrap()).unwrap();
        assert_eq!(sheets[0].name, "Ark");
        let (row, cells) = &sheets[0].rows[1];
        assert_eq!((*row, cells[1].words(), cells[2].words()), (5, "Kari N".to_owned(), "3".to_owned()));
        assert_eq!(cells[3].day(), Day::parse_iso("2026-03-02"));
    }

    #[test]
    fn what_is_no_table_is_refused() {
        assert!(sheets(b"PK\x03\x04 cut off").is_err());
        assert!(sheets(&[0xd0, 0xcf, 0x11, 0xe0, 0, 0]).is_err());
        assert!(sheets(&[0, 1, 2, 0, 0, 5, 6]).is_err());
    }
}
