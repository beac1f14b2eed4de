//! Opening each table: as a stream when it is sorted by patient, dealt out to blocks when it is not.

use super::journal_files::{ReadError, TableFiles};
use super::partition::Partitions;
use super::read::{Fact, Reading, read_group};
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
        let Some(files) = files else { return Ok(Stream::Absent) };
        let lasts = match &self.lasts {
            Some(lasts) if !can_stream(files, self.reading.ids) => lasts.clone(),
            _ => return Ok(Stream::Sorted(Sorted::new(files.clone()))),
        };
        let mut partitions = Partitions::new(self.reading.ids, lasts);
        let groups: Vec<usize> = (0..files.groups.len()).collect();
        for wave in groups.chunks(GROUPS_PER_THREAD * rayon::current_num_threads()) {
            let read = |group: &usize| read_group::<F>(files, &files.groups[*group], self.reading);
            let read: Vec<_> = wave.par_iter().with_max_len(1).map(read).collect();
            for chunk in read {
                let (chunk, unusable) = chunk?;
                self.unusable_rows += unusable;
                partitions.deal(&chunk, self.temporary)?;
            }
        }
        Ok(Stream::Dealt(Arc::new(partitions)))
    }
}
