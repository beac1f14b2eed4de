//! Random lists of rule sets; a set may ask for the result of those made before it.

use super::inputs::{AskModel, Build, leaf, missing};
use crate::plain;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use tidlig::clinical::{Points, Text};
use tidlig::model::RuleSet;
use tidlig::model::ruleset::*;

pub fn rule_sets(most: usize) -> impl Strategy<Value = Vec<RuleSet>> {
    (prop::collection::vec(Draft::strategy(), 1..=most), any::<bool>()).prop_map(|(drafts, turned)| {
        let mut sets: Vec<RuleSet> = Vec::new();
        for draft in &drafts {
            let set = draft.finish(&sets);
            sets.push(set);
        }
        if turned {
            sets.reverse();
        }
        sets
    })
}

/// A leaf with what it says of gaps.
type Gapped<T> = (T, Missing, Missing);

/// Everything random of one rule set; references are indices into what comes before.
#[derive(Debug, Clone)]
struct Draft {
    leaves: Vec<Gapped<InputKind>>,
    models: Vec<(Index, AskModel, u32)>,
    builds: Vec<Build>,
    population: (Vec<Index>, Vec<Index>),
    gate: (Vec<Index>, Vec<(Index, Points)>),
    criteria: Vec<DraftCriterion>,
    silences_backwards: bool,
    caps: Vec<Option<Points>>,
    bands: Vec<(i64, bool)>,
    lowest: bool,
    band_set_by: Option<(Index, Vec<(u32, Index)>)>,
    notes: Vec<(Index, Option<Points>)>,
    band_limit: Option<(Vec<Index>, Index)>,
}

#[derive(Debug, Clone)]
struct DraftCriterion {
    input: Index,
    shows: Option<Index>,
    weight: Weight,
    cap: Option<Index>,
    silences: Vec<Index>,
}

fn points() -> impl Strategy<Value = Points> {
    select(vec!["-2", "-0.5", "0", "1", "1", "2", "3", "7.1", "0.000001"]).prop_map(|text| Points::parse(text).unwrap())
}

fn criterion() -> impl Strategy<Value = DraftCriterion> {
    let steps = prop::collection::btree_map(1..5_u32, points(), 1..4);
    let weight = prop_oneof![
        3 => points().prop_map(Weight::Fixed),
        2 => steps.prop_map(|steps| Weight::Steps(steps.into_iter().collect())),
        1 => points().prop_map(Weight::PerCount),
    ];
    let silences = prop_oneof![2 => Just(vec![]), 1 => prop::collection::vec(any::<Index>(), 1..3)];
    (any::<Index>(), prop::option::weighted(0.2, any::<Index>()), weight, prop::option::of(any::<Index>()), silences)
        .prop_map(|(input, shows, weight, cap, silences)| DraftCriterion { input, shows, weight, cap, silences })
}

impl Draft {
    fn strategy() -> impl Strategy<Value = Draft> {
        let some = |most| prop::collection::vec(any::<Index>(), 0..=most);
        let rarely = || prop_oneof![3 => Just(vec![]), 1 => prop::collection::vec(any::<Index>(), 1..=2)];
        let whole = || (-1..8_i64).prop_map(Points::whole);
        let asked = (any::<Index>(), AskModel::strategy(), select(vec![0, 0, 1, 30, 90]));
        let parts = (
            prop::collection::vec((leaf(), missing(), missing()), 1..7),
            prop::collection::vec(asked, 0..2),
            prop::collection::vec(Build::strategy(), 0..5),
            (rarely(), rarely()),
            (rarely(), prop::collection::vec((any::<Index>(), whole()), 0..2)),
        );
        let more = (
            prop::collection::vec(criterion(), 1..7),
            any::<bool>(),
            prop::collection::vec(prop::option::of((0..8_i64).prop_map(Points::whole)), 0..3),
            prop::collection::vec((1..4_i64, any::<bool>()), 0..4),
            any::<bool>(),
            prop::option::of((any::<Index>(), prop::collection::vec((1..4_u32, any::<Index>()), 1..4))),
            ((some(2), prop::option::of(whole())), prop::option::weighted(0.3, (some(3), any::<Index>()))),
        );
        (parts, more).prop_map(|((leaves, models, builds, population, gate), more)| {
            let (criteria, silences_backwards, caps, bands, lowest, band_set_by, ((notes, from_points), band_limit)) =
                more;
            let notes = notes.into_iter().map(|input| (input, from_points)).collect();
            Draft {
                leaves,
                models,
                builds,
                population,
                gate,
                criteria,
                silences_backwards,
                caps,
                bands,
                lowest,
                band_set_by,
                notes,
                band_limit,
            }
        })
    }

    fn finish(&self, before: &[RuleSet]) -> RuleSet {
        let inputs = self.inputs(before);
        let bands = self.bands();
        let ids = |some: &[Index]| some.iter().map(|index| InputId(index.index(inputs.len()))).collect::<Vec<_>>();
        let cap = |index: &Index| (!self.caps.is_empty()).then(|| CapId(index.index(self.caps.len())));
        let mut sums: Vec<(CapId, Points)> = Vec::new();
        for (index, least) in &self.gate.1 {
            sums.extend(cap(index).map(|cap| (cap, *least)));
        }
        let criteria = (0..self.criteria.len()).map(|i| self.criterion(i, &inputs, cap)).collect();
        let notes = self.notes.iter().enumerate().map(|(i, (input, from))| note(i, input, *from, &inputs)).collect();
        RuleSet {
            population: Population { all: ids(&self.population.0), none: ids(&self.population.1) },
            gate: Gate { any: ids(&self.gate.0), sums },
            criteria,
            caps: self.caps.iter().enumerate().map(|(i, most)| make_cap(i, *most)).collect(),
            band_set_by: self.band_setter(&inputs, bands.len()),
            band_limit: self.band_limit(bands.len()),
            bands,
            notes,
            inputs,
            ..plain::rule_set(&format!("set-{}", before.len()), Vec::new())
        }
    }

