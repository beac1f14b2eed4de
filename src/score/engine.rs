//! One patient in full: every line of every rule set, for explaining and for cases.

use super::evaluate::{Evaluator, Memory};
use super::evidence;
use super::known::OutcomeId;
use super::peers::Norms;
use super::plan::{ModelPlan, Plan};
use super::result::{Evidence, Explained, Line, Outcome, Part, State};
use super::seen::Seen;
use super::sum::{self, Mark, Range};
use crate::clinical::{Day, Points, Tri};
use crate::journal::patient::PatientJournal;
use crate::journal::tables::Sources;
use crate::model::RuleSet;
use crate::model::ruleset::{InputId, Note};
use crate::observe::facts::{
    ContactFact, DiagnosisFact, FunctionFact, MeasurementFact, MedicineFact, PatientFacts, ServiceFact,
};

/// Rule sets, compiled for a journal that delivered certain sources.
#[derive(Debug)]
pub struct Engine {
    plan: Plan,
    details: Vec<Detail>,
}

/// What only the explanation of a rule set needs; inputs by their number.
#[derive(Debug)]
struct Detail {
    inside: Vec<usize>,
    outside: Vec<usize>,
    /// The input whose facts each criterion's sentence tells.
    shown: Vec<usize>,
    notes: Vec<NoteDetail>,
}

#[derive(Debug)]
struct NoteDetail {
    input: usize,
    shown: usize,
    from_points: Option<Points>,
}

impl Detail {
    fn of(rule_set: &RuleSet) -> Detail {
        let numbers = |ids: &[InputId]| ids.iter().map(|id| id.0).collect();
        let note = |note: &Note| NoteDetail {
            input: note.input.0,
            shown: note.shows.unwrap_or(note.input).0,
            from_points: note.from_points,
        };
        Detail {
            inside: numbers(&rule_set.population.all),
            outside: numbers(&rule_set.population.none),
            shown: rule_set.criteria.iter().map(|c| c.shows.unwrap_or(c.input).0).collect(),
            notes: rule_set.notes.iter().map(note).collect(),
        }
    }
}

/// The facts of one patient, owned.
#[derive(Debug, Default)]
pub struct OwnedFacts {
    diagnoses: Vec<DiagnosisFact>,
    medicines: Vec<MedicineFact>,
    contacts: Vec<ContactFact>,
    measurements: Vec<MeasurementFact>,
    functions: Vec<FunctionFact>,
    services: Vec<ServiceFact>,
}

impl OwnedFacts {
    fn of(plan: &Plan, journal: &PatientJournal) -> OwnedFacts {
        let lexicon = &plan.lexicon;
        let mut facts = OwnedFacts {
            diagnoses: journal.diagnoses.iter().filter_map(|row| lexicon.diagnosis(row)).collect(),
            medicines: journal.medicines.iter().filter_map(|row| lexicon.medicine(row)).collect(),
            contacts: journal.contacts.iter().map(|row| lexicon.contact(row)).collect(),
            functions: journal.functions.iter().filter_map(|row| lexicon.function(row)).collect(),
            services: journal.services.iter().filter_map(|row| lexicon.service(row)).collect(),
            ..OwnedFacts::default()
        };
        facts.medicines.sort_unstable();
        for row in &journal.measurements {
            lexicon.measurements(row, |fact| facts.measurements.push(fact));
        }
        facts
    }

    fn view(&self, journal: &PatientJournal) -> PatientFacts<'_> {
        PatientFacts {
            person: journal.person,
            diagnoses: &self.diagnoses,
            medicines: &self.medicines,
            contacts: &self.contacts,
            measurements: &self.measurements,
            functions: &self.functions,
            services: &self.services,
        }
    }
}

