//! Tables that are not sorted by patient: their facts are dealt out to the blocks of patients they belong to, on disk when
//! they grow too many.

use super::chunk::Chunk;
use super::ids::{IdKind, Ids};
use super::spill::{Bytes, read_chunk, weight, write_chunk};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// Bytes of facts held in memory before they are written to disk.
const BUDGET: usize = 48 << 20;

/// One table's facts, by block of patients.
pub struct Partitions<F> {
    kind: IdKind,
    /// Last patient of each block, ascending.
    lasts: Ids,
    open: Vec<Chunk<F>>,
    held: usize,
    file: Option<Mutex<File>>,
    length: u64,
    /// Where each block's bytes lie in the file.
    places: Vec<Vec<(u64, usize)>>,
}

impl<F: Bytes> Partitions<F> {
    #[must_use]
    pub fn new(kind: IdKind, lasts: Ids) -> Partitions<F> {
        let blocks = lasts.len();
        Partitions {
            kind,
            lasts,
            open: (0..blocks).map(|_| Chunk::new(kind)).collect(),
            held: 0,
            file: None,
            length: 0,
            places: vec![Vec::new(); blocks],
        }
    }

    /// Deals out the runs of a chunk; `folder` takes the temporary file when one is needed.
    ///
    /// # Errors
    /// When the temporary file cannot be written.
    pub fn deal(&mut self, chunk: &Chunk<F>, folder: &Path) -> io::Result<()> {
        for index in 0..chunk.len() {
            let id = chunk.ids.get(index);
            let block = self.lasts.lower_bound(0, id);
            // A patient after the last one is not in the patients table.
            if let Some(open) = self.open.get_mut(block) {
                open.facts.extend_from_slice(chunk.run(index));
                open.end_run(id);
            }
        }
        self.held += weight(chunk);
        if self.held > BUDGET { self.write_out(folder) } else { Ok(()) }
    }

    fn write_out(&mut self, folder: &Path) -> io::Result<()> {
        let file = match &self.file {
            Some(file) => file,
            None => self.file.insert(Mutex::new(unnamed_file(folder)?)),
        };
        let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
        let mut bytes = Vec::new();
        for (open, places) in self.open.iter_mut().zip(&mut self.places) {
            bytes.clear();
            write_chunk(open, &mut bytes);
            *open = Chunk::new(self.kind);
            if !bytes.is_empty() {
                file.write_all(&bytes)?;
                places.push((self.length, bytes.len()));
                self.length += bytes.len() as u64;
            }
        }
        self.held = 0;
        Ok(())
    }

    /// The facts of one block, sorted by patient.
    ///
    /// # Errors
    /// When the temporary file cannot be read.
    pub fn block(&self, block: usize) -> io::Result<Chunk<F>> {
        let mut whole = Chunk::new(self.kind);
        if let Some(file) = &self.file {
            let mut bytes = Vec::new();
            for (offset, length) in &self.places[block] {
                let start = bytes.len();
                bytes.resize(start + length, 0);
                let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
                file.seek(SeekFrom::Start(*offset))?;
                file.read_exact(&mut bytes[start..])?;
            }
            read_chunk(&bytes, &mut whole);
        }
        let open = &self.open[block];
        whole.append(open);
        Ok(whole.sorted())
    }
}

/// A file that only this process sees: unlinked as soon as it is open, so that no fact stays behind.
fn unnamed_file(folder: &Path) -> io::Result<File> {
    for number in 0..u32::MAX {
        let path = folder.join(format!(".facts-{}-{number}", std::process::id()));
        let mut options = File::options();
        options.read(true).write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        match options.open(&path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
            Ok(file) => {
                std::fs::remove_file(&path)?;
                return Ok(file);
            }
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// The last id of each stretch of `size` ids.
#[must_use]
pub fn last_ids(ids: &Ids, size: usize) -> Ids {
    let mut lasts = Ids::new(ids.kind());
    let mut end = 0;
    while end < ids.len() {
        end = (end + size).min(ids.len());
        lasts.push(ids.get(end - 1));
    }
    lasts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::observe::facts::ServiceFact;
    use crate::observe::ids::Id;

    #[test]
    fn runs_go_to_the_block_of_their_patient() {
        let patients = Ids::Whole((0..10).map(|n| n * 10).collect());
        let mut parts: Partitions<ServiceFact> = Partitions::new(IdKind::Whole, last_ids(&patients, 4));
        let mut chunk = Chunk::new(IdKind::Whole);
        for id in [90, 35, 0, 30, 40, 200] {
            chunk.facts.push(ServiceFact { from: id, until: id, service: 0 });
            chunk.end_run(Id::Whole(i64::from(id)));
        }
        parts.deal(&chunk, Path::new(".")).unwrap();
        let ids = |block: usize| parts.block(block).unwrap().facts.iter().map(|fact| fact.from).collect::<Vec<_>>();
        assert_eq!([ids(0), ids(1), ids(2)], [vec![0, 30], vec![35, 40], vec![90]]);
    }
}
