//! A made-up list from the shipped rule sets, for the tests of the formats.

use std::collections::BTreeMap;

use super::about::{About, TableFacts};
use super::view::{Book, View};
use crate::clinical::{Code, Day, Language, Points, Tri};
use crate::journal::patient::{ContactRow, PatientJournal, Person as Facts, ServiceRow};
use crate::journal::tables::{ContactKind, Source, Sources, Table};
use crate::journal::whole::Member;
use crate::model::ruleset::{Bound, InputId, InputKind, Weight};
use crate::model::{Catalog, RuleSet};
use crate::outreach::list::{Person, Terms};
use crate::outreach::policy::Policy;
use crate::outreach::previous::Previous;
use crate::outreach::priority::GroupLevel;
use crate::outreach::reasons::members;
use crate::outreach::{Candidate, List, Standing, rank};
use crate::score::result::{Evidence, Explained, Fact, Line, Outcome, Part, Score, State};

pub fn on() -> Day {
    Day::from_ymd(2026, 3, 2).unwrap()
}

pub fn catalog() -> Catalog {
    Catalog::shipped().unwrap_or_else(|faults| panic!("{faults}"))
}

/// A fact that the first question under an input would take.
pub fn fact(rule_set: &RuleSet, input: InputId, age: i32) -> Option<Fact> {
    let plain = |source, system: &str, code: &str, value, unit: &str| Fact {
        source,
        day: Some(on().plus(-age)),
        system: system.to_owned(),
        code: code.to_owned(),
        value,
        unit: unit.to_owned(),
        use_unstated: false,
        input: 0,
    };
    let coded = |source, code: &Code| plain(source, code.system.name(), code.as_str(), None, "");
    let kind = &rule_set.inputs[input.0].kind;
    match kind {
        InputKind::Diagnosis(asked) => asked.codes.include.first().map(|code| coded(Source::Diagnoses, code)),
        InputKind::Medicine(asked) => {
            let code = asked.codes.include.first();
            Some(code.map_or_else(
                || plain(Source::Medicines, "ATC", "C07AB02", None, ""),
                |code| coded(Source::Medicines, code),
            ))
        }
        InputKind::Measurement(asked) => {
            let (name, code) = (&asked.analyte.name, &asked.analyte.codes[0].code);
            Some(plain(Source::Measurements, name, code, Some(82.5), &asked.analyte.unit))
        }
        InputKind::Contact(asked) => asked.kinds.first().map(|kind| plain(Source::Contacts, "", kind, None, "")),
        InputKind::Function(asked) => {
            let item = asked.items.first().map_or("", String::as_str);
            Some(plain(Source::Functions, &asked.instrument, item, Some(6.0), ""))
        }
        InputKind::Service(asked) => {
            Some(plain(Source::Services, "", asked.services.first().map_or("home_nursing", String::as_str), None, ""))
        }
        _ => members(kind).iter().find_map(|member| fact(rule_set, *member, age)),
    }
}

/// A score in which `state` decides each criterion.
pub fn explained(rule_set: &RuleSet, model: usize, state: impl Fn(usize) -> State) -> Explained {
    let mut lines = Vec::new();
    for (index, criterion) in rule_set.criteria.iter().enumerate() {
        let most = match &criterion.weight {
            Weight::Fixed(points) | Weight::PerCount(points) => *points,
            Weight::Steps(steps) => steps.last().map_or(Points::ZERO, |step| step.1),
            Weight::OfModel => Points::whole(1),
        };
        let state = state(index);
        let asked = criterion.shows.unwrap_or(criterion.input);
        let facts: Vec<Fact> = fact(rule_set, asked, 20 + 7 * index as i32).into_iter().collect();
        let day = facts.first().and_then(|fact| fact.day);
        let evidence =
            Evidence { count: 2, first_on: day, last_on: day, facts, old: Some(90.0), peers: Some((6.04, 31)) };
        let met = state == State::Met;
        lines.push(Line {
            part: Part::Criterion(index),
            state,
            points: if met { most } else { Points::ZERO },
            at_most: if state == State::Unknown { most } else { Points::ZERO },
            evidence: if met { evidence } else { Evidence::default() },
        });
    }
    for (index, cap) in rule_set.caps.iter().enumerate() {
        let members =
            rule_set.criteria.iter().zip(&lines).filter(|(criterion, _)| criterion.cap.is_some_and(|id| id.0 == index));
        let sum: Points = members.map(|(_, line)| line.points).sum();
        if let Some(over) = cap.at_most.map(|most| sum - most).filter(|over| *over > Points::ZERO) {
            lines.push(Line {
                part: Part::Cap(index),
                state: State::Met,
                points: -over,
                at_most: Points::ZERO,
                evidence: Evidence::default(),
            });
        }
    }
    let value: Points = lines.iter().map(|line| line.points).sum();
    let upper = value + lines.iter().map(|line| line.at_most).sum();
    let band = rule_set.bands.iter().rposition(|band| match band.from {
        Bound::From(from) => value >= from,
        Bound::Above(above) => value > above,
        Bound::Lowest => true,
    });
    let score = Score { value, lower: value, upper, band, band_of_points: band, gate: Tri::Yes };
    Explained {
        outcome: Outcome { model, in_population: Tri::Yes, score: Some(score) },
        lines,
        outside: Vec::new(),
        unsettled: Vec::new(),
    }
}

