//! Differences in words: for a page, and for `tidlig models diff`.

use super::words::{Word, fill, say};
use crate::clinical::{Code, CodeSystem, Language};
use crate::model::difference::{Change, Difference, Part};

/// The heading of a part, as in "Criteria".
#[must_use]
pub fn heading(part: Part, language: Language) -> &'static str {
    let word: Word = match part {
        Part::Identity => ["Om regelsettet", "Om regelsettet", "About the rule set"],
        Part::Population => ["Hvem", "Kven", "Who"],
        Part::Gate => ["Før poeng teller", "Før poeng tel", "Before any point counts"],
        Part::Input => ["Koder og vinduer", "Kodar og vindauge", "Codes and windows"],
        Part::Criterion => ["Poeng", "Poeng", "Points"],
        Part::Cap => ["Øvre grenser", "Øvre grenser", "Ceilings"],
        Part::Band => ["Nivåer", "Nivå", "Bands"],
        Part::Link => ["Sannsynlighet", "Sannsyn", "Probability"],
        Part::Note => ["Linjer uten poeng", "Linjer utan poeng", "Lines without points"],
        Part::Sentence => ["Setninger", "Setningar", "Sentences"],
    };
    say(language, word)
}

/// One difference as a line of Markdown, without its bullet.
#[must_use]
pub fn sentence(difference: &Difference, language: Language) -> String {
    let name = if difference.name.is_empty() { String::new() } else { format!("`{}`: ", difference.name) };
    let words = match &difference.change {
        Change::Added(text) => {
            fill(language, ["kommer til: {}", "kjem til: {}", "added: {}"], &[shown(text.get(language))])
        }
        Change::Removed(text) => {
            fill(language, ["går ut: {}", "går ut: {}", "removed: {}"], &[shown(text.get(language))])
        }
        Change::Changed { old, new } => format!("{} → {}", shown(old.get(language)), shown(new.get(language))),
        Change::Codes { added, removed } => codes(added, removed, language),
    };
    format!("{name}{words}")
}

fn shown(text: &str) -> &str {
    if text.is_empty() { "–" } else { text }
}

fn codes(added: &[Code], removed: &[Code], language: Language) -> String {
    let list = |codes: &[Code]| {
        let of = |system: &CodeSystem| -> Option<String> {
            let texts: Vec<&str> = codes.iter().filter(|code| code.system == *system).map(Code::as_str).collect();
            (!texts.is_empty()).then(|| format!("{system} `{}`", texts.join(" ")))
        };
        CodeSystem::ALL.iter().filter_map(of).collect::<Vec<_>>().join(", ")
    };
    let mut parts = Vec::new();
    if !added.is_empty() {
        parts.push(fill(language, ["nye koder {}", "nye kodar {}", "new codes {}"], &[&list(added)]));
    }
    if !removed.is_empty() {
        parts.push(fill(language, ["uten kodene {}", "utan kodane {}", "without the codes {}"], &[&list(removed)]));
    }
    parts.join("; ")
}
