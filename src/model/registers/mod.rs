//! The code lists of the repository: which codes can occur in Norwegian data, and why others cannot.

mod look;
mod read;
mod words;

pub use look::{Beside, Reason, foreign, look, look_at_vocabulary, reasons};
pub use words::why;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::clinical::code::covers;
use crate::clinical::{Code, CodeSystem, Text};

/// A folder of this name among a user's rule sets holds lists that are added to the program's own.
pub const FOLDER: &str = "registers";

/// Its files, and the program's own lists. Where each comes from, and its licence, stands in `data/register.toml`.
const SHIPPED: [(&str, &str); 6] = [
    ("register.toml", include_str!("data/register.toml")),
    ("icpc2-norway.csv", include_str!("data/icpc2-norway.csv")),
    ("icd10-norway.csv", include_str!("data/icd10-norway.csv")),
    ("icd10-who.csv", include_str!("data/icd10-who.csv")),
    ("atc.csv", include_str!("data/atc.csv")),
    ("nlk.csv", include_str!("data/nlk.csv")),
];

/// Whether a folder of lists can hold a file of this name.
#[must_use]
pub fn is_file(name: &str) -> bool {
    SHIPPED.iter().any(|(known, _)| *known == name)
}

/// The lists, ready to be asked.
#[derive(Debug, Clone, Default)]
pub struct Registers {
    icpc2: BTreeSet<String>,
    icd10_norway: BTreeSet<String>,
    icd10_who: BTreeSet<String>,
    atc_groups: BTreeSet<String>,
    nlk: BTreeSet<String>,
    /// Prefixes of ICD-10 codes that Norway lacks, and what it writes instead.
    instead: Vec<(Vec<String>, Text)>,
    /// Users' own were added to the program's.
    with_own: bool,
}

/// Why a code cannot occur in Norwegian data, as far as the repository knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// The international list has it, the Norwegian has not. With what Norway writes instead, where that is known.
    OnlyInternational(Option<Text>),
    /// The Norwegian list has this shorter code and nothing below it.
    NothingFiner(String),
    /// No list has it. With what Norway writes instead, where that is known.
    Nowhere(Option<Text>),
    /// The Norwegian list of ICPC-2 lacks it.
    NotInNorway,
    /// A process code of ICPC-2, of which the repository has no list.
    Process,
    /// Its first letter is no main group of ATC.
    NoMainGroup,
    /// A laboratory code beyond the short list of the repository.
    OtherLaboratoryCode,
}

impl Registers {
    /// The lists that the program carries, read when they are first asked for.
    #[must_use]
    pub fn shipped() -> &'static Registers {
        static LISTS: LazyLock<Registers> = LazyLock::new(|| read::of_program().0);
        &LISTS
    }

    /// `None` when a journal in Norway can hold a code that meets this one.
    #[must_use]
    pub fn why_not(&self, code: &Code) -> Option<Why> {
        let text = code.as_str();
        match code.system {
            CodeSystem::Icpc2 => self.icpc2(text),
            CodeSystem::Icd10 => self.icd10(text),
            CodeSystem::Atc => (!self.atc_groups.contains(&text[..1])).then_some(Why::NoMainGroup),
            CodeSystem::Nlk => (!self.nlk.contains(text)).then_some(Why::OtherLaboratoryCode),
        }
    }

    /// As [`Registers::why_not`], by the shipped lists alone: what a shipped rule set says of its codes was said of these.
    #[must_use]
    pub fn why_not_shipped(&self, code: &Code) -> Option<Why> {
        if self.with_own { Registers::shipped().why_not(code) } else { self.why_not(code) }
    }

    fn icpc2(&self, text: &str) -> Option<Why> {
        if begins(&self.icpc2, text).is_some_and(|known| covers(CodeSystem::Icpc2, text, known)) {
            return None;
        }
        let number = text.get(1..).and_then(|digits| digits.parse::<u32>().ok());
        // The process component has the same numbers in every chapter.
        if text.len() == 3 && number.is_some_and(|number| (30..=69).contains(&number)) {
            return Some(Why::Process);
        }
        Some(shorter(&self.icpc2, text).map_or(Why::NotInNorway, Why::NothingFiner))
    }

    fn icd10(&self, text: &str) -> Option<Why> {
        if begins(&self.icd10_norway, text).is_some() {
            return None;
        }
        if let Some(shorter) = shorter(&self.icd10_norway, text) {
            return Some(Why::NothingFiner(shorter));
        }
        let instead = self.instead.iter().find(|(prefixes, _)| prefixes.iter().any(|prefix| text.starts_with(prefix)));
        let instead = instead.map(|(_, text)| text.clone());
        let who = begins(&self.icd10_who, text).is_some() || shorter(&self.icd10_who, text).is_some();
        Some(if who { Why::OnlyInternational(instead) } else { Why::Nowhere(instead) })
    }
}

