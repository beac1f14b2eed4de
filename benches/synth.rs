//! Drawing a cohort and streaming it to Parquet, beside writing the same columns ready-made: `cargo bench --bench synth`.
//!
//! Three ways, one after the other and again, in processor time and by the clock: drawing and writing; the ready-made
//! columns as pages of numbers of distinct values, by the same writer; and as Arrow batches, texts as dictionaries, by the writer
//! of the `parquet` crate with the journals' own settings. Then the greatest memory of a small and of a large cohort.
//! `TIDLIG_BENCH_PATIENTS` sets the size (200,000; the large one is five times that).

use arrow::array::{ArrayRef, RecordBatch};
use arrow::datatypes::{DataType, Field, Schema};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder};
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use std::error::Error;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::Arc;
use std::time::Instant;
use tidlig::clinical::Day;
use tidlig::journal::tables::Table;
use tidlig::synth::write::{self, Dictionaries, Encoded, Files};
use tidlig::synth::{Parameters, Plan, Synth};

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

/// Times each way is measured; the least counts.
const ROUNDS: usize = 3;
const INDEX_DAY: &str = "2025-01-01";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let folder = std::env::temp_dir().join(format!("tidlig-synth-bench-{}", std::process::id()));
    if let Some(patients) = std::env::var_os("TIDLIG_BENCH_CHILD") {
        let patients = patients.to_str().and_then(|text| text.parse().ok()).ok_or("no number of patients")?;
        let written = write::journal(&cohort()?, patients, &folder, |_| ());
        std::fs::remove_dir_all(&folder)?;
        written?;
        return tell_memory(patients);
    }
    let patients: u64 =
        std::env::var("TIDLIG_BENCH_PATIENTS").ok().and_then(|text| text.parse().ok()).unwrap_or(200_000);
    let compared = compare(patients, &folder);
    let _ = std::fs::remove_dir_all(&folder);
    compared?;
    memory(patients)
}

fn cohort() -> Result<Synth> {
    let parameters = Parameters::usual()?;
    let index_days = vec![Day::parse_iso(INDEX_DAY).ok_or("no day")?];
    let history = tidlig::synth::cohort::USUAL_HISTORY;
    Ok(Synth::new(parameters, Plan { seed: 1, index_days, history, practice_size: None, tally: false }))
}

/// Clock and processor seconds.
type Cost = (f64, f64);

fn compare(patients: u64, folder: &Path) -> Result<()> {
    let synth = cohort()?;
    let (drawn, paged, by_arrow) = (folder.join("drawn"), folder.join("paged"), folder.join("arrow"));
    let facts = write::journal(&synth, patients, &drawn, |_| ())?.facts;
    let batches = ready_batches(&drawn)?;
    let (mut draw, mut pages, mut arrow): (Vec<Cost>, Vec<Cost>, Vec<Cost>) = (vec![], vec![], vec![]);
    for _ in 0..ROUNDS {
        draw.push(timed(|| Ok(write::journal(&synth, patients, &drawn, |_| ()).map(|_| ())?))?);
        pages.push(write_pages(&synth, patients, &paged)?);
        arrow.push(timed(|| write_batches(&batches, &by_arrow))?);
    }
    println!("{patients} patients, {facts} facts, {} threads", rayon::current_num_threads());
    let base = tell("drawn and written", &draw, facts, None);
    tell("ready-made, encoded by the same writer", &pages, facts, Some(base));
    tell("ready-made, Arrow batches by the parquet crate", &arrow, facts, Some(base));
    Ok(())
}

/// The least cost of the rounds, and how many times as fast drawing is.
fn tell(what: &str, rounds: &[Cost], facts: u64, base: Option<Cost>) -> Cost {
    let least = |of: fn(&Cost) -> f64| rounds.iter().map(of).fold(f64::INFINITY, f64::min);
    let (clock, processor) = (least(|cost| cost.0), least(|cost| cost.1));
    let each = |seconds: f64| seconds * 1e9 / facts as f64;
    let ratio = base.map_or(String::new(), |(by_clock, by_processor)| {
        format!(
            "; drawing and writing runs at {:.2} of its speed by the clock, {:.2} by processor time",
            clock / by_clock,
            processor / by_processor
        )
    });
    println!("{what:<48} {clock:>7.2} s, {processor:>7.2} s of processor, {:>6.1} ns a fact{ratio}", each(processor));
    (clock, processor)
}

fn timed(work: impl FnOnce() -> Result<()>) -> Result<Cost> {
    let (clock, processor) = (Instant::now(), processor_seconds());
    work()?;
    Ok((clock.elapsed().as_secs_f64(), processor_seconds() - processor))
}

fn processor_seconds() -> f64 {
    let mut usage = std::mem::MaybeUninit::<libc::rusage>::zeroed();
    // SAFETY: the call fills the structure that it is given.
    let usage = unsafe {
        libc::getrusage(libc::RUSAGE_SELF, usage.as_mut_ptr());
        usage.assume_init()
    };
    let seconds = |time: libc::timeval| time.tv_sec as f64 + time.tv_usec as f64 / 1e6;
    seconds(usage.ru_utime) + seconds(usage.ru_stime)
}

