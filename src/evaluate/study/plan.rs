//! What is measured, in which order.

use super::metric::Metric;
use super::settings::{Capacity, Scope, Settings};
use crate::evaluate::measure::threshold::At;

/// The figures of one evaluation.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Thresholds of the decision curve and those asked for, ascending.
    pub thresholds: Vec<f64>,
    /// Places of those asked for.
    pub asked: Vec<usize>,
    pub capacities: Vec<Capacity>,
    /// Shares of all, for the curve of capture.
    pub list_curve: Vec<f64>,
    /// Figures with a row in the tables.
    pub told: Vec<Metric>,
    /// Figures that the report draws only.
    pub drawn: Vec<Metric>,
}

/// Points of a calibration curve.
pub const CURVE_POINTS: usize = 41;
/// Highest threshold of the decision curve, in per cent.
const LAST_PERCENT: u32 = 50;

impl Plan {
    /// Everything over all patients.
    #[must_use]
    pub fn whole(settings: &Settings) -> Plan {
        let mut plan = Plan::bare(settings);
        plan.told = vec![Metric::Auroc, Metric::AveragePrecision];
        let lists = (0..plan.capacities.len()).flat_map(list);
        match settings.scope {
            Scope::Ranking => return plan,
            Scope::Lists => {
                plan.told.extend(lists);
                return plan;
            }
            Scope::All => {}
        }
        plan.told.extend(CALIBRATION);
        plan.told.extend(plan.asked.iter().flat_map(|at| benefit(*at)));
        plan.told.extend(lists);
        plan.told.extend(plan.asked.iter().flat_map(|at| At::ALL.map(|what| Metric::At(what, *at))));
        plan.drawn
            .extend((0..plan.thresholds.len()).flat_map(|at| [Metric::NetBenefit(at), Metric::NetBenefitOfAll(at)]));
        plan.drawn.extend((0..CURVE_POINTS).map(Metric::Curve));
        plan.drawn.extend((0..plan.list_curve.len()).map(Metric::CurveList));
        plan
    }

    /// A subgroup: its own ranking and calibration, and what the list of all does for it.
    #[must_use]
    pub fn subgroup(settings: &Settings) -> Plan {
        let mut plan = Plan::bare(settings);
        plan.told = vec![Metric::Auroc, Metric::AveragePrecision];
        plan.told.extend(CALIBRATION);
        plan.told.extend(plan.asked.iter().flat_map(|at| benefit(*at)));
        plan.told.extend((0..plan.capacities.len()).flat_map(|capacity| {
            [Metric::Listed(capacity), Metric::Sensitivity(capacity), Metric::Predictive(capacity)]
        }));
        plan.told.extend(plan.asked.iter().flat_map(|at| At::ALL.map(|what| Metric::At(what, *at))));
        plan
    }

    fn bare(settings: &Settings) -> Plan {
        let all = settings.scope == Scope::All;
        let mut thresholds: Vec<f64> = settings.thresholds.clone();
        thresholds.extend((1..=LAST_PERCENT).map(|percent| f64::from(percent) / 100.0).filter(|_| all));
        thresholds.sort_unstable_by(f64::total_cmp);
        thresholds.dedup();
        let asked = thresholds.iter().enumerate().filter(|(_, t)| settings.thresholds.contains(t)).map(|(at, _)| at);
        Plan {
            asked: asked.collect(),
            thresholds,
            capacities: settings.capacities.clone(),
            list_curve: (1..=40).map(|share| f64::from(share * share) / 1_600.0 * 0.5).collect(),
            told: Vec::new(),
            drawn: Vec::new(),
        }
    }
}

const CALIBRATION: [Metric; 10] = [
    Metric::ObservedExpected,
    Metric::Intercept,
    Metric::Slope,
    Metric::Ici,
    Metric::E50,
    Metric::E90,
    Metric::EMax,
    Metric::Brier,
    Metric::ScaledBrier,
    Metric::LogLoss,
];

fn benefit(at: usize) -> [Metric; 3] {
    [Metric::NetBenefit(at), Metric::NetBenefitOfAll(at), Metric::Avoided(at)]
}

fn list(capacity: usize) -> [Metric; 5] {
    [
        Metric::Sensitivity(capacity),
        Metric::Predictive(capacity),
        Metric::Needed(capacity),
        Metric::Lift(capacity),
        Metric::Captured(capacity),
    ]
}
