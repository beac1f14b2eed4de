//! The cells of a column as numbers, days, answers, words or ids. What cannot be read is told, once for each column.

use super::problems::Problems;
use super::table::{Data, Table};
use crate::clinical::Day;
use crate::observe::ids::{Id, IdKind, Ids};
use arrow::array::{Array, ArrayRef, ArrowPrimitiveType, AsArray, StringArray, TypedDictionaryArray};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Date32Type, Float64Type, Int32Type, Int64Type};
use std::collections::HashMap;

/// No day.
pub const NO_DAY: i32 = i32::MIN;

/// Words of a column: the distinct ones in the order they came, and which one each row has.
#[derive(Debug, Default, Clone)]
pub struct Words {
    pub distinct: Vec<String>,
    /// `None` for an empty cell.
    pub of: Vec<Option<u32>>,
}

impl Table {
    /// Numbers; an empty cell is not-a-number.
    pub fn numbers(&self, column: usize, problems: &mut Problems) -> Vec<f64> {
        let mut found = Found::new(self.rows, f64::NAN);
        match self.data() {
            Data::Csv(csv) => csv.column(column).for_each(|cell| found.push(number(cell, csv.comma))),
            Data::Parquet(columns) => found.extend_as::<Float64Type>(&columns[column], finite),
        }
        self.sound(column, found, "a number", problems)
    }

    /// Days, as numbers of [`Day`]; [`NO_DAY`] for an empty cell. A time of day is left out.
    pub fn days(&self, column: usize, problems: &mut Problems) -> Vec<i32> {
        let mut found = Found::new(self.rows, NO_DAY);
        match self.data() {
            Data::Csv(csv) => csv.column(column).for_each(|cell| found.push(day(cell))),
            Data::Parquet(columns) => found.extend_as::<Date32Type>(&columns[column], |day| Ok(Some(day))),
        }
        self.sound(column, found, "a day (yyyy-mm-dd)", problems)
    }

    /// Answers: true and false, or 1 and 0; nothing for an empty cell.
    pub fn answers(&self, column: usize, problems: &mut Problems) -> Vec<Option<bool>> {
        let mut found = Found::new(self.rows, None);
        match self.data() {
            Data::Csv(csv) => csv.column(column).for_each(|cell| found.push(answer(cell).map(Some))),
            Data::Parquet(columns) => {
                let pieces = &columns[column];
                let numeric = pieces
                    .first()
                    .is_some_and(|piece| piece.data_type().is_numeric() || *piece.data_type() == DataType::Boolean);
                if numeric {
                    found.extend_as::<Float64Type>(pieces, |number| truth(number).map(Some));
                } else {
                    found.extend_from_texts(pieces, |text| answer(text).map(Some));
                }
            }
        }
        self.sound(column, found, "0, 1, true or false", problems)
    }

    /// Words.
    pub fn words(&self, column: usize, problems: &mut Problems) -> Words {
        let mut distinct: Vec<String> = Vec::new();
        let mut known: HashMap<String, u32> = HashMap::new();
        let mut last = 0;
        let mut add = |text: &str| -> Option<u32> {
            // Rows of one word mostly come together.
            match distinct.get(last as usize) {
                _ if text.is_empty() => return None,
                Some(word) if word == text => return Some(last),
                _ => {}
            }
            last = known.get(text).copied().unwrap_or_else(|| {
                distinct.push(text.to_owned());
                known.insert(text.to_owned(), distinct.len() as u32 - 1);
                distinct.len() as u32 - 1
            });
            Some(last)
        };
        let mut found = Found::new(self.rows, None);
        match self.data() {
            Data::Csv(csv) => csv.column(column).for_each(|cell| found.push(Ok(Some(add(cell))))),
            Data::Parquet(columns) => {
                for piece in &columns[column] {
                    match piece.as_dictionary_opt::<Int32Type>().and_then(|words| words.downcast_dict::<StringArray>())
                    {
                        Some(words) => coded(words, &mut add, &mut found),
                        None => found.extend_from_texts(std::slice::from_ref(piece), |text| Ok(Some(add(text)))),
                    }
                }
            }
        }
        let of = self.sound(column, found, "text", problems);
        Words { distinct, of }
    }

