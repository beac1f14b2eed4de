//! What scoring one patient on one day gives: the numbers, and every line they are made of.

use crate::clinical::{Day, Points, Tri};
use crate::journal::tables::Source;

/// One rule set's answer for one patient on one index day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Outcome {
    /// Index of the rule set.
    pub model: usize,
    pub in_population: Tri,
    /// Only for members of the population.
    pub score: Option<Score>,
}

/// Index of a band of a rule set; small, as millions of outcomes are remembered and passed on.
pub type BandIndex = u16;

/// The numbers of a score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Score {
    /// Sum of the known lines.
    pub value: Points,
    /// The least and the most that the unknown inputs could make it.
    pub lower: Points,
    pub upper: Points,
    /// Index into the rule set's bands; `None` when it has none.
    pub band: Option<BandIndex>,
    /// The band that the points alone give, when another measure sets the band.
    pub band_of_points: Option<BandIndex>,
    /// Whether the gate holds; points count only when it does.
    pub gate: Tri,
}

/// One rule set's answer with all its lines.
#[derive(Debug, Clone, PartialEq)]
pub struct Explained {
    pub outcome: Outcome,
    /// Criteria in file order, then caps, then notes, then the band setter.
    pub lines: Vec<Line>,
    /// Why someone is outside: names of population inputs that were not yes, or exclusions that were.
    pub outside: Vec<usize>,
    /// Exclusions of someone inside that could not be assessed, by the number of the input.
    pub unsettled: Vec<usize>,
}

/// One line of a score.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    pub part: Part,
    pub state: State,
    /// Points that this line adds to the value (0 unless met).
    pub points: Points,
    /// The most it could add when its state is unknown.
    pub at_most: Points,
    pub evidence: Evidence,
}

/// Which part of the rule set a line speaks of; indices into the rule set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Criterion(usize),
    Cap(usize),
    Note(usize),
    BandSetter,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Met,
    NotMet,
    Unknown,
    /// Met, but silenced by this criterion.
    Silenced(usize),
}

/// The facts that made an input yes.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Evidence {
    /// What the input counts: distinct days, substances, services, conditions.
    pub count: u32,
    pub first_on: Option<Day>,
    pub last_on: Option<Day>,
    /// Sorted by day (newest first), source and code, without duplicates.
    pub facts: Vec<Fact>,
    /// For changes: the earlier value.
    pub old: Option<f64>,
    /// For peers: their mean and number.
    pub peers: Option<(f64, u32)>,
}

/// One fact of the journal, as evidence.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    pub source: Source,
    pub day: Option<Day>,
    /// Code system, instrument, or empty.
    pub system: String,
    /// Code, item or service, as in the journal.
    pub code: String,
    pub value: Option<f64>,
    /// Value as the reader sees it: comparator and number in the analyte's unit.
    pub unit: String,
    /// A medicine that counts by its use, although the journal does not state it.
    pub use_unstated: bool,
    /// Name of the input that this fact answered.
    pub input: usize,
}
