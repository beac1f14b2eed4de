//! One input: from its table to its meaning.

use std::collections::HashMap;

use super::codes::{self, CodeList};
use super::{combined, contacts, measured, shared};
use crate::clinical::{CodeSystem, Sex, Window};
use crate::model::report::Report;
use crate::model::ruleset::{Diagnosis, Input, InputId, InputKind, Medicine, Missing, Service, ServiceState, Usage};
use crate::model::shape::kind_of;
use crate::model::tree::{Entry, Span, Table};
use crate::model::vocabulary::Vocabulary;

/// What an input's names may stand for.
pub struct Scope<'a> {
    pub vocabulary: &'a Vocabulary,
    /// `codes.csv`, when the folder has one.
    pub codes: Option<&'a CodeList>,
    /// Inputs by name; those that are no input were told before.
    pub ids: &'a HashMap<String, InputId>,
    /// The inputs that came before.
    pub inputs: &'a [Input],
}

/// Keys that name other inputs: what a combination is made of, and whose codes an input takes.
const BUILT_ON: &[&str] = &["any", "all", "none", "of", "days_of", "together", "codes_of", "atc_of"];

/// The names of other inputs that an input builds on.
pub fn needs(table: &Table) -> Vec<(&str, &Span)> {
    let mut names: Vec<(&str, &Span)> = BUILT_ON.iter().flat_map(|key| table.names(key)).collect();
    if let Some(peers) = table.table("peers") {
        names.extend(peers.names("morbidity").chain(peers.names("eligible")));
    }
    names
}

/// The meaning of an input. What is wrong is told; the input then holds whatever could be read.
pub fn read(name: &str, entry: &Entry, scope: &Scope, report: &mut Report) -> Input {
    let empty = Table::default();
    let table = entry.node.as_table().unwrap_or(&empty);
    Input {
        name: name.to_owned(),
        label: table.sentence("label"),
        sensitive: table.flag("sensitive").unwrap_or(false),
        kind: kind(table, entry, scope, report),
        missing: table.word("missing").map_or(Missing::No, answer),
        undelivered: table.word("undelivered").map_or(Missing::Unknown, answer),
    }
}

fn answer(word: &str) -> Missing {
    match word {
        "yes" => Missing::Yes,
        "unknown" => Missing::Unknown,
        _ => Missing::No,
    }
}

fn kind(table: &Table, entry: &Entry, scope: &Scope, report: &mut Report) -> InputKind {
    // A kind that cannot be told was reported with the shape; this one is never looked at.
    let kind = kind_of(table).map_or("", |kind| kind.name);
    match kind {
        "diagnosis" => InputKind::Diagnosis(diagnosis(table, entry, scope, report)),
        "medicine" => InputKind::Medicine(medicine(table, entry, scope, report)),
        "measurement" => measured::measurement(table, entry, scope, report),
        "contact" => InputKind::Contact(contacts::contact(table, scope, report)),
        "function" => InputKind::Function(measured::function(table, entry, scope, report)),
        "service" => InputKind::Service(service(table, entry, scope, report)),
        "age" => age(table, report),
        "person" => person(table, report),
        "combination" => combined::combination(table, entry, scope, report),
        "other rule set" => InputKind::Model(combined::model(table, report)),
        "peers" => InputKind::Peers(combined::peers(table.table("peers").unwrap_or(table), scope, report)),
        _ => InputKind::LivesAlone,
    }
}

/// The window of `within` and `before`; one that no day can lie in is told.
pub fn window(table: &Table, report: &mut Report) -> Window {
    let window = table.window();
    if let (Some(within), Some(entry)) = (window.within, table.get("within")) {
        if within == 0 {
            report.fault(&entry.node.span, "the window holds no day", "must be at least one day");
        } else if window.before >= within {
            let message = format!("the window holds no day: {within} days back, less {}", window.before);
            let span = table.get("before").map_or(&entry.node.span, |before| &before.node.span);
            report.fault_with(span, message, "nothing is left", "`before` must be less than `within`");
        }
    }
    window
}

/// Keys that mean nothing here are told.
pub fn refuse(table: &Table, keys: &[&str], why: &str, report: &mut Report) {
    for entry in table.entries.iter().filter(|entry| keys.contains(&entry.key.as_str())) {
        report.fault(&entry.span, format!("`{}` has no meaning {why}", entry.key), "take it away");
    }
}

/// Distance between days that count, at least one: two rows on one day are one day.
pub fn apart(table: &Table, report: &mut Report) -> u32 {
    if let Some(entry) = table.get("apart").filter(|_| table.count("days").or(table.count("at_least")).unwrap_or(1) < 2)
    {
        report.fault(&entry.span, "`apart` has no meaning for a single day", "ask for at least two days");
    }
    table.days("apart").unwrap_or(1).max(1)
}

fn diagnosis(table: &Table, entry: &Entry, scope: &Scope, report: &mut Report) -> Diagnosis {
    let mut include = Vec::new();
    let mut except = Vec::new();
    for (key, without, system) in
        [("icpc2", "icpc2_except", CodeSystem::Icpc2), ("icd10", "icd10_except", CodeSystem::Icd10)]
    {
        include.extend(codes::read(table, key, system, report).into_iter().map(|(code, _)| code));
        except.extend(codes::read(table, without, system, report));
    }
    include.extend(listed(table, entry, scope, report));
    let shared = shared::diagnoses(table, scope, report);
    include.extend(shared.include);
    Diagnosis {
        codes: codes::join(include, except, shared.except, report),
        window: window(table, report),
        days: table.count("days").unwrap_or(1),
        apart: apart(table, report),
        from: table.words("from"),
        aged_from: table.whole("aged_from").and_then(|n| i32::try_from(n).ok()),
        distinct_codes: table.flag("distinct_codes").unwrap_or(false),
    }
}

