//! Facts that are codes, diagnoses and medicines alike, as questions about codes find them.

use super::leaf::{self, View};
use super::node::{NodeKind, Table};
use crate::clinical::{CodeSystem, Window};
use crate::journal::tables::Source;
use crate::observe::facts::{DiagnosisFact, MedicineFact};
use crate::observe::{ClassId, CodeWord, PatientFacts, SelectorId};

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
        Coded { day: fact.day, code: fact.code(), system: CodeSystem::Atc }
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
    let facts = view.facts.diagnoses.iter().map(|fact| (fact.visible, fact.class(), Coded::from(fact)));
    found(view, selector, window, facts)
}

/// Medicines of the selector in the window.
pub(super) fn medicines(view: View<'_>, selector: SelectorId, window: Window) -> impl Iterator<Item = Coded> {
    let facts = view.facts.medicines.iter().map(|fact| (fact.visible, fact.class(), Coded::from(fact)));
    found(view, selector, window, facts)
}

fn found(
    view: View<'_>,
    selector: SelectorId,
    window: Window,
    facts: impl Iterator<Item = (i32, ClassId, Coded)>,
) -> impl Iterator<Item = Coded> {
    let holds = window.holds(view.on);
    facts.filter_map(move |(visible, class, fact)| {
        let counts = visible <= view.on.0 && holds(fact.day) && view.plan.class_has(class, selector);
        counts.then_some(fact)
    })
}
