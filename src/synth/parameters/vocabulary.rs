//! Words as they are met while parameters are read, each numbered once.

use super::layers::{Found, Section};
use crate::clinical::fault::Fault;
use crate::clinical::{Code, CodeSystem};
use crate::synth::random::Wheel;
use crate::synth::words::{CodeWord, Scale, Words};
use std::ops::Range;

/// Greatest weight of a code among others.
const WEIGHTS: (f64, f64) = (0.0, 1e6);

/// The canonical items of the IPLOS assessment, as the rule sets ask for them.
const IPLOS: [&str; 8] =
    ["hygiene", "dressing", "toilet", "eating", "moving_indoors", "moving_outdoors", "cooking", "own_health"];

/// Numbers of scales: the IPLOS items come first.
pub const IPLOS_ITEMS: u8 = IPLOS.len() as u8;
pub const CFS: u8 = IPLOS_ITEMS;
pub const FALLS: u8 = IPLOS_ITEMS + 1;
pub const TUG: u8 = IPLOS_ITEMS + 2;

/// Words that no file can change.
pub fn begin() -> Words {
    let scale = |instrument: &str, item: &str| Scale { instrument: instrument.to_owned(), item: item.to_owned() };
    let mut scales: Vec<Scale> = IPLOS.iter().map(|item| scale("IPLOS", item)).collect();
    scales.extend([scale("CFS", ""), scale("FALL12", ""), scale("TUG", "")]);
    let parts = ["all", "P", "medicines"].map(str::to_owned).to_vec();
    Words { scales, parts, ..Words::default() }
}

/// The number of a diagnosis code; a fault when it can be none.
pub fn diagnosis(words: &mut Words, system: CodeSystem, raw: &str, at: &Place<'_, '_>) -> u16 {
    let Some(code) = Code::read(system, raw) else {
        at.no_code(raw, system.name());
        return 0;
    };
    let word = CodeWord { system, code: code.as_str().to_owned() };
    number(&mut words.diagnoses, word)
}

/// The number of a medicine.
pub fn medicine(words: &mut Words, raw: &str, at: &Place<'_, '_>) -> u16 {
    let whole = Code::read(CodeSystem::Atc, raw).filter(|code| code.as_str().len() == 7);
    let Some(code) = whole else {
        at.no_code(raw, "ATC, all seven characters");
        return 0;
    };
    number(&mut words.medicines, code.as_str().to_owned())
}

/// The number of a service.
pub fn service(words: &mut Words, name: &str) -> u8 {
    number(&mut words.services, name.to_lowercase()).min(255) as u8
}

pub fn number<T: PartialEq>(all: &mut Vec<T>, word: T) -> u16 {
    let at = all.iter().position(|known| *known == word).unwrap_or_else(|| {
        all.push(word);
        all.len() - 1
    });
    u16::try_from(at).unwrap_or(u16::MAX)
}

/// Where a word stands, for faults.
pub struct Place<'s, 'a> {
    pub section: &'s Section<'a>,
    pub file: &'a str,
    pub span: Range<usize>,
}

impl Place<'_, '_> {
    fn no_code(&self, raw: &str, expected: &str) {
        let message = format!("`{raw}` is no code of {expected}");
        self.section.push(Fault::new(self.file, self.span.clone(), message, format!("expected {expected}")));
    }
}

/// Codes with weights: `{ A04 = 20, A05 = 12 }`.
pub fn wheel(words: &mut Words, section: &mut Section<'_>, key: &str, system: CodeSystem) -> Wheel {
    let mut inner = section.section(key);
    if !inner.is_there() {
        section.missing(key);
    }
    let mut weights = Vec::new();
    for code in inner.keys() {
        let Some(found) = inner.find(&code) else { continue };
        let weight = inner.number_of(found, &found.entry.node, WEIGHTS);
        let place = Place { section: &inner, file: found.file, span: found.entry.span.clone() };
        weights.push((diagnosis(words, system, &code, &place), weight));
    }
    if inner.is_there() && weights.iter().all(|(_, weight)| *weight <= 0.0) {
        inner.missing("a code with a weight above 0");
        return Wheel::new(&[]);
    }
    Wheel::new(&weights)
}

/// Where a value of a table stands.
pub fn place<'s, 'a>(section: &'s Section<'a>, found: Found<'a>) -> Place<'s, 'a> {
    Place { section, file: found.file, span: found.entry.node.span.clone() }
}
