//! A decision in one line: what, when, by whom, and what it holds.

use super::habit;
use super::phrases;
use crate::clinical::Language;
use crate::model::Vocabulary;
use crate::store::{Decision, Entry, Judge};

/// «valgt: Hjemmebesøk, ansvarlig Kari Holm, evaluering 24.05.2026 (24.02.2026, Anne Vik)».
#[must_use]
pub fn told(entry: &Entry, vocabulary: &Vocabulary, language: Language) -> String {
    let label = entry.decision.choice().label(language);
    let mut parts = parts(&entry.decision, vocabulary, language);
    // What is a reason already, such as of a row in a workbook, is not told twice.
    if !entry.note.is_empty() && !parts.contains(&entry.note) {
        parts.push(entry.note.clone());
    }
    let held = match (&entry.decision, parts.as_slice()) {
        (_, []) => String::new(),
        // The label ends with «før».
        (Decision::NotNow { .. }, parts) => format!(" {}", parts.join(", ")),
        (_, parts) => format!(": {}", parts.join(", ")),
    };
    let when_and_who = [habit::date(entry.decided_on, language), entry.by.clone(), entry.role.clone()];
    let known: Vec<&str> = when_and_who.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    format!("{label}{held} ({})", known.join(", "))
}

/// The task's name as the reader knows it.
#[must_use]
pub fn task(name: &str, vocabulary: &Vocabulary, language: Language) -> String {
    vocabulary.tasks.get(name).map_or_else(|| name.to_owned(), |task| task.label.get(language).to_owned())
}

fn parts(decision: &Decision, vocabulary: &Vocabulary, language: Language) -> Vec<String> {
    let date = |day: crate::store::Iso| habit::date(day.0, language);
    let until = |day| phrases::UNTIL.with(language, &[&date(day)]);
    match decision {
        Decision::Selected { task: name, owner, review_on, .. } => vec![
            task(name, vocabulary, language),
            phrases::OWNED_BY.with(language, &[owner]),
            phrases::REVIEW_ON.with(language, &[&date(*review_on)]),
        ],
        Decision::NotNow { until: day } => vec![date(*day)],
        Decision::Declined { spoke, .. } => vec![phrases::SPOKE.with(language, &[spoke])],
        Decision::AlreadyFollowed { by, until: day } => vec![by.clone(), until(*day)],
        // Told from the corrections, it has no line of today's.
        Decision::WrongData { line: 0, .. } => Vec::new(),
        Decision::WrongData { line, .. } => vec![phrases::LINE_NUMBER.with(language, &[&line.to_string()])],
        Decision::NotRelevant { judged_by, reason, until: day } => {
            vec![judge(*judged_by).get(language).to_owned(), reason.clone(), until(*day)]
        }
        Decision::AddedByHand { reason } => vec![reason.clone()],
    }
}

/// Who judged, as the reader calls them.
#[must_use]
pub fn judge(judge: Judge) -> super::words::Word {
    match judge {
        Judge::Doctor => super::words::word("fastlege", "fastlege", "GP"),
        Judge::Nurse => super::words::word("sykepleier", "sjukepleiar", "nurse"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinical::Day;
    use crate::store::{Iso, Scope};

    #[test]
    fn decisions_read_as_one_line() {
        let day = |text| Iso(Day::parse_iso(text).unwrap());
        let text = |decision, by: &str, note: &str| {
            let entry = Entry {
                number: 1,
                patient: String::new(),
                decided_on: Day::parse_iso("2026-02-24").unwrap(),
                by: by.to_owned(),
                role: String::new(),
                note: note.to_owned(),
                decision,
                seen: None,
                by_guardian: false,
            };
            told(&entry, &Vocabulary::default(), Language::Nb)
        };
        for (decision, by, note, expected) in [
            (Decision::NotNow { until: day("2026-04-01") }, "", "", "ikke nå før 01.04.2026 (24.02.2026)"),
            (
                Decision::Declined { scope: Scope::AllOutreach, spoke: "datter".to_owned(), on: day("2026-02-23") },
                "Anne Vik",
                "ringte selv",
                "pasienten takket nei: all oppsøking: snakket med: datter, ringte selv (24.02.2026, Anne Vik)",
            ),
            (
                Decision::AlreadyFollowed { by: "Demensteam".to_owned(), until: day("2026-06-01") },
                "Anne Vik",
                "",
                "allerede fulgt opp: Demensteam, til 01.06.2026 (24.02.2026, Anne Vik)",
            ),
            (
                Decision::AddedByHand { reason: "bekymret".to_owned() },
                "Anne Vik",
                "bekymret",
                "lagt til manuelt: bekymret (24.02.2026, Anne Vik)",
            ),
        ] {
            assert_eq!(text(decision, by, note), expected);
        }
    }
}
