//! What an extract was like: counts only, never a patient's value.

use super::reason::Reason;
use crate::clinical::Day;
use crate::journal::tables::{Source, Sources, Table};
use std::collections::BTreeMap;

/// What was read, kept and refused, and what was noticed on the way.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExtractReport {
    pub tables: BTreeMap<Table, TableReport>,
    pub files: Vec<FileReport>,
    /// Patients in the journal.
    pub patients: u64,
    /// Whether ids are whole numbers (else texts).
    pub integer_ids: bool,
    pub register: Register,
    pub findings: BTreeMap<Finding, u64>,
    /// Where the first refused rows of each reason stand; nothing of what is left out on purpose.
    pub refused_at: BTreeMap<(Table, Reason), Vec<Place>>,
    /// Every source that has a file, with its newest day up to the index day.
    pub newest: BTreeMap<Source, Option<Day>>,
    /// Sources that can be trusted to be there: delivered, and not stale.
    pub sources: Sources,
    /// Sources left out because their newest row is too old.
    pub stale: Vec<(Source, Day)>,
}

/// One table, all its files together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TableReport {
    /// Rows that had something in them (after wide columns became rows).
    pub read: u64,
    pub kept: u64,
    pub refused: BTreeMap<Reason, u64>,
    /// Newest day up to the index day.
    pub newest: Option<Day>,
}

impl TableReport {
    /// Rows that the practice should correct.
    #[must_use]
    pub fn faulty(&self) -> u64 {
        self.refused.iter().filter(|(reason, _)| reason.is_fault()).map(|(_, n)| n).sum()
    }
}

/// A row of the practice's files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// As the profile names it.
    pub file: String,
    /// Line (Parquet: row), from 1.
    pub line: u64,
}

/// One file of the practice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileReport {
    /// As the profile names it; in a zip, with the name of the file inside.
    pub name: String,
    /// The file that the practice delivered: of a zip, the zip.
    pub delivered: String,
    pub table: Table,
    pub rows: u64,
    /// `csv` or `parquet`.
    pub format: &'static str,
    pub encoding: Option<&'static str>,
    pub delimiter: Option<char>,
}

/// Where the patients stand, of those kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Register {
    pub dead: u64,
    pub left: u64,
    /// The register's word is not known: held back from the list.
    pub unknown: u64,
    pub protected: u64,
    pub no_contact: u64,
    pub no_scoring: u64,
}

/// Something about the quality of an extract that is not a reason to refuse a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Finding {
    /// A fact is dated after the index day.
    FutureFact,
    /// An identity number had lost its leading zero; restored.
    RestoredZero,
    /// An identity number stood as `3,01083E+10`; restored.
    RestoredExponent,
    /// An id was written `123.0`; restored.
    RestoredFraction,
    /// An identity number whose checksum fails.
    BadIdentityNumber,
    /// A synthetic identity number.
    SyntheticNumber,
    /// The identity number and the birth date disagree; the birth date counts.
    BirthContradicted,
    /// The identity number and the sex disagree; the sex counts.
    SexContradicted,
    /// A word for sex that is neither; left empty.
    UnknownSex,
    /// A reservation that cannot be read; taken for one.
    UnreadReservation,
    /// An optional date, flag or number that cannot be read; left empty.
    UnreadOptional,
    /// A part of a record that tidlig does not know: the whole record is taken for blocked.
    UnknownPart,
    /// A line of Windows-1252 in a file that has UTF-8 too.
    MixedEncoding,
    /// Letters decoded twice (`Ã¸`) or lost, in that many pieces of files.
    Mojibake,
}

impl Finding {
    pub const ALL: [Finding; 14] = [
        Finding::FutureFact,
        Finding::RestoredZero,
        Finding::RestoredExponent,
        Finding::RestoredFraction,
        Finding::BadIdentityNumber,
        Finding::SyntheticNumber,
        Finding::BirthContradicted,
        Finding::SexContradicted,
        Finding::UnknownSex,
        Finding::UnreadReservation,
        Finding::UnreadOptional,
        Finding::UnknownPart,
        Finding::MixedEncoding,
        Finding::Mojibake,
    ];

    /// A short name for reports that programs read.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Finding::FutureFact => "future_fact",
            Finding::RestoredZero => "restored_zero",
            Finding::RestoredExponent => "restored_exponent",
            Finding::RestoredFraction => "restored_fraction",
            Finding::BadIdentityNumber => "bad_identity_number",
            Finding::SyntheticNumber => "synthetic_number",
            Finding::BirthContradicted => "birth_contradicted",
            Finding::SexContradicted => "sex_contradicted",
            Finding::UnknownSex => "unknown_sex",
            Finding::UnreadReservation => "unread_reservation",
            Finding::UnreadOptional => "unread_optional",
            Finding::UnknownPart => "unknown_part",
            Finding::MixedEncoding => "mixed_encoding",
            Finding::Mojibake => "mojibake",
        }
    }
}
