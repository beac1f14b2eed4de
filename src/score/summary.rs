//! What a row of `contributions` tells of a line: the evidence summed up, without strings where it rests on codes alone.

use super::coded::{self, Coded};
use super::evaluate::Evaluator;
use super::evidence::evidence;
use super::leaf;
use super::node::{NodeId, NodeKind, Table};
use crate::observe::CodeWord;
use crate::observe::facts::NO_DAY;

/// What a row of `contributions` tells of the facts behind a line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Summary {
    pub count: u32,
    pub first: i32,
    pub last: i32,
    /// Bit set of sources.
    pub sources: u16,
}

impl Default for Summary {
    fn default() -> Summary {
        Summary { count: 0, first: NO_DAY, last: NO_DAY, sources: 0 }
    }
}

/// The distinct codes behind a line, ascending.
#[derive(Debug, Default)]
pub(super) struct Codes {
    /// Those of a line that rests on codes alone.
    pub words: Vec<CodeWord>,
    /// Those of any other, with blanks between.
    pub text: Vec<u8>,
}

impl Codes {
    pub fn clear(&mut self) {
        self.words.clear();
        self.text.clear();
    }
}

/// Sums up the evidence of a question that is yes, and tells its codes.
pub(super) fn summary(evaluator: &mut Evaluator, id: NodeId, codes: &mut Codes) -> Summary {
    codes.clear();
    match of_codes(evaluator, id, &mut codes.words) {
        Some(summary) => {
            if codes.words.len() > 1 {
                codes.words.sort_unstable();
                codes.words.dedup();
            }
            summary
        }
        None => {
            codes.words.clear();
            in_full(evaluator, id, &mut codes.text)
        }
    }
}

fn in_full(evaluator: &mut Evaluator, id: NodeId, codes: &mut Vec<u8>) -> Summary {
    let evidence = evidence(evaluator, 0, id);
    let mut distinct: Vec<&str> = evidence.facts.iter().map(|fact| fact.code.as_str()).collect();
    distinct.sort_unstable();
    distinct.dedup();
    codes.extend_from_slice(distinct.join(" ").as_bytes());
    Summary {
        count: evidence.count,
        first: evidence.first_on.map_or(NO_DAY, |day| day.0),
        last: evidence.last_on.map_or(NO_DAY, |day| day.0),
        sources: evidence.facts.iter().fold(0, |set, fact| set | 1 << fact.source as u8),
    }
}

/// The same for questions that rest on codes alone, which are most, without making strings; `None` for others.
fn of_codes(evaluator: &mut Evaluator, id: NodeId, words: &mut Vec<CodeWord>) -> Option<Summary> {
    let plan = evaluator.plan;
    let view = evaluator.view(0);
    if let Some(fact) = lone_fact(evaluator, id) {
        let mut summary = Summary { count: 1, ..Summary::default() };
        summary.see(fact, words);
        return Some(summary);
    }
    match &plan.node(id).kind {
        NodeKind::Seen { table, selector, window } => Some(match table {
            Table::Diagnoses => Summary::of(coded::diagnoses(view, *selector, *window), words),
            Table::Medicines => Summary::of(coded::medicines(view, *selector, *window), words),
        }),
        NodeKind::Diagnosis { selector, sources, spec, .. } => {
            let mut summary = Summary::default();
            for fact in leaf::diagnosis_facts(view, *selector, sources, spec) {
                summary.see(fact.into(), words);
            }
            Some(Summary { count: evaluator.count(0, id), ..summary })
        }
        NodeKind::Any(of) | NodeKind::SeenAny { of, .. } => any_of_codes(evaluator, of, words),
        NodeKind::AtLeast { of, .. } | NodeKind::DaysOf { of, .. } => {
            let summary = any_of_codes(evaluator, of, words)?;
            Some(Summary { count: evaluator.count(0, id), ..summary })
        }
        NodeKind::All(of) => all_of_codes(evaluator, of, words),
        NodeKind::Always(_) | NodeKind::None(_) => Some(Summary::default()),
        NodeKind::Age { .. } | NodeKind::Sex(_) | NodeKind::LivesAlone | NodeKind::OnList { .. } => {
            Some(Summary { count: evaluator.count(0, id), ..Summary::default() })
        }
        _ => None,
    }
}

/// The fact on which alone the answer rests, when the pass has noted it.
fn lone_fact(evaluator: &Evaluator, id: NodeId) -> Option<Coded> {
    match &evaluator.plan.node(id).kind {
        NodeKind::Seen { .. } | NodeKind::SeenAny { .. } => evaluator.lone_fact(id),
        NodeKind::Diagnosis { seen, sources, spec, .. } if sources.is_empty() && spec.aged_from.is_none() => {
            evaluator.lone_fact(*seen)
        }
        _ => None,
    }
}

/// As [`all`]: the last member that rests on facts, or else the last that counts something.
fn all_of_codes(evaluator: &mut Evaluator, of: &[NodeId], words: &mut Vec<CodeWord>) -> Option<Summary> {
    let mut counted = None;
    for id in of.iter().rev() {
        let part = of_codes(evaluator, *id, words)?;
        if part.sources != 0 {
            return Some(part);
        }
        counted = counted.or((part.count > 0).then_some(part));
    }
    Some(counted.unwrap_or_default())
}

fn any_of_codes(evaluator: &mut Evaluator, of: &[NodeId], words: &mut Vec<CodeWord>) -> Option<Summary> {
    let mut joined = Summary::default();
    for id in of {
        if evaluator.truth(0, *id).is_yes() {
            joined.join(of_codes(evaluator, *id, words)?);
        }
    }
    Some(joined)
}

impl Summary {
    /// Of all these facts, counted by their days.
    fn of(facts: impl Iterator<Item = Coded>, words: &mut Vec<CodeWord>) -> Summary {
        let mut summary = Summary::default();
        let count = leaf::chosen_days(facts.map(|fact| summary.see(fact, words)), 0);
        Summary { count, ..summary }
    }

    /// Takes in a fact; gives its day.
    #[inline]
    fn see(&mut self, fact: Coded, words: &mut Vec<CodeWord>) -> i32 {
        words.push(fact.code);
        let known = self.sources != 0;
        self.first = if known { self.first.min(fact.day) } else { fact.day };
        self.last = self.last.max(fact.day);
        self.sources |= 1 << fact.source() as u8;
        fact.day
    }

    /// Takes in what another question rests on.
    fn join(&mut self, other: Summary) {
        self.first = if self.sources == 0 {
            other.first
        } else if other.sources == 0 {
            self.first
        } else {
            self.first.min(other.first)
        };
        self.last = self.last.max(other.last);
        self.count = self.count.max(other.count);
        self.sources |= other.sources;
    }
}
