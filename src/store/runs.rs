//! Runs and their lists: kept for good, so that each list can be told again and every file that comes back be understood.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::error::StoreError;
use super::file::{Store, Writing};
use super::listed::{Credit, ListedRow, Place, RunRecord, Section, WeekList};
use super::people;
use super::resource::Resource;
use super::rows::{day, json, to_json};
use crate::clinical::Day;

/// Earlier weeks that outreach looks back on.
const WEEKS_BACK: usize = 8;

/// A row of an earlier list, by the key in its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub person: i64,
    pub list: Day,
    pub row: ListedRow,
}

/// What a night starts from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Before {
    /// This week's list, when it is frozen already: made on an earlier day, or decided upon since.
    pub frozen: Option<WeekList>,
    /// Lists of earlier weeks, newest first.
    pub weeks: Vec<WeekList>,
    /// Credits after the newest list of an earlier week; after this week's own when it is frozen.
    pub credits: Vec<Credit>,
    /// Levels of bands in the night before, by patient and rule-set id.
    pub bands: BTreeMap<String, BTreeMap<String, u8>>,
}

impl Writing<'_> {
    /// Keeps a run; one that is kept already is left as it is.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn keep_run(&self, record: &RunRecord) -> Result<bool, StoreError> {
        self.ask(|connection| {
            if run_of(connection, &record.name)?.is_some() {
                return Ok(false);
            }
            let insert = "INSERT INTO runs (name, index_day, week, made_list, capacity, decisions_up_to) VALUES (?, ?, ?, ?, ?, ?)";
            let capacity = i64::try_from(record.capacity).unwrap_or(i64::MAX);
            connection.execute(insert, params![
                record.name, record.index_day, record.week, record.made_list, capacity, record.decisions_up_to
            ])?;
            let run = connection.last_insert_rowid();
            for row in &record.rows {
                keep_row(connection, run, row)?;
            }
            for credit in &record.credits {
                connection.execute("INSERT INTO credits VALUES (?, ?, ?)", params![run, credit.group, credit.hundredths])?;
            }
            for (patient, levels) in &record.bands {
                let person = people::person(connection, patient)?;
                connection.execute("INSERT OR REPLACE INTO bands VALUES (?, ?, ?)", params![run, person, to_json(levels)?])?;
            }
            Ok(true)
        })
    }
}

impl Writing<'_> {
    /// Keeps the table of resources that a day's list was made with.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn keep_resources(&self, on: Day, resources: &[Resource]) -> Result<(), StoreError> {
        let insert = "INSERT OR REPLACE INTO resources VALUES (?, ?)";
        self.ask(|connection| connection.execute(insert, params![on.to_string(), to_json(&resources)?])).map(drop)
    }
}

fn keep_row(connection: &Connection, run: i64, row: &ListedRow) -> rusqlite::Result<()> {
    let person = people::person(connection, &row.patient)?;
    let rank = i64::try_from(row.rank).unwrap_or(i64::MAX);
    let insert = "INSERT INTO listed VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    connection
        .prepare(insert)?
        .execute(params![
            run,
            row.section.text(),
            rank,
            row.key,
            person,
            row.place.text(),
            row.gp,
            row.priority,
            to_json(&row.levels)?,
            to_json(&row.versions)?,
            row.weeks_waiting,
            to_json(&row.lines)?
        ])
        .map(drop)
}

