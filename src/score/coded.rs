//! Facts that are codes, diagnoses and medicines alike, as questions about codes find them.

use super::leaf::{self, View};
use super::node::{NodeKind, Table};
use crate::clinical::{CodeSystem, Window};
use crate::journal::tables::Source;
use crate::observe::facts::{DiagnosisFact, MedicineFact};
use crate::observe::{CodeWord, PatientFacts, SelectorId};

/// A diagnosis or a medicine: its code, and the day that counts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Coded {
    pub day: i32,
    pub code: CodeWord,
    pub system: CodeSystem,
}

impl Coded {
    pub fn source(self) -> Source {
        if self.system == CodeSystem::Atc { Source::Medicines } else { Source::Diagnoses }
    }

    /// One of a patient's facts; medicines are counted on behind the diagnoses.
    pub fn at(facts: &PatientFacts, index: usize) -> Option<Coded> {
        match facts.diagnoses.get(index) {
            Some(fact) => Some(Coded::from(fact)),
            None => facts.medicines.get(index - facts.diagnoses.len()).map(Coded::from),
        }
    }
}

impl From<&DiagnosisFact> for Coded {
    fn from(fact: &DiagnosisFact) -> Coded {
        Coded { day: fact.day, code: fact.code(), system: fact.system() }
    }
}

impl From<&MedicineFact> for Coded {
    fn from(fact: &MedicineFact) -> Coded {
        Coded { day: fact.day, code: fact.code, system: CodeSystem::Atc }
    }
}

/// The facts that a question about codes finds; none for any other question.
pub(super) fn facts<'a>(view: View<'a>, kind: &'a NodeKind) -> Box<dyn Iterator<Item = Coded> + 'a> {
    match kind {
        NodeKind::Seen { table: Table::Diagnoses, selector, window } => Box::new(diagnoses(view, *selector, *window)),
        NodeKind::Seen { table: Table::Medicines, selector, window } => Box::new(medicines(view, *selector, *window)),
        NodeKind::Diagnosis { selector, sources, spec, .. } => {
            Box::new(leaf::diagnosis_facts(view, *selector, sources, spec).map(Coded::from))
        }
        _ => Box::new(std::iter::empty()),
    }
}

/// Diagnoses of the selector in the window.
pub(super) fn diagnoses(view: View<'_>, selector: SelectorId, window: Window) -> impl Iterator<Item = Coded> {
    let (first, last) = window.bounds(view.on);
    let in_window = move |fact: &&DiagnosisFact| first.0 <= fact.day && fact.day <= last.0;
    let facts = view.facts.diagnoses.iter().filter(move |fact| fact.visible <= view.on.0).filter(in_window);
    facts.filter(move |fact| view.plan.class_has(fact.class(), selector)).map(Coded::from)
}

/// Medicines of the selector in the window.
pub(super) fn medicines(view: View<'_>, selector: SelectorId, window: Window) -> impl Iterator<Item = Coded> {
    let (first, last) = window.bounds(view.on);
    let in_window = move |fact: &&MedicineFact| first.0 <= fact.day && fact.day <= last.0;
    let facts = view.facts.medicines.iter().filter(move |fact| fact.visible <= view.on.0).filter(in_window);
    facts.filter(move |fact| view.plan.class_has(fact.class, selector)).map(Coded::from)
}
