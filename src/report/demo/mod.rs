//! A made-up list from the shipped rule sets, for the tests of the formats.

mod facts;
mod people;
mod week;

pub use facts::{explained, fact};
pub use people::list_of;
pub use week::list;

use super::about::{About, TableFacts};
use super::view::{Book, View};
use super::write_all::{File, Output, write_all};
use crate::clinical::{CodeSystem, Day, Language};
use crate::journal::patient::{ContactRow, DiagnosisRow, MedicineRow, PatientJournal, ServiceRow};
use crate::journal::tables::{ContactKind, Source, Sources, Table};
use crate::model::Catalog;
use crate::outreach::List;

pub fn on() -> Day {
    Day::from_ymd(2026, 3, 2).unwrap()
}

pub fn catalog() -> Catalog {
    Catalog::shipped().unwrap_or_else(|faults| panic!("{faults}"))
}

fn journal(number: usize) -> PatientJournal {
    let contact =
        |age, kind, role: &str| ContactRow { date: on().plus(age), recorded_on: None, kind, role: role.to_owned() };
    let service = |name: &str| ServiceRow { service: name.to_owned(), from: Day::parse_iso("2025-10-01"), until: None };
    let mut journal = PatientJournal::default();
    journal.contacts.push(contact(-40 - 10 * number as i32, ContactKind::Office, "gp"));
    journal.contacts.push(contact(-3, ContactKind::Renewal, ""));
    if number.is_multiple_of(2) {
        journal.contacts.push(contact(12, ContactKind::Booked, "nurse"));
        journal.services = vec![service("home_nursing"), service("physiotherapist")];
    }
    journal
}

pub fn about(language: Language) -> About {
    let table = |table, read, refused: &[(&str, u64)]| {
        let refused: Vec<(String, u64)> = refused.iter().map(|(reason, rows)| ((*reason).to_owned(), *rows)).collect();
        let kept = read - refused.iter().map(|(_, rows)| rows).sum::<u64>();
        TableFacts { table, read, kept, refused, newest: Some(on().plus(-1)) }
    };
    About {
        practice: "Eksempel legesenter".to_owned(),
        language,
        index_day: on(),
        program: "0.1.0".to_owned(),
        on_list: 18_214,
        tables: vec![
            table(Table::Patients, 18_214, &[]),
            table(Table::Diagnoses, 412_808, &[("Kodeverk mangler", 12), ("Dato kan ikke leses", 3)]),
            table(Table::Contacts, 220_100, &[]),
        ],
        sources: Sources::all().without(Source::Recalls).without(Source::Functions),
        scores: Vec::new(),
    }
}

pub fn book<'a>(catalog: &'a Catalog, list: &'a List) -> Book<'a> {
    Book { rule_sets: &catalog.rule_sets, vocabulary: &catalog.vocabulary, policy: &list.policy }
}

pub fn view(language: Language) -> View {
    let catalog = catalog();
    let list = list(&catalog);
    View::of(&list, book(&catalog, &list), &about(language))
}

/// Every file of the list, with a journal of recent changes for the one who was selected.
pub fn files(language: Language) -> Vec<File> {
    let catalog = catalog();
    let list = list(&catalog);
    let journals = list.beside.selected.iter().map(|of| (of.row.member.id.clone(), recent_journal(&catalog))).collect();
    let output = Output {
        list: &list,
        rule_sets: &catalog.rule_sets,
        vocabulary: &catalog.vocabulary,
        about: &about(language),
        journals: &journals,
    };
    write_all(output).unwrap()
}

/// New things of many kinds; and one fact, HIV, that only a doctor may read.
pub fn recent_journal(catalog: &Catalog) -> PatientJournal {
    let mut journal = journal(0);
    let diagnosis = |code: &str, age: i32| DiagnosisRow {
        date: on().plus(-age),
        recorded_on: None,
        system: CodeSystem::Icpc2,
        code: code.to_owned(),
        source: String::new(),
    };
    journal.diagnoses = vec![diagnosis("K77", 20), diagnosis("B90", 30), diagnosis("T90", 40), diagnosis("T90", 400)];
    let contact = |kind, age: i32| ContactRow { date: on().plus(-age), recorded_on: None, kind, role: String::new() };
    journal.contacts = vec![
        contact(ContactKind::EmergencyAdmission, 12),
        contact(ContactKind::Missed, 89),
        contact(ContactKind::Missed, 90),
    ];
    let service = catalog.vocabulary.services.names().next().unwrap_or_default().to_owned();
    journal.services = vec![ServiceRow { service, from: Some(on().plus(-5)), until: None }];
    let medicine = MedicineRow {
        date: on().plus(-10),
        recorded_on: None,
        atc: "N06AB06".to_owned(),
        until: None,
        stopped_on: None,
        regular: Some(true),
    };
    journal.medicines = vec![medicine];
    journal
}
