//! Several codes in one cell.

use super::{Folder, PATIENTS, PATIENTS_CSV, read, rows};
use crate::extract::profile::Profile;
use crate::extract::reason::Reason;
use crate::journal::tables::Table;

const DIAGNOSES: &str = "[[table]]\ntable = \"diagnoses\"\nfile = \"d.csv\"\n\
    columns = { patient_id = \"ID\", date = \"Dato\", code = \"Kode\", system = \"Verk\" }\n";

fn diagnoses(cells: &str, key: &str) -> (Folder, super::ExtractReport) {
    let folder = Folder::new();
    folder.write("patients.csv", PATIENTS_CSV);
    folder.write("d.csv", cells);
    let report = read(&folder, &format!("{PATIENTS}{DIAGNOSES}{key}\n")).unwrap();
    (folder, report)
}

#[test]
fn each_code_of_a_cell_becomes_a_row() {
    let cells = "ID;Dato;Kode;Verk\n1;01.02.2026;K77, T90;ICPC-2\n2;01.02.2026;\"I50.9;E11\";ICD-10\n\
                 3;01.02.2026;\"T90 \"\",\";ICPC-2\n3;02.02.2026;A04;ICPC-2\n";
    let (folder, report) = diagnoses(cells, "split.code = [\",\", \";\"]\nmap.code = { 't90 \"' = \"T89\" }");
    let expected = [
        "1|2026-02-01|ICPC-2|K77|||",
        "1|2026-02-01|ICPC-2|T90|||",
        "2|2026-02-01|ICD-10|E11|||",
        "2|2026-02-01|ICD-10|I509|||",
        "3|2026-02-01|ICPC-2|T89|||",
        "3|2026-02-02|ICPC-2|A04|||",
    ];
    assert_eq!(rows(&folder.out(), "diagnoses"), expected);
    let table = &report.tables[&Table::Diagnoses];
    assert_eq!((table.read, table.kept), (6, 6));
}

#[test]
fn only_the_code_at_fault_is_refused_with_its_line() {
    let cells = "ID;Dato;Kode;Verk\n1;01.02.2026;K77;ICPC-2\n1;01.02.2026;\"T90,\ntull,P76\";ICPC-2\n\
                 2;01.02.2026;,;ICPC-2\n2;x;K77,T90;ICPC-2\n";
    let (folder, report) = diagnoses(cells, "split.code = \",\"");
    let kept = ["1|2026-02-01|ICPC-2|K77|||", "1|2026-02-01|ICPC-2|P76|||", "1|2026-02-01|ICPC-2|T90|||"];
    assert_eq!(rows(&folder.out(), "diagnoses"), kept);
    let refused = &report.tables[&Table::Diagnoses].refused;
    let refused: Vec<_> = refused.iter().map(|(reason, rows)| (*reason, *rows)).collect();
    assert_eq!(refused, [(Reason::BadDate, 2), (Reason::BadCode, 2)]);
    let refusals = folder.refusals();
    assert!(refusals.contains("d.csv;3;Kode;tull;Dette er ikke en kode i kodeverket"), "{refusals}");
    assert_eq!(refusals.matches("d.csv;6;Dato;x;Datoen kan ikke leses").count(), 2, "{refusals}");
}

#[test]
fn wide_cells_are_split_too_and_keep_their_neighbours() {
    let folder = Folder::new();
    folder.write("patients.csv", PATIENTS_CSV);
    folder
        .write("d.csv", "ID;Dato;K1;V1;K2;V2\n1;01.02.2026;K77/T90;ICPC-2;I50;ICD-10\n2;01.02.2026;;;E11/N18;ICD-10\n");
    let tables = format!(
        "{PATIENTS}[[table]]\ntable = \"diagnoses\"\nfile = \"d.csv\"\nsplit.code = \"/\"\n\
         columns = {{ patient_id = \"ID\", date = \"Dato\" }}\n\
         wide = {{ code = [\"K1\", \"K2\"], system = [\"V1\", \"V2\"] }}\n"
    );
    let report = read(&folder, &tables).unwrap();
    let expected = [
        "1|2026-02-01|ICD-10|I50|||",
        "1|2026-02-01|ICPC-2|K77|||",
        "1|2026-02-01|ICPC-2|T90|||",
        "2|2026-02-01|ICD-10|E11|||",
        "2|2026-02-01|ICD-10|N18|||",
    ];
    assert_eq!(rows(&folder.out(), "diagnoses"), expected);
    assert!(report.tables[&Table::Diagnoses].refused.is_empty());
}

#[test]
fn faults_of_the_key_are_told_with_a_suggestion() {
    let faults = |key: &str| {
        let text = format!("[practice]\nname = \"x\"\n{PATIENTS}{DIAGNOSES}{key}\n");
        Profile::parse("practice.toml".as_ref(), &text).unwrap_err().to_string()
    };
    for (key, says) in [
        ("split.date = \",\"", "`date` of the table diagnoses cannot be split"),
        ("split.date = \",\"", "only codes are split: `split.code`"),
        ("split.code = \"\"", "the separator of `code` is empty"),
        ("split.code = \", T\"", "`, T` may stand inside a code"),
        ("split.code = [\",\", 3]", "`code` must be a text or a list of texts"),
        ("split = \",\"", "`split` must be a table"),
        ("splitt.code = \",\"", "did you mean `split`?"),
    ] {
        assert!(faults(key).contains(says), "{key}: {}", faults(key));
    }
    let constant = "[[table]]\ntable = \"medicines\"\nfile = \"m.csv\"\nconstant = { atc = \"A10\" }\n\
                    columns = { patient_id = \"ID\", date = \"Dato\" }\nsplit.atc = \",\"";
    assert!(faults(constant).contains("`atc` is split but not read"));
}
