//! What was done and what was not, item by item, after the spirit of TRIPOD+AI (Collins GS et al. BMJ 2024;385:e078378) in our
//! own words. The program says only what it can know; the rest is for the researcher to write.

use super::About;
use crate::evaluate::study::baseline;
use crate::evaluate::study::candidate::From;
use crate::evaluate::study::settings::Scope;

/// Whether something was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Done,
    NotDone,
    /// The program cannot know.
    Yours,
}

impl State {
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            State::Done => "done",
            State::NotDone => "not done",
            State::Yours => "for you to tell",
        }
    }
}

/// An item, whether it was done, and how.
pub type Item = (&'static str, State, String);

/// Every item.
#[must_use]
pub fn items(about: &About) -> Vec<Item> {
    let mut items = design();
    items.extend(data(about));
    items.extend(performance(about));
    items.extend(limits());
    items
}

fn yours(item: &'static str, what: &str) -> Item {
    (item, State::Yours, what.to_owned())
}

fn design() -> Vec<Item> {
    vec![
        yours(
            "Where the data come from",
            "practices, period, how patients were chosen, or how a synthetic cohort was made",
        ),
        yours("What the outcome is", "how and by whom it was recorded, and whether blind to the scores"),
        yours("Whether the rules saw these patients", "a rule set tuned on the same patients looks better than it is"),
        yours(
            "Treatment between index day and outcome",
            "care that the scores themselves set off lowers the risk they foretold",
        ),
    ]
}

fn data(about: &About) -> Vec<Item> {
    let findings = about.findings;
    let unknown: u64 = findings.outcomes.iter().map(|outcome| outcome.unknown).sum();
    let mut sizes =
        findings.outcomes.iter().map(|outcome| format!("{}: {} of {}", outcome.name, outcome.events, outcome.n));
    let sizes = sizes.by_ref().collect::<Vec<_>>().join("; ");
    vec![
        ("Numbers of patients and events", State::Done, format!("events of rows of patient and index day: {sizes}")),
        ("Sample size reckoned beforehand", State::NotDone, "the intervals show what the numbers allow".to_owned()),
        (
            "Missing outcomes and scores",
            State::Done,
            format!(
                "left out and counted: {unknown} rows without a known outcome; scores as the notes say. Nothing was imputed"
            ),
        ),
    ]
}

fn clinical_use(all: bool) -> &'static str {
    if all { "net benefit, list at stated capacities, measures at thresholds" } else { "list at stated capacities" }
}

fn performance(about: &About) -> Vec<Item> {
    let settings = about.settings;
    let models = || about.findings.outcomes.iter().flat_map(|outcome| &outcome.models);
    let all = settings.scope == Scope::All;
    let with = |done: bool, how: String| (if done { State::Done } else { State::NotDone }, how);
    let mapped = models().any(|model| model.p_from == From::CrossFitted && model.name != baseline::NAME) && all;
    let subgroups = models().any(|model| !model.forest.is_empty());
    let base = models().any(|model| model.name == baseline::NAME);
    let rows = |word: &str| about.findings.rows.iter().any(|row| row.metric.starts_with(word));
    let resampled = format!("{} resamples, seed {}", settings.resamples, settings.seed);
    let items = [
        ("Ranking with intervals", with(true, format!("AUROC (DeLong, bootstrap), average precision; {resampled}"))),
        ("Calibration", with(all, "observed/expected, intercept, slope, flexible curve with its distances".to_owned())),
        (
            "Probabilities for point scores",
            with(
                mapped,
                format!(
                    "a logistic map fitted on other patients, {} folds; its calibration is that of the map, not of the rule set",
                    settings.folds
                ),
            ),
        ),
        ("Clinical use", with(settings.scope != Scope::Ranking, clinical_use(all).to_owned())),
        (
            "Censored time to event",
            with(rows("concordance"), "Harrell's C; no model of competing risks such as death".to_owned()),
        ),
        ("A plain comparison", with(base, "age and sex alone, cross-fitted".to_owned())),
        (
            "Differences between models",
            with(true, "paired, on patients whom both score; no correction for many comparisons".to_owned()),
        ),
        (
            "Fairness and subgroups",
            with(
                subgroups,
                "every subgroup of the patients' file; fewer than 5 persons, events or non-events hidden".to_owned(),
            ),
        ),
        (
            "Steadiness over time",
            with(rows("share of the list replaced"), "share of the list replaced between index days".to_owned()),
        ),
    ];
    items.into_iter().map(|(item, (state, how))| (item, state, how)).collect()
}

fn limits() -> Vec<Item> {
    vec![
        ("Validation elsewhere", State::NotDone, "these figures are of these patients only".to_owned()),
        (
            "Benefit to patients",
            State::NotDone,
            "that a list finds people does not show that contacting them helps".to_owned(),
        ),
        ("Making the same again", State::Done, "inputs, settings, seed and version stand in manifest.json".to_owned()),
    ]
}
