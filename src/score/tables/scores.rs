//! One row for each patient, index day and rule set.

use super::super::columns;
use super::super::known::{KnownOutcomes, OutcomeId};
use super::super::result::Outcome;
use super::Names;
use super::keyed::Days;
use crate::clinical::{Day, Tri};
use crate::journal::encoding::{Column, Dictionary, Interner, MISSING};
use crate::model::ruleset::Link;
use crate::observe::ids::Ids;
use std::sync::Arc;

/// Rows of `scores`: for each patient and index day one outcome a rule set, in the order of the rule sets.
#[derive(Debug, Default)]
pub struct ScoreRows {
    /// The patients by their number in the block, and the days; each stands for as many rows as there are rule sets.
    patients: Vec<u32>,
    days: Days,
    outcomes: Vec<OutcomeId>,
}

impl ScoreRows {
    /// With room for so many rows.
    #[must_use]
    pub fn with_capacity(rows: usize) -> ScoreRows {
        ScoreRows { outcomes: Vec::with_capacity(rows), ..ScoreRows::default() }
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.outcomes.len()
    }

    /// Adds the outcomes of a patient on an index day: one a rule set, in order.
    pub fn push(&mut self, patient: u32, on: Day, outcomes: &[OutcomeId]) {
        self.patients.push(patient);
        self.days.0.push(on.0);
        self.outcomes.extend_from_slice(outcomes);
    }

    #[must_use]
    pub fn finish(self, ids: &Ids, names: &Names, known: &KnownOutcomes) -> Vec<Column> {
        let each = names.links.len() as u32;
        let rounds = self.patients.len();
        let distinct = Distinct::of(&self.outcomes, known, names);
        let in_population = self.outcomes.iter().map(|id| distinct.inside[*id as usize]).collect();
        let outcomes = Arc::new(self.outcomes);
        let mapped = |table: &Arc<Vec<u32>>, words: &Arc<Dictionary>| {
            Column::Mapped(Arc::clone(&outcomes), Arc::clone(table), Arc::clone(words))
        };
        let points = Dictionary::points(distinct.points.values());
        let mut columns = vec![
            columns::ids(ids, self.patients.into_iter().map(|patient| (patient, each)).collect(), &names.id_type),
            self.days.finish(std::iter::repeat_n(each, rounds)),
            Column::Cycle(rounds, Arc::clone(&names.models)),
            Column::Cycle(rounds, Arc::clone(&names.versions)),
            mapped(&distinct.values, &points),
            mapped(&distinct.lowers, &points),
            mapped(&distinct.uppers, &points),
            mapped(&distinct.bands, &names.bands),
            Column::Cycle(rounds, Arc::clone(&names.assessable)),
            Column::Flags(in_population),
        ];
        if names.has_links {
            let risks = distinct.risks.values().iter().map(|bits| f64::from_bits(*bits as u64));
            columns.push(mapped(&distinct.probabilities, &Dictionary::doubles(risks)));
        }
        columns
    }
}

/// The keys of the outcomes that a block has, looked up by the outcome's number.
#[derive(Default)]
struct Distinct {
    points: Interner,
    values: Arc<Vec<u32>>,
    lowers: Arc<Vec<u32>>,
    uppers: Arc<Vec<u32>>,
    bands: Arc<Vec<u32>>,
    inside: Vec<u8>,
    risks: Interner,
    probabilities: Arc<Vec<u32>>,
}

/// How [`Column::Flags`] tells a missing answer.
const UNKNOWN: u8 = 2;

impl Distinct {
    /// Keys are given out in the order of the rows, so that they do not depend on what the thread met before.
    fn of(rows: &[OutcomeId], known: &KnownOutcomes, names: &Names) -> Distinct {
        let none = || vec![MISSING; known.len()];
        let (mut points, mut risks) = (Interner::default(), Interner::default());
        let (mut values, mut lowers, mut uppers, mut bands, mut probabilities) =
            (none(), none(), none(), none(), none());
        let mut inside = vec![UNSEEN; known.len()];
        for id in rows {
            let at = *id as usize;
            if inside[at] != UNSEEN {
                continue;
            }
            let outcome = known.get(*id);
            inside[at] = flag(outcome.in_population);
            let Some(score) = &outcome.score else { continue };
            values[at] = points.key(score.value.0);
            lowers[at] = points.key(score.lower.0);
            uppers[at] = points.key(score.upper.0);
            bands[at] = score.band.map_or(MISSING, |band| names.band_start[outcome.model] + u32::from(band));
            probabilities[at] = risk(names, outcome).map_or(MISSING, |risk| risks.key(risk.to_bits() as i64));
        }
        let values = Arc::new(values);
        // When nothing is unknown the bounds are the value, and need not be written out again.
        let bound = |keys: Vec<u32>| if keys == *values { Arc::clone(&values) } else { Arc::new(keys) };
        let (lowers, uppers) = (bound(lowers), bound(uppers));
        let (bands, probabilities) = (Arc::new(bands), Arc::new(probabilities));
        Distinct { points, values, lowers, uppers, bands, inside, risks, probabilities }
    }
}

/// Stands in the flags for an outcome that no row has had so far.
const UNSEEN: u8 = 3;

fn flag(truth: Tri) -> u8 {
    match truth {
        Tri::No => 0,
        Tri::Yes => 1,
        Tri::Unknown => UNKNOWN,
    }
}

fn risk(names: &Names, outcome: &Outcome) -> Option<f64> {
    let link = names.links[outcome.model].as_ref()?;
    outcome.score.map(|score| probability(link, score.value.as_f64()))
}

/// The probability that a link gives for a sum of points.
#[must_use]
pub fn probability(link: &Link, sum: f64) -> f64 {
    match link {
        Link::Logistic { intercept } => 1.0 / (1.0 + (-(intercept + sum)).exp()),
        Link::Cox { baseline_survival, scale, centre } => 1.0 - baseline_survival.powf((scale * sum - centre).exp()),
    }
}
