//! Is the probability right? Calibration intercept and slope, and a flexible curve with its distances.
//!
//! Cox DR. Biometrika 1958;45:562-565. The curve is a logistic regression on a restricted cubic spline of the log odds, and
//! its distances ICI, E50, E90 and Emax are those of Austin PC, Steyerberg EW. Stat Med 2019;38:4051-4065.

use crate::evaluate::estimate::Why;
use crate::evaluate::regress::logistic::{self, Data, Fit, chance, log_odds};
use crate::evaluate::regress::spline::{Spline, quantile};
use crate::evaluate::regress::{Design, NoFit};

/// Knots of the flexible curve, when there are enough distinct probabilities.
pub const KNOTS: usize = 5;

/// Probabilities, ascending, with non-events and events of each.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Groups {
    pub p: Vec<f64>,
    pub no: Vec<f64>,
    pub yes: Vec<f64>,
}

impl From<NoFit> for Why {
    fn from(fit: NoFit) -> Why {
        match fit {
            NoFit::Empty => Why::Empty,
            NoFit::OneClass => Why::NoEvents,
            NoFit::Separated => Why::PerfectSeparation,
            NoFit::Singular => Why::NoVariation,
            NoFit::NoConvergence => Why::NoConvergence,
        }
    }
}

/// Everything that a curve needs of the probabilities alone, so that it is made once for all resamples.
#[derive(Debug, Clone)]
pub struct Frame {
    p: Vec<f64>,
    log_odds: Vec<f64>,
    flat: Design,
    straight: Design,
    curved: Design,
    spline: Spline,
}

/// The fits of one sample.
#[derive(Debug, Clone)]
pub struct Fitted {
    /// With the slope held at one: calibration in the large.
    pub intercept: Result<Fit, NoFit>,
    /// Intercept and slope together.
    pub slope: Result<Fit, NoFit>,
    pub curve: Result<Fit, NoFit>,
}

/// How far the curve is from the probabilities.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Distances {
    /// Mean distance: the integrated calibration index.
    pub ici: f64,
    pub e50: f64,
    pub e90: f64,
    pub e_max: f64,
}

impl Frame {
    /// # Errors
    /// When a probability is exactly 0 or 1, whose log odds are infinite, or when there is nobody.
    pub fn of(groups: &Groups) -> Result<Frame, Why> {
        if groups.p.is_empty() {
            return Err(Why::Empty);
        }
        if groups.p.iter().any(|p| *p <= 0.0 || *p >= 1.0) {
            return Err(Why::CertainProbability);
        }
        let of_p: Vec<f64> = groups.p.iter().map(|p| log_odds(*p)).collect();
        let sorted: Vec<(f64, f64)> =
            of_p.iter().zip(groups.no.iter().zip(&groups.yes)).map(|(x, (no, yes))| (*x, no + yes)).collect();
        let spline = Spline::of(&sorted, KNOTS);
        let mut frame = Frame {
            p: groups.p.clone(),
            log_odds: of_p,
            flat: Design::new(1),
            straight: Design::new(2),
            curved: Design::new(1 + spline.columns()),
            spline,
        };
        for x in &frame.log_odds {
            frame.flat.push(&[1.0]);
            frame.straight.push(&[1.0, *x]);
            frame.curved.push(&row(&frame.spline, *x));
        }
        Ok(frame)
    }

    /// How many probabilities there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.p.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.p.is_empty()
    }

    /// Fits a sample; `from` is the fit of a like sample to start from, and then no covariance is made.
    #[must_use]
    pub fn fit(&self, no: &[f64], yes: &[f64], from: Option<&Fitted>) -> Fitted {
        self.fit_some(no, yes, from, true, true)
    }

    /// As [`Frame::fit`], with or without intercept and slope, and with or without the curve; what is left out is empty.
    #[must_use]
    pub fn fit_some(&self, no: &[f64], yes: &[f64], from: Option<&Fitted>, lines: bool, curve: bool) -> Fitted {
        let start = |fit: Option<&Result<Fit, NoFit>>| {
            fit.and_then(|fit| fit.as_ref().ok()).map(|fit| fit.coefficients.clone()).unwrap_or_default()
        };
        let with = |wanted: bool, design, offset, start: Vec<f64>| match (wanted, start.is_empty()) {
            (false, _) => Err(NoFit::Empty),
            (_, true) => logistic::fit(Data { design, no, yes, offset }, &start),
            (_, false) => logistic::refit(Data { design, no, yes, offset }, &start),
        };
        Fitted {
            intercept: with(lines, &self.flat, &self.log_odds[..], start(from.map(|from| &from.intercept))),
            slope: with(lines, &self.straight, &[], start(from.map(|from| &from.slope))),
            curve: with(curve, &self.curved, &[], start(from.map(|from| &from.curve))),
        }
    }

    /// The observed share that a curve gives at a probability.
    #[must_use]
    pub fn at(&self, curve: &Fit, p: f64) -> f64 {
        chance(crate::evaluate::regress::linear(&curve.coefficients, &row(&self.spline, log_odds(p))))
    }

    /// The curve's distances, each person counting once.
    #[must_use]
    pub fn distances(&self, curve: &Fit, no: &[f64], yes: &[f64]) -> Distances {
        let persons = no.iter().zip(yes).map(|(no, yes)| no + yes);
        let curved = self.curved.rows().map(|row| chance(crate::evaluate::regress::linear(&curve.coefficients, row)));
        let apart = curved.zip(&self.p).map(|(curved, p)| (curved - p).abs()).zip(persons);
        let mut apart: Vec<(f64, f64)> = apart.filter(|(_, persons)| *persons > 0.0).collect();
        apart.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
        let (sum, all) = apart.iter().fold((0.0, 0.0), |(sum, all), (apart, n)| (sum + apart * n, all + n));
        Distances {
            ici: sum / all,
            e50: quantile(&apart, 0.5),
            e90: quantile(&apart, 0.9),
            e_max: apart.last().map_or(f64::NAN, |(apart, _)| *apart),
        }
    }
}

fn row(spline: &Spline, x: f64) -> Vec<f64> {
    let mut row = vec![1.0];
    spline.push(x, &mut row);
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Events exactly as foretold.
    fn perfect() -> Groups {
        let p: Vec<f64> = (1..20).map(|n| f64::from(n) / 20.0).collect();
        Groups { no: p.iter().map(|p| 1000.0 * (1.0 - p)).collect(), yes: p.iter().map(|p| 1000.0 * p).collect(), p }
    }

    #[test]
    fn what_happens_as_foretold_has_intercept_0_and_slope_1() {
        let groups = perfect();
        let frame = Frame::of(&groups).unwrap();
        let found = frame.fit(&groups.no, &groups.yes, None);
        assert!(found.intercept.unwrap().coefficients[0].abs() < 1e-9);
        let slope = found.slope.unwrap();
        assert!(slope.coefficients[0].abs() < 1e-9 && (slope.coefficients[1] - 1.0).abs() < 1e-9);
        let distances = frame.distances(&found.curve.unwrap(), &groups.no, &groups.yes);
        assert!(distances.e_max < 1e-8, "{distances:?}");
    }

    #[test]
    fn certainty_has_no_log_odds() {
        let groups = Groups { p: vec![0.0, 0.5], no: vec![1.0, 1.0], yes: vec![0.0, 1.0] };
        assert_eq!(Frame::of(&groups).err(), Some(Why::CertainProbability));
        assert_eq!(Frame::of(&Groups::default()).err(), Some(Why::Empty));
    }
}
