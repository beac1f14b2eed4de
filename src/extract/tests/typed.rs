//! Parquet files of other writers, and folders that are canonical already.

use super::{Folder, index_day, read, rows};
use crate::extract::canonical_folder;
use crate::extract::profile::Trust;
use crate::extract::quality::{Distrust, trusted};
use crate::extract::reason::Reason;
use crate::journal::tables::{Source, Table};
use arrow::array::{
    ArrayRef, BooleanArray, Date32Array, Date64Array, Decimal128Array, DictionaryArray, Float64Array, Int32Array,
    LargeStringArray, RecordBatch, StringArray, StringViewArray, TimestampMicrosecondArray, TimestampNanosecondArray,
    TimestampSecondArray, UInt64Array,
};
use arrow::datatypes::Int32Type;
use parquet::arrow::ArrowWriter;
use std::sync::Arc;

fn write(folder: &Folder, name: &str, columns: Vec<(&str, ArrayRef)>) {
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let file = std::fs::File::create(folder.0.join(name)).unwrap();
    let mut writer = ArrowWriter::try_new(file, batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
}

fn profile(value: bool) -> String {
    let more = if value { ", no_contact = \"res\"" } else { "" };
    format!(
        "[[table]]\ntable = \"patients\"\nfile = \"p.parquet\"\ndates = \"dd.mm.yyyy\"\n\
         columns = {{ patient_id = \"id\", birth_date = \"born\"{more} }}\n"
    )
}

#[test]
fn any_type_of_column_is_read() {
    let folder = Folder::new();
    // 1 March 2024, 23:30 universal time: 2 March in Norway.
    let instant = (19_783 * 1440 + 1410) * 60_i64;
    let dictionary: DictionaryArray<Int32Type> = ["7", "8"].into_iter().collect();
    let ids: Vec<ArrayRef> = vec![
        Arc::new(Int32Array::from(vec![7, 8])),
        Arc::new(UInt64Array::from(vec![7, 8])),
        Arc::new(Float64Array::from(vec![7.0, 8.0])),
        Arc::new(StringArray::from(vec!["7", " 8 "])),
        Arc::new(LargeStringArray::from(vec!["7", "8"])),
        Arc::new(StringViewArray::from(vec!["7", "8"])),
        Arc::new(dictionary),
        Arc::new(Decimal128Array::from(vec![7, 8]).with_precision_and_scale(10, 0).unwrap()),
    ];
    let days: Vec<(ArrayRef, &str)> = vec![
        (Arc::new(Date32Array::from(vec![19_783, 19_783])), "2024-03-01"),
        (Arc::new(Date64Array::from(vec![19_783 * 86_400_000; 2])), "2024-03-01"),
        (Arc::new(TimestampSecondArray::from(vec![instant; 2])), "2024-03-01"),
        (Arc::new(TimestampMicrosecondArray::from(vec![instant * 1_000_000; 2]).with_timezone("UTC")), "2024-03-02"),
        (
            Arc::new(TimestampNanosecondArray::from(vec![instant * 1_000_000_000; 2]).with_timezone("Asia/Tokyo")),
            "2024-03-02",
        ),
        (Arc::new(StringArray::from(vec!["01.03.2024", "1.3.2024"])), "2024-03-01"),
    ];
    for id in &ids {
        for (day, expected) in &days {
            let flags: ArrayRef = Arc::new(BooleanArray::from(vec![Some(true), None]));
            write(&folder, "p.parquet", vec![("id", id.clone()), ("BORN", day.clone()), ("res", flags)]);
            let kind = format!("{} {}", id.data_type(), day.data_type());
            read(&folder, &profile(true)).unwrap_or_else(|error| panic!("{kind}: {error}"));
            let expected = [format!("7|{expected}||||||||true|||||"), format!("8|{expected}|||||||||||||")];
            assert_eq!(rows(&folder.out(), "patients"), expected, "{kind}");
        }
    }
}

#[test]
fn a_cut_file_is_no_file() {
    let folder = Folder::new();
    let ids: ArrayRef = Arc::new(Int32Array::from_iter_values(0..10_000));
    let born: ArrayRef = Arc::new(Date32Array::from_iter_values(0..10_000));
    write(&folder, "p.parquet", vec![("id", ids), ("born", born)]);
    let whole = std::fs::read(folder.0.join("p.parquet")).unwrap();
    folder.write("p.parquet", &whole[..whole.len() / 2]);
    let error = read(&folder, &profile(false)).unwrap_err().to_string();
    assert!(error.contains("p.parquet: the file ends in the middle"), "{error}");
}

#[test]
fn a_canonical_folder_needs_no_profile() {
    let folder = Folder::new();
    folder.write("patients.csv", "patient_id,birth_date,sex\nb,1940-02-01,female\na,1950-01-01,male\n");
    folder.write(
        "diagnoses.csv",
        "patient_id,date,system,code\nb,2024-05-01,ICD-10,I50.9\na,2024-05-01,ICD-10,E11\nc,2024-05-01,ICD-10,E11\n",
    );
    let report = canonical_folder(&folder.0, &folder.out()).unwrap();
    assert_eq!(rows(&folder.out(), "diagnoses"), ["a|2024-05-01|ICD-10|E11|||", "b|2024-05-01|ICD-10|I509|||"]);
    assert!(!report.integer_ids && report.sources.has(Source::Diagnoses) && !report.sources.has(Source::Contacts));
    assert_eq!(report.tables[&Table::Diagnoses].refused[&Reason::UnknownPatient], 1);
    // The journal is itself a canonical folder.
    let again = Folder::new();
    canonical_folder(&folder.out(), &again.out()).unwrap();
    for name in ["patients.parquet", "diagnoses.parquet"] {
        let bytes = |folder: &Folder| std::fs::read(folder.out().join(name)).unwrap();
        assert_eq!(bytes(&again), bytes(&folder), "{name}");
    }
    let error = canonical_folder(&Folder::new().0, &folder.out()).unwrap_err().to_string();
    assert!(error.contains("patients.csv: there is no such file"), "{error}");
}

#[test]
fn an_extract_beyond_the_limits_is_not_trusted() {
    let folder = Folder::new();
    folder.write("patients.csv", super::PATIENTS_CSV);
    folder.write("d.csv", "ID;Dato;Kode\n1;01.02.2026;K77\n1;x;K77\n");
    let tables = format!(
        "{}[[table]]\ntable = \"diagnoses\"\nfile = \"d.csv\"\nconstant = {{ system = \"ICPC-2\" }}\n\
         columns = {{ patient_id = \"ID\", date = \"Dato\", code = \"Kode\" }}\n",
        super::PATIENTS
    );
    let report = read(&folder, &tables).unwrap();
    let trust = Trust { expect: vec![Table::Patients, Table::Medicines], ..Trust::default() };
    let found = trusted(&report, &trust, Some(4), index_day()).unwrap_err();
    assert!(matches!(
        found.as_slice(),
        [
            Distrust::Missing { table: Table::Medicines },
            Distrust::Refused { table: Table::Diagnoses, refused: 1, read: 2, .. },
            Distrust::PatientsLost { before: 4, now: 3, .. },
            Distrust::Old { table: Table::Diagnoses, limit: 7, .. },
        ]
    ));
    let said = found[3].message(crate::clinical::Language::Nb);
    assert!(said.contains("fra 01.02.2026, 29 dager før 02.03.2026 (grensen er 7)"), "{said}");
    let calm = Trust { refused_share: 0.5, newest_row_days: 30, ..Trust::default() };
    assert_eq!(trusted(&report, &calm, Some(3), index_day()), Ok(()));
    assert_eq!(trusted(&report, &calm, None, index_day()), Ok(()));
}
