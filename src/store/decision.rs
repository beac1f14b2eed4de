//! What a coordinator may decide about one person, and what each decision must hold.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::clinical::{Day, Language};

/// A refusal is noted at most so many days after it was said; further back is a slip of the pen (PROPOSAL).
pub const SAID_WITHIN: i32 = 365;

/// How many days on the day that a decision names may lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    pub least: i32,
    /// Where the decision names no day.
    pub usual: i32,
    pub most: i32,
}

/// How far the decisions of each kind may reach, as the practice's policy states it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// To the review of someone who was selected.
    pub review: Days,
    pub not_now: Days,
    pub followed: Days,
    pub judged: Days,
}

/// The seven decisions, without what they hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecisionKind {
    Selected,
    NotNow,
    Declined,
    AlreadyFollowed,
    WrongData,
    NotRelevant,
    AddedByHand,
}

/// One decision with all that it must hold. Days are checked against its own day when it is taken in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Decision {
    /// «Valgt»: agreement with the list.
    Selected {
        /// Name of a task in the vocabulary.
        task: String,
        /// Name of a resource: who answers for the task.
        owner: String,
        /// Within [`Limits::review`]; then she comes back as due for review, never as new.
        review_on: Iso,
        /// «Hva er viktig for deg?»; she is in follow-up only when it is answered.
        matters: Option<String>,
    },
    /// «Ikke nå før DATO»: hidden through the day before.
    NotNow { until: Iso },
    /// «Pasienten takket nei»: only the patient or the doctor reopens.
    Declined { scope: Scope, spoke: String, on: Iso },
    /// «Allerede fulgt opp»: hidden until that day.
    AlreadyFollowed { by: String, until: Iso },
    /// «Feil opplysning»: these facts are ignored for her until their source rows change.
    WrongData {
        /// The line of her row, counted from 1, as it was shown.
        line: usize,
        /// What the line said: rule set and criterion, for the list of corrections.
        rule_set: String,
        criterion: String,
        facts: Vec<FactRef>,
    },
    /// «Ikke aktuell, faglig vurdert»: hidden through the day before; disagreement with the rules that fired.
    NotRelevant { judged_by: Judge, reason: String, until: Iso },
    /// «Lagt til manuelt»: listed first, whatever she scores; counts as a miss.
    AddedByHand { reason: String },
}

/// What was declined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// This offer: she is not listed in any rule set.
    Offer,
    /// All outreach: the same as a reservation against contact.
    AllOutreach,
}

/// Who judged that someone does not belong on the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Judge {
    Doctor,
    Nurse,
}

/// One source row of the journal: ignored only while it reads exactly so.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FactRef {
    /// Name of the canonical table.
    pub table: String,
    /// Code, kind, item or service, for people to find it by.
    pub code: String,
    pub on: Option<Iso>,
    /// All cells of the row, in canonical order.
    pub row: String,
}

/// A day that is written `yyyy-mm-dd` wherever it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Iso(pub Day);

impl Serialize for Iso {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Iso {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Iso, D::Error> {
        let text = String::deserialize(deserializer)?;
        Day::parse_iso(&text).map(Iso).ok_or_else(|| serde::de::Error::custom("not a day"))
    }
}

/// A decision as it stands in the store: never changed, only answered by a later entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Counts all entries from 1, in the order they were taken in.
    pub number: i64,
    /// The patient's id in tonight's extract.
    pub patient: String,
    /// The day it was decided.
    pub decided_on: Day,
    /// Who decided, and as what; empty when the file does not say.
    pub by: String,
    pub role: String,
    pub note: String,
    pub decision: Decision,
    /// The list it was decided on and how she stood there; `None` when she was added by hand.
    pub seen: Option<Seen>,
    /// Children: whether a parent or guardian spoke.
    pub by_guardian: bool,
}

/// How she stood on the list that a decision speaks of: what later changes are told against.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// Index day of that list, `yyyy-mm-dd`.
    pub list: String,
    pub priority: i32,
    /// Level of the band by rule-set id.
    pub levels: BTreeMap<String, u8>,
    /// Version by rule-set id of the sets that put her there.
    pub versions: BTreeMap<String, String>,
}

impl DecisionKind {
    pub const ALL: [DecisionKind; 7] = [
        DecisionKind::Selected,
        DecisionKind::NotNow,
        DecisionKind::Declined,
        DecisionKind::AlreadyFollowed,
        DecisionKind::WrongData,
        DecisionKind::NotRelevant,
        DecisionKind::AddedByHand,
    ];

