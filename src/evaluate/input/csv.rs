//! CSV text split into cells, without copying them. Comma, semicolon or tab; quotes as RFC 4180 has them.

use memchr::{memchr, memchr2};

/// A text and where its cells are.
#[derive(Debug)]
pub struct Csv {
    text: Vec<u8>,
    pub header: Vec<String>,
    /// Row by row, `header.len()` each: start and length; a quoted cell without its quotes.
    cells: Vec<(u64, u32)>,
    /// Decimal comma, where the columns are parted by semicolons.
    pub comma: bool,
    /// The line of the first row that has too few or too many cells.
    pub uneven: Vec<usize>,
}

impl Csv {
    /// Splits a text; `None` when it is empty.
    #[must_use]
    pub fn of(mut text: Vec<u8>) -> Option<Csv> {
        if text.starts_with(b"\xef\xbb\xbf") {
            text.drain(..3);
        }
        let first = &text[..memchr(b'\n', &text).unwrap_or(text.len())];
        let count = |c: u8| first.iter().filter(|b| **b == c).count();
        let delimiter = [b';', b'\t'].into_iter().find(|c| count(*c) > 0 && count(*c) >= count(b',')).unwrap_or(b',');
        let mut csv = Csv {
            text: Vec::new(),
            header: Vec::new(),
            cells: Vec::new(),
            comma: delimiter == b';',
            uneven: Vec::new(),
        };
        let mut at = 0;
        let mut row = Vec::new();
        let mut line = 0;
        while at < text.len() {
            line += 1;
            row.clear();
            at = cells_of_row(&text, at, delimiter, &mut row);
            if row.len() == 1 && row[0].1 == 0 {
                continue;
            }
            if csv.header.is_empty() {
                csv.header = row.iter().map(|cell| csv_text(&text, *cell).trim().to_owned()).collect();
            } else if row.len() == csv.header.len() {
                csv.cells.extend_from_slice(&row);
            } else {
                csv.uneven.push(line);
            }
        }
        csv.text = text;
        (!csv.header.is_empty()).then_some(csv)
    }

    #[must_use]
    pub fn rows(&self) -> usize {
        self.cells.len() / self.header.len()
    }

    /// The cells of a column, blanks around them left out.
    pub fn column(&self, column: usize) -> impl Iterator<Item = &str> {
        self.cells.iter().skip(column).step_by(self.header.len()).map(|cell| csv_text(&self.text, *cell).trim())
    }
}

fn csv_text(text: &[u8], (start, length): (u64, u32)) -> &str {
    std::str::from_utf8(&text[start as usize..start as usize + length as usize]).unwrap_or("")
}

/// Appends the cells of the row that begins at `at`; gives where the next one begins.
fn cells_of_row(text: &[u8], mut at: usize, delimiter: u8, row: &mut Vec<(u64, u32)>) -> usize {
    loop {
        let (start, length, end) = match text.get(at) {
            Some(b'"') => quoted(text, at, delimiter),
            _ => {
                let length = memchr2(delimiter, b'\n', &text[at..]).unwrap_or(text.len() - at);
                (at, length, at + length)
            }
        };
        let ends = text.get(end) != Some(&delimiter);
        let carriage = usize::from(ends && length > 0 && text[start + length - 1] == b'\r');
        row.push((start as u64, (length - carriage) as u32));
        if ends {
            return end + 1;
        }
        at = end + 1;
    }
}

/// Start and length of what stands inside the quotes, and where the cell ends. A doubled quote stays doubled: no column
/// that is read here holds one.
fn quoted(text: &[u8], at: usize, delimiter: u8) -> (usize, usize, usize) {
    let mut close = at + 1;
    while let Some(more) = memchr(b'"', &text[close.min(text.len())..]) {
        close += more;
        if text.get(close + 1) != Some(&b'"') {
            let end = memchr2(delimiter, b'\n', &text[close..]).map_or(text.len(), |more| close + more);
            return (at + 1, close - at - 1, end);
        }
        close += 2;
    }
    (at + 1, text.len() - at - 1, text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_of_every_habit() {
        let csv = Csv::of(b"\xef\xbb\xbfa;b\r\n1; \"x;y\" \r\n\r\n\"2\";\"q\"\n3\n4;z".to_vec()).unwrap();
        assert_eq!(csv.header, ["a", "b"]);
        assert_eq!(csv.column(0).collect::<Vec<_>>(), ["2", "4"]);
        assert_eq!(csv.column(1).collect::<Vec<_>>(), ["q", "z"]);
        // A quote after a blank is an ordinary character, so that row has three cells.
        assert_eq!(csv.uneven, [2, 5]);
        assert!(csv.comma);
        let csv = Csv::of(b"a,b\n\"1\",\n,\"x,\"\"y\"".to_vec()).unwrap();
        assert_eq!(csv.column(1).collect::<Vec<_>>(), ["", "x,\"\"y"]);
        assert!(Csv::of(Vec::new()).is_none() && Csv::of(b"\n\n".to_vec()).is_none());
    }
}
