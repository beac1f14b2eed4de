//! The answers on one day, and the first look at a patient, which sets most of them.

use super::bits;
use super::eager;
use super::evaluate::Evaluator;
use super::known::{NO_OUTCOME, OutcomeId};
use super::leaf::{self, Answer};
use super::node::{NodeId, NodeKind};
use super::plan::Plan;
use crate::clinical::Day;
use crate::observe::facts::DiagnosisFact;

/// The answers on one day.
#[derive(Debug)]
pub(super) struct State {
    pub on: Day,
    /// First and last birth date of each question of age, and its bit.
    pub births: Vec<(i32, i32, usize, u64)>,
    pub begun: bool,
    pub yes: Vec<u64>,
    /// Which of them more than one diagnosis answers, and which answers them first; the latter only where lines are told.
    pub twice: Vec<u64>,
    pub first: Vec<u32>,
    pub unknown: Vec<u64>,
    pub done: Vec<u64>,
    pub counts: Vec<u32>,
    /// Questions whose count was found, to be forgotten with the patient.
    pub found: Vec<NodeId>,
    /// Selectors to which some medicine belongs.
    pub selectors: Vec<u64>,
    /// Joined questions that are to be looked at.
    pub awake: Vec<u64>,
    /// Outcomes that other rule sets ask for.
    pub outcomes: Vec<OutcomeId>,
}

impl State {
    pub fn new(plan: &Plan, on: Day, tells_lines: bool) -> State {
        let words = plan.words();
        State {
            on,
            births: births(plan, on),
            begun: false,
            yes: vec![0; words],
            twice: vec![0; words],
            first: vec![0; if tells_lines { words * 64 } else { 0 }],
            unknown: vec![0; words],
            done: vec![0; words],
            counts: vec![0; plan.nodes.len()],
            found: Vec::new(),
            selectors: vec![0; plan.selector_words],
            awake: Vec::new(),
            outcomes: vec![NO_OUTCOME; plan.models.len()],
        }
    }

    pub fn turn_to(&mut self, plan: &Plan, on: Day) {
        if self.on != on {
            self.on = on;
            self.births = births(plan, on);
        }
        self.begun = false;
    }
}

fn births(plan: &Plan, on: Day) -> Vec<(i32, i32, usize, u64)> {
    let limits = |(id, from, below): &(NodeId, Option<i32>, Option<i32>)| {
        let (first, last) = leaf::births(on, *from, *below);
        let (word, bit) = bits::place(*id);
        (first, last, word, bit)
    };
    plan.ages.iter().map(limits).collect()
}

impl<'a> Evaluator<'a> {
    /// Sets the bits that follow from the person and the diagnoses alone.
    #[inline(never)]
    pub(super) fn set_bits(&mut self, at: usize) {
        let state = &mut self.memory.states[at];
        state.begun = true;
        state.yes.copy_from_slice(&self.plan.constant.yes);
        state.twice.fill(0);
        state.found.drain(..).for_each(|id| state.counts[id.index()] = 0);
        state.unknown.copy_from_slice(&self.plan.constant.unknown);
        state.done.copy_from_slice(&self.plan.constant.done);
        self.plan.asked_models.iter().for_each(|model| state.outcomes[*model] = NO_OUTCOME);
        let on = state.on.0;
        let State { yes, twice, first, .. } = &mut *state;
        for (index, fact) in self.facts.diagnoses.iter().enumerate().filter(|(_, fact)| fact.visible <= on) {
            let (back, class) = (on.saturating_sub(fact.day), fact.class().0 as usize);
            if first.is_empty() {
                self.plan.ranks.answer(back, class, yes, twice, |_, _| ());
            } else {
                let note = |word, bits| bits::each_bit(bits).for_each(|bit| first[word * 64 + bit] = index as u32);
                self.plan.ranks.answer(back, class, yes, twice, note);
            }
        }
        let births = &state.births;
        match self.facts.person.birth {
            Some(birth) => births.iter().for_each(|(first, last, word, bit)| {
                state.yes[*word] |= if (*first..=*last).contains(&birth.0) { *bit } else { 0 };
            }),
            None => births.iter().for_each(|(_, _, word, bit)| state.unknown[*word] |= bit),
        }
        self.ask_person(at);
        self.count_found(at);
        self.ask_medicines(at);
        let State { yes, unknown, counts, awake, .. } = &mut self.memory.states[at];
        self.plan.eager.answer(&mut eager::Answers { yes, unknown, counts, awake }, &self.plan.constant);
    }

    /// Asks the questions of the person alone.
    fn ask_person(&mut self, at: usize) {
        let plan = self.plan;
        for id in &plan.person {
            let answer = leaf::answer(self.view(at), plan.node(*id));
            self.remember(at, *id, answer);
        }
    }

    /// Asks the questions that count what the pass has found.
    fn count_found(&mut self, at: usize) {
        let plan = self.plan;
        for (word, counted) in &plan.counted {
            for bit in bits::each_bit(self.memory.states[at].yes[*word] & counted) {
                for id in &plan.counted_of_bit[word * 64 + bit] {
                    let node = plan.node(*id);
                    let NodeKind::Diagnosis { selector, sources, spec, .. } = &node.kind else { continue };
                    let several = self.memory.states[at].twice[*word] >> bit & 1 == 1;
                    // A lone diagnosis was seen already, unless there is more to ask of it.
                    let answer = if several || !sources.is_empty() || spec.aged_from.is_some() {
                        leaf::diagnosis(self.view(at), *selector, sources, spec, node.missing)
                    } else {
                        Answer::at_least(spec.days, 1)
                    };
                    self.found(at, *id, answer);
                }
            }
        }
    }

    /// Asks the questions of medicines whose codes occur; all others are answered as for someone who has none.
    fn ask_medicines(&mut self, at: usize) {
        let (plan, facts) = (self.plan, self.facts.medicines);
        if facts.is_empty() {
            return;
        }
        let state = &mut self.memory.states[at];
        let mut selectors = std::mem::take(&mut state.selectors);
        selectors.fill(0);
        for fact in facts.iter().filter(|fact| fact.visible <= state.on.0) {
            let of_class = &plan.class_selectors[usize::from(fact.class.0) * plan.selector_words..];
            selectors.iter_mut().zip(of_class).for_each(|(all, more)| *all |= more);
        }
        for (word, bits) in selectors.iter().enumerate() {
            for id in bits::each_bit(*bits).flat_map(|bit| &plan.medicines[word * 64 + bit]) {
                let answer = leaf::answer(self.view(at), plan.node(*id));
                self.found(at, *id, answer);
            }
        }
        self.memory.states[at].selectors = selectors;
    }

    /// Takes an answer in place of the one for someone without such facts.
    fn found(&mut self, at: usize, id: NodeId, answer: Answer) {
        let state = &mut self.memory.states[at];
        let (word, bit) = bits::place(id);
        state.unknown[word] &= !bit;
        state.found.push(id);
        self.remember(at, id, answer);
    }

    /// The diagnosis that answers a question of the pass on the index day, when it is known to be the only one.
    #[inline]
    pub(super) fn lone_diagnosis(&self, id: NodeId) -> Option<&'a DiagnosisFact> {
        let (state, (word, bit)) = (&self.memory.states[0], (id.index() / 64, id.index() % 64));
        let first = *state.first.get(id.index())?;
        if state.twice[word] >> bit & 1 == 1 || state.yes[word] >> bit & 1 == 0 {
            return None;
        }
        self.facts.diagnoses.get(first as usize)
    }
}
