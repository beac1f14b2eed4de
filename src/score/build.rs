//! Compiles rule sets into a [`Plan`].

use super::fold::{Folded, bits_first, fold};
use super::node::{ContactNode, ModelQuestion, Node, NodeId, NodeKind, PeersNode};
use super::plan::{Constants, CriterionPlan, ModelPlan, Plan};
use super::ranks::Ranks;
use crate::clinical::{CodeSystem, Points, Tri};
use crate::journal::tables::{ContactKind, Source, Sources};
use crate::model::RuleSet;
use crate::model::ruleset::{
    Analyte, Codes, Contact, Diagnosis, Input, InputId, InputKind, Measurement, Missing, Peers, Service, Weight,
};
use crate::observe::{ClassId, Lexicon, Matcher, SelectorId};
use std::collections::HashMap;

pub(super) fn build(rule_sets: &[RuleSet], sources: Sources) -> Plan {
    let words = Words::gather(rule_sets);
    let mut builder = Builder::new(rule_sets, sources, words);
    let mut inputs: Vec<Vec<NodeId>> = rule_sets.iter().map(|rule_set| builder.add_inputs(rule_set)).collect();
    let (new_ids, bits) = bits_first(&mut builder.nodes);
    inputs.iter_mut().flatten().for_each(|id| *id = new_ids[id.index()]);
    let compile = |(rule_set, inputs)| compile_model(rule_set, inputs, &builder.nodes[..], bits, sources);
    let models = rule_sets.iter().zip(inputs).map(compile).collect();
    builder.finish(bits, models)
}

/// Every word that some rule set asks for, gathered before numbers are given.
struct Words {
    selectors: Vec<(CodeSystem, Codes)>,
    analytes: Vec<Analyte>,
    items: Vec<(String, String)>,
    services: Vec<String>,
    every_service: bool,
    roles: Vec<String>,
    diagnosis_sources: Vec<String>,
}

impl Words {
    fn gather(rule_sets: &[RuleSet]) -> Words {
        let mut words = Words {
            selectors: Vec::new(),
            analytes: Vec::new(),
            items: Vec::new(),
            services: Vec::new(),
            every_service: false,
            roles: Vec::new(),
            diagnosis_sources: Vec::new(),
        };
        for input in rule_sets.iter().flat_map(|rule_set| &rule_set.inputs) {
            words.add(&input.kind);
        }
        words
    }

    fn add(&mut self, kind: &InputKind) {
        match kind {
            InputKind::Diagnosis(spec) => {
                add_once(&mut self.selectors, (CodeSystem::Icd10, spec.codes.clone()));
                spec.from.iter().for_each(|source| add_once(&mut self.diagnosis_sources, source.clone()));
            }
            InputKind::Medicine(spec) => add_once(&mut self.selectors, (CodeSystem::Atc, spec.codes.clone())),
            InputKind::Measurement(spec) => add_once(&mut self.analytes, spec.analyte.clone()),
            InputKind::Contact(spec) => spec.roles.iter().for_each(|role| add_once(&mut self.roles, role.clone())),
            InputKind::Function(spec) => {
                let total = [String::new()];
                let items = if spec.items.is_empty() { &total[..] } else { &spec.items };
                items.iter().for_each(|item| add_once(&mut self.items, instrument_item(&spec.instrument, item)));
            }
            InputKind::Service(spec) => {
                self.every_service |= spec.services.is_empty();
                spec.services.iter().chain(&spec.except).for_each(|s| add_once(&mut self.services, s.to_lowercase()));
            }
            _ => {}
        }
    }
}

fn instrument_item(instrument: &str, item: &str) -> (String, String) {
    (instrument.to_uppercase(), item.to_lowercase())
}

fn add_once<T: PartialEq>(list: &mut Vec<T>, item: T) {
    if !list.contains(&item) {
        list.push(item);
    }
}

struct Builder<'a> {
    rule_sets: &'a [RuleSet],
    sources: Sources,
    selectors: Vec<(CodeSystem, Codes)>,
    lexicon: Lexicon,
    nodes: Vec<Node>,
    known: HashMap<String, NodeId>,
    peer_tables: usize,
}

