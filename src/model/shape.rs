//! Does a file look as declared? Unknown and missing keys, and values of the wrong kind.

use super::keys::inputs::KINDS;
use super::keys::{Kind, Section, Shape};
use super::read::{days, points, window};
use super::report::Report;
use super::suggest;
use super::texts;
use super::tree::{Entry, Node, Span, Table, Value};

/// Checks a table against its declaration; `at` is where a missing key is told.
pub fn verify(table: &Table, at: &Span, section: &Section, report: &mut Report) {
    for entry in &table.entries {
        match section.key(&entry.key) {
            Some(key) => value(&entry.node, entry, &key.shape, report),
            None => unknown_key(entry, section, report),
        }
    }
    for key in section.keys().filter(|key| key.required && !table.has(key.name) && !misspelt(table, section, key.name))
    {
        report.fault_with(
            at,
            format!("{} lacks `{}`", section.title, key.name),
            format!("needs `{}`", key.name),
            format!("`{}`: {}", key.name, key.about),
        );
    }
    groups(table, at, section, report);
}

/// Whether an unknown key was told to mean this one.
fn misspelt(table: &Table, section: &Section, name: &str) -> bool {
    let unknown = table.entries.iter().filter(|entry| section.key(&entry.key).is_none());
    unknown.into_iter().any(|entry| suggest::nearest(&entry.key, section.keys().map(|key| key.name)) == Some(name))
}

fn unknown_key(entry: &Entry, section: &Section, report: &mut Report) {
    report.fault_with(
        &entry.span,
        format!("unknown key `{}` in {}", entry.key, section.title),
        "not known here",
        suggest::nearest(&entry.key, section.keys().map(|key| key.name)).map_or_else(
            || format!("keys here: {}", suggest::list(&section.keys().map(|key| key.name).collect::<Vec<_>>())),
            |name| format!("did you mean `{name}`?"),
        ),
    );
}

fn groups(table: &Table, at: &Span, section: &Section, report: &mut Report) {
    let present = |group: &[&str]| table.entries.iter().filter(|entry| group.contains(&entry.key.as_str())).count();
    for group in section.exactly_one.iter().chain(section.at_least_one) {
        if present(group) == 0 {
            report.fault(at, format!("{} needs one of {}", section.title, suggest::list(group)), "has none of them");
        }
    }
    for group in section.exactly_one.iter().chain(section.at_most_one) {
        let second = table.entries.iter().filter(|entry| group.contains(&entry.key.as_str())).nth(1);
        if let Some(second) = second {
            let message = format!("{} may have only one of {}", section.title, suggest::list(group));
            report.fault(&second.span, message, "one too many");
        }
    }
}

fn value(node: &Node, entry: &Entry, shape: &Shape, report: &mut Report) {
    match shape {
        Shape::Table(section) => match node.as_table() {
            Some(table) => verify(table, &entry.span, section, report),
            None => wrong(node, "a table `{ … }`", report),
        },
        Shape::Named(inner) => match node.as_table() {
            Some(table) => table.entries.iter().for_each(|entry| value(&entry.node, entry, inner, report)),
            None => wrong(node, "a table `{ … }`", report),
        },
        Shape::List(inner) => match &node.value {
            Value::List(items) => items.iter().for_each(|item| list_item(item, inner, report)),
            _ => wrong(node, "a list `[ … ]`", report),
        },
        Shape::Input => match node.as_table() {
            Some(table) => input(table, &entry.span, report),
            None => wrong(node, "a table `{ … }`", report),
        },
        Shape::Sentence => texts::verify(node, &entry.span, report),
        // Its keys are checked once they stand in the parent's place.
        Shape::Part if node.as_table().is_some() => {}
        Shape::Part => wrong(node, "a table `{ … }`", report),
        _ => simple(node, shape, report),
    }
}

/// Checks one entry against its declaration.
pub fn verify_value(entry: &Entry, shape: &Shape, report: &mut Report) {
    value(&entry.node, entry, shape, report);
}

fn list_item(item: &Node, shape: &Shape, report: &mut Report) {
    let start = item.span.start..(item.span.start + 1).min(item.span.end);
    match (shape, item.as_table()) {
        (Shape::Table(section), Some(table)) => verify(table, &start, section, report),
        (Shape::Table(_), None) => wrong(item, "a table `{ … }`", report),
        _ => simple(item, shape, report),
    }
}

fn simple(node: &Node, shape: &Shape, report: &mut Report) {
    let expected = match shape {
        Shape::Word if node.as_word().is_some_and(|text| !text.trim().is_empty()) => return,
        Shape::Word => "a text that is not empty",
        Shape::AnyWord if node.as_word().is_some() => return,
        Shape::AnyWord => "a text",
        Shape::Words | Shape::WordsOrNone => return words(node, matches!(shape, Shape::Words), report),
        Shape::WordsOr(word) => match node.as_word() {
            Some(text) if text == *word => return,
            Some(_) => return wrong(node, &format!("a list of texts, or `\"{word}\"`"), report),
            None => return words(node, true, report),
        },
        Shape::OneOf(known) => return one_of(node, known, report),
        Shape::Whole(least, most) => return whole(node, *least, *most, report),
        Shape::Number if matches!(node.value, Value::Whole(_) | Value::Decimal(_)) => return finite(node, report),
        Shape::Number => "a number",
        Shape::Points if points(node).is_some() => return,
        Shape::Points => return wrong_points(node, report),
        Shape::Flag if matches!(node.value, Value::Flag(_)) => return,
        Shape::Flag => "`true` or `false`",
        Shape::True if matches!(node.value, Value::Flag(true)) => return,
        Shape::True => "`true` (leave the key out to say no)",
        Shape::Date if matches!(&node.value, Value::Date(date) if super::read::day_of(date).is_some()) => return,
        Shape::Date => "a date such as `2026-03-02`",
        Shape::Window if node.as_word().is_some_and(|text| window(text).is_some()) => return,
        Shape::Window => "`\"183 days\"` or `\"ever\"`",
        Shape::Days if node.as_word().is_some_and(|text| days(text).is_some()) => return,
        Shape::Days => "a number of days such as `\"28 days\"`",
        // Tables, lists and sentences are not simple and never come here.
        Shape::Table(_) | Shape::Named(_) | Shape::List(_) | Shape::Input | Shape::Sentence | Shape::Part => return,
    };
    match (shape, node.as_word()) {
        (Shape::Window | Shape::Days, Some(text)) => report.fault_with(
            &node.span,
            format!("`{text}` is no number of days"),
            "cannot be read",
            format!("write {expected}; twelve months are `\"365 days\"`"),
        ),
        _ => wrong(node, expected, report),
    }
}

