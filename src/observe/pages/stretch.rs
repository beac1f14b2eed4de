//! A stretch of a file, read at once: a column's pages are many and small, and each would cost several calls to the system.

use bytes::Bytes;
use bytes::buf::{Buf, Reader};
use parquet::errors::{ParquetError, Result};
use parquet::file::reader::{ChunkReader, Length};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

/// Bytes of a file, which readers name by their place in the file.
pub struct Stretch {
    first: u64,
    bytes: Bytes,
}

impl Stretch {
    /// Reads `length` bytes from `first` on.
    pub fn read(mut file: &File, (first, length): (u64, u64)) -> std::io::Result<Stretch> {
        let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(usize::MAX).min(1 << 30));
        file.seek(SeekFrom::Start(first))?;
        file.take(length).read_to_end(&mut bytes)?;
        Ok(Stretch { first, bytes: bytes.into() })
    }

    fn slice(&self, start: u64, length: Option<usize>) -> Result<Bytes> {
        let ended = || ParquetError::EOF("the column ends before its last page".to_owned());
        let from = start.checked_sub(self.first).and_then(|from| usize::try_from(from).ok()).ok_or_else(ended)?;
        let to = length.map_or(Some(self.bytes.len()), |length| from.checked_add(length)).ok_or_else(ended)?;
        if from > to || to > self.bytes.len() { Err(ended()) } else { Ok(self.bytes.slice(from..to)) }
    }
}

impl Length for Stretch {
    fn len(&self) -> u64 {
        self.first + self.bytes.len() as u64
    }
}

impl ChunkReader for Stretch {
    type T = Reader<Bytes>;

    fn get_read(&self, start: u64) -> Result<Self::T> {
        Ok(self.slice(start, None)?.reader())
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes> {
        self.slice(start, Some(length))
    }
}
