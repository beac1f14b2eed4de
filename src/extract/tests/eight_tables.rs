//! All eight tables as a Norwegian practice delivers them.

use super::{Folder, PATIENTS, PATIENTS_CSV, read, rows};
use crate::extract::reason::Reason;
use crate::extract::report::Finding;
use crate::journal::manifest::Manifest;
use crate::journal::tables::{Source, Table};

const TABLES: &str = r#"
[[table]]
table = "patients"
file = "pasienter.csv"
columns = { patient_id = "PasientID", birth_date = "Fødselsdato", sex = "Kjønn", name = "Navn", list_status = "Status", no_contact = "Reservert", died_on = "Død", address_protection = "Gradering", national_id = "Fnr" }
[[table]]
table = "diagnoses"
file = "diagnoser*.csv"
columns = { patient_id = "pasient id", date = "Dato", code = "Kode", system = "Kodeverk" }
constant = { source = "gp" }
map.system = { "1" = "ICPC-2", "2" = "ICD-10", "lokal" = "" }
[[table]]
table = "medicines"
file = "legemidler.csv"
columns = { patient_id = "ID", date = "Dato", atc = "ATC", until = "Til", regular = "Fast" }
[[table]]
table = "contacts"
file = "kontakter.csv"
columns = { patient_id = "ID", date = "Dato", kind = "Type", role = "Rolle" }
map.kind = { "Kons" = "office", "Ikke møtt" = "missed", "time" = "booked", "*" = "other" }
[[table]]
table = "measurements"
file = "lab.csv"
columns = { patient_id = "ID", date = "Dato", code = "NPU", value = "Svar", unit = "Enhet" }
[[table]]
table = "functions"
file = "funksjon.csv"
columns = { patient_id = "ID", date = "Dato", score = "Skår" }
constant = { instrument = "cfs" }
[[table]]
table = "services"
file = "tjenester.csv"
columns = { patient_id = "ID", service = "Tjeneste", from = "Fra", until = "Til" }
[[table]]
table = "blocks"
file = "sperringer.csv"
columns = { patient_id = "ID", part = "Del" }
"#;

fn practice() -> Folder {
    let folder = Folder::new();
    let latin = |text: &str| encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
    folder.write(
        "pasienter.csv",
        latin(
            "PasientID;Navn;Fødselsdato;Kjønn;Status;Reservert;Død;Gradering;Fnr\r\n\
             10;Åse Ås;02.01.1932;K;bosatt;Nei;;;02013299997\r\n\
             9;\"Øye; Per\";01.02.1940;M;doed;J;01.01.2020;;\r\n\
             11;Ny;05.05.1980;X;foedselsregistrert;kanskje;;fortrolig;\r\n\
             12;Feil;01.01.1900;K;bosatt;;;;\r\n",
        ),
    );
    folder.write(
        "diagnoser1.csv",
        latin(
            "Pasient ID;Dato;Kode;Kodeverk;\r\n\
             10;01.03.2026;K77;1;\r\n\
             9;1.3.24;i50.9†;ICD-10;\r\n\
             10;01.03.2026;F20;;\r\n\
             77;01.03.2026;K77;1;\r\n\
             12;01.03.2026;K77;1;\r\n\
             10;x;K77;1;\r\n\
             10;01.03.1931;K77;1;\r\n\
             10;01.03.2026;tull;1;\r\n\
             10;01.03.2026;x1;lokal;\r\n\
             10;01.03.2026;P76;1;\r\n\
             10;01.03.2026;K77\r\n",
        ),
    );
    folder.write("diagnoser2.csv", "PasientId,Kode,Dato,KODEVERK\n11,R74.0001,2025-12-31,ICPC-2B\n");
    folder.write(
        "legemidler.csv",
        "ID\tDato\tATC\tTil\tFast\n9\t2025-01-01\ta10ba02\t2025-04-01\tx\n10\t2025-01-01\tN05BA01\t\tNei\n",
    );
    folder.write(
        "kontakter.csv",
        "ID;Dato;Type;Rolle\n9;28.02.2026;Kons;Lege\n9;03.03.2026;time;\n9;01.10.2025;ikke møtt;\n9;01.10.2025;brev;\n",
    );
    folder.write(
        "lab.csv",
        latin("ID;Dato;NPU;Svar;Enhet\r\n9;01.02.2026;npu27300;7,2;%\r\n9;01.02.2026;NPU04998;<60;µmol/L\r\n9;01.02.2026;NPU04998;negativ;\r\n10;01.02.2026;NPU04998;1\u{a0}234,5;\r\n"),
    );
    folder.write("funksjon.csv", "ID;Dato;Skår\n9;45352;5\n");
    folder.write("tjenester.csv", "ID;Tjeneste;Fra;Til\n9;Home_Nursing;;\n9;home_nursing;01.02.2026;31.12.2026\n");
    folder.write("sperringer.csv", "ID;Del\n10;P\n10;psykiatri\n");
    folder
}

