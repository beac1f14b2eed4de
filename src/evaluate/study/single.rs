//! One model by itself.

use super::candidate::Candidate;
use super::cells::Cells;
use super::findings::{ModelFindings, Point, Row};
use super::kernel::{Cut, Kernel};
use super::metric::Metric;
use super::observed::Observed;
use super::panel::Panel;
use super::plan::Plan;
use super::settings::{Scope, Settings};
use crate::evaluate::estimate::{Estimate, Told, Why, Z95};
use crate::evaluate::measure::delong;
use crate::evaluate::measure::ranking::curves;
use crate::evaluate::regress::logistic::Fit;
use crate::evaluate::resample::interval::percentile;
use crate::evaluate::resample::ranking::ranking;
use crate::evaluate::resample::stream::named;
use std::borrow::Cow;

/// A model on some rows.
#[derive(Clone)]
pub struct Subject<'a> {
    pub candidate: &'a Candidate<'a>,
    /// Rows of the cohort with a score and a known outcome.
    pub rows: Vec<u32>,
    pub events: Vec<bool>,
    pub cells: Cells,
    /// Non-events and events of each cell.
    pub counts: Vec<u32>,
    pub clusters: Option<Vec<u32>>,
}

impl<'a> Subject<'a> {
    /// The rows among `rows` that the model scores and whose outcome is known.
    #[must_use]
    pub fn of(
        candidate: &'a Candidate<'a>,
        events: &[Option<bool>],
        clusters: Option<&[u32]>,
        rows: impl Iterator<Item = u32>,
    ) -> Subject<'a> {
        let scored = |row: &u32| !candidate.value[*row as usize].is_nan() && events[*row as usize].is_some();
        let mut kept = Vec::with_capacity(rows.size_hint().1.unwrap_or(0));
        kept.extend(rows.filter(scored));
        let rows: Vec<u32> = kept;
        let p = candidate.p.as_ref().ok().map(|p| among(p, &rows));
        let cells = Cells::of(&among(&candidate.value, &rows), p.as_deref());
        let events: Vec<bool> = rows.iter().map(|row| events[*row as usize] == Some(true)).collect();
        let clusters = super::clusters::among(clusters, &rows);
        let counts = cells.counts(&events);
        Subject { candidate, rows, events, cells, counts, clusters }
    }

    #[must_use]
    pub fn n(&self) -> u64 {
        self.rows.len() as u64
    }

    /// Non-events and events of each score.
    #[must_use]
    pub fn by_value(&self) -> Cow<'_, [u32]> {
        self.cells.by_value(&self.counts)
    }

    #[must_use]
    pub fn number_of_events(&self) -> u64 {
        self.events.iter().filter(|event| **event).count() as u64
    }
}

/// A column's cells at some rows, which ascend: the column itself when they are all of it.
fn among<'a>(column: &'a [f64], rows: &[u32]) -> Cow<'a, [f64]> {
    if rows.len() == column.len() { column.into() } else { rows.iter().map(|row| column[*row as usize]).collect() }
}

/// What one model gives.
pub struct Single {
    pub rows: Vec<Row>,
    pub findings: ModelFindings,
    pub cuts: Vec<Cut>,
}

/// Evaluates a model by itself.
#[must_use]
pub fn evaluate(
    subject: &Subject,
    plan: &Plan,
    settings: &Settings,
    evaluation: &str,
    cuts: Option<Vec<Cut>>,
) -> Single {
    let counts = &subject.counts;
    let kernel = Kernel::new(plan, &subject.cells, counts, cuts, subject.clusters.is_some());
    let point = kernel.observe(counts, counts, true);
    let study = named(evaluation) ^ named(&subject.candidate.name);
    let metrics: Vec<Metric> = plan.told.iter().chain(&plan.drawn).copied().collect();
    let samples = match settings.scope {
        _ if settings.resamples == 0 => Vec::new(),
        Scope::Ranking if subject.clusters.is_none() => ranks(subject, settings, study),
        _ => samples(subject, &kernel, &metrics, settings, study),
    };
    let intervals: Vec<Result<(f64, f64), Why>> = (0..metrics.len())
        .map(|at| percentile(samples.iter().map(|sample| sample.get(at).copied().unwrap_or(f64::NAN))))
        .collect();
    let by = Writer { subject, settings, evaluation, plan };
    let mut rows = vec![by.delong()];
    for (metric, interval) in plan.told.iter().zip(&intervals) {
        rows.push(by.row(*metric, &point, *interval));
    }
    rows.extend(by.ties(&point));
    let findings = findings(subject, &kernel, &point, &metrics, &intervals);
    Single { rows, findings, cuts: kernel.cuts_of(counts) }
}

