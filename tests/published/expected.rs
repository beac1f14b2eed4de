//! Every person of the cohort has the points that the reference implementations, or a plain reading of the source, give.

use super::cohort;
use std::collections::BTreeSet;
use tidlig::journal::patient::PatientJournal;
use tidlig::journal::tables::Sources;
use tidlig::model::RuleSet;
use tidlig::model::catalog::Catalog;
use tidlig::model::ruleset::Status;
use tidlig::score::{Engine, Norms};

/// Fewer people than this would prove little.
const LEAST_PEOPLE: usize = 20_000;
/// So many differences are shown before the rest is only counted.
const SHOWN: usize = 12;

#[test]
fn every_person_has_the_points_of_the_references() {
    let expected = cohort::expected();
    let people = cohort::people();
    assert!(people.len() >= LEAST_PEOPLE, "only {} people", people.len());
    let rule_sets = shipped(|set| expected.contains_key(&set.id));
    assert_eq!(rule_sets.len(), expected.len(), "every column has its rule set");
    let engine = Engine::new(&rule_sets, Sources::all());
    let mut wrong = Vec::new();
    for (number, journal) in people.iter().enumerate() {
        let answers = engine.explain(journal, cohort::index_day(), &Norms::default());
        for (set, answer) in rule_sets.iter().zip(&answers) {
            let found = answer.outcome.score.map(|score| score.value.0);
            let wanted = expected[&set.id][number];
            if found != wanted {
                wrong.push(format!("{} of person {number}: {found:?}, expected {wanted:?} {}", set.id, rows(journal)));
            }
        }
    }
    let shown: Vec<&str> = wrong.iter().take(SHOWN).map(String::as_str).collect();
    assert!(wrong.is_empty(), "{} differences:\n{}", wrong.len(), shown.join("\n"));
}

#[test]
fn no_published_rule_set_goes_without_a_reference() {
    let proven: BTreeSet<String> = cohort::expected().into_keys().collect();
    let unproven = shipped(|set| set.status != Status::Draft && !proven.contains(&set.id));
    let names: Vec<&str> = unproven.iter().map(|set| set.id.as_str()).collect();
    assert!(names.is_empty(), "without expected points: {names:?}");
}

#[test]
fn the_cohort_tries_every_rule_set() {
    for (id, points) in cohort::expected() {
        let inside = points.iter().flatten().count();
        let distinct: BTreeSet<&i64> = points.iter().flatten().collect();
        assert!(inside >= 1_500, "{id}: only {inside} people are inside its population");
        assert!(distinct.len() >= 5, "{id}: only {} different sums", distinct.len());
    }
}

fn shipped(wanted: impl Fn(&RuleSet) -> bool) -> Vec<RuleSet> {
    let catalog = Catalog::shipped().unwrap_or_else(|faults| panic!("{faults}"));
    catalog.rule_sets.into_iter().filter(|set| wanted(set)).collect()
}

/// What such a person has, for the message: nobody of the cohort is real.
fn rows(journal: &PatientJournal) -> String {
    let diagnoses = journal.diagnoses.iter().map(|row| format!("{} {} {}", row.code, row.source, row.date.norwegian()));
    let medicines = journal.medicines.iter().map(|row| format!("{} {}", row.atc, row.date.norwegian()));
    diagnoses.chain(medicines).collect::<Vec<_>>().join(", ")
}
