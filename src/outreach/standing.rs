//! Whether a person may stand on the coordinator's list at all.

use std::collections::BTreeMap;

use crate::clinical::Day;
use crate::clinical::register::{RegisterStatus, protection};
use crate::journal::whole::Member;

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

impl Standing {
    /// `status_known` tells whether the extract states list status for anyone at all.
    #[must_use]
    pub fn of(member: &Member, on: Day, adult_from: i32, status_known: bool) -> Standing {
        let status = RegisterStatus::parse(&member.list_status);
        if member.person.died_on.is_some_and(|day| day <= on)
            || matches!(status, RegisterStatus::Dead | RegisterStatus::Left)
        {
            Standing::Left
        } else if protection(&member.address_protection).is_some() {
            Standing::Shielded
        } else if member.no_contact || member.no_scoring {
            Standing::Reserved
        } else if status_known && status == RegisterStatus::Unknown {
            Standing::UnknownStatus
        } else if member.person.birth.is_none_or(|birth| birth.age_on(on) < adult_from) {
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
    use crate::journal::patient::Person;

    fn on() -> Day {
        Day::parse_iso("2026-03-02").unwrap()
    }

    fn adult() -> Member {
        born("1950-01-01", None)
    }

    fn born(birth: &str, died_on: Option<Day>) -> Member {
        let person = Person { birth: Day::parse_iso(birth), died_on, ..Person::default() };
        Member { person, list_status: "listed".to_owned(), ..Member::default() }
    }

    #[test]
    fn only_present_unshielded_adults_are_listed() {
        let text = str::to_owned;
        for (member, expected) in [
            (adult(), Standing::Listable),
            (born("1950-01-01", Some(on())), Standing::Left),
            (born("1950-01-01", Some(on().plus(1))), Standing::Listable),
            (Member { list_status: text("Utflyttet"), ..adult() }, Standing::Left),
            (Member { list_status: text(""), ..adult() }, Standing::UnknownStatus),
            (Member { list_status: text("foedselsregistrert"), ..adult() }, Standing::UnknownStatus),
            (Member { address_protection: text("strengtFortrolig"), ..adult() }, Standing::Shielded),
            (Member { address_protection: text("klientadresse"), ..adult() }, Standing::Shielded),
            (Member { address_protection: text("ugradert"), ..adult() }, Standing::Listable),
            (Member { no_contact: true, ..adult() }, Standing::Reserved),
            (Member { no_scoring: true, ..adult() }, Standing::Reserved),
            (born("2008-03-03", None), Standing::Child),
            (born("2008-03-02", None), Standing::Listable),
        ] {
            assert_eq!(Standing::of(&member, on(), 18, true), expected, "{member:?}");
        }
        let unstated = Member { list_status: text(""), ..adult() };
        assert_eq!(Standing::of(&unstated, on(), 18, false), Standing::Listable);
    }
}
