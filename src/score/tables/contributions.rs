//! One row for each line of a score, with the facts behind it.

use super::super::columns;
use super::super::evaluate::Evaluator;
use super::super::known::OutcomeId;
use super::super::memo::LineOf;
use super::super::node::NodeId;
use super::super::plan::Plan;
use super::super::summary::{self, Summary};
use super::Names;
use super::codes::CodeLists;
use super::keyed::Days;
use super::kinds::LineKinds;
use crate::clinical::Day;
use crate::journal::encoding::{Column, Dictionary, Interner};
use crate::journal::tables::Source;
use crate::observe::ids::Ids;
use std::sync::Arc;

/// Rows of `contributions`: for each line its kind and what it tells, both by number, as rule sets share them.
#[derive(Debug, Default)]
pub struct ContributionRows {
    turns: Vec<Turn>,
    kinds: LineKinds,
    kind_of_row: Vec<u32>,
    told: Vec<Told>,
    told_of_row: Vec<u32>,
    /// In which turn each question was last asked for, and what it told then.
    known: Vec<(u32, u32)>,
    lists: CodeLists,
    codes: summary::Codes,
    lines: Vec<LineOf>,
}

/// A patient and an index day, and the first of their lines.
#[derive(Debug, Clone, Copy)]
struct Turn {
    patient: u32,
    on: i32,
    first: usize,
}

/// What a line tells of the facts behind it; the codes by their number.
#[derive(Debug, Clone, Copy)]
struct Told {
    summary: Summary,
    codes: u32,
}

impl ContributionRows {
    /// With room for so many rows.
    #[must_use]
    pub fn with_capacity(rows: usize) -> ContributionRows {
        let room = || Vec::with_capacity(rows);
        ContributionRows { kind_of_row: room(), told_of_row: room(), ..ContributionRows::default() }
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.kind_of_row.len()
    }

    /// Turns to the next patient, or to another day of hers.
    pub fn turn(&mut self, patient: u32, on: Day, plan: &Plan) {
        self.known.resize(plan.nodes.len(), (0, 0));
        self.turns.push(Turn { patient, on: on.0, first: self.len() });
    }

    /// Adds the lines that make up a score on the day at hand; nothing for one whose gate does not hold.
    pub fn push(&mut self, evaluator: &mut Evaluator, names: &Names, model: usize, outcome: OutcomeId) {
        if evaluator.memory.known.get(outcome).score.is_none_or(|score| !score.gate.is_yes()) {
            return;
        }
        let plan = &evaluator.plan.models[model];
        let mut lines = std::mem::take(&mut self.lines);
        evaluator.lines(model, &mut lines);
        for line in &lines {
            let kind = self.kinds.number(model, names.criterion_start[model] + line.index, line.points);
            let told = match plan.criteria.get(line.index as usize) {
                Some(criterion) => self.told(evaluator, criterion.shown),
                // A cap has no facts of its own.
                None => self.tell(Summary::default()),
            };
            self.kind_of_row.push(kind);
            self.told_of_row.push(told);
        }
        self.lines = lines;
    }

    /// The number of what a question tells of the patient at hand.
    fn told(&mut self, evaluator: &mut Evaluator, node: NodeId) -> u32 {
        let turn = self.turns.len() as u32;
        let (known_in, known) = self.known[node.index()];
        if known_in == turn {
            return known;
        }
        let told = summary::summary(evaluator, node, &mut self.codes);
        let told = self.tell(told);
        self.codes.clear();
        self.known[node.index()] = (turn, told);
        told
    }

    fn tell(&mut self, summary: Summary) -> u32 {
        let codes = self.lists.number(&self.codes);
        self.told.push(Told { summary, codes });
        self.told.len() as u32 - 1
    }

    #[must_use]
    pub fn finish(self, ids: &Ids, names: &Names) -> Vec<Column> {
        let (told, kinds) = (Arc::new(self.told_of_row), Arc::new(self.kind_of_row));
        let by = |rows: &Arc<Vec<u32>>, table: Vec<u32>, words: Arc<Dictionary>| {
            Column::Mapped(Arc::clone(rows), Arc::new(table), words)
        };
        let days = |of: fn(&Summary) -> i32| Days(self.told.iter().map(|told| of(&told.summary)).collect());
        let (firsts, first_days) = days(|summary| summary.first).keyed();
        let (lasts, last_days) = days(|summary| summary.last).keyed();
        let mut counts = Interner::default();
        let count_keys = self.told.iter().map(|told| counts.key(i64::from(told.summary.count))).collect();
        let (sources, source_names) = sources(&self.told);
        let (points, point_keys) = self.kinds.points();
        let (patients, on): (Vec<(u32, u32)>, Vec<i32>) =
            runs(&self.turns, kinds.len()).map(|(turn, lines)| ((turn.patient, lines), turn.on)).unzip();
        let lines: Vec<u32> = patients.iter().map(|(_, lines)| *lines).collect();
        vec![
            columns::ids(ids, patients, &names.id_type),
            Days(on).finish(lines.into_iter()),
            by(&kinds, self.kinds.models(), Arc::clone(&names.models)),
            by(&kinds, self.kinds.criteria(), Arc::clone(&names.criteria)),
            by(&kinds, point_keys, points),
            by(&told, count_keys, Dictionary::narrow(counts.values())),
            by(&told, firsts, first_days),
            by(&told, lasts, last_days),
            by(&told, self.told.iter().map(|told| told.codes).collect(), self.lists.finish()),
            by(&told, sources, source_names),
        ]
    }
}

/// The turns that have lines, and how many.
fn runs(turns: &[Turn], lines: usize) -> impl Iterator<Item = (Turn, u32)> {
    let ends = turns.iter().skip(1).map(|next| next.first).chain([lines]);
    turns.iter().zip(ends).map(|(turn, end)| (*turn, (end - turn.first) as u32)).filter(|(_, lines)| *lines > 0)
}

/// Which sources each rests on, as keys, and their names, with blanks between.
fn sources(told: &[Told]) -> (Vec<u32>, Arc<Dictionary>) {
    let mut sets = Interner::default();
    let keys = told.iter().map(|told| sets.key(i64::from(told.summary.sources))).collect();
    let names = |set: &i64| {
        let names = Source::ALL.iter().filter(|source| set >> **source as u8 & 1 == 1).map(|source| source.name());
        names.collect::<Vec<_>>().join(" ")
    };
    let names: Vec<String> = sets.values().iter().map(names).collect();
    (keys, Dictionary::words(&names))
}
