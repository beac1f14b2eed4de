//! Everyone sorted: candidates, children, those brought back, those hidden, and those for the doctor alone.

use std::collections::{BTreeMap, BTreeSet};

use super::candidate::Candidate;
use super::decided::{self, Judged, Verdict};
use super::events::{self, Since};
use super::fairness::Sizes;
use super::glance::Glance;
use super::panel::Panel;
use super::person::{People, Person};
use super::priority::is_candidate;
use super::rows::{GpReason, Hidden, Hiding};
use super::standing::{HeldBack, Register, Standing, is_child};
use super::state::Material;
use crate::journal::whole::Member;
use crate::model::ruleset::OutreachRole;

/// People by what may become of them this week.
#[derive(Debug, Default)]
pub struct Pool {
    /// In order.
    pub adults: Vec<Candidate>,
    /// In the order of the children's track.
    pub children: Vec<Candidate>,
    /// Of either age, in order: added by hand, and brought back by an event.
    pub by_hand: Vec<Candidate>,
    pub through: Vec<Candidate>,
    pub gp_only: Vec<(String, GpReason)>,
    pub held_back: HeldBack,
    pub hidden: Hidden,
    /// People on each doctor's list, for fair sharing.
    pub sizes: Sizes,
    /// Everyone who may be listed.
    pub listable: BTreeSet<String>,
    pub is_child: BTreeSet<String>,
    /// What each standing decision comes to tonight.
    pub judged: BTreeMap<String, Judged>,
}

impl Pool {
    /// Judges every standing decision.
    ///
    /// # Errors
    /// When a journal cannot be read.
    pub fn judge<S: People>(
        material: &Material,
        panel: &Panel,
        source: &S,
        people: &mut BTreeMap<String, Person>,
    ) -> Result<BTreeMap<String, Judged>, S::Error> {
        let standing = &material.state.standing;
        let members: BTreeMap<&str, &Member> = material.members.iter().map(|m| (m.id.as_str(), m)).collect();
        let wanted =
            standing.iter().filter(|(id, entry)| members.contains_key(id.as_str()) && decided::needs_journal(entry));
        people.extend(source.people(&wanted.map(|(id, _)| id.clone()).collect())?);
        let nobody = Person::default();
        let judge = |(id, entry): (&String, &crate::store::Entry)| {
            let person = people.get(id).unwrap_or(&nobody);
            let tonight = material.glances.get(id).map(|glance| glance.levels(panel)).unwrap_or_default();
            let since = Since {
                decided_on: entry.decided_on,
                on: material.on,
                then: entry.seen.as_ref().map(|seen| &seen.levels),
                tonight: &tonight,
                last_night: material.state.bands_before.get(id),
                explain_then: &|| source.explain(&person.journal, entry.decided_on),
            };
            let events = if decided::needs_journal(entry) { events::since(panel, person, since) } else { Vec::new() };
            (id.clone(), decided::judge(entry, material.on, &events, person, material.policy))
        };
        Ok(standing.iter().map(judge).collect())
    }

    /// Sorts everyone in the register.
    #[must_use]
    pub fn sort(material: &Material, panel: &Panel, judged: BTreeMap<String, Judged>) -> Pool {
        let register = Register::new(material.members, material.on, &material.state.reservations);
        let mut pool = Pool { judged, ..Pool::default() };
        for member in material.members {
            pool.add(member, material, panel, &register);
        }
        pool.adults.sort_by(|a, b| a.order().cmp(&b.order()));
        pool.by_hand.sort_by(|a, b| a.order().cmp(&b.order()));
        pool.through.sort_by(|a, b| a.order().cmp(&b.order()));
        pool.children.sort_by(|a, b| child_order(a, material).cmp(&child_order(b, material)));
        pool.gp_only.sort();
        pool
    }

    fn add(&mut self, member: &Member, material: &Material, panel: &Panel, register: &Register) {
        let glance = material.glances.get(&member.id);
        let child = is_child(member, material.on, material.policy.candidates.adult_from);
        let wanted = glance.is_some_and(|glance| is_wanted(glance, child, material));
        let judged = self.judged.get(&member.id).cloned().unwrap_or_default();
        let hidden = matches!(judged.verdict, Verdict::Hidden(_));
        let standing = Standing::of(member, glance, register);
        match standing {
            Standing::Listable => self.listed(member, glance, child, wanted, &judged, material, panel),
            Standing::Shielded if wanted && !hidden => self.gp_only.push((member.id.clone(), GpReason::Shielded)),
            Standing::GpOnly if !hidden => self.gp_only.push((member.id.clone(), GpReason::Palliative)),
            _ => {}
        }
        if standing != Standing::Listable && wanted && !hidden {
            self.held_back.add(standing);
        }
        // Protected people are counted nowhere.
        if !matches!(standing, Standing::Left | Standing::Shielded) {
            *self.sizes.entry(member.gp.clone()).or_default() += 1;
        }
    }

    #[expect(clippy::too_many_arguments, reason = "one person's whole situation")]
    fn listed(
        &mut self,
        member: &Member,
        glance: Option<&Glance>,
        child: bool,
        wanted: bool,
        judged: &Judged,
        material: &Material,
        panel: &Panel,
    ) {
        let id = &member.id;
        self.listable.insert(id.clone());
        if child {
            self.is_child.insert(id.clone());
        }
        if !judged.gp_only.is_empty() {
            self.gp_only.push((id.clone(), GpReason::SensitiveEvent));
        }
        let nothing = Glance::default();
        let glance = glance.unwrap_or(&nothing);
        let candidate = || {
            let weeks = material.weeks_waiting(id);
            Candidate::new(id, &member.gp, glance, weeks, material.key.tie(id, material.on), panel)
        };
        match &judged.verdict {
            Verdict::Hidden(why) => *self.hidden.entry(*why).or_default() += 1,
            Verdict::ByHand => self.by_hand.push(candidate()),
            Verdict::BreakThrough(_) => self.through.push(candidate()),
            Verdict::Free(_) if child && wanted => {
                if glance.coordinated && !glance.listed_again {
                    *self.hidden.entry(Hiding::HasCoordinator).or_default() += 1;
                } else {
                    self.children.push(candidate());
                }
            }
            Verdict::Free(_) if wanted => self.adults.push(candidate()),
            Verdict::Free(_) => {}
        }
    }
}

/// Whether her bands make her a candidate of her track.
fn is_wanted(glance: &Glance, child: bool, material: &Material) -> bool {
    if child {
        glance.level_of(OutreachRole::Children) >= material.policy.children.least
    } else {
        is_candidate(&glance.groups, material.policy)
    }
}

/// No recorded coordinator first, then the children's points, then the oldest fact, then as the adults.
fn child_order<'a>(candidate: &'a Candidate, material: &Material) -> impl Ord + use<'a> {
    let glance = material.glances.get(&candidate.patient);
    let coordinator = glance.is_some_and(|glance| glance.coordinator == Some(true));
    let points = glance.and_then(|glance| {
        let sets = glance.groups.iter().filter(|group| group.role == OutreachRole::Children);
        sets.map(|group| group.points).max()
    });
    let oldest = glance.and_then(|glance| glance.oldest);
    let rest = (std::cmp::Reverse(candidate.weeks), candidate.last_contact, &candidate.tie, &candidate.patient);
    (coordinator, std::cmp::Reverse(points), oldest.is_none(), oldest, rest)
}
