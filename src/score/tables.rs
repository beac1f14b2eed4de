//! The tables that scoring writes: one row per score, and one per line of a score.

use super::columns;
use super::encoding::{Column, Dictionary, Interner, MISSING, TextInterner};
use super::evaluate::Evaluator;
use super::evidence;
use super::memo::LineOf;
use super::plan::Plan;
use super::result::Outcome;
use crate::clinical::{Day, Points, Tri};
use crate::journal::tables::Source;
use crate::model::RuleSet;
use crate::model::ruleset::Link;
use crate::observe::facts::NO_DAY;
use crate::observe::ids::Ids;
use arrow::datatypes::{DataType, Field, Schema};
use std::sync::Arc;

/// The words of the result columns, each kind in one list.
#[derive(Debug)]
pub struct Names {
    models: Arc<Dictionary>,
    versions: Arc<Dictionary>,
    bands: Arc<Dictionary>,
    /// First band of each rule set.
    band_start: Vec<u32>,
    criteria: Arc<Dictionary>,
    /// First criterion of each rule set; its caps follow its criteria.
    criterion_start: Vec<u32>,
    /// Share of each rule set's sources that was delivered.
    assessable: Arc<Dictionary>,
    links: Vec<Option<Link>>,
    id_type: DataType,
}

impl Names {
    #[must_use]
    pub fn new(rule_sets: &[RuleSet], plan: &Plan, id_type: DataType) -> Names {
        let mut bands = Vec::new();
        let mut criteria = Vec::new();
        let (mut band_start, mut criterion_start) = (Vec::new(), Vec::new());
        for rule_set in rule_sets {
            band_start.push(bands.len() as u32);
            bands.extend(rule_set.bands.iter().map(|band| band.name.clone()));
            criterion_start.push(criteria.len() as u32);
            criteria.extend(rule_set.criteria.iter().map(|criterion| criterion.name.clone()));
            criteria.extend(rule_set.caps.iter().map(|cap| format!("cap:{}", cap.name)));
        }
        let list = |word: fn(&RuleSet) -> &String| {
            Dictionary::texts(rule_sets.iter().map(|rule_set| word(rule_set).as_bytes()))
        };
        Names {
            models: list(|rule_set| &rule_set.id),
            versions: list(|rule_set| &rule_set.version),
            bands: Dictionary::words(&bands),
            band_start,
            criteria: Dictionary::words(&criteria),
            criterion_start,
            assessable: Dictionary::doubles(plan.models.iter().map(|model| model.assessable)),
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
    days: Days,
    models: Vec<u32>,
    points: Interner,
    values: Vec<u32>,
    lowers: Vec<u32>,
    uppers: Vec<u32>,
    bands: Vec<u32>,
    inside: Vec<Option<bool>>,
    probabilities: Probabilities,
}

/// Keys of a column, and the numbers they stand for.
#[derive(Debug, Default)]
struct Keys {
    keys: Vec<u32>,
    known: Interner,
}

impl Keys {
    #[inline]
    fn push(&mut self, number: i64) {
        let key = self.known.key(number);
        self.keys.push(key);
    }

    fn narrow(self) -> Column {
        Column::Keyed(Arc::new(self.keys), Dictionary::narrow(self.known.values()))
    }
}

/// Days; [`NO_DAY`] is none.
#[derive(Debug, Default)]
struct Days(Vec<i32>);

impl Days {
    /// Days of one block lie close together: counted from the first, they need not be told apart one by one.
    fn finish(self) -> Column {
        const WIDEST: i64 = 1 << 15;
        let known = || self.0.iter().copied().filter(|day| *day != NO_DAY);
        let (first, last) = (known().min().unwrap_or(0), known().max().unwrap_or(0));
        if i64::from(last) - i64::from(first) >= WIDEST {
            return self.one_by_one();
        }
        let key = |day: &i32| if *day == NO_DAY { MISSING } else { (day - first) as u32 };
        let days: Vec<i64> = (first..=last).map(i64::from).collect();
        Column::Keyed(Arc::new(self.0.iter().map(key).collect()), Dictionary::narrow(&days))
    }

    fn one_by_one(self) -> Column {
        let mut known = Interner::default();
        let keys = self.0.iter().map(|day| if *day == NO_DAY { MISSING } else { known.key(i64::from(*day)) }).collect();
        Column::Keyed(Arc::new(keys), Dictionary::narrow(known.values()))
    }
}

/// Binary numbers, told apart by their bits.
#[derive(Debug, Default)]
struct Probabilities(Keys);

impl Probabilities {
    fn push(&mut self, risk: Option<f64>) {
        match risk {
            Some(risk) => self.0.push(risk.to_bits() as i64),
            None => self.0.keys.push(MISSING),
        }
    }

    fn finish(self) -> Column {
        let numbers = self.0.known.values().iter().map(|bits| f64::from_bits(*bits as u64));
        let dictionary = Dictionary::doubles(numbers);
        Column::Keyed(Arc::new(self.0.keys), dictionary)
    }
}

impl ScoreRows {
    /// With room for so many rows.
    #[must_use]
    pub fn with_capacity(rows: usize) -> ScoreRows {
        let mut all = ScoreRows { inside: Vec::with_capacity(rows), ..ScoreRows::default() };
        let columns = [&mut all.patients, &mut all.models, &mut all.values, &mut all.lowers, &mut all.uppers];
        columns.into_iter().for_each(|column| column.reserve(rows));
        all.bands.reserve(rows);
        all.days.0.reserve(rows);
        all
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.patients.len()
    }

    #[inline]
    pub fn push(&mut self, patient: u32, on: Day, names: &Names, outcome: &Outcome) {
        self.patients.push(patient);
        self.days.0.push(on.0);
        self.models.push(outcome.model as u32);
        self.inside.push(match outcome.in_population {
            Tri::Yes => Some(true),
            Tri::No => Some(false),
            Tri::Unknown => None,
        });
        self.push_score(names, outcome);
        if names.has_links() {
            let link = names.links[outcome.model].as_ref();
            let risk = link.zip(outcome.score).map(|(link, score)| probability(link, score.value.as_f64()));
            self.probabilities.push(risk);
        }
    }

    #[inline]
    fn push_score(&mut self, names: &Names, outcome: &Outcome) {
        let [mut value, mut lower, mut upper, mut band] = [MISSING; 4];
        if let Some(score) = &outcome.score {
            value = self.points.key(score.value.0);
            lower = if score.lower == score.value { value } else { self.points.key(score.lower.0) };
            upper = if score.upper == score.value { value } else { self.points.key(score.upper.0) };
            band = score.band.map_or(MISSING, |band| names.band_start[outcome.model] + band as u32);
        }
        self.values.push(value);
        self.lowers.push(lower);
        self.uppers.push(upper);
        self.bands.push(band);
    }

    #[must_use]
    pub fn finish(self, ids: &Ids, names: &Names) -> Vec<Column> {
        let models = Arc::new(self.models);
        let points = Dictionary::points(self.points.values());
        let values = Arc::new(self.values);
        // When nothing is unknown the bounds are the value, and need not be written out again.
        let bound = |keys: Vec<u32>| if keys == *values { Arc::clone(&values) } else { Arc::new(keys) };
        let (lowers, uppers) = (bound(self.lowers), bound(self.uppers));
        let mut columns = vec![
            columns::ids(ids, self.patients, &names.id_type),
            self.days.finish(),
            Column::Keyed(Arc::clone(&models), Arc::clone(&names.models)),
            Column::Keyed(Arc::clone(&models), Arc::clone(&names.versions)),
            Column::Keyed(values, Arc::clone(&points)),
            Column::Keyed(lowers, Arc::clone(&points)),
            Column::Keyed(uppers, points),
            Column::Keyed(Arc::new(self.bands), Arc::clone(&names.bands)),
            Column::Keyed(models, Arc::clone(&names.assessable)),
            Column::Flags(self.inside),
        ];
        if names.has_links() {
            columns.push(self.probabilities.finish());
        }
        columns
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

    fn evidence(&mut self, evaluator: &mut Evaluator, node: super::node::NodeId) {
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
            self.days.finish(),
            keyed(self.models, &names.models),
            keyed(self.criteria, &names.criteria),
            keyed(self.points.keys, &Dictionary::points(self.points.known.values())),
            self.counts.narrow(),
            self.firsts.finish(),
            self.lasts.finish(),
            keyed(self.code_keys, &Dictionary::interned(self.codes)),
            keyed(self.sources, &sources),
        ]
    }
}
