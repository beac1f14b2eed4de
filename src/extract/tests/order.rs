//! Any order of the rows, any size of pieces, any budget: the same bytes.

use super::{Folder, read_at_pace};
use crate::extract::scan::Pace;
use proptest::prelude::*;

const TABLES: &str = "[[table]]\ntable = \"patients\"\nfile = \"p.csv\"\n\
    columns = { patient_id = \"ID\", birth_date = \"Født\", name = \"Navn\", no_scoring = \"Res\" }\n\
    [[table]]\ntable = \"diagnoses\"\nfile = [\"d1.csv\", \"d2.csv\"]\n\
    columns = { patient_id = \"ID\", date = \"Dato\", code = \"Kode\", system = \"Verk\", encounter_id = \"Kontakt\" }\n\
    [[table]]\ntable = \"measurements\"\nfile = \"m.csv\"\n\
    columns = { patient_id = \"ID\", date = \"Dato\", code = \"Kode\", value = \"Svar\" }\n";

fn journal(folder: &Folder) -> Vec<(String, Vec<u8>)> {
    let names = ["patients.parquet", "diagnoses.parquet", "measurements.parquet", "journal.json"];
    names.map(|name| (name.to_owned(), std::fs::read(folder.out().join(name)).unwrap())).to_vec()
}

fn write(folder: &Folder, patients: &[String], diagnoses: &[String], measurements: &[String], split: usize) {
    let table = |header: &str, rows: &[String]| format!("{header}\n{}", rows.concat());
    let (first, second) = diagnoses.split_at(split.min(diagnoses.len()));
    folder.write("p.csv", table("ID;Født;Navn;Res", patients));
    folder.write("d1.csv", table("ID;Dato;Kode;Verk;Kontakt", first));
    folder.write("d2.csv", table("ID;Dato;Kode;Verk;Kontakt", second));
    folder.write("m.csv", table("ID;Dato;Kode;Svar", measurements));
}

fn patient() -> impl Strategy<Value = String> {
    (0..40_u32, 1..28_u32, 0..3_u32, prop_oneof!["", "ja", "nei"])
        .prop_map(|(id, day, name, res)| format!("{id};{day:02}.01.1940;\"Ø;\n{name}\";{res}\n"))
}

fn diagnosis() -> impl Strategy<Value = String> {
    let code = prop_oneof!["K77", "k77", "T90", "P76", "x"];
    (0..45_u32, 1..20_u32, code, prop_oneof!["ICPC-2", "ICD-10", ""], 0..4_u32)
        .prop_map(|(id, day, code, system, visit)| format!("{id};{day}.2.26;{code};{system};v{visit}\n"))
}

fn measurement() -> impl Strategy<Value = String> {
    let value = prop_oneof!["7,2", "<5", "5", "neg"];
    (0..40_u32, 1..20_u32, value).prop_map(|(id, day, value)| format!("{id};2026-02-{day:02};NPU1;{value}\n"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_order_pace_and_budget_give_the_same_bytes(
        patients in proptest::collection::vec(patient(), 1..60),
        diagnoses in proptest::collection::vec(diagnosis(), 0..300),
        measurements in proptest::collection::vec(measurement(), 0..100),
        seed in any::<u64>(),
        chunk in 1..400_usize,
        budget in 1..3_000_usize,
    ) {
        let folder = Folder::new();
        write(&folder, &patients, &diagnoses, &measurements, diagnoses.len() / 2);
        let calm = read_at_pace(&folder, TABLES, Pace { chunk: 1 << 20, pieces: 1 }, 64 << 20).unwrap();
        let expected = journal(&folder);
        let shuffled = [shuffle(&patients, seed), shuffle(&diagnoses, seed ^ 1), shuffle(&measurements, seed ^ 2)];
        write(&folder, &shuffled[0], &shuffled[1], &shuffled[2], seed as usize % (diagnoses.len() + 1));
        let hectic = read_at_pace(&folder, TABLES, Pace { chunk, pieces: 3 }, budget).unwrap();
        prop_assert_eq!(journal(&folder), expected);
        prop_assert_eq!(calm.tables, hectic.tables);
        prop_assert_eq!(calm.findings, hectic.findings);
    }
}

fn shuffle(rows: &[String], seed: u64) -> Vec<String> {
    let mut keyed: Vec<(u64, &String)> = rows
        .iter()
        .enumerate()
        .map(|(n, row)| {
            (
                (n as u64 ^ seed)
                    .wrapping_mul(0x9E37_79B9_7F4A_7C15)
                    .rotate_left(31)
                    .wrapping_mul(0xD6E8_FEB8_6659_FD93),
                row,
            )
        })
        .collect();
    keyed.sort();
    keyed.into_iter().map(|(_, row)| row.clone()).collect()
}
