//! The measures by name, and which question each answers.

use super::plan::Plan;
use crate::evaluate::measure::threshold::At;

/// One figure. Numbers are places in the plan's thresholds and capacities.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Metric {
    Auroc,
    AveragePrecision,
    ObservedExpected,
    Intercept,
    Slope,
    Ici,
    E50,
    E90,
    EMax,
    Brier,
    ScaledBrier,
    LogLoss,
    NetBenefit(usize),
    NetBenefitOfAll(usize),
    Avoided(usize),
    At(At, usize),
    Sensitivity(usize),
    Predictive(usize),
    Needed(usize),
    Lift(usize),
    Captured(usize),
    /// Share of a subgroup that stands on the list of all.
    Listed(usize),
    /// Points of curves, for the report's drawings only.
    Curve(usize),
    CurveList(usize),
}

/// The question that a figure answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Question {
    Ranking,
    Calibration,
    Benefit,
    List,
    Threshold,
}

impl Metric {
    #[must_use]
    pub fn question(self) -> Question {
        match self {
            Metric::Auroc | Metric::AveragePrecision => Question::Ranking,
            Metric::NetBenefit(_) | Metric::NetBenefitOfAll(_) | Metric::Avoided(_) => Question::Benefit,
            Metric::At(..) => Question::Threshold,
            Metric::Sensitivity(_)
            | Metric::Predictive(_)
            | Metric::Needed(_)
            | Metric::Lift(_)
            | Metric::Captured(_)
            | Metric::Listed(_)
            | Metric::CurveList(_) => Question::List,
            _ => Question::Calibration,
        }
    }

    /// Its name in tables and reports.
    #[must_use]
    pub fn name(self, plan: &Plan) -> String {
        let at = |what: &str, threshold: usize| format!("{what} at {}", plan.thresholds[threshold]);
        let list = |what: &str, capacity: usize| format!("{what}, list of {}", plan.capacities[capacity].name());
        match self {
            Metric::Auroc => "AUROC".to_owned(),
            Metric::AveragePrecision => "average precision".to_owned(),
            Metric::ObservedExpected => "observed/expected".to_owned(),
            Metric::Intercept => "calibration intercept".to_owned(),
            Metric::Slope => "calibration slope".to_owned(),
            Metric::Ici => "ICI".to_owned(),
            Metric::E50 => "E50".to_owned(),
            Metric::E90 => "E90".to_owned(),
            Metric::EMax => "Emax".to_owned(),
            Metric::Brier => "Brier score".to_owned(),
            Metric::ScaledBrier => "scaled Brier score".to_owned(),
            Metric::LogLoss => "log loss".to_owned(),
            Metric::NetBenefit(threshold) => at("net benefit", threshold),
            Metric::NetBenefitOfAll(threshold) => at("net benefit of contacting all", threshold),
            Metric::Avoided(threshold) => at("interventions avoided per patient", threshold),
            Metric::At(what, threshold) => at(what.name(), threshold),
            Metric::Sensitivity(capacity) => list("sensitivity", capacity),
            Metric::Predictive(capacity) => list("positive predictive value", capacity),
            Metric::Needed(capacity) => list("number needed to contact", capacity),
            Metric::Lift(capacity) => list("lift", capacity),
            Metric::Captured(capacity) => list("need captured between chance and best", capacity),
            Metric::Listed(capacity) => list("share listed", capacity),
            Metric::Curve(point) => format!("calibration curve {point}"),
            Metric::CurveList(point) => format!("capture curve {point}"),
        }
    }
}
