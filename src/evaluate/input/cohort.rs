//! Everything that is evaluated, in one order of rows.

use super::outcomes::{self, Outcome};
use super::patients::{self, Patients};
use super::problems::Problems;
use super::scores::{self, Scored};
use std::path::{Path, PathBuf};

/// Rows of patient and index day, ascending, with their outcomes, scores and persons.
#[derive(Debug)]
pub struct Cohort {
    /// Patients by number, row by row.
    pub patient: Vec<u32>,
    /// Days, row by row, when the outcomes tell them.
    pub days: Option<Vec<i32>>,
    pub outcomes: Vec<Outcome>,
    pub models: Vec<Scored>,
    pub patients: Option<Patients>,
    pub practice: Option<Vec<Option<u32>>>,
}

/// What to read.
#[derive(Debug, Clone, Copy)]
pub struct Read<'a> {
    pub scores: &'a [PathBuf],
    pub outcomes: &'a Path,
    pub patients: Option<&'a Path>,
    /// Columns of outcomes; empty for the file's own one.
    pub wanted: &'a [String],
    pub horizon: Option<f64>,
    /// Models whose score is turned round, because a lower one means a higher risk.
    pub reversed: &'a [String],
}

impl Cohort {
    #[must_use]
    pub fn rows(&self) -> usize {
        self.patient.len()
    }

    /// Whether some patient has several rows.
    #[must_use]
    pub fn repeats(&self) -> bool {
        self.patient.windows(2).any(|pair| pair[0] == pair[1])
    }
}

/// Reads and joins all files.
///
/// # Errors
/// Everything that is wrong with any of them.
pub fn read(what: Read) -> Result<Cohort, Problems> {
    let mut problems = Problems::default();
    let Some(read) = outcomes::read(what.outcomes, what.wanted, what.horizon, &mut problems) else {
        return Err(problems);
    };
    let patients = what.patients.and_then(|path| patients::read(path, &read.index, &mut problems));
    let mut models: Vec<Scored> =
        what.scores.iter().flat_map(|path| scores::read(path, &read.index, &mut problems)).collect();
    models.sort_by(|a, b| a.name.cmp(&b.name));
    for pair in models.windows(2).filter(|pair| pair[0].name == pair[1].name) {
        problems.push("scores", format!("two files hold the model `{}`; rename one", pair[0].name));
    }
    if models.is_empty() && problems.0.is_empty() {
        problems.push("scores", "there are none");
    }
    turn(&mut models, what.reversed, &mut problems);
    let practice = read.practice.or_else(|| patients.as_ref().and_then(|patients| patients.practice.clone()));
    let days = read.index.days().map(<[i32]>::to_vec);
    let cohort = Cohort { patient: read.index.patient, days, outcomes: read.outcomes, models, patients, practice };
    problems.or(cohort)
}

/// Turns scores whose lower values mean a higher risk, when asked to; never of its own accord.
fn turn(models: &mut [Scored], reversed: &[String], problems: &mut Problems) {
    for name in reversed {
        match models.iter_mut().find(|model| model.name == *name) {
            Some(model) if model.probability.is_some() => {
                problems.push("scores", format!("`{name}` gives probabilities, which cannot be turned round"));
            }
            Some(model) => {
                model.value.iter_mut().for_each(|value| *value = -*value);
                model.series.iter_mut().flat_map(|day| &mut day.scores).for_each(|(_, value)| *value = -*value);
            }
            None => problems.push("scores", format!("there is no model `{name}` to turn round")),
        }
    }
}
