//! One file in the order a journal system writes it, whatever order its patients come in and however many they are: what does
//! not fit in memory is laid aside as sorted runs and merged at the end.

use super::delivered::Delivered;
use super::kinds::KINDS;
use super::lines::{Key, Line, Lines, header};
use crate::journal::store::private_file;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

/// Bytes of one file that are held in memory before a run is laid aside.
const HELD: usize = 24 << 20;

/// A file that is being gathered.
pub(super) struct Ordered {
    path: PathBuf,
    file: Delivered,
    held: Lines,
    limit: usize,
    runs: Vec<PathBuf>,
}

/// What was written: how many rows, and which of them bear a blemish.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Written {
    pub rows: u64,
    /// Line of the file (from 1, the header's) and the number of the kind.
    pub blemishes: Vec<(u64, u16)>,
}

impl Ordered {
    pub fn new(folder: &Path, file: Delivered) -> Ordered {
        Ordered { path: folder.join(file.name()), file, held: Lines::default(), limit: HELD, runs: Vec::new() }
    }

    pub fn take(&mut self, lines: &Lines) -> io::Result<()> {
        self.held.append(lines);
        if self.held.bytes.len() > self.limit { self.lay_aside() } else { Ok(()) }
    }

    fn lay_aside(&mut self) -> io::Result<()> {
        let path = self.path.with_extension(format!("run-{}", self.runs.len()));
        let mut out = BufWriter::with_capacity(1 << 18, private_file(&path)?);
        self.runs.push(path);
        for (line, bytes) in self.held.sorted() {
            write_line(&mut out, line, bytes)?;
        }
        out.flush()?;
        self.held.clear();
        Ok(())
    }

    /// Writes the file.
    pub fn finish(mut self) -> io::Result<Written> {
        let mut page = Page::open(&self.path, self.file)?;
        if self.runs.is_empty() {
            for (line, bytes) in self.held.sorted() {
                page.line(line, bytes)?;
            }
        } else {
            self.lay_aside()?;
            merge(&self.runs, &mut page)?;
        }
        page.out.flush()?;
        Ok(page.written)
    }
}

impl Drop for Ordered {
    fn drop(&mut self) {
        for run in &self.runs {
            // A run that cannot be removed does no harm: no profile reads it.
            let _ = std::fs::remove_file(run);
        }
    }
}

/// The file itself.
struct Page {
    out: BufWriter<File>,
    written: Written,
    /// Line of the next row.
    next: u64,
}

impl Page {
    fn open(path: &Path, file: Delivered) -> io::Result<Page> {
        let mut out = BufWriter::with_capacity(1 << 18, private_file(path)?);
        out.write_all(&header(file))?;
        Ok(Page { out, written: Written::default(), next: 2 })
    }

    fn line(&mut self, line: Line, bytes: &[u8]) -> io::Result<()> {
        self.out.write_all(bytes)?;
        self.written.rows += 1;
        self.written.blemishes.extend(line.blemish.filter(is_told).map(|kind| (self.next, kind)));
        self.next += bytes.iter().filter(|byte| **byte == b'\n').count() as u64;
        Ok(())
    }
}

fn is_told(kind: &u16) -> bool {
    usize::from(*kind) < KINDS.len()
}

/// A line of a run is its key, its blemish, its length and its bytes.
const HEAD: usize = 4 + 8 + 4 + 2 + 4;
const NO_BLEMISH: u16 = u16::MAX;

fn write_line(out: &mut impl Write, line: Line, bytes: &[u8]) -> io::Result<()> {
    let (day, patient, row) = line.key;
    out.write_all(&day.to_le_bytes())?;
    out.write_all(&patient.to_le_bytes())?;
    out.write_all(&row.to_le_bytes())?;
    out.write_all(&line.blemish.unwrap_or(NO_BLEMISH).to_le_bytes())?;
    out.write_all(&u32::try_from(bytes.len()).map_err(io::Error::other)?.to_le_bytes())?;
    out.write_all(bytes)
}

