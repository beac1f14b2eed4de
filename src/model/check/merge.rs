//! "As the other one, but …": a parent's tree, with what a rule set changes, drops and adds.
//!
//! Whatever is taken over stands, for faults, where the file names its parent; what the file says itself stands where
//! it says it. So every fault points into the file of the one who can mend it.

use super::change::{add_words, change_parts, section, without_word};
use super::codes::CodeList;
use crate::clinical::{Code, CodeSystem};
use crate::model::keys::about::{NAMED_SECTIONS, NEVER_INHERITED};
use crate::model::report::Report;
use crate::model::tree::{Entry, Node, Span, Table, Value};

/// The parent's tree without references to its `codes.csv`: the codes stand in the inputs themselves.
#[must_use]
pub fn without_lists(root: &Table, codes: Option<&CodeList>) -> Table {
    let mut root = root.clone();
    let inputs = root.entries.iter_mut().find(|entry| entry.key == "inputs");
    let Some(Value::Table(inputs)) = inputs.map(|entry| &mut entry.node.value) else { return root };
    for entry in &mut inputs.entries {
        if let Value::Table(input) = &mut entry.node.value {
            write_out(input, codes);
        }
    }
    root
}

fn write_out(input: &mut Table, codes: Option<&CodeList>) {
    let Some(listed) = input.word("category").and_then(|name| codes?.category(name)) else { return };
    let of_medicines = input.has("atc") || input.has("atc_of");
    let systems = [("icpc2", CodeSystem::Icpc2), ("icd10", CodeSystem::Icd10), ("atc", CodeSystem::Atc)];
    let listed: Vec<Code> = listed.to_vec();
    for (key, system) in systems.into_iter().filter(|(_, system)| (*system == CodeSystem::Atc) == of_medicines) {
        let codes: Vec<Node> = listed
            .iter()
            .filter(|code| code.system == system)
            .map(|code| Node { span: 0..0, value: Value::Word(code.as_str().to_owned()) })
            .collect();
        if !codes.is_empty() {
            add_words(input, key, &(0..0), codes);
        }
    }
    input.entries.retain(|entry| !["codes", "category"].contains(&entry.key.as_str()));
}

/// Turns `tree`, the parent's, into what the rule set means. `span` is where its file names the parent `id`.
pub fn merge(tree: &mut Table, own: &Table, id: &str, span: &Span, report: &mut Report) {
    status_holds(tree, own, id, report);
    tree.entries.retain(|entry| !NEVER_INHERITED.contains(&entry.key.as_str()));
    tree.entries.iter_mut().for_each(|entry| stand(entry, span));
    let departs = own.get("departs");
    if departs.is_none_or(|entry| entry.node.items().is_empty()) {
        let at = departs.map_or(span, |entry| &entry.node.span);
        let message = format!("a rule set that extends `{id}` must say where it departs");
        let label = if departs.is_some() { "is empty" } else { "needs `departs` too" };
        report.fault_with(at, message, label, "say in a sentence what is other, and why");
    }
    if own.word("status") == Some("draft") {
        say_source(tree, id, span);
    }
    change_parts(tree, own, id, report);
    drop_parts(tree, own, id, report);
    for entry in own.entries.iter().filter(|entry| !["change", "drop"].contains(&entry.key.as_str())) {
        take(tree, entry, own, id, report);
    }
    // The shape of both was checked here or is checked with the whole.
    for key in ["change", "drop"] {
        if let Some(entry) = own.get(key)
            && let Some(declared) = crate::model::keys::ruleset::RULE_SET.key(key)
        {
            crate::model::shape::verify_value(entry, &declared.shape, report);
        }
    }
}

/// What is changed is not as published, and what builds on a draft is one.
fn status_holds(parent: &Table, own: &Table, id: &str, report: &mut Report) {
    let Some((status, at)) = own.name("status") else { return };
    let of_draft = parent.word("status") == Some("draft");
    let wanted = if of_draft { "draft" } else { "adapted" };
    if status == "published" || (of_draft && status != "draft") {
        let why = if of_draft {
            format!("`{id}` is a draft, and so is what extends it")
        } else {
            format!("what extends `{id}` is not as published")
        };
        report.fault_with(at, why, "says more than it can", format!("write `status = \"{wanted}\"`"));
    }
}

/// In a draft every criterion says where it comes from; those taken over come from the parent.
fn say_source(tree: &mut Table, id: &str, at: &Span) {
    let Some(criteria) = section(tree, "criteria") else { return };
    for entry in &mut criteria.entries {
        if let Value::Table(criterion) = &mut entry.node.value
            && !criterion.has("src")
        {
            let node = Node { span: at.clone(), value: Value::Word(id.to_owned()) };
            criterion.entries.push(Entry { key: "src".to_owned(), span: at.clone(), node });
        }
    }
}

