//! `tidlig evaluate`.

use crate::files::folder::Folder;
use crate::{DONE, EXTRACT, USAGE, ended, tidlig};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::process::Output;

/// A number from 0 up to `below`, the same each time.
fn some(person: usize, purpose: usize, below: usize) -> usize {
    let mixed = (person * 31 + purpose * 7_919 + 17).wrapping_mul(2_654_435_761) >> 7;
    mixed % below
}

/// Six hundred patients: scores of two models, one for the old alone; outcomes with follow-up; persons.
fn cohort(folder: &Folder, order: impl Fn(usize) -> usize) {
    let rows: Vec<usize> = (0..600).map(order).collect();
    let age = |i: usize| some(i, 1, 95);
    let event = |i: usize| some(i, 2, 160) < 12 + age(i);
    let mut scores = "patient_id,index_day,model,version,value\n".to_owned();
    let mut outcomes = "patient_id,index_day,decline,decline_days\n".to_owned();
    let mut patients = "patient_id,age,sex,gp_id,target_groups,quiet\n".to_owned();
    for i in rows {
        let points = age(i) / 10 + some(i, 3, 6) + 3 * usize::from(event(i));
        let _ = writeln!(scores, "p{i:03},2026-01-01,points,1.0.0,{points}");
        let old = if age(i) >= 65 { (points * 2 + some(i, 4, 4)).to_string() } else { String::new() };
        let _ = writeln!(scores, "p{i:03},2026-01-01,for-the-old,1.0.0,{old}");
        let days = if event(i) { 1 + some(i, 5, 360) } else { 365 };
        let _ = writeln!(outcomes, "p{i:03},2026-01-01,{},{days}", u8::from(event(i)));
        // One GP has three patients.
        let gp = if i < 3 { "c" } else { ["a", "b"][i % 2] };
        let sex = ["female", "male"][some(i, 6, 2)];
        let _ =
            writeln!(patients, "p{i:03},{},{sex},{gp},{},{}", age(i), ["", "frail", "frail;chronic"][i % 3], i % 5 / 4);
    }
    for (name, text) in [("scores.csv", scores), ("outcomes.csv", outcomes), ("patients.csv", patients)] {
        fs::write(folder.join(name), text).unwrap();
    }
}

fn evaluate(folder: &Folder, more: &[&str]) -> Output {
    let files = ["evaluate", "--scores", "scores.csv", "--outcomes", "outcomes.csv", "--resamples", "200"];
    tidlig(folder.path(), &[&files[..], more].concat())
}

const ALL: [&str; 4] = ["--patients", "patients.csv", "--outcome", "decline"];

/// Every file of an output folder.
fn written(folder: &Folder, out: &str) -> BTreeMap<String, Vec<u8>> {
    let files = fs::read_dir(folder.join(out)).unwrap().map(|file| file.unwrap().path());
    files.map(|file| (file.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&file).unwrap())).collect()
}

fn table(folder: &Folder, out: &str) -> String {
    fs::read_to_string(folder.join(out).join("evaluation.csv")).unwrap()
}

#[test]
fn threads_and_the_order_of_rows_change_no_figure_and_a_manifest_makes_the_same_bytes() {
    let folder = Folder::new();
    cohort(&folder, |i| i);
    ended(&evaluate(&folder, &[&ALL[..], &["-o", "one", "--threads", "1"]].concat()), DONE, &["600 rows", "3 models"]);
    ended(&evaluate(&folder, &[&ALL[..], &["-o", "eight", "--threads", "8"]].concat()), DONE, &[]);
    assert!(written(&folder, "one") == written(&folder, "eight"));
    let again = tidlig(folder.path(), &["evaluate", "--again", "one/manifest.json", "-o", "again"]);
    ended(&again, DONE, &[]);
    assert!(written(&folder, "one") == written(&folder, "again"));
    let before = table(&folder, "one");
    cohort(&folder, |i| (i * 7) % 600);
    let changed = tidlig(folder.path(), &["evaluate", "--again", "one/manifest.json", "-o", "again"]);
    ended(&changed, EXTRACT, &["scores.csv` is no longer the same", "outcomes.csv` is no longer the same"]);
    ended(&evaluate(&folder, &[&ALL[..], &["-o", "shuffled"]].concat()), DONE, &[]);
    assert_eq!(table(&folder, "shuffled"), before);
}

