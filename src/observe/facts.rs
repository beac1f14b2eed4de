//! Facts: the small fixed-size remains of journal rows that some rule asks for.

use super::codeword::CodeWord;
use super::matcher::ClassId;
use crate::clinical::{CodeSystem, Day};
use crate::journal::patient::{Comparator, Person};
use crate::journal::tables::ContactKind;
use std::cmp::Ordering;

/// No day: an open end.
pub const NO_DAY: i32 = i32::MIN;

/// A coded diagnosis in 16 bytes: its day, the day from which it counts, and its code with system, class and source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(C)]
pub struct DiagnosisFact {
    pub day: i32,
    /// The later of the clinical and the recorded day.
    pub visible: i32,
    /// Code in the low 48 bits, class in the next 12, source in the next 3, system in the highest.
    word: u64,
}

impl DiagnosisFact {
    /// More classes than this do not fit.
    pub const MAX_CLASSES: usize = 1 << 12;
    /// More sources than this do not fit.
    pub const MAX_SOURCES: usize = 1 << 3;

    /// A fact recorded on its own day by a source that no rule tells apart.
    #[inline]
    pub(super) fn on(day: i32, code_word: u64) -> DiagnosisFact {
        DiagnosisFact { day, visible: day, word: code_word }
    }

    #[must_use]
    pub fn new(day: i32, recorded: i32, code_word: u64, source: u8) -> DiagnosisFact {
        DiagnosisFact { day, visible: day.max(recorded), word: code_word | u64::from(source) << 60 }
    }

    /// Code, class, source and system, as one number.
    pub(super) fn word(self) -> u64 {
        self.word
    }

    #[must_use]
    pub fn class(self) -> ClassId {
        class_of(self.word)
    }

    #[must_use]
    pub fn source(self) -> u8 {
        (self.word >> 60 & 7) as u8
    }

    #[must_use]
    pub fn system(self) -> CodeSystem {
        if self.word >> 63 == 1 { CodeSystem::Icd10 } else { CodeSystem::Icpc2 }
    }

    #[must_use]
    pub fn code(self) -> CodeWord {
        code_of(self.word)
    }
}

/// The part of a fact that its code alone decides; 0 when no rule asks for it.
#[must_use]
pub fn code_word(system: CodeSystem, code: CodeWord, class: ClassId) -> u64 {
    if class.0 == 0 {
        return 0;
    }
    code.0 | u64::from(class.0) << 48 | u64::from(system == CodeSystem::Icd10) << 63
}

/// The class of a code, by what it means.
#[inline]
pub(super) fn class_of(word: u64) -> ClassId {
    ClassId((word >> 48 & 0xfff) as u16)
}

fn code_of(word: u64) -> CodeWord {
    CodeWord(word & 0xffff_ffff_ffff)
}

/// A prescription or dispensing in 24 bytes; those of a substance follow one another, the newest last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MedicineFact {
    pub day: i32,
    pub until: i32,
    pub stopped: i32,
    pub visible: i32,
    /// Code and class as those of a diagnosis, usage in the next bits.
    word: u64,
}

/// Where the usage stands in a medicine's word.
const USAGE: u32 = 60;

impl MedicineFact {
    /// From what its code means, see [`code_word`], and its days, each of which but the first may be [`NO_DAY`].
    #[must_use]
    pub fn new(word: u64, day: i32, recorded: i32, until: i32, stopped: i32, usage: RowUsage) -> MedicineFact {
        MedicineFact { day, until, stopped, visible: day.max(recorded), word: word | (usage as u64) << USAGE }
    }

    /// Code, class and usage, as one number.
    pub(super) fn word(self) -> u64 {
        self.word
    }

    #[must_use]
    pub fn code(self) -> CodeWord {
        code_of(self.word)
    }

    #[must_use]
    pub fn class(self) -> ClassId {
        class_of(self.word)
    }

    #[must_use]
    pub fn usage(self) -> RowUsage {
        match self.word >> USAGE & 3 {
            0 => RowUsage::Unstated,
            1 => RowUsage::AsNeeded,
            _ => RowUsage::Regular,
        }
    }
}

impl Ord for MedicineFact {
    fn cmp(&self, other: &MedicineFact) -> Ordering {
        let place = |fact: &MedicineFact| (fact.code(), fact.day, fact.until, fact.stopped, fact.word, fact.visible);
        place(self).cmp(&place(other))
    }
}

impl PartialOrd for MedicineFact {
    fn partial_cmp(&self, other: &MedicineFact) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// How a medicine row says it is used; the order breaks ties between rows of one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RowUsage {
    Unstated,
    AsNeeded,
    Regular,
}

impl RowUsage {
    #[must_use]
    pub fn of(regular: Option<bool>) -> RowUsage {
        match regular {
            None => RowUsage::Unstated,
            Some(false) => RowUsage::AsNeeded,
            Some(true) => RowUsage::Regular,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ContactFact {
    pub day: i32,
    pub visible: i32,
    pub kind: ContactKind,
    /// Index into the lexicon's roles.
    pub role: u16,
}

impl ContactFact {
    /// `recorded` may be [`NO_DAY`].
    #[must_use]
    pub fn new(day: i32, recorded: i32, kind: ContactKind, role: u16) -> ContactFact {
        ContactFact { day, visible: day.max(recorded), kind, role }
    }
}

/// A value of an analyte, in the analyte's unit.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct MeasurementFact {
    pub day: i32,
    pub visible: i32,
    /// Index into the lexicon's analytes.
    pub analyte: u16,
    /// Index into that analyte's codes.
    pub code: u16,
    pub comparator: Comparator,
    pub value: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct FunctionFact {
    pub day: i32,
    pub visible: i32,
    /// Index into the lexicon's instrument items.
    pub item: u16,
    pub score: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ServiceFact {
    /// [`NO_DAY`] when open.
    pub from: i32,
    pub until: i32,
    /// Index into the lexicon's services.
    pub service: u16,
}

/// All facts of one patient, each table in any order, but see [`PatientFacts::in_order`].
#[derive(Debug, Clone, Copy)]
pub struct PatientFacts<'a> {
    pub person: Person,
    pub diagnoses: &'a [DiagnosisFact],
    pub medicines: &'a [MedicineFact],
    pub contacts: &'a [ContactFact],
    pub measurements: &'a [MeasurementFact],
    pub functions: &'a [FunctionFact],
    pub services: &'a [ServiceFact],
}

impl<'f> PatientFacts<'f> {
    /// The same with the medicines in their order, as questions about substances expect them.
    #[must_use]
    pub fn in_order<'b>(self, buffer: &'b mut Vec<MedicineFact>) -> PatientFacts<'b>
    where
        'f: 'b,
    {
        if self.medicines.is_sorted() {
            return self;
        }
        buffer.clear();
        buffer.extend_from_slice(self.medicines);
        buffer.sort_unstable();
        PatientFacts { medicines: buffer, ..self }
    }
}

/// The day as a number, [`NO_DAY`] for none.
#[must_use]
pub fn day_or_none(day: Option<Day>) -> i32 {
    day.map_or(NO_DAY, |day| day.0)
}
