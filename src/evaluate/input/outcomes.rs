//! Outcomes: who had the event, and when.

use super::cells::NO_DAY;
use super::index::{Arranged, Index};
use super::names;
use super::problems::Problems;
use super::table::Table;
use crate::evaluate::measure::concordance::Follow;
use std::path::Path;

/// One outcome, row by row of the index.
#[derive(Debug, Clone)]
pub struct Outcome {
    pub name: String,
    /// `None` where it is not known.
    pub event: Vec<Option<bool>>,
    /// With the days of follow-up, where they are told.
    pub follow: Option<Vec<Option<Follow>>>,
}

/// All of an outcome file.
#[derive(Debug)]
pub struct Outcomes {
    pub index: Index,
    pub outcomes: Vec<Outcome>,
    /// Practice of each row, when the file tells it.
    pub practice: Option<Vec<Option<u32>>>,
}

/// Reads the outcomes of these names; the file's own one when there are none. With a horizon the event is that within
/// so many days, and those not followed so long are not known.
pub fn read(path: &Path, wanted: &[String], horizon: Option<f64>, problems: &mut Problems) -> Option<Outcomes> {
    let table = Table::open(path, &|_| true, problems)?;
    let (Some(ids), Some(columns)) = (table.need(names::PATIENT, problems), columns(&table, wanted, problems)) else {
        return None;
    };
    if table.rows == 0 {
        problems.push(&table.file, "holds no rows");
        return None;
    }
    let ids = table.ids(ids, problems);
    let days = table.find(names::DAY).map(|column| table.days(column, problems));
    let undated: Vec<usize> =
        days.iter().flatten().enumerate().filter(|(_, day)| **day == NO_DAY).map(|(row, _)| row).collect();
    if !undated.is_empty() {
        problems.push(&table.file, format!("the index day is empty in {}", table.told(&undated)));
    }
    let dated = days.is_some();
    let (index, order, twice) = Index::of(ids, days);
    if !twice.is_empty() {
        let key = if dated { "patient and index day" } else { "patient" };
        problems.push(&table.file, format!("a {key} comes again in {}; keep one row for each", table.told(&twice)));
    }
    let outcomes = columns.iter().map(|columns| outcome(&table, columns, &order, horizon, problems)).collect();
    let practice = table.find(names::PRACTICE).map(|column| order.column(table.words(column, problems).of));
    Some(Outcomes { index, outcomes, practice })
}

/// The columns of one outcome.
struct Columns {
    event: usize,
    days: Option<usize>,
}

fn columns(table: &Table, wanted: &[String], problems: &mut Problems) -> Option<Vec<Columns>> {
    let of = |event: usize| {
        let own = format!("{}{}", table.name(event), names::DAYS_SUFFIX);
        let general = if wanted.len() > 1 { &[][..] } else { names::DAYS };
        Columns { event, days: table.find(&[&own]).or_else(|| table.find(general)) }
    };
    if wanted.is_empty() {
        return table.need(names::OUTCOME, problems).map(|column| vec![of(column)]);
    }
    let found: Vec<Option<usize>> = wanted.iter().map(|name| table.need(&[name.as_str()], problems)).collect();
    found.into_iter().map(|column| column.map(&of)).collect()
}

fn outcome(
    table: &Table,
    columns: &Columns,
    order: &Arranged,
    horizon: Option<f64>,
    problems: &mut Problems,
) -> Outcome {
    let events = table.answers(columns.event, problems);
    let days = columns.days.map(|column| table.numbers(column, problems));
    if let Some(days) = &days {
        let wrong: Vec<usize> = days.iter().enumerate().filter(|(_, days)| **days < 0.0).map(|(row, _)| row).collect();
        if !wrong.is_empty() {
            problems.push(&table.file, format!("days of follow-up are below 0 in {}", table.told(&wrong)));
        }
    } else if horizon.is_some() {
        let name = table.name(columns.event);
        problems.push(&table.file, format!("a horizon needs the column `{name}{}`", names::DAYS_SUFFIX));
    }
    let follow_of = |row: usize| {
        let time = days.as_ref().map(|days| days[row]).filter(|days| !days.is_nan())?;
        events[row].map(|event| Follow { time, event })
    };
    let follow: Option<Vec<Option<Follow>>> = days.is_some().then(|| (0..events.len()).map(follow_of).collect());
    let event = match (horizon, &follow) {
        (Some(horizon), Some(follow)) => follow.iter().map(|follow| within(horizon, (*follow)?)).collect(),
        _ => events,
    };
    Outcome {
        name: table.name(columns.event).to_owned(),
        event: order.column(event),
        follow: follow.map(|follow| order.column(follow)),
    }
}

/// Whether the event came within the horizon.
fn within(horizon: f64, follow: Follow) -> Option<bool> {
    match follow.time <= horizon {
        true if follow.event => Some(true),
        // Followed to the very horizon without an event is known to be none.
        true => (follow.time == horizon).then_some(false),
        false => Some(false),
    }
}
