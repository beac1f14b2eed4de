//! Reservations outlive the column they came in: who once asked not to be assessed is not scored.

use std::fs;

use tidlig::journal::whole;
use tidlig::store::Section;

use super::practice::{Practice, day};

/// Lets the register say of `patient` alone that she is not to be assessed; `None`: the register has no such column.
fn register(practice: &Practice, patient: Option<&str>) {
    practice.write_extract();
    let profile = practice.read("practice.toml").replace(", no_scoring = \"Nei takk\"", "");
    let Some(patient) = patient else { return practice.write("practice.toml", &profile) };
    practice.write("practice.toml", &profile.replace("name = \"name\"", "name = \"name\", no_scoring = \"Nei takk\""));
    let told = |(number, line): (usize, &str)| {
        let said = if line.starts_with(&format!("{patient};")) { "ja" } else { "nei" };
        format!("{line};{}\n", if number == 0 { "Nei takk" } else { said })
    };
    let lines: String = practice.read("patients.csv").lines().enumerate().map(told).collect();
    practice.write("patients.csv", &lines);
}

/// Whether anything was computed for her on the newest list's night.
fn is_scored(practice: &Practice, patient: &str) -> bool {
    let members = whole::members(&practice.latest().join("journal")).unwrap();
    let reserved = members.iter().find(|member| member.id == patient).unwrap().no_scoring;
    let (code, told) = practice.call(&["explain", "practice.toml", patient]);
    assert_eq!(code == 2 && told.contains("reservert"), reserved, "{code} {told}");
    let output = practice.root.join("scores");
    let journal = practice.latest().join("journal");
    let arguments =
        ["score", "--journal", journal.to_str().unwrap(), "--as-of", "2026-03-09", "-o", output.to_str().unwrap()];
    let (code, told) = practice.call(&arguments);
    assert_eq!(code, 0, "{told}");
    assert_eq!(told.contains("1 patients asked not to be scored"), reserved, "{told}");
    fs::remove_dir_all(output).unwrap();
    !reserved
}

#[test]
fn who_asked_not_to_be_assessed_is_not_scored_when_the_column_is_gone() {
    let practice = Practice::new("reserved", 60, day("2026-03-02"));
    let first = practice.night(day("2026-03-02"));
    let listed = first.rows.iter().find(|row| row.section == Section::Candidates).unwrap();
    assert!(is_scored(&practice, &listed.patient));
    register(&practice, Some(&listed.patient));
    let is_listed = |on: &str| practice.night(day(on)).rows.iter().any(|row| row.patient == listed.patient);
    assert!(!is_listed("2026-03-03"), "the frozen week loses her");
    assert!(!is_scored(&practice, &listed.patient));
    register(&practice, None);
    assert!(!is_listed("2026-03-09"));
    assert!(!is_scored(&practice, &listed.patient));
    // When the register says so again, or no longer, that is what holds.
    register(&practice, Some("nobody"));
    practice.night(day("2026-03-10"));
    assert!(is_scored(&practice, &listed.patient));
}
