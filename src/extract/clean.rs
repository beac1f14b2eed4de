//! Raw rows to canonical rows: each cell cleaned by what its column holds, each row kept or refused with a reason.

use super::blocks::Blocks;
use super::cache::Cache;
use super::csv_split::Taker;
use super::dates::DateReader;
use super::patients::{Found, Patients};
use super::piece::Piece;
use super::plan::{Fill, Plan};
use super::profile::{CodeMap, TableSource, Target};
use super::raw::RawBlock;
use super::reason::Reason;
use super::refusals::Refusal;
use super::several::Several;
use super::words::missing;
use crate::clinical::Day;
use crate::journal::rows::{Dictionaries, Rows};
use crate::journal::tables::{Column, Holds, Table};

/// What the cleaning of one file needs to know; shared by all threads.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    pub source: &'a TableSource,
    pub plan: &'a Plan,
    pub patients: &'a Patients,
    pub blocks: &'a Blocks,
    pub dictionaries: &'a Dictionaries,
    /// Days after it are not counted as news; none: the day is not known.
    pub index_day: Option<Day>,
    /// The file has types of its own: told habits of dates and numbers hold for its texts only.
    pub typed: bool,
}

impl Context<'_> {
    /// The column of code systems, after the patient's id.
    pub fn system_column(&self) -> Option<usize> {
        self.source.table.columns().iter().position(|column| column.holds == Holds::System).map(|index| index - 1)
    }
}

/// Memory of one thread that outlives a piece.
pub(super) struct Scratch {
    /// For each canonical column, what its raw words became.
    pub caches: Vec<Cache>,
    pub block: Rows,
    /// For each row of the block: 0 when it is in order, [`EMPTY_WIDE`], or a reason + 1.
    pub verdict: Vec<u8>,
    /// Each row's code system, for the column of codes.
    pub systems: Vec<u8>,
    /// Dictionary indices of code systems already looked up, and the systems (plus 1).
    pub known_systems: Vec<(u32, u8)>,
    /// Each row's sign before a value, for the column of comparators.
    pub signs: Vec<&'static str>,
    pub several: Several,
}

/// A row of an empty wide column: no row at all.
const EMPTY_WIDE: u8 = u8::MAX;

impl Scratch {
    pub fn new(table: Table) -> Scratch {
        Scratch {
            caches: table.columns().iter().map(|_| Cache::default()).collect(),
            block: Rows::new(table),
            verdict: Vec::new(),
            systems: Vec::new(),
            known_systems: Vec::new(),
            signs: Vec::new(),
            several: Several::default(),
        }
    }
}

/// Cleans the blocks of one piece.
pub(super) struct Cleaner<'a> {
    pub context: Context<'a>,
    pub scratch: Scratch,
    pub piece: Piece,
}

/// One column of a block, for the `k`th row that each row of the file becomes.
pub(super) struct ColumnView<'a> {
    pub column: &'static Column,
    /// The canonical column's index.
    pub index: usize,
    pub fill: &'a Fill,
    pub map: Option<&'a CodeMap>,
    pub k: usize,
    pub text: &'a [u8],
    pub raw: &'a RawBlock,
}

impl<'a> ColumnView<'a> {
    pub fn value(&self, row: usize) -> &'a [u8] {
        match self.fill {
            Fill::Slot(slot) => self.raw.value(self.text, usize::from(*slot), row),
            Fill::Wide(slots) => self.raw.value(self.text, usize::from(slots[self.k]), row),
            Fill::Constant(text) => text,
            Fill::Absent => &[],
        }
    }

    /// The rows' values, one after the other.
    #[inline]
    pub fn values(&self) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        let (text, raw) = (self.text, self.raw);
        let constant: &[u8] = match self.fill {
            Fill::Constant(constant) => constant,
            _ => &[],
        };
        let spans: &[(u32, u32)] = self.fill.slot(self.k).map_or(&[], |slot| &raw.spans[usize::from(slot)]);
        (0..raw.rows()).map(move |row| spans.get(row).map_or(constant, |span| raw.at(text, *span)))
    }

    /// What the profile's code map makes of a value.
    pub fn mapped(&self, raw: &'a [u8]) -> &'a [u8] {
        let Some(map) = self.map else { return raw };
        std::str::from_utf8(raw).map_or(raw, |word| map.meaning(word).as_bytes())
    }
}

/// Equality of short texts without a call.
#[inline]
fn same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    match (a.first_chunk::<8>(), b.first_chunk::<8>(), a.last_chunk::<8>(), b.last_chunk::<8>()) {
        (Some(a0), Some(b0), Some(a1), Some(b1)) if a.len() <= 16 => a0 == b0 && a1 == b1,
        _ => a == b,
    }
}

impl Taker for Cleaner<'_> {
    fn block(&mut self, text: &[u8], raw: &RawBlock) {
        for k in 0..self.context.source.width {
            let Some(split) = &self.context.source.split else {
                self.clean(text, raw, k);
                continue;
            };
            let mut several = std::mem::take(&mut self.scratch.several);
            self.clean(text, several.of(split, self.context.plan, text, raw, k), k);
            self.scratch.several = several;
        }
    }

    fn malformed(&mut self, line: u32, reason: Reason) {
        self.piece.tally.read += 1;
        self.piece.tally.refuse(reason, 1);
        let refusal = Refusal { line: u64::from(line), column: String::new(), value: String::new(), reason };
        self.piece.refusals.push(refusal);
    }
}

