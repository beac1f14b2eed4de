//! Files that cannot be read, and what is said of them.

use super::{Folder, PATIENTS, PATIENTS_CSV, read};
use crate::clinical::Language;
use crate::extract::profile::Profile;
use std::io::Write;

fn message(folder: &Folder, tables: &str) -> String {
    read(folder, tables).map(|_| ()).unwrap_err().message(Language::En)
}

#[test]
fn every_fault_of_every_file_is_told_at_once() {
    let folder = Folder::new();
    folder.write("patients.csv", "ID;Fødd;Kjønn\n1;01.02.1940;K\n");
    folder.write("empty.csv", "");
    let more = |file: &str| {
        format!(
            "[[table]]\ntable = \"diagnoses\"\nfile = \"{file}\"\n\
             columns = {{ patient_id = \"ID\", date = \"Dato\", code = \"Kode\", system = \"Verk\" }}\n"
        )
    };
    let tables = format!("{PATIENTS}{}{}", more("empty.csv"), more("gone.csv"));
    let said = message(&folder, &tables);
    assert!(said.contains("empty.csv: the file is empty"), "{said}");
    assert!(said.contains("gone.csv: there is no such file (practice.toml:11)"), "{said}");
    assert!(said.contains("patients.csv: there is no column «Født» (practice.toml:6). Did you mean «Fødd»?"), "{said}");
    assert!(said.contains("The columns are «ID», «Fødd», «Kjønn»."), "{said}");
}

#[test]
fn files_cut_in_the_middle_are_not_read() {
    let folder = Folder::new();
    folder.write("patients.csv", "ID;Født;Kjønn\n1;01.02.1940;K\n2;03.0");
    assert!(message(&folder, PATIENTS).contains("patients.csv:3: the file ends in the middle"));
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(PATIENTS_CSV.repeat(100).as_bytes()).unwrap();
    let packed = packed.finish().unwrap();
    folder.write("patients.csv", &packed[..packed.len() - 20]);
    assert!(message(&folder, PATIENTS).contains("patients.csv: the file ends in the middle"));
    folder.write("patients.csv", b"PAR1 and then nothing more");
    assert!(message(&folder, PATIENTS).contains("patients.csv: the file ends in the middle"));
    folder.write("patients.csv", b"PK\x03\x04 and then nothing more");
    assert!(message(&folder, PATIENTS).contains("patients.csv: the file ends in the middle"));
}

#[test]
fn a_told_encoding_is_held_to() {
    let folder = Folder::new();
    folder.write("patients.csv", b"ID;Born;Kjonn;Navn\n1;01.02.1940;K;A\n2;01.02.1940;K;\xC5se\n");
    let told = PATIENTS.replace("Født", "Born").replace("Kjønn", "Kjonn") + "encoding = \"utf-8\"\n";
    assert!(message(&folder, &told).contains("patients.csv:3: the bytes here are not utf-8"));
    let auto = told.replace("utf-8", "auto");
    assert_eq!(read(&folder, &auto).unwrap().patients, 2);
    folder.write("patients.csv", PATIENTS_CSV);
    let said = message(&folder, &format!("{PATIENTS}encoding = \"windows-1252\"\n"));
    assert!(said.contains("patients.csv: the file is in utf-8, but the profile says"), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
}

#[test]
fn a_fault_in_a_zip_names_the_file_inside() {
    let folder = Folder::new();
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in [("a.csv", PATIENTS_CSV), ("b.csv", "ID;Kode\n1;K77\n")] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    folder.write("patients.csv", zip.finish().unwrap().into_inner());
    let said = message(&folder, PATIENTS);
    assert!(said.contains("patients.csv/b.csv: there is no column «Født»"), "{said}");
    assert!(!said.contains("a.csv:"), "{said}");
}

#[test]
fn no_patients_is_an_error_and_a_header_alone_is_not() {
    let folder = Folder::new();
    folder.write("patients.csv", "ID;Født;Kjønn\n");
    assert!(message(&folder, PATIENTS).contains("no patient that can be used"));
    folder.write("patients.csv", "ID;Født;Kjønn\n1;01.01.1900;K\n");
    assert!(message(&folder, PATIENTS).contains("no patient that can be used"));
    folder.write("patients.csv", PATIENTS_CSV);
    folder.write("d.csv", "ID;Dato;Kode;Verk\n");
    let tables = format!(
        "{PATIENTS}[[table]]\ntable = \"diagnoses\"\nfile = \"d.csv\"\n\
         columns = {{ patient_id = \"ID\", date = \"Dato\", code = \"Kode\", system = \"Verk\" }}\n"
    );
    assert_eq!(read(&folder, &tables).unwrap().patients, 3);
    assert!(super::rows(&folder.out(), "diagnoses").is_empty());
}

#[test]
fn every_fault_of_a_profile_is_shown_with_its_place() {
    let text = "[practice]\nname = \"x\"\nlanguage = \"no\"\n[trust]\nrefused_share = 5\n[[table]]\ntable = \"diagnosis\"\n\
                file = \"a.csv\"\n[[table]]\ntable = \"diagnoses\"\nfile = \"a.csv\"\n\
                columns = { patient_id = \"a\", dato = \"b\", code = \"c\" }\n\
                wide.code = [\"d\"]\ndelimeter = \";\"\n";
    let faults = Profile::parse("practice.toml".as_ref(), text).unwrap_err().to_string();
    for part in [
        "`language` cannot be `no`",
        "practice.toml:3:12",
        "`refused_share` is a share from 0 to 1",
        "did you mean `diagnoses`?",
        "has no column `dato`",
        "did you mean `date`?",
        "needs the column `system`",
        "`code` is given twice",
        "unknown key `delimeter`",
        "did you mean `delimiter`?",
    ] {
        assert!(faults.contains(part), "{part}\n{faults}");
    }
}