/// Ranking alone takes the fast way.
fn ranks(subject: &Subject, settings: &Settings, study: u64) -> Vec<Vec<f64>> {
    let found = ranking(&subject.by_value(), settings.resamples, settings.seed, study);
    found.unwrap_or_default().into_iter().map(Vec::from).collect()
}

fn samples(subject: &Subject, kernel: &Kernel, metrics: &[Metric], settings: &Settings, study: u64) -> Vec<Vec<f64>> {
    if subject.rows.is_empty() || settings.resamples == 0 {
        return Vec::new();
    }
    let panel = Panel::of(&[&subject.cells], &subject.events, subject.clusters.as_deref());
    panel.resample(settings.resamples, settings.seed, study, |ranked, drawn| {
        let observed = kernel.observe(&ranked[0], &drawn[0], false);
        let figure = |metric: &Metric| match analytic(*metric) && subject.clusters.is_none() {
            true => f64::NAN,
            false => observed.value(*metric).unwrap_or(f64::NAN),
        };
        metrics.iter().map(figure).collect()
    })
}

/// Whether an interval is known without resampling, when rows are independent.
fn analytic(metric: Metric) -> bool {
    matches!(metric, Metric::At(..) | Metric::Intercept | Metric::Slope)
}

/// Writes rows of one model.
struct Writer<'a> {
    subject: &'a Subject<'a>,
    settings: &'a Settings,
    evaluation: &'a str,
    plan: &'a Plan,
}

impl Writer<'_> {
    fn tidy(&self, metric: String, estimate: Estimate, method: String) -> Row {
        Row {
            evaluation: self.evaluation.to_owned(),
            model: self.subject.candidate.name.clone(),
            metric,
            estimate,
            n: Some(self.subject.n()),
            events: Some(self.subject.number_of_events()),
            method,
        }
    }

    /// DeLong's interval takes every row for independent.
    fn delong(&self) -> Row {
        let mut estimate = delong::interval(&self.subject.by_value());
        if let (Some(_), Some(auroc)) = (&self.subject.clusters, estimate.value.number()) {
            estimate = Estimate::without_interval(auroc, Why::DependentRows);
        }
        self.tidy(Metric::Auroc.name(self.plan), estimate, "DeLong interval".to_owned())
    }

    fn row(&self, metric: Metric, point: &Observed, interval: Result<(f64, f64), Why>) -> Row {
        let apart = self.subject.clusters.is_none();
        let (estimate, method) = match metric {
            Metric::At(what, at) if apart && point.table(at).is_some() => (
                point.table(at).map_or_else(|| Estimate::not_estimable(Why::NoProbabilities), |table| what.of(table)),
                what.method().to_owned(),
            ),
            Metric::Intercept if apart => {
                (wald(point, metric, |fitted| fitted.intercept.as_ref().ok(), 0), WALD.to_owned())
            }
            Metric::Slope if apart => (wald(point, metric, |fitted| fitted.slope.as_ref().ok(), 1), WALD.to_owned()),
            _ => (Estimate::of(value(self, point, metric), interval), bootstrap_method(metric, self.settings, !apart)),
        };
        self.tidy(metric.name(self.plan), estimate, method)
    }

    /// Who shares the score at the cut of each list.
    fn ties(&self, point: &Observed) -> Vec<Row> {
        let lists = self.plan.told.iter().filter_map(|metric| match metric {
            Metric::Captured(at) => Some(*at),
            _ => None,
        });
        let told = |number: f64| match number {
            small if small > 0.0 && small < crate::clinical::small::FEWEST as f64 => Estimate::suppressed(),
            number => Estimate::plain(number),
        };
        let row = |at: usize| {
            let tied = point.list(at).map_or_else(|| Estimate::not_estimable(Why::Empty), |list| told(list.tied));
            let name = format!("patients tied at the cut, list of {}", self.plan.capacities[at].name());
            self.tidy(name, tied, "count; each of them has the same chance of a place".to_owned())
        };
        lists.map(row).collect()
    }
}

