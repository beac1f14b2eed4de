//! Who is who: a person keeps her number through a new identity number, and her decisions end when she leaves.

use std::collections::{BTreeMap, HashMap};

use rusqlite::{Connection, OptionalExtension, params};

use super::consent::Reservation;
use super::error::StoreError;
use super::file::{Store, Writing};
use crate::clinical::Day;

/// Away without a word from the register for longer than this, she counts as having left: an extract that lacks some
/// patients for a while must not undo what they asked for (PROPOSAL).
pub const MISSING_DAYS: i32 = 90;

/// One person as tonight's register has her.
#[derive(Debug, Clone, Copy, Default)]
pub struct Present<'a> {
    pub patient: &'a str,
    /// The id she had before, where the register names one.
    pub former: &'a str,
    /// Dead, moved or off the list by the register's own word.
    pub gone: bool,
    pub no_contact: bool,
    pub no_scoring: bool,
}

/// Which reservations tonight's extract speaks of at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delivered {
    pub no_contact: bool,
    pub no_scoring: bool,
}

impl Writing<'_> {
    /// The person's own number in the store; a new one when she was not known.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn person(&self, patient: &str) -> Result<i64, StoreError> {
        self.ask(|connection| person(connection, patient))
    }

    /// Takes note of changed ids, of who left or came back, and of reservations.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn follow(&self, on: Day, present: &[Present], delivered: Delivered) -> Result<(), StoreError> {
        self.ask(|connection| {
            for member in present.iter().filter(|member| !member.former.is_empty() && member.former != member.patient) {
                rename(connection, member.former, member.patient, on)?;
            }
            movements(connection, on, present)?;
            reservations(connection, on, present, delivered)
        })
    }
}

impl Store {
    /// What everyone has reserved herself against, by the register's newest word and by what was decided.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn reservations(&self) -> Result<BTreeMap<String, Reservation>, StoreError> {
        self.ask(|connection| {
            let newest =
                "SELECT p.patient, r.no_contact, r.no_scoring FROM reservations r JOIN people o ON o.person = r.person
                JOIN people p ON p.person = coalesce(o.same_as, o.person) WHERE p.patient IS NOT NULL
                AND r.day = (SELECT max(day) FROM reservations n WHERE n.person = r.person AND n.source = r.source)";
            let mut found: BTreeMap<String, Reservation> = BTreeMap::new();
            let mut statement = connection.prepare(newest)?;
            for row in statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get(1)?, row.get(2)?)))? {
                let (patient, no_contact, no_scoring): (_, bool, bool) = row?;
                let reservation = found.entry(patient).or_default();
                reservation.no_contact |= no_contact;
                reservation.no_scoring |= no_scoring;
            }
            found.retain(|_, reservation| reservation.no_contact || reservation.no_scoring);
            Ok(found)
        })
    }

    /// The number of a person by an id she has or had.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn find(&self, patient: &str) -> Result<Option<i64>, StoreError> {
        self.ask(|connection| find(connection, patient))
    }

    /// The id a person has now.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn patient_of(&self, person: i64) -> Result<Option<String>, StoreError> {
        self.ask(|connection| {
            let id = "SELECT patient FROM people WHERE person = (SELECT coalesce(same_as, person) FROM people WHERE person = ?)";
            Ok(connection.query_row(id, [person], |row| row.get(0)).optional()?.flatten())
        })
    }
}

pub(super) fn person(connection: &Connection, patient: &str) -> rusqlite::Result<i64> {
    if let Some(person) = find(connection, patient)? {
        return Ok(person);
    }
    connection.execute("INSERT INTO people (patient) VALUES (?)", [patient])?;
    Ok(connection.last_insert_rowid())
}

pub(super) fn find(connection: &Connection, patient: &str) -> rusqlite::Result<Option<i64>> {
    let current = "SELECT person FROM people WHERE patient = ?";
    if let Some(person) = connection.prepare(current)?.query_row([patient], |row| row.get(0)).optional()? {
        return Ok(Some(person));
    }
    let former =
        "SELECT coalesce(p.same_as, p.person) FROM former_ids f JOIN people p USING (person) WHERE f.patient = ?";
    connection.prepare(former)?.query_row([patient], |row| row.get(0)).optional()
}

