//! CSV as spreadsheets save it: any usual delimiter, quoted fields, UTF-8, UTF-16 or Windows-1252.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use super::{Cell, Unreadable};

/// Rows with their line numbers; a field of several lines counts its lines.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<(usize, Vec<Cell>)>, Unreadable> {
    let text = text(bytes)?;
    let delimiter = delimiter(&text);
    let mut rows = Vec::new();
    let mut reader = Reader { rest: text.chars().peekable(), line: 1 };
    while reader.rest.peek().is_some() {
        let (line, cells) = (reader.line, reader.row(delimiter));
        if cells.iter().any(|cell| !cell.is_empty()) {
            rows.push((line, cells));
        }
    }
    Ok(rows)
}

fn text(bytes: &[u8]) -> Result<String, Unreadable> {
    let (encoding, mark) = Encoding::for_bom(bytes).unwrap_or((UTF_8, 0));
    let body = &bytes[mark..];
    let (text, bad) = encoding.decode_without_bom_handling(body);
    let text = if bad && mark == 0 { WINDOWS_1252.decode_without_bom_handling(body).0 } else { text };
    if text.contains('\0') {
        return Err(Unreadable("no text and no workbook".to_owned()));
    }
    Ok(text.into_owned())
}

/// The one that parts most fields in the first lines together; `;` when none does.
fn delimiter(text: &str) -> char {
    let fields = |delimiter: char| -> usize { text.lines().take(20).map(|line| line.matches(delimiter).count()).sum() };
    [';', '\t', ','].into_iter().rev().max_by_key(|delimiter| fields(*delimiter)).unwrap_or(';')
}

struct Reader<'a> {
    rest: std::iter::Peekable<std::str::Chars<'a>>,
    line: usize,
}

impl Reader<'_> {
    fn row(&mut self, delimiter: char) -> Vec<Cell> {
        let mut cells = Vec::new();
        loop {
            let (field, ended) = self.field(delimiter);
            cells.push(Cell::text(bare(&field)));
            if ended {
                return cells;
            }
        }
    }

    /// One field, and whether the row ends behind it.
    fn field(&mut self, delimiter: char) -> (String, bool) {
        let mut field = String::new();
        let quoted = self.rest.peek() == Some(&'"');
        let mut within = quoted && self.rest.next().is_some();
        while let Some(c) = self.rest.next() {
            self.line += usize::from(c == '\n');
            match c {
                '"' if within => {
                    if self.rest.peek() == Some(&'"') {
                        field.extend(self.rest.next());
                    } else {
                        within = false;
                    }
                }
                _ if within => field.push(c),
                '\n' => return (field, true),
                '\r' => {}
                c if c == delimiter => return (field, false),
                c => field.push(c),
            }
        }
        (field, true)
    }
}

/// Without the apostrophe that keeps a spreadsheet from taking a text for a formula.
fn bare(field: &str) -> &str {
    match field.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest,
        _ => field,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(bytes: &[u8]) -> Vec<(usize, Vec<String>)> {
        let rows = read(bytes).unwrap();
        rows.into_iter().map(|(line, cells)| (line, cells.iter().map(Cell::words).collect())).collect()
    }

    #[test]
    fn habits_of_spreadsheets_are_understood() {
        let expected = vec![
            (1, vec!["Rad".to_owned(), "Avgjørelse".to_owned()]),
            (2, vec!["A;1".to_owned(), "så bra".to_owned()]),
        ];
        let text = "Rad;Avgjørelse\r\n\"A;1\";\"så\nbra\"\r\n;\r\n";
        assert_eq!(words(text.as_bytes()), expected);
        assert_eq!(words(&[b"\xef\xbb\xbf", text.as_bytes()].concat()), expected);
        assert_eq!(words(&WINDOWS_1252.encode(text).0), expected);
        let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(words(&utf16), expected);
        assert_eq!(words("Rad\tAvgjørelse\nA;1\tså bra".as_bytes()), expected);
        assert_eq!(words(b"'=1+1;'x")[0].1, ["=1+1", "'x"]);
    }
}
