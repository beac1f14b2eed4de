//! Codes that an input takes from other inputs, so that a list is written once.

use super::inputs::Scope;
use crate::model::report::Report;
use crate::model::ruleset::{Codes, InputKind};
use crate::model::tree::Table;

/// The codes of the diagnosis inputs under `codes_of`.
pub fn diagnoses(table: &Table, scope: &Scope, report: &mut Report) -> Codes {
    let codes = |kind: &InputKind| match kind {
        InputKind::Diagnosis(diagnosis) => Some(diagnosis.codes.clone()),
        _ => None,
    };
    joined(table, "codes_of", "diagnosis", codes, scope, report)
}

/// The codes of the medicine inputs under `atc_of`.
pub fn medicines(table: &Table, scope: &Scope, report: &mut Report) -> Codes {
    let codes = |kind: &InputKind| match kind {
        InputKind::Medicine(medicine) => Some(medicine.codes.clone()),
        _ => None,
    };
    let names_all = |name: &str| {
        let input = scope.ids.get(name).and_then(|id| scope.inputs.get(id.0));
        input.and_then(|input| codes(&input.kind)).is_some_and(|codes| codes.include.is_empty())
    };
    let every = table.names("atc_of").any(|(name, _)| names_all(name));
    let more = table.has("atc") || table.names("atc_of").count() > 1;
    if let Some(entry) = table.get("atc_of").filter(|_| every && more) {
        report.fault(&entry.span, "one of these inputs takes every medicine already", "leaves nothing to add");
    }
    joined(table, "atc_of", "medicine", codes, scope, report)
}

/// What any of them counts; what one of them leaves out does not count here either.
fn joined(
    table: &Table,
    key: &str,
    what: &str,
    codes: impl Fn(&InputKind) -> Option<Codes>,
    scope: &Scope,
    report: &mut Report,
) -> Codes {
    let mut joined = Codes::default();
    for (name, span) in table.names(key) {
        // A name that is no input was told when the order was made.
        let Some(input) = scope.ids.get(name).and_then(|id| scope.inputs.get(id.0)) else { continue };
        match codes(&input.kind) {
            Some(codes) => {
                joined.include.extend(codes.include);
                joined.except.extend(codes.except);
            }
            None => report.fault(span, format!("`{name}` is no {what} input"), "has no such codes"),
        }
    }
    joined
}
