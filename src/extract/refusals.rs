//! The refusals file: which rows could not be used and why, for the practice to correct.
//!
//! UTF-8 with a byte order mark and semicolons, as Excel in Norway opens it. The only file that repeats a value of an
//! extract; its owner alone can read it.

use super::reason::Reason;
use crate::clinical::Language;
use crate::journal::store::{StoreError, private_file};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// The file's name in the journal folder.
pub const FILE_NAME: &str = "refusals.csv";
/// A value is cut after this many characters.
const LONGEST_VALUE: usize = 60;

/// One refused row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    /// The row's line (Parquet: its number), from 1.
    pub line: u64,
    /// The column's name in the practice's file; empty when the whole row is at fault.
    pub column: String,
    pub value: String,
    pub reason: Reason,
}

pub(super) struct RefusalsFile {
    path: PathBuf,
    out: BufWriter<File>,
    sentences: Vec<String>,
}

impl RefusalsFile {
    pub fn create(folder: &Path, language: Language) -> Result<RefusalsFile, StoreError> {
        let path = folder.join(FILE_NAME);
        let file = private_file(&path).map_err(|source| StoreError::Io { path: path.clone(), source })?;
        let sentences = Reason::ALL.iter().map(|reason| reason.sentence(language)).collect();
        let mut refusals = RefusalsFile { path, out: BufWriter::new(file), sentences };
        let header = match language {
            Language::Nb => "fil;linje;kolonne;verdi;grunn",
            Language::Nn => "fil;linje;kolonne;verdi;grunn",
            Language::En => "file;line;column;value;reason",
        };
        let written = write!(refusals.out, "\u{feff}{header}\r\n");
        refusals.io(written)?;
        Ok(refusals)
    }

    pub fn write(&mut self, file: &str, refusals: &[Refusal]) -> Result<(), StoreError> {
        for refusal in refusals.iter().filter(|refusal| refusal.reason.is_written()) {
            let sentence = &self.sentences[refusal.reason as usize];
            let row = [file, &refusal.line.to_string(), &refusal.column, &refusal.value, sentence].map(cell).join(";");
            let written = write!(self.out, "{row}\r\n");
            self.io(written)?;
        }
        Ok(())
    }

    pub fn finish(mut self) -> Result<(), StoreError> {
        let flushed = self.out.flush();
        self.io(flushed)
    }

    fn io(&self, result: io::Result<()>) -> Result<(), StoreError> {
        result.map_err(|source| StoreError::Io { path: self.path.clone(), source })
    }
}

/// A cell that no spreadsheet takes for a formula.
fn cell(text: &str) -> String {
    let short: String = text.chars().take(LONGEST_VALUE).map(|c| if c.is_control() { ' ' } else { c }).collect();
    let risky = short.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let safe = if risky { format!("'{short}") } else { short };
    if safe.contains([';', '"', '\n']) { format!("\"{}\"", safe.replace('"', "\"\"")) } else { safe }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_safe_in_a_spreadsheet() {
        assert_eq!(cell("=1+1"), "'=1+1");
        assert_eq!(cell("a;\"b\""), "\"a;\"\"b\"\"\"");
        assert_eq!(cell("-31"), "'-31");
        assert_eq!(cell(&"x".repeat(100)).len(), LONGEST_VALUE);
    }

    #[test]
    fn every_reason_has_its_own_sentence() {
        for (index, reason) in Reason::ALL.into_iter().enumerate() {
            assert_eq!(reason as usize, index);
            assert!(Language::ALL.iter().all(|language| !reason.sentence(*language).is_empty()));
        }
    }
}
