//! The nightly run as a scheduler sees it: exit codes, what is published, and what never is.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tidlig::run::lock::RunLock;

/// A practice of a test's own, removed when the test ends.
struct Practice(PathBuf);

impl Practice {
    /// A copy of the sample practice.
    fn sample(name: &str) -> Practice {
        let root = std::env::temp_dir().join(format!("tidlig-nightly-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        let data = root.join("data");
        fs::create_dir_all(&data).unwrap();
        for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data")).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                fs::copy(&path, data.join(path.file_name().unwrap())).unwrap();
            }
        }
        Practice(root)
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.join("data").join(name)
    }

    fn output(&self) -> PathBuf {
        self.0.join("practice-out")
    }

    fn edit(&self, name: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.file(name)).unwrap();
        assert!(text.contains(from), "{from}");
        fs::write(self.file(name), text.replacen(from, to, 1)).unwrap();
    }

    fn run(&self, more: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tidlig"));
        command.arg("run").arg(self.file("practice.toml")).args(more).output().unwrap()
    }

    fn code(&self, more: &[&str]) -> i32 {
        self.run(more).status.code().unwrap()
    }

    fn newest(&self, name: &str) -> Vec<u8> {
        fs::read(self.output().join("latest").join(name)).unwrap()
    }

    /// Columns of the patients file, as text.
    fn patients(&self) -> Vec<Vec<String>> {
        let text: String = fs::read(self.file("pasienter.csv")).unwrap().into_iter().map(char::from).collect();
        text.lines().skip(1).map(|line| line.split(';').map(str::to_owned).collect()).collect()
    }
}

impl Drop for Practice {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

const PUBLISHED: [&str; 8] = [
    "oppfolging.html",
    "oppfolging.csv",
    "oppfolging.xlsx",
    "list.json",
    "manifest.json",
    "refusals.csv",
    "scores.parquet",
    "contributions.parquet",
];

#[test]
fn the_same_inputs_give_the_same_files() {
    let practice = Practice::sample("same");
    assert_eq!(practice.code(&[]), 0);
    let first = PUBLISHED.map(|name| practice.newest(name));
    assert_eq!(practice.code(&["--log-json"]), 0);
    assert_eq!(PUBLISHED.map(|name| practice.newest(name)), first);
    let runs = fs::read_dir(practice.output().join("runs")).unwrap().count();
    assert_eq!(runs, 2);
}

#[test]
fn nobody_is_shown_who_must_not_be_and_nothing_that_must_not() {
    let practice = Practice::sample("privacy");
    assert_eq!(practice.code(&[]), 0);
    let shown = ["oppfolging.html", "oppfolging.csv", "list.json", "manifest.json", "record.json"];
    let shown: String = shown.map(|name| String::from_utf8(practice.newest(name)).unwrap()).concat();
    let header = fs::read(practice.file("pasienter.csv")).unwrap().into_iter().map(char::from).collect::<String>();
    let header: Vec<&str> = header.lines().next().unwrap().split(';').collect();
    let column = |name: &str| header.iter().position(|known| *known == name).unwrap();
    let (number, name) = (column("Fødselsnummer"), column("Navn"));
    let held = ["Adressesperre", "Ikke kontakt", "Ikke risikovurder", "Død"].map(column);
    let unheld = ["", "nei", "ugradert", "ingen"];
    let mut checked = 0;
    // Some remarks run over several lines; their tails are no rows.
    for patient in practice.patients().into_iter().filter(|row| row.len() >= header.len()) {
        if patient[number].len() > 6 {
            assert!(!shown.contains(&patient[number]));
        }
        if held.iter().any(|column| !unheld.contains(&patient[*column].to_lowercase().as_str())) {
            let (born, name) = (&patient[column("Født")], &patient[name]);
            assert!(!shown.contains(&format!("{name};{born}")) && !shown.contains(&format!("\"{name}\";{born}")));
            checked += 1;
        }
    }
    assert!(checked > 10);
}

#[test]
fn a_bad_extract_leaves_the_last_list() {
    let practice = Practice::sample("refused");
    assert_eq!(practice.code(&[]), 0);
    let before = practice.newest("manifest.json");
    let whole = fs::read(practice.file("diagnoser.csv")).unwrap();

    fs::write(practice.file("diagnoser.csv"), "").unwrap();
    assert_eq!(practice.code(&[]), 3);
    let lost = whole.splitn(2, |byte| *byte == b';').nth(1).unwrap();
    fs::write(practice.file("diagnoser.csv"), lost).unwrap();
    let told = practice.run(&[]);
    assert_eq!(told.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&told.stderr).contains("PasientID"));
    fs::write(practice.file("diagnoser.csv"), &whole).unwrap();
    // Seven weeks later the newest row is too old.
    assert_eq!(practice.code(&["--as-of", "2026-04-20"]), 3);

    assert_eq!(practice.newest("manifest.json"), before);
    let left: Vec<_> = fs::read_dir(practice.output()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().starts_with(".tmp")), "{left:?}");
    assert_eq!(practice.code(&[]), 0);
}

