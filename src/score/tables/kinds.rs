//! The kinds of lines that a block has: a criterion or cap, and what it gives.

use crate::clinical::Points;
use crate::journal::encoding::{Dictionary, Interner};
use std::collections::HashMap;
use std::sync::Arc;

/// Kinds of lines by number, in the order in which they came.
#[derive(Debug, Default)]
pub(super) struct LineKinds {
    all: Vec<Kind>,
    /// The kind last seen of each criterion: most give the same points to everyone.
    last: Vec<u32>,
    numbers: HashMap<(u32, i64), u32>,
}

#[derive(Debug, Clone, Copy)]
struct Kind {
    model: u32,
    criterion: u32,
    points: Points,
}

const NONE: u32 = u32::MAX;

impl LineKinds {
    /// The number of a kind; `criterion` is its place among those of all rule sets.
    #[inline]
    pub fn number(&mut self, model: usize, criterion: u32, points: Points) -> u32 {
        match self.last.get(criterion as usize) {
            Some(last) if *last != NONE && self.all[*last as usize].points == points => *last,
            _ => self.find(Kind { model: model as u32, criterion, points }),
        }
    }

    fn find(&mut self, kind: Kind) -> u32 {
        let number = *self.numbers.entry((kind.criterion, kind.points.0)).or_insert_with(|| {
            self.all.push(kind);
            self.all.len() as u32 - 1
        });
        let criterion = kind.criterion as usize;
        if self.last.len() <= criterion {
            self.last.resize(criterion + 1, NONE);
        }
        self.last[criterion] = number;
        number
    }

    /// The rule set of each kind.
    pub fn models(&self) -> Vec<u32> {
        self.all.iter().map(|kind| kind.model).collect()
    }

    /// The criterion of each kind.
    pub fn criteria(&self) -> Vec<u32> {
        self.all.iter().map(|kind| kind.criterion).collect()
    }

    /// The points that occur, and which of them each kind gives.
    pub fn points(&self) -> (Arc<Dictionary>, Vec<u32>) {
        let mut points = Interner::default();
        let keys = self.all.iter().map(|kind| points.key(kind.points.0)).collect();
        (Dictionary::points(points.values()), keys)
    }
}