impl Engine {
    /// Compiles checked rule sets.
    #[must_use]
    pub fn new(rule_sets: &[RuleSet], sources: Sources) -> Engine {
        Engine { plan: Plan::new(rule_sets, sources), details: rule_sets.iter().map(Detail::of).collect() }
    }

    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// What `take` makes of a patient as the pass over a journal sees her.
    pub fn look<T>(
        &self,
        journal: &PatientJournal,
        on: Day,
        norms: &Norms,
        take: impl FnOnce(&mut Seen<'_, '_>) -> T,
    ) -> T {
        let facts = OwnedFacts::of(&self.plan, journal);
        let mut memory = Memory::default();
        let facts = facts.view(journal);
        let mut evaluator = Evaluator::new(&self.plan, norms, &mut memory, &facts, on);
        let numbers: Vec<OutcomeId> = (0..self.plan.models.len()).map(|model| evaluator.number(model)).collect();
        take(&mut Seen::new(&mut evaluator, &numbers))
    }

    /// Every rule set's result with all its lines, in the order of the rule sets.
    #[must_use]
    pub fn explain(&self, journal: &PatientJournal, on: Day, norms: &Norms) -> Vec<Explained> {
        let facts = OwnedFacts::of(&self.plan, journal);
        let mut memory = Memory::default();
        let facts = facts.view(journal);
        let mut evaluator = Evaluator::new(&self.plan, norms, &mut memory, &facts, on);
        (0..self.plan.models.len()).map(|model| self.explain_model(&mut evaluator, model)).collect()
    }

    /// How each input of a rule set is answered, in the rule set's order, with the facts of those that are yes.
    #[must_use]
    pub fn answers(&self, journal: &PatientJournal, on: Day, norms: &Norms, model: usize) -> Vec<(Tri, Evidence)> {
        let facts = OwnedFacts::of(&self.plan, journal);
        let mut memory = Memory::default();
        let facts = facts.view(journal);
        let mut evaluator = Evaluator::new(&self.plan, norms, &mut memory, &facts, on);
        let plan = &self.plan.models[model];
        let answer = |input: usize| {
            let truth = evaluator.truth(0, plan.inputs[input]);
            let evidence = if truth.is_yes() { told(&mut evaluator, plan, input) } else { Evidence::default() };
            (truth, evidence)
        };
        (0..plan.inputs.len()).map(answer).collect()
    }

    fn explain_model(&self, evaluator: &mut Evaluator, model: usize) -> Explained {
        let plan = &self.plan.models[model];
        let outcome = evaluator.outcome(model);
        let outside = outside(evaluator, plan, &self.details[model]);
        let lines = match &outcome.score {
            None => Vec::new(),
            Some(_) => self.lines(evaluator, model, &outcome),
        };
        let open = |input: &usize| evaluator.truth(0, plan.inputs[*input]).is_unknown();
        let unsettled = match &outcome.score {
            None => Vec::new(),
            Some(_) => self.details[model].outside.iter().copied().filter(open).collect(),
        };
        Explained { outcome, lines, outside, unsettled }
    }

    fn lines(&self, evaluator: &mut Evaluator, model: usize, outcome: &Outcome) -> Vec<Line> {
        let plan = &self.plan.models[model];
        let detail = &self.details[model];
        let mut lines = criteria_and_caps(evaluator, plan, detail, outcome);
        for (index, note) in detail.notes.iter().enumerate() {
            lines.push(note_line(evaluator, plan, outcome, index, note));
        }
        lines.extend(band_setter_line(evaluator, plan));
        lines
    }
}

/// Inputs that kept the patient out, by their number in the rule set.
fn outside(evaluator: &mut Evaluator, plan: &ModelPlan, detail: &Detail) -> Vec<usize> {
    let mut answer = |input: &usize| evaluator.truth(0, plan.inputs[*input]);
    let mut numbers: Vec<usize> = detail.inside.iter().copied().filter(|input| !answer(input).is_yes()).collect();
    numbers.extend(detail.outside.iter().filter(|input| answer(input).is_yes()));
    numbers
}

