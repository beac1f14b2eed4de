//! The tables that scoring writes: one row per score, and one per line of a score.

mod codes;
mod contributions;
mod keyed;
mod kinds;
mod scores;

pub use contributions::ContributionRows;
pub use scores::ScoreRows;

use super::columns;
use super::plan::Plan;
use crate::journal::encoding::Dictionary;
use crate::model::RuleSet;
use crate::model::ruleset::Link;
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
    has_links: bool,
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
            has_links: rule_sets.iter().any(|rule_set| rule_set.link.is_some()),
            links: rule_sets.iter().map(|rule_set| rule_set.link.clone()).collect(),
            id_type,
        }
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
        if self.has_links {
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
