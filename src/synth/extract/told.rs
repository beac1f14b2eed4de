//! What was written: rows of each file, and the blemishes that were planted, kind by kind and row by row.

use super::delivered::Delivered;
use super::kinds::{KINDS, Kind};
use super::ordered::Written;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Rows and blemishes over all practices.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// Rows of each file, without the header.
    pub rows: BTreeMap<Delivered, u64>,
    /// How often each kind of blemish stands in the files, by its place in [`KINDS`].
    planted: BTreeMap<u16, u64>,
}

impl Told {
    pub(super) fn add(&mut self, file: Delivered, written: &Written) {
        *self.rows.entry(file).or_default() += written.rows;
        for (_, kind) in &written.blemishes {
            *self.planted.entry(*kind).or_default() += 1;
        }
    }

    /// Each kind that stands in the files, and how often; last the files whose lines end in a delimiter.
    #[must_use]
    pub fn blemishes(&self) -> Vec<(Delivered, &'static str, u64)> {
        let of_kind = |(kind, count): (&u16, &u64)| {
            KINDS.get(usize::from(*kind)).map(|Kind { file, what, .. }| (*file, *what, *count))
        };
        let shapes = Delivered::ALL.into_iter().filter_map(|file| {
            let (_, what) = file.shape()?;
            Some((file, what, *self.rows.get(&file)?))
        });
        self.planted.iter().filter_map(of_kind).chain(shapes).collect()
    }
}

/// The list of all planted blemishes, one line each: for those who want to know what a reader should have found.
pub(super) fn header(out: &mut impl Write) -> io::Result<()> {
    out.write_all(b"practice,file,line,blemish,what\n")
}

pub(super) fn rows(out: &mut impl Write, practice: u32, file: Delivered, written: &Written) -> io::Result<()> {
    for (line, kind) in &written.blemishes {
        let Some(Kind { id, what, .. }) = KINDS.get(usize::from(*kind)) else { continue };
        writeln!(out, "{},{},{line},{id},\"{what}\"", practice + 1, file.name())?;
    }
    Ok(())
}
