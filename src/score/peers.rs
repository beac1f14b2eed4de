//! Fewer contacts than expected: a person's contact days against those of her peers (TARGET_GROUPS 2.7).

use super::evaluate::Evaluator;
use super::leaf::{self, Answer};
use super::node::PeersNode;
use crate::clinical::{Sex, Tri};
use crate::model::ruleset::Peers;
use statrs::distribution::{DiscreteCDF, NegativeBinomial, Poisson};
use std::collections::BTreeMap;

/// What an earlier pass over the same journal learned of the practice; sums of whole numbers, so any order gives the same.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Norms {
    tables: Vec<BTreeMap<Cell, Sums>>,
    fixed: Option<Sums>,
}

/// Those who count as alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cell {
    age_band: u8,
    sex: u8,
    morbidity_band: u8,
}

/// Number of persons, their contact days, and the squares of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sums {
    pub n: u64,
    pub sum: u64,
    pub squares: u64,
}

impl Sums {
    fn add(&mut self, other: Sums) {
        self.n += other.n;
        self.sum += other.sum;
        self.squares += other.squares;
    }

    fn of(days: u32, capped_at: u32) -> Sums {
        let days = u64::from(days.min(capped_at));
        Sums { n: 1, sum: days, squares: days * days }
    }
}

/// What a comparison found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Comparison {
    pub mean: f64,
    pub n: u64,
    /// Probability of so few contact days or fewer, to six decimals; `None` below the least mean.
    pub tail: Option<f64>,
}

impl Norms {
    #[must_use]
    pub fn new(tables: usize) -> Norms {
        Norms { tables: vec![BTreeMap::new(); tables], fixed: None }
    }

    /// The same peers for everyone, as a case states them.
    #[must_use]
    pub fn fixed(peers: Sums) -> Norms {
        Norms { tables: Vec::new(), fixed: Some(peers) }
    }

    /// Adds what another part of the journal gave.
    pub fn merge(&mut self, other: &Norms) {
        for (table, others) in self.tables.iter_mut().zip(&other.tables) {
            for (cell, sums) in others {
                table.entry(*cell).or_default().add(*sums);
            }
        }
    }

    /// Sums over the cells that the widening step takes together.
    fn widened(&self, table: usize, like: impl Fn(&Cell) -> bool) -> Sums {
        let mut sums = Sums::default();
        for (_, cell) in self.tables[table].iter().filter(|(cell, _)| like(cell)) {
            sums.add(*cell);
        }
        sums
    }
}

/// Counts the patient whom the evaluator looks at, if she is eligible.
pub(super) fn observe(evaluator: &mut Evaluator, node: &PeersNode, norms: &mut Norms) {
    if let Some((cell, days)) = place(evaluator, 0, node) {
        norms.tables[node.table].entry(cell).or_default().add(Sums::of(days, node.spec.capped_at));
    }
}

/// The cell and contact days of an eligible person.
fn place(evaluator: &mut Evaluator, at: usize, node: &PeersNode) -> Option<(Cell, u32)> {
    if !node.eligible.iter().all(|id| evaluator.truth(at, *id).is_yes()) {
        return None;
    }
    let view = evaluator.view(at);
    if view.facts.person.died_on.is_some_and(|day| day <= view.on) {
        return None;
    }
    let age = view.facts.person.birth?.age_on(view.on);
    let age_band = node.spec.age_bands.iter().rposition(|from| age >= *from)? as u8;
    let sick = node.morbidity.iter().filter(|id| evaluator.truth(at, **id).is_yes()).count() as u32;
    let morbidity_band = node.spec.morbidity_bands.iter().rposition(|from| sick >= *from)? as u8;
    let sex = match view.facts.person.sex {
        None => 0,
        Some(Sex::Female) => 1,
        Some(Sex::Male) => 2,
    };
    Some((Cell { age_band, sex, morbidity_band }, leaf::contact_days(view, &node.contacts)))
}

/// Whether the patient has fewer contact days than her peers lead one to expect.
pub(super) fn answer(evaluator: &mut Evaluator, at: usize, node: &PeersNode, missing: Tri) -> Answer {
    if evaluator.norms.fixed.is_none() && evaluator.norms.tables.is_empty() {
        return Answer::new(missing, 0);
    }
    let Some((cell, days)) = place(evaluator, at, node) else { return Answer::new(Tri::Unknown, 0) };
    match compare(evaluator.norms, node, cell, days) {
        None => Answer::new(Tri::Unknown, days),
        Some(found) => Answer::new(is_low(&node.spec, &found, days).into(), days),
    }
}

