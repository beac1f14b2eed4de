//! The answers on one day, and the first look at a patient, which sets most of them.

use super::bits;
use super::closer;
use super::coded::Coded;
use super::eager;
use super::evaluate::Evaluator;
use super::known::{NO_OUTCOME, OutcomeId};
use super::leaf::{self, Answer};
use super::node::{NodeId, NodeKind};
use super::plan::Plan;
use crate::clinical::Day;
use crate::observe::{ClassId, PatientFacts};

/// The answers on one day.
#[derive(Debug)]
pub(super) struct State {
    pub on: Day,
    /// First and last birth date of each question of age, and its bit.
    pub births: Vec<(i32, i32, usize, u64)>,
    pub begun: bool,
    pub is_dead: bool,
    pub yes: Vec<u64>,
    /// Which of them more than one fact answers, and which answers them first, see [`Coded::at`]; the latter only where
    /// lines are told.
    pub twice: Vec<u64>,
    pub first: Vec<u32>,
    pub unknown: Vec<u64>,
    pub done: Vec<u64>,
    pub counts: Vec<u32>,
    /// Questions whose count was found, to be forgotten with the patient.
    pub found: Vec<NodeId>,
    /// Questions that take a closer look at the patient's medicines.
    pub closer: closer::Found,
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
            is_dead: false,
            yes: vec![0; words],
            twice: vec![0; words],
            first: vec![0; if tells_lines { words * 64 } else { 0 }],
            unknown: vec![0; words],
            done: vec![0; words],
            counts: vec![0; plan.nodes.len()],
            found: Vec::new(),
            closer: closer::Found::default(),
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

    /// Answers what the patient's codes answer.
    fn see(&mut self, plan: &Plan, facts: &PatientFacts) {
        let State { on, yes, twice, first, .. } = self;
        if !first.is_empty() {
            each_code(facts, *on, |index, back, class| {
                let note = |word, bits| bits::each_bit(bits).for_each(|bit| first[word * 64 + bit] = index as u32);
                plan.ranks.note(back, class, yes, twice, note);
            });
        } else if !plan.counted.is_empty() {
            each_code(facts, *on, |_, back, class| plan.ranks.note(back, class, yes, twice, |_, _| ()));
        } else {
            each_code(facts, *on, |_, back, class| plan.ranks.answer(back, class, yes));
        }
    }
}

/// Calls `take` with each code that is known on a day: its place, see [`Coded::at`], the days from then, and its class.
#[inline]
fn each_code(facts: &PatientFacts, on: Day, mut take: impl FnMut(usize, i32, usize)) {
    let mut known = |index: usize, visible: i32, day: i32, class: ClassId| {
        if visible <= on.0 {
            take(index, on.0.saturating_sub(day), usize::from(class.0));
        }
    };
    for (index, fact) in facts.diagnoses.iter().enumerate() {
        known(index, fact.visible, fact.day, fact.class());
    }
    for (index, fact) in facts.medicines.iter().enumerate() {
        known(facts.diagnoses.len() + index, fact.visible, fact.day, fact.class());
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
    /// Sets the bits that follow from the person and the codes alone.
    #[inline(never)]
    pub(super) fn set_bits(&mut self, at: usize) {
        let state = &mut self.memory.states[at];
        state.begun = true;
        state.is_dead = self.facts.person.died_on.is_some_and(|day| day <= state.on);
        state.yes.copy_from_slice(&self.plan.silent.begin.yes);
        state.twice.fill(0);
        state.found.drain(..).for_each(|id| state.counts[id.index()] = 0);
        state.unknown.copy_from_slice(&self.plan.silent.begin.unknown);
        state.done.copy_from_slice(&self.plan.silent.begin.done);
        self.plan.silent.open(self.facts, state);
        self.plan.asked_models.iter().for_each(|model| state.outcomes[*model] = NO_OUTCOME);
        state.see(self.plan, self.facts);
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
        let State { yes, unknown, awake, .. } = &mut self.memory.states[at];
        self.plan.eager.answer(&mut eager::Answers { yes, unknown, awake }, &self.plan.constant);
    }

    /// Asks the questions of the person alone.
    fn ask_person(&mut self, at: usize) {
        let plan = self.plan;
        for id in &plan.person {
            let answer = leaf::answer(self.view(at), plan.node(*id));
            let (word, bit) = bits::place(*id);
            self.memory.states[at].yes[word] &= !bit;
            self.memory.states[at].unknown[word] &= !bit;
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

    /// Asks the further questions of medicines whose codes occur; all others are answered as for someone who has none.
    fn ask_medicines(&mut self, at: usize) {
        let (plan, facts) = (self.plan, self.facts.medicines);
        if facts.is_empty() || plan.medicines.is_empty() {
            return;
        }
        let state = &mut self.memory.states[at];
        let mut found = std::mem::take(&mut state.closer);
        plan.medicines.find(facts, state.on, &mut found);
        for (id, answer) in plan.medicines.found(&found) {
            let answer = answer.unwrap_or_else(|| leaf::answer(self.view(at), plan.node(id)));
            self.found(at, id, answer);
        }
        self.memory.states[at].closer = found;
    }

    /// Takes an answer in place of the one for someone without such facts.
    fn found(&mut self, at: usize, id: NodeId, answer: Answer) {
        let state = &mut self.memory.states[at];
        let (word, bit) = bits::place(id);
        state.unknown[word] &= !bit;
        state.found.push(id);
        self.remember(at, id, answer);
    }

    /// The fact that answers a question of the pass on the index day, when it is known to be the only one.
    #[inline]
    pub(super) fn lone_fact(&self, id: NodeId) -> Option<Coded> {
        let (state, (word, bit)) = (&self.memory.states[0], (id.index() / 64, id.index() % 64));
        let first = *state.first.get(id.index())?;
        if state.twice[word] >> bit & 1 == 1 || state.yes[word] >> bit & 1 == 0 {
            return None;
        }
        Coded::at(self.facts, first as usize)
    }
}
