//! Outcomes that were met before.
//!
//! Most rule sets ask only what the pass has answered bit by bit. Two patients with the same answers have the same score,
//! made of the same lines; so it is summed up once and then found again. The memory is small and of fixed size: a new
//! outcome takes the place of an older one, which at worst is summed up again.

use super::bits;
use super::known::{NO_OUTCOME, OutcomeId};
use super::node::{NodeId, NodeKind};
use super::plan::{ModelPlan, Plan};
use crate::clinical::{Points, Tri};

/// Outcomes kept of each rule set.
const PLACES: usize = 4096;

/// More questions of its own than this, and looking them all up costs more than summing up.
const MAX_QUESTIONS: usize = 24;

/// The answers from which a rule set's outcome follows.
#[derive(Debug, Default)]
pub struct Basis {
    /// Bits of the yes and the unknown set, word by word.
    yes: Vec<(usize, u64)>,
    unknown: Vec<(usize, u64)>,
    /// Questions that must be asked before their bits can be read.
    pub questions: Vec<NodeId>,
    /// Questions whose count decides the points.
    pub counts: Vec<NodeId>,
}

impl Basis {
    /// `None` when the outcome depends on more than answers and counts, or on too many questions.
    #[must_use]
    pub fn of(plan: &Plan, model: usize) -> Option<Basis> {
        let mut basis = Basis::default();
        let mut visited = vec![false; plan.nodes.len()];
        basis.add_model(plan, &plan.models[model], &mut visited)?;
        (basis.questions.len() <= MAX_QUESTIONS).then_some(basis)
    }

    fn add_model(&mut self, plan: &Plan, model: &ModelPlan, visited: &mut [bool]) -> Option<()> {
        if let Some((setter, _)) = &model.band_setter
            && !matches!(plan.node(*setter).kind, NodeKind::Always(Tri::No | Tri::Unknown))
        {
            return None;
        }
        let gate = model.gate_bits.iter().enumerate();
        gate.for_each(|(word, of_word)| bits::add(&mut self.yes, (word, *of_word)));
        for node in model.inside.iter().chain(&model.outside).chain(&model.gate_any) {
            self.add_node(plan, *node, visited)?;
        }
        for criterion in &model.criteria {
            if criterion.weight.is_by_count() && !self.counts.contains(&criterion.node) {
                self.counts.push(criterion.node);
            }
            self.add_node(plan, criterion.node, visited)?;
        }
        Some(())
    }

    fn add_node(&mut self, plan: &Plan, id: NodeId, visited: &mut [bool]) -> Option<()> {
        if std::mem::replace(&mut visited[id.index()], true) {
            return Some(());
        }
        let at = bits::place(id);
        match &plan.node(id).kind {
            NodeKind::Always(_) => {}
            NodeKind::Seen { .. } | NodeKind::SeenAny { .. } => bits::add(&mut self.yes, at),
            NodeKind::Any(of) | NodeKind::All(of) | NodeKind::None(of) | NodeKind::AtLeast { of, .. }
                if !bits::has(&plan.constant.done, id) =>
            {
                of.iter().try_for_each(|id| self.add_node(plan, *id, visited))?;
            }
            NodeKind::Model { model, question } if question.as_points => {
                if question.days_ago > 0 {
                    return None;
                }
                self.add_model(plan, &plan.models[*model], visited)?;
            }
            _ => {
                bits::add(&mut self.yes, at);
                bits::add(&mut self.unknown, at);
                if !bits::has(&plan.constant.done, id) {
                    self.questions.push(id);
                }
            }
        }
        Some(())
    }

    /// Number of words of a key.
    fn words(&self) -> usize {
        self.yes.len() + self.unknown.len() + self.counts.len()
    }

    /// Gives the answers, packed; the counts come behind them.
    #[inline]
    fn key(&self, yes: &[u64], unknown: &[u64], counts: &[u64], mut give: impl FnMut(u64)) {
        self.yes.iter().for_each(|(word, mask)| give(yes[*word] & mask));
        self.unknown.iter().for_each(|(word, mask)| give(unknown[*word] & mask));
        counts.iter().for_each(|count| give(*count));
    }
}

