//! Prescriptions and blood tests.

use super::calendar::{first_day, index_day, last_day};
use super::conditions::{Condition, Panel};
use super::record::{Medicine, Record, words};
use super::rng::Rng;
use tidlig::clinical::Day;

/// A medicine taken month after month: a year's prescription at a time, until today or until it was let go.
pub fn regular(record: &mut Record, rng: &mut Rng, atc: &str, onset: Day) {
    let multidose = record.person.born.age_on(index_day()) >= 80 && rng.chance(250);
    let lapses = rng.chance(35);
    let stops = rng.chance(60);
    let mut day = onset.max(first_day().plus(rng.between(0, 330)));
    while day < last_day() {
        let until = day.plus(rng.between(340, 375));
        let stopped =
            (stops && rng.chance(400)).then(|| day.plus(rng.between(20, 300))).filter(|day| *day < index_day());
        record.medicines.push(Medicine { day, until, stopped, atc: atc.to_owned(), usage: words::REGULAR, multidose });
        if stopped.is_some() || (lapses && rng.chance(500)) {
            break;
        }
        day = until.plus(-rng.between(0, 20));
    }
}

/// Ten days of something, taken as needed or until it is finished.
pub fn short(record: &mut Record, rng: &mut Rng, atc: &str, day: Day) {
    let until = day.plus(rng.between(6, 30));
    let usage = if atc.starts_with('J') { words::REGULAR } else { words::AS_NEEDED };
    record.medicines.push(Medicine { day, until, stopped: None, atc: atc.to_owned(), usage, multidose: false });
}

/// What this patient's blood is like; each test strays a little from it.
pub struct Blood {
    hba1c: i32,
    egfr: i32,
    hb_tenths: i32,
    tsh_hundredths: i32,
}

impl Blood {
    pub fn of(rng: &mut Rng, age: i32, female: bool, conditions: &[&Condition]) -> Blood {
        let has = |code: &str| conditions.iter().any(|condition| condition.icpc2 == code);
        let diabetic = has("T90") || has("T89");
        let egfr = if has("U891") { rng.bell(12, 58) } else { rng.bell(78, 118) - (age - 40).max(0) * 6 / 10 };
        let anaemic = if has("B80") || has("R84") || has("D75") { 22 } else { 0 };
        Blood {
            hba1c: if diabetic { rng.bell(40, 88) } else { rng.bell(31, 42) },
            egfr: egfr.max(9),
            hb_tenths: rng.bell(if female { 118 } else { 130 }, if female { 152 } else { 168 }) - anaemic,
            tsh_hundredths: rng.bell(40, 420),
        }
    }

    /// The tests a condition is followed with, on one day.
    pub fn take(&self, record: &mut Record, rng: &mut Rng, panel: Panel, day: Day) {
        match panel {
            Panel::None => {}
            Panel::Diabetes => {
                self.hba1c(record, rng, day);
                self.kidney(record, rng, day);
                if rng.chance(600) {
                    acr(record, rng, day);
                }
            }
            Panel::Heart => {
                self.kidney(record, rng, day);
                let (potassium, sodium) = (rng.bell(34, 54), rng.bell(132, 146));
                record.measure(day, "NPU03230", comma(potassium, 1), "mmol/L");
                record.measure(day, "NPU03429", sodium.to_string(), "mmol/L");
            }
            Panel::Thyroid => {
                let tsh = (self.tsh_hundredths * rng.between(70, 135) / 100).max(1);
                let value = if tsh < 10 { "<0,10".to_owned() } else { comma(tsh, 2) };
                record.measure(day, "NPU03577", value, "mIU/L");
            }
            Panel::Blood => self.hb(record, rng, day),
            Panel::Mind => {
                self.hba1c(record, rng, day);
                if record.medicines.iter().any(|medicine| medicine.atc == "N05AN01") {
                    record.measure(day, "NPU02613", comma(rng.bell(3, 11), 1), "mmol/L");
                }
            }
        }
    }

    pub fn hb(&self, record: &mut Record, rng: &mut Rng, day: Day) {
        record.measure(day, "NOR05172", comma(self.hb_tenths + rng.between(-7, 7), 1), "g/dL");
    }

    fn hba1c(&self, record: &mut Record, rng: &mut Rng, day: Day) {
        let mmol = self.hba1c + rng.between(-4, 6);
        // A few laboratories still answer in per cent: mmol/mol = 10.929 x (% - 2.15).
        if rng.chance(40) {
            let tenths = (mmol * 100_000 / 10_929 + 215 + 5) / 10;
            record.measure(day, "NPU03835", comma(tenths, 1), "%");
        } else {
            record.measure(day, "NPU27300", mmol.to_string(), "mmol/mol");
        }
    }

    fn kidney(&self, record: &mut Record, rng: &mut Rng, day: Day) {
        let egfr = (self.egfr + rng.between(-5, 5)).max(5);
        let value = if egfr > 90 { ">90".to_owned() } else { egfr.to_string() };
        record.measure(day, "NOR25909", value, "mL/min/1,73 m²");
        record.measure(day, "NPU04998", (6_600 / egfr).clamp(45, 600).to_string(), "µmol/L");
    }
}

fn acr(record: &mut Record, rng: &mut Rng, day: Day) {
    let value = if rng.chance(550) { "<0,7".to_owned() } else { comma(rng.between(8, 320), 1) };
    record.measure(day, "NOR15260", value, "mg/mmol");
}

/// A whole number with `decimals` of its digits behind a decimal comma.
pub fn comma(number: i32, decimals: u32) -> String {
    let scale = 10_i32.pow(decimals);
    format!("{},{:0width$}", number / scale, number % scale, width = decimals as usize)
}
