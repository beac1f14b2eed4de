//! Journals of any size: `generate` writes one into a folder; memory does not follow its size.

use super::codes::Universe;
use super::law::{BLOCK, Block, DAYS, Event, Law, Rng, VERSION};
pub use super::sink::Result;
use super::sink::{Names, PeopleSink, Sink};
use rayon::prelude::*;
use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

/// How patients are named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ids {
    /// 64-bit integers.
    Whole,
    /// Sixteen hexadecimal characters.
    Text,
}

/// What the rows are sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// By patient, then by day: as tidlig writes its journals.
    Patient,
    /// By day, then by patient: as many registers deliver.
    Date,
    /// By nothing.
    None,
}

/// Which tables the events stand in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// All three code systems in `diagnoses`.
    One,
    /// ICD-10 and ICPC-2 in `diagnoses`, ATC in `medicines`.
    Split,
}

/// How the tables are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Parquet,
    /// UTF-8, commas, yyyy-mm-dd.
    CleanCsv,
    /// Windows-1252, semicolons, dd.mm.yyyy, decimal commas, CRLF.
    NorwegianCsv,
}

/// A journal to make.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    pub patients: u64,
    pub ids: Ids,
    pub order: Order,
    pub layout: Layout,
    pub format: Format,
}

impl Plan {
    pub fn new(patients: u64) -> Plan {
        Plan { patients, ids: Ids::Whole, order: Order::Patient, layout: Layout::One, format: Format::Parquet }
    }

    /// A folder name that changes with everything that changes the rows.
    pub fn name(&self) -> String {
        let plan = format!("{}-{:?}-{:?}-{:?}-{:?}", self.patients, self.ids, self.order, self.layout, self.format);
        format!("journal-{VERSION}-{}", plan.to_lowercase())
    }

    /// Reads what [`Plan::name`] wrote.
    pub fn parse(name: &str) -> Option<Plan> {
        let parts: Vec<&str> = name.split('-').collect();
        let &["journal", _, patients, ids, order, layout, format] = parts.as_slice() else { return None };
        let plan = Plan {
            patients: patients.parse().ok()?,
            ids: if ids == "text" { Ids::Text } else { Ids::Whole },
            order: match order {
                "date" => Order::Date,
                "none" => Order::None,
                _ => Order::Patient,
            },
            layout: if layout == "split" { Layout::Split } else { Layout::One },
            format: match format {
                "parquet" => Format::Parquet,
                "cleancsv" => Format::CleanCsv,
                _ => Format::NorwegianCsv,
            },
        };
        (plan.name() == name).then_some(plan)
    }
}

/// Writes the journal of a plan into `folder`, which must be there; the number of events.
///
/// # Errors
/// When a file cannot be written.
pub fn generate(folder: &Path, plan: &Plan) -> Result<u64> {
    let universe = Universe::new();
    let law = Law::new(&universe);
    let names = Names::new(plan);
    let mut people = PeopleSink::open(folder, plan, &names)?;
    let mut sinks = Sink::open(folder, plan, &universe, &names)?;
    let mut buckets = match plan.order {
        Order::Patient => None,
        Order::Date | Order::None => Some(Buckets::open(folder, plan.order)?),
    };
    let mut events = 0;
    for block in blocks(&law, plan) {
        people.write(&block.people, &names)?;
        events += block.events.len() as u64;
        match &mut buckets {
            None => pour(&block.events, &mut sinks, &names)?,
            Some(buckets) => buckets.add(&block.events)?,
        }
    }
    if let Some(buckets) = buckets {
        buckets.empty(|events| pour(events, &mut sinks, &names))?;
    }
    for (sink, _) in sinks {
        sink.close()?;
    }
    people.close()?;
    if plan.format != Format::Parquet {
        std::fs::write(folder.join("practice.toml"), profile(plan))?;
    }
    Ok(events)
}

/// Blocks in order, a few at a time made on all threads.
fn blocks<'a>(law: &'a Law, plan: &'a Plan) -> impl Iterator<Item = Block> + 'a {
    let numbers: Vec<u64> = (0..plan.patients.div_ceil(BLOCK)).collect();
    let at_once = rayon::current_num_threads() * 2;
    let groups: Vec<Vec<u64>> = numbers.chunks(at_once).map(<[u64]>::to_vec).collect();
    groups.into_iter().flat_map(move |group| {
        group.into_par_iter().map(|number| law.block(number, plan.patients)).collect::<Vec<Block>>()
    })
}

