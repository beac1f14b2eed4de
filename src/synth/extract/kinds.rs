//! What real files suffer from, kind by kind: on which rows, and what becomes of a row.

use super::delivered::Delivered;
use super::delivered::Delivered::{Contacts, Diagnoses, Functions, Laboratory, Letters, Medicines, Register};

/// One kind of blemish.
pub struct Kind {
    /// As `blemishes.toml` names it, together with the file.
    pub id: &'static str,
    pub file: Delivered,
    /// What it is, for people.
    pub what: &'static str,
    pub(super) fits: fn(&[String]) -> bool,
    pub(super) change: Change,
}

/// What happens to a row. The number varies from patient to patient, so that not every damaged cell is the same.
pub(super) enum Change {
    Cells(fn(&mut [String], u64)),
    /// The row is written twice.
    Repeat,
}

/// The headers' places, as the changes below name them; `delivered.rs` has the headers.
mod at {
    pub const ID: usize = 0;
    pub const NUMBER: usize = 1;
    pub const BORN: usize = 3;
    pub const SEX: usize = 4;
    pub const STATUS: usize = 6;
    pub const REMARK: usize = 14;
    pub const DATE: usize = 1;
    pub const SYSTEM: usize = 2;
    pub const DIAGNOSIS: usize = 3;
    pub const RECEIVED: usize = 2;
    pub const MAIN: usize = 3;
    pub const ATC: usize = 2;
    pub const USE: usize = 5;
    pub const ROLE: usize = 3;
    pub const TEST: usize = 2;
    pub const ANSWER: usize = 3;
    pub const UNIT: usize = 4;
    pub const SCORE: usize = 4;
}

const CREATININE: &str = "NPU04998";
const UNKNOWN_DAY: &str = "01.01.1900";
const TWICE: &str = "the same row twice";
const UNKNOWN_PATIENT: &str = "a patient the register does not know";
const NO_SUCH_DAY: &str = "a day that does not exist";
const DAY_UNKNOWN: &str = "date 01.01.1900, which means unknown";

