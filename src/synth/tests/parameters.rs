//! Parameters of a user's own, and what is told of their faults.

use crate::clinical::fault::Style;
use crate::synth::parameters::Parameters;

fn faults_of(text: &str, settings: &[&str]) -> String {
    let settings: Vec<String> = settings.iter().map(|setting| (*setting).to_owned()).collect();
    Parameters::read(Some(("own.toml", text)), &settings).unwrap_err().render(Style::Plain)
}

#[test]
fn every_fault_is_told_at_once_with_its_place_and_what_to_do() {
    let text = r#"
[dials]
coding = { value = 1.5, source = "assumption" }
codding-quiet = { value = 0.5, source = "assumption" }
missing = { value = ["recals"], source = "assumption" }

[death]
ages = [20, 10]

[conditions.gout]
icpc2 = "T92"
icd10 = "M109"
prevalence = [0, 1, 2]
group = "mentall"
medicines = { M04 = 40 }
source = "assumption"

[signs]
icpc2 = { Q99 = 3 }
source = "assumption"
"#;
    let told = faults_of(text, &["dela=3"]);
    assert!(told.contains("there is no dial `dela`") && told.contains("did you mean `delay`?"), "{told}");
    let told = faults_of(text, &[]);
    for part in [
        "own.toml:3:",
        "expected 0 to 1",
        "unknown key `codding-quiet`",
        "did you mean `coding-quiet`?",
        "there is no source `recals`",
        "did you mean `recalls`?",
        "`death` does not say where its figures come from",
        "expected ages in ascending order",
        "`prevalence` has 3 numbers, expected 6",
        "there is no group `mentall`",
        "`M04` is no code of ATC",
    ] {
        assert!(told.contains(part), "«{part}» is not told:\n{told}");
    }
}

#[test]
fn a_file_changes_what_it_names_and_nothing_else() {
    let text = "[quiet]\ncontacts = 0.5\nsource = \"a study of ours\"\n\
                [conditions.gout]\nicpc2 = \"T92\"\nicd10 = \"M109\"\nprevalence = [0, 1, 2, 5, 9, 9]\nsource = \"assumption\"\n";
    let usual = Parameters::usual().unwrap_or_else(|faults| panic!("{faults}"));
    let own = Parameters::read(Some(("own.toml", text)), &[]).unwrap_or_else(|faults| panic!("{faults}"));
    assert!((own.quiet.contacts - 0.5).abs() < 1e-6 && (own.quiet.missed - usual.quiet.missed).abs() < 1e-6);
    assert_eq!(own.conditions.len(), usual.conditions.len() + 1);
    assert_eq!(own.conditions.last().unwrap().name, "gout");
}

#[test]
fn every_figure_that_is_built_in_has_a_source() {
    let usual = Parameters::usual().unwrap_or_else(|faults| panic!("{faults}"));
    assert!(usual.conditions.iter().all(|condition| !condition.source.is_empty()));
    let told = faults_of("[quiet]\ncontacts = 0.5\n", &[]);
    assert!(told.contains("add `source"), "{told}");
}
