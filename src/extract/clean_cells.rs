//! The cells of one column of a block.

use super::clean::{Cleaner, ColumnView};
use super::dates::{DateCell, DateReader};
use super::numbers::measured;
use super::plan::Fill;
use super::reason::Reason;
use super::report::Finding;
use super::words::{Word, clean, clean_flag, missing};
use crate::clinical::CodeSystem;
use crate::journal::rows::{Cells, Dictionaries, FreeTexts, NO_DAY, NO_FLAG, NO_TEXT};
use crate::journal::tables::Holds;

/// Cached meanings from here on are reasons to refuse; below, from `FOUND` on, things to count. Dictionaries are smaller.
const REFUSED: u32 = 0xFFFF_F000;
const FOUND: u32 = 0xFFFF_E000;

impl Cleaner<'_> {
    /// Takes the column's memory out of the block, emptied. An absent column stays absent.
    fn cells(&mut self, view: &ColumnView<'_>) -> Cells {
        let cells = std::mem::replace(&mut self.scratch.block.cells[view.index - 1], Cells::Absent);
        match (view.fill, cells) {
            (Fill::Absent, _) => Cells::Absent,
            (_, Cells::Absent) => Cells::for_column(view.column),
            (_, mut cells) => {
                cells.clear();
                cells
            }
        }
    }

    fn put(&mut self, view: &ColumnView<'_>, cells: Cells) {
        self.scratch.block.cells[view.index - 1] = cells;
    }

    pub(super) fn days(&mut self, view: &ColumnView<'_>, reader: DateReader) {
        let mut cells = self.cells(view);
        if let Cells::Days(days) = &mut cells {
            for (row, value) in view.values().enumerate() {
                let day = match reader.read(view.mapped(value)) {
                    DateCell::Day(day) => day.0,
                    DateCell::Unknown => {
                        if view.column.required {
                            self.refuse(view, row, missing(view.column.holds));
                        }
                        NO_DAY
                    }
                    DateCell::Unreadable => {
                        self.unreadable_day(view, row);
                        NO_DAY
                    }
                };
                days.push(day);
            }
        }
        self.put(view, cells);
    }

    /// A date of death that cannot be read must not make the patient seem alive.
    fn unreadable_day(&mut self, view: &ColumnView<'_>, row: usize) {
        match (view.column.holds, view.column.required) {
            (Holds::Birth, _) => self.refuse(view, row, Reason::BadBirthDate),
            (Holds::Death, _) => self.refuse(view, row, Reason::BadDeathDate),
            (_, true) => self.refuse(view, row, Reason::BadDate),
            (_, false) => self.piece.tally.find(Finding::UnreadOptional, 1),
        }
    }

    pub(super) fn numbers(&mut self, view: &ColumnView<'_>) {
        let mut cells = self.cells(view);
        self.scratch.signs.resize(view.raw.rows(), "");
        let decimal = if self.context.typed { None } else { self.context.source.habits.decimal };
        if let Cells::Numbers(numbers) = &mut cells {
            for row in 0..view.raw.rows() {
                let text = view.mapped(view.value(row));
                let found = std::str::from_utf8(text).ok().and_then(|text| measured(text, decimal));
                match found {
                    Some(found) => {
                        numbers.push(found.value);
                        self.scratch.signs[row] = found.sign;
                    }
                    None => {
                        let reason = if text.is_empty() { missing(Holds::Value) } else { Reason::TextValue };
                        self.refuse(view, row, reason);
                        numbers.push(f64::NAN);
                    }
                }
            }
        }
        self.put(view, cells);
    }

    pub(super) fn flags(&mut self, view: &ColumnView<'_>) {
        let mut cells = self.cells(view);
        if let Cells::Flags(flags) = &mut cells {
            for row in 0..view.raw.rows() {
                let raw = view.value(row);
                let meaning = match raw {
                    [] => u32::from(NO_FLAG),
                    _ => self.scratch.caches[view.index].get(0, raw, || {
                        let word = std::str::from_utf8(view.mapped(raw)).unwrap_or("");
                        match clean_flag(view.column.holds, word) {
                            _ if word.is_empty() => u32::from(NO_FLAG),
                            Ok(flag) => u32::from(flag),
                            Err(finding) => FOUND + finding as u32,
                        }
                    }),
                };
                flags.push(match meaning {
                    0..FOUND => meaning as u8,
                    // A reservation that cannot be read is honoured.
                    _ if view.column.holds == Holds::Reservation => 1,
                    _ => NO_FLAG,
                });
                if meaning >= FOUND {
                    self.piece.tally.find(Finding::ALL[(meaning - FOUND) as usize], 1);
                }
            }
        }
        self.put(view, cells);
    }

    pub(super) fn free_words(&mut self, view: &ColumnView<'_>) {
        let mut cells = self.cells(view);
        if let Cells::Free(texts) = &mut cells {
            let mut fresh = FreeTexts::default();
            for row in 0..view.raw.rows() {
                // Pieces are valid text, cut at ASCII delimiters.
                fresh.push(std::str::from_utf8(view.mapped(view.value(row))).unwrap_or(""));
            }
            *texts = fresh;
        }
        self.put(view, cells);
    }

    pub(super) fn words(&mut self, view: &ColumnView<'_>) {
        let mut cells = self.cells(view);
        if let Cells::Texts(texts) = &mut cells {
            self.meanings(view, texts);
            if view.column.holds == Holds::System {
                self.note_systems(texts);
            }
            if texts.iter().any(|meaning| *meaning >= FOUND) {
                for (row, text) in texts.iter_mut().enumerate().filter(|(_, meaning)| **meaning >= FOUND) {
                    self.without_word(view, row, std::mem::replace(text, NO_TEXT));
                }
            }
        }
        self.put(view, cells);
    }

    /// What each row's word means: an index into the column's dictionary, or one of the marks above.
    fn meanings(&mut self, view: &ColumnView<'_>, texts: &mut Vec<u32>) {
        let scratch = &mut self.scratch;
        let cache = &mut scratch.caches[view.index];
        let empty_means = view.map.is_some_and(|map| map.of_empty().is_some());
        let dictionaries = self.context.dictionaries;
        let mut meaning = |system: u8, raw: &[u8]| match raw {
            [] if !empty_means => NO_TEXT,
            _ => cache.get(system, raw, || meaning_of(view, dictionaries, system, raw)),
        };
        match view.column.holds {
            Holds::Code => {
                texts.extend(view.values().zip(&scratch.systems).map(|(value, system)| meaning(*system, value)));
            }
            _ => texts.extend(view.values().map(|value| meaning(0, value))),
        }
    }

    /// Each row's code system, for the column of codes.
    fn note_systems(&mut self, texts: &[u32]) {
        let mut systems = std::mem::take(&mut self.scratch.systems);
        systems.clear();
        systems.extend(texts.iter().map(|meaning| if *meaning < FOUND { self.system_of(*meaning) } else { 0 }));
        self.scratch.systems = systems;
    }

    /// An empty cell, one to count, or one to refuse.
    fn without_word(&mut self, view: &ColumnView<'_>, row: usize, meaning: u32) {
        match meaning {
            NO_TEXT if view.column.required => self.refuse(view, row, missing(view.column.holds)),
            NO_TEXT => {}
            REFUSED.. => self.refuse(view, row, Reason::ALL[(meaning - REFUSED) as usize]),
            _ => self.piece.tally.find(Finding::ALL[(meaning - FOUND) as usize], 1),
        }
    }

    /// The code system of a dictionary index, plus 1; 0 is none.
    #[inline]
    fn system_of(&mut self, index: u32) -> u8 {
        match self.scratch.known_systems.iter().find(|(known, _)| *known == index) {
            Some((_, system)) => *system,
            None => self.new_system(index),
        }
    }

    #[cold]
    fn new_system(&mut self, index: u32) -> u8 {
        let column = self.context.system_column().unwrap_or(0);
        let name = self.context.dictionaries.column(column).get(index).to_owned();
        let position = CodeSystem::ALL.iter().position(|system| system.name() == name);
        let system = position.map_or(0, |position| position as u8 + 1);
        self.scratch.known_systems.push((index, system));
        system
    }

    /// The comparator's own column, or the sign that stood before the value.
    pub(super) fn comparators(&mut self, view: &ColumnView<'_>) {
        self.words(view);
        if self.scratch.signs.iter().all(|sign| sign.is_empty()) {
            return;
        }
        let mut cells = std::mem::replace(&mut self.scratch.block.cells[view.index - 1], Cells::Absent);
        if matches!(cells, Cells::Absent) {
            cells = Cells::Texts(vec![NO_TEXT; view.raw.rows()]);
        }
        if let Cells::Texts(texts) = &mut cells {
            let mut dictionary = self.context.dictionaries.column(view.index - 1);
            for (text, sign) in texts.iter_mut().zip(&self.scratch.signs) {
                if *text == NO_TEXT && !sign.is_empty() {
                    *text = dictionary.intern(sign);
                }
            }
        }
        self.put(view, cells);
    }
}

/// Works out what a raw word means.
#[cold]
fn meaning_of(view: &ColumnView<'_>, dictionaries: &Dictionaries, system: u8, raw: &[u8]) -> u32 {
    let raw = std::str::from_utf8(raw).unwrap_or("");
    let word = view.map.map_or(raw, |map| map.meaning(raw)).trim();
    if word.is_empty() {
        let left_out = REFUSED + Reason::LeftOut as u32;
        return if view.column.required { left_out } else { NO_TEXT };
    }
    let system = system.checked_sub(1).and_then(|index| CodeSystem::ALL.get(usize::from(index)).copied());
    match clean(view.column.holds, word, system) {
        Word::Empty => NO_TEXT,
        Word::Text(text) => dictionaries.column(view.index - 1).intern(&text),
        Word::Found(finding) => FOUND + finding as u32,
        Word::Refused(reason) => REFUSED + reason as u32,
    }
}
