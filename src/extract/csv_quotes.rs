//! Quoted fields: where one ends, and where a piece of a file can be cut without cutting one in two.
//!
//! A quote opens a field only at the field's beginning. One that is not closed within [`LONGEST`] bytes opens nothing:
//! it is a stray character, and the rows after it are still read.

use memchr::{memchr, memchr_iter, memrchr};

/// The longest quoted field, in bytes.
pub(super) const LONGEST: usize = 64 << 10;

/// Where the quoted field that begins at a quote ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Closing {
    /// The closing quote's place.
    At(usize),
    /// The quote is a stray character.
    Never,
    /// The text ends too soon to tell.
    Unsure,
}

/// Finds the end of the field whose opening quote stands at `open`; `complete`: no more text follows.
pub(super) fn closing(text: &[u8], open: usize, complete: bool) -> Closing {
    let limit = text.len().min(open + 1 + LONGEST);
    let mut at = open + 1;
    while let Some(found) = memchr(b'"', &text[at..limit]) {
        let quote = at + found;
        match text.get(quote + 1) {
            Some(b'"') => at = quote + 2,
            None if !complete => return Closing::Unsure,
            _ => return Closing::At(quote),
        }
        if at > limit {
            break;
        }
    }
    if limit == text.len() && !complete && limit < open + 1 + LONGEST { Closing::Unsure } else { Closing::Never }
}

/// Whether a field begins at `at`.
pub(super) fn begins_field(text: &[u8], at: usize, delimiter: u8) -> bool {
    at == 0 || text[at - 1] == delimiter || text[at - 1] == b'\n'
}

/// The place after the last line break that stands outside quotes; `None` when there is none (yet).
///
/// `text` begins at the beginning of a row.
pub(super) fn last_row_end(text: &[u8], delimiter: u8, complete: bool) -> Option<usize> {
    let mut end = None;
    let mut outside = 0;
    for quote in memchr_iter(b'"', text) {
        if quote < outside || !begins_field(text, quote, delimiter) {
            continue;
        }
        if let Some(at) = memrchr(b'\n', &text[outside..quote]) {
            end = Some(outside + at + 1);
        }
        match closing(text, quote, complete) {
            Closing::At(close) => outside = close + 1,
            Closing::Never => outside = quote,
            Closing::Unsure => return end,
        }
    }
    memrchr(b'\n', &text[outside..]).map(|at| outside + at + 1).or(end)
}

/// The place after the first line break outside quotes.
pub(super) fn first_row_end(text: &[u8], delimiter: u8) -> Option<usize> {
    let mut at = 0;
    while at < text.len() {
        if text[at] == b'"'
            && begins_field(text, at, delimiter)
            && let Closing::At(close) = closing(text, at, true)
        {
            at = close + 1;
        } else if text[at] == b'\n' {
            return Some(at + 1);
        } else {
            at += 1;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_never_fall_inside_quotes() {
        let text = b"a;\"b\nc\"\nd;e\n\"f\ng";
        assert_eq!(last_row_end(text, b';', false), Some(12));
        assert_eq!(first_row_end(text, b';'), Some(8));
        assert_eq!(last_row_end(b"a;5\" screw\nb\n", b';', false), Some(13));
        assert_eq!(last_row_end(b"a;\"say \"\"hi\"\"\n\"\n", b';', false), Some(16));
        assert_eq!(last_row_end(b"no break", b';', false), None);
    }

    #[test]
    fn a_quote_that_never_closes_is_a_stray() {
        let mut text = b"a;\"b\n".to_vec();
        text.extend(std::iter::repeat_n(*b"c;d\n", LONGEST / 4 + 2).flatten());
        assert_eq!(closing(&text, 2, false), Closing::Never);
        assert_eq!(last_row_end(&text, b';', false), Some(text.len()));
        assert_eq!(closing(b"\"abc", 0, true), Closing::Never);
        assert_eq!(closing(b"\"abc", 0, false), Closing::Unsure);
    }
}