impl Cleaner<'_> {
    fn clean(&mut self, text: &[u8], raw: &RawBlock, k: usize) {
        let plan = self.context.plan;
        self.start(text, raw, k);
        for (index, column) in self.context.source.table.columns().iter().enumerate() {
            let mapped = self.context.source.columns.iter().find(|source| source.target == Target::Column(index));
            let map = mapped.and_then(|source| source.map.as_ref());
            let view = ColumnView { column, index, fill: &plan.fills[index], map, k, text, raw };
            self.column(&view);
        }
        if self.context.source.table == Table::Patients {
            self.check_patients(text, raw);
        } else {
            self.check_facts(text, raw, k);
        }
        self.keep(raw);
    }

    fn start(&mut self, text: &[u8], raw: &RawBlock, k: usize) {
        let rows = raw.rows();
        let scratch = &mut self.scratch;
        scratch.verdict.clear();
        scratch.verdict.resize(rows, 0);
        scratch.block.patients.clear();
        scratch.signs.clear();
        let plan = self.context.plan;
        let wide: Vec<u16> =
            plan.fills.iter().filter(|f| matches!(f, Fill::Wide(_))).filter_map(|f| f.slot(k)).collect();
        if !wide.is_empty() {
            for row in 0..rows {
                if wide.iter().all(|slot| raw.value(text, usize::from(*slot), row).is_empty()) {
                    scratch.verdict[row] = EMPTY_WIDE;
                }
            }
        }
    }

    fn column(&mut self, view: &ColumnView<'_>) {
        let latest = self.context.index_day;
        let read = |latest| DateReader { habit: self.context.source.habits.dates, iso_too: self.context.typed, latest };
        match view.column.holds {
            Holds::Patient => self.find_patients(view),
            Holds::Birth | Holds::Death => self.days(view, read(latest)),
            // Bookings and the ends of services lie ahead, but not by decades.
            Holds::FactDay | Holds::OtherDay => self.days(view, read(latest.map(|day| day.plus(3_653)))),
            Holds::Value => self.numbers(view),
            Holds::Flag | Holds::Reservation => self.flags(view),
            Holds::FreeWords => self.free_words(view),
            Holds::Comparator => self.comparators(view),
            _ => self.words(view),
        }
    }

    /// Refuses a row, for the first reason found, and notes it down.
    pub fn refuse(&mut self, view: &ColumnView<'_>, row: usize, reason: Reason) {
        if self.scratch.verdict[row] != 0 {
            return;
        }
        self.scratch.verdict[row] = reason as u8 + 1;
        self.piece.tally.refuse(reason, 1);
        if reason.is_written() {
            self.piece.refusals.push(Refusal {
                line: u64::from(view.raw.lines[row]),
                column: self.context.plan.name_of(view.fill, view.k).to_owned(),
                value: String::from_utf8_lossy(view.value(row)).into_owned(),
                reason,
            });
        }
    }

    fn find_patients(&mut self, view: &ColumnView<'_>) {
        // Most journals have a patient's rows one after the other.
        let (mut last, mut last_rank): (&[u8], u32) = (&[], 0);
        for (row, id) in view.values().enumerate() {
            if id.is_empty() || !same(id, last) {
                let id = view.mapped(id);
                let found = if id.is_empty() { None } else { Some(self.context.patients.find(id)) };
                last_rank = match found {
                    Some(Found::Rank(rank, finding)) => {
                        if let Some(finding) = finding {
                            self.piece.tally.find(finding, 1);
                        }
                        last = if finding.is_none() { view.value(row) } else { &[] };
                        rank
                    }
                    other => {
                        let reason = match other {
                            None => missing(Holds::Patient),
                            Some(Found::Damaged) => Reason::DamagedId,
                            _ => Reason::UnknownPatient,
                        };
                        self.refuse(view, row, reason);
                        last = &[];
                        0
                    }
                };
            }
            self.scratch.block.patients.push(last_rank);
        }
    }

    /// Moves the rows in order to the piece.
    fn keep(&mut self, raw: &RawBlock) {
        let scratch = &mut self.scratch;
        let rows = raw.rows();
        let empty = scratch.verdict.iter().filter(|verdict| **verdict == EMPTY_WIDE).count();
        let good = scratch.verdict.iter().filter(|verdict| **verdict == 0).count();
        self.piece.tally.read += (rows - empty) as u64;
        self.piece.tally.kept += good as u64;
        if good == rows {
            self.piece.rows.append(&scratch.block, 0..rows);
        } else if good > 0 {
            let order: Vec<u32> = (0..rows as u32).filter(|row| scratch.verdict[*row as usize] == 0).collect();
            let kept = scratch.block.gather(&order);
            self.piece.rows.append(&kept, 0..good);
        }
        if self.context.source.table == Table::Patients {
            let kept = raw.lines.iter().zip(&scratch.verdict).filter(|(_, verdict)| **verdict == 0);
            self.piece.lines.extend(kept.map(|(line, _)| *line));
        }
    }
}
