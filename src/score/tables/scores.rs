//! One row for each patient, index day and rule set.

use super::super::columns;
use super::super::result::Outcome;
use super::Names;
use super::keyed::{Days, Probabilities, repeated};
use crate::clinical::{Day, Tri};
use crate::journal::encoding::{Column, Dictionary, Interner, MISSING};
use crate::model::ruleset::Link;
use crate::observe::ids::Ids;
use std::sync::Arc;

/// Rows of `scores`, column by column: for each patient and index day one row a rule set, in the order of the rule sets.
#[derive(Debug, Default)]
pub struct ScoreRows {
    /// The patients by their number in the block, and the days; each stands for as many rows as there are rule sets.
    patients: Vec<u32>,
    days: Days,
    points: Interner,
    values: Vec<u32>,
    lowers: Vec<u32>,
    uppers: Vec<u32>,
    bands: Vec<u32>,
    inside: Vec<Option<bool>>,
    probabilities: Probabilities,
}

impl ScoreRows {
    /// With room for so many rows.
    #[must_use]
    pub fn with_capacity(rows: usize) -> ScoreRows {
        let mut all = ScoreRows { inside: Vec::with_capacity(rows), ..ScoreRows::default() };
        let columns = [&mut all.values, &mut all.lowers, &mut all.uppers, &mut all.bands];
        columns.into_iter().for_each(|column| column.reserve(rows));
        all
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Turns to a patient and an index day, whose outcomes follow: one a rule set, in order.
    pub fn turn(&mut self, patient: u32, on: Day) {
        self.patients.push(patient);
        self.days.0.push(on.0);
    }

    #[inline]
    pub fn push(&mut self, names: &Names, outcome: &Outcome) {
        self.inside.push(match outcome.in_population {
            Tri::Yes => Some(true),
            Tri::No => Some(false),
            Tri::Unknown => None,
        });
        self.push_score(names, outcome);
        if names.has_links {
            let link = names.links[outcome.model].as_ref();
            let risk = link.zip(outcome.score).map(|(link, score)| probability(link, score.value.as_f64()));
            self.probabilities.push(risk);
        }
    }

    #[inline]
    fn push_score(&mut self, names: &Names, outcome: &Outcome) {
        let [mut value, mut lower, mut upper, mut band] = [MISSING; 4];
        if let Some(score) = &outcome.score {
            value = self.points.key(score.value.0);
            lower = if score.lower == score.value { value } else { self.points.key(score.lower.0) };
            upper = if score.upper == score.value { value } else { self.points.key(score.upper.0) };
            band = score.band.map_or(MISSING, |band| names.band_start[outcome.model] + u32::from(band));
        }
        self.values.push(value);
        self.lowers.push(lower);
        self.uppers.push(upper);
        self.bands.push(band);
    }

    #[must_use]
    pub fn finish(self, ids: &Ids, names: &Names) -> Vec<Column> {
        let each = names.links.len();
        let models = Arc::new((0..each as u32).cycle().take(self.values.len()).collect());
        let points = Dictionary::points(self.points.values());
        let values = Arc::new(self.values);
        // When nothing is unknown the bounds are the value, and need not be written out again.
        let bound = |keys: Vec<u32>| if keys == *values { Arc::clone(&values) } else { Arc::new(keys) };
        let (lowers, uppers) = (bound(self.lowers), bound(self.uppers));
        let mut columns = vec![
            columns::ids(ids, repeated(&self.patients, each), &names.id_type),
            self.days.finish(each),
            Column::Keyed(Arc::clone(&models), Arc::clone(&names.models)),
            Column::Keyed(Arc::clone(&models), Arc::clone(&names.versions)),
            Column::Keyed(values, Arc::clone(&points)),
            Column::Keyed(lowers, Arc::clone(&points)),
            Column::Keyed(uppers, points),
            Column::Keyed(Arc::new(self.bands), Arc::clone(&names.bands)),
            Column::Keyed(models, Arc::clone(&names.assessable)),
            Column::Flags(self.inside),
        ];
        if names.has_links {
            columns.push(self.probabilities.finish());
        }
        columns
    }
}

/// The probability that a link gives for a sum of points.
#[must_use]
pub fn probability(link: &Link, sum: f64) -> f64 {
    match link {
        Link::Logistic { intercept } => 1.0 / (1.0 + (-(intercept + sum)).exp()),
        Link::Cox { baseline_survival, scale, centre } => 1.0 - baseline_survival.powf((scale * sum - centre).exp()),
    }
}