impl Store {
    /// Whether a published run is kept.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn has_run(&self, name: &str) -> Result<bool, StoreError> {
        self.ask(|connection| Ok(run_of(connection, name)?.is_some()))
    }

    /// A run as it was kept, with today's ids; without its bands.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn run(&self, name: &str) -> Result<Option<RunRecord>, StoreError> {
        self.ask(|connection| {
            let Some(run) = run_of(connection, name)? else { return Ok(None) };
            let sql = "SELECT name, index_day, week, made_list, capacity, decisions_up_to FROM runs WHERE run = ?";
            let mut record = connection.query_row(sql, [run], |row| {
                Ok(RunRecord {
                    name: row.get(0)?,
                    index_day: row.get(1)?,
                    week: row.get(2)?,
                    made_list: row.get(3)?,
                    capacity: usize::try_from(row.get::<_, i64>(4)?).unwrap_or(0),
                    decisions_up_to: row.get(5)?,
                    ..RunRecord::default()
                })
            })?;
            record.rows = listed(connection, run)?;
            record.credits = credits(connection, run)?;
            Ok(Some(record))
        })
    }

    /// The table of resources that stood on a day; `None` when no list was made by then.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn resources(&self, on: Day) -> Result<Option<Vec<Resource>>, StoreError> {
        self.ask(|connection| {
            let sql = "SELECT resources FROM resources WHERE day <= ? ORDER BY day DESC LIMIT 1";
            let found: Option<String> = connection.query_row(sql, [on.to_string()], |row| row.get(0)).optional()?;
            found.as_deref().map(json).transpose()
        })
    }

    /// Names of all kept runs, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn runs(&self) -> Result<Vec<String>, StoreError> {
        self.ask(|connection| {
            connection.prepare("SELECT name FROM runs ORDER BY run")?.query_map([], |row| row.get(0))?.collect()
        })
    }

    /// Names of the runs that listed a person.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn runs_with(&self, person: i64) -> Result<Vec<String>, StoreError> {
        self.ask(|connection| {
            let sql =
                "SELECT DISTINCT r.name FROM runs r JOIN listed l USING (run) JOIN people p ON p.person = l.person
                WHERE coalesce(p.same_as, p.person) = ? ORDER BY r.run";
            connection.prepare(sql)?.query_map([person], |row| row.get(0))?.collect()
        })
    }

    /// The listed row that a key names; of several runs of one day, the newest that has it.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn row_of_key(&self, key: &str) -> Result<Option<Found>, StoreError> {
        self.ask(|connection| {
            let sql = format!("SELECT {ROW}, r.index_day FROM {FROM} JOIN runs r USING (run) WHERE l.key = ? ORDER BY run DESC LIMIT 1");
            let found = connection.query_row(&sql, [key], |row| Ok((listed_row(row)?, row.get::<_, i64>(11)?, row.get::<_, String>(12)?)));
            let Some((row, person, list)) = found.optional()? else { return Ok(None) };
            Ok(Some(Found { person, list: day(&list)?, row }))
        })
    }

    /// What a run on `on`, in the week of `monday`, starts from; runs of that day or later do not count.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn before(&self, on: Day, monday: Day) -> Result<Before, StoreError> {
        self.ask(|connection| {
            let frozen = frozen(connection, on, monday)?;
            let of = match &frozen {
                Some((run, _)) => Some(*run),
                None => made_lists(connection, monday)?.first().map(|made| made.0),
            };
            let mut weeks = Vec::new();
            for (run, week, made_on, capacity) in made_lists(connection, monday)?.into_iter().take(WEEKS_BACK) {
                weeks.push(WeekList { week, made_on, capacity, rows: week_rows(connection, run, week, monday)? });
            }
            Ok(Before {
                credits: of.map_or(Ok(Vec::new()), |run| credits(connection, run))?,
                bands: bands_before(connection, on)?,
                frozen: frozen.map(|(_, list)| list),
                weeks,
            })
        })
    }
}

fn run_of(connection: &Connection, name: &str) -> rusqlite::Result<Option<i64>> {
    connection.query_row("SELECT run FROM runs WHERE name = ?", [name], |row| row.get(0)).optional()
}

/// This week's list from an earlier day; or of this same day, when something was decided on it since.
fn frozen(connection: &Connection, on: Day, monday: Day) -> rusqlite::Result<Option<(i64, WeekList)>> {
    let sql = "SELECT run, index_day, capacity FROM runs WHERE made_list AND week = ?1 AND (index_day < ?2 OR index_day = ?2 AND EXISTS
        (SELECT 1 FROM decisions d JOIN listed l ON l.key = d.row_key WHERE l.run = runs.run)) ORDER BY index_day DESC, run DESC LIMIT 1";
    let made = |row: &Row| Ok((row.get(0)?, row.get::<_, String>(1)?, row.get::<_, i64>(2)?));
    let found = connection.query_row(sql, params![monday.to_string(), on.to_string()], made).optional()?;
    let Some((run, made_on, capacity)) = found else { return Ok(None) };
    let capacity = usize::try_from(capacity).unwrap_or(0);
    let rows = week_rows(connection, run, monday, on)?;
    Ok(Some((run, WeekList { week: monday, made_on: day(&made_on)?, capacity, rows })))
}