/// The person of the former id goes on under the new one; when both are known, they become one.
fn rename(connection: &Connection, former: &str, patient: &str, on: Day) -> rusqlite::Result<()> {
    let Some(old) = find(connection, former)? else { return Ok(()) };
    match find(connection, patient)? {
        Some(new) if new == old => return Ok(()),
        Some(new) => {
            connection.execute(
                "UPDATE people SET patient = NULL, same_as = ?2 WHERE person = ?1 OR same_as = ?1",
                [old, new],
            )?;
        }
        None => {
            connection.execute("UPDATE people SET patient = ?2 WHERE person = ?1", params![old, patient])?;
        }
    }
    let note = "INSERT OR IGNORE INTO former_ids (patient, person, changed_on) VALUES (?, ?, ?)";
    connection.execute(note, params![former, old, on.to_string()]).map(drop)
}

/// A person, her id, what she did last and when.
type Movement = (i64, Option<String>, Option<String>, Option<String>);

fn movements(connection: &Connection, on: Day, present: &[Present]) -> rusqlite::Result<()> {
    let known: HashMap<&str, bool> = present.iter().map(|member| (member.patient, member.gone)).collect();
    let last = "SELECT p.person, p.patient, m.what, m.day FROM people p
        LEFT JOIN moves m ON m.rowid = (SELECT rowid FROM moves WHERE person = p.person AND day <= ? ORDER BY day DESC, rowid DESC LIMIT 1)
        WHERE p.same_as IS NULL";
    let mut statement = connection.prepare(last)?;
    let day = on.to_string();
    let people: Vec<Movement> = statement
        .query_map([&day], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?
        .collect::<Result<_, _>>()?;
    for (person, patient, what, since) in people {
        let gone = patient.as_deref().and_then(|patient| known.get(patient).copied());
        let what = what.as_deref().unwrap_or("back");
        let long = since.as_deref().and_then(Day::parse_iso).is_some_and(|since| on.0 - since.0 > MISSING_DAYS);
        let (now, ended) = match (gone, what) {
            (Some(true), "left") | (None, "left" | "missing") | (Some(false), "back") => continue,
            (Some(true), _) => ("left", true),
            (None, _) => ("missing", false),
            (Some(false), "missing") => ("back", long),
            (Some(false), _) => ("back", true),
        };
        let ended = if ended { "(SELECT coalesce(max(number), 0) FROM decisions)" } else { "0" };
        let note = format!("INSERT OR IGNORE INTO moves (person, day, what, ended_through) VALUES (?, ?, ?, {ended})");
        connection.execute(&note, params![person, day, now])?;
    }
    Ok(())
}

/// The newest word of the register on each kind of reservation; a kind that is not delivered stays as it was.
fn reservations(connection: &Connection, on: Day, present: &[Present], delivered: Delivered) -> rusqlite::Result<()> {
    if !delivered.no_contact && !delivered.no_scoring {
        return Ok(());
    }
    let known = register_reservations(connection)?;
    for member in present {
        let before = known.get(member.patient).copied().unwrap_or_default();
        let now = (
            if delivered.no_contact { member.no_contact } else { before.0 },
            if delivered.no_scoring { member.no_scoring } else { before.1 },
        );
        if now != before {
            let person = person(connection, member.patient)?;
            reserve(connection, person, on, "register", now)?;
        }
    }
    Ok(())
}

pub(super) fn reserve(
    connection: &Connection,
    person: i64,
    on: Day,
    source: &str,
    now: (bool, bool),
) -> rusqlite::Result<()> {
    let note = "INSERT INTO reservations (person, day, source, no_contact, no_scoring) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (person, day, source) DO UPDATE SET no_contact = excluded.no_contact, no_scoring = excluded.no_scoring";
    connection.execute(note, params![person, on.to_string(), source, now.0, now.1]).map(drop)
}

fn register_reservations(connection: &Connection) -> rusqlite::Result<HashMap<String, (bool, bool)>> {
    let newest = "SELECT p.patient, r.no_contact, r.no_scoring FROM reservations r JOIN people p ON p.person = r.person
        WHERE r.source = 'register' AND p.patient IS NOT NULL ORDER BY r.day";
    let mut statement = connection.prepare(newest)?;
    statement.query_map([], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))?.collect()
}
