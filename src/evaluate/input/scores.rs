//! Scores of one or several rule sets, ours or anyone's.

use super::cells::{NO_DAY, Words};
use super::index::Index;
use super::names;
use super::problems::Problems;
use super::table::Table;
use crate::observe::ids::Ids;
use std::collections::BTreeMap;
use std::path::Path;

/// One rule set's scores, row by row of the outcomes.
#[derive(Debug, Clone)]
pub struct Scored {
    pub name: String,
    pub version: Option<String>,
    /// Not-a-number where there is none.
    pub value: Vec<f64>,
    /// Probabilities, when the file gives them.
    pub probability: Option<Vec<f64>>,
    /// Rows of scores that no outcome matched.
    pub unmatched: u64,
    /// Lists of the index days, for steadiness; empty when there is one day only.
    pub series: Vec<OneDay>,
}

/// Everybody's score on one day: the patient by number within the file, and the score.
#[derive(Debug, Clone, PartialEq)]
pub struct OneDay {
    pub day: i32,
    pub scores: Vec<(u32, f64)>,
}

fn known(column: &str) -> bool {
    let kinds = [names::PATIENT, names::DAY, names::MODEL, names::VERSION, names::SCORE, names::PROBABILITY];
    kinds.iter().any(|names| names.iter().any(|name| column.eq_ignore_ascii_case(name)))
}

/// Reads a file of scores.
pub fn read(path: &Path, index: &Index, problems: &mut Problems) -> Vec<Scored> {
    let Some(table) = Table::open(path, &known, problems) else { return Vec::new() };
    let patient = table.need(names::PATIENT, problems);
    let (score, probability) = (table.find(names::SCORE), table.find(names::PROBABILITY));
    let Some(main) = score.or_else(|| probability.or_else(|| table.need(&["value", "score", "probability"], problems)))
    else {
        return Vec::new();
    };
    let Some(patient) = patient else { return Vec::new() };
    let ids = index.alike(table.ids(patient, problems));
    let days = table.find(names::DAY).map(|column| table.days(column, problems));
    let values = table.numbers(main, problems);
    let of = |column| if column == main { values.clone() } else { table.numbers(column, problems) };
    let probabilities = probability.map(of);
    let rows = Rows {
        models: model_words(&table, problems),
        versions: table.find(names::VERSION).map(|column| table.words(column, problems)),
        values,
        probabilities,
        table: &table,
        days,
        ids,
    };
    rows.check(index, problems);
    rows.by_model(index, problems)
}

/// A file without a column of models is one model, named as the file.
fn model_words(table: &Table, problems: &mut Problems) -> Words {
    match table.find(names::MODEL) {
        Some(column) => table.words(column, problems),
        None => {
            let stem = table.file.rsplit_once('.').map_or(table.file.as_str(), |(stem, _)| stem);
            Words { distinct: vec![stem.to_owned()], of: vec![Some(0); table.rows] }
        }
    }
}

/// The file, column by column.
struct Rows<'a> {
    table: &'a Table,
    ids: Ids,
    days: Option<Vec<i32>>,
    models: Words,
    versions: Option<Words>,
    values: Vec<f64>,
    probabilities: Option<Vec<f64>>,
}

