//! Where events go: Parquet as tidlig's journal has it, or CSV as practices and researchers deliver it.

use super::codes::{SYSTEMS, Universe};
use super::generate::{Format, Ids, Layout, Plan};
use super::law::{Event, FIRST_DAY, Person, Rng};
use arrow::array::{ArrayRef, Date32Array, DictionaryArray, Int32Array, Int64Array, RecordBatch, StringArray};
use arrow::datatypes::{DataType, Field, Schema};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::ArrowWriterOptions;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::sync::Arc;
use tidlig::clinical::Day;

pub type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// Rows of a row group, as in tidlig's own journals.
const ROW_GROUP: usize = 1_000_000;
const BATCH: usize = 65_536;

/// The id of each patient, in ascending order of her number.
pub struct Names {
    ids: Ids,
    /// Width of a patient's span of text ids.
    step: u64,
}

impl Names {
    pub fn new(plan: &Plan) -> Names {
        Names { ids: plan.ids, step: u64::MAX / plan.patients.max(1) }
    }

    /// Each patient has a span of ids and one at random in it, so that ids are neither dense nor regular.
    fn whole(&self, patient: u32) -> i64 {
        10_000_000_000 + i64::from(patient) * 32 + Rng::new(u64::from(patient)).below(32) as i64
    }

    fn text(&self, patient: u32) -> String {
        format!("{:016x}", u64::from(patient) * self.step + Rng::new(u64::from(patient)).below(self.step))
    }

    fn plain(&self, patient: u32) -> String {
        match self.ids {
            Ids::Whole => self.whole(patient).to_string(),
            Ids::Text => self.text(patient),
        }
    }

    fn column(&self, patients: impl Iterator<Item = u32>) -> ArrayRef {
        match self.ids {
            Ids::Whole => Arc::new(Int64Array::from_iter_values(patients.map(|patient| self.whole(patient)))),
            Ids::Text => {
                // Neighbouring rows mostly belong to one patient.
                let mut last = (u32::MAX, String::new());
                let texts = patients.map(|patient| {
                    if patient != last.0 {
                        last = (patient, self.text(patient));
                    }
                    last.1.clone()
                });
                Arc::new(StringArray::from_iter_values(texts))
            }
        }
    }

    fn data_type(&self) -> DataType {
        match self.ids {
            Ids::Whole => DataType::Int64,
            Ids::Text => DataType::Utf8,
        }
    }
}

/// One file that events are written to.
pub enum Sink {
    Parquet(Box<ParquetSink>),
    Csv(CsvSink),
}

impl Sink {
    /// The files of a plan, and which code systems go to each.
    pub fn open(folder: &Path, plan: &Plan, universe: &Universe, names: &Names) -> Result<Vec<(Sink, [bool; 3])>> {
        let files: &[(&str, [bool; 3])] = match plan.layout {
            Layout::One => &[("diagnoses", [true; 3])],
            Layout::Split => &[("diagnoses", [true, true, false]), ("medicines", [false, false, true])],
        };
        files
            .iter()
            .map(|(table, systems)| {
                let sink = match plan.format {
                    Format::Parquet => Sink::Parquet(Box::new(ParquetSink::new(folder, table, universe, names)?)),
                    format => Sink::Csv(CsvSink::new(folder, table, format, universe)?),
                };
                Ok((sink, *systems))
            })
            .collect()
    }

    pub fn write(&mut self, events: &[Event], names: &Names) -> Result<()> {
        match self {
            Sink::Parquet(sink) => sink.write(events, names),
            Sink::Csv(sink) => sink.write(events, names),
        }
    }

    pub fn close(self) -> Result<()> {
        match self {
            Sink::Parquet(sink) => Ok(sink.writer.close().map(drop)?),
            Sink::Csv(mut sink) => Ok(sink.file.flush()?),
        }
    }
}

