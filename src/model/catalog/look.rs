//! The codes of every file, looked up in the code lists.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::model::about::Foreign;
use crate::model::check::lineage::Draft;
use crate::model::check::{self, Folder, library};
use crate::model::fault::Faults;
use crate::model::places::{Place, VOCABULARY, folders};
use crate::model::registers::{self, Reason, Registers};
use crate::model::ruleset::RuleSet;
use crate::model::tree::Document;

/// Looks up the codes of every file.
pub(super) struct Look {
    registers: Cow<'static, Registers>,
    /// What each library says of its foreign codes.
    of_libraries: HashMap<String, Vec<Reason>>,
}

impl Look {
    /// Reads the code lists, and looks at libraries and vocabularies.
    pub(super) fn new(places: &[Place], faults: &mut Faults, warnings: &mut Faults) -> Look {
        let mut look = Look { registers: registers_of(places, faults), of_libraries: HashMap::new() };
        // What is wrong in these files was told when they were read.
        let mut told = Faults::new();
        for (folder, name) in folders(places).flat_map(|folder| [(folder, library::FILE), (folder, VOCABULARY)]) {
            let Some(text) = folder.text(name, &mut told) else { continue };
            let Some(document) = Document::parse(&folder.path(name), text, &mut told) else { continue };
            let mut found = Faults::new();
            if name == VOCABULARY {
                registers::look_at_vocabulary(&document, &look.registers, &mut found);
            } else {
                registers::look(&document, beside(folder), None, &look.registers, &mut found);
                look.of_libraries.insert(folder.name.clone(), registers::reasons(&document));
            }
            keep(found, folder, name, warnings);
        }
        look
    }

    /// Looks at a rule set; gives the codes, its libraries' too, that cannot occur.
    pub(super) fn at(&self, draft: &Draft, set: &RuleSet, warnings: &mut Faults) -> Vec<Foreign> {
        let mut found = Faults::new();
        let inherited = draft.parent.as_ref().map(|parent| &parent.span);
        registers::look(&draft.document, beside(draft.folder), inherited, &self.registers, &mut found);
        keep(found, draft.folder, check::FILE, warnings);
        let mut reasons = registers::reasons(&draft.document);
        for entry in draft.document.root.entries("uses") {
            let library = entry.node.as_table().and_then(|table| table.word("library")).unwrap_or(&entry.key);
            reasons.extend(self.of_libraries.get(library).into_iter().flatten().cloned());
        }
        registers::foreign(set, &reasons, &self.registers)
    }
}

/// The code lists of the program, and those of every place added to them.
fn registers_of(places: &[Place], faults: &mut Faults) -> Cow<'static, Registers> {
    let mut registers = Cow::Borrowed(Registers::shipped());
    for folder in folders(places).filter(|folder| folder.name == registers::FOLDER) {
        registers.to_mut().add(folder, faults);
    }
    registers
}

/// `codes.csv` beside a file: its path and its text.
fn beside(folder: &Folder) -> registers::Beside<'_> {
    let text = folder.files.get(check::CODES).and_then(|bytes| std::str::from_utf8(bytes).ok())?;
    Some((folder.path(check::CODES), text))
}

/// Keeps what was found, with the texts that show it.
fn keep(found: Faults, folder: &Folder, name: &str, warnings: &mut Faults) {
    if found.is_empty() {
        return;
    }
    for name in [name, check::CODES] {
        if let Some(bytes) = folder.files.get(name) {
            warnings.add_source(&folder.path(name), &String::from_utf8_lossy(bytes));
        }
    }
    warnings.extend(found);
}
