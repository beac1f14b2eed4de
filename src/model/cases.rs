//! Cases: patients in words beside a rule set, and what it should say of them.
//!
//! Rows stay neutral here, because this room knows no journal; the scoring room makes a patient of them.

use super::fault::Faults;
use super::keys::cases::FILE as SECTION;
use super::report::Report;
use super::rows;
use super::ruleset::RuleSet;
use super::shape;
use super::tree::{Document, Span, Table};
use super::vocabulary::Vocabulary;
use crate::clinical::{CodeSystem, Day, Points, Sex, Tri};

pub const FILE: &str = "cases.toml";

/// A patient in words, and what is expected.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    pub id: String,
    pub who: String,
    /// The index day.
    pub on: Day,
    pub born: Born,
    pub sex: Option<Sex>,
    pub lives_alone: Option<bool>,
    /// `None`: on the list since birth.
    pub listed_since: Option<Day>,
    /// Sources that were not delivered; names as in the journal.
    pub undelivered: Vec<String>,
    pub diagnoses: Vec<CaseDiagnosis>,
    pub medicines: Vec<CaseMedicine>,
    pub measurements: Vec<CaseMeasurement>,
    pub contacts: Vec<CaseContact>,
    pub functions: Vec<CaseFunction>,
    pub services: Vec<CaseService>,
    pub peers: Option<CasePeers>,
    pub expect: Expect,
    /// The rows as written, table by table, for the page.
    pub written: Vec<(String, Vec<String>)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Born {
    /// So many completed years on the index day.
    Age(i32),
    On(Day),
}

