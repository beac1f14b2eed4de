//! Blemishes planted in an extract: how often each kind comes, and on which patient's which row it falls.
//!
//! What falls on a patient depends on her number and the seed alone, never on how many patients there are, who stands beside
//! her or how the work is shared out.

use super::delivered::Delivered;
use super::kinds::{Change, KINDS};
use super::sheet::Sheet;
use super::stirred;
use crate::clinical::fault::{Fault, Faults};
use crate::clinical::suggest::hint;
use crate::clinical::tree::{Document, Entry, Value};

const USUAL: &str = include_str!("blemishes.toml");

/// How often each kind of blemish comes.
#[derive(Debug, Clone)]
pub struct Blemishes {
    /// Of so many patients in a row one suffers it; 0 is nobody. In the order of the kinds.
    one_in: Vec<u64>,
}

impl Blemishes {
    /// Clean files.
    #[must_use]
    pub fn none() -> Blemishes {
        Blemishes { one_in: vec![0; KINDS.len()] }
    }

    /// The shares that are shipped.
    ///
    /// # Errors
    /// When the shipped file is at fault, which a test rules out.
    pub fn usual() -> Result<Blemishes, Faults> {
        Blemishes::parse("blemishes.toml", USUAL)
    }

    /// Shares of the user's own.
    ///
    /// # Errors
    /// Every fault of the text: files and kinds that are not known, shares that are no whole numbers.
    pub fn parse(file: &str, text: &str) -> Result<Blemishes, Faults> {
        let mut faults = Faults::new();
        let mut blemishes = Blemishes::none();
        if let Some(document) = Document::parse(file, text, &mut faults) {
            for entry in &document.root.entries {
                for fault in blemishes.take(file, entry) {
                    faults.push(fault);
                }
            }
        }
        faults.or(blemishes)
    }

    /// One file's shares; gives what is wrong with them.
    fn take(&mut self, name: &str, entry: &Entry) -> Vec<Fault> {
        let fault = |span: &std::ops::Range<usize>, message: String| Fault::new(name, span.clone(), message, "here");
        let Some(file) = Delivered::named(&entry.key) else {
            let names = Delivered::ALL.map(Delivered::name);
            let told = fault(&entry.span, format!("an extract has no file `{}`", entry.key));
            return vec![Fault { help: hint(&entry.key, names), ..told }];
        };
        let Some(shares) = entry.node.as_table() else {
            let help = format!("write [\"{}\"] and below it kind = 100", entry.key);
            return vec![fault(&entry.span, "shares of a file must be a table".to_owned()).help(help)];
        };
        let mut faults = Vec::new();
        for share in &shares.entries {
            let of_file = || KINDS.iter().filter(|kind| kind.file == file).map(|kind| kind.id);
            match (KINDS.iter().position(|kind| kind.file == file && kind.id == share.key), whole(&share.node.value)) {
                (Some(kind), Some(one_in)) => self.one_in[kind] = one_in,
                (None, _) => {
                    let told = fault(&share.span, format!("{} knows no blemish `{}`", file.name(), share.key));
                    faults.push(Fault { help: hint(&share.key, of_file()), ..told });
                }
                (_, None) => {
                    let help = "one of so many patients: a whole number from 0 (never)";
                    faults.push(fault(&share.node.span, format!("`{}` must be a whole number", share.key)).help(help));
                }
            }
        }
        faults
    }

    /// Spoils a patient's rows of one file.
    pub(super) fn spoil(&self, sheet: &mut Sheet, seed: u64, number: u64) {
        let file = sheet.file;
        for (at, kind) in KINDS.iter().enumerate().filter(|(_, kind)| kind.file == file) {
            let one_in = self.one_in[at];
            if one_in == 0 || !number.wrapping_add(stirred(seed, at as u64)).is_multiple_of(one_in) {
                continue;
            }
            let fits = |row: &usize| sheet.marks[*row].blemish.is_none() && (kind.fits)(sheet.cells(*row));
            let rows: Vec<usize> = (0..sheet.marks.len()).filter(fits).collect();
            let turn = stirred(seed ^ number, at as u64);
            let Some(row) = rows.get((turn % rows.len().max(1) as u64) as usize).copied() else { continue };
            let mark = u16::try_from(at).ok();
            match kind.change {
                Change::Cells(change) => change(sheet.cells_mut(row), turn / 1_009),
                Change::Repeat => {
                    sheet.again(row);
                    if let Some(copy) = sheet.marks.last_mut() {
                        copy.blemish = mark;
                    }
                }
            }
            // Of a repeated row only the copy is told, but the row itself must stay as its copy is.
            sheet.marks[row].blemish = match kind.change {
                Change::Cells(_) => mark,
                Change::Repeat => Some(UNTOLD),
            };
        }
    }
}

/// The mark of a row that must not be spoiled and is not told either.
pub(super) const UNTOLD: u16 = u16::MAX;

fn whole(value: &Value) -> Option<u64> {
    match value {
        Value::Whole(digits) => digits.parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinical::Day;
    use std::borrow::Cow;

    fn orders_of(patient: &str) -> Sheet {
        let mut sheet = Sheet::new(Delivered::Functions);
        for score in ["3", "4"] {
            sheet.row(Day(0), [patient, "01.02.2026", "CFS", "", score].map(Cow::Borrowed));
        }
        sheet
    }

    #[test]
    fn the_shipped_shares_are_read_and_name_every_kind() {
        let usual = Blemishes::usual().unwrap();
        let left_out: Vec<_> = KINDS.iter().zip(&usual.one_in).filter(|(_, one_in)| **one_in == 0).collect();
        assert!(left_out.is_empty(), "{:?}", left_out.iter().map(|(kind, _)| kind.id).collect::<Vec<_>>());
    }

    #[test]
    fn of_so_many_patients_in_a_row_one_suffers() {
        let blemishes = Blemishes::parse("f", "[\"funksjon.csv\"]\nno-score = 7\n").unwrap();
        let hit = |number: u64| {
            let mut sheet = orders_of("1");
            blemishes.spoil(&mut sheet, 3, number);
            let empty = (0..2).filter(|row| sheet.cells(*row)[4].is_empty()).count();
            assert_eq!(empty, sheet.marks.iter().filter(|mark| mark.blemish.is_some()).count());
            empty
        };
        for from in 0..20 {
            assert_eq!((from..from + 7).map(hit).sum::<usize>(), 1, "from {from}");
        }
    }

    #[test]
    fn a_repeated_row_stays_like_its_copy() {
        let text = "[\"funksjon.csv\"]\ntwice = 1\nno-score = 1\n";
        let blemishes = Blemishes::parse("f", text).unwrap();
        for number in 0..50 {
            let mut sheet = orders_of("1");
            blemishes.spoil(&mut sheet, 3, number);
            let mut cells: Vec<_> = (0..sheet.marks.len()).map(|row| sheet.cells(row).to_vec()).collect();
            let before = cells.len();
            cells.sort();
            cells.dedup();
            assert!(before == 3 && cells.len() == 2, "{cells:?}");
        }
    }

    #[test]
    fn faults_of_shares_are_told_together() {
        let text = "[\"funksjon.csv\"]\nno-skore = 7\nno-score = -1\n[\"funksjoner.csv\"]\na = 1\n";
        let told = Blemishes::parse("f", text).unwrap_err().to_string();
        for part in ["no-skore", "did you mean `no-score`", "must be a whole number", "`funksjon.csv`"] {
            assert!(told.contains(part), "{part}:\n{told}");
        }
    }
}
