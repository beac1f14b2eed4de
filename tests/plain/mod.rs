//! Rule sets with nothing in them but what a test puts there.

use tidlig::clinical::Text;
use tidlig::model::RuleSet;
use tidlig::model::about::About;
use tidlig::model::ruleset::*;

/// Scores nobody anything yet: no criteria, no bands, everyone is in the population.
pub fn rule_set(id: &str, inputs: Vec<InputKind>) -> RuleSet {
    RuleSet {
        id: id.to_owned(),
        version: "1.0.0".to_owned(),
        status: Status::Draft,
        title: Text::default(),
        purpose: Text::default(),
        source: vec!["made for a test".to_owned()],
        departs: Vec::new(),
        outreach: None,
        inputs: inputs.into_iter().enumerate().map(|(index, kind)| input(index, kind)).collect(),
        population: Population::default(),
        gate: Gate::default(),
        criteria: Vec::new(),
        caps: Vec::new(),
        bands: Vec::new(),
        band_set_by: None,
        band_limit: None,
        link: None,
        notes: Vec::new(),
        headline: None,
        hash: String::new(),
        about: About::default(),
    }
}

/// Nothing found is no, nothing delivered is unknown.
pub fn input(index: usize, kind: InputKind) -> Input {
    Input {
        name: format!("input-{index}"),
        label: None,
        sensitive: false,
        kind,
        missing: Missing::No,
        undelivered: Missing::Unknown,
    }
}

pub fn criterion(index: usize, input: InputId, weight: Weight) -> Criterion {
    Criterion {
        name: format!("criterion-{index}"),
        input,
        shows: None,
        weight,
        cap: None,
        silences: Vec::new(),
        domain: None,
        task: None,
        further_tasks: Vec::new(),
        sensitive: false,
        text: Text::default(),
        source: None,
    }
}
