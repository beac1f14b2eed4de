//! Bands, what else may set them, and the link to a probability.

use super::Setting;
use crate::clinical::Points;
use crate::model::report::Report;
use crate::model::ruleset::{Band, BandLimit, BandSetter, Bound, Criterion, InputId, InputKind, Link};
use crate::model::texts;
use crate::model::tree::{Entry, Table};

/// `[bands]`, ascending.
pub fn bands(root: &Table, report: &mut Report) -> Vec<Band> {
    let entries = root.entries("bands");
    let mut bands: Vec<Band> = Vec::new();
    for (at, entry) in entries.iter().enumerate() {
        let Some(table) = entry.node.as_table() else { continue };
        let from = bound(table);
        if from == Bound::Lowest && at > 0 {
            let message = format!("only the first band may begin nowhere; `{}` needs `from` or `above`", entry.key);
            report.fault(&entry.span, message, "overlaps the band before");
        }
        if let Some(before) = bands.last() {
            follows(entry, from, before, report);
        }
        bands.push(Band {
            name: entry.key.clone(),
            label: table.sentence("label").unwrap_or_default(),
            from,
            level: table.whole("level").and_then(|n| u8::try_from(n).ok()).unwrap_or(0),
        });
    }
    bands
}

fn bound(table: &Table) -> Bound {
    match (table.points("from"), table.points("above")) {
        (Some(from), _) => Bound::From(from),
        (None, Some(above)) => Bound::Above(above),
        (None, None) => Bound::Lowest,
    }
}

/// Where a band begins, so that a later one has a larger key.
fn key(bound: Bound) -> (Points, bool) {
    match bound {
        Bound::Lowest => (Points(i64::MIN), false),
        Bound::From(points) => (points, false),
        Bound::Above(points) => (points, true),
    }
}

fn follows(entry: &Entry, from: Bound, before: &Band, report: &mut Report) {
    if from != Bound::Lowest && key(from) <= key(before.from) {
        let at = entry.node.as_table().and_then(|table| table.get("from").or(table.get("above")));
        report.fault_with(
            at.map_or(&entry.span, |at| &at.node.span),
            format!("the band `{}` does not begin above the band `{}` before it", entry.key, before.name),
            "overlaps",
            "write the bands in ascending order",
        );
    }
    let level = entry.node.as_table().and_then(|table| table.get("level"));
    if let Some(level) =
        level.filter(|level| super::super::read::whole(&level.node).is_some_and(|n| n < before.level.into()))
    {
        report.fault(&level.node.span, "a higher band must not have a lower level", "lower than the band before");
    }
}

/// `[band_set_by]`.
pub fn setter(root: &Table, bands: &[Band], setting: &Setting, report: &mut Report) -> Option<BandSetter> {
    let table = root.table("band_set_by")?;
    if let Some(text) = table.get("text") {
        texts::placeholders(&text.node, texts::OF_BAND_SETTERS, report);
    }
    Some(BandSetter {
        input: setting_input(table, setting, report)?,
        steps: steps(table, bands, report),
        text: table.sentence("text").unwrap_or_default(),
    })
}

fn setting_input(table: &Table, setting: &Setting, report: &mut Report) -> Option<InputId> {
    let (name, span) = table.name("input")?;
    let input = setting.inputs.find(name, span, report)?;
    if !matches!(setting.inputs.all[input.0].kind, InputKind::Function(_) | InputKind::Measurement(_)) {
        report.fault(span, format!("`{name}` has no value that could set a band"), "no function or measurement");
    }
    Some(input)
}

fn steps(table: &Table, bands: &[Band], report: &mut Report) -> Vec<(f64, usize)> {
    let mut steps: Vec<(f64, usize)> = Vec::new();
    for (step, at) in table.tables("steps") {
        let Some((name, span)) = step.name("band") else { continue };
        let Some(band) = bands.iter().position(|band| band.name == name) else {
            report.unknown(span, "band", name, bands.iter().map(|band| band.name.as_str()));
            continue;
        };
        let from = step.number("from").unwrap_or_default();
        if steps.last().is_some_and(|(before, _)| *before >= from) {
            report.fault(at, "steps must ascend", "not more than the one before");
        }
        steps.push((from, band));
    }
    if let Some(entry) = table.get("steps").filter(|entry| entry.node.items().is_empty()) {
        report.fault(&entry.span, "`steps` needs a step", "is empty");
    }
    steps
}

/// `[band_limit]`.
pub fn limit(root: &Table, bands: &[Band], criteria: &[Criterion], report: &mut Report) -> Option<BandLimit> {
    let table = root.table("band_limit")?;
    let mut found = Vec::new();
    for (name, span) in table.names("criteria") {
        match criteria.iter().position(|criterion| criterion.name == name) {
            Some(index) => found.push(index),
            None => report.unknown(span, "criterion", name, criteria.iter().map(|criterion| criterion.name.as_str())),
        }
    }
    found.sort_unstable();
    let (name, span) = table.name("band")?;
    let Some(band) = bands.iter().position(|band| band.name == name) else {
        report.unknown(span, "band", name, bands.iter().map(|band| band.name.as_str()));
        return None;
    };
    Some(BandLimit { criteria: found, band })
}

/// `[link]`.
pub fn link(root: &Table, report: &mut Report) -> Option<Link> {
    let entry = root.get("link")?;
    let table = entry.node.as_table()?;
    let mut need = |key: &str| {
        if !table.has(key) {
            report.fault(&entry.span, format!("this link lacks `{key}`"), format!("needs `{key}`"));
        }
        table.number(key).unwrap_or_default()
    };
    let (link, foreign): (Link, &[&str]) = match table.word("kind")? {
        "logistic" => (Link::Logistic { intercept: need("intercept") }, &["baseline_survival", "scale", "centre"]),
        "cox" => {
            let baseline_survival = need("baseline_survival");
            (Link::Cox { baseline_survival, scale: need("scale"), centre: need("centre") }, &["intercept"])
        }
        _ => return None,
    };
    super::inputs::refuse(table, foreign, "for this kind of link", report);
    if let (Link::Cox { baseline_survival, .. }, Some(at)) = (&link, table.get("baseline_survival"))
        && !(*baseline_survival > 0.0 && *baseline_survival < 1.0)
    {
        report.fault(&at.node.span, "a baseline survival lies between 0 and 1", "no such probability");
    }
    Some(link)
}
