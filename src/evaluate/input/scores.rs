//! Scores of one or several rule sets, ours or anyone's.

use super::cells::Words;
use super::index::Index;
use super::join::Join;
use super::names;
use super::problems::Problems;
use super::table::Table;
use crate::observe::ids::Ids;
use std::collections::BTreeMap;
use std::path::Path;

/// One rule set's scores, row by row of the outcomes.
#[derive(Debug, Clone, PartialEq)]
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
    let main = score.or_else(|| probability.or_else(|| table.need(&["value", "score", "probability"], problems)));
    let (Some(patient), Some(main)) = (patient, main) else { return Vec::new() };
    let columns = Columns { patient, main, probability };
    let mut scored = columns.by_piece(&table, index).unwrap_or_else(|| columns.whole(&table, index, problems));
    // A probability that is never there is none: rule sets with and without a link share a column.
    for scored in &mut scored {
        scored.probability.take_if(|all| all.iter().all(|p| p.is_nan()));
    }
    scored
}

/// The columns that each file has.
struct Columns {
    patient: usize,
    main: usize,
    probability: Option<usize>,
}

impl Columns {
    /// Piece by piece, so that few rows are held twice. Nothing when there is something to tell, or lists of several days:
    /// these take the file whole.
    fn by_piece(&self, table: &Table, index: &Index) -> Option<Vec<Scored>> {
        let (mut join, mut problems, mut first) = (Join::new(index), Problems::default(), None);
        let pieces = table.pieces();
        for piece in &pieces {
            let rows = self.rows(piece, index, &mut problems);
            rows.check(index, &mut problems);
            join.add(&rows);
            let several = rows.days.iter().flatten().any(|day| day != first.get_or_insert(*day));
            if several || !problems.0.is_empty() || !join.twice.is_empty() {
                return None;
            }
        }
        (!pieces.is_empty()).then_some(join.scored)
    }

    fn whole(&self, table: &Table, index: &Index, problems: &mut Problems) -> Vec<Scored> {
        let mut join = Join::new(index);
        let rows = self.rows(table, index, problems);
        rows.check(index, problems);
        join.add(&rows);
        rows.tell_twice(&join.twice, index, problems);
        rows.add_series(&mut join.scored);
        join.scored
    }

    fn rows<'a>(&self, table: &'a Table, index: &Index, problems: &mut Problems) -> Rows<'a> {
        let ids = index.alike(table.ids(self.patient, problems));
        let days = table.find(names::DAY).map(|column| table.days(column, problems));
        let values = table.numbers(self.main, problems);
        let of = |column| if column == self.main { values.clone() } else { table.numbers(column, problems) };
        let probabilities = self.probability.map(of);
        let models = model_words(table, problems);
        let versions = table.find(names::VERSION).map(|column| table.words(column, problems));
        Rows { table, ids, days, models, versions, values, probabilities }
    }
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

/// Rows of the file, column by column.
pub struct Rows<'a> {
    table: &'a Table,
    pub ids: Ids,
    pub days: Option<Vec<i32>>,
    pub models: Words,
    pub versions: Option<Words>,
    pub values: Vec<f64>,
    pub probabilities: Option<Vec<f64>>,
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
        // A whole file's models are numbered as they came, here as there.
        for (scored, by_day) in scored.iter_mut().zip(by_day) {
            let lists = by_day.into_iter().map(|(day, mut scores)| {
                scores.sort_by_key(|(patient, _)| *patient);
                OneDay { day, scores }
            });
            scored.series = lists.collect();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow::array::{ArrayRef, Date32Array, Float64Array, Int64Array, StringArray};
    use proptest::prelude::*;
    use std::sync::Arc;

    /// Patient, model, score and day of a row.
    type Cells = (i64, Option<&'static str>, Option<f64>, i32);

    fn table(rows: &[Cells], in_piece: usize, dated: bool) -> Table {
        let pieces = |of: &dyn Fn(&[Cells]) -> ArrayRef| rows.chunks(in_piece).map(of).collect::<Vec<_>>();
        let mut columns = vec![
            ("patient_id", pieces(&|rows| Arc::new(rows.iter().map(|row| row.0).collect::<Int64Array>()))),
            ("model", pieces(&|rows| Arc::new(rows.iter().map(|row| row.1).collect::<StringArray>()))),
            ("score", pieces(&|rows| Arc::new(rows.iter().map(|row| row.2).collect::<Float64Array>()))),
        ];
        if dated {
            columns.push((
                "index_day",
                pieces(&|rows| Arc::new(rows.iter().map(|row| Some(row.3)).collect::<Date32Array>())),
            ));
        }
        Table::of(columns)
    }

    fn columns(table: &Table) -> Columns {
        let of = |name| table.find(&[name]).unwrap();
        Columns { patient: of("patient_id"), main: of("score"), probability: None }
    }

    /// Everything but not-a-number is equal to itself.
    fn told(scored: &[Scored]) -> String {
        format!("{scored:?}")
    }

    fn some_rows() -> impl Strategy<Value = Vec<Cells>> {
        let model = prop_oneof![5 => Just(Some("a")), 5 => Just(Some("b")), 1 => Just(None)];
        let score = prop::option::weighted(0.9, -3.0..3.0_f64);
        prop::collection::vec((0..40_i64, model, score, prop_oneof![9 => Just(5), 1 => Just(6)]), 1..30)
    }

    proptest! {
        #[test]
        fn pieces_say_what_the_whole_says(rows in some_rows(), in_piece in 1..9_usize, dated: bool) {
            let (index, ..) = Index::of(Ids::Whole((5..35).collect()), None);
            let table = table(&rows, in_piece, dated);
            let mut problems = Problems::default();
            let whole = columns(&table).whole(&table, &index, &mut problems);
            match columns(&table).by_piece(&table, &index) {
                Some(scored) => {
                    prop_assert_eq!(told(&scored), told(&whole));
                    prop_assert_eq!(problems, Problems::default());
                }
                None => prop_assert!(!problems.0.is_empty() || rows.iter().any(|row| row.3 != rows[0].3)),
            }
        }
    }

    #[test]
    fn faults_of_several_pieces_are_told_once() {
        let rows =
            [(5, Some("a"), Some(1.0), 0), (6, None, Some(f64::INFINITY), 0), (5, Some("a"), Some(f64::INFINITY), 0)];
        let (index, ..) = Index::of(Ids::Whole(vec![5, 6]), None);
        let table = table(&rows, 1, false);
        assert_eq!(columns(&table).by_piece(&table, &index), None);
        let mut problems = Problems::default();
        columns(&table).whole(&table, &index, &mut problems);
        assert_eq!(problems.0.len(), 3, "{problems}");
        assert!(problems.0[0].contains("rows (row 2, 3)"), "{problems}");
    }
}
