//! Rule sets written as flat tables, and read again.

use crate::files::folder::Folder;
use crate::models::{done, journal, values, write};
use crate::{CONFIGURATION, USAGE, ended, tidlig};
use std::fs;

#[test]
fn tables_are_written_and_read_again() {
    let folder = Folder::new();
    journal(&folder);
    done(&folder, &["models", "export", "charlson-quan-2011", "-o", "tables"]);
    done(&folder, &["models", "import", "tables", "-o", "own", "--id", "from-tables"]);
    let text = done(&folder, &["models", "diff", "charlson-quan-2011", "own/from-tables", "--lang", "en"]);
    assert!(text.contains("Nothing is other."), "{text}");
    assert_eq!(values(&folder, "from-tables"), values(&folder, "charlson-quan-2011"));
    ended(
        &tidlig(folder.path(), &["models", "import", "tables", "-o", "own", "--id", "from-tables"]),
        USAGE,
        &["already"],
    );
}

#[test]
fn tables_carry_measurements_contacts_and_services_too() {
    let folder = Folder::new();
    done(&folder, &["models", "export", "tidlig-frail", "-o", "tables"]);
    let parts = fs::read_to_string(folder.join("tables/parts.csv")).unwrap();
    let inputs = fs::read_to_string(folder.join("tables/inputs.csv")).unwrap();
    assert!(parts.contains(",latest.") && parts.contains(",contact,") && inputs.contains(",measurement,"), "{parts}");
    done(&folder, &["models", "import", "tables", "-o", "own", "--id", "frail-again"]);
    journal(&folder);
    let points = values(&folder, "frail-again");
    assert_eq!(points, values(&folder, "tidlig-frail"));
    assert_eq!(points, [0.0, 1.0, 1.0, 0.0, 0.0], "heart failure and diabetes give a point each");
}

#[test]
fn faults_of_parts_are_told_with_their_rows() {
    let folder = Folder::new();
    done(&folder, &["models", "export", "tidlig-frail", "-o", "tables"]);
    let parts = fs::read_to_string(folder.join("tables/parts.csv")).unwrap();
    let row = parts.lines().find(|line| line.contains(",latest.below,")).unwrap();
    let input = row.split(',').next().unwrap();
    let wrong = format!("{input},latest.below,low\n{input},latest.belov,3\nnobody,lab,hb");
    write(&folder, "tables/parts.csv", &parts.replace(row, &wrong));
    let says = ["expected a number", "found `low`", "unknown key `latest.belov`", "unknown input `nobody`"];
    ended(&tidlig(folder.path(), &["models", "import", "tables", "--id", "again"]), CONFIGURATION, &says);
    assert!(!folder.join("again").exists(), "nothing is half imported");
}

#[test]
fn faults_of_tables_are_told_with_their_rows() {
    let folder = Folder::new();
    done(&folder, &["models", "export", "charlson-quan-2011", "-o", "tables"]);
    let criteria = fs::read_to_string(folder.join("tables/criteria.csv")).unwrap();
    write(&folder, "tables/criteria.csv", &criteria.replace("heart-failure,,points,2", "heart-failure,,points,many"));
    let codes = fs::read_to_string(folder.join("tables/codes.csv")).unwrap();
    write(&folder, "tables/codes.csv", &codes.replace("dementia,ICD-10,F00,yes", "dementa,ICD-11,F00,yes"));
    let says = ["criteria.csv:3", "found `many`", "unknown input `dementa`", "did you mean `dementia`?"];
    ended(&tidlig(folder.path(), &["models", "import", "tables", "--id", "again"]), CONFIGURATION, &says);
}