/// A run that is read back.
struct Run {
    input: BufReader<File>,
    line: Line,
    bytes: Vec<u8>,
}

impl Run {
    fn open(path: &Path) -> io::Result<Run> {
        let input = BufReader::with_capacity(1 << 16, File::open(path)?);
        Ok(Run { input, line: Line { key: (0, 0, 0), end: 0, blemish: None }, bytes: Vec::new() })
    }

    /// Reads the next line; the key of it, or nothing at the end.
    fn next(&mut self) -> io::Result<Option<Key>> {
        let mut head = [0; HEAD];
        match self.input.read_exact(&mut head) {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
            other => other?,
        }
        let key = (
            i32::from_le_bytes(part(&head, 0)),
            u64::from_le_bytes(part(&head, 4)),
            u32::from_le_bytes(part(&head, 12)),
        );
        let blemish = u16::from_le_bytes(part(&head, 16));
        self.bytes.resize(u32::from_le_bytes(part(&head, 18)) as usize, 0);
        self.input.read_exact(&mut self.bytes)?;
        self.line = Line { key, end: self.bytes.len(), blemish: (blemish != NO_BLEMISH).then_some(blemish) };
        Ok(Some(key))
    }
}

fn part<const N: usize>(head: &[u8; HEAD], from: usize) -> [u8; N] {
    std::array::from_fn(|at| head[from + at])
}

fn merge(paths: &[PathBuf], page: &mut Page) -> io::Result<()> {
    let mut runs: Vec<Run> = paths.iter().map(|path| Run::open(path)).collect::<io::Result<_>>()?;
    let mut heap = BinaryHeap::new();
    for (at, run) in runs.iter_mut().enumerate() {
        heap.extend(run.next()?.map(|key| Reverse((key, at))));
    }
    while let Some(Reverse((_, at))) = heap.pop() {
        let run = &mut runs[at];
        page.line(run.line, &run.bytes)?;
        heap.extend(run.next()?.map(|key| Reverse((key, at))));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::sheet::Sheet;
    use super::*;
    use crate::clinical::Day;
    use std::borrow::Cow;

    fn lines() -> Vec<Lines> {
        let patient = |number: u64| {
            let mut sheet = Sheet::new(Delivered::Orders);
            for step in 0..3 {
                let day = Day(20_000 + i32::try_from((number * 7 + step * 13) % 30).unwrap());
                sheet.row(day, [number.to_string(), day.norwegian(), "Ø".to_owned()].map(Cow::Owned));
                sheet.marks.last_mut().unwrap().blemish = (step == 1).then_some(3);
            }
            let mut lines = Lines::default();
            lines.take(&sheet, number);
            lines
        };
        (0..200).rev().map(patient).collect()
    }

    #[test]
    fn runs_on_disk_give_the_bytes_that_memory_gives() {
        let folder = std::env::temp_dir().join(format!("tidlig-ordered-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let write = |limit: usize, backwards: bool| {
            let mut file = Ordered::new(&folder, Delivered::Orders);
            file.limit = limit;
            let mut all = lines();
            if backwards {
                all.reverse();
            }
            all.iter().for_each(|lines| file.take(lines).unwrap());
            let runs = file.runs.len();
            let written = file.finish().unwrap();
            (runs, written, std::fs::read(folder.join("rekvisisjoner.csv")).unwrap())
        };
        let (none, told, whole) = write(usize::MAX, false);
        let (some, told_again, merged) = write(500, true);
        let left: Vec<_> = std::fs::read_dir(&folder).unwrap().collect();
        assert_eq!(left.len(), 1, "a run is left: {left:?}");
        std::fs::remove_dir_all(&folder).unwrap();
        assert!(none == 0 && some > 10);
        assert!(whole == merged && told == told_again);
        assert_eq!((told.rows, told.blemishes.len()), (600, 200));
        assert!(whole.starts_with(b"PasientID;Dato;Status;Registrert;\r\n") && whole.ends_with(b"\xd8;;\r\n"));
    }
}
