//! Pieces of text to rows: the hot loop of reading CSV.

use super::csv_marks::marks;
use super::csv_quotes::{Closing, begins_field, closing};
use super::raw::{BLOCK_ROWS, RawBlock, trim};
use super::reason::Reason;
use memchr::{memchr_iter, memchr2};

/// How the rows of one file lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Layout {
    pub delimiter: u8,
    /// For each field of the header, the slot it fills, if any.
    pub slots: Vec<Option<u16>>,
    /// How many slots there are.
    pub wanted: usize,
    /// Fields a row must have: the header's, without nameless ones at its end.
    pub fewest: usize,
}

/// Takes whole blocks, and rows that have the wrong number of fields.
pub(super) trait Taker {
    fn block(&mut self, text: &[u8], block: &RawBlock);
    fn malformed(&mut self, line: u32, reason: Reason);
}

/// One row being split.
struct Row<'a> {
    layout: &'a Layout,
    /// The spans of the wanted fields so far.
    wanted: Vec<(u32, u32)>,
    fields: usize,
    /// Something stands beyond the header's fields.
    beyond: bool,
    /// Something stands in the row at all.
    filled: bool,
}

impl Row<'_> {
    /// `blank`: nothing stands in the field; asked only where it matters.
    #[inline]
    fn field(&mut self, start: usize, end: usize, blank: impl FnOnce() -> bool) {
        match self.layout.slots.get(self.fields) {
            Some(Some(slot)) => {
                self.wanted[usize::from(*slot)] = (start as u32, end as u32);
                self.filled |= end > start;
            }
            Some(None) => self.filled |= end > start,
            None => self.beyond |= !blank(),
        }
        self.fields += 1;
    }

    /// Ends the row and adds it to the block.
    #[inline]
    fn end(&mut self, line: u32, text: &[u8], block: &mut RawBlock, taker: &mut impl Taker) {
        let nothing = !self.filled || (self.fields == 1 && self.layout.fewest > 1 && self.is_blank(text));
        if !nothing {
            if self.fields < self.layout.fewest {
                taker.malformed(line, Reason::FewFields);
            } else if self.beyond {
                taker.malformed(line, Reason::ManyFields);
            } else {
                for (column, span) in block.spans.iter_mut().zip(&self.wanted) {
                    column.push(*span);
                }
                block.lines.push(line);
            }
        }
        if block.rows() == BLOCK_ROWS {
            taker.block(text, block);
            block.clear();
        }
        // A field that the next row lacks (a nameless one at its end) is empty.
        self.wanted.fill((0, 0));
        (self.fields, self.beyond, self.filled) = (0, false, false);
    }

    /// A line of nothing but blanks.
    fn is_blank(&self, text: &[u8]) -> bool {
        self.wanted.iter().all(|(start, end)| {
            let (start, end) = (*start as usize, *end as usize);
            end <= text.len() && trim(&text[start..end]).is_empty()
        })
    }
}

/// Splits whole rows; gives the number of lines.
pub(super) fn split(text: &[u8], quoted: bool, layout: &Layout, taker: &mut impl Taker) -> u32 {
    let mut block = RawBlock::new(layout.wanted);
    let row = Row { layout, wanted: vec![(0, 0); layout.wanted], fields: 0, beyond: false, filled: false };
    let lines = match quoted {
        true => split_quoted(text, row, &mut block, taker),
        false => split_plain(text, row, &mut block, taker),
    };
    if block.rows() > 0 {
        taker.block(text, &block);
    }
    lines
}

fn split_plain(text: &[u8], mut row: Row<'_>, block: &mut RawBlock, taker: &mut impl Taker) -> u32 {
    let mut start = 0;
    let mut line = 0;
    marks(text, row.layout.delimiter, b'\n', |at| {
        let breaks = text[at] == b'\n';
        // The carriage return before a line break is no value.
        let end = at - usize::from(breaks && at > start && text[at - 1] == b'\r');
        row.field(start, end, || trim(&text[start..end]).is_empty());
        start = at + 1;
        if breaks {
            row.end(line, text, block, taker);
            line += 1;
        }
    });
    line
}