#[test]
fn the_report_tells_everything_and_nobody_of_few() {
    let folder = Folder::new();
    cohort(&folder, |i| i);
    ended(&evaluate(&folder, &[&ALL[..], &["-o", "out"]].concat()), DONE, &["have no score of `for-the-old`"]);
    let table = table(&folder, "out");
    let lines = |start: &str| table.lines().filter(|line| line.starts_with(start)).count();
    for start in [
        "decline,points,AUROC,",
        "decline,age and sex,AUROC,",
        "decline,points,concordance",
        "decline,points,calibration slope,",
        "decline,points,\"sensitivity, list of 40 contacts\"",
        "decline | difference,points - age and sex,p of the AUROC difference,",
        "decline | difference,points - age and sex,events on list of 40 contacts: both,",
        "decline | sex: female,points,AUROC,",
        "decline | quiet: quiet,for-the-old,AUROC,",
    ] {
        assert!(lines(start) >= 1, "no line begins with {start}");
    }
    // The GP with three patients is hidden, and another with her.
    assert_eq!(lines("decline | GP: c,points,all,suppressed"), 1);
    assert_eq!(lines("decline | GP: a,points,all,suppressed") + lines("decline | GP: b,points,all,suppressed"), 1);
    assert!(!table.contains(",,"), "a cell is empty");
    let page = fs::read_to_string(folder.join("out/report.html")).unwrap();
    for part in
        ["<svg", "ROC curve", "Calibration", "Net benefit", "Need captured", "AUROC by subgroup", "for you to tell"]
    {
        assert!(page.contains(part), "{part}");
    }
    assert!(!page.contains("<script") && !page.contains("http://") && !page.contains("NaN") && !page.contains("p001"));
    assert!(folder.join("out/card-points.md").exists());
}

#[test]
fn all_faults_of_the_files_are_told_at_once() {
    let folder = Folder::new();
    fs::write(folder.join("scores.csv"), "patient_id;probability\n1;0,5\n1;0,4\n2;1,5\n3;often\n").unwrap();
    fs::write(folder.join("outcomes.csv"), "patient_id,outcome\n1,1\n2,perhaps\n2,0\n").unwrap();
    let says = [
        "outcomes.csv: column `outcome` is not 0, 1, true or false in 1 row (line 3)",
        "outcomes.csv: a patient comes again in 1 row (line 4)",
        "scores.csv: column `probability` is not a number in 1 row (line 5)",
        "scores.csv: probabilities are outside 0 to 1 in 1 row (line 4)",
        "scores.csv: a model, patient and index day come again in 1 row (line 3)",
        "5 faults",
    ];
    let found = evaluate(&folder, &["-o", "out"]);
    ended(&found, EXTRACT, &says);
    let said = String::from_utf8_lossy(&found.stderr).into_owned();
    assert!(!said.contains("often") && !said.contains("perhaps") && !folder.join("out").exists());
    fs::write(folder.join("outcomes.csv"), "person,outcome\n1,1\n").unwrap();
    ended(
        &evaluate(&folder, &["-o", "out"]),
        EXTRACT,
        &["no column `patient_id` or `subject_id`", "found were `person`, `outcome`"],
    );
    ended(&evaluate(&folder, &["-o", "out", "--capacity", "0"]), USAGE, &["no capacity"]);
    ended(&evaluate(&folder, &["-o", "out", "--threshold", "2"]), USAGE, &["no threshold"]);
}

