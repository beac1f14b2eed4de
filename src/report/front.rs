//! What stands before the rows: the run's facts, its rule sets, how to read the list, and the quality of the data.

use super::about::{About, TableFacts};
use super::habit;
use super::numbers::{self, Numbers};
use super::phrases;
use super::scores::ScoresView;
use super::sections;
use super::view::Book;
use super::words::{self, Word};
use crate::clinical::Language;
use crate::journal::tables::Source;
use crate::model::RuleSet;
use crate::model::ruleset::{OutreachRole, Status};
use crate::outreach::List;
use crate::outreach::tie::iso_week;

/// The first sheet and the top of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Front {
    /// «Oppfølgingsliste, uke 10, 2026».
    pub title: String,
    pub practice: String,
    /// The run in one line, in pieces.
    pub summary: Vec<String>,
    pub notices: Vec<String>,
    /// Name and value.
    pub facts: Vec<(String, String)>,
    pub rule_sets: Vec<RuleSetView>,
    pub how_to: Vec<String>,
    pub quality: Vec<QualityView>,
    pub scores: Vec<ScoresView>,
    pub numbers: Vec<Numbers>,
    /// Program, run, and where the whole purpose stands.
    pub version: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleSetView {
    pub title: String,
    pub id: String,
    pub version: String,
    pub status: String,
    pub draft: bool,
    pub role: String,
}

/// One table of the extract in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QualityView {
    pub table: String,
    pub read: u64,
    pub kept: u64,
    pub refused: u64,
    pub newest: String,
    /// Reason and rows.
    pub reasons: Vec<(String, u64)>,
}

impl Front {
    #[must_use]
    pub fn of(list: &List, book: Book, about: &About) -> Front {
        let language = about.language;
        let (year, week) = iso_week(list.index_day);
        let how_to = words::HOW_TO_LINES.iter().chain(&phrases::HOW_TO_DECIDE);
        let week = words::WEEK.with(language, &[&week.to_string(), &year.to_string()]);
        Front {
            title: format!("{}, {week}", words::TITLE.get(language)),
            practice: about.practice.clone(),
            summary: summary(list, about),
            notices: notices(list, book, about),
            facts: facts(list, about),
            rule_sets: book.rule_sets.iter().map(|rule_set| RuleSetView::of(rule_set, language)).collect(),
            how_to: how_to.map(|line| line.get(language).to_owned()).collect(),
            quality: about.tables.iter().map(|table| QualityView::of(table, book, language)).collect(),
            scores: about.scores.iter().map(|summary| ScoresView::of(summary, book, language)).collect(),
            numbers: numbers::all(list, book, language),
            version: phrases::PURPOSE_VERSION.with(language, &[&about.program, &list.index_day.to_string()]),
        }
    }
}

fn summary(list: &List, about: &About) -> Vec<String> {
    let language = about.language;
    let whole = |value: u64| habit::whole(value, language);
    let mut pieces = vec![
        format!("{} {}", words::EXTRACT_DAY.get(language), habit::date(about.index_day, language)),
        words::ON_LIST_SHORT.with(language, &[&whole(about.on_list)]),
        words::REFUSED_SHORT.with(language, &[&whole(about.refused_rows())]),
        words::LISTED_OF.with(language, &[&whole(list.rows.len() as u64), &whole(list.candidates as u64)]),
        phrases::COUNT_REVIEWS.with(language, &[&list.beside.reviews.len().to_string()]),
        phrases::COUNT_SNOOZED.with(language, &[&snoozed(list).to_string()]),
        phrases::COUNT_HELD.with(language, &[&numbers::held_in_all(list, language)]),
        phrases::POLICY_SHORT.with(language, &[&list.policy.version]),
    ];
    if list.places.counted {
        let (free, places) = (whole(u64::from(list.places.free)), list.places.places.to_string());
        pieces.insert(3, phrases::FREE_MINUTES.with(language, &[&free, &places]));
    }
    pieces
}

/// Rows of people who were hidden until something happened.
fn snoozed(list: &List) -> usize {
    list.rows.iter().chain(&list.children).filter(|row| sections::is_break_through(row)).count()
}

