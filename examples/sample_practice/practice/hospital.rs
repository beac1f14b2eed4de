//! Emergency admissions with their discharge letters, and visits to the out-of-hours clinic.

use super::calendar::{first_day, last_day};
use super::life::Life;
use super::record::{Discharge, Event, Record, words};
use super::rng::Rng;
use tidlig::clinical::Day;

/// What brings the frail to hospital, in ICD-10 (Norwegian edition).
const ACUTE: &[(&str, u32)] = &[
    ("J189", 14),
    ("N390", 12),
    ("I509", 10),
    ("I489", 8),
    ("S720", 6),
    ("R074", 10),
    ("J441", 8),
    ("I639", 5),
    ("A419", 5),
    ("R55", 6),
    ("K590", 4),
    ("E86", 5),
    ("S525", 4),
    ("I214", 5),
    ("K802", 4),
    ("R104", 8),
    ("F050", 4),
    ("L031", 3),
    ("N179", 4),
    ("D649", 4),
];
/// What stands beside it in the letter when the patient is frail.
const FRAIL: &[(&str, u32)] = &[
    ("R296", 12),
    ("R54", 6),
    ("F059", 8),
    ("N390", 10),
    ("E871", 8),
    ("R410", 6),
    ("W0312", 8),
    ("R268", 8),
    ("Z740", 5),
    ("L891", 4),
    ("R32", 6),
    ("E876", 4),
    ("I959", 6),
    ("N189", 4),
    ("K590", 6),
    ("R13", 3),
];
const YOUNG: &[(&str, u32)] = &[
    ("K358", 6),
    ("R104", 12),
    ("S525", 8),
    ("J459", 4),
    ("N10", 4),
    ("S060", 5),
    ("R074", 8),
    ("F102", 2),
    ("N201", 4),
    ("J039", 4),
];
const OUT_OF_HOURS: &[(&str, u32)] = &[
    ("R74", 12),
    ("L81", 10),
    ("S18", 8),
    ("A03", 8),
    ("D01", 8),
    ("R74", 8),
    ("U71", 6),
    ("N17", 4),
    ("P16", 2),
    ("P74", 3),
    ("H71", 5),
];

pub fn stays(record: &mut Record, rng: &mut Rng, life: &Life) {
    let mut month = first_day();
    while month < last_day() {
        let day = month.plus(rng.between(0, 29)).min(last_day());
        if rng.chance(3 + 5 * life.frailty) {
            admission(record, rng, life, day);
        }
        if rng.chance(10 + 2 * life.frailty) {
            record.acute.push(Event { day, kind: words::OUT_OF_HOURS, role: "" });
            record.diagnosis(day, rng.weighted(OUT_OF_HOURS));
        }
        month = month.plus(30);
    }
    if rng.chance(if life.age >= 40 { 120 } else { 30 }) {
        outpatient(record, rng, life);
    }
}

fn admission(record: &mut Record, rng: &mut Rng, life: &Life, day: Day) {
    record.acute.push(Event { day, kind: words::ADMISSION, role: "" });
    let main = rng.weighted(if life.frailty >= 4 { ACUTE } else { YOUNG });
    let mut codes = vec![main.to_owned()];
    for (condition, _) in &life.conditions {
        if codes.len() < 5 && condition.burden > 0 && rng.chance(600) {
            codes.push(condition.icd10.to_owned());
        }
    }
    while codes.len() < 6 && rng.chance(70 * life.frailty.min(12)) {
        codes.push(rng.weighted(FRAIL).to_owned());
    }
    let home = day.plus(rng.between(1, 8));
    discharge(record, rng, home, codes);
}

/// A planned visit: the letter repeats what the hospital follows.
fn outpatient(record: &mut Record, rng: &mut Rng, life: &Life) {
    let codes: Vec<String> =
        life.conditions.iter().filter(|(c, _)| c.burden > 0).take(2).map(|(c, _)| c.icd10.to_owned()).collect();
    if !codes.is_empty() {
        let day = first_day().plus(rng.between(0, 780));
        discharge(record, rng, day, codes);
    }
}

fn discharge(record: &mut Record, rng: &mut Rng, day: Day, mut codes: Vec<String>) {
    let mut seen = Vec::new();
    codes.retain(|code| !seen.contains(code) && (seen.push(code.clone()), true).1);
    // Letters are written with or without the dot.
    if rng.chance(500) {
        for code in &mut codes {
            if code.len() > 3 {
                code.insert(3, '.');
            }
        }
    }
    record.discharges.push(Discharge { day, received: day.plus(rng.between(0, 9)), codes });
}