#[test]
fn what_cannot_be_estimated_says_why() {
    let folder = Folder::new();
    let write = |scores: &[(f64, u8)]| {
        let (mut text, mut outcomes) = ("patient_id,score\n".to_owned(), "patient_id,outcome\n".to_owned());
        for (id, (score, event)) in scores.iter().enumerate() {
            let _ = writeln!(text, "{id},{score}");
            let _ = writeln!(outcomes, "{id},{event}");
        }
        fs::write(folder.join("scores.csv"), text).unwrap();
        fs::write(folder.join("outcomes.csv"), outcomes).unwrap();
    };
    let told = |scores: &[(f64, u8)]| {
        write(scores);
        ended(&evaluate(&folder, &["-o", "out"]), DONE, &[]);
        table(&folder, "out")
    };
    let none = told(&(0..50).map(|i| (f64::from(i), 0)).collect::<Vec<_>>());
    assert!(none.contains(
        "AUROC,not estimable,not estimable,not estimable,50,0,DeLong interval; not estimable: one class only: no events"
    ));
    let one = told(&(0..50).map(|i| (f64::from(i % 9), u8::from(i == 7))).collect::<Vec<_>>());
    assert!(one.contains("a single person in one class gives no variance"));
    let apart = told(&(0..50).map(|i| (f64::from(i), u8::from(i > 30))).collect::<Vec<_>>());
    assert!(apart.contains(
        "scores,AUROC,1,not estimable,not estimable,50,19,DeLong interval; not estimable: perfect separation"
    ));
    assert!(apart.contains("calibration slope,not estimable"));
    let same = told(&(0..50).map(|i| (4.0, u8::from(i > 30))).collect::<Vec<_>>());
    assert!(same.contains("all have the same score"));
    assert!(same.contains("age and sex,all,not estimable") && same.contains("no file of patients"));
}

#[test]
fn a_score_that_ranks_backwards_is_told_and_turned_only_when_asked() {
    let folder = Folder::new();
    cohort(&folder, |i| i);
    let turned = fs::read_to_string(folder.join("scores.csv")).unwrap();
    let minus = |line: &str| match line.rsplit_once(',') {
        Some((head, points)) if head.contains(",points,") => format!("{head},-{points}"),
        _ => line.to_owned(),
    };
    fs::write(folder.join("scores.csv"), turned.lines().map(minus).collect::<Vec<_>>().join("\n")).unwrap();
    ended(&evaluate(&folder, &[&ALL[..], &["-o", "as-is"]].concat()), DONE, &[]);
    assert!(fs::read_to_string(folder.join("as-is/report.html")).unwrap().contains("Ranks backwards"));
    ended(&evaluate(&folder, &[&ALL[..], &["-o", "turned", "--reverse", "points"]].concat()), DONE, &[]);
    let area = |out: &str| {
        let table = table(&folder, out);
        let line = table.lines().find(|line| line.starts_with("decline,points,AUROC,")).unwrap().to_owned();
        line.split(',').nth(3).unwrap().parse::<f64>().unwrap()
    };
    assert!(area("as-is") < 0.5 && (area("as-is") + area("turned") - 1.0).abs() < 1e-12);
    ended(
        &evaluate(&folder, &[&ALL[..], &["-o", "no", "--reverse", "nobody"]].concat()),
        EXTRACT,
        &["there is no model `nobody`"],
    );
}

#[test]
fn weeks_are_compared_and_patients_drawn_whole() {
    let folder = Folder::new();
    let (mut scores, mut outcomes) =
        ("patient_id,index_day,score\n".to_owned(), "patient_id,index_day,outcome\n".to_owned());
    for i in 0..300 {
        for (week, day) in ["2026-01-01", "2026-01-08", "2026-01-15"].iter().enumerate() {
            let _ = writeln!(scores, "{i},{day},{}", some(i, week / 2, 1_000));
            let _ = writeln!(outcomes, "{i},{day},{}", u8::from(some(i, 0, 1_000) > 800 - some(i, 9, 400)));
        }
    }
    fs::write(folder.join("scores.csv"), scores).unwrap();
    fs::write(folder.join("outcomes.csv"), outcomes).unwrap();
    ended(&evaluate(&folder, &["-o", "out", "--capacity", "30"]), DONE, &["drawing whole clusters"]);
    let table = table(&folder, "out");
    assert!(
        table.contains("rows of one cluster depend on each other")
            && table.contains("whole clusters drawn, 200 resamples")
    );
    // The second week's list is the first's; the third's is nearly new.
    let line = table.lines().find(|line| line.contains("share of the list replaced")).unwrap();
    let cells: Vec<&str> = line.rsplit("30 contacts\",").next().unwrap().split(',').collect();
    assert_eq!(cells[1], "0");
    assert!(cells[2].parse::<f64>().unwrap() > 0.5);
}
