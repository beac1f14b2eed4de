//! Where the pieces of one table end: in the journal's file, the refusals and the counts.

use super::blocks::{BlockedPart, Blocks};
use super::doubles::Doubles;
use super::encoding::Encoding;
use super::patients::Patients;
use super::piece::{Piece, Tally};
use super::read::Reading;
use super::reason::Reason;
use super::refusals::{Refusal, RefusalsFile};
use super::report::{FileReport, Finding, Place, Register};
use super::scan::{Head, Info, Opened};
use crate::clinical::RegisterStatus;
use crate::journal::rows::{Cells, Dictionaries, NO_DAY, NO_TEXT, Rows};
use crate::journal::store::{StoreError, TableWriter};
use crate::journal::tables::{Holds, Table};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Places of refused rows that are kept of each reason.
const PLACES: usize = 5;

/// Takes the pieces of one table.
pub(super) struct Sink<'a> {
    reading: &'a Reading<'a>,
    table: Table,
    patients: &'a Patients,
    /// By rank: patients who stand more than once.
    doubled: &'a [bool],
    writer: TableWriter,
    tally: Tally,
    files: Vec<FileReport>,
    refused_at: BTreeMap<Reason, Vec<Place>>,
    /// The file's place among the table's files.
    pub file: usize,
    /// Of a file whose encoding is guessed: lines of Windows-1252, and whether letters of UTF-8 were seen too.
    latin_lines: u64,
    utf8_letters: bool,
    doubles: Doubles,
    births: Vec<i32>,
    register: Register,
    blocks: Blocks,
}

/// What was read of one table.
pub(super) struct TableRead {
    pub table: Table,
    pub tally: Tally,
    /// Rows in the journal.
    pub rows: u64,
    pub files: Vec<FileReport>,
    pub refused_at: BTreeMap<Reason, Vec<Place>>,
}

/// A table that was read, and what it tells about the others.
pub(super) struct Done {
    pub read: TableRead,
    pub births: Vec<i32>,
    pub register: Register,
    /// Only from the table of blocks.
    pub blocks: Option<Blocks>,
}

