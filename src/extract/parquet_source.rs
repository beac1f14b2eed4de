//! Parquet files of any writer: every column type that holds single values becomes text, and is cleaned like CSV.

use super::csv_split::Taker;
use super::encoding::Noticed;
use super::error::FaultKind;
use super::input::{Part, unreadable};
use super::plan::Plan;
use super::profile::TableSource;
use super::raw::{BLOCK_ROWS, RawBlock};
use super::scan::{Info, Opened, Pace, Worker};
use crate::clinical::Day;
use arrow::array::{Array, ArrayRef, AsArray, RecordBatch, StringArray};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Date64Type, Float64Type, TimeUnit, TimestampMicrosecondType};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::errors::ParquetError;
use rayon::prelude::*;
use std::fs::File;
use std::sync::Arc;

/// Rows of one piece.
const PIECE_ROWS: usize = 32_768;

/// What is known of a Parquet file before its rows are read.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ParquetHead {
    /// For each slot, the column's place in the file.
    columns: Vec<usize>,
}

fn builder(part: &Part) -> Result<ParquetRecordBatchReaderBuilder<File>, FaultKind> {
    ParquetRecordBatchReaderBuilder::try_new(part.open()?).map_err(|error| fault(&error))
}

/// Whatever is wrong inside a Parquet file: it was cut or damaged.
fn fault(error: &ParquetError) -> FaultKind {
    match error {
        ParquetError::External(inner) => match inner.downcast_ref::<std::io::Error>() {
            Some(error) => unreadable(error),
            None => FaultKind::Cut,
        },
        _ => FaultKind::Cut,
    }
}

pub(super) fn read_head(part: &Part, source: &TableSource) -> Result<(ParquetHead, Plan), Vec<FaultKind>> {
    let builder = builder(part).map_err(|fault| vec![fault])?;
    let schema = builder.schema();
    let names: Vec<String> = schema.fields().iter().map(|field| field.name().clone()).collect();
    let plan = Plan::new(source, &names)?;
    let mut columns = vec![0; plan.names.len()];
    let mut faults = Vec::new();
    for (index, slot) in plan.slots.iter().enumerate() {
        let Some(slot) = slot else { continue };
        columns[usize::from(*slot)] = index;
        let data_type = schema.field(index).data_type();
        if !holds_single_values(data_type) {
            faults.push(FaultKind::ColumnType { column: names[index].clone(), found: data_type.to_string() });
        }
    }
    if faults.is_empty() { Ok((ParquetHead { columns }, plan)) } else { Err(faults) }
}

fn holds_single_values(data_type: &DataType) -> bool {
    match data_type {
        DataType::Dictionary(_, values) => holds_single_values(values),
        DataType::Date32 | DataType::Date64 | DataType::Timestamp(_, _) | DataType::Boolean | DataType::Null => true,
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => true,
        DataType::Binary | DataType::LargeBinary | DataType::BinaryView => true,
        other => other.is_numeric(),
    }
}

pub(super) fn scan<W: Worker, E: From<FaultKind> + Send>(
    opened: &Opened,
    head: &ParquetHead,
    pace: Pace,
    make: impl Fn() -> W + Sync,
    mut take: impl FnMut(W::Out, Info) -> Result<(), E>,
) -> Result<(), E> {
    let builder = builder(&opened.part).map_err(E::from)?;
    let mask = ProjectionMask::roots(builder.parquet_schema(), head.columns.iter().copied());
    let mut batches =
        builder.with_projection(mask).with_batch_size(PIECE_ROWS).build().map_err(|error| E::from(fault(&error)))?;
    // The reader gives the columns in the order of the file.
    let mut order = head.columns.clone();
    order.sort_unstable();
    let places: Vec<usize> = head.columns.iter().map(|column| order.partition_point(|other| other < column)).collect();
    let work = |batch: &RecordBatch| -> Result<W::Out, FaultKind> {
        let columns = places.iter().map(|place| texts(batch.column(*place))).collect::<Result<Vec<_>, _>>()?;
        let mut worker = make();
        blocks(&columns, batch.num_rows(), &mut worker);
        Ok(worker.finish())
    };
    let mut before = 0;
    loop {
        let batch: Vec<RecordBatch> =
            batches.by_ref().take(pace.pieces).collect::<Result<_, _>>().map_err(|_| E::from(FaultKind::Cut))?;
        if batch.is_empty() {
            return Ok(());
        }
        let done: Vec<_> = batch.par_iter().map(work).collect();
        for (out, batch) in done.into_iter().zip(&batch) {
            let lines = u32::try_from(batch.num_rows()).unwrap_or(u32::MAX);
            let info = Info { before, lines, noticed: Noticed::default(), open_end: false };
            take(out.map_err(E::from)?, info)?;
            before += u64::from(lines);
        }
    }
}

