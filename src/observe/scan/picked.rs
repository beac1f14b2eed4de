//! The rows of a stretch that some rule may ask for; what is needed of them, column by column.

use super::{Row, STRETCH};
use crate::observe::meanings::MAX_CODES;

pub struct Picked {
    count: usize,
    /// Their places in the stretch.
    rows: Box<[u16; STRETCH]>,
    words: Box<[u64; STRETCH]>,
    days: Box<[i32; STRETCH]>,
    ids: Box<[i64; STRETCH]>,
}

impl Picked {
    pub fn new() -> Picked {
        let (rows, words) = (Box::new([0; STRETCH]), Box::new([0; STRETCH]));
        Picked { count: 0, rows, words, days: Box::new([0; STRETCH]), ids: Box::new([0; STRETCH]) }
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Takes the rows of a stretch whose codes some rule may ask for, without a branch.
    #[inline]
    pub fn take(&mut self, codes: &[u32], asked: &[u8; MAX_CODES]) {
        let rows = &mut *self.rows;
        let (eights, rest) = codes.as_chunks::<8>();
        let mut place = 0;
        // Eight at a time: the loop itself would cost as much as what it does.
        for (i, eight) in eights.iter().enumerate() {
            for (k, code) in eight.iter().enumerate() {
                rows[place % STRETCH] = (i * 8 + k) as u16;
                place += usize::from(asked[usize::from(*code as u16)]);
            }
        }
        for (k, code) in rest.iter().enumerate() {
            rows[place % STRETCH] = (eights.len() * 8 + k) as u16;
            place += usize::from(asked[usize::from(*code as u16)]);
        }
        self.count = place;
    }

    /// Leaves out all but the first so many.
    pub fn cut(&mut self, count: usize) {
        self.count = self.count.min(count);
    }

    /// Leaves out those of which `is_kept`, by word, day and id as far as they are known, says no; without a branch.
    #[inline]
    pub fn retain(&mut self, mut is_kept: impl FnMut(u64, i32, i64) -> bool) {
        let Picked { count, rows, words, days, ids } = self;
        let mut place = 0;
        for at in 0..(*count).min(STRETCH) {
            let (row, word, day, id) = (rows[at], words[at], days[at], ids[at]);
            (rows[place], words[place], days[place], ids[place]) = (row, word, day, id);
            place += usize::from(is_kept(word, day, id));
        }
        *count = place;
    }

    /// The rows, and room for what their codes mean.
    pub fn words(&mut self) -> (&mut [u16], &mut [u64]) {
        (&mut self.rows[..self.count], &mut self.words[..self.count])
    }

    /// The rows, and room for their days.
    pub fn days_of(&mut self) -> (&[u16], &mut [i32]) {
        (&self.rows[..self.count], &mut self.days[..self.count])
    }

    /// The rows, and room for their patients.
    pub fn ids_of(&mut self) -> (&[u16], &mut [i64]) {
        (&self.rows[..self.count], &mut self.ids[..self.count])
    }

    pub fn days(&self) -> &[i32] {
        &self.days[..self.count]
    }

    /// The rows with their patients.
    #[inline]
    pub fn iter(&self) -> impl Iterator<Item = (Row, i64)> {
        let count = self.count;
        let rows = self.rows[..count].iter().zip(&self.words[..count]);
        let rows = rows.zip(self.days[..count].iter().zip(&self.ids[..count]));
        rows.map(|((at, word), (day, id))| (Row { at: usize::from(*at), word: *word, day: *day }, *id))
    }
}
