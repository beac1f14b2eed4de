//! Numbers behind the list: held back, hidden by a decision, places, reserved shares, and who was selected of whom.

use std::collections::BTreeMap;

use super::habit;
use super::view::Book;
use super::words::{self, Word, word};
use crate::clinical::Language;
use crate::clinical::small;
use crate::outreach::rows::{Hiding, Rate, RateBy};
use crate::outreach::{List, Standing};

/// Counts from one up to this are not told.
const FEW: usize = 5;
/// A number that is not told, as Norwegian statistics write it.
const HIDDEN: &str = ".";

/// A table of words and numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbers {
    pub title: String,
    pub heads: Vec<String>,
    pub rows: Vec<Vec<String>>,
    /// How to read it; empty when it needs no word.
    pub note: String,
}

const WHY: Word = word("Årsak", "Årsak", "Reason");
const NUMBER: Word = word("Antall", "Tal", "Number");
const BY_DECISION: Word = word("Skjult av en avgjørelse", "Gøymde av ei avgjerd", "Hidden by a decision");
const PLACES: Word = word("Plasser denne uken", "Plassar denne veka", "Places this week");
const SHARES: Word = word("Reserverte plasser", "Reserverte plassar", "Reserved places");
const SELECTION: Word = word("Hvem er valgt ut", "Kven er valde ut", "Who is selected");
const NEVER_WHO: Word = word(
    "Bare tall: hvem det gjelder, står ingen steder. Skjermede personer er ikke med i noe tall.",
    "Berre tal: kven det gjeld, står ingen stader. Skjerma personar er ikkje med i noko tal.",
    "Numbers only: who it is stands nowhere. Shielded persons are in no number.",
);
const HUNDREDTHS: Word = word(
    "Hundredeler av en plass. Det som ikke brukes, spares til senere uker.",
    "Hundredelar av ein plass. Det som ikkje blir brukt, blir spart til seinare veker.",
    "Hundredths of a place. What is not used is kept for later weeks.",
);

/// Everything but who, in the order it is shown.
#[must_use]
pub fn all(list: &List, book: Book, language: Language) -> Vec<Numbers> {
    let mut all = vec![held_back(list, language)];
    all.extend([by_decision(list, language), places(list, language), shares(list, book, language)]);
    all.push(selection(list, language));
    all.retain(|numbers| !numbers.rows.is_empty());
    all
}

/// Candidates held back, by reason.
fn held_back(list: &List, language: Language) -> Numbers {
    let rows = held(list, language).into_iter().map(|(name, count)| vec![name, count]);
    let mut rows: Vec<Vec<String>> = rows.collect();
    if rows.is_empty() {
        rows.push(vec![words::HELD_BACK.get(language).to_owned(), "0".to_owned()]);
    }
    numbers(words::HELD_BACK, &[WHY, NUMBER], rows, Some(NEVER_WHO), language)
}

/// Reason and number, small ones hidden.
#[must_use]
pub fn held(list: &List, language: Language) -> Vec<(String, String)> {
    let reasons = [
        (Standing::Left, words::HELD_LEFT),
        (Standing::UnknownStatus, words::HELD_STATUS),
        (Standing::Reserved, words::HELD_RESERVED),
    ];
    let mut counts = reasons.map(|(standing, _)| Some(list.held_back.count(standing) as u64));
    // The number of all is told as well, so that one hidden part alone could be worked out.
    small::hide(&mut counts, None);
    let told = reasons.iter().zip(counts).filter_map(|((standing, word), told)| {
        let count = list.held_back.count(*standing);
        let shown = few(count, language)?;
        let shown = if told.is_none() && count >= FEW { HIDDEN.to_owned() } else { shown };
        Some((word.get(language).to_owned(), shown))
    });
    told.collect()
}

/// One number for all reasons together, hidden when it is small.
#[must_use]
pub fn held_in_all(list: &List, language: Language) -> String {
    let all = [Standing::Left, Standing::UnknownStatus, Standing::Reserved];
    let count = all.iter().map(|standing| list.held_back.count(*standing)).sum();
    few(count, language).unwrap_or_else(|| "0".to_owned())
}

/// `None` for nobody, words for fewer than five.
fn few(count: usize, language: Language) -> Option<String> {
    match count {
        0 => None,
        1..FEW => Some(words::FEW.get(language).to_owned()),
        count => Some(count.to_string()),
    }
}

fn by_decision(list: &List, language: Language) -> Numbers {
    let counted: BTreeMap<Hiding, usize> = list.hidden.clone();
    let rows = counted
        .iter()
        .filter_map(|(hiding, count)| Some(vec![hidden_by(*hiding).get(language).to_owned(), few(*count, language)?]));
    numbers(BY_DECISION, &[WHY, NUMBER], rows.collect(), None, language)
}

fn hidden_by(hiding: Hiding) -> Word {
    match hiding {
        Hiding::Selected => word("i oppfølging", "i oppfølging", "in follow-up"),
        Hiding::NotNow => word("ikke nå", "ikkje no", "not now"),
        Hiding::DeclinedOffer => word("takket nei til tilbudet", "takka nei til tilbodet", "declined the offer"),
        Hiding::DeclinedAll => {
            word("takket nei til all oppsøking", "takka nei til all oppsøking", "declined all outreach")
        }
        Hiding::AlreadyFollowed => word("allerede fulgt opp", "alt følgt opp", "already followed up"),
        Hiding::NotRelevant => {
            word("ikke aktuell, faglig vurdert", "ikkje aktuell, fagleg vurdert", "not relevant (clinical)")
        }
        Hiding::HasCoordinator => word("barn med koordinator", "barn med koordinator", "children with a coordinator"),
    }
}

