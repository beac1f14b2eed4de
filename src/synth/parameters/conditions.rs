//! Lasting conditions: how common, how heavy, how they are coded, treated and followed.

use super::chapters::{SHARE, ages};
use super::checks::Checks;
use super::curve::Curve;
use super::layers::Section;
use super::vocabulary::{Place, diagnosis, medicine, place};
use crate::clinical::CodeSystem::{Icd10, Icpc2};
use crate::clinical::fault::Fault;
use crate::clinical::suggest::hint;
use crate::synth::words::Words;

/// What kind of trouble a condition is; services follow from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    Somatic,
    Mental,
    Addiction,
    Disability,
}

impl Group {
    pub const ALL: [Group; 4] = [Group::Somatic, Group::Mental, Group::Addiction, Group::Disability];

    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Group::Somatic => "somatic",
            Group::Mental => "mental",
            Group::Addiction => "addiction",
            Group::Disability => "disability",
        }
    }
}

/// A lasting condition.
#[derive(Debug, Clone)]
pub struct Condition {
    pub name: String,
    pub source: String,
    pub icpc2: u16,
    pub icd10: u16,
    /// Share of women and of men who have it, by age; none of a sex that cannot.
    pub prevalence: [Option<Curve>; 2],
    pub lifelong: bool,
    /// How heavily it weighs, 0 to 4: drives need, decline, admission and death.
    pub burden: f32,
    /// Contacts in a year because of it.
    pub visits: f32,
    pub group: Group,
    /// Number of a panel.
    pub panel: Option<usize>,
    /// Medicines and the share that takes each.
    pub medicines: Vec<(u16, f32)>,
    /// Of each test, how far the condition moves its values.
    pub shifts: Vec<(usize, f32)>,
    /// Chance that its onset costs a step of function.
    pub loss: f32,
    pub flare: Option<Flare>,
}

/// Times when a condition is worse.
#[derive(Debug, Clone)]
pub struct Flare {
    /// In a year.
    pub rate: f32,
    pub codes: Vec<u16>,
    pub medicine: Option<u16>,
    /// Chance of an admission, and what the hospital then writes.
    pub admission: f32,
    pub icd10: u16,
}

/// Reads all conditions; `spread` and `multiple` are what a person's share may be multiplied by.
pub fn read(
    root: &mut Section<'_>,
    checks: &Checks,
    words: &mut Words,
    (spread, multiple): (f32, f32),
) -> Vec<Condition> {
    let mut section = root.section("condition-ages");
    section.source();
    let ages = ages(&mut section, "ages");
    section.finish();
    // A person's share of what is common must not pass one.
    let most = 1000.0 / f64::from((1.0 + spread) * multiple.max(1.0));
    let mut section = root.section("conditions");
    let mut conditions = Vec::new();
    for name in section.keys() {
        let mut inner = section.section(&name);
        if inner.is_there() {
            let mut condition = condition(&name, &mut inner, checks, words, (&ages, most));
            for curve in condition.prevalence.iter_mut().flatten() {
                *curve = curve.scaled(f64::from(multiple));
            }
            conditions.push(condition);
            inner.finish();
        }
    }
    conditions
}

fn condition(
    name: &str,
    section: &mut Section<'_>,
    checks: &Checks,
    words: &mut Words,
    (ages, most): (&[f64], f64),
) -> Condition {
    let source = section.source();
    let icpc2 = code(section, "icpc2", Icpc2, words);
    let icd10 = code(section, "icd10", Icd10, words);
    let per_1000 = section.numbers("prevalence", (0.0, most), Some(ages.len()));
    let curve = Curve::new(ages, &per_1000).scaled(0.001);
    Condition {
        name: name.to_owned(),
        source,
        icpc2,
        icd10,
        prevalence: by_sex(section, curve),
        lifelong: section.flag("lifelong"),
        burden: section.number_or("burden", (0.0, 4.0), 0.0) as f32,
        visits: section.number_or("visits", (0.0, 50.0), 0.0) as f32,
        group: group(section),
        panel: panel(section, checks),
        medicines: medicines(section, words),
        shifts: shifts(section, checks),
        loss: section.number_or("loss", SHARE, 0.0) as f32,
        flare: flare(section, words),
    }
}

