//! Every encoding, delimiter and habit of dates gives the same journal.

use super::{Folder, read, rows};
use encoding_rs::WINDOWS_1252;
use std::io::Write;

const TABLES: &str = "[[table]]\ntable = \"patients\"\nfile = \"p.csv\"\n\
    columns = { patient_id = \"ID\", birth_date = \"Født\", name = \"Navn\" }\n\
    [[table]]\ntable = \"measurements\"\nfile = \"m.csv\"\n\
    columns = { patient_id = \"ID\", date = \"Dato\", code = \"Prøve\", value = \"Svar\" }\n";

const EXPECTED: [&str; 2] = ["01|1940-02-09|||||Åse \"Bø\"\nSolli||||||||", "7|2001-12-24|||||Per||||||||"];

fn utf16(text: &str, big: bool) -> Vec<u8> {
    let unit = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
    text.encode_utf16().flat_map(unit).collect()
}

fn encodings(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(text.as_bytes()).unwrap();
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("inside.csv", zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all(text.as_bytes()).unwrap();
    vec![
        ("utf-8", text.as_bytes().to_vec()),
        ("utf-8 with a mark", format!("\u{feff}{text}").into_bytes()),
        ("windows-1252", WINDOWS_1252.encode(text).0.into_owned()),
        ("utf-16le with a mark", utf16(&format!("\u{feff}{text}"), false)),
        ("utf-16be with a mark", utf16(&format!("\u{feff}{text}"), true)),
        ("utf-16le", utf16(text, false)),
        ("gzip", gzip.finish().unwrap()),
        ("zip", zip.finish().unwrap().into_inner()),
    ]
}

#[test]
fn encodings_delimiters_and_dates_all_give_the_same_journal() {
    let dates = [
        ("09.02.1940", "24.12.2001", "01.03.2026"),
        ("9.2.40", "24.12.01", "1.3.26"),
        ("1940-02-09", "2001-12-24T00:00:00", "2026-03-01 12:00"),
        ("19400209", "20011224", "20260301"),
        ("14650", "37249", "46082,5"),
    ];
    let folder = Folder::new();
    for delimiter in [";", ",", "\t", "|"] {
        for (date, (born_a, born_b, on)) in dates.iter().enumerate() {
            if delimiter == "," && on.contains(',') {
                continue;
            }
            let end = if date % 2 == 0 { "\r\n" } else { "\n" };
            let line = |cells: &[&str]| cells.join(delimiter) + end;
            let text = line(&["Født", " id", "Navn", ""])
                + &line(&[born_a, "01", "\"Åse \"\"Bø\"\"\nSolli\"", ""])
                + &line(&[born_b, " 7", "Per"]);
            folder.write("m.csv", line(&["ID", "Dato", "Prøve", "Svar"]) + &line(&["01", on, "x", "\"7,5\""]));
            for (encoding, bytes) in encodings(&text) {
                folder.write("p.csv", bytes);
                let habit = format!("{encoding}, {delimiter:?}, {born_a}");
                let report = read(&folder, TABLES).unwrap_or_else(|error| panic!("{habit}: {error}"));
                assert_eq!(rows(&folder.out(), "patients"), EXPECTED, "{habit}: {report:?}");
                assert_eq!(rows(&folder.out(), "measurements"), ["01|2026-03-01|X|7.5|||"], "{habit}");
            }
        }
    }
}

#[test]
fn habits_can_be_told() {
    let folder = Folder::new();
    folder.write("p.csv", "sep=|\nID|Født|Navn\n1|02/09/1940|a;b\n");
    folder.write("m.csv", "ID;Dato;Prøve;Svar\n1;2026-03-01;x;1.234\n");
    let tables = TABLES
        .replace("[[table]]\ntable = \"measurements\"", "dates = \"mm/dd/yyyy\"\n[[table]]\ntable = \"measurements\"")
        + "decimal = \",\"\n";
    read(&folder, &tables).unwrap();
    assert_eq!(rows(&folder.out(), "patients"), ["1|1940-02-09|||||a;b||||||||"]);
    assert_eq!(rows(&folder.out(), "measurements"), ["1|2026-03-01|X|1234.0|||"]);
}
