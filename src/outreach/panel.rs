//! The policy's names as places among tonight's rule sets. What a practice does not ask for has no place, and gives nothing.

use super::policy::{EventLine, Found, LineName, Policy};
use crate::model::RuleSet;
use crate::model::ruleset::OutreachRole;
use crate::score::result::Part;

/// A criterion of one of tonight's rule sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    pub model: usize,
    pub criterion: usize,
}

impl Spot {
    #[must_use]
    pub fn part(self) -> Part {
        Part::Criterion(self.criterion)
    }
}

/// The policy against tonight's rule sets.
#[derive(Debug, Clone)]
pub struct Panel<'a> {
    pub policy: &'a Policy,
    pub rule_sets: &'a [RuleSet],
    /// Rule sets of each group, in the groups' order.
    pub groups: Vec<Vec<usize>>,
    pub last_contact: Option<Spot>,
    pub services: Option<Spot>,
    pub coordinators: Option<Spot>,
    pub missed: Option<Spot>,
    pub missed_unless: Vec<Spot>,
    pub hard_to_coordinate: Option<Spot>,
    pub gp_only: Vec<Spot>,
    pub out: Vec<Spot>,
    pub coordinator: Option<Spot>,
    pub coordinated: Option<Spot>,
    pub oldest_of: Vec<Spot>,
    pub listed_again_on: Vec<Spot>,
    /// Lines of each event, in the events' order.
    pub events: Vec<Vec<(Spot, EventLine)>>,
}

impl<'a> Panel<'a> {
    #[must_use]
    pub fn new(policy: &'a Policy, rule_sets: &'a [RuleSet]) -> Panel<'a> {
        let spot = |line: &LineName| {
            let model = rule_sets.iter().position(|set| set.id == line.rule_set)?;
            let criterion = rule_sets[model].criteria.iter().position(|known| known.name == line.criterion)?;
            Some(Spot { model, criterion })
        };
        let spots = |lines: &[LineName]| lines.iter().filter_map(spot).collect::<Vec<_>>();
        let models = |ids: &[String]| {
            ids.iter().filter_map(|id| rule_sets.iter().position(|set| set.id == *id)).collect::<Vec<_>>()
        };
        let event = |found: &Found| match found {
            Found::Lines(lines) => lines.iter().filter_map(|line| Some((spot(&line.line)?, line.clone()))).collect(),
            Found::Rise(_) => Vec::new(),
        };
        let points = &policy.points;
        Panel {
            policy,
            rule_sets,
            groups: policy.groups.iter().map(|group| models(&group.rule_sets)).collect(),
            last_contact: spot(&policy.candidates.last_contact),
            services: spot(&points.coordination.services),
            coordinators: spot(&points.coordination.coordinators),
            missed: spot(&points.missed.line),
            missed_unless: spots(&points.missed.unless),
            hard_to_coordinate: spot(&points.hard_to_coordinate.line),
            gp_only: spots(&policy.outside.gp_only),
            out: spots(&policy.outside.out),
            coordinator: spot(&policy.children.coordinator),
            coordinated: spot(&policy.children.coordinated),
            oldest_of: spots(&policy.children.oldest_of),
            listed_again_on: spots(&policy.children.listed_again_on),
            events: policy.events.iter().map(|rule| event(&rule.found)).collect(),
        }
    }

    #[must_use]
    pub fn role(&self, model: usize) -> Option<OutreachRole> {
        self.rule_sets[model].outreach.as_ref().map(|outreach| outreach.role)
    }

    /// How many bands of a rule set this level stands in or above.
    #[must_use]
    pub fn bands_up_to(&self, rule_set: &str, level: u8) -> usize {
        let set = self.rule_sets.iter().find(|set| set.id == rule_set);
        set.map_or(0, |set| set.bands.iter().filter(|band| band.level > 0 && band.level <= level).count())
    }

    /// Whether a rule set only answers the policy's questions and is no score for readers.
    #[must_use]
    pub fn is_question_list(&self, model: usize) -> bool {
        let set = &self.rule_sets[model];
        set.outreach.is_none() && self.spots().any(|spot| spot.model == model)
    }

    /// Whether a line is one of those by which an event is found.
    #[must_use]
    pub fn is_of_event(&self, id: &str, model: usize, part: Part) -> bool {
        let lines = self.policy.events.iter().zip(&self.events).filter(|(rule, _)| rule.id == id);
        lines.flat_map(|(_, lines)| lines).any(|(spot, _)| spot.model == model && spot.part() == part)
    }

    fn spots(&self) -> impl Iterator<Item = Spot> + '_ {
        let single = [
            self.last_contact,
            self.services,
            self.coordinators,
            self.missed,
            self.hard_to_coordinate,
            self.coordinator,
            self.coordinated,
        ];
        let events = self.events.iter().flatten().map(|(spot, _)| *spot);
        let lists = self.gp_only.iter().chain(&self.out).copied();
        single.into_iter().flatten().chain(events).chain(lists)
    }
}
