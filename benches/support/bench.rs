//! The commands of each comparison, and the journals they run on.

use super::child::Side;
use super::comparison::Comparison;
use super::generate::{Format, Ids, Layout, Order, Plan};
use super::own_sets;
use super::practice;
use super::settings::Settings;
use super::side_by_side::Pair;
use super::sink::Result;
use std::path::{Path, PathBuf};

const JOB: &str = "charlson-quan-2011,elixhauser-vanwalraven,hfrs";
const NINE: &str = "charlson-quan-1987,charlson-quan-1987-age,charlson-quan-2011,elixhauser-vanwalraven,hfrs,hfrs-norway,\
                    tidlig-chronic,tidlig-frail,tidlig-quiet";
const OF_PEERS: &str = "charlson-quan-1987,elixhauser-vanwalraven,hfrs-all";
const AS_OF: &str = "2026-01-01";
const FOUR: &str = "patient_id,date,system,code";

/// One size.
pub struct Bench<'a> {
    pub settings: &'a Settings,
    pub size: u64,
}

impl Bench<'_> {
    /// The folder of a plan's journal, made when it is not there.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn journal(&self, plan: Plan) -> Result<PathBuf> {
        let folder = self.settings.data.join(plan.name());
        if !folder.exists() {
            eprintln!("making {} …", plan.name());
            std::fs::create_dir_all(&self.settings.data)?;
            Side::new("making a journal", &std::env::current_exe()?, &["make", &folder.display().to_string()]).run()?;
        }
        Ok(folder)
    }

    /// # Errors
    /// When a journal cannot be made, or Python is needed and not there.
    pub fn pair(&self, what: Comparison) -> Result<Pair> {
        let (a, b) = self.sides(what)?;
        Ok(Pair {
            what: what.title().to_owned(),
            a,
            b,
            bars: what.bars(self.size),
            peak: what.peak(self.size),
            cpu: what.cpu(self.size),
        })
    }

    fn sides(&self, what: Comparison) -> Result<(Side, Option<Side>)> {
        let plan = Plan::new(self.size);
        let all = &self.settings.threads.to_string();
        let job = |plan: Plan, threads: &str| -> Result<Side> { Ok(self.job(&self.journal(plan)?, threads)) };
        let beside_decode = |plan: Plan| -> Result<(Side, Option<Side>)> {
            let journal = self.journal(plan)?;
            Ok((self.job(&journal, all), Some(self.decode(&journal)?)))
        };
        let split = Plan { layout: Layout::Split, ..plan };
        match what {
            Comparison::Job => beside_decode(plan),
            Comparison::ByDate => beside_decode(Plan { order: Order::Date, ..plan }),
            Comparison::Unsorted => beside_decode(Plan { order: Order::None, ..plan }),
            Comparison::Nine => {
                let journal = self.journal(plan)?;
                let threads = &["--threads", all];
                let nine =
                    self.score("tidlig score, nine rule sets, contributions".to_owned(), &journal, NINE, threads);
                Ok((nine, Some(self.decode(&journal)?)))
            }
            Comparison::Everything => {
                let journal = self.journal(split)?;
                Ok((self.everything(&journal, &["--no-contributions"]), Some(self.decode_split(&journal)?)))
            }
            Comparison::EveryLine => {
                let journal = self.journal(split)?;
                Ok((self.everything(&journal, &[]), Some(self.decode_split(&journal)?)))
            }
            Comparison::Ten => Ok((self.ten(&self.journal(split)?)?, Some(job(plan, all)?))),
            Comparison::Threads => Ok((job(plan, "2")?, Some(job(plan, "1")?))),
            Comparison::TextIds => Ok((job(Plan { ids: Ids::Text, ..plan }, all)?, Some(job(plan, all)?))),
            Comparison::CleanCsv => self.csv(Format::CleanCsv, all),
            Comparison::NorwegianCsv => self.csv(Format::NorwegianCsv, all),
            Comparison::Sample => Ok((self.sample()?, None)),
            Comparison::Practice => Ok((self.practice()?, None)),
            Comparison::Pycomorb | Comparison::Polars | Comparison::DuckDb => self.peer(what, &self.journal(plan)?),
        }
    }

    fn out(&self) -> PathBuf {
        self.settings.data.join("out")
    }

    fn score(&self, name: String, journal: &Path, models: &str, more: &[&str]) -> Side {
        let journal = journal.display().to_string();
        let arguments = [&["score", "--journal", &journal, "--models", models, "--as-of", AS_OF], more].concat();
        Side::new(name, tidlig(), &arguments).into_folder(self.out())
    }

    /// Charlson, Elixhauser and HFRS, scores only.
    fn job(&self, journal: &Path, threads: &str) -> Side {
        let name = format!("tidlig score, three rule sets, threads: {threads}");
        self.score(name, journal, JOB, &["--no-contributions", "--threads", threads])
    }

    /// Every shipped rule set.
    fn everything(&self, journal: &Path, more: &[&str]) -> Side {
        let threads = self.settings.threads.to_string();
        let more = [&["--threads", &threads], more].concat();
        self.score("tidlig score, all rule sets".to_owned(), journal, "all", &more)
    }

    /// The same events, parted into diagnoses and medicines, for rule sets over all three code systems.
    fn ten(&self, journal: &Path) -> Result<Side> {
        let (folder, ids) = own_sets::ten(&self.settings.data)?;
        let (folder, threads) = (folder.display().to_string(), self.settings.threads.to_string());
        let more = ["--models-dir", &folder, "--no-contributions", "--threads", &threads];
        Ok(self.score("tidlig score, ten rule sets of codes alone".to_owned(), journal, &ids, &more))
    }

    fn decode(&self, journal: &Path) -> Result<Side> {
        let file = format!("{}:{FOUR}", journal.join("diagnoses.parquet").display());
        let arguments = ["decode", &self.settings.threads.to_string(), &file];
        Ok(Side::new("decoding the four columns", &std::env::current_exe()?, &arguments))
    }

    fn decode_split(&self, journal: &Path) -> Result<Side> {
        let diagnoses = format!("{}:{FOUR}", journal.join("diagnoses.parquet").display());
        let medicines = format!("{}:patient_id,date,atc", journal.join("medicines.parquet").display());
        let arguments = ["decode", &self.settings.threads.to_string(), &diagnoses, &medicines];
        Ok(Side::new("decoding diagnoses and medicines", &std::env::current_exe()?, &arguments))
    }

    fn csv(&self, format: Format, threads: &str) -> Result<(Side, Option<Side>)> {
        let folder = self.journal(Plan { format, ..Plan::new(self.size) })?;
        let profile = folder.join("practice.toml").display().to_string();
        let a = Side::new("CSV to journal", &std::env::current_exe()?, &["extract", threads, &profile])
            .into_folder(self.out());
        let file = folder.join("diagnoses.csv").display().to_string();
        let told = match format {
            Format::NorwegianCsv => [";", "utf8-lossy", "PasientID,Dato,Kodeverk,Kode"],
            _ => [",", "utf8", FOUR],
        };
        let mut b = Side::new("Polars scanning the four columns", &python("polars")?, &["-c", SCAN, &file]);
        b.arguments.extend(told.map(Into::into));
        Ok((a, Some(b)))
    }

    /// The sample practice from extract to published list, in a copy of its own.
    fn sample(&self) -> Result<Side> {
        let folder = self.settings.data.join("sample");
        std::fs::create_dir_all(folder.join("data"))?;
        for entry in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data"))? {
            let path = entry?.path();
            if let Some(name) = path.file_name().filter(|_| path.is_file()) {
                std::fs::copy(&path, folder.join("data").join(name))?;
            }
        }
        Ok(self.run(&folder.join("data/practice.toml"), folder.join("practice-out")))
    }

    /// A practice of the pilot's size from extract to every output.
    fn practice(&self) -> Result<Side> {
        let folder = self.settings.data.join("practice");
        let profile = practice::make(&folder.join("data"))?;
        Ok(self.run(&profile, folder.join("practice-out")))
    }

    fn run(&self, profile: &Path, output: PathBuf) -> Side {
        let (profile, threads) = (profile.display().to_string(), self.settings.threads.to_string());
        let mut side = Side::new("tidlig run", tidlig(), &["run", &profile, "--quiet", "--threads", &threads]);
        side.output = Some(output);
        side
    }

    /// A peer on the same journal and the same three scores; tidlig stands second, so that the ratio says how often it fits.
    fn peer(&self, what: Comparison, journal: &Path) -> Result<(Side, Option<Side>)> {
        let (name, script) = match what {
            Comparison::Pycomorb => ("pycomorb", "pycomorb_peer.py"),
            Comparison::Polars => ("polars", "polars_peer.py"),
            _ => ("duckdb", "duckdb_peer.py"),
        };
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let [script, tables, journal_name] =
            [root.join("benches/peers").join(script), self.rule_tables()?, journal.into()]
                .map(|path| path.display().to_string());
        let result = self.peer_result().display().to_string();
        let peer =
            Side::new(format!("{name}, three scores"), &python(name)?, &[&script, &journal_name, &tables, &result]);
        let own = own_sets::hfrs_of_all(&self.settings.data)?.display().to_string();
        let threads = self.settings.threads.to_string();
        let more = ["--models-dir", &own, "--no-contributions", "--threads", &threads];
        Ok((peer, Some(self.score("tidlig score, the same three".to_owned(), journal, OF_PEERS, &more))))
    }

    /// The rule sets of the peers as flat tables, a folder each.
    fn rule_tables(&self) -> Result<PathBuf> {
        let folder = self.settings.data.join("rules-of-peers");
        for id in ["charlson-quan-1987", "elixhauser-vanwalraven", "hfrs"] {
            let out = folder.join(id).display().to_string();
            Side::new("exporting a rule set", tidlig(), &["models", "export", id, "-o", &out]).run()?;
        }
        Ok(folder)
    }

    fn peer_result(&self) -> PathBuf {
        self.settings.data.join("peer.parquet")
    }

    /// Whether the last runs of a peer and of tidlig gave every patient the same.
    ///
    /// # Errors
    /// With what differs.
    pub fn check_same(&self, what: Comparison) -> Result<()> {
        if !matches!(what, Comparison::Pycomorb | Comparison::Polars | Comparison::DuckDb) {
            return Ok(());
        }
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peers/same.py");
        let scores = self.out().join("scores.parquet");
        let compared =
            std::process::Command::new(python("polars")?).args([&script, &scores, &self.peer_result()]).output()?;
        println!("  {}", String::from_utf8_lossy(&compared.stdout).trim());
        if compared.status.success() { Ok(()) } else { Err("the results are not the same".into()) }
    }
}

/// The Python that peers run in, if it has the package.
fn python(package: &str) -> Result<PathBuf> {
    let python = std::env::var_os("TIDLIG_BENCH_PYTHON").map_or_else(|| PathBuf::from("python3"), PathBuf::from);
    let import = format!("import {package}");
    match Side::new(package, &python, &["-c", &import]).run() {
        Ok(_) => Ok(python),
        Err(_) => Err(format!("no Python with {package}; name one in TIDLIG_BENCH_PYTHON").into()),
    }
}

/// Folds the four columns of a CSV file in a way that cannot be answered without reading them.
const SCAN: &str = "
import sys, polars
file, separator, encoding, columns = sys.argv[1:]
scan = polars.scan_csv(file, separator=separator, encoding=encoding, infer_schema_length=100)
print(scan.select(polars.col(columns.split(',')).max()).collect(engine='streaming'))
";

fn tidlig() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_tidlig"))
}
