//! Codes that say of a patient what another has said already.

use crate::observe::facts::class_of;

pub struct Repeats {
    /// The run in which a class of codes last occurred, [`EACH_TIME`] for one of which every code counts; nothing where
    /// all do.
    last: Vec<u32>,
    /// Number of the run, and whose it is.
    run: u32,
    id: i64,
}

const EACH_TIME: u32 = u32::MAX;

impl Repeats {
    /// `once` tells the classes of which one code says as much as several.
    pub fn of(once: &[bool]) -> Repeats {
        let last = if once.contains(&true) { once } else { &[] };
        Repeats { last: last.iter().map(|once| if *once { 0 } else { EACH_TIME }).collect(), run: 1, id: 0 }
    }

    /// Whether any are told from others.
    pub fn are_told(&self) -> bool {
        !self.last.is_empty()
    }

    /// Whether a code of this meaning says something new of this patient.
    #[inline]
    pub fn is_new(&mut self, word: u64, id: i64) -> bool {
        self.run += u32::from(id != self.id);
        self.id = id;
        // What is no code has no class.
        let Some(last) = self.last.get_mut(usize::from(class_of(word).0)) else { return true };
        let is_new = *last != self.run;
        *last = if *last == EACH_TIME { EACH_TIME } else { self.run };
        is_new
    }

    /// Forgets what the patient at hand has said.
    pub fn forget(&mut self) {
        self.run += 1;
    }
}
