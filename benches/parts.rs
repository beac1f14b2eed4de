//! What each part costs by itself: `cargo bench --bench parts [-- WORD]`. Whole runs stand in `whole.rs`.
//!
//! Inputs come from the same generator as the whole runs, so that their skew is the same. One thread unless said.

#[expect(dead_code, reason = "the harness of whole runs has more in it")]
mod support;

use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};
use support::codes::{SYSTEMS, Universe};
use support::generate::{Format, Layout, Plan, generate};
use tidlig::clinical::{CodeSystem, Day, Points};
use tidlig::extract::parts;
use tidlig::journal::ids::PatientIds;
use tidlig::journal::rows::{Cells, Rows};
use tidlig::journal::store::TableWriter;
use tidlig::journal::tables::{Sources, Table};
use tidlig::model::{Catalog, RuleSet};
use tidlig::observe::{CodeWord, Journal};
use tidlig::outreach::glance::GroupLevel;
use tidlig::outreach::policy::Known;
use tidlig::outreach::tie::TieKey;
use tidlig::outreach::{Candidate, Glance, Panel, Policy, shares};
use tidlig::score::batch::{Job, score};
use tidlig::score::cases;
use tidlig::score::days::IndexDays;
use tidlig::score::{Engine, Norms};

/// Patients of the journals that are read here, with about 60 events each.
const PATIENTS: u64 = 10_000;
const THREE: [&str; 3] = ["charlson-quan-2011", "elixhauser-vanwalraven", "hfrs"];

static CATALOG: LazyLock<Catalog> =
    LazyLock::new(|| Catalog::without_cases(&[]).unwrap_or_else(|faults| panic!("{faults}")));

fn main() {
    // Whole runs use every processor; a part is measured on one.
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build_global();
    assert!(pool.is_ok(), "the thread pool is made once");
    divan::main();
}

fn index_day() -> Day {
    Day::from_ymd(2026, 1, 1).unwrap_or(Day(20_454))
}

/// A journal of the generator's, made once.
fn made(plan: Plan) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("parts-{}", plan.name()));
    if !folder.exists() {
        let half = folder.with_extension("half");
        let made = std::fs::create_dir_all(&half).map_err(Into::into).and_then(|()| generate(&half, &plan));
        made.unwrap_or_else(|error| panic!("{error}"));
        std::fs::rename(&half, &folder).unwrap_or_else(|error| panic!("{error}"));
    }
    folder
}

/// Every distinct code of the generator against the compiled codes of all rule sets.
#[divan::bench]
fn match_distinct_codes(bencher: Bencher) {
    let engine = Engine::new(&CATALOG.rule_sets, Sources::all());
    let universe = Universe::new();
    let systems = SYSTEMS.map(|name| CodeSystem::parse(name).unwrap_or(CodeSystem::Icd10));
    let of_system = |(system, codes): (CodeSystem, Vec<String>)| {
        codes.into_iter().filter_map(move |code| Some((system, CodeWord::pack(&code)?)))
    };
    let codes: Vec<(CodeSystem, CodeWord)> = systems.into_iter().zip(universe.codes).flat_map(of_system).collect();
    let matcher = &engine.plan().lexicon.matcher;
    bencher
        .counter(ItemsCount::new(codes.len()))
        .bench(|| codes.iter().map(|(system, code)| usize::from(matcher.class_of(*system, *code).0)).sum::<usize>());
}

/// Compiling all rule sets: once a run.
#[divan::bench]
fn compile_all_rule_sets(bencher: Bencher) {
    bencher.counter(ItemsCount::new(CATALOG.rule_sets.len())).bench(|| Engine::new(&CATALOG.rule_sets, Sources::all()));
}

