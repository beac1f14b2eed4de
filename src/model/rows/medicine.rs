//! A row of medicines: `A10BA02`, `N07BC02 lapsed 60`, `11 substances`.

use super::{Row, Scope, day};
use crate::clinical::{Code, CodeSystem};
use crate::model::cases::CaseMedicine;
use crate::model::report::Report;

/// Days from a prescription to the end of its supply, where a case says how long ago the supply ended.
const SUPPLY: i32 = 90;

impl Scope<'_> {
    pub fn medicine(&self, row: &Row, report: &mut Report) -> Vec<CaseMedicine> {
        if let [number, "substances"] = row.words.as_slice() {
            return substances(number, row, report);
        }
        let Some((atc, options)) = row.words.split_first() else { return Vec::new() };
        if Code::read(CodeSystem::Atc, atc).is_none() {
            report.fault(row.span, format!("`{atc}` is no ATC code"), "cannot be read");
            return Vec::new();
        }
        let mut medicine = plain_medicine(row, atc);
        let mut dated = row.dated;
        let mut options = options.iter();
        while let Some(option) = options.next() {
            let understood = match *option {
                "as-needed" => set(&mut medicine.regular, Some(Some(false))),
                "use-unstated" => set(&mut medicine.regular, Some(None)),
                "stopped" => set(&mut medicine.stopped_on, options.next().and_then(|word| day(word)).map(Some)),
                "until" => set(&mut medicine.until, options.next().and_then(|word| day(word)).map(Some)),
                "lapsed" => lapse(&mut medicine, options.next(), row, dated),
                word => {
                    dated = true;
                    set(&mut medicine.day, day(word))
                }
            };
            if !understood {
                let help =
                    "after the code: `lapsed 60`, `as-needed`, `use-unstated`, `until 01.02.26`, `stopped 01.02.26`";
                report.fault_with(row.span, format!("`{option}` cannot be understood"), "in this row", help);
                return Vec::new();
            }
        }
        vec![medicine]
    }
}

/// Sets a field to what was read; false when nothing could be read.
fn set<T>(field: &mut T, value: Option<T>) -> bool {
    match value {
        Some(value) => {
            *field = value;
            true
        }
        None => false,
    }
}

fn plain_medicine(row: &Row, atc: &str) -> CaseMedicine {
    CaseMedicine {
        day: row.day,
        recorded_on: row.recorded_on,
        atc: atc.to_owned(),
        until: None,
        stopped_on: None,
        regular: Some(true),
    }
}

/// The supply ended so many days before the index day.
fn lapse(medicine: &mut CaseMedicine, days: Option<&&str>, row: &Row, dated: bool) -> bool {
    let Some(days) = days.and_then(|days| days.parse::<i32>().ok()).filter(|n| (0..100_000).contains(n)) else {
        return false;
    };
    let until = row.on.plus(-days);
    medicine.until = Some(until);
    if !dated {
        medicine.day = until.plus(1 - SUPPLY);
    }
    true
}

/// Lipid-lowering substances, in this order, stand for "so many medicines": they tell of no other condition.
const SUBSTANCES: &[&str] = &[
    "C10AA01", "C10AA02", "C10AA03", "C10AA04", "C10AA05", "C10AA06", "C10AA07", "C10AA08", "C10AB01", "C10AB02",
    "C10AB03", "C10AB04", "C10AB05", "C10AB06", "C10AB07", "C10AB08", "C10AB09", "C10AB10", "C10AB11", "C10AC01",
];

fn substances(number: &str, row: &Row, report: &mut Report) -> Vec<CaseMedicine> {
    match number.parse::<usize>().ok().filter(|n| (1..=SUBSTANCES.len()).contains(n)) {
        Some(n) => SUBSTANCES[..n].iter().map(|atc| plain_medicine(row, atc)).collect(),
        None => {
            let message = format!("write from 1 to {} substances", SUBSTANCES.len());
            report.fault(row.span, message, "no such number");
            Vec::new()
        }
    }
}
