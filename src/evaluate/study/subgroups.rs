//! For whom? Every model within each age band, sex, GP, target group and quiet or not.

use super::candidate::Candidate;
use super::compare::{CONCORDANCE, JACKKNIFE, of_subject};
use super::disclosure::{Size, hidden};
use super::findings::Row;
use super::kernel::Cut;
use super::plan::Plan;
use super::settings::Settings;
use super::single::{Subject, evaluate};
use crate::evaluate::estimate::Estimate;
use crate::evaluate::input::patients::Dimension;
use crate::evaluate::measure::concordance::Follow;
use rayon::prelude::*;

/// What every subgroup shares.
pub struct Frame<'a> {
    pub events: &'a [Option<bool>],
    pub follow: Option<&'a [Option<Follow>]>,
    pub clusters: Option<&'a [u32]>,
    pub plan: &'a Plan,
    pub settings: &'a Settings,
    pub outcome: &'a str,
}

/// A line of a forest plot: the model's number, the subgroup, its area and its size.
pub type Line = (usize, String, Estimate, Option<u64>);

/// All subgroups of one dimension. `cuts` are where each model's lists of all patients end.
#[must_use]
pub fn of(frame: &Frame, dimension: &Dimension, models: &[Candidate], cuts: &[Vec<Cut>]) -> (Vec<Row>, Vec<Line>) {
    let size = |candidate: &Candidate, rows: &mut dyn Iterator<Item = u32>| {
        let mut size = Size::default();
        for row in rows.filter(|row| !candidate.value[*row as usize].is_nan()) {
            if let Some(event) = frame.events[row as usize] {
                size.n += 1;
                size.events += u64::from(event);
            }
        }
        size
    };
    let by_level = |candidate: &Candidate| -> Vec<Size> {
        dimension.levels.iter().map(|(_, rows)| size(candidate, &mut rows.iter().copied())).collect()
    };
    let sizes: Vec<Vec<Size>> = models.iter().map(by_level).collect();
    let whole: Vec<Size> = models.iter().map(|model| size(model, &mut (0..frame.events.len() as u32))).collect();
    let hidden = hidden(&sizes, &whole, dimension.overlapping);
    let jobs: Vec<(usize, usize)> =
        (0..dimension.levels.len()).flat_map(|level| (0..models.len()).map(move |model| (level, model))).collect();
    let one = |(level, model): (usize, usize)| {
        let label = format!("{}: {}", dimension.name, dimension.levels[level].0);
        let candidate = &models[model];
        if hidden[level] {
            let line = (model, label.clone(), Estimate::suppressed(), None);
            return (vec![suppressed(frame, candidate, &label)], line);
        }
        level_of(frame, candidate, model, &label, &dimension.levels[level].1, &cuts[model])
    };
    let found: Vec<(Vec<Row>, Line)> = jobs.into_par_iter().map(one).collect();
    let (rows, lines): (Vec<Vec<Row>>, Vec<Line>) = found.into_iter().unzip();
    (rows.concat(), lines)
}

fn evaluation(frame: &Frame, label: &str) -> String {
    format!("{} | {label}", frame.outcome)
}

fn suppressed(frame: &Frame, candidate: &Candidate, label: &str) -> Row {
    Row {
        evaluation: evaluation(frame, label),
        model: candidate.name.clone(),
        metric: "all".to_owned(),
        estimate: Estimate::suppressed(),
        n: None,
        events: None,
        method:
            "suppressed: fewer than 5 persons, events or non-events here or in a subgroup that would give them away"
                .to_owned(),
    }
}

fn level_of(
    frame: &Frame,
    candidate: &Candidate,
    model: usize,
    label: &str,
    rows: &[u32],
    cuts: &[Cut],
) -> (Vec<Row>, Line) {
    let subject = Subject::of(candidate, frame.events, frame.clusters, rows.iter().copied());
    let evaluation = evaluation(frame, label);
    let single = evaluate(&subject, frame.plan, frame.settings, &evaluation, Some(cuts.to_vec()));
    let mut rows = single.rows;
    if let (Some(follow), Some(first)) = (frame.follow, rows.first().cloned()) {
        let found = of_subject(&subject, follow);
        let estimate =
            found.map_or_else(Estimate::not_estimable, |(found, clusters)| found.estimate(clusters.as_deref()));
        rows.push(Row { metric: CONCORDANCE.to_owned(), estimate, method: JACKKNIFE.to_owned(), ..first });
    }
    // DeLong's interval where rows are independent, else the bootstrap's, which stands second.
    let area = if subject.clusters.is_none() { rows.first() } else { rows.get(1) };
    let area = area.map_or_else(Estimate::suppressed, |row| row.estimate.clone());
    (rows, (model, label.to_owned(), area, Some(subject.n())))
}
