//! The tables that scoring writes: one row per score, and one per line of a score.

use super::columns;
use super::evaluate::Evaluator;
use super::evidence;
use super::plan::Plan;
use super::result::Outcome;
use super::sum;
use crate::clinical::{Day, Points, Tri};
use crate::journal::tables::Source;
use crate::model::RuleSet;
use crate::model::ruleset::Link;
use crate::observe::ids::Ids;
use arrow::array::{ArrayRef, StringArray};
use arrow::datatypes::{DataType, Field, Schema};
use std::sync::Arc;

/// The words of the result columns, each kind in one list.
#[derive(Debug)]
pub struct Names {
    models: Arc<StringArray>,
    versions: Arc<StringArray>,
    bands: Arc<StringArray>,
    /// First band of each rule set.
    band_start: Vec<i32>,
    criteria: Arc<StringArray>,
    /// First criterion of each rule set; its caps follow its criteria.
    criterion_start: Vec<i32>,
    links: Vec<Option<Link>>,
    id_type: DataType,
}

impl Names {
    #[must_use]
    pub fn new(rule_sets: &[RuleSet], id_type: DataType) -> Names {
        let mut bands = Vec::new();
        let mut criteria = Vec::new();
        let (mut band_start, mut criterion_start) = (Vec::new(), Vec::new());
        for rule_set in rule_sets {
            band_start.push(bands.len() as i32);
            bands.extend(rule_set.bands.iter().map(|band| band.name.clone()));
            criterion_start.push(criteria.len() as i32);
            criteria.extend(rule_set.criteria.iter().map(|criterion| criterion.name.clone()));
            criteria.extend(rule_set.caps.iter().map(|cap| format!("cap:{}", cap.name)));
        }
        let list = |words: Vec<String>| Arc::new(StringArray::from(words));
        Names {
            models: list(rule_sets.iter().map(|rule_set| rule_set.id.clone()).collect()),
            versions: list(rule_sets.iter().map(|rule_set| rule_set.version.clone()).collect()),
            bands: list(bands),
            band_start,
            criteria: list(criteria),
            criterion_start,
            links: rule_sets.iter().map(|rule_set| rule_set.link.clone()).collect(),
            id_type,
        }
    }

    fn has_links(&self) -> bool {
        self.links.iter().any(Option::is_some)
    }

    /// Columns of `scores`; `probability` is there when a rule set gives one.
    #[must_use]
    pub fn score_schema(&self) -> Arc<Schema> {
        let mut fields = vec![
            Field::new("patient_id", self.id_type.clone(), false),
            Field::new("index_day", DataType::Date32, false),
            Field::new("model", columns::word_type(), false),
            Field::new("version", columns::word_type(), false),
            Field::new("value", DataType::Float64, true),
            Field::new("lower", DataType::Float64, true),
            Field::new("upper", DataType::Float64, true),
            Field::new("band", columns::word_type(), true),
            Field::new("assessable", DataType::Float64, false),
            Field::new("in_population", DataType::Boolean, true),
        ];
        if self.has_links() {
            fields.push(Field::new("probability", DataType::Float64, true));
        }
        Arc::new(Schema::new(fields))
    }

    /// Columns of `contributions`.
    #[must_use]
    pub fn contribution_schema(&self) -> Arc<Schema> {
        Arc::new(Schema::new(vec![
            Field::new("patient_id", self.id_type.clone(), false),
            Field::new("index_day", DataType::Date32, false),
            Field::new("model", columns::word_type(), false),
            Field::new("criterion", columns::word_type(), false),
            Field::new("points", DataType::Float64, false),
            Field::new("count", DataType::UInt32, false),
            Field::new("first_on", DataType::Date32, true),
            Field::new("last_on", DataType::Date32, true),
            Field::new("codes", DataType::Utf8, false),
            Field::new("source", columns::word_type(), false),
        ]))
    }
}

/// Rows of `scores`, column by column; patients by their number in the block.
#[derive(Debug, Default)]
pub struct ScoreRows {
    patients: Vec<u32>,
    days: Vec<i32>,
    models: Vec<i32>,
    values: Vec<f64>,
    lowers: Vec<f64>,
    uppers: Vec<f64>,
    bands: Vec<i32>,
    assessable: Vec<f64>,
    inside: Vec<Option<bool>>,
    probabilities: Vec<f64>,
}

impl ScoreRows {
    #[must_use]
    pub fn len(&self) -> usize {
        self.patients.len()
    }

    pub fn push(&mut self, patient: u32, on: Day, plan: &Plan, names: &Names, outcome: &Outcome) {
        let model = outcome.model;
        let number = |points: Option<Points>| points.map_or(f64::NAN, Points::as_f64);
        let score = outcome.score.as_ref();
        self.patients.push(patient);
        self.days.push(on.0);
        self.models.push(model as i32);
        self.values.push(number(score.map(|score| score.value)));
        self.lowers.push(number(score.map(|score| score.lower)));
        self.uppers.push(number(score.map(|score| score.upper)));
        let band = score.and_then(|score| score.band);
        self.bands.push(band.map_or(-1, |band| names.band_start[model] + band as i32));
        self.assessable.push(plan.models[model].assessable);
        self.inside.push(match outcome.in_population {
            Tri::Yes => Some(true),
            Tri::No => Some(false),
            Tri::Unknown => None,
        });
        if names.has_links() {
            let link = names.links[model].as_ref();
            let risk = link.zip(score).map(|(link, score)| probability(link, score.value.as_f64()));
            self.probabilities.push(risk.unwrap_or(f64::NAN));
        }
    }

