//! What a whole practice scored: for each rule set how many are in its population, in each band, and how points lie.
//!
//! One frame holds one row for each patient and rule set. Numbers from one to four are not told, nor those from which
//! they could be worked out: a summary leaves the room more easily than the list.

use std::collections::BTreeMap;

use polars::prelude::*;
use serde::Serialize;

use crate::clinical::small::{self, FEWEST};
use crate::clinical::{Points, Tri};
use crate::model::RuleSet;
use crate::score::result::Outcome;

/// What the summary needs of one patient's answer to one rule set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    /// Index of the rule set.
    pub model: u32,
    pub in_population: Tri,
    /// Points in millionths; 0 outside the population.
    pub points: i64,
    /// Band, counted from 1; 0 for none.
    pub band: u32,
    /// Whether unknown answers leave the score open.
    pub open: bool,
}

/// One rule set over all patients. A number that is not told is `None`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Summary {
    pub rule_set: String,
    pub version: String,
    pub in_population: Option<u64>,
    pub outside: Option<u64>,
    /// Not known whether in the population, so without a score.
    pub not_assessable: Option<u64>,
    /// In the population, with a lower bound below the upper one.
    pub with_open_bounds: Option<u64>,
    /// Of the points of those in the population.
    pub mean: Option<f64>,
    pub first_quartile: Option<f64>,
    pub median: Option<f64>,
    pub third_quartile: Option<f64>,
    pub bands: Vec<BandCount>,
}

/// How many reached a band.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BandCount {
    /// Name in the rule set; empty for those below the lowest band.
    pub band: String,
    pub patients: Option<u64>,
}

impl Kept {
    #[must_use]
    pub fn of(outcome: &Outcome) -> Kept {
        let score = outcome.score;
        Kept {
            model: u32::try_from(outcome.model).unwrap_or(u32::MAX),
            in_population: outcome.in_population,
            points: score.map_or(0, |score| score.value.0),
            band: score.and_then(|score| score.band).map_or(0, |band| u32::from(band) + 1),
            open: score.is_some_and(|score| score.lower < score.upper),
        }
    }
}

const MODEL: &str = "rule_set";
const STATE: &str = "in_population";
const BAND: &str = "band";
const POINTS: &str = "points";
const OPEN: &str = "open";

const OUTSIDE: u32 = 0;
const INSIDE: u32 = 1;
const UNKNOWN: u32 = 2;

/// Sums up every rule set, in their order, on the caller's thread: Polars' own pool would not heed `--threads`. The order of the rows does not matter.
///
/// # Errors
/// When the frame cannot be made, such as for want of memory.
pub fn summarise(rows: &[Kept], rule_sets: &[RuleSet]) -> Result<Vec<Summary>, PolarsError> {
    let frame = frame(rows)?;
    (0_u32..)
        .zip(rule_sets)
        .map(|(model, rule_set)| {
            let rows = frame.filter_seq(&frame.column(MODEL)?.u32()?.equal(model))?;
            of_rule_set(&rows, rule_set)
        })
        .collect()
}

/// One row for each patient and rule set.
fn frame(rows: &[Kept]) -> Result<DataFrame, PolarsError> {
    let state = |row: &Kept| match row.in_population {
        Tri::No => OUTSIDE,
        Tri::Yes => INSIDE,
        Tri::Unknown => UNKNOWN,
    };
    let column =
        |name: &str, of: &dyn Fn(&Kept) -> u32| Column::new(name.into(), rows.iter().map(of).collect::<Vec<_>>());
    let points: Vec<i64> = rows.iter().map(|row| row.points).collect();
    DataFrame::new(
        rows.len(),
        vec![
            column(MODEL, &|row| row.model),
            column(STATE, &state),
            column(BAND, &|row| row.band),
            column(OPEN, &|row| u32::from(row.open)),
            Column::new(POINTS.into(), points),
        ],
    )
}

fn of_rule_set(rows: &DataFrame, rule_set: &RuleSet) -> Result<Summary, PolarsError> {
    let states = counts(rows, STATE)?;
    let inside = rows.filter_seq(&rows.column(STATE)?.u32()?.equal(INSIDE))?;
    let number = inside.height() as u64;
    // Of numbers that must be hidden to hide another, the population itself comes last.
    let mut parts = [UNKNOWN, OUTSIDE, INSIDE].map(|state| Some(count(&states, state)));
    small::hide(&mut parts, Some(2));
    let told = parts[2].is_some();
    let open = count(&counts(&inside, OPEN)?, 1);
    let mut pair = [Some(open), Some(number - open)];
    small::hide(&mut pair, None);
    let points = inside.column(POINTS)?.i64()?;
    let spread = |at: f64| -> Result<Option<f64>, PolarsError> {
        let found = if number < FEWEST { None } else { points.quantile(at, QuantileMethod::Linear)? };
        Ok(found.map(|millionths| millionths / Points::SCALE as f64))
    };
    let mean = points.sum().filter(|_| number >= FEWEST);
    Ok(Summary {
        rule_set: rule_set.id.clone(),
        version: rule_set.version.clone(),
        in_population: parts[2],
        outside: parts[1],
        not_assessable: parts[0],
        with_open_bounds: pair[0].filter(|_| told || open == 0),
        mean: mean.map(|sum| Points(sum).as_f64() / number as f64),
        first_quartile: spread(0.25)?,
        median: spread(0.5)?,
        third_quartile: spread(0.75)?,
        bands: bands(&counts(&inside, BAND)?, rule_set, told),
    })
}

