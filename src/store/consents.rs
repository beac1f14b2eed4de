//! Consents: what may be told of a person, to whom. Nothing leaves the practice without one.

use rusqlite::params;

use super::consent::Consent;
use super::error::StoreError;
use super::file::{Store, Writing};
use super::people;
use super::rows::day;
use crate::clinical::Day;

impl Writing<'_> {
    /// Notes a consent; one that is given already stays as it is.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn give_consent(&self, patient: &str, what: &str, to_whom: &str, on: Day) -> Result<(), StoreError> {
        self.ask(|connection| {
            let person = people::person(connection, patient)?;
            let insert = "INSERT INTO consents (person, what, to_whom, given_on) SELECT ?1, ?2, ?3, ?4 WHERE NOT EXISTS
                (SELECT 1 FROM consents WHERE person = ?1 AND what = ?2 AND to_whom = ?3 AND withdrawn_on IS NULL)";
            connection.execute(insert, params![person, what, to_whom, on.to_string()]).map(drop)
        })
    }

    /// Notes that a consent is withdrawn from a day on; tells whether there was one.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn withdraw_consent(&self, patient: &str, what: &str, to_whom: &str, on: Day) -> Result<bool, StoreError> {
        self.ask(|connection| {
            let person = people::person(connection, patient)?;
            let update = "UPDATE consents SET withdrawn_on = ?4 WHERE person = ?1 AND what = ?2 AND to_whom = ?3 AND withdrawn_on IS NULL";
            Ok(connection.execute(update, params![person, what, to_whom, on.to_string()])? > 0)
        })
    }
}

impl Store {
    /// Every consent, oldest first, withdrawn ones among them.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn consents(&self) -> Result<Vec<Consent>, StoreError> {
        self.ask(|connection| {
            let sql = "SELECT p.patient, c.what, c.to_whom, c.given_on, c.withdrawn_on FROM consents c JOIN people o ON o.person = c.person
                JOIN people p ON p.person = coalesce(o.same_as, o.person) WHERE p.patient IS NOT NULL ORDER BY c.consent";
            let mut statement = connection.prepare(sql)?;
            let consents = statement.query_map([], |row| {
                let withdrawn: Option<String> = row.get(4)?;
                Ok(Consent {
                    patient: row.get(0)?,
                    what: row.get(1)?,
                    to_whom: row.get(2)?,
                    given_on: day(&row.get::<_, String>(3)?)?,
                    withdrawn_on: withdrawn.as_deref().map(day).transpose()?,
                })
            })?;
            consents.collect()
        })
    }
}
