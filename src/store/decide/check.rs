//! From a row as written to a decision that holds all it must, or to its faults.

use super::raw::{Place, Raw};
use super::settle::settle;
use super::{Fault, FaultKind, Ready, Registered, Terms, Who};
use crate::clinical::{Day, Language};
use crate::store::decision::{Choice, Days, Decision, DecisionKind, FactRef, Iso, Judge, SAID_WITHIN, Scope, Seen};
use crate::store::entries::NewEntry;
use crate::store::error::StoreError;
use crate::store::file::Store;
use crate::store::listed::ListedRow;
use crate::store::runs::Found;

/// What the rows read so far came to.
#[derive(Debug, Default)]
pub(super) struct Checked {
    pub new: Vec<Ready>,
    pub known: usize,
    pub faults: Vec<Fault>,
}

/// Checks one row against the register, the store and the rows before it.
pub(super) fn row(
    raw: &Raw,
    saved: Option<Day>,
    store: &Store,
    terms: Terms,
    checked: &mut Checked,
) -> Result<(), StoreError> {
    let mut faults = Faults { place: &raw.place, found: Vec::new() };
    let Some(choice) = Choice::parse(&raw.choice) else {
        checked.faults.push(Fault { place: raw.place.clone(), kind: FaultKind::UnknownChoice });
        return Ok(());
    };
    let subject = if raw.key.is_empty() && choice.kind == DecisionKind::AddedByHand {
        added(raw, store, terms, &mut faults)?
    } else {
        listed(raw, store, &mut faults)?
    };
    // A day ahead of the day of taking in is a clock that is wrong; the decision itself is not.
    let told = raw.decided_on.day().or(saved).unwrap_or(terms.on);
    let decided_on = told.min(terms.on);
    let decision = decision(raw, choice, decided_on, subject.as_ref(), terms, &mut faults);
    if let (Some(subject), Some(decision)) = (subject, decision) {
        let ready = ready(raw, &subject, decision, decided_on, terms);
        settle(ready, subject, store, terms, checked, &mut faults)?;
    }
    checked.faults.append(&mut faults.found);
    Ok(())
}

pub(super) struct Faults<'a> {
    place: &'a Place,
    found: Vec<Fault>,
}

impl Faults<'_> {
    /// Notes a fault down; gives `None` for the value that could not be had.
    pub(super) fn none<T>(&mut self, kind: FaultKind) -> Option<T> {
        self.found.push(Fault { place: self.place.clone(), kind });
        None
    }
}

/// Whom a row speaks of, and the list it stood on.
pub(super) struct Subject {
    pub who: Who,
    found: Option<Found>,
    pub list: Option<Day>,
}

fn listed(raw: &Raw, store: &Store, faults: &mut Faults) -> Result<Option<Subject>, StoreError> {
    let Some(found) = store.row_of_key(&raw.key)? else { return Ok(faults.none(FaultKind::UnknownRow)) };
    Ok(Some(Subject { who: Who::Known(found.person), list: Some(found.list), found: Some(found) }))
}

/// The one person in the register with this name and birth date.
fn added(raw: &Raw, store: &Store, terms: Terms, faults: &mut Faults) -> Result<Option<Subject>, StoreError> {
    let born = raw.born.day();
    let name = plain(&raw.name);
    let fits = |person: &&Registered| {
        born.is_some() && person.birth == born && !name.is_empty() && plain(&person.name) == name
    };
    let mut fitting = terms.register.iter().filter(fits);
    let (Some(person), None) = (fitting.next(), fitting.next()) else { return Ok(faults.none(FaultKind::WhoIsAdded)) };
    if !person.listable {
        return Ok(faults.none(FaultKind::NotListable));
    }
    let who = store.find(&person.patient)?.map_or_else(|| Who::New(person.patient.clone()), Who::Known);
    Ok(Some(Subject { who, found: None, list: raw.list }))
}

/// Words in any order and case: «Nordmann, Kari» is «Kari Nordmann».
fn plain(name: &str) -> Vec<String> {
    let mut words: Vec<String> =
        name.split([' ', ',', '\u{a0}']).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    words.sort();
    words
}

