//! Who the patients are, as far as subgroups and the baseline need it: age, sex, GP, target groups, quiet or not.

use super::cells::NO_DAY;
use super::index::Index;
use super::names;
use super::problems::Problems;
use super::table::Table;
use crate::clinical::{Day, Sex};
use std::path::Path;

/// Of each row of the index.
#[derive(Debug, Clone, Default)]
pub struct Patients {
    /// Whole years on the index day; not-a-number when not known.
    pub age: Vec<f64>,
    pub sex: Vec<Option<Sex>>,
    pub practice: Option<Vec<Option<u32>>>,
    /// Age bands, sex, GP and so on.
    pub dimensions: Vec<Dimension>,
    /// Rows of outcomes of whom the file tells nothing.
    pub unmatched: u64,
}

/// A way to part the patients.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dimension {
    pub name: &'static str,
    /// Each level's name and its rows, ascending.
    pub levels: Vec<(String, Vec<u32>)>,
    /// A patient may be in several levels.
    pub overlapping: bool,
}

/// Bounds of age bands: children, then adults in working age, then as the frailty rule sets begin. PROPOSAL.
const AGE_BANDS: [(&str, f64); 5] =
    [("0-17", 0.0), ("18-44", 18.0), ("45-64", 45.0), ("65-79", 65.0), ("80 and older", 80.0)];

/// Reads a file of patients and finds each row of the index in it.
pub fn read(path: &Path, index: &Index, problems: &mut Problems) -> Option<Patients> {
    let table = Table::open(path, &|_| true, problems)?;
    let ids = table.need(names::PATIENT, problems)?;
    let ids = index.alike(table.ids(ids, problems));
    let (own, order, twice) = Index::of(ids, None);
    if !twice.is_empty() {
        problems.push(&table.file, format!("a patient comes again in {}; keep one row for each", table.told(&twice)));
    }
    let mut near = 0;
    let place = |row: usize| {
        let found = own.find(index.id(row), None, near);
        near = found.unwrap_or(near);
        found.map(|found| order.row(found))
    };
    let places: Vec<Option<usize>> = (0..index.rows()).map(place).collect();
    let mut patients =
        Patients { unmatched: places.iter().filter(|place| place.is_none()).count() as u64, ..Patients::default() };
    patients.age = ages(&table, index, &places, problems);
    patients.sex = sexes(&table, &places, problems);
    patients.practice = table.find(names::PRACTICE).map(|column| of_rows(&table.words(column, problems).of, &places));
    patients.dimensions = dimensions(&table, &patients, &places, problems);
    Some(patients)
}

fn of_rows<T: Copy>(column: &[Option<T>], places: &[Option<usize>]) -> Vec<Option<T>> {
    places.iter().map(|place| place.and_then(|place| column[place])).collect()
}

fn ages(table: &Table, index: &Index, places: &[Option<usize>], problems: &mut Problems) -> Vec<f64> {
    if let Some(column) = table.find(names::AGE) {
        let ages = table.numbers(column, problems);
        return places.iter().map(|place| place.map_or(f64::NAN, |place| ages[place].floor())).collect();
    }
    let Some(column) = table.find(names::BORN) else { return vec![f64::NAN; places.len()] };
    let born = table.days(column, problems);
    let Some(days) = index.days() else {
        let what =
            "ages come from days of birth only when the outcomes have a column `index_day`; or give a column `age`";
        problems.push(&table.file, what);
        return Vec::new();
    };
    let age = |(row, place): (usize, &Option<usize>)| {
        let born = place.map(|place| born[place]).filter(|born| *born != NO_DAY);
        born.map_or(f64::NAN, |born| f64::from(Day(born).age_on(Day(days[row]))))
    };
    places.iter().enumerate().map(age).collect()
}

fn sexes(table: &Table, places: &[Option<usize>], problems: &mut Problems) -> Vec<Option<Sex>> {
    let Some(column) = table.find(names::SEX) else { return vec![None; places.len()] };
    let words = table.words(column, problems);
    let known: Vec<Option<Sex>> = words.distinct.iter().map(|word| Sex::parse(word)).collect();
    let sex = |place: Option<usize>| words.of[place?].and_then(|word| known[word as usize]);
    places.iter().map(|place| sex(*place)).collect()
}

fn dimensions(table: &Table, patients: &Patients, places: &[Option<usize>], problems: &mut Problems) -> Vec<Dimension> {
    let mut dimensions = Vec::new();
    let band = |age: f64| AGE_BANDS.iter().rposition(|(_, from)| age >= *from);
    let bands = AGE_BANDS.iter().map(|(name, _)| (*name).to_owned()).collect();
    dimensions.push(parted("age", bands, patients.age.iter().map(|age| band(*age))));
    let sexes: Vec<Sex> = vec![Sex::Female, Sex::Male];
    let names_of = sexes.iter().map(|sex| sex.name().to_owned()).collect();
    dimensions.push(parted(
        "sex",
        names_of,
        patients.sex.iter().map(|sex| sexes.iter().position(|one| Some(*one) == *sex)),
    ));
    if let Some(column) = table.find(names::GP) {
        let words = table.words(column, problems);
        let of = of_rows(&words.of, places);
        dimensions.push(sorted(parted("GP", words.distinct, of.iter().map(|gp| gp.map(|gp| gp as usize)))));
    }
    if let Some(column) = table.find(names::GROUPS) {
        dimensions.push(sorted(groups(&table.words(column, problems), places)));
    }
    if let Some(column) = table.find(names::QUIET) {
        let answers = of_rows(&table.answers(column, problems), places);
        let levels = vec!["not quiet".to_owned(), "quiet".to_owned()];
        dimensions.push(parted("quiet", levels, answers.iter().map(|quiet| quiet.map(usize::from))));
    }
    dimensions.retain(|dimension| dimension.levels.iter().any(|(_, rows)| !rows.is_empty()));
    dimensions
}

fn parted(name: &'static str, levels: Vec<String>, of: impl Iterator<Item = Option<usize>>) -> Dimension {
    let mut levels: Vec<(String, Vec<u32>)> = levels.into_iter().map(|level| (level, Vec::new())).collect();
    for (row, level) in of.enumerate() {
        if let Some(level) = level {
            levels[level].1.push(row as u32);
        }
    }
    Dimension { name, levels, overlapping: false }
}

/// Several groups of one patient stand in one cell, parted by comma, semicolon, bar or blank.
fn groups(words: &super::cells::Words, places: &[Option<usize>]) -> Dimension {
    let mut levels: std::collections::BTreeMap<&str, Vec<u32>> = std::collections::BTreeMap::new();
    for (row, place) in places.iter().enumerate() {
        let cell = place.and_then(|place| words.of[place]).map_or("", |word| words.distinct[word as usize].as_str());
        let mut of_row: Vec<&str> = cell.split([',', ';', '|', ' ']).filter(|group| !group.is_empty()).collect();
        of_row.sort_unstable();
        of_row.dedup();
        of_row.into_iter().for_each(|group| levels.entry(group).or_default().push(row as u32));
    }
    let levels = levels.into_iter().map(|(name, rows)| (name.to_owned(), rows)).collect();
    Dimension { name: "target group", levels, overlapping: true }
}

/// By name, whatever the order of the rows.
fn sorted(mut dimension: Dimension) -> Dimension {
    dimension.levels.sort();
    dimension
}
