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
    "Et regelsett svarer på ett spørsmål, for dem det er laget for, med de kodene det kjenner.\n\n\
     - Velg etter utfallet du vil forklare og kodene du har. Hvem, hvor langt tilbake, kodeverk og status er lest av regelsettet selv.\n\
     - «Som publisert» betyr artikkelens koder og vekter, like for hver pasient som i referanseprogrammene. Ved «publisert, med avvik»: \
     les avvikene først. «Utkast» er vårt eget forslag og er ikke validert for noe.\n\
     - «Hele journalen» betyr at en lengre historie gir flere poeng: sammenlign bare personer med like lang historie, eller utvid \
     regelsettet med et vindu.\n\
     - Vekter for innlagte sier lite om en fastlegeliste: de fleste der har ingen sykehuskode og får 0, som da ikke betyr frisk.",
    "Eit regelsett svarer på eitt spørsmål, for dei det er laga for, med dei kodane det kjenner.\n\n\
     - Vel etter utfallet du vil forklare og kodane du har. Kven, kor langt tilbake, kodeverk og status er lesne av regelsettet sjølv.\n\
     - «Som publisert» tyder kodane og vektene til artikkelen, like for kvar pasient som i referanseprogramma. Ved «publisert, med \
     avvik»: les avvika først. «Utkast» er vårt eige framlegg og er ikkje validert for noko.\n\
     - «Heile journalen» tyder at ei lengre historie gjev fleire poeng: samanlikn berre personar med like lang historie, eller utvid \
     regelsettet med eit vindauge.\n\
     - Vekter for innlagde seier lite om ei fastlegeliste: dei fleste der har ingen sjukehuskode og får 0, som då ikkje tyder frisk.",
    "A rule set answers one question, for those it was made for, with the codes it knows.\n\n\
     - Choose by the outcome you want to explain and the codes you have. Who, how far back, code systems and status are read from the \
     rule set itself.\n\
     - \"As published\" means the paper's codes and weights, with the reference programs' result for every patient. With \"published, \
     with departures\", read the departures first. A draft is our own proposal, validated for nothing.\n\
     - \"The whole journal\" means that a longer history gives more points: compare only people whose history is equally long, or extend \
     the rule set with a window.\n\
     - Weights for inpatients say little about a GP's list: most people there have no hospital code and get 0, which does not mean well.",
];
const QUESTION: Word = ["Spørsmål", "Spørsmål", "Question"];
const ANSWER: Word = ["Regelsett", "Regelsett", "Rule set"];
/// A medicine in use was last prescribed or dispensed within so many days, see [`crate::model::ruleset::Usage`].
const IN_USE: u32 = 455;
const ALL: Word = ["Alle", "Alle", "All of them"];
const BACK: Word = ["Hvor langt tilbake", "Kor langt tilbake", "How far back"];
const DAYS: Word = ["{} dager", "{} dagar", "{} days"];
const WHOLE: Word = ["hele journalen", "heile journalen", "the whole journal"];
const FROM_TO: Word = ["{} til {}", "{} til {}", "{} to {}"];
const SYSTEMS: Word = ["Kodeverk", "Kodeverk", "Code systems"];
const LIBRARIES: Word = ["Biblioteker", "Bibliotek", "Libraries"];
const SHARED: Word = [
    "Spørsmål til journalen som flere regelsett deler. De gir ingen poeng selv.",
    "Spørsmål til journalen som fleire regelsett deler. Dei gjev ingen poeng sjølve.",
    "Questions to the journal that several rule sets share. They give no points themselves.",
];
const USERS: Word = ["Brukt av", "Brukt av", "Used by"];
const OTHERS: Word = ["som {}", "som {}", "as {}"];

/// The page, as Markdown.
#[must_use]
pub fn index(catalog: &Catalog, language: Language) -> String {
    let mut out = format!("# {}\n\n{}\n", say(language, words::INDEX), say(language, words::GENERATED));
    guide(catalog, language, &mut out);
    list(catalog, language, &mut out);
    libraries(catalog, language, &mut out);
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
                    "| {} | [`{1}`]({1}.md) | {2} | {3} | {4} | {status} |",
                    cell(question),
                    set.id,
                    cell(&population(&speaker)),
                    back(set, catalog, language),
                    systems(set, catalog, language)
                )
            })
            .collect();
        if !rows.is_empty() {
            let heads = [QUESTION, ANSWER, words::WHO, BACK, SYSTEMS, ["Status"; 3]]
                .map(|word| say(language, word))
                .join(" | ");
            let rule = "| --- ".repeat(6);
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

/// What several rule sets share.
fn libraries(catalog: &Catalog, language: Language, out: &mut String) {
    if catalog.libraries.is_empty() {
        return;
    }
    let heads = [words::VERSION, words::INPUTS, words::CASES, USERS].map(|word| say(language, word)).join(" | ");
    // Writing to a string cannot fail.
    let _ = writeln!(out, "\n## {}\n\n{}\n", say(language, LIBRARIES), say(language, SHARED));
    let _ = writeln!(out, "| | {heads} |\n{}|", "| --- ".repeat(5));
    for library in &catalog.libraries {
        let set = &library.inputs;
        let uses = |other: &&RuleSet| other.about.libraries.contains(&set.id);
        let users: Vec<String> = catalog.rule_sets.iter().filter(uses).map(|other| format!("`{}`", other.id)).collect();
        let (id, inputs, cases) = (&set.id, set.inputs.len(), library.cases.len());
        let _ = writeln!(out, "| [`{id}`]({id}.md) | {} | {inputs} | {cases} | {} |", set.version, users.join(", "));
    }
}

/// Whom it is for; those it leaves out stand on its own page.
fn population(speaker: &Speaker) -> String {
    let names: Vec<String> = speaker.set.population.all.iter().map(|id: &InputId| speaker.name(*id)).collect();
    if names.is_empty() { speaker.say(words::EVERYONE).trim_end_matches('.').to_owned() } else { names.join("; ") }
}

/// How far back its questions look, from the shortest to the longest; those of a rule set that it builds on when it has none.
fn back(set: &RuleSet, catalog: &Catalog, language: Language) -> String {
    let mut windows: Vec<u32> = set.inputs.iter().filter_map(|input| within(&input.kind)).collect();
    windows.sort_unstable();
    let name = |days: u32| match days {
        u32::MAX => say(language, WHOLE).to_owned(),
        days => words::fill(language, DAYS, &[&days.to_string()]),
    };
    match (windows.first(), windows.last()) {
        (Some(first), Some(last)) if first == last => name(*first),
        (Some(first), Some(last)) => {
            let first = if *last == u32::MAX { name(*first) } else { first.to_string() };
            words::fill(language, FROM_TO, &[&first, &name(*last)])
        }
        _ => {
            let others = set.inputs.iter().filter_map(|input| match &input.kind {
                InputKind::Model(other) => catalog.get(&other.id),
                _ => None,
            });
            others.take(1).map(|other| back(other, catalog, language)).collect()
        }
    }
}

/// Days, or the greatest number for the whole journal. Medicines in use are those of the last 455 days.
fn within(kind: &InputKind) -> Option<u32> {
    let window = match kind {
        InputKind::Diagnosis(asked) => asked.window,
        InputKind::Measurement(asked) => asked.window,
        InputKind::Function(asked) => asked.window,
        InputKind::Contact(asked) => asked.window,
        InputKind::Medicine(asked) if asked.usage.has_window() => asked.window,
        InputKind::Medicine(_) => return Some(IN_USE),
        _ => return None,
    };
    Some(window.within.unwrap_or(u32::MAX))
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
