//! The practice's own policy over the shipped one, table by table.

use super::File;
use crate::clinical::Faults;
use crate::clinical::tree::{Document, Entry, Table};
use crate::model::keys::outreach::FILE;
use crate::model::report::Report;
use crate::model::shape;
use crate::model::shipped_text;

const SHIPPED: &str = "outreach.toml";

/// The files, the practice's own first.
pub(super) struct Layers {
    documents: Vec<Document>,
    texts: Vec<String>,
}

/// An entry and the file it stands in.
#[derive(Clone, Copy)]
pub(super) struct Placed<'a> {
    pub file: &'a str,
    pub entry: &'a Entry,
}

impl Placed<'_> {
    pub fn table(&self) -> Table {
        self.entry.node.as_table().cloned().unwrap_or_default()
    }
}

impl Layers {
    /// Reads both files and checks their shape.
    pub fn read(own: Option<File>, faults: &mut Faults) -> Layers {
        let shipped = shipped_text(SHIPPED).unwrap_or_default();
        let name = format!("models/{SHIPPED}");
        let shipped = File { name: &name, text: shipped };
        let mut layers = Layers { documents: Vec::new(), texts: Vec::new() };
        for file in own.into_iter().chain([shipped]) {
            let Some(document) = Document::parse(file.name, file.text, faults) else { continue };
            shape::verify(&document.root, &(0..0), &FILE, &mut Report::new(file.name, faults));
            layers.documents.push(document);
            layers.texts.push(file.text.to_owned());
        }
        layers
    }

    pub fn texts(&self) -> &[String] {
        &self.texts
    }

    /// The topmost file's table of this path; empty when no file has it.
    pub fn table(&self, path: &[&str]) -> Table {
        self.placed(path).map(|placed| placed.table()).unwrap_or_default()
    }

    /// The topmost file's entry of this path.
    pub fn placed(&self, path: &[&str]) -> Option<Placed<'_>> {
        let (last, before) = path.split_last()?;
        self.documents.iter().find_map(|document| {
            let mut table = &document.root;
            for key in before {
                table = table.table(key)?;
            }
            Some(Placed { file: &document.file, entry: table.get(last)? })
        })
    }

    /// The entries of a table of names: in the shipped order, then the practice's own.
    pub fn named(&self, key: &str) -> Vec<Placed<'_>> {
        let mut names: Vec<&str> = Vec::new();
        for document in self.documents.iter().rev() {
            for entry in document.root.entries(key) {
                if !names.contains(&entry.key.as_str()) {
                    names.push(&entry.key);
                }
            }
        }
        names.into_iter().filter_map(|name| self.placed(&[key, name])).collect()
    }
}
