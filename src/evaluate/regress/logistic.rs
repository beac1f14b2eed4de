//! Logistic regression of grouped counts, by Newton's method (which for this link is iteratively reweighted least squares).

use super::solve::Symmetric;
use super::{Design, NoFit, linear};

/// What came of a fit.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    pub coefficients: Vec<f64>,
    /// Inverse of the information at the coefficients; `None` when only the coefficients were asked for.
    pub covariance: Option<Symmetric>,
}

/// Rows that share their columns, with how many had the event and how many had not.
#[derive(Debug, Clone, Copy)]
pub struct Data<'a> {
    pub design: &'a Design,
    pub no: &'a [f64],
    pub yes: &'a [f64],
    /// A known part of each row's linear predictor; empty for none.
    pub offset: &'a [f64],
}

const MOST_ITERATIONS: usize = 60;
/// A step changes the log likelihood by less than this share of itself when it is the last.
const TOLERANCE: f64 = 1e-13;
/// Plain steps that a resample is given.
const FEW_ITERATIONS: usize = 8;
const SMALL_STEP: f64 = 1e-4;
/// A linear predictor beyond this is certainty for any sample, so the classes are separated.
const CERTAIN: f64 = 30.0;

impl Fit {
    /// Not-a-number when only the coefficients were asked for.
    #[must_use]
    pub fn standard_error(&self, at: usize) -> f64 {
        self.covariance.as_ref().map_or(f64::NAN, |covariance| covariance.diagonal(at).sqrt())
    }
}

/// The chance with this log odds.
#[must_use]
pub fn chance(log_odds: f64) -> f64 {
    if log_odds >= 0.0 {
        1.0 / (1.0 + (-log_odds).exp())
    } else {
        let e = log_odds.exp();
        e / (1.0 + e)
    }
}

/// The log odds of this chance; infinite at 0 and 1.
#[must_use]
pub fn log_odds(chance: f64) -> f64 {
    chance.ln() - (-chance).ln_1p()
}

/// Fits from `start`, or from nothing when it is empty.
///
/// # Errors
/// When the maximum does not exist or is not found.
pub fn fit(data: Data, start: &[f64]) -> Result<Fit, NoFit> {
    some_of_each(data)?;
    let columns = data.design.columns;
    let mut coefficients = if start.len() == columns { start.to_vec() } else { vec![0.0; columns] };
    let mut before = log_likelihood(data, &coefficients);
    for _ in 0..MOST_ITERATIONS {
        let (gradient, information) = derivatives(data, &coefficients);
        let Some(step) = information.solve(&gradient) else { return Err(no_step(data, &coefficients)) };
        let (next, now) = climb(data, &coefficients, &step, before);
        let done = (now - before).abs() <= TOLERANCE * (now.abs() + 1e-9);
        (coefficients, before) = (next, now);
        if done {
            return finish(data, coefficients);
        }
    }
    Err(no_step(data, &coefficients))
}

/// The coefficients alone, from those of a like sample: a resample is near the sample, and a few plain steps do. Where they
/// do not, as [`fit`].
///
/// # Errors
/// As [`fit`].
pub fn refit(data: Data, start: &[f64]) -> Result<Fit, NoFit> {
    some_of_each(data)?;
    let mut coefficients = start.to_vec();
    for _ in 0..FEW_ITERATIONS {
        let (gradient, information) = derivatives(data, &coefficients);
        let Some(step) = information.solve(&gradient) else { break };
        coefficients.iter_mut().zip(&step).for_each(|(b, s)| *b += s);
        let moved = step.iter().zip(&coefficients).map(|(s, b)| s.abs() / (b.abs() + 0.1)).fold(0.0, f64::max);
        // Steps shrink as their squares, so the next one would be beyond the last digit that counts.
        if moved < SMALL_STEP {
            return Ok(Fit { coefficients, covariance: None });
        }
        if !moved.is_finite() {
            break;
        }
    }
    fit(data, &[])
}

/// Whether there is somebody of each class.
fn some_of_each(data: Data) -> Result<(), NoFit> {
    match (data.no.iter().sum::<f64>() > 0.0, data.yes.iter().sum::<f64>() > 0.0) {
        (true, true) => Ok(()),
        (false, false) => Err(NoFit::Empty),
        _ => Err(NoFit::OneClass),
    }
}

fn finish(data: Data, coefficients: Vec<f64>) -> Result<Fit, NoFit> {
    if separated(data, &coefficients) {
        return Err(NoFit::Separated);
    }
    let (_, mut information) = derivatives(data, &coefficients);
    information.mirror();
    let covariance = information.inverse().ok_or(NoFit::Singular)?;
    Ok(Fit { coefficients, covariance: Some(covariance) })
}

/// Halves the step until the likelihood does not fall.
fn climb(data: Data, from: &[f64], step: &[f64], before: f64) -> (Vec<f64>, f64) {
    let mut share = 1.0;
    loop {
        let next: Vec<f64> = from.iter().zip(step).map(|(b, s)| b + share * s).collect();
        let now = log_likelihood(data, &next);
        if now >= before - 1e-9 * before.abs() || share < 1e-6 {
            return (next, now);
        }
        share *= 0.5;
    }
}

