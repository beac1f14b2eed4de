//! The list: what is known of each person who got a place, and of those beside it, in no language yet.

use std::collections::BTreeMap;

use super::policy::Policy;
use super::priority::Priority;
use super::reasons::LineRef;
use super::rows::{
    ChildFacts, Correction, EventMark, Followed, GpRow, Hidden, Message, Orphan, Places, Rate, Returned, Review, Share,
    SuggestedTask,
};
use super::standing::HeldBack;
use crate::clinical::Day;
use crate::journal::patient::ContactRow;
use crate::journal::whole::Member;
use crate::model::ruleset::OutreachRole;
use crate::score::result::{Explained, Score};
use crate::store::{Credit, Entry, Place, Resource, Section};

/// One week's list.
#[derive(Debug, Clone, PartialEq)]
pub struct List {
    pub index_day: Day,
    /// Index day of the run that made this week's list; it is frozen from then on.
    pub frozen_on: Day,
    /// Adults, by rank. Ranks are not given anew during a week, so they may have gaps.
    pub rows: Vec<Row>,
    /// The children's track, by rank.
    pub children: Vec<Row>,
    /// Those who are told of without a place.
    pub beside: Beside,
    /// New people the week has room for, K.
    pub capacity: usize,
    /// Where the capacity comes from.
    pub places: Places,
    /// The groups' shares of it, in the order of the policy.
    pub shares: Vec<Share>,
    /// Who was selected of whom, small numbers hidden.
    pub selection: Vec<Rate>,
    /// How many are hidden by a decision, by its kind. Never who.
    pub hidden: Hidden,
    pub candidates: usize,
    pub tied_at_cut: usize,
    pub held_back: HeldBack,
    /// Index day of the list that changes are told against.
    pub previous: Option<Day>,
    pub resources: Vec<Resource>,
    /// What the list was made by.
    pub policy: Policy,
}

/// Who stands beside the places.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Beside {
    /// Due for review this week or before, the oldest first.
    pub reviews: Vec<Review>,
    /// Events for those who follow someone already.
    pub messages: Vec<Message>,
    /// For the doctor's own page alone.
    pub gp_only: Vec<GpRow>,
    /// Facts to be put right in the journal.
    pub corrections: Vec<Correction>,
    /// Tasks whose owner is away or gone.
    pub orphans: Vec<Orphan>,
    /// Chosen in the last four weeks, or due for review: for forms and notes.
    pub selected: Vec<Followed>,
    /// In the last four weeks judged not relevant, found wrong, or added by hand: where team and list disagree.
    pub disagreements: Vec<Followed>,
}

/// One person on the list.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Opaque key by which a decision names this row; empty until the run gives one.
    pub key: String,
    pub section: Section,
    pub rank: usize,
    pub member: Member,
    /// How she got her place.
    pub place: Place,
    pub priority: Priority,
    /// Level of the band by rule-set id, of every set that takes part.
    pub levels: BTreeMap<String, u8>,
    /// Her target groups from moderate on, highest band first.
    pub groups: Vec<Group>,
    pub change: Change,
    /// Every line that gave points in those groups, the most telling first.
    pub reasons: Vec<LineRef>,
    /// Lines about contact that did not come about.
    pub quiet: Vec<LineRef>,
    pub last_contact: Option<ContactRow>,
    pub next_appointment: Option<Day>,
    /// Names of services that run on the index day.
    pub services: Vec<String>,
    /// Suggested tasks, the first one first; at most three.
    pub tasks: Vec<SuggestedTask>,
    pub minutes: u32,
    /// Weeks on the list without a decision before this one.
    pub weeks_waiting: u32,
    /// Undecided for so long that she asks, once.
    pub asks: bool,
    /// What broke a decision, newest first.
    pub events: Vec<EventMark>,
    /// Why she is here again.
    pub returned: Option<Returned>,
    /// The newest decision on her.
    pub decision: Option<Entry>,
    /// Only on the children's track.
    pub child: Option<ChildFacts>,
    /// Newest fact of her journal up to the index day.
    pub newest_fact: Option<Day>,
    /// When she came onto the list, or the oldest fact of her journal.
    pub known_since: Option<Day>,
    /// Lines of her groups that could not be assessed.
    pub unknown_lines: usize,
    /// Every rule set's answer with all its lines. Of the questions that the policy alone asks, only those that the row shows.
    pub explained: Vec<Explained>,
}

/// A target group and where she stands in it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Group {
    pub model: usize,
    pub role: OutreachRole,
    pub level: u8,
    pub score: Score,
}

/// How a row stands against the last decision on her, or against the list before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// There was no list before this one.
    FirstList,
    New,
    Worse,
    Unchanged,
}

impl List {
    /// The groups' credits after this week's places.
    #[must_use]
    pub fn credits(&self) -> Vec<Credit> {
        let credit = |share: &Share| Credit { group: share.group.clone(), hundredths: share.after };
        self.shares.iter().map(credit).collect()
    }

    /// Rows that hold a place: adults, then children.
    pub fn placed(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().chain(&self.children)
    }

    /// Rows of people whose decision an event broke.
    pub fn broken_through(&self) -> impl Iterator<Item = &Row> {
        self.placed().filter(|row| matches!(row.place, Place::BreakThrough(_)))
    }

    /// Every row of any part, such as for giving each its key.
    pub fn every_row(&mut self) -> impl Iterator<Item = &mut Row> {
        let Beside { reviews, messages, gp_only, corrections, orphans, selected, disagreements } = &mut self.beside;
        let reviews = reviews.iter_mut().map(|review| &mut review.row);
        let messages = messages.iter_mut().map(|message| &mut message.row);
        let gp_only = gp_only.iter_mut().map(|row| &mut row.row);
        let corrections = corrections.iter_mut().map(|correction| &mut correction.row);
        let orphans = orphans.iter_mut().map(|orphan| &mut orphan.row);
        let followed = selected.iter_mut().chain(disagreements).map(|followed| &mut followed.row);
        self.rows
            .iter_mut()
            .chain(&mut self.children)
            .chain(reviews)
            .chain(messages)
            .chain(gp_only)
            .chain(corrections)
            .chain(orphans)
            .chain(followed)
    }
}
