//! The code-only rule sets, read a second time straight from their TOML and counted by brute force.
//!
//! Nothing of the program's own reading, checking or matching is used: a criterion fires when some code of the patient
//! begins with one of its prefixes, and the points are added up in millionths.

use proptest::prelude::*;
use proptest::sample::Index;
use std::path::Path;
use tidlig::clinical::{CodeSystem, Day, Tri};
use tidlig::journal::patient::{DiagnosisRow, PatientJournal, Person};
use tidlig::journal::tables::Sources;
use tidlig::model::catalog::Catalog;
use tidlig::score::result::{Explained, Part, State};
use tidlig::score::{Engine, Norms};
use toml::{Table, Value};

const ON: Day = Day(20_000);

/// A rule set that asks for ICD-10 codes and age alone.
#[derive(Debug)]
struct Plain {
    id: String,
    /// Least age, when the population has one.
    aged_from: Option<i64>,
    lines: Vec<PlainLine>,
    bands: Vec<(String, Option<Bound>)>,
}

#[derive(Debug)]
enum Bound {
    From(i64),
    Above(i64),
}

#[derive(Debug)]
struct PlainLine {
    name: String,
    prefixes: Vec<String>,
    except: Vec<String>,
    within: Option<i64>,
    millionths: i64,
    silences: Vec<String>,
}

/// A patient: age, and ICD-10 codes so many days ago.
#[derive(Debug)]
struct Patient {
    age: i64,
    codes: Vec<(String, i64)>,
}

fn plain_sets() -> Vec<Plain> {
    let models = Path::new(env!("CARGO_MANIFEST_DIR")).join("models");
    let mut sets = Vec::new();
    for entry in std::fs::read_dir(models).unwrap() {
        let file = entry.unwrap().path().join("model.toml");
        if let Ok(text) = std::fs::read_to_string(file) {
            sets.extend(read(&text.parse::<Table>().unwrap()));
        }
    }
    sets.sort_by(|a, b| a.id.cmp(&b.id));
    sets
}

/// `None` when the rule set asks for more than ICD-10 codes and age, or weighs otherwise than by fixed points.
fn read(file: &Table) -> Option<Plain> {
    if ["gate", "caps", "notes", "band_set_by", "settings"].iter().any(|key| file.contains_key(*key)) {
        return None;
    }
    let inputs = &inputs(file)?;
    let mut lines = Vec::new();
    for (name, criterion) in file["criteria"].as_table()? {
        let asks = criterion.get("input").map_or(name.as_str(), |input| input.as_str().unwrap());
        lines.push(read_line(name, criterion.as_table()?, inputs.get(asks)?.as_table()?)?);
    }
    let mut aged_from = None;
    if let Some(population) = file.get("population") {
        let [only] = strings(population.get("all")?).try_into().ok()?;
        aged_from = Some(inputs[&only].get("age")?.get("from")?.as_integer()?);
    }
    let bands = file.get("bands").and_then(Value::as_table).map_or(Vec::new(), read_bands);
    Some(Plain { id: file["id"].as_str()?.to_owned(), aged_from, lines, bands })
}

/// The inputs of the file, and those of the libraries it uses as they are, under the names it calls them by.
fn inputs(file: &Table) -> Option<Table> {
    let mut inputs = file["inputs"].as_table()?.clone();
    for (alias, used) in file.get("uses").and_then(Value::as_table).into_iter().flatten() {
        let id = used.get("library").map_or(alias.as_str(), |id| id.as_str().unwrap());
        if used.as_table()?.keys().any(|key| key != "library") {
            return None;
        }
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("models").join(id).join("library.toml");
        let library = std::fs::read_to_string(path).unwrap().parse::<Table>().unwrap();
        let named =
            library["inputs"].as_table()?.iter().map(|(name, input)| (format!("{alias}/{name}"), input.clone()));
        inputs.extend(named);
    }
    Some(inputs)
}

fn read_line(name: &str, criterion: &Table, input: &Table) -> Option<PlainLine> {
    let known = ["label", "icd10", "icd10_except", "within", "sensitive"];
    if input.keys().any(|key| !known.contains(&key.as_str())) {
        return None;
    }
    let within = input["within"].as_str()?;
    Some(PlainLine {
        name: name.to_owned(),
        prefixes: strings(&input["icd10"]),
        except: input.get("icd10_except").map_or(Vec::new(), strings),
        within: within.strip_suffix(" days").map(|days| days.parse().unwrap()),
        millionths: millionths(criterion.get("points")?)?,
        silences: criterion.get("silences").map_or(Vec::new(), strings),
    })
}

fn read_bands(bands: &Table) -> Vec<(String, Option<Bound>)> {
    let bound = |band: &Value| {
        let from = band.get("from").and_then(millionths).map(Bound::From);
        from.or_else(|| band.get("above").and_then(millionths).map(Bound::Above))
    };
    bands.iter().map(|(name, band)| (name.clone(), bound(band))).collect()
}

fn strings(list: &Value) -> Vec<String> {
    list.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
}

fn millionths(number: &Value) -> Option<i64> {
    let whole = number.as_integer().map(|n| n * 1_000_000);
    whole.or_else(|| number.as_float().map(|n| (n * 1e6).round() as i64))
}