/// Rows and their values, without cleaning.
#[divan::bench(args = [Format::CleanCsv, Format::NorwegianCsv])]
fn split_csv(bencher: Bencher, format: &Format) {
    let file = made(Plan { format: *format, ..Plan::new(PATIENTS) }).join("diagnoses.csv");
    let text = std::fs::read(file).unwrap_or_else(|error| panic!("{error}"));
    let header = text.iter().position(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    let (delimiter, columns) = if *format == Format::NorwegianCsv { (b';', 5) } else { (b',', 4) };
    let rows = &text[header..];
    assert!(parts::rows(rows, delimiter, columns).0 > 100_000, "the file is not split");
    bencher.counter(BytesCount::new(rows.len())).bench(|| parts::rows(black_box(rows), delimiter, columns));
}

/// Each habit of writing a day.
#[divan::bench(args = ["yyyy-mm-dd", "dd.mm.yyyy", "d.m.yy", "yyyymmdd", "yyyy-mm-ddThh:mm:ssZ"])]
fn read_dates(bencher: Bencher, habit: &str) {
    let write = |n: i32| {
        let day = Day(index_day().0 - n * 7);
        let (year, month, of_month) = day.ymd();
        match habit {
            "yyyy-mm-dd" => day.to_string(),
            "dd.mm.yyyy" => day.norwegian(),
            "d.m.yy" => format!("{of_month}.{month}.{:02}", year % 100),
            "yyyymmdd" => format!("{year:04}{month:02}{of_month:02}"),
            _ => format!("{day}T12:00:00Z"),
        }
    };
    let cells: Vec<String> = (0..1_000).map(write).collect();
    let latest = index_day();
    assert!(cells.iter().all(|cell| parts::day(cell, latest).is_some()), "{habit} is not read");
    let sum = || cells.iter().filter_map(|cell| parts::day(cell, latest)).map(|day| i64::from(day.0)).sum::<i64>();
    bencher.counter(ItemsCount::new(cells.len())).bench(sum);
}

/// Each habit of writing a number.
#[divan::bench(args = ["7,2", "7.2", "<5", "1 234,5"])]
fn read_numbers(bencher: Bencher, habit: &str) {
    let write = |n: u32| match habit {
        "7,2" => format!("{},{}", n / 10, n % 10),
        "7.2" => format!("{}.{}", n / 10, n % 10),
        "<5" => format!("<{n}"),
        _ => format!("{} {:03},5", n + 1, n % 1_000),
    };
    let cells: Vec<String> = (0..1_000).map(write).collect();
    assert!(cells.iter().all(|cell| parts::value(cell).is_some()), "{habit} is not read");
    bencher
        .counter(ItemsCount::new(cells.len()))
        .bench(|| cells.iter().filter_map(|cell| parts::value(cell)).sum::<f64>());
}

/// The yardstick of whole runs: the four columns, and nothing done with them.
#[divan::bench]
fn decode_four_columns(bencher: Bencher) {
    let file = made(Plan::new(PATIENTS)).join("diagnoses.parquet");
    let decode = || support::decode::decode(&file, &["patient_id", "date", "system", "code"]).unwrap_or(0);
    bencher.counter(ItemsCount::new(decode())).bench(decode);
}

/// From a sorted journal to result files in one process: decode, walk, evaluate, write.
#[divan::bench(args = ["three, scores only", "all, contributions"])]
fn score_a_journal(bencher: Bencher, what: &str) {
    let (folder, rule_sets): (PathBuf, Vec<RuleSet>) = match what {
        "all, contributions" => {
            (made(Plan { layout: Layout::Split, ..Plan::new(PATIENTS) }), CATALOG.rule_sets.clone())
        }
        _ => {
            let three = CATALOG.rule_sets.iter().filter(|rule_set| THREE.contains(&rule_set.id.as_str()));
            (made(Plan::new(PATIENTS)), three.cloned().collect())
        }
    };
    let journal = Journal::open(&folder).unwrap_or_else(|error| panic!("{error}"));
    let days = IndexDays::same(vec![index_day()]);
    let job = Job {
        rule_sets: &rule_sets,
        journal: &journal,
        folder: &folder,
        sources: journal.sources(),
        days: &days,
        contributions: what != "three, scores only",
    };
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("parts-out");
    std::fs::create_dir_all(&out).unwrap_or_else(|error| panic!("{error}"));
    let run = || score(&job, &out, |_, _| None::<()>).map_or(0, |scoring| scoring.counts.patients);
    assert_eq!(run() as u64, PATIENTS);
    bencher.counter(ItemsCount::new(PATIENTS)).bench(run);
}

/// One patient on all rule sets, with every line told: what `explain` and the list do for few.
#[divan::bench]
fn explain_one_patient(bencher: Bencher) {
    let catalog = Catalog::load(&[]).unwrap_or_else(|faults| panic!("{faults}"));
    let patients: Vec<_> = catalog.cases.iter().flatten().map(|case| cases::patient(case).0).collect();
    let engine = Engine::new(&catalog.rule_sets, Sources::all());
    let norms = Norms::default();
    let all = || patients.iter().map(|patient| engine.explain(patient, index_day(), &norms).len()).sum::<usize>();
    bencher.counter(ItemsCount::new(patients.len())).bench(all);
}

/// A practice's candidates to this week's places, reserved ones first.
#[divan::bench(args = [2_000, 20_000])]
fn place_candidates(bencher: Bencher, candidates: usize) {
    let key = TieKey::new([7; 32]);
    let known = Known { rule_sets: &CATALOG.rule_sets, vocabulary: &CATALOG.vocabulary };
    let policy = Policy::load(None, known).unwrap_or_else(|faults| panic!("{faults}"));
    let panel = Panel::new(&policy, &CATALOG.rule_sets);
    let candidate = |n: usize| {
        let level = |model: usize| {
            let role = panel.role(model)?;
            Some(GroupLevel { model, role, level: ((n * 31 + model * 7) % 5) as u8, points: Points::ZERO })
        };
        let groups = (0..CATALOG.rule_sets.len()).filter_map(level).collect();
        let patient = n.to_string();
        let tie = key.tie(&patient, index_day());
        Candidate::new(&patient, "", &Glance { groups, ..Glance::default() }, 0, tie, &panel)
    };
    let place = |mut people: Vec<Candidate>| {
        people.sort_by(|a, b| a.order().cmp(&b.order()));
        let mut week = shares::given(&policy, &[], 14);
        shares::place(&people, 14, &mut week, &mut shares::Room::new(), &policy).len()
    };
    bencher
        .counter(ItemsCount::new(candidates))
        .with_inputs(|| (0..candidates).map(candidate).collect::<Vec<_>>())
        .bench_values(place);
}

/// Cleaned rows to a journal's Parquet file.
#[divan::bench]
fn write_a_journal(bencher: Bencher) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("parts-journal");
    std::fs::create_dir_all(&folder).unwrap_or_else(|error| panic!("{error}"));
    let numbers: Vec<String> = (0..PATIENTS).map(|n| n.to_string()).collect();
    let ids = Arc::new(PatientIds::new(numbers.iter().map(String::as_str)));
    let universe = Universe::new();
    let write = || {
        let mut writer = TableWriter::new(&folder, Table::Diagnoses, Arc::clone(&ids));
        writer.push(&diagnoses(&writer, &universe)).and_then(|()| writer.finish()).unwrap_or(0)
    };
    bencher.counter(ItemsCount::new(write())).bench(write);
}

/// Sixty rows a patient, sorted, with the everyday codes most often.
fn diagnoses(writer: &TableWriter, universe: &Universe) -> Rows {
    let dictionaries = writer.dictionaries();
    let intern = |column: usize, text: &str| dictionaries.column(column).intern(text);
    let system = intern(1, SYSTEMS[0]);
    let codes: Vec<u32> = universe.codes[0].iter().map(|code| intern(2, code)).collect();
    let mut rows = Rows::new(Table::Diagnoses);
    let (mut days, mut systems, mut of_rows) = (Vec::new(), Vec::new(), Vec::new());
    for row in 0..PATIENTS as usize * 60 {
        rows.patients.push((row / 60) as u32);
        days.push((row % 60) as i32 * 100);
        systems.push(system);
        let spread = row.wrapping_mul(2_654_435_761) >> 8;
        of_rows.push(codes[(spread % codes.len()).min(spread / 7 % 300)]);
    }
    rows.cells[0] = Cells::Days(days);
    rows.cells[1] = Cells::Texts(systems);
    rows.cells[2] = Cells::Texts(of_rows);
    rows
}
