//! The published workbook, read back cell by cell: it says what the CSV says.

use crate::practice::sample;
use crate::{DONE, ended, tidlig};
use calamine::{Data, Range, Reader, Xlsx, open_workbook};
use std::fs;
use std::path::Path;
use tidlig::clinical::Day;

/// Rows above which a sheet must have its header.
const HEADER_WITHIN: usize = 20;
/// Columns that CSV and workbook have in common at least.
const SHARED: usize = 12;

#[test]
fn every_cell_of_the_workbook_is_that_of_the_csv() {
    for language in ["nb", "nn", "en"] {
        let folder = sample();
        let profile = folder.join("sample-data/practice.toml");
        let text = fs::read_to_string(&profile).unwrap();
        fs::write(&profile, text.replace("language = \"nb\"", &format!("language = \"{language}\""))).unwrap();
        ended(&tidlig(folder.path(), &["run", "sample-data/practice.toml"]), DONE, &[]);
        let latest = folder.join("practice-out/latest");
        let csv = table(&fs::read_to_string(latest.join("oppfolging.csv")).unwrap());
        let (header, people) = list_sheet(&latest.join("oppfolging.xlsx"), &csv[0], language);
        assert_eq!(people.len(), csv.len() - 1, "{language}: another number of people");
        assert!(!people.is_empty(), "{language}: nobody is listed");
        let shared: Vec<(usize, usize)> = csv[0]
            .iter()
            .enumerate()
            .filter_map(|(at, name)| Some((at, header.iter().position(|other| other == name)?)))
            .collect();
        assert!(shared.len() >= SHARED, "{language}: only {shared:?} of {:?} and {header:?}", csv[0]);
        for (of_csv, of_book) in csv[1..].iter().zip(&people) {
            for (in_csv, in_book) in &shared {
                agree(&csv[0][*in_csv], &of_csv[*in_csv], &of_book[*in_book]);
            }
        }
    }
}

/// Parts stand in the same order; one of the two may say more of a part (a number before it, minutes after it).
fn agree(column: &str, csv: &str, book: &str) {
    let in_csv: Vec<&str> = csv.split(" | ").collect();
    let in_book: Vec<&str> = book.lines().map(|line| line.trim_start_matches("• ")).collect();
    let in_book = if in_book.is_empty() { vec![""] } else { in_book };
    assert_eq!(in_csv.len(), in_book.len(), "{column}: «{csv}» and «{book}»");
    for (a, b) in in_csv.iter().zip(in_book) {
        assert!(a.is_empty() == b.is_empty(), "{column}: «{a}» and «{b}»");
        assert!(a.contains(b) || b.contains(a), "{column}: «{a}» and «{b}»");
    }
}

/// The sheet with the CSV's columns: its header and the people below, as a reader sees them.
fn list_sheet(path: &Path, columns: &[String], language: &str) -> (Vec<String>, Vec<Vec<String>>) {
    let mut book: Xlsx<_> = open_workbook(path).unwrap();
    let sheets: Vec<(String, Range<Data>)> = book.worksheets();
    for (_, sheet) in sheets {
        let rows: Vec<Vec<String>> =
            sheet.rows().map(|row| row.iter().map(|cell| shown(cell, language)).collect()).collect();
        let is_header = |row: &&Vec<String>| columns[..2].iter().all(|name| row.contains(name));
        if let Some(at) = rows.iter().take(HEADER_WITHIN).position(|row| is_header(&row)) {
            let people = rows[at + 1..].iter().filter(|row| row.iter().any(|cell| !cell.is_empty()));
            return (rows[at].clone(), people.cloned().collect());
        }
    }
    panic!("no sheet has the columns {columns:?}");
}

fn shown(cell: &Data, language: &str) -> String {
    match cell {
        Data::Empty => String::new(),
        // Excel counts days from 30 December 1899.
        Data::DateTime(when) => day(Day(when.as_f64() as i32 - 25_569), language),
        Data::Error(error) => panic!("a cell in error: {error}"),
        other => other.to_string(),
    }
}

/// As the CSV writes it for readers of that language.
fn day(day: Day, language: &str) -> String {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let (year, month, of_month) = day.ymd();
    match language {
        "en" => format!("{of_month} {} {year}", MONTHS[month as usize - 1]),
        _ => day.norwegian(),
    }
}

/// The fields of a CSV with semicolons.
fn table(text: &str) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let mut quoted = false;
    for c in text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace("\"\"", "\u{1}").chars() {
        let row = rows.last_mut().unwrap();
        match c {
            '"' => quoted = !quoted,
            ';' if !quoted => row.push(String::new()),
            '\n' if !quoted => rows.push(vec![String::new()]),
            '\u{1}' => row.last_mut().unwrap().push('"'),
            other => row.last_mut().unwrap().push(other),
        }
    }
    rows.retain(|row| row.len() > 1);
    rows
}
