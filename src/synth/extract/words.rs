//! The words of the practice's system. They stand once, in the `map`s of the profile that is delivered with the files; here
//! they are read the other way round, from tidlig's word to the file's.

use super::delivered::Delivered;
use crate::journal::tables::Source;
use std::borrow::Cow;
use std::collections::BTreeMap;
use toml::Value;

/// The profile of a synthetic practice, with places for her name, the index day and the output folder.
const PROFILE: &str = include_str!("profile.toml");

/// The register's word for a patient who is on the list.
pub(super) const LISTED: &str = "Aktiv";

/// What a profile says of its practice.
#[derive(Debug, Clone, Copy)]
pub(super) struct ProfileFacts<'a> {
    pub name: &'a str,
    /// `yyyy-mm-dd`.
    pub as_of: &'a str,
    /// Where runs are published, seen from the profile.
    pub output: &'a str,
    /// Sources that the practice does not deliver.
    pub missing: &'a [Source],
}

/// The text of a practice's `practice.toml`.
pub(super) fn profile(facts: &ProfileFacts<'_>) -> String {
    let quoted = |text: &str| Value::String(text.to_owned()).to_string();
    let text = PROFILE.replace("\"{name}\"", &quoted(facts.name)).replace("{as_of}", facts.as_of);
    let text = text.replace("\"{output}\"", &quoted(facts.output));
    let mut parts = text.split("[[table]]\n");
    let mut out: String =
        parts.next().unwrap_or_default().lines().flat_map(|line| [expected(line, facts), "\n".into()]).collect();
    for part in parts {
        let delivers = |file: &Delivered| part.contains(&format!("= \"{}\"\n", file.name()));
        let file = Delivered::ALL.into_iter().find(delivers);
        if file.is_none_or(|file| file.is_delivered(facts.missing)) {
            out += "[[table]]\n";
            out += &facts.missing.iter().fold(part.to_owned(), |part, source| without_source(&part, *source));
        }
    }
    out
}

/// The line of tables that must be there asks for nothing that is not delivered.
fn expected<'a>(line: &'a str, facts: &ProfileFacts<'_>) -> Cow<'a, str> {
    if !line.starts_with("expect = ") {
        return line.into();
    }
    // The tables that are expected are called as their main sources.
    let names = facts.missing.iter().map(|source| format!(", \"{}\"", source.name()));
    names.fold(line.to_owned(), |line, name| line.replace(&name, "")).into()
}

/// The list of a file's sources without one of them.
fn without_source(part: &str, source: Source) -> String {
    let name = source.name();
    part.lines()
        .map(|line| match line.starts_with("sources = ") {
            true => line.replace(&format!("\"{name}\", "), "").replace(&format!(", \"{name}\""), "") + "\n",
            false => format!("{line}\n"),
        })
        .collect()
}

/// For each file, the file's word for each of tidlig's. Where several mean the same, the one that sorts first.
pub(super) struct FileWords(BTreeMap<(Delivered, String), String>);

impl FileWords {
    pub fn new() -> FileWords {
        let mut words = BTreeMap::new();
        let root: toml::Table = profile(&ProfileFacts { name: "", as_of: "2000-01-01", output: "", missing: &[] })
            .parse()
            .unwrap_or_default();
        let tables = root.get("table").and_then(Value::as_array).into_iter().flatten();
        for table in tables.filter_map(Value::as_table) {
            let file = table.get("file").and_then(Value::as_str).and_then(Delivered::named);
            let maps = table.get("map").and_then(Value::as_table).into_iter().flat_map(toml::Table::values);
            let pairs = maps.filter_map(Value::as_table).flatten();
            let known = pairs.filter(|(word, _)| *word != "*");
            for ((word, meaning), file) in known.filter_map(|pair| Some((pair, file?))) {
                let meaning = meaning.as_str().unwrap_or_default().to_owned();
                words.entry((file, meaning)).or_insert_with(|| word.clone());
            }
        }
        FileWords(words)
    }

    /// The file's word; tidlig's own where the profile has none.
    pub fn of<'a>(&'a self, file: Delivered, word: &'a str) -> &'a str {
        self.0.get(&(file, word.to_owned())).map_or(word, String::as_str)
    }

    /// tidlig's word for one of the file's, whatever its case.
    pub fn meaning(&self, file: Delivered, word: &str) -> Option<&str> {
        let same = |entry: &&String| entry.to_lowercase() == word.to_lowercase();
        self.0.iter().find(|((of, _), known)| *of == file && same(known)).map(|((_, meaning), _)| meaning.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::Profile;
    use crate::journal::tables::Table;
    use std::path::Path;

    fn read(name: &str, missing: &[Source]) -> Profile {
        let facts = ProfileFacts { name, as_of: "2026-03-02", output: "../ut", missing };
        Profile::parse(Path::new("practice.toml"), &profile(&facts)).unwrap()
    }

    fn files(profile: &Profile) -> Vec<&str> {
        profile.tables.iter().flat_map(|table| &table.files).map(String::as_str).collect()
    }

    #[test]
    fn the_profile_is_right_for_any_name() {
        let profile = read("Ås \"legesenter\"", &[]);
        assert_eq!(profile.practice.name, "Ås \"legesenter\"");
        assert!(Delivered::ALL.iter().all(|file| files(&profile).contains(&file.name())), "{profile:?}");
    }

    #[test]
    fn what_is_not_delivered_is_not_read_and_not_expected() {
        let profile = read("x", &[Source::Recalls, Source::Acute, Source::Medicines]);
        let files = files(&profile);
        assert!(!files.contains(&"akutt.csv") && !files.contains(&"legemidler.csv"), "{files:?}");
        assert_eq!(profile.trust.expect, [Table::Patients, Table::Diagnoses, Table::Contacts]);
        let book = profile.tables.iter().find(|table| table.files == ["timebok.csv"]).unwrap();
        assert_eq!(book.sources.as_deref(), Some(&[Source::Appointments][..]));
    }

    #[test]
    fn every_header_that_the_profile_reads_stands_in_its_file() {
        for table in &read("x", &[]).tables {
            let file = Delivered::named(&table.files[0]).unwrap();
            for header in table.columns.iter().flat_map(|column| column.from.headers()) {
                assert!(file.header().contains(&header.name.as_str()), "{} of {}", header.name, file.name());
            }
        }
    }

    #[test]
    fn words_are_read_both_ways() {
        let words = FileWords::new();
        assert_eq!(words.of(Delivered::Contacts, "office"), "Konsultasjon");
        assert_eq!(words.of(Delivered::Contacts, "gp"), "Lege");
        assert_eq!(words.of(Delivered::Register, "bosatt"), LISTED);
        assert_eq!(words.of(Delivered::Services, "no such service"), "no such service");
        assert_eq!(words.meaning(Delivered::Services, "hjemmesykepleie"), Some("home_nursing"));
    }
}