#[test]
fn every_table_becomes_canonical() {
    let folder = practice();
    let report = read(&folder, TABLES).unwrap();
    let out = folder.out();
    assert_eq!(
        rows(&out, "patients"),
        [
            "9|1940-02-01|male||doed||Øye; Per|2020-01-01||true|||||",
            "10|1932-01-02|female||bosatt||Åse Ås|||false|||||false",
            "11|1980-05-05|||foedselsregistrert||Ny||fortrolig|true|||||",
        ]
    );
    assert_eq!(rows(&out, "diagnoses"), ["9|2024-03-01|ICD-10|I509||gp|", "11|2025-12-31|ICPC-2|R74||gp|"]);
    assert_eq!(rows(&out, "medicines"), ["9|2025-01-01|A10BA02|2025-04-01||true||"]);
    assert_eq!(
        rows(&out, "contacts"),
        ["9|2025-10-01|missed||||", "9|2025-10-01|other||||", "9|2026-02-28|office|lege||", "9|2026-03-03|booked|||"]
            .map(|row| row.replacen("||||", "|||", 1))
    );
    assert_eq!(rows(&out, "measurements"), ["9|2026-02-01|NPU04998|60.0|µmol/L|<|", "9|2026-02-01|NPU27300|7.2|%||"]);
    assert_eq!(rows(&out, "functions"), ["9|2024-03-01|CFS||5.0|"]);
    assert_eq!(rows(&out, "services"), ["9|home_nursing|||", "9|home_nursing|2026-02-01|2026-12-31|"]);
    assert_eq!(rows(&out, "blocks"), ["10|P||", "10|psykiatri||"]);
    let diagnoses = &report.tables[&Table::Diagnoses];
    assert_eq!((diagnoses.read, diagnoses.kept), (12, 2));
    for (reason, rows) in [
        (Reason::NoSystem, 1),
        (Reason::UnknownPatient, 1),
        (Reason::RefusedPatient, 1),
        (Reason::BadDate, 1),
        (Reason::BeforeBirth, 1),
        (Reason::BadCode, 1),
        (Reason::LeftOut, 1),
        (Reason::FewFields, 1),
        // The unknown word «psykiatri» blocks the whole record.
        (Reason::Blocked, 2),
    ] {
        assert_eq!(diagnoses.refused.get(&reason), Some(&rows), "{reason:?}");
    }
    assert_eq!(report.tables[&Table::Measurements].refused[&Reason::TextValue], 1);
    assert_eq!((report.patients, report.integer_ids), (3, true));
    assert_eq!((report.register.dead, report.register.unknown, report.register.no_contact), (1, 1, 2));
    assert_eq!(report.register.protected, 1);
    for finding in [Finding::UnknownSex, Finding::UnreadReservation, Finding::UnknownPart] {
        assert_eq!(report.findings.get(&finding), Some(&1), "{finding:?}");
    }
}

#[test]
fn sources_are_judged_by_kinds_and_age() {
    let folder = practice();
    let report = read(&folder, TABLES).unwrap();
    assert!(report.sources.has(Source::Contacts) && report.sources.has(Source::Appointments));
    assert!(!report.sources.has(Source::Recalls) && !report.sources.has(Source::Acute));
    assert!(report.stale.iter().any(|(source, _)| *source == Source::Medicines));
    let manifest = Manifest::read(&folder.out()).unwrap().unwrap();
    assert_eq!(manifest.sources(), report.sources);
    assert_eq!(manifest.tables["patients"].rows, 3);
}

