//! A rule set as it is meant: checked, resolved, ready to be compiled.
//!
//! Only [`super::check`] makes one, so every reference in it holds: an [`InputId`] names an input of the same rule set,
//! inputs come before the inputs that build on them, and caps, bands and criteria agree.

use super::about::About;
pub use super::input::*;
use crate::clinical::{Points, Text};

/// One rule set: what it asks of a journal, and what each answer weighs.
#[derive(Debug, Clone)]
pub struct RuleSet {
    pub id: String,
    pub version: String,
    pub status: Status,
    pub title: Text,
    /// What it is for and for whom, in a sentence or two.
    pub purpose: Text,
    /// Citations, at least one.
    pub source: Vec<String>,
    /// Where it departs from its source; empty when nowhere.
    pub departs: Vec<String>,
    /// The name of the target group on the outreach list, and its part there.
    pub outreach: Option<Outreach>,
    /// Everything it asks, each input after those it builds on.
    pub inputs: Vec<Input>,
    pub population: Population,
    pub gate: Gate,
    /// In the order of the file, which is the order of the page.
    pub criteria: Vec<Criterion>,
    pub caps: Vec<Cap>,
    /// Ascending by `from`; empty when the score has none.
    pub bands: Vec<Band>,
    /// Another measure that sets the band instead of the points.
    pub band_set_by: Option<BandSetter>,
    /// Criteria that alone reach no higher band than this.
    pub band_limit: Option<BandLimit>,
    pub link: Option<Link>,
    /// Lines of no points that are shown beside the score.
    pub notes: Vec<Note>,
    /// Sentence that opens the reasons, with `{count}` for the points.
    pub headline: Option<Text>,
    /// SHA-256 of the files it was read from, in hexadecimal.
    pub hash: String,
    /// What is told of it beside its meaning.
    pub about: About,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Codes and weights as the paper has them.
    Published,
    /// Published, with listed departures.
    Adapted,
    /// Our own proposal, unvalidated.
    Draft,
}

impl Status {
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Status::Published => "published",
            Status::Adapted => "adapted",
            Status::Draft => "draft",
        }
    }
}

/// How a rule set enters the outreach list.
#[derive(Debug, Clone)]
pub struct Outreach {
    /// Name of the target group, as the list says it.
    pub group: Text,
    pub role: OutreachRole,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutreachRole {
    /// A need: chronic illness, frailty, …
    Need,
    /// Need together with absence of contact.
    Quiet,
    /// Change rather than level.
    Rising,
    /// Children have a track of their own.
    Children,
}

impl OutreachRole {
    /// As a rule set writes it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            OutreachRole::Need => "need",
            OutreachRole::Quiet => "quiet",
            OutreachRole::Rising => "rising",
            OutreachRole::Children => "children",
        }
    }
}

/// Who is scored. Outside it there is no value, never a zero.
#[derive(Debug, Clone, Default)]
pub struct Population {
    /// All must be yes.
    pub all: Vec<InputId>,
    /// None may be yes; an unknown one does not exclude.
    pub none: Vec<InputId>,
}

/// What must hold before any point counts. An empty gate always holds.
#[derive(Debug, Clone, Default)]
pub struct Gate {
    /// At least one must be yes; empty asks nothing.
    pub any: Vec<InputId>,
    /// Each cap group must reach so many points.
    pub sums: Vec<(CapId, Points)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CapId(pub usize);

/// A line of the score.
#[derive(Debug, Clone)]
pub struct Criterion {
    /// Unique in the rule set, and the key of its contributions.
    pub name: String,
    pub input: InputId,
    /// Another input whose facts the sentence tells; points and state are those of `input`.
    pub shows: Option<InputId>,
    pub weight: Weight,
    pub cap: Option<CapId>,
    /// Indices of criteria that score nothing while this one fires.
    pub silences: Vec<usize>,
    pub domain: Option<String>,
    /// Suggested task, a name in the vocabulary.
    pub task: Option<String>,
    /// Tasks that may come with it, in this order; they stand behind the first tasks of lines with as many points.
    pub further_tasks: Vec<String>,
    pub sensitive: bool,
    /// Sentence on the list; placeholders as in the vocabulary's frame.
    pub text: Text,
    /// Where this line comes from, when the rule set's own source does not say.
    pub source: Option<String>,
}

#[derive(Debug, Clone)]
pub enum Weight {
    Fixed(Points),
    /// Points by the input's count: those of the last step whose `from` is reached. Ascending.
    Steps(Vec<(u32, Points)>),
    /// So many points for each one counted.
    PerCount(Points),
    /// The points of the other rule set that the input names.
    OfModel,
}

impl Weight {
    /// Whether the points depend on what the input counts.
    #[must_use]
    pub fn is_by_count(&self) -> bool {
        matches!(self, Weight::Steps(_) | Weight::PerCount(_))
    }
}

/// Criteria that together never give more than `at_most`.
#[derive(Debug, Clone)]
pub struct Cap {
    pub name: String,
    /// `None`: a group that only the gate asks about.
    pub at_most: Option<Points>,
    pub domain: Option<String>,
    /// What the line of a reached cap calls the group; the domain's name when left out.
    pub label: Option<Text>,
}

#[derive(Debug, Clone)]
pub struct Band {
    pub name: String,
    pub label: Text,
    pub from: Bound,
    /// Rank among all rule sets' bands for the list: 0 none, 1 low, 2 moderate, 3 high, 4 very high.
    pub level: u8,
}

/// Lower end of a band.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// points ≥
    From(Points),
    /// points >
    Above(Points),
    /// Everything below the next band.
    Lowest,
}

/// A measure whose newest value sets the band (the clinical frailty scale before the count).
#[derive(Debug, Clone)]
pub struct BandSetter {
    pub input: InputId,
    /// Least value → index of the band; ascending.
    pub steps: Vec<(f64, usize)>,
    /// Sentence that says so, with `{value}`, `{date}` and `{band}` (the band of the points alone).
    pub text: Text,
}

/// When all points come from these criteria, the band is at most this one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BandLimit {
    /// Indices of criteria, ascending.
    pub criteria: Vec<usize>,
    /// Index of the highest band.
    pub band: usize,
}

/// A probability from the sum of points.
#[derive(Debug, Clone, PartialEq)]
pub enum Link {
    /// 1 / (1 + exp(−(intercept + sum)))
    Logistic { intercept: f64 },
    /// 1 − baseline_survival ^ exp(scale × sum − centre)
    Cox { baseline_survival: f64, scale: f64, centre: f64 },
}

/// A line of no points.
#[derive(Debug, Clone)]
pub struct Note {
    pub name: String,
    pub input: InputId,
    /// Another input whose facts the sentence tells.
    pub shows: Option<InputId>,
    /// Shown only from so many points.
    pub from_points: Option<Points>,
    pub task: Option<String>,
    pub text: Text,
}
