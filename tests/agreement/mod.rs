//! Compares the program's answers with the reference scorer's, number by number.

use crate::oracle::{LineAnswer, ScoreAnswer, SetAnswer};
use tidlig::score::result::{Explained, Line, Score, State};

/// The first difference, in words; `None` when all is the same.
pub fn difference(found: &[Explained], expected: &[SetAnswer]) -> Option<String> {
    if found.len() != expected.len() {
        return Some(format!("{} rule sets answered, not {}", found.len(), expected.len()));
    }
    found.iter().zip(expected).enumerate().find_map(|(set, (found, expected))| {
        of_set(set, found, expected).map(|difference| format!("rule set {set}: {difference}"))
    })
}

fn of_set(set: usize, found: &Explained, expected: &SetAnswer) -> Option<String> {
    let outcome = &found.outcome;
    if outcome.model != set {
        return Some(format!("numbered {}", outcome.model));
    }
    if outcome.in_population != expected.in_population {
        return Some(differs("in the population", &outcome.in_population, &expected.in_population));
    }
    if found.outside != expected.outside {
        return Some(differs("kept outside by", &found.outside, &expected.outside));
    }
    let lines = || {
        let differences = found.lines.iter().zip(&expected.lines).filter_map(|(a, b)| of_line(a, b));
        differences.collect::<Vec<_>>().join("\n")
    };
    if found.lines.len() != expected.lines.len() || !lines().is_empty() {
        return Some(format!("{} lines for {}\n{}", found.lines.len(), expected.lines.len(), lines()));
    }
    let score = outcome.score.as_ref().map(plain);
    (score != expected.score).then(|| differs("score", &score, &expected.score))
}

fn plain(score: &Score) -> ScoreAnswer {
    ScoreAnswer {
        value: score.value,
        lower: score.lower,
        upper: score.upper,
        band: score.band.map(usize::from),
        band_of_points: score.band_of_points.map(usize::from),
        gate: score.gate,
    }
}

/// Counts, days and codes are compared where there is something to show: on lines that are met.
fn of_line(found: &Line, expected: &LineAnswer) -> Option<String> {
    let mut codes: Vec<String> = found.evidence.facts.iter().map(|fact| fact.code.clone()).collect();
    codes.sort();
    codes.dedup();
    let shown = expected.told && matches!(expected.state, State::Met | State::Silenced(_));
    let found = LineAnswer {
        part: found.part,
        told: expected.told,
        state: found.state,
        points: found.points,
        at_most: found.at_most,
        count: if shown { found.evidence.count } else { expected.count },
        first_on: if shown { found.evidence.first_on } else { expected.first_on },
        last_on: if shown { found.evidence.last_on } else { expected.last_on },
        codes: if shown { codes } else { expected.codes.clone() },
        old: if shown { found.evidence.old } else { expected.old },
        peers: if shown { found.evidence.peers } else { expected.peers },
    };
    (found != *expected).then(|| differs("line", &found, expected))
}

fn differs<T: std::fmt::Debug>(what: &str, found: &T, expected: &T) -> String {
    format!("{what}: {found:?}, but the reference says {expected:?}")
}
