//! Is A better than B? Every figure's difference on the patients whom both score, from the same resamples.

use super::findings::Row;
use super::kernel::Kernel;
use super::lists::{CROSSED, crossed, listed, told_crossed};
use super::metric::Metric;
use super::panel::Panel;
use super::plan::Plan;
use super::settings::Settings;
use super::single::{Subject, bootstrap_method};
use crate::evaluate::estimate::{Estimate, Why};
use crate::evaluate::measure::concordance::{Concordance, Follow, concordance};
use crate::evaluate::measure::delong;
use crate::evaluate::resample::interval::percentile;
use crate::evaluate::resample::stream::named;
use std::borrow::Cow;

/// Two models on the patients whom both score.
pub struct Pair<'a> {
    a: Cow<'a, Subject<'a>>,
    b: Cow<'a, Subject<'a>>,
    evaluation: String,
    name: String,
}

impl<'a> Pair<'a> {
    /// `first` against `second`.
    #[must_use]
    pub fn of(
        first: &'a Subject<'a>,
        second: &'a Subject<'a>,
        events: &[Option<bool>],
        clusters: Option<&[u32]>,
        outcome: &str,
    ) -> Pair<'a> {
        // What stands is not sorted again.
        let on_both = |subject: &'a Subject<'a>, other: &Subject| {
            let scored = |row: &u32| !other.candidate.value[*row as usize].is_nan();
            match subject.rows == other.rows || subject.rows.iter().all(scored) {
                true => Cow::Borrowed(subject),
                false => {
                    let rows = subject.rows.iter().copied().filter(scored);
                    Cow::Owned(Subject::of(subject.candidate, events, clusters, rows))
                }
            }
        };
        Pair {
            a: on_both(first, second),
            b: on_both(second, first),
            evaluation: format!("{outcome} | difference"),
            name: format!("{} - {}", first.candidate.name, second.candidate.name),
        }
    }

    /// Every row of the comparison.
    #[must_use]
    pub fn rows(&self, plan: &Plan, settings: &Settings, follow: Option<&[Option<Follow>]>) -> Vec<Row> {
        let mut rows = self.delong();
        rows.extend(self.differences(plan, settings));
        rows.extend(follow.map(|follow| self.concordance(follow)));
        rows.extend(self.lists(plan));
        rows.extend(self.reclassified(plan));
        rows
    }

    fn row(&self, metric: String, estimate: Estimate, method: impl Into<String>) -> Row {
        Row {
            evaluation: self.evaluation.clone(),
            model: self.name.clone(),
            metric,
            estimate,
            n: Some(self.a.n()),
            events: Some(self.a.number_of_events()),
            method: method.into(),
        }
    }

    /// DeLong's test takes every row for independent.
    fn delong(&self) -> Vec<Row> {
        let places = [&self.a, &self.b].map(|subject| subject.cells.values_of_rows());
        let by_value = [self.a.by_value(), self.b.by_value()];
        let scores = |at: usize| delong::Scores { counts: &by_value[at], place: &places[at] };
        let tested = match self.a.clusters {
            Some(_) => Err(Why::DependentRows),
            None => delong::paired(scores(0), scores(1), &self.a.events),
        };
        let estimate =
            |of: fn(&delong::Paired) -> Estimate| tested.as_ref().map_or_else(|why| Estimate::not_estimable(*why), of);
        vec![
            self.row(
                "AUROC".to_owned(),
                estimate(delong::Paired::difference),
                "DeLong interval of a paired difference",
            ),
            self.row("z of the AUROC difference".to_owned(), estimate(|found| Estimate::plain(found.z)), "DeLong test"),
            self.row(
                "p of the AUROC difference".to_owned(),
                estimate(|found| Estimate::plain(found.p)),
                "DeLong test, two-sided",
            ),
        ]
    }

    fn differences(&self, plan: &Plan, settings: &Settings) -> Vec<Row> {
        let counts = [&self.a.counts[..], &self.b.counts];
        let kernels = [&self.a, &self.b].map(|subject| Kernel::new(plan, &subject.cells, &subject.counts, None, true));
        // What calling on everybody gives is the same for both.
        let metrics: Vec<Metric> =
            plan.told.iter().copied().filter(|metric| !matches!(metric, Metric::NetBenefitOfAll(_))).collect();
        let none = self.a.rows.is_empty() || settings.resamples == 0;
        let samples = if none { Vec::new() } else { self.samples(&kernels, &metrics, settings) };
        let points = [0, 1].map(|at| kernels[at].observe(counts[at], counts[at], true));
        let row = |(at, metric): (usize, &Metric)| {
            let difference = points[0].value(*metric).and_then(|a| Ok(a - points[1].value(*metric)?));
            let interval = percentile(samples.iter().map(|sample: &Vec<f64>| sample[at]));
            let method = bootstrap_method(*metric, settings, self.a.clusters.is_some());
            self.row(metric.name(plan), Estimate::of(difference, interval), format!("paired {method}"))
        };
        metrics.iter().enumerate().map(row).collect()
    }

    fn samples(&self, kernels: &[Kernel; 2], metrics: &[Metric], settings: &Settings) -> Vec<Vec<f64>> {
        let panel = Panel::of(&[&self.a.cells, &self.b.cells], &self.a.events, self.a.clusters.as_deref());
        let study = named(&self.evaluation) ^ named(&self.name);
        panel.resample(settings.resamples, settings.seed, study, |ranked, drawn| {
            let observed = [0, 1].map(|at| kernels[at].observe(&ranked[at], &drawn[at], false));
            let difference =
                |metric: &Metric| observed[0].value(*metric).and_then(|a| Ok(a - observed[1].value(*metric)?));
            metrics.iter().map(|metric| difference(metric).unwrap_or(f64::NAN)).collect()
        })
    }

    fn concordance(&self, follow: &[Option<Follow>]) -> Row {
        let a = of_subject(&self.a, follow);
        let b = of_subject(&self.b, follow);
        let estimate = match (a, b) {
            (Ok((a, clusters)), Ok((b, _))) => a.difference(&b, clusters.as_deref()),
            (Err(why), _) | (_, Err(why)) => Estimate::not_estimable(why),
        };
        self.row(CONCORDANCE.to_owned(), estimate, JACKKNIFE)
    }

    /// How far two lists of a size hold the same patients.
    fn lists(&self, plan: &Plan) -> Vec<Row> {
        let capacities = plan.capacities.iter().filter(|_| plan.told.contains(&Metric::Captured(0)));
        let mut rows = Vec::new();
        for capacity in capacities {
            let places = capacity.places(self.a.rows.len());
            if places as usize >= self.a.rows.len() {
                continue;
            }
            let [a, b] = [&self.a, &self.b].map(|subject| listed(&subject.cells, &subject.rows, places as usize));
            let name = format!("list of {}", capacity.name());
            rows.extend(self.crossed(&a, &b, &format!("on {name}")));
        }
        rows
    }

    /// Who is above a threshold of probability by one model and not by the other.
    fn reclassified(&self, plan: &Plan) -> Vec<Row> {
        let (true, Ok(_), Ok(_)) = (plan.told.contains(&Metric::Ici), &self.a.candidate.p, &self.b.candidate.p) else {
            return Vec::new();
        };
        let above = |subject: &Subject, threshold: f64| -> Vec<bool> {
            subject.cells.of_row.iter().map(|cell| subject.cells.p[*cell as usize] >= threshold).collect()
        };
        let at = |at: &usize| {
            let threshold = plan.thresholds[*at];
            self.crossed(&above(&self.a, threshold), &above(&self.b, threshold), &format!("at or above {threshold}"))
        };
        plan.asked.iter().flat_map(at).collect()
    }

    fn crossed(&self, a: &[bool], b: &[bool], what: &str) -> Vec<Row> {
        let mut rows = Vec::new();
        for (class, name) in [(true, "events"), (false, "non-events")] {
            let counted = self.a.events.iter().map(|event| *event == class);
            let counts = crossed(a.iter().copied(), b.iter().copied(), counted);
            for (estimate, who) in told_crossed(counts).into_iter().zip(CROSSED) {
                rows.push(self.row(format!("{name} {what}: {who}"), estimate, "count"));
            }
        }
        rows
    }
}

/// The name of the concordance in the tables.
pub const CONCORDANCE: &str = "concordance (Harrell's C)";
/// How its interval is made.
pub const JACKKNIFE: &str = "infinitesimal jackknife interval";

/// The concordance of a subject's rows whose follow-up is told, and the clusters of those rows.
///
/// # Errors
/// When no two of them can be compared.
pub fn of_subject(subject: &Subject, follow: &[Option<Follow>]) -> Result<(Concordance, Option<Vec<u32>>), Why> {
    let told = subject.rows.iter().enumerate().filter_map(|(at, row)| Some((at, follow[*row as usize]?)));
    let (at, follow): (Vec<usize>, Vec<Follow>) = told.unzip();
    let places: Vec<u32> = at.iter().map(|at| subject.cells.value_of_row(*at)).collect();
    let clusters = subject.clusters.as_ref().map(|clusters| at.iter().map(|at| clusters[*at]).collect());
    concordance(&places, subject.cells.values.len(), &follow).map(|found| (found, clusters))
}
