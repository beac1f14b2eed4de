//! Whether a person may stand on the coordinator's list at all.

use std::collections::BTreeMap;

use crate::clinical::Day;

/// What the practice's register says of a person, as far as the list asks. Holds no identity number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Register {
    /// The practice's internal id, as the extract has it.
    pub patient: String,
    pub name: String,
    pub birth: Option<Day>,
    /// The doctor whose list the person is on.
    pub gp: String,
    /// As the register writes it; empty when unstated.
    pub list_status: String,
    pub died_on: Option<Day>,
    /// Grade of address protection; empty when none.
    pub address_protection: String,
    /// «Do not contact me».
    pub no_contact: bool,
    /// «Do not assess my risk».
    pub no_scoring: bool,
}

/// May she be listed, and if not, why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    Listable,
    /// Dead, moved or no longer on the practice's list.
    Left,
    /// The register's status is one that tidlig does not know.
    UnknownStatus,
    /// Protected address: only the doctor's own view may show her.
    Shielded,
    /// Reserved against contact or against being scored.
    Reserved,
    /// Under the age of the adults' list.
    Child,
}

/// Register words for someone on the list.
const PRESENT: [&str; 9] = ["listed", "active", "aktiv", "bosatt", "midlertidig", "på liste", "ja", "yes", "1"];
/// Register words for someone who is not.
const GONE: [&str; 20] = [
    "left",
    "moved",
    "dead",
    "deceased",
    "ended",
    "inactive",
    "utflyttet",
    "flyttet",
    "utflytta",
    "flytta",
    "forsvunnet",
    "doed",
    "død",
    "opphoert",
    "opphørt",
    "inaktiv",
    "ikkebosatt",
    "nei",
    "no",
    "0",
];
/// Words that say that an address is not protected.
const UNPROTECTED: [&str; 7] = ["none", "ingen", "ugradert", "nei", "no", "false", "0"];

impl Register {
    /// `status_known` tells whether the extract states list status for anyone at all.
    #[must_use]
    pub fn standing(&self, on: Day, adult_from: i32, status_known: bool) -> Standing {
        let status = self.list_status.trim().to_lowercase();
        let protection = self.address_protection.trim().to_lowercase();
        if self.died_on.is_some_and(|day| day <= on) || GONE.contains(&status.as_str()) {
            Standing::Left
        } else if !protection.is_empty() && !UNPROTECTED.contains(&protection.as_str()) {
            // A grade that is not known is taken for protection.
            Standing::Shielded
        } else if self.no_contact || self.no_scoring {
            Standing::Reserved
        } else if status_known && !PRESENT.contains(&status.as_str()) {
            Standing::UnknownStatus
        } else if self.birth.is_none_or(|birth| birth.age_on(on) < adult_from) {
            Standing::Child
        } else {
            Standing::Listable
        }
    }
}

/// How many candidates were held back, by reason. Never who.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HeldBack(BTreeMap<Standing, usize>);

impl HeldBack {
    pub fn add(&mut self, standing: Standing) {
        *self.0.entry(standing).or_default() += 1;
    }

    #[must_use]
    pub fn count(&self, standing: Standing) -> usize {
        self.0.get(&standing).copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on() -> Day {
        Day::parse_iso("2026-03-02").unwrap()
    }

    fn adult() -> Register {
        Register { birth: Day::parse_iso("1950-01-01"), list_status: "listed".to_owned(), ..Register::default() }
    }

    #[test]
    fn only_present_unshielded_adults_are_listed() {
        let text = str::to_owned;
        for (register, expected) in [
            (adult(), Standing::Listable),
            (Register { died_on: Some(on()), ..adult() }, Standing::Left),
            (Register { died_on: Some(on().plus(1)), ..adult() }, Standing::Listable),
            (Register { list_status: text("Utflyttet"), ..adult() }, Standing::Left),
            (Register { list_status: text(""), ..adult() }, Standing::UnknownStatus),
            (Register { list_status: text("foedselsregistrert"), ..adult() }, Standing::UnknownStatus),
            (Register { address_protection: text("strengtFortrolig"), ..adult() }, Standing::Shielded),
            (Register { address_protection: text("klientadresse"), ..adult() }, Standing::Shielded),
            (Register { address_protection: text("ugradert"), ..adult() }, Standing::Listable),
            (Register { no_contact: true, ..adult() }, Standing::Reserved),
            (Register { no_scoring: true, ..adult() }, Standing::Reserved),
            (Register { birth: Day::parse_iso("2008-03-03"), ..adult() }, Standing::Child),
            (Register { birth: Day::parse_iso("2008-03-02"), ..adult() }, Standing::Listable),
        ] {
            assert_eq!(register.standing(on(), 18, true), expected, "{register:?}");
        }
        assert_eq!(Register { list_status: text(""), ..adult() }.standing(on(), 18, false), Standing::Listable);
    }
}