/// The list that stood in each earlier week, newest week first.
fn made_lists(connection: &Connection, monday: Day) -> rusqlite::Result<Vec<(i64, Day, Day, usize)>> {
    let sql = "SELECT max(run), week, index_day, capacity FROM runs WHERE made_list AND week < ? GROUP BY week ORDER BY week DESC";
    let mut statement = connection.prepare(sql)?;
    let rows = statement.query_map([monday.to_string()], |row| {
        let capacity = usize::try_from(row.get::<_, i64>(3)?).unwrap_or(0);
        Ok((row.get(0)?, day(&row.get::<_, String>(1)?)?, day(&row.get::<_, String>(2)?)?, capacity))
    })?;
    rows.collect()
}

/// The rows of a week's list, and those that broke through later in the week, before `until`.
fn week_rows(connection: &Connection, run: i64, week: Day, until: Day) -> rusqlite::Result<Vec<ListedRow>> {
    let mut rows = listed(connection, run)?;
    let mut there: BTreeSet<String> = rows.iter().map(|row| row.patient.clone()).collect();
    let sql = "SELECT run FROM runs WHERE week = ?1 AND run > ?2 AND index_day < ?3 ORDER BY run";
    let mut statement = connection.prepare(sql)?;
    let later: Vec<i64> = statement
        .query_map(params![week.to_string(), run, until.to_string()], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for run in later {
        let added = listed(connection, run)?.into_iter();
        let added = added.filter(|row| {
            matches!(row.section, Section::Candidates | Section::Children)
                && matches!(row.place, Place::BreakThrough(_) | Place::ByHand)
        });
        rows.extend(added.filter(|row| there.insert(row.patient.clone())));
    }
    Ok(rows)
}

const ROW: &str = "l.key, coalesce(p.patient, ''), l.section, l.rank, l.place, l.gp, l.priority, l.levels, l.versions, l.weeks_waiting, l.lines, p.person";
const FROM: &str =
    "listed l JOIN people o ON o.person = l.person JOIN people p ON p.person = coalesce(o.same_as, o.person)";

fn listed(connection: &Connection, run: i64) -> rusqlite::Result<Vec<ListedRow>> {
    let sql = format!("SELECT {ROW} FROM {FROM} WHERE l.run = ? ORDER BY l.section, l.rank");
    connection.prepare(&sql)?.query_map([run], listed_row)?.collect()
}

fn listed_row(row: &Row) -> rusqlite::Result<ListedRow> {
    let text = |column: usize| row.get::<_, String>(column);
    Ok(ListedRow {
        key: text(0)?,
        patient: text(1)?,
        section: Section::read(&text(2)?)?,
        rank: usize::try_from(row.get::<_, i64>(3)?).unwrap_or(0),
        place: Place::read(&text(4)?)?,
        gp: text(5)?,
        priority: row.get(6)?,
        levels: json(&text(7)?)?,
        versions: json(&text(8)?)?,
        weeks_waiting: row.get(9)?,
        lines: json(&text(10)?)?,
    })
}

fn credits(connection: &Connection, run: i64) -> rusqlite::Result<Vec<Credit>> {
    let mut statement = connection.prepare("SELECT grp, hundredths FROM credits WHERE run = ? ORDER BY grp")?;
    statement.query_map([run], |row| Ok(Credit { group: row.get(0)?, hundredths: row.get(1)? }))?.collect()
}

fn bands_before(connection: &Connection, on: Day) -> rusqlite::Result<BTreeMap<String, BTreeMap<String, u8>>> {
    let sql = "SELECT p.patient, b.levels FROM bands b JOIN people o ON o.person = b.person
        JOIN people p ON p.person = coalesce(o.same_as, o.person) WHERE p.patient IS NOT NULL
        AND b.run = (SELECT run FROM runs WHERE index_day < ? ORDER BY index_day DESC, run DESC LIMIT 1)";
    let mut statement = connection.prepare(sql)?;
    let pairs =
        statement.query_map([on.to_string()], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
    pairs.map(|pair| pair.and_then(|(patient, levels)| Ok((patient, json(&levels)?)))).collect()
}
