//! Words of an extract to canonical words: called once for each distinct raw value of a column.

use super::numbers::flag;
use super::reason::Reason;
use super::report::Finding;
use crate::clinical::code::normalise;
use crate::clinical::register::protection;
use crate::clinical::{CodeSystem, Sex};
use crate::journal::patient::Comparator;
use crate::journal::tables::{ContactKind, Holds};
use std::borrow::Cow;

/// What a raw word becomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Word<'a> {
    /// An empty cell.
    Empty,
    Text(Cow<'a, str>),
    /// An empty cell, and something to count.
    Found(Finding),
    Refused(Reason),
}

impl Word<'_> {
    fn fixed(text: &'static str) -> Word<'static> {
        Word::Text(Cow::Borrowed(text))
    }
}

/// Cleans a word that is not empty, after the profile's code map. `system` is the row's code system, for codes.
pub(super) fn clean<'a>(holds: Holds, word: &'a str, system: Option<CodeSystem>) -> Word<'a> {
    match holds {
        Holds::Lower => Word::Text(Cow::Owned(word.to_lowercase())),
        Holds::Upper => Word::Text(Cow::Owned(word.to_uppercase())),
        Holds::Sex => Sex::parse(word).map_or(Word::Found(Finding::UnknownSex), |sex| Word::fixed(sex.name())),
        Holds::Protection => protection(word).map_or(Word::Empty, |grade| Word::Text(Cow::Owned(grade))),
        Holds::System => match CodeSystem::parse(word) {
            Some(system) => Word::fixed(system.name()),
            None => Word::Refused(Reason::UnknownSystem),
        },
        Holds::Code => system.map_or(Word::Refused(Reason::NoSystem), |system| code(system, word)),
        Holds::Atc => code(CodeSystem::Atc, word),
        Holds::ContactKind => {
            let kind = ContactKind::parse(&word.to_lowercase().replace([' ', '-'], "_"));
            kind.map_or(Word::Refused(Reason::UnknownKind), |kind| Word::fixed(kind.name()))
        }
        Holds::Comparator => match Comparator::parse(word) {
            Some(Comparator::Exact) => Word::Empty,
            Some(comparator) => Word::fixed(comparator.sign()),
            None => Word::Refused(Reason::BadComparator),
        },
        _ => Word::Text(Cow::Borrowed(word)),
    }
}

fn code(system: CodeSystem, word: &str) -> Word<'static> {
    let mut text = String::with_capacity(word.len());
    if normalise(system, word, &mut text) { Word::Text(Cow::Owned(text)) } else { Word::Refused(Reason::BadCode) }
}

/// Why a row without this word is refused.
pub(super) fn missing(holds: Holds) -> Reason {
    match holds {
        Holds::Patient => Reason::NoPatient,
        Holds::Birth => Reason::NoBirthDate,
        Holds::FactDay => Reason::NoDate,
        Holds::System => Reason::NoSystem,
        Holds::Code | Holds::Atc => Reason::NoCode,
        Holds::Value => Reason::NoValue,
        _ => Reason::Empty,
    }
}

/// A flag's cell, and what to count when it cannot be read.
pub(super) fn clean_flag(holds: Holds, word: &str) -> Result<bool, Finding> {
    let unread = if holds == Holds::Reservation { Finding::UnreadReservation } else { Finding::UnreadOptional };
    flag(word).ok_or(unread)
}