fn is_low(spec: &Peers, found: &Comparison, days: u32) -> bool {
    f64::from(days) < found.mean && found.tail.is_some_and(|tail| tail <= spec.tail_at_most)
}

/// The comparison behind an answer, for the reader.
pub(super) fn explain(evaluator: &mut Evaluator, at: usize, node: &PeersNode) -> Option<Comparison> {
    let (cell, days) = place(evaluator, at, node)?;
    compare(evaluator.norms, node, cell, days)
}

fn compare(norms: &Norms, node: &PeersNode, cell: Cell, days: u32) -> Option<Comparison> {
    let peers = match norms.fixed {
        Some(peers) => peers,
        None => peers_of(norms, node, cell, days),
    };
    (peers.n >= u64::from(node.spec.least_peers)).then(|| lower_tail(peers, days, node.spec.least_mean))
}

/// The others in the cell, widened until they are enough.
fn peers_of(norms: &Norms, node: &PeersNode, own: Cell, days: u32) -> Sums {
    let spec = &node.spec;
    let old = |cell: &Cell| spec.age_bands[cell.age_band as usize] >= spec.wide_age_from;
    let sick = |cell: &Cell| spec.morbidity_bands[cell.morbidity_band as usize] >= spec.wide_morbidity_from;
    let steps: [&dyn Fn(&Cell) -> bool; 5] = [
        &|cell| *cell == own,
        &|cell| cell.age_band == own.age_band && cell.morbidity_band == own.morbidity_band,
        &|cell| cell.age_band == own.age_band && sick(cell) == sick(&own),
        &|cell| old(cell) == old(&own) && sick(cell) == sick(&own),
        &|cell| sick(cell) == sick(&own),
    ];
    let myself = Sums::of(days, spec.capped_at);
    let mut peers = Sums::default();
    for like in steps {
        let all = norms.widened(node.table, like);
        peers = Sums {
            n: all.n.saturating_sub(1),
            sum: all.sum.saturating_sub(myself.sum),
            squares: all.squares.saturating_sub(myself.squares),
        };
        if peers.n >= u64::from(spec.least_peers) {
            break;
        }
    }
    peers
}

/// Negative binomial when the peers vary more than a Poisson law, else Poisson.
fn lower_tail(peers: Sums, days: u32, least_mean: f64) -> Comparison {
    let mean = peers.sum as f64 / peers.n as f64;
    // n (n − 1) (s² − m), in whole numbers, so that s² = m is seen as such.
    let [n, sum, squares] = [peers.n, peers.sum, peers.squares].map(i128::from);
    let excess = n * squares - sum * sum - (n - 1) * sum;
    let tail = if mean < least_mean {
        None
    } else if excess > 0 {
        let k = (sum * sum * (n - 1)) as f64 / (n * excess) as f64;
        NegativeBinomial::new(k, k / (k + mean)).ok().map(|law| law.cdf(u64::from(days)))
    } else {
        Poisson::new(mean).ok().map(|law| law.cdf(u64::from(days)))
    };
    Comparison { mean, n: peers.n, tail: tail.map(|q| (q * 1e6).round() / 1e6) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worked_table_of_expected_contacts() {
        // Mean, variance, own contact days, lower tail; the sums are those of n peers with that mean and variance.
        for (mean, variance, days, tail) in [
            (6.0, 18.0, 0, 0.037_037),
            (6.0, 18.0, 1, 0.111_111),
            (4.5, 13.5, 0, 0.084_426),
            (3.0, 9.0, 0, 0.192_450),
            (10.0, 40.0, 2, 0.074_439),
            (5.0, 4.0, 1, 0.040_428),
            (5.0, 4.0, 2, 0.124_652),
        ] {
            let n = 202.0;
            let squares = variance * (n - 1.0) + n * mean * mean;
            let peers = Sums { n: n as u64, sum: (n * mean) as u64, squares: squares as u64 };
            let found = lower_tail(peers, days, 2.0);
            assert_eq!((found.mean, found.tail), (mean, Some(tail)));
        }
    }
}
