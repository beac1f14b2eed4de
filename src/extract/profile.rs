//! `practice.toml` as meant: who the practice is, which files it delivers and how they are to be read.

use crate::clinical::fault::Faults;
use crate::clinical::{Day, Language};
use crate::journal::tables::{Source, Table};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::profile_read;

/// The whole of `practice.toml`, checked.
#[derive(Debug, Clone)]
pub struct Profile {
    /// The file itself, as the user named it.
    pub file: PathBuf,
    /// The folder that paths in the file are relative to.
    pub folder: PathBuf,
    pub practice: Practice,
    pub models: Models,
    pub list: ListSettings,
    pub trust: Trust,
    pub runs: Runs,
    pub memory: Memory,
    pub tables: Vec<TableSource>,
}

impl Profile {
    /// Reads and checks `practice.toml`; the practice's own files are not opened yet.
    ///
    /// # Errors
    /// Every fault of the file, each with its place and, where possible, a suggestion.
    pub fn load(path: &Path) -> Result<Profile, Faults> {
        profile_read::load(path)
    }

    /// As [`Profile::load`], from text that was read already.
    ///
    /// # Errors
    /// Every fault of the text.
    pub fn parse(path: &Path, text: &str) -> Result<Profile, Faults> {
        profile_read::parse(path, text)
    }
}

/// `[practice]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Practice {
    pub name: String,
    /// The language of the list and of the refusals.
    pub language: Language,
    /// The index day, when the file fixes it.
    pub as_of: Option<Day>,
    /// Where runs are published.
    pub output: PathBuf,
}

/// `[models]`: which rule sets score the patients.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Models {
    /// `None` is all of them.
    pub ids: Option<Vec<String>>,
    /// Folders with the practice's own rule sets, beside the shipped ones; the profile's folder stands before them.
    pub folders: Vec<PathBuf>,
}

/// `[list]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListSettings {
    /// Places a week, of a practice that keeps no table of resources.
    pub capacity: u32,
    /// The practice's own outreach policy, over the shipped one.
    pub policy: Option<PathBuf>,
}

/// `[memory]`: where decisions come from and are kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Memory {
    /// The store; `store.sqlite` in the output folder when left out.
    pub store: Option<PathBuf>,
    /// A folder whose decision files are taken in by the nightly run.
    pub inbox: Option<PathBuf>,
    /// The table of resources; when left out, a `resources` or `ressurser` workbook or CSV beside the profile, if there is one.
    pub resources: Option<PathBuf>,
}

/// `[runs]`: what is kept of earlier runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Runs {
    /// Runs, the newest one included, whose journals are kept.
    pub keep: u32,
}

impl Default for Runs {
    fn default() -> Runs {
        Runs { keep: 7 }
    }
}

/// `[trust]`: when an extract is not to be trusted, and nothing is published.
#[derive(Debug, Clone, PartialEq)]
pub struct Trust {
    /// Greatest share of refused rows in any table.
    pub refused_share: f64,
    /// Greatest share of patients lost since the last good run.
    pub patients_lost: f64,
    /// Days from the newest row of diagnoses or contacts to the index day.
    pub newest_row_days: u32,
    /// A source whose newest row is older than this many days counts as not delivered.
    pub stale_source_days: u32,
    /// Tables that must be delivered.
    pub expect: Vec<Table>,
}

impl Default for Trust {
    fn default() -> Trust {
        Trust {
            refused_share: 0.05,
            patients_lost: 0.05,
            newest_row_days: 7,
            stale_source_days: 35,
            expect: vec![Table::Patients],
        }
    }
}