    /// The word in files and in the store.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            DecisionKind::Selected => "selected",
            DecisionKind::NotNow => "not_now",
            DecisionKind::Declined => "declined",
            DecisionKind::AlreadyFollowed => "already_followed",
            DecisionKind::WrongData => "wrong_data",
            DecisionKind::NotRelevant => "not_relevant",
            DecisionKind::AddedByHand => "added_by_hand",
        }
    }
}

/// What may be chosen in the decision field: the seven decisions, a refusal in its two scopes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Choice {
    pub kind: DecisionKind,
    /// Only for [`DecisionKind::Declined`].
    pub scope: Option<Scope>,
}

impl Choice {
    /// In the order they are offered.
    pub const ALL: [Choice; 8] = [
        Choice { kind: DecisionKind::Selected, scope: None },
        Choice { kind: DecisionKind::NotNow, scope: None },
        Choice { kind: DecisionKind::Declined, scope: Some(Scope::Offer) },
        Choice { kind: DecisionKind::Declined, scope: Some(Scope::AllOutreach) },
        Choice { kind: DecisionKind::AlreadyFollowed, scope: None },
        Choice { kind: DecisionKind::WrongData, scope: None },
        Choice { kind: DecisionKind::NotRelevant, scope: None },
        Choice { kind: DecisionKind::AddedByHand, scope: None },
    ];

    /// The word in the JSON that a page saves.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self.scope {
            Some(Scope::Offer) => "declined_offer",
            Some(Scope::AllOutreach) => "declined_all",
            None => self.kind.name(),
        }
    }

    /// What the drop-down says.
    #[must_use]
    pub fn label(self, language: Language) -> &'static str {
        let [nb, nn, en] = self.labels();
        match language {
            Language::Nb => nb,
            Language::Nn => nn,
            Language::En => en,
        }
    }

    /// In bokmål, nynorsk and English.
    #[must_use]
    pub fn labels(self) -> [&'static str; 3] {
        match (self.kind, self.scope) {
            (DecisionKind::Selected, _) => ["valgt", "vald", "selected"],
            (DecisionKind::NotNow, _) => ["ikke nå før", "ikkje no før", "not now until"],
            (DecisionKind::Declined, Some(Scope::AllOutreach)) => [
                "pasienten takket nei: all oppsøking",
                "pasienten takka nei: all oppsøking",
                "declined by patient: all outreach",
            ],
            (DecisionKind::Declined, _) => {
                ["pasienten takket nei: tilbudet", "pasienten takka nei: tilbodet", "declined by patient: this offer"]
            }
            (DecisionKind::AlreadyFollowed, _) => ["allerede fulgt opp", "alt følgt opp", "already followed up"],
            (DecisionKind::WrongData, _) => ["feil opplysning", "feil opplysing", "wrong data"],
            (DecisionKind::NotRelevant, _) => {
                ["ikke aktuell, faglig vurdert", "ikkje aktuell, fagleg vurdert", "not relevant (clinical)"]
            }
            (DecisionKind::AddedByHand, _) => ["lagt til manuelt", "lagd til manuelt", "added manually"],
        }
    }

    /// Reads the JSON word or a label in any of the three languages.
    #[must_use]
    pub fn parse(text: &str) -> Option<Choice> {
        let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        let wanted = plain(text);
        let matches =
            |choice: &Choice| choice.name() == wanted || choice.labels().iter().any(|label| plain(label) == wanted);
        Choice::ALL.into_iter().find(matches)
    }
}

impl Decision {
    /// As it is offered in the decision field.
    #[must_use]
    pub fn choice(&self) -> Choice {
        let scope = if let Decision::Declined { scope, .. } = self { Some(*scope) } else { None };
        Choice { kind: self.kind(), scope }
    }

    #[must_use]
    pub fn kind(&self) -> DecisionKind {
        match self {
            Decision::Selected { .. } => DecisionKind::Selected,
            Decision::NotNow { .. } => DecisionKind::NotNow,
            Decision::Declined { .. } => DecisionKind::Declined,
            Decision::AlreadyFollowed { .. } => DecisionKind::AlreadyFollowed,
            Decision::WrongData { .. } => DecisionKind::WrongData,
            Decision::NotRelevant { .. } => DecisionKind::NotRelevant,
            Decision::AddedByHand { .. } => DecisionKind::AddedByHand,
        }
    }

    /// The day from which she may be listed again; `None` when no day brings her back, or nothing hides her.
    #[must_use]
    pub fn back_on(&self) -> Option<Day> {
        match self {
            Decision::Selected { review_on: day, .. }
            | Decision::NotNow { until: day }
            | Decision::AlreadyFollowed { until: day, .. }
            | Decision::NotRelevant { until: day, .. } => Some(day.0),
            Decision::Declined { .. } | Decision::WrongData { .. } | Decision::AddedByHand { .. } => None,
        }
    }
}
