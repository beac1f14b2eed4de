//! Coded diagnoses.

use super::time::{age, count_days, in_window, visible};
use super::{Answer, Proof, Question};
use tidlig::clinical::{Tri, code};
use tidlig::journal::patient::DiagnosisRow;
use tidlig::journal::tables::Source;
use tidlig::model::ruleset::{Codes, Diagnosis, Input};

pub fn answer(question: Question<'_>, input: &Input, asked: &Diagnosis) -> Answer {
    if !question.sources.has(Source::Diagnoses) {
        return Answer::nothing(input.undelivered);
    }
    let mut rows = Vec::new();
    for row in &question.journal.diagnoses {
        if visible(row.date, row.recorded_on, question.on)
            && in_window(row.date, asked.window, question.on)
            && covered(&asked.codes, row)
            && (asked.from.is_empty() || asked.from.contains(&row.source))
            && old_enough(question, asked, row)
        {
            rows.push(row);
        }
    }
    if rows.is_empty() {
        return Answer::nothing(input.missing);
    }
    let count = if asked.distinct_codes { distinct_codes(&rows) } else { distinct_days(&rows, asked.apart) };
    let proofs = rows.iter().map(|row| Proof { day: Some(row.date), code: row.code.clone(), value: None }).collect();
    Answer::counted(Tri::from(count >= asked.days), count, proofs)
}

/// Covered by an included code of the same system and by no excepted one.
fn covered(codes: &Codes, row: &DiagnosisRow) -> bool {
    let mut included = codes.include.is_empty();
    for rule in &codes.include {
        if rule.system == row.system && code::covers(rule.system, rule.as_str(), &row.code) {
            included = true;
        }
    }
    for rule in &codes.except {
        if rule.system == row.system && code::covers(rule.system, rule.as_str(), &row.code) {
            return false;
        }
    }
    included
}

/// Without a birth date no day can be said to be late enough.
fn old_enough(question: Question<'_>, asked: &Diagnosis, row: &DiagnosisRow) -> bool {
    match (asked.aged_from, question.journal.person.birth) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(least), Some(born)) => age(born, row.date) >= least,
    }
}

fn distinct_days(rows: &[&DiagnosisRow], apart: u32) -> u32 {
    let days: Vec<_> = rows.iter().map(|row| row.date).collect();
    count_days(&days, apart)
}

fn distinct_codes(rows: &[&DiagnosisRow]) -> u32 {
    let mut seen = Vec::new();
    for row in rows {
        let code = (row.system, &row.code);
        if !seen.contains(&code) {
            seen.push(code);
        }
    }
    seen.len() as u32
}