/// One `[[table]]`: some files of the practice, and what their columns mean.
#[derive(Debug, Clone)]
pub struct TableSource {
    pub table: Table,
    /// Paths relative to the profile's folder; `*` stands for any part of a file's name.
    pub files: Vec<String>,
    pub habits: Habits,
    pub columns: Vec<ColumnSource>,
    /// How many rows a row of the file can become: the length of its `wide` lists, or 1.
    pub width: usize,
    /// The column whose cells may hold several values.
    pub split: Option<Split>,
    /// Sources that the files deliver; `None`: judged from the kinds seen.
    pub sources: Option<Vec<Source>>,
    /// Where it stands in the profile, for messages: `practice.toml:12`.
    pub place: String,
}

/// Several values in one cell, `K77, T90`: each becomes a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// Index into the table's columns.
    pub column: usize,
    /// What stands between the values; any of them.
    pub separators: Vec<String>,
}

/// Where the values of one canonical column come from.
#[derive(Debug, Clone)]
pub struct ColumnSource {
    pub target: Target,
    pub from: From,
    /// The file's words and what they mean, compared without case and outer blanks.
    pub map: Option<CodeMap>,
    /// A file without the header is at fault; otherwise the column stays empty.
    pub must_exist: bool,
}

/// A canonical column, or one that is only read to check the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// Index into the table's columns.
    Column(usize),
    /// The identity number: a check of quality, never written.
    NationalId,
}

/// Headers of the practice's files, or a constant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum From {
    Header(Header),
    /// One header for each row that a row of the file can become.
    Wide(Vec<Header>),
    Constant(String),
}

impl From {
    /// The headers that a file must have.
    #[must_use]
    pub fn headers(&self) -> &[Header] {
        match self {
            From::Header(header) => std::slice::from_ref(header),
            From::Wide(headers) => headers,
            From::Constant(_) => &[],
        }
    }
}

/// A header as the profile writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    pub name: String,
    /// Where the profile says so: `practice.toml:14`.
    pub place: String,
}

/// Words of the file to canonical words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CodeMap {
    words: BTreeMap<String, String>,
    /// `"*"`: for every word that is not listed.
    default: Option<String>,
}

impl CodeMap {
    #[must_use]
    pub fn new(entries: impl IntoIterator<Item = (String, String)>) -> CodeMap {
        let mut map = CodeMap::default();
        for (word, meaning) in entries {
            if word == "*" {
                map.default = Some(meaning);
            } else {
                map.words.insert(word.trim().to_lowercase(), meaning);
            }
        }
        map
    }

    /// What a word of the file means; a word that is neither listed nor covered by `"*"` means itself.
    #[must_use]
    pub fn meaning<'a>(&'a self, word: &'a str) -> &'a str {
        let found = self.words.get(&word.trim().to_lowercase());
        found.or(self.default.as_ref()).map_or(word, String::as_str)
    }

    /// What an empty cell means: only `""` itself says so, not `"*"`.
    #[must_use]
    pub fn of_empty(&self) -> Option<&str> {
        self.words.get("").map(String::as_str)
    }

    /// Every meaning the map can give.
    pub fn meanings(&self) -> impl Iterator<Item = &str> {
        self.words.values().chain(&self.default).map(String::as_str)
    }
}

/// How the files of one table are written; `None` is judged from the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Habits {
    pub delimiter: Option<u8>,
    pub encoding: Option<TextEncoding>,
    pub decimal: Option<Decimal>,
    pub dates: Option<DateHabit>,
}

/// The character encodings that Norwegian extracts come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextEncoding {
    Utf8,
    Utf16Le,
    Utf16Be,
    /// Also reads ISO-8859-1, of which it is a superset in practice.
    Windows1252,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decimal {
    Comma,
    Point,
}

/// A told habit of writing dates; without one, every habit but months first is understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateHabit {
    /// `dd.mm.yyyy`, `d.m.yy`, also with `/` and `-`.
    DayFirst,
    /// `mm/dd/yyyy`; only when told.
    MonthFirst,
    /// `yyyy-mm-dd`.
    Iso,
    /// `yyyymmdd`.
    Compact,
    /// Days since 30.12.1899, as Excel counts.
    Excel,
}
