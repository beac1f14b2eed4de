//! The questions that a rule set may put to a journal.

pub use super::values::*;
use crate::clinical::{Code, Points, Sex, Text, Window};

/// Index into [`super::RuleSet::inputs`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InputId(pub usize);

/// One named question to the journal.
#[derive(Debug, Clone)]
pub struct Input {
    /// Name in the file; one from a shared library is `library/name`.
    pub name: String,
    /// What readers call it; the frame sentence of conditions uses it.
    pub label: Option<Text>,
    /// Shown to the coordinator only as «known to the GP».
    pub sensitive: bool,
    pub kind: InputKind,
    /// Answer when the source was delivered but holds nothing for this person.
    pub missing: Missing,
    /// Answer when the source was not delivered at all.
    pub undelivered: Missing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Missing {
    No,
    Unknown,
    Yes,
}

#[derive(Debug, Clone)]
pub enum InputKind {
    Diagnosis(Diagnosis),
    Medicine(Medicine),
    Measurement(Measurement),
    Contact(Contact),
    Function(Function),
    Service(Service),
    /// Completed years on the index day: `from` ≤ age < `below`.
    Age {
        from: Option<i32>,
        below: Option<i32>,
    },
    Sex(Sex),
    LivesAlone,
    /// On the practice's list for at least so many days.
    OnList {
        days: u32,
        /// Answer for those who are on the list for a shorter time.
        shorter: Missing,
    },
    Any(Vec<InputId>),
    All(Vec<InputId>),
    /// Yes when every one of them is no.
    None(Vec<InputId>),
    /// Yes when at least `n` of them are yes; its count is how many are.
    AtLeast {
        n: u32,
        of: Vec<InputId>,
    },
    /// Distinct days on which one of them has a fact: at least `days`, each at least `apart` after the one before.
    ///
    /// They ask for diagnoses, contacts, or medicines by `Any` or `Begun`, one day or substance each.
    DaysOf {
        of: Vec<InputId>,
        days: u32,
        apart: u32,
    },
    /// Days of the first on which each of the others has a fact, or at most `after` days later: at least `days` of them.
    ///
    /// They ask for what [`InputKind::DaysOf`] may ask for.
    Together {
        of: Vec<InputId>,
        days: u32,
        after: u32,
    },
    /// Another rule set's result, on the index day or an earlier one.
    Model(ModelInput),
    /// Fewer contacts than expected among peers.
    Peers(Peers),
}

/// A set of codes: what a journal's code must be covered by, and what it must not.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Codes {
    /// Sorted, without duplicates; empty means every code of the systems in `any_of_system`.
    pub include: Vec<Code>,
    pub except: Vec<Code>,
}

/// Coded diagnoses on at least `days` distinct days of the window, each at least `apart` days after the one before.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Diagnosis {
    pub codes: Codes,
    pub window: Window,
    pub days: u32,
    pub apart: u32,
    /// Only codes from these parts of the service (`gp`, `hospital`, `municipal`); empty means all.
    pub from: Vec<String>,
    /// Only days on which the patient was at least so old.
    pub aged_from: Option<i32>,
    /// Count distinct codes rather than distinct days, and ask for `days` of them.
    pub distinct_codes: bool,
}

/// Prescribed or dispensed medicines; its count is the number of distinct substances (ATC level 5), or of days for `Any`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Medicine {
    /// Empty `include` means every medicine.
    pub codes: Codes,
    pub usage: Usage,
    /// For [`Usage::Any`] and [`Usage::AnyRegular`]: the days that count. For the others the definition of the usage rules.
    pub window: Window,
    /// At least so many distinct substances; for [`Usage::Any`] so many distinct days.
    pub at_least: u32,
    /// For [`Usage::Any`]: days between those that count, as for diagnoses.
    pub apart: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Usage {
    /// Any prescription or dispensing in the window.
    Any,
    /// Not stopped, and last prescribed or dispensed within 455 days.
    Current,
    /// Current, and meant for regular use (as-needed never counts; unstated counts).
    Regular,
    /// Regular, not stopped, and the last supply ended more than 45 days ago (without supply: prescribed > 455 days ago).
    Lapsed,
    /// A substance of which the first row ever lies in the window.
    Begun,
    /// Any prescription or dispensing in the window that is not as-needed.
    AnyRegular,
    /// Substances of which the first regular row ever lies in the window, less those stopped in it.
    Added,
}

