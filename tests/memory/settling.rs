//! Two files that say different things: shown, and settled by the very command that the message names.

use tidlig::store::DecisionKind;

use super::deciding::{decide, keys, kinds, practice};
use super::practice::{day, row, table};

fn one(key: &str, choice: &str, date: &str, who: &str) -> String {
    table(&[row([key, choice, date, who, "", "", ""])])
}

#[test]
fn the_message_about_a_conflict_names_the_command_that_settles_it() {
    let practice = practice("settling");
    let keys = keys(&practice);
    let april = one(&keys[0], "ikke nå før", "01.04.2026", "");
    assert_eq!(decide(&practice, "a.csv", april.as_bytes()).0, 0);
    let may = one(&keys[0], "ikke nå før", "01.05.2026", "");
    practice.write("inbox/b c.csv", &may);
    // An inbox that cannot be emptied means no list; the check says so beforehand, and takes nothing in.
    let (code, told) = practice.call(&["check", "practice.toml", "--as-of", "2026-03-04"]);
    assert!(code == 6 && told.contains("noe annet ble avgjort"), "{code} {told}");
    let refused = practice.try_night(day("2026-03-04")).unwrap_err();
    let command = refused.lines().last().unwrap().trim();
    let words: Vec<&str> = command.split('"').collect();
    let [before, file, after] = words.as_slice() else { panic!("{refused}") };
    assert!(before.starts_with("tidlig decide ") && file.ends_with("inbox/b c.csv"), "{refused}");
    assert_eq!(after.trim(), "--replace 1", "{refused}");
    let practice_toml = before.trim().rsplit(' ').next().unwrap();
    let (code, told) = practice.call(&["decide", practice_toml, file, "--replace", "1", "--as-of", "2026-03-04"]);
    assert_eq!(code, 0, "{told}");
    // Both entries stay; the newer one stands. The night finds the file known and puts it away.
    assert_eq!(kinds(&practice), [DecisionKind::NotNow; 2]);
    let standing = practice.store().standing(i64::MAX).unwrap();
    assert_eq!(standing.values().next().unwrap().decision.back_on(), Some(day("2026-05-01")));
    practice.night(day("2026-03-04"));
    assert!(practice.root.join("inbox/taken/b c.csv").is_file());
    assert_eq!(kinds(&practice).len(), 2);
    let log = practice.store().access_log().unwrap();
    assert!(log.iter().any(|entry| entry.about == "2 replaces 1"), "{log:?}");
}

#[test]
fn a_refusal_is_never_replaced() {
    let practice = practice("refusal");
    let keys = keys(&practice);
    let no = one(&keys[0], "pasienten takket nei: tilbudet", "02.03.2026", "hun selv");
    assert_eq!(decide(&practice, "a.csv", no.as_bytes()).0, 0);
    practice.write("b.csv", &one(&keys[0], "ikke nå før", "01.05.2026", ""));
    let (code, told) = practice.call(&["decide", "practice.toml", "b.csv", "--replace", "1", "--as-of", "2026-03-03"]);
    assert!(code == 6 && told.contains("tidlig undo practice.toml 1 --by") && !told.contains("--replace"), "{told}");
    assert_eq!(kinds(&practice), [DecisionKind::Declined]);
}

#[test]
fn a_check_tries_the_inbox_and_leaves_it_alone() {
    let practice = practice("tried");
    let keys = keys(&practice);
    practice.write("inbox/a.csv", &one(&keys[0], "ikke nå før", "01.04.2026", ""));
    practice.write("inbox/b.csv", &one(&keys[1], "ikke nå før", "01.04.2026", ""));
    let (code, told) = practice.call(&["check", "practice.toml", "--as-of", "2026-03-04"]);
    assert!(code == 0 && told.contains("2 filer med 2 nye avgjørelser"), "{code} {told}");
    // Two files that disagree with each other are found, though neither is taken in.
    practice.write("inbox/c.csv", &one(&keys[1], "ikke nå før", "01.05.2026", ""));
    let (code, told) = practice.call(&["check", "practice.toml", "--as-of", "2026-03-04"]);
    assert!(code == 6 && told.contains("c.csv") && !told.contains("b.csv ble"), "{code} {told}");
    assert!(kinds(&practice).is_empty());
    assert!(["a.csv", "b.csv", "c.csv"].iter().all(|name| practice.root.join("inbox").join(name).is_file()));
    // A store that cannot be used is a fault of its own.
    let store = practice.root.join("out/store.sqlite");
    std::fs::remove_file(&store).unwrap();
    let (code, told) = practice.call(&["check", "practice.toml", "--as-of", "2026-03-04"]);
    assert!(code == 6 && told.contains("mangler") && !store.exists(), "{code} {told}");
}

#[test]
fn minutes_under_an_unknown_role_are_a_fault_everywhere() {
    let practice = practice("roles");
    practice.write("resources.csv", "Navn;Rolle;Minutter per uke\nAnne;PHT-sykepleer;900\nNav;rådgiver;\n");
    for command in [&["check", "practice.toml"][..], &["run", "practice.toml"], &["resources", "practice.toml"]] {
        let (code, told) = practice.call(&[command, &["--as-of", "2026-03-04"]].concat());
        assert!(code == 6 && told.contains("rad 2, «Rolle»") && told.contains("PHT-sykepleier"), "{command:?} {told}");
    }
}