/// Every kind, file by file; where two meet on a row, the first one has it.
pub static KINDS: [Kind; 43] = [
    kind(
        "lost-zero",
        Register,
        "identity number has lost its leading zero",
        |c| c[at::NUMBER].starts_with('0'),
        |c, _| {
            c[at::NUMBER].remove(0);
        },
    ),
    kind("exponent", Register, "identity number turned into 3,01083E+10 by a spreadsheet", numbered, |c, _| {
        c[at::NUMBER] = format!("{},{}E+10", &c[at::NUMBER][..1], &c[at::NUMBER][1..6]);
    }),
    kind("check-digit", Register, "identity number with a wrong check digit", numbered, |c, _| {
        let last = if c[at::NUMBER].ends_with('4') { "5" } else { "4" };
        c[at::NUMBER].replace_range(10.., last);
    }),
    kind("no-number", Register, "no identity number", any, |c, _| c[at::NUMBER].clear()),
    kind("unknown-birth", Register, "birth date 01.01.1900, which means unknown", present, |c, _| {
        c[at::BORN] = UNKNOWN_DAY.to_owned();
    }),
    kind("birth-ahead", Register, "birth date after the index day", present, |c, _| {
        c[at::BORN] = "14.08.2162".to_owned();
    }),
    kind("no-sex", Register, "sex not stated", present, |c, _| c[at::SEX].clear()),
    kind("no-status", Register, "list status not stated", present, |c, _| c[at::STATUS].clear()),
    kind("remark", Register, "a remark with a line break and a semicolon in quotes", present, |c, _| {
        c[at::REMARK] = "Ønsker tolk;\r\nring \"datter\" først".to_owned();
    }),
    repeated(Register, "the same patient twice"),
    kind("no-system", Diagnoses, "no code system", any, |c, _| c[at::SYSTEM].clear()),
    kind("unknown-patient", Diagnoses, UNKNOWN_PATIENT, any, strange),
    kind("no-such-day", Diagnoses, NO_SUCH_DAY, any, |c, n| {
        c[at::DATE] = pick(["31.02.2025", "30.02.2024", "12.13.2025"], n);
    }),
    kind("unknown-day", Diagnoses, DAY_UNKNOWN, any, |c, _| c[at::DATE] = UNKNOWN_DAY.to_owned()),
    kind("no-code", Diagnoses, "no code at all", any, |c, _| c[at::DIAGNOSIS].clear()),
    kind("text", Diagnoses, "text where a code should be", any, |c, n| {
        c[at::DIAGNOSIS] = pick(["se notat", "K?"], n);
    }),
    kind("icpc-2b", Diagnoses, "ICPC-2B code, such as R74.0001", lettered, |c, n| {
        c[at::DIAGNOSIS] = format!("{}.{:04}", &c[at::DIAGNOSIS][..3], n % 4 + 1);
        c[at::SYSTEM] = "ICPC-2B".to_owned();
    }),
    kind("untidy", Diagnoses, "code in lower case or with blanks", lettered, |c, n| {
        let code = &c[at::DIAGNOSIS];
        c[at::DIAGNOSIS] = if n.is_multiple_of(2) { code.to_lowercase() } else { format!(" {code} ") };
    }),
    kind("icpc2", Diagnoses, "code system written ICPC2", any, |c, _| c[at::SYSTEM] = "ICPC2".to_owned()),
    repeated(Diagnoses, TWICE),
    kind("dagger", Letters, "dagger or asterisk behind the code", any, |c, n| {
        c[at::MAIN].push(if n.is_multiple_of(2) { '†' } else { '*' });
    }),
    kind("no-receipt", Letters, "no day of receipt", any, |c, _| c[at::RECEIVED].clear()),
    kind("icpc-2", Letters, "an ICPC-2 code among the hospital's", any, |c, _| c[at::MAIN] = "-31".to_owned()),
    kind(
        "lost-zero",
        Medicines,
        "patient id has lost its leading zero",
        |c| c[at::ID].starts_with('0'),
        |c, _| {
            c[at::ID].remove(0);
        },
    ),
    kind("exponent", Medicines, "patient id turned into 1,2E+05 by a spreadsheet", any, |c, _| {
        c[at::ID] = "1,2E+05".to_owned();
    }),
    kind("no-atc", Medicines, "code that is no ATC code", any, |c, n| {
        c[at::ATC] = pick(["A10B02", "Paracet", "", "12345"], n);
    }),
    kind("no-use", Medicines, "use not stated", any, |c, _| c[at::USE].clear()),
    repeated(Medicines, TWICE),
    kind("unknown-patient", Contacts, UNKNOWN_PATIENT, any, strange),
    kind("no-such-day", Contacts, NO_SUCH_DAY, any, |c, _| c[at::DATE] = "31.06.2025 09:15".to_owned()),
    kind("no-hour", Contacts, "day without the hour", any, |c, _| c[at::DATE].truncate(UNKNOWN_DAY.len())),
    kind("no-role", Contacts, "role not stated", any, |c, _| c[at::ROLE].clear()),
    repeated(Contacts, TWICE),
    kind("negative", Laboratory, "«negativ» instead of a number", any, |c, _| c[at::ANSWER] = "negativ".to_owned()),
    kind("comment", Laboratory, "«se kommentar» instead of a number", any, |c, _| {
        c[at::ANSWER] = "se kommentar".to_owned();
    }),
    kind("no-unit", Laboratory, "unit missing", any, |c, _| c[at::UNIT].clear()),
    kind("strange-unit", Laboratory, "creatinine in mmol/L, a unit no rule knows", creatinine, |c, _| {
        c[at::ANSWER] = "0,11".to_owned();
        c[at::UNIT] = "mmol/L".to_owned();
    }),
    kind("per-cent", Laboratory, "HbA1c in per cent", hba1c, |c, _| {
        // IFCC-NGSP master equation: mmol/mol = 10.929 × (% − 2.15).
        let mmol: u32 = c[at::ANSWER].parse().unwrap_or(0);
        let tenths = (mmol * 100_000 / 10_929 + 215 + 5) / 10;
        c[at::ANSWER] = format!("{},{}", tenths / 10, tenths % 10);
        c[at::TEST] = "NPU03835".to_owned();
        c[at::UNIT] = "%".to_owned();
    }),
    kind("no-break-space", Laboratory, "no-break space as thousands separator", creatinine, |c, _| {
        c[at::ANSWER] = "1\u{a0}024".to_owned();
    }),
    kind("unknown-day", Laboratory, DAY_UNKNOWN, any, |c, _| c[at::DATE] = UNKNOWN_DAY.to_owned()),
    repeated(Laboratory, TWICE),
    kind("no-score", Functions, "score missing", any, |c, _| c[at::SCORE].clear()),
    repeated(Functions, TWICE),
];

