//! The front page of all rule sets: which one to use, and the list of them.

use std::fmt::Write;

use super::words::{self, Word, say};
use super::{Speaker, cell};
use crate::clinical::{CodeSystem, Language};
use crate::model::about::Reader;
use crate::model::catalog::Catalog;
use crate::model::ruleset::{InputId, InputKind, RuleSet};

const GUIDE: Word = ["Hvilket skal jeg bruke?", "Kva for eit skal eg bruke?", "Which one should I use?"];
const GUIDE_LEAD: Word = [
    "Et regelsett svarer på ett spørsmål, for dem det er laget for, med de kodene det kjenner. Et som er publisert for \
     innlagte, sier lite om en fastlegeliste; et som er vårt utkast, er ikke validert for noe.",
    "Eit regelsett svarer på eitt spørsmål, for dei det er laga for, med dei kodane det kjenner. Eit som er publisert for \
     innlagde, seier lite om ei fastlegeliste; eit som er vårt utkast, er ikkje validert for noko.",
    "A rule set answers one question, for those it was made for, with the codes it knows. One that was published for \
     inpatients says little about a GP's list; one that is our draft is validated for nothing.",
];
const QUESTION: Word = ["Spørsmål", "Spørsmål", "Question"];
const ANSWER: Word = ["Regelsett", "Regelsett", "Rule set"];
const ALL: Word = ["Alle", "Alle", "All of them"];
const SYSTEMS: Word = ["Kodeverk", "Kodeverk", "Code systems"];
const OTHERS: Word = ["som {}", "som {}", "as {}"];

/// The page, as Markdown.
#[must_use]
pub fn index(catalog: &Catalog, language: Language) -> String {
    let mut out = format!("# {}\n\n{}\n", say(language, words::INDEX), say(language, words::GENERATED));
    guide(catalog, language, &mut out);
    list(catalog, language, &mut out);
    out
}

/// What a reader is called.
pub(super) fn reader(reader: Reader) -> Word {
    match reader {
        Reader::Gp => [
            "Fastlegen, med norske journaldata",
            "Fastlegen, med norske journaldata",
            "A Norwegian general practice, on its own records",
        ],
        Reader::Hospital => ["Forskeren på sykehus", "Forskaren på sjukehus", "A hospital researcher"],
        Reader::Register => ["Registerstudien", "Registerstudien", "A register study"],
    }
}

fn guide(catalog: &Catalog, language: Language, out: &mut String) {
    if catalog.rule_sets.iter().all(|set| set.about.suits.is_empty()) {
        return;
    }
    // Writing to a string cannot fail.
    let _ = writeln!(out, "\n## {}\n\n{}", say(language, GUIDE), say(language, GUIDE_LEAD));
    for who in Reader::ALL {
        let answers = catalog.rule_sets.iter().flat_map(|set| {
            set.about.suits.iter().filter(|suit| suit.who == who).map(move |suit| (set, suit.question.get(language)))
        });
        let rows: Vec<String> = answers
            .map(|(set, question)| {
                let speaker = Speaker { set, vocabulary: &catalog.vocabulary, language };
                let status = say(language, words::status(set.status));
                format!(
                    "| {} | [`{1}`]({1}.md) | {2} | {3} | {status} |",
                    cell(question),
                    set.id,
                    cell(&population(&speaker)),
                    systems(set, catalog, language)
                )
            })
            .collect();
        if !rows.is_empty() {
            let heads =
                [QUESTION, ANSWER, words::WHO, SYSTEMS, ["Status"; 3]].map(|word| say(language, word)).join(" | ");
            let rule = "| --- ".repeat(5);
            let _ = writeln!(out, "\n### {}\n\n| {heads} |\n{rule}|\n{}", say(language, reader(who)), rows.join("\n"));
        }
    }
}

fn list(catalog: &Catalog, language: Language, out: &mut String) {
    let heads = [words::INPUT, words::VERSION, ["Status"; 3], words::WHO, SYSTEMS, words::SOURCE, words::PURPOSE];
    let heads = heads.map(|word| say(language, word)).join(" | ");
    // Writing to a string cannot fail.
    let _ = writeln!(out, "\n## {}\n\n| | {heads} |\n{}|", say(language, ALL), "| --- ".repeat(8));
    for set in &catalog.rule_sets {
        let speaker = Speaker { set, vocabulary: &catalog.vocabulary, language };
        let cells = [
            format!("[`{0}`]({0}.md)", set.id),
            cell(set.title.get(language)),
            set.version.clone(),
            say(language, words::status(set.status)).to_owned(),
            cell(&population(&speaker)),
            systems(set, catalog, language),
            cell(set.source.first().map_or("", String::as_str)),
            cell(set.purpose.get(language)),
        ];
        let _ = writeln!(out, "| {} |", cells.join(" | "));
    }
}

/// Whom it is for; those it leaves out stand on its own page.
fn population(speaker: &Speaker) -> String {
    let names: Vec<String> = speaker.set.population.all.iter().map(|id: &InputId| speaker.name(*id)).collect();
    if names.is_empty() { speaker.say(words::EVERYONE).trim_end_matches('.').to_owned() } else { names.join("; ") }
}

/// The code systems that it asks for, and the rule sets whose results it takes.
fn systems(set: &RuleSet, catalog: &Catalog, language: Language) -> String {
    let mut asked = Vec::new();
    let mut others: Vec<String> = Vec::new();
    for input in &set.inputs {
        match &input.kind {
            InputKind::Diagnosis(diagnosis) => asked.extend(diagnosis.codes.include.iter().map(|code| code.system)),
            InputKind::Medicine(_) => asked.push(CodeSystem::Atc),
            InputKind::Measurement(_) => asked.push(CodeSystem::Nlk),
            InputKind::Model(other) if catalog.get(&other.id).is_some() => {
                others.push(words::fill(language, OTHERS, &[&format!("`{}`", other.id)]));
            }
            _ => {}
        }
    }
    others.sort();
    others.dedup();
    let systems = CodeSystem::ALL.into_iter().filter(|system| asked.contains(system));
    systems.map(|system| system.name().to_owned()).chain(others).collect::<Vec<_>>().join(", ")
}
