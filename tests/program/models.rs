//! `tidlig models`: rule sets of one's own, written while the program stays as it is.

use crate::files::folder::Folder;
use crate::{CONFIGURATION, DONE, USAGE, ended, tidlig};
use std::fs;
use std::process::Output;

const ON: &str = "2026-03-02";

fn printed(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// Does as told and succeeds; gives what was printed.
pub fn done(folder: &Folder, arguments: &[&str]) -> String {
    let output = tidlig(folder.path(), arguments);
    ended(&output, DONE, &[]);
    printed(&output)
}

pub fn write(folder: &Folder, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Five patients: nothing, heart failure, diabetes with a complication, dementia by an uncommon code, cancer.
pub fn journal(folder: &Folder) {
    let born = |id: i32| format!("{id},1950-01-01\n");
    let patients: String = (1..=5).map(born).collect();
    write(folder, "journal/patients.csv", &format!("patient_id,birth_date\n{patients}"));
    let rows =
        "2,2026-01-10,ICD-10,I50.9\n3,2026-01-10,ICD-10,E11.2\n4,2026-01-10,ICD-10,G31.8\n5,2026-01-10,ICD-10,C50.9\n";
    write(folder, "journal/diagnoses.csv", &format!("patient_id,date,system,code\n{rows}"));
}

/// Value and band of each patient, from the scores that the program wrote.
fn scores(folder: &Folder, id: &str) -> Vec<(Option<f64>, Option<String>)> {
    use arrow::array::{Array, Float64Array, StringArray};
    let all = ["score", "--journal", "journal", "--as-of", ON, "--models-dir", "own", "--models", id, "-o", "out"];
    ended(&tidlig(folder.path(), &all), DONE, &["5 patients"]);
    let file = fs::File::open(folder.join("out/scores.parquet")).unwrap();
    let reader = parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder::try_new(file).unwrap().build().unwrap();
    let mut found = Vec::new();
    for batch in reader.map(Result::unwrap) {
        let text = |name: &str| {
            let column = arrow::compute::cast(batch.column_by_name(name).unwrap(), &arrow::datatypes::DataType::Utf8);
            column.unwrap().as_any().downcast_ref::<StringArray>().unwrap().clone()
        };
        let (models, bands) = (text("model"), text("band"));
        let values = batch.column_by_name("value").unwrap().as_any().downcast_ref::<Float64Array>().unwrap().clone();
        found.extend((0..batch.num_rows()).filter(|row| models.value(*row) == id).map(|row| {
            (
                (!values.is_null(row)).then(|| values.value(row)),
                (!bands.is_null(row)).then(|| bands.value(row).to_owned()),
            )
        }));
    }
    found
}

pub fn values(folder: &Folder, id: &str) -> Vec<f64> {
    scores(folder, id).into_iter().map(|(value, _)| value.unwrap()).collect()
}

#[test]
fn more_codes_than_one_pass_can_tell_apart_are_refused() {
    let folder = Folder::new();
    journal(&folder);
    let words = r#"{ nb = "a", nn = "a", en = "a" }"#;
    let mut text = format!(
        "id = \"many\"\nversion = \"1.0.0\"\nstatus = \"draft\"\nsource = [\"made for a test\"]\ndeparts = []\n\
         title = {words}\npurpose = {words}\n"
    );
    let mut criteria = String::from("\n[criteria]\n");
    text += "\n[inputs]\n";
    for number in 0..4200 {
        let letter = char::from(b'A' + (number / 1000) as u8);
        text += &format!(
            "i{number} = {{ icd10 = [\"{letter}{:03}\"], within = \"ever\", label = {words} }}\n",
            number % 1000
        );
        criteria += &format!("i{number} = {{ points = 1, src = \"made for a test\" }}\n");
    }
    write(&folder, "own/many/model.toml", &(text + &criteria));
    let all = ["score", "--journal", "journal", "--as-of", ON, "--models-dir", "own", "--models", "many", "-o", "out"];
    ended(&tidlig(folder.path(), &all), CONFIGURATION, &["4200 groups of codes", "at most 4095", "fewer rule sets"]);
}

/// As Charlson of 2011, with every kind of change.
const CHILD: &str = r#"
id      = "practice-charlson"
version = "1.0.0"
status  = "adapted"
extends = "charlson-quan-2011"
departs = ["Heart failure weighs 3, G31.8 counts as dementia, and peptic ulcer is left out."]
title   = { nb = "Vår Charlson", nn = "Vår Charlson", en = "Our Charlson" }

[change.criteria]
heart-failure = { points = 3 }
metastatic-cancer = { without = ["silences"] }

[change.inputs]
dementia = { icd10_add = ["G318"], icd10_drop = ["F05.1"] }

[drop]
criteria = ["peptic-ulcer"]

[inputs]
old = { age = { from = 75 } }

[criteria]
old = { points = 1, text = { nb = "75 år eller mer", nn = "75 år eller meir", en = "Aged 75 or more" } }

[bands]
low  = { level = 1, label = { nb = "lav", nn = "låg", en = "low" } }
high = { level = 3, from = 3, label = { nb = "høy", nn = "høg", en = "high" } }
"#;

#[test]
fn a_new_rule_set_passes_the_check_and_scores_as_it_stands() {
    let folder = Folder::new();
    journal(&folder);
    done(&folder, &["models", "new", "our-own", "--dir", "own"]);
    done(&folder, &["models", "new", "our-hfrs", "--dir", "own", "--extends", "hfrs"]);
    let output = tidlig(folder.path(), &["models", "check", "own"]);
    ended(&output, DONE, &[]);
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    // No code of the program knows this rule set: it was written a moment ago.
    let band = |name: &str| Some(name.to_owned());
    let expected = [(0.0, "low"), (2.0, "moderate"), (1.0, "low"), (0.0, "low"), (0.0, "low")];
    assert_eq!(scores(&folder, "our-own"), expected.map(|(value, name)| (Some(value), band(name))));
    assert_eq!(values(&folder, "our-hfrs"), {
        let folder = Folder::new();
        journal(&folder);
        fs::create_dir(folder.join("own")).unwrap();
        values(&folder, "hfrs")
    });
}

#[test]
fn new_refuses_what_cannot_be_an_id_and_what_is_taken() {
    let folder = Folder::new();
    for (arguments, says) in [
        (&["models", "new", "Our_Set"][..], "small letters"),
        (&["models", "new", "hfrs"], "--extends hfrs"),
        (&["models", "new", "ours", "--extends", "hfsr"], "did you mean `hfrs`?"),
    ] {
        ended(&tidlig(folder.path(), arguments), USAGE, &[says]);
    }
    done(&folder, &["models", "new", "ours"]);
    ended(&tidlig(folder.path(), &["models", "new", "ours"]), USAGE, &["is there already"]);
}

#[test]
fn a_rule_set_of_ones_own_extends_a_shipped_one() {
    let folder = Folder::new();
    journal(&folder);
    write(&folder, "own/practice-charlson/model.toml", CHILD);
    done(&folder, &["models", "check", "own"]);
    // Born in 1950, everyone is 76: one point each, beside what the change and the parent give.
    assert_eq!(values(&folder, "practice-charlson"), [1.0, 4.0, 2.0, 3.0, 3.0]);
    assert_eq!(values(&folder, "charlson-quan-2011"), [0.0, 2.0, 1.0, 0.0, 2.0]);
    let page = done(&folder, &["models", "show", "practice-charlson", "--models-dir", "own", "--lang", "en"]);
    for line in [
        "## As `charlson-quan-2011` 1.0.0, but",
        "- `heart-failure`: 2 → 3",
        "- `dementia`: new codes ICD-10 `G318`; without the codes ICD-10 `F051`",
        "- `peptic-ulcer`: removed: 0",
        "- `metastatic-cancer`: 6; ⊘ cancer → 6",
        "- `old`: added: 1",
        "- `high`: added: high 3 or more (3)",
    ] {
        assert!(page.contains(line), "«{line}» is not on the page:\n{page}");
    }
    assert!(!page.contains("| `peptic-ulcer`"), "a dropped criterion is on the page");
}

#[test]
fn a_rule_set_may_extend_one_that_extends_another() {
    let folder = Folder::new();
    journal(&folder);
    write(&folder, "own/practice-charlson/model.toml", CHILD);
    let text = "id = \"grandchild\"\nversion = \"1.0.0\"\nstatus = \"draft\"\nextends = \"practice-charlson\"\n\
                departs = [\"Without age.\"]\ntitle = { nb = \"a\", nn = \"a\", en = \"a\" }\n\
                drop.criteria = [\"old\"]\nchange.criteria.heart-failure = { points = 2.5, src = \"PROPOSAL\" }\n";
    write(&folder, "own/grandchild/model.toml", text);
    assert_eq!(values(&folder, "grandchild"), [0.0, 2.5, 1.0, 2.0, 2.0]);
    // A draft says of each line where it comes from.
    write(&folder, "own/grandchild/model.toml", &text.replace(", src = \"PROPOSAL\"", ""));
    let output = tidlig(folder.path(), &["models", "check", "own"]);
    ended(&output, CONFIGURATION, &["`heart-failure` says no source", "grandchild/model.toml", "1 fault"]);
}

#[test]
fn a_shipped_id_is_not_taken_over_silently() {
    let folder = Folder::new();
    write(&folder, "own/hfrs/model.toml", &CHILD.replace("practice-charlson", "hfrs"));
    let output = tidlig(folder.path(), &["models", "check", "own"]);
    ended(&output, CONFIGURATION, &["two rule sets have the id `hfrs`", "own/hfrs/model.toml", "write `extends`"]);
}

#[test]
fn codes_that_no_list_knows_are_warnings_until_they_are_named() {
    let folder = Folder::new();
    let child = |more: &str| {
        CHILD.replace("[drop]", &format!("{more}\n[drop]")).replace("\"G318\"", "\"G318\", \"W19\", \"I5091\"")
    };
    write(&folder, "own/practice-charlson/model.toml", &child(""));
    let output = tidlig(folder.path(), &["models", "check", "own"]);
    let says = [
        "⚠ ICD-10 `W19` is in the WHO list, not in the Norwegian of 2026: can never fire on Norwegian data; Norway",
        "codes falls as W0n",
        "`I5091` is finer than the Norwegian list of 2026, which has I509",
        "own/practice-charlson/model.toml:14",
        "[[not_in_norway]]",
        "2 warnings in 1 file",
    ];
    ended(&output, DONE, &says);
    assert!(printed(&output).contains("no fault"), "a warning is no fault");

    let named = "[[not_in_norway]]\nicd10 = [\"W19\", \"I50.91\"]\nreason = \"Kept for journals from abroad.\"\n";
    write(&folder, "own/practice-charlson/model.toml", &child(named));
    let output = tidlig(folder.path(), &["models", "check", "own"]);
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    let page = done(&folder, &["models", "show", "practice-charlson", "--models-dir", "own", "--lang", "en"]);
    for part in ["## Codes that cannot occur in Norway", "| ICD-10 `W19` |", "Kept for journals from abroad."] {
        assert!(page.contains(part), "«{part}» is not on the page:\n{page}");
    }

    let rest = "[[not_in_norway]]\nrest = 3\nreason = \"From abroad.\"\n[[not_in_norway]]\nicd10 = [\"I509\"]\nreason = \"a\"\n";
    write(&folder, "own/practice-charlson/model.toml", &child(rest));
    let says = ["2 further codes are in no list, not 3", "`I509` is not asked for", "2 warnings"];
    ended(&tidlig(folder.path(), &["models", "check", "own"]), DONE, &says);
}

#[test]
fn codes_of_a_list_of_ones_own_are_known() {
    let folder = Folder::new();
    write(&folder, "own/practice-charlson/model.toml", &CHILD.replace("\"G318\"", "\"W19\""));
    write(&folder, "own/registers/icd10-norway.csv", "category,endings\nW19,0 9\n");
    let output = tidlig(folder.path(), &["models", "check", "own"]);
    ended(&output, DONE, &[]);
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    write(&folder, "own/registers/icd10-norway.csv", "category,endings\n19W,0\n");
    ended(
        &tidlig(folder.path(), &["models", "check", "own"]),
        CONFIGURATION,
        &["icd10-norway.csv:2", "`19W` cannot be"],
    );
}

#[test]
fn a_difference_is_told_in_words_and_in_patients() {
    let folder = Folder::new();
    journal(&folder);
    write(&folder, "own/practice-charlson/model.toml", CHILD);
    write(
        &folder,
        "later/practice-charlson/model.toml",
        &CHILD.replace("points = 3 }", "points = 1 }").replace("from = 3", "from = 2"),
    );
    let arguments = ["models", "diff", "own/practice-charlson", "later/practice-charlson/model.toml", "--lang", "en"];
    let text = done(&folder, &arguments);
    for line in ["- `heart-failure`: 3 → 1", "- `high`: high 3 or more (3) → high 2 or more (3)"] {
        assert!(text.contains(line), "«{line}» is not said:\n{text}");
    }
    let text = done(&folder, &[&arguments[..], &["--journal", "journal", "--as-of", ON]].concat());
    // Heart failure falls from 4 points to 2 and stays high; 2 points for diabetes are high now.
    for line in [
        "Patients: 5, 1 with other points",
        "| `low` | `low` | 1 |",
        "| `low` | `high` | 1 |",
        "| `high` | `high` | 3 |",
    ] {
        assert!(text.contains(line), "«{line}» is not said:\n{text}");
    }
}

#[test]
fn the_codes_that_moved_patients_are_counted() {
    let folder = Folder::new();
    journal(&folder);
    write(&folder, "own/practice-charlson/model.toml", CHILD);
    let common = ["models", "diff", "charlson-quan-2011", "practice-charlson", "--models-dir", "own", "--json"];
    let text = done(&folder, &[&common[..], &["--journal", "journal", "--as-of", ON]].concat());
    let told: serde_json::Value = serde_json::from_str(&text).unwrap();
    let moves = &told[0]["moves"];
    assert_eq!((&moves["patients"], &moves["other_points"]), (&5.into(), &5.into()));
    // The parent has no bands, so everyone enters one; by code: heart failure weighs otherwise, G31.8 is new, and age
    // rests on no code.
    let codes = moves["codes"].as_array().unwrap();
    let count = |criterion: &str, code: &str| {
        let found = codes.iter().find(|one| one["criterion"] == criterion && one["code"] == code);
        found.map(|one| one["up"].as_u64().unwrap())
    };
    assert_eq!(count("heart-failure", "I509"), Some(1));
    assert_eq!(count("dementia", "G318"), Some(1));
    assert_eq!(count("old", ""), Some(5));
    assert_eq!(count("cancer", "C509"), None, "what weighs the same moves nobody");
    assert_eq!(told[0]["differences"].as_array().unwrap().iter().filter(|one| one["part"] == "band").count(), 2);
}

#[test]
fn two_folders_of_rule_sets_are_compared_by_id() {
    let folder = Folder::new();
    write(&folder, "a/practice-charlson/model.toml", CHILD);
    write(&folder, "b/practice-charlson/model.toml", &CHILD.replace("1.0.0", "1.0.1"));
    done(&folder, &["models", "new", "another", "--dir", "b"]);
    let text = done(&folder, &["models", "diff", "a", "b", "--lang", "en"]);
    for part in ["# `another`: new", "# `practice-charlson` 1.0.0 → `practice-charlson` 1.0.1", "Nothing is other."] {
        assert!(text.contains(part), "«{part}» is not said:\n{text}");
    }
    ended(&tidlig(folder.path(), &["models", "diff", "hfrs", "hfrs-norwy"]), USAGE, &["did you mean `hfrs-norway`?"]);
}

#[test]
fn the_pages_are_in_step_with_the_rule_sets() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    ended(&tidlig(root, &["models", "docs", "--check"]), DONE, &[]);
}
