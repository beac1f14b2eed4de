//! Building the columns of `scores` and `contributions`.

use crate::observe::ids::{Id, IdKind, Ids};
use arrow::array::{
    Array, ArrayRef, BooleanBuilder, DictionaryArray, Float64Array, Int32Array, Int64Array, StringArray, UInt32Array,
};
use arrow::buffer::NullBuffer;
use arrow::compute::cast;
use arrow::datatypes::{DataType, Date32Type, Int32Type};
use std::sync::Arc;

/// Text of few different words, by their numbers; a negative number is none.
pub fn words(keys: Vec<i32>, words: &Arc<StringArray>) -> ArrayRef {
    let nulls = keys.iter().any(|key| *key < 0).then(|| NullBuffer::from_iter(keys.iter().map(|key| *key >= 0)));
    let keys = Int32Array::new(keys.into(), nulls);
    let values: ArrayRef = Arc::clone(words) as ArrayRef;
    // Keys are positions in `words`, so this cannot fail; an empty column stands for the impossible.
    match DictionaryArray::<Int32Type>::try_new(keys, values) {
        Ok(array) => Arc::new(array),
        Err(_) => arrow::array::new_null_array(&word_type(), 0),
    }
}

/// The type of such text.
pub fn word_type() -> DataType {
    DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8))
}

/// The ids of a block's patients, each repeated as often as it has rows.
pub fn ids(ids: &Ids, rows: Vec<u32>, id_type: &DataType) -> ArrayRef {
    let array: ArrayRef = match ids {
        Ids::Whole(ids) => Arc::new(Int64Array::from_iter_values(rows.iter().map(|row| ids[*row as usize]))),
        Ids::Text { .. } => {
            // Ids came out of text columns, so they are text.
            let text = |index: usize| match ids.get(index) {
                Id::Text(bytes) => std::str::from_utf8(bytes).unwrap_or_default(),
                Id::Whole(_) => "",
            };
            let distinct = Arc::new(StringArray::from_iter_values((0..ids.len()).map(text)));
            return words(rows.into_iter().map(|row| row as i32).collect(), &distinct);
        }
    };
    if array.data_type() == id_type { array } else { cast(&array, id_type).unwrap_or(array) }
}

/// The Arrow type in which ids are written.
#[must_use]
pub fn id_type(kind: IdKind, original: &DataType) -> DataType {
    match kind {
        IdKind::Whole => original.clone(),
        IdKind::Text => word_type(),
    }
}

/// Days; [`crate::observe::facts::NO_DAY`] is none.
pub fn days(days: Vec<i32>) -> ArrayRef {
    let none = crate::observe::facts::NO_DAY;
    let nulls = days.contains(&none).then(|| NullBuffer::from_iter(days.iter().map(|day| *day != none)));
    Arc::new(arrow::array::PrimitiveArray::<Date32Type>::new(days.into(), nulls))
}

/// Numbers; NaN is none.
pub fn numbers(numbers: Vec<f64>) -> ArrayRef {
    let nulls = numbers.iter().any(|n| n.is_nan()).then(|| NullBuffer::from_iter(numbers.iter().map(|n| !n.is_nan())));
    Arc::new(Float64Array::new(numbers.into(), nulls))
}

pub fn counts(counts: Vec<u32>) -> ArrayRef {
    Arc::new(UInt32Array::from(counts))
}

/// Yes, no or none.
pub fn flags(flags: &[Option<bool>]) -> ArrayRef {
    let mut builder = BooleanBuilder::with_capacity(flags.len());
    flags.iter().for_each(|flag| builder.append_option(*flag));
    Arc::new(builder.finish())
}
