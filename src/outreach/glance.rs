//! What ranking needs of one patient, taken while the journal is scored: bands, breadth and the answers to the policy's questions.

use super::panel::{Panel, Spot};
use super::policy::level;
use crate::clinical::{Day, Points};
use crate::model::ruleset::OutreachRole;
use crate::score::result::{Part, State};
use crate::score::seen::{Answers, Told};

/// The band one person reached in one rule set that takes part in outreach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GroupLevel {
    /// Index of the rule set.
    pub model: usize,
    pub role: OutreachRole,
    /// 0 none, 1 low, 2 moderate, 3 high, 4 very high.
    pub level: u8,
    /// Points, in millionths.
    pub points: Points,
}

/// One patient as ranking sees her.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Glance {
    pub groups: Vec<GroupLevel>,
    /// Domains that are hit in need sets that count.
    pub domains: usize,
    /// Her latest contact that was held.
    pub last_contact: Option<Day>,
    /// Services that follow her now, when they are many.
    pub services: Option<u32>,
    /// Named coordinators; `None` when unknown.
    pub coordinators: Option<u32>,
    /// Missed appointments that count.
    pub missed: bool,
    pub hard_to_coordinate: bool,
    /// Lines that put her in the doctor's view alone, or keep her out.
    pub gp_only: bool,
    pub out: bool,
    /// Children: a coordinator is recorded; `None` when unknown. One who was in touch. And reasons to list her all the same.
    pub coordinator: Option<bool>,
    pub coordinated: bool,
    pub listed_again: bool,
    /// Oldest day among the lines that order equal children.
    pub oldest: Option<Day>,
}

impl Glance {
    /// `None` when nothing about her can matter for any list.
    #[must_use]
    pub fn take(panel: &Panel, answers: &mut impl Answers) -> Option<Glance> {
        let groups = groups(panel, answers);
        let mut lines = Lines::default();
        let gp_only = panel.gp_only.iter().any(|spot| lines.met(*spot, answers));
        if !gp_only && groups.iter().all(|group| group.level == 0) {
            return None;
        }
        let mut glance = Glance { gp_only, ..Glance::default() };
        glance.out = panel.out.iter().any(|spot| lines.met(*spot, answers));
        if groups.iter().any(|group| group.level >= level::MODERATE) {
            glance.look_closer(panel, &groups, &mut lines, answers);
        }
        glance.groups = groups;
        Some(glance)
    }

    fn look_closer(&mut self, panel: &Panel, groups: &[GroupLevel], lines: &mut Lines, answers: &mut impl Answers) {
        self.last_contact = panel.last_contact.and_then(|spot| Some(answers.days(spot.model, spot.criterion)?.1));
        self.domains = domains(panel, groups, lines, answers);
        self.services = panel.services.and_then(|spot| lines.count(spot, answers).flatten());
        self.coordinators = panel.coordinators.and_then(|spot| lines.count(spot, answers)).map(|n| n.unwrap_or(0));
        let counted = panel.missed_unless.iter().any(|spot| lines.gave_points(*spot, answers));
        self.missed = !counted && panel.missed.is_some_and(|spot| lines.met(spot, answers));
        self.hard_to_coordinate = panel.hard_to_coordinate.is_some_and(|spot| lines.met(spot, answers));
        self.coordinator = panel.coordinator.and_then(|spot| lines.count(spot, answers)).map(|n| n.is_some());
        self.coordinated = panel.coordinated.is_some_and(|spot| lines.met(spot, answers));
        self.oldest = panel.oldest_of.iter().filter_map(|spot| Some(answers.days(spot.model, spot.criterion)?.0)).min();
        self.listed_again = panel.listed_again_on.iter().any(|spot| lines.met(*spot, answers));
    }

    /// Her highest level in a role.
    #[must_use]
    pub fn level_of(&self, role: OutreachRole) -> u8 {
        self.groups.iter().filter(|group| group.role == role).map(|group| group.level).max().unwrap_or(0)
    }

