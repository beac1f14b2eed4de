//! `practice.toml` as written, to [`Profile`]: the sections about the practice; the tables are next door.

use std::path::{Path, PathBuf};

use super::profile::{ListSettings, Memory, Models, Practice, Profile, Runs, Trust};
use super::profile_section::{Reading, suggestion};
use super::profile_tables;
use crate::clinical::fault::{Fault, Faults};
use crate::clinical::tree::{Document, Table, Value};
use crate::clinical::{Day, Language};
use crate::journal::tables;

/// Places on the list when the practice does not say: the pilots' one nurse and three lists.
const DEFAULT_CAPACITY: u32 = 14;

pub(super) fn load(path: &Path) -> Result<Profile, Faults> {
    match std::fs::read(path).map(String::from_utf8) {
        Ok(Ok(text)) => parse(path, &text),
        Ok(Err(_)) => Err(whole_file(path, "the file is not UTF-8 text", "save it as UTF-8")),
        Err(error) => {
            let help = "name the practice's practice.toml; docs/practice-format.md describes it";
            Err(whole_file(path, &format!("the file cannot be read: {}", error.kind()), help))
        }
    }
}

fn whole_file(path: &Path, message: &str, help: &str) -> Faults {
    let mut faults = Faults::new();
    faults.push(Fault::new(&path.display().to_string(), 0..0, message, "here").help(help));
    faults
}

pub(super) fn parse(path: &Path, text: &str) -> Result<Profile, Faults> {
    let file = path.display().to_string();
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut faults = Faults::new();
    let Some(document) = Document::parse(&file, text, &mut faults) else { return Err(faults) };
    let mut reading = Reading { file: &file, text, faults };
    let folder =
        path.parent().map(Path::to_path_buf).filter(|f| !f.as_os_str().is_empty()).unwrap_or_else(|| ".".into());
    let profile = sections(&mut reading, &document.root, path, folder);
    reading.faults.or(profile)
}

fn sections(reading: &mut Reading<'_>, root: &Table, path: &Path, folder: PathBuf) -> Profile {
    reading.unknown_keys(root, &["practice", "models", "list", "trust", "runs", "memory", "table"]);
    let list = reading.table(root, "list");
    reading.unknown_keys(&list, &["capacity", "policy"]);
    Profile {
        practice: practice(reading, root, &folder),
        models: models(reading, root, &folder),
        list: ListSettings {
            capacity: reading.whole(&list, "capacity", 0, 10_000).unwrap_or(DEFAULT_CAPACITY),
            policy: reading.word(&list, "policy").map(|(name, _)| folder.join(name)),
        },
        trust: trust(reading, root),
        runs: runs(reading, root),
        memory: memory(reading, root, &folder),
        tables: profile_tables::read(reading, root),
        file: path.to_path_buf(),
        folder,
    }
}

fn practice(reading: &mut Reading<'_>, root: &Table, folder: &Path) -> Practice {
    let Some(entry) = root.get("practice") else {
        let help = "begin with [practice] and name = \"…\"".to_owned();
        reading.fault(&(0..0), "there is no [practice]", "expected here", Some(help));
        return Practice { name: String::new(), language: Language::Nb, as_of: None, output: folder.to_path_buf() };
    };
    let table = reading.as_table(&entry.node, "[practice]").unwrap_or_default();
    reading.unknown_keys(&table, &["name", "language", "as_of", "output"]);
    if !table.has("name") {
        reading.fault(&entry.span, "[practice] has no `name`", "name is missing", Some("add name = \"…\"".to_owned()));
    }
    let languages = Language::ALL.map(|language| (language.tag(), language));
    Practice {
        name: reading.word(&table, "name").map(|(name, _)| name).unwrap_or_default(),
        language: reading.choice(&table, "language", &languages).unwrap_or_default(),
        as_of: day(reading, &table, "as_of"),
        output: folder.join(reading.word(&table, "output").map_or_else(|| "out".to_owned(), |(path, _)| path)),
    }
}

fn day(reading: &mut Reading<'_>, table: &Table, key: &str) -> Option<Day> {
    let entry = table.get(key)?;
    let text = match &entry.node.value {
        Value::Date(date) => date.date.map(|date| date.to_string()),
        Value::Word(text) => Some(text.clone()),
        _ => None,
    };
    let day = text.as_deref().and_then(Day::parse_iso);
    if day.is_none() {
        let help = "write 2026-03-02".to_owned();
        reading.fault(&entry.node.span, format!("`{key}` is not a day"), "not understood", Some(help));
    }
    day
}

fn models(reading: &mut Reading<'_>, root: &Table, folder: &Path) -> Models {
    let table = reading.table(root, "models");
    reading.unknown_keys(&table, &["use", "folders"]);
    let words = |reading: &mut Reading<'_>, key: &str| table.get(key).map(|entry| reading.words(entry));
    let ids = words(reading, "use").map(|ids| ids.into_iter().map(|(id, _)| id).collect::<Vec<_>>());
    let folders = words(reading, "folders").unwrap_or_default();
    Models {
        ids: ids.filter(|ids| ids.as_slice() != ["all"]),
        folders: folders.into_iter().map(|(name, _)| folder.join(name)).collect(),
    }
}

fn trust(reading: &mut Reading<'_>, root: &Table) -> Trust {
    let table = reading.table(root, "trust");
    let known = ["refused_share", "patients_lost", "newest_row_days", "stale_source_days", "expect"];
    reading.unknown_keys(&table, &known);
    let default = Trust::default();
    Trust {
        refused_share: reading.share(&table, "refused_share").unwrap_or(default.refused_share),
        patients_lost: reading.share(&table, "patients_lost").unwrap_or(default.patients_lost),
        newest_row_days: reading.whole(&table, "newest_row_days", 0, 36_500).unwrap_or(default.newest_row_days),
        stale_source_days: reading.whole(&table, "stale_source_days", 0, 36_500).unwrap_or(default.stale_source_days),
        expect: expected(reading, &table).unwrap_or(default.expect),
    }
}

fn runs(reading: &mut Reading<'_>, root: &Table) -> Runs {
    let table = reading.table(root, "runs");
    reading.unknown_keys(&table, &["keep"]);
    Runs { keep: reading.whole(&table, "keep", 1, 10_000).unwrap_or(Runs::default().keep) }
}

fn memory(reading: &mut Reading<'_>, root: &Table, folder: &Path) -> Memory {
    let table = reading.table(root, "memory");
    reading.unknown_keys(&table, &["store", "inbox", "resources"]);
    let mut path = |key: &str| reading.word(&table, key).map(|(path, _)| folder.join(path));
    Memory { store: path("store"), inbox: path("inbox"), resources: path("resources") }
}

fn expected(reading: &mut Reading<'_>, table: &Table) -> Option<Vec<tables::Table>> {
    let entry = table.get("expect")?;
    let mut expect = vec![tables::Table::Patients];
    for (word, span) in reading.words(entry) {
        match tables::Table::parse(&word) {
            Some(table) if !expect.contains(&table) => expect.push(table),
            Some(_) => {}
            None => {
                let help = suggestion(&word, &tables::Table::ALL.map(tables::Table::name), "the tables are");
                reading.fault(&span, format!("there is no table `{word}`"), "not a table", Some(help));
            }
        }
    }
    Some(expect)
}
