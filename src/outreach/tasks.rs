//! Which tasks a row suggests, and who is there to do them.

use std::collections::BTreeMap;

use super::policy::Policy;
use super::rows::SuggestedTask;
use crate::clinical::Day;
use crate::journal::whole::Member;
use crate::model::vocabulary::Vocabulary;
use crate::store::Resource;

/// Hands out tasks to those who are present, the one with most minutes left first.
#[derive(Debug)]
pub struct Desk<'a> {
    policy: &'a Policy,
    vocabulary: &'a Vocabulary,
    resources: &'a [Resource],
    on: Day,
    /// Minutes suggested so far, by name.
    given: BTreeMap<&'a str, u32>,
}

impl<'a> Desk<'a> {
    #[must_use]
    pub fn new(policy: &'a Policy, vocabulary: &'a Vocabulary, resources: &'a [Resource], on: Day) -> Desk<'a> {
        Desk { policy, vocabulary, resources, on, given: BTreeMap::new() }
    }

    /// A task for one person, with someone present who can do it.
    pub fn suggest(&mut self, task: &str, member: &Member) -> SuggestedTask {
        let minutes = self.vocabulary.tasks.get(task).map_or(0, |task| task.minutes);
        let owner = self.who(task, member);
        if let Some(owner) = owner {
            *self.given.entry(owner).or_default() += minutes;
        }
        let own = self.policy.roles_of(task).first().and_then(|key| self.policy.role(key)).is_some_and(|role| role.own);
        let nobody = owner.is_none() && !self.resources.is_empty() && !own;
        SuggestedTask { task: task.to_owned(), minutes, owner: owner.map(str::to_owned), nobody }
    }

    /// Someone present in the first of the task's roles that has anyone; a skill that names the task counts as its role.
    #[must_use]
    pub fn who(&self, task: &str, member: &Member) -> Option<&'a str> {
        let roles = self.policy.roles_of(task);
        let by_role = roles.iter().find_map(|key| {
            let role = self.policy.role(key)?;
            let of_role = self.present().filter(|resource| {
                self.policy.role(&resource.role).is_some_and(|known| known.key == role.key)
                    && (!role.own || resource.name == member.gp)
            });
            self.freest(of_role)
        });
        by_role.or_else(|| self.freest(self.present().filter(|resource| self.is_skilled(resource, task))))
    }

    fn present(&self) -> impl Iterator<Item = &'a Resource> {
        let on = self.on;
        self.resources.iter().filter(move |resource| resource.is_present(on))
    }

    fn freest(&self, resources: impl Iterator<Item = &'a Resource>) -> Option<&'a str> {
        let left = |resource: &Resource| {
            let given = self.given.get(resource.name.as_str()).copied().unwrap_or(0);
            i64::from(resource.minutes_per_week) - i64::from(given)
        };
        resources.min_by_key(|resource| (-left(resource), &resource.name)).map(|resource| resource.name.as_str())
    }

    fn is_skilled(&self, resource: &Resource, task: &str) -> bool {
        let Some(known) = self.vocabulary.tasks.get(task) else { return false };
        let words = [task, &known.label.nb, &known.label.nn, &known.label.en];
        let same = |skill: &String| words.iter().any(|word| word.to_lowercase() == skill.trim().to_lowercase());
        resource.skills.iter().any(same)
    }
}

/// When someone who is away is back: the day after the absence ends; `None` without an end.
#[must_use]
pub fn back_on(resource: &Resource, on: Day) -> Option<Day> {
    // Absences may follow upon each other.
    let mut day = on;
    loop {
        let Some(absence) = resource.absences.iter().find(|absence| absence.covers(day)) else { return Some(day) };
        day = absence.to?.plus(1);
    }
}
