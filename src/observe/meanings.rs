//! What the codes of a row group mean: looked up once for each word of its dictionary, and remembered from one to the next.
//!
//! A meaning is the word of [`code_word`](super::facts::code_word): 0 when no rule asks for the code.

use super::lexicon::Lexicon;
use super::pages::{CannotScan, WordKeys};
use crate::clinical::CodeSystem;

/// Codes that one dictionary may hold, so that a code's number fits in sixteen bits.
pub(super) const MAX_CODES: usize = 1 << 16;

/// What each code of a row group means in each system of it.
pub(super) struct Meanings {
    /// 1 for each code that means something in some system, and for numbers that are no code's.
    asked: Box<[u8; MAX_CODES]>,
    /// For each code, the slot where its meanings stand.
    slots: Vec<u32>,
    /// Slot by slot, one a system.
    words: Vec<u64>,
    systems: usize,
}

impl Meanings {
    /// Of diagnoses, the words of whose systems are told; `None` for a dictionary that is too large.
    pub fn of_diagnoses(systems: &WordKeys, codes: &WordKeys, lexicon: &Lexicon) -> Option<Meanings> {
        Meanings::of(&systems.iter().map(KnownCodes::place).collect::<Vec<_>>(), codes, lexicon)
    }

    /// Of medicines; [`NO_CODE`] for what is no code.
    pub fn of_medicines(codes: &WordKeys, lexicon: &Lexicon) -> Option<Meanings> {
        Meanings::of(&[Some(ATC)], codes, lexicon)
    }

    fn of(places: &[Option<usize>], codes: &WordKeys, lexicon: &Lexicon) -> Option<Meanings> {
        if codes.words() > MAX_CODES {
            return None;
        }
        let mut known = lexicon.known_codes.take();
        let slots: Vec<u32> = (0..codes.words()).map(|code| known.slot(codes.bytes(code as u32), lexicon)).collect();
        let mut words = Vec::with_capacity(known.words.len() * places.len());
        let mut is_asked = Vec::with_capacity(known.words.len());
        for of_slot in &known.words {
            words.extend(places.iter().map(|place| place.map_or(0, |place| of_slot[place])));
            is_asked.push(u8::from(places.iter().flatten().any(|place| of_slot[*place] != 0)));
        }
        lexicon.known_codes.give_back(known.tidied());
        let mut asked = Box::new([1; MAX_CODES]);
        asked.iter_mut().zip(&slots).for_each(|(asked, slot)| *asked = is_asked[*slot as usize]);
        Some(Meanings { asked, slots, words, systems: places.len() })
    }

    /// A 1 for each code's number that is worth a closer look.
    pub fn asked(&self) -> &[u8; MAX_CODES] {
        &self.asked
    }

    /// Moves those of some rows forward whose code means something, with its word, and gives how many; all are of one
    /// system where no systems are told.
    ///
    /// # Errors
    /// When a number is no code's or no system's.
    pub fn pick(
        &self,
        rows: &mut [u16],
        codes: &[u32],
        systems: Option<&[u32]>,
        picked: &mut [u64],
    ) -> Result<usize, CannotScan> {
        let (slots, words, number) = (&self.slots[..], &self.words[..], self.systems);
        let word = |code: u32, system: u32| {
            let system = Some(system as usize).filter(|system| *system < number)?;
            words.get(*slots.get(code as usize)? as usize * number + system)
        };
        let mut place = 0;
        for at in 0..rows.len() {
            let row = usize::from(rows[at]);
            let system = systems.map_or(0, |systems| systems[row]);
            let word = *word(codes[row], system).ok_or(CannotScan::Damaged)?;
            (rows[place], picked[place]) = (rows[at], word);
            place += usize::from(word != 0);
        }
        Ok(place)
    }
}

/// The systems of which diagnoses are, and that of medicines.
const SYSTEMS: [CodeSystem; 3] = [CodeSystem::Icpc2, CodeSystem::Icd10, CodeSystem::Atc];
/// Where that of medicines stands.
const ATC: usize = 2;

/// What stands for no code at all means.
pub(super) const NO_CODE: u64 = u64::MAX;

/// Codes as they stand in files, and what they mean in each system: row group after row group has much the same ones.
#[derive(Debug)]
pub(super) struct KnownCodes {
    /// Open addressing by the code's text; a free place has 0. With it the slots, apart to stay close to the processor.
    texts: Vec<u64>,
    slots: Vec<u32>,
    held: usize,
    /// What the codes of a slot mean in each of [`SYSTEMS`]; in the first two those that mean nothing, of medicines or not.
    words: Vec<[u64; SYSTEMS.len()]>,
    buffer: String,
}