fn places(list: &List, language: Language) -> Numbers {
    let places = list.places;
    let minutes = |word: Word, value: u32| (word, words::MINUTES_SHORT.with(language, &[&value.to_string()]));
    let count = |word: Word, value: u32| (word, value.to_string());
    let mut lines = Vec::new();
    if places.counted {
        lines.extend([
            minutes(word("til stede", "til stades", "present"), places.minutes),
            minutes(word("bundet av oppgaver", "bundne av oppgåver", "booked by tasks"), places.booked),
            minutes(word("bundet av evalueringer", "bundne av evalueringar", "booked by reviews"), places.reviews),
            minutes(word("ledig", "ledig", "free"), places.free),
        ]);
    }
    lines.extend([
        count(words::CAPACITY, u32::try_from(list.capacity).unwrap_or(u32::MAX)),
        count(word("brukt av barn og unge", "brukte av barn og unge", "used by children"), places.children),
        count(
            word(
                "brukt av manuelle og nye hendelser",
                "brukte av manuelle og nye hendingar",
                "used by hand-added and events",
            ),
            places.beforehand,
        ),
        count(word("brukt av voksne", "brukte av vaksne", "used by adults"), places.adults),
    ]);
    let rows = lines.into_iter().map(|(word, value)| vec![word.get(language).to_owned(), value]);
    numbers(PLACES, &[PLACES, NUMBER], rows.collect(), None, language)
}

fn shares(list: &List, book: Book, language: Language) -> Numbers {
    let heads = [
        words::GROUPS,
        word("Andel", "Del", "Share"),
        word("Fra før", "Frå før", "Before"),
        word("Ny", "Ny", "Given"),
        word("Bortfalt", "Bortfallen", "Lapsed"),
        word("Brukt", "Brukt", "Used"),
        word("Spart", "Spart", "Kept"),
    ];
    let rows = list.shares.iter().map(|share| {
        let group = book.policy.group(&share.group);
        let name = group.map_or_else(|| share.group.clone(), |group| group.label.get(language).to_owned());
        let credit = [share.before, share.given, share.lapsed, share.charged, share.after].map(|part| part.to_string());
        [name, format!("{} %", share.percent)].into_iter().chain(credit).collect()
    });
    numbers(SHARES, &heads, rows.collect(), Some(HUNDREDTHS), language)
}

fn selection(list: &List, language: Language) -> Numbers {
    let heads = [
        word("Gruppe", "Gruppe", "Group"),
        words::NAME,
        word("Personer", "Personar", "People"),
        words::CANDIDATES,
        words::LISTED,
    ];
    let number = |value: Option<u64>| value.map_or_else(|| HIDDEN.to_owned(), |value| habit::whole(value, language));
    let row = |rate: &Rate| {
        let by = rate_by(rate.by).get(language).to_owned();
        vec![by, rate_name(rate, list, language), number(rate.people), number(rate.candidates), number(rate.listed)]
    };
    let rows = list.selection.iter().map(row).collect();
    numbers(SELECTION, &heads, rows, Some(super::scores::HIDDEN_NOTE), language)
}

fn rate_name(rate: &Rate, list: &List, language: Language) -> String {
    match rate.by {
        RateBy::All => String::new(),
        RateBy::Age => age_band(&rate.name, &list.policy.age_bands),
        RateBy::Sex => match rate.name.as_str() {
            "female" => word("kvinner", "kvinner", "women"),
            "male" => word("menn", "menn", "men"),
            _ => word("ikke oppgitt", "ikkje oppgitt", "not stated"),
        }
        .get(language)
        .to_owned(),
        RateBy::Group => list
            .policy
            .group(&rate.name)
            .map_or_else(|| rate.name.clone(), |group| group.label.get(language).to_owned()),
        RateBy::Gp if rate.name.is_empty() => words::NO_GP.get(language).to_owned(),
        RateBy::Gp => rate.name.clone(),
        RateBy::DNumber => match rate.name.as_str() {
            "d" => word("D-nummer", "D-nummer", "D-number"),
            "other" => word("annet nummer", "anna nummer", "other number"),
            _ => word("ikke oppgitt", "ikkje oppgitt", "not stated"),
        }
        .get(language)
        .to_owned(),
    }
}

/// `18–39`, and `85+` for the last band; the name is the age at which a band begins.
fn age_band(name: &str, begins: &[i32]) -> String {
    let at = begins.iter().position(|from| from.to_string() == name);
    match at.and_then(|at| begins.get(at + 1)) {
        Some(next) => format!("{name}–{}", next - 1),
        None => format!("{name}+"),
    }
}

fn rate_by(by: RateBy) -> Word {
    match by {
        RateBy::All => word("alle", "alle", "all"),
        RateBy::Age => word("alder", "alder", "age"),
        RateBy::Sex => word("kjønn", "kjønn", "sex"),
        RateBy::Group => word("målgruppe", "målgruppe", "target group"),
        RateBy::Gp => word("fastlege", "fastlege", "GP"),
        RateBy::DNumber => word("identitetsnummer", "identitetsnummer", "identity number"),
    }
}

fn numbers(title: Word, heads: &[Word], rows: Vec<Vec<String>>, note: Option<Word>, language: Language) -> Numbers {
    Numbers {
        title: title.get(language).to_owned(),
        heads: heads.iter().map(|head| head.get(language).to_owned()).collect(),
        rows,
        note: note.map_or_else(String::new, |note| note.get(language).to_owned()),
    }
}
