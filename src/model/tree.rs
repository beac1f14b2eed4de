//! A TOML file as written: values with the places they stand at, in the order of the file.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::fault::{Fault, Faults};

pub type Span = Range<usize>;

/// A value and where it stands.
#[derive(Debug, Clone)]
pub struct Node {
    pub span: Span,
    pub value: Value,
}

/// A value as written. Numbers keep their digits, so that decimal points stay exact.
#[derive(Debug, Clone)]
pub enum Value {
    Word(String),
    Whole(String),
    Decimal(String),
    Flag(bool),
    Date(toml::value::Datetime),
    List(Vec<Node>),
    Table(Table),
}

/// A table's entries in the order of the file.
#[derive(Debug, Clone, Default)]
pub struct Table {
    pub entries: Vec<Entry>,
}

#[derive(Debug, Clone)]
pub struct Entry {
    pub key: String,
    /// Where the key stands.
    pub span: Span,
    pub node: Node,
}

/// A whole file.
#[derive(Debug, Clone)]
pub struct Document {
    pub file: String,
    pub root: Table,
}

impl Document {
    /// Reads a file; `None` when it is no TOML, with every syntax fault gathered.
    pub fn parse(file: &str, text: &str, faults: &mut Faults) -> Option<Document> {
        faults.add_source(file, text);
        let (table, errors) = DeTable::parse_recoverable(text);
        for error in &errors {
            let span = error.span().unwrap_or(0..0);
            faults.push(Fault::new(file, span, format!("no valid TOML: {}", error.message()), "here"));
        }
        errors.is_empty().then(|| Document { file: file.to_owned(), root: convert_table(table.get_ref()) })
    }
}

fn convert_table(table: &DeTable<'_>) -> Table {
    let entry = |(key, value): (&Spanned<_>, &Spanned<DeValue<'_>>)| {
        let key: &Spanned<std::borrow::Cow<'_, str>> = key;
        Entry { key: key.get_ref().to_string(), span: key.span(), node: convert(value) }
    };
    Table { entries: table.iter().map(entry).collect() }
}

fn convert(node: &Spanned<DeValue<'_>>) -> Node {
    let value = match node.get_ref() {
        DeValue::String(text) => Value::Word(text.to_string()),
        DeValue::Integer(number) => Value::Whole(number.to_string()),
        DeValue::Float(number) => Value::Decimal(number.as_str().to_owned()),
        DeValue::Boolean(flag) => Value::Flag(*flag),
        DeValue::Datetime(date) => Value::Date(*date),
        DeValue::Array(list) => Value::List(list.iter().map(convert).collect()),
        DeValue::Table(table) => Value::Table(convert_table(table)),
    };
    Node { span: node.span(), value }
}

impl Node {
    /// What kind of value it is, as the reader would say.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self.value {
            Value::Word(_) => "a text",
            Value::Whole(_) => "a whole number",
            Value::Decimal(_) => "a decimal number",
            Value::Flag(_) => "true or false",
            Value::Date(_) => "a date",
            Value::List(_) => "a list",
            Value::Table(_) => "a table",
        }
    }

    #[must_use]
    pub fn as_word(&self) -> Option<&str> {
        match &self.value {
            Value::Word(text) => Some(text),
            _ => None,
        }
    }

    #[must_use]
    pub fn as_table(&self) -> Option<&Table> {
        match &self.value {
            Value::Table(table) => Some(table),
            _ => None,
        }
    }

    /// The items of a list; a value that is no list has none.
    #[must_use]
    pub fn items(&self) -> &[Node] {
        match &self.value {
            Value::List(items) => items,
            _ => &[],
        }
    }
}

impl Table {
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_places_and_digits_are_kept() {
        let text = "b = 1.10\n[a]\nz.y = [\"x\"]\nc = 2026-03-02\n";
        let mut faults = Faults::new();
        let document = Document::parse("f", text, &mut faults).unwrap();
        let keys: Vec<&str> = document.root.entries.iter().map(|entry| entry.key.as_str()).collect();
        assert_eq!(keys, ["b", "a"]);
        let b = document.root.get("b").unwrap();
        assert!(matches!(&b.node.value, Value::Decimal(digits) if digits == "1.10"));
        assert_eq!(&text[b.node.span.clone()], "1.10");
        let a = document.root.get("a").unwrap().node.as_table().unwrap();
        assert_eq!(a.get("z").unwrap().node.as_table().unwrap().get("y").unwrap().node.items().len(), 1);
    }

    #[test]
    fn every_syntax_fault_is_gathered() {
        let mut faults = Faults::new();
        assert!(Document::parse("f", "a = \nb = 1\nc = = 2\n", &mut faults).is_none());
        assert!(faults.len() >= 2);
    }
}
