//! The two kinds of work on a piece: collecting the patients' ids, and cleaning rows.

use super::clean::{Cleaner, ColumnView, Context, Scratch};
use super::csv_split::Taker;
use super::piece::Piece;
use super::plan::{Fill, Plan};
use super::profile::CodeMap;
use super::raw::RawBlock;
use super::reason::Reason;
use super::scan::Worker;
use crate::journal::tables::Table;
use std::sync::{Mutex, PoisonError};

/// Collects the ids of the patients table.
pub(super) struct IdCollector<'a> {
    pub plan: &'a Plan,
    pub map: Option<&'a CodeMap>,
    pub ids: Ids,
}

/// Ids one after the other.
#[derive(Debug, Default)]
pub(super) struct Ids {
    text: String,
    ends: Vec<usize>,
}

impl Ids {
    pub fn push(&mut self, id: &str) {
        self.text.push_str(id);
        self.ends.push(self.text.len());
    }

    pub fn iter(&self) -> impl Iterator<Item = &str> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| &self.text[start..*end])
    }

    pub fn extend(&mut self, other: &Ids) {
        other.iter().for_each(|id| self.push(id));
    }
}

impl Taker for IdCollector<'_> {
    fn block(&mut self, text: &[u8], raw: &RawBlock) {
        let fill: &Fill = &self.plan.fills[0];
        let column = &Table::Patients.columns()[0];
        let view = ColumnView { column, index: 0, fill, map: self.map, k: 0, text, raw };
        for row in 0..raw.rows() {
            self.ids.push(std::str::from_utf8(view.mapped(view.value(row))).unwrap_or(""));
        }
    }

    fn malformed(&mut self, _line: u32, _reason: Reason) {}
}

impl Worker for IdCollector<'_> {
    type Out = Ids;

    fn finish(self) -> Ids {
        self.ids
    }
}

/// Threads' memories that wait for their next piece.
#[derive(Default)]
pub(super) struct Pool(Mutex<Vec<Scratch>>);

impl Pool {
    fn take(&self, table: Table) -> Scratch {
        let mut pool = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        pool.pop().unwrap_or_else(|| Scratch::new(table))
    }

    fn give(&self, scratch: Scratch) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(scratch);
    }
}

/// Cleans a piece and gives its memory back to the pool.
pub(super) struct CleaningWorker<'a> {
    cleaner: Cleaner<'a>,
    pool: &'a Pool,
}

impl<'a> CleaningWorker<'a> {
    pub fn new(context: Context<'a>, pool: &'a Pool) -> CleaningWorker<'a> {
        let table = context.source.table;
        CleaningWorker { cleaner: Cleaner { context, scratch: pool.take(table), piece: Piece::new(table) }, pool }
    }
}

impl Taker for CleaningWorker<'_> {
    fn block(&mut self, text: &[u8], raw: &RawBlock) {
        self.cleaner.block(text, raw);
    }

    fn malformed(&mut self, line: u32, reason: Reason) {
        self.cleaner.malformed(line, reason);
    }
}

impl Worker for CleaningWorker<'_> {
    type Out = Piece;

    fn finish(self) -> Piece {
        self.pool.give(self.cleaner.scratch);
        self.cleaner.piece
    }
}
