//! The lists of codes that stand behind lines, each written out once.

use super::super::summary::Codes;
use crate::journal::encoding::{Dictionary, Interner, TextInterner};
use std::sync::Arc;

/// Lists of codes by number.
#[derive(Debug, Default)]
pub(super) struct CodeLists {
    texts: TextInterner,
    /// Most lists are one code, which is known without being written out.
    lone: Interner,
    text_of_lone: Vec<u32>,
    buffer: Vec<u8>,
}

impl CodeLists {
    /// The number of a list.
    #[inline]
    pub fn number(&mut self, codes: &Codes) -> u32 {
        let [code] = codes.words.as_slice() else { return self.written(codes) };
        let place = self.lone.key(code.0 as i64) as usize;
        match self.text_of_lone.get(place) {
            Some(number) => *number,
            None => {
                let number = self.written(codes);
                self.text_of_lone.push(number);
                number
            }
        }
    }

    fn written(&mut self, codes: &Codes) -> u32 {
        self.buffer.clear();
        for (i, code) in codes.words.iter().enumerate() {
            if i > 0 {
                self.buffer.push(b' ');
            }
            code.write_to(&mut self.buffer);
        }
        self.buffer.extend_from_slice(&codes.text);
        self.texts.key(&self.buffer)
    }

    /// All lists, in the order of their numbers.
    pub fn finish(self) -> Arc<Dictionary> {
        Dictionary::interned(self.texts)
    }
}
