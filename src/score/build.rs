//! Compiles rule sets into a [`Plan`].

use super::asked::source_of;
use super::closer::Closer;
use super::compile::compile_model;
use super::direct::Direct;
use super::eager::Eager;
use super::fold::{Folded, bits_first, fold};
use super::members::Members;
use super::memo::Basis;
use super::node::{ContactNode, ModelQuestion, Node, NodeId, NodeKind, PeersNode, Table};
use super::plan::{Constants, ModelPlan, Plan};
use super::population::Population;
use super::ranks::Ranks;
use super::silent::Silent;
use super::words::{Words, instrument_item};
use crate::clinical::{CodeSystem, Tri};
use crate::journal::tables::{ContactKind, Sources};
use crate::model::RuleSet;
use crate::model::ruleset::{
    Codes, Contact, Diagnosis, Input, InputId, InputKind, Measurement, Medicine, Missing, Peers, Service, Usage,
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
        let selector = self.selector(CodeSystem::Icd10, &spec.codes);
        let kind = NodeKind::Seen { table: Table::Diagnoses, selector, window: spec.window };
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
            InputKind::Medicine(spec) => self.medicine(spec, input.missing),
            InputKind::Measurement(spec) => self.measurement(spec),
            InputKind::Contact(spec) => match self.contact(spec, tri(input.undelivered)) {
                // Of what was not delivered no row can tell.
                node if node.kinds == 0 && !node.all_delivered => NodeKind::Always(node.undelivered),
                node => NodeKind::Contact(node),
            },
            InputKind::Function(spec) => self.function(spec),
            InputKind::Service(spec) => self.service(spec),
            InputKind::Age { from, below } => NodeKind::Age { from: *from, below: *below },
            InputKind::Sex(sex) => NodeKind::Sex(*sex),
            InputKind::LivesAlone => NodeKind::LivesAlone,
            InputKind::OnList { days, shorter } => NodeKind::OnList { days: *days, shorter: tri(*shorter) },
            InputKind::Any(ids) => NodeKind::Any(of(ids)),
            InputKind::All(ids) => NodeKind::All(of(ids)),
            InputKind::None(ids) => NodeKind::None(of(ids)),
            InputKind::AtLeast { n, of: ids } => NodeKind::AtLeast { n: *n, of: of(ids) },
            InputKind::DaysOf { of: ids, days, apart } => NodeKind::DaysOf { of: of(ids), days: *days, apart: *apart },
            InputKind::Together { of: ids, days, after } => {
                NodeKind::Together { of: of(ids), days: *days, after: *after }
            }
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

    fn medicine(&self, spec: &Medicine, missing: Missing) -> NodeKind {
        let selector = self.selector(CodeSystem::Atc, &spec.codes);
        let plain = spec.usage == Usage::Any && spec.at_least == 1 && spec.apart <= 1;
        if plain && missing == Missing::No {
            return NodeKind::Seen { table: Table::Medicines, selector, window: spec.window };
        }
        NodeKind::Medicine { selector, spec: spec.clone() }
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
            doubled_since: None,
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
        let (counted, counted_of_bit) = counted(&self.nodes, seen);
        let age = |(id, node): (usize, &Node)| match node.kind {
            NodeKind::Age { from, below } => Some((NodeId(id as u32), from, below)),
            _ => None,
        };
        let of_person = |(id, node): (usize, &Node)| node.kind.is_of_person().then_some(NodeId(id as u32));
        let mut constant = Constants::of(&self.nodes);
        let eager = Eager::of(&self.nodes, &mut constant);
        let mut plan = Plan {
            members: Members::of_all(&self.nodes, &constant),
            populations: models.iter().map(|model| Population::of(model, &constant)).collect(),
            silent: Silent::of(&self.nodes, &constant),
            constant,
            eager,
            asks_substances: self.nodes.iter().any(|node| matches!(node.kind, NodeKind::Medicine { .. })),
            medicines: Closer::of(&self.nodes, matcher.classes(), has),
            person: self.nodes.iter().enumerate().filter_map(of_person).collect(),
            ages: self.nodes.iter().enumerate().filter_map(age).collect(),
            asked_models: (0..models.len()).filter(|model| models[*model].is_asked).collect(),
            direct: models.iter().map(Direct::of).collect(),
            basis: Vec::new(),
            ranks: Ranks::new(&self.nodes[..seen], matcher, !counted.is_empty()),
            counted,
            counted_of_bit,
            offsets: offsets(&self.nodes),
            lexicon: self.lexicon,
            sources: self.sources,
            nodes: self.nodes,
            seen,
            models,
            class_selectors,
            selector_words,
            peer_tables: self.peer_tables,
        };
        let basis = |model: usize| if plan.direct[model].is_some() { None } else { Basis::of(&plan, model) };
        plan.basis = (0..plan.models.len()).map(basis).collect();
        plan
    }
}

/// The questions that look closer at what the pass has found, by the bit that makes them worth asking.
fn counted(nodes: &[Node], seen: usize) -> (Vec<(usize, u64)>, Vec<Vec<NodeId>>) {
    let mut of_bit = vec![Vec::new(); seen];
    for (id, node) in nodes.iter().enumerate() {
        if let NodeKind::Diagnosis { seen, .. } = &node.kind
            && node.missing != Tri::Yes
        {
            of_bit[seen.index()].push(NodeId(id as u32));
        }
    }
    let pack = |word: &[Vec<NodeId>]| {
        word.iter().enumerate().fold(0, |bits, (i, asking)| bits | u64::from(!asking.is_empty()) << i)
    };
    let words = of_bit.chunks(64).map(pack).enumerate().filter(|(_, bits)| *bits != 0).collect();
    (words, of_bit)
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
