//! The questions of all rule sets, deduplicated: a graph of nodes, each answered at most once per patient and day.

use crate::clinical::{Points, Sex, Tri, Window};
use crate::model::ruleset::{Contact, Diagnosis, Function, Measurement, Medicine, ModelInput, Peers, Service};
use crate::observe::SelectorId;

/// Index of a node; also its bit in the yes and unknown sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

impl NodeId {
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// One question.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    pub kind: NodeKind,
    /// Answer when the source holds nothing for this person.
    pub missing: Tri,
}

/// Where the codes that a question asks for stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Table {
    Diagnoses,
    Medicines,
}

#[derive(Debug, Clone, PartialEq)]
pub enum NodeKind {
    /// The answer is known before any patient is read.
    Always(Tri),
    /// A code of the selector on any day of the window: answered by the pass itself, bit by bit.
    Seen {
        table: Table,
        selector: SelectorId,
        window: Window,
    },
    /// One of several such questions, answered by the pass as one.
    SeenAny {
        seen: Vec<(SelectorId, Window)>,
        of: Vec<NodeId>,
    },
    /// A diagnosis with more to ask than that; no when its `seen` is no.
    Diagnosis {
        selector: SelectorId,
        seen: NodeId,
        sources: Vec<u8>,
        spec: Diagnosis,
    },
    Medicine {
        selector: SelectorId,
        spec: Medicine,
    },
    Measurement {
        analyte: u16,
        spec: Measurement,
    },
    Contact(ContactNode),
    Function {
        items: Vec<u16>,
        spec: Function,
    },
    Service {
        services: Vec<u16>,
        except: Vec<u16>,
        spec: Service,
    },
    Age {
        from: Option<i32>,
        below: Option<i32>,
    },
    Sex(Sex),
    LivesAlone,
    OnList {
        days: u32,
        shorter: Tri,
    },
    Any(Vec<NodeId>),
    All(Vec<NodeId>),
    None(Vec<NodeId>),
    AtLeast {
        n: u32,
        of: Vec<NodeId>,
    },
    /// Distinct days of the facts of several questions, counted together.
    DaysOf {
        of: Vec<NodeId>,
        days: u32,
        apart: u32,
    },
    /// Days of the first on which each of the others has a fact, or soon after.
    Together {
        of: Vec<NodeId>,
        days: u32,
        after: u32,
    },
    Model {
        model: usize,
        question: ModelQuestion,
    },
    Peers(Box<PeersNode>),
}

impl NodeKind {
    /// Whether the patients table alone answers it, other than an age.
    #[must_use]
    pub fn is_of_person(&self) -> bool {
        matches!(self, NodeKind::Sex(_) | NodeKind::LivesAlone | NodeKind::OnList { .. })
    }
}

impl NodeKind {
    /// Whether the pass answers it itself, bit by bit.
    #[must_use]
    pub fn is_bit(&self) -> bool {
        matches!(self, NodeKind::Seen { .. } | NodeKind::SeenAny { .. })
    }

    /// The questions that it joins.
    #[must_use]
    pub fn joined(&self) -> &[NodeId] {
        match self {
            NodeKind::SeenAny { of, .. }
            | NodeKind::Any(of)
            | NodeKind::All(of)
            | NodeKind::None(of)
            | NodeKind::AtLeast { of, .. }
            | NodeKind::DaysOf { of, .. }
            | NodeKind::Together { of, .. } => of,
            _ => &[],
        }
    }

    /// The nodes it builds on.
    pub fn members_mut(&mut self) -> Vec<&mut NodeId> {
        match self {
            NodeKind::Diagnosis { seen, .. } => vec![seen],
            NodeKind::SeenAny { of, .. }
            | NodeKind::Any(of)
            | NodeKind::All(of)
            | NodeKind::None(of)
            | NodeKind::AtLeast { of, .. }
            | NodeKind::DaysOf { of, .. }
            | NodeKind::Together { of, .. } => of.iter_mut().collect(),
            NodeKind::Peers(peers) => peers.morbidity.iter_mut().chain(&mut peers.eligible).collect(),
            _ => Vec::new(),
        }
    }
}

/// A contact question, its kinds as bit sets. Kinds whose source was not delivered are left out: their rows are not read.
#[derive(Debug, Clone, PartialEq)]
pub struct ContactNode {
    pub kinds: u16,
    pub all_delivered: bool,
    /// Whether every kind that could answer such a contact was delivered.
    pub answers_delivered: bool,
    /// Answer when kinds are missing and those delivered do not settle it.
    pub undelivered: Tri,
    pub roles: Vec<u16>,
    pub answered_by: u16,
    pub spec: Contact,
}

/// What is asked of another rule set.
#[derive(Debug, Clone, PartialEq)]
pub struct ModelQuestion {
    pub days_ago: u32,
    /// Indices of the bands that answer yes; empty when points are asked.
    pub bands: Vec<usize>,
    pub at_least: Option<Points>,
    pub below: Option<Points>,
    pub as_points: bool,
}

impl ModelQuestion {
    #[must_use]
    pub fn new(input: &ModelInput, bands: Vec<usize>) -> ModelQuestion {
        ModelQuestion {
            days_ago: input.days_ago,
            bands,
            at_least: input.at_least,
            below: input.below,
            as_points: input.as_points,
        }
    }
}

/// A comparison with peers; `table` is its number among the norms.
#[derive(Debug, Clone, PartialEq)]
pub struct PeersNode {
    pub table: usize,
    pub contacts: ContactNode,
    pub morbidity: Vec<NodeId>,
    pub eligible: Vec<NodeId>,
    pub spec: Peers,
}
