//! A text file in pieces of whole rows, so that memory does not follow the file and pieces are read side by side.

use super::csv_quotes::last_row_end;
use memchr::{memchr, memrchr};
use std::io::{self, Read};

/// Bytes of one piece. A row may be longer.
pub(super) const CHUNK: usize = 1 << 20;
/// The longest row; longer ones are no rows.
const LONGEST_ROW: usize = 64 << 20;

/// Whole rows of a file.
#[derive(Debug)]
pub(super) struct TextChunk {
    pub text: Vec<u8>,
    /// The text holds quotes and must be split with care.
    pub quoted: bool,
    /// The file ends here, without a line break after the last row.
    pub open_end: bool,
}

pub(super) struct Chunks<R> {
    input: R,
    delimiter: u8,
    size: usize,
    carry: Vec<u8>,
    ended: bool,
}

impl<R: Read> Chunks<R> {
    pub fn new(input: R, delimiter: u8, size: usize) -> Chunks<R> {
        Chunks { input, delimiter, size: size.max(1), carry: Vec::new(), ended: false }
    }

    /// The next piece; none at the end.
    pub fn next(&mut self) -> io::Result<Option<TextChunk>> {
        let mut text = std::mem::take(&mut self.carry);
        let mut wanted = self.size.max(text.len() + self.size / 2);
        while !self.ended {
            self.fill(&mut text, wanted)?;
            if self.ended {
                break;
            }
            let quoted = memchr(b'"', &text).is_some();
            let end = match quoted {
                true => last_row_end(&text, self.delimiter, false),
                false => memrchr(b'\n', &text).map(|at| at + 1),
            };
            if let Some(end) = end {
                self.carry.reserve(self.size + (64 << 10));
                self.carry.extend_from_slice(&text[end..]);
                text.truncate(end);
                return Ok(Some(TextChunk { text, quoted, open_end: false }));
            }
            if text.len() > LONGEST_ROW {
                return Err(io::Error::new(io::ErrorKind::InvalidData, "a row without an end"));
            }
            wanted = text.len() * 2;
        }
        if text.is_empty() {
            return Ok(None);
        }
        let open_end = text.last() != Some(&b'\n');
        if open_end {
            text.push(b'\n');
        }
        let quoted = memchr(b'"', &text).is_some();
        Ok(Some(TextChunk { text, quoted, open_end }))
    }

    /// Several pieces, for as many threads.
    pub fn batch(&mut self, pieces: usize) -> io::Result<Vec<TextChunk>> {
        let mut batch = Vec::with_capacity(pieces);
        while batch.len() < pieces
            && let Some(chunk) = self.next()?
        {
            batch.push(chunk);
        }
        Ok(batch)
    }

    fn fill(&mut self, text: &mut Vec<u8>, wanted: usize) -> io::Result<()> {
        let missing = wanted.saturating_sub(text.len()) as u64;
        text.reserve(wanted.saturating_sub(text.len()));
        let read = (&mut self.input).take(missing).read_to_end(text)?;
        self.ended = (read as u64) < missing;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_of_any_size_are_whole_rows_and_lose_nothing() {
        let text = "a;b\n1;\"x\ny\"\n2;z\r\n3;\"q\"\"\n\"\n4;last";
        for size in 1..=text.len() + 1 {
            let mut chunks = Chunks::new(text.as_bytes(), b';', size);
            let mut all = Vec::new();
            while let Some(chunk) = chunks.next().unwrap() {
                assert_eq!(chunk.text.last(), Some(&b'\n'));
                assert!(!chunk.text.starts_with(b"y\""), "size {size}");
                all.extend(chunk.text);
            }
            assert_eq!(String::from_utf8(all).unwrap(), format!("{text}\n"), "size {size}");
        }
    }
}
