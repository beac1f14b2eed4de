//! Better than nothing clever? Age and sex alone, by a logistic regression fitted on other patients.

use super::candidate::{Candidate, From, Known, cross_fit};
use crate::clinical::Sex;
use crate::evaluate::estimate::Why;
use crate::evaluate::input::patients::Patients;
use crate::evaluate::regress::Design;
use crate::evaluate::regress::spline::Spline;
use std::collections::BTreeMap;

/// What the baseline is called in every table.
pub const NAME: &str = "age and sex";
/// Knots of the spline of age.
const KNOTS: usize = 4;

/// The baseline for one outcome.
///
/// # Errors
/// When ages are not told or the regression has no answer.
pub fn of(patients: &Patients, known: &Known) -> Result<Candidate<'static>, Why> {
    let rows: Vec<u32> = (0..patients.age.len() as u32).filter(|row| !patients.age[*row as usize].is_nan()).collect();
    if rows.is_empty() {
        return Err(Why::NoPatients);
    }
    let key = |row: &u32| (patients.age[*row as usize] as i64, sex_number(patients.sex[*row as usize]));
    let mut groups: BTreeMap<(i64, u8), u32> = rows.iter().map(|row| (key(row), 0)).collect();
    groups.values_mut().zip(0..).for_each(|(number, next)| *number = next);
    let group: Vec<u32> = rows.iter().map(|row| groups[&key(row)]).collect();
    let design = design(&groups, &group);
    let found = cross_fit(&design, &group, &rows, known)?;
    let mut p = vec![f64::NAN; patients.age.len()];
    rows.iter().zip(found).for_each(|(row, found)| p[*row as usize] = found);
    Ok(Candidate {
        name: NAME.to_owned(),
        version: None,
        value: p.clone().into(),
        p: Ok(p.into()),
        p_from: From::CrossFitted,
    })
}

fn sex_number(sex: Option<Sex>) -> u8 {
    match sex {
        Some(Sex::Female) => 1,
        Some(Sex::Male) => 2,
        None => 0,
    }
}

/// One row for each age and sex: a constant, a spline of age, and a column for each sex but the first that occurs.
fn design(groups: &BTreeMap<(i64, u8), u32>, group: &[u32]) -> Design {
    let mut persons = vec![0.0; groups.len()];
    group.iter().for_each(|group| persons[*group as usize] += 1.0);
    let mut ages: BTreeMap<i64, f64> = BTreeMap::new();
    groups.iter().for_each(|((age, _), number)| *ages.entry(*age).or_default() += persons[*number as usize]);
    let sorted: Vec<(f64, f64)> = ages.into_iter().map(|(age, n)| (age as f64, n)).collect();
    let spline = Spline::of(&sorted, KNOTS);
    let mut sexes: Vec<u8> = groups.keys().map(|(_, sex)| *sex).collect();
    sexes.sort_unstable();
    sexes.dedup();
    let with_age = sorted.len() > 1;
    let mut design = Design::new(1 + if with_age { spline.columns() } else { 0 } + sexes.len() - 1);
    for (age, sex) in groups.keys() {
        let mut row = vec![1.0];
        if with_age {
            spline.push(*age as f64, &mut row);
        }
        row.extend(sexes.iter().skip(1).map(|other| f64::from(u8::from(other == sex))));
        design.push(&row);
    }
    design
}