#[test]
fn refusals_say_where_and_why_and_hide_what_is_blocked() {
    let folder = practice();
    read(&folder, TABLES).unwrap();
    let refusals = folder.refusals();
    assert!(refusals.starts_with("\u{feff}fil;linje;kolonne;verdi;grunn\r\n"));
    for line in [
        "diagnoser1.csv;4;Kodeverk;;Kodeverk mangler\r\n",
        "diagnoser1.csv;5;Pasient ID;77;Pasienten står ikke i pasientfilen\r\n",
        "diagnoser1.csv;7;Dato;x;Datoen kan ikke leses\r\n",
        "diagnoser1.csv;12;;;Raden har færre felt enn overskriften\r\n",
        "pasienter.csv;5;Fødselsdato;01.01.1900;Fødselsdato mangler\r\n",
        "lab.csv;4;Svar;negativ;Verdien er ikke et tall\r\n",
    ] {
        assert!(refusals.contains(line), "{line}\n{refusals}");
    }
    assert!(!refusals.contains("P76") && !refusals.contains("N05BA01"), "{refusals}");
    #[cfg(unix)]
    for entry in std::fs::read_dir(folder.out()).unwrap() {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(entry.unwrap().metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }
}

#[test]
fn wide_columns_become_rows() {
    let folder = Folder::new();
    folder.write("patients.csv", PATIENTS_CSV);
    folder.write("krav.csv", "ID;Dato;d1;d2;d3\n1;01.01.2026;K77;;T90\n2;01.01.2026;;;\n2;02.01.2026;;A97;\n");
    let tables = format!(
        "{PATIENTS}[[table]]\ntable = \"diagnoses\"\nfile = \"krav.csv\"\n\
         columns = {{ patient_id = \"ID\", date = \"Dato\" }}\nconstant = {{ system = \"ICPC-2\" }}\n\
         wide.code = [\"d1\", \"d2\", \"d3\"]\n"
    );
    let report = read(&folder, &tables).unwrap();
    assert_eq!(
        rows(&folder.out(), "diagnoses"),
        ["1|2026-01-01|ICPC-2|K77|||", "1|2026-01-01|ICPC-2|T90|||", "2|2026-01-02|ICPC-2|A97|||"]
    );
    assert_eq!(report.tables[&Table::Diagnoses].read, 3);
}

#[test]
fn patients_who_stand_twice_keep_their_reservations() {
    let folder = Folder::new();
    folder.write("patients.csv", "ID;Født;Kjønn;Nei takk\n1;01.02.1940;K;\n2;03.04.1950;M;\n1;01.02.1940;;ja\n");
    let tables = PATIENTS.replace("sex = \"Kjønn\"", "sex = \"Kjønn\", no_contact = \"Nei takk\"");
    let report = read(&folder, &tables).unwrap();
    assert_eq!(report.tables[&Table::Patients].refused[&Reason::DuplicatePatient], 1);
    assert_eq!(
        rows(&folder.out(), "patients"),
        ["1|1940-02-01|female|||||||true|||||", "2|1950-04-03|male||||||||||||"]
    );
}

#[test]
fn a_d_number_is_told_and_the_number_itself_is_not_kept() {
    let folder = Folder::new();
    folder.write(
        "p.csv",
        "id;born;fnr;own\n1;01.02.1990;41024099170;\n2;02.01.1932;02013299997;ja\n3;01.01.1950;;\n4;01.01.1950;12;\n",
    );
    let profile = |more: &str| {
        format!(
            "[[table]]\ntable = \"patients\"\nfile = \"p.csv\"\ncolumns = {{ patient_id = \"id\", birth_date = \"born\", national_id = \"fnr\"{more} }}\n"
        )
    };
    for (more, expected) in [("", ["true", "false", "", ""]), (", d_number = \"own\"", ["", "true", "", ""])] {
        read(&folder, &profile(more)).unwrap();
        let patients = rows(&folder.out(), "patients");
        let told: Vec<&str> = patients.iter().map(|row| row.rsplit('|').next().unwrap()).collect();
        assert_eq!(told, expected, "{more}");
        assert!(!patients.concat().contains("41024099170"));
    }
}
