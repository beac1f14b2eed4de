//! Reads `planted.txt`: patients with a purpose, written so that a clinician can read and change them.

use super::calendar::{day, index_day};
use super::people::blank;
use super::record::{Block, Discharge, Event, Medicine, Record, Service, words};
use tidlig::clinical::Day;

const TEXT: &str = include_str!("planted.txt");

/// One record per block, numbered from `first`.
pub fn patients(first: u32) -> Vec<Record> {
    let mut records: Vec<Record> = Vec::new();
    for line in TEXT.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        if line.contains('|') {
            records.push(header(line, first + records.len() as u32));
        } else if let (Some(record), Some((when, what))) = (records.last_mut(), line.split_once(' ')) {
            fact(record, day(when), what);
        }
    }
    records
}

fn header(line: &'static str, number: u32) -> Record {
    let parts: Vec<&str> = line.split('|').map(str::trim).collect();
    let &[name, sex, born, gp, flags] = parts.as_slice() else { panic!("not a patient: {line}") };
    let mut person = blank(number, day(born), sex == "K");
    person.planted = true;
    person.name = name.to_owned();
    person.gp = super::people::GPS.into_iter().find(|known| *known == gp).expect("one of the three GPs");
    for flag in flags.split_whitespace() {
        match flag.split_once('=').unwrap_or((flag, "")) {
            ("alone", _) => person.lives_alone = Some(true),
            ("not-alone", _) => person.lives_alone = Some(false),
            ("no_contact", _) => person.no_contact = true,
            ("no_scoring", _) => person.no_scoring = true,
            ("since", when) => person.since = day(when),
            ("status", status) => person.status = status,
            ("protection", grade) => person.protection = grade,
            ("died", when) => (person.status, person.died) = ("Død", Some(day(when))),
            _ => panic!("unknown word in the sample's text: {flag}"),
        }
    }
    Record::new(person)
}

fn fact(record: &mut Record, day: Day, what: &str) {
    let (kind, rest) = what.split_once(' ').unwrap_or((what, ""));
    match kind {
        "visit" => contact(record, day, words::OFFICE, words::GP, rest),
        "home" => contact(record, day, words::HOME, words::GP, rest),
        "video" => contact(record, day, words::VIDEO, words::GP, rest),
        "message" => contact(record, day, words::MESSAGE, words::GP, rest),
        "phone" => contact(record, day, words::PHONE, words::GP, rest),
        "nurse" => contact(record, day, words::OFFICE, words::NURSE, rest),
        "renewal" => contact(record, day, words::RENEWAL, words::SECRETARY, rest),
        "code" => codes(record, day, rest),
        "missed" => record.appointments.push(event(day, words::MISSED)),
        "recall" => record.appointments.push(event(day, words::RECALL)),
        "booked" => record.appointments.push(event(day, words::BOOKED)),
        "not-taken" => record.orders.push(event(day, words::NOT_TAKEN)),
        "legevakt" => {
            record.acute.push(event(day, words::OUT_OF_HOURS));
            codes(record, day, rest);
        }
        "admitted" => {
            record.acute.push(event(day, words::ADMISSION));
            letter(record, day.plus(4), rest);
        }
        "letter" => letter(record, day, rest),
        "drug" => drugs(record, day, rest),
        "lab" => lab(record, day, rest),
        "score" => score(record, day, rest),
        "service" => record.services.push(Service { name: rest.to_owned(), from: day, until: None }),
        "block" => {
            let (part, role) = rest.split_once(" Alle").expect("a part and a role");
            record.blocks.push(Block { part: part.to_owned(), role: format!("Alle{role}"), from: day });
        }
        _ => panic!("unknown fact in the sample's text: {what}"),
    }
}

fn event(day: Day, kind: &'static str) -> Event {
    Event { day, kind, role: "" }
}

fn contact(record: &mut Record, day: Day, kind: &'static str, role: &'static str, rest: &str) {
    record.contacts.push(Event { day, kind, role });
    codes(record, day, rest);
}

fn codes(record: &mut Record, day: Day, rest: &str) {
    for code in rest.split_whitespace() {
        record.diagnosis(day, code);
    }
}

fn letter(record: &mut Record, day: Day, rest: &str) {
    let codes = rest.split_whitespace().map(str::to_owned).collect();
    record.discharges.push(Discharge { day, received: day.plus(2).min(index_day().plus(-1)), codes });
}

fn drugs(record: &mut Record, from: Day, rest: &str) {
    let (list, until) = match rest.split_once(" until ") {
        Some((list, until)) => (list, day(until)),
        None => (rest, from.plus(365).max(index_day().plus(60))),
    };
    for atc in list.split_whitespace() {
        let atc = atc.to_owned();
        record.medicines.push(Medicine {
            day: from,
            until,
            stopped: None,
            atc,
            usage: words::REGULAR,
            multidose: false,
        });
    }
}

fn lab(record: &mut Record, day: Day, rest: &str) {
    let (name, value) = rest.split_once(' ').expect("a test and its value");
    let (code, unit) = match name {
        "hb" => ("NOR05172", "g/dL"),
        "hba1c" => ("NPU27300", "mmol/mol"),
        "egfr" => ("NOR25909", "mL/min/1,73 m²"),
        "creatinine" => ("NPU04998", "µmol/L"),
        "tsh" => ("NPU03577", "mIU/L"),
        "inr" => ("NPU01685", "INR"),
        "weight" => ("Vekt", "kg"),
        "height" => ("Høyde", "cm"),
        _ => panic!("unknown test in the sample's text: {name}"),
    };
    record.measure(day, code, value.to_owned(), unit);
}

fn score(record: &mut Record, day: Day, rest: &str) {
    let (form, score) = rest.rsplit_once(' ').expect("a form and its score");
    let (instrument, item) = form.split_once(':').unwrap_or((form, ""));
    record.function(day, instrument, item, score.parse().expect("a whole number"));
}
