//! Killed at random moments, `run` and `decide` neither lose nor double anything.
//!
//! `TIDLIG_KILLS=200` kills each of the two 200 times; a moderate number is the suite's own.

use std::collections::BTreeSet;
use std::fs;
use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant};

use tidlig::store::Section;

use super::practice::{Practice, day, exists, row, table};

/// Starts the program and kills it after a random part of the time that it usually takes; tells whether it was in time.
fn killed(practice: &mut Practice, command: &[&str], usually: Duration) -> bool {
    let mut child = practice.program(command).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let part = practice.dice.below(1000) as u32;
    sleep(usually * part / 950);
    // SIGKILL, where there are signals.
    child.kill().unwrap();
    !child.wait().unwrap().success()
}

/// What must hold at any moment: the pointer names a whole run.
fn latest_is_whole(practice: &Practice) {
    let latest = practice.latest();
    if exists(&latest) {
        for name in
            ["list.json", "manifest.json", "oppfolging.html", "oppfolging.xlsx", "oppfolging.csv", "remembered.json"]
        {
            assert!(latest.join(name).is_file(), "{name} is missing");
        }
    }
}

/// What must hold when a run has ended by itself: store and folders agree.
fn all_agree(practice: &Practice) {
    let store = practice.store();
    let runs = fs::read_dir(practice.root.join("out/runs"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let folders: BTreeSet<String> = runs.collect();
    let kept = store.runs().unwrap();
    assert_eq!(kept.iter().cloned().collect::<BTreeSet<_>>(), folders);
    assert_eq!(kept.len(), folders.len(), "a run is kept twice");
    let latest = fs::read_link(practice.latest()).unwrap();
    assert_eq!(latest.file_name().unwrap().to_str().unwrap(), kept.last().unwrap());
    let left =
        fs::read_dir(practice.root.join("out")).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let left: Vec<String> = left.filter(|name| name.starts_with(".tmp")).collect();
    assert!(left.is_empty(), "{left:?}");
    assert!(matches!(store.verify_log().unwrap(), tidlig::store::log::Verdict::Whole { .. }));
}

/// Up to three rows of the newest list that nobody decided on yet.
fn file(practice: &Practice, decided: &mut BTreeSet<String>) -> (String, usize) {
    let store = practice.store();
    let run = store.run(store.runs().unwrap().last().unwrap()).unwrap().unwrap();
    let open = run.rows.iter().filter(|row| row.section == Section::Candidates && !decided.contains(&row.patient));
    let open: Vec<_> = open.take(3).collect();
    let until = day(&run.index_day).plus(20).norwegian();
    let rows: Vec<[String; 7]> =
        open.iter().map(|row_| row([&row_.key, "ikke nå før", &until, "", "", "", ""])).collect();
    decided.extend(open.iter().map(|row| row.patient.clone()));
    (table(&rows), open.len())
}

#[test]
fn nothing_is_lost_or_doubled_whenever_it_is_killed() {
    let times: usize = std::env::var("TIDLIG_KILLS").ok().and_then(|times| times.parse().ok()).unwrap_or(20);
    let mut practice = Practice::new("killed", 80, day("2026-03-02"));
    let mut on = day("2026-03-02");
    let began = Instant::now();
    assert_eq!(practice.call(&["run", "practice.toml", "--as-of", &on.to_string()]).0, 0);
    let a_run = began.elapsed();
    fs::write(practice.root.join("empty.csv"), table(&[])).unwrap();
    let began = Instant::now();
    assert_eq!(practice.call(&["decide", "practice.toml", "empty.csv", "--as-of", &on.to_string()]).0, 0);
    // A file with decisions in it takes longer than an empty one.
    let a_decide = began.elapsed() * 2;

    let (mut decided, mut expected) = (BTreeSet::new(), 0);
    let (mut runs_killed, mut decides_killed) = (0, 0);
    for number in 0..times {
        // A few days on: lists are made anew, frozen, and people come back.
        on = on.plus(1 + practice.dice.below(4) as i32);
        let as_of = on.to_string();
        decided.clear();
        let hidden = practice.store().standing(i64::MAX).unwrap().into_iter();
        decided.extend(
            hidden
                .filter(|(_, entry)| entry.decision.back_on().is_none_or(|back| back > on))
                .map(|(patient, _)| patient),
        );
        let (text, rows) = file(&practice, &mut decided);
        let name = format!("file-{number}.csv");
        practice.write(&name, &text);
        let decide = ["decide", "practice.toml", &name, "--as-of", &as_of];
        decides_killed += usize::from(killed(&mut practice, &decide, a_decide));
        latest_is_whole(&practice);
        // Half of the files come through the inbox, which a killed run may have taken in without moving the file.
        let inbox = format!("inbox/{name}");
        if practice.dice.chance(50) {
            practice.write(&inbox, &text);
        }
        let run = ["run", "practice.toml", "--as-of", &as_of];
        runs_killed += usize::from(killed(&mut practice, &run, a_run));
        latest_is_whole(&practice);
        let (code, told) = practice.call(&run);
        assert_eq!(code, 0, "{number}: {told}");
        let (code, told) = practice.call(&decide);
        assert_eq!(code, 0, "{number}: {told}");
        expected += rows;
        assert_eq!(practice.store().entries().unwrap().len(), expected, "decisions after {number} kills");
        assert!(!practice.root.join(&inbox).exists());
        all_agree(&practice);
    }
    println!(
        "{times} times: {runs_killed} runs and {decides_killed} decides were killed at work; {expected} decisions"
    );
    assert!(expected > 0 && (times < 10 || runs_killed > 0 && decides_killed > 0));
}
