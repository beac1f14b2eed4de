//! Shared libraries of inputs.

use std::collections::HashMap;

use super::naming::Inputs;
use super::{Bytes, Folder, codes_beside, identity};
use crate::clinical::Text;
use crate::model::about::About;
use crate::model::fault::Faults;
use crate::model::keys::ruleset::LIBRARY;
use crate::model::report::Report;
use crate::model::ruleset::{Gate, Input, InputKind, Population, RuleSet, Status};
use crate::model::shape;
use crate::model::tree::Document;
use crate::model::vocabulary::Vocabulary;

pub const FILE: &str = "library.toml";

/// Inputs that several rule sets share.
#[derive(Debug, Clone, Default)]
pub struct Library {
    pub id: String,
    pub version: String,
    pub source: Vec<String>,
    /// Each after those it builds on; ids are places in this list.
    pub inputs: Vec<Input>,
    /// The files it was read from, for the hash of those who use it.
    pub files: Vec<(String, Bytes)>,
}

impl Library {
    /// Its inputs as a rule set without points, so that they can be asked, and shown, by themselves.
    #[must_use]
    pub fn as_rule_set(&self) -> RuleSet {
        let name = Text::new(&self.id, &self.id, &self.id);
        RuleSet {
            id: self.id.clone(),
            version: self.version.clone(),
            status: Status::Draft,
            title: name,
            purpose: Text::default(),
            source: self.source.clone(),
            departs: Vec::new(),
            outreach: None,
            inputs: self.inputs.clone(),
            population: Population::default(),
            gate: Gate::default(),
            criteria: Vec::new(),
            caps: Vec::new(),
            bands: Vec::new(),
            band_set_by: None,
            band_limit: None,
            link: None,
            notes: Vec::new(),
            headline: None,
            hash: String::new(),
            about: About::default(),
        }
    }
}

/// Libraries by id.
pub type Libraries = HashMap<String, Library>;

/// Reads a library's folder.
pub fn read(folder: &Folder, vocabulary: &Vocabulary, faults: &mut Faults) -> Option<Library> {
    let file = folder.path(FILE);
    let document = Document::parse(&file, folder.text(FILE, faults)?, faults)?;
    let codes = codes_beside(folder, faults);
    let mut report = Report::new(&file, faults);
    shape::verify(&document.root, &(0..0), &LIBRARY, &mut report);
    let (id, version) = identity(&document.root, folder, &mut report);
    let mut inputs = Inputs::default();
    inputs.read(&document.root, vocabulary, codes.as_ref(), &mut report);
    Some(Library { id, version, source: document.root.words("source"), inputs: inputs.all, files: folder.hashed(FILE) })
}

/// Replaces the finite window of a diagnosis input.
pub fn widen(kind: &mut InputKind, within: u32) {
    if let InputKind::Diagnosis(diagnosis) = kind
        && diagnosis.window.within.is_some()
    {
        diagnosis.window.within = Some(within);
    }
}
