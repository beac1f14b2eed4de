//! How many new people the team can take in this week.

use super::policy::Policy;
use super::rows::Places;
use crate::clinical::Day;
use crate::store::Resource;

/// The Monday of a day's ISO week.
#[must_use]
pub fn monday(day: Day) -> Day {
    // Day 0 was a Thursday.
    day.plus(-(day.0 + 3).rem_euclid(7))
}

/// Places from the resource table: the minutes of those present, less reviews and tasks that are booked.
///
/// A practice without a table states its places itself.
#[must_use]
pub fn places(policy: &Policy, resources: &[Resource], stated: u32, monday: Day, reviews: u32, booked: u32) -> Places {
    let rule = policy.capacity;
    if resources.is_empty() {
        return Places { places: stated.min(rule.most), ..Places::default() };
    }
    let minutes: u32 = team(policy, resources).map(|resource| resource.minutes_in_week(monday)).sum();
    let reviews = reviews * rule.minutes_per_review;
    let free = minutes.saturating_sub(reviews).saturating_sub(booked);
    let places = (free / rule.minutes_per_place.max(1)).min(rule.most);
    Places { places, counted: true, minutes, booked, reviews, free, ..Places::default() }
}

/// Those whose minutes are the team's.
pub fn team<'a>(policy: &'a Policy, resources: &'a [Resource]) -> impl Iterator<Item = &'a Resource> {
    resources.iter().filter(|resource| policy.role(&resource.role).is_some_and(|role| role.team))
}
