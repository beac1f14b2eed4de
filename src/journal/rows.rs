//! Canonical rows in columns, on their way to a journal file.
//!
//! Patients are ranks in [`PatientIds`](super::ids::PatientIds) order and repeated texts are indices into a
//! [`Dictionary`], so that a row of a fact table takes 12 to 40 bytes.

pub use super::free_texts::FreeTexts;
use super::tables::{Column, ColumnKind, Holds, Table};
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// No day.
pub const NO_DAY: i32 = i32::MIN;
/// No text.
pub const NO_TEXT: u32 = u32::MAX;
/// No flag; 0 is no, 1 is yes.
pub const NO_FLAG: u8 = 2;

/// Rows of one table.
#[derive(Debug, Clone)]
pub struct Rows {
    pub table: Table,
    /// Rank of each row's patient.
    pub patients: Vec<u32>,
    /// The table's columns after the patient's id.
    pub cells: Vec<Cells>,
}

/// One column's cells.
#[derive(Debug, Clone)]
pub enum Cells {
    /// The extract has no such column.
    Absent,
    Days(Vec<i32>),
    /// Not-a-number is an empty cell.
    Numbers(Vec<f64>),
    Flags(Vec<u8>),
    /// Indices into the column's dictionary.
    Texts(Vec<u32>),
    /// Texts that are seldom the same twice; an empty one is an empty cell.
    Free(FreeTexts),
}

impl Cells {
    /// An empty column of the kind that `column` asks for.
    #[must_use]
    pub fn for_column(column: &Column) -> Cells {
        match column.kind {
            ColumnKind::Date => Cells::Days(Vec::new()),
            ColumnKind::Number => Cells::Numbers(Vec::new()),
            ColumnKind::Flag => Cells::Flags(Vec::new()),
            ColumnKind::Text if column.holds == Holds::FreeWords => Cells::Free(FreeTexts::default()),
            ColumnKind::Text | ColumnKind::Id => Cells::Texts(Vec::new()),
        }
    }

    /// `n` empty cells at the end.
    fn push_empty(&mut self, n: usize) {
        match self {
            Cells::Absent => {}
            Cells::Days(days) => days.resize(days.len() + n, NO_DAY),
            Cells::Numbers(numbers) => numbers.resize(numbers.len() + n, f64::NAN),
            Cells::Flags(flags) => flags.resize(flags.len() + n, NO_FLAG),
            Cells::Texts(texts) => texts.resize(texts.len() + n, NO_TEXT),
            Cells::Free(texts) => (0..n).for_each(|_| texts.push("")),
        }
    }

    fn extend(&mut self, other: &Cells, range: std::ops::Range<usize>) {
        match (self, other) {
            (Cells::Days(mine), Cells::Days(theirs)) => mine.extend_from_slice(&theirs[range]),
            (Cells::Numbers(mine), Cells::Numbers(theirs)) => mine.extend_from_slice(&theirs[range]),
            (Cells::Flags(mine), Cells::Flags(theirs)) => mine.extend_from_slice(&theirs[range]),
            (Cells::Texts(mine), Cells::Texts(theirs)) => mine.extend_from_slice(&theirs[range]),
            (Cells::Free(mine), Cells::Free(theirs)) => range.for_each(|row| mine.push(theirs.get(row))),
            (mine, _) => mine.push_empty(range.len()),
        }
    }

    fn bytes(&self) -> usize {
        match self {
            Cells::Absent => 0,
            Cells::Days(cells) => cells.len() * 4,
            Cells::Numbers(cells) => cells.len() * 8,
            Cells::Flags(cells) => cells.len(),
            Cells::Texts(cells) => cells.len() * 4,
            Cells::Free(texts) => texts.bytes(),
        }
    }

    /// Forgets the cells and keeps their memory.
    pub fn clear(&mut self) {
        match self {
            Cells::Absent => {}
            Cells::Days(cells) => cells.clear(),
            Cells::Numbers(cells) => cells.clear(),
            Cells::Flags(cells) => cells.clear(),
            Cells::Texts(cells) => cells.clear(),
            Cells::Free(texts) => *texts = FreeTexts::default(),
        }
    }

    fn truncate(&mut self, rows: usize) {
        match self {
            Cells::Absent => {}
            Cells::Days(cells) => cells.truncate(rows),
            Cells::Numbers(cells) => cells.truncate(rows),
            Cells::Flags(cells) => cells.truncate(rows),
            Cells::Texts(cells) => cells.truncate(rows),
            Cells::Free(texts) => texts.truncate(rows),
        }
    }

    /// Puts some neighbouring cells into another order; free texts are copied.
    fn reorder(&mut self, start: usize, order: &[u32]) {
        fn put<T: Copy>(cells: &mut [T], start: usize, order: &[u32]) {
            let moved: Vec<T> = order.iter().map(|row| cells[*row as usize]).collect();
            cells[start..start + order.len()].copy_from_slice(&moved);
        }
        match self {
            Cells::Absent => {}
            Cells::Days(cells) => put(cells, start, order),
            Cells::Numbers(cells) => put(cells, start, order),
            Cells::Flags(cells) => put(cells, start, order),
            Cells::Texts(cells) => put(cells, start, order),
            Cells::Free(texts) => texts.reorder(start, order),
        }
    }

