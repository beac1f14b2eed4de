//! Canonical tables as Parquet files, in any row order and row-group size.

use arrow::array::{ArrayRef, BooleanArray, Date32Array, Float64Array, Int64Array, RecordBatch, StringArray};
use arrow::datatypes::DataType;
use parquet::arrow::ArrowWriter;
use parquet::file::properties::{WriterProperties, WriterPropertiesBuilder, WriterVersion};
use std::fs::File;
use std::path::Path;
use std::sync::Arc;
use tidlig::clinical::Day;
use tidlig::journal::tables::{ColumnKind, Table};

/// A cell of a canonical table.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    Empty,
    /// A patient: text or whole number, as the file has it.
    Id(i64),
    Text(String),
    Date(Day),
    Number(f64),
    Flag(bool),
}

pub type Row = Vec<Cell>;

/// The tables of a journal, each with its rows.
pub type Tables = Vec<(Table, Vec<Row>)>;

/// How the tables lie on disk.
#[derive(Debug, Clone, Copy)]
pub struct Layout {
    pub row_group: usize,
    pub whole_number_ids: bool,
    /// Rows are shuffled by this seed; `None` leaves them as they are.
    pub shuffled: Option<u64>,
    pub pages: Pages,
}

/// How the values of a column are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pages {
    /// As most writers do: by numbers of a dictionary's entries.
    Keyed,
    /// As they are.
    Plain,
    /// In pages of the format's second version, a few rows each.
    Small,
}

impl Pages {
    fn properties(self) -> WriterPropertiesBuilder {
        let builder = WriterProperties::builder();
        match self {
            Pages::Keyed => builder,
            Pages::Plain => builder.set_dictionary_enabled(false),
            Pages::Small => builder
                .set_writer_version(WriterVersion::PARQUET_2_0)
                .set_data_page_row_count_limit(5)
                .set_write_batch_size(5),
        }
    }
}

/// Numbers that look random and are always the same.
pub struct Numbers(pub u64);

impl Numbers {
    /// From 0 up to, not including, `n`.
    pub fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % n
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i as u64 + 1) as usize);
        }
    }
}

/// How a patient's number is written as text.
pub fn text_id(number: i64) -> String {
    format!("p{number:05}")
}

/// Writes each table as one Parquet file, without the columns that are empty and need not be there.
pub fn write_parquet(folder: &Path, tables: &Tables, layout: Layout) {
    std::fs::create_dir_all(folder).unwrap();
    let id = if layout.whole_number_ids { DataType::Int64 } else { DataType::Utf8 };
    for (table, rows) in tables {
        let mut rows = rows.clone();
        if let Some(seed) = layout.shuffled {
            Numbers(seed).shuffle(&mut rows);
        }
        let columns: Vec<_> = table.columns().iter().enumerate().collect();
        let told =
            columns.iter().filter(|(at, column)| column.required || rows.iter().any(|row| row[*at] != Cell::Empty));
        let told: Vec<_> = told.collect();
        let places: Vec<usize> = told.iter().map(|(at, _)| *at).collect();
        let schema = Arc::new(table.schema(&id).project(&places).unwrap());
        let arrays = told.iter().map(|(at, column)| array(column.kind, layout, &rows, *at)).collect();
        let batch = RecordBatch::try_new(schema.clone(), arrays).unwrap();
        let properties = layout.pages.properties().set_max_row_group_row_count(Some(layout.row_group)).build();
        let file = File::create(folder.join(format!("{}.parquet", table.name()))).unwrap();
        let mut writer = ArrowWriter::try_new(file, schema, Some(properties)).unwrap();
        writer.write(&batch).unwrap();
        writer.close().unwrap();
    }
}

fn array(kind: ColumnKind, layout: Layout, rows: &[Row], at: usize) -> ArrayRef {
    let cells = || rows.iter().map(|row| &row[at]);
    match kind {
        ColumnKind::Id if layout.whole_number_ids => {
            Arc::new(cells().map(|cell| if let Cell::Id(id) = cell { Some(*id) } else { None }).collect::<Int64Array>())
        }
        ColumnKind::Id => {
            let ids = cells().map(|cell| if let Cell::Id(id) = cell { Some(text_id(*id)) } else { None });
            Arc::new(ids.collect::<StringArray>())
        }
        ColumnKind::Text => {
            let texts = cells().map(|cell| if let Cell::Text(text) = cell { Some(text.as_str()) } else { None });
            Arc::new(texts.collect::<StringArray>())
        }
        ColumnKind::Date => {
            let days = cells().map(|cell| if let Cell::Date(day) = cell { Some(day.0) } else { None });
            Arc::new(days.collect::<Date32Array>())
        }
        ColumnKind::Number => {
            let numbers = cells().map(|cell| if let Cell::Number(number) = cell { Some(*number) } else { None });
            Arc::new(numbers.collect::<Float64Array>())
        }
        ColumnKind::Flag => {
            let flags = cells().map(|cell| if let Cell::Flag(flag) = cell { Some(*flag) } else { None });
            Arc::new(flags.collect::<BooleanArray>())
        }
    }
}
