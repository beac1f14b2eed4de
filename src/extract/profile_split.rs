//! `split` of a `[[table]]`: cells that hold several codes.

use super::profile::{ColumnSource, From, Split, Target};
use super::profile_section::Reading;
use crate::clinical::tree::{Entry, Node, Span, Table as Toml, Value};
use crate::journal::tables::{Column, Holds, Table};

/// What a code may itself be written with, and what would cut it in two.
const WITHIN_CODES: [char; 2] = ['.', '-'];

/// Reads `split.code = ","` or `split.code = [",", "/"]`.
pub(super) fn read(reading: &mut Reading<'_>, toml: &Toml, table: Table, columns: &[ColumnSource]) -> Option<Split> {
    let entry = toml.get("split")?;
    let inner = reading.as_table(&entry.node, "split")?;
    let mut found = None;
    for entry in &inner.entries {
        let column = column(reading, table, entry, columns);
        let separators = separators(reading, entry);
        found = column.zip(separators).map(|(column, separators)| Split { column, separators }).or(found);
    }
    found
}

/// The column of codes that the key names, when the files have it.
fn column(reading: &mut Reading<'_>, table: Table, entry: &Entry, columns: &[ColumnSource]) -> Option<usize> {
    let key = &entry.key;
    let Some((index, _)) = table.columns().iter().enumerate().find(|(_, c)| c.name == key && holds_codes(c)) else {
        let help = match table.columns().iter().find(|column| holds_codes(column)) {
            Some(column) => format!("only codes are split: `split.{}`", column.name),
            None => "only diagnoses.code and medicines.atc are split".to_owned(),
        };
        let message = format!("`{key}` of the table {} cannot be split", table.name());
        reading.fault(&entry.span, message, "not a column of codes", Some(help));
        return None;
    };
    let source = columns.iter().find(|column| column.target == Target::Column(index));
    if source.is_none_or(|source| matches!(source.from, From::Constant(_))) {
        let help = Some(format!("add `{key}` to columns"));
        reading.fault(&entry.span, format!("`{key}` is split but not read"), "no such column", help);
        return None;
    }
    Some(index)
}

fn holds_codes(column: &Column) -> bool {
    matches!(column.holds, Holds::Code | Holds::Atc)
}

/// A blank is a separator like any other, so these are not read as names are.
fn separators(reading: &mut Reading<'_>, entry: &Entry) -> Option<Vec<String>> {
    let nodes: Vec<&Node> = match &entry.node.value {
        Value::List(items) => items.iter().collect(),
        _ => vec![&entry.node],
    };
    let mut separators = Vec::new();
    for node in nodes {
        match node.as_word() {
            Some(word) => separators.extend(separator(reading, word, &entry.key, &node.span)),
            None => reading.wrong_kind(node, &entry.key, "a text or a list of texts"),
        }
    }
    (!separators.is_empty()).then_some(separators)
}

fn separator(reading: &mut Reading<'_>, word: &str, key: &str, span: &Span) -> Option<String> {
    let cuts_codes = |c: char| c.is_alphanumeric() || WITHIN_CODES.contains(&c);
    let message = match word {
        "" => format!("the separator of `{key}` is empty"),
        _ if word.chars().any(cuts_codes) => format!("`{word}` may stand inside a code and cannot part two"),
        _ => return Some(word.to_owned()),
    };
    let help = "write what stands between two codes in one cell, such as \",\" or \";\"".to_owned();
    reading.fault(span, message, "not a separator", Some(help));
    None
}