impl Default for KnownCodes {
    fn default() -> KnownCodes {
        let (texts, slots) = (vec![0; 1 << 10], vec![0; 1 << 10]);
        KnownCodes { texts, slots, held: 0, words: vec![[0; SYSTEMS.len()], [0, 0, NO_CODE]], buffer: String::new() }
    }
}

impl KnownCodes {
    /// More than any register holds.
    const MOST: usize = 1 << 16;

    /// Where the system of a diagnosis stands in [`SYSTEMS`].
    fn place(system: &str) -> Option<usize> {
        let system = CodeSystem::parse(system)?;
        SYSTEMS[..ATC].iter().position(|known| *known == system)
    }

    /// The slot of a code.
    fn slot(&mut self, code: &[u8], lexicon: &Lexicon) -> u32 {
        let Some(text) = packed(code) else { return self.look_up(code, lexicon) };
        let mut at = self.home(text);
        while self.texts[at] != text {
            if self.texts[at] == 0 {
                return self.add(at, text, code, lexicon);
            }
            at = (at + 1) & (self.texts.len() - 1);
        }
        self.slots[at]
    }

    #[cold]
    fn add(&mut self, at: usize, text: u64, code: &[u8], lexicon: &Lexicon) -> u32 {
        let slot = self.look_up(code, lexicon);
        (self.texts[at], self.slots[at]) = (text, slot);
        self.held += 1;
        if self.held * 2 > self.texts.len() {
            self.grow();
        }
        slot
    }

    fn look_up(&mut self, code: &[u8], lexicon: &Lexicon) -> u32 {
        let raw = std::str::from_utf8(code).unwrap_or_default();
        let mut words = SYSTEMS.map(|system| lexicon.code_word(system, raw, &mut self.buffer).unwrap_or(NO_CODE));
        // A diagnosis that is no code is asked for by none.
        words[..ATC].iter_mut().filter(|word| **word == NO_CODE).for_each(|word| *word = 0);
        if let Some(nothing) = self.words[..2].iter().position(|known| *known == words) {
            return nothing as u32;
        }
        self.words.push(words);
        self.words.len() as u32 - 1
    }

    fn home(&self, text: u64) -> usize {
        (text.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40) as usize & (self.texts.len() - 1)
    }

    fn grow(&mut self) {
        let places = self.texts.len() * 2;
        let texts = std::mem::replace(&mut self.texts, vec![0; places]);
        let slots = std::mem::replace(&mut self.slots, vec![0; places]);
        for (text, slot) in texts.into_iter().zip(slots).filter(|(text, _)| *text != 0) {
            let mut at = self.home(text);
            while self.texts[at] != 0 {
                at = (at + 1) & (places - 1);
            }
            (self.texts[at], self.slots[at]) = (text, slot);
        }
    }

    /// Itself, or a new one when more was met than codes can be.
    fn tidied(self) -> KnownCodes {
        if self.held.max(self.words.len()) > KnownCodes::MOST { KnownCodes::default() } else { self }
    }
}

/// A text of at most eight bytes as a number; `None` for one that another could be mistaken for.
#[inline]
fn packed(text: &[u8]) -> Option<u64> {
    if text.last().is_none_or(|last| *last == 0) {
        return None;
    }
    match text {
        [a] => Some(u64::from(*a)),
        [a, b] => Some(u64::from(u16::from_le_bytes([*a, *b]))),
        [a, b, c] => Some(u64::from(u32::from_le_bytes([*a, *b, *c, 0]))),
        _ if text.len() <= 8 => {
            // The last four bytes may overlap the first, where they are the same.
            let (first, last) = (text.first_chunk()?, text.last_chunk()?);
            let shift = 8 * (text.len() - 4);
            Some(u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << shift)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_texts_are_mistaken_for_one_another() {
        assert_eq!(packed(b""), None);
        assert_eq!(packed(b"A\0"), None, "would be A");
        assert_eq!(packed(b"A10BA02XX"), None, "does not fit");
        let texts: [&[u8]; 7] = [b"A", b"A1", b"1A", b"A10", b"A10B", b"A10BA02", b"A10BA02X"];
        for (i, one) in texts.iter().enumerate() {
            for (j, other) in texts.iter().enumerate() {
                assert_eq!(packed(one) == packed(other), i == j);
            }
        }
    }

    #[test]
    fn many_codes_are_remembered_as_they_are_looked_up() {
        let lexicon = Lexicon::default();
        let mut known = KnownCodes::default();
        for round in 0..2 {
            for code in 0..5000 {
                known.slot(format!("X{code}").as_bytes(), &lexicon);
            }
            assert_eq!(known.held, 5000, "round {round}");
        }
    }
}
