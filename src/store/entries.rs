//! Decisions: only ever added. The newest one that was not undone stands.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::consent::Correction;
use super::decision::{Decision, DecisionKind, Entry, Scope, Seen};
use super::error::StoreError;
use super::file::{Store, Writing};
use super::people;
use super::rows::{day, json, to_json};
use crate::clinical::Day;

/// A decision on its way into the store.
#[derive(Debug, Clone)]
pub struct NewEntry {
    pub person: i64,
    /// Key of the listed row it speaks of; `None` when she was added by hand.
    pub key: Option<String>,
    pub decided_on: Day,
    /// UTC, by the caller's clock.
    pub taken_at: String,
    pub by: String,
    pub role: String,
    pub note: String,
    pub by_guardian: bool,
    pub decision: Decision,
    pub seen: Option<Seen>,
    /// SHA-256 of the file it came in.
    pub file: Option<String>,
}

/// An entry with what only the store asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub entry: Entry,
    pub person: i64,
    pub key: Option<String>,
    pub undone: bool,
}

/// Takes an entry back.
#[derive(Debug, Clone)]
pub struct Undo {
    pub number: i64,
    pub on: Day,
    pub taken_at: String,
    pub by: String,
    pub role: String,
    pub why: String,
}

const COLUMNS: &str = "d.number, p.patient, d.decided_on, d.by_whom, d.role, d.note, d.decision, d.seen, d.by_guardian,
    p.person, d.row_key, EXISTS (SELECT 1 FROM decisions u WHERE u.reverses = d.number)
    FROM decisions d JOIN people o ON o.person = d.person JOIN people p ON p.person = coalesce(o.same_as, o.person)";

/// Entries of a person who left since count no more.
const COUNTS: &str =
    "d.kind <> 'undo' AND d.number > coalesce((SELECT max(ended_through) FROM moves m WHERE m.person = p.person), 0)";

impl Writing<'_> {
    /// Adds one decision; gives its number.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn decide(&self, new: &NewEntry) -> Result<i64, StoreError> {
        self.ask(|connection| {
            let insert = "INSERT INTO decisions (person, row_key, decided_on, taken_at, by_whom, role, note, by_guardian, kind, decision, seen, file)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
            let (decision, seen) = (to_json(&new.decision)?, new.seen.as_ref().map(to_json).transpose()?);
            let kind = new.decision.kind().name();
            let (on, guardian) = (new.decided_on.to_string(), new.by_guardian);
            connection.execute(insert, params![
                new.person, new.key, on, new.taken_at, new.by, new.role, new.note, guardian, kind, decision, seen, new.file
            ])?;
            let number = connection.last_insert_rowid();
            if is_reservation(&new.decision) {
                people::reserve(connection, new.person, new.decided_on, "decision", (true, false))?;
            }
            Ok(number)
        })
    }

    /// Adds an entry that takes another one back; gives its number.
    ///
    /// # Errors
    /// When there is no such entry, it was taken back before, or the store cannot be written.
    pub fn undo(&self, undo: &Undo) -> Result<i64, StoreError> {
        self.ask(|connection| {
            let insert = "INSERT INTO decisions (person, decided_on, taken_at, by_whom, role, note, by_guardian, kind, decision, reverses)
                SELECT person, ?, ?, ?, ?, ?, 0, 'undo', 'null', number FROM decisions WHERE number = ?";
            let on = undo.on.to_string();
            let added = connection.execute(insert, params![on, undo.taken_at, undo.by, undo.role, undo.why, undo.number])?;
            let number = connection.last_insert_rowid();
            if added == 1 && is_reservation(&by_number(connection, undo.number)?.entry.decision) {
                let person = connection.query_row("SELECT person FROM decisions WHERE number = ?", [undo.number], |row| row.get(0))?;
                people::reserve(connection, person, undo.on, "decision", (false, false))?;
            }
            Ok(number)
        })
    }

    /// Notes that a file was taken in.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn note_file(&self, sha256: &str, name: &str, taken_at: &str) -> Result<(), StoreError> {
        let insert = "INSERT OR IGNORE INTO files (sha256, name, taken_at) VALUES (?, ?, ?)";
        self.ask(|connection| connection.execute(insert, params![sha256, name, taken_at])).map(drop)
    }
}

