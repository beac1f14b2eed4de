//! Answers all rule sets' questions for one patient, each question at most once per index day.

use super::bits;
use super::eager;
use super::known::{KnownOutcomes, NO_OUTCOME, OutcomeId};
use super::leaf::{self, Answer, View};
use super::memo::{LineOf, Memo};
use super::node::{ModelQuestion, NodeId, NodeKind};
use super::peers::{self, Norms};
use super::plan::Plan;
use super::population;
use super::result::Outcome;
use super::state::State;
use super::sum;
use super::together;
use crate::clinical::{Day, Tri};
use crate::observe::PatientFacts;

/// Answers for one patient and one index day.
pub struct Evaluator<'a> {
    pub(super) plan: &'a Plan,
    pub(super) norms: &'a Norms,
    pub(super) facts: &'a PatientFacts<'a>,
    pub(super) memory: &'a mut Memory,
}

/// What evaluating needs to write on, reused from patient to patient.
#[derive(Debug, Default)]
pub struct Memory {
    pub(super) states: Vec<State>,
    pub(super) scratch: sum::Scratch,
    pub(super) known: KnownOutcomes,
    memos: Vec<Memo>,
    /// Counts that a rule set's points depend on.
    counted: Vec<u64>,
    /// Number of the patient and day at hand.
    turn: u64,
    tells_lines: bool,
}

impl Memory {
    /// Forgets everything when it has grown too large; numbers of outcomes then stand for others.
    pub fn tidy(&mut self) {
        if self.known.is_full() {
            *self = Memory::default();
        }
    }

    /// Says whether lines will be told, before it serves its first patient.
    pub(super) fn tell_lines(&mut self, tells: bool) {
        self.tells_lines = tells;
    }

    /// The outcomes by their numbers.
    #[must_use]
    pub fn known(&self) -> &KnownOutcomes {
        &self.known
    }
}

