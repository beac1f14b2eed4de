//! What one piece of a file became: canonical rows, refusals and counts.

use super::reason::Reason;
use super::refusals::Refusal;
use super::report::Finding;
use crate::clinical::Day;
use crate::journal::rows::{NO_DAY, Rows};
use crate::journal::tables::{Source, Table};

/// Rows and counts of one piece. Lines count from the piece's first line (0) until the piece is put in its place.
#[derive(Debug)]
pub(super) struct Piece {
    pub rows: Rows,
    /// Each kept row's line; only for the patients table, whose doubles are refused later.
    pub lines: Vec<u32>,
    pub refusals: Vec<Refusal>,
    pub tally: Tally,
}

impl Piece {
    pub fn new(table: Table) -> Piece {
        Piece { rows: Rows::new(table), lines: Vec::new(), refusals: Vec::new(), tally: Tally::default() }
    }
}

/// Counts of a piece, a file or a table.
#[derive(Debug, Clone)]
pub(super) struct Tally {
    pub read: u64,
    pub kept: u64,
    pub refused: [u64; Reason::ALL.len()],
    pub findings: [u64; Finding::ALL.len()],
    /// Newest day up to the index day.
    pub newest: i32,
    /// Of contacts, the newest day of each source; `NO_DAY` when it was not seen.
    pub sources: [i32; Source::ALL.len()],
}

impl Default for Tally {
    fn default() -> Tally {
        Tally {
            read: 0,
            kept: 0,
            refused: [0; Reason::ALL.len()],
            findings: [0; Finding::ALL.len()],
            newest: NO_DAY,
            sources: [NO_DAY; Source::ALL.len()],
        }
    }
}

impl Tally {
    pub fn refuse(&mut self, reason: Reason, rows: u64) {
        self.refused[reason as usize] += rows;
    }

    pub fn find(&mut self, finding: Finding, times: u64) {
        self.findings[finding as usize] += times;
    }

    pub fn newest(&self) -> Option<Day> {
        (self.newest != NO_DAY).then_some(Day(self.newest))
    }

    pub fn add(&mut self, other: &Tally) {
        self.read += other.read;
        self.kept += other.kept;
        self.refused.iter_mut().zip(other.refused).for_each(|(mine, theirs)| *mine += theirs);
        self.findings.iter_mut().zip(other.findings).for_each(|(mine, theirs)| *mine += theirs);
        self.newest = self.newest.max(other.newest);
        self.sources.iter_mut().zip(other.sources).for_each(|(mine, theirs)| *mine = (*mine).max(theirs));
    }
}