/// The evidence of an input, each fact with the input that it answered.
fn told(evaluator: &mut Evaluator, plan: &ModelPlan, input: usize) -> Evidence {
    let mut found = evidence::evidence(evaluator, 0, plan.inputs[input]);
    for fact in &mut found.facts {
        fact.input = plan.inputs.iter().position(|node| node.index() == fact.input).unwrap_or(input);
    }
    found
}

fn criteria_and_caps(evaluator: &mut Evaluator, plan: &ModelPlan, detail: &Detail, outcome: &Outcome) -> Vec<Line> {
    sum::collect(evaluator, 0, plan);
    sum::mark(&mut evaluator.memory.scratch, plan);
    let live = evaluator.memory.scratch.live.clone();
    let marks = evaluator.memory.scratch.marks.clone();
    sum::unmark(&mut evaluator.memory.scratch);
    let gate = outcome.score.map_or(Tri::No, |score| score.gate);
    let mut lines = Vec::with_capacity(plan.criteria.len());
    let mut sums = vec![Points::ZERO; plan.caps.len()];
    for (index, criterion) in plan.criteria.iter().enumerate() {
        let range = live.iter().find(|(i, _, _)| *i as usize == index).map(|(_, _, range)| *range);
        let state = state(&marks, plan, index as u16);
        let shown = range.map_or(Range::default(), |range| sum::under_hierarchy(&marks, plan, index as u16, range));
        let counted = if gate.is_yes() && state == State::Met { shown.value } else { Points::ZERO };
        if let Some(cap) = criterion.cap {
            sums[cap] += counted;
        }
        let evidence = match state {
            State::Met | State::Silenced(_) => told(evaluator, plan, detail.shown[index]),
            _ => Evidence::default(),
        };
        let at_most = if state == State::Unknown { shown.most } else { Points::ZERO };
        lines.push(Line { part: Part::Criterion(index), state, points: counted, at_most, evidence });
    }
    for (index, (sum, cap)) in sums.iter().zip(&plan.caps).enumerate() {
        let over = cap.map_or(Points::ZERO, |at_most| at_most.min(*sum) - *sum);
        let state = if over == Points::ZERO { State::NotMet } else { State::Met };
        let (at_most, evidence) = (Points::ZERO, Evidence::default());
        lines.push(Line { part: Part::Cap(index), state, points: over, at_most, evidence });
    }
    lines
}

fn state(marks: &[Mark], plan: &ModelPlan, index: u16) -> State {
    match marks[index as usize] {
        Mark::No => State::NotMet,
        Mark::Unknown => State::Unknown,
        Mark::Met => match sum::silencer(marks, plan, index) {
            Some(by) => State::Silenced(by as usize),
            None => State::Met,
        },
    }
}

fn note_line(evaluator: &mut Evaluator, plan: &ModelPlan, outcome: &Outcome, index: usize, note: &NoteDetail) -> Line {
    let value = outcome.score.map_or(Points::ZERO, |score| score.value);
    let enough = note.from_points.is_none_or(|from| value >= from);
    let node = plan.inputs[note.input];
    let state = match evaluator.truth(0, node) {
        Tri::Yes if enough => State::Met,
        Tri::Unknown if enough => State::Unknown,
        _ => State::NotMet,
    };
    let evidence = if state == State::Met { told(evaluator, plan, note.shown) } else { Evidence::default() };
    Line { part: Part::Note(index), state, points: Points::ZERO, at_most: Points::ZERO, evidence }
}

fn band_setter_line(evaluator: &mut Evaluator, plan: &ModelPlan) -> Option<Line> {
    let (node, _) = plan.band_setter.as_ref()?;
    let state = match evaluator.truth(0, *node) {
        Tri::Yes => State::Met,
        Tri::Unknown => State::Unknown,
        Tri::No => State::NotMet,
    };
    let evidence = if state == State::Met { evidence::evidence(evaluator, 0, *node) } else { Evidence::default() };
    Some(Line { part: Part::BandSetter, state, points: Points::ZERO, at_most: Points::ZERO, evidence })
}