fn wrong(node: &Node, expected: &str, report: &mut Report) {
    report.fault(&node.span, format!("expected {expected}, found {}", node.kind()), "of the wrong kind");
}

fn wrong_points(node: &Node, report: &mut Report) {
    match &node.value {
        Value::Decimal(_) | Value::Whole(_) => report.fault_with(
            &node.span,
            "points must have at most six decimals and nine digits before them",
            "cannot be added exactly",
            "write a plain decimal number such as 1.5",
        ),
        _ => wrong(node, "a number of points", report),
    }
}

fn finite(node: &Node, report: &mut Report) {
    if super::read::number(node).is_none() {
        wrong(node, "a finite number", report);
    }
}

fn words(node: &Node, at_least_one: bool, report: &mut Report) {
    let Value::List(items) = &node.value else {
        return wrong(node, "a list of texts", report);
    };
    if at_least_one && items.is_empty() {
        report.fault(&node.span, "the list is empty", "needs at least one text");
    }
    for (at, item) in items.iter().enumerate() {
        match item.as_word() {
            Some(text) if text.trim().is_empty() => report.fault(&item.span, "the text is empty", "empty"),
            Some(text) if items[..at].iter().any(|other| other.as_word() == Some(text)) => {
                report.fault(&item.span, format!("`{text}` stands twice in the list"), "again");
            }
            Some(_) => {}
            None => wrong(item, "a text", report),
        }
    }
}

fn one_of(node: &Node, known: &[&str], report: &mut Report) {
    match node.as_word() {
        Some(text) if known.contains(&text) => {}
        Some(text) => report.fault_with(
            &node.span,
            format!("`{text}` is not among {}", suggest::list(known)),
            "not known here",
            suggest::nearest(text, known.iter().copied()).map_or_else(
                || format!("choose one of {}", suggest::list(known)),
                |name| format!("did you mean `{name}`?"),
            ),
        ),
        None => wrong(node, &format!("one of {}", suggest::list(known)), report),
    }
}

fn whole(node: &Node, least: i64, most: i64, report: &mut Report) {
    match super::read::whole(node) {
        Some(n) if (least..=most).contains(&n) => {}
        Some(_) => {
            report.fault(&node.span, format!("the number must be from {least} to {most}"), "outside these limits");
        }
        None => wrong(node, "a whole number", report),
    }
}

/// The kind of an input, when it has exactly one.
#[must_use]
pub fn kind_of(table: &Table) -> Option<&'static Kind> {
    let mut kinds = KINDS.iter().filter(|kind| kind.markers.iter().any(|marker| table.has(marker)));
    let first = kinds.next();
    if kinds.next().is_some() { None } else { first }
}

fn input(table: &Table, at: &Span, report: &mut Report) {
    match kind_of(table) {
        Some(kind) => verify(table, at, &kind.section, report),
        None => no_single_kind(table, at, report),
    }
}

fn no_single_kind(table: &Table, at: &Span, report: &mut Report) {
    let markers = || KINDS.iter().flat_map(|kind| kind.markers.iter().copied());
    let of = |entry: &Entry| KINDS.iter().find(|kind| kind.markers.contains(&entry.key.as_str()));
    let mut found = table.entries.iter().filter_map(|entry| of(entry).map(|kind| (entry, kind)));
    if let Some((_, first)) = found.next() {
        for (entry, kind) in found.filter(|(_, kind)| kind.name != first.name) {
            report.fault_with(
                &entry.span,
                format!("two kinds in one input: {} and {}", first.name, kind.name),
                format!("asks for a {}", kind.name),
                "make two inputs, and combine them with `any` or `all`",
            );
        }
        return;
    }
    let known = |key: &str| KINDS.iter().any(|kind| kind.section.key(key).is_some());
    let unknown = table.entries.iter().filter(|entry| !known(&entry.key));
    let near = unknown.into_iter().find_map(|entry| Some((entry, suggest::nearest(&entry.key, markers())?)));
    match near {
        Some((entry, name)) => report.fault_with(
            &entry.span,
            format!("unknown key `{}`, and nothing else that says what the input asks", entry.key),
            "not known here",
            format!("did you mean `{name}`?"),
        ),
        None => report.fault_with(
            at,
            "the input asks for nothing",
            "of no known kind",
            format!("one of these keys says what it asks: {}", suggest::list(&markers().collect::<Vec<_>>())),
        ),
    }
}
