//! Reading a whole extract: the patients first, then what hangs on them.

use super::blocks::Blocks;
use super::clean::Context;
use super::error::{ExtractError, FaultKind, FileFault, FileFaults};
use super::input;
use super::passes::{CleaningWorker, IdCollector, Ids, Pool};
use super::patients::{Found, Patients};
use super::piece::Piece;
use super::profile::{TableSource, Target};
use super::reason::Reason;
use super::refusals::RefusalsFile;
use super::report::Register;
use super::scan::{Head, Info, Opened, Pace, inspect, scan};
use super::sink::{Sink, TableRead};
use crate::clinical::{Day, Language};
use crate::journal::store::{StoreError, private_folder};
use crate::journal::tables::Table;
use std::path::Path;

/// How far the reading has come.
#[derive(Debug, Clone, Copy)]
pub struct Progress<'a> {
    pub table: Table,
    /// As the profile names it.
    pub file: &'a str,
    /// Rows of the file read so far.
    pub rows: u64,
}

/// What does not change while an extract is read.
pub(super) struct Reading<'a> {
    pub folder: &'a Path,
    pub sources: &'a [TableSource],
    pub index_day: Option<Day>,
    pub language: Language,
    pub out: &'a Path,
    pub pace: Pace,
    pub budget: usize,
    pub progress: &'a (dyn Fn(Progress<'_>) + Sync),
}

/// The extract, read and written.
pub(super) struct Outcome {
    pub tables: Vec<TableRead>,
    pub patients: u64,
    pub integer_ids: bool,
    pub register: Register,
}

/// Why the work on one file stopped.
enum Stop {
    File(FaultKind, Option<u64>),
    Store(StoreError),
}

impl From<FaultKind> for Stop {
    fn from(kind: FaultKind) -> Stop {
        Stop::File(kind, None)
    }
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Stop {
        Stop::Store(error)
    }
}

/// A file and the `[[table]]` it belongs to.
type Delivered<'a> = (&'a TableSource, Opened);

