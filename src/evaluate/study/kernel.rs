//! From how often each cell was drawn to every figure, in linear passes.

use super::cells::Cells;
use super::grouped::Grouped;
use super::metric::Metric;
use super::observed::Observed;
use super::plan::{CURVE_POINTS, Plan};
use crate::evaluate::estimate::Why;
use crate::evaluate::measure::calibration::{Distances, Fitted};
use crate::evaluate::measure::capacity::{Capture, captures};
use crate::evaluate::measure::loss::{Loss, Losses};
use crate::evaluate::measure::ranking::{auroc, average_precision};
use crate::evaluate::measure::threshold::Table;
use std::borrow::Cow;

/// Resamples fit the calibration curve on at most so many groups of neighbouring probabilities; the point estimate takes
/// every probability by itself.
pub const GROUPS: usize = 128;

/// Where the list of all ends: the score at the cut, and the share of those with that score who have a place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cut {
    pub score: f64,
    pub share: f64,
}

/// What is made once for all resamples of one model on one set of rows.
pub struct Kernel<'a> {
    pub plan: &'a Plan,
    pub cells: &'a Cells,
    pub(super) losses: Vec<Loss>,
    /// How many thresholds each cell reaches.
    reached: Vec<u16>,
    fine: Result<Grouped, Why>,
    coarse: Option<Grouped>,
    /// Lists, and for a subgroup where the list of all was cut.
    places: Vec<f64>,
    pub(super) cuts: Option<Vec<Cut>>,
    start: Option<Fitted>,
    fits: Fits,
}

/// Which fits the figures need.
#[derive(Debug, Clone, Copy)]
struct Fits {
    lines: bool,
    resampled_lines: bool,
    curve: bool,
}

