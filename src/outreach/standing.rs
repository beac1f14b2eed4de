//! Whether a person may stand on the coordinator's list at all.

use std::collections::BTreeMap;

use super::glance::Glance;
use crate::clinical::Day;
use crate::clinical::register::{RegisterStatus, protection};
use crate::journal::whole::Member;
use crate::store::Reservation;

/// May she be listed, and if not, why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    Listable,
    /// Dead, moved or no longer on the practice's list.
    Left,
    /// The register's status is one that tidlig does not know, or it states no birth.
    UnknownStatus,
    /// Protected address: only the doctor's own view may show her.
    Shielded,
    /// Reserved against contact or against being scored.
    Reserved,
    /// Perhaps in a palliative phase: the doctor decides.
    GpOnly,
    /// Cared for elsewhere, such as in a nursing home.
    Elsewhere,
}

/// What is known of all members at once.
#[derive(Debug, Clone, Copy)]
pub struct Register<'a> {
    pub on: Day,
    /// The extract states list status for someone at all.
    pub status_known: bool,
    /// Reservations that are remembered, by patient.
    pub reservations: &'a BTreeMap<String, Reservation>,
}

impl<'a> Register<'a> {
    #[must_use]
    pub fn new(members: &[Member], on: Day, reservations: &'a BTreeMap<String, Reservation>) -> Register<'a> {
        let status_known = members.iter().any(|member| !member.list_status.is_empty());
        Register { on, status_known, reservations }
    }

    fn is_reserved(&self, member: &Member) -> bool {
        let remembered = self.reservations.get(&member.id).copied().unwrap_or_default();
        member.no_contact || member.no_scoring || remembered.no_contact || remembered.no_scoring
    }
}

impl Standing {
    #[must_use]
    pub fn of(member: &Member, glance: Option<&Glance>, register: &Register) -> Standing {
        let standing = Standing::of_member(member, register);
        match glance {
            Some(glance) if standing == Standing::Listable && glance.gp_only => Standing::GpOnly,
            Some(glance) if standing == Standing::Listable && glance.out => Standing::Elsewhere,
            _ => standing,
        }
    }

    /// By the register alone.
    #[must_use]
    pub fn of_member(member: &Member, register: &Register) -> Standing {
        let status = RegisterStatus::parse(&member.list_status);
        if member.person.died_on.is_some_and(|day| day <= register.on)
            || matches!(status, RegisterStatus::Dead | RegisterStatus::Left)
        {
            Standing::Left
        } else if register.is_reserved(member) {
            Standing::Reserved
        } else if protection(&member.address_protection).is_some() {
            Standing::Shielded
        } else if register.status_known && status == RegisterStatus::Unknown || member.person.birth.is_none() {
            Standing::UnknownStatus
        } else {
            Standing::Listable
        }
    }
}

/// Whether she is below the age of the adults' list; nobody is without a birth date.
#[must_use]
pub fn is_child(member: &Member, on: Day, adult_from: i32) -> bool {
    member.person.birth.is_some_and(|birth| birth.age_on(on) < adult_from)
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
    fn only_present_unshielded_people_are_listed() {
        let text = str::to_owned;
        let reservations = BTreeMap::new();
        let register = Register { on: on(), status_known: true, reservations: &reservations };
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
            (Member { no_contact: true, address_protection: text("fortrolig"), ..adult() }, Standing::Reserved),
            (born("2008-03-03", None), Standing::Listable),
        ] {
            assert_eq!(Standing::of_member(&member, &register), expected, "{member:?}");
        }
        let unstated = Member { list_status: text(""), ..adult() };
        let silent = Register { status_known: false, ..register };
        assert_eq!(Standing::of_member(&unstated, &silent), Standing::Listable);
    }

    #[test]
    fn what_is_remembered_and_what_the_journal_says_hold_back_too() {
        let person = Member { id: "7".to_owned(), ..adult() };
        let reservations = BTreeMap::from([("7".to_owned(), Reservation { no_contact: true, no_scoring: false })]);
        let register = Register { on: on(), status_known: true, reservations: &reservations };
        assert_eq!(Standing::of(&person, None, &register), Standing::Reserved);
        let none = BTreeMap::new();
        let register = Register { reservations: &none, ..register };
        let palliative = Glance { gp_only: true, ..Glance::default() };
        let nursing_home = Glance { out: true, ..Glance::default() };
        assert_eq!(Standing::of(&person, Some(&palliative), &register), Standing::GpOnly);
        assert_eq!(Standing::of(&person, Some(&nursing_home), &register), Standing::Elsewhere);
        let shielded = Member { address_protection: "fortrolig".to_owned(), ..person };
        assert_eq!(Standing::of(&shielded, Some(&palliative), &register), Standing::Shielded);
    }

    #[test]
    fn adults_are_adults_from_their_birthday() {
        assert!(is_child(&born("2008-03-03", None), on(), 18));
        assert!(!is_child(&born("2008-03-02", None), on(), 18));
        assert!(!is_child(&Member::default(), on(), 18));
    }
}
