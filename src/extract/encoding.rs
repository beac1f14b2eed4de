//! Characters: which encoding a file is in, and its text as UTF-8.

use super::profile::TextEncoding;
use encoding_rs::{Decoder, UTF_16BE, UTF_16LE, WINDOWS_1252};
use memchr::memmem;
use std::borrow::Cow;
use std::io::{self, Read};

/// How the bytes of one file become UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Told, or told by the file's first bytes: anything else in it is a fault.
    Utf8,
    /// Nothing was told: a line that is no UTF-8 is read as Windows-1252.
    Guessed,
    Windows1252,
    Utf16Le,
    Utf16Be,
}

impl Encoding {
    /// Judges by the first bytes of a file; a byte order mark outranks what was told.
    pub fn of(head: &[u8], told: Option<TextEncoding>) -> Encoding {
        match (head, told) {
            ([0xEF, 0xBB, 0xBF, ..], _) => Encoding::Utf8,
            ([0xFF, 0xFE, ..], _) => Encoding::Utf16Le,
            ([0xFE, 0xFF, ..], _) => Encoding::Utf16Be,
            (_, Some(TextEncoding::Utf8)) => Encoding::Utf8,
            (_, Some(TextEncoding::Windows1252)) => Encoding::Windows1252,
            (_, Some(TextEncoding::Utf16Be)) => Encoding::Utf16Be,
            // «utf-16» without a byte order mark: by where the zeros of Latin letters stand.
            (_, Some(TextEncoding::Utf16Le)) => unmarked_utf16(head).unwrap_or(Encoding::Utf16Le),
            (_, None) => unmarked_utf16(head).unwrap_or(Encoding::Guessed),
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 | Encoding::Guessed => "utf-8",
            Encoding::Windows1252 => "windows-1252",
            Encoding::Utf16Le => "utf-16le",
            Encoding::Utf16Be => "utf-16be",
        }
    }

    pub fn is_utf16(self) -> bool {
        matches!(self, Encoding::Utf16Le | Encoding::Utf16Be)
    }
}

fn unmarked_utf16(head: &[u8]) -> Option<Encoding> {
    let head = &head[..head.len().min(512) & !1];
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    match head.len() / 2 {
        0 => None,
        pairs if odd * 4 > pairs * 3 && even * 8 < pairs => Some(Encoding::Utf16Le),
        pairs if even * 4 > pairs * 3 && odd * 8 < pairs => Some(Encoding::Utf16Be),
        _ => None,
    }
}

/// What was noticed while a piece was decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Noticed {
    /// Line (from 0) of the first bytes that the told encoding does not have.
    pub invalid_line: Option<u32>,
    /// Lines of Windows-1252 in a file whose encoding was guessed.
    pub latin_lines: u64,
    /// Lines with letters beyond ASCII in UTF-8 stood in the piece.
    pub utf8_letters: bool,
    /// Letters that were decoded twice, `Ã¸` for `ø`.
    pub mojibake: bool,
}

/// A piece of text as UTF-8. UTF-16 was turned into UTF-8 before the text was cut into pieces.
pub(super) fn decode(bytes: &[u8], encoding: Encoding) -> (Cow<'_, [u8]>, Noticed) {
    let mut noticed = Noticed::default();
    if bytes.is_ascii() {
        return (Cow::Borrowed(bytes), noticed);
    }
    let text = match encoding {
        Encoding::Windows1252 => Cow::Owned(latin(bytes)),
        _ => match std::str::from_utf8(bytes) {
            Ok(_) => {
                noticed.utf8_letters = true;
                Cow::Borrowed(bytes)
            }
            Err(_) if encoding == Encoding::Guessed => Cow::Owned(line_by_line(bytes, &mut noticed)),
            Err(error) => {
                let before = &bytes[..error.valid_up_to()];
                noticed.invalid_line = Some(memchr::memchr_iter(b'\n', before).count() as u32);
                Cow::Owned(String::from_utf8_lossy(bytes).into_owned().into_bytes())
            }
        },
    };
    noticed.mojibake = is_mojibake(&text);
    (text, noticed)
}

fn latin(bytes: &[u8]) -> Vec<u8> {
    WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned().into_bytes()
}

fn line_by_line(bytes: &[u8], noticed: &mut Noticed) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() + bytes.len() / 16);
    for line in bytes.split_inclusive(|b| *b == b'\n') {
        if std::str::from_utf8(line).is_ok() {
            noticed.utf8_letters |= !line.is_ascii();
            out.extend_from_slice(line);
        } else {
            noticed.latin_lines += 1;
            out.extend_from_slice(&latin(line));
        }
    }
    out
}

