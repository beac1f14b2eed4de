//! The slow, obvious reference scorer: one patient, one list of rule sets, one index day, loops.
//!
//! It shares the *types* of a journal, a rule set and an answer with the program, and nothing else: windows, matching,
//! three-valued logic, usage rules, sums, caps, silencing, gates, bands, bounds and peers are written afresh from
//! `docs/rule-format.md`, for a reader who knows the clinic and can follow a loop.

mod checks;
mod combination;
mod contact;
mod criteria;
mod diagnosis;
mod function;
mod measurement;
mod medicine;
mod other_rule_set;
mod peers;
mod person;
mod result;
mod score;
mod service;
mod time;
mod value;

pub use result::{LineAnswer, ScoreAnswer, SetAnswer};

use tidlig::clinical::{Day, Tri};
use tidlig::journal::patient::PatientJournal;
use tidlig::journal::tables::Sources;
use tidlig::model::RuleSet;
use tidlig::model::ruleset::{InputId, InputKind, Missing};

/// Everything an answer depends on.
#[derive(Clone, Copy)]
pub struct Question<'a> {
    /// All rule sets, because one may ask for another's result.
    pub rule_sets: &'a [RuleSet],
    pub sources: Sources,
    /// Where peers are found.
    pub practice: Practice<'a>,
    pub journal: &'a PatientJournal,
    pub on: Day,
}

/// What is known of the other persons of the practice.
#[derive(Clone, Copy)]
pub enum Practice<'a> {
    /// Nothing: nobody can be compared.
    Unknown,
    /// The others.
    Others(&'a [PatientJournal]),
    /// Only what all peers' contact days come to.
    Sums(Sums),
}

/// How many peers, the sum of their contact days, and of the squares of these.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sums {
    pub n: u32,
    pub sum: u64,
    pub squares: u64,
}

/// What an input answers, and the facts that say so.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    pub tri: Tri,
    /// What the input counts: days, substances, services, conditions.
    pub count: u32,
    /// The facts behind a yes.
    pub facts: Vec<Proof>,
    /// The earlier value of a change.
    pub old: Option<f64>,
    /// Mean and number of the peers.
    pub peers: Option<(f64, u32)>,
}

/// One fact behind a yes.
#[derive(Debug, Clone, PartialEq)]
pub struct Proof {
    pub day: Option<Day>,
    pub code: String,
    pub value: Option<f64>,
}

impl Answer {
    /// An answer without any fact.
    pub fn bare(tri: Tri) -> Answer {
        Answer { tri, count: 0, facts: Vec::new(), old: None, peers: None }
    }

    /// An answer with a count; the facts are kept only when they made it yes.
    pub fn counted(tri: Tri, count: u32, facts: Vec<Proof>) -> Answer {
        let facts = if tri == Tri::Yes { facts } else { Vec::new() };
        Answer { tri, count, facts, old: None, peers: None }
    }

    /// What a rule set says when there is nothing to answer from.
    pub fn nothing(missing: Missing) -> Answer {
        Answer::bare(tri_of(missing))
    }
}

/// What a rule set says of a gap, as an answer.
pub fn tri_of(missing: Missing) -> Tri {
    match missing {
        Missing::No => Tri::No,
        Missing::Unknown => Tri::Unknown,
        Missing::Yes => Tri::Yes,
    }
}

/// Scores one patient on one day on every rule set, in their order.
pub fn score_all(question: Question<'_>) -> Vec<SetAnswer> {
    (0..question.rule_sets.len()).map(|set| score::score(question, set)).collect()
}

/// The answer of one input of one rule set.
pub fn answer(question: Question<'_>, set: usize, id: InputId) -> Answer {
    let input = &question.rule_sets[set].inputs[id.0];
    match &input.kind {
        InputKind::Diagnosis(asked) => diagnosis::answer(question, input, asked),
        InputKind::Medicine(asked) => medicine::answer(question, input, asked),
        InputKind::Measurement(asked) => measurement::answer(question, input, asked),
        InputKind::Contact(asked) => contact::answer(question, input, asked),
        InputKind::Function(asked) => function::answer(question, input, asked),
        InputKind::Service(asked) => service::answer(question, input, asked),
        InputKind::Age { from, below } => person::age(question, *from, *below),
        InputKind::Sex(sex) => person::sex(question, input, *sex),
        InputKind::LivesAlone => person::lives_alone(question, input),
        InputKind::OnList { days, shorter } => person::on_list(question, input, *days, *shorter),
        InputKind::Any(members) => combination::any(question, set, members),
        InputKind::All(members) => combination::all(question, set, members),
        InputKind::None(members) => combination::none(question, set, members),
        InputKind::AtLeast { n, of } => combination::at_least(question, set, *n, of),
        InputKind::DaysOf { of, days, apart } => combination::days_of(question, set, of, *days, *apart),
        InputKind::Together { of, days, after } => combination::together(question, set, of, *days, *after),
        InputKind::Model(asked) => other_rule_set::answer(question, asked),
        InputKind::Peers(asked) => peers::answer(question, set, input, asked),
    }
}
