//! Outcomes by number: millions of patients share the same few, so that a number stands for what would take many words.

use super::result::Outcome;
use crate::clinical::{Points, Tri};
use crate::journal::encoding::Interner;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// The number of an outcome among those that a thread has met.
pub type OutcomeId = u32;

/// No outcome.
pub(super) const NO_OUTCOME: OutcomeId = OutcomeId::MAX;

/// All outcomes that a thread has met.
#[derive(Debug, Default)]
pub struct KnownOutcomes {
    all: Vec<Outcome>,
    numbers: HashMap<Outcome, OutcomeId, BuildHasherDefault<Mixer>>,
    models: Vec<OfModel>,
}

/// Outcomes of one rule set that are found without a look at the whole.
#[derive(Debug, Clone)]
struct OfModel {
    /// Of those who are not, or perhaps not, in the population.
    outside: OutcomeId,
    open: OutcomeId,
    /// By the sum, where it decides everything: a whole number that is not large, or any other.
    by_whole: [OutcomeId; SMALL],
    sums: Interner,
    by_sum: Vec<OutcomeId>,
}

impl KnownOutcomes {
    /// More distinct outcomes than this, and the memory is cleared.
    const MOST: usize = 1 << 20;

    #[must_use]
    pub fn new(models: usize) -> KnownOutcomes {
        let (sums, by_sum) = (Interner::default(), Vec::new());
        let nothing = OfModel { outside: NO_OUTCOME, open: NO_OUTCOME, by_whole: [NO_OUTCOME; SMALL], sums, by_sum };
        KnownOutcomes { models: vec![nothing; models], ..KnownOutcomes::default() }
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.all.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Whether there are so many that it is time to begin anew.
    pub(super) fn is_full(&self) -> bool {
        self.len() > KnownOutcomes::MOST
    }

    #[must_use]
    pub fn get(&self, id: OutcomeId) -> &Outcome {
        &self.all[id as usize]
    }

    /// The number of an outcome.
    pub(super) fn number(&mut self, outcome: Outcome) -> OutcomeId {
        *self.numbers.entry(outcome).or_insert_with(|| {
            self.all.push(outcome);
            self.all.len() as OutcomeId - 1
        })
    }

    /// The outcome of someone who is not known to be in the population.
    #[inline]
    pub(super) fn without_score(&mut self, model: usize, in_population: Tri) -> OutcomeId {
        let of_model = &self.models[model];
        let known = if in_population == Tri::No { of_model.outside } else { of_model.open };
        if known != NO_OUTCOME {
            return known;
        }
        let id = self.number(Outcome { model, in_population, score: None });
        let of_model = &mut self.models[model];
        *(if in_population == Tri::No { &mut of_model.outside } else { &mut of_model.open }) = id;
        id
    }

    /// The outcome of a sum that decides everything; `make` makes one that was not met before.
    #[inline]
    pub(super) fn of_sum(&mut self, model: usize, sum: Points, make: impl FnOnce() -> Outcome) -> OutcomeId {
        let of_model = &mut self.models[model];
        if let Some(place) = small(sum) {
            if of_model.by_whole[place] == NO_OUTCOME {
                let id = self.number(make());
                self.models[model].by_whole[place] = id;
            }
            return self.models[model].by_whole[place];
        }
        let place = of_model.sums.key(sum.0) as usize;
        match of_model.by_sum.get(place) {
            Some(id) => *id,
            None => {
                let id = self.number(make());
                // Sums are numbered as they come, so the place is the next.
                self.models[model].by_sum.push(id);
                id
            }
        }
    }
}

/// Whole sums that are looked up: this many, some of them below nothing.
const SMALL: usize = 128;
const BELOW: i64 = 32;

fn small(sum: Points) -> Option<usize> {
    let whole = sum.0 / Points::SCALE;
    let place = usize::try_from(whole + BELOW).ok().filter(|place| *place < SMALL);
    place.filter(|_| whole * Points::SCALE == sum.0)
}

/// A quick mixer of a few numbers, none of which anyone outside chooses.
#[derive(Default)]
struct Mixer(u64);

impl Hasher for Mixer {
    fn finish(&self) -> u64 {
        self.0.rotate_left(26)
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u8(*byte));
    }

    fn write_u8(&mut self, number: u8) {
        self.write_u64(u64::from(number));
    }

    fn write_u16(&mut self, number: u16) {
        self.write_u64(u64::from(number));
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0.rotate_left(5) ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn write_usize(&mut self, number: usize) {
        self.write_u64(number as u64);
    }
}
