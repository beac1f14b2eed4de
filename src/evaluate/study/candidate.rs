//! A model as it is evaluated for one outcome: its scores, and probabilities that are its own or mapped from the scores.

use crate::evaluate::estimate::Why;
use crate::evaluate::input::Cohort;
use crate::evaluate::input::scores::Scored;
use crate::evaluate::measure::order::Order;
use crate::evaluate::regress::logistic::{self, Data, chance};
use crate::evaluate::regress::{Design, linear};
use crate::evaluate::resample::stream::mix;
use rayon::prelude::*;
use serde::Serialize;
use std::borrow::Cow;
use std::sync::OnceLock;

/// One model against one outcome, row by row of the cohort.
#[derive(Debug, Clone)]
pub struct Candidate<'a> {
    pub name: String,
    pub version: Option<String>,
    /// Not-a-number where there is no score.
    pub value: Cow<'a, [f64]>,
    pub p: Result<Cow<'a, [f64]>, Why>,
    pub p_from: From,
}

/// Where probabilities come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum From {
    /// The scores' own file.
    Given,
    /// A logistic map of the score, fitted on other patients.
    CrossFitted,
}

impl From {
    /// In a sentence.
    #[must_use]
    pub fn text(self, folds: u64) -> String {
        match self {
            From::Given => "probabilities as given".to_owned(),
            From::CrossFitted => format!(
                "probabilities from a logistic map of the score, fitted on other patients ({folds}-fold cross-fitting)"
            ),
        }
    }
}

/// Rows whose outcome is known, as the fits see them.
pub struct Known<'a> {
    pub events: &'a [Option<bool>],
    patient: &'a [u32],
    seed: u64,
    number: u64,
    folds: OnceLock<Vec<u64>>,
}

impl<'a> Known<'a> {
    #[must_use]
    pub fn of(cohort: &'a Cohort, events: &'a [Option<bool>], number: u64, seed: u64) -> Known<'a> {
        Known { events, patient: &cohort.patient, seed, number: number.max(2), folds: OnceLock::new() }
    }

    /// Fold of each row: all rows of a patient have the same. Made when something is fitted.
    fn folds(&self) -> &[u64] {
        let fold = |patient: &u32| mix(mix(self.seed) ^ u64::from(*patient)) % self.number;
        self.folds.get_or_init(|| self.patient.iter().map(fold).collect())
    }
}

impl<'a> Candidate<'a> {
    /// Takes a model's probabilities as they are, or maps its score.
    #[must_use]
    pub fn of(scored: &'a Scored, known: &Known, with_p: bool) -> Candidate<'a> {
        let mut value = Cow::Borrowed(&scored.value[..]);
        let (p, p_from) = match &scored.probability {
            Some(p) => {
                if p.iter().any(|p| p.is_nan()) {
                    let both = value.iter().zip(p).map(|(value, p)| if p.is_nan() { f64::NAN } else { *value });
                    value = both.collect();
                }
                (Ok(p.into()), From::Given)
            }
            None if with_p => (mapped(&value, known).map(Cow::Owned), From::CrossFitted),
            None => (Err(Why::NoProbabilities), From::CrossFitted),
        };
        Candidate { name: scored.name.clone(), version: scored.version.clone(), value, p, p_from }
    }
}

/// Probabilities from a straight logistic map of the score.
fn mapped(value: &[f64], known: &Known) -> Result<Vec<f64>, Why> {
    let rows: Vec<u32> = (0..value.len() as u32).filter(|row| !value[*row as usize].is_nan()).collect();
    let scores: Vec<f64> = rows.iter().map(|row| value[*row as usize]).collect();
    let order = Order::of(&scores);
    let n = scores.len().max(1) as f64;
    let mean = scores.iter().sum::<f64>() / n;
    let spread = (scores.iter().map(|score| (score - mean).powi(2)).sum::<f64>() / n).sqrt();
    if spread == 0.0 {
        return Err(Why::NoVariation);
    }
    let mut design = Design::new(2);
    order.values.iter().for_each(|score| design.push(&[1.0, (score - mean) / spread]));
    let found = cross_fit(&design, &order.place, &rows, known)?;
    let mut p = vec![f64::NAN; value.len()];
    rows.iter().zip(found).for_each(|(row, found)| p[*row as usize] = found);
    Ok(p)
}

/// For each of `rows` the chance that a logistic regression gives it that was fitted on the other folds' rows. `group` is the
/// row of the design that each of them has.
///
/// # Errors
/// When the regression of some fold has no answer.
pub fn cross_fit(design: &Design, group: &[u32], rows: &[u32], known: &Known) -> Result<Vec<f64>, Why> {
    let (groups, folds) = (design.rows().count(), known.folds());
    let counted = |fold: Option<u64>| {
        let mut counts = [vec![0.0; groups], vec![0.0; groups]];
        for (row, group) in rows.iter().map(|row| *row as usize).zip(group) {
            if let Some(event) = known.events[row].filter(|_| fold.is_none_or(|fold| folds[row] == fold)) {
                counts[usize::from(event)][*group as usize] += 1.0;
            }
        }
        counts
    };
    let all = counted(None);
    let fit = |fold: u64| {
        let own = counted(Some(fold));
        let rest =
            |class: usize| -> Vec<f64> { all[class].iter().zip(&own[class]).map(|(all, own)| all - own).collect() };
        let (no, yes) = (rest(0), rest(1));
        let fit = logistic::fit(Data { design, no: &no, yes: &yes, offset: &[] }, &[])?;
        Ok(design.rows().map(|row| chance(linear(&fit.coefficients, row))).collect::<Vec<f64>>())
    };
    let of_folds: Vec<Vec<f64>> = (0..known.number).into_par_iter().map(fit).collect::<Result<_, Why>>()?;
    let p = rows.iter().zip(group).map(|(row, group)| of_folds[folds[*row as usize] as usize][*group as usize]);
    Ok(p.collect())
}
