//! Every shipped rule set means the same after a round trip through flat tables.

use crate::files::folder::Folder;
use std::collections::BTreeMap;
use std::fs;
use tidlig::clinical::Language;
use tidlig::model::about::About;
use tidlig::model::catalog::Catalog;
use tidlig::model::{RuleSet, page, tables};

/// Everything that steers a score or is shown beside it. An input of a library becomes one of the rule set's own.
fn meaning(set: &RuleSet) -> String {
    let mut set = set.clone();
    set.hash.clear();
    set.about = About::default();
    for input in &mut set.inputs {
        input.name = input.name.replace('/', ".");
    }
    format!("{set:#?}")
}

fn exported(set: &RuleSet, catalog: &Catalog) -> BTreeMap<String, String> {
    let in_words = |id| page::in_words(set, id, &catalog.vocabulary, Language::En);
    tables::export(set, in_words).into_iter().map(|(name, text)| (name.to_owned(), text)).collect()
}

#[test]
fn shipped_rule_sets_mean_the_same_after_a_round_trip() {
    let catalog = Catalog::shipped().unwrap_or_else(|faults| panic!("{faults}"));
    let folder = Folder::new();
    for set in &catalog.rule_sets {
        let files = exported(set, &catalog);
        let (id, text) = tables::import("tables", &files, None).unwrap_or_else(|faults| panic!("{}: {faults}", set.id));
        fs::create_dir(folder.join(&id)).unwrap();
        fs::write(folder.join(&id).join("model.toml"), text).unwrap();
    }
    let again = Catalog::in_place(&[folder.path().to_owned()]).unwrap_or_else(|faults| panic!("{faults}"));
    for set in &catalog.rule_sets {
        let id = &set.id;
        let (before, after) = (meaning(set), meaning(again.get(id).unwrap()));
        let line = before.lines().zip(after.lines()).find(|(a, b)| a != b);
        assert!(before == after, "{id} means something else: {line:?}");
    }
}

#[test]
fn a_semicolon_table_of_a_norwegian_spreadsheet_means_the_same() {
    let catalog = Catalog::shipped().unwrap_or_else(|faults| panic!("{faults}"));
    for set in &catalog.rule_sets {
        let files = exported(set, &catalog);
        let commas = tables::import("tables", &files, None).map(|(_, text)| text);
        // Decimal commas and semicolons, as Excel saves them in Norway.
        let saved = files.iter().map(|(name, text)| (name.clone(), with_semicolons(text))).collect();
        let semicolons = tables::import("tables", &saved, None).map(|(_, text)| text);
        assert_eq!(commas.is_ok(), semicolons.is_ok(), "{}", set.id);
        if let (Ok(commas), Ok(semicolons)) = (commas, semicolons) {
            assert_eq!(commas, semicolons, "{}", set.id);
        }
    }
}

/// Commas outside quotes become semicolons; a field that is a decimal number gets a comma.
fn with_semicolons(text: &str) -> String {
    let (mut out, mut field, mut quoted) = (String::from("\u{feff}"), String::new(), false);
    let close = |field: &mut String, out: &mut String| {
        let number = field.parse::<f64>().is_ok() && !field.contains("..");
        out.push_str(&if number { field.replace('.', ",") } else { field.clone() });
        field.clear();
    };
    for c in text.chars() {
        match c {
            '"' => {
                quoted = !quoted;
                field.push(c);
            }
            ',' if !quoted => {
                close(&mut field, &mut out);
                out.push(';');
            }
            '\n' if !quoted => {
                close(&mut field, &mut out);
                out.push_str("\r\n");
            }
            c => field.push(c),
        }
    }
    out
}
