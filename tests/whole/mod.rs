//! Whole journals through Parquet files: the batch engine gives what the reference gives patient by patient.

mod results;
mod rows;

use crate::files::folder::Folder;
use crate::files::tables::{Layout, Pages, write_parquet};
use crate::oracle::{Practice, Question, score_all};
use crate::{config, random};
use proptest::prelude::*;
use results::{Line, Read, Scored};
use tidlig::clinical::{Day, Tri, Window};
use tidlig::journal::patient::{DiagnosisRow, PatientJournal};
use tidlig::journal::tables::Sources;
use tidlig::model::RuleSet;
use tidlig::model::ruleset::{Diagnosis, InputKind, Medicine, Missing, Usage, Weight};
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
    contributions: bool,
) -> (Folder, Read) {
    let folder = Folder::new();
    write_parquet(&folder.join("journal"), &rows::tables(journals), layout);
    let journal = Journal::open(&folder.join("journal")).unwrap();
    let days = IndexDays::same(days.to_vec());
    let job = Job { rule_sets, journal: &journal, folder: folder.path(), sources, days: &days, contributions };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    pool.install(|| score(&job, folder.path(), |_, _| None::<()>)).unwrap();
    let read = results::read(folder.path());
    (folder, read)
}

/// The same rule set, which asks of codes only whether they ever occurred.
fn ever(mut rules: RuleSet) -> RuleSet {
    let window = Window { within: None, before: 0 };
    for input in &mut rules.inputs {
        match &mut input.kind {
            InputKind::Diagnosis(asked) => {
                let codes = asked.codes.clone();
                let (from, aged_from, distinct_codes) = (Vec::new(), None, false);
                *asked = Diagnosis { codes, window, days: 1, apart: 0, from, aged_from, distinct_codes };
            }
            InputKind::Medicine(asked) => {
                let codes = asked.codes.clone();
                *asked = Medicine { codes, usage: Usage::Any, window, at_least: 1, apart: 0 };
            }
            _ => {}
        }
        input.missing = Missing::No;
    }
    for criterion in &mut rules.criteria {
        if let Weight::PerCount(points) = criterion.weight {
            criterion.weight = Weight::Fixed(points);
        }
    }
    rules
}

/// The same patient, whose codes were known on their own days, and occur again a year later, which is told first.
fn repeated(mut journal: PatientJournal) -> PatientJournal {
    let again = |mut row: DiagnosisRow| {
        row.recorded_on = None;
        [DiagnosisRow { date: row.date.plus(365), ..row.clone() }, row]
    };
    journal.diagnoses = journal.diagnoses.into_iter().flat_map(again).collect();
    journal.medicines.iter_mut().for_each(|row| row.recorded_on = None);
    journal
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
        let (_folder, found) = batch(&rule_sets, sources, &journals, days, layout, threads, true);
        agree(&found, &expected(&rule_sets, sources, &journals, days))?;
    }

    /// Where only scores are asked for, less is looked at, least of all where codes count whenever they occurred.
    #[test]
    fn scores_alone_agree_with_the_reference(
        rule_sets in random::rule_sets::rule_sets(3),
        sources in random::sources(),
        journals in patients(8),
        on in random::index_day(),
        (earlier, are_ever, are_repeated) in (prop_oneof![3 => Just(0), 1 => 1..3], any::<bool>(), any::<bool>()),
        layout in layout(),
    ) {
        let rule_sets: Vec<_> = if are_ever { rule_sets.into_iter().map(ever).collect() } else { rule_sets };
        let layout = if are_repeated { Layout { shuffled: None, ..layout } } else { layout };
        let journals: Vec<_> = if are_repeated { journals.into_iter().map(repeated).collect() } else { journals };
        let days = [Day(on.0 - earlier), on];
        let days = if earlier == 0 { &days[1..] } else { &days[..] };
        let (_folder, found) = batch(&rule_sets, sources, &journals, days, layout, 2, false);
        prop_assert_eq!(found.scores, expected(&rule_sets, sources, &journals, days).scores);
    }

    #[test]
    fn peers_are_compared_as_in_the_reference(
        rule_sets in random::peers::rule_sets(),
        journals in patients(20),
        on in random::index_day(),
        layout in layout(),
    ) {
        let (_folder, found) = batch(&rule_sets, Sources::all(), &journals, &[on], layout, 2, true);
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
        let (one, _) = batch(&rule_sets, Sources::all(), &journals, &[on], one, few, true);
        let (other, _) = batch(&rule_sets, Sources::all(), &journals, &[on], other, many, true);
        for file in ["scores.parquet", "contributions.parquet"] {
            let bytes = |folder: &Folder| std::fs::read(folder.join(file)).unwrap();
            prop_assert!(bytes(&one) == bytes(&other), "{} differs", file);
        }
    }
}