impl Rows<'_> {
    fn check(&self, index: &Index, problems: &mut Problems) {
        let outside = |p: &f64| *p < 0.0 || *p > 1.0;
        let of = self.probabilities.iter().flatten().enumerate().filter(|(_, p)| outside(p));
        let wrong: Vec<usize> = of.map(|(row, _)| row).collect();
        if !wrong.is_empty() {
            let told = self.table.told(&wrong);
            let what = format!("probabilities are outside 0 to 1 in {told}; points belong in a column `score`");
            problems.push(&self.table.file, what);
        }
        let nameless: Vec<usize> =
            self.models.of.iter().enumerate().filter(|(_, m)| m.is_none()).map(|(row, _)| row).collect();
        if !nameless.is_empty() {
            problems.push(&self.table.file, format!("the model is empty in {}", self.table.told(&nameless)));
        }
        if self.days.is_none() && index.days().is_some() && index.repeats() {
            let what = "there is no column `index_day`, but the outcomes have several days of a patient";
            problems.push(&self.table.file, what);
        }
    }

    fn by_model(&self, index: &Index, problems: &mut Problems) -> Vec<Scored> {
        let empty = |name: &String| Scored {
            name: name.clone(),
            version: None,
            value: vec![f64::NAN; index.rows()],
            probability: self.probabilities.as_ref().map(|_| vec![f64::NAN; index.rows()]),
            unmatched: 0,
            series: Vec::new(),
        };
        let mut scored: Vec<Scored> = self.models.distinct.iter().map(empty).collect();
        let mut seen = vec![vec![false; index.rows()]; scored.len()];
        let (mut twice, mut near) = (Vec::new(), 0);
        for row in 0..self.values.len() {
            let Some(model) = self.models.of[row].map(|model| model as usize) else { continue };
            let day = self.days.as_ref().map(|days| days[row]).filter(|day| *day != NO_DAY);
            let Some(at) = index.find(self.ids.get(row), day, near) else {
                scored[model].unmatched += 1;
                continue;
            };
            near = at;
            if std::mem::replace(&mut seen[model][at], true) {
                twice.push(row);
                continue;
            }
            scored[model].value[at] = self.values[row];
            if let (Some(to), Some(from)) = (&mut scored[model].probability, &self.probabilities) {
                to[at] = from[row];
            }
            let version =
                self.versions.as_ref().and_then(|words| Some(words.distinct[words.of[row]? as usize].clone()));
            scored[model].version = scored[model].version.take().or(version);
        }
        self.tell_twice(&twice, index, problems);
        self.add_series(&mut scored);
        // A probability that is never there is none: rule sets with and without a link share a column.
        for scored in &mut scored {
            scored.probability.take_if(|all| all.iter().all(|p| p.is_nan()));
        }
        scored
    }

    fn tell_twice(&self, twice: &[usize], index: &Index, problems: &mut Problems) {
        if twice.is_empty() {
            return;
        }
        let several = self.days.as_ref().is_some_and(|days| days.iter().any(|day| *day != days[0]));
        let told = self.table.told(twice);
        let what = if several && index.days().is_none() {
            format!(
                "a patient comes again on another day in {told}; give the outcomes a column `index_day` to match them"
            )
        } else {
            format!("a model, patient and index day come again in {told}; keep one row for each")
        };
        problems.push(&self.table.file, what);
    }

    /// The lists of each day, when there are several.
    fn add_series(&self, scored: &mut [Scored]) {
        let Some(days) = &self.days else { return };
        if days.iter().all(|day| *day == days[0]) {
            return;
        }
        let mut numbers = vec![0; self.ids.len()];
        let order = self.ids.order();
        for pair in order.windows(2) {
            let next = u32::from(self.ids.get(pair[0] as usize) != self.ids.get(pair[1] as usize));
            numbers[pair[1] as usize] = numbers[pair[0] as usize] + next;
        }
        let mut by_day: Vec<BTreeMap<i32, Vec<(u32, f64)>>> = vec![BTreeMap::new(); scored.len()];
        for (row, value) in self.values.iter().enumerate().filter(|(_, value)| !value.is_nan()) {
            if let Some(model) = self.models.of[row] {
                by_day[model as usize].entry(days[row]).or_default().push((numbers[row], *value));
            }
        }
        for (scored, by_day) in scored.iter_mut().zip(by_day) {
            let lists = by_day.into_iter().map(|(day, mut scores)| {
                scores.sort_by_key(|(patient, _)| *patient);
                OneDay { day, scores }
            });
            scored.series = lists.collect();
        }
    }
}