#[test]
fn changes_are_told_against_an_earlier_day_only() {
    let practice = Practice::sample("changes");
    let changes = |practice: &Practice| {
        let table = String::from_utf8(practice.newest("oppfolging.csv")).unwrap();
        ["første liste", "uendret"].map(|word| table.matches(&format!(";{word};")).count())
    };
    // Children stand in a list of their own.
    assert_eq!(practice.code(&[]), 0);
    let listed = rows(&practice);
    assert!((1..=14).contains(&listed), "{listed} rows");
    assert_eq!(changes(&practice), [listed, 0]);
    assert_eq!(practice.code(&[]), 0);
    assert_eq!(changes(&practice), [listed, 0]);
    assert_eq!(practice.code(&["--as-of", "2026-03-04"]), 0);
    // The list is frozen for its week: it tells what it told on the first day.
    assert_eq!(changes(&practice), [listed, 0]);
}

/// Rows of the list, counted by the key that each begins with.
fn rows(practice: &Practice) -> usize {
    let list: serde_json::Value = serde_json::from_slice(&practice.newest("list.json")).unwrap();
    let table = String::from_utf8(practice.newest("oppfolging.csv")).unwrap();
    let people = list["rows"].as_array().unwrap().len();
    let rows = table.lines().skip(1).filter(|line| line.contains(';')).count();
    assert!(rows <= people, "{rows} rows of {people} people");
    rows
}

#[test]
fn every_failure_has_its_code() {
    let practice = Practice::sample("codes");
    let run = RunLock::take(&{
        fs::create_dir_all(practice.output()).unwrap();
        practice.output()
    });
    assert_eq!(practice.code(&[]), 5);
    drop(run);
    assert_eq!(practice.code(&["--as-of", "2026-02-30"]), 2);
    practice.edit("practice.toml", "capacity = 14", "capasity = 14");
    let told = practice.run(&[]);
    assert_eq!(told.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&told.stderr).contains("capacity"));
    practice.edit("practice.toml", "capasity = 14", "capacity = 14");
    practice.edit("practice.toml", "use = \"all\"", "use = [\"no-such-set\"]");
    assert_eq!(practice.code(&[]), 1);
    practice.edit("practice.toml", "use = [\"no-such-set\"]", "use = \"all\"");
    practice.edit("practice.toml", "\"../practice-out\"", "\"pasienter.csv/out\"");
    assert_eq!(practice.code(&[]), 4);
    assert!(!practice.output().join("latest").exists());
}

#[test]
fn a_patient_is_explained_from_the_published_journal() {
    let practice = Practice::sample("explain");
    let explain = |patient: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tidlig"));
        command.arg("explain").arg(practice.file("practice.toml")).arg(patient).args(["--lang", "en"]).output().unwrap()
    };
    let list =
        |practice: &Practice| -> serde_json::Value { serde_json::from_slice(&practice.newest("list.json")).unwrap() };
    assert_eq!(practice.code(&[]), 0);
    let first = list(&practice)["rows"][0]["patient"].as_str().unwrap().to_owned();
    let told = explain(&first);
    let text = String::from_utf8(told.stdout).unwrap();
    assert!(told.status.success() && text.contains("Sum"), "{text}");
    assert_every_input_is_told_in_order(&text);
    assert_eq!(explain("no such patient").status.code(), Some(2));
}

/// Each rule set tells as many inputs as it has: those that are met, then those that are unknown, then the rest.
fn assert_every_input_is_told_in_order(text: &str) {
    let rule_sets = tidlig::model::Catalog::shipped().unwrap().rule_sets;
    let blocks: Vec<&str> = text.split("\n\n").collect();
    for rule_set in &rule_sets {
        let head = format!(" · {} {} · ", rule_set.id, rule_set.version);
        let from = blocks.iter().position(|block| block.contains(&head)).unwrap_or_else(|| panic!("{head}"));
        let groups = blocks[from + 1..].iter().map(|block| block.trim_start());
        let mut told = Vec::new();
        for (order, heading) in ["Met (", "Unknown (", "Not met ("].iter().enumerate() {
            let of_group = groups.clone().take_while(|block| !block.contains('─'));
            let counts =
                of_group.filter_map(|block| block.strip_prefix(heading)?.split(')').next()?.parse::<usize>().ok());
            told.extend(counts.map(|count| (order, count)));
        }
        let counted: usize = told.iter().map(|(_, count)| count).sum();
        assert_eq!(counted, rule_set.inputs.len(), "{}:\n{text}", rule_set.id);
        let headings = groups.take_while(|block| !block.contains('─')).filter_map(|block| block.split(" (").next());
        let order: Vec<usize> =
            headings.filter_map(|word| ["Met", "Unknown", "Not met"].iter().position(|known| *known == word)).collect();
        assert!(order.is_sorted() && !order.is_empty(), "{}: {order:?}", rule_set.id);
    }
}
