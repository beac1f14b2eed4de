//! The fixed words of a rule set's page, in bokmål, nynorsk and English.

use crate::clinical::{Language, Window};
use crate::model::ruleset::{Missing, OutreachRole, Status, Usage};

/// A word in bokmål, nynorsk and English.
pub type Word = [&'static str; 3];

#[must_use]
pub fn say(language: Language, word: Word) -> &'static str {
    match language {
        Language::Nb => word[0],
        Language::Nn => word[1],
        Language::En => word[2],
    }
}

/// A sentence with `{}` filled in order.
#[must_use]
pub fn fill(language: Language, word: Word, parts: &[&str]) -> String {
    let mut out = String::new();
    let mut parts = parts.iter();
    for (at, piece) in say(language, word).split("{}").enumerate() {
        if at > 0 {
            out.push_str(parts.next().unwrap_or(&""));
        }
        out.push_str(piece);
    }
    out
}

pub const VERSION: Word = ["Versjon", "Versjon", "Version"];
pub const PURPOSE: Word = ["Hva den er til", "Kva det er til", "What it is for"];
pub const SOURCE: Word = ["Kilde", "Kjelde", "Source"];
pub const DEPARTS: Word = ["Avvik fra kilden", "Avvik frå kjelda", "Departures from the source"];
pub const NO_DEPARTURES: Word = ["Ingen.", "Ingen.", "None."];
pub const WHO: Word = ["Hvem", "Kven", "Who"];
pub const EVERYONE: Word = ["Alle, uansett alder.", "Alle, uansett alder.", "Everyone, whatever the age."];
pub const ALL_OF_THESE: Word = ["Alt dette må stemme:", "Alt dette må stemme:", "All of this must be so:"];
pub const NONE_OF_THESE: Word = ["Ikke med noe av dette:", "Ikkje med noko av dette:", "Not with any of this:"];
pub const GATE: Word = ["Før poeng teller", "Før poeng tel", "Before any point counts"];
pub const GATE_ANY: Word = ["Minst ett av dette:", "Minst eitt av dette:", "At least one of this:"];
pub const GATE_SUM: Word =
    ["Minst {} poeng i gruppen {}", "Minst {} poeng i gruppa {}", "At least {} points in the group {}"];
pub const CRITERIA: Word = ["Kriterier", "Kriterium", "Criteria"];
pub const CRITERION: Word = ["Kriterium", "Kriterium", "Criterion"];
pub const POINTS: Word = ["Poeng", "Poeng", "Points"];
pub const ONE_POINT: Word = ["Poeng", "Poeng", "Point"];
pub const LOOKED_FOR: Word = ["Hva det ses etter", "Kva det blir sett etter", "What is looked for"];
pub const DOMAIN: Word = ["Domene", "Domene", "Domain"];
pub const TASK: Word = ["Oppgave", "Oppgåve", "Task"];
pub const FROM_WHERE: Word = ["Fra", "Frå", "From"];
pub const SENSITIVE: Word = ["skjult for koordinator", "skjult for koordinator", "hidden from the coordinator"];
pub const CAPS: Word = ["Øvre grenser", "Øvre grenser", "Ceilings"];
pub const CAP_LINE: Word =
    ["{}: høyst {} poeng til sammen: {}", "{}: høgst {} poeng til saman: {}", "{}: at most {} points together: {}"];
pub const GROUP_LINE: Word = ["{}: {}", "{}: {}", "{}: {}"];
pub const HIERARCHIES: Word = ["Hierarkier", "Hierarki", "Hierarchies"];
pub const SILENCES: Word =
    ["{} gjør at {} ikke gir poeng", "{} gjer at {} ikkje gir poeng", "{} means that {} gives no points"];