impl Plain {
    fn fires(&self, line: &PlainLine, patient: &Patient) -> bool {
        patient.codes.iter().any(|(code, days_ago)| {
            line.prefixes.iter().any(|prefix| code.starts_with(prefix.as_str()))
                && !line.except.iter().any(|prefix| code.starts_with(prefix.as_str()))
                && line.within.is_none_or(|within| *days_ago < within)
        })
    }

    /// The names of the lines that count: they fire, and nothing that counts silences them.
    fn counted(&self, patient: &Patient) -> Vec<&PlainLine> {
        let firing: Vec<&PlainLine> = self.lines.iter().filter(|line| self.fires(line, patient)).collect();
        let silenced = |name: &String| firing.iter().any(|line| line.silences.contains(name));
        firing.iter().copied().filter(|line| !silenced(&line.name)).collect()
    }

    fn band(&self, millionths: i64) -> Option<&str> {
        let reached = |bound: &Option<Bound>| match bound {
            None => true,
            Some(Bound::From(from)) => millionths >= *from,
            Some(Bound::Above(limit)) => millionths > *limit,
        };
        self.bands.iter().rev().find(|(_, bound)| reached(bound)).map(|(name, _)| name.as_str())
    }
}

/// Codes at, below and beside every prefix of every set.
fn patients(sets: &[Plain]) -> impl Strategy<Value = Patient> + use<> {
    let all: Vec<String> = sets.iter().flat_map(|set| &set.lines).flat_map(|line| line.prefixes.clone()).collect();
    let code = (any::<Index>(), "[0-9]{0,2}", prop::bool::weighted(0.2)).prop_map(move |(pick, tail, shorter)| {
        let prefix = pick.get(&all);
        let cut = if shorter && prefix.len() > 3 { &prefix[..prefix.len() - 1] } else { prefix };
        format!("{cut}{tail}")
    });
    let shaped = code.prop_filter("an ICD-10 code has three characters", |code| code.len() >= 3);
    let days_ago = prop_oneof![3 => 0..1_000_i64, 1 => 728..733_i64, 1 => Just(-1_i64), 1 => Just(5_000_i64)];
    (prop_oneof![18..100_i64, 73..77_i64], prop::collection::vec((shaped, days_ago), 0..12)).prop_map(|(age, codes)| {
        Patient { age, codes: codes.into_iter().filter(|(_, days_ago)| *days_ago >= 0).collect() }
    })
}

fn journal(patient: &Patient) -> PatientJournal {
    let (year, month, day) = ON.ymd();
    let row = |(code, days_ago): &(String, i64)| DiagnosisRow {
        date: Day(ON.0 - *days_ago as i32),
        recorded_on: None,
        system: CodeSystem::Icd10,
        code: code.clone(),
        source: String::new(),
    };
    PatientJournal {
        person: Person { birth: Day::from_ymd(year - patient.age as i32, month, day), ..Person::default() },
        diagnoses: patient.codes.iter().map(row).collect(),
        ..PatientJournal::default()
    }
}

/// Compares one rule set's answer with the brute-force count.
fn agree(set: &Plain, names: &[String], bands: &[String], patient: &Patient, answer: &Explained) {
    if set.aged_from.is_some_and(|least| patient.age < least) {
        assert_eq!((answer.outcome.in_population, answer.outcome.score), (Tri::No, None), "{}", set.id);
        return;
    }
    let counted = set.counted(patient);
    let score = answer.outcome.score.expect("in the population");
    let sum: i64 = counted.iter().map(|line| line.millionths).sum();
    assert_eq!(score.value.0, sum, "{}", set.id);
    assert_eq!((score.lower, score.upper), (score.value, score.value), "{}", set.id);
    assert_eq!(score.band.map(|band| bands[usize::from(band)].as_str()), set.band(sum), "{}", set.id);
    let met = answer.lines.iter().filter_map(|line| match (line.part, line.state) {
        (Part::Criterion(index), State::Met) => Some(names[index].as_str()),
        _ => None,
    });
    let expected: Vec<&str> = counted.iter().map(|line| line.name.as_str()).collect();
    assert_eq!(met.collect::<Vec<_>>(), expected, "{}", set.id);
}

#[test]
fn the_code_only_rule_sets_count_what_their_files_say() {
    let sets = plain_sets();
    assert!(sets.len() >= 5, "only {} code-only rule sets were found", sets.len());
    let catalog = Catalog::shipped().expect("the shipped rule sets are sound");
    let engine = Engine::new(&catalog.rule_sets, Sources::all());
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2_000) };
    proptest!(config, |(patient in patients(&sets))| {
        let answers = engine.explain(&journal(&patient), ON, &Norms::default());
        for set in &sets {
            let at = catalog.rule_sets.iter().position(|rules| rules.id == set.id).unwrap();
            let rules = &catalog.rule_sets[at];
            let names: Vec<String> = rules.criteria.iter().map(|line| line.name.clone()).collect();
            let bands: Vec<String> = rules.bands.iter().map(|band| band.name.clone()).collect();
            agree(set, &names, &bands, &patient, &answers[at]);
        }
    });
}