/// Everything taken over stands where the parent is named.
fn stand(entry: &mut Entry, at: &Span) {
    entry.span = at.clone();
    stand_node(&mut entry.node, at);
}

fn stand_node(node: &mut Node, at: &Span) {
    node.span = at.clone();
    match &mut node.value {
        Value::List(items) => items.iter_mut().for_each(|item| stand_node(item, at)),
        Value::Table(table) => table.entries.iter_mut().for_each(|entry| stand(entry, at)),
        _ => {}
    }
}

/// What still names a dropped thing stands where it was dropped, so that the fault tells of that line.
fn point(node: &mut Node, name: &str, at: &Span) {
    match &mut node.value {
        Value::Word(text) if text == name => node.span = at.clone(),
        Value::List(items) => items.iter_mut().for_each(|item| point(item, name, at)),
        Value::Table(table) => table.entries.iter_mut().for_each(|entry| point(&mut entry.node, name, at)),
        _ => {}
    }
}

fn drop_parts(tree: &mut Table, own: &Table, id: &str, report: &mut Report) {
    let Some(drop) = own.table("drop") else { return };
    for (name, _) in drop.names("sections") {
        tree.entries.retain(|entry| entry.key != name);
    }
    // Criteria first: what they asked for may then be dropped too.
    for key in ["criteria", "inputs", "caps", "notes"] {
        for (name, at) in drop.names(key) {
            if !section(tree, key).is_some_and(|table| table.has(name)) {
                let known: Vec<String> = tree.entries(key).iter().map(|entry| entry.key.clone()).collect();
                let what = key.trim_end_matches('s').replace("criteria", "criterion");
                report.not_in(at, id, &what, name, known.iter().map(String::as_str));
                continue;
            }
            if key == "inputs"
                && let Some(criterion) = asked_by(tree, name)
            {
                let help = format!("drop the criterion: `criteria = [\"{criterion}\"]`, and its input goes with it");
                report.fault_with(at, format!("the criterion `{criterion}` asks for `{name}`"), "is needed", help);
                continue;
            }
            let Some(table) = section(tree, key) else { continue };
            table.entries.retain(|entry| entry.key != name);
            match key {
                "criteria" => unsilence(table, name),
                _ => still_named(tree, name, at),
            }
        }
    }
}

/// A criterion that is dropped is silenced by none.
fn unsilence(criteria: &mut Table, name: &str) {
    for entry in &mut criteria.entries {
        if let Value::Table(criterion) = &mut entry.node.value {
            without_word(criterion, "silences", |text| text == name);
        }
    }
}

/// What else names a dropped thing is told at the line that dropped it.
fn still_named(tree: &mut Table, name: &str, at: &Span) {
    tree.entries.iter_mut().for_each(|entry| point(&mut entry.node, name, at));
}

/// A criterion that asks for an input.
fn asked_by(tree: &Table, input: &str) -> Option<String> {
    let asks = |entry: &&Entry| {
        let named = entry.node.as_table().and_then(|criterion| criterion.word("input"));
        named.unwrap_or(&entry.key) == input
    };
    tree.entries("criteria").iter().find(asks).map(|entry| entry.key.clone())
}

/// What the file says itself: new entries beside the parent's, whole sections in the place of the parent's.
fn take(tree: &mut Table, entry: &Entry, own: &Table, id: &str, report: &mut Report) {
    let key = entry.key.as_str();
    // The parent's departures still hold; so do its sources.
    let adds = NAMED_SECTIONS.contains(&key) || ["source", "departs", "not_in_norway"].contains(&key);
    let Some(there) = tree.entries.iter_mut().find(|there| there.key == key).filter(|_| adds) else {
        tree.entries.retain(|there| there.key != key);
        tree.entries.push(entry.clone());
        return;
    };
    there.span = entry.span.clone();
    match (&mut there.node.value, &entry.node.value) {
        (Value::List(items), Value::List(more)) => items.extend(more.iter().cloned()),
        (Value::Table(table), Value::Table(more)) => {
            for part in &more.entries {
                if table.has(&part.key) && !["uses", "settings"].contains(&key) {
                    taken_twice(part, key, id, own, report);
                }
                table.entries.retain(|there| there.key != part.key);
                table.entries.push(part.clone());
            }
        }
        _ => there.node = entry.node.clone(),
    }
}

fn taken_twice(part: &Entry, key: &str, id: &str, own: &Table, report: &mut Report) {
    let message = format!("`{id}` has `{}` among its {key} already", part.key);
    let help = if own.table("change").and_then(|change| change.table(key)).is_some_and(|t| t.has(&part.key)) {
        format!("write all of it under `[change.{key}.{}]`", part.key)
    } else {
        format!("change it under `[change.{key}.{0}]`, or drop it first: `drop.{key} = [\"{0}\"]`", part.key)
    };
    report.fault_with(&part.span, message, "the name is taken", help);
}
