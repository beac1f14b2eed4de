//! Inputs with a value: measurements and functions, their tests and limits.

use super::contacts::contact_kinds;
use super::inputs::{Scope, apart, known_names, refuse, window};
use crate::model::report::Report;
use crate::model::ruleset::{
    Against, Analyte, Change, Crossing, Direction, Function, InputKind, Limits, Measurement, Size, Test, Unanswered,
};
use crate::model::tree::{Entry, Table};

pub fn measurement(table: &Table, entry: &Entry, scope: &Scope, report: &mut Report) -> InputKind {
    let analytes = &scope.vocabulary.analytes;
    if let Some((name, span)) = table.name("lab")
        && !analytes.has(name)
    {
        report.unknown(span, "analyte", name, analytes.names());
    }
    let test = test(table, report);
    if !matches!(test, Test::Present | Test::Each(_)) {
        refuse(
            table,
            &["days", "apart", "newest", "unanswered"],
            "with `latest`, `change`, `median` or `crosses`",
            report,
        );
    }
    let analyte = table.word("lab").and_then(|name| analytes.get(name)).cloned().unwrap_or_else(|| no_analyte(entry));
    InputKind::Measurement(Measurement {
        analyte,
        window: window(table, report),
        test,
        days: table.count("days").unwrap_or(1),
        apart: apart(table, report),
        newest: table.flag("newest").unwrap_or(false),
        unanswered: table.table("unanswered").map(|unanswered| Unanswered {
            days: unanswered.count("days").unwrap_or(1),
            contacts: contact_kinds(unanswered, "contacts", report),
        }),
    })
}

/// Stands in for an analyte that was told to be unknown.
fn no_analyte(entry: &Entry) -> Analyte {
    Analyte { name: entry.key.clone(), label: crate::clinical::Text::default(), unit: String::new(), codes: Vec::new() }
}

pub fn function(table: &Table, entry: &Entry, scope: &Scope, report: &mut Report) -> Function {
    let instruments = &scope.vocabulary.functions;
    let instrument = table.word("function").and_then(|name| instruments.get(name));
    if let Some((name, span)) = table.name("function")
        && instrument.is_none()
    {
        report.unknown(span, "instrument", name, instruments.names());
    }
    let items = match instrument {
        Some(known) => known_names(table, "items", "item", || known.items.names().collect(), report),
        None => table.words("items"),
    };
    let at_least = table.count("at_least").unwrap_or(1);
    if at_least as usize > items.len().max(1) {
        let span = table.get("at_least").map_or(&entry.span, |at| &at.node.span);
        report.fault(span, format!("at least {at_least} of {} items can never be", items.len()), "too many");
    }
    Function {
        instrument: table.word("function").unwrap_or_default().to_owned(),
        items,
        window: window(table, report),
        test: test(table, report),
        at_least,
        ignore: table.wholes("ignore"),
    }
}

fn test(table: &Table, report: &mut Report) -> Test {
    if let Some(part) = table.table("latest") {
        Test::Latest(limits(table, "latest", part, report))
    } else if let Some(part) = table.table("each") {
        Test::Each(limits(table, "each", part, report))
    } else if let Some(part) = table.table("change") {
        Test::Change(change(table, part, report))
    } else if let Some(part) = table.table("median") {
        Test::Median(limits(table, "median", part, report))
    } else if let Some(part) = table.table("crosses") {
        let side =
            |key, report: &mut Report| part.table(key).map_or(Limits::default(), |of| limits(part, key, of, report));
        Test::Crosses(Crossing { from: side("from", report), to: side("to", report) })
    } else {
        Test::Present
    }
}

fn limits(table: &Table, key: &str, part: &Table, report: &mut Report) -> Limits {
    let limits = Limits {
        at_least: part.number("at_least"),
        above: part.number("above"),
        at_most: part.number("at_most"),
        below: part.number("below"),
    };
    let (low, high) = (limits.at_least.or(limits.above), limits.at_most.or(limits.below));
    if let (Some(low), Some(high), Some(entry)) = (low, high, table.get(key)) {
        let closed = limits.at_least.is_some() && limits.at_most.is_some();
        if low > high || (low == high && !closed) {
            report.fault(&entry.node.span, "no value lies between these limits", "holds no value");
        }
    }
    limits
}

fn change(table: &Table, part: &Table, report: &mut Report) -> Change {
    let size = match (part.number("percent"), part.number("absolute")) {
        (Some(percent), _) => Size::Percent(percent),
        (None, absolute) => Size::Absolute(absolute.unwrap_or(0.0)),
    };
    let (Size::Percent(n) | Size::Absolute(n)) = size;
    if let Some(entry) = part.get("percent").or(part.get("absolute")).filter(|_| n <= 0.0) {
        report.fault_with(&entry.node.span, "a change must be more than 0", "no change", "`direction` says which way");
    }
    let since = part.days("since");
    if let Some(entry) = part.get("since").filter(|_| table.window().within.is_none()) {
        report.fault(&entry.span, "nothing lies before `ever`", "needs a window of so many days");
    } else if let Some(entry) = part.get("since").filter(|_| since == Some(0)) {
        report.fault(&entry.node.span, "the time to compare with holds no day", "must be at least one day");
    }
    Change {
        against: match part.word("against") {
            Some("lowest") => Against::Lowest,
            Some("any") => Against::Any,
            Some("median") => Against::Median,
            Some("newest") => Against::Newest,
            _ => Against::Highest,
        },
        direction: match part.word("direction") {
            Some("up") => Direction::Up,
            Some("either") => Direction::Either,
            _ => Direction::Down,
        },
        size,
        strictly: part.flag("strictly").unwrap_or(false),
        since,
    }
}
