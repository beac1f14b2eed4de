//! A folder of canonical tables, as Parquet: as it is, or converted when some table is CSV.

use anyhow::{Context, Result};
use std::path::{Path, PathBuf};

use crate::journal::tables::Table;

/// The folder to read, and the temporary folder to remove afterwards when there is one.
///
/// # Errors
/// When a CSV table cannot be read or the temporary folder cannot be written.
pub fn parquet_folder(folder: &Path, output: &Path) -> Result<(PathBuf, Option<PathBuf>)> {
    let is_csv =
        |table: Table| [".csv", ".csv.gz"].iter().any(|end| folder.join(table.name().to_owned() + end).is_file());
    if !Table::ALL.into_iter().any(is_csv) {
        return Ok((folder.to_path_buf(), None));
    }
    let temporary = output.join(".journal");
    crate::journal::store::private_folder(&temporary)
        .with_context(|| format!("{}: cannot be made", temporary.display()))?;
    let report = crate::extract::canonical_folder(folder, &temporary)?;
    let refused = report.tables.values().map(|table| table.faulty()).sum::<u64>();
    if refused > 0 {
        let list = output.join("refusals.csv");
        std::fs::rename(temporary.join("refusals.csv"), &list).with_context(|| format!("{}", list.display()))?;
        eprintln!("{refused} rows were refused; see {}", list.display());
    }
    Ok((temporary.clone(), Some(temporary)))
}