impl<'a> Sink<'a> {
    pub fn new(reading: &'a Reading<'a>, table: Table, patients: &'a Patients, doubled: &'a [bool]) -> Sink<'a> {
        let births = if table == Table::Patients { vec![NO_DAY; patients.ids.len()] } else { Vec::new() };
        Sink {
            reading,
            table,
            patients,
            doubled,
            writer: TableWriter::new(reading.out, table, Arc::clone(&patients.ids)).with_budget(reading.budget),
            tally: Tally::default(),
            files: Vec::new(),
            refused_at: BTreeMap::new(),
            file: 0,
            latin_lines: 0,
            utf8_letters: false,
            doubles: Doubles::new(),
            births,
            register: Register::default(),
            blocks: Blocks::default(),
        }
    }

    pub fn dictionaries(&self) -> Arc<Dictionaries> {
        self.writer.dictionaries()
    }

    pub fn begin_file(&mut self, opened: &Opened) {
        let (format, encoding, delimiter) = match &opened.head {
            Head::Csv(head) => ("csv", Some(head.encoding.name()), Some(char::from(head.layout.delimiter))),
            Head::Parquet(_) => ("parquet", None, None),
        };
        let (name, delivered) = (opened.part.name.clone(), opened.part.delivered().to_owned());
        self.files.push(FileReport { name, delivered, table: self.table, rows: 0, format, encoding, delimiter });
    }

    /// Tells what a guessed encoding turned out to be. A file of two encodings is a finding; one of Windows-1252 is not.
    pub fn end_file(&mut self) {
        match (self.latin_lines, self.utf8_letters) {
            (0, _) => {}
            (_, false) => {
                if let Some(file) = self.files.last_mut() {
                    file.encoding = Some(Encoding::Windows1252.name());
                }
            }
            (lines, true) => self.tally.find(Finding::MixedEncoding, lines),
        }
        (self.latin_lines, self.utf8_letters) = (0, false);
    }

    pub fn rows_of_file(&self) -> u64 {
        self.files.last().map_or(0, |file| file.rows)
    }

    pub fn take(&mut self, mut piece: Piece, info: Info, refusals: &mut RefusalsFile) -> Result<(), StoreError> {
        piece.refusals.sort_by_key(|refusal| refusal.line);
        piece.refusals.iter_mut().for_each(|refusal| refusal.line = info.line(refusal.line));
        if let Some(file) = self.files.last_mut() {
            file.rows += piece.tally.read;
            refusals.write(&file.name, &piece.refusals)?;
        }
        self.note_places(self.files.len().saturating_sub(1), &piece.refusals);
        self.latin_lines += info.noticed.latin_lines;
        self.utf8_letters |= info.noticed.utf8_letters;
        piece.tally.find(Finding::Mojibake, u64::from(info.noticed.mojibake));
        self.tally.add(&piece.tally);
        let mut rows = piece.rows;
        if self.table == Table::Patients {
            let lines: Vec<u64> = piece.lines.iter().map(|line| info.line(u64::from(*line))).collect();
            rows = self.doubles.set_aside(rows, &lines, self.file, self.doubled);
        }
        self.push(&rows)
    }

    /// Keeps the first places of each reason.
    fn note_places(&mut self, file: usize, refusals: &[Refusal]) {
        let Some(file) = self.files.get(file) else { return };
        for refusal in refusals.iter().filter(|refusal| refusal.reason.is_written()) {
            let places = self.refused_at.entry(refusal.reason).or_default();
            if places.len() < PLACES
                && places.last().is_none_or(|last| last.line != refusal.line || last.file != file.name)
            {
                places.push(Place { file: file.name.clone(), line: refusal.line });
            }
        }
    }

    fn push(&mut self, rows: &Rows) -> Result<(), StoreError> {
        match self.table {
            Table::Patients => self.note_patients(rows),
            Table::Blocks => self.note_blocks(rows),
            _ => {}
        }
        self.writer.push(rows)
    }

    pub fn finish(mut self, refusals: &mut RefusalsFile) -> Result<Done, StoreError> {
        let doubles = std::mem::replace(&mut self.doubles, Doubles::new());
        let ids = Arc::clone(&self.patients.ids);
        let (used, refused) = doubles.resolve(&self.dictionaries(), |rank| ids.text(rank));
        for (file, list) in refused {
            self.tally.refuse(Reason::DuplicatePatient, list.len() as u64);
            self.tally.kept -= list.len() as u64;
            refusals.write(&self.files[file].name, &list)?;
            self.note_places(file, &list);
        }
        self.push(&used)?;
        let rows = self.writer.finish()?;
        Ok(Done {
            read: TableRead {
                table: self.table,
                tally: self.tally,
                rows,
                files: self.files,
                refused_at: self.refused_at,
            },
            births: self.births,
            register: self.register,
            blocks: (self.table == Table::Blocks).then_some(self.blocks),
        })
    }

    /// Birth dates for the checks of facts, and where the patients stand.
    fn note_patients(&mut self, rows: &Rows) {
        let index_day = self.reading.index_day.map_or(i32::MAX, |day| day.0);
        let dictionaries = self.writer.dictionaries();
        let mut dead = vec![false; rows.len()];
        let mut status = vec![None; rows.len()];
        for (index, (cells, column)) in rows.cells.iter().zip(&self.table.columns()[1..]).enumerate() {
            match (cells, column.holds) {
                (Cells::Days(days), Holds::Birth) => {
                    rows.patients.iter().zip(days).for_each(|(rank, day)| self.births[*rank as usize] = *day);
                }
                (Cells::Days(days), Holds::Death) => {
                    dead.iter_mut().zip(days).for_each(|(dead, day)| *dead = *day != NO_DAY && *day <= index_day);
                }
                (Cells::Texts(texts), Holds::Status) => {
                    let dictionary = dictionaries.column(index);
                    let read = |text: &u32| Some(RegisterStatus::parse(dictionary.get(*text)));
                    status.iter_mut().zip(texts).for_each(|(status, text)| *status = read(text));
                }
                (Cells::Texts(texts), Holds::Protection) => {
                    self.register.protected += texts.iter().filter(|text| **text != NO_TEXT).count() as u64;
                }
                (Cells::Flags(flags), Holds::Reservation) => {
                    let reserved = flags.iter().filter(|flag| **flag == 1).count() as u64;
                    let first = self.table.columns().iter().position(|other| other.holds == Holds::Reservation);
                    // The table has two reservations: against contact, then against being scored.
                    match first == Some(index + 1) {
                        true => self.register.no_contact += reserved,
                        false => self.register.no_scoring += reserved,
                    }
                }
                _ => {}
            }
        }
        for (dead, status) in dead.into_iter().zip(status) {
            match status {
                _ if dead => self.register.dead += 1,
                Some(RegisterStatus::Dead) => self.register.dead += 1,
                Some(RegisterStatus::Left) => self.register.left += 1,
                Some(RegisterStatus::Unknown) => self.register.unknown += 1,
                Some(RegisterStatus::Listed) | None => {}
            }
        }
    }

    fn note_blocks(&mut self, rows: &Rows) {
        let part = self.table.columns().iter().position(|column| column.holds == Holds::Part);
        let Some(Cells::Texts(parts)) = part.map(|part| &rows.cells[part - 1]) else { return };
        let dictionaries = self.writer.dictionaries();
        let dictionary = dictionaries.column(part.map_or(0, |part| part - 1));
        for (patient, text) in rows.patients.iter().zip(parts) {
            let part = BlockedPart::parse(dictionary.get(*text));
            self.tally.find(Finding::UnknownPart, u64::from(part.is_none()));
            // What tidlig cannot tell apart is all taken for blocked.
            self.blocks.add(*patient, part.unwrap_or(BlockedPart::Everything));
        }
    }
}
