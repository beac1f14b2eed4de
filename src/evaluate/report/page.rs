//! The page: everything in one file, no script, nothing from elsewhere.

use super::About;
use super::checklist;
use super::section;
use super::words::{estimate, safe};
use crate::evaluate::study::steady;

const STYLE: &str = include_str!("page.css");

/// The whole page.
#[must_use]
pub fn write(about: &About) -> String {
    let mut out = String::from(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Evaluation of risk scores</title>",
    );
    out += "<meta name=\"viewport\" content=\"width=device-width\"><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">";
    out += &format!("<style>{STYLE}</style></head><body><main>");
    out += &head(about);
    for outcome in &about.findings.outcomes {
        out += &section::outcome(about, outcome);
    }
    out += &steadiness(about);
    out += &done(about);
    out + "</main></body></html>\n"
}

fn head(about: &About) -> String {
    let mut out = "<header><h1>Evaluation of risk scores</h1>".to_owned();
    let models: Vec<&str> =
        about.findings.outcomes.iter().flat_map(|outcome| &outcome.models).map(|model| model.name.as_str()).collect();
    let mut distinct = models.clone();
    distinct.sort_unstable();
    distinct.dedup();
    out += &format!(
        "<p>{}, {}. Inputs: {}.</p>",
        counted(distinct.len(), "model"),
        counted(about.findings.outcomes.len(), "outcome"),
        safe(&about.inputs.join(", "))
    );
    out += "<ul>";
    about.findings.notes.iter().for_each(|note| out += &format!("<li>{}.</li>", safe(note)));
    out += &format!(
        "<li>A higher score means a higher risk; no score was turned round{}.</li>",
        if about.settings.reversed.is_empty() {
            String::new()
        } else {
            format!(", except as asked: {}", safe(&about.settings.reversed.join(", ")))
        }
    );
    out += "<li>Finding people does not show that contacting them helps. Figures are of these patients only.</li></ul>";
    out + &backwards(about) + "</header>"
}

fn counted(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

/// A score that ranks backwards is told of at the top, so that nobody misses it.
fn backwards(about: &About) -> String {
    let told = |row: &&crate::evaluate::study::Row| {
        row.metric == "AUROC"
            && !row.evaluation.contains('|')
            && row.estimate.upper.number().is_some_and(|upper| upper < 0.5)
    };
    let mut names: Vec<String> =
        about.findings.rows.iter().filter(told).map(|row| format!("{} ({})", row.model, row.evaluation)).collect();
    names.dedup();
    if names.is_empty() {
        return String::new();
    }
    format!(
        "<p class=\"warning\">Ranks backwards, AUROC below one half: {}. If a lower score means a higher risk, say so with --reverse.</p>",
        safe(&names.join(", "))
    )
}

fn steadiness(about: &About) -> String {
    let rows: Vec<_> = about.findings.rows.iter().filter(|row| row.evaluation == steady::EVALUATION).collect();
    if rows.is_empty() {
        return String::new();
    }
    let mut out = "<section><h2>Steadiness from one index day to the next</h2><table><thead><tr><th>Model</th><th>Measure</th><th>Mean (least to greatest)</th></tr></thead><tbody>".to_owned();
    for row in rows {
        out += &format!(
            "<tr><th>{}</th><td>{}</td><td>{}</td></tr>",
            safe(&row.model),
            safe(&row.metric),
            safe(&estimate(&row.estimate))
        );
    }
    out + "</tbody></table></section>"
}

fn done(about: &About) -> String {
    let mut out = "<section><h2>What was done and what was not</h2><p>After the spirit of TRIPOD+AI, in our own words. What the program cannot know is for the researcher to tell.</p><table class=\"done\"><thead><tr><th>Item</th><th>State</th><th>How</th></tr></thead><tbody>".to_owned();
    for (item, state, how) in checklist::items(about) {
        out += &format!("<tr><th>{}</th><td>{}</td><td>{}</td></tr>", safe(item), state.text(), safe(&how));
    }
    out + &format!("</tbody></table><p>tidlig {}</p></section>", env!("CARGO_PKG_VERSION"))
}
