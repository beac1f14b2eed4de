//! Opening each table: as a stream when it is sorted by patient, dealt out to blocks when it is not.

use super::chunk::Chunk;
use super::facts::DiagnosisFact;
use super::journal_files::{ReadError, TableFiles};
use super::partition::Partitions;
use super::read::{Fact, Reading, read_group};
use super::read_diagnoses::read_diagnoses;
use super::spill::Bytes;
use super::stream::{Sorted, Stream, can_stream};
use rayon::prelude::*;
use std::path::Path;
use std::sync::Arc;

/// Row groups that are read in one wave, for each thread.
pub(super) const GROUPS_PER_THREAD: usize = 2;

/// Opens each table as a stream, or deals out its facts when it is not sorted.
pub(super) struct Dealer<'a> {
    pub reading: &'a Reading<'a>,
    pub temporary: &'a Path,
    /// Last patients of the blocks, when some table must be dealt out.
    pub lasts: Option<super::ids::Ids>,
    pub unusable_rows: usize,
}

impl Dealer<'_> {
    pub fn stream<F: Fact + Bytes>(&mut self, files: Option<&TableFiles>) -> Result<Stream<F>, ReadError> {
        let reading = self.reading;
        self.open(files, |files, group| read_group(files, &files.groups[group], reading))
    }

    pub fn stream_diagnoses(&mut self, files: Option<&TableFiles>) -> Result<Stream<DiagnosisFact>, ReadError> {
        let reading = self.reading;
        self.open(files, |files, group| read_diagnoses(files, &files.groups[group], reading))
    }

    fn open<F: Fact + Bytes>(
        &mut self,
        files: Option<&TableFiles>,
        read: impl Fn(&TableFiles, usize) -> Result<(Chunk<F>, usize), ReadError> + Sync,
    ) -> Result<Stream<F>, ReadError> {
        let Some(files) = files else { return Ok(Stream::Absent) };
        let lasts = match &self.lasts {
            Some(lasts) if !can_stream(files, self.reading.ids) => lasts.clone(),
            _ => return Ok(Stream::Sorted(Sorted::new(files.clone()))),
        };
        let mut partitions = Partitions::new(self.reading.ids, lasts);
        let groups: Vec<usize> = (0..files.groups.len()).collect();
        for wave in groups.chunks(GROUPS_PER_THREAD * rayon::current_num_threads()) {
            let read: Vec<_> = wave.par_iter().with_max_len(1).map(|group| read(files, *group)).collect();
            for chunk in read {
                let (chunk, unusable) = chunk?;
                self.unusable_rows += unusable;
                partitions.deal(&chunk, self.temporary)?;
            }
        }
        Ok(Stream::Dealt(Arc::new(partitions)))
    }
}
