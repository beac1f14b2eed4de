//! One row for each line of a score, with the facts behind it.

use super::super::columns;
use super::super::evaluate::Evaluator;
use super::super::evidence;
use super::super::memo::LineOf;
use super::super::node::NodeId;
use super::super::plan::Plan;
use super::super::result::Outcome;
use super::Names;
use super::keyed::{Days, Keys};
use crate::clinical::{Day, Points};
use crate::journal::encoding::{Column, Dictionary, TextInterner};
use crate::journal::tables::Source;
use crate::observe::ids::Ids;
use std::sync::Arc;

/// Rows of `contributions`, column by column.
#[derive(Debug, Default)]
pub struct ContributionRows {
    patients: Vec<u32>,
    days: Days,
    models: Vec<u32>,
    criteria: Vec<u32>,
    points: Keys,
    counts: Keys,
    firsts: Days,
    lasts: Days,
    codes: TextInterner,
    code_keys: Vec<u32>,
    code: Vec<u8>,
    sources: Vec<u32>,
    source_words: Vec<(u16, String)>,
    lines: Vec<LineOf>,
    /// What each question was last found to rest on, and for whom: rule sets share questions.
    told: Vec<Told>,
    patient_and_day: u32,
}

/// What a line tells of the facts behind it.
#[derive(Debug, Clone, Copy, Default)]
struct Told {
    patient_and_day: u32,
    summary: evidence::Summary,
    code: u32,
}

impl ContributionRows {
    /// With room for so many rows.
    #[must_use]
    pub fn with_capacity(rows: usize) -> ContributionRows {
        let mut all = ContributionRows::default();
        for column in [&mut all.patients, &mut all.models, &mut all.criteria, &mut all.code_keys, &mut all.sources] {
            column.reserve(rows);
        }
        [&mut all.points.keys, &mut all.counts.keys].into_iter().for_each(|column| column.reserve(rows));
        [&mut all.days.0, &mut all.firsts.0, &mut all.lasts.0].into_iter().for_each(|column| column.reserve(rows));
        all
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.patients.len()
    }

    /// Adds the lines that make up a score; nothing for one whose gate does not hold.
    pub fn push(&mut self, patient: u32, on: Day, evaluator: &mut Evaluator, names: &Names, outcome: &Outcome) {
        if outcome.score.is_none_or(|score| !score.gate.is_yes()) {
            return;
        }
        let plan = &evaluator.plan.models[outcome.model];
        let mut lines = std::mem::take(&mut self.lines);
        evaluator.lines(outcome.model, &mut lines);
        for line in &lines {
            self.head(patient, on, outcome.model, names.criterion_start[outcome.model] + line.index, line.points);
            match plan.criteria.get(line.index as usize) {
                Some(criterion) => self.evidence(evaluator, criterion.shown),
                // A cap has no facts of its own.
                None => {
                    let code = self.codes.key(b"");
                    self.tail(Told { code, ..Told::default() });
                }
            }
        }
        self.lines = lines;
    }

    fn head(&mut self, patient: u32, on: Day, model: usize, criterion: u32, points: Points) {
        self.patients.push(patient);
        self.days.0.push(on.0);
        self.models.push(model as u32);
        self.criteria.push(criterion);
        self.points.push(points.0);
    }

    /// Turns to the next patient, or to another day of hers.
    pub fn turn(&mut self, plan: &Plan) {
        self.told.resize(plan.nodes.len(), Told::default());
        self.patient_and_day += 1;
    }

    fn evidence(&mut self, evaluator: &mut Evaluator, node: NodeId) {
        let known = self.told[node.index()];
        if known.patient_and_day == self.patient_and_day {
            return self.tail(known);
        }
        self.code.clear();
        let summary = evidence::summary(evaluator, node, &mut self.code);
        let told = Told { patient_and_day: self.patient_and_day, summary, code: self.codes.key(&self.code) };
        self.told[node.index()] = told;
        self.tail(told);
    }

    fn tail(&mut self, told: Told) {
        self.counts.push(i64::from(told.summary.count));
        self.firsts.0.push(told.summary.first);
        self.lasts.0.push(told.summary.last);
        self.code_keys.push(told.code);
        let word = self.source_word(told.summary.sources);
        self.sources.push(word);
    }

    fn source_word(&mut self, sources: u16) -> u32 {
        if let Some(known) = self.source_words.iter().position(|(set, _)| *set == sources) {
            return known as u32;
        }
        let names = Source::ALL.iter().filter(|source| sources >> **source as u8 & 1 == 1).map(|source| source.name());
        self.source_words.push((sources, names.collect::<Vec<_>>().join(" ")));
        self.source_words.len() as u32 - 1
    }

    #[must_use]
    pub fn finish(self, ids: &Ids, names: &Names) -> Vec<Column> {
        let keyed =
            |keys: Vec<u32>, dictionary: &Arc<Dictionary>| Column::Keyed(Arc::new(keys), Arc::clone(dictionary));
        let sources = Dictionary::texts(self.source_words.iter().map(|(_, name)| name.as_bytes()));
        vec![
            columns::ids(ids, self.patients, &names.id_type),
            self.days.finish(1),
            keyed(self.models, &names.models),
            keyed(self.criteria, &names.criteria),
            keyed(self.points.keys, &Dictionary::points(self.points.known.values())),
            self.counts.narrow(),
            self.firsts.finish(1),
            self.lasts.finish(1),
            keyed(self.code_keys, &Dictionary::interned(self.codes)),
            keyed(self.sources, &sources),
        ]
    }
}
