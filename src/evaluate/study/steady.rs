//! Is it steady? How much of the list is replaced from one index day to the next.

use super::findings::Row;
use super::settings::Capacity;
use crate::evaluate::estimate::{Estimate, Why};
use crate::evaluate::input::scores::{OneDay, Scored};
use crate::evaluate::resample::stream::mix;

/// The evaluation's name in the tables.
pub const EVALUATION: &str = "steadiness";

/// Rows of one model: the mean share replaced over all pairs of neighbouring days, with the least and the greatest.
#[must_use]
pub fn rows(model: &Scored, capacities: &[Capacity]) -> Vec<Row> {
    capacities.iter().flat_map(|capacity| of_capacity(model, *capacity)).collect()
}

fn of_capacity(model: &Scored, capacity: Capacity) -> Vec<Row> {
    let n = model.series.iter().map(|day| day.scores.len()).min().unwrap_or(0);
    let row = |metric: String, estimate: Estimate, method: &str| Row {
        evaluation: EVALUATION.to_owned(),
        model: model.name.clone(),
        metric,
        estimate,
        n: Some(n as u64),
        events: Some(0),
        method: method.to_owned(),
    };
    let lists: Vec<(Vec<u32>, usize)> = model.series.iter().map(|day| list(day, capacity)).collect();
    let shares: Vec<f64> = lists.windows(2).map(|pair| replaced(&pair[0].0, &pair[1].0)).collect();
    let name = capacity.name();
    let replaced = if shares.is_empty() {
        Estimate::not_estimable(Why::OneDay)
    } else {
        let mean = shares.iter().sum::<f64>() / shares.len() as f64;
        let (least, most) = shares.iter().fold((1.0_f64, 0.0_f64), |(a, b), share| (a.min(*share), b.max(*share)));
        Estimate::number(mean, least, most)
    };
    let pairs = format!("mean, least and greatest over {} pairs of neighbouring index days", shares.len());
    let marginal = lists.iter().map(|(_, marginal)| *marginal as u64).max().unwrap_or(0);
    vec![
        row(format!("share of the list replaced, list of {name}"), replaced, &pairs),
        row(
            format!("patients tied at the cut, list of {name}"),
            super::lists::told(&[marginal]).remove(0),
            "count, the greatest of all index days",
        ),
    ]
}

/// The patients on a day's list, ascending, and how many share the score at its cut while some of them found no place.
fn list(day: &OneDay, capacity: Capacity) -> (Vec<u32>, usize) {
    let places = (capacity.places(day.scores.len()) as usize).min(day.scores.len());
    let mut order: Vec<(f64, u64, u32)> =
        day.scores.iter().map(|(patient, score)| (-score, mix(u64::from(*patient)), *patient)).collect();
    order.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let next = order.get(places).map(|(score, _, _)| *score);
    let cut = places.checked_sub(1).map(|last| order[last].0);
    let tied = if cut == next { order.iter().filter(|(score, _, _)| Some(*score) == next).count() } else { 0 };
    let mut list: Vec<u32> = order.iter().take(places).map(|(_, _, patient)| *patient).collect();
    list.sort_unstable();
    (list, tied)
}

/// The share of the later list that was not on the earlier one.
fn replaced(before: &[u32], after: &[u32]) -> f64 {
    let new = after.iter().filter(|patient| before.binary_search(patient).is_err()).count();
    if after.is_empty() { 0.0 } else { new as f64 / after.len() as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_two_is_replaced() {
        let day = |day, scores: &[f64]| OneDay { day, scores: (0..).zip(scores.iter().copied()).collect() };
        let model = Scored {
            name: "a".to_owned(),
            version: None,
            value: Vec::new(),
            probability: None,
            unmatched: 0,
            series: vec![day(0, &[9.0, 8.0, 1.0, 1.0]), day(7, &[9.0, 1.0, 8.0, 1.0]), day(14, &[9.0, 1.0, 8.0, 1.0])],
        };
        let rows = rows(&model, &[Capacity::Contacts(2), Capacity::Contacts(3)]);
        assert_eq!(rows[0].estimate, Estimate::number(0.25, 0.0, 0.5));
        assert_eq!(rows[1].estimate, Estimate::plain(0.0));
        assert_eq!(rows[3].estimate, Estimate::suppressed());
    }
}