const WALD: &str = "Wald interval";

/// Probabilities that could not be mapped carry the map's own reason.
fn value(by: &Writer, point: &Observed, metric: Metric) -> Result<f64, Why> {
    point.value(metric).map_err(|why| match (&by.subject.candidate.p, why) {
        (Err(reason), Why::NoProbabilities) => *reason,
        _ => why,
    })
}

/// How an interval was resampled.
#[must_use]
pub fn bootstrap_method(metric: Metric, settings: &Settings, clustered: bool) -> String {
    let how = match metric {
        _ if clustered => "whole clusters drawn",
        Metric::Auroc | Metric::AveragePrecision => "stratified by outcome",
        _ => "persons drawn",
    };
    format!("bootstrap percentile interval, {how}, {} resamples", settings.resamples)
}

fn wald(
    point: &Observed,
    metric: Metric,
    fit: fn(&crate::evaluate::measure::calibration::Fitted) -> Option<&Fit>,
    at: usize,
) -> Estimate {
    let Err(why) = point.value(metric) else {
        let Some(fit) = point.fitted().and_then(fit) else { return Estimate::not_estimable(Why::NoConvergence) };
        let half = Z95 * fit.standard_error(at);
        return Estimate::number(fit.coefficients[at], fit.coefficients[at] - half, fit.coefficients[at] + half);
    };
    Estimate::not_estimable(why)
}

fn findings(
    subject: &Subject,
    kernel: &Kernel,
    point: &Observed,
    metrics: &[Metric],
    intervals: &[Result<(f64, f64), Why>],
) -> ModelFindings {
    let at = |metric: Metric, x: f64| {
        let y = point.value(metric).ok()?;
        let place = metrics.iter().position(|other| *other == metric)?;
        let (lower, upper) = intervals[place].unwrap_or((f64::NAN, f64::NAN));
        Some(Point { x, y, lower, upper })
    };
    let plan = kernel.plan;
    let thresholds = || plan.thresholds.iter().copied().enumerate();
    let [roc, precision_recall] = curves(&subject.by_value());
    ModelFindings {
        name: subject.candidate.name.clone(),
        version: subject.candidate.version.clone(),
        p_from: subject.candidate.p_from,
        n: subject.n(),
        events: subject.number_of_events(),
        roc,
        precision_recall,
        calibration: kernel
            .curve_points()
            .into_iter()
            .enumerate()
            .filter_map(|(i, p)| at(Metric::Curve(i), p))
            .collect(),
        histogram: super::lists::histogram(&subject.cells.p, &subject.counts),
        decision: thresholds().filter_map(|(i, t)| at(Metric::NetBenefit(i), t)).collect(),
        decision_all: thresholds()
            .filter_map(|(i, t)| Some((t, point.value(Metric::NetBenefitOfAll(i)).ok()?)))
            .collect(),
        capture: plan.list_curve.iter().enumerate().filter_map(|(i, share)| at(Metric::CurveList(i), *share)).collect(),
        forest: Vec::new(),
    }
}

/// Whether an estimate has a number.
#[must_use]
pub fn has_number(estimate: &Estimate) -> bool {
    matches!(estimate.value, Told::Number(_))
}
