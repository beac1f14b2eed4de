//! `tidlig score`.

use crate::files::folder::Folder;
use crate::files::tables::{Cell, Layout, Pages, Tables, text_id, write_parquet};
use crate::practice::{ON, journal};
use crate::{CONFIGURATION, DONE, EXTRACT, OUTPUT, USAGE, ended, tidlig};
use std::fs;
use tidlig::journal::tables::Table;

const SORTED: Layout = Layout { row_group: 10_000, whole_number_ids: false, shuffled: None, pages: Pages::Keyed };

fn score(folder: &Folder, more: &[&str]) -> std::process::Output {
    let all = ["score", "--journal", "journal", "--as-of", ON, "-o", "out"];
    tidlig(folder.path(), &[&all[..], more].concat())
}

/// The bytes of both result files.
fn scored(tables: &Tables, layout: Layout, threads: &str) -> [Vec<u8>; 2] {
    let folder = Folder::new();
    write_parquet(&folder.join("journal"), tables, layout);
    ended(&score(&folder, &["--threads", threads]), DONE, &["patients"]);
    ["scores.parquet", "contributions.parquet"].map(|name| fs::read(folder.join("out").join(name)).unwrap())
}

#[test]
fn threads_row_order_and_row_groups_change_no_byte() {
    let tables = journal(400);
    let first = scored(&tables, SORTED, "1");
    for (layout, threads) in [
        (SORTED, "2"),
        (SORTED, "8"),
        (Layout { row_group: 37, ..SORTED }, "2"),
        (Layout { pages: Pages::Plain, ..SORTED }, "2"),
        (Layout { pages: Pages::Small, row_group: 59, ..SORTED }, "2"),
        (Layout { shuffled: Some(1), ..SORTED }, "1"),
        (Layout { shuffled: Some(2), row_group: 101, ..SORTED }, "8"),
    ] {
        assert!(scored(&tables, layout, threads) == first, "{layout:?} on {threads} threads differs");
    }
}

#[test]
fn csv_and_parquet_give_the_same_scores() {
    let all = journal(60);
    // A table that is there delivers all its sources: no recall was made, and that is known.
    let mut few_kinds = journal(60);
    let (_, contacts) = few_kinds.iter_mut().find(|(table, _)| *table == Table::Contacts).unwrap();
    contacts.retain(|row| row.iter().any(|cell| matches!(cell, Cell::Text(text) if text == "office")));
    for tables in [all, few_kinds] {
        let folder = Folder::new();
        write_csv(&folder, &tables);
        ended(&score(&folder, &[]), DONE, &["60 patients"]);
        let found = fs::read(folder.join("out/scores.parquet")).unwrap();
        assert!(found == scored(&tables, SORTED, "2")[0], "scores from CSV differ");
        assert!(!folder.join("out/.journal").exists(), "the converted journal is left behind");
    }
}

fn write_csv(folder: &Folder, tables: &Tables) {
    fs::create_dir(folder.join("journal")).unwrap();
    for (table, rows) in tables {
        let names: Vec<&str> = table.columns().iter().map(|column| column.name).collect();
        let rows: Vec<String> = rows.iter().map(|row| row.iter().map(written).collect::<Vec<_>>().join(",")).collect();
        let text = format!("{}\n{}\n", names.join(","), rows.join("\n"));
        fs::write(folder.join("journal").join(format!("{}.csv", table.name())), text).unwrap();
    }
}

fn written(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Id(id) => text_id(*id),
        Cell::Text(text) => text.clone(),
        Cell::Date(day) => day.to_string(),
        Cell::Number(number) => number.to_string(),
        Cell::Flag(flag) => flag.to_string(),
    }
}

#[test]
fn patients_alone_are_enough() {
    let mut tables = journal(20);
    tables.retain(|(table, _)| *table == Table::Patients);
    let folder = Folder::new();
    write_parquet(&folder.join("journal"), &tables, SORTED);
    ended(&score(&folder, &[]), DONE, &["20 patients", "not delivered, so unknown: diagnoses"]);
}