/// Codes are handed to the writer as dictionaries and stored as plain text columns, dictionary-encoded.
pub struct ParquetSink {
    writer: ArrowWriter<BufWriter<File>>,
    schema: Arc<Schema>,
    systems: ArrayRef,
    codes: ArrayRef,
    /// Where each system's codes begin in `codes`.
    bases: [i32; 3],
    with_system: bool,
}

impl ParquetSink {
    fn new(folder: &Path, table: &str, universe: &Universe, names: &Names) -> Result<ParquetSink> {
        let text = || DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
        let with_system = table == "diagnoses";
        let mut fields =
            vec![Field::new("patient_id", names.data_type(), false), Field::new("date", DataType::Date32, false)];
        if with_system {
            fields.push(Field::new("system", text(), false));
            fields.push(Field::new("code", text(), false));
        } else {
            fields.push(Field::new("atc", text(), false));
        }
        let schema = Arc::new(Schema::new(fields));
        let [icd10, icpc2, _] = &universe.codes;
        Ok(ParquetSink {
            writer: parquet_writer(&folder.join(format!("{table}.parquet")), &schema)?,
            schema,
            systems: Arc::new(StringArray::from(SYSTEMS.to_vec())),
            codes: Arc::new(StringArray::from_iter_values(universe.codes.iter().flatten())),
            bases: [0, icd10.len() as i32, (icd10.len() + icpc2.len()) as i32],
            with_system,
        })
    }

    fn write(&mut self, events: &[Event], names: &Names) -> Result<()> {
        for batch in events.chunks(BATCH) {
            let days = batch.iter().map(|event| FIRST_DAY + i32::from(event.day));
            let codes = batch.iter().map(|event| self.bases[event.system as usize] + i32::from(event.code));
            let mut columns: Vec<ArrayRef> = vec![
                names.column(batch.iter().map(|event| event.patient)),
                Arc::new(Date32Array::from_iter_values(days)),
            ];
            if self.with_system {
                let keys = Int32Array::from_iter_values(batch.iter().map(|event| i32::from(event.system)));
                columns.push(Arc::new(DictionaryArray::try_new(keys, self.systems.clone())?));
            }
            columns.push(Arc::new(DictionaryArray::try_new(Int32Array::from_iter_values(codes), self.codes.clone())?));
            self.writer.write(&RecordBatch::try_new(self.schema.clone(), columns)?)?;
        }
        Ok(())
    }
}

fn parquet_writer(path: &Path, schema: &Arc<Schema>) -> Result<ArrowWriter<BufWriter<File>>> {
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(3)?))
        .set_max_row_group_row_count(Some(ROW_GROUP))
        .build();
    // Without Arrow's own metadata the file looks as any other program would have written it.
    let options = ArrowWriterOptions::new().with_properties(properties).with_skip_arrow_metadata(true);
    Ok(ArrowWriter::try_new_with_options(BufWriter::new(File::create(path)?), schema.clone(), options)?)
}

/// Text, row by row.
pub struct CsvSink {
    file: BufWriter<File>,
    norwegian: bool,
    with_system: bool,
    codes: [Vec<String>; 3],
    /// Every day as the file writes it.
    days: Vec<String>,
}

impl CsvSink {
    fn new(folder: &Path, table: &str, format: Format, universe: &Universe) -> Result<CsvSink> {
        let norwegian = format == Format::NorwegianCsv;
        let with_system = table == "diagnoses";
        let mut file = BufWriter::with_capacity(1 << 20, File::create(folder.join(format!("{table}.csv")))?);
        let header: &[u8] = match (norwegian, with_system) {
            (false, true) => b"patient_id,date,system,code\n",
            (false, false) => b"patient_id,date,atc\n",
            // Beløp: a column nobody maps, with a decimal comma and a letter that UTF-8 would write in two bytes.
            (true, true) => b"PasientID;Dato;Kodeverk;Kode;Bel\xF8p\r\n",
            (true, false) => b"PasientID;Dato;ATC;Bel\xF8p\r\n",
        };
        file.write_all(header)?;
        let day = |n: u64| Day(FIRST_DAY + n as i32);
        let days =
            (0..super::law::DAYS).map(|n| if norwegian { day(n).norwegian() } else { day(n).to_string() }).collect();
        Ok(CsvSink { file, norwegian, with_system, codes: universe.codes.clone(), days })
    }

