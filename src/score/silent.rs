//! Questions about measurements, functions and services of which a patient has none: answered without being asked.

use super::bits;
use super::node::{Node, NodeId, NodeKind};
use super::plan::Constants;
use super::state::State;
use crate::observe::PatientFacts;

/// Such questions, and what makes each of them worth asking.
#[derive(Debug, Default)]
pub struct Silent {
    /// How a patient begins: what is constant, and the answers of those who have no such facts.
    pub begin: Constants,
    /// Words and bits of the questions about each analyte, each item, and any service.
    of_analyte: Vec<Vec<(usize, u64)>>,
    of_item: Vec<Vec<(usize, u64)>>,
    of_services: Vec<(usize, u64)>,
}

impl Silent {
    #[must_use]
    pub fn of(nodes: &[Node], constant: &Constants) -> Silent {
        let mut silent = Silent { begin: constant.clone(), ..Silent::default() };
        for (id, node) in nodes.iter().enumerate() {
            let at = bits::place(NodeId(id as u32));
            match &node.kind {
                NodeKind::Measurement { analyte, .. } => add(&mut silent.of_analyte, *analyte, at),
                NodeKind::Function { items, .. } => items.iter().for_each(|item| add(&mut silent.of_item, *item, at)),
                NodeKind::Service { .. } => bits::add(&mut silent.of_services, at),
                _ => continue,
            }
            silent.begin.settle(NodeId(id as u32), node.missing);
        }
        silent
    }

    /// Opens again what the patient's facts may answer.
    pub(super) fn open(&self, facts: &PatientFacts, state: &mut State) {
        for fact in facts.measurements {
            reopen(self.of_analyte.get(usize::from(fact.analyte)), state);
        }
        for fact in facts.functions {
            reopen(self.of_item.get(usize::from(fact.item)), state);
        }
        if !facts.services.is_empty() {
            reopen(Some(&self.of_services), state);
        }
    }
}

fn add(questions: &mut Vec<Vec<(usize, u64)>>, number: u16, at: (usize, u64)) {
    let number = usize::from(number);
    if questions.len() <= number {
        questions.resize(number + 1, Vec::new());
    }
    bits::add(&mut questions[number], at);
}

fn reopen(questions: Option<&Vec<(usize, u64)>>, state: &mut State) {
    for (word, bits) in questions.into_iter().flatten() {
        state.done[*word] &= !bits;
        state.yes[*word] &= !bits;
        state.unknown[*word] &= !bits;
    }
}