/// Its name, the files of the journal, and what must be said of them.
type Refused<'a> = (&'a str, &'a [(&'a str, &'a [u8])], &'a [&'a str]);

#[test]
fn a_journal_that_cannot_be_read_is_refused() {
    let whole = Folder::new();
    write_parquet(&whole.join("journal"), &journal(200), SORTED);
    let parquet = fs::read(whole.join("journal/diagnoses.parquet")).unwrap();
    let patients = fs::read(whole.join("journal/patients.parquet")).unwrap();
    let cases: [Refused; 7] = [
        ("nothing", &[], &["patients"]),
        ("empty CSV", &[("patients.csv", b"")], &["patients.csv", "empty"]),
        ("no patient", &[("patients.csv", b"patient_id,birth_date\n")], &["patients.csv", "no patient"]),
        ("missing column", &[("patients.csv", b"patient_id\n1\n")], &["patients.csv", "birth_date"]),
        ("empty Parquet", &[("patients.parquet", b"")], &["patients.parquet"]),
        ("cut", &[("patients.parquet", &patients), ("diagnoses.parquet", &parquet[..900])], &["diagnoses.parquet"]),
        ("no Parquet", &[("patients.parquet", b"patient_id,birth_date\n")], &["patients.parquet"]),
    ];
    for (name, files, says) in cases {
        let folder = Folder::new();
        fs::create_dir(folder.join("journal")).unwrap();
        for (file, bytes) in files {
            fs::write(folder.join("journal").join(file), bytes).unwrap();
        }
        println!("{name}");
        ended(&score(&folder, &[]), EXTRACT, says);
        assert!(!folder.join("out/scores.parquet").exists(), "{name}: no scores are left behind");
    }
}

#[test]
fn the_command_line_is_checked() {
    let folder = Folder::new();
    write_parquet(&folder.join("journal"), &journal(2), SORTED);
    ended(&score(&folder, &["--models", "no-such-set"]), USAGE, &["no-such-set", "known are"]);
    ended(&score(&folder, &["--as-of", "2026-02-30"]), USAGE, &["yyyy-mm-dd"]);
    ended(&tidlig(folder.path(), &["score", "--journal", "journal", "-o", "out"]), USAGE, &["--as-of"]);
    ended(&tidlig(folder.path(), &["scoore"]), USAGE, &["scoore"]);
}

#[test]
fn a_folder_that_cannot_be_written_is_told() {
    let folder = Folder::new();
    write_parquet(&folder.join("journal"), &journal(2), SORTED);
    fs::write(folder.join("out"), "a file, not a folder").unwrap();
    ended(&score(&folder, &[]), OUTPUT, &["out"]);
}

#[test]
fn all_faults_of_a_rule_set_are_told_at_once() {
    let folder = Folder::new();
    write_parquet(&folder.join("journal"), &journal(2), SORTED);
    fs::create_dir_all(folder.join("own/my-set")).unwrap();
    fs::write(folder.join("own/my-set/model.toml"), FIVE_FAULTS).unwrap();
    let says = ["my-set/model.toml", "purpsoe", "X99Q", "ten days", "no-such-input", "no-such-criterion"];
    ended(&score(&folder, &["--models-dir", "own"]), CONFIGURATION, &says);
}

/// A misspelt key, an impossible code, a window that is none, an input and a criterion that are not there.
const FIVE_FAULTS: &str = r#"
id      = "my-set"
version = "1.0.0"
status  = "adapted"
title   = { nb = "a", nn = "a", en = "a" }
purpose = { nb = "a", nn = "a", en = "a" }
purpsoe = "a"
source  = ["a"]
departs = ["a"]

[inputs]
one = { icd10 = ["X99Q"], within = "ever", label = { nb = "a", nn = "a", en = "a" } }
two = { icpc2 = ["T90"], within = "ten days", label = { nb = "a", nn = "a", en = "a" } }

[criteria]
one   = { points = 1, silences = ["no-such-criterion"] }
two   = { points = 1 }
three = { points = 1, input = "no-such-input" }
"#;
