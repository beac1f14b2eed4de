//! People whom the team adds by hand: from the workbook's own sheet, from the page, and from a CSV.

use std::fs;

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use serde_json::json;
use tidlig::store::{DecisionKind, Place, Section};

use super::deciding::{decide, kinds, practice};
use super::practice::{Person, Practice, day};

/// Grown-ups without a single fact: no rule set would list them.
fn unlisted(practice: &Practice) -> Vec<Person> {
    let nothing = |person: &&Person| person.diagnoses.is_empty() && person.medicines.is_empty();
    let adult = |person: &&Person| person.born < day("2000-01-01");
    let found: Vec<Person> = practice.people.iter().filter(nothing).filter(adult).cloned().collect();
    assert!(found.len() >= 2, "{}", found.len());
    found
}

/// The workbook's sheet for adding people, filled in as a spreadsheet saves it: the birth as a date.
fn sheet(practice: &Practice, people: &[&Person]) -> Vec<u8> {
    let published = fs::read(practice.latest().join("oppfolging.xlsx")).unwrap();
    let mut book: calamine::Xlsx<_> = calamine::Reader::new(std::io::Cursor::new(published)).unwrap();
    let mut copy = Workbook::new();
    let date = Format::new().set_num_format("dd.mm.yyyy");
    for name in calamine::Reader::sheet_names(&book) {
        let range = calamine::Reader::worksheet_range(&mut book, &name).unwrap();
        let sheet = copy.add_worksheet().set_name(&name).unwrap();
        for (row, column, cell) in range.cells() {
            sheet.write_string(row as u32, column as u16, cell.to_string()).unwrap();
        }
        if name != "Legg til" {
            continue;
        }
        for (row, person) in (1_u32..).zip(people) {
            let (year, month, of_month) = person.born.ymd();
            let born = ExcelDateTime::from_ymd(year as u16, month as u8, of_month as u8).unwrap();
            sheet.write_string(row, 0, &person.name).unwrap();
            sheet.write_datetime_with_format(row, 1, &born, &date).unwrap();
            sheet.write_string(row, 2, "resepsjonen er bekymret").unwrap();
        }
    }
    copy.save_to_buffer().unwrap()
}

/// Places on the next week's list by patient.
fn places(practice: &Practice, on: &str) -> Vec<(String, Place)> {
    let run = practice.night(day(on));
    let candidates = run.rows.into_iter().filter(|row| row.section == Section::Candidates);
    candidates.map(|row| (row.patient, row.place)).collect()
}

#[test]
fn the_workbooks_own_sheet_adds_people() {
    let practice = practice("added-sheet");
    let people = unlisted(&practice);
    let file = sheet(&practice, &[&people[0], &people[1]]);
    let (code, told) = decide(&practice, "liste.xlsx", &file);
    assert_eq!((code, told.as_str()), (0, "2 nye avgjørelser er lagret; 0 var kjent fra før.\n"));
    assert_eq!(decide(&practice, "igjen.xlsx", &[file, vec![0]].concat()).0, 0, "saved anew, it says the same");
    assert_eq!(kinds(&practice), [DecisionKind::AddedByHand; 2]);
    // The same week's next night lists them, and so does the next week; both stand first.
    for on in ["2026-03-04", "2026-03-09"] {
        let listed = places(&practice, on);
        for person in &people[..2] {
            assert!(listed.contains(&(person.id.clone(), Place::ByHand)), "{on}: {listed:?}");
        }
    }
    let list = practice.read("out/latest/oppfolging.csv");
    let first = list.lines().nth(1).unwrap();
    assert!(people[..2].iter().any(|person| first.contains(&person.name)), "{first}");
}

#[test]
fn the_pages_file_adds_people_and_says_who_cannot_be() {
    let mut practice = practice("added-page");
    let people = unlisted(&practice);
    let file = |name: &str, born: String, note: &str| {
        let row = json!({ "decision": "added_by_hand", "name": name, "born": born, "note": note });
        let all = json!({ "tidlig": "decisions", "version": 1, "run": "2026-03-02", "language": "nb", "by": "Kari Holm",
            "role": "koordinator", "saved": "2026-03-03", "decisions": [row] });
        all.to_string()
    };
    let (known, born) = (&people[0].name, people[0].born.to_string());
    for (name, born, note, says) in [
        ("Ingen Slik", born.clone(), "bekymret", "rad 1: navn og fødselsdato må passe på én person"),
        (known, "1901-01-01".to_owned(), "bekymret", "rad 1: navn og fødselsdato må passe på én person"),
        (known, born.clone(), "", "rad 1: grunnen mangler"),
    ] {
        let (code, told) = decide(&practice, "side.json", file(name, born, note).as_bytes());
        assert!(code == 6 && told.contains(says) && !told.contains("Slik"), "{told}");
    }
    // The family name first, as many registers write it.
    let turned = known.split(' ').rev().collect::<Vec<_>>().join(", ");
    let (code, told) = decide(&practice, "side.json", file(&turned, born, "bekymret").as_bytes());
    assert_eq!(code, 0, "{told}");
    let entry = practice.store().entries().unwrap().remove(0).entry;
    assert_eq!((entry.by.as_str(), entry.role.as_str(), entry.note.as_str()), ("Kari Holm", "koordinator", "bekymret"));
    assert!(places(&practice, "2026-03-09").contains(&(people[0].id.clone(), Place::ByHand)));
    // Whoever moved away cannot be added, and is not named.
    let gone = &people[1];
    practice.people.iter_mut().find(|person| person.id == gone.id).unwrap().status = "utflyttet";
    practice.write_extract();
    practice.night(day("2026-03-10"));
    let (code, told) = decide(&practice, "borte.json", file(&gone.name, gone.born.to_string(), "bekymret").as_bytes());
    assert!(code == 6 && told.contains("kan ikke stå på listen") && !told.contains(&gone.name), "{told}");
}
