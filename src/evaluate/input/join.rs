//! Scores put where the index has their patient and day.

use super::cells::{NO_DAY, Words};
use super::index::Index;
use super::scores::{Rows, Scored};

/// What was joined so far.
pub struct Join<'a> {
    index: &'a Index,
    /// Models in the order they came.
    pub scored: Vec<Scored>,
    /// By model, whether a row of the index has been met.
    seen: Vec<Vec<bool>>,
    /// Where the last row was found.
    near: usize,
    /// Rows, of those last added, whose model, patient and day were met before.
    pub twice: Vec<usize>,
}

impl<'a> Join<'a> {
    #[must_use]
    pub fn new(index: &'a Index) -> Join<'a> {
        Join { index, scored: Vec::new(), seen: Vec::new(), near: 0, twice: Vec::new() }
    }

    /// Adds more rows of one file.
    pub fn add(&mut self, rows: &Rows) {
        self.twice.clear();
        let models: Vec<usize> = rows.models.distinct.iter().map(|name| self.model(name, rows)).collect();
        for (row, word) in rows.models.of.iter().enumerate() {
            let Some(model) = word.map(|word| models[word as usize]) else { continue };
            let day = rows.days.as_ref().map(|days| days[row]).filter(|day| *day != NO_DAY);
            let Some(at) = self.index.find(rows.ids.get(row), day, self.near) else {
                self.scored[model].unmatched += 1;
                continue;
            };
            self.near = at;
            if std::mem::replace(&mut self.seen[model][at], true) {
                self.twice.push(row);
                continue;
            }
            let scored = &mut self.scored[model];
            scored.value[at] = rows.values[row];
            if let (Some(to), Some(from)) = (&mut scored.probability, &rows.probabilities) {
                to[at] = from[row];
            }
            if let (None, Some(versions)) = (&scored.version, &rows.versions) {
                scored.version = version(versions, row);
            }
        }
    }

    /// The number of a model; one not met before is begun.
    fn model(&mut self, name: &str, rows: &Rows) -> usize {
        if let Some(known) = self.scored.iter().position(|scored| scored.name == name) {
            return known;
        }
        let none = || vec![f64::NAN; self.index.rows()];
        self.scored.push(Scored {
            name: name.to_owned(),
            version: None,
            value: none(),
            probability: rows.probabilities.is_some().then(none),
            unmatched: 0,
            series: Vec::new(),
        });
        self.seen.push(vec![false; self.index.rows()]);
        self.scored.len() - 1
    }
}

fn version(versions: &Words, row: usize) -> Option<String> {
    Some(versions.distinct[versions.of[row]? as usize].clone())
}