impl<'a> Builder<'a> {
    fn new(rule_sets: &'a [RuleSet], sources: Sources, words: Words) -> Builder<'a> {
        let matcher = Matcher::new(&words.selectors);
        let mut lexicon = Lexicon::new(matcher, words.analytes, &words.services);
        lexicon.items = words.items;
        lexicon.roles = words.roles;
        lexicon.diagnosis_sources = words.diagnosis_sources;
        lexicon.every_service = words.every_service;
        let selectors = words.selectors;
        Builder { rule_sets, sources, selectors, lexicon, nodes: Vec::new(), known: HashMap::new(), peer_tables: 0 }
    }

    fn seen(&mut self, spec: &Diagnosis) -> NodeId {
        let kind = NodeKind::Seen { selector: self.selector(CodeSystem::Icd10, &spec.codes), window: spec.window };
        self.intern(Node { kind, missing: Tri::No })
    }

    fn selector(&self, system: CodeSystem, codes: &Codes) -> SelectorId {
        let found = self.selectors.iter().position(|(s, c)| *s == system && c == codes);
        SelectorId(found.unwrap_or_default() as u16)
    }

    fn intern(&mut self, node: Node) -> NodeId {
        let key = format!("{node:?}");
        if let Some(id) = self.known.get(&key) {
            return *id;
        }
        let id = NodeId(self.nodes.len() as u32);
        self.nodes.push(node);
        self.known.insert(key, id);
        id
    }

    fn add_inputs(&mut self, rule_set: &RuleSet) -> Vec<NodeId> {
        let mut ids: Vec<NodeId> = Vec::with_capacity(rule_set.inputs.len());
        for input in &rule_set.inputs {
            let id = self.add_input(input, &ids);
            ids.push(id);
        }
        ids
    }

    fn add_input(&mut self, input: &Input, earlier: &[NodeId]) -> NodeId {
        if let Some(source) = source_of(&input.kind)
            && !self.sources.has(source)
        {
            return self.intern(Node { kind: NodeKind::Always(tri(input.undelivered)), missing: Tri::No });
        }
        let of = |ids: &[InputId]| ids.iter().map(|id| earlier[id.0]).collect::<Vec<_>>();
        let kind = match &input.kind {
            InputKind::Diagnosis(spec) => return self.diagnosis(spec, input.missing),
            InputKind::Medicine(spec) => {
                NodeKind::Medicine { selector: self.selector(CodeSystem::Atc, &spec.codes), spec: spec.clone() }
            }
            InputKind::Measurement(spec) => self.measurement(spec),
            InputKind::Contact(spec) => NodeKind::Contact(self.contact(spec, tri(input.undelivered))),
            InputKind::Function(spec) => self.function(spec),
            InputKind::Service(spec) => self.service(spec),
            InputKind::Age { from, below } => NodeKind::Age { from: *from, below: *below },
            InputKind::Sex(sex) => NodeKind::Sex(*sex),
            InputKind::LivesAlone => NodeKind::LivesAlone,
            InputKind::OnList { days } => NodeKind::OnList { days: *days },
            InputKind::Any(ids) => NodeKind::Any(of(ids)),
            InputKind::All(ids) => NodeKind::All(of(ids)),
            InputKind::None(ids) => NodeKind::None(of(ids)),
            InputKind::AtLeast { n, of: ids } => NodeKind::AtLeast { n: *n, of: of(ids) },
            InputKind::DaysOf { of: ids, days, apart } => NodeKind::DaysOf { of: of(ids), days: *days, apart: *apart },
            InputKind::Model(question) => self.model(question),
            InputKind::Peers(spec) => self.peers(spec, of(&spec.morbidity), of(&spec.eligible), tri(input.undelivered)),
        };
        match fold(&self.nodes, kind) {
            Folded::Same(id) => id,
            Folded::Kind(kind) => self.intern(Node { kind, missing: tri(input.missing) }),
        }
    }

    fn diagnosis(&mut self, spec: &Diagnosis, missing: Missing) -> NodeId {
        let seen = self.seen(spec);
        let plain = spec.days == 1 && spec.apart <= 1 && spec.from.is_empty() && spec.aged_from.is_none();
        if plain && missing == Missing::No && !spec.distinct_codes {
            return seen;
        }
        let selector = self.selector(CodeSystem::Icd10, &spec.codes);
        let sources = spec.from.iter().map(|source| self.lexicon.source_number(source)).collect();
        let kind = NodeKind::Diagnosis { selector, seen, sources, spec: spec.clone() };
        self.intern(Node { kind, missing: tri(missing) })
    }

    fn measurement(&self, spec: &Measurement) -> NodeKind {
        let analyte = self.lexicon.analytes.iter().position(|analyte| *analyte == spec.analyte).unwrap_or_default();
        NodeKind::Measurement { analyte: analyte as u16, spec: spec.clone() }
    }

    fn contact(&self, spec: &Contact, undelivered: Tri) -> ContactNode {
        let delivered = |kind: &ContactKind| self.sources.has(kind.source());
        let parse = |names: &[String]| names.iter().filter_map(|name| ContactKind::parse(name)).collect::<Vec<_>>();
        let (kinds, answers) = (parse(&spec.kinds), parse(&spec.answered_by));
        ContactNode {
            kinds: bits(kinds.iter().copied().filter(delivered)),
            all_delivered: kinds.iter().all(delivered),
            answers_delivered: answers.iter().all(delivered),
            undelivered,
            roles: spec.roles.iter().map(|role| self.lexicon.role_number(role)).collect(),
            answered_by: bits(answers.into_iter().filter(delivered)),
            spec: spec.clone(),
        }
    }

    fn function(&self, spec: &crate::model::ruleset::Function) -> NodeKind {
        let total = [String::new()];
        let items = if spec.items.is_empty() { &total[..] } else { &spec.items };
        let number = |item: &String| {
            let wanted = instrument_item(&spec.instrument, item);
            self.lexicon.items.iter().position(|known| *known == wanted).map(|i| i as u16)
        };
        NodeKind::Function { items: items.iter().filter_map(number).collect(), spec: spec.clone() }
    }

    fn service(&self, spec: &Service) -> NodeKind {
        let number = |name: &String| self.lexicon.service_number(&name.to_lowercase());
        NodeKind::Service {
            services: spec.services.iter().map(number).collect(),
            except: spec.except.iter().map(number).collect(),
            spec: spec.clone(),
        }
    }

    fn model(&self, question: &crate::model::ruleset::ModelInput) -> NodeKind {
        let Some(model) = self.rule_sets.iter().position(|rule_set| rule_set.id == question.id) else {
            return NodeKind::Always(Tri::Unknown);
        };
        let band = |name: &String| self.rule_sets[model].bands.iter().position(|band| band.name == *name);
        let bands = question.bands.iter().filter_map(band).collect();
        NodeKind::Model { model, question: ModelQuestion::new(question, bands) }
    }

    fn peers(&mut self, spec: &Peers, morbidity: Vec<NodeId>, eligible: Vec<NodeId>, undelivered: Tri) -> NodeKind {
        let contacts = Contact {
            kinds: spec.contacts.clone(),
            window: spec.window,
            days: 1,
            roles: Vec::new(),
            answered_by: Vec::new(),
        };
        let contacts = self.contact(&contacts, undelivered);
        if !contacts.all_delivered {
            return NodeKind::Always(undelivered);
        }
        let table = self.peer_tables;
        self.peer_tables += 1;
        NodeKind::Peers(Box::new(PeersNode { table, contacts, morbidity, eligible, spec: spec.clone() }))
    }

    fn finish(self, seen: usize, mut models: Vec<ModelPlan>) -> Plan {
        for node in &self.nodes {
            if let NodeKind::Model { model, .. } = node.kind {
                models[model].is_asked = true;
            }
        }
        let selector_words = self.selectors.len().div_ceil(64).max(1);
        let matcher = &self.lexicon.matcher;
        let mut class_selectors = vec![0_u64; matcher.classes() * selector_words];
        for class in 0..matcher.classes() {
            for selector in matcher.selectors(ClassId(class as u16)) {
                let s = selector.0 as usize;
                class_selectors[class * selector_words + s / 64] |= 1 << (s % 64);
            }
        }
        let has = |class: usize, s: u16| class_selectors[class * selector_words + s as usize / 64] >> (s % 64) & 1 == 1;
        Plan {
            ranks: Ranks::new(&self.nodes[..seen], matcher.classes(), has),
            constant: Constants::of(&self.nodes),
            offsets: offsets(&self.nodes),
            lexicon: self.lexicon,
            sources: self.sources,
            nodes: self.nodes,
            seen,
            models,
            class_selectors,
            selector_words,
            peer_tables: self.peer_tables,
        }
    }
}

fn bits(kinds: impl Iterator<Item = ContactKind>) -> u16 {
    kinds.fold(0, |set, kind| set | 1 << kind as u8)
}

/// Every sum of `days_ago` that chains of questions to other rule sets can reach.
fn offsets(nodes: &[Node]) -> Vec<u32> {
    let steps: Vec<u32> = nodes
        .iter()
        .filter_map(|node| match &node.kind {
            NodeKind::Model { question, .. } if question.days_ago > 0 => Some(question.days_ago),
            _ => None,
        })
        .collect();
    let mut reached = vec![0];
    // Rule sets form no circle, so a chain is no longer than the number of steps.
    for _ in 0..steps.len() {
        let more: Vec<u32> = reached.iter().flat_map(|from| steps.iter().map(move |step| from + step)).collect();
        reached.extend(more);
        reached.sort_unstable();
        reached.dedup();
    }
    reached
}

fn tri(missing: Missing) -> Tri {
    match missing {
        Missing::No => Tri::No,
        Missing::Unknown => Tri::Unknown,
        Missing::Yes => Tri::Yes,
    }
}

/// The sources that a rule set asks for.
pub fn asked_sources(rule_set: &RuleSet) -> impl Iterator<Item = Source> + '_ {
    rule_set.inputs.iter().flat_map(|input| {
        let kinds: &[String] = match &input.kind {
            InputKind::Contact(spec) => &spec.kinds,
            InputKind::Peers(spec) => &spec.contacts,
            InputKind::Measurement(Measurement { unanswered: Some(unanswered), .. }) => &unanswered.contacts,
            _ => &[],
        };
        let contacts = kinds.iter().filter_map(|name| ContactKind::parse(name)).map(ContactKind::source);
        source_of(&input.kind).into_iter().chain(contacts)
    })
}

