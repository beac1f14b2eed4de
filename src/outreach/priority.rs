//! Priority: a sum of shown parts. Nothing is multiplied, and nothing is hidden.

use super::policy::Policy;
use crate::model::ruleset::OutreachRole;

/// The band one person reached in one rule set that takes part in outreach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GroupLevel {
    /// Index of the rule set.
    pub model: usize,
    pub role: OutreachRole,
    /// 0 none, 1 low, 2 moderate, 3 high, 4 very high.
    pub level: u8,
}

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
    Quiet {
        model: usize,
    },
    Rising {
        model: usize,
    },
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
}

impl Priority {
    #[must_use]
    pub fn of(groups: &[GroupLevel], policy: &Policy) -> Priority {
        let needs = needs(groups, policy);
        let mut parts = need_parts(&needs, policy);
        parts.extend(single(groups, OutreachRole::Quiet, |level| policy.quiet.points(level)));
        parts.extend(single(groups, OutreachRole::Rising, |level| policy.rising.points(level)));
        Priority { total: parts.iter().map(|part| part.points).sum(), parts, needs: needs.len() }
    }
}

/// Whether these bands alone put someone among the candidates.
#[must_use]
pub fn is_candidate(groups: &[GroupLevel], policy: &Policy) -> bool {
    groups.iter().any(|group| match group.role {
        OutreachRole::Need => group.level >= policy.need_from,
        OutreachRole::Quiet => group.level >= policy.quiet_from,
        OutreachRole::Rising => group.level >= policy.rising_from,
        // Children have a track of their own, built beside this list.
        OutreachRole::Children => false,
    })
}

/// Need sets from the candidate level on, highest band first, then in catalogue order.
fn needs(groups: &[GroupLevel], policy: &Policy) -> Vec<GroupLevel> {
    let mut needs: Vec<GroupLevel> = groups
        .iter()
        .copied()
        .filter(|group| group.role == OutreachRole::Need && group.level >= policy.need_from)
        .collect();
    needs.sort_by_key(|group| (std::cmp::Reverse(group.level), group.model));
    needs
}

fn need_parts(needs: &[GroupLevel], policy: &Policy) -> Vec<PriorityPart> {
    let Some((main, further)) = needs.split_first() else { return Vec::new() };
    let main_part =
        PriorityPart { kind: PartKind::MainNeed { model: main.model }, points: policy.main_need.points(main.level) };
    let mut parts = vec![main_part];
    parts.extend(further.iter().map(|group| PriorityPart {
        kind: PartKind::FurtherNeed { model: group.model },
        points: policy.further_need.points(group.level),
    }));
    let over = parts[1..].iter().map(|part| part.points).sum::<i32>() - policy.further_need_at_most;
    if over > 0 {
        parts.push(PriorityPart { kind: PartKind::FurtherNeedCeiling, points: -over });
    }
    parts
}

/// The highest rule set of a role that counts once.
fn single(groups: &[GroupLevel], role: OutreachRole, points: impl Fn(u8) -> i32) -> Option<PriorityPart> {
    let group = groups
        .iter()
        .filter(|group| group.role == role)
        .max_by_key(|group| (group.level, std::cmp::Reverse(group.model)))?;
    let points = points(group.level);
    let kind = match role {
        OutreachRole::Rising => PartKind::Rising { model: group.model },
        _ => PartKind::Quiet { model: group.model },
    };
    (points > 0).then_some(PriorityPart { kind, points })
}

#[cfg(test)]
mod tests {
    use super::*;
    use OutreachRole::{Need, Quiet, Rising};

    fn groups(levels: &[(OutreachRole, u8)]) -> Vec<GroupLevel> {
        levels
            .iter()
            .enumerate()
            .map(|(model, (role, level))| GroupLevel { model, role: *role, level: *level })
            .collect()
    }

    #[test]
    fn priority_is_the_sum_of_its_parts() {
        let policy = Policy::with_capacity(14);
        for (levels, total, candidate) in [
            // Frailty high, chronic high, function moderate, rising high.
            (&[(Need, 3), (Need, 3), (Need, 2), (Rising, 3)][..], 4 + 2 + 1 + 3, true),
            (&[(Need, 2), (Quiet, 2)], 2 + 2, true),
            (&[(Need, 1)], 0, false),
            (&[(Quiet, 3)], 3, true),
            (&[(Rising, 2)], 2, false),
            (&[(Rising, 3), (Need, 1)], 3, true),
            (&[(Need, 4), (Need, 4), (Need, 4), (Need, 4)], 6 + 6, true),
            (&[], 0, false),
        ] {
            let groups = groups(levels);
            let priority = Priority::of(&groups, &policy);
            assert_eq!(priority.total, total, "{levels:?}");
            assert_eq!(priority.parts.iter().map(|part| part.points).sum::<i32>(), total);
            assert_eq!(is_candidate(&groups, &policy), candidate, "{levels:?}");
        }
    }
}
