//! Merging sorted runs patient by patient.

use super::ids::PatientIds;
use super::parquet_run::ParquetRun;
use super::rows::{Dictionaries, Rows};
use super::spill::RunReader;
use super::tables::Table;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

/// Several runs, each sorted by patient.
pub(super) struct Merge {
    table: Table,
    runs: Vec<Head>,
    /// The patient that each unfinished run comes to next.
    next: BinaryHeap<Reverse<(u32, usize)>>,
}

/// A run and the block of it that is in memory.
struct Head {
    reader: Reader,
    block: Rows,
    row: usize,
}

enum Reader {
    Spilled(RunReader),
    Parquet(Box<ParquetRun>),
}

impl Reader {
    fn next(&mut self) -> io::Result<Option<Rows>> {
        match self {
            Reader::Spilled(run) => run.next(),
            Reader::Parquet(run) => run.next(),
        }
    }
}

impl Head {
    /// The next row's patient, after reading on when the block is used up.
    fn patient(&mut self) -> io::Result<Option<u32>> {
        while self.row == self.block.len() {
            let Some(block) = self.reader.next()? else { return Ok(None) };
            (self.block, self.row) = (block, 0);
        }
        Ok(Some(self.block.patients[self.row]))
    }
}

impl Merge {
    /// The first path is the Parquet file that was begun, the others are spilled runs.
    pub fn open(
        paths: Vec<PathBuf>,
        table: Table,
        ids: &Arc<PatientIds>,
        dictionaries: &Arc<Dictionaries>,
    ) -> io::Result<Merge> {
        let mut merge = Merge { table, runs: Vec::new(), next: BinaryHeap::new() };
        for (index, path) in paths.into_iter().enumerate() {
            let reader = match index {
                0 => Reader::Parquet(Box::new(ParquetRun::open(path, table, ids, dictionaries)?)),
                _ => Reader::Spilled(RunReader::open(path, table)?),
            };
            merge.runs.push(Head { reader, block: Rows::new(table), row: 0 });
            merge.enqueue(index)?;
        }
        Ok(merge)
    }

    /// The next whole patients' rows, at least `budget` bytes of them; none at the end.
    pub fn next(&mut self, budget: usize) -> io::Result<Option<Rows>> {
        let mut out = Rows::new(self.table);
        while let Some(Reverse((patient, run))) = self.next.pop() {
            if out.bytes() >= budget && out.patients.last().is_some_and(|last| *last != patient) {
                self.next.push(Reverse((patient, run)));
                return Ok(Some(out));
            }
            let head = &mut self.runs[run];
            while head.patient()? == Some(patient) {
                let rest = &head.block.patients[head.row..];
                let end = head.row + rest.iter().take_while(|rank| **rank == patient).count();
                out.append(&head.block, head.row..end);
                head.row = end;
            }
            self.enqueue(run)?;
        }
        Ok((!out.is_empty()).then_some(out))
    }

    fn enqueue(&mut self, run: usize) -> io::Result<()> {
        if let Some(patient) = self.runs[run].patient()? {
            self.next.push(Reverse((patient, run)));
        }
        Ok(())
    }
}