fn code(section: &mut Section<'_>, key: &str, system: crate::clinical::CodeSystem, words: &mut Words) -> u16 {
    match section.word(key) {
        Some((raw, found)) => diagnosis(words, system, &raw, &place(section, found)),
        None => {
            section.missing(key);
            0
        }
    }
}

fn by_sex(section: &mut Section<'_>, curve: Curve) -> [Option<Curve>; 2] {
    match section.word("sex") {
        None => [Some(curve.clone()), Some(curve)],
        Some((word, found)) => match word.as_str() {
            "female" => [Some(curve), None],
            "male" => [None, Some(curve)],
            _ => {
                section.wrong(found, "`female` or `male`");
                [None, None]
            }
        },
    }
}

fn group(section: &mut Section<'_>) -> Group {
    let Some((word, found)) = section.word("group") else { return Group::Somatic };
    Group::ALL.into_iter().find(|group| group.name() == word).unwrap_or_else(|| {
        let span = found.entry.node.span.clone();
        let mut fault = Fault::new(found.file, span, format!("there is no group `{word}`"), "not known");
        fault.help = hint(&word, Group::ALL.iter().map(|group| group.name()));
        section.push(fault);
        Group::Somatic
    })
}

fn panel(section: &mut Section<'_>, checks: &Checks) -> Option<usize> {
    let (word, found) = section.word("panel")?;
    let at = checks.panels.iter().position(|panel| panel.name == word);
    if at.is_none() {
        let span = found.entry.node.span.clone();
        let mut fault = Fault::new(found.file, span, format!("there is no panel `{word}`"), "not in `panels`");
        fault.help = hint(&word, checks.panels.iter().map(|panel| panel.name.as_str()));
        section.push(fault);
    }
    at
}

/// `{ C08CA01 = 40 }`: of a hundred who have the condition.
fn medicines(section: &mut Section<'_>, words: &mut Words) -> Vec<(u16, f32)> {
    let mut inner = section.section("medicines");
    let mut medicines = Vec::new();
    for atc in inner.keys() {
        let Some(found) = inner.find(&atc) else { continue };
        let share = inner.number_of(found, &found.entry.node, (0.0, 100.0)) as f32 / 100.0;
        let at = Place { section: &inner, file: found.file, span: found.entry.span.clone() };
        medicines.push((medicine(words, &atc, &at), share));
    }
    medicines
}

fn shifts(section: &mut Section<'_>, checks: &Checks) -> Vec<(usize, f32)> {
    let mut inner = section.section("shifts");
    let mut shifts = Vec::new();
    for name in inner.keys() {
        let at = checks.tests.iter().position(|test| test.name == name);
        if let Some(at) = at {
            shifts.push((at, inner.number(&name, (-1000.0, 1000.0)) as f32));
        }
    }
    // What was not found is told as an unknown key.
    inner.finish();
    shifts
}

fn flare(section: &mut Section<'_>, words: &mut Words) -> Option<Flare> {
    let mut inner = section.section("flare");
    if !inner.is_there() {
        return None;
    }
    let codes = inner.words("icpc2");
    let codes: Vec<u16> = codes
        .into_iter()
        .map(|(raw, span, file)| diagnosis(words, Icpc2, &raw, &Place { section: &inner, file, span }))
        .collect();
    if codes.is_empty() {
        inner.missing("icpc2");
    }
    let medicine = inner.word("medicine").map(|(raw, found)| medicine(words, &raw, &place(&inner, found)));
    let flare = Flare {
        rate: inner.number("rate", (0.0, 50.0)) as f32,
        codes,
        medicine,
        admission: inner.number_or("admission", SHARE, 0.0) as f32,
        icd10: code(&mut inner, "icd10", Icd10, words),
    };
    inner.finish();
    Some(flare)
}
