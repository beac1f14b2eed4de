//! From a folder as written to a rule set as meant, with every fault gathered.

mod about;
mod bands;
mod change;
pub mod codes;
mod combined;
mod contacts;
mod criteria;
mod folder;
mod inputs;
pub mod library;
pub mod lineage;
mod measured;
mod merge;
mod naming;
mod order;
mod prune;
mod ranges;
mod settings;
mod shared;

use sha2::{Digest, Sha256};

use self::codes::CodeList;
use self::library::Libraries;
use self::lineage::Draft;
use self::naming::Inputs;
use super::about::About;
use super::fault::Faults;
use super::keys::ruleset::RULE_SET;
use super::report::Report;
use super::ruleset::{CapId, Gate, Input, InputId, InputKind, Outreach, OutreachRole, Population, RuleSet, Status};
use super::shape;
use super::texts;
use super::tree::{Document, Span, Table};
use super::vocabulary::Vocabulary;

pub use folder::{Bytes, Folder};
pub use order::{named as name_circle, sort as sort_by_needs};
pub use prune::{needs as parts_of, rename};

pub const FILE: &str = "model.toml";
pub const CODES: &str = "codes.csv";

/// What the parts of a rule set are read against.
pub struct Setting<'a> {
    pub vocabulary: &'a Vocabulary,
    pub status: Status,
    pub inputs: Inputs,
}

impl Setting<'_> {
    #[must_use]
    pub fn input(&self, id: InputId) -> Option<&Input> {
        self.inputs.all.get(id.0)
    }
}

/// A rule set, and where its file names the things that only the catalogue can check.
pub struct Checked {
    pub set: RuleSet,
    pub file: String,
    pub id_span: Span,
    pub models: Vec<ModelMention>,
}

/// A mention of another rule set.
pub struct ModelMention {
    pub id: String,
    pub span: Span,
    pub bands: Vec<(String, Span)>,
}

/// Reads a rule set, joined with those that it extends; faults say what is wrong.
pub fn rule_set(
    draft: &Draft,
    vocabulary: &Vocabulary,
    shared: &[(String, Bytes)],
    libraries: &Libraries,
    faults: &mut Faults,
) -> Checked {
    let Document { file, root } = &draft.document;
    let mut report = Report::new(file, faults);
    shape::verify(root, &(0..0), &RULE_SET, &mut report);
    let (id, version) = identity(root, draft.folder, &mut report);
    let mut setting = Setting { vocabulary, status: status(root), inputs: Inputs::default() };
    let mut hash = draft.hashed();
    hash.extend(import(root, libraries, &mut setting.inputs, &mut report));
    hash.extend_from_slice(shared);
    setting.inputs.read(root, vocabulary, draft.codes.as_ref(), &mut report);
    let mut set = parts(root, id, version, &mut setting, &mut report);
    set.hash = digest(&hash);
    set.about = about::read(draft, &set.version, &mut report);
    finish(&mut set, setting, draft.parent.as_ref().map(|parent| &parent.span), &mut report);
    let id_span = root.get("id").map_or(0..0, |entry| entry.node.span.clone());
    Checked { set, file: file.clone(), id_span, models: mentions(root) }
}

fn parts(root: &Table, id: String, version: String, setting: &mut Setting, report: &mut Report) -> RuleSet {
    let caps = criteria::caps(root, setting, report);
    let criteria = criteria::criteria(root, &caps, setting, report);
    let bands = bands::bands(root, report);
    if let Some(headline) = root.get("headline") {
        texts::placeholders(&headline.node, texts::OF_HEADLINES, report);
    }
    departures(root, setting.status, report);
    RuleSet {
        id,
        version,
        status: setting.status,
        title: root.sentence("title").unwrap_or_default(),
        purpose: root.sentence("purpose").unwrap_or_default(),
        source: root.words("source"),
        departs: root.words("departs"),
        outreach: outreach(root),
        population: population(root, setting, report),
        gate: gate(root, &caps, setting, report),
        notes: criteria::notes(root, setting, report),
        band_set_by: bands::setter(root, &bands, setting, report),
        band_limit: bands::limit(root, &bands, &criteria, report),
        link: bands::link(root, report),
        headline: root.sentence("headline"),
        inputs: Vec::new(),
        criteria,
        caps,
        bands,
        hash: String::new(),
        about: About::default(),
    }
}

/// Own inputs that nothing asks for are told, once nothing else is wrong; those of libraries and of a parent, which
/// stand where it is named, are left behind.
fn finish(set: &mut RuleSet, setting: Setting, inherited: Option<&Span>, report: &mut Report) {
    let Inputs { all, spans, .. } = setting.inputs;
    if all.is_empty() {
        return;
    }
    set.inputs = all;
    let used = prune::used(set);
    let fine = !report.faults.any_in(report.file);
    for (at, input) in set.inputs.iter().enumerate().filter(|(at, _)| fine && !used[*at]) {
        if let Some(span) = spans.get(&at).filter(|span| inherited != Some(*span)) {
            report.fault(span, format!("nothing asks for the input `{}`", input.name), "is never used");
        }
    }
    prune::prune(set, &used);
}

