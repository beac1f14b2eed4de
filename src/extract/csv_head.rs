//! The first bytes of a text file: encoding, delimiter and header.

use super::csv_quotes::first_row_end;
use super::csv_split::{Layout, fields};
use super::encoding::{Encoding, Utf16Reader, decode};
use super::error::FaultKind;
use super::input::{Part, unreadable};
use super::plan::{Plan, matches};
use super::profile::{TableSource, TextEncoding};
use super::raw::trim;
use std::io::{self, Cursor, Read};

/// A header must end within this many bytes.
const HEAD: u64 = 256 << 10;
/// Delimiters that are tried when none is told.
const DELIMITERS: [u8; 4] = [b';', b',', b'\t', b'|'];

/// What is known of a text file before its rows are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CsvHead {
    pub encoding: Encoding,
    pub layout: Layout,
    /// Bytes of the text (UTF-16 as UTF-8, without a byte order mark) before the first row.
    pub skip: u64,
    /// Lines before the first row.
    pub lines: u64,
}

/// The text behind the bytes: UTF-16 becomes UTF-8, a byte order mark goes, everything else stays as it is.
pub(super) fn text_of<'a>(
    bytes: &'a mut (dyn Read + Send),
    told: Option<TextEncoding>,
) -> io::Result<(Encoding, Box<dyn Read + Send + 'a>)> {
    let mut first = Vec::new();
    bytes.take(1024).read_to_end(&mut first)?;
    let encoding = Encoding::of(&first, told);
    if encoding == Encoding::Utf8 && first.starts_with(b"\xEF\xBB\xBF") {
        first.drain(..3);
    }
    let all = Cursor::new(first).chain(bytes);
    Ok(if encoding.is_utf16() {
        (encoding, Box::new(Utf16Reader::new(all, encoding)))
    } else {
        (encoding, Box::new(all))
    })
}

/// Reads the header and matches it with the profile.
///
/// # Errors
/// Every fault of the file's head.
pub(super) fn read(part: &Part, source: &TableSource) -> Result<(CsvHead, Plan), Vec<FaultKind>> {
    let head = part.with_bytes(|bytes| {
        let (encoding, text) = text_of(bytes, source.habits.encoding).map_err(|error| unreadable(&error))?;
        let mut head = Vec::new();
        text.take(HEAD).read_to_end(&mut head).map_err(|error| unreadable(&error))?;
        Ok((encoding, head))
    });
    let (encoding, head) = head.map_err(|fault| vec![fault])?;
    let (before, told) = lead(&head);
    let rows = &head[before..];
    if trim(rows).is_empty() {
        return Err(vec![FaultKind::Empty]);
    }
    let candidates: Vec<u8> = match source.habits.delimiter.or(told) {
        Some(delimiter) => vec![delimiter],
        None => DELIMITERS.to_vec(),
    };
    let score = |delimiter: &u8| {
        let names = header(rows, *delimiter, encoding).1;
        // Of equals, the first of the candidates.
        let rank = candidates.iter().rev().position(|other| other == delimiter);
        (matches(source, &names), names.len(), rank)
    };
    let delimiter = candidates.iter().copied().max_by_key(score).unwrap_or(b';');
    let (end, names) = header(rows, delimiter, encoding);
    if names.iter().any(|name| name.contains('\u{fffd}')) {
        return Err(vec![FaultKind::Encoding { told: encoding.name() }]);
    }
    let plan = Plan::new(source, &names).map_err(|faults| match decode(&rows[..end], encoding).1.mojibake {
        // Of names that were decoded twice, none is found; one cause is told instead of many effects.
        true if std::str::from_utf8(&rows[..end]).is_ok() => vec![FaultKind::IsUtf8 { told: encoding.name() }],
        _ => faults,
    })?;
    let fewest = names.iter().rposition(|name| !name.is_empty()).map_or(0, |last| last + 1);
    let layout = Layout { delimiter, slots: plan.slots.clone(), wanted: plan.names.len(), fewest };
    let skipped = &head[..before + end];
    let lines = memchr::memchr_iter(b'\n', skipped).count() as u64;
    Ok((CsvHead { encoding, layout, skip: skipped.len() as u64, lines }, plan))
}

/// Blank lines and Excel's `sep=;` before the header.
fn lead(head: &[u8]) -> (usize, Option<u8>) {
    let mut at = 0;
    let mut told = None;
    for line in head.split_inclusive(|b| *b == b'\n') {
        match trim(line) {
            [] if !line.is_empty() && !line.contains(&b';') => {}
            [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', delimiter] => told = Some(*delimiter),
            [b's' | b'S', b'e' | b'E', b'p' | b'P', b'='] => told = Some(b'\t'),
            _ => break,
        }
        at += line.len();
    }
    (at, told)
}

fn header(rows: &[u8], delimiter: u8, encoding: Encoding) -> (usize, Vec<String>) {
    let end = first_row_end(rows, delimiter).unwrap_or(rows.len());
    let row = rows[..end].strip_suffix(b"\n").unwrap_or(&rows[..end]);
    let row = row.strip_suffix(b"\r").unwrap_or(row);
    (end, fields(&decode(row, encoding).0, delimiter))
}
