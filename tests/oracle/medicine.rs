//! Medicines: in use, regular, lapsed, begun, or any prescription in a window.

use super::time::{count_days, in_window, visible};
use super::{Answer, Proof, Question};
use tidlig::clinical::{CodeSystem, Day, Tri, code};
use tidlig::journal::patient::MedicineRow;
use tidlig::journal::tables::Source;
use tidlig::model::ruleset::{Codes, Input, Medicine, Usage};

/// A medicine is in use when it was last prescribed or dispensed within so many days.
const IN_USE_DAYS: i32 = 455;
/// A supply that ended more than so many days ago has lapsed.
const LAPSED_DAYS: i32 = 45;

pub fn answer(question: Question<'_>, input: &Input, asked: &Medicine) -> Answer {
    if !question.sources.has(Source::Medicines) {
        return Answer::nothing(input.undelivered);
    }
    let mut rows = Vec::new();
    for row in &question.journal.medicines {
        if visible(row.date, row.recorded_on, question.on) && covered(&asked.codes, &row.atc) {
            rows.push(row);
        }
    }
    match asked.usage {
        Usage::Any => any(question, input, asked, &rows),
        Usage::AnyRegular => any(question, input, asked, &not_as_needed(&rows)),
        Usage::Added => added(question, input, asked, &rows),
        _ => substances(question, input, asked, &rows),
    }
}

fn covered(codes: &Codes, atc: &str) -> bool {
    let mut included = codes.include.is_empty();
    for rule in &codes.include {
        included = included || rule.system == CodeSystem::Atc && code::covers(CodeSystem::Atc, rule.as_str(), atc);
    }
    let mut excepted = false;
    for rule in &codes.except {
        excepted = excepted || rule.system == CodeSystem::Atc && code::covers(CodeSystem::Atc, rule.as_str(), atc);
    }
    included && !excepted
}

/// Prescriptions or dispensings on so many distinct days of the window.
fn any(question: Question<'_>, input: &Input, asked: &Medicine, rows: &[&MedicineRow]) -> Answer {
    let mut days = Vec::new();
    let mut proofs = Vec::new();
    for row in rows {
        if in_window(row.date, asked.window, question.on) {
            days.push(row.date);
            proofs.push(proof(row));
        }
    }
    if days.is_empty() {
        return Answer::nothing(input.missing);
    }
    let count = count_days(&days, asked.apart);
    Answer::counted(Tri::from(count >= asked.at_least), count, proofs)
}

fn not_as_needed<'a>(rows: &[&'a MedicineRow]) -> Vec<&'a MedicineRow> {
    rows.iter().copied().filter(|row| row.regular != Some(false)).collect()
}

/// Regular substances that began in the window, less those that were stopped in it.
fn added(question: Question<'_>, input: &Input, asked: &Medicine, rows: &[&MedicineRow]) -> Answer {
    if rows.is_empty() {
        return Answer::nothing(input.missing);
    }
    let regular = not_as_needed(rows);
    let mut names: Vec<&str> = regular.iter().map(|row| row.atc.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let (mut begun, mut stopped) = (0_u32, 0_u32);
    let mut proofs = Vec::new();
    for name in names {
        let of_substance: Vec<&MedicineRow> = regular.iter().copied().filter(|row| row.atc == name).collect();
        if let Some(row) = oldest(&of_substance).filter(|row| in_window(row.date, asked.window, question.on)) {
            begun += 1;
            proofs.push(proof(row));
        }
        let end = newest(&of_substance).and_then(|row| row.stopped_on);
        if end.is_some_and(|day| in_window(day, asked.window, question.on)) {
            stopped += 1;
        }
    }
    let count = begun.saturating_sub(stopped);
    Answer::counted(Tri::from(count >= asked.at_least), count, proofs)
}

/// So many distinct substances of which the usage holds.
fn substances(question: Question<'_>, input: &Input, asked: &Medicine, rows: &[&MedicineRow]) -> Answer {
    if rows.is_empty() {
        return Answer::nothing(input.missing);
    }
    let mut names: Vec<&str> = Vec::new();
    for row in rows {
        if !names.contains(&row.atc.as_str()) {
            names.push(&row.atc);
        }
    }
    let mut count = 0;
    let mut proofs = Vec::new();
    for name in names {
        let of_substance: Vec<&MedicineRow> = rows.iter().copied().filter(|row| row.atc == name).collect();
        if let Some(row) = deciding_row(question, asked, &of_substance) {
            count += 1;
            proofs.push(Proof { day: Some(shown_day(asked, row)), ..proof(row) });
        }
    }
    Answer::counted(Tri::from(count >= asked.at_least), count, proofs)
}

/// What has lapsed is dated by the end of its last supply.
fn shown_day(asked: &Medicine, row: &MedicineRow) -> Day {
    match (asked.usage, row.until) {
        (Usage::Lapsed, Some(until)) => until,
        _ => row.date,
    }
}

/// The row that says the usage holds for this substance, if it holds.
fn deciding_row<'a>(question: Question<'_>, asked: &Medicine, rows: &[&'a MedicineRow]) -> Option<&'a MedicineRow> {
    let on = question.on;
    let regular: Vec<&MedicineRow> = rows.iter().copied().filter(|row| row.regular != Some(false)).collect();
    match asked.usage {
        Usage::Current => newest(rows).filter(|row| in_use(row, on)),
        Usage::Regular => newest(&regular).filter(|row| in_use(row, on)),
        Usage::Lapsed => newest(&regular).filter(|row| lapsed(row, on)),
        Usage::Begun => oldest(rows).filter(|row| in_window(row.date, asked.window, on)),
        Usage::Any | Usage::AnyRegular | Usage::Added => unreachable!("counted elsewhere"),
    }
}

/// Several rows of one day: the longer supply, then the later stop, then the one said to be regular decides.
fn newest<'a>(rows: &[&'a MedicineRow]) -> Option<&'a MedicineRow> {
    rows.iter().copied().max_by_key(|row| (row.date, row.until, row.stopped_on, row.regular))
}

fn oldest<'a>(rows: &[&'a MedicineRow]) -> Option<&'a MedicineRow> {
    rows.iter().copied().min_by_key(|row| row.date)
}

fn stopped(row: &MedicineRow, on: Day) -> bool {
    match row.stopped_on {
        None => false,
        Some(day) => day.0 <= on.0,
    }
}

fn in_use(row: &MedicineRow, on: Day) -> bool {
    !stopped(row, on) && row.date.0 > on.0 - IN_USE_DAYS
}

fn lapsed(row: &MedicineRow, on: Day) -> bool {
    let run_out = match row.until {
        Some(until) => until.0 < on.0 - LAPSED_DAYS,
        None => row.date.0 <= on.0 - IN_USE_DAYS,
    };
    !stopped(row, on) && run_out
}

fn proof(row: &MedicineRow) -> Proof {
    Proof { day: Some(row.date), code: row.atc.clone(), value: None }
}
