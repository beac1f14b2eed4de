//! Index days: the same for everyone, or each patient's own.

use crate::clinical::Day;
use crate::observe::ids::Id;
use std::collections::HashMap;

/// The days on which patients are scored.
#[derive(Debug, Clone)]
pub enum IndexDays {
    /// Ascending, without duplicates.
    Same(Vec<Day>),
    Each(OwnDays),
}

/// Days of single patients; a patient who is not named is not scored.
#[derive(Debug, Clone, Default)]
pub struct OwnDays {
    whole: HashMap<i64, Vec<Day>>,
    text: HashMap<Vec<u8>, Vec<Day>>,
}

impl OwnDays {
    pub fn add(&mut self, id: Id, day: Day) {
        let days = match id {
            Id::Whole(id) => self.whole.entry(id).or_default(),
            Id::Text(id) => self.text.entry(id.to_vec()).or_default(),
        };
        if let Err(place) = days.binary_search(&day) {
            days.insert(place, day);
        }
    }

    fn of(&self, id: Id) -> &[Day] {
        let days = match id {
            Id::Whole(id) => self.whole.get(&id),
            Id::Text(id) => self.text.get(id),
        };
        days.map_or(&[], Vec::as_slice)
    }
}

impl IndexDays {
    /// Ascending days without duplicates.
    #[must_use]
    pub fn same(mut days: Vec<Day>) -> IndexDays {
        days.sort_unstable();
        days.dedup();
        IndexDays::Same(days)
    }

    /// A patient's days, ascending.
    #[must_use]
    pub fn of(&self, id: Id) -> &[Day] {
        match self {
            IndexDays::Same(days) => days,
            IndexDays::Each(own) => own.of(id),
        }
    }

    /// Days that each patient has, as far as all have the same; otherwise one is a fair guess.
    #[must_use]
    pub fn usual_number(&self) -> usize {
        match self {
            IndexDays::Same(days) => days.len(),
            IndexDays::Each(_) => 1,
        }
    }

    /// The first of all; `None` when there is none.
    #[must_use]
    pub fn first(&self) -> Option<Day> {
        match self {
            IndexDays::Same(days) => days.first().copied(),
            IndexDays::Each(own) => own.whole.values().chain(own.text.values()).flatten().min().copied(),
        }
    }

    /// The last of all; `None` when there is none.
    #[must_use]
    pub fn last(&self) -> Option<Day> {
        match self {
            IndexDays::Same(days) => days.last().copied(),
            IndexDays::Each(own) => own.whole.values().chain(own.text.values()).flatten().max().copied(),
        }
    }
}