/// The source that an input needs as a whole; contacts are judged kind by kind.
fn source_of(kind: &InputKind) -> Option<Source> {
    match kind {
        InputKind::Diagnosis(_) => Some(Source::Diagnoses),
        InputKind::Medicine(_) => Some(Source::Medicines),
        InputKind::Measurement(_) => Some(Source::Measurements),
        InputKind::Function(_) => Some(Source::Functions),
        InputKind::Service(_) => Some(Source::Services),
        _ => None,
    }
}

fn compile_model(rule_set: &RuleSet, inputs: Vec<NodeId>, all: &[Node], bits: usize, sources: Sources) -> ModelPlan {
    let node = |id: InputId| inputs[id.0];
    let nodes = |ids: &[InputId]| ids.iter().map(|id| node(*id)).collect::<Vec<_>>();
    let criteria: Vec<CriterionPlan> = (0..rule_set.criteria.len()).map(|i| criterion(rule_set, &inputs, i)).collect();
    let mut criterion_of_bit = vec![u16::MAX; bits];
    let mut open = vec![false; bits];
    let mut asked = Vec::new();
    for (i, criterion) in criteria.iter().enumerate() {
        let fixed = matches!(criterion.weight, Weight::Fixed(_));
        match quick_bit(all, criterion.node, bits) {
            Some((bit, unknown)) if fixed && criterion_of_bit[bit] == u16::MAX => {
                criterion_of_bit[bit] = i as u16;
                open[bit] = unknown;
            }
            // What no patient can meet need not be asked.
            _ if all[criterion.node.index()].kind == NodeKind::Always(Tri::No) => {}
            _ => asked.push(i as u16),
        }
    }
    let (gate_bits, gate_any): (Vec<_>, Vec<_>) =
        nodes(&rule_set.gate.any).into_iter().partition(|node| node.index() < bits);
    let silences = criteria.iter().any(|criterion| !criterion.silenced_by.is_empty());
    let gated = !rule_set.gate.any.is_empty() || !rule_set.gate.sums.is_empty();
    ModelPlan {
        id: rule_set.id.clone(),
        version: rule_set.version.clone(),
        inside: nodes(&rule_set.population.all),
        outside: nodes(&rule_set.population.none),
        gated: !rule_set.gate.any.is_empty(),
        gate_bits: gate_bits.into_iter().fold(vec![0; bits.div_ceil(64)], |mut words, node| {
            words[node.index() / 64] |= 1 << (node.index() % 64);
            words
        }),
        gate_any,
        gate_sums: rule_set.gate.sums.iter().map(|(cap, points)| (cap.0, *points)).collect(),
        plain: rule_set.caps.is_empty() && !silences && !gated,
        quick: quick_words(&criterion_of_bit, &open),
        criteria,
        criterion_of_bit,
        asked,
        caps: rule_set.caps.iter().map(|cap| cap.at_most).collect(),
        bands: rule_set.bands.iter().map(|band| band.from).collect(),
        band_setter: rule_set.band_set_by.as_ref().map(|setter| (node(setter.input), setter.steps.clone())),
        assessable: assessable(rule_set, sources),
        inputs,
        is_asked: false,
    }
}

