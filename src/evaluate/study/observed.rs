//! The figures of one sample, one by one.

use super::kernel::Kernel;
use super::metric::Metric;
use crate::evaluate::estimate::Why;
use crate::evaluate::measure::benefit;
use crate::evaluate::measure::calibration::{Distances, Fitted};
use crate::evaluate::measure::capacity::Capture;
use crate::evaluate::measure::loss::Losses;
use crate::evaluate::measure::threshold::{At, Table};
use crate::evaluate::regress::NoFit;
use crate::evaluate::regress::logistic::Fit;

/// The figures of one sample.
pub struct Observed<'a> {
    pub(super) kernel: &'a Kernel<'a>,
    pub(super) ranking: [Result<f64, Why>; 2],
    pub(super) losses: Losses,
    pub(super) tables: Vec<Table>,
    pub(super) lists: Vec<Capture>,
    pub(super) fitted: Result<Fitted, Why>,
    pub(super) distances: Result<Distances, Why>,
    pub(super) curve_at: Vec<f64>,
}

impl Observed<'_> {
    /// One figure.
    ///
    /// # Errors
    /// When this sample cannot tell it.
    pub fn value(&self, metric: Metric) -> Result<f64, Why> {
        let fit = |of: fn(&Fitted) -> &Result<Fit, NoFit>, at: usize| {
            self.fitted
                .as_ref()
                .map_err(|why| *why)
                .and_then(|fitted| of(fitted).as_ref().map(|fit| fit.coefficients[at]).map_err(|why| Why::from(*why)))
        };
        let table = |at: usize| self.tables.get(at).ok_or(Why::NoProbabilities);
        let list = |at: usize| self.lists.get(at).ok_or(Why::Empty);
        let losses = self.kernel.losses.first().map(|_| &self.losses).ok_or(Why::NoProbabilities);
        match metric {
            Metric::Auroc => self.ranking[0],
            Metric::AveragePrecision => self.ranking[1],
            Metric::ObservedExpected => losses?.observed_over_expected(),
            Metric::Intercept => fit(|fitted| &fitted.intercept, 0),
            Metric::Slope => fit(|fitted| &fitted.slope, 1),
            Metric::Ici => self.distances.map(|distances| distances.ici),
            Metric::E50 => self.distances.map(|distances| distances.e50),
            Metric::E90 => self.distances.map(|distances| distances.e90),
            Metric::EMax => self.distances.map(|distances| distances.e_max),
            Metric::Brier => losses?.brier(),
            Metric::ScaledBrier => losses?.scaled_brier(),
            Metric::LogLoss => losses?.log_loss(),
            Metric::NetBenefit(at) => benefit::net_benefit(table(at)?, self.kernel.plan.thresholds[at]),
            Metric::NetBenefitOfAll(at) => benefit::of_all(table(at)?, self.kernel.plan.thresholds[at]),
            Metric::Avoided(at) => benefit::interventions_avoided(table(at)?, self.kernel.plan.thresholds[at]),
            Metric::At(what, at) => told(&what, table(at)?),
            Metric::Sensitivity(at) => self.sensitivity(list(at)?),
            Metric::Predictive(at) => self.predictive(list(at)?),
            Metric::Needed(at) => list(at)?.number_needed(),
            Metric::Lift(at) => list(at)?.lift(),
            Metric::Captured(at) => list(at)?.captured(),
            Metric::Listed(at) => list(at).map(|list| list.capacity / list.n),
            Metric::Curve(at) => self.curve_at.get(at).copied().ok_or(Why::NoProbabilities),
            Metric::CurveList(at) => list(self.kernel.plan.capacities.len() + at)?.sensitivity(),
        }
    }

    /// A list that was cut elsewhere may well hold a whole subgroup, or nobody of it.
    fn sensitivity(&self, list: &Capture) -> Result<f64, Why> {
        match self.kernel.cuts {
            None => list.sensitivity(),
            Some(_) if list.events == 0.0 => Err(Why::NoEvents),
            Some(_) => Ok(list.caught / list.events),
        }
    }

    fn predictive(&self, list: &Capture) -> Result<f64, Why> {
        match self.kernel.cuts {
            None => list.positive_predictive(),
            Some(_) if list.capacity == 0.0 => Err(Why::NothingSelected),
            Some(_) => Ok(list.caught / list.capacity),
        }
    }

    #[must_use]
    pub fn table(&self, at: usize) -> Option<&Table> {
        self.tables.get(at)
    }

    #[must_use]
    pub fn list(&self, at: usize) -> Option<&Capture> {
        self.lists.get(at)
    }

    #[must_use]
    pub fn fitted(&self) -> Option<&Fitted> {
        self.fitted.as_ref().ok()
    }
}

fn told(what: &At, table: &Table) -> Result<f64, Why> {
    let estimate = what.of(table);
    estimate.value.number().ok_or(estimate.why().unwrap_or(Why::Empty))
}