fn decision(
    raw: &Raw,
    choice: Choice,
    on: Day,
    subject: Option<&Subject>,
    terms: Terms,
    faults: &mut Faults,
) -> Option<Decision> {
    match choice.kind {
        DecisionKind::Selected => {
            let (task, owner) = (task(raw, terms, faults), owner(raw, terms, faults));
            let review_on = ahead(raw, on, terms.limits.review, faults);
            let matters = (!raw.matters.is_empty()).then(|| raw.matters.clone());
            Some(Decision::Selected { task: task?, owner: owner?, review_on: review_on?, matters })
        }
        DecisionKind::NotNow => Some(Decision::NotNow { until: ahead(raw, on, terms.limits.not_now, faults)? }),
        DecisionKind::Declined => {
            let spoke = who(raw, faults);
            let said = date(raw, on.plus(-SAID_WITHIN), on, faults);
            Some(Decision::Declined { scope: choice.scope.unwrap_or(Scope::Offer), spoke: spoke?, on: said? })
        }
        DecisionKind::AlreadyFollowed => {
            let by = who(raw, faults);
            let until = ahead(raw, on, terms.limits.followed, faults);
            Some(Decision::AlreadyFollowed { by: by?, until: until? })
        }
        DecisionKind::WrongData => wrong_data(raw, subject?.found.as_ref().map(|found| &found.row), faults),
        DecisionKind::NotRelevant => {
            let judge = judge(raw, faults);
            let reason = reason(raw, faults);
            let limits = terms.limits.judged;
            let usual = Some(Iso(on.plus(limits.usual)));
            let until = if raw.date.is_empty() { usual } else { ahead(raw, on, limits, faults) };
            Some(Decision::NotRelevant { judged_by: judge?, reason: reason?, until: until? })
        }
        DecisionKind::AddedByHand => Some(Decision::AddedByHand { reason: reason(raw, faults)? }),
    }
}

fn ahead(raw: &Raw, on: Day, limits: Days, faults: &mut Faults) -> Option<Iso> {
    date(raw, on.plus(limits.least), on.plus(limits.most), faults)
}

fn date(raw: &Raw, first: Day, last: Day, faults: &mut Faults) -> Option<Iso> {
    if raw.date.is_empty() {
        return faults.none(FaultKind::MissingDate);
    }
    match raw.date.day() {
        None => faults.none(FaultKind::UnreadableDate),
        Some(day) if day < first || day > last => faults.none(FaultKind::DateOutside(first, last)),
        Some(day) => Some(Iso(day)),
    }
}

fn who(raw: &Raw, faults: &mut Faults) -> Option<String> {
    if raw.who.is_empty() { faults.none(FaultKind::MissingWho) } else { Some(raw.who.clone()) }
}

fn reason(raw: &Raw, faults: &mut Faults) -> Option<String> {
    if raw.note.is_empty() { faults.none(FaultKind::MissingReason) } else { Some(raw.note.clone()) }
}

/// By the task's name, or its label in any language.
fn task(raw: &Raw, terms: Terms, faults: &mut Faults) -> Option<String> {
    if raw.task.is_empty() {
        return faults.none(FaultKind::MissingTask);
    }
    let wanted = raw.task.to_lowercase();
    let labelled = |label: &crate::clinical::Text| {
        [Language::Nb, Language::Nn, Language::En]
            .into_iter()
            .any(|language| label.get(language).to_lowercase() == wanted)
    };
    let found =
        terms.vocabulary.tasks.iter().find(|(name, task)| name.to_lowercase() == wanted || labelled(&task.label));
    found.map_or_else(|| faults.none(FaultKind::UnknownTask), |(name, _)| Some(name.to_owned()))
}

