//! Why the store could not be used. In every case it stays as it was, and no list is made without it.

use std::path::{Path, PathBuf};

use crate::clinical::Language;

/// What is wrong with the store. Never holds a patient's value.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.message(Language::En))]
pub enum StoreError {
    /// The file is not a database, or its pages contradict one another.
    Damaged { path: PathBuf, reason: String },
    /// Another program holds it.
    Locked { path: PathBuf },
    /// A newer tidlig wrote it.
    Newer { path: PathBuf, found: i64, known: i64 },
    /// It is a database, but none of tidlig's.
    Foreign { path: PathBuf },
    /// Runs have been published with a store, and it is gone.
    Lost { path: PathBuf },
    /// It can neither be read nor written.
    Disk { path: PathBuf, reason: String },
    /// A rule of the store was about to be broken; a fault of tidlig's own.
    Broken { path: PathBuf, reason: String },
}

impl StoreError {
    /// Sorts what SQLite says.
    pub(super) fn of(path: &Path, error: &rusqlite::Error) -> StoreError {
        use rusqlite::ErrorCode as Code;
        let path = path.to_owned();
        match error.sqlite_error_code() {
            Some(Code::DatabaseBusy | Code::DatabaseLocked) => StoreError::Locked { path },
            Some(Code::NotADatabase | Code::DatabaseCorrupt) => StoreError::Damaged { path, reason: plain(error) },
            Some(
                Code::CannotOpen
                | Code::ReadOnly
                | Code::PermissionDenied
                | Code::DiskFull
                | Code::SystemIoFailure
                | Code::FileLockingProtocolFailed,
            ) => StoreError::Disk { path, reason: plain(error) },
            _ => StoreError::Broken { path, reason: plain(error) },
        }
    }

    /// What happened and what to do, for the practice.
    #[must_use]
    pub fn message(&self, language: Language) -> String {
        let [nb, nn, en] = match self {
            StoreError::Damaged { path, reason } => damaged(&path.display().to_string(), reason),
            StoreError::Locked { path } => locked(&path.display().to_string()),
            StoreError::Newer { path, found, known } => newer(&path.display().to_string(), *found, *known),
            StoreError::Foreign { path } => foreign(&path.display().to_string()),
            StoreError::Lost { path } => lost(&path.display().to_string()),
            StoreError::Disk { path, reason } => disk(&path.display().to_string(), reason),
            StoreError::Broken { path, reason } => broken(&path.display().to_string(), reason),
        };
        match language {
            Language::Nb => nb,
            Language::Nn => nn,
            Language::En => en,
        }
    }
}

/// SQLite's own words without the values of a statement.
fn plain(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::SqliteFailure(code, _) => code.to_string(),
        rusqlite::Error::SqlInputError { error, .. } => error.to_string(),
        other => other.to_string(),
    }
}

fn damaged(path: &str, reason: &str) -> [String; 3] {
    [
        format!(
            "Lageret {path} er skadet ({reason}). Ingen liste er laget, og ingenting er endret. Legg tilbake siste sikkerhetskopi av filen."
        ),
        format!(
            "Lageret {path} er skadd ({reason}). Inga liste er laga, og ingenting er endra. Legg tilbake siste tryggingskopi av fila."
        ),
        format!(
            "The store {path} is damaged ({reason}). No list was made and nothing was changed. Put back the last backup of the file."
        ),
    ]
}

fn locked(path: &str) -> [String; 3] {
    [
        format!(
            "Lageret {path} er i bruk av et annet program. Ingen liste er laget, og ingenting er endret. Prøv igjen når det er ferdig."
        ),
        format!(
            "Lageret {path} er i bruk av eit anna program. Inga liste er laga, og ingenting er endra. Prøv igjen når det er ferdig."
        ),
        format!(
            "The store {path} is held by another program. No list was made and nothing was changed. Try again when it is done."
        ),
    ]
}

fn newer(path: &str, found: i64, known: i64) -> [String; 3] {
    [
        format!(
            "Lageret {path} er skrevet av en nyere tidlig (versjon {found}; denne kjenner {known}). Ingen liste er laget, og ingenting er endret. Bruk den nyere utgaven."
        ),
        format!(
            "Lageret {path} er skrive av ein nyare tidlig (versjon {found}; denne kjenner {known}). Inga liste er laga, og ingenting er endra. Bruk den nyare utgåva."
        ),
        format!(
            "The store {path} was written by a newer tidlig (version {found}; this one knows {known}). No list was made and nothing was changed. Use the newer release."
        ),
    ]
}

fn foreign(path: &str) -> [String; 3] {
    [
        format!(
            "{path} er en database, men ikke tidligs lager. Ingen liste er laget, og ingenting er endret. Rett `store` i practice.toml."
        ),
        format!(
            "{path} er ein database, men ikkje lageret til tidlig. Inga liste er laga, og ingenting er endra. Rett `store` i practice.toml."
        ),
        format!(
            "{path} is a database, but not tidlig's store. No list was made and nothing was changed. Correct `store` in practice.toml."
        ),
    ]
}

fn lost(path: &str) -> [String; 3] {
    [
        format!(
            "Lageret {path} mangler, men lister er laget med det før: avgjørelsene står der. Ingen liste er laget. Legg tilbake siste sikkerhetskopi; for å begynne uten minne, flytt mappen `runs` først."
        ),
        format!(
            "Lageret {path} manglar, men lister er laga med det før: avgjerdene står der. Inga liste er laga. Legg tilbake siste tryggingskopi; for å byrje utan minne, flytt mappa `runs` først."
        ),
        format!(
            "The store {path} is missing, though lists were made with it before: it holds the decisions. No list was made. Put back the last backup; to begin without memory, move the folder `runs` away first."
        ),
    ]
}

fn disk(path: &str, reason: &str) -> [String; 3] {
    [
        format!(
            "Lageret {path} kan ikke leses eller skrives ({reason}). Ingen liste er laget, og ingenting er endret."
        ),
        format!(
            "Lageret {path} kan ikkje lesast eller skrivast ({reason}). Inga liste er laga, og ingenting er endra."
        ),
        format!(
            "The store {path} can be neither read nor written ({reason}). No list was made and nothing was changed."
        ),
    ]
}

fn broken(path: &str, reason: &str) -> [String; 3] {
    [
        format!("Lageret {path} tok ikke imot ({reason}). Ingenting er endret. Dette er en feil i tidlig."),
        format!("Lageret {path} tok ikkje imot ({reason}). Ingenting er endra. Dette er ein feil i tidlig."),
        format!("The store {path} refused ({reason}). Nothing was changed. This is a fault of tidlig's own."),
    ]
}