/// Those below the lowest band, then each band from the lowest; nothing for a rule set without bands.
fn bands(found: &[(u32, u64)], rule_set: &RuleSet, told: bool) -> Vec<BandCount> {
    if rule_set.bands.is_empty() {
        return Vec::new();
    }
    let names = std::iter::once("").chain(rule_set.bands.iter().map(|band| band.name.as_str()));
    let names: Vec<&str> = names.collect();
    let mut numbers: Vec<Option<u64>> = (0_u32..).zip(&names).map(|(band, _)| Some(count(found, band))).collect();
    small::hide(&mut numbers, None);
    if !told {
        // All bands together would tell the population, which is hidden.
        numbers.iter_mut().for_each(|number| *number = number.filter(|number| *number == 0));
    }
    let bands = names.into_iter().zip(numbers).map(|(name, patients)| BandCount { band: name.to_owned(), patients });
    // A lowest band without a limit leaves nobody below it.
    bands.filter(|band| !band.band.is_empty() || band.patients != Some(0)).collect()
}

/// Each value of a column and its number of rows.
fn counts(rows: &DataFrame, column: &str) -> Result<Vec<(u32, u64)>, PolarsError> {
    let mut found = BTreeMap::new();
    for value in rows.column(column)?.u32()?.iter().flatten() {
        *found.entry(value).or_insert(0) += 1;
    }
    Ok(found.into_iter().collect())
}

fn count(found: &[(u32, u64)], wanted: u32) -> u64 {
    found.iter().find(|(value, _)| *value == wanted).map_or(0, |(_, number)| *number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Catalog;

    fn kept(number: usize, in_population: Tri, points: i64, band: u32, open: bool) -> Vec<Kept> {
        vec![Kept { model: 0, in_population, points: points * Points::SCALE, band, open }; number]
    }

    fn summed_up(rows: &[Vec<Kept>]) -> Summary {
        let catalog = Catalog::shipped().unwrap_or_else(|faults| panic!("{faults}"));
        let with_bands = catalog.rule_sets.iter().find(|set| set.bands.len() >= 3).unwrap().clone();
        summarise(&rows.concat(), &[with_bands]).unwrap().remove(0)
    }

    /// Threads have names on Linux; Polars calls its own so.
    #[cfg(target_os = "linux")]
    #[test]
    fn no_pool_of_polars_own_is_started() {
        summed_up(&[kept(10, Tri::Yes, 0, 1, false), kept(20, Tri::Yes, 4, 2, true)]);
        let threads = std::fs::read_dir("/proc/self/task").unwrap().flatten();
        let names = threads.filter_map(|thread| std::fs::read_to_string(thread.path().join("comm")).ok());
        let of_polars: Vec<String> = names.filter(|name| name.starts_with("polars-")).collect();
        assert!(of_polars.is_empty(), "{of_polars:?}");
    }

    #[test]
    fn numbers_are_told() {
        let rows = [
            kept(10, Tri::Yes, 0, 1, false),
            kept(20, Tri::Yes, 4, 2, true),
            kept(10, Tri::Yes, 8, 3, false),
            kept(30, Tri::No, 0, 0, false),
            kept(6, Tri::Unknown, 0, 0, false),
        ];
        let found = summed_up(&rows);
        assert_eq!((found.in_population, found.outside, found.not_assessable), (Some(40), Some(30), Some(6)));
        assert_eq!((found.with_open_bounds, found.mean, found.median), (Some(20), Some(4.0), Some(4.0)));
        assert_eq!((found.first_quartile, found.third_quartile), (Some(3.0), Some(5.0)));
        let numbers: Vec<_> = found.bands.iter().map(|band| band.patients).take(3).collect();
        assert_eq!(numbers, [Some(10), Some(20), Some(10)]);
        let backwards: Vec<_> = rows.iter().rev().cloned().collect();
        assert_eq!(summed_up(&backwards), found);
    }

    #[test]
    fn small_numbers_are_not_told_nor_what_gives_them_away() {
        let found = summed_up(&[
            kept(50, Tri::Yes, 0, 1, false),
            kept(20, Tri::Yes, 4, 2, true),
            kept(3, Tri::Yes, 8, 3, false),
            kept(30, Tri::No, 0, 0, false),
        ]);
        assert_eq!((found.in_population, found.outside, found.not_assessable), (Some(73), Some(30), Some(0)));
        let numbers: Vec<_> = found.bands.iter().map(|band| band.patients).take(3).collect();
        assert_eq!(numbers, [Some(50), None, None]);
        let few = summed_up(&[kept(4, Tri::Yes, 4, 2, true), kept(30, Tri::No, 0, 0, false)]);
        assert_eq!((few.in_population, few.outside, few.mean, few.median), (None, None, None, None));
        assert!(few.bands.iter().all(|band| band.patients.is_none_or(|number| number == 0)));
        assert_eq!(few.with_open_bounds, None);
    }

    #[test]
    fn nobody_is_nothing() {
        let found = summed_up(&[]);
        assert_eq!((found.in_population, found.mean), (Some(0), None));
    }
}