impl Usage {
    /// Whether distinct days are counted rather than substances.
    #[must_use]
    pub fn counts_days(self) -> bool {
        matches!(self, Usage::Any | Usage::AnyRegular)
    }

    /// Whether the window says which rows count.
    #[must_use]
    pub fn has_window(self) -> bool {
        self.counts_days() || matches!(self, Usage::Begun | Usage::Added)
    }
}

/// Contacts, or missed ones, on at least `days` distinct days.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Contact {
    /// Canonical kinds, see [`crate::journal::tables::ContactKind`].
    pub kinds: Vec<String>,
    pub window: Window,
    pub days: u32,
    /// Only contacts by these roles (`gp`, `nurse`, …); empty means all.
    pub roles: Vec<String>,
    /// Contacts of these kinds on or after the day cancel it (a booking answers a recall).
    pub answered_by: Vec<String>,
    /// At least twice as many days, for its length, as in so many days before the window.
    pub doubled_since: Option<u32>,
}

/// A function score: an instrument, one or more of its items, a limit.
#[derive(Debug, Clone, PartialEq)]
pub struct Function {
    pub instrument: String,
    /// Empty means the instrument's total.
    pub items: Vec<String>,
    pub window: Window,
    pub test: Test,
    /// At least so many of the items must pass.
    pub at_least: u32,
    /// Values that stand for «not relevant» and never count (IPLOS 9).
    pub ignore: Vec<i64>,
}

/// Municipal and other services and plans.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Service {
    /// Empty means every service.
    pub services: Vec<String>,
    pub except: Vec<String>,
    pub state: ServiceState,
    /// For started and ended ones; active ones are judged on the last day of the window.
    pub window: Window,
    /// At least so many distinct services.
    pub at_least: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ServiceState {
    Active,
    Started,
    Ended,
    /// Active on some day of the window.
    Seen,
}

/// Another rule set's result as an answer. Exactly one of `bands` and `points` speaks.
#[derive(Debug, Clone, PartialEq)]
pub struct ModelInput {
    pub id: String,
    /// Index of the other rule set among those loaded; set by the catalogue.
    pub bands: Vec<String>,
    pub at_least: Option<Points>,
    pub below: Option<Points>,
    /// The same question on an earlier index day.
    pub days_ago: u32,
    /// Its value is the other set's points, to be used as points by a criterion.
    pub as_points: bool,
}

/// Distinct contact days compared with those of peers: same age band, sex and morbidity band (TARGET_GROUPS 2.7).
#[derive(Debug, Clone, PartialEq)]
pub struct Peers {
    pub contacts: Vec<String>,
    pub window: Window,
    /// Lower ends of the age bands, ascending; the first is the least age that takes part.
    pub age_bands: Vec<i32>,
    /// Ages from which the two wide bands of the widening begin.
    pub wide_age_from: i32,
    /// Conditions that are counted.
    pub morbidity: Vec<InputId>,
    /// Lower ends of the bands of that count, ascending, the first 0.
    pub morbidity_bands: Vec<u32>,
    /// Count from which the wide morbidity band begins.
    pub wide_morbidity_from: u32,
    pub least_peers: u32,
    /// Contact days above this count as this.
    pub capped_at: u32,
    /// Below this mean the answer is no.
    pub least_mean: f64,
    /// Yes when fewer than the mean, and the lower tail is at most this.
    pub tail_at_most: f64,
    /// Only persons for whom all these are yes take part and are judged.
    pub eligible: Vec<InputId>,
}