/// Encodes blocks whose columns are drawn beforehand, and puts them into files; only that is timed.
fn write_pages(synth: &Synth, patients: u64, folder: &Path) -> Result<Cost> {
    let (journal, truth) = (folder.join("journal"), folder.join("truth"));
    std::fs::create_dir_all(&journal)?;
    std::fs::create_dir_all(&truth)?;
    let dictionaries = Dictionaries::new(synth);
    let mut files = Files::begin(synth, &dictionaries, &journal, &truth)?;
    let mut total = (0.0, 0.0);
    let blocks: Vec<u64> = (0..patients.div_ceil(write::BLOCK)).collect();
    for numbers in blocks.chunks(16) {
        use rayon::prelude::*;
        let draw = |number: &u64| {
            let mut block = write::Block::new();
            block.draw(synth, &dictionaries, *number, patients);
            block
        };
        let ready: Vec<write::Block> = numbers.par_iter().map(draw).collect();
        let cost = timed(|| {
            let encoded: Vec<std::result::Result<Encoded, _>> =
                ready.par_iter().map(|block| block.encoded(&dictionaries)).collect();
            encoded.into_iter().try_for_each(|encoded| files.append(&encoded?))?;
            Ok(())
        })?;
        total = (total.0 + cost.0, total.1 + cost.1);
    }
    let cost = timed(|| Ok(files.finish(patients).map(|_| ())?))?;
    Ok((total.0 + cost.0, total.1 + cost.1))
}

/// The tables as Arrow batches in memory, texts through dictionaries.
fn ready_batches(folder: &Path) -> Result<Vec<(&'static str, Vec<RecordBatch>)>> {
    let mut tables = Vec::new();
    for table in Table::ALL {
        let path = folder.join(write::JOURNAL).join(format!("{}.parquet", table.name()));
        let file = File::open(&path)?;
        let plain = ArrowReaderMetadata::load(&file, ArrowReaderOptions::new())?;
        let options = ArrowReaderOptions::new().with_schema(through_dictionaries(plain.schema()));
        let reader = ParquetRecordBatchReaderBuilder::new_with_metadata(
            File::open(&path)?,
            ArrowReaderMetadata::load(&file, options)?,
        );
        let batches: Vec<RecordBatch> =
            reader.with_batch_size(65_536).build()?.collect::<std::result::Result<_, _>>()?;
        tables.push((table.name(), batches));
    }
    Ok(tables)
}

fn through_dictionaries(schema: &Schema) -> Arc<Schema> {
    let fields = schema.fields().iter().map(|field| match field.data_type() {
        DataType::Utf8 => {
            let kind = DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
            Arc::new(Field::new(field.name(), kind, field.is_nullable()))
        }
        _ => Arc::clone(field),
    });
    Arc::new(Schema::new(fields.collect::<Vec<_>>()))
}

/// Writes batches with the settings of the journals: zstd at level 3, row groups of a million rows. Columns of a row group are
/// written one after another, tables side by side.
fn write_batches(tables: &[(&'static str, Vec<RecordBatch>)], folder: &Path) -> Result<()> {
    use rayon::prelude::*;
    std::fs::create_dir_all(folder)?;
    tables.par_iter().try_for_each(|(name, batches)| write_table(&folder.join(format!("{name}.parquet")), batches))
}

fn write_table(path: &PathBuf, batches: &[RecordBatch]) -> Result<()> {
    let Some(first) = batches.first() else { return Ok(()) };
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(3)?))
        .set_max_row_group_row_count(Some(1_000_000))
        .build();
    let mut writer = ArrowWriter::try_new(File::create(path)?, first.schema(), Some(properties))?;
    for batch in batches {
        let columns: Vec<ArrayRef> = batch.columns().to_vec();
        writer.write(&RecordBatch::try_new(batch.schema(), columns)?)?;
    }
    writer.close()?;
    Ok(())
}

/// The greatest memory of a process that writes a cohort, for a small one and for one five times as large.
fn memory(patients: u64) -> Result<()> {
    for patients in [patients, patients * 5] {
        let status = Command::new(std::env::current_exe()?).env("TIDLIG_BENCH_CHILD", patients.to_string()).status()?;
        if !status.success() {
            return Err("the process that writes a cohort failed".into());
        }
    }
    Ok(())
}

/// What the system says of this process; a child's own is told by nobody else, for a parent's size is inherited by the call.
fn tell_memory(patients: u64) -> Result<()> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no peak of memory is told")?;
    let kilobytes: f64 = peak.trim().trim_end_matches("kB").trim().parse()?;
    println!("{patients:>9} patients: at most {:.0} MB of memory", kilobytes / 1024.0);
    Ok(())
}
