//! Sorted runs on disk, for tables that come in another order than the journal's.
//!
//! A run is a private file of the machine that wrote it and lives for one run of the program: blocks of rows, each
//! column's cells as they lie in memory, little-endian.

use super::rows::{Cells, FreeTexts, Rows};
use super::tables::Table;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

/// Rows in one block: what a merge holds in memory of each run.
const BLOCK_ROWS: usize = 16_384;

/// A run being written. Rows must come in ascending order of patients.
pub(super) struct RunWriter {
    path: PathBuf,
    out: BufWriter<File>,
    /// The greatest patient written.
    pub last: Option<u32>,
}

impl RunWriter {
    pub fn create(path: &Path) -> io::Result<RunWriter> {
        let file = super::store::private_file(path)?;
        Ok(RunWriter { path: path.to_path_buf(), out: BufWriter::with_capacity(1 << 18, file), last: None })
    }

    pub fn write(&mut self, rows: &Rows) -> io::Result<()> {
        let mut start = 0;
        while start < rows.len() {
            let end = (start + BLOCK_ROWS).min(rows.len());
            let mut block = Rows::new(rows.table);
            block.append(rows, start..end);
            write_block(&mut self.out, &block)?;
            start = end;
        }
        self.last = rows.patients.last().copied().or(self.last);
        Ok(())
    }

    pub fn finish(mut self) -> io::Result<PathBuf> {
        self.out.flush()?;
        Ok(self.path)
    }
}

/// A run being read back, block by block; the file goes when it is dropped.
pub(super) struct RunReader {
    path: PathBuf,
    input: BufReader<File>,
    table: Table,
}

impl RunReader {
    pub fn open(path: PathBuf, table: Table) -> io::Result<RunReader> {
        let input = BufReader::with_capacity(1 << 17, File::open(&path)?);
        Ok(RunReader { path, input, table })
    }

    /// The next block; none at the end.
    pub fn next(&mut self) -> io::Result<Option<Rows>> {
        let mut head = [0; 4];
        match self.input.read_exact(&mut head) {
            Ok(()) => read_block(&mut self.input, self.table, u32::from_le_bytes(head) as usize).map(Some),
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(None),
            Err(error) => Err(error),
        }
    }
}

impl Drop for RunReader {
    fn drop(&mut self) {
        // A leftover is harmless: the folder of a run that failed is removed as a whole.
        let _ = std::fs::remove_file(&self.path);
    }
}

fn write_block(out: &mut impl Write, rows: &Rows) -> io::Result<()> {
    out.write_all(&u32::try_from(rows.len()).unwrap_or(u32::MAX).to_le_bytes())?;
    write_words(out, rows.patients.iter().copied())?;
    for cells in &rows.cells {
        match cells {
            Cells::Absent => out.write_all(&[0])?,
            Cells::Days(cells) => {
                out.write_all(&[1])?;
                write_words(out, cells.iter().map(|day| day.cast_unsigned()))?;
            }
            Cells::Numbers(cells) => {
                out.write_all(&[2])?;
                let bytes: Vec<u8> = cells.iter().flat_map(|number| number.to_le_bytes()).collect();
                out.write_all(&bytes)?;
            }
            Cells::Flags(cells) => {
                out.write_all(&[3])?;
                out.write_all(cells)?;
            }
            Cells::Texts(cells) => {
                out.write_all(&[4])?;
                write_words(out, cells.iter().copied())?;
            }
            Cells::Free(texts) => {
                out.write_all(&[5])?;
                write_words(out, (0..texts.len()).map(|row| texts.get(row).len() as u32))?;
                (0..texts.len()).try_for_each(|row| out.write_all(texts.get(row).as_bytes()))?;
            }
        }
    }
    Ok(())
}

fn write_words(out: &mut impl Write, words: impl Iterator<Item = u32>) -> io::Result<()> {
    let bytes: Vec<u8> = words.flat_map(u32::to_le_bytes).collect();
    out.write_all(&bytes)
}

fn read_block(input: &mut impl Read, table: Table, rows: usize) -> io::Result<Rows> {
    let mut block = Rows::new(table);
    block.patients = read_words(input, rows)?;
    for cells in &mut block.cells {
        let [tag] = read_bytes(input, 1)?[..] else { return Err(io::ErrorKind::InvalidData.into()) };
        *cells = match tag {
            0 => Cells::Absent,
            1 => Cells::Days(read_words(input, rows)?.into_iter().map(u32::cast_signed).collect()),
            2 => Cells::Numbers(read_numbers(input, rows)?),
            3 => Cells::Flags(read_bytes(input, rows)?),
            4 => Cells::Texts(read_words(input, rows)?),
            5 => Cells::Free(read_free(input, rows)?),
            _ => return Err(io::ErrorKind::InvalidData.into()),
        };
    }
    Ok(block)
}

fn read_bytes(input: &mut impl Read, n: usize) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; n];
    input.read_exact(&mut bytes)?;
    Ok(bytes)
}

fn read_words(input: &mut impl Read, n: usize) -> io::Result<Vec<u32>> {
    let bytes = read_bytes(input, n * 4)?;
    Ok(bytes.as_chunks::<4>().0.iter().map(|word| u32::from_le_bytes(*word)).collect())
}

fn read_numbers(input: &mut impl Read, n: usize) -> io::Result<Vec<f64>> {
    let bytes = read_bytes(input, n * 8)?;
    Ok(bytes.as_chunks::<8>().0.iter().map(|word| f64::from_le_bytes(*word)).collect())
}

fn read_free(input: &mut impl Read, n: usize) -> io::Result<FreeTexts> {
    let mut texts = FreeTexts::default();
    for length in read_words(input, n)? {
        let bytes = read_bytes(input, length as usize)?;
        texts.push(std::str::from_utf8(&bytes).map_err(|_| io::Error::from(io::ErrorKind::InvalidData))?);
    }
    Ok(texts)
}