fn no_step(data: Data, coefficients: &[f64]) -> NoFit {
    let varied = data.design.rows().next().is_some_and(|first| data.design.rows().any(|row| row != first));
    match (separated(data, coefficients), varied || data.design.columns == 1) {
        (true, _) => NoFit::Separated,
        (_, false) => NoFit::Singular,
        _ if coefficients.iter().all(|b| *b == 0.0) => NoFit::Singular,
        _ => NoFit::NoConvergence,
    }
}

/// Whether somebody's outcome is foretold beyond what any sample can say, or all are foretold rightly.
fn separated(data: Data, coefficients: &[f64]) -> bool {
    let mut worst = 0.0_f64;
    each(data, coefficients, |_, log_odds, no, yes| {
        let p = chance(log_odds);
        worst = worst.max(if no > 0.0 { p } else { 0.0 }).max(if yes > 0.0 { 1.0 - p } else { 0.0 });
    });
    let mut largest = 0.0_f64;
    each(data, coefficients, |_, log_odds, no, yes| {
        if no + yes > 0.0 {
            largest = largest.max(log_odds.abs());
        }
    });
    worst < 1e-6 || largest > CERTAIN && coefficients.iter().any(|b| b.abs() > 1e6)
}

fn each(data: Data, coefficients: &[f64], mut what: impl FnMut(&[f64], f64, f64, f64)) {
    let offset = |at: usize| data.offset.get(at).copied().unwrap_or(0.0);
    for (at, row) in data.design.rows().enumerate() {
        what(row, linear(coefficients, row) + offset(at), data.no[at], data.yes[at]);
    }
}

fn log_likelihood(data: Data, coefficients: &[f64]) -> f64 {
    let mut sum = 0.0;
    each(data, coefficients, |_, log_odds, no, yes| {
        // ln(1 + e^x) without overflow.
        let softplus = log_odds.max(0.0) + (-log_odds.abs()).exp().ln_1p();
        sum += yes * (log_odds - softplus) - no * softplus;
    });
    sum
}

fn derivatives(data: Data, coefficients: &[f64]) -> (Vec<f64>, Symmetric) {
    let mut gradient = vec![0.0; coefficients.len()];
    let mut information = Symmetric::zero(coefficients.len());
    each(data, coefficients, |row, log_odds, no, yes| {
        let p = chance(log_odds);
        let n = no + yes;
        gradient.iter_mut().zip(row).for_each(|(g, x)| *g += (yes - n * p) * x);
        information.add(n * p * (1.0 - p), row);
    });
    (gradient, information)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Deaths of beetles by dose of carbon disulphide (Bliss CI. Ann Appl Biol 1935;22:134-167).
    const BEETLES: [(f64, f64, f64); 8] = [
        (1.6907, 59.0, 6.0),
        (1.7242, 60.0, 13.0),
        (1.7552, 62.0, 18.0),
        (1.7842, 56.0, 28.0),
        (1.8113, 63.0, 52.0),
        (1.8369, 59.0, 53.0),
        (1.8610, 62.0, 61.0),
        (1.8839, 60.0, 60.0),
    ];

    fn fitted(rows: &[(f64, f64, f64)]) -> Result<Fit, NoFit> {
        let mut design = Design::new(2);
        rows.iter().for_each(|(x, _, _)| design.push(&[1.0, *x]));
        let yes: Vec<f64> = rows.iter().map(|(_, _, yes)| *yes).collect();
        let no: Vec<f64> = rows.iter().map(|(_, n, yes)| n - yes).collect();
        fit(Data { design: &design, no: &no, yes: &yes, offset: &[] }, &[])
    }

    #[test]
    fn the_beetles_of_bliss() {
        // Dobson AJ, Barnett AG. An Introduction to Generalized Linear Models, 3rd ed. 2008, section 7.3:
        // -60.717 (5.18) and 34.270 (2.91).
        let found = fitted(&BEETLES).unwrap();
        assert!((found.coefficients[0] + 60.717).abs() < 5e-4, "{found:?}");
        assert!((found.coefficients[1] - 34.270).abs() < 5e-4);
        assert!((found.standard_error(0) - 5.18).abs() < 5e-3);
        assert!((found.standard_error(1) - 2.91).abs() < 5e-3);
    }

    #[test]
    fn what_cannot_be_fitted_says_why() {
        assert_eq!(fitted(&[(1.0, 5.0, 0.0), (2.0, 5.0, 0.0)]), Err(NoFit::OneClass));
        assert_eq!(fitted(&[(1.0, 5.0, 0.0), (2.0, 5.0, 5.0)]), Err(NoFit::Separated));
        assert_eq!(fitted(&[(1.0, 5.0, 2.0), (1.0, 5.0, 1.0)]), Err(NoFit::Singular));
        assert_eq!(fitted(&[]), Err(NoFit::Empty));
    }

    #[test]
    fn odds_and_chances_are_each_others_inverse() {
        for p in [1e-12, 0.2, 0.5, 0.999_999] {
            assert!((chance(log_odds(p)) - p).abs() < 1e-15);
        }
        assert_eq!(chance(-1e9), 0.0);
        assert_eq!(log_odds(0.0), f64::NEG_INFINITY);
    }
}
