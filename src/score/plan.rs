//! Rule sets compiled for the one pass: deduplicated questions, and for each rule set which of them give points.

use super::bits;
use super::closer::Closer;
use super::direct::Direct;
use super::eager::Eager;
use super::members::Members;
use super::memo::Basis;
use super::node::{Node, NodeId, NodeKind};
use super::population::Population;
use super::ranks::{FEW, Ranks};
use super::silent::Silent;
use crate::clinical::{Points, Tri};
use crate::journal::tables::Sources;
use crate::model::RuleSet;
use crate::model::ruleset::{BandLimit, Bound, Weight};
use crate::observe::Lexicon;
use crate::observe::facts::{DiagnosisFact, MedicineFact, PatientFacts};

/// Everything that scoring needs and no patient changes.
#[derive(Debug)]
pub struct Plan {
    pub lexicon: Lexicon,
    pub sources: Sources,
    /// The first `seen` nodes are the bits that the pass sets itself.
    pub nodes: Vec<Node>,
    pub seen: usize,
    pub ranks: Ranks,
    pub models: Vec<ModelPlan>,
    /// Days before the index day on which rule sets are asked, 0 first.
    pub offsets: Vec<u32>,
    /// Bit set of selectors of each class, `selector_words` words a class.
    pub class_selectors: Vec<u64>,
    pub selector_words: usize,
    /// Nodes answered before any patient is read, as bit sets.
    pub constant: Constants,
    /// Questions that count the diagnoses which a bit of the pass has found: word, bits, and the questions of each bit.
    pub counted: Vec<(usize, u64)>,
    pub counted_of_bit: Vec<Vec<NodeId>>,
    /// Questions of medicines that are more than a bit, and that the pass answers.
    pub medicines: Closer,
    /// Whether any question is about substances, whose rows must follow one another.
    pub asks_substances: bool,
    /// Questions that are answered for those who have no facts of their kind.
    pub silent: Silent,
    /// Joined questions that are answered with the pass.
    pub eager: Eager,
    /// The members of each joined question.
    pub members: Vec<Members>,
    /// The population of each rule set.
    pub populations: Vec<Population>,
    /// Questions of the person alone, which the pass answers.
    pub person: Vec<NodeId>,
    /// Questions of age, with their limits.
    pub ages: Vec<(NodeId, Option<i32>, Option<i32>)>,
    /// Rule sets that others ask for.
    pub asked_models: Vec<usize>,
    /// The rule sets that are sums of bits.
    pub direct: Vec<Option<Direct>>,
    /// What the outcome of each other rule set follows from, where it follows from answers alone.
    pub basis: Vec<Option<Basis>>,
    /// Number of peer tables.
    pub peer_tables: usize,
}

/// Bit sets over nodes.
#[derive(Debug, Default, Clone)]
pub struct Constants {
    pub yes: Vec<u64>,
    pub unknown: Vec<u64>,
    pub done: Vec<u64>,
}

/// One rule set, compiled.
#[derive(Debug)]
pub struct ModelPlan {
    pub id: String,
    pub version: String,
    pub inside: Vec<NodeId>,
    pub outside: Vec<NodeId>,
    /// Whether one of the gate's questions must be yes.
    pub gated: bool,
    /// Those of them that the pass answers.
    pub gate_bits: Vec<u64>,
    pub gate_any: Vec<NodeId>,
    pub gate_sums: Vec<(usize, Points)>,
    pub criteria: Vec<CriterionPlan>,
    /// Words of the bit sets in which criteria are answered by the pass, with their bits, and those of them that are
    /// unknown when not set.
    pub quick: Vec<(usize, u64, u64)>,
    /// Criterion of each bit that the pass answers; `u16::MAX` for none.
    pub criterion_of_bit: Vec<u16>,
    /// Criteria that must be asked one by one.
    pub asked: Vec<u16>,
    /// Least total of each cap group; `None` is open.
    pub caps: Vec<Option<Points>>,
    /// Neither caps, hierarchies nor a gate: the value is a plain sum.
    pub plain: bool,
    pub bands: Vec<Bound>,
    pub band_setter: Option<(NodeId, Vec<(f64, usize)>)>,
    pub band_limit: Option<BandLimit>,
    /// Nodes of the inputs, in the rule set's order.
    pub inputs: Vec<NodeId>,
    /// Whether another rule set takes this one's result.
    pub is_asked: bool,
    /// Share of the questions put to the journal whose source was delivered.
    pub assessable: f64,
}

