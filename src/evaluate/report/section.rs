//! The parts of the page.

use super::About;
use super::plots;
use super::words::{count, estimate, safe};
use crate::evaluate::study::findings::{ModelFindings, OutcomeFindings};
use crate::evaluate::study::{Row, baseline};
use std::fmt::Write;

/// The figures of the first table: heading, metric, and what its method begins with.
const SUMMARY: [(&str, &str, &str); 6] = [
    ("AUROC", "AUROC", ""),
    ("Average precision", "average precision", ""),
    ("Observed/expected", "observed/expected", ""),
    ("Calibration slope", "calibration slope", ""),
    ("Scaled Brier", "scaled Brier score", ""),
    ("Scored", "share of patients scored", ""),
];

/// One outcome: a table of all models, then each model.
#[must_use]
pub fn outcome(about: &About, outcome: &OutcomeFindings) -> String {
    let mut out = format!("<section><h2>{}</h2>", safe(&outcome.name));
    let _ = write!(
        out,
        "<p>{} rows of patient and index day with a known outcome, {} events ({:.1} %).</p>",
        outcome.n,
        outcome.events,
        100.0 * outcome.events as f64 / (outcome.n.max(1)) as f64
    );
    out += &summary(about, outcome);
    out += &differences(about, outcome);
    for model in &outcome.models {
        out += &one_model(about, outcome, model);
    }
    out + "</section>"
}

fn rows_of<'a>(about: &'a About, evaluation: &'a str, model: &'a str) -> impl Iterator<Item = &'a Row> {
    about.findings.rows.iter().filter(move |row| row.evaluation == evaluation && row.model == model)
}

/// The best-founded row of a metric: the first that has an interval, else the first.
fn best<'a>(about: &'a About, evaluation: &'a str, model: &'a str, metric: &str) -> Option<&'a Row> {
    let of = || rows_of(about, evaluation, model).filter(|row| row.metric == metric);
    of().find(|row| row.estimate.lower.number().is_some()).or_else(|| of().next())
}

fn summary(about: &About, outcome: &OutcomeFindings) -> String {
    let lists: Vec<String> = about
        .settings
        .capacities
        .iter()
        .take(1)
        .map(|capacity| format!("sensitivity, list of {}", capacity.name()))
        .collect();
    let mut out = "<h3>All models</h3><table><thead><tr><th>Model</th><th>Patients</th><th>Events</th>".to_owned();
    SUMMARY.iter().for_each(|(heading, ..)| out += &format!("<th>{heading}</th>"));
    lists.iter().for_each(|list| out += &format!("<th>{}</th>", safe(&capital(list))));
    out += "</tr></thead><tbody>";
    for model in &outcome.models {
        out += &format!("<tr><th>{}</th><td>{}</td><td>{}</td>", safe(&model.name), model.n, model.events);
        let metrics = SUMMARY.iter().map(|(_, metric, _)| (*metric).to_owned()).chain(lists.iter().cloned());
        for metric in metrics {
            let told = best(about, &outcome.name, &model.name, &metric)
                .map_or("not measured".to_owned(), |row| estimate(&row.estimate));
            out += &format!("<td>{}</td>", safe(&told));
        }
        out += "</tr>";
    }
    for row in rows_of(about, &outcome.name, baseline::NAME).filter(|row| row.metric == "all") {
        out +=
            &format!("<tr><th>{}</th><td colspan=\"9\">{}</td></tr>", safe(&row.model), safe(&estimate(&row.estimate)));
    }
    out + "</tbody></table>"
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn differences(about: &About, outcome: &OutcomeFindings) -> String {
    let evaluation = format!("{} | difference", outcome.name);
    let mut names: Vec<&str> = Vec::new();
    for row in about.findings.rows.iter().filter(|row| row.evaluation == evaluation) {
        if !names.contains(&row.model.as_str()) {
            names.push(&row.model);
        }
    }
    if names.is_empty() {
        return String::new();
    }
    let mut out = "<h3>Paired differences, on patients whom both score</h3><table><thead><tr><th>First − second</th><th>Patients</th><th>AUROC</th><th>p (DeLong)</th><th>Average precision</th><th>Brier score</th></tr></thead><tbody>".to_owned();
    for name in names {
        let told = |metric: &str| {
            best(about, &evaluation, name, metric).map_or("not measured".to_owned(), |row| estimate(&row.estimate))
        };
        let n = rows_of(about, &evaluation, name).next().and_then(|row| row.n);
        out += &format!("<tr><th>{}</th><td>{}</td>", safe(&name.replace(" - ", " − ")), count(n));
        for metric in ["AUROC", "p of the AUROC difference", "average precision", "Brier score"] {
            out += &format!("<td>{}</td>", safe(&told(metric)));
        }
        out += "</tr>";
    }
    out + "</tbody></table>"
}

fn one_model(about: &About, outcome: &OutcomeFindings, model: &ModelFindings) -> String {
    let reference = outcome.models.iter().find(|other| other.name == outcome.reference && other.name != model.name);
    let mut out = format!("<article><h3>{}</h3>", safe(&model.name));
    out += &described(about, model);
    out += "<div class=\"plots\">";
    plots::all(model, reference).into_iter().for_each(|drawing| out += &format!("<figure>{drawing}</figure>"));
    out += "</div>";
    out += &legend(reference);
    if let Some(forest) = plots::forest(model) {
        out += &format!("<h4>AUROC by subgroup</h4><figure class=\"wide\">{forest}</figure>");
    }
    out += &figures(about, &outcome.name, &model.name);
    out + "</article>"
}

fn described(about: &About, model: &ModelFindings) -> String {
    let set = about.rule_sets.iter().find(|set| set.id == model.name);
    let version = model.version.as_ref().map(|version| format!("Version {}. ", safe(version))).unwrap_or_default();
    let status = set
        .map(|set| format!("Status: {}. {} ", set.status.name(), safe(set.purpose.get(crate::clinical::Language::En))));
    let p = capital(&model.p_from.text(about.settings.folds));
    format!("<p>{version}{}{p}.</p>", status.unwrap_or_default())
}

fn legend(reference: Option<&ModelFindings>) -> String {
    let reference = reference.map(|reference| format!("; broken line: {}", safe(&reference.name))).unwrap_or_default();
    format!(
        "<p class=\"legend\">Solid line: this model, shaded: its 95 % interval{reference}; dotted: chance, perfect calibration or \
         contacting nobody; thin: contacting everybody, or the best possible list.</p>"
    )
}

/// Every figure of a model over all patients.
fn figures(about: &About, evaluation: &str, model: &str) -> String {
    let mut out = "<details open><summary>All figures</summary><table class=\"figures\"><thead><tr><th>Measure</th><th>Value (95 % interval)</th><th>Method</th></tr></thead><tbody>".to_owned();
    for row in rows_of(about, evaluation, model) {
        out += &format!(
            "<tr><td>{}</td><td>{}</td><td>{}</td></tr>",
            safe(&row.metric),
            safe(&estimate(&row.estimate)),
            safe(&row.method)
        );
    }
    out + "</tbody></table></details>"
}