    /// The cells of `order`, in that order.
    fn gather(&self, order: &[u32]) -> Cells {
        let at = |row: &u32| *row as usize;
        match self {
            Cells::Absent => Cells::Absent,
            Cells::Days(cells) => Cells::Days(order.iter().map(|row| cells[at(row)]).collect()),
            Cells::Numbers(cells) => Cells::Numbers(order.iter().map(|row| cells[at(row)]).collect()),
            Cells::Flags(cells) => Cells::Flags(order.iter().map(|row| cells[at(row)]).collect()),
            Cells::Texts(cells) => Cells::Texts(order.iter().map(|row| cells[at(row)]).collect()),
            Cells::Free(texts) => {
                let mut out = FreeTexts::default();
                order.iter().for_each(|row| out.push(texts.get(at(row))));
                Cells::Free(out)
            }
        }
    }
}

impl Rows {
    #[must_use]
    pub fn new(table: Table) -> Rows {
        let columns = table.columns().len() - 1;
        Rows { table, patients: Vec::new(), cells: vec![Cells::Absent; columns] }
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.patients.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.patients.is_empty()
    }

    /// Bytes in use, to hold against a budget.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.patients.len() * 4 + self.cells.iter().map(Cells::bytes).sum::<usize>()
    }

    /// Adds the rows of `range` of another block of the same table.
    pub fn append(&mut self, other: &Rows, range: std::ops::Range<usize>) {
        let before = self.len();
        self.patients.extend_from_slice(&other.patients[range.clone()]);
        for ((mine, theirs), column) in self.cells.iter_mut().zip(&other.cells).zip(&self.table.columns()[1..]) {
            if matches!(mine, Cells::Absent) && !matches!(theirs, Cells::Absent) {
                *mine = Cells::for_column(column);
                mine.push_empty(before);
            }
            mine.extend(theirs, range.clone());
        }
    }

    #[must_use]
    pub fn gather(&self, order: &[u32]) -> Rows {
        Rows {
            table: self.table,
            patients: order.iter().map(|row| self.patients[*row as usize]).collect(),
            cells: self.cells.iter().map(|cells| cells.gather(order)).collect(),
        }
    }

    /// Drops the rows from `rows` on.
    pub fn truncate(&mut self, rows: usize) {
        self.patients.truncate(rows);
        self.cells.iter_mut().for_each(|cells| cells.truncate(rows));
    }

    /// Puts the rows from `start` on into the order given: `order[0]` comes first.
    pub fn reorder(&mut self, start: usize, order: &[u32]) {
        let patients: Vec<u32> = order.iter().map(|row| self.patients[*row as usize]).collect();
        self.patients[start..start + order.len()].copy_from_slice(&patients);
        self.cells.iter_mut().for_each(|cells| cells.reorder(start, order));
    }

    pub fn clear(&mut self) {
        self.patients.clear();
        self.cells.iter_mut().for_each(Cells::clear);
    }

    /// The days that rows are sorted by after the patient, if the table has such a column and the extract delivers it.
    #[must_use]
    pub fn days(&self) -> Option<&[i32]> {
        let name = self.table.date_column()?;
        let index = self.table.columns().iter().position(|column| column.name == name)?;
        match &self.cells[index - 1] {
            Cells::Days(days) => Some(days),
            _ => None,
        }
    }
}

/// Distinct texts of one column, in the order they were first met.
#[derive(Debug, Default)]
pub struct Dictionary {
    index: HashMap<Box<str>, u32>,
    texts: Vec<Box<str>>,
}

impl Dictionary {
    pub fn intern(&mut self, text: &str) -> u32 {
        if let Some(index) = self.index.get(text) {
            return *index;
        }
        let index = u32::try_from(self.texts.len()).unwrap_or(NO_TEXT);
        self.texts.push(text.into());
        self.index.insert(text.into(), index);
        index
    }

    #[must_use]
    pub fn get(&self, index: u32) -> &str {
        self.texts.get(index as usize).map_or("", |text| text)
    }

    #[must_use]
    pub fn texts(&self) -> &[Box<str>] {
        &self.texts
    }
}

/// The dictionaries of a table's columns after the patient's id, shared by the threads that read it.
#[derive(Debug)]
pub struct Dictionaries(Vec<Mutex<Dictionary>>);

impl Dictionaries {
    #[must_use]
    pub fn new(table: Table) -> Dictionaries {
        Dictionaries(table.columns()[1..].iter().map(|_| Mutex::default()).collect())
    }

    /// The dictionary of one column (0 is the first after the patient's id).
    pub fn column(&self, column: usize) -> MutexGuard<'_, Dictionary> {
        // A thread that panicked while adding a text leaves a dictionary that is still whole.
        self.0[column].lock().unwrap_or_else(PoisonError::into_inner)
    }
}
