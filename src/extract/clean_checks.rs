//! What only a whole row can tell: facts before birth, blocked parts, how fresh the rows are, numbers that disagree.

use super::clean::{Cleaner, ColumnView};
use super::raw::RawBlock;
use super::reason::Reason;
use super::report::Finding;
use crate::clinical::identity::{IdentityNumber, restore};
use crate::clinical::{CodeSystem, Day, Sex};
use crate::journal::rows::{Cells, NO_DAY, NO_FLAG, NO_TEXT};
use crate::journal::tables::{ContactKind, D_NUMBER, Holds, Source, Table};

impl<'a> Cleaner<'a> {
    fn column_that(&self, holds: Holds) -> Option<usize> {
        self.context.source.table.columns().iter().position(|column| column.holds == holds)
    }

    fn view<'v>(&self, index: usize, k: usize, text: &'v [u8], raw: &'v RawBlock) -> ColumnView<'v>
    where
        'a: 'v,
    {
        let column = &self.context.source.table.columns()[index];
        ColumnView { column, index, fill: &self.context.plan.fills[index], map: None, k, text, raw }
    }

    /// The days of the block's column; none when the extract has no such column.
    fn days_of(&self, index: Option<usize>) -> Option<&[i32]> {
        match &self.scratch.block.cells[index?.checked_sub(1)?] {
            Cells::Days(days) => Some(days),
            _ => None,
        }
    }

    pub(super) fn check_facts(&mut self, text: &[u8], raw: &RawBlock, k: usize) {
        let Some(index) = self.column_that(Holds::FactDay) else { return };
        self.check_owner(text, raw, k, index);
        if !self.context.blocks.is_empty() && self.context.source.table != Table::Blocks {
            self.leave_out_blocked(text, raw, k, index);
        }
        self.count_news(index);
    }

    /// The patient's own row must be in order, and nothing happens before birth.
    fn check_owner(&mut self, text: &[u8], raw: &RawBlock, k: usize, index: usize) {
        let births = &self.context.patients.births;
        let days = self.days_of(Some(index));
        let mut wrong = Vec::new();
        for (row, patient) in self.scratch.block.patients.iter().enumerate() {
            let birth = births[*patient as usize];
            let day = days.map_or(NO_DAY, |days| days[row]);
            if birth == NO_DAY {
                wrong.push((row, 0, Reason::RefusedPatient));
            } else if day < birth && day != NO_DAY {
                wrong.push((row, index, Reason::BeforeBirth));
            }
        }
        for (row, column, reason) in wrong {
            self.refuse(&self.view(column, k, text, raw), row, reason);
        }
    }

    fn leave_out_blocked(&mut self, text: &[u8], raw: &RawBlock, k: usize, index: usize) {
        let table = self.context.source.table;
        let code_column = self.column_that(Holds::Code).or(self.column_that(Holds::Atc));
        for row in 0..raw.rows() {
            let patient = self.scratch.block.patients[row];
            if self.scratch.verdict[row] != 0 || !self.context.blocks.concerns(patient) {
                continue;
            }
            let system = match table {
                Table::Diagnoses => self.scratch.systems.get(row).and_then(|s| s.checked_sub(1)),
                Table::Medicines => {
                    CodeSystem::ALL.iter().position(|system| *system == CodeSystem::Atc).map(|at| at as u8)
                }
                _ => None,
            };
            let code = code_column.and_then(|column| match &self.scratch.block.cells[column - 1] {
                Cells::Texts(texts) => Some(self.context.dictionaries.column(column - 1).get(texts[row]).to_owned()),
                _ => None,
            });
            let code = system.and_then(|at| CodeSystem::ALL.get(usize::from(at)).copied()).zip(code.as_deref());
            if self.context.blocks.cover(patient, table, code) {
                self.refuse(&self.view(index, k, text, raw), row, Reason::Blocked);
            }
        }
    }