/// The codes of a category of `codes.csv`.
fn listed(table: &Table, entry: &Entry, scope: &Scope, report: &mut Report) -> Vec<crate::clinical::Code> {
    let Some((name, span)) = table.name("category") else {
        if let Some(codes) = table.get("codes") {
            report.fault(&codes.span, "a list of codes needs a `category`", "of which category?");
        }
        return Vec::new();
    };
    if !table.has("codes") {
        report.fault(span, "a `category` needs `codes = \"codes.csv\"`", "a category of what?");
    }
    let Some(list) = scope.codes else {
        report.fault(&entry.span, "there is no `codes.csv` in the folder of this file", "asks for that list");
        return Vec::new();
    };
    if list.category(name).is_none() {
        report.unknown(span, "category of codes.csv", name, list.names());
    }
    let known = |code: &&crate::clinical::Code| matches!(code.system, CodeSystem::Icpc2 | CodeSystem::Icd10);
    list.category(name).unwrap_or_default().iter().filter(known).cloned().collect()
}

fn medicine(table: &Table, entry: &Entry, scope: &Scope, report: &mut Report) -> Medicine {
    let usage = match table.word("usage") {
        Some("any_regular") => Usage::AnyRegular,
        Some("added") => Usage::Added,
        Some("current") => Usage::Current,
        Some("regular") => Usage::Regular,
        Some("lapsed") => Usage::Lapsed,
        Some("begun") => Usage::Begun,
        _ => Usage::Any,
    };
    if table.has("usage") && usage == Usage::Any && table.word("usage") != Some("any") {
        // An unknown usage was told with the shape; what it needs is not known.
    } else if usage.has_window() {
        need_window(table, entry, report);
    } else {
        refuse(table, &["within", "before"], "here: the usage says which days count", report);
    }
    if matches!(usage, Usage::Begun | Usage::Added) && table.word("within") == Some("ever") {
        report.fault(&entry.span, "a substance always begins within `ever`", "needs a number of days");
    }
    if !usage.counts_days() {
        refuse(table, &["apart"], "unless `usage` is `any` or `any_regular`", report);
    }
    let mut include: Vec<_> =
        codes::read(table, "atc", CodeSystem::Atc, report).into_iter().map(|(code, _)| code).collect();
    let except = codes::read(table, "atc_except", CodeSystem::Atc, report);
    let shared = shared::medicines(table, scope, report);
    include.extend(shared.include);
    Medicine {
        codes: codes::join(include, except, shared.except, report),
        usage,
        window: window(table, report),
        at_least: table.count("at_least").unwrap_or(1),
        apart: if usage.counts_days() { apart(table, report) } else { 1 },
    }
}

fn need_window(table: &Table, entry: &Entry, report: &mut Report) {
    if !table.has("within") {
        report.fault_with(
            &entry.span,
            "the input lacks `within`",
            "needs `within`",
            "`within` says how far back to look: `\"183 days\"` or `\"ever\"`",
        );
    }
}

/// Names of a list that must be known; returns all of them.
pub fn known_names<'n>(
    table: &Table,
    key: &str,
    what: &str,
    known: impl Fn() -> Vec<&'n str>,
    report: &mut Report,
) -> Vec<String> {
    let known = known();
    for (name, span) in table.names(key).filter(|(name, _)| !known.contains(name)) {
        report.unknown(span, what, name, known.iter().copied());
    }
    table.words(key)
}

fn service(table: &Table, entry: &Entry, scope: &Scope, report: &mut Report) -> Service {
    let state = match table.word("state") {
        Some("started") => ServiceState::Started,
        Some("ended") => ServiceState::Ended,
        Some("seen") => ServiceState::Seen,
        _ => ServiceState::Active,
    };
    if state == ServiceState::Active {
        refuse(table, &["within", "before"], "for services that are active on the index day", report);
    } else {
        need_window(table, entry, report);
    }
    let known = || scope.vocabulary.services.names().collect();
    Service {
        services: known_names(table, "service", "service", known, report),
        except: known_names(table, "service_except", "service", known, report),
        state,
        window: window(table, report),
        at_least: table.count("at_least").unwrap_or(1),
    }
}

fn age(table: &Table, report: &mut Report) -> InputKind {
    let limits = table.table("age");
    let limit = |key| limits.and_then(|limits| limits.whole(key)).and_then(|n| i32::try_from(n).ok());
    let (from, below) = (limit("from"), limit("below"));
    if let (Some(low), Some(high), Some(entry)) = (from, below, table.get("age"))
        && low >= high
    {
        report.fault(&entry.node.span, format!("no age is from {low} and below {high}"), "holds no age");
    }
    InputKind::Age { from, below }
}

fn person(table: &Table, report: &mut Report) -> InputKind {
    if !table.has("on_list") {
        refuse(table, &["shorter"], "without `on_list`", report);
    }
    if let Some(sex) = table.word("sex").and_then(Sex::parse) {
        InputKind::Sex(sex)
    } else if let Some(days) = table.days("on_list") {
        InputKind::OnList { days, shorter: table.word("shorter").map_or(Missing::No, answer) }
    } else {
        InputKind::LivesAlone
    }
}
