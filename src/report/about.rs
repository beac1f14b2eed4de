//! What a run knows about itself and its extract, as far as a list must tell.

use crate::clinical::{Day, Language};
use crate::journal::tables::{Sources, Table};
use crate::outreach::summary::Summary;

/// The facts that stand on the first sheet and at the top of the page.
#[derive(Debug, Clone, PartialEq)]
pub struct About {
    pub practice: String,
    pub language: Language,
    pub index_day: Day,
    /// Version of the program.
    pub program: String,
    /// Persons in the practice's register.
    pub on_list: u64,
    pub tables: Vec<TableFacts>,
    /// Sources that were delivered and fresh enough to be believed.
    pub sources: Sources,
    /// What the whole practice scored; nothing before it was scored.
    pub scores: Vec<Summary>,
}

/// One canonical table of the extract.
#[derive(Debug, Clone, PartialEq)]
pub struct TableFacts {
    pub table: Table,
    pub read: u64,
    pub kept: u64,
    /// Refused rows by reason, most first.
    pub refused: Vec<(String, u64)>,
    pub newest: Option<Day>,
}

impl TableFacts {
    #[must_use]
    pub fn refused_rows(&self) -> u64 {
        self.refused.iter().map(|(_, rows)| rows).sum()
    }
}

impl About {
    #[must_use]
    pub fn refused_rows(&self) -> u64 {
        self.tables.iter().map(TableFacts::refused_rows).sum()
    }
}
