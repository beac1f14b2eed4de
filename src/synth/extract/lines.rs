//! Rows as lines of a file: semicolons, quotes where they are needed, Windows-1252, CRLF.

use super::delivered::Delivered;
use super::sheet::Sheet;
use encoding_rs::WINDOWS_1252;

/// What a line is sorted by: the day of the fact (nothing in the register), the patient, and her own order.
pub(super) type Key = (i32, u64, u32);

/// Lines of one file, one behind the other.
#[derive(Debug, Default)]
pub(super) struct Lines {
    pub bytes: Vec<u8>,
    pub rows: Vec<Line>,
}

/// Where a line ends, what it is sorted by, and the blemish it bears.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Line {
    pub key: Key,
    pub end: usize,
    pub blemish: Option<u16>,
}

impl Lines {
    /// Takes in one patient's rows.
    pub fn take(&mut self, sheet: &Sheet, patient: u64) {
        for (row, mark) in sheet.marks.iter().enumerate() {
            for (at, cell) in sheet.cells(row).iter().enumerate() {
                if at > 0 {
                    self.bytes.push(b';');
                }
                put(&mut self.bytes, cell);
            }
            self.bytes.extend_from_slice(sheet.file.line_ends()[1].as_bytes());
            self.bytes.extend_from_slice(b"\r\n");
            let day = if sheet.file == Delivered::Register { 0 } else { mark.day.0 };
            let key = (day, patient, u32::try_from(row).unwrap_or(u32::MAX));
            self.rows.push(Line { key, end: self.bytes.len(), blemish: mark.blemish });
        }
    }

    pub fn append(&mut self, other: &Lines) {
        let from = self.bytes.len();
        self.bytes.extend_from_slice(&other.bytes);
        self.rows.extend(other.rows.iter().map(|line| Line { end: from + line.end, ..*line }));
    }

    pub fn clear(&mut self) {
        self.bytes.clear();
        self.rows.clear();
    }

    /// Each line with its bytes, in the order of the keys.
    pub fn sorted(&self) -> Vec<(Line, &[u8])> {
        let starts = std::iter::once(0).chain(self.rows.iter().map(|line| line.end));
        let mut lines: Vec<(Line, &[u8])> =
            self.rows.iter().zip(starts).map(|(line, start)| (*line, &self.bytes[start..line.end])).collect();
        lines.sort_unstable_by_key(|(line, _)| line.key);
        lines
    }
}

/// The header line of a file.
pub(super) fn header(file: Delivered) -> Vec<u8> {
    let text = file.header().join(";") + file.line_ends()[0] + "\r\n";
    WINDOWS_1252.encode(&text).0.into_owned()
}

/// Whether Windows-1252 has all letters of a text.
pub(super) fn can_be_written(text: &str) -> bool {
    text.is_ascii() || !WINDOWS_1252.encode(text).2
}

fn put(bytes: &mut Vec<u8>, cell: &str) {
    if cell.contains([';', '"', '\n', '\r']) {
        let quoted = format!("\"{}\"", cell.replace('"', "\"\""));
        bytes.extend_from_slice(&WINDOWS_1252.encode(&quoted).0);
    } else if cell.is_ascii() {
        bytes.extend_from_slice(cell.as_bytes());
    } else {
        bytes.extend_from_slice(&WINDOWS_1252.encode(cell).0);
    }
}