impl Reading<'_> {
    /// # Errors
    /// All faults of all files, or the first fault of writing.
    pub fn run(&self) -> Result<Outcome, ExtractError> {
        let files = self.open_all()?;
        private_folder(self.out).map_err(|source| StoreError::Io { path: self.out.to_path_buf(), source })?;
        let mut faults = Vec::new();
        let (mut patients, doubled) = self.collect_patients(&files, &mut faults);
        FileFaults(std::mem::take(&mut faults)).check()?;
        let mut refusals = RefusalsFile::create(self.out, self.language)?;
        let mut blocks = Blocks::default();
        let mut register = Register::default();
        let mut tables = Vec::new();
        for table in reading_order().into_iter().filter(|table| files.iter().any(|(source, _)| source.table == *table))
        {
            let mut sink = Sink::new(self, table, &patients, &doubled);
            for (index, (source, opened)) in files.iter().filter(|(source, _)| source.table == table).enumerate() {
                sink.file = index;
                let read = self.one_file(source, opened, &patients, &blocks, &mut sink, &mut refusals);
                sink.end_file();
                match read {
                    Err(Stop::Store(error)) => return Err(error.into()),
                    Err(Stop::File(kind, line)) => faults.push(FileFault::new(&opened.part.place(), line, kind)),
                    Ok(()) => {}
                }
            }
            let done = sink.finish(&mut refusals)?;
            blocks = done.blocks.unwrap_or(blocks);
            if table == Table::Patients {
                patients.births = done.births;
                register = done.register;
                if done.read.rows == 0 && faults.is_empty() {
                    self.no_patients(&files, &mut faults);
                    break;
                }
            }
            tables.push(done.read);
        }
        refusals.finish()?;
        FileFaults(faults).check()?;
        Ok(Outcome {
            patients: tables.first().map_or(0, |read| read.rows),
            integer_ids: patients.ids.are_integers(),
            tables,
            register,
        })
    }

    /// Finds and opens every file, so that all their faults are told at once.
    fn open_all(&self) -> Result<Vec<Delivered<'_>>, ExtractError> {
        let mut faults = Vec::new();
        let mut files = Vec::new();
        for source in self.sources {
            for part in input::parts(self.folder, source, &mut faults) {
                match inspect(part, source) {
                    Ok(opened) => files.push((source, opened)),
                    Err((part, kinds)) => {
                        faults.extend(kinds.into_iter().map(|kind| FileFault::new(&part.place(), None, kind)));
                    }
                }
            }
        }
        FileFaults(faults).check()?;
        Ok(files)
    }

    /// The ids of all patients, and which of them stand more than once.
    fn collect_patients(&self, files: &[Delivered<'_>], faults: &mut Vec<FileFault>) -> (Patients, Vec<bool>) {
        let mut ids = Ids::default();
        for (source, opened) in files.iter().filter(|(source, _)| source.table == Table::Patients) {
            let column = source.columns.iter().find(|column| column.target == Target::Column(0));
            let map = column.and_then(|column| column.map.as_ref());
            let make = || IdCollector { plan: &opened.plan, map, ids: Ids::default() };
            let take = |found: Ids, _: Info| -> Result<(), FaultKind> {
                ids.extend(&found);
                Ok(())
            };
            if let Err(kind) = scan(opened, source, self.pace, make, take) {
                faults.push(FileFault::new(&opened.part.place(), None, kind));
            }
        }
        let all: Vec<&str> = ids.iter().collect();
        let patients = Patients::new(&all);
        let mut seen = vec![false; patients.ids.len()];
        let mut doubled = seen.clone();
        for id in all {
            if let Found::Rank(rank, _) = patients.find(id.as_bytes()) {
                let rank = rank as usize;
                doubled[rank] = std::mem::replace(&mut seen[rank], true);
            }
        }
        (patients, doubled)
    }

    fn one_file(
        &self,
        source: &TableSource,
        opened: &Opened,
        patients: &Patients,
        blocks: &Blocks,
        sink: &mut Sink<'_>,
        refusals: &mut RefusalsFile,
    ) -> Result<(), Stop> {
        let dictionaries = sink.dictionaries();
        let context = Context {
            source,
            plan: &opened.plan,
            patients,
            blocks,
            dictionaries: &dictionaries,
            index_day: self.index_day,
            typed: matches!(opened.head, Head::Parquet(_)),
        };
        let pool = Pool::default();
        let make = || CleaningWorker::new(context, &pool);
        sink.begin_file(opened);
        scan(opened, source, self.pace, make, |piece: Piece, info: Info| {
            let told = match &opened.head {
                Head::Csv(head) => head.encoding.name(),
                Head::Parquet(_) => "utf-8",
            };
            if let Some(line) = info.noticed.invalid_line {
                return Err(Stop::File(FaultKind::Encoding { told }, Some(info.line(u64::from(line)))));
            }
            if let Some(line) = cut_at(&piece, info) {
                return Err(Stop::File(FaultKind::Cut, Some(line)));
            }
            sink.take(piece, info, refusals)?;
            (self.progress)(Progress { table: source.table, file: &opened.part.name, rows: sink.rows_of_file() });
            Ok(())
        })
    }

    fn no_patients(&self, files: &[Delivered<'_>], faults: &mut Vec<FileFault>) {
        let patients = files.iter().filter(|(source, _)| source.table == Table::Patients);
        faults.extend(patients.map(|(_, opened)| FileFault::new(&opened.part.place(), None, FaultKind::NoPatients)));
    }
}

/// The patients decide about all other rows, blocked parts about all facts.
fn reading_order() -> Vec<Table> {
    let mut order = vec![Table::Patients, Table::Blocks];
    order.extend(Table::ALL.into_iter().filter(|table| !matches!(table, Table::Patients | Table::Blocks)));
    order
}

/// The line of a last row that has neither all its fields nor an end.
fn cut_at(piece: &Piece, info: Info) -> Option<u64> {
    let last = u64::from(info.lines.checked_sub(1)?);
    let short = piece.refusals.iter().any(|refusal| refusal.reason == Reason::FewFields && refusal.line == last);
    (info.open_end && short).then(|| info.line(last))
}
