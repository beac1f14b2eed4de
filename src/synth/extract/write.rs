//! Writes all practices of a cohort, a block of patients at a time.

use super::blemishes::Blemishes;
use super::cast::Cast;
use super::delivered::Delivered;
use super::folder::Folder;
use super::lines::Lines;
use super::rows::Clerk;
use super::sheet::Sheet;
use super::told::{self, Told};
use super::truth::{self, Outcomes};
use super::words::ProfileFacts;
use crate::clinical::Day;
use crate::journal::store::{private_file, private_folder};
use crate::journal::tables::Source;
use crate::synth::records::PatientRecords;
use rayon::prelude::*;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Patients that one thread writes at a time.
const BLOCK: u64 = 256;
/// Blocks that are held in memory, for each thread.
const BLOCKS: usize = 4;

/// What is to be written.
pub struct Order<'a> {
    /// The practice's folder; of several practices, each has one below it.
    pub folder: &'a Path,
    /// Where the outcomes and the list of planted blemishes go, apart from the files. `None`: nowhere.
    pub truth: Option<&'a Path>,
    pub seed: u64,
    /// The day of the practices' profiles.
    pub index_day: Day,
    /// Generated patients; their numbers begin at 0.
    pub patients: u64,
    pub practices: u32,
    /// Patients with a purpose, in the last practice, behind everyone else.
    pub cast: &'a Cast,
    pub blemishes: &'a Blemishes,
    /// Sources that no practice delivers: their files are not written.
    pub missing: &'a [Source],
}

/// Files could not be written. Holds a path and the system's reason, never a patient's value.
#[derive(Debug, thiserror::Error)]
#[error("could not write {path}: {source}", path = path.display())]
pub struct WriteError {
    pub path: PathBuf,
    pub source: io::Error,
}

/// Writes the files of all practices. `fill` makes the patient of a number, the same at every call; `tell` hears how many
/// patients are done.
///
/// # Errors
/// When a folder holds files of another practice, or the disk refuses.
pub fn write(
    order: &Order<'_>,
    fill: &(dyn Fn(u64, &mut PatientRecords) + Sync),
    tell: &dyn Fn(u64),
) -> Result<Told, WriteError> {
    let failed = |source| WriteError { path: order.folder.to_owned(), source };
    let mut practices = Practices::new(order).map_err(failed)?;
    let cast = &order.cast.members;
    let names = cast.iter().map(|member| (member.records.person.number, member.name.clone())).collect();
    let clerk = Clerk::new(&order.cast.words, order.seed, names);
    let threads = rayon::current_num_threads() * BLOCKS;
    let starts: Vec<u64> = (0..order.patients).step_by(BLOCK as usize).collect();
    for batch in starts.chunks(threads) {
        let block = |start: &u64| {
            let mut pen = Pen::new(order, &clerk);
            let mut records = PatientRecords::empty();
            for number in *start..order.patients.min(start + BLOCK) {
                records.clear();
                fill(number, &mut records);
                pen.write(&records, true);
            }
            pen.done
        };
        let blocks: Vec<Vec<Part>> = batch.par_iter().map(block).collect();
        for part in blocks.into_iter().flatten() {
            practices.take(&part).map_err(failed)?;
        }
        tell(order.patients.min(batch.last().map_or(0, |start| start + BLOCK)));
    }
    let mut pen = Pen::new(order, &clerk);
    for member in cast {
        let mut records = member.records.clone();
        records.person.practice = order.practices.max(1) - 1;
        pen.write(&records, false);
    }
    pen.done.iter().try_for_each(|part| practices.take(part)).map_err(failed)?;
    practices.finish().map_err(failed)
}

/// Lines of neighbours in one practice.
struct Part {
    practice: u32,
    lines: [Lines; 12],
    /// Rows of the outcomes.
    truth: String,
}

/// Writes patients, one after the other.
struct Pen<'a> {
    order: &'a Order<'a>,
    clerk: &'a Clerk,
    sheets: [Sheet; 12],
    done: Vec<Part>,
}

impl<'a> Pen<'a> {
    fn new(order: &'a Order<'a>, clerk: &'a Clerk) -> Pen<'a> {
        Pen { order, clerk, sheets: Delivered::ALL.map(Sheet::new), done: Vec::new() }
    }

    fn write(&mut self, records: &PatientRecords, spoiled: bool) {
        let (practice, number) = (records.person.practice, records.person.number);
        if self.done.last().is_none_or(|part| part.practice != practice) {
            self.done.push(Part { practice, lines: std::array::from_fn(|_| Lines::default()), truth: String::new() });
        }
        let Some(part) = self.done.last_mut() else { return };
        truth::write(&mut part.truth, records);
        self.clerk.write(records, &mut self.sheets);
        for (sheet, lines) in self.sheets.iter_mut().zip(&mut part.lines) {
            if spoiled {
                self.order.blemishes.spoil(sheet, self.order.seed, number);
            }
            lines.take(sheet, number);
        }
    }
}

/// The practice that is being written, and what is told of all of them.
struct Practices<'a> {
    order: &'a Order<'a>,
    open: Option<(u32, Folder)>,
    told: Told,
    list: Option<BufWriter<std::fs::File>>,
    outcomes: Option<Outcomes>,
}

impl<'a> Practices<'a> {
    fn new(order: &'a Order<'a>) -> io::Result<Practices<'a>> {
        let Some(folder) = order.truth else {
            return Ok(Practices { order, open: None, told: Told::default(), list: None, outcomes: None });
        };
        private_folder(folder)?;
        let mut list = BufWriter::new(private_file(&folder.join("blemishes.csv"))?);
        told::header(&mut list)?;
        let outcomes = Some(Outcomes::open(folder)?);
        Ok(Practices { order, open: None, told: Told::default(), list: Some(list), outcomes })
    }

    fn take(&mut self, part: &Part) -> io::Result<()> {
        if self.open.as_ref().is_none_or(|(practice, _)| *practice != part.practice) {
            self.close()?;
            let path = match self.order.practices {
                0 | 1 => self.order.folder.to_owned(),
                _ => self.order.folder.join(folder_name(part.practice)),
            };
            self.open = Some((part.practice, Folder::open(&path)?));
        }
        self.outcomes.as_mut().map_or(Ok(()), |outcomes| outcomes.take(&part.truth))?;
        self.open.as_mut().map_or(Ok(()), |(_, folder)| folder.take(&part.lines))
    }

    fn close(&mut self) -> io::Result<()> {
        let Some((practice, folder)) = self.open.take() else { return Ok(()) };
        let (name, output) = match self.order.practices {
            0 | 1 => ("Eksempel legesenter".to_owned(), "../practice-out".to_owned()),
            _ => {
                (format!("Eksempel legesenter {}", practice + 1), format!("../practice-out/{}", folder_name(practice)))
            }
        };
        let as_of = self.order.index_day.to_string();
        let facts = ProfileFacts { name: &name, as_of: &as_of, output: &output, missing: self.order.missing };
        for (file, written) in folder.finish(&facts)? {
            self.told.add(file, &written);
            if let Some(list) = &mut self.list {
                told::rows(list, practice, file, &written)?;
            }
        }
        Ok(())
    }

    fn finish(mut self) -> io::Result<Told> {
        self.close()?;
        if let Some(list) = &mut self.list {
            list.flush()?;
        }
        self.outcomes.map_or(Ok(()), Outcomes::finish)?;
        Ok(self.told)
    }
}

/// The folder of a practice among several, and her name in the truth.
pub(super) fn folder_name(practice: u32) -> String {
    format!("practice-{:04}", practice + 1)
}
