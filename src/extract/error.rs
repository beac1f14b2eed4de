//! Why an extract as a whole cannot be read: every fault of every file at once, and what to do about it.

use crate::clinical::{Language, Text};
use crate::journal::store::StoreError;
use std::fmt;
use std::path::Path;

/// An extract that was not read. Nothing was published.
#[derive(Debug, thiserror::Error)]
pub enum ExtractError {
    /// Something is wrong with the practice's files.
    #[error("{0}")]
    Files(FileFaults),
    /// The journal or the refusals could not be written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ExtractError {
    /// The whole message in the reader's language.
    #[must_use]
    pub fn message(&self, language: Language) -> String {
        match self {
            ExtractError::Files(faults) => faults.message(language),
            ExtractError::Store(error) => error.to_string(),
        }
    }
}

/// Faults in the practice's files, sorted by file and line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileFaults(pub Vec<FileFault>);

impl FileFaults {
    /// The error that these make; nothing when there are none.
    ///
    /// # Errors
    /// All of them, in order, each once.
    pub fn check(mut self) -> Result<(), ExtractError> {
        if self.0.is_empty() {
            return Ok(());
        }
        self.0.sort_by(|a, b| (&a.file, a.line, a.kind.rank()).cmp(&(&b.file, b.line, b.kind.rank())));
        self.0.dedup();
        Err(ExtractError::Files(self))
    }

    #[must_use]
    pub fn message(&self, language: Language) -> String {
        self.0.iter().map(|fault| fault.message(language)).collect::<Vec<_>>().join("\n")
    }
}

impl fmt::Display for FileFaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Language::En))
    }
}

/// One fault of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileFault {
    /// As the profile names it, with the folder before it.
    pub file: String,
    pub line: Option<u64>,
    pub kind: FaultKind,
}

/// What is wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FaultKind {
    /// No file of that name, or none that fits a pattern.
    Missing {
        place: String,
    },
    Unreadable {
        why: String,
    },
    Empty,
    /// The header lacks a column that the profile maps.
    NoColumn {
        wanted: String,
        place: String,
        found: Vec<String>,
        nearest: Option<String>,
    },
    /// Two columns of the header have the name.
    TwiceInHeader {
        name: String,
    },
    /// The file ends in the middle: a short last row, a packed file without its end, Parquet without its footer.
    Cut,
    /// Bytes that the told encoding does not have.
    Encoding {
        told: &'static str,
    },
    /// The header is UTF-8, but the profile tells another encoding.
    IsUtf8 {
        told: &'static str,
    },
    /// An Excel workbook.
    Workbook,
    /// A Parquet column of a type that holds no single values.
    ColumnType {
        column: String,
        found: String,
    },
    /// The patients table has no patients.
    NoPatients,
}

impl FaultKind {
    fn rank(&self) -> String {
        format!("{self:?}")
    }
}

impl FileFault {
    pub(super) fn new(file: &Path, line: Option<u64>, kind: FaultKind) -> FileFault {
        FileFault { file: file.display().to_string(), line, kind }
    }

    /// One sentence that says where, what is wrong and what to do.
    #[must_use]
    pub fn message(&self, language: Language) -> String {
        let line = self.line.map(|line| format!(":{line}")).unwrap_or_default();
        format!("{}{line}: {}", self.file, self.text().get(language))
    }