fn split_quoted(text: &[u8], mut row: Row<'_>, block: &mut RawBlock, taker: &mut impl Taker) -> u32 {
    let delimiter = row.layout.delimiter;
    let (mut at, mut line, mut first_line) = (0, 0, 0);
    while at < text.len() {
        let close = match text[at] == b'"' && begins_field(text, at, delimiter) {
            true => closing(text, at, true),
            false => Closing::Never,
        };
        let from = if let Closing::At(close) = close { close + 1 } else { at };
        // A piece always ends with a line break.
        let end = memchr2(delimiter, b'\n', &text[from..]).map_or(text.len(), |found| from + found);
        match close {
            Closing::At(close) => {
                let inside = &text[at + 1..close];
                line += memchr_iter(b'\n', inside).count() as u32;
                if memchr::memchr(b'"', inside).is_some() {
                    let begin = text.len() + block.extra.len();
                    unescape(inside, &mut block.extra);
                    row.field(begin, text.len() + block.extra.len(), || false);
                } else {
                    row.field(at + 1, close, || trim(inside).is_empty());
                }
            }
            _ => {
                let value = text[at..end].strip_suffix(b"\r").unwrap_or(&text[at..end]);
                row.field(at, at + value.len(), || trim(value).is_empty());
            }
        }
        at = end + 1;
        if text.get(end).is_none_or(|b| *b == b'\n') {
            row.end(first_line, text, block, taker);
            line += 1;
            first_line = line;
        }
    }
    line
}

/// Two quotes inside quotes are one.
fn unescape(inside: &[u8], out: &mut Vec<u8>) {
    let mut rest = inside;
    while let Some(quote) = memchr::memchr(b'"', rest) {
        out.extend_from_slice(&rest[..=quote]);
        rest = &rest[(quote + 2).min(rest.len())..];
    }
    out.extend_from_slice(rest);
}

/// The fields of one row, as texts: for headers.
pub(super) fn fields(row: &[u8], delimiter: u8) -> Vec<String> {
    let mut fields = Vec::new();
    let mut at = 0;
    loop {
        let close = if row.get(at) == Some(&b'"') { closing(row, at, true) } else { Closing::Never };
        let from = if let Closing::At(close) = close { close + 1 } else { at };
        let end = memchr::memchr(delimiter, &row[from..]).map_or(row.len(), |found| from + found);
        let mut text = Vec::new();
        match close {
            Closing::At(close) => unescape(&row[at + 1..close], &mut text),
            _ => text.extend_from_slice(&row[at..end]),
        }
        fields.push(String::from_utf8_lossy(trim(&text)).into_owned());
        if end == row.len() {
            return fields;
        }
        at = end + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default)]
    struct Seen {
        rows: Vec<(u32, Vec<String>)>,
        malformed: Vec<(u32, Reason)>,
    }

    impl Taker for Seen {
        fn block(&mut self, text: &[u8], block: &RawBlock) {
            for row in 0..block.rows() {
                let value = |slot| String::from_utf8(block.value(text, slot, row).to_vec()).unwrap();
                self.rows.push((block.lines[row], (0..block.spans.len()).map(value).collect()));
            }
        }

        fn malformed(&mut self, line: u32, reason: Reason) {
            self.malformed.push((line, reason));
        }
    }

    fn run(text: &str, quoted: bool) -> (Seen, u32) {
        let layout = Layout { delimiter: b';', slots: vec![Some(0), None, Some(1)], wanted: 2, fewest: 3 };
        let mut seen = Seen::default();
        let lines = split(text.as_bytes(), quoted, &layout, &mut seen);
        (seen, lines)
    }

    #[test]
    fn plain_and_quoted_splitting_agree() {
        let text = "1;x;a\r\n\r\n2;y; b ;\n3;z\n4;y;c;d\n;;\r\n 5;y;\u{a0}e\u{a0}\n";
        for quoted in [false, true] {
            let (seen, lines) = run(text, quoted);
            let rows: Vec<_> = seen.rows.iter().map(|(line, row)| (*line, row.join("|"))).collect();
            let expected = [(0, "1|a"), (2, "2|b"), (6, "5|e")].map(|(line, row)| (line, row.to_owned()));
            assert_eq!(rows, expected, "quoted {quoted}");
            assert_eq!(seen.malformed, [(3, Reason::FewFields), (4, Reason::ManyFields)]);
            assert_eq!(lines, 7);
        }
    }

    #[test]
    fn quotes_breaks_and_strays() {
        let (seen, lines) = run("\"1\";\"x\ny\";\"a \"\"b\"\" c\"\n2;\"\";\"d;e\" \n3;5\" x;f\n", true);
        let rows: Vec<_> = seen.rows.iter().map(|(line, row)| (*line, row.join("|"))).collect();
        assert_eq!(rows, [(0, "1|a \"b\" c".to_owned()), (2, "2|d;e".to_owned()), (3, "3|f".to_owned())]);
        assert_eq!(lines, 4);
        assert_eq!(fields(b"\"a;b\";c ;\"d \"\"e\"\"\"", b';'), ["a;b", "c", "d \"e\""]);
    }
}
