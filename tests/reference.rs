//! The engine agrees with the slow, obvious reference scorer.

mod agreement;
mod files;
mod oracle;
mod plain;
mod random;
mod vignettes;
mod whole;

use agreement::difference;
use oracle::{Practice, Question, SetAnswer, score_all};
use proptest::prelude::*;
use tidlig::clinical::{Day, Points, Tri};
use tidlig::journal::patient::PatientJournal;
use tidlig::journal::tables::Sources;
use tidlig::model::RuleSet;
use tidlig::model::catalog::Catalog;
use tidlig::score::{Engine, Norms};

fn reference(rule_sets: &[RuleSet], sources: Sources, journal: &PatientJournal, on: Day) -> Vec<SetAnswer> {
    score_all(Question { rule_sets, sources, practice: Practice::Unknown, journal, on })
}

pub fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { failure_persistence: None, max_shrink_iters: 20_000, ..ProptestConfig::with_cases(cases) }
}

proptest! {
    #![proptest_config(config(4_000))]

    #[test]
    fn the_engine_agrees_with_the_reference(
        rule_sets in random::rule_sets::rule_sets(3),
        sources in random::sources(),
        journal in random::journal::journal(),
        on in random::index_day(),
    ) {
        let expected = reference(&rule_sets, sources, &journal, on);
        let found = Engine::new(&rule_sets, sources).explain(&journal, on, &Norms::default());
        if let Some(difference) = difference(&found, &expected) {
            prop_assert!(false, "{}", difference);
        }
    }
}

proptest! {
    #![proptest_config(config(1_000))]

    #[test]
    fn the_reference_keeps_its_own_rules(
        rule_sets in random::rule_sets::rule_sets(3),
        sources in random::sources(),
        journal in random::journal::journal(),
        on in random::index_day(),
    ) {
        for answer in reference(&rule_sets, sources, &journal, on) {
            prop_assert_eq!(answer.score.is_some(), answer.in_population == Tri::Yes);
            if let Some(score) = answer.score {
                prop_assert!(score.lower <= score.value && score.value <= score.upper);
                prop_assert_eq!(answer.lines.iter().map(|line| line.points).sum::<Points>(), score.value);
            }
        }
    }

    #[test]
    fn the_order_of_rows_means_nothing(
        rule_sets in random::rule_sets::rule_sets(2),
        sources in random::sources(),
        journal in random::journal::journal(),
        on in random::index_day(),
    ) {
        let mut turned = journal.clone();
        turned.diagnoses.reverse();
        turned.medicines.reverse();
        turned.contacts.reverse();
        turned.measurements.reverse();
        turned.functions.reverse();
        turned.services.reverse();
        let engine = Engine::new(&rule_sets, sources);
        let norms = Norms::default();
        prop_assert_eq!(engine.explain(&journal, on, &norms), engine.explain(&turned, on, &norms));
        prop_assert_eq!(reference(&rule_sets, sources, &journal, on), reference(&rule_sets, sources, &turned, on));
    }
}

#[test]
fn the_engine_agrees_on_the_shipped_rule_sets() {
    let catalog = Catalog::shipped().unwrap_or_else(|faults| panic!("{faults}"));
    let patients = random::shipped::journal(&catalog.rule_sets);
    proptest!(config(400), |(journal in patients, sources in random::sources(), on in random::index_day())| {
        let expected = reference(&catalog.rule_sets, sources, &journal, on);
        let found = Engine::new(&catalog.rule_sets, sources).explain(&journal, on, &Norms::default());
        if let Some(difference) = difference(&found, &expected) {
            prop_assert!(false, "{}", difference);
        }
    });
}
