//! A small practice with three GPs, made patient by patient from a seed.
//!
//! people (who is on the list) -> life (what happened to them) and planted (patients with a purpose) -> tables (rows as
//! a practice writes them) -> blemishes (what real files suffer from) -> bytes.

mod ageing;
mod blemishes;
mod calendar;
mod conditions;
mod everyday;
mod hospital;
mod life;
mod people;
mod planted;
mod record;
mod rng;
mod tables;
mod treatment;

pub use blemishes::Blemish;

/// Another seed gives another practice of the same kind.
const SEED: u64 = 20_260_302;
/// Generated patients; the planted ones come in addition.
const GENERATED: u32 = 1_960;

/// A file as the practice would deliver it.
pub struct SampleFile {
    pub name: &'static str,
    pub rows: usize,
    pub bytes: Vec<u8>,
}

/// The whole practice.
pub struct Sample {
    pub files: Vec<SampleFile>,
    pub blemishes: Vec<Blemish>,
}

/// Makes the practice; the same on every machine.
#[must_use]
pub fn sample() -> Sample {
    let mut records: Vec<record::Record> = (1..=GENERATED).map(life::live).collect();
    records.extend(planted::patients(GENERATED + 1));
    records.sort_by(|a, b| a.person.id.cmp(&b.person.id));
    let mut tables = tables::tables(&records);
    let blemishes = blemishes::blemish(&mut tables);
    let files = tables
        .iter()
        .map(|table| SampleFile { name: table.file, rows: table.rows.len(), bytes: table.bytes() })
        .collect();
    Sample { files, blemishes }
}
