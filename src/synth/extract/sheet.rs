//! One patient's rows of one file, before they are written; the cells are reused from patient to patient.

use super::delivered::Delivered;
use crate::clinical::Day;

/// A row on its way: the day the system sorts by, and what was done to it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    pub day: Day,
    /// The blemish it suffers, by its number in the list of kinds; a row suffers once.
    pub blemish: Option<u16>,
}

/// Rows of equal width.
#[derive(Debug)]
pub(super) struct Sheet {
    pub file: Delivered,
    width: usize,
    cells: Vec<String>,
    pub marks: Vec<Mark>,
}

impl Sheet {
    pub fn new(file: Delivered) -> Sheet {
        Sheet { file, width: file.header().len(), cells: Vec::new(), marks: Vec::new() }
    }

    pub fn clear(&mut self) {
        self.marks.clear();
    }

    /// A row whose cells are filled in the order of the header; those left are empty.
    pub fn row<'a>(&mut self, day: Day, cells: impl IntoIterator<Item = std::borrow::Cow<'a, str>>) {
        let at = self.marks.len() * self.width;
        if self.cells.len() < at + self.width {
            self.cells.resize(at + self.width, String::new());
        }
        let mut cells = cells.into_iter();
        for cell in &mut self.cells[at..at + self.width] {
            cell.clear();
            cell.push_str(&cells.next().unwrap_or_default());
        }
        debug_assert!(cells.next().is_none(), "{} has too many cells", self.file.name());
        self.marks.push(Mark { day, blemish: None });
    }

    pub fn cells(&self, row: usize) -> &[String] {
        &self.cells[row * self.width..(row + 1) * self.width]
    }

    pub fn cells_mut(&mut self, row: usize) -> &mut [String] {
        &mut self.cells[row * self.width..(row + 1) * self.width]
    }

    /// The row once more, at the end.
    pub fn again(&mut self, row: usize) {
        let (day, cells) = (self.marks[row].day, self.cells(row).to_vec());
        self.row(day, cells.into_iter().map(std::borrow::Cow::Owned));
    }
}
