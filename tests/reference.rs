//! The engine agrees with the slow, obvious reference scorer.

mod oracle;
mod random;

use oracle::{Question, SetAnswer, score_all};
use proptest::prelude::*;
use tidlig::clinical::{Day, Points, Tri};
use tidlig::journal::patient::PatientJournal;
use tidlig::journal::tables::Sources;
use tidlig::model::RuleSet;

fn reference(rule_sets: &[RuleSet], sources: Sources, journal: &PatientJournal, on: Day) -> Vec<SetAnswer> {
    score_all(Question { rule_sets, sources, others: &[], journal, on })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2_000) })]

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
        prop_assert_eq!(reference(&rule_sets, sources, &journal, on), reference(&rule_sets, sources, &turned, on));
    }
}