/// A code of the list that begins with `text`.
fn begins<'a>(list: &'a BTreeSet<String>, text: &str) -> Option<&'a str> {
    list.range(text.to_owned()..).next().filter(|code| code.starts_with(text)).map(String::as_str)
}

/// The code of the list that `text` begins with: a code without anything below it.
fn shorter(list: &BTreeSet<String>, text: &str) -> Option<String> {
    (3..text.len()).rev().map(|length| &text[..length]).find(|short| list.contains(*short)).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shipped() -> Registers {
        let (registers, faults) = read::of_program();
        assert!(faults.is_empty(), "{faults}");
        registers
    }

    #[test]
    fn the_lists_hold_as_many_codes_as_their_editions() {
        let registers = shipped();
        assert_eq!((registers.icpc2.len(), registers.icd10_norway.len()), (708, 19_634));
        assert!(registers.icd10_norway.contains("E43") && registers.icd10_norway.contains("E4300"));
    }

    #[test]
    fn norwegian_codes_are_known_and_foreign_ones_told_why() {
        let registers = shipped();
        let ask = |system, text| registers.why_not(&Code::prefix(system, text).unwrap());
        for known in ["I50", "I509", "C", "W0", "W0N", "X6", "U82", "E10", "Z514"] {
            assert_eq!(ask(CodeSystem::Icd10, known), None, "{known}");
        }
        for only_who in ["W01", "W06", "W10", "W18", "W19", "X60", "T36", "T40", "F640"] {
            assert!(matches!(ask(CodeSystem::Icd10, only_who), Some(Why::OnlyInternational(_))), "{only_who}");
        }
        assert!(
            matches!(ask(CodeSystem::Icd10, "W19"), Some(Why::OnlyInternational(Some(text))) if text.en.contains("W0n"))
        );
        assert!(matches!(ask(CodeSystem::Icd10, "U80"), Some(Why::Nowhere(Some(text))) if text.en.contains("U82")));
        assert!(matches!(ask(CodeSystem::Icd10, "Z515"), Some(Why::OnlyInternational(Some(_)))));
        assert_eq!(ask(CodeSystem::Icd10, "I5091"), Some(Why::NothingFiner("I509".to_owned())));
        assert_eq!(ask(CodeSystem::Icd10, "Q999Z"), Some(Why::NothingFiner("Q999".to_owned())));
    }

    #[test]
    fn icpc2_knows_norwegian_extensions_and_says_what_it_has_no_list_of() {
        let registers = shipped();
        let ask = |text| registers.why_not(&Code::prefix(CodeSystem::Icpc2, text).unwrap());
        for known in ["T90", "U891", "R991", "W781", "A981"] {
            assert_eq!(ask(known), None, "{known}");
        }
        assert_eq!(ask("T905"), Some(Why::NothingFiner("T90".to_owned())));
        assert_eq!(ask("A31"), Some(Why::Process));
        assert_eq!(ask("C01"), Some(Why::NotInNorway));
    }

    #[test]
    fn medicines_are_known_by_main_group_and_laboratory_codes_by_list() {
        let registers = shipped();
        assert_eq!(registers.why_not(&Code::read(CodeSystem::Atc, "A10BA02").unwrap()), None);
        assert_eq!(registers.why_not(&Code::read(CodeSystem::Atc, "E10").unwrap()), Some(Why::NoMainGroup));
        assert_eq!(registers.why_not(&Code::read(CodeSystem::Nlk, "NPU27300").unwrap()), None);
        let other = registers.why_not(&Code::read(CodeSystem::Nlk, "NPU99999").unwrap());
        assert_eq!(other, Some(Why::OtherLaboratoryCode));
    }
}