    fn text(&self) -> Text {
        match &self.kind {
            FaultKind::Missing { place } => Text::new(
                &format!("filen finnes ikke ({place}). Se om uttrekket ble ferdig, eller rett navnet."),
                &format!("fila finst ikkje ({place}). Sjå om uttrekket vart ferdig, eller rett namnet."),
                &format!("there is no such file ({place}). See whether the extract was finished, or correct the name."),
            ),
            FaultKind::Unreadable { why } => Text::new(
                &format!("filen kan ikke leses ({why}). Se til at kontoen som kjører tidlig, har lesetilgang."),
                &format!("fila kan ikkje lesast ({why}). Sjå til at kontoen som køyrer tidlig, har lesetilgang."),
                &format!("the file cannot be read ({why}). See that the account that runs tidlig may read it."),
            ),
            FaultKind::Empty => Text::new(
                "filen er tom. Ta ut uttrekket på nytt.",
                "fila er tom. Ta ut uttrekket på nytt.",
                "the file is empty. Make the extract again.",
            ),
            FaultKind::NoColumn { wanted, place, found, nearest } => {
                no_column(wanted, place, found, nearest.as_deref())
            }
            FaultKind::TwiceInHeader { name } => Text::new(
                &format!("to kolonner heter «{name}». Gi dem ulike navn i uttrekket."),
                &format!("to kolonnar heiter «{name}». Gi dei ulike namn i uttrekket."),
                &format!("two columns are called `{name}`. Give them different names in the extract."),
            ),
            FaultKind::Cut => Text::new(
                "filen slutter midt i. Ta ut uttrekket på nytt, og vent til det er ferdig kopiert.",
                "fila sluttar midt i. Ta ut uttrekket på nytt, og vent til det er ferdig kopiert.",
                "the file ends in the middle. Make the extract again, and wait until it is copied in full.",
            ),
            FaultKind::Encoding { told } => Text::new(
                &format!("tegnene her er ikke {told}. Rett `encoding` i profilen, eller sett den til \"auto\"."),
                &format!("teikna her er ikkje {told}. Rett `encoding` i profilen, eller set han til \"auto\"."),
                &format!("the bytes here are not {told}. Correct `encoding` in the profile, or set it to \"auto\"."),
            ),
            FaultKind::IsUtf8 { told } => Text::new(
                &format!(
                    "filen er i utf-8, men profilen sier encoding = \"{told}\". Rett den til \"utf-8\" eller \"auto\"."
                ),
                &format!(
                    "fila er i utf-8, men profilen seier encoding = \"{told}\". Rett han til \"utf-8\" eller \"auto\"."
                ),
                &format!(
                    "the file is in utf-8, but the profile says encoding = \"{told}\". Change it to \"utf-8\" or \"auto\"."
                ),
            ),
            FaultKind::Workbook => Text::new(
                "dette er en Excel-arbeidsbok. Lagre arket som CSV.",
                "dette er ei Excel-arbeidsbok. Lagre arket som CSV.",
                "this is an Excel workbook. Save the sheet as CSV.",
            ),
            FaultKind::ColumnType { column, found } => Text::new(
                &format!("kolonnen «{column}» er av typen {found}, som ikke er én verdi i hver rad."),
                &format!("kolonnen «{column}» er av typen {found}, som ikkje er éin verdi i kvar rad."),
                &format!("the column `{column}` is of type {found}, which is not one value in each row."),
            ),
            FaultKind::NoPatients => Text::new(
                "pasienttabellen har ingen pasienter som kan brukes. Rett profilen, eller ta ut uttrekket på nytt.",
                "pasienttabellen har ingen pasientar som kan brukast. Rett profilen, eller ta ut uttrekket på nytt.",
                "the patients table has no patient that can be used. Correct the profile, or make the extract again.",
            ),
        }
    }
}

fn no_column(wanted: &str, place: &str, found: &[String], nearest: Option<&str>) -> Text {
    let all = found.iter().map(|name| format!("«{name}»")).collect::<Vec<_>>().join(", ");
    let did_you_mean = |words: &str| nearest.map(|near| format!(" {words} «{near}»?")).unwrap_or_default();
    Text::new(
        &format!("kolonnen «{wanted}» ({place}) finnes ikke.{} Kolonnene er {all}.", did_you_mean("Mente du")),
        &format!("kolonnen «{wanted}» ({place}) finst ikkje.{} Kolonnane er {all}.", did_you_mean("Meinte du")),
        &format!("there is no column «{wanted}» ({place}).{} The columns are {all}.", did_you_mean("Did you mean")),
    )
}
