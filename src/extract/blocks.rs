//! Blocked parts of records: their facts are not read at all.
//!
//! A block holds for everyone, whatever role it names and whatever day it begins: the list has readers of many roles, and
//! a fact that was never read can leak through no score, rank or sentence.

use crate::clinical::CodeSystem;
use crate::journal::tables::Table;
use std::collections::HashMap;

/// A part of a record, as far as tidlig can tell parts apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum BlockedPart {
    Everything,
    Table(Table),
    /// Diagnoses or medicines whose code begins so: `P`, `ICPC-2 P76`, `ICD-10 F1`, `ATC N05`.
    Codes(CodeSystem, String),
}

impl BlockedPart {
    /// Reads a part; `None` when the word is not known, which must be taken for everything.
    pub fn parse(text: &str) -> Option<BlockedPart> {
        let lower = text.trim().to_lowercase();
        let table = match lower.as_str() {
            "all" | "everything" | "alt" | "hele" | "heile" | "hele journalen" | "heile journalen" | "journal" => {
                return Some(BlockedPart::Everything);
            }
            "diagnoser" | "diagnosar" => Some(Table::Diagnoses),
            "legemidler" | "legemiddel" | "medisiner" | "medisinar" => Some(Table::Medicines),
            "kontakter" | "kontaktar" => Some(Table::Contacts),
            "målinger" | "målingar" | "prøvesvar" | "lab" => Some(Table::Measurements),
            "funksjon" => Some(Table::Functions),
            "tjenester" | "tenester" => Some(Table::Services),
            name => Table::parse(name).filter(|table| !matches!(table, Table::Patients | Table::Blocks)),
        };
        table.map(BlockedPart::Table).or_else(|| codes(text.trim()))
    }

    fn covers(&self, table: Table, code: Option<(CodeSystem, &str)>) -> bool {
        match self {
            BlockedPart::Everything => true,
            BlockedPart::Table(blocked) => *blocked == table,
            BlockedPart::Codes(system, prefix) => {
                code.is_some_and(|(of, code)| of == *system && code.starts_with(prefix.as_str()))
            }
        }
    }
}

/// `ICD-10 F1`, or a bare ICPC-2 chapter or code.
fn codes(text: &str) -> Option<BlockedPart> {
    let (system, code) = match text.rsplit_once([' ', ':']) {
        Some((system, code)) => (CodeSystem::parse(system)?, code),
        None => (CodeSystem::Icpc2, text),
    };
    let code: String = code.chars().filter(|c| *c != '.').map(|c| c.to_ascii_uppercase()).collect();
    let shape = code.len() <= 7
        && code.bytes().next().is_some_and(|b| b.is_ascii_uppercase())
        && code.bytes().all(|b| b.is_ascii_alphanumeric())
        && (system != CodeSystem::Icpc2 || code.bytes().skip(1).all(|b| b.is_ascii_digit()));
    shape.then_some(BlockedPart::Codes(system, code))
}

/// Every patient's blocked parts, by rank.
#[derive(Debug, Default)]
pub(super) struct Blocks(HashMap<u32, Vec<BlockedPart>>);

impl Blocks {
    pub fn add(&mut self, patient: u32, part: BlockedPart) {
        self.0.entry(patient).or_default().push(part);
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether anything of the patient's is blocked.
    pub fn concerns(&self, patient: u32) -> bool {
        self.0.contains_key(&patient)
    }

    /// Whether a fact of the patient is not to be read.
    pub fn cover(&self, patient: u32, table: Table, code: Option<(CodeSystem, &str)>) -> bool {
        self.0.get(&patient).is_some_and(|parts| parts.iter().any(|part| part.covers(table, code)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_tables_chapters_or_everything() {
        let mut blocks = Blocks::default();
        for (patient, part) in [(1, "Prøvesvar"), (2, "P"), (3, "ICD-10 F1"), (4, "hele journalen"), (5, "ATC N05")] {
            blocks.add(patient, BlockedPart::parse(part).unwrap());
        }
        let icpc = Some((CodeSystem::Icpc2, "P76"));
        let icd = Some((CodeSystem::Icd10, "F102"));
        assert!(blocks.cover(1, Table::Measurements, None) && !blocks.cover(1, Table::Diagnoses, icpc));
        assert!(blocks.cover(2, Table::Diagnoses, icpc) && !blocks.cover(2, Table::Diagnoses, icd));
        assert!(blocks.cover(3, Table::Diagnoses, icd) && !blocks.cover(3, Table::Diagnoses, icpc));
        assert!(blocks.cover(4, Table::Contacts, None) && !blocks.cover(9, Table::Contacts, None));
        assert!(blocks.cover(5, Table::Medicines, Some((CodeSystem::Atc, "N05BA01"))));
        assert_eq!(BlockedPart::parse("psykiatri"), None);
        assert_eq!(BlockedPart::parse("patients"), None);
    }
}
