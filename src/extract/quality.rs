//! Whether tonight's extract can be trusted. When it cannot, nothing is published and the last good list stays.

use super::profile::Trust;
use super::report::ExtractReport;
use crate::clinical::{Day, Language, Text};
use crate::journal::tables::Table;

/// Why an extract is not to be trusted.
#[derive(Debug, Clone, PartialEq)]
pub enum Distrust {
    /// A table that `expect` names was not delivered.
    Missing { table: Table },
    /// Too many rows of a table were refused.
    Refused { table: Table, refused: u64, read: u64, limit: f64 },
    /// Too many patients are gone since the last good run.
    PatientsLost { before: u64, now: u64, limit: f64 },
    /// The newest row is too old; `None`: there is no row up to the index day.
    Old { table: Table, newest: Option<Day>, index_day: Day, limit: u32 },
}

/// Holds an extract against the practice's limits.
///
/// `previous` is the number of patients in the last good run, if there was one.
///
/// # Errors
/// Every limit that was passed, in a fixed order.
pub fn trusted(
    report: &ExtractReport,
    trust: &Trust,
    previous: Option<u64>,
    index_day: Day,
) -> Result<(), Vec<Distrust>> {
    let missing = trust.expect.iter().filter(|table| !report.tables.contains_key(table));
    let mut found: Vec<Distrust> = missing.map(|table| Distrust::Missing { table: *table }).collect();
    for (table, counts) in &report.tables {
        let refused = counts.faulty();
        if refused as f64 > counts.read as f64 * trust.refused_share {
            found.push(Distrust::Refused { table: *table, refused, read: counts.read, limit: trust.refused_share });
        }
    }
    if let Some(before) = previous {
        let now = report.patients;
        if before.saturating_sub(now) as f64 > before as f64 * trust.patients_lost {
            found.push(Distrust::PatientsLost { before, now, limit: trust.patients_lost });
        }
    }
    for table in [Table::Diagnoses, Table::Contacts] {
        let Some(counts) = report.tables.get(&table) else { continue };
        let limit = trust.newest_row_days;
        if counts.newest.is_none_or(|newest| i64::from(index_day.0) - i64::from(newest.0) > i64::from(limit)) {
            found.push(Distrust::Old { table, newest: counts.newest, index_day, limit });
        }
    }
    if found.is_empty() { Ok(()) } else { Err(found) }
}

impl Distrust {
    /// What was found, the limit, and what to do.
    #[must_use]
    pub fn message(&self, language: Language) -> String {
        self.text().get(language).to_owned()
    }

    fn text(&self) -> Text {
        let share = |part: u64, whole: u64| percent(part as f64 / (whole.max(1)) as f64);
        match self {
            Distrust::Missing { table } => {
                let name = table.name();
                Text::new(
                    &format!("Tabellen {name} er ikke levert, men står under expect. Se om uttrekket ble ferdig."),
                    &format!("Tabellen {name} er ikkje levert, men står under expect. Sjå om uttrekket vart ferdig."),
                    &format!(
                        "The table {name} was not delivered, but stands under expect. See whether the extract was finished."
                    ),
                )
            }
            Distrust::Refused { table, refused, read, limit } => {
                let (name, found, limit) = (table.name(), share(*refused, *read), percent(*limit));
                Text::new(
                    &format!(
                        "{refused} av {read} rader i {name} er avvist ({found}, grensen er {limit}). Rett uttrekket eller profilen."
                    ),
                    &format!(
                        "{refused} av {read} rader i {name} er avviste ({found}, grensa er {limit}). Rett uttrekket eller profilen."
                    ),
                    &format!(
                        "{refused} of {read} rows of {name} were refused ({found}, the limit is {limit}). Correct the extract or the profile."
                    ),
                )
            }
            Distrust::PatientsLost { before, now, limit } => {
                let (found, limit) = (share(before.saturating_sub(*now), *before), percent(*limit));
                Text::new(
                    &format!(
                        "Pasienttallet har falt fra {before} til {now} siden sist ({found}, grensen er {limit}). Se om alle listene er med i uttrekket."
                    ),
                    &format!(
                        "Pasienttalet har falle frå {before} til {now} sidan sist ({found}, grensa er {limit}). Sjå om alle listene er med i uttrekket."
                    ),
                    &format!(
                        "The number of patients fell from {before} to {now} since the last run ({found}, the limit is {limit}). See whether all lists are in the extract."
                    ),
                )
            }
            Distrust::Old { table, newest, index_day, limit } => old(*table, *newest, *index_day, *limit),
        }
    }
}

fn old(table: Table, newest: Option<Day>, index_day: Day, limit: u32) -> Text {
    let (name, on) = (table.name(), index_day.norwegian());
    match newest {
        Some(newest) => {
            let (days, newest) = (index_day.0 - newest.0, newest.norwegian());
            Text::new(
                &format!(
                    "Nyeste rad i {name} er fra {newest}, {days} dager før {on} (grensen er {limit}). Se om uttrekket fortsatt kjøres."
                ),
                &format!(
                    "Nyaste rad i {name} er frå {newest}, {days} dagar før {on} (grensa er {limit}). Sjå om uttrekket framleis vert køyrt."
                ),
                &format!(
                    "The newest row of {name} is from {newest}, {days} days before {on} (the limit is {limit}). See whether the extract is still made."
                ),
            )
        }
        None => Text::new(
            &format!("Ingen rad i {name} er fra {on} eller før. Se om uttrekket ble ferdig."),
            &format!("Inga rad i {name} er frå {on} eller før. Sjå om uttrekket vart ferdig."),
            &format!("No row of {name} is from {on} or earlier. See whether the extract was finished."),
        ),
    }
}

/// One decimal, with a comma as Norwegian readers write it.
fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0).replace('.', ",")
}
