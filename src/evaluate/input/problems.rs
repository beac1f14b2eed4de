//! What is wrong with a researcher's files.

use std::fmt;

/// Sentences, each beginning with the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Problems(pub Vec<String>);

/// At most so many rows are named.
const NAMED: usize = 10;

impl Problems {
    pub fn push(&mut self, file: &str, what: impl fmt::Display) {
        self.0.push(format!("{file}: {what}"));
    }

    /// `value` when nothing is wrong.
    ///
    /// # Errors
    /// The problems themselves.
    pub fn or<T>(self, value: T) -> Result<T, Problems> {
        if self.0.is_empty() { Ok(value) } else { Err(self) }
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for problem in &self.0 {
            writeln!(f, "{problem}")?;
        }
        let plural = if self.0.len() == 1 { "" } else { "s" };
        write!(f, "{} fault{plural}; nothing was evaluated", self.0.len())
    }
}

impl std::error::Error for Problems {}

/// `3 rows (rows 2, 7 and 9)`, or the first ten of more.
#[must_use]
pub fn rows(rows: &[usize], unit: &str) -> String {
    let named: Vec<String> = rows.iter().take(NAMED).map(ToString::to_string).collect();
    let more = if rows.len() > NAMED { ", …" } else { "" };
    let plural = if rows.len() == 1 { "" } else { "s" };
    format!("{} row{plural} ({unit} {}{more})", rows.len(), named.join(", "))
}
