//! The rows of a stretch that some rule may ask for.

use super::STRETCH;
use crate::observe::meanings::MAX_CODES;
use crate::observe::read::Wanted;

/// The rows of a stretch that some rule may ask for; what is needed of them, column by column.
struct Passed {
    count: usize,
    rows: Box<[u16; STRETCH]>,
    words: Box<[u64; STRETCH]>,
    days: Box<[i32; STRETCH]>,
    ids: Box<[i64; STRETCH]>,
}

impl Passed {
    fn new() -> Passed {
        let (rows, words) = (Box::new([0; STRETCH]), Box::new([0; STRETCH]));
        Passed { count: 0, rows, words, days: Box::new([0; STRETCH]), ids: Box::new([0; STRETCH]) }
    }

    /// Moves those forward that are of a day that can matter, without a branch, and leaves out the others.
    fn keep_recent(&mut self, wanted: &Wanted) {
        if wanted.since.is_empty() {
            return;
        }
        let Passed { count, rows, words, days, ids } = self;
        let mut place = 0;
        for at in 0..*count {
            let (row, word, day, id) = (rows[at], words[at], days[at], ids[at]);
            (rows[place], words[place], days[place], ids[place]) = (row, word, day, id);
            place += usize::from(wanted.is_recent(word, day));
        }
        *count = place;
    }
}

/// Notes the rows whose codes some rule may ask for, without a branch; gives how many.
#[inline]
fn pass(codes: &[u32], asked: &[u8; MAX_CODES], passed: &mut [u16; STRETCH]) -> usize {
    let (eights, rest) = codes.as_chunks::<8>();
    let mut place = 0;
    // Eight at a time: the loop itself would cost as much as what it does.
    for (i, eight) in eights.iter().enumerate() {
        for (k, code) in eight.iter().enumerate() {
            passed[place % STRETCH] = (i * 8 + k) as u16;
            place += usize::from(asked[usize::from(*code as u16)]);
        }
    }
    for (k, code) in rest.iter().enumerate() {
        passed[place % STRETCH] = (eights.len() * 8 + k) as u16;
        place += usize::from(asked[usize::from(*code as u16)]);
    }
    place
}
