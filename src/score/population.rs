//! Who is in a rule set's population.

use super::eager;
use super::evaluate::Evaluator;
use super::members::Members;
use super::plan::{Constants, ModelPlan};
use crate::clinical::Tri;

/// A rule set's population: inside when every condition holds and no exclusion does.
#[derive(Debug)]
pub struct Population {
    inside: Members,
    outside: Members,
}

impl Population {
    #[must_use]
    pub fn of(model: &ModelPlan, answered: &Constants) -> Population {
        Population { inside: Members::new(&model.inside, answered), outside: Members::new(&model.outside, answered) }
    }

    /// Whether the answers of the pass decide it.
    pub fn is_of_bits(&self) -> bool {
        self.inside.asked.is_empty() && self.outside.asked.is_empty()
    }

    /// What the answers of the pass say; `Yes` and `Unknown` only as far as nothing else need be asked.
    #[inline]
    pub fn of_bits(&self, yes: &[u64], unknown: &[u64]) -> Tri {
        match eager::any(&self.outside.bits, yes, unknown) {
            Tri::Yes => Tri::No,
            _ => eager::all(&self.inside.bits, yes, unknown),
        }
    }
}

/// Whether the patient whom the evaluator looks at is in it.
pub(super) fn population(evaluator: &mut Evaluator, at: usize, model: usize) -> Tri {
    let population = &evaluator.plan.populations[model];
    let state = &evaluator.memory.states[at];
    let mut inside = population.of_bits(&state.yes, &state.unknown);
    for node in &population.inside.asked {
        if inside == Tri::No {
            return Tri::No;
        }
        inside = inside.and(evaluator.truth(at, *node));
    }
    if population.outside.asked.iter().any(|node| evaluator.truth(at, *node).is_yes()) { Tri::No } else { inside }
}
