//! One table as a stream of chunks in the order of patients.

use super::block::Parts;
use super::chunk::Chunk;
use super::ids::{Id, IdKind};
use super::journal_files::{ReadError, StatId, TableFiles};
use super::partition::Partitions;
use super::spill::Bytes;
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

/// Where a table's facts come from.
pub enum Stream<F> {
    /// The table is not there.
    Absent,
    Sorted(Sorted<F>),
    /// Dealt out to blocks beforehand.
    Dealt(Arc<Partitions<F>>),
}

/// A table whose row groups follow one another by patient.
pub struct Sorted<F> {
    files: Arc<TableFiles>,
    /// Next row group to ask for, and to take in.
    asked: usize,
    taken: usize,
    chunks: VecDeque<Arc<Chunk<F>>>,
    /// Row groups that were read before those that precede them.
    early: BTreeMap<usize, Chunk<F>>,
    /// First run of the first chunk that no block has.
    next: usize,
}

/// A block's share of a table, to be loaded by who needs it.
pub enum Share<F> {
    Parts(Parts<F>),
    Dealt(Arc<Partitions<F>>, usize),
}

impl<F: Bytes> Share<F> {
    /// # Errors
    /// When a temporary file cannot be read.
    pub fn load(self) -> Result<Parts<F>, ReadError> {
        match self {
            Share::Parts(parts) => Ok(parts),
            Share::Dealt(partitions, block) => {
                let chunk = partitions.block(block)?;
                let runs = chunk.len();
                Ok(vec![(Arc::new(chunk), 0..runs)])
            }
        }
    }
}

impl<F: Copy> Sorted<F> {
    #[must_use]
    pub fn new(files: TableFiles) -> Sorted<F> {
        Sorted { files: Arc::new(files), asked: 0, taken: 0, chunks: VecDeque::new(), early: BTreeMap::new(), next: 0 }
    }

    /// A table that was read and sorted as a whole.
    #[must_use]
    pub fn loaded(files: TableFiles, chunk: Chunk<F>) -> Sorted<F> {
        let groups = files.groups.len();
        let chunks = if chunk.is_empty() { VecDeque::new() } else { VecDeque::from([Arc::new(chunk)]) };
        Sorted { files: Arc::new(files), asked: groups, taken: groups, chunks, early: BTreeMap::new(), next: 0 }
    }

    /// The chunk of a loaded table.
    #[must_use]
    pub fn loaded_chunk(&self) -> Option<&Chunk<F>> {
        self.chunks.front().map(Arc::as_ref)
    }

    /// How far the table has been asked for.
    #[must_use]
    pub fn reach(&self) -> Reach {
        if self.all_asked() {
            return Reach::Everything;
        }
        self.asked_up_to().map_or(Reach::Nothing, |last| Reach::UpTo(last.clone()))
    }

    /// Greatest patient of the row groups asked for; `None` before the first.
    fn asked_up_to(&self) -> Option<&StatId> {
        self.last_of(self.asked)
    }

    fn last_of(&self, groups: usize) -> Option<&StatId> {
        self.files.groups[..groups].iter().rev().find_map(|group| group.range.as_ref()).map(|(_, last)| last)
    }

    fn all_asked(&self) -> bool {
        self.asked == self.files.groups.len()
    }

    #[must_use]
    pub fn all_taken(&self) -> bool {
        self.taken == self.files.groups.len()
    }

    /// The next row group to read.
    pub fn ask(&mut self) -> (Arc<TableFiles>, usize) {
        self.asked += 1;
        (Arc::clone(&self.files), self.asked - 1)
    }

    /// Takes in a row group, in whatever order they come.
    pub fn take(&mut self, group: usize, chunk: Chunk<F>) {
        self.early.insert(group, chunk);
        while let Some(chunk) = self.early.remove(&self.taken) {
            self.taken += 1;
            if !chunk.is_empty() {
                self.chunks.push_back(Arc::new(chunk));
            }
        }
    }

    /// Whether all facts of this patient were taken in.
    fn is_complete(&self, id: Id) -> bool {
        self.all_taken() || self.last_of(self.taken).is_some_and(|last| is_before(id, last))
    }

    /// Runs that no block has yet.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.chunks.iter().map(|chunk| chunk.len()).sum::<usize>() - self.next
    }

    /// The id of the `n`th waiting run.
    #[must_use]
    pub fn id_at(&self, n: usize) -> Option<Id<'_>> {
        let mut index = self.next + n;
        for chunk in &self.chunks {
            if index < chunk.len() {
                return Some(chunk.ids.get(index));
            }
            index -= chunk.len();
        }
        None
    }

    /// The next `n` runs.
    pub fn cut(&mut self, mut n: usize) -> Parts<F> {
        let mut parts = Parts::new();
        while n > 0 {
            let Some(chunk) = self.chunks.front() else { break };
            let end = (self.next + n).min(chunk.len());
            n -= end - self.next;
            parts.push((Arc::clone(chunk), self.next..end));
            self.next = end;
            self.drop_finished();
        }
        parts
    }

    /// The runs up to and including this patient's.
    fn cut_up_to(&mut self, id: Id) -> Parts<F> {
        let mut parts = Parts::new();
        while let Some(chunk) = self.chunks.front() {
            let end = chunk.ids.upper_bound(self.next, id);
            if end > self.next {
                parts.push((Arc::clone(chunk), self.next..end));
            }
            let whole = end == chunk.len();
            self.next = end;
            self.drop_finished();
            if !whole {
                break;
            }
        }
        parts
    }

    fn drop_finished(&mut self) {
        if self.chunks.front().is_some_and(|chunk| self.next == chunk.len()) {
            self.chunks.pop_front();
            self.next = 0;
        }
    }
}

fn is_before(id: Id, other: &StatId) -> bool {
    match (id, other) {
        (Id::Whole(id), StatId::Whole(other)) => id < *other,
        (Id::Text(id), StatId::Text(other)) => id < other.as_slice(),
        _ => false,
    }
}

/// How far a stream has been asked for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    Nothing,
    UpTo(StatId),
    Everything,
}

impl<F: Copy> Stream<F> {
    #[must_use]
    pub fn reach(&self) -> Reach {
        match self {
            Stream::Sorted(sorted) => sorted.reach(),
            _ => Reach::Everything,
        }
    }

    /// The next row group to read.
    pub fn ask(&mut self) -> Option<(Arc<TableFiles>, usize)> {
        match self {
            Stream::Sorted(sorted) => Some(sorted.ask()),
            _ => None,
        }
    }

    pub fn take(&mut self, group: usize, chunk: Chunk<F>) {
        if let Stream::Sorted(sorted) = self {
            sorted.take(group, chunk);
        }
    }

    /// Whether a block that ends with this patient can be cut.
    #[must_use]
    pub fn is_complete(&self, last: Id) -> bool {
        match self {
            Stream::Sorted(sorted) => sorted.is_complete(last),
            _ => true,
        }
    }

    /// What the block `block`, which ends with `last`, has of this table.
    pub fn share(&mut self, block: usize, last: Id) -> Share<F> {
        match self {
            Stream::Absent => Share::Parts(Parts::new()),
            Stream::Sorted(sorted) => Share::Parts(sorted.cut_up_to(last)),
            Stream::Dealt(partitions) => Share::Dealt(Arc::clone(partitions), block),
        }
    }
}

/// Whether a table can be streamed as it lies.
#[must_use]
pub fn can_stream(files: &TableFiles, ids: IdKind) -> bool {
    files.is_sorted() && files.id_kind == ids
}
