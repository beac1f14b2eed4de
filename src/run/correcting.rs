//! Facts that were found wrong: left out of tonight's journal while their source rows read as they did.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::failure::Failure;
use crate::journal::whole;
use crate::journal::without::{self, LeftOut, RowText};
use crate::outreach::reasons::{self, LineRef};
use crate::score::result::{Explained, Fact};
use crate::store::{Correction, FactRef, Iso};

/// Leaves the rows of the corrections out of a journal, and notes for each correction whether the journal still has one.
///
/// # Errors
/// When the journal cannot be read or written anew.
pub fn apply(journal: &Path, corrections: &mut [Correction]) -> Result<usize, Failure> {
    if corrections.iter().all(|correction| correction.facts.is_empty()) {
        return Ok(0);
    }
    let ids: BTreeSet<String> = corrections.iter().map(|correction| correction.patient.clone()).collect();
    let there = without::row_texts(journal, &ids)?;
    let mut left_out = LeftOut::new();
    for correction in corrections.iter_mut() {
        let rows = there.get(&correction.patient).map_or(&[][..], Vec::as_slice);
        let has = |fact: &&FactRef| rows.iter().any(|row| row.table.name() == fact.table && row.text == fact.row);
        let found: Vec<&FactRef> = correction.facts.iter().filter(has).collect();
        let named = found.iter().map(|fact| (fact.table.clone(), fact.row.clone()));
        left_out.entry(correction.patient.clone()).or_default().extend(named);
        // A line that told of something missing has no row that could change.
        correction.open = correction.facts.is_empty() || !found.is_empty();
    }
    Ok(without::leave_out(journal, &left_out)?)
}

/// The source rows behind the reasons of those who are listed, by patient and in the order of her reasons.
///
/// # Errors
/// When the journal cannot be read.
pub fn rows_of(journal: &Path, ids: &BTreeSet<String>) -> Result<BTreeMap<String, Vec<RowText>>, whole::ReadError> {
    without::row_texts(journal, ids)
}

/// The source rows of one reason.
#[must_use]
pub fn facts(line: LineRef, explained: &[Explained], rows: &[RowText]) -> Vec<FactRef> {
    let Some(line) = reasons::line(explained, line) else { return Vec::new() };
    let mut found: Vec<FactRef> = Vec::new();
    for fact in &line.evidence.facts {
        found.extend(rows.iter().filter(|row| is_of(fact, row)).map(fact_ref));
    }
    found.sort();
    found.dedup();
    found
}

fn is_of(fact: &Fact, row: &RowText) -> bool {
    let same_code =
        |code: &String| code.eq_ignore_ascii_case(&fact.code) || code.to_lowercase() == fact.code.to_lowercase();
    row.table == fact.source.table()
        && row.codes.iter().any(same_code)
        && fact.day.is_none_or(|day| row.days.contains(&day))
}

fn fact_ref(row: &RowText) -> FactRef {
    FactRef {
        table: row.table.name().to_owned(),
        code: row.codes.last().cloned().unwrap_or_default(),
        on: row.days.first().copied().map(Iso),
        row: row.text.clone(),
    }
}