/// Texts of all columns, row block by row block.
fn blocks(columns: &[StringArray], rows: usize, taker: &mut impl Taker) {
    let mut block = RawBlock::new(columns.len());
    let mut text = Vec::new();
    for start in (0..rows).step_by(BLOCK_ROWS) {
        let end = rows.min(start + BLOCK_ROWS);
        block.clear();
        text.clear();
        block.lines.extend(start as u32..end as u32);
        for (spans, column) in block.spans.iter_mut().zip(columns) {
            for row in start..end {
                let from = text.len() as u32;
                if column.is_valid(row) {
                    text.extend_from_slice(column.value(row).as_bytes());
                }
                spans.push((from, text.len() as u32));
            }
        }
        taker.block(&text, &block);
    }
}

/// A column as text: days as `yyyy-mm-dd`, instants with a time and `Z`, whole floats without a fraction.
fn texts(array: &ArrayRef) -> Result<StringArray, FaultKind> {
    let odd = |_| FaultKind::Cut;
    let array = match array.data_type() {
        DataType::Dictionary(_, values) => cast(array, values).map_err(odd)?,
        _ => Arc::clone(array),
    };
    Ok(match array.data_type() {
        DataType::Date64 => {
            let days = array.as_primitive::<Date64Type>();
            days.iter().map(|ms| ms.map(|ms| day_of(ms.div_euclid(86_400_000)).to_string())).collect()
        }
        DataType::Timestamp(_, zone) => {
            // Whatever the zone's name, the numbers are instants of universal time.
            let zoned = zone.is_some();
            let plain = cast(&without_zone(&array)?, &DataType::Timestamp(TimeUnit::Microsecond, None)).map_err(odd)?;
            let instants = plain.as_primitive::<TimestampMicrosecondType>();
            instants.iter().map(|instant| instant.map(|instant| instant_text(instant, zoned))).collect()
        }
        DataType::Float16 | DataType::Float32 | DataType::Float64 => {
            let floats = cast(&array, &DataType::Float64).map_err(odd)?;
            floats.as_primitive::<Float64Type>().iter().map(|float| float.map(|float| float.to_string())).collect()
        }
        DataType::Binary | DataType::LargeBinary | DataType::BinaryView => {
            let binary = cast(&array, &DataType::LargeBinary).map_err(odd)?;
            let values = binary.as_binary::<i64>();
            values.iter().map(|value| value.map(String::from_utf8_lossy)).collect()
        }
        _ => cast(&array, &DataType::Utf8).map_err(odd)?.as_string::<i32>().clone(),
    })
}

fn without_zone(array: &ArrayRef) -> Result<ArrayRef, FaultKind> {
    let DataType::Timestamp(unit, Some(_)) = array.data_type() else { return Ok(Arc::clone(array)) };
    let data = array.to_data().into_builder().data_type(DataType::Timestamp(*unit, None));
    data.build().map(arrow::array::make_array).map_err(|_| FaultKind::Cut)
}

fn day_of(day: i64) -> Day {
    Day(i32::try_from(day).unwrap_or(i32::MAX / 2))
}

fn instant_text(microseconds: i64, zoned: bool) -> String {
    let minutes = microseconds.div_euclid(60_000_000);
    let (day, minute) = (day_of(minutes.div_euclid(1440)), minutes.rem_euclid(1440));
    format!("{day}T{:02}:{:02}{}", minute / 60, minute % 60, if zoned { "Z" } else { "" })
}