#[derive(Debug)]
pub struct CriterionPlan {
    pub node: NodeId,
    /// The question whose facts are told.
    pub shown: NodeId,
    pub weight: Weight,
    pub cap: Option<usize>,
    /// Criteria that silence this one.
    pub silenced_by: Vec<u16>,
    /// What it could add when its answer is unknown.
    pub least: Points,
    pub most: Points,
}

/// Rule sets ask for more than the small facts of one pass can tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the rule sets tell {found} {what} apart, and one pass at most {most}: score fewer rule sets at a time")]
pub struct TooMuch {
    pub what: &'static str,
    pub found: usize,
    pub most: usize,
}

impl Plan {
    /// Compiles checked rule sets for a journal that delivered `sources`.
    #[must_use]
    pub fn new(rule_sets: &[RuleSet], sources: Sources) -> Plan {
        super::build::build(rule_sets, sources)
    }

    /// Whether facts can tell all apart that is asked for.
    ///
    /// # Errors
    /// With what is too much.
    pub fn fits(&self) -> Result<(), TooMuch> {
        // What nothing asks for is told apart, too.
        let groups = (self.lexicon.matcher.classes(), DiagnosisFact::MAX_CLASSES, "groups of codes");
        let sources = (self.lexicon.diagnosis_sources.len() + 1, DiagnosisFact::MAX_SOURCES, "sources of diagnoses");
        let too_much = |(found, most, _): &(usize, usize, &str)| found > most;
        match [groups, sources].into_iter().find(too_much) {
            Some((found, most, what)) => Err(TooMuch { what, found: found - 1, most: most - 1 }),
            None => Ok(()),
        }
    }

    /// A patient's facts as the questions expect them.
    #[must_use]
    pub fn ordered<'b, 'f: 'b>(&self, facts: PatientFacts<'f>, buffer: &'b mut Vec<MedicineFact>) -> PatientFacts<'b> {
        if self.asks_substances { facts.in_order(buffer) } else { facts }
    }

    /// Words of a bit set over all nodes.
    #[must_use]
    pub fn words(&self) -> usize {
        words(&self.nodes)
    }

    #[must_use]
    pub fn class_has(&self, class: crate::observe::ClassId, selector: crate::observe::SelectorId) -> bool {
        let word = self.class_selectors[class.0 as usize * self.selector_words + selector.0 as usize / 64];
        word >> (selector.0 % 64) & 1 == 1
    }

    #[must_use]
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.index()]
    }
}

/// Words of a bit set over these nodes; never fewer than are added as a whole.
fn words(nodes: &[Node]) -> usize {
    nodes.len().div_ceil(64).max(FEW)
}

impl Constants {
    /// The answers with which a patient begins: those that no patient changes, and those that the pass sets right.
    #[must_use]
    pub fn of(nodes: &[Node]) -> Constants {
        let words = words(nodes);
        let mut sets = Constants { yes: vec![0; words], unknown: vec![0; words], done: vec![0; words] };
        for (id, node) in nodes.iter().enumerate() {
            let first = match node.kind {
                NodeKind::Always(answer) => answer,
                // The pass answers these whenever they are not no.
                NodeKind::Seen { .. } | NodeKind::SeenAny { .. } | NodeKind::Age { .. } => Tri::No,
                // The pass asks these of everyone; here stands what most answer.
                NodeKind::Sex(_) => Tri::No,
                NodeKind::LivesAlone => node.missing,
                NodeKind::OnList { .. } => Tri::Yes,
                NodeKind::Diagnosis { .. } | NodeKind::Medicine { .. } if node.missing != Tri::Yes => node.missing,
                _ => continue,
            };
            sets.settle(NodeId(id as u32), first);
        }
        sets
    }

    /// Notes an answer.
    pub(super) fn settle(&mut self, id: NodeId, truth: Tri) {
        let (word, bit) = bits::place(id);
        self.done[word] |= bit;
        self.yes[word] |= if truth == Tri::Yes { bit } else { 0 };
        self.unknown[word] |= if truth == Tri::Unknown { bit } else { 0 };
    }
}