/// Someone of the resource table who is present; anyone where there is no table.
fn owner(raw: &Raw, terms: Terms, faults: &mut Faults) -> Option<String> {
    let wanted = who(raw, faults)?;
    if terms.resources.is_empty() {
        return Some(wanted);
    }
    let same = |name: &str| name.to_lowercase() == wanted.to_lowercase();
    match terms.resources.iter().find(|resource| same(&resource.name)) {
        Some(resource) if resource.is_present(terms.on) => Some(resource.name.clone()),
        Some(_) => faults.none(FaultKind::AbsentOwner),
        None => {
            let present = terms.resources.iter().filter(|resource| resource.is_present(terms.on));
            faults.none(FaultKind::UnknownOwner(present.map(|resource| resource.name.clone()).collect()))
        }
    }
}

fn judge(raw: &Raw, faults: &mut Faults) -> Option<Judge> {
    let who = raw.who.to_lowercase();
    let begins = |words: &[&str]| words.iter().any(|word| who.starts_with(word));
    if begins(&["fastlege", "lege", "doctor", "gp", "general practitioner"]) {
        Some(Judge::Doctor)
    } else if begins(&["sykepleier", "sjukepleiar", "nurse", "pht-sykepleier", "pht-sjukepleiar"]) {
        Some(Judge::Nurse)
    } else {
        faults.none(FaultKind::WhoJudged)
    }
}

/// `2`, «2 HbA1c 82 mmol/mol» or `2:K77`.
fn wrong_data(raw: &Raw, row: Option<&ListedRow>, faults: &mut Faults) -> Option<Decision> {
    let digits: String = raw.line.chars().take_while(char::is_ascii_digit).collect();
    let lines = row.map_or(0, |row| row.lines.len());
    if digits.is_empty() {
        return faults.none(FaultKind::MissingLine);
    }
    let number = digits.parse::<usize>().ok().filter(|number| (1..=lines).contains(number));
    let Some((number, line)) = number.and_then(|number| Some((number, row?.lines.get(number - 1)?))) else {
        return faults.none(FaultKind::UnknownLine(lines));
    };
    let named = raw.line[digits.len()..].strip_prefix(':').map(|code| code.trim().to_uppercase());
    let facts = facts(&line.facts, named.as_deref(), faults)?;
    Some(Decision::WrongData {
        line: number,
        rule_set: line.rule_set.clone(),
        criterion: line.criterion.clone(),
        facts,
    })
}

/// A line of more different codes than this is a count: one of its facts is wrong, hardly all.
const MOST_CODES: usize = 3;

fn facts(of_line: &[FactRef], named: Option<&str>, faults: &mut Faults) -> Option<Vec<FactRef>> {
    if let Some(code) = named {
        let facts: Vec<FactRef> =
            of_line.iter().filter(|fact| fact.code.to_uppercase().starts_with(code)).cloned().collect();
        return if facts.is_empty() || code.is_empty() { faults.none(FaultKind::UnknownCode) } else { Some(facts) };
    }
    let codes: std::collections::BTreeSet<&str> = of_line.iter().map(|fact| fact.code.as_str()).collect();
    if codes.len() > MOST_CODES { faults.none(FaultKind::WhichCode) } else { Some(of_line.to_vec()) }
}

fn ready(raw: &Raw, subject: &Subject, decision: Decision, decided_on: Day, terms: Terms) -> Ready {
    let seen = match &subject.found {
        Some(Found { row, list, .. }) => Some(Seen {
            list: list.to_string(),
            priority: row.priority,
            levels: row.levels.clone(),
            versions: row.versions.clone(),
        }),
        None => subject.list.map(|list| Seen { list: list.to_string(), ..Seen::default() }),
    };
    let or = |text: &String, other: &str| if text.is_empty() { other.to_owned() } else { text.clone() };
    let guardian = raw.who.to_lowercase();
    let entry = NewEntry {
        person: 0,
        key: (!raw.key.is_empty()).then(|| raw.key.clone()),
        decided_on,
        taken_at: String::new(),
        by: or(&raw.by, terms.by),
        role: or(&raw.role, terms.role),
        note: raw.note.clone(),
        by_guardian: raw.guardian || ["foresatt", "føresett", "guardian"].iter().any(|word| guardian.starts_with(word)),
        decision,
        seen,
        file: None,
    };
    Ready { who: subject.who.clone(), place: raw.place.clone(), replaces: None, entry }
}
