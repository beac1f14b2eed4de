//! Two years in the life of one patient: conditions, contacts, treatment, and what comes with age.

use super::calendar::{first_day, index_day, last_day};
use super::conditions::{CONDITIONS, Condition, Who};
use super::everyday::{complaint, short_course};
use super::people::{Person, person};
use super::record::{Event, Record, words};
use super::rng::Rng;
use super::treatment::{Blood, regular, short};
use super::{SEED, ageing, hospital};
use tidlig::clinical::Day;

/// A patient and what drives her story.
pub struct Life {
    pub age: i32,
    /// Conditions she has, each with the day it was first recorded.
    pub conditions: Vec<(&'static Condition, Day)>,
    /// 0 (robust) upwards; from about 7 she needs help.
    pub frailty: u32,
    /// Seeks help readily at 100, hardly at 10.
    pub seeks_help: u32,
}

/// The `number`th generated patient with all her facts.
pub fn live(number: u32) -> Record {
    let person = person(number);
    let mut rng = Rng::new(SEED ^ 0x4C49_4645, number);
    let life = story(&mut rng, &person);
    let last = person.died.unwrap_or(if person.status == "Aktiv" { last_day() } else { left(&mut rng, &person) });
    let mut record = Record::new(person);
    lasting(&mut record, &mut rng, &life);
    months(&mut record, &mut rng, &life);
    ageing::measures(&mut record, &mut rng, &life);
    appointments(&mut record, &mut rng, &life);
    hospital::stays(&mut record, &mut rng, &life);
    ageing::function_and_help(&mut record, &mut rng, &life);
    record.cut_off(last);
    record
}

/// The day someone who moved was last seen.
fn left(rng: &mut Rng, person: &Person) -> Day {
    first_day().plus(rng.between(60, 700)).max(person.since)
}

fn story(rng: &mut Rng, person: &Person) -> Life {
    let age = person.born.age_on(index_day());
    // Illness gathers in the same people: each has her own proneness, 30 to 240 per cent.
    let prone = if rng.chance(700) { rng.between(30, 110) } else { rng.between(110, 240) } as u32;
    let mut conditions = Vec::new();
    for condition in CONDITIONS {
        let fits = match condition.who {
            Who::Anyone => true,
            Who::Women => person.female,
            Who::Men => !person.female,
        };
        if rng.chance(condition.per_mille(age) * prone / 100) && fits {
            conditions.push((condition, onset(rng, person)));
        }
    }
    let burden: u32 = conditions.iter().map(|(condition, _)| condition.burden).sum();
    let frailty = burden / 2 + (age - 70).max(0) as u32 / 4 + rng.below(3);
    let heavy = conditions.iter().any(|(condition, _)| matches!(condition.icpc2, "P72" | "P15" | "P19"));
    let seeks_help = match rng.below(100) {
        0..4 => 4,
        4..14 => 30,
        _ if heavy && rng.chance(350) => 30,
        _ => rng.between(60, 130) as u32,
    };
    Life { age, conditions, frailty, seeks_help }
}

fn onset(rng: &mut Rng, person: &Person) -> Day {
    let back = if rng.chance(120) { rng.between(20, 700) } else { rng.between(700, 5_400) };
    index_day().plus(-back).max(person.born.plus(200)).min(last_day())
}

/// What many take in old age, whatever else they have, and how many of a hundred at eighty.
const OLD_AGE: &[(&str, u32)] = &[
    ("N02BE01", 32),
    ("A02BC02", 24),
    ("N05CF01", 14),
    ("A06AD11", 16),
    ("B03BA03", 14),
    ("C10AA05", 25),
    ("B01AC06", 18),
];

/// Problem list and regular medicines.
fn lasting(record: &mut Record, rng: &mut Rng, life: &Life) {
    // The old are treated with more; 100 at forty, 150 at ninety.
    let more = 60 + life.age.max(18) as u32;
    for (condition, onset) in &life.conditions {
        record.diagnosis(*onset, condition.icpc2);
        for (atc, percent) in condition.medicines {
            prescribe(record, rng, percent * more / 10, atc, *onset);
        }
    }
    if life.age >= 67 {
        for (atc, percent) in OLD_AGE {
            prescribe(record, rng, percent * (life.age as u32 - 40) / 4, atc, first_day());
        }
    }
}

fn prescribe(record: &mut Record, rng: &mut Rng, per_mille: u32, atc: &str, onset: Day) {
    if rng.chance(per_mille) && !record.medicines.iter().any(|medicine| medicine.atc == *atc) {
        regular(record, rng, atc, onset);
    }
}

/// Month by month: reviews of lasting conditions, everyday complaints, renewals.
fn months(record: &mut Record, rng: &mut Rng, life: &Life) {
    let blood = blood(rng, record, life);
    let complaints = match life.age {
        ..6 => 28,
        6..18 => 14,
        18..40 => 20,
        40..67 => 24,
        67..80 => 32,
        _ => 40,
    };
    let mut month = first_day();
    while month < last_day() {
        for (condition, onset) in &life.conditions {
            // Visits a year in tenths, over twelve months, in thousandths; half as many are a review with blood tests.
            if *onset <= month && rng.chance(condition.visits * 100 / 12 * life.seeks_help / 100) {
                let day = month.plus(rng.between(0, 29));
                review(record, rng, life, condition, &blood, day);
            }
        }
        if rng.chance(complaints * 100 / 12 * life.seeks_help / 100) {
            let day = month.plus(rng.between(0, 29));
            let code = complaint(rng, life.age);
            visit_for(record, rng, life, code, day);
        }
        month = month.plus(30);
    }
}

fn blood(rng: &mut Rng, record: &Record, life: &Life) -> Blood {
    let conditions: Vec<&Condition> = life.conditions.iter().map(|(condition, _)| *condition).collect();
    Blood::of(rng, life.age, record.person.female, &conditions)
}

fn review(record: &mut Record, rng: &mut Rng, life: &Life, condition: &Condition, blood: &Blood, day: Day) {
    let day = held(record, rng, life, day);
    record.diagnosis(day, condition.icpc2);
    if rng.chance(700) {
        blood.take(record, rng, condition.panel, day);
    }
    if rng.chance(150) {
        blood.hb(record, rng, day);
    }
}

fn visit_for(record: &mut Record, rng: &mut Rng, life: &Life, code: &'static str, day: Day) {
    let day = held(record, rng, life, day);
    record.diagnosis(day, code);
    if rng.chance(120)
        && let Some((condition, _)) = life.conditions.first()
    {
        record.diagnosis(day, condition.icpc2);
    }
    if let Some(atc) = short_course(code)
        && rng.chance(450)
    {
        short(record, rng, atc, day);
    }
}

/// A contact that took place; the day it did.
fn held(record: &mut Record, rng: &mut Rng, life: &Life, day: Day) -> Day {
    let old = life.frailty >= 7;
    let kind = match rng.below(100) {
        0..60 => words::OFFICE,
        60..64 if old => words::HOME,
        60..66 => words::VIDEO,
        66..82 if life.age < 75 => words::MESSAGE,
        66..90 => words::PHONE,
        90..96 => words::RENEWAL,
        96 => words::RELATIVES,
        _ => words::OFFICE,
    };
    let role = match kind {
        words::RENEWAL => words::SECRETARY,
        words::OFFICE | words::PHONE if rng.chance(90) => words::NURSE,
        _ => words::GP,
    };
    record.contact(day, kind, role);
    record.contacts.last().map_or(day, |contact| contact.day)
}

/// Only what departs from the plan is delivered: missed, cancelled, recalled, and what is booked ahead.
fn appointments(record: &mut Record, rng: &mut Rng, life: &Life) {
    let mut event = |day: Day, kind| record.appointments.push(Event { day, kind, role: "" });
    let reluctant = life.seeks_help < 40;
    let mut month = first_day();
    while month < last_day() {
        let day = super::calendar::open_day(month.plus(rng.between(0, 29)));
        match rng.below(1_000) {
            0..9 => event(day, words::MISSED),
            9..22 if reluctant => event(day, words::MISSED),
            22..40 => event(day, words::CANCELLED),
            40..60 if reluctant && !life.conditions.is_empty() => event(day, words::RECALL),
            60..64 => {
                event(day, words::RECALL);
                event(super::calendar::open_day(day.plus(rng.between(3, 20))), words::BOOKED);
            }
            _ => {}
        }
        month = month.plus(30);
    }
    if rng.chance(60 + 14 * life.frailty) {
        event(super::calendar::open_day(index_day().plus(rng.between(1, 60))), words::BOOKED);
    }
    if rng.chance(25) {
        let day = last_day().plus(-rng.between(3, 340));
        record.orders.push(Event { day, kind: words::NOT_TAKEN, role: "" });
    }
}