/// A coded diagnosis; the code as written, to be read like a journal's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseDiagnosis {
    pub day: Day,
    pub recorded_on: Option<Day>,
    pub system: CodeSystem,
    pub code: String,
    /// `gp`, `hospital`, `municipal`, or empty.
    pub source: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseMedicine {
    pub day: Day,
    pub recorded_on: Option<Day>,
    pub atc: String,
    pub until: Option<Day>,
    pub stopped_on: Option<Day>,
    pub regular: Option<bool>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct CaseMeasurement {
    pub day: Day,
    pub recorded_on: Option<Day>,
    /// As a journal has it: a laboratory code or a body measure.
    pub code: String,
    pub value: f64,
    pub unit: String,
    /// `<`, `<=`, `>`, `>=`, or empty.
    pub comparator: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseContact {
    pub day: Day,
    pub recorded_on: Option<Day>,
    pub kind: String,
    /// Empty when unstated.
    pub role: String,
}

#[derive(Debug, Clone, PartialEq)]
pub struct CaseFunction {
    pub day: Day,
    pub recorded_on: Option<Day>,
    pub instrument: String,
    /// Empty for the total.
    pub item: String,
    pub score: f64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseService {
    pub service: String,
    pub from: Option<Day>,
    pub until: Option<Day>,
}

/// The peers' contact days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CasePeers {
    pub n: u32,
    pub sum: u64,
    pub sum_squares: u64,
}

/// What is expected. Only what is stated is compared; lists are compared without regard to order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Expect {
    pub points: Option<Points>,
    pub lower: Option<Points>,
    pub upper: Option<Points>,
    /// The inner `None` expects no band.
    pub band: Option<Option<String>>,
    pub gate: Option<Tri>,
    pub fires: Option<Vec<String>>,
    pub unknown: Option<Vec<String>>,
    pub silenced: Option<Vec<String>>,
    pub caps: Option<Vec<String>>,
    pub notes: Option<Vec<String>>,
    pub in_population: Option<bool>,
    /// How inputs are answered, by their places in the rule set; only those named are compared.
    pub inputs: Vec<(usize, Tri)>,
}

/// The tables of rows, in the order in which a page shows them.
pub const TABLES: &[&str] = &["diagnoses", "medicines", "measurements", "contacts", "functions", "services"];

/// Reads the cases of a rule set, with every fault gathered.
#[must_use]
pub fn read(file: &str, text: &str, set: &RuleSet, vocabulary: &Vocabulary, faults: &mut Faults) -> Vec<Case> {
    let Some(document) = Document::parse(file, text, faults) else { return Vec::new() };
    let mut report = Report::new(file, faults);
    shape::verify(&document.root, &(0..0), &SECTION, &mut report);
    let scope = rows::Scope::new(set, vocabulary);
    let mut cases: Vec<Case> = Vec::new();
    for (table, span) in document.root.tables("case") {
        let Some(case) = case(table, span, &scope, set, &mut report) else { continue };
        if let Some((id, at)) = table.name("id").filter(|(id, _)| cases.iter().any(|known| known.id == *id)) {
            report.fault(at, format!("there are two cases `{id}`"), "the second one");
        }
        cases.push(case);
    }
    cases
}

/// `None` when the index day or the age is missing, which was told with the shape.
fn case(table: &Table, span: &Span, scope: &rows::Scope, set: &RuleSet, report: &mut Report) -> Option<Case> {
    let on = table.day("on")?;
    let born = match (table.whole("age").and_then(|n| i32::try_from(n).ok()), table.day("born")) {
        (Some(age), _) => Born::Age(age),
        (None, Some(day)) => Born::On(day),
        (None, None) => return None,
    };
    if let (Born::On(day), Some(entry)) = (born, table.get("born"))
        && day > on
    {
        report.fault(&entry.node.span, "born after the index day", "later than `on`");
    }
    let each = |key: &'static str| rows::Rows::of(table, key, on);
    let (diagnoses, medicines, measurements) = (each("diagnoses"), each("medicines"), each("measurements"));
    let (contacts, functions, services) = (each("contacts"), each("functions"), each("services"));
    Some(Case {
        id: table.word("id").unwrap_or_default().to_owned(),
        who: table.word("who").unwrap_or_default().to_owned(),
        on,
        born,
        sex: table.word("sex").and_then(Sex::parse),
        lives_alone: table.flag("lives_alone"),
        listed_since: table.day("listed_since"),
        undelivered: table.words("undelivered"),
        diagnoses: diagnoses.read(report, |row, report| scope.diagnosis(row, report)),
        medicines: medicines.read(report, |row, report| scope.medicine(row, report)),
        measurements: measurements.read(report, |row, report| scope.measurement(row, report)),
        contacts: contacts.read(report, |row, report| scope.contact(row, report)),
        functions: functions.read(report, |row, report| scope.function(row, report)),
        services: services.read(report, |row, report| scope.service(row, report)),
        peers: table.table("peers").map(peers),
        expect: expect(table.table("expect"), span, set, report),
        written: TABLES
            .iter()
            .map(|key| ((*key).to_owned(), table.words(key)))
            .filter(|(_, rows)| !rows.is_empty())
            .collect(),
    })
}

fn peers(table: &Table) -> CasePeers {
    let number = |key| table.whole(key).and_then(|n| u64::try_from(n).ok()).unwrap_or(0);
    CasePeers { n: table.count("n").unwrap_or(0), sum: number("sum"), sum_squares: number("sum_squares") }
}

fn expect(table: Option<&Table>, span: &Span, set: &RuleSet, report: &mut Report) -> Expect {
    let Some(table) = table else { return Expect::default() };
    if table.entries.is_empty() {
        report.fault(span, "the case expects nothing", "states nothing to compare");
    }
    let criteria = || set.criteria.iter().map(|criterion| criterion.name.as_str()).collect::<Vec<_>>();
    let caps = || set.caps.iter().map(|cap| cap.name.as_str()).collect::<Vec<_>>();
    let notes = || set.notes.iter().map(|note| note.name.as_str()).collect::<Vec<_>>();
    Expect {
        points: table.points("points"),
        lower: table.points("lower"),
        upper: table.points("upper"),
        band: band(table, set, report),
        gate: table.word("gate").map(answer),
        fires: names(table, "fires", "criterion", &criteria(), report),
        unknown: names(table, "unknown", "criterion", &criteria(), report),
        silenced: names(table, "silenced", "criterion", &criteria(), report),
        caps: names(table, "caps", "cap", &caps(), report),
        notes: names(table, "notes", "note", &notes(), report),
        in_population: table.flag("in_population"),
        inputs: inputs(table, set, report),
    }
}

fn answer(word: &str) -> Tri {
    match word {
        "yes" => Tri::Yes,
        "no" => Tri::No,
        _ => Tri::Unknown,
    }
}

fn inputs(table: &Table, set: &RuleSet, report: &mut Report) -> Vec<(usize, Tri)> {
    let mut answers = Vec::new();
    for entry in table.entries("inputs") {
        match set.inputs.iter().position(|input| input.name == entry.key) {
            Some(at) => answers.extend(entry.node.as_word().map(|word| (at, answer(word)))),
            None => {
                report.unknown(&entry.span, "input", &entry.key, set.inputs.iter().map(|input| input.name.as_str()))
            }
        }
    }
    answers
}

fn band(table: &Table, set: &RuleSet, report: &mut Report) -> Option<Option<String>> {
    let (name, span) = table.name("band")?;
    let known = set.bands.iter().any(|band| band.name == name);
    if !known && name != "none" {
        report.unknown(span, "band", name, set.bands.iter().map(|band| band.name.as_str()).chain(["none"]));
    }
    Some(known.then(|| name.to_owned()))
}

fn names(table: &Table, key: &str, what: &str, known: &[&str], report: &mut Report) -> Option<Vec<String>> {
    table.get(key)?;
    for (name, span) in table.names(key).filter(|(name, _)| !known.contains(name)) {
        report.unknown(span, what, name, known.iter().copied());
    }
    Some(table.words(key))
}
