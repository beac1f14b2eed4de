//! A batch's columns as the readers of facts want them: days as numbers, words through dictionaries.

use super::ids::{Id, IdKind};
use arrow::array::{
    Array, ArrayRef, AsArray, BooleanArray, DictionaryArray, Float64Array, Int32Array, Int64Array, StringArray,
};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Date32Type, Int32Type};
use arrow::record_batch::RecordBatch;
use std::sync::Arc;

/// Words as they are kept while reading: each distinct one once.
pub(super) fn word_type() -> DataType {
    DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8))
}

/// Words by their number in a dictionary.
pub struct Words {
    array: DictionaryArray<Int32Type>,
    values: ArrayRef,
}

impl Words {
    #[must_use]
    pub fn keys(&self) -> &[i32] {
        self.array.keys().values()
    }

    /// The dictionary, the same array for batches that share it.
    #[must_use]
    pub fn dictionary(&self) -> &ArrayRef {
        &self.values
    }

    #[must_use]
    pub fn word(&self, key: i32) -> &str {
        let values: &StringArray = self.values.as_string();
        if values.is_null(key as usize) { "" } else { values.value(key as usize) }
    }

    /// The word of a row; empty for none.
    #[must_use]
    pub fn at(&self, row: usize) -> &str {
        if self.is_null(row) { "" } else { self.word(self.keys()[row]) }
    }

    /// The number of a row's word; `None` for none.
    #[must_use]
    pub fn key(&self, row: usize) -> Option<i32> {
        (!self.is_null(row)).then(|| self.keys()[row])
    }

    #[must_use]
    pub fn is_null(&self, row: usize) -> bool {
        self.array.is_null(row)
    }
}

/// Patient ids of a batch.
pub enum IdColumn {
    Whole(Int64Array),
    Text(Words),
}

impl IdColumn {
    #[must_use]
    pub fn at(&self, row: usize) -> Id<'_> {
        match self {
            IdColumn::Whole(ids) => Id::Whole(ids.value(row)),
            IdColumn::Text(words) => Id::Text(words.word(words.keys()[row]).as_bytes()),
        }
    }

    #[must_use]
    pub fn is_null(&self, row: usize) -> bool {
        match self {
            IdColumn::Whole(ids) => ids.is_null(row),
            IdColumn::Text(words) => words.is_null(row),
        }
    }
}

/// A column that a cast cannot bring into the canonical type.
#[derive(Debug, thiserror::Error)]
#[error("column `{column}` is of type {found}, expected {expected}")]
pub struct WrongType {
    pub column: String,
    pub found: String,
    pub expected: &'static str,
}

/// Typed access to the columns of one batch; a column that is not there reads as all missing.
pub struct Columns<'a> {
    batch: &'a RecordBatch,
}

impl<'a> Columns<'a> {
    #[must_use]
    pub fn new(batch: &'a RecordBatch) -> Columns<'a> {
        Columns { batch }
    }

    #[must_use]
    pub fn rows(&self) -> usize {
        self.batch.num_rows()
    }

    fn find(&self, name: &str) -> Option<&'a ArrayRef> {
        self.batch.column_by_name(name)
    }

    fn typed(&self, name: &str, wanted: &DataType, expected: &'static str) -> Result<ArrayRef, WrongType> {
        let Some(array) = self.find(name) else { return Ok(arrow::array::new_null_array(wanted, self.rows())) };
        if array.data_type() == wanted {
            return Ok(Arc::clone(array));
        }
        let wrong = || WrongType { column: name.to_owned(), found: array.data_type().to_string(), expected };
        // A cast of text would turn what it cannot read into missing values without a word.
        let is_text = matches!(array.data_type(), DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View)
            || matches!(array.data_type(), DataType::Dictionary(_, values) if values.is_string());
        if is_text != matches!(wanted, DataType::Dictionary(_, _)) {
            return Err(wrong());
        }
        cast(array, wanted).map_err(|_| wrong())
    }

    pub fn ids(&self, name: &str) -> Result<IdColumn, WrongType> {
        let whole = self.find(name).and_then(|array| IdKind::of(array.data_type())) == Some(IdKind::Whole);
        if whole {
            let array = self.typed(name, &DataType::Int64, "a whole number or text")?;
            return Ok(IdColumn::Whole(array.as_primitive().clone()));
        }
        Ok(IdColumn::Text(self.words(name)?))
    }

    pub fn days(&self, name: &str) -> Result<Int32Array, WrongType> {
        let dates = self.typed(name, &DataType::Date32, "a date")?;
        Ok(dates.as_primitive::<Date32Type>().reinterpret_cast::<Int32Type>())
    }

    pub fn words(&self, name: &str) -> Result<Words, WrongType> {
        let array = self.typed(name, &word_type(), "text")?;
        let array = array.as_dictionary::<Int32Type>().clone();
        let values = Arc::clone(array.values());
        Ok(Words { array, values })
    }

    pub fn numbers(&self, name: &str) -> Result<Float64Array, WrongType> {
        Ok(self.typed(name, &DataType::Float64, "a number")?.as_primitive().clone())
    }

    pub fn flags(&self, name: &str) -> Result<BooleanArray, WrongType> {
        Ok(self.typed(name, &DataType::Boolean, "yes or no")?.as_boolean().clone())
    }
}

impl IdColumn {
    /// Whether two rows name the same patient; both must have an id.
    #[must_use]
    pub fn same(&self, a: usize, b: usize) -> bool {
        match self {
            IdColumn::Whole(ids) => ids.values()[a] == ids.values()[b],
            // Equal keys are equal words; unequal ones can still be when a writer repeats a word.
            IdColumn::Text(words) => words.keys()[a] == words.keys()[b] || self.at(a) == self.at(b),
        }
    }
}
