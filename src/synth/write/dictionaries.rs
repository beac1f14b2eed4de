//! The distinct values of every column, known before the first patient is drawn.

use crate::clinical::Day;
use crate::journal::encoding::Dictionary;
use crate::journal::tables::ContactKind;
use crate::synth::cohort::Synth;
use crate::synth::records::{DiagnosisSource, ListStatus, MeasurementRow, Protection, Role};
use crate::synth::words::Words;
use std::sync::Arc;

/// Days after the last index day that a row may still name: what is booked, and when a supply ends.
const AHEAD: i32 = 500;
/// Days before the oldest code that a row may name.
const BEFORE: i32 = 400;
/// Greatest score of a scale.
const MOST_SCORE: u32 = 255;

/// Dictionaries, and how rows find their keys in them.
pub struct Dictionaries {
    pub days: Arc<Dictionary>,
    first_day: i32,
    last_key: u32,
    pub systems: Arc<Dictionary>,
    pub codes: Arc<Dictionary>,
    /// Of each diagnosis code, its text's key and its system's.
    code_keys: Vec<(u32, u32)>,
    pub sources: Arc<Dictionary>,
    pub medicines: Arc<Dictionary>,
    pub kinds: Arc<Dictionary>,
    pub roles: Arc<Dictionary>,
    pub tests: Arc<Dictionary>,
    pub units: Arc<Dictionary>,
    unit_keys: Vec<u32>,
    pub values: Arc<Dictionary>,
    /// Of each test, the key of each number of steps.
    value_keys: Vec<Vec<u32>>,
    pub comparators: Arc<Dictionary>,
    pub instruments: Arc<Dictionary>,
    pub items: Arc<Dictionary>,
    /// Of each scale, its instrument's key and its item's.
    scale_keys: Vec<(u32, Option<u32>)>,
    pub scores: Arc<Dictionary>,
    pub services: Arc<Dictionary>,
    pub parts: Arc<Dictionary>,
    pub sexes: Arc<Dictionary>,
    pub statuses: Arc<Dictionary>,
    pub protections: Arc<Dictionary>,
    pub languages: Arc<Dictionary>,
}

/// Texts of which equal ones have one key.
#[derive(Default)]
struct Texts(Vec<String>);

impl Texts {
    fn key(&mut self, text: &str) -> u32 {
        let at = self.0.iter().position(|known| known == text).unwrap_or_else(|| {
            self.0.push(text.to_owned());
            self.0.len() - 1
        });
        at as u32
    }

    fn done(self) -> Arc<Dictionary> {
        Dictionary::words(&self.0)
    }
}

impl Dictionaries {
    #[must_use]
    pub fn new(synth: &Synth) -> Dictionaries {
        let words = synth.words();
        let timeline = &synth.law().timeline;
        let (first, last) = (timeline.oldest.0 - BEFORE, timeline.last.0 + AHEAD);
        let days: Vec<i64> = (first..=last).map(i64::from).collect();
        let (codes, systems, code_keys) = codes(words);
        let (units, unit_keys) = units(words);
        let (values, value_keys) = values(words);
        let (instruments, items, scale_keys) = scales(words);
        let names = |names: &mut dyn Iterator<Item = &str>| texts(names);
        let scores: Vec<f64> = (0..=MOST_SCORE).map(f64::from).collect();
        Dictionaries {
            last_key: days.len() as u32 - 1,
            days: Dictionary::narrow(&days),
            first_day: first,
            systems,
            codes,
            code_keys,
            sources: names(&mut DiagnosisSource::ALL.iter().map(|source| source.name())),
            medicines: Dictionary::words(&words.medicines),
            kinds: names(&mut ContactKind::ALL.iter().map(|kind| kind.name())),
            roles: names(&mut Role::ALL.iter().filter_map(|role| role.name())),
            tests: names(&mut words.tests.iter().map(|test| test.code.as_str())),
            units,
            unit_keys,
            values,
            value_keys,
            comparators: names(&mut ["", "<", "<=", ">", ">="].into_iter()),
            instruments,
            items,
            scale_keys,
            scores: Dictionary::doubles(scores.into_iter()),
            services: Dictionary::words(&words.services),
            parts: Dictionary::words(&words.parts),
            sexes: names(&mut ["female", "male"].into_iter()),
            statuses: names(&mut ListStatus::ALL.iter().map(|status| status.name())),
            protections: names(&mut Protection::ALL.iter().map(|grade| grade.name().unwrap_or_default())),
            languages: Dictionary::words(&words.languages),
        }
    }

