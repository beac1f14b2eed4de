//! What real files suffer from: a fixed number of each, spread evenly, never on a planted patient.

use super::tables::{Row, Table};

/// One kind of blemish, how often it stands in a file, and what it is.
pub struct Blemish {
    pub file: &'static str,
    pub count: usize,
    pub what: &'static str,
}

/// Spoils the files; says what was done.
pub fn blemish(tables: &mut [Table]) -> Vec<Blemish> {
    let mut done = Vec::new();
    for table in tables {
        match table.file {
            "pasienter.csv" => patients(table, &mut done),
            "diagnoser.csv" => diagnoses(table, &mut done),
            "epikriser.csv" => letters(table, &mut done),
            "legemidler.csv" => medicines(table, &mut done),
            "kontakter.csv" => contacts(table, &mut done),
            "laboratorium.csv" => laboratory(table, &mut done),
            "funksjon.csv" => functions(table, &mut done),
            "rekvisisjoner.csv" => {
                table.line_ends = [";", ";"];
                done.push(Blemish {
                    file: table.file,
                    count: table.rows.len(),
                    what: "every line ends with a semicolon",
                });
            }
            "akutt.csv" => {
                table.line_ends = ["", ";"];
                done.push(Blemish {
                    file: table.file,
                    count: table.rows.len(),
                    what: "every line but the header ends with a semicolon",
                });
            }
            _ => {}
        }
    }
    done
}

/// Changes `count` rows that fit, evenly spread from `phase` (0 to 99, so that blemishes seldom meet on one row).
fn spoil(
    table: &mut Table,
    done: &mut Vec<Blemish>,
    (count, phase): (usize, usize),
    what: &'static str,
    fits: impl Fn(&[String]) -> bool,
    change: impl Fn(&mut Vec<String>, usize),
) {
    let rows: Vec<usize> =
        (0..table.rows.len()).filter(|n| !table.rows[*n].planted && fits(&table.rows[*n].cells)).collect();
    let mut hit = 0;
    for n in 0..count {
        let at = (n * 100 + phase) * rows.len() / (count * 100);
        if let Some(row) = rows.get(at).map(|row| &mut table.rows[*row]) {
            change(&mut row.cells, n);
            // A row suffers once.
            row.planted = true;
            hit += 1;
        }
    }
    done.push(Blemish { file: table.file, count: hit, what });
}

/// Writes `count` rows twice.
fn repeat(table: &mut Table, done: &mut Vec<Blemish>, count: usize, what: &'static str) {
    let mut kept: Vec<Row> = Vec::new();
    let step = table.rows.len() / (count + 1);
    let mut left = count;
    for (n, row) in table.rows.drain(..).enumerate() {
        let again = left > 0 && !row.planted && n >= (count - left + 1) * step;
        let copy = again.then(|| row.again());
        kept.push(row);
        if let Some(copy) = copy {
            kept.push(copy);
            left -= 1;
        }
    }
    table.rows = kept;
    done.push(Blemish { file: table.file, count: count - left, what });
}

fn any(_: &[String]) -> bool {
    true
}

fn patients(table: &mut Table, done: &mut Vec<Blemish>) {
    let [number, born, sex, status, remark] =
        ["Fødselsnummer", "Født", "Kjønn", "Status", "Merknad"].map(|name| table.column(name));
    let active = move |cells: &[String]| cells[status] == "Aktiv";
    spoil(
        table,
        done,
        (6, 50),
        "identity number has lost its leading zero",
        move |c| c[number].starts_with('0'),
        |cells, _| {
            cells[number].remove(0);
        },
    );
    spoil(table, done, (3, 20), "identity number turned into 3,01083E+10 by a spreadsheet", any, |cells, _| {
        let digits = &cells[number];
        cells[number] = format!("{},{}E+10", &digits[..1], &digits[1..6]);
    });
    spoil(table, done, (2, 35), "identity number with a wrong check digit", any, |cells, _| {
        let last = if cells[number].ends_with('4') { "5" } else { "4" };
        cells[number].replace_range(10.., last);
    });
    spoil(table, done, (4, 60), "no identity number", any, |cells, _| cells[number].clear());
    spoil(table, done, (2, 70), "birth date 01.01.1900, which means unknown", active, |cells, _| {
        cells[born] = "01.01.1900".to_owned();
    });
    spoil(table, done, (1, 45), "birth date after the index day", active, |cells, _| {
        cells[born] = "14.08.2062".to_owned()
    });
    spoil(table, done, (2, 80), "sex not stated", active, |cells, _| cells[sex].clear());
    spoil(table, done, (3, 10), "list status not stated", active, |cells, _| cells[status].clear());
    spoil(table, done, (2, 90), "a remark with a line break and a semicolon in quotes", active, |cells, _| {
        cells[remark] = "Ønsker tolk;\r\nring \"datter\" først".to_owned();
    });
    repeat(table, done, 2, "the same patient twice");
}