const PEOPLE: [(&str, &str, &str); 6] = [
    ("Åse Kristine Aasen-Ødegård", "1943-05-17", "Dr. Berit Øye"),
    ("Per Olav Nordmann", "1951-11-02", "Dr. Arne Ås"),
    ("=HYPERLINK(\"http://example.invalid\")", "1939-01-30", "Dr. Berit Øye"),
    ("Kari <b>Fjell</b> & Dal", "1976-08-08", "Dr. Zara Haug"),
    ("Ole Johan Myhre", "1948-03-21", ""),
    ("Synnøve Lie", "1960-12-24", "Dr. Arne Ås"),
];

/// Six people, of whom the second was on the list before with less.
pub fn list(catalog: &Catalog) -> List {
    let policy = Policy::with_capacity(5);
    let mut candidates = Vec::new();
    let mut people = BTreeMap::new();
    for (number, (name, birth, gp)) in PEOPLE.iter().enumerate() {
        let state = |index: usize| match (index * 7 + number * 5) % 11 {
            0..=2 => State::Met,
            3 if number % 2 == 1 => State::Unknown,
            _ => State::NotMet,
        };
        let sets = catalog.rule_sets.iter().enumerate();
        let explained: Vec<Explained> = sets.map(|(model, set)| explained(set, model, state)).collect();
        let groups = explained.iter().filter_map(|answer| {
            let set = &catalog.rule_sets[answer.outcome.model];
            let level = answer.outcome.score?.band.map_or(0, |band| set.bands[band].level);
            Some(GroupLevel { model: answer.outcome.model, role: set.outreach.as_ref()?.role, level })
        });
        let patient = (1000 + number).to_string();
        candidates.push(Candidate {
            patient: patient.clone(),
            standing: Standing::Listable,
            groups: groups.collect(),
            tie: [number as u8; 32],
        });
        let person = Facts { birth: Day::parse_iso(birth), ..Facts::default() };
        let (name, gp) = ((*name).to_owned(), (*gp).to_owned());
        let member = Member { id: patient.clone(), person, name, gp, ..Member::default() };
        people.insert(patient, Person { member, journal: journal(number), explained });
    }
    let first = list_of(candidates.clone(), &people, catalog, &policy, None);
    let mut before = first.remember();
    before.index_day = "2026-02-23".to_owned();
    before.rows.remove("1000");
    before.rows.get_mut("1001").unwrap().priority -= 2;
    list_of(candidates, &people, catalog, &policy, Some(&before))
}

fn list_of(
    candidates: Vec<Candidate>,
    people: &BTreeMap<String, Person>,
    catalog: &Catalog,
    policy: &Policy,
    previous: Option<&Previous>,
) -> List {
    let terms = Terms { on: on(), policy, rule_sets: &catalog.rule_sets, vocabulary: &catalog.vocabulary, previous };
    List::tell(rank(candidates, policy), people, terms)
}

fn journal(number: usize) -> PatientJournal {
    let contact =
        |age, kind, role: &str| ContactRow { date: on().plus(age), recorded_on: None, kind, role: role.to_owned() };
    let service = |name: &str| ServiceRow { service: name.to_owned(), from: Day::parse_iso("2025-10-01"), until: None };
    let mut journal = PatientJournal::default();
    journal.contacts.push(contact(-40 - 10 * number as i32, ContactKind::Office, "gp"));
    journal.contacts.push(contact(-3, ContactKind::Renewal, ""));
    if number.is_multiple_of(2) {
        journal.contacts.push(contact(12, ContactKind::Booked, "nurse"));
        journal.services = vec![service("home_nursing"), service("physiotherapist")];
    }
    journal
}

pub fn about(language: Language) -> About {
    let table = |table, read, refused: &[(&str, u64)]| {
        let refused: Vec<(String, u64)> = refused.iter().map(|(reason, rows)| ((*reason).to_owned(), *rows)).collect();
        let kept = read - refused.iter().map(|(_, rows)| rows).sum::<u64>();
        TableFacts { table, read, kept, refused, newest: Some(on().plus(-1)) }
    };
    About {
        practice: "Eksempel legesenter".to_owned(),
        language,
        index_day: on(),
        program: "0.1.0".to_owned(),
        on_list: 18_214,
        tables: vec![
            table(Table::Patients, 18_214, &[]),
            table(Table::Diagnoses, 412_808, &[("Kodeverk mangler", 12), ("Dato kan ikke leses", 3)]),
            table(Table::Contacts, 220_100, &[]),
        ],
        sources: Sources::all().without(Source::Recalls).without(Source::Functions),
        scores: Vec::new(),
    }
}

pub fn view(language: Language) -> View {
    let catalog = catalog();
    let book = Book { rule_sets: &catalog.rule_sets, vocabulary: &catalog.vocabulary };
    View::of(&list(&catalog), book, &about(language))
}
