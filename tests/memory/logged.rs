//! The access log: every listing, every view made, every export, every look and every decision.

use tidlig::store::Act;

use super::deciding::{MONDAY, decide, keys, practice};
use super::practice::{Practice, day, row, table};

/// What each entry after the first `seen` was about.
fn since(practice: &Practice, seen: usize) -> Vec<(Act, String)> {
    let log = practice.store().access_log().unwrap();
    log.into_iter().skip(seen).map(|entry| (entry.act, entry.about)).collect()
}

fn so_far(practice: &Practice) -> usize {
    practice.store().access_log().unwrap().len()
}

#[test]
fn a_night_logs_the_list_and_every_file_with_people_in_it() {
    let practice = practice("log-night");
    let logged = since(&practice, 0);
    let run = "2026-03-02-1";
    assert!(logged.contains(&(Act::Listed, run.to_owned())), "{logged:?}");
    let files = std::fs::read_dir(practice.latest()).unwrap().flatten();
    let files = files.map(|entry| entry.file_name().into_string().unwrap());
    let with_people: Vec<String> = files.filter(|name| name.contains('.') && !is_without_people(name)).collect();
    assert!(with_people.len() >= 12, "{with_people:?}");
    for file in with_people {
        let act = if file.ends_with(".html") { Act::View } else { Act::Export };
        assert!(logged.contains(&(act, format!("{run}/{file}"))), "{file} is not in {logged:?}");
    }
}

/// Numbers, or what tidlig keeps for itself.
fn is_without_people(name: &str) -> bool {
    ["manifest.json", "record.json", "remembered.json", "summary.json"].contains(&name)
}

#[test]
fn decisions_undoings_explanations_consents_and_looks_are_logged_with_the_person() {
    let practice = practice("log-all");
    let keys = keys(&practice);
    let patient = practice.store().row_of_key(&keys[0]).unwrap().unwrap().row.patient;
    let person = practice.store().find(&patient).unwrap();
    let consent = ["consent", "practice.toml", &patient, "--what", "journalnotat", "--to", "KE"];
    let text = table(&[row([&keys[0], "ikke nå før", "01.04.2026", "", "", "", ""])]);
    let undo = ["undo", "practice.toml", "1", "--by", "K", "--why", "feil rad"];
    type Done<'a> = (&'a dyn Fn() -> (i32, String), &'a [(Act, &'a str)], bool);
    let steps: [Done; 9] = [
        (&|| decide(&practice, "a.csv", text.as_bytes()), &[(Act::Decision, "1")], true),
        (&|| decide(&practice, "igjen.csv", text.as_bytes()), &[], true),
        (&|| practice.call(&undo), &[(Act::Undo, "2 undoes 1")], true),
        (&|| practice.call(&["explain", "practice.toml", &patient]), &[(Act::Explain, "")], true),
        (&|| practice.call(&consent), &[(Act::Decision, "consents")], true),
        (&|| practice.call(&consent[..3]), &[(Act::View, "consents")], true),
        (&|| practice.call(&[&consent[..], &["--withdraw"]].concat()), &[(Act::Undo, "consents")], true),
        (
            &|| practice.call(&["verify-list", "practice.toml", "--as-of", MONDAY]),
            &[(Act::Verify, "2026-03-02-1: 0 of ")],
            false,
        ),
        (&|| practice.call(&["log", "verify", "practice.toml"]), &[], true),
    ];
    for (number, (step, expected, of_her)) in steps.iter().enumerate() {
        let before = so_far(&practice);
        let (code, told) = step();
        assert_eq!(code, 0, "step {number}: {told}");
        let logged = since(&practice, before);
        assert_eq!(logged.len(), expected.len(), "step {number}: {logged:?}");
        for ((act, about), (expected, begins)) in logged.iter().zip(*expected) {
            assert!(act == expected && about.starts_with(begins), "step {number}: {logged:?}");
        }
        let log = practice.store().access_log().unwrap();
        let hers = log.iter().skip(before).all(|entry| (entry.person == person) == *of_her);
        assert!(hers, "step {number}: {log:?}");
    }
    // What concerns her, and no name, id or birth of anyone.
    let (_, shown) = practice.call(&["log", "show", "practice.toml", "--patient", &patient]);
    for part in ["listed", "decision", "undo", "explain", "2026-03-02-1/oppfolging.html"] {
        assert!(shown.contains(part), "{part} is not in\n{shown}");
    }
    for person in &practice.people {
        assert!(!shown.contains(&person.name), "{shown}");
    }
}

#[test]
fn what_cannot_be_done_is_not_logged_and_makes_nobody_known() {
    let practice = practice("log-nothing");
    let before = so_far(&practice);
    for command in [
        &["explain", "practice.toml", "nobody"][..],
        &["consent", "practice.toml", "nobody", "--what", "alt", "--to", "KE"],
        &["consent", "practice.toml", "1001", "--what", "alt", "--to", "KE", "--withdraw"],
    ] {
        let (code, told) = practice.call(command);
        assert!(code == 2 && !told.trim().is_empty() && !told.contains("nobody"), "{command:?} {code} {told}");
    }
    assert_eq!(since(&practice, before), []);
    assert_eq!(practice.store().find("nobody").unwrap(), None);
}

#[test]
fn an_explanation_before_the_first_list_is_logged_too() {
    let practice = Practice::new("log-first", 10, day(MONDAY));
    let (code, told) = practice.call(&["explain", "practice.toml", "1001", "--as-of", MONDAY]);
    assert_eq!(code, 0, "{told}");
    assert_eq!(since(&practice, 0), [(Act::Explain, String::new())]);
}

#[test]
fn each_night_keeps_the_resources_it_counted_with() {
    let practice = practice("log-resources");
    practice.write("resources.csv", "Navn;Rolle;Minutter per uke\nAnne;PHT-sykepleier;300\n");
    practice.night(day("2026-03-09"));
    let store = practice.store();
    let minutes = |on: &str| -> Vec<u32> {
        let resources = store.resources(day(on)).unwrap().unwrap_or_default();
        resources.iter().map(|resource| resource.minutes_per_week).collect()
    };
    assert_eq!(minutes("2026-03-02"), [900, 0]);
    assert_eq!(minutes("2026-03-08"), [900, 0], "the newest that was kept by then");
    assert_eq!(minutes("2026-03-09"), [300]);
    assert_eq!(minutes("2026-03-01"), [0; 0]);
}
