//! Inputs made of other inputs: combinations, other rule sets, peers.

use super::contacts::contact_kinds;
use super::inputs::{Scope, apart, refuse, window};
use crate::model::report::Report;
use crate::model::ruleset::{InputId, InputKind, ModelInput, Peers, Usage};
use crate::model::tree::{Entry, Table};

fn ids(table: &Table, key: &str, scope: &Scope) -> Vec<InputId> {
    table.names(key).filter_map(|(name, _)| scope.ids.get(name).copied()).collect()
}

pub fn combination(table: &Table, entry: &Entry, scope: &Scope, report: &mut Report) -> InputKind {
    if !table.has("of") && !table.has("days_of") && !table.has("together") {
        refuse(table, &["at_least"], "without `of`, `days_of` or `together`", report);
    }
    if !table.has("days_of") {
        refuse(table, &["apart"], "without `days_of`", report);
    }
    if !table.has("together") {
        refuse(table, &["after"], "without `together`", report);
    }
    if table.has("days_of") {
        days_of(table, scope, report)
    } else if table.has("together") {
        together(table, entry, scope, report)
    } else if table.has("any") {
        InputKind::Any(ids(table, "any", scope))
    } else if table.has("all") {
        InputKind::All(ids(table, "all", scope))
    } else if table.has("none") {
        InputKind::None(ids(table, "none", scope))
    } else {
        at_least(table, entry, scope, report)
    }
}

fn at_least(table: &Table, entry: &Entry, scope: &Scope, report: &mut Report) -> InputKind {
    let there = table.names("of").count();
    match (table.count("at_least"), table.get("at_least")) {
        (Some(n), Some(at)) if n as usize > there => {
            report.fault(&at.node.span, format!("at least {n} of {there} can never be"), "too many");
        }
        (None, None) => report.fault(&entry.span, "the input lacks `at_least`", "at least how many?"),
        _ => {}
    }
    InputKind::AtLeast { n: table.count("at_least").unwrap_or(1), of: ids(table, "of", scope) }
}

/// Days are counted over inputs that each ask for a single day or substance; others have no days of their own.
fn days_of(table: &Table, scope: &Scope, report: &mut Report) -> InputKind {
    single_days(table, "days_of", scope, report);
    InputKind::DaysOf {
        of: ids(table, "days_of", scope),
        days: table.count("at_least").unwrap_or(1),
        apart: apart(table, report),
    }
}

fn together(table: &Table, entry: &Entry, scope: &Scope, report: &mut Report) -> InputKind {
    single_days(table, "together", scope, report);
    if table.names("together").count() < 2 {
        report.fault(&entry.span, "`together` needs at least two inputs", "together with what?");
    }
    InputKind::Together {
        of: ids(table, "together", scope),
        days: table.count("at_least").unwrap_or(1),
        after: table.days("after").unwrap_or(0),
    }
}

fn single_days(table: &Table, key: &str, scope: &Scope, report: &mut Report) {
    for (name, span) in table.names(key) {
        let Some(part) = scope.ids.get(name).and_then(|id| scope.inputs.get(id.0)) else { continue };
        let single = match &part.kind {
            InputKind::Diagnosis(part) => part.days == 1 && !part.distinct_codes,
            InputKind::Contact(part) => part.days == 1 && part.doubled_since.is_none(),
            InputKind::Medicine(part) => {
                part.at_least == 1 && matches!(part.usage, Usage::Any | Usage::AnyRegular | Usage::Begun)
            }
            _ => false,
        };
        if !single {
            let help = "diagnoses, contacts, and medicines with `usage` `any`, `any_regular` or `begun`, each asking for one day";
            report.fault_with(span, format!("`{name}` has no days to count"), "cannot be counted by days", help);
        }
    }
}

pub fn model(table: &Table, report: &mut Report) -> ModelInput {
    let limits = table.table("points");
    let limit = |key| limits.and_then(|limits| limits.points(key));
    let (at_least, below) = (limit("at_least"), limit("below"));
    if let (Some(low), Some(high), Some(entry)) = (at_least, below, table.get("points"))
        && low >= high
    {
        report.fault(&entry.node.span, format!("no number is at least {low} and below {high}"), "holds nothing");
    }
    ModelInput {
        id: table.word("model").unwrap_or_default().to_owned(),
        bands: table.words("bands"),
        at_least,
        below,
        days_ago: table.count("days_ago").unwrap_or(0),
        as_points: table.has("as_points"),
    }
}

pub fn peers(table: &Table, scope: &Scope, report: &mut Report) -> Peers {
    let ages = ascending(table, "age_bands", report);
    let counts = ascending(table, "morbidity_bands", report);
    for (key, bands, within) in
        [("wide_age_from", &ages, "age_bands"), ("wide_morbidity_from", &counts, "morbidity_bands")]
    {
        if let (Some(n), Some(entry)) = (table.whole(key), table.get(key))
            && !bands.contains(&n)
        {
            report.fault(&entry.node.span, format!("{n} is no lower end in `{within}`"), "must begin a band");
        }
    }
    if let (Some(first), Some(entry)) = (counts.first(), table.get("morbidity_bands"))
        && *first != 0
    {
        report.fault(&entry.node.span, "the first band must begin at 0", "leaves some without a band");
    }
    if let (Some(tail), Some(entry)) = (table.number("tail_at_most"), table.get("tail_at_most"))
        && !(0.0..=1.0).contains(&tail)
    {
        report.fault(&entry.node.span, "a tail is from 0 to 1", "no probability");
    }
    Peers {
        contacts: contact_kinds(table, "contacts", report),
        window: window(table, report),
        age_bands: ages.iter().filter_map(|n| i32::try_from(*n).ok()).collect(),
        wide_age_from: table.whole("wide_age_from").and_then(|n| i32::try_from(n).ok()).unwrap_or(0),
        morbidity: ids(table, "morbidity", scope),
        morbidity_bands: counts.iter().filter_map(|n| u32::try_from(*n).ok()).collect(),
        wide_morbidity_from: table.count("wide_morbidity_from").unwrap_or(0),
        least_peers: table.count("least_peers").unwrap_or(1),
        capped_at: table.count("capped_at").unwrap_or(1),
        least_mean: table.number("least_mean").unwrap_or(0.0),
        tail_at_most: table.number("tail_at_most").unwrap_or(0.0),
        eligible: ids(table, "eligible", scope),
    }
}

fn ascending(table: &Table, key: &str, report: &mut Report) -> Vec<i64> {
    let numbers = table.wholes(key);
    if let Some(entry) = table.get(key)
        && (numbers.is_empty() || !numbers.is_sorted_by(|a, b| a < b))
    {
        report.fault(&entry.node.span, format!("`{key}` must ascend"), "not ascending");
    }
    numbers
}
