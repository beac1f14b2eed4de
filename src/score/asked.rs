//! Which sources a rule set asks for.

use crate::journal::tables::{ContactKind, Source};
use crate::model::RuleSet;
use crate::model::ruleset::{InputKind, Measurement};

/// The sources that a rule set asks for.
pub fn asked_sources(rule_set: &RuleSet) -> impl Iterator<Item = Source> + '_ {
    rule_set.inputs.iter().flat_map(|input| {
        let kinds: &[String] = match &input.kind {
            InputKind::Contact(spec) => &spec.kinds,
            InputKind::Peers(spec) => &spec.contacts,
            InputKind::Measurement(Measurement { unanswered: Some(unanswered), .. }) => &unanswered.contacts,
            _ => &[],
        };
        let contacts = kinds.iter().filter_map(|name| ContactKind::parse(name)).map(ContactKind::source);
        source_of(&input.kind).into_iter().chain(contacts)
    })
}

/// The source that an input needs as a whole; contacts are judged kind by kind.
pub(super) fn source_of(kind: &InputKind) -> Option<Source> {
    match kind {
        InputKind::Diagnosis(_) => Some(Source::Diagnoses),
        InputKind::Medicine(_) => Some(Source::Medicines),
        InputKind::Measurement(_) => Some(Source::Measurements),
        InputKind::Function(_) => Some(Source::Functions),
        InputKind::Service(_) => Some(Source::Services),
        _ => None,
    }
}