fn diagnoses(table: &mut Table, done: &mut Vec<Blemish>) {
    let [id, date, system, code] = ["PasientID", "Dato", "Kodeverk", "Kode"].map(|name| table.column(name));
    spoil(table, done, (7, 50), "no code system", any, |cells, _| cells[system].clear());
    spoil(table, done, (6, 20), "a patient the register does not know", any, |cells, n| {
        cells[id] = format!("99{n:04}")
    });
    spoil(table, done, (3, 30), "a day that does not exist", any, |cells, n| {
        cells[date] = ["31.02.2025", "30.02.2024", "12.13.2025"][n].to_owned();
    });
    spoil(table, done, (4, 40), "date 01.01.1900, which means unknown", any, |cells, _| {
        cells[date] = "01.01.1900".to_owned()
    });
    spoil(table, done, (3, 60), "no code at all", any, |cells, _| cells[code].clear());
    spoil(table, done, (2, 70), "text where a code should be", any, |cells, n| {
        cells[code] = ["se notat", "K?"][n].to_owned();
    });
    spoil(table, done, (120, 10), "ICPC-2B code, such as R74.0001", lettered, |cells, n| {
        cells[code] = format!("{}.{:04}", &cells[code][..3], n % 4 + 1);
        cells[system] = "ICPC-2B".to_owned();
    });
    spoil(table, done, (40, 80), "code in lower case or with blanks", lettered, |cells, n| {
        cells[code] = if n % 2 == 0 { cells[code].to_lowercase() } else { format!(" {} ", cells[code]) };
    });
    spoil(table, done, (60, 90), "code system written ICPC2", any, |cells, _| cells[system] = "ICPC2".to_owned());
    repeat(table, done, 25, "the same row twice");
}

fn lettered(cells: &[String]) -> bool {
    cells[3].starts_with(|c: char| c.is_ascii_alphabetic())
}

fn letters(table: &mut Table, done: &mut Vec<Blemish>) {
    let [main, received] = ["Hoveddiagnose", "Mottatt"].map(|name| table.column(name));
    spoil(table, done, (20, 50), "dagger or asterisk behind the code", any, |cells, n| {
        cells[main].push(if n % 2 == 0 { '†' } else { '*' });
    });
    spoil(table, done, (4, 20), "no day of receipt", any, |cells, _| cells[received].clear());
    spoil(table, done, (3, 70), "an ICPC-2 code among the hospital's", any, |cells, _| cells[main] = "-31".to_owned());
}

fn medicines(table: &mut Table, done: &mut Vec<Blemish>) {
    let [id, atc, usage] = ["PasientID", "ATC", "Bruk"].map(|name| table.column(name));
    spoil(
        table,
        done,
        (5, 50),
        "patient id has lost its leading zero",
        |c| c[0].starts_with('0'),
        |cells, _| {
            cells[id].remove(0);
        },
    );
    spoil(table, done, (2, 20), "patient id turned into 1,2E+05 by a spreadsheet", any, |cells, _| {
        cells[id] = "1,2E+05".to_owned();
    });
    spoil(table, done, (4, 30), "code that is no ATC code", any, |cells, n| {
        cells[atc] = ["A10B02", "Paracet", "", "12345"][n].to_owned();
    });
    spoil(table, done, (60, 70), "use not stated", any, |cells, _| cells[usage].clear());
    repeat(table, done, 10, "the same row twice");
}

fn contacts(table: &mut Table, done: &mut Vec<Blemish>) {
    let [id, when, role] = ["PasientID", "Tidspunkt", "Rolle"].map(|name| table.column(name));
    spoil(table, done, (8, 50), "a patient the register does not know", any, |cells, n| {
        cells[id] = format!("98{n:04}")
    });
    spoil(table, done, (2, 20), "a day that does not exist", any, |cells, _| {
        cells[when] = "31.06.2025 09:15".to_owned()
    });
    spoil(table, done, (200, 35), "day without the hour", any, |cells, _| cells[when].truncate(10));
    spoil(table, done, (30, 70), "role not stated", any, |cells, _| cells[role].clear());
    repeat(table, done, 15, "the same row twice");
}

fn laboratory(table: &mut Table, done: &mut Vec<Blemish>) {
    let [date, value, unit] = ["Dato", "Svar", "Enhet"].map(|name| table.column(name));
    spoil(table, done, (12, 50), "«negativ» instead of a number", any, |cells, _| {
        cells[value] = "negativ".to_owned()
    });
    spoil(table, done, (4, 20), "«se kommentar» instead of a number", any, |cells, _| {
        cells[value] = "se kommentar".to_owned();
    });
    spoil(table, done, (8, 30), "unit missing", any, |cells, _| cells[unit].clear());
    spoil(
        table,
        done,
        (6, 80),
        "creatinine in mmol/L, a unit no rule knows",
        |c| c[2] == "NPU04998",
        |cells, _| {
            cells[value] = "0,11".to_owned();
            cells[unit] = "mmol/L".to_owned();
        },
    );
    spoil(
        table,
        done,
        (3, 60),
        "no-break space as thousands separator",
        |c| c[2] == "NPU04998",
        |cells, _| {
            cells[value] = "1\u{a0}024".to_owned();
        },
    );
    spoil(table, done, (2, 40), "date 01.01.1900, which means unknown", any, |cells, _| {
        cells[date] = "01.01.1900".to_owned()
    });
    repeat(table, done, 10, "the same row twice");
}

fn functions(table: &mut Table, done: &mut Vec<Blemish>) {
    let score = table.column("Skår");
    spoil(table, done, (3, 50), "score missing", any, |cells, _| cells[score].clear());
}