    /// How fresh the kept rows are. A day after the index day is no news: it may be a slip of the pen.
    fn count_news(&mut self, index: usize) {
        let latest = self.context.index_day.map_or(i32::MAX, |day| day.0);
        let (mut newest, mut future) = (NO_DAY, 0);
        let mut sources = [NO_DAY; Source::ALL.len()];
        let kinds = self.column_that(Holds::ContactKind);
        let kinds = kinds.map(|column| (column, self.kinds(column)));
        let days = self.days_of(Some(index)).unwrap_or(&[]);
        for (row, day) in days.iter().enumerate().filter(|(row, _)| self.scratch.verdict[*row] == 0) {
            future += u64::from(*day > latest && *day != NO_DAY);
            if *day <= latest {
                newest = newest.max(*day);
            }
            if let Some((column, kinds)) = &kinds
                && let Cells::Texts(texts) = &self.scratch.block.cells[column - 1]
                && let Some(Some(kind)) = kinds.get(texts[row] as usize)
            {
                // A booking ahead shows that the appointment book was delivered, as of today.
                let ahead = matches!(kind, ContactKind::Booked | ContactKind::Recall | ContactKind::Cancelled);
                let day = if *day <= latest {
                    *day
                } else if ahead {
                    latest
                } else {
                    NO_DAY
                };
                let source = &mut sources[kind.source() as usize];
                *source = (*source).max(day);
            }
        }
        let tally = &mut self.piece.tally;
        tally.newest = tally.newest.max(newest);
        tally.sources.iter_mut().zip(sources).for_each(|(mine, theirs)| *mine = (*mine).max(theirs));
        if !matches!(self.context.source.table, Table::Contacts | Table::Services | Table::Blocks) {
            tally.find(Finding::FutureFact, future);
        }
    }

    /// The kinds of contact by dictionary index.
    fn kinds(&self, column: usize) -> Vec<Option<ContactKind>> {
        let dictionary = self.context.dictionaries.column(column - 1);
        dictionary.texts().iter().map(|name| ContactKind::parse(name)).collect()
    }

    pub(super) fn check_patients(&mut self, text: &[u8], raw: &RawBlock) {
        let Some(birth) = self.column_that(Holds::Birth) else { return };
        let latest = self.context.index_day.map_or(i32::MAX, |day| day.0);
        let mut d_numbers = vec![NO_FLAG; raw.rows()];
        for row in 0..raw.rows() {
            let born = self.days_of(Some(birth)).map_or(NO_DAY, |days| days[row]);
            if self.scratch.verdict[row] == 0 && born > latest {
                self.refuse(&self.view(birth, 0, text, raw), row, Reason::BirthInFuture);
            }
            if self.scratch.verdict[row] == 0 {
                let number = self.check_number(text, raw, row, Day(born));
                d_numbers[row] = number.map_or(NO_FLAG, |number| u8::from(number.is_d_number()));
            }
        }
        let own = self.context.source.table.columns().iter().position(|column| column.name == D_NUMBER);
        // A column of the practice's own says it better than the digits.
        if let Some(own) = own
            && self.context.plan.national_id.slot(0).is_some()
            && matches!(self.scratch.block.cells[own - 1], Cells::Absent)
        {
            self.scratch.block.cells[own - 1] = Cells::Flags(d_numbers);
        }
    }

    /// The identity number against the patient's own columns: counted, never used for age or sex.
    fn check_number(&mut self, text: &[u8], raw: &RawBlock, row: usize, birth: Day) -> Option<IdentityNumber> {
        let slot = self.context.plan.national_id.slot(0)?;
        let written = String::from_utf8_lossy(raw.value(text, usize::from(slot), row)).into_owned();
        if written.is_empty() {
            return None;
        }
        let tally = &mut self.piece.tally;
        let number = IdentityNumber::read(&written).or_else(|| {
            let (number, _) = restore(&written)?;
            tally.find(Finding::RestoredZero, 1);
            IdentityNumber::read(&number)
        });
        let Some(number) = number else {
            tally.find(Finding::BadIdentityNumber, 1);
            return None;
        };
        tally.find(Finding::SyntheticNumber, u64::from(number.is_surely_synthetic()));
        tally.find(Finding::BirthContradicted, u64::from(number.contradicts_birth(birth)));
        let sex = self.sex_of(row);
        let contradicted = sex.is_some_and(|sex| number.contradicts_sex(sex));
        self.piece.tally.find(Finding::SexContradicted, u64::from(contradicted));
        Some(number)
    }

    fn sex_of(&self, row: usize) -> Option<Sex> {
        let column = self.column_that(Holds::Sex)?;
        match &self.scratch.block.cells[column - 1] {
            Cells::Texts(texts) if texts[row] != NO_TEXT => {
                Sex::parse(self.context.dictionaries.column(column - 1).get(texts[row]))
            }
            _ => None,
        }
    }
}
