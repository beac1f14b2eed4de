//! Writing a cohort: the journal as Parquet, and the truth in a folder of its own.
//!
//! Blocks of patients are drawn and encoded on all threads and put into the files in order, so the bytes are the same on
//! any number of them; what waits in memory is a few blocks, and the pages of one row group, however many patients there are.

mod block;
mod columns;
mod dictionaries;
mod manifest;
mod tables;
mod truth_tables;

pub use block::{BLOCK, Block, Encoded};
pub use dictionaries::Dictionaries;
pub use manifest::{CohortFile, MANIFEST};
pub use tables::{FILES, Files};

use super::cohort::Synth;
use super::tally::Tally;
use crate::journal::store::{StoreError, private_folder};
use rayon::prelude::*;
use std::path::Path;

/// The folder of the journal.
pub const JOURNAL: &str = "journal";
/// The folder of the truth.
pub const TRUTH: &str = "truth";

/// What was written.
#[derive(Debug, Clone)]
pub struct Written {
    pub patients: u64,
    /// Rows of all tables of facts.
    pub facts: u64,
    /// Counts of what was drawn, to be held against what was intended.
    pub tally: Tally,
}

/// Writes patients 0 to `patients` into a folder: `journal/`, `truth/` and what they were made of.
///
/// # Errors
/// When the folder or a file cannot be written.
pub fn journal(
    synth: &Synth,
    patients: u64,
    folder: &Path,
    mut told: impl FnMut(u64) + Send,
) -> Result<Written, StoreError> {
    let (journal, truth) = (folder.join(JOURNAL), folder.join(TRUTH));
    for path in [folder, &journal, &truth] {
        private_folder(path).map_err(|source| StoreError::Io { path: path.to_path_buf(), source })?;
    }
    let dictionaries = Dictionaries::new(synth);
    let mut files = Files::begin(synth, &dictionaries, &journal, &truth)?;
    let mut tally = Tally::default();
    each_block(synth, &dictionaries, patients, |encoded| {
        files.append(&encoded)?;
        tally.take(&encoded.tally);
        told(encoded.end);
        Ok(())
    })?;
    let facts = files.finish(patients)?;
    manifest::write(synth, patients, folder)?;
    Ok(Written { patients, facts, tally })
}

/// Draws and counts patients without writing anything.
#[must_use]
pub fn count(synth: &Synth, patients: u64) -> Tally {
    let blocks: Vec<Tally> =
        (0..patients.div_ceil(BLOCK)).into_par_iter().map(|number| Block::count(synth, number, patients)).collect();
    blocks.iter().fold(Tally::default(), |mut all, tally| {
        all.take(tally);
        all
    })
}

/// Encodes blocks on all threads and hands them on in order; the next ones are drawn while these are written.
///
/// # Errors
/// The first of what `take` reports, or of encoding.
pub fn each_block(
    synth: &Synth,
    dictionaries: &Dictionaries,
    patients: u64,
    mut take: impl FnMut(Encoded) -> Result<(), StoreError> + Send,
) -> Result<(), StoreError> {
    let blocks = patients.div_ceil(BLOCK);
    let at_once = rayon::current_num_threads() as u64 * 2;
    let encode = |from: u64| -> Vec<Result<Encoded, StoreError>> {
        let numbers = from..blocks.min(from + at_once);
        numbers
            .into_par_iter()
            .map_init(Block::new, |block, number| block.encode(synth, dictionaries, number, patients))
            .collect()
    };
    let mut ready = encode(0);
    let mut next = at_once;
    while !ready.is_empty() {
        let mut put = || ready.drain(..).try_for_each(|encoded| take(encoded?));
        let (done, more) = rayon::join(&mut put, || encode(next));
        done?;
        ready = more;
        next += at_once;
    }
    Ok(())
}