/// A line that makes up a score: a criterion, or a cap behind the criteria.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineOf {
    pub index: u32,
    pub points: Points,
}

/// What is remembered of one rule set, and the answers of the patient at hand.
#[derive(Debug, Default)]
pub struct Memo {
    /// The answers, the same mixed to one number, and what follows from them once that is known.
    key: Vec<u64>,
    mixed: u64,
    outcome: Option<OutcomeId>,
    /// The patient and day whose answers those are, as a number that never comes again.
    pub turn: u64,
    keys: Vec<u64>,
    places: Vec<Place>,
    lines: Vec<Box<[LineOf]>>,
    /// Numbers of lines that nobody remembers any more.
    free: Vec<u32>,
}

/// An outcome, and where its lines are once someone asked for them.
#[derive(Debug, Clone, Copy)]
struct Place {
    /// Part of the mixed key; 0 when nothing is remembered here.
    tag: u32,
    lines: u32,
    outcome: OutcomeId,
}

const NO_LINES: u32 = u32::MAX;

impl Memo {
    #[must_use]
    pub fn new(basis: &Basis) -> Memo {
        let words = basis.words();
        let empty = Place { tag: 0, lines: NO_LINES, outcome: NO_OUTCOME };
        Memo { key: vec![0; words], keys: vec![0; words * PLACES], places: vec![empty; PLACES], ..Memo::default() }
    }

    /// Takes the answers of a patient on a day; of most rule sets most patients have the same as the one before.
    #[inline]
    pub fn turn_to(&mut self, turn: u64, basis: &Basis, yes: &[u64], unknown: &[u64], counts: &[u64]) {
        let (mut differs, mut places) = (0, self.key.iter_mut());
        basis.key(yes, unknown, counts, |word| {
            if let Some(place) = places.next() {
                differs |= *place ^ word;
                *place = word;
            }
        });
        self.turn = turn;
        if differs != 0 {
            self.outcome = None;
            let mix = |mixed: u64, word: &u64| (mixed.rotate_left(25) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            self.mixed = self.key.iter().fold(0, mix);
        }
    }

    /// The place where an outcome of these answers would stand, and its tag.
    #[inline]
    fn place(&self) -> (usize, u32) {
        ((self.mixed >> 40) as usize % PLACES, self.mixed as u32 | 1)
    }

    #[inline]
    fn known(&self) -> Option<&Place> {
        let (at, tag) = self.place();
        let place = &self.places[at];
        (place.tag == tag && same(&self.keys[at * self.key.len()..], &self.key)).then_some(place)
    }

    /// What follows from the answers, when that was met before.
    #[inline]
    pub fn outcome(&mut self) -> Option<OutcomeId> {
        if self.outcome.is_none() {
            self.outcome = self.known().map(|place| place.outcome);
        }
        self.outcome
    }

    #[inline]
    pub fn lines(&self) -> Option<&[LineOf]> {
        self.lines.get(self.known()?.lines as usize).map(|lines| &lines[..])
    }

    pub fn remember(&mut self, outcome: OutcomeId) {
        let (at, tag) = self.place();
        self.keys[at * self.key.len()..][..self.key.len()].copy_from_slice(&self.key);
        let forgotten = std::mem::replace(&mut self.places[at], Place { tag, lines: NO_LINES, outcome });
        if forgotten.lines != NO_LINES {
            self.free.push(forgotten.lines);
        }
        self.outcome = Some(outcome);
    }

    /// Adds the lines of a remembered outcome; nothing when it is gone.
    pub fn remember_lines(&mut self, lines: &[LineOf]) {
        if self.known().is_none() {
            return;
        }
        let number = match self.free.pop() {
            Some(number) => {
                self.lines[number as usize] = lines.into();
                number
            }
            None => {
                self.lines.push(lines.into());
                self.lines.len() as u32 - 1
            }
        };
        let (at, _) = self.place();
        self.places[at].lines = number;
    }
}

/// Whether the words begin with the key; short, so compared here and now.
#[inline]
fn same(words: &[u64], key: &[u64]) -> bool {
    words.iter().zip(key).all(|(word, wanted)| word == wanted)
}
