//! A normalised code of at most eight characters, packed into 48 bits, so that a fact carries its code without a string.

use std::fmt;

/// Six bits a character: 0 is the end, then `-`, the digits and the capital letters, in ASCII order.
///
/// Packed codes of one system compare as their texts do.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct CodeWord(pub u64);

impl CodeWord {
    /// Longest code that fits.
    pub const MAX: usize = 8;

    /// `None` when the text is longer than eight characters or holds others than `-`, digits and capitals.
    #[must_use]
    pub fn pack(text: &str) -> Option<CodeWord> {
        if text.len() > Self::MAX {
            return None;
        }
        let mut word = 0;
        for byte in text.bytes() {
            let symbol = match byte {
                b'-' => 1,
                digit @ b'0'..=b'9' => digit - b'0' + 2,
                letter @ b'A'..=b'Z' => letter - b'A' + 12,
                _ => return None,
            };
            word = word << 6 | u64::from(symbol);
        }
        Some(CodeWord(word << (6 * (Self::MAX - text.len()))))
    }

    /// The first `length` characters.
    #[must_use]
    pub fn prefix(self, length: usize) -> CodeWord {
        CodeWord(self.0 >> (6 * (Self::MAX - length)) << (6 * (Self::MAX - length)))
    }

    /// Adds the code's text.
    pub fn write_to(self, out: &mut Vec<u8>) {
        out.extend((0..self.len()).map(|i| self.character(i)));
    }

    fn character(self, i: usize) -> u8 {
        match self.symbol(i) {
            1 => b'-',
            digit @ 2..=11 => b'0' + digit - 2,
            letter => b'A' + letter - 12,
        }
    }

    #[must_use]
    pub fn len(self) -> usize {
        (0..Self::MAX).take_while(|i| self.symbol(*i) != 0).count()
    }

    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Character `i` as a number below 38; 0 behind the end.
    #[must_use]
    pub fn symbol(self, i: usize) -> u8 {
        (self.0 >> (6 * (Self::MAX - 1 - i)) & 63) as u8
    }
}

impl fmt::Display for CodeWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for i in 0..self.len() {
            write!(f, "{}", self.character(i) as char)?;
        }
        Ok(())
    }
}

impl fmt::Debug for CodeWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::CodeWord;

    #[test]
    fn codes_round_trip_and_keep_their_order() {
        let codes = ["-31", "A10BA02", "I5", "I50", "I509", "K77", "NPU27300", "U891"];
        let words: Vec<_> = codes.iter().map(|code| CodeWord::pack(code).unwrap()).collect();
        assert!(words.is_sorted());
        for (code, word) in codes.iter().zip(&words) {
            assert_eq!(word.to_string(), *code);
        }
        assert_eq!(words[4].prefix(3), words[3]);
        assert_eq!(CodeWord::pack("NINECHARS"), None);
        assert_eq!(CodeWord::pack("i50"), None);
    }
}
