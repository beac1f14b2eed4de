//! A card for each model: what it is, for whom, what it showed here, and what it must not be used for.

use super::About;
use super::words::estimate;
use crate::clinical::Language;
use crate::evaluate::study::Row;
use crate::model::RuleSet;
use std::fmt::Write;

/// The figures that a card shows.
const SHOWN: [&str; 8] = [
    "AUROC",
    "average precision",
    "observed/expected",
    "calibration slope",
    "ICI",
    "scaled Brier score",
    "concordance",
    "share of patients scored",
];

/// The card of a model, as Markdown.
#[must_use]
pub fn write(about: &About, model: &str, version: Option<&str>) -> String {
    let mut out = format!("# {model}\n\n");
    let known = about.rule_sets.iter().find(|set| set.id == model);
    match known {
        Some(set) => described(&mut out, set, version),
        None => out.push_str(
            "A model from outside tidlig's rule sets: its purpose, source and limits are for its maker to tell.\n",
        ),
    }
    out.push_str("\n## What it showed here\n\n| outcome | measure | value (95 % interval) | patients | events | method |\n| --- | --- | --- | ---: | ---: | --- |\n");
    for row in about.findings.rows.iter().filter(|row| row.model == model && shown(about, row)) {
        let numbers = [row.n, row.events].map(|count| count.map_or_else(|| "suppressed".to_owned(), |n| n.to_string()));
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} | {} | {} |",
            row.evaluation,
            row.metric,
            estimate(&row.estimate),
            numbers[0],
            numbers[1],
            row.method
        );
    }
    out.push_str("\nSubgroups, lists and thresholds are in evaluation.csv.\n\n## Limits\n\n");
    out.push_str("- These figures are of the patients evaluated, and of no others.\n");
    out.push_str("- A score proposes whom to ask; it is no diagnosis, and a person decides.\n");
    out.push_str("- That it finds people does not show that contacting them helps.\n");
    out
}

fn shown(about: &About, row: &Row) -> bool {
    let whole = about.findings.outcomes.iter().any(|outcome| outcome.name == row.evaluation);
    whole && SHOWN.iter().any(|metric| row.metric.starts_with(metric))
}

fn described(out: &mut String, set: &RuleSet, scored_with: Option<&str>) {
    let en = |text: &crate::clinical::Text| text.get(Language::En).to_owned();
    let _ = writeln!(out, "{}\n\n{}\n", en(&set.title), en(&set.purpose));
    let _ = writeln!(out, "- Version: {}{}", set.version, differs(set, scored_with));
    let _ = writeln!(out, "- Status: {}", set.status.name());
    set.source.iter().for_each(|source| {
        let _ = writeln!(out, "- Source: {source}");
    });
    set.departs.iter().for_each(|departs| {
        let _ = writeln!(out, "- Departs from its source: {departs}");
    });
    let _ = writeln!(out, "- Criteria: {}; bands: {}", set.criteria.len(), set.bands.len());
}

/// Scores made by another version than the one described must not pass for it.
fn differs(set: &RuleSet, scored_with: Option<&str>) -> String {
    match scored_with {
        Some(version) if version != set.version => format!(" (the scores were made with version {version})"),
        _ => String::new(),
    }
}

/// The name of a card's file: letters, digits and hyphens of the model's name.
#[must_use]
pub fn file_name(model: &str) -> String {
    let plain: String =
        model.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    format!("card-{plain}.md")
}
