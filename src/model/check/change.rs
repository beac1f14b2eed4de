//! Keys of a parent's entries that are other: replaced, added to, taken from.

use crate::model::keys::Section;
use crate::model::keys::inputs::KINDS;
use crate::model::keys::ruleset::{BAND, CAP, CRITERION};
use crate::model::report::Report;
use crate::model::shape::kind_of;
use crate::model::suggest;
use crate::model::tree::{Entry, Node, Span, Table, Value};

/// `[change]`: keys of the parent's entries that are other.
pub fn change_parts(tree: &mut Table, own: &Table, id: &str, report: &mut Report) {
    let Some(change) = own.table("change") else { return };
    for key in ["inputs", "criteria", "caps", "notes", "bands"] {
        for part in change.entries(key) {
            let Some(changes) = part.node.as_table() else { continue };
            let known: Vec<String> = tree.entries(key).iter().map(|entry| entry.key.clone()).collect();
            let there = section(tree, key).and_then(|t| t.entries.iter_mut().find(|entry| entry.key == part.key));
            let Some(entry) = there else {
                let what = key.trim_end_matches('s').replace("criteria", "criterion");
                report.not_in(&part.span, id, &what, &part.key, known.iter().map(String::as_str));
                continue;
            };
            entry.span = part.span.clone();
            if let Value::Table(table) = &mut entry.node.value {
                if key == "criteria" && table.word("src") == Some(id) {
                    table.entries.retain(|entry| entry.key != "src");
                }
                changes.entries.iter().for_each(|change| change_key(table, key, change, report));
            }
        }
    }
}

/// `points = 2`, `icd10_add = […]`, `icd10_drop = […]`, `without = […]`.
fn change_key(table: &mut Table, part: &str, change: &Entry, report: &mut Report) {
    if change.key == "without" {
        for item in change.node.items() {
            let Some(name) = item.as_word() else { continue };
            if !table.has(name) {
                let known: Vec<String> = table.entries.iter().map(|entry| entry.key.clone()).collect();
                report.unknown(&item.span, "key here", name, known.iter().map(String::as_str));
            }
            table.entries.retain(|entry| entry.key != name);
        }
    } else if let Some(key) = change.key.strip_suffix("_add") {
        must_be_list(change, report);
        add_words(table, key, &change.span, change.node.items().to_vec());
    } else if let Some(key) = change.key.strip_suffix("_drop") {
        must_be_list(change, report);
        change.node.items().iter().for_each(|item| drop_word(table, key, item, report));
    } else {
        make_room(table, part, &change.key);
        match table.entries.iter_mut().find(|entry| entry.key == change.key) {
            Some(entry) => *entry = change.clone(),
            None => table.entries.push(change.clone()),
        }
    }
}

fn must_be_list(change: &Entry, report: &mut Report) {
    if !matches!(change.node.value, Value::List(_)) {
        let message = format!("expected a list of texts, found {}", change.node.kind());
        report.fault(&change.node.span, message, "of the wrong kind");
    }
}

fn drop_word(table: &mut Table, key: &str, item: &Node, report: &mut Report) {
    let Some(word) = item.as_word() else { return };
    let plain = |text: &str| text.to_uppercase().replace(['.', ' '], "");
    let known = table.words(key);
    if without_word(table, key, |text| plain(text) == plain(word)) == 0 {
        let message = format!("the parent's `{key}` does not hold `{word}`");
        let help = suggest::hint(&plain(word), known.iter().map(String::as_str)).unwrap_or_default();
        let help = if help.is_empty() { format!("`{key}_except` leaves out part of a code that stays") } else { help };
        report.fault_with(&item.span, message, "takes nothing away", help);
    }
}

/// Adds to the list under a key, which is made when it is not there.
pub fn add_words(table: &mut Table, key: &str, at: &Span, more: Vec<Node>) {
    match table.entries.iter_mut().find(|entry| entry.key == key) {
        Some(Entry { node: Node { value: Value::List(items), .. }, .. }) => items.extend(more),
        Some(entry) => entry.node = Node { span: at.clone(), value: Value::List(more) },
        None => {
            let node = Node { span: at.clone(), value: Value::List(more) };
            table.entries.push(Entry { key: key.to_owned(), span: at.clone(), node });
        }
    }
}

/// Of keys that exclude each other, the parent's gives way to the new one.
fn make_room(table: &mut Table, part: &str, key: &str) {
    let declared: Option<&Section> = match part {
        "criteria" => Some(&CRITERION),
        "caps" => Some(&CAP),
        "bands" => Some(&BAND),
        "inputs" => {
            kind_of(table).and_then(|kind| KINDS.iter().find(|known| known.name == kind.name)).map(|kind| &kind.section)
        }
        _ => None,
    };
    let Some(declared) = declared else { return };
    for group in declared.exactly_one.iter().chain(declared.at_most_one).filter(|group| group.contains(&key)) {
        table.entries.retain(|entry| entry.key == key || !group.contains(&entry.key.as_str()));
    }
}

/// A section of a file.
pub fn section<'t>(tree: &'t mut Table, key: &str) -> Option<&'t mut Table> {
    let entry = tree.entries.iter_mut().find(|entry| entry.key == key)?;
    match &mut entry.node.value {
        Value::Table(table) => Some(table),
        _ => None,
    }
}

/// Takes words out of a list; an empty list goes too. How many were taken.
pub fn without_word(table: &mut Table, key: &str, gone: impl Fn(&str) -> bool) -> usize {
    let Some(entry) = table.entries.iter_mut().find(|entry| entry.key == key) else { return 0 };
    let Value::List(items) = &mut entry.node.value else { return 0 };
    let before = items.len();
    items.retain(|item| !item.as_word().is_some_and(&gone));
    let taken = before - items.len();
    if items.is_empty() {
        table.entries.retain(|entry| entry.key != key);
    }
    taken
}