    fn write(&mut self, events: &[Event], names: &Names) -> Result<()> {
        let (mark, end) = if self.norwegian { (";", ";128,50\r\n") } else { (",", "\n") };
        let mut last = (u32::MAX, String::new());
        for event in events {
            let day = &self.days[usize::from(event.day)];
            let code = &self.codes[event.system as usize][usize::from(event.code)];
            if event.patient != last.0 {
                last = (event.patient, names.plain(event.patient));
            }
            write!(self.file, "{}{mark}{day}", last.1)?;
            if self.with_system {
                write!(self.file, "{mark}{}", SYSTEMS[event.system as usize])?;
            }
            write!(self.file, "{mark}{code}{end}")?;
        }
        Ok(())
    }
}

/// The patients table.
pub enum PeopleSink {
    Parquet(Box<ArrowWriter<BufWriter<File>>>, Arc<Schema>),
    Csv { file: BufWriter<File>, norwegian: bool },
}

impl PeopleSink {
    pub fn open(folder: &Path, plan: &Plan, names: &Names) -> Result<PeopleSink> {
        if plan.format == Format::Parquet {
            let schema = Arc::new(Schema::new(vec![
                Field::new("patient_id", names.data_type(), false),
                Field::new("birth_date", DataType::Date32, false),
                Field::new("sex", DataType::Utf8, false),
                Field::new("gp_id", DataType::Utf8, false),
            ]));
            return Ok(PeopleSink::Parquet(
                Box::new(parquet_writer(&folder.join("patients.parquet"), &schema)?),
                schema,
            ));
        }
        let norwegian = plan.format == Format::NorwegianCsv;
        let mut file = BufWriter::new(File::create(folder.join("patients.csv"))?);
        let header: &[u8] =
            if norwegian { b"PasientID;F\xF8dt;Kj\xF8nn;Fastlege\r\n" } else { b"patient_id,birth_date,sex,gp_id\n" };
        file.write_all(header)?;
        Ok(PeopleSink::Csv { file, norwegian })
    }

    pub fn write(&mut self, people: &[Person], names: &Names) -> Result<()> {
        match self {
            PeopleSink::Parquet(writer, schema) => {
                let columns: Vec<ArrayRef> = vec![
                    names.column(people.iter().map(|person| person.patient)),
                    Arc::new(Date32Array::from_iter_values(people.iter().map(|person| person.born))),
                    Arc::new(StringArray::from_iter_values(people.iter().map(Person::sex))),
                    Arc::new(StringArray::from_iter_values(people.iter().map(|person| format!("GP{:04}", person.gp)))),
                ];
                writer.write(&RecordBatch::try_new(schema.clone(), columns)?)?;
            }
            PeopleSink::Csv { file, norwegian } => {
                for person in people {
                    let (id, born) = (names.plain(person.patient), Day(person.born));
                    if *norwegian {
                        let sex = if person.female { "K" } else { "M" };
                        write!(file, "{id};{};{sex};GP{:04}\r\n", born.norwegian(), person.gp)?;
                    } else {
                        writeln!(file, "{id},{born},{},GP{:04}", person.sex(), person.gp)?;
                    }
                }
            }
        }
        Ok(())
    }

    pub fn close(self) -> Result<()> {
        match self {
            PeopleSink::Parquet(writer, _) => Ok(writer.close().map(drop)?),
            PeopleSink::Csv { mut file, .. } => Ok(file.flush()?),
        }
    }
}