    /// Ids; an empty one is told. Whole numbers stay numbers, so that 7 and 07 are two patients only as texts.
    pub fn ids(&self, column: usize, problems: &mut Problems) -> Ids {
        let (ids, empty) = match self.data() {
            Data::Csv(csv) => {
                let whole = |cell: &str| cell.parse::<i64>().ok().filter(|id| id.to_string().len() == cell.len());
                let kind =
                    if csv.column(column).all(|cell| whole(cell).is_some()) { IdKind::Whole } else { IdKind::Text };
                let mut ids = Ids::new(kind);
                let read = |cell| {
                    if kind == IdKind::Whole {
                        Id::Whole(whole(cell).unwrap_or_default())
                    } else {
                        Id::Text(cell.as_bytes())
                    }
                };
                csv.column(column).for_each(|cell| ids.push(read(cell)));
                (ids, csv.column(column).enumerate().filter(|(_, cell)| cell.is_empty()).map(|(row, _)| row).collect())
            }
            Data::Parquet(columns) => arrow_ids(&columns[column]),
        };
        self.tell_unless_empty(column, &empty, "is empty", problems);
        ids
    }

    /// The cells; what cannot be read is told.
    fn sound<T>(&self, column: usize, found: Found<T>, what: &str, problems: &mut Problems) -> Vec<T> {
        self.tell_unless_empty(column, &found.wrong, &format!("is not {what}"), problems);
        found.cells
    }

    fn tell_unless_empty(&self, column: usize, rows: &[usize], what: &str, problems: &mut Problems) {
        if !rows.is_empty() {
            problems.push(&self.file, format!("column `{}` {what} in {}", self.name(column), self.told(rows)));
        }
    }
}

/// Cells as they are read, and the rows of those that cannot be.
struct Found<T> {
    cells: Vec<T>,
    /// What stands for a cell that holds nothing.
    empty: T,
    wrong: Vec<usize>,
}

impl<T: Copy> Found<T> {
    fn new(rows: usize, empty: T) -> Found<T> {
        Found { cells: Vec::with_capacity(rows), empty, wrong: Vec::new() }
    }

    fn push(&mut self, cell: Result<Option<T>, ()>) {
        let read = cell.unwrap_or_else(|()| {
            self.wrong.push(self.cells.len());
            None
        });
        self.cells.push(read.unwrap_or(self.empty));
    }

    /// Every row of a Parquet column as numbers of one type.
    fn extend_as<P: ArrowPrimitiveType>(
        &mut self,
        pieces: &[ArrayRef],
        mut read: impl FnMut(P::Native) -> Result<Option<T>, ()>,
    ) {
        self.extend_from(pieces, &P::DATA_TYPE, |found, piece, cells| {
            let numbers = cells.as_primitive::<P>();
            match numbers.null_count() {
                0 => numbers.values().iter().for_each(|number| found.push(read(*number))),
                _ => numbers
                    .iter()
                    .enumerate()
                    .for_each(|(row, cell)| found.push_or_empty(cell.map(&mut read), piece, row)),
            }
        });
    }

    /// Every row of a Parquet column as texts.
    fn extend_from_texts(&mut self, pieces: &[ArrayRef], mut read: impl FnMut(&str) -> Result<Option<T>, ()>) {
        self.extend_from(pieces, &DataType::Utf8, |found, piece, cells| {
            let texts = cells.as_string::<i32>().iter().enumerate();
            texts.for_each(|(row, cell)| found.push_or_empty(cell.map(&mut read), piece, row));
        });
    }

    /// Every piece of a Parquet column, as it is and through one type; a cell that the type cannot hold is wrong.
    fn extend_from(
        &mut self,
        pieces: &[ArrayRef],
        kind: &DataType,
        mut extend: impl FnMut(&mut Found<T>, &ArrayRef, &ArrayRef),
    ) {
        for piece in pieces {
            match cast(piece, kind) {
                Ok(cells) => extend(self, piece, &cells),
                Err(_) => (0..piece.len()).for_each(|row| self.push_or_empty(None, piece, row)),
            }
        }
    }

