//! Reading one table of `practice.toml` key by key, gathering every fault on the way.

use crate::clinical::fault::{Fault, Faults};
use crate::clinical::suggest::nearest;
use crate::clinical::tree::{Entry, Node, Span, Table, Value};

/// The file being read and what was found wrong with it.
pub(super) struct Reading<'a> {
    pub file: &'a str,
    pub text: &'a str,
    pub faults: Faults,
}

impl Reading<'_> {
    pub fn fault(&mut self, span: &Span, message: impl Into<String>, label: &str, help: Option<String>) {
        let fault = Fault::new(self.file, span.clone(), message, label);
        self.faults.push(match help {
            Some(help) => fault.help(help),
            None => fault,
        });
    }

    /// `practice.toml:12`, for messages that come when the practice's files are read.
    pub fn place(&self, span: &Span) -> String {
        let before = &self.text.as_bytes()[..span.start.min(self.text.len())];
        let name = self.file.rsplit(['/', '\\']).next().unwrap_or(self.file);
        format!("{name}:{}", before.iter().filter(|b| **b == b'\n').count() + 1)
    }

    /// A fault for each key that is not `known`.
    pub fn unknown_keys(&mut self, table: &Table, known: &[&str]) {
        for entry in table.entries.iter().filter(|entry| !known.contains(&entry.key.as_str())) {
            let help = suggestion(&entry.key, known, "the keys here are");
            self.fault(&entry.span, format!("unknown key `{}`", entry.key), "not known here", Some(help));
        }
    }

    /// The table under `key`; an empty one when it is not there.
    pub fn table(&mut self, root: &Table, key: &str) -> Table {
        match root.get(key) {
            None => Table::default(),
            Some(entry) => self.as_table(&entry.node, &format!("[{key}]")).unwrap_or_default(),
        }
    }

    pub fn as_table(&mut self, node: &Node, what: &str) -> Option<Table> {
        if node.as_table().is_none() {
            self.wrong_kind(node, what, "a table");
        }
        node.as_table().cloned()
    }

    pub fn word(&mut self, table: &Table, key: &str) -> Option<(String, Span)> {
        let entry = table.get(key)?;
        let word = self.as_word(&entry.node, key)?;
        Some((word, entry.node.span.clone()))
    }

    pub fn as_word(&mut self, node: &Node, key: &str) -> Option<String> {
        match node.as_word() {
            Some(word) if !word.trim().is_empty() => Some(word.to_owned()),
            Some(_) => {
                self.fault(&node.span, format!("`{key}` is empty"), "write something here", None);
                None
            }
            None => {
                self.wrong_kind(node, key, "a text");
                None
            }
        }
    }

    /// A word that must be one of `known`.
    pub fn choice<T: Copy>(&mut self, table: &Table, key: &str, known: &[(&str, T)]) -> Option<T> {
        let (word, span) = self.word(table, key)?;
        let found = known.iter().find(|(name, _)| *name == word).map(|(_, value)| *value);
        if found.is_none() {
            let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
            let help = suggestion(&word, &names, "choose one of");
            self.fault(&span, format!("`{key}` cannot be `{word}`"), "not understood", Some(help));
        }
        found
    }

    /// One word, or a list of words.
    pub fn words(&mut self, entry: &Entry) -> Vec<(String, Span)> {
        match &entry.node.value {
            Value::Word(_) => {
                self.as_word(&entry.node, &entry.key).map(|w| (w, entry.node.span.clone())).into_iter().collect()
            }
            Value::List(items) => {
                let read = |item: &Node| self.as_word(item, &entry.key).map(|word| (word, item.span.clone()));
                items.iter().filter_map(read).collect()
            }
            _ => {
                self.wrong_kind(&entry.node, &entry.key, "a text or a list of texts");
                Vec::new()
            }
        }
    }

    /// A whole number between the bounds.
    pub fn whole(&mut self, table: &Table, key: &str, least: u32, most: u32) -> Option<u32> {
        let entry = table.get(key)?;
        let Value::Whole(digits) = &entry.node.value else {
            self.wrong_kind(&entry.node, key, "a whole number");
            return None;
        };
        let number = digits.parse::<u32>().ok().filter(|n| (least..=most).contains(n));
        if number.is_none() {
            self.fault(&entry.node.span, format!("`{key}` must be from {least} to {most}"), "out of bounds", None);
        }
        number
    }

    /// A share between 0 and 1.
    pub fn share(&mut self, table: &Table, key: &str) -> Option<f64> {
        let entry = table.get(key)?;
        let digits = match &entry.node.value {
            Value::Whole(digits) | Value::Decimal(digits) => digits,
            _ => {
                self.wrong_kind(&entry.node, key, "a number from 0 to 1");
                return None;
            }
        };
        let share = digits.parse::<f64>().ok().filter(|share| (0.0..=1.0).contains(share));
        if share.is_none() {
            let help = "five percent is written 0.05".to_owned();
            self.fault(&entry.node.span, format!("`{key}` is a share from 0 to 1"), "out of bounds", Some(help));
        }
        share
    }

    pub fn wrong_kind(&mut self, node: &Node, key: &str, wanted: &str) {
        self.fault(&node.span, format!("`{key}` must be {wanted}"), &format!("this is {}", node.kind()), None);
    }
}

/// «did you mean», or the whole list.
pub(super) fn suggestion(found: &str, known: &[&str], otherwise: &str) -> String {
    match nearest(found, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("{otherwise} {}", known.join(", ")),
    }
}
