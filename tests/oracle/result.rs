//! What the reference scorer answers; the same numbers as `tidlig::score::result`, without its sentences.

use tidlig::clinical::{Day, Points, Tri};
use tidlig::score::result::{Part, State};

use super::Answer;

/// One rule set's answer for one patient on one index day.
#[derive(Debug, Clone, PartialEq)]
pub struct SetAnswer {
    pub in_population: Tri,
    /// Population inputs that were not yes, then exclusions that were.
    pub outside: Vec<usize>,
    pub score: Option<ScoreAnswer>,
    /// Criteria in file order, then caps, notes and the band setter; empty outside the population.
    pub lines: Vec<LineAnswer>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct ScoreAnswer {
    pub value: Points,
    pub lower: Points,
    pub upper: Points,
    pub band: Option<usize>,
    pub band_of_points: Option<usize>,
    pub gate: Tri,
}

#[derive(Debug, Clone, PartialEq)]
pub struct LineAnswer {
    pub part: Part,
    /// Whether the input whose facts are told is yes; otherwise nothing is promised of them.
    pub told: bool,
    pub state: State,
    pub points: Points,
    pub at_most: Points,
    pub count: u32,
    pub first_on: Option<Day>,
    pub last_on: Option<Day>,
    /// Sorted, without duplicates.
    pub codes: Vec<String>,
    pub old: Option<f64>,
    pub peers: Option<(f64, u32)>,
}

impl LineAnswer {
    pub fn new(part: Part, state: State, points: Points, at_most: Points, answer: &Answer) -> LineAnswer {
        let mut codes: Vec<String> = answer.facts.iter().map(|fact| fact.code.clone()).collect();
        codes.sort();
        codes.dedup();
        LineAnswer {
            part,
            told: answer.tri == Tri::Yes,
            state,
            points,
            at_most,
            count: answer.count,
            first_on: answer.facts.iter().filter_map(|fact| fact.day).min(),
            last_on: answer.facts.iter().filter_map(|fact| fact.day).max(),
            codes,
            old: answer.old,
            peers: answer.peers,
        }
    }
}
