//! The patients' ids as a result column.

use crate::journal::encoding::{Column, Dictionary};
use crate::observe::ids::{Id, IdKind, Ids};
use arrow::array::{Array, ArrayRef, Int64Array};
use arrow::compute::cast;
use arrow::datatypes::DataType;
use std::sync::Arc;

/// The type of text of few different words.
pub fn word_type() -> DataType {
    DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8))
}

/// Whole numbers of fewer rows than this for each patient are shorter as differences.
const MANY_ROWS: usize = 4;

/// The ids of a block's patients: which has how many rows, one after the other.
pub fn ids(ids: &Ids, runs: Vec<(u32, u32)>, id_type: &DataType) -> Column {
    let rows: usize = runs.iter().map(|(_, rows)| *rows as usize).sum();
    match ids {
        Ids::Whole(whole) if rows >= MANY_ROWS * runs.len() && *id_type == DataType::Int64 => {
            let known = || runs.iter().map(|(patient, _)| whole[*patient as usize]);
            let bounds = known().min().zip(known().max());
            Column::Runs(runs, Dictionary::whole(whole.iter().copied()), bounds)
        }
        Ids::Whole(whole) => {
            let array: ArrayRef = Arc::new(Int64Array::from_iter_values(each(&runs).map(|row| whole[row as usize])));
            Column::Array(if array.data_type() == id_type { array } else { cast(&array, id_type).unwrap_or(array) })
        }
        Ids::Text { .. } if rows > runs.len() => Column::Runs(runs, texts(ids), None),
        Ids::Text { .. } => Column::Keyed(Arc::new(each(&runs).collect()), texts(ids)),
    }
}

fn each(runs: &[(u32, u32)]) -> impl Iterator<Item = u32> {
    runs.iter().flat_map(|(patient, rows)| std::iter::repeat_n(*patient, *rows as usize))
}

fn texts(ids: &Ids) -> Arc<Dictionary> {
    let text = |index: usize| match ids.get(index) {
        Id::Text(bytes) => bytes,
        Id::Whole(_) => &[],
    };
    Dictionary::texts((0..ids.len()).map(text))
}

/// The Arrow type in which ids are written.
#[must_use]
pub fn id_type(kind: IdKind, original: &DataType) -> DataType {
    match kind {
        IdKind::Whole => original.clone(),
        IdKind::Text => word_type(),
    }
}
