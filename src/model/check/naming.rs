//! Inputs by name: those of the file and those of the libraries it uses, in an order in which they can be answered.

use std::collections::HashMap;

use super::codes::CodeList;
use super::inputs::{self, Scope};
use super::library::Library;
use super::order;
use crate::model::report::Report;
use crate::model::ruleset::{Input, InputId};
use crate::model::tree::{Entry, Span, Table};
use crate::model::vocabulary::Vocabulary;

/// The inputs of a file after those of its libraries, each after those it builds on.
#[derive(Default)]
pub struct Inputs {
    pub all: Vec<Input>,
    pub ids: HashMap<String, InputId>,
    /// Names under `uses` of libraries that are not there; what they hold is not told once more.
    pub absent: Vec<String>,
    /// Where the file names each of its own inputs.
    pub spans: HashMap<usize, Span>,
}

impl Inputs {
    /// Takes in a library's inputs under the name that the file gives it.
    pub fn import(&mut self, alias: &str, library: &Library, within: Option<u32>) {
        let offset = self.all.len();
        for input in &library.inputs {
            let mut input = input.clone();
            let id = InputId(self.all.len());
            input.name = format!("{alias}/{}", input.name);
            super::prune::rename(&mut input.kind, &|id| InputId(id.0 + offset));
            if let Some(within) = within {
                super::library::widen(&mut input.kind, within);
            }
            self.ids.insert(input.name.clone(), id);
            self.all.push(input);
        }
    }

    /// Reads the file's own inputs.
    pub fn read(&mut self, table: &Table, vocabulary: &Vocabulary, codes: Option<&CodeList>, report: &mut Report) {
        let entries = table.entries("inputs");
        let own: HashMap<&str, usize> = entries.iter().enumerate().map(|(at, e)| (e.key.as_str(), at)).collect();
        let order = self.order(entries, &own, report);
        for at in &order {
            self.ids.insert(entries[*at].key.clone(), InputId(self.all.len()));
            self.spans.insert(self.all.len(), entries[*at].span.clone());
            let scope = Scope { vocabulary, codes, ids: &self.ids, inputs: &self.all };
            let input = inputs::read(&entries[*at].key, &entries[*at], &scope, report);
            self.all.push(input);
        }
    }

    fn order(&self, entries: &[Entry], own: &HashMap<&str, usize>, report: &mut Report) -> Vec<usize> {
        let mut needs = Vec::with_capacity(entries.len());
        for entry in entries {
            if entry.key.contains('/') {
                report.fault(&entry.span, "an input's name must not hold `/`", "names of libraries have it");
            }
            let named = entry.node.as_table().map(inputs::needs).unwrap_or_default();
            for (name, span) in &named {
                if !own.contains_key(name) {
                    self.must_know(name, span, own.keys().copied(), report);
                }
            }
            needs.push(named.iter().filter_map(|(name, _)| own.get(name).copied()).collect());
        }
        let (order, circles) = order::sort(&needs);
        for circle in circles {
            let path = order::named(&circle, |at| format!("`{}`", entries[at].key));
            report.fault(&entries[circle[0]].span, format!("inputs go in a circle: {path}"), "builds on itself");
        }
        order
    }

    fn must_know<'n>(&'n self, name: &str, span: &Span, own: impl Iterator<Item = &'n str>, report: &mut Report) {
        let told = name.split_once('/').is_some_and(|(library, _)| self.absent.iter().any(|absent| absent == library));
        if !told && !self.ids.contains_key(name) {
            let mut known: Vec<&str> = own.chain(self.ids.keys().map(String::as_str)).collect();
            known.sort_unstable();
            report.unknown(span, "input", name, known);
        }
    }

    /// The input of that name; one that is none is told.
    pub fn find(&self, name: &str, span: &Span, report: &mut Report) -> Option<InputId> {
        self.must_know(name, span, std::iter::empty(), report);
        self.ids.get(name).copied()
    }

    /// The inputs named in a list.
    pub fn list(&self, table: &Table, key: &str, report: &mut Report) -> Vec<InputId> {
        table.names(key).filter_map(|(name, span)| self.find(name, span, report)).collect()
    }
}
