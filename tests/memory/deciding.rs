//! Decision files of every kind, through the program as a coordinator meets it.

use std::fs;

use tidlig::store::{DecisionKind, Place, Section};

use super::practice::{Practice, day, row, table};

pub const MONDAY: &str = "2026-03-02";

pub fn practice(name: &str) -> Practice {
    let practice = Practice::new(name, 60, day(MONDAY));
    practice.write("resources.csv", "Navn;Rolle;Minutter per uke;Borte fra;Borte til\nAnne;PHT-sykepleier;900;;\nBerit;PHT-sykepleier;0;01.03.2026;30.04.2026\n");
    practice.night(day(MONDAY));
    practice
}

pub fn keys(practice: &Practice) -> Vec<String> {
    let store = practice.store();
    let run = store.run(store.runs().unwrap().last().unwrap()).unwrap().unwrap();
    let candidates = run.rows.into_iter().filter(|row| row.section == Section::Candidates);
    let keys: Vec<String> = candidates.map(|row| row.key).collect();
    assert!(keys.len() >= 7, "{}", keys.len());
    keys
}

pub fn decide(practice: &Practice, name: &str, text: &[u8]) -> (i32, String) {
    fs::write(practice.root.join(name), text).unwrap();
    practice.call(&["decide", "practice.toml", name, "--as-of", "2026-03-03", "--by", "K"])
}

pub fn kinds(practice: &Practice) -> Vec<DecisionKind> {
    practice.store().entries().unwrap().into_iter().map(|kept| kept.entry.decision.kind()).collect()
}

#[test]
fn each_of_the_seven_is_taken_in_and_the_same_file_twice_changes_nothing() {
    let practice = practice("seven");
    let keys = keys(&practice);
    let added = practice
        .people
        .iter()
        .find(|person| person.diagnoses.is_empty() && person.medicines.is_empty() && person.born < day("2000-01-01"))
        .unwrap();
    let (name, born) = (&added.name, added.born.norwegian());
    let text = table(&[
        row([&keys[0], "valgt", "01.06.2026", "anne", "Årskontroll ved kronisk sykdom", "", ""]),
        row([&keys[1], "Ikke nå før", "2026-04-01", "", "", "", ""]),
        row([&keys[2], "pasienten takket nei: tilbudet", "2.3.26", "pasienten", "", "", ""]),
        row([&keys[3], "pasienten takka nei: all oppsøking", "02.03.2026", "datteren", "", "", ""]),
        row([&keys[4], "already followed up", "02.01.2027", "demensteam", "", "", ""]),
        row([&keys[5], "ikke aktuell, faglig vurdert", "", "fastlegen", "", "", "godt ivaretatt"]),
        row([&keys[6], "", "", "", "", "", "ingen avgjørelse"]),
    ]);
    let (code, told) = decide(&practice, "liste.csv", text.as_bytes());
    assert_eq!(code, 0, "{told}");
    let by_hand = format!("Navn;Født;Begrunnelse\n{name};{born};resepsjonen er bekymret\n");
    let (code, told) = decide(&practice, "legg-til.csv", by_hand.as_bytes());
    assert_eq!(code, 0, "{told}");
    use DecisionKind::{AddedByHand, AlreadyFollowed, Declined, NotNow, NotRelevant, Selected};
    let expected = [Selected, NotNow, Declined, Declined, AlreadyFollowed, NotRelevant, AddedByHand];
    assert_eq!(kinds(&practice), expected);
    for again in [text.clone(), text.replace("01.06.2026", "1.6.2026") + "\n", text.replace(';', "\t")] {
        let (code, told) = decide(&practice, "igjen.csv", again.as_bytes());
        assert!(code == 0 && told.starts_with("0 nye"), "{told}");
    }
    assert_eq!(kinds(&practice), expected);

    let next = practice.night(day("2026-03-09"));
    let candidates: Vec<_> = next.rows.iter().filter(|row| row.section == Section::Candidates).collect();
    let place = candidates.iter().find(|row| row.patient == added.id).map(|row| row.place.clone());
    assert_eq!(place, Some(Place::ByHand));
    let found = |key: &str| practice.store().row_of_key(key).unwrap().unwrap().row.patient;
    for key in &keys[..6] {
        assert!(!candidates.iter().any(|row| row.patient == found(key)), "{key}");
    }
}

