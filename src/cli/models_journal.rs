//! Two rule sets on one journal: who enters and leaves each band, and the codes that moved them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs::File;
use std::path::Path;

use anyhow::{Context, Result, bail};
use arrow::array::{Array, Float64Array, StringArray};
use arrow::compute::cast;
use arrow::datatypes::DataType;
use arrow::record_batch::RecordBatch;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use serde_json::{Value, json};

use super::score::{ScoreArgs, scored};
use crate::clinical::{Day, Language};
use crate::model::RuleSet;
use crate::model::catalog::{Catalog, with_foundations};
use crate::run::disk::{Temporary, make_folder};
use crate::score::batch::{CONTRIBUTIONS, SCORES};

/// Where patients went. Counts are exact: the table stays with the one who has the journal.
#[derive(Debug, Default, PartialEq)]
pub struct Moves {
    pub patients: usize,
    /// Patients with another number of points, or in the population of only one of the two.
    pub other_points: usize,
    /// From band, to band: patients. `outside` is nobody's population, `none` no band.
    pub bands: BTreeMap<(String, String), usize>,
    /// Criterion and code (empty when the criterion rests on none): patients moved up, and down.
    pub codes: BTreeMap<(String, String), (usize, usize)>,
    /// Whether bands count as moves; without bands another number of points does.
    pub by_band: bool,
}

/// What one rule set says of one patient.
#[derive(Debug, Clone, PartialEq)]
struct Standing {
    band: String,
    /// `None` outside the population.
    value: Option<f64>,
}

/// Points and codes of one criterion for one patient.
type Line = (f64, BTreeSet<String>);

const OUTSIDE: &str = "outside";
const NO_BAND: &str = "none";

/// Scores both and compares them patient by patient.
///
/// # Errors
/// When the journal cannot be read or nothing can be written beside the system's temporary files.
pub fn moves(journal: &Path, on: Day, old: (&Catalog, &RuleSet), new: (&Catalog, &RuleSet)) -> Result<Moves> {
    let folder = Temporary::of_system()?;
    let (before, after) = (folder.path().join("old"), folder.path().join("new"));
    score(journal, on, old, &before)?;
    score(journal, on, new, &after)?;
    let (ids, left) = standings(&before, &old.1.id)?;
    let (same, right) = standings(&after, &new.1.id)?;
    if ids != same {
        bail!("the two scorings tell of different patients");
    }
    let by_band = !old.1.bands.is_empty() || !new.1.bands.is_empty();
    let mut moves = Moves { patients: ids.len(), by_band, ..Moves::default() };
    let mut moved = BTreeMap::new();
    for (at, (a, b)) in left.iter().zip(&right).enumerate() {
        moves.other_points += usize::from(a.value != b.value);
        *moves.bands.entry((a.band.clone(), b.band.clone())).or_default() += 1;
        if (by_band && a.band != b.band) || (!by_band && a.value != b.value) {
            moved.insert(ids[at].as_str(), b.value.unwrap_or_default() >= a.value.unwrap_or_default());
        }
    }
    let left = lines(&before, &old.1.id, &moved)?;
    let right = lines(&after, &new.1.id, &moved)?;
    for (id, up) in &moved {
        moves.patient(*up, left.get(*id), right.get(*id));
    }
    Ok(moves)
}

fn score(journal: &Path, on: Day, (catalog, set): (&Catalog, &RuleSet), out: &Path) -> Result<()> {
    let wanted = with_foundations(std::slice::from_ref(&set.id), &catalog.rule_sets);
    let rule_sets: Vec<RuleSet> = catalog.rule_sets.iter().filter(|set| wanted.contains(&set.id)).cloned().collect();
    make_folder(out)?;
    let args = ScoreArgs {
        journal: journal.to_owned(),
        models: wanted,
        models_dir: Vec::new(),
        as_of: vec![on],
        index: None,
        no_contributions: false,
        output: out.to_owned(),
    };
    match scored(&args, &rule_sets)? {
        Ok(_) => Ok(()),
        Err(failure) => bail!("{failure}"),
    }
}

impl Moves {
    /// The criteria that weigh otherwise for one patient, and the codes behind them.
    fn patient(&mut self, up: bool, old: Option<&BTreeMap<String, Line>>, new: Option<&BTreeMap<String, Line>>) {
        let (nothing, none) = (BTreeMap::new(), (0.0, BTreeSet::new()));
        let (old, new) = (old.unwrap_or(&nothing), new.unwrap_or(&nothing));
        let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
        for name in names {
            let (a, b) = (old.get(name).unwrap_or(&none), new.get(name).unwrap_or(&none));
            if a.0 == b.0 {
                continue;
            }
            let mut codes: BTreeSet<&str> = a.1.symmetric_difference(&b.1).map(String::as_str).collect();
            if codes.is_empty() {
                // The same codes, weighed otherwise.
                codes = a.1.iter().map(String::as_str).collect();
            }
            if codes.is_empty() {
                codes.insert("");
            }
            for code in codes {
                let count = self.codes.entry((name.clone(), code.to_owned())).or_default();
                if up { count.0 += 1 } else { count.1 += 1 }
            }
        }
    }