impl<'a> Evaluator<'a> {
    /// Turns to a patient and an index day; `memory` must have served the same plan, or none.
    #[must_use]
    pub fn new(
        plan: &'a Plan,
        norms: &'a Norms,
        memory: &'a mut Memory,
        facts: &'a PatientFacts<'a>,
        on: Day,
    ) -> Evaluator<'a> {
        let days = plan.offsets.iter().map(|back| on.plus(-(*back as i32)));
        if memory.states.len() == plan.offsets.len() {
            memory.states.iter_mut().zip(days).for_each(|(state, day)| state.turn_to(plan, day));
        } else {
            memory.states = days.map(|day| State::new(plan, day, memory.tells_lines)).collect();
            memory.memos =
                plan.basis.iter().map(|basis| basis.as_ref().map_or_else(Memo::default, Memo::new)).collect();
            memory.known = KnownOutcomes::new(plan.models.len());
        }
        memory.turn += 1;
        Evaluator { plan, norms, facts, memory }
    }

    /// The patient as the questions of one day see her.
    pub(super) fn view(&self, at: usize) -> View<'a> {
        View { plan: self.plan, facts: self.facts, on: self.memory.states[at].on }
    }

    /// One rule set's result on the index day.
    pub fn outcome(&mut self, model: usize) -> Outcome {
        self.outcome_at(0, model)
    }

    fn outcome_at(&mut self, at: usize, model: usize) -> Outcome {
        let id = self.number_at(at, model);
        *self.memory.known.get(id)
    }

    /// The number of one rule set's result on the index day.
    #[inline]
    pub fn number(&mut self, model: usize) -> OutcomeId {
        self.number_at(0, model)
    }

    fn number_at(&mut self, at: usize, model: usize) -> OutcomeId {
        self.begin(at);
        // Of most published rule sets there is nothing else to ask.
        if let Some(direct) = &self.plan.direct[model]
            && direct.is_of_all
            && !self.memory.states[at].is_dead
        {
            return sum::direct(self, at, model, direct, Tri::Yes);
        }
        if !self.plan.models[model].is_asked {
            return self.known_or_new(at, model);
        }
        match self.memory.states[at].outcomes[model] {
            NO_OUTCOME => {
                let id = self.known_or_new(at, model);
                self.memory.states[at].outcomes[model] = id;
                id
            }
            id => id,
        }
    }

    fn known_or_new(&mut self, at: usize, model: usize) -> OutcomeId {
        let state = &self.memory.states[at];
        let population = &self.plan.populations[model];
        let told = population.of_bits(&state.yes, &state.unknown);
        if state.is_dead || told == Tri::No {
            return self.memory.known.without_score(model, Tri::No);
        }
        if let Some(direct) = &self.plan.direct[model] {
            let in_population = if population.is_of_bits() { told } else { population::population(self, at, model) };
            return sum::direct(self, at, model, direct, in_population);
        }
        if !self.find_key(at, model) {
            return sum::outcome(self, at, model);
        }
        if let Some(outcome) = self.memory.memos[model].outcome() {
            return outcome;
        }
        let outcome = sum::outcome(self, at, model);
        // Summing up may have asked for the same rule set on another day.
        self.find_key(at, model);
        self.memory.memos[model].remember(outcome);
        outcome
    }

    /// Gives the rule set's memory the answers from which the outcome follows; false when it follows from more.
    #[inline]
    fn find_key(&mut self, at: usize, model: usize) -> bool {
        let Some(basis) = &self.plan.basis[model] else { return false };
        for question in &basis.questions {
            self.truth(at, *question);
        }
        let mut counted = std::mem::take(&mut self.memory.counted);
        counted.clear();
        for id in &basis.counts {
            let count = if self.truth(at, *id).is_yes() { self.count(at, *id) } else { 0 };
            counted.push(u64::from(count));
        }
        let Memory { states, memos, turn, .. } = &mut *self.memory;
        let turn = if at == 0 { *turn } else { 0 };
        memos[model].turn_to(turn, basis, &states[at].yes, &states[at].unknown, &counted);
        self.memory.counted = counted;
        true
    }

    /// The lines that make up the rule set's score on the index day, of which there must be one.
    pub(super) fn lines(&mut self, model: usize, lines: &mut Vec<LineOf>) {
        lines.clear();
        if let Some(direct) = &self.plan.direct[model] {
            direct.lines(&self.memory.states[0].yes, lines);
            return;
        }
        let has_key = self.memory.memos[model].turn == self.memory.turn || self.find_key(0, model);
        if has_key && let Some(known) = self.memory.memos[model].lines() {
            lines.extend_from_slice(known);
            return;
        }
        sum::lines(self, model, lines);
        if has_key {
            self.find_key(0, model);
            self.memory.memos[model].remember_lines(lines);
        }
    }

    #[inline]
    fn begin(&mut self, at: usize) {
        if !self.memory.states[at].begun {
            self.set_bits(at);
        }
    }

    /// All yes bits, as far as answered.
    pub(super) fn yes(&self, at: usize) -> &[u64] {
        &self.memory.states[at].yes
    }

    /// The yes bits, as far as answered.
    pub(super) fn yes_word(&self, at: usize, word: usize) -> u64 {
        self.memory.states[at].yes[word]
    }

    #[inline]
    pub(super) fn truth(&mut self, at: usize, id: NodeId) -> Tri {
        self.begin(at);
        let (word, bit) = bits::place(id);
        let state = &self.memory.states[at];
        if state.done[word] & bit == 0 {
            return self.ask(at, id);
        }
        match (state.yes[word] & bit != 0, state.unknown[word] & bit != 0) {
            (true, _) => Tri::Yes,
            (false, true) => Tri::Unknown,
            _ => Tri::No,
        }
    }

    #[inline(never)]
    fn ask(&mut self, at: usize, id: NodeId) -> Tri {
        let answer = self.answer(at, id);
        self.remember(at, id, answer);
        if answer.count > 0 {
            self.memory.states[at].found.push(id);
        }
        answer.truth
    }

    /// What the question counts, when it is yes.
    pub(super) fn count(&mut self, at: usize, id: NodeId) -> u32 {
        self.truth(at, id);
        match &self.plan.node(id).kind {
            NodeKind::Seen { .. } => super::evidence::seen_days(self, at, id),
            NodeKind::Age { .. } => leaf::age(self.view(at)),
            NodeKind::Any(_) | NodeKind::All(_) | NodeKind::SeenAny { .. } => {
                super::evidence::joined_count(self, at, id)
            }
            NodeKind::AtLeast { n, .. } => self.at_least(at, id, *n).count,
            _ => self.memory.states[at].counts[id.index()],
        }
    }

    pub(super) fn remember(&mut self, at: usize, id: NodeId, answer: Answer) {
        let (word, bit) = bits::place(id);
        let state = &mut self.memory.states[at];
        state.done[word] |= bit;
        state.counts[id.index()] = answer.count;
        match answer.truth {
            Tri::Yes => state.yes[word] |= bit,
            Tri::Unknown => state.unknown[word] |= bit,
            Tri::No => {}
        }
    }

    fn answer(&mut self, at: usize, id: NodeId) -> Answer {
        let plan = self.plan;
        match &plan.node(id).kind {
            NodeKind::Always(truth) => Answer::new(*truth, 0),
            // The pass has answered these.
            NodeKind::Seen { .. } | NodeKind::SeenAny { .. } | NodeKind::Age { .. } => Answer::new(Tri::No, 0),
            NodeKind::Any(_) => Answer::new(self.any_truth(at, id), 0),
            NodeKind::All(_) => Answer::new(self.all_truth(at, id), 0),
            NodeKind::None(_) => Answer::new(self.any_truth(at, id).negate(), 0),
            NodeKind::AtLeast { n, .. } => self.at_least(at, id, *n),
            NodeKind::DaysOf { of, days, apart } => self.days_of(at, of, *days, *apart),
            NodeKind::Together { of, days, after } => together::answer(self, at, of, *days, *after),
            NodeKind::Model { model, question } => self.model(at, *model, question, plan.node(id).missing),
            NodeKind::Peers(peers) => peers::answer(self, at, peers, plan.node(id).missing),
            NodeKind::Diagnosis { seen, .. } if !self.truth(at, *seen).is_yes() => {
                Answer::new(plan.node(id).missing, 0)
            }
            _ => leaf::answer(self.view(at), plan.node(id)),
        }
    }

    fn any_truth(&mut self, at: usize, id: NodeId) -> Tri {
        let plan = self.plan;
        let members = &plan.members[id.index()];
        let state = &self.memory.states[at];
        let mut truth = eager::any(&members.bits, &state.yes, &state.unknown);
        for id in &members.asked {
            if truth.is_yes() {
                break;
            }
            truth = truth.or(self.truth(at, *id));
        }
        truth
    }

    fn all_truth(&mut self, at: usize, id: NodeId) -> Tri {
        let plan = self.plan;
        let members = &plan.members[id.index()];
        let state = &self.memory.states[at];
        let mut truth = eager::all(&members.bits, &state.yes, &state.unknown);
        for id in &members.asked {
            if truth == Tri::No {
                break;
            }
            truth = truth.and(self.truth(at, *id));
        }
        truth
    }

    fn at_least(&mut self, at: usize, id: NodeId, n: u32) -> Answer {
        let plan = self.plan;
        let members = &plan.members[id.index()];
        let state = &self.memory.states[at];
        let (mut yes, mut open) = eager::numbers(&members.bits, &state.yes, &state.unknown);
        for id in &members.asked {
            match self.truth(at, *id) {
                Tri::Yes => yes += 1,
                Tri::Unknown => open += 1,
                Tri::No => {}
            }
        }
        Answer::new(eager::reaches(n, yes, open), yes)
    }

    /// Unknown when those answered are too few and others could not be asked.
    fn days_of(&mut self, at: usize, of: &[NodeId], days: u32, apart: u32) -> Answer {
        let found = super::evidence::joined_days(self, at, of);
        let count = leaf::chosen_days(found.into_iter(), apart);
        let open = |all: &mut Self| of.iter().any(|id| all.truth(at, *id).is_unknown());
        let truth = if count < days && open(self) { Tri::Unknown } else { (count >= days).into() };
        Answer::new(truth, count)
    }

    fn model(&mut self, at: usize, model: usize, question: &ModelQuestion, missing: Tri) -> Answer {
        let Some(outcome) = self.other_outcome(at, model, question) else { return Answer::new(missing, 0) };
        let Some(score) = outcome.score else {
            let truth = if outcome.in_population.is_unknown() { Tri::Unknown } else { Tri::No };
            return Answer::new(truth, 0);
        };
        let points = question.at_least.is_none_or(|least| score.value >= least)
            && question.below.is_none_or(|below| score.value < below);
        let band =
            question.bands.is_empty() || score.band.is_some_and(|band| question.bands.contains(&usize::from(band)));
        Answer::new((question.as_points || (points && band)).into(), 1)
    }

    /// The other rule set's outcome on the day that the question names.
    pub(super) fn other_outcome(&mut self, at: usize, model: usize, question: &ModelQuestion) -> Option<Outcome> {
        let back = self.plan.offsets[at] + question.days_ago;
        let there = self.plan.offsets.binary_search(&back).ok()?;
        Some(self.outcome_at(there, model))
    }
}