    #[must_use]
    pub fn finish(self, ids: &Ids, names: &Names) -> Vec<ArrayRef> {
        let mut arrays = vec![
            columns::ids(ids, self.patients, &names.id_type),
            columns::days(self.days),
            columns::words(self.models.clone(), &names.models),
            columns::words(self.models, &names.versions),
            columns::numbers(self.values),
            columns::numbers(self.lowers),
            columns::numbers(self.uppers),
            columns::words(self.bands, &names.bands),
            columns::numbers(self.assessable),
            columns::flags(&self.inside),
        ];
        if names.has_links() {
            arrays.push(columns::numbers(self.probabilities));
        }
        arrays
    }
}

/// The probability that a link gives for a sum of points.
#[must_use]
pub fn probability(link: &Link, sum: f64) -> f64 {
    match link {
        Link::Logistic { intercept } => 1.0 / (1.0 + (-(intercept + sum)).exp()),
        Link::Cox { baseline_survival, scale, centre } => 1.0 - baseline_survival.powf((scale * sum - centre).exp()),
    }
}

/// Rows of `contributions`, column by column.
#[derive(Debug, Default)]
pub struct ContributionRows {
    patients: Vec<u32>,
    days: Vec<i32>,
    models: Vec<i32>,
    criteria: Vec<i32>,
    points: Vec<f64>,
    counts: Vec<u32>,
    firsts: Vec<i32>,
    lasts: Vec<i32>,
    codes: Vec<u8>,
    code_ends: Vec<i32>,
    sources: Vec<i32>,
    source_words: Vec<(u16, String)>,
}

impl ContributionRows {
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
        sum::collect(evaluator, 0, plan);
        if evaluator.memory.scratch.live.is_empty() {
            return;
        }
        sum::mark(&mut evaluator.memory.scratch, plan);
        let marks = evaluator.memory.scratch.marks.clone();
        sum::unmark(&mut evaluator.memory.scratch);
        let mut live = std::mem::take(&mut evaluator.memory.scratch.live);
        live.sort_unstable_by_key(|(index, _, _)| *index);
        let mut sums = vec![Points::ZERO; plan.caps.len()];
        for (index, mark, range) in &live {
            let silenced = sum::silencer(&marks, plan, *index).is_some();
            if *mark != sum::Mark::Met || silenced {
                continue;
            }
            let criterion = &plan.criteria[*index as usize];
            if let Some(cap) = criterion.cap {
                sums[cap] += range.value;
            }
            self.head(
                patient,
                on,
                outcome.model,
                names.criterion_start[outcome.model] + i32::from(*index),
                range.value,
            );
            self.evidence(evaluator, criterion.shown);
        }
        for (cap, (sum, at_most)) in sums.iter().zip(&plan.caps).enumerate() {
            let over = at_most.map_or(Points::ZERO, |at_most| at_most.min(*sum) - *sum);
            if over != Points::ZERO {
                let name = names.criterion_start[outcome.model] + (plan.criteria.len() + cap) as i32;
                self.head(patient, on, outcome.model, name, over);
                self.tail(evidence::Summary::default());
            }
        }
        evaluator.memory.scratch.live = live;
    }

    fn head(&mut self, patient: u32, on: Day, model: usize, criterion: i32, points: Points) {
        self.patients.push(patient);
        self.days.push(on.0);
        self.models.push(model as i32);
        self.criteria.push(criterion);
        self.points.push(points.as_f64());
    }

    fn evidence(&mut self, evaluator: &mut Evaluator, node: super::node::NodeId) {
        let summary = evidence::summary(evaluator, node, &mut self.codes);
        self.tail(summary);
    }

    fn tail(&mut self, summary: evidence::Summary) {
        self.counts.push(summary.count);
        self.firsts.push(summary.first);
        self.lasts.push(summary.last);
        self.code_ends.push(self.codes.len() as i32);
        let word = self.source_word(summary.sources);
        self.sources.push(word);
    }

    fn source_word(&mut self, sources: u16) -> i32 {
        if let Some(known) = self.source_words.iter().position(|(set, _)| *set == sources) {
            return known as i32;
        }
        let names = Source::ALL.iter().filter(|source| sources >> **source as u8 & 1 == 1).map(|source| source.name());
        self.source_words.push((sources, names.collect::<Vec<_>>().join(" ")));
        self.source_words.len() as i32 - 1
    }

    #[must_use]
    pub fn finish(self, ids: &Ids, names: &Names) -> Vec<ArrayRef> {
        let sources = Arc::new(StringArray::from_iter_values(self.source_words.iter().map(|(_, name)| name)));
        let offsets: Vec<i32> = std::iter::once(0).chain(self.code_ends).collect();
        let codes = StringArray::try_new(arrow::buffer::OffsetBuffer::new(offsets.into()), self.codes.into(), None);
        vec![
            columns::ids(ids, self.patients, &names.id_type),
            columns::days(self.days),
            columns::words(self.models, &names.models),
            columns::words(self.criteria, &names.criteria),
            columns::numbers(self.points),
            columns::counts(self.counts),
            columns::days(self.firsts),
            columns::days(self.lasts),
            // Codes are ASCII, so the bytes are always text.
            Arc::new(codes.unwrap_or_else(|_| StringArray::from(Vec::<String>::new()))),
            columns::words(self.sources, &sources),
        ]
    }
}