    fn inputs(&self, before: &[RuleSet]) -> Vec<Input> {
        let mut inputs: Vec<Input> = Vec::new();
        let make =
            |kind, missing, undelivered, index: usize| Input { missing, undelivered, ..plain::input(index, kind) };
        for (kind, missing, undelivered) in &self.leaves {
            inputs.push(make(kind.clone(), *missing, *undelivered, inputs.len()));
        }
        if !before.is_empty() {
            for (other, ask, days_ago) in &self.models {
                let asked = ask_model(&before[other.index(before.len())], ask, *days_ago);
                inputs.push(make(InputKind::Model(asked), Missing::No, Missing::Unknown, inputs.len()));
            }
        }
        for build in &self.builds {
            inputs.push(make(build.kind(&inputs), Missing::No, Missing::Unknown, inputs.len()));
        }
        inputs
    }

    fn criterion(&self, index: usize, inputs: &[Input], cap: impl Fn(&Index) -> Option<CapId>) -> Criterion {
        let draft = &self.criteria[index];
        let input = InputId(draft.input.index(inputs.len()));
        let of_model = matches!(&inputs[input.0].kind, InputKind::Model(asked) if asked.as_points);
        // Silencing never runs in a circle: all of it points down the page, or all of it up.
        let reach: Vec<usize> =
            if self.silences_backwards { (0..index).collect() } else { (index + 1..self.criteria.len()).collect() };
        let mut silences: Vec<usize> =
            if reach.is_empty() { Vec::new() } else { draft.silences.iter().map(|s| *s.get(&reach)).collect() };
        silences.sort_unstable();
        silences.dedup();
        Criterion {
            shows: draft.shows.map(|index| InputId(index.index(inputs.len()))),
            cap: draft.cap.as_ref().and_then(cap),
            silences,
            ..plain::criterion(index, input, if of_model { Weight::OfModel } else { draft.weight.clone() })
        }
    }

    fn bands(&self) -> Vec<Band> {
        let mut bands = Vec::new();
        let mut from = -1;
        for (index, (step, above)) in self.bands.iter().enumerate() {
            from += step;
            let bound = if index == 0 && self.lowest {
                Bound::Lowest
            } else if *above {
                Bound::Above(Points::whole(from))
            } else {
                Bound::From(Points::whole(from))
            };
            bands.push(Band { name: format!("band-{index}"), label: Text::default(), from: bound, level: index as u8 });
        }
        bands
    }

    fn band_limit(&self, bands: usize) -> Option<BandLimit> {
        let (criteria, band) = self.band_limit.as_ref().filter(|_| bands > 0 && !self.criteria.is_empty())?;
        let mut criteria: Vec<usize> = criteria.iter().map(|index| index.index(self.criteria.len())).collect();
        criteria.sort_unstable();
        criteria.dedup();
        Some(BandLimit { criteria, band: band.index(bands) })
    }

    /// Only functions and measurements have a newest value.
    fn band_setter(&self, inputs: &[Input], bands: usize) -> Option<BandSetter> {
        let (input, steps) = self.band_set_by.as_ref()?;
        let measures: Vec<usize> = (0..inputs.len()).filter(|i| has_newest_value(&inputs[*i].kind)).collect();
        if measures.is_empty() || bands == 0 {
            return None;
        }
        let mut least = 0;
        let steps = steps.iter().map(|(step, band)| {
            least += step;
            (f64::from(least), band.index(bands))
        });
        Some(BandSetter { input: InputId(*input.get(&measures)), steps: steps.collect(), text: Text::default() })
    }
}

fn has_newest_value(kind: &InputKind) -> bool {
    match kind {
        InputKind::Measurement(asked) => asked.unanswered.is_none(),
        InputKind::Function(asked) => asked.items.len() <= 1,
        _ => false,
    }
}

fn ask_model(other: &RuleSet, ask: &AskModel, days_ago: u32) -> ModelInput {
    let none =
        ModelInput { id: other.id.clone(), bands: Vec::new(), at_least: None, below: None, days_ago, as_points: false };
    match ask {
        AskModel::Bands(picks) if !other.bands.is_empty() => {
            let bands = picks.iter().map(|pick| pick.get(&other.bands).name.clone()).collect();
            ModelInput { bands, ..none }
        }
        AskModel::Points(at_least, below) => {
            let at_least = if below.is_none() { at_least.or(Some(Points::ZERO)) } else { *at_least };
            ModelInput { at_least, below: *below, ..none }
        }
        _ => ModelInput { as_points: true, ..none },
    }
}

fn make_cap(index: usize, at_most: Option<Points>) -> Cap {
    Cap { name: format!("cap-{index}"), at_most, domain: None, label: None }
}

fn note(index: usize, input: &Index, from_points: Option<Points>, inputs: &[Input]) -> Note {
    Note {
        name: format!("note-{index}"),
        input: InputId(input.index(inputs.len())),
        shows: None,
        from_points,
        task: None,
        text: Text::default(),
    }
}
