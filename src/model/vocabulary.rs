//! The words that every rule set shares: domains, tasks, analytes, instruments, services, frame sentences.

use super::fault::Faults;
use super::keys::vocabulary::{FILE, FRAMES};
use super::named::Named;
use super::names::{CONTACT_KINDS, SOURCES};
use super::report::Report;
use super::ruleset::{Analyte, AnalyteCode, UnitRule};
use super::shape;
use super::suggest;
use super::texts;
use super::tree::{Document, Entry, Table};
use crate::clinical::Text;

/// What `vocabulary.toml` holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Vocabulary {
    pub domains: Named<Text>,
    /// In the order that breaks ties between tasks.
    pub tasks: Named<Task>,
    pub analytes: Named<Analyte>,
    /// Instruments by name, upper case.
    pub functions: Named<Instrument>,
    pub services: Named<Text>,
    /// What readers call the kinds of contact; every kind has an entry.
    pub contacts: Named<Text>,
    pub roles: Named<Text>,
    /// What readers call the sources; every source has an entry.
    pub sources: Named<Text>,
    pub frames: Frames,
}

/// Something to be done for a patient.
#[derive(Debug, Clone, PartialEq)]
pub struct Task {
    pub label: Text,
    /// Who does it, helpers in brackets.
    pub role: Text,
    /// Typical minutes.
    pub minutes: u32,
}

/// An instrument of function.
#[derive(Debug, Clone, PartialEq)]
pub struct Instrument {
    pub label: Text,
    /// Unit of its value; empty when it has none.
    pub unit: String,
    pub items: Named<Text>,
}

/// Sentences that every rule set shares.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Frames {
    /// A condition: `{name}`, `{source}`, `{date}`.
    pub condition: Text,
    /// A cap that is reached: `{domain}`, `{n}`.
    pub cap: Text,
    /// What could not be assessed: `{list}`.
    pub not_assessed: Text,
    /// A score that may be higher: `{n}`, `{m}`.
    pub at_least: Text,
    /// Stands for a sensitive line.
    pub known_to_gp: Text,
    /// Added when regular use is not stated.
    pub usage_unknown: Text,
}

impl Vocabulary {
    /// Reads one file into the vocabulary; its entries replace those of the same name.
    pub fn add(&mut self, document: &Document, faults: &mut Faults) {
        let mut report = Report::new(&document.file, faults);
        let root = &document.root;
        shape::verify(root, &(0..0), &FILE, &mut report);
        texts(root, "domains", &mut self.domains);
        texts(root, "services", &mut self.services);
        texts(root, "roles", &mut self.roles);
        known_texts(root, "contacts", CONTACT_KINDS, &mut self.contacts, &mut report);
        known_texts(root, "sources", SOURCES, &mut self.sources, &mut report);
        for entry in root.entries("tasks") {
            self.tasks.set(&entry.key, task(entry));
        }
        for entry in root.entries("analytes") {
            self.analytes.set(&entry.key, analyte(entry, &mut report));
        }
        for entry in root.entries("functions") {
            self.functions.set(&entry.key, instrument(entry, &mut report));
        }
        self.frames.add(root, &mut report);
    }

    /// Faults for what no file has said; told at the start of `document`, the first one.
    pub fn complete(&self, document: &Document, faults: &mut Faults) {
        let mut report = Report::new(&document.file, faults);
        let missing = |known: &[&'static str], table: &Named<Text>| -> Vec<&'static str> {
            known.iter().copied().filter(|name| !table.has(name)).collect()
        };
        for (what, names) in [
            ("contacts", missing(CONTACT_KINDS, &self.contacts)),
            ("sources", missing(SOURCES, &self.sources)),
            ("frames", self.frames.missing()),
        ] {
            if !names.is_empty() {
                let message = format!("the vocabulary's `[{what}]` lacks {}", suggest::list(&names));
                report.fault(&(0..0), message, "in this file");
            }
        }
    }
}

impl Frames {
    fn field(&mut self, name: &str) -> Option<&mut Text> {
        match name {
            "condition" => Some(&mut self.condition),
            "cap" => Some(&mut self.cap),
            "not_assessed" => Some(&mut self.not_assessed),
            "at_least" => Some(&mut self.at_least),
            "known_to_gp" => Some(&mut self.known_to_gp),
            "usage_unknown" => Some(&mut self.usage_unknown),
            _ => None,
        }
    }

    fn add(&mut self, root: &Table, report: &mut Report) {
        for (name, placeholders) in FRAMES {
            let Some(entry) = root.table("frames").and_then(|frames| frames.get(name)) else { continue };
            texts::placeholders(&entry.node, placeholders, report);
            if let (Some(field), Some(text)) = (self.field(name), super::read::sentence(&entry.node)) {
                *field = text;
            }
        }
    }

    fn missing(&self) -> Vec<&'static str> {
        let mut copy = self.clone();
        let empty = |name: &&'static str| copy.field(name).is_none_or(|text| text.nb.is_empty());
        FRAMES.iter().map(|(name, _)| *name).filter(empty).collect()
    }
}