fn criterion(rule_set: &RuleSet, inputs: &[NodeId], index: usize) -> CriterionPlan {
    let criterion = &rule_set.criteria[index];
    let silencing = |(_, other): &(usize, &crate::model::ruleset::Criterion)| other.silences.contains(&index);
    let (least, most) = match &criterion.weight {
        Weight::Fixed(points) | Weight::PerCount(points) => (*points, *points),
        Weight::Steps(steps) => {
            let points = || steps.iter().map(|(_, points)| *points);
            (points().min().unwrap_or_default(), points().max().unwrap_or_default())
        }
        Weight::OfModel => (Points::ZERO, Points::ZERO),
    };
    CriterionPlan {
        node: inputs[criterion.input.0],
        shown: inputs[criterion.shows.unwrap_or(criterion.input).0],
        weight: criterion.weight.clone(),
        cap: criterion.cap.map(|cap| cap.0),
        silenced_by: rule_set.criteria.iter().enumerate().filter(silencing).map(|(i, _)| i as u16).collect(),
        least: least.min(Points::ZERO),
        most: most.max(Points::ZERO),
    }
}

/// The bit that answers a node, and whether it is unknown rather than no when the bit is not set.
fn quick_bit(all: &[Node], node: NodeId, bits: usize) -> Option<(usize, bool)> {
    if node.index() < bits {
        return Some((node.index(), false));
    }
    let unknown = |id: &NodeId| all[id.index()].kind == NodeKind::Always(Tri::Unknown);
    match &all[node.index()].kind {
        NodeKind::Any(of) => match of.as_slice() {
            [bit, other] | [other, bit] if bit.index() < bits && unknown(other) => Some((bit.index(), true)),
            _ => None,
        },
        _ => None,
    }
}

