//! A folder of canonical tables, as Parquet: as it is, or converted when some table is CSV.

use std::path::Path;

use crate::clinical::Language;
use crate::extract::ExtractError;
use crate::extract::report::TableReport;
use crate::journal::tables::Table;
use crate::run::Failure;
use crate::run::disk::{self, Temporary};

/// The converted journal, for as long as it is held; `None` when every table is Parquet already. Rows that cannot be used are listed in
/// `<output>/refusals.csv`.
///
/// # Errors
/// When a CSV table cannot be read ([`Failure::Extract`]) or the journal cannot be written.
pub fn converted(folder: &Path, output: &Path) -> Result<Option<Temporary>, Failure> {
    let is_csv = |table: Table| {
        [".csv", ".csv.gz", ".csv.zip"].iter().any(|end| folder.join(table.name().to_owned() + end).is_file())
    };
    if !Table::ALL.into_iter().any(is_csv) {
        return Ok(None);
    }
    let converted = Temporary::at(output.join(".journal"))?;
    let read = crate::extract::canonical_folder(folder, converted.path());
    let refused = read.as_ref().map_or(0, |report| report.tables.values().map(TableReport::faulty).sum());
    if read.is_err() || refused > 0 {
        keep_refusals(converted.path(), output)?;
    }
    read.map_err(|error| match error {
        ExtractError::Files(faults) => Failure::Extract(faults.message(Language::En)),
        ExtractError::Store(error) => Failure::Journal(error),
    })?;
    if refused > 0 {
        eprintln!("{refused} rows were refused; see {}", output.join(REFUSALS).display());
    }
    Ok(Some(converted))
}

const REFUSALS: &str = crate::run::extracting::REFUSALS;

fn keep_refusals(from: &Path, output: &Path) -> Result<(), Failure> {
    let written = from.join(REFUSALS);
    if written.exists() {
        disk::rename(&written, &output.join(REFUSALS))?;
    }
    Ok(())
}
