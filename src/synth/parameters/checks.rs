//! Tests and weights: what is measured together, and how values lie.

use super::chapters::shares;
use super::curve::Curve;
use super::journal::PER_YEAR;
use super::layers::Section;
use crate::clinical::fault::Fault;
use crate::clinical::suggest::hint;
use crate::synth::words::{Test, Words};

/// Tests and weights.
#[derive(Debug, Clone)]
pub struct Checks {
    pub yearly: f32,
    pub others: f32,
    pub weighed: Curve,
    pub panels: Vec<Panel>,
    pub tests: Vec<TestLaw>,
    pub general: usize,
    pub frail: usize,
    pub weight: usize,
    pub albumin: Option<usize>,
    pub hb: Option<usize>,
}

/// Tests that are taken together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Panel {
    pub name: String,
    pub tests: Vec<usize>,
}

/// How a test's values lie.
#[derive(Debug, Clone, PartialEq)]
pub struct TestLaw {
    pub name: String,
    /// Of women and of men.
    pub mean: [f32; 2],
    pub between: f32,
    pub within: f32,
    /// For each year above 40.
    pub per_year: f32,
    pub least: f32,
    pub most: f32,
    /// Values at the least are told as below it.
    pub below: bool,
    /// Values at the most are told as above it.
    pub above: bool,
    /// Steps for each unit.
    pub scale: f32,
}

pub fn checks(root: &mut Section<'_>, words: &mut Words) -> Checks {
    let tests = tests(root, words);
    let panels = panels(root, &tests);
    let mut section = root.section("checks");
    section.source();
    let named = |name: &str| tests.iter().position(|test| test.name == name);
    let panel = |name: &str| panels.iter().position(|panel| panel.name == name);
    for (name, there) in [("a panel `general`", panel("general")), ("a panel `frail`", panel("frail"))] {
        if there.is_none() {
            section.missing(name);
        }
    }
    if named("weight").is_none() {
        section.missing("a test `weight`");
    }
    let checks = Checks {
        yearly: section.number("yearly", PER_YEAR) as f32,
        others: section.number("others", PER_YEAR) as f32,
        weighed: shares(&mut section, "weighed"),
        general: panel("general").unwrap_or(0),
        frail: panel("frail").unwrap_or(0),
        weight: named("weight").unwrap_or(0),
        albumin: named("albumin"),
        hb: named("hb"),
        panels,
        tests,
    };
    section.finish();
    checks
}

fn tests(root: &mut Section<'_>, words: &mut Words) -> Vec<TestLaw> {
    let mut section = root.section("tests");
    section.source();
    let mut tests = Vec::new();
    for name in section.keys().into_iter().filter(|key| key != "source").take(250) {
        let mut inner = section.section(&name);
        if inner.is_there() {
            tests.push(test(&name, &mut inner, words));
            inner.finish();
        }
    }
    section.finish();
    tests
}

fn test(name: &str, section: &mut Section<'_>, words: &mut Words) -> TestLaw {
    const VALUE: (f64, f64) = (-10_000.0, 10_000.0);
    let text = |section: &mut Section<'_>, key: &str| {
        let word = section.word(key);
        if word.is_none() {
            section.missing(key);
        }
        word.map(|(word, _)| word).unwrap_or_default()
    };
    let (code, unit) = (text(section, "code").to_uppercase(), text(section, "unit"));
    let decimals = section.number("decimals", (0.0, 3.0)) as u8;
    let scale = 10_f64.powi(i32::from(decimals));
    // A row holds its value in 16 bits.
    let greatest = (f64::from(u16::MAX) / scale).floor();
    let most = section.number("most", (0.0, greatest));
    let mean = section.numbers("mean", VALUE, Some(2));
    words.tests.push(Test { code, unit, decimals, most: (most * scale).round() as u16 });
    TestLaw {
        name: name.to_owned(),
        mean: [mean[0] as f32, mean[1] as f32],
        between: section.number("between", (0.0, 10_000.0)) as f32,
        within: section.number("within", (0.0, 10_000.0)) as f32,
        per_year: section.number("per-year", VALUE) as f32,
        least: section.number("least", (0.0, most)) as f32,
        most: most as f32,
        below: section.flag("below"),
        above: section.flag("above"),
        scale: scale as f32,
    }
}

fn panels(root: &mut Section<'_>, tests: &[TestLaw]) -> Vec<Panel> {
    let mut section = root.section("panels");
    section.source();
    let mut panels = Vec::new();
    for name in section.keys().into_iter().filter(|key| key != "source") {
        let mut of_panel = Vec::new();
        for (test, span, file) in section.words(&name) {
            match tests.iter().position(|known| known.name == test) {
                Some(at) => of_panel.push(at),
                None => {
                    let mut fault = Fault::new(file, span, format!("there is no test `{test}`"), "not in `tests`");
                    fault.help = hint(&test, tests.iter().map(|test| test.name.as_str()));
                    section.push(fault);
                }
            }
        }
        panels.push(Panel { name, tests: of_panel });
    }
    section.finish();
    panels
}