    /// A cell that was cast; one that casting emptied is wrong.
    fn push_or_empty(&mut self, cast: Option<Result<Option<T>, ()>>, piece: &ArrayRef, row: usize) {
        self.push(cast.unwrap_or_else(|| if piece.is_null(row) { Ok(None) } else { Err(()) }));
    }
}

/// Words by their codes: each distinct one is looked up once.
fn coded(
    words: TypedDictionaryArray<Int32Type, StringArray>,
    add: &mut impl FnMut(&str) -> Option<u32>,
    found: &mut Found<Option<u32>>,
) {
    let mut numbers: Vec<Option<Option<u32>>> = vec![None; words.values().len()];
    for key in words.keys() {
        let word = key
            .filter(|key| words.values().is_valid(*key as usize))
            .and_then(|key| *numbers[key as usize].get_or_insert_with(|| add(words.values().value(key as usize))));
        found.push(Ok(Some(word)));
    }
}

fn arrow_ids(pieces: &[ArrayRef]) -> (Ids, Vec<usize>) {
    let kind = pieces.first().and_then(|piece| IdKind::of(piece.data_type())).unwrap_or(IdKind::Text);
    let rows = pieces.iter().map(|piece| piece.len()).sum();
    let mut ids = match kind {
        IdKind::Whole => Ids::Whole(Vec::with_capacity(rows)),
        IdKind::Text => Ids::new(kind),
    };
    let mut empty = Vec::new();
    for piece in pieces {
        let target = if kind == IdKind::Whole { DataType::Int64 } else { DataType::Utf8 };
        let cells = cast(piece, &target).unwrap_or_else(|_| arrow::array::new_null_array(&target, piece.len()));
        if cells.null_count() > 0 {
            empty.extend((0..cells.len()).filter(|at| cells.is_null(*at)).map(|at| ids.len() + at));
        }
        match &mut ids {
            Ids::Whole(ids) => ids.extend_from_slice(cells.as_primitive::<Int64Type>().values()),
            Ids::Text { .. } => {
                let texts = cells.as_string::<i32>();
                (0..texts.len()).for_each(|at| ids.push(Id::Text(texts.value(at).as_bytes())));
            }
        }
    }
    (ids, empty)
}

fn number(cell: &str, comma: bool) -> Result<Option<f64>, ()> {
    if cell.is_empty() || cell.eq_ignore_ascii_case("na") {
        return Ok(None);
    }
    let read = cell.parse::<f64>().or_else(|error| if comma { cell.replace(',', ".").parse() } else { Err(error) });
    // Words such as `inf` and `nan` are numbers to the reader of texts, but not to us.
    read.ok().filter(|number| number.is_finite()).map(Some).ok_or(())
}

/// Not-a-number is an empty cell; an infinity is no score.
fn finite(number: f64) -> Result<Option<f64>, ()> {
    if number.is_nan() { Ok(None) } else { number.is_finite().then_some(Some(number)).ok_or(()) }
}

fn truth(number: f64) -> Result<Option<bool>, ()> {
    match number {
        0.0 => Ok(Some(false)),
        1.0 => Ok(Some(true)),
        empty if empty.is_nan() => Ok(None),
        _ => Err(()),
    }
}

fn day(cell: &str) -> Result<Option<i32>, ()> {
    if cell.is_empty() {
        return Ok(None);
    }
    cell.get(..10).and_then(Day::parse_iso).map(|day| Some(day.0)).ok_or(())
}

fn answer(cell: &str) -> Result<Option<bool>, ()> {
    match cell.trim() {
        "" | "NA" | "na" => Ok(None),
        "1" | "1.0" | "true" | "True" | "TRUE" => Ok(Some(true)),
        "0" | "0.0" | "false" | "False" | "FALSE" => Ok(Some(false)),
        _ => Err(()),
    }
}