fn texts(root: &Table, key: &str, into: &mut Named<Text>) {
    for entry in root.entries(key) {
        into.set(&entry.key, super::read::sentence(&entry.node).unwrap_or_default());
    }
}

fn known_texts(root: &Table, key: &str, known: &[&str], into: &mut Named<Text>, report: &mut Report) {
    for entry in root.entries(key).iter().filter(|entry| !known.contains(&entry.key.as_str())) {
        report.unknown(&entry.span, key.trim_end_matches('s'), &entry.key, known.iter().copied());
    }
    texts(root, key, into);
}

fn task(entry: &Entry) -> Task {
    let table = entry.node.as_table();
    let text = |key| table.and_then(|table| table.sentence(key)).unwrap_or_default();
    Task { label: text("label"), role: text("role"), minutes: table.and_then(|t| t.count("minutes")).unwrap_or(0) }
}

fn instrument(entry: &Entry, report: &mut Report) -> Instrument {
    if entry.key != entry.key.trim().to_uppercase() {
        let help = format!("write `{}`", entry.key.trim().to_uppercase());
        report.fault_with(&entry.span, "an instrument's name must be upper case", "not upper case", help);
    }
    let empty = Table::default();
    let table = entry.node.as_table().unwrap_or(&empty);
    let mut items = Named::default();
    texts(table, "items", &mut items);
    Instrument {
        label: table.sentence("label").unwrap_or_default(),
        unit: table.word("unit").unwrap_or_default().to_owned(),
        items,
    }
}

fn analyte(entry: &Entry, report: &mut Report) -> Analyte {
    let empty = Table::default();
    let table = entry.node.as_table().unwrap_or(&empty);
    let unit = table.word("unit").unwrap_or_default().to_owned();
    let plain = |unit: &str| UnitRule { unit: unit.to_owned(), factor: 1.0, offset: 0.0, decimals: None };
    let same: Vec<UnitRule> =
        std::iter::once(plain(&unit)).chain(table.words("spellings").iter().map(|text| plain(text))).collect();
    let mut codes: Vec<AnalyteCode> = Vec::new();
    for (code, span) in table.tables("codes") {
        let name = code.word("code").unwrap_or_default().trim().to_uppercase();
        if codes.iter().any(|known| known.code == name) {
            report.fault(span, format!("the code `{name}` stands twice in this analyte"), "again");
        }
        let units =
            if code.has("units") { code.tables("units").map(|(t, _)| unit_rule(t)).collect() } else { same.clone() };
        codes.push(AnalyteCode { code: name, units });
    }
    Analyte { name: entry.key.clone(), label: table.sentence("label").unwrap_or_default(), unit, codes }
}

fn unit_rule(table: &Table) -> UnitRule {
    UnitRule {
        unit: table.word("unit").unwrap_or_default().to_owned(),
        factor: table.number("factor").unwrap_or(1.0),
        offset: table.number("offset").unwrap_or(0.0),
        decimals: table.count("decimals").and_then(|n| u8::try_from(n).ok()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Vocabulary, Faults) {
        let mut faults = Faults::new();
        let mut vocabulary = Vocabulary::default();
        let document = Document::parse("vocabulary.toml", text, &mut faults).unwrap();
        vocabulary.add(&document, &mut faults);
        (vocabulary, faults)
    }

    #[test]
    fn an_analyte_takes_its_unit_and_spellings_where_a_code_states_none() {
        let text = "analytes.x = { label = { nb = \"x\", nn = \"x\", en = \"x\" }, unit = \"µmol/L\", spellings = [\"umol/L\"], \
                    codes = [{ code = \"npu1\" }, { code = \"B\", units = [{ unit = \"%\", factor = 2, decimals = 0 }] }] }";
        let (vocabulary, faults) = read(text);
        assert!(faults.is_empty(), "{faults}");
        let x = vocabulary.analytes.get("x").unwrap();
        assert_eq!(x.codes[0].code, "NPU1");
        assert_eq!(x.codes[0].units.iter().map(|rule| rule.unit.as_str()).collect::<Vec<_>>(), ["µmol/L", "umol/L"]);
        assert_eq!(x.codes[1].units[0], UnitRule { unit: "%".into(), factor: 2.0, offset: 0.0, decimals: Some(0) });
    }

    #[test]
    fn unknown_contacts_and_wrong_placeholders_are_told() {
        let (_, faults) = read(
            "contacts.ofice = { nb = \"a\", nn = \"a\", en = \"a\" }\n\
             frames.cap = { nb = \"{domene}\", nn = \"{n}\", en = \"{n}\" }\n",
        );
        let drawn = faults.to_string();
        assert!(drawn.contains("did you mean `office`?"), "{drawn}");
        assert!(drawn.contains("unknown placeholder `{domene}`"), "{drawn}");
    }
}
