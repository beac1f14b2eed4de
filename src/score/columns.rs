//! The patients' ids as a result column.

use super::tables::repeated;
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

/// The ids of a block's patients, each repeated as often as it has rows.
pub fn ids(ids: &Ids, rows: Vec<u32>, id_type: &DataType) -> Column {
    match ids {
        Ids::Whole(ids) => {
            let array: ArrayRef = Arc::new(Int64Array::from_iter_values(rows.iter().map(|row| ids[*row as usize])));
            Column::Array(if array.data_type() == id_type { array } else { cast(&array, id_type).unwrap_or(array) })
        }
        Ids::Text { .. } => Column::Keyed(Arc::new(rows), texts(ids)),
    }
}

fn texts(ids: &Ids) -> Arc<Dictionary> {
    let text = |index: usize| match ids.get(index) {
        Id::Text(bytes) => bytes,
        Id::Whole(_) => &[],
    };
    Dictionary::texts((0..ids.len()).map(text))
}

/// Whole numbers of fewer rows than this for each patient are shorter as differences.
const MANY_ROWS: usize = 8;

/// The same where every patient has as many rows.
pub fn ids_each(ids: &Ids, patients: Vec<u32>, each: usize, id_type: &DataType) -> Column {
    match ids {
        Ids::Whole(whole) if each >= MANY_ROWS && *id_type == DataType::Int64 => {
            let known = || patients.iter().map(|patient| whole[*patient as usize]);
            let bounds = known().min().zip(known().max());
            Column::Each(patients, each, Dictionary::whole(whole.iter().copied()), bounds)
        }
        Ids::Text { .. } if each > 1 => Column::Each(patients, each, texts(ids), None),
        _ => self::ids(ids, repeated(&patients, each), id_type),
    }
}

/// The Arrow type in which ids are written.
#[must_use]
pub fn id_type(kind: IdKind, original: &DataType) -> DataType {
    match kind {
        IdKind::Whole => original.clone(),
        IdKind::Text => word_type(),
    }
}
