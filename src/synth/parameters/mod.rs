//! What a cohort is made of: a readable file, checked whole before the first patient.

mod chapters;
mod checks;
mod conditions;
pub mod curve;
mod dials;
mod journal;
pub mod layers;
mod lives;
pub mod vocabulary;

pub use chapters::{Lists, Persons, Population};
pub use checks::{Checks, Panel, TestLaw};
pub use conditions::{Condition, Flare, Group};
pub use dials::{DIALS, Dials};
pub use journal::{ContactKinds, Contacts, Prescriptions, Quiet, Scores, Services};
pub use lives::{Admission, ComplexChildren, Death, Decline, Need, Signs};

use super::words::Words;
use crate::clinical::fault::Faults;
use crate::clinical::tree::Document;
use layers::Section;
use std::cell::RefCell;
use std::path::Path;

/// The parameters that are built in.
pub const DEFAULT: &str = include_str!("default.toml");
/// The name they have in faults.
pub const DEFAULT_NAME: &str = "built-in parameters";

/// Everything that lives and journals follow.
#[derive(Debug, Clone)]
pub struct Parameters {
    pub dials: Dials,
    pub population: Population,
    pub lists: Lists,
    pub persons: Persons,
    /// Half the width of the band that a person's multiple of prevalence is drawn from.
    pub morbidity_spread: f32,
    pub death: Death,
    pub decline: Decline,
    pub signs: Signs,
    pub admission: Admission,
    pub complex_children: ComplexChildren,
    pub need: Need,
    pub quiet: Quiet,
    pub contacts: Contacts,
    pub kinds: ContactKinds,
    pub prescriptions: Prescriptions,
    pub checks: Checks,
    pub services: Services,
    pub scores: Scores,
    pub conditions: Vec<Condition>,
    pub words: Words,
    /// The texts that were read, for a manifest to hash.
    pub texts: Vec<String>,
    /// Dials as they were given on the command line.
    pub settings: Vec<String>,
}

impl Parameters {
    /// The built-in parameters.
    ///
    /// # Errors
    /// Never, unless the program was built from a broken file.
    pub fn usual() -> Result<Parameters, Faults> {
        Parameters::read(None, &[])
    }

    /// The built-in parameters, changed by a file (its name and text) and by dials (`name=value`).
    ///
    /// # Errors
    /// Every fault of the file and the dials.
    pub fn read(file: Option<(&str, &str)>, settings: &[String]) -> Result<Parameters, Faults> {
        let mut faults = Faults::new();
        let mut texts = vec![DEFAULT.to_owned()];
        let mut documents: Vec<Document> = Document::parse(DEFAULT_NAME, DEFAULT, &mut faults).into_iter().collect();
        if let Some((name, text)) = file {
            documents.extend(Document::parse(name, text, &mut faults));
            texts.push(text.to_owned());
        }
        if let Some(text) = dials::as_file(settings, &mut faults) {
            documents.extend(Document::parse(dials::SETTINGS, &text, &mut faults));
            texts.push(text);
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let faults = RefCell::new(faults);
        let mut parameters = understand(Section::root(&documents, &faults), texts);
        parameters.settings = settings.to_vec();
        faults.into_inner().or(parameters)
    }

    /// The same from a file on disk.
    ///
    /// # Errors
    /// When the file cannot be read, and every fault of it.
    pub fn open(path: Option<&Path>, settings: &[String]) -> Result<Parameters, Faults> {
        let Some(path) = path else { return Parameters::read(None, settings) };
        let name = path.display().to_string();
        match std::fs::read_to_string(path) {
            Ok(text) => Parameters::read(Some((&name, &text)), settings),
            Err(error) => {
                let mut faults = Faults::new();
                let message = format!("the file cannot be read: {error}");
                faults.push(crate::clinical::fault::Fault::new(&name, 0..0, message, "not readable"));
                Err(faults)
            }
        }
    }
}

fn understand(mut root: Section<'_>, texts: Vec<String>) -> Parameters {
    let mut words = vocabulary::begin();
    let dials = dials::read(root.section("dials"));
    let population = chapters::population(&mut root);
    let lists = chapters::lists(&mut root);
    let persons = chapters::persons(&mut root, &mut words);
    let morbidity_spread = chapters::morbidity(&mut root);
    let death = lives::death(&mut root);
    let decline = lives::decline(&mut root);
    let signs = lives::signs(&mut root, &mut words);
    let admission = lives::admission(&mut root, &mut words);
    let complex_children = lives::complex_children(&mut root, &mut words);
    let need = lives::need(&mut root);
    let quiet = journal::quiet(&mut root);
    let contacts = journal::contacts(&mut root);
    let kinds = journal::kinds(&mut root, &mut words);
    let prescriptions = journal::prescriptions(&mut root, &mut words);
    let checks = checks::checks(&mut root, &mut words);
    let services = journal::services(&mut root, &mut words);
    let scores = journal::scores(&mut root);
    let conditions = conditions::read(&mut root, &checks, &mut words, (morbidity_spread, dials.prevalence));
    root.finish();
    Parameters {
        dials,
        population,
        lists,
        persons,
        morbidity_spread,
        death,
        decline,
        signs,
        admission,
        complex_children,
        need,
        quiet,
        contacts,
        kinds,
        prescriptions,
        checks,
        services,
        scores,
        conditions,
        words,
        texts,
        settings: Vec::new(),
    }
}