fn notices(list: &List, book: Book, about: &About) -> Vec<String> {
    let language = about.language;
    let draft = book.rule_sets.iter().any(|rule_set| rule_set.status == Status::Draft);
    let first = if draft { words::NOTICE_DRAFT } else { words::NOTICE };
    let mut notices = vec![first.get(language).to_owned()];
    let missing = Source::ALL.into_iter().filter(|source| !about.sources.has(*source));
    let missing: Vec<String> = missing.map(|source| source_name(source, book, language)).collect();
    if !missing.is_empty() {
        notices.push(words::MISSING_SOURCES.with(language, &[&missing.join(", ")]));
    }
    match list.tied_at_cut {
        0 => {}
        1 => notices.push(words::TIED_ONE.get(language).to_owned()),
        tied => notices.push(words::TIED.with(language, &[&tied.to_string()])),
    }
    notices
}

fn facts(list: &List, about: &About) -> Vec<(String, String)> {
    let language = about.language;
    let whole = |value: u64| habit::whole(value, language);
    let named = |word: Word, value: String| (word.get(language).to_owned(), value);
    let mut facts = vec![
        named(words::PRACTICE, about.practice.clone()),
        named(words::EXTRACT_DAY, habit::date(about.index_day, language)),
        named(words::ON_LIST, whole(about.on_list)),
        named(words::REFUSED, whole(about.refused_rows())),
        named(words::CAPACITY, whole(list.capacity as u64)),
        named(words::CANDIDATES, whole(list.candidates as u64)),
        named(words::LISTED, whole(list.rows.len() as u64)),
        named(words::HELD_BACK, held_back(list, language)),
    ];
    if let Some(day) = list.previous {
        facts.push(named(words::COMPARED, habit::date(day, language)));
    }
    let status = if list.policy.adopted { phrases::ADOPTED } else { phrases::PROPOSED };
    facts.push(named(phrases::POLICY, status.with(language, &[&list.policy.version])));
    facts.push(named(words::PROGRAM, format!("tidlig {}", about.program)));
    facts
}

/// Candidates held back, by reason. Shielded persons are in no count, and small counts are not told.
fn held_back(list: &List, language: Language) -> String {
    let told: Vec<String> =
        numbers::held(list, language).into_iter().map(|(reason, count)| format!("{reason}: {count}")).collect();
    if told.is_empty() { "0".to_owned() } else { told.join("; ") }
}

fn source_name(source: Source, book: Book, language: Language) -> String {
    let name = book.vocabulary.sources.get(source.name());
    name.map_or_else(|| source.name().to_owned(), |text| text.get(language).to_owned())
}

impl RuleSetView {
    fn of(rule_set: &RuleSet, language: Language) -> RuleSetView {
        let status = words::status(rule_set.status);
        let role = match rule_set.outreach.as_ref().map(|outreach| outreach.role) {
            None => words::ROLE_NONE,
            Some(OutreachRole::Need) => words::ROLE_NEED,
            Some(OutreachRole::Quiet) => words::ROLE_QUIET,
            Some(OutreachRole::Rising) => words::ROLE_RISING,
            Some(OutreachRole::Children) => words::ROLE_CHILDREN,
        };
        RuleSetView {
            title: rule_set.title.get(language).to_owned(),
            id: rule_set.id.clone(),
            version: rule_set.version.clone(),
            status: status.get(language).to_owned(),
            draft: rule_set.status == Status::Draft,
            role: role.get(language).to_owned(),
        }
    }
}

impl QualityView {
    fn of(facts: &TableFacts, book: Book, language: Language) -> QualityView {
        let source = Source::ALL.into_iter().find(|source| source.table() == facts.table);
        QualityView {
            table: source
                .map_or_else(|| words::BLOCKS.get(language).to_owned(), |source| source_name(source, book, language)),
            read: facts.read,
            kept: facts.kept,
            refused: facts.refused_rows(),
            newest: facts.newest.map_or_else(String::new, |day| habit::date(day, language)),
            reasons: facts.refused.clone(),
        }
    }
}
