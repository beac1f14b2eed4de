//! Negative binomial regression of counts (NB2, log link): reweighted least squares for the mean, Newton's method for the
//! dispersion, in turn until both stand still (as Venables WN, Ripley BD. Modern Applied Statistics with S, 2002, 7.4).

use super::solve::Symmetric;
use super::{Design, NoFit, linear};
use statrs::function::gamma::{digamma, ln_gamma};

/// What came of a fit. The variance of a count is `μ + μ²/θ`.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    pub coefficients: Vec<f64>,
    /// Inverse of the information at the coefficients, θ held.
    pub covariance: Symmetric,
    pub theta: f64,
    pub log_likelihood: f64,
}

const MOST_ROUNDS: usize = 200;
const TOLERANCE: f64 = 1e-12;
/// A greater θ cannot be told from a Poisson distribution.
const POISSON: f64 = 1e7;

impl Fit {
    #[must_use]
    pub fn standard_error(&self, at: usize) -> f64 {
        self.covariance.diagonal(at).sqrt()
    }
}

/// Fits counts, each row standing for `weights` persons.
///
/// # Errors
/// When the maximum does not exist or is not found; counts that vary no more than Poisson's have no finite θ.
pub fn fit(design: &Design, counts: &[f64], weights: &[f64]) -> Result<Fit, NoFit> {
    let all: f64 = weights.iter().sum();
    let mean = counts.iter().zip(weights).map(|(y, w)| y * w).sum::<f64>() / all;
    match (all > 0.0, mean > 0.0) {
        (false, _) => return Err(NoFit::Empty),
        (_, false) => return Err(NoFit::OneClass),
        _ => {}
    }
    let mut means: Vec<f64> = counts.iter().map(|y| y.midpoint(mean).max(0.1)).collect();
    let mut theta = POISSON;
    let (mut coefficients, mut before) = (Vec::new(), f64::NEG_INFINITY);
    for round in 0..MOST_ROUNDS {
        coefficients = mean_given(design, counts, weights, &mut means, theta)?;
        theta = theta_given(counts, weights, &means, if round == 0 { moment(counts, weights, &means) } else { theta })?;
        let now = log_likelihood(counts, weights, &means, theta);
        if (now - before).abs() <= TOLERANCE * now.abs() {
            let mut information = information(design, weights, &means, theta);
            information.mirror();
            let covariance = information.inverse().ok_or(NoFit::Singular)?;
            return Ok(Fit { coefficients, covariance, theta, log_likelihood: now });
        }
        before = now;
    }
    let _ = coefficients;
    Err(NoFit::NoConvergence)
}

/// Reweighted least squares with θ held; leaves the fitted means.
fn mean_given(
    design: &Design,
    counts: &[f64],
    weights: &[f64],
    means: &mut [f64],
    theta: f64,
) -> Result<Vec<f64>, NoFit> {
    let mut coefficients: Vec<f64> = Vec::new();
    for _ in 0..MOST_ROUNDS {
        let mut right = vec![0.0; design.columns];
        for (((row, y), w), mean) in design.rows().zip(counts).zip(weights).zip(means.iter()) {
            let weight = w * mean / (1.0 + mean / theta);
            let working = mean.ln() + (y - mean) / mean;
            right.iter_mut().zip(row).for_each(|(r, x)| *r += weight * working * x);
        }
        let next = information(design, weights, means, theta).solve(&right).ok_or(NoFit::Singular)?;
        let moved = next.iter().zip(&coefficients).map(|(a, b)| (a - b).abs() / (b.abs() + 0.1)).fold(0.0, f64::max);
        let first = coefficients.is_empty();
        coefficients = next;
        for (mean, row) in means.iter_mut().zip(design.rows()) {
            *mean = linear(&coefficients, row).clamp(-50.0, 50.0).exp();
        }
        if !first && moved < TOLERANCE {
            return Ok(coefficients);
        }
    }
    Err(NoFit::NoConvergence)
}