/// `codes.csv`, when the folder has one.
pub(super) fn codes_beside(folder: &Folder, faults: &mut Faults) -> Option<CodeList> {
    let text = folder.text(CODES, faults)?;
    Some(CodeList::parse(&folder.path(CODES), text, faults))
}

/// `id` and `version`, checked.
fn identity(root: &Table, folder: &Folder, report: &mut Report) -> (String, String) {
    if let Some((id, span)) = root.name("id")
        && id != folder.name
    {
        let message = format!("the id `{id}` is not the folder's name `{}`", folder.name);
        report.fault_with(span, message, "not the folder's name", format!("write `id = \"{}\"`", folder.name));
    }
    if let Some((version, span)) = root.name("version") {
        let parts: Vec<&str> = version.split('.').collect();
        if parts.len() != 3 || !parts.iter().all(|part| part.parse::<u32>().is_ok()) {
            report.fault_with(span, format!("`{version}` is no version"), "not three numbers", "write it as `1.0.0`");
        }
    }
    let word = |key| root.word(key).unwrap_or_default().to_owned();
    (if root.has("id") { word("id") } else { folder.name.clone() }, word("version"))
}

fn status(root: &Table) -> Status {
    match root.word("status") {
        Some("draft") => Status::Draft,
        Some("adapted") => Status::Adapted,
        _ => Status::Published,
    }
}

fn departures(root: &Table, status: Status, report: &mut Report) {
    // Of one that extends another, this was told with its parent.
    let asked = status == Status::Adapted && !root.has("extends");
    if let Some(entry) = root.get("departs").filter(|entry| asked && entry.node.items().is_empty()) {
        report.fault_with(
            &entry.node.span,
            "an adapted rule set must say where it departs",
            "is empty",
            "or is it `published`?",
        );
    }
}

/// Takes in the libraries under `uses`; returns their files for the hash.
fn import(root: &Table, libraries: &Libraries, inputs: &mut Inputs, report: &mut Report) -> Vec<(String, Bytes)> {
    let mut files = Vec::new();
    for entry in root.entries("uses") {
        let Some(table) = entry.node.as_table() else { continue };
        let (id, span) = table.name("library").unwrap_or((entry.key.as_str(), &entry.span));
        match libraries.get(id) {
            Some(library) => {
                inputs.import(&entry.key, library, table.days("diagnoses_within"));
                files.extend(library.files.iter().cloned());
            }
            None => {
                inputs.absent.push(entry.key.clone());
                let mut known: Vec<&str> = libraries.keys().map(String::as_str).collect();
                known.sort_unstable();
                report.unknown(span, "library", id, known);
            }
        }
    }
    files
}

fn outreach(root: &Table) -> Option<Outreach> {
    let table = root.table("outreach")?;
    let role = match table.word("role")? {
        "quiet" => OutreachRole::Quiet,
        "rising" => OutreachRole::Rising,
        "children" => OutreachRole::Children,
        _ => OutreachRole::Need,
    };
    Some(Outreach { group: table.sentence("group").unwrap_or_default(), role })
}

fn population(root: &Table, setting: &Setting, report: &mut Report) -> Population {
    let Some(table) = root.table("population") else { return Population::default() };
    Population { all: setting.inputs.list(table, "all", report), none: setting.inputs.list(table, "none", report) }
}

fn gate(root: &Table, caps: &[super::ruleset::Cap], setting: &Setting, report: &mut Report) -> Gate {
    let Some(table) = root.table("gate") else { return Gate::default() };
    let mut sums = Vec::new();
    for entry in table.entries("sums") {
        match caps.iter().position(|cap| cap.name == entry.key) {
            Some(cap) => sums.push((CapId(cap), super::read::points(&entry.node).unwrap_or_default())),
            None => report.unknown(&entry.span, "cap", &entry.key, caps.iter().map(|cap| cap.name.as_str())),
        }
    }
    Gate { any: setting.inputs.list(table, "any", report), sums }
}

fn mentions(root: &Table) -> Vec<ModelMention> {
    let mention = |entry: &super::tree::Entry| {
        let table = entry.node.as_table()?;
        let (id, span) = table.name("model")?;
        let bands = table.names("bands").map(|(name, span)| (name.to_owned(), span.clone())).collect();
        Some(ModelMention { id: id.to_owned(), span: span.clone(), bands })
    };
    root.entries("inputs").iter().filter_map(mention).collect()
}

/// The other rule sets whose results a rule set takes.
#[must_use]
pub fn other_models(set: &RuleSet) -> Vec<&str> {
    set.inputs
        .iter()
        .filter_map(|input| match &input.kind {
            InputKind::Model(model) => Some(model.id.as_str()),
            _ => None,
        })
        .collect()
}

/// SHA-256 over names, lengths and contents.
fn digest(files: &[(String, Bytes)]) -> String {
    let mut hasher = Sha256::new();
    for (name, bytes) in files {
        hasher.update(format!("{name}\n{}\n", bytes.len()));
        hasher.update(bytes);
    }
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
