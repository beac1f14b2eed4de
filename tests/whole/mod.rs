//! Whole journals through Parquet files: the batch engine gives what the reference gives patient by patient.

mod results;
mod rows;

use crate::files::folder::Folder;
use crate::files::tables::{Layout, Pages, write_parquet};
use crate::oracle::{Practice, Question, score_all};
use crate::{config, random};
use proptest::prelude::*;
use results::{Line, Read, Scored};
use tidlig::clinical::{Day, Tri};
use tidlig::journal::patient::PatientJournal;
use tidlig::journal::tables::Sources;
use tidlig::model::RuleSet;
use tidlig::observe::Journal;
use tidlig::score::batch::{Job, score};
use tidlig::score::days::IndexDays;
use tidlig::score::result::{Part, State};

fn layout() -> impl Strategy<Value = Layout> {
    let pages = prop::sample::select(vec![Pages::Keyed, Pages::Plain, Pages::Small]);
    (1..30_usize, any::<bool>(), prop::option::of(any::<u64>()), pages).prop_map(
        |(row_group, whole_number_ids, shuffled, pages)| Layout { row_group, whole_number_ids, shuffled, pages },
    )
}

/// Patients as a patients table holds them: each has a birth date.
fn patients(most: usize) -> impl Strategy<Value = Vec<PatientJournal>> {
    let known = random::journal::journal().prop_filter("a birth date is required", |j| j.person.birth.is_some());
    prop::collection::vec(known, 1..=most)
}

/// Scores the patients through files, on so many threads.
fn batch(
    rule_sets: &[RuleSet],
    sources: Sources,
    journals: &[PatientJournal],
    days: &[Day],
    layout: Layout,
    threads: usize,
) -> (Folder, Read) {
    let folder = Folder::new();
    write_parquet(&folder.join("journal"), &rows::tables(journals), layout);
    let journal = Journal::open(&folder.join("journal")).unwrap();
    let days = IndexDays::same(days.to_vec());
    let job = Job { rule_sets, journal: &journal, folder: folder.path(), sources, days: &days, contributions: true };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    pool.install(|| score(&job, folder.path(), |_, _| None::<()>)).unwrap();
    let read = results::read(folder.path());
    (folder, read)
}

/// The same from the reference scorer.
fn expected(rule_sets: &[RuleSet], sources: Sources, journals: &[PatientJournal], days: &[Day]) -> Read {
    let mut read = Read::default();
    for (patient, journal) in journals.iter().enumerate() {
        let others: Vec<PatientJournal> =
            journals.iter().enumerate().filter(|(other, _)| *other != patient).map(|(_, j)| j.clone()).collect();
        for on in days {
            let question = Question { rule_sets, sources, practice: Practice::Others(&others), journal, on: *on };
            for (rules, answer) in rule_sets.iter().zip(score_all(question)) {
                let key = (patient as i64, on.0, rules.id.clone());
                let inside = match answer.in_population {
                    Tri::Yes => Some(true),
                    Tri::No => Some(false),
                    Tri::Unknown => None,
                };
                let Some(score) = answer.score else {
                    read.scores.push(Scored { key, inside, value: None, lower: None, upper: None, band: None });
                    continue;
                };
                let band = score.band.map(|band| rules.bands[band].name.clone());
                let [value, lower, upper] = [score.value, score.lower, score.upper].map(|points| Some(points.as_f64()));
                read.scores.push(Scored { key: key.clone(), inside, value, lower, upper, band });
                if score.gate != Tri::Yes {
                    continue;
                }
                for line in answer.lines.iter().filter(|line| line.state == State::Met) {
                    let name = match line.part {
                        Part::Criterion(index) => rules.criteria[index].name.clone(),
                        Part::Cap(index) => format!("cap:{}", rules.caps[index].name),
                        _ => continue,
                    };
                    read.lines.push(Line {
                        key: (key.clone(), name),
                        told: line.told || matches!(line.part, Part::Cap(_)),
                        points: line.points.as_f64(),
                        count: line.count,
                        first_on: line.first_on,
                        last_on: line.last_on,
                        codes: line.codes.join(" "),
                    });
                }
            }
        }
    }
    read.sorted()
}

fn agree(found: &Read, expected: &Read) -> Result<(), TestCaseError> {
    prop_assert_eq!(&found.scores, &expected.scores);
    let keys = |read: &Read| read.lines.iter().map(|line| line.key.clone()).collect::<Vec<_>>();
    prop_assert_eq!(keys(found), keys(expected));
    for (found, expected) in found.lines.iter().zip(&expected.lines) {
        if expected.told {
            prop_assert_eq!(found, expected);
        } else {
            prop_assert_eq!(found.points, expected.points);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(config(120))]

    #[test]
    fn whole_journals_agree_with_the_reference(
        rule_sets in random::rule_sets::rule_sets(3),
        sources in random::sources(),
        journals in patients(8),
        on in random::index_day(),
        earlier in 0..100,
        layout in layout(),
        threads in 1..4_usize,
    ) {
        let days = [Day(on.0 - earlier), on];
        let days = if earlier == 0 { &days[1..] } else { &days[..] };
        let (_folder, found) = batch(&rule_sets, sources, &journals, days, layout, threads);
        agree(&found, &expected(&rule_sets, sources, &journals, days))?;
    }

    #[test]
    fn peers_are_compared_as_in_the_reference(
        rule_sets in random::peers::rule_sets(),
        journals in patients(20),
        on in random::index_day(),
        layout in layout(),
    ) {
        let (_folder, found) = batch(&rule_sets, Sources::all(), &journals, &[on], layout, 2);
        agree(&found, &expected(&rule_sets, Sources::all(), &journals, &[on]))?;
    }

    #[test]
    fn threads_row_order_and_row_groups_change_no_byte(
        rule_sets in random::rule_sets::rule_sets(2),
        journals in patients(12),
        on in random::index_day(),
        (one, other) in (layout(), layout()),
        (few, many) in (1..3_usize, 2..9_usize),
    ) {
        let other = Layout { whole_number_ids: one.whole_number_ids, ..other };
        let (one, _) = batch(&rule_sets, Sources::all(), &journals, &[on], one, few);
        let (other, _) = batch(&rule_sets, Sources::all(), &journals, &[on], other, many);
        for file in ["scores.parquet", "contributions.parquet"] {
            let bytes = |folder: &Folder| std::fs::read(folder.join(file)).unwrap();
            prop_assert!(bytes(&one) == bytes(&other), "{} differs", file);
        }
    }
}