pub const BANDS: Word = ["Nivåer", "Nivå", "Bands"];
pub const BAND: Word = ["Nivå", "Nivå", "Band"];
pub const RANK: Word = ["Rang 0–4", "Rang 0–4", "Rank 0–4"];
pub const BELOW_NEXT: Word = ["under neste nivå", "under neste nivå", "below the next band"];
pub const MORE_THAN: Word = ["over {}", "over {}", "above {}"];
pub const OR_MORE: Word = ["{} eller mer", "{} eller meir", "{} or more"];
pub const BAND_SET_BY: Word = [
    "Nivået settes av {} når den er målt: {}",
    "Nivået blir sett av {} når ho er målt: {}",
    "The band is set by {} when it was measured: {}",
];
pub const FROM_VALUE: Word = ["fra {}: {}", "frå {}: {}", "from {}: {}"];
pub const LINK: Word = ["Sannsynlighet", "Sannsyn", "Probability"];
pub const NOTES: Word = ["Linjer uten poeng", "Linjer utan poeng", "Lines without points"];
pub const FROM_POINTS: Word = ["fra {} poeng", "frå {} poeng", "from {} points"];
pub const SENTENCES: Word = ["Setninger", "Setningar", "Sentences"];
pub const INPUTS: Word = ["Spørsmål til journalen", "Spørsmål til journalen", "Questions to the journal"];
pub const INPUT: Word = ["Navn", "Namn", "Name"];
pub const CASES: Word = ["Eksempler", "Døme", "Cases"];
pub const CASE: Word = ["Nr.", "Nr.", "No."];
pub const PATIENT: Word = ["Pasient", "Pasient", "Patient"];
pub const ROWS: Word = ["I journalen", "I journalen", "In the journal"];
pub const EXPECTED: Word = ["Ventet", "Venta", "Expected"];
pub const OUTREACH: Word = ["På oppfølgingslisten", "På oppfølgingslista", "On the outreach list"];
pub const NOT_ON_LIST: Word = ["ikke på oppfølgingslisten", "ikkje på oppfølgingslista", "not on the outreach list"];
pub const OUTSIDE: Word = ["utenfor, ingen verdi", "utanfor, ingen verdi", "outside, no value"];
pub const NO_BAND: Word = ["ikke noe nivå", "ikkje noko nivå", "no band"];
pub const AT_LEAST: Word = ["minst {}", "minst {}", "at least {}"];
pub const AT_MOST: Word = ["høyst {}", "høgst {}", "at most {}"];
pub const FIRES: Word = ["slår ut: {}", "slår ut: {}", "fires: {}"];
pub const YES_ONES: Word = ["ja: {}", "ja: {}", "yes: {}"];
pub const NO_ONES: Word = ["nei: {}", "nei: {}", "no: {}"];
pub const UNKNOWN_ONES: Word = ["ukjent: {}", "ukjent: {}", "unknown: {}"];
pub const UNDELIVERED: Word = ["ikke levert: {}", "ikkje levert: {}", "not delivered: {}"];
pub const GENERATED: Word = [
    "Laget av `tidlig models docs` fra regelsettet selv.",
    "Laga av `tidlig models docs` frå regelsettet sjølv.",
    "Made by `tidlig models docs` from the rule set itself.",
];
pub const BAND_LIMIT: Word = [
    "Kommer alle poengene fra {}, er gruppen høyst {}",
    "Kjem alle poenga frå {}, er gruppa høgst {}",
    "When all points come from {}, the band is at most {}",
];
pub const INDEX: Word = ["Regelsett", "Regelsett", "Rule sets"];
pub const DRAFT_WARNING: Word = [
    "Utkast: vårt eget forslag, ikke validert. Listen finner folk å spørre; den stiller ingen diagnose.",
    "Utkast: vårt eige framlegg, ikkje validert. Lista finn folk å spørje; ho stiller ingen diagnose.",
    "Draft: our own proposal, not validated. The list finds people to ask; it diagnoses nobody.",
];

#[must_use]
pub fn status(status: Status) -> Word {
    match status {
        Status::Published => ["som publisert", "som publisert", "as published"],
        Status::Adapted => ["publisert, med avvik", "publisert, med avvik", "published, with departures"],
        Status::Draft => ["utkast", "utkast", "draft"],
    }
}

#[must_use]
pub fn role(role: OutreachRole) -> Word {
    match role {
        OutreachRole::Need => ["behov", "behov", "need"],
        OutreachRole::Quiet => ["behov uten kontakt", "behov utan kontakt", "need without contact"],
        OutreachRole::Rising => ["endring", "endring", "change"],
        OutreachRole::Children => ["barn", "barn", "children"],
    }
}

#[must_use]
pub fn usage(usage: Usage) -> Word {
    match usage {
        Usage::Any => ["skrevet ut eller utlevert", "skrive ut eller utlevert", "prescribed or dispensed"],
        Usage::Current => ["i bruk nå", "i bruk no", "in use now"],
        Usage::Regular => ["i fast bruk nå", "i fast bruk no", "in regular use now"],
        Usage::Lapsed => [
            "fast, men ikke hentet på mer enn 45 dager",
            "fast, men ikkje henta på meir enn 45 dagar",
            "regular, but not collected for more than 45 days",
        ],
        Usage::Begun => ["begynt", "byrja", "begun"],
        Usage::AnyRegular => [
            "skrevet ut eller utlevert, ikke som behov",
            "skrive ut eller utlevert, ikkje som behov",
            "prescribed or dispensed, not as-needed",
        ],
        Usage::Added => [
            "begynt fast, færre de som er stoppet",
            "byrja fast, færre dei som er stoppa",
            "regular ones begun, less those stopped",
        ],
    }
}

#[must_use]
pub fn missing(answer: Missing) -> Word {
    match answer {
        Missing::No => ["nei", "nei", "no"],
        Missing::Unknown => ["ukjent", "ukjent", "unknown"],
        Missing::Yes => ["ja", "ja", "yes"],
    }
}

/// `in the last 365 days, up to 60 days before the index day`.
#[must_use]
pub fn window(language: Language, window: Window) -> String {
    let mut out = match window.within {
        None => say(language, ["noen gang", "nokon gong", "ever"]).to_owned(),
        Some(1) => say(language, ["samme dag", "same dag", "on the index day"]).to_owned(),
        Some(n) => fill(language, ["siste {} dager", "siste {} dagar", "in the last {} days"], &[&n.to_string()]),
    };
    if window.before > 0 {
        let words =
            [", fram til {} dager før i dag", ", fram til {} dagar før i dag", ", up to {} days before the index day"];
        out.push_str(&fill(language, words, &[&window.before.to_string()]));
    }
    out
}

/// A number with the reader's decimal sign.
#[must_use]
pub fn number(language: Language, text: &str) -> String {
    match language {
        Language::En => text.to_owned(),
        Language::Nb | Language::Nn => text.replace('.', ","),
    }
}

/// `a, b or c` with the language's own last word.
#[must_use]
pub fn either(language: Language, parts: &[String]) -> String {
    match parts.split_last() {
        Some((last, rest)) if !rest.is_empty() => {
            format!("{} {} {last}", rest.join(", "), say(language, ["eller", "eller", "or"]))
        }
        _ => parts.concat(),
    }
}
