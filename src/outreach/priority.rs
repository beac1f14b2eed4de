//! Priority: a sum of shown parts. Nothing is multiplied, and nothing is hidden.

use super::glance::{Glance, GroupLevel};
use super::policy::Policy;
use crate::model::ruleset::OutreachRole;

/// What a part of the priority stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartKind {
    MainNeed {
        model: usize,
    },
    FurtherNeed {
        model: usize,
    },
    /// Further needs together reached their ceiling: minus points.
    FurtherNeedCeiling,
    /// How many domains are hit in need sets that count.
    Breadth {
        domains: usize,
    },
    Quiet {
        model: usize,
    },
    Rising {
        model: usize,
    },
    /// Services, teams and coordinators that follow her now, and how many of them are named coordinators.
    Coordination {
        services: u32,
        coordinators: u32,
    },
    /// Missed appointments; the sentence is that of this line.
    Missed {
        model: usize,
        criterion: usize,
    },
    /// It may be hard for her to coordinate her own care.
    HardToCoordinate,
    /// On last week's list without a decision.
    Stayed,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PriorityPart {
    pub kind: PartKind,
    pub points: i32,
}

/// The parts and their sum.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Priority {
    pub total: i32,
    pub parts: Vec<PriorityPart>,
    /// How many need sets are moderate or more; the first tie-breaker.
    pub needs: usize,
    /// Domains that are hit; the second one.
    pub domains: usize,
}

impl Priority {
    /// `weeks`: how many weeks she has been on the list without a decision.
    #[must_use]
    pub fn of(glance: &Glance, weeks: u32, panel: &super::Panel) -> Priority {
        let policy = panel.policy;
        let needs = needs(&glance.groups, policy);
        let mut parts = need_parts(&needs, policy);
        parts.extend(breadth(glance, policy));
        parts.extend(single(&glance.groups, OutreachRole::Quiet, |level| policy.points.quiet.points(level)));
        parts.extend(single(&glance.groups, OutreachRole::Rising, |level| policy.points.rising.points(level)));
        parts.extend(coordination(glance, policy));
        parts.extend(other_lines(glance, panel));
        parts.extend(stayed(weeks, policy));
        parts.retain(|part| part.points != 0);
        let total = parts.iter().map(|part| part.points).sum();
        Priority { total, parts, needs: needs.len(), domains: glance.domains }
    }

    /// The sum without the point for having stayed: what changes are told against.
    #[must_use]
    pub fn without_stay(&self) -> i32 {
        self.parts.iter().filter(|part| part.kind != PartKind::Stayed).map(|part| part.points).sum()
    }
}

/// Whether these bands alone put someone among the candidates of the adults' list.
#[must_use]
pub fn is_candidate(groups: &[GroupLevel], policy: &Policy) -> bool {
    let least = &policy.candidates;
    groups.iter().any(|group| match group.role {
        OutreachRole::Need => group.level >= least.need,
        OutreachRole::Quiet => group.level >= least.quiet,
        OutreachRole::Rising => group.level >= least.rising,
        // Children have a track of their own, built beside this list.
        OutreachRole::Children => false,
    })
}

/// Need sets from the candidate level on, highest band first, then in the order of the rule sets.
fn needs(groups: &[GroupLevel], policy: &Policy) -> Vec<GroupLevel> {
    let counts = |group: &&GroupLevel| group.role == OutreachRole::Need && group.level >= policy.candidates.need;
    let mut needs: Vec<GroupLevel> = groups.iter().filter(counts).copied().collect();
    needs.sort_by_key(|group| (std::cmp::Reverse(group.level), group.model));
    needs
}

fn need_parts(needs: &[GroupLevel], policy: &Policy) -> Vec<PriorityPart> {
    let Some((main, further)) = needs.split_first() else { return Vec::new() };
    let points = &policy.points;
    let main_part =
        PriorityPart { kind: PartKind::MainNeed { model: main.model }, points: points.main_need.points(main.level) };
    let mut parts = vec![main_part];
    parts.extend(further.iter().map(|group| PriorityPart {
        kind: PartKind::FurtherNeed { model: group.model },
        points: points.further_need.points(group.level),
    }));
    let over = parts[1..].iter().map(|part| part.points).sum::<i32>() - points.further_need_at_most;
    if over > 0 {
        parts.push(PriorityPart { kind: PartKind::FurtherNeedCeiling, points: -over });
    }
    parts
}

fn breadth(glance: &Glance, policy: &Policy) -> Option<PriorityPart> {
    let rule = policy.points.breadth;
    let domains = i32::try_from(glance.domains).unwrap_or(i32::MAX);
    let points = domains.saturating_sub(rule.free).clamp(0, rule.at_most);
    (points > 0).then_some(PriorityPart { kind: PartKind::Breadth { domains: glance.domains }, points })
}

/// The highest rule set of a role that counts once.
fn single(groups: &[GroupLevel], role: OutreachRole, points: impl Fn(u8) -> i32) -> Option<PriorityPart> {
    let of_role = groups.iter().filter(|group| group.role == role);
    let group = of_role.max_by_key(|group| (group.level, std::cmp::Reverse(group.model)))?;
    let kind = match role {
        OutreachRole::Rising => PartKind::Rising { model: group.model },
        _ => PartKind::Quiet { model: group.model },
    };
    Some(PriorityPart { kind, points: points(group.level) })
}

fn coordination(glance: &Glance, policy: &Policy) -> Option<PriorityPart> {
    let rule = &policy.points.coordination;
    let services = glance.services?;
    let more = match glance.coordinators {
        Some(n) if n == 0 || n >= rule.many => rule.none_or_many,
        _ => 0,
    };
    let kind = PartKind::Coordination { services, coordinators: glance.coordinators.unwrap_or(0) };
    Some(PriorityPart { kind, points: rule.points + more })
}

fn other_lines(glance: &Glance, panel: &super::Panel) -> Vec<PriorityPart> {
    let points = &panel.policy.points;
    let mut parts = Vec::new();
    if let Some(spot) = panel.missed.filter(|_| glance.missed) {
        let kind = PartKind::Missed { model: spot.model, criterion: spot.criterion };
        parts.push(PriorityPart { kind, points: points.missed.points });
    }
    if glance.hard_to_coordinate {
        parts.push(PriorityPart { kind: PartKind::HardToCoordinate, points: points.hard_to_coordinate.points });
    }
    parts
}

fn stayed(weeks: u32, policy: &Policy) -> Option<PriorityPart> {
    let rule = policy.points.stayed;
    (1..=rule.weeks).contains(&weeks).then_some(PriorityPart { kind: PartKind::Stayed, points: rule.points })
}