const fn kind(
    id: &'static str,
    file: Delivered,
    what: &'static str,
    fits: fn(&[String]) -> bool,
    change: fn(&mut [String], u64),
) -> Kind {
    Kind { id, file, what, fits, change: Change::Cells(change) }
}

const fn repeated(file: Delivered, what: &'static str) -> Kind {
    Kind { id: "twice", file, what, fits: any, change: Change::Repeat }
}

fn any(_: &[String]) -> bool {
    true
}

/// On the list today; whoever left is read past, and her blemishes would show nothing.
fn present(cells: &[String]) -> bool {
    cells[at::STATUS] == super::words::LISTED
}

fn numbered(cells: &[String]) -> bool {
    cells[at::NUMBER].len() == 11
}

fn lettered(cells: &[String]) -> bool {
    cells[at::DIAGNOSIS].starts_with(|c: char| c.is_ascii_alphabetic()) && cells[at::DIAGNOSIS].len() >= 3
}

fn creatinine(cells: &[String]) -> bool {
    cells[at::TEST] == CREATININE
}

fn hba1c(cells: &[String]) -> bool {
    cells[at::TEST] == "NPU27300" && cells[at::ANSWER].bytes().all(|byte| byte.is_ascii_digit())
}

/// Longer than any id of the register.
fn strange(cells: &mut [String], _: u64) {
    cells[at::ID].insert_str(0, "00");
}

fn pick<const N: usize>(of: [&str; N], n: u64) -> String {
    of[(n % N as u64) as usize].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_of_the_headers() {
        for (file, header, place) in [
            (Register, "Fødselsnummer", at::NUMBER),
            (Register, "Født", at::BORN),
            (Register, "Kjønn", at::SEX),
            (Register, "Status", at::STATUS),
            (Register, "Merknad", at::REMARK),
            (Diagnoses, "Dato", at::DATE),
            (Diagnoses, "Kodeverk", at::SYSTEM),
            (Diagnoses, "Kode", at::DIAGNOSIS),
            (Letters, "Mottatt", at::RECEIVED),
            (Letters, "Hoveddiagnose", at::MAIN),
            (Medicines, "ATC", at::ATC),
            (Medicines, "Bruk", at::USE),
            (Contacts, "Tidspunkt", at::DATE),
            (Contacts, "Rolle", at::ROLE),
            (Laboratory, "Dato", at::DATE),
            (Laboratory, "Kode", at::TEST),
            (Laboratory, "Svar", at::ANSWER),
            (Laboratory, "Enhet", at::UNIT),
            (Functions, "Skår", at::SCORE),
        ] {
            assert_eq!(file.header().iter().position(|known| *known == header), Some(place), "{header}");
        }
    }

    #[test]
    fn no_two_kinds_of_a_file_have_one_name() {
        let mut names: Vec<_> = KINDS.iter().map(|kind| (kind.file, kind.id)).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), KINDS.len());
    }
}
