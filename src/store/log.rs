//! The access log: append-only, each entry sealed with the hash of the one before.

use rusqlite::{Connection, Row, params};
use sha2::{Digest, Sha256};

use super::access::{AccessEntry, Act};
use super::error::StoreError;
use super::file::{Store, Writing};

/// What is to be logged. The clock belongs to the caller.
#[derive(Debug, Clone)]
pub struct Access<'a> {
    pub at: &'a str,
    pub who: &'a str,
    pub role: &'a str,
    pub act: Act,
    /// A run, a file name or a decision's number; never a patient's value.
    pub about: &'a str,
    pub person: Option<i64>,
    pub why: &'a str,
}

/// What a check of the log found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Whole: so many entries, and the hash of the last one.
    Whole { entries: i64, hash: String },
    /// The entry with this number is missing, or not as it was written.
    Broken { at: i64 },
}

impl Act {
    const ALL: [(Act, &'static str); 8] = [
        (Act::Listed, "listed"),
        (Act::View, "view"),
        (Act::Export, "export"),
        (Act::Decision, "decision"),
        (Act::Undo, "undo"),
        (Act::Explain, "explain"),
        (Act::Verify, "verify"),
        (Act::RulesChanged, "rules-changed"),
    ];

    #[must_use]
    pub fn name(self) -> &'static str {
        Act::ALL.iter().find(|(act, _)| *act == self).map_or("", |(_, name)| name)
    }

    fn parse(text: &str) -> Option<Act> {
        Act::ALL.iter().find(|(_, name)| *name == text).map(|(act, _)| *act)
    }
}

impl Writing<'_> {
    /// Adds an entry.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn log(&self, access: &Access) -> Result<(), StoreError> {
        self.ask(|connection| {
            let (number, before) = last(connection)?;
            let mut entry = AccessEntry {
                number: number + 1,
                at: access.at.to_owned(),
                who: access.who.to_owned(),
                role: access.role.to_owned(),
                act: access.act,
                about: access.about.to_owned(),
                person: access.person,
                why: access.why.to_owned(),
                hash: String::new(),
            };
            entry.hash = seal(&entry, &before);
            let insert = "INSERT INTO access VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
            let AccessEntry { number, at, who, role, act, about, person, why, hash } = &entry;
            connection.execute(insert, params![number, at, who, role, act.name(), about, person, why, hash]).map(drop)
        })
    }
}

impl Store {
    /// Every entry, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn access_log(&self) -> Result<Vec<AccessEntry>, StoreError> {
        self.ask(|connection| {
            let sql = "SELECT number, at, who, role, act, about, person, why, hash FROM access ORDER BY number";
            connection.prepare(sql)?.query_map([], entry)?.collect()
        })
    }

    /// Recomputes every hash. What an earlier run noted down of the log ([`Store::log_head`]) shows whether its end was
    /// cut off, which the chain alone cannot.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn verify_log(&self) -> Result<Verdict, StoreError> {
        let (mut number, mut hash) = (0, String::new());
        for entry in self.access_log()? {
            if entry.number != number + 1 || entry.hash != seal(&entry, &hash) {
                return Ok(Verdict::Broken { at: number + 1 });
            }
            (number, hash) = (entry.number, entry.hash);
        }
        Ok(Verdict::Whole { entries: number, hash })
    }

    /// Number and hash of the last entry; 0 and empty when there is none.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn log_head(&self) -> Result<(i64, String), StoreError> {
        self.ask(last)
    }
}

fn last(connection: &Connection) -> rusqlite::Result<(i64, String)> {
    let mut statement = connection.prepare("SELECT number, hash FROM access ORDER BY number DESC LIMIT 1")?;
    let mut rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    rows.next().unwrap_or(Ok((0, String::new())))
}

fn entry(row: &Row) -> rusqlite::Result<AccessEntry> {
    // A word that is no act was not written by tidlig; the hash will tell.
    let act = Act::parse(&row.get::<_, String>(4)?).unwrap_or(Act::View);
    Ok(AccessEntry {
        number: row.get(0)?,
        at: row.get(1)?,
        who: row.get(2)?,
        role: row.get(3)?,
        act,
        about: row.get(5)?,
        person: row.get(6)?,
        why: row.get(7)?,
        hash: row.get(8)?,
    })
}

/// SHA-256 over the hash before and all fields, each with its length, so that no two entries read alike.
fn seal(entry: &AccessEntry, before: &str) -> String {
    let number = entry.number.to_string();
    let person = entry.person.map_or(String::new(), |person| person.to_string());
    let fields =
        [before, &number, &entry.at, &entry.who, &entry.role, entry.act.name(), &entry.about, &person, &entry.why];
    let mut digest = Sha256::new();
    for field in fields {
        digest.update((field.len() as u64).to_le_bytes());
        digest.update(field.as_bytes());
    }
    digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::super::file::tests::Scratch;
    use super::*;

    fn filled(name: &str) -> (Scratch, Store) {
        let scratch = Scratch::new(name);
        let mut store = Store::open(&scratch.file("store.sqlite")).unwrap();
        for number in 0..5 {
            let about = format!("run {number}");
            let access = Access {
                at: "2026-03-02T03:10:00Z",
                who: "",
                role: "",
                act: Act::Listed,
                about: &about,
                person: None,
                why: "",
            };
            store.write(|writing| writing.log(&access)).unwrap();
        }
        (scratch, store)
    }

    fn tamper(store: &Store, sql: &str) {
        store
            .connection
            .execute_batch(&format!("DROP TRIGGER access_stays; DROP TRIGGER access_remains; {sql}"))
            .unwrap();
    }

    #[test]
    fn a_whole_log_is_told_so() {
        let (_scratch, store) = filled("log-whole");
        let head = store.log_head().unwrap();
        assert_eq!(store.verify_log().unwrap(), Verdict::Whole { entries: 5, hash: head.1 });
    }

    #[test]
    fn nothing_can_be_changed_taken_out_or_put_in() {
        for (name, sql, at) in [
            ("log-change", "UPDATE access SET who = 'someone' WHERE number = 3", 3),
            ("log-remove", "DELETE FROM access WHERE number = 2", 2),
            ("log-swap", "UPDATE access SET about = 'run 9', act = 'view' WHERE number = 5", 5),
        ] {
            let (_scratch, store) = filled(name);
            assert!(store.connection.execute_batch(sql).is_err(), "{name}: the triggers hold");
            tamper(&store, sql);
            assert_eq!(store.verify_log().unwrap(), Verdict::Broken { at }, "{name}");
        }
    }
}