    /// A day outside the days of the cohort is told as the nearest of them.
    #[inline]
    #[must_use]
    pub fn day(&self, day: Day) -> u32 {
        ((day.0 - self.first_day).max(0) as u32).min(self.last_key)
    }

    /// The keys of a diagnosis code and of its system.
    #[inline]
    #[must_use]
    pub fn code(&self, code: u16) -> (u32, u32) {
        self.code_keys[usize::from(code)]
    }

    #[inline]
    #[must_use]
    pub fn unit(&self, test: u8) -> u32 {
        self.unit_keys[usize::from(test)]
    }

    #[inline]
    #[must_use]
    pub fn value(&self, row: &MeasurementRow) -> u32 {
        self.value_keys[usize::from(row.test)][usize::from(row.steps)]
    }

    #[inline]
    #[must_use]
    pub fn scale(&self, scale: u8) -> (u32, Option<u32>) {
        self.scale_keys[usize::from(scale)]
    }
}

fn texts(texts: &mut dyn Iterator<Item = &str>) -> Arc<Dictionary> {
    let words: Vec<String> = texts.map(str::to_owned).collect();
    Dictionary::words(&words)
}

fn codes(words: &Words) -> (Arc<Dictionary>, Arc<Dictionary>, Vec<(u32, u32)>) {
    let (mut codes, mut systems) = (Texts::default(), Texts::default());
    let keys = words.diagnoses.iter().map(|word| (codes.key(&word.code), systems.key(word.system.name()))).collect();
    (codes.done(), systems.done(), keys)
}

fn units(words: &Words) -> (Arc<Dictionary>, Vec<u32>) {
    let mut units = Texts::default();
    let keys = words.tests.iter().map(|test| units.key(&test.unit)).collect();
    (units.done(), keys)
}

/// Every value that a test can have, each once: many tests share the same numbers.
fn values(words: &Words) -> (Arc<Dictionary>, Vec<Vec<u32>>) {
    let mut known: Vec<f64> = Vec::new();
    let mut index = std::collections::HashMap::new();
    let mut key = |value: f64| {
        *index.entry(value.to_bits()).or_insert_with(|| {
            known.push(value);
            known.len() as u32 - 1
        })
    };
    let of_test = |test: usize, steps: u16| MeasurementRow {
        date: Day(0),
        test: test as u8,
        steps,
        comparator: crate::journal::patient::Comparator::Exact,
        recorded_on: Day(0),
    };
    let mut keys = Vec::new();
    for (number, test) in words.tests.iter().enumerate() {
        keys.push((0..=test.most).map(|steps| key(words.value(&of_test(number, steps)))).collect());
    }
    (Dictionary::doubles(known.into_iter()), keys)
}

type ScaleKeys = Vec<(u32, Option<u32>)>;

fn scales(words: &Words) -> (Arc<Dictionary>, Arc<Dictionary>, ScaleKeys) {
    let (mut instruments, mut items) = (Texts::default(), Texts::default());
    let keys = words.scales.iter().map(|scale| {
        let item = (!scale.item.is_empty()).then(|| items.key(&scale.item));
        (instruments.key(&scale.instrument), item)
    });
    let keys = keys.collect();
    (instruments.done(), items.done(), keys)
}