#[test]
fn every_fault_is_told_by_row_and_nothing_is_stored() {
    let practice = practice("faults");
    let keys = keys(&practice);
    let text = table(&[
        row(["AAAAAAAAAA", "valgt", "", "", "", "", ""]),
        row([&keys[0], "kanskje", "", "", "", "", ""]),
        row([&keys[1], "ikke nå før", "", "", "", "", ""]),
        row([&keys[2], "ikke nå før", "snart", "", "", "", ""]),
        row([&keys[3], "ikke nå før", "01.01.2030", "", "", "", ""]),
        row([&keys[4], "valgt", "01.04.2026", "Berit", "ARS", "", ""]),
        row([&keys[5], "feil opplysning", "", "", "", "99", ""]),
        row([&keys[6], "ikke aktuell, faglig vurdert", "", "naboen", "", "", ""]),
        row([&keys[1], "allerede fulgt opp", "01.09.2026", "hjemmesykepleien", "", "", ""]),
    ]);
    let (code, told) = decide(&practice, "feil.csv", text.as_bytes());
    assert_eq!(code, 6, "{told}");
    for part in [
        "rad 2: raden er ikke fra en liste",
        "rad 3: avgjørelsen er ikke en av de sju",
        "rad 4: datoen mangler",
        "rad 5: datoen kan ikke leses",
        "rad 6: datoen må være fra 04.03.2026 til 02.09.2026",
        "rad 7: hvem som skulle ha oppgaven, er borte",
        "rad 8: skriv linjens nummer",
        "rad 9: skriv i «Hvem»",
        "rad 9: grunnen mangler",
    ] {
        assert!(told.contains(part), "{part} is not in\n{told}");
    }
    assert!(kinds(&practice).is_empty());
    for (name, bytes) in [("tom.csv", &b""[..]), ("bok.xlsx", b"PK\x03\x04 half"), ("side.json", b"{\"tidlig\": 3}")] {
        let (code, told) = decide(&practice, name, bytes);
        assert_eq!(code, 6, "{told}");
    }
}

#[test]
fn conflicts_are_shown_and_a_refusal_is_reopened_by_patient_or_doctor_only() {
    let practice = practice("conflicts");
    let keys = keys(&practice);
    let one = |key: &str, choice: &str, date: &str, who: &str| table(&[row([key, choice, date, who, "", "", ""])]);
    assert_eq!(decide(&practice, "a.csv", one(&keys[0], "ikke nå før", "01.04.2026", "").as_bytes()).0, 0);
    let (code, told) = decide(&practice, "b.csv", one(&keys[0], "ikke nå før", "01.05.2026", "").as_bytes());
    assert!(code == 6 && told.contains("noe annet ble avgjort 03.03.2026: «ikke nå før» (nr. 1)"), "{told}");
    let two = table(&[
        row([&keys[1], "ikke nå før", "01.04.2026", "", "", "", ""]),
        row([&keys[1], "allerede fulgt opp", "01.04.2026", "legevakt", "", "", ""]),
    ]);
    let (code, told) = decide(&practice, "c.csv", two.as_bytes());
    assert!(code == 6 && told.contains("rad 3: noe annet er avgjort om samme person i rad 2"), "{told}");
    assert_eq!(
        decide(
            &practice,
            "d.csv",
            one(&keys[2], "pasienten takket nei: tilbudet", "02.03.2026", "hun selv").as_bytes()
        )
        .0,
        0
    );
    let (code, told) = decide(&practice, "e.csv", one(&keys[2], "ikke nå før", "01.04.2026", "").as_bytes());
    assert!(code == 6 && told.contains("har takket nei (nr. 2)"), "{told}");
    let undo = |more: &[&str]| {
        practice.call(&[&["undo", "practice.toml", "2", "--by", "K", "--why", "ringte selv"][..], more].concat())
    };
    assert_eq!(undo(&[]).0, 6);
    assert_eq!(undo(&["--reopened-by", "patient"]).0, 0);
    assert_eq!(undo(&["--reopened-by", "patient"]).0, 6, "undone once is undone");
    // The old file again does not bring the refusal back.
    assert_eq!(
        decide(
            &practice,
            "f.csv",
            one(&keys[2], "pasienten takket nei: tilbudet", "02.03.2026", "hun selv").as_bytes()
        )
        .0,
        0
    );
    assert!(
        practice
            .store()
            .standing(i64::MAX)
            .unwrap()
            .values()
            .all(|entry| entry.decision.kind() != DecisionKind::Declined)
    );
    let (code, told) = practice.call(&["log", "decisions", "practice.toml"]);
    assert!(code == 0 && told.lines().count() == 2 && told.contains("angret"), "{told}");
}

#[test]
fn a_wrong_fact_is_ignored_until_its_row_changes() {
    let mut practice = practice("wrong");
    let store = practice.store();
    let run = store.run("2026-03-02-1").unwrap().unwrap();
    let coded = |row: &&tidlig::store::ListedRow| {
        row.section == Section::Candidates
            && row.lines.iter().any(|line| line.facts.len() == 1 && line.facts[0].table == "diagnoses")
    };
    let listed = run.rows.iter().find(coded).unwrap();
    let at = listed.lines.iter().position(|line| line.facts.len() == 1 && line.facts[0].table == "diagnoses").unwrap();
    let fact = listed.lines[at].facts[0].clone();
    let text =
        table(&[row([&listed.key, "feil opplysning", "", "", "", &format!("{} noe", at + 1), "dårlig diagnose"])]);
    let (code, told) = decide(&practice, "feil.csv", text.as_bytes());
    assert_eq!(code, 0, "{told}");
    let uses = |practice: &Practice, on: &str| {
        let run = practice.night(day(on));
        run.rows
            .iter()
            .any(|row| row.patient == listed.patient && row.lines.iter().any(|line| line.facts.contains(&fact)))
    };
    assert!(!uses(&practice, "2026-03-09"));
    let (_, explained) = practice.call(&["explain", "practice.toml", &listed.patient]);
    assert!(!explained.contains(&fact.on.unwrap().0.norwegian()) || !explained.contains(&fact.code), "{explained}");
    // Put right at the source, by a day: a new row, which counts.
    let person = practice.people.iter_mut().find(|person| person.id == listed.patient).unwrap();
    let changed =
        person.diagnoses.iter_mut().find(|(day, code)| *day == fact.on.unwrap().0 && *code == fact.code).unwrap();
    changed.0 = changed.0.plus(1);
    practice.write_extract();
    practice.night(day("2026-03-16"));
    let open: Vec<bool> =
        practice.store().corrections().unwrap().iter().map(|correction| correction.facts.is_empty()).collect();
    assert_eq!(open, [false]);
    let (_, explained) = practice.call(&["explain", "practice.toml", &listed.patient]);
    assert!(explained.contains(&fact.code), "{explained}");
}