/// UTF-8 that was taken for Windows-1252 on its way: `Ã¦`, `Ã¸`, `Ã¥`, `Ã†`, `Ã˜`, `Ã…`, or the sign for a lost letter.
fn is_mojibake(text: &[u8]) -> bool {
    let begins = memmem::find_iter(text, "Ã".as_bytes());
    let lost = memmem::find(text, "\u{fffd}".as_bytes()).is_some();
    let seconds: [&str; 6] = ["¦", "¸", "¥", "†", "˜", "…"];
    lost || begins
        .map(|at| &text[at + 2..])
        .any(|rest| seconds.iter().any(|second| rest.starts_with(second.as_bytes())))
}

/// UTF-16 on its way through, as UTF-8.
pub(super) struct Utf16Reader<R> {
    input: R,
    decoder: Decoder,
    raw: Vec<u8>,
    ready: Vec<u8>,
    at: usize,
    ended: bool,
}

impl<R: Read> Utf16Reader<R> {
    pub fn new(input: R, encoding: Encoding) -> Utf16Reader<R> {
        let encoding = if encoding == Encoding::Utf16Be { UTF_16BE } else { UTF_16LE };
        let decoder = encoding.new_decoder_with_bom_removal();
        Utf16Reader { input, decoder, raw: vec![0; 1 << 16], ready: Vec::new(), at: 0, ended: false }
    }

    fn refill(&mut self) -> io::Result<()> {
        let read = self.input.read(&mut self.raw)?;
        self.ended = read == 0;
        let room = self.decoder.max_utf8_buffer_length(read).unwrap_or(1 << 18);
        self.ready.resize(room, 0);
        let (_, _, written, _) = self.decoder.decode_to_utf8(&self.raw[..read], &mut self.ready, self.ended);
        self.ready.truncate(written);
        self.at = 0;
        Ok(())
    }
}

impl<R: Read> Read for Utf16Reader<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.at == self.ready.len() && !self.ended {
            self.refill()?;
        }
        let n = out.len().min(self.ready.len() - self.at);
        out[..n].copy_from_slice(&self.ready[self.at..self.at + n]);
        self.at += n;
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_told_apart() {
        assert_eq!(Encoding::of(b"\xEF\xBB\xBFabc", Some(TextEncoding::Windows1252)), Encoding::Utf8);
        assert_eq!(Encoding::of(b"\xFF\xFEa\0", None), Encoding::Utf16Le);
        assert_eq!(Encoding::of(b"a\0b\0;\0c\0", None), Encoding::Utf16Le);
        assert_eq!(Encoding::of(b"\0a\0b\0;\0c", None), Encoding::Utf16Be);
        assert_eq!(Encoding::of(b"abc", None), Encoding::Guessed);
        assert_eq!(Encoding::of(b"", None), Encoding::Guessed);
    }

    #[test]
    fn a_guessed_file_may_change_its_mind_line_by_line() {
        let (text, noticed) = decode(b"bl\xE5b\xE6r\nbl\xC3\xA5b\xC3\xA6r\n", Encoding::Guessed);
        assert_eq!(std::str::from_utf8(&text).unwrap(), "blåbær\nblåbær\n");
        assert_eq!(noticed, Noticed { latin_lines: 1, utf8_letters: true, ..Noticed::default() });
        let (_, noticed) = decode(b"a\nbl\xE5\n", Encoding::Utf8);
        assert_eq!(noticed.invalid_line, Some(1));
    }

    #[test]
    fn letters_decoded_twice_are_noticed() {
        assert!(decode("FÃ¸dselsdato".as_bytes(), Encoding::Guessed).1.mojibake);
        assert!(decode("Fødselsdato".as_bytes(), Encoding::Windows1252).1.mojibake);
        assert!(!decode("Fødselsdato for JOÃO".as_bytes(), Encoding::Guessed).1.mojibake);
    }

    #[test]
    fn utf_16_streams_through_in_bits_of_any_size() {
        let text = "Fødselsdato;ID\r\n01.02.1950;🙂\n".repeat(500);
        let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let mut out = String::new();
        Utf16Reader::new(bytes.as_slice(), Encoding::Utf16Le).read_to_string(&mut out).unwrap();
        assert_eq!(out, text);
    }
}