impl Store {
    /// Whether exactly this file was taken in before.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn knows_file(&self, sha256: &str) -> Result<bool, StoreError> {
        self.ask(|connection| connection.prepare("SELECT 1 FROM files WHERE sha256 = ?")?.exists([sha256]))
    }

    /// One entry, undone or not; `None` for a number that is none, or an undoing's own.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn entry(&self, number: i64) -> Result<Option<Kept>, StoreError> {
        self.ask(|connection| by_number(connection, number).optional())
    }

    /// Every decision about a person, oldest first, those undone among them.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn history(&self, person: i64) -> Result<Vec<Kept>, StoreError> {
        self.ask(|connection| {
            let sql = format!("SELECT {COLUMNS} WHERE p.person = ? AND {COUNTS} ORDER BY d.number");
            connection.prepare(&sql)?.query_map([person], kept)?.collect()
        })
    }

    /// Everything ever decided, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn entries(&self) -> Result<Vec<Kept>, StoreError> {
        self.ask(|connection| {
            let sql = format!("SELECT {COLUMNS} WHERE d.kind <> 'undo' ORDER BY d.number");
            connection.prepare(&sql)?.query_map([], kept)?.collect()
        })
    }

    /// What stands for each person: her newest decision up to `up_to` that was not undone by then. Wrong facts are no
    /// standing of hers; they are [`Store::corrections`].
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn standing(&self, up_to: i64) -> Result<BTreeMap<String, Entry>, StoreError> {
        self.ask(|connection| {
            let sql = format!(
                "SELECT {COLUMNS} WHERE {COUNTS} AND d.kind <> '{}' AND d.number <= ?1 AND p.patient IS NOT NULL
                 AND NOT EXISTS (SELECT 1 FROM decisions u WHERE u.reverses = d.number AND u.number <= ?1) ORDER BY d.number",
                DecisionKind::WrongData.name()
            );
            let mut standing = BTreeMap::new();
            for found in connection.prepare(&sql)?.query_map([up_to], kept)? {
                let entry = found?.entry;
                standing.insert(entry.patient.clone(), entry);
            }
            Ok(standing)
        })
    }

    /// Facts found wrong, oldest first; whether the journal still has them is for the caller to say.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn corrections(&self) -> Result<Vec<Correction>, StoreError> {
        let entries = self.ask(|connection| {
            let sql = format!("SELECT {COLUMNS} WHERE {COUNTS} AND d.kind = ? ORDER BY d.number");
            connection.prepare(&sql)?.query_map([DecisionKind::WrongData.name()], kept)?.collect::<Result<Vec<_>, _>>()
        })?;
        Ok(entries.into_iter().filter(|kept| !kept.undone).filter_map(|kept| correction(kept.entry)).collect())
    }

    /// Number of the newest entry, undoings included; 0 when there is none.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn newest_entry(&self) -> Result<i64, StoreError> {
        self.ask(|connection| {
            connection.query_row("SELECT coalesce(max(number), 0) FROM decisions", [], |row| row.get(0))
        })
    }
}

fn is_reservation(decision: &Decision) -> bool {
    matches!(decision, Decision::Declined { scope: Scope::AllOutreach, .. })
}

fn by_number(connection: &Connection, number: i64) -> rusqlite::Result<Kept> {
    let sql = format!("SELECT {COLUMNS} WHERE d.number = ? AND d.kind <> 'undo'");
    connection.query_row(&sql, [number], kept)
}

fn kept(row: &Row) -> rusqlite::Result<Kept> {
    let seen: Option<String> = row.get(7)?;
    let entry = Entry {
        number: row.get(0)?,
        patient: row.get::<_, Option<String>>(1)?.unwrap_or_default(),
        decided_on: day(&row.get::<_, String>(2)?)?,
        by: row.get(3)?,
        role: row.get(4)?,
        note: row.get(5)?,
        decision: json(&row.get::<_, String>(6)?)?,
        seen: seen.as_deref().map(json).transpose()?,
        by_guardian: row.get(8)?,
    };
    Ok(Kept { entry, person: row.get(9)?, key: row.get(10)?, undone: row.get(11)? })
}

fn correction(entry: Entry) -> Option<Correction> {
    let Decision::WrongData { rule_set, criterion, facts, .. } = entry.decision else { return None };
    let (patient, found_on, by, note) = (entry.patient, entry.decided_on, entry.by, entry.note);
    Some(Correction { patient, found_on, by, note, rule_set, criterion, facts, open: true })
}