fn quick_words(criterion_of_bit: &[u16], open: &[bool]) -> Vec<(usize, u64, u64)> {
    let pack =
        |bits: &mut dyn Iterator<Item = bool>| bits.enumerate().fold(0_u64, |w, (i, bit)| w | u64::from(bit) << i);
    let word = |(criteria, open): (&[u16], &[bool])| {
        (pack(&mut criteria.iter().map(|c| *c != u16::MAX)), pack(&mut open.iter().copied()))
    };
    let words = criterion_of_bit.chunks(64).zip(open.chunks(64)).map(word).enumerate();
    words.filter(|(_, (quick, _))| *quick != 0).map(|(i, (quick, open))| (i, quick, open)).collect()
}

/// Share of the rule set's questions to the journal whose source was delivered.
fn assessable(rule_set: &RuleSet, sources: Sources) -> f64 {
    let delivered: Vec<bool> = rule_set.inputs.iter().filter_map(|input| delivered(&input.kind, sources)).collect();
    match delivered.len() {
        0 => 1.0,
        n => delivered.iter().filter(|yes| **yes).count() as f64 / n as f64,
    }
}

fn delivered(kind: &InputKind, sources: Sources) -> Option<bool> {
    let contacts = |kinds: &[String]| {
        kinds.iter().filter_map(|name| ContactKind::parse(name)).all(|kind| sources.has(kind.source()))
    };
    match kind {
        InputKind::Contact(spec) => Some(contacts(&spec.kinds)),
        InputKind::Peers(spec) => Some(contacts(&spec.contacts)),
        _ => source_of(kind).map(|source| sources.has(source)),
    }
}