    /// Her highest level in any set that can make her a candidate.
    #[must_use]
    pub fn best_level(&self) -> u8 {
        let counts = |group: &&GroupLevel| group.role != OutreachRole::Children;
        self.groups.iter().filter(counts).map(|group| group.level).max().unwrap_or(0)
    }

    /// Levels by rule-set id, as they are remembered.
    #[must_use]
    pub fn levels(&self, panel: &Panel) -> std::collections::BTreeMap<String, u8> {
        let groups = self.groups.iter().filter(|group| group.level > 0);
        groups.map(|group| (panel.rule_sets[group.model].id.clone(), group.level)).collect()
    }
}

fn groups(panel: &Panel, answers: &mut impl Answers) -> Vec<GroupLevel> {
    let group = |outcome: &crate::score::result::Outcome| {
        let score = outcome.score?;
        let level = score.band.map_or(0, |band| panel.rule_sets[outcome.model].bands[usize::from(band)].level);
        Some(GroupLevel { model: outcome.model, role: panel.role(outcome.model)?, level, points: score.value })
    };
    answers.outcomes().iter().filter_map(group).collect()
}

/// Domains in which the shown points of need sets that count sum to enough.
fn domains(panel: &Panel, groups: &[GroupLevel], lines: &mut Lines, answers: &mut impl Answers) -> usize {
    let mut sums: Vec<(&str, Points)> = Vec::new();
    let counts = |group: &&GroupLevel| {
        group.role == OutreachRole::Need && group.level >= panel.policy.candidates.need.max(level::MODERATE)
    };
    for group in groups.iter().filter(counts) {
        let set = &panel.rule_sets[group.model];
        for line in lines.of(group.model, answers) {
            let domain = match line.part {
                Part::Criterion(index) => set.criteria[index].domain.as_deref(),
                Part::Cap(index) => set.caps[index].domain.as_deref(),
                Part::Note(_) | Part::BandSetter => None,
            };
            let Some(domain) = domain else { continue };
            match sums.iter_mut().find(|(known, _)| *known == domain) {
                Some((_, sum)) => *sum += line.points,
                None => sums.push((domain, line.points)),
            }
        }
    }
    let least = Points::whole(i64::from(panel.policy.points.breadth.domain_from));
    sums.iter().filter(|(_, sum)| *sum >= least).count()
}

/// Lines of the rule sets that were asked, each once.
#[derive(Default)]
struct Lines {
    asked: Vec<(usize, Vec<Told>)>,
}

impl Lines {
    fn of(&mut self, model: usize, answers: &mut impl Answers) -> &[Told] {
        let at = match self.asked.iter().position(|(known, _)| *known == model) {
            Some(at) => at,
            None => {
                self.asked.push((model, answers.lines(model)));
                self.asked.len() - 1
            }
        };
        &self.asked[at].1
    }

    fn line(&mut self, spot: Spot, answers: &mut impl Answers) -> Option<Told> {
        self.of(spot.model, answers).iter().find(|line| line.part == spot.part()).copied()
    }

    fn met(&mut self, spot: Spot, answers: &mut impl Answers) -> bool {
        self.line(spot, answers).is_some_and(|line| line.state == State::Met)
    }

    fn gave_points(&mut self, spot: Spot, answers: &mut impl Answers) -> bool {
        self.line(spot, answers).is_some_and(|line| line.state == State::Met && line.points > Points::ZERO)
    }

    /// What a line counts: nothing known (outer), not met (inner), or its count.
    #[expect(clippy::option_option, reason = "unknown and not met are two answers")]
    fn count(&mut self, spot: Spot, answers: &mut impl Answers) -> Option<Option<u32>> {
        match self.line(spot, answers) {
            None => Some(None),
            Some(line) if line.state == State::Met => Some(Some(line.count)),
            Some(line) if line.state == State::Unknown => None,
            Some(_) => Some(None),
        }
    }
}