#[test]
fn the_inbox_is_emptied_first_and_an_unreadable_file_means_no_list() {
    let practice = practice("inbox");
    let keys = keys(&practice);
    let good = table(&[row([&keys[0], "pasienten takket nei: tilbudet", "02.03.2026", "pasienten", "", "", ""])]);
    practice.write("inbox/a.csv", &good);
    practice.write("inbox/b.csv", "dette er ingen liste");
    let refused = practice.try_night(day("2026-03-09")).unwrap_err();
    assert!(refused.contains("b.csv"), "{refused}");
    assert!(!practice.root.join("out/runs/2026-03-09-1").exists());
    fs::remove_file(practice.root.join("inbox/b.csv")).unwrap();
    let declined = practice.store().row_of_key(&keys[0]).unwrap().unwrap().row.patient;
    let run = practice.night(day("2026-03-09"));
    assert!(!run.rows.iter().any(|row| row.patient == declined && row.section == Section::Candidates));
    assert!(practice.root.join("inbox/taken/a.csv").is_file() && !practice.root.join("inbox/a.csv").exists());
}

#[test]
fn the_list_is_verified_against_todays_register_and_every_look_is_logged() {
    let mut practice = practice("verify");
    assert_eq!(practice.call(&["verify-list", "practice.toml", "--as-of", MONDAY]).0, 0);
    let run = practice.store().run("2026-03-02-1").unwrap().unwrap();
    let first = run.rows.iter().find(|row| row.section == Section::Candidates).unwrap();
    practice.people.iter_mut().find(|person| person.id == first.patient).unwrap().status = "utflyttet";
    practice.write_extract();
    let (code, told) = practice.call(&["verify-list", "practice.toml", "--as-of", MONDAY]);
    assert!(code == 7 && told.contains(&first.key) && !told.contains(&practice.people[0].name), "{told}");
    let (code, told) = practice.call(&["log", "verify", "practice.toml"]);
    assert!(code == 0 && told.contains("hel"), "{told}");
    let (_, log) = practice.call(&["log", "show", "practice.toml"]);
    for part in ["listed", "view", "export", "verify", "oppfolging.html", "oppfolging.xlsx"] {
        assert!(log.contains(part), "{part} is not in\n{log}");
    }
    practice.night(day("2026-03-04"));
    practice.night(day("2026-03-05"));
    // Cut short, the chain still holds in itself; what a run noted of it tells.
    let connection = practice.root.join("out/store.sqlite");
    drop(practice.store());
    let cut = rusqlite::Connection::open(connection).unwrap();
    cut.execute_batch("DROP TRIGGER access_remains; DELETE FROM access WHERE number > 1").unwrap();
    let (code, told) = practice.call(&["log", "verify", "practice.toml"]);
    assert!(code == 7 && told.contains("kortere"), "{told}");
}

#[test]
fn without_its_store_no_list_is_made() {
    let practice = practice("lost");
    let before = fs::read(practice.latest().join("list.json")).unwrap();
    let store = practice.root.join("out/store.sqlite");
    let whole = fs::read(&store).unwrap();
    for wal in ["out/store.sqlite-wal", "out/store.sqlite-shm"] {
        let _ = fs::remove_file(practice.root.join(wal));
    }
    let refused = |expected: &str| {
        let (code, told) = practice.call(&["run", "practice.toml", "--as-of", "2026-03-09"]);
        assert!(code == 6 && told.contains(expected), "{code} {told}");
        assert_eq!(fs::read(practice.latest().join("list.json")).unwrap(), before);
    };
    fs::remove_file(&store).unwrap();
    refused("mangler");
    fs::write(&store, "søppel, men ganske mye av det, slik at det ikke er en tom fil").unwrap();
    refused("skadet");
    fs::write(&store, &whole).unwrap();
    let busy = rusqlite::Connection::open(&store).unwrap();
    busy.execute_batch("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE;").unwrap();
    refused("i bruk");
    busy.execute_batch("ROLLBACK").unwrap();
    drop(busy);
    assert_eq!(practice.call(&["run", "practice.toml", "--as-of", "2026-03-09"]).0, 0);
}