impl<'a> Kernel<'a> {
    /// `counts` are those of the sample itself; `lines` says whether resamples need calibration intercept and slope, too.
    #[must_use]
    pub fn new(plan: &'a Plan, cells: &'a Cells, counts: &[u32], cuts: Option<Vec<Cut>>, lines: bool) -> Kernel<'a> {
        let n: usize = counts.iter().map(|count| *count as usize).sum();
        let told = |metric: &Metric| plan.told.contains(metric);
        let fits = Fits { lines: told(&Metric::Slope), resampled_lines: lines, curve: told(&Metric::Ici) };
        let fine = if cells.p.is_empty() { Err(Why::NoProbabilities) } else { Grouped::of(cells, counts, usize::MAX) };
        let coarse = match &fine {
            Ok(fine) if fine.frame.len() > GROUPS => Grouped::of(cells, counts, GROUPS).ok(),
            _ => None,
        };
        let mut places: Vec<f64> = plan.capacities.iter().map(|capacity| capacity.places(n)).collect();
        if plan.drawn.iter().any(|metric| matches!(metric, Metric::CurveList(_))) {
            places.extend(plan.list_curve.iter().map(|share| (share * n as f64).round().max(1.0)));
        }
        let reached = cells.p.iter().map(|p| plan.thresholds.partition_point(|t| t <= p) as u16).collect();
        let losses = cells.p.iter().map(|p| Loss::of(*p)).collect();
        let mut kernel = Kernel { plan, cells, losses, reached, fine, coarse, places, cuts, start: None, fits };
        kernel.start = kernel.calibration(counts, true).0.ok();
        kernel
    }

    /// The figures of a sample: `ranked` is drawn within events and non-events, `drawn` from all. `exact` takes every
    /// probability by itself.
    #[must_use]
    pub fn observe(&'a self, ranked: &[u32], drawn: &[u32], exact: bool) -> Observed<'a> {
        let by_value = self.cells.by_value(ranked);
        let ranking = [auroc(&by_value), average_precision(&by_value)];
        let mut losses = Losses::default();
        for (loss, pair) in self.losses.iter().zip(drawn.chunks_exact(2)) {
            losses.add(loss, [pair[0], pair[1]]);
        }
        let (fitted, distances, curve_at) = self.calibration(drawn, exact);
        let lists = self.lists(&self.cells.by_value(drawn));
        Observed { kernel: self, ranking, losses, tables: self.tables(drawn), lists, fitted, distances, curve_at }
    }

    fn calibration(&self, drawn: &[u32], exact: bool) -> (Result<Fitted, Why>, Result<Distances, Why>, Vec<f64>) {
        let grouped = match (&self.fine, &self.coarse) {
            (Err(why), _) => return (Err(*why), Err(*why), Vec::new()),
            (Ok(_), Some(coarse)) if !exact => coarse,
            (Ok(fine), _) => fine,
        };
        let [no, yes] = grouped.counts(drawn);
        let lines = self.fits.lines && (exact || self.fits.resampled_lines);
        let start = self.start.as_ref().filter(|_| !exact);
        let fitted = grouped.frame.fit_some(&no, &yes, start, lines, self.fits.curve);
        let distances = fitted.curve.as_ref().map(|curve| grouped.frame.distances(curve, &no, &yes));
        let distances = distances.map_err(|why| Why::from(*why));
        let drawn_curve = self.plan.drawn.contains(&Metric::Curve(0));
        let at = match &fitted.curve {
            Ok(curve) if drawn_curve => self.curve_points().iter().map(|p| grouped.frame.at(curve, *p)).collect(),
            _ => Vec::new(),
        };
        (Ok(fitted), distances, at)
    }

    /// Probabilities at which the calibration curve is drawn: evenly between the least and the greatest.
    #[must_use]
    pub fn curve_points(&self) -> Vec<f64> {
        let (least, most) = self.cells.p.iter().fold((1.0_f64, 0.0_f64), |(a, b), p| (a.min(*p), b.max(*p)));
        let step = (most - least) / (CURVE_POINTS - 1) as f64;
        (0..CURVE_POINTS).map(|at| (least + step * at as f64).clamp(1e-9, 1.0 - 1e-9)).collect()
    }

    fn tables(&self, drawn: &[u32]) -> Vec<Table> {
        if self.reached.is_empty() {
            return Vec::new();
        }
        let mut bins = vec![[0_u64; 2]; self.plan.thresholds.len() + 1];
        for (bin, pair) in self.reached.iter().zip(drawn.chunks_exact(2)) {
            let bin = &mut bins[*bin as usize];
            bin[0] += u64::from(pair[0]);
            bin[1] += u64::from(pair[1]);
        }
        let all = bins.iter().fold([0, 0], |all, bin| [all[0] + bin[0], all[1] + bin[1]]);
        let mut below = [0, 0];
        let table = |bin: &[u64; 2]| {
            below = [below[0] + bin[0], below[1] + bin[1]];
            Table {
                true_positive: (all[1] - below[1]) as f64,
                false_positive: (all[0] - below[0]) as f64,
                false_negative: below[1] as f64,
                true_negative: below[0] as f64,
            }
        };
        bins[..self.plan.thresholds.len()].iter().map(table).collect()
    }

    fn lists(&self, by_value: &[u32]) -> Vec<Capture> {
        let Some(cuts) = &self.cuts else { return captures(by_value, &self.places) };
        cuts.iter().map(|cut| self.held(by_value, *cut)).collect()
    }

    /// What a list that was cut elsewhere holds of these rows.
    fn held(&self, by_value: &[u32], cut: Cut) -> Capture {
        let above = self.cells.values.partition_point(|value| *value <= cut.score);
        let [mut places, mut caught, mut n, mut events] = [0.0; 4];
        for (value, pair) in by_value.chunks_exact(2).enumerate() {
            let [no, yes] = [f64::from(pair[0]), f64::from(pair[1])];
            let tied = self.cells.values[value] == cut.score;
            let share = if value >= above { 1.0 } else { cut.share * f64::from(u8::from(tied)) };
            places += share * (no + yes);
            caught += share * yes;
            n += no + yes;
            events += yes;
        }
        Capture { capacity: places, n, events, caught, tied: 0.0, places_for_tied: 0.0 }
    }

    /// Where lists of these rows are cut.
    #[must_use]
    pub fn cuts_of(&self, counts: &[u32]) -> Vec<Cut> {
        let by_value: Cow<[u32]> = self.cells.by_value(counts);
        let cut = |places: f64| {
            let mut above = 0.0;
            for (value, pair) in by_value.chunks_exact(2).enumerate().rev() {
                let here = f64::from(pair[0]) + f64::from(pair[1]);
                if above + here > places {
                    return Cut { score: self.cells.values[value], share: (places - above) / here };
                }
                above += here;
            }
            Cut { score: f64::NEG_INFINITY, share: 0.0 }
        };
        self.places[..self.plan.capacities.len()].iter().map(|places| cut(*places)).collect()
    }
}
