//! The numbers behind the list, as `outreach.toml` states them. Each is a proposal for the practice's own doctors to set.

mod check;
mod layers;
mod parts;
mod read;

pub use check::Known;
pub use parts::{
    Breadth, Candidates, Capacity, ChildrenRule, Coordination, Decided, DecisionRules, EventLine, EventRule, Fairness,
    Found, Group, LineName, LinePoints, Newness, Outside, Parts, Rise, Role, Scale, Shares, Stayed, TaskRule,
};

use crate::clinical::Faults;

/// The whole policy, checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    pub version: String,
    /// The practice's doctors have made it theirs; otherwise it is our proposal.
    pub adopted: bool,
    /// Citations.
    pub source: Vec<String>,
    pub candidates: Candidates,
    pub points: Parts,
    pub capacity: Capacity,
    pub children: ChildrenRule,
    pub shares: Shares,
    /// In the order that breaks ties.
    pub groups: Vec<Group>,
    pub fairness: Fairness,
    /// Ages at which a band of the selection rates begins, ascending.
    pub age_bands: Vec<i32>,
    pub decisions: DecisionRules,
    pub events: Vec<EventRule>,
    pub outside: Outside,
    pub roles: Vec<Role>,
    pub tasks: Vec<TaskRule>,
    /// SHA-256 of the files it was read from, in hexadecimal.
    pub hash: String,
}

/// Levels of bands across rule sets, as [`crate::model::ruleset::Band::level`] states them.
pub mod level {
    pub const LOW: u8 = 1;
    pub const MODERATE: u8 = 2;
    pub const HIGH: u8 = 3;
    pub const VERY_HIGH: u8 = 4;

    /// From the word in the policy; 0 for any other.
    #[must_use]
    pub fn parse(word: &str) -> u8 {
        match word {
            "low" => LOW,
            "moderate" => MODERATE,
            "high" => HIGH,
            "very_high" => VERY_HIGH,
            _ => 0,
        }
    }
}

/// A policy file: its name, and its text.
#[derive(Debug, Clone, Copy)]
pub struct File<'a> {
    pub name: &'a str,
    pub text: &'a str,
}

impl Policy {
    /// The shipped policy, under the practice's own when it has one.
    ///
    /// # Errors
    /// Every fault of both files, each with its place: unknown keys, numbers outside their limits, shares that are not a
    /// hundred together, and names of rule sets, lines, events, roles and tasks that stand for nothing.
    pub fn load(own: Option<File>, known: Known) -> Result<Policy, Faults> {
        let mut faults = Faults::new();
        let layers = layers::Layers::read(own, &mut faults);
        if !faults.is_empty() {
            return Err(faults);
        }
        let policy = read::policy(&layers);
        check::policy(&layers, &policy, known, &mut faults);
        faults.or(policy)
    }

    /// The rule sets whose lines the policy asks for beside the target groups.
    #[must_use]
    pub fn rule_sets_asked(&self) -> Vec<String> {
        let mut asked: Vec<String> = self.lines().map(|line| line.rule_set.clone()).collect();
        asked.sort();
        asked.dedup();
        asked
    }

    #[must_use]
    pub fn group(&self, name: &str) -> Option<&Group> {
        self.groups.iter().find(|group| group.name == name)
    }

    #[must_use]
    pub fn event(&self, id: &str) -> Option<&EventRule> {
        self.events.iter().find(|event| event.id == id)
    }

    /// The role of this key or name, in any language and case.
    #[must_use]
    pub fn role(&self, word: &str) -> Option<&Role> {
        let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        let word = plain(word);
        self.roles.iter().find(|role| {
            let names = [role.key.as_str(), &role.names.nb, &role.names.nn, &role.names.en];
            names.into_iter().any(|name| plain(name) == word)
        })
    }

    /// Roles that may do a task, the first one first.
    #[must_use]
    pub fn roles_of(&self, task: &str) -> &[String] {
        self.tasks.iter().find(|rule| rule.task == task).map_or(&[], |rule| &rule.roles)
    }

    /// Every line that is named anywhere.
    fn lines(&self) -> impl Iterator<Item = &LineName> {
        let points = &self.points;
        let of_points = [
            &self.candidates.last_contact,
            &points.coordination.services,
            &points.coordination.coordinators,
            &points.missed.line,
            &points.hard_to_coordinate.line,
        ];
        let of_children = [&self.children.coordinator, &self.children.coordinated];
        let of_events = self.events.iter().flat_map(|event| match &event.found {
            Found::Lines(lines) => lines.as_slice(),
            Found::Rise(_) => &[],
        });
        of_points
            .into_iter()
            .chain(of_children)
            .chain(of_events.map(|line| &line.line))
            .chain(&self.outside.gp_only)
            .chain(&self.outside.out)
    }
}

#[cfg(test)]
mod tests;