fn information(design: &Design, weights: &[f64], means: &[f64], theta: f64) -> Symmetric {
    let mut information = Symmetric::zero(design.columns);
    for ((row, w), mean) in design.rows().zip(weights).zip(means) {
        information.add(w * mean / (1.0 + mean / theta), row);
    }
    information
}

/// A first θ from the squared residuals.
fn moment(counts: &[f64], weights: &[f64], means: &[f64]) -> f64 {
    let terms = counts.iter().zip(weights).zip(means).map(|((y, w), m)| (w, w * (y / m - 1.0).powi(2)));
    let (all, sum) = terms.fold((0.0, 0.0), |(all, sum), (w, term)| (all + w, sum + term));
    (all / sum).clamp(1e-3, 1e3)
}

/// The θ of greatest likelihood with the means held, by Newton's method on its logarithm.
fn theta_given(counts: &[f64], weights: &[f64], means: &[f64], start: f64) -> Result<f64, NoFit> {
    let mut theta = start;
    for _ in 0..MOST_ROUNDS {
        let score = score(counts, weights, means, theta);
        // The slope of the score, by a central difference: the trigamma function is not at hand.
        let h = theta * 1e-4;
        let slope = (self::score(counts, weights, means, theta + h) - self::score(counts, weights, means, theta - h))
            / (2.0 * h);
        // On the log scale the second derivative gains a term of the score.
        let curvature = theta * theta * slope + theta * score;
        let step = if curvature < 0.0 { -theta * score / curvature } else { score.signum() };
        theta *= step.clamp(-2.0, 2.0).exp();
        if theta > POISSON {
            return Err(NoFit::NoConvergence);
        }
        if step.abs() < 1e-10 {
            return Ok(theta);
        }
    }
    Err(NoFit::NoConvergence)
}

fn score(counts: &[f64], weights: &[f64], means: &[f64], theta: f64) -> f64 {
    let base = digamma(theta);
    let terms = counts.iter().zip(weights).zip(means).map(|((y, w), m)| {
        w * (digamma(theta + y) - base + (theta / (theta + m)).ln() + 1.0 - (y + theta) / (m + theta))
    });
    terms.sum()
}

fn log_likelihood(counts: &[f64], weights: &[f64], means: &[f64], theta: f64) -> f64 {
    let terms = counts.iter().zip(weights).zip(means).map(|((y, w), m)| {
        let choices = ln_gamma(theta + y) - ln_gamma(theta) - ln_gamma(y + 1.0);
        w * (choices + theta * (theta / (theta + m)).ln() + if *y > 0.0 { y * (m / (theta + m)).ln() } else { 0.0 })
    });
    terms.sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mites_on_apple_leaves() {
        // Bliss CI, Fisher RA. Biometrics 1953;9:176-200: mean 1.14667, k 1.02459.
        let counts: Vec<f64> = (0..=8).map(f64::from).collect();
        let leaves = [70.0, 38.0, 17.0, 10.0, 9.0, 3.0, 2.0, 1.0, 0.0];
        let mut design = Design::new(1);
        counts.iter().for_each(|_| design.push(&[1.0]));
        let found = fit(&design, &counts, &leaves).unwrap();
        assert!((found.coefficients[0].exp() - 1.146_667).abs() < 1e-6, "{found:?}");
        assert!((found.theta - 1.024_59).abs() < 1e-5, "{}", found.theta);
    }

    #[test]
    fn what_cannot_be_fitted_says_why() {
        let mut design = Design::new(1);
        (0..3).for_each(|_| design.push(&[1.0]));
        assert_eq!(fit(&design, &[0.0; 3], &[1.0; 3]), Err(NoFit::OneClass));
        assert_eq!(fit(&design, &[2.0; 3], &[1.0; 3]), Err(NoFit::NoConvergence));
        assert_eq!(fit(&Design::new(1), &[], &[]), Err(NoFit::Empty));
    }
}
