//! Reading parameters: a file of the user's over the one that is built in, with every fault of both gathered.

use crate::clinical::fault::{Fault, Faults};
use crate::clinical::suggest::hint;
use crate::clinical::tree::{Document, Entry, Node, Table, Value};
use std::cell::RefCell;
use std::ops::Range;

/// A table as several files have it; the last one that names a key holds.
pub struct Section<'a> {
    pub name: String,
    layers: Vec<(&'a str, &'a Table)>,
    /// Where the table's name stands in each layer.
    spans: Vec<Range<usize>>,
    used: Vec<String>,
    faults: &'a RefCell<Faults>,
}

/// A value and the file it stands in.
#[derive(Clone, Copy)]
pub struct Found<'a> {
    pub file: &'a str,
    pub entry: &'a Entry,
}

impl<'a> Section<'a> {
    /// The whole of some documents, the weightiest last.
    #[must_use]
    pub fn root(documents: &'a [Document], faults: &'a RefCell<Faults>) -> Section<'a> {
        Section {
            name: String::new(),
            layers: documents.iter().map(|document| (document.file.as_str(), &document.root)).collect(),
            spans: vec![0..0; documents.len()],
            used: Vec::new(),
            faults,
        }
    }

    /// A value, when any layer has it.
    pub fn find(&mut self, key: &str) -> Option<Found<'a>> {
        if !self.used.iter().any(|used| used == key) {
            self.used.push(key.to_owned());
        }
        let found = |(file, table): &(&'a str, &'a Table)| table.get(key).map(|entry| Found { file, entry });
        self.layers.iter().rev().find_map(found)
    }

    /// A table of this one; empty when no layer has it.
    pub fn section(&mut self, key: &str) -> Section<'a> {
        self.find(key);
        let mut layers = Vec::new();
        let mut spans = Vec::new();
        for (file, table) in &self.layers {
            let Some(entry) = table.get(key) else { continue };
            match &entry.node.value {
                Value::Table(inner) => {
                    layers.push((*file, inner));
                    spans.push(entry.span.clone());
                }
                _ => self.wrong(Found { file, entry }, "a table"),
            }
        }
        let name = if self.name.is_empty() { key.to_owned() } else { format!("{}.{key}", self.name) };
        Section { name, layers, spans, used: Vec::new(), faults: self.faults }
    }

    /// Every key of any layer, in the order they are first met.
    #[must_use]
    pub fn keys(&self) -> Vec<String> {
        let mut keys: Vec<String> = Vec::new();
        for (_, table) in &self.layers {
            for entry in &table.entries {
                if !keys.contains(&entry.key) {
                    keys.push(entry.key.clone());
                }
            }
        }
        keys
    }

    /// Each layer that has this table must say where its figures come from; gives the weightiest.
    pub fn source(&mut self) -> String {
        let newest = self.find("source").and_then(|found| found.entry.node.as_word()).unwrap_or_default().to_owned();
        for ((file, table), span) in self.layers.iter().zip(&self.spans) {
            let told = table.get("source").and_then(|entry| entry.node.as_word());
            if told.is_none_or(|words| words.trim().is_empty()) {
                let message = format!("`{}` does not say where its figures come from", self.name);
                let fault = Fault::new(file, span.clone(), message, "has no `source`");
                self.push(fault.help("add `source = \"…\"`: a source that can be named, or `assumption`"));
            }
        }
        newest
    }

    /// A key that nothing asked for is a slip of the pen.
    pub fn finish(self) {
        for (file, table) in &self.layers {
            for entry in table.entries.iter().filter(|entry| !self.used.contains(&entry.key)) {
                let place = if self.name.is_empty() { String::new() } else { format!(" in `{}`", self.name) };
                let message = format!("unknown key `{}`{place}", entry.key);
                let mut fault = Fault::new(file, entry.span.clone(), message, "not known here");
                fault.help = hint(&entry.key, self.used.iter().map(String::as_str));
                self.push(fault);
            }
        }
    }

    pub fn push(&self, fault: Fault) {
        self.faults.borrow_mut().push(fault);
    }

    pub fn wrong(&self, found: Found<'_>, expected: &str) {
        let message = format!("`{}` is {}, expected {expected}", found.entry.key, found.entry.node.kind());
        self.push(Fault::new(found.file, found.entry.node.span.clone(), message, format!("expected {expected}")));
    }

    /// A key that must be there and is not.
    pub fn missing(&self, key: &str) {
        let Some(((file, _), span)) = self.layers.last().zip(self.spans.last()) else { return };
        let message = format!("`{}` lacks the key `{key}`", self.name);
        self.push(Fault::new(file, span.clone(), message, format!("`{key}` is missing")));
    }

    /// A number within limits; the least one after a fault.
    pub fn number(&mut self, key: &str, limits: (f64, f64)) -> f64 {
        let Some(found) = self.find(key) else {
            self.missing(key);
            return limits.0;
        };
        self.number_of(found, &found.entry.node, limits)
    }

    /// As [`Section::number`], with a value for a key that is not there.
    pub fn number_or(&mut self, key: &str, limits: (f64, f64), usual: f64) -> f64 {
        match self.find(key) {
            Some(found) => self.number_of(found, &found.entry.node, limits),
            None => usual,
        }
    }

    pub fn number_of(&self, found: Found<'_>, node: &Node, (least, most): (f64, f64)) -> f64 {
        let number: Option<f64> = match &node.value {
            Value::Whole(digits) | Value::Decimal(digits) => digits.replace('_', "").parse().ok(),
            _ => None,
        };
        match number {
            Some(number) if (least..=most).contains(&number) => number,
            Some(_) => {
                let message = format!("`{}` is out of range", found.entry.key);
                let label = format!("expected {least} to {most}");
                self.push(Fault::new(found.file, node.span.clone(), message, label));
                least
            }
            None => {
                self.wrong(found, "a number");
                least
            }
        }
    }

    /// A list of numbers within limits; of `length` when that is given.
    pub fn numbers(&mut self, key: &str, limits: (f64, f64), length: Option<usize>) -> Vec<f64> {
        let Some(found) = self.find(key) else {
            self.missing(key);
            return vec![limits.0; length.unwrap_or(1)];
        };
        let Value::List(items) = &found.entry.node.value else {
            self.wrong(found, "a list of numbers");
            return vec![limits.0; length.unwrap_or(1)];
        };
        let numbers: Vec<f64> = items.iter().map(|item| self.number_of(found, item, limits)).collect();
        if length.is_some_and(|length| length != numbers.len()) || numbers.is_empty() {
            let expected = length.unwrap_or(1);
            let message = format!("`{key}` has {} numbers, expected {expected}", numbers.len());
            let label = format!("expected {expected} numbers");
            self.push(Fault::new(found.file, found.entry.node.span.clone(), message, label));
            return vec![limits.0; expected];
        }
        numbers
    }

    pub fn word(&mut self, key: &str) -> Option<(String, Found<'a>)> {
        let found = self.find(key)?;
        match found.entry.node.as_word() {
            Some(word) => Some((word.to_owned(), found)),
            None => {
                self.wrong(found, "a text");
                None
            }
        }
    }

    /// A list of texts; empty when the key is not there.
    pub fn words(&mut self, key: &str) -> Vec<(String, Range<usize>, &'a str)> {
        let Some(found) = self.find(key) else { return Vec::new() };
        let Value::List(items) = &found.entry.node.value else {
            self.wrong(found, "a list of texts");
            return Vec::new();
        };
        let word = |item: &Node| match item.as_word() {
            Some(word) => Some((word.to_owned(), item.span.clone(), found.file)),
            None => {
                self.wrong(found, "a list of texts");
                None
            }
        };
        items.iter().filter_map(word).collect()
    }

    pub fn flag(&mut self, key: &str) -> bool {
        match self.find(key) {
            None => false,
            Some(Found { entry: Entry { node: Node { value: Value::Flag(flag), .. }, .. }, .. }) => *flag,
            Some(found) => {
                self.wrong(found, "true or false");
                false
            }
        }
    }

    /// Whether any layer has this table.
    #[must_use]
    pub fn is_there(&self) -> bool {
        !self.layers.is_empty()
    }
}