fn pour(events: &[Event], sinks: &mut [(Sink, [bool; 3])], names: &Names) -> Result<()> {
    for (sink, systems) in sinks {
        if systems.iter().all(|wanted| *wanted) {
            sink.write(events, names)?;
        } else {
            let own: Vec<Event> = events.iter().filter(|event| systems[event.system as usize]).copied().collect();
            sink.write(&own, names)?;
        }
    }
    Ok(())
}

/// Events set aside by stretch of days, so that each stretch can be sorted by itself; or at random, and shuffled.
struct Buckets {
    order: Order,
    chance: Rng,
    files: Vec<(PathBuf, BufWriter<File>)>,
}

/// Days of one bucket.
const STRETCH: u64 = 28;
/// Bytes of a stored event.
const STORED: usize = 9;

impl Buckets {
    fn open(folder: &Path, order: Order) -> Result<Buckets> {
        let files = (0..DAYS.div_ceil(STRETCH)).map(|n| {
            let path = folder.join(format!("stretch-{n}.tmp"));
            let file = BufWriter::new(File::create(&path)?);
            Ok((path, file))
        });
        Ok(Buckets { order, chance: Rng::new(DAYS), files: files.collect::<Result<_>>()? })
    }

    fn add(&mut self, events: &[Event]) -> Result<()> {
        for event in events {
            let mut stored = [0; STORED];
            stored[..4].copy_from_slice(&event.patient.to_le_bytes());
            stored[4..6].copy_from_slice(&event.day.to_le_bytes());
            stored[6] = event.system;
            stored[7..].copy_from_slice(&event.code.to_le_bytes());
            let bucket = match self.order {
                Order::None => self.chance.below(self.files.len() as u64),
                _ => u64::from(event.day) / STRETCH,
            };
            self.files[bucket as usize].1.write_all(&stored)?;
        }
        Ok(())
    }

    fn empty(mut self, mut pour: impl FnMut(&[Event]) -> Result<()>) -> Result<()> {
        for (path, mut file) in self.files {
            file.flush()?;
            let mut bytes = Vec::new();
            BufReader::new(File::open(&path)?).read_to_end(&mut bytes)?;
            let mut events: Vec<Event> = bytes
                .chunks_exact(STORED)
                .map(|b| Event {
                    patient: u32::from_le_bytes([b[0], b[1], b[2], b[3]]),
                    day: u16::from_le_bytes([b[4], b[5]]),
                    system: b[6],
                    code: u16::from_le_bytes([b[7], b[8]]),
                })
                .collect();
            match self.order {
                Order::None => (1..events.len()).rev().for_each(|last| {
                    events.swap(last, self.chance.below(last as u64 + 1) as usize);
                }),
                _ => events.sort_by_key(|event| (event.day, event.patient)),
            }
            pour(&events)?;
            std::fs::remove_file(path)?;
        }
        Ok(())
    }
}

/// The `practice.toml` of a CSV journal.
fn profile(plan: &Plan) -> String {
    let (patients, diagnoses, medicines) = match plan.format {
        Format::NorwegianCsv => (
            r#"patient_id = "PasientID", birth_date = "Født", sex = "Kjønn", gp_id = "Fastlege""#,
            r#"patient_id = "PasientID", date = "Dato", system = "Kodeverk", code = "Kode""#,
            r#"patient_id = "PasientID", date = "Dato", atc = "ATC""#,
        ),
        _ => (
            r#"patient_id = "patient_id", birth_date = "birth_date", sex = "sex", gp_id = "gp_id""#,
            r#"patient_id = "patient_id", date = "date", system = "system", code = "code""#,
            r#"patient_id = "patient_id", date = "date", atc = "atc""#,
        ),
    };
    let mut tables = vec![("patients", patients), ("diagnoses", diagnoses)];
    if plan.layout == Layout::Split {
        tables.push(("medicines", medicines));
    }
    let mut text = "[practice]\nname = \"Benchmark\"\nlanguage = \"en\"\nas_of = 2026-01-01\n".to_owned();
    for (table, columns) in tables {
        text += &format!("\n[[table]]\ntable = \"{table}\"\nfile = \"{table}.csv\"\ncolumns = {{ {columns} }}\n");
    }
    text
}