    /// For programs.
    #[must_use]
    pub fn json(&self) -> Value {
        let band = |((from, to), patients): (&(String, String), &usize)| json!({ "from": from, "to": to, "patients": patients });
        let code = |((criterion, code), (up, down)): (&(String, String), &(usize, usize))| json!({ "criterion": criterion, "code": code, "up": up, "down": down });
        json!({
            "patients": self.patients,
            "other_points": self.other_points,
            "bands": self.bands.iter().map(band).collect::<Vec<_>>(),
            "codes": self.codes.iter().map(code).collect::<Vec<_>>(),
        })
    }
}

/// The moves in words, as Markdown.
pub fn words(moves: &Moves, lang: Language, out: &mut String) {
    let say = |nb: &'static str, nn: &'static str, en: &'static str| match lang {
        Language::Nb => nb,
        Language::Nn => nn,
        Language::En => en,
    };
    let band = |name: &str| match name {
        OUTSIDE => say("utenfor", "utanfor", "outside").to_owned(),
        NO_BAND => say("ikke noe nivå", "ikkje noko nivå", "no band").to_owned(),
        name => format!("`{name}`"),
    };
    let head = say("Pasienter", "Pasientar", "Patients");
    let other = say("med andre poeng", "med andre poeng", "with other points");
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{head}: {}, {} {other}\n", moves.patients, moves.other_points);
    if moves.by_band {
        let _ = writeln!(
            out,
            "| {} | {} | {head} |\n| --- | --- | --- |",
            say("Fra", "Frå", "From"),
            say("Til", "Til", "To")
        );
        for ((from, to), count) in &moves.bands {
            let _ = writeln!(out, "| {} | {} | {count} |", band(from), band(to));
        }
        out.push('\n');
    }
    if moves.codes.is_empty() {
        return;
    }
    let heads = [
        say("Kriterium", "Kriterium", "Criterion"),
        say("Kode", "Kode", "Code"),
        say("Flyttet opp", "Flytta opp", "Moved up"),
        say("Flyttet ned", "Flytta ned", "Moved down"),
    ];
    let _ = writeln!(out, "| {} |\n| --- | --- | --- | --- |", heads.join(" | "));
    let mut rows: Vec<_> = moves.codes.iter().collect();
    rows.sort_by_key(|(key, (up, down))| (std::cmp::Reverse(up + down), (*key).clone()));
    for ((criterion, code), (up, down)) in rows {
        let _ = writeln!(out, "| `{criterion}` | {} | {up} | {down} |", if code.is_empty() { "–" } else { code });
    }
    out.push('\n');
}

/// Each patient's standing in the order of the file, and the ids in that order.
fn standings(folder: &Path, id: &str) -> Result<(Vec<String>, Vec<Standing>)> {
    let (mut ids, mut standings) = (Vec::new(), Vec::new());
    each_batch(&folder.join(SCORES), |batch| {
        let [patients, models, bands] = ["patient_id", "model", "band"].map(|name| texts(batch, name));
        let (patients, models, bands) = (patients?, models?, bands?);
        let values = numbers(batch, "value")?;
        for row in (0..batch.num_rows()).filter(|row| models.value(*row) == id) {
            let value = (!values.is_null(row)).then(|| values.value(row));
            let band = match value {
                None => OUTSIDE,
                Some(_) if bands.is_null(row) => NO_BAND,
                Some(_) => bands.value(row),
            };
            ids.push(patients.value(row).to_owned());
            standings.push(Standing { band: band.to_owned(), value });
        }
        Ok(())
    })?;
    Ok((ids, standings))
}

/// The lines of those who moved, by patient and criterion.
fn lines(folder: &Path, id: &str, moved: &BTreeMap<&str, bool>) -> Result<BTreeMap<String, BTreeMap<String, Line>>> {
    let mut found: BTreeMap<String, BTreeMap<String, Line>> = BTreeMap::new();
    each_batch(&folder.join(CONTRIBUTIONS), |batch| {
        let [patients, models] = ["patient_id", "model"].map(|name| texts(batch, name));
        let [criteria, codes] = ["criterion", "codes"].map(|name| texts(batch, name));
        let (patients, models, criteria, codes) = (patients?, models?, criteria?, codes?);
        let points = numbers(batch, "points")?;
        for row in (0..batch.num_rows()).filter(|row| models.value(*row) == id) {
            if moved.contains_key(patients.value(row)) {
                let codes = codes.value(row).split(' ').filter(|code| !code.is_empty()).map(str::to_owned).collect();
                let lines = found.entry(patients.value(row).to_owned()).or_default();
                lines.insert(criteria.value(row).to_owned(), (points.value(row), codes));
            }
        }
        Ok(())
    })?;
    Ok(found)
}

fn each_batch(path: &Path, mut take: impl FnMut(&RecordBatch) -> Result<()>) -> Result<()> {
    let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
    for batch in ParquetRecordBatchReaderBuilder::try_new(file)?.build()? {
        take(&batch?)?;
    }
    Ok(())
}

fn texts(batch: &RecordBatch, name: &str) -> Result<StringArray> {
    let column = batch.column_by_name(name).with_context(|| format!("there is no column {name}"))?;
    let column = cast(column, &DataType::Utf8)?;
    Ok(column.as_any().downcast_ref::<StringArray>().context("texts are texts")?.clone())
}

fn numbers(batch: &RecordBatch, name: &str) -> Result<Float64Array> {
    let column = batch.column_by_name(name).with_context(|| format!("there is no column {name}"))?;
    Ok(column.as_any().downcast_ref::<Float64Array>().context("numbers are numbers")?.clone())
}
