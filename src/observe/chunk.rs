//! The facts of a stretch of a table, patient by patient.

use super::ids::{Id, IdKind, Ids};
use super::pool::Lent;

/// Runs of facts: run i belongs to patient `ids[i]` and ends at `ends[i]`.
#[derive(Debug, Clone)]
pub struct Chunk<F> {
    pub ids: Ids,
    pub ends: Vec<u32>,
    pub facts: Lent<F>,
}

impl<F: Copy> Chunk<F> {
    #[must_use]
    pub fn new(kind: IdKind) -> Chunk<F> {
        Chunk::with_room(kind, Lent::default())
    }

    /// With room for facts.
    #[must_use]
    pub fn with_room(kind: IdKind, facts: Lent<F>) -> Chunk<F> {
        Chunk { ids: Ids::new(kind), ends: Vec::new(), facts }
    }

    /// Number of runs.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    #[must_use]
    pub fn run(&self, index: usize) -> &[F] {
        let start = if index == 0 { 0 } else { self.ends[index - 1] as usize };
        &self.facts[start..self.ends[index] as usize]
    }

    /// Ends the run of the facts pushed since the last; a run without facts is none.
    #[inline]
    pub fn end_run(&mut self, id: Id) {
        let end = self.facts.len() as u32;
        if self.ends.last().copied().unwrap_or(0) < end {
            self.ids.push(id);
            self.ends.push(end);
        }
    }

    /// Adds the runs of another chunk.
    pub fn append(&mut self, other: &Chunk<F>) {
        for index in 0..other.len() {
            self.facts.extend_from_slice(other.run(index));
            self.end_run(other.ids.get(index));
        }
    }

    /// The same runs in the order of the patients; those of one patient keep their order.
    #[must_use]
    pub fn sorted(self) -> Chunk<F> {
        if self.ids.is_sorted() {
            return self;
        }
        let order = self.ids.order();
        let mut sorted = Chunk::new(self.ids.kind());
        sorted.facts.reserve_exact(self.facts.len());
        for index in order {
            sorted.facts.extend_from_slice(self.run(index as usize));
            sorted.end_run(self.ids.get(index as usize));
        }
        sorted
    }
}
