//! Who was selected of whom: by age, sex, group, doctor's list and kind of identity number. Small numbers are hidden, and those that give them away.

use std::collections::BTreeSet;

use super::panel::Panel;
use super::policy::level;
use super::pool::Pool;
use super::rows::{Rate, RateBy};
use super::state::Material;
use crate::clinical::Sex;
use crate::clinical::small;
use crate::journal::whole::Member;

/// People, candidates, and listed.
type Counts = [u64; 3];

/// The rates of everyone who may be listed; protected people are counted nowhere.
#[must_use]
pub fn selection(material: &Material, panel: &Panel, pool: &Pool, listed: &BTreeSet<&str>) -> Vec<Rate> {
    let candidates = [&pool.adults, &pool.children, &pool.by_hand, &pool.through];
    let candidates: BTreeSet<&str> = candidates.into_iter().flatten().map(|c| c.patient.as_str()).collect();
    let people: Vec<(&Member, Counts)> = material
        .members
        .iter()
        .filter(|member| pool.listable.contains(&member.id))
        .map(|member| {
            let id = member.id.as_str();
            (member, [1, u64::from(candidates.contains(id)), u64::from(listed.contains(id))])
        })
        .collect();
    let ages = &panel.policy.age_bands;
    let mut rates = told(RateBy::All, &people, &[String::new()], true, |_| vec![0]);
    let names: Vec<String> = ages.iter().map(i32::to_string).collect();
    rates.extend(told(RateBy::Age, &people, &names, true, |member| {
        let age = member.person.birth.map(|birth| birth.age_on(material.on));
        age.and_then(|age| ages.iter().rposition(|from| *from <= age)).into_iter().collect()
    }));
    let sexes = ["female", "male", ""].map(str::to_owned);
    rates.extend(told(RateBy::Sex, &people, &sexes, true, |member| match member.person.sex {
        Some(Sex::Female) => vec![0],
        Some(Sex::Male) => vec![1],
        None => vec![2],
    }));
    let groups: Vec<String> = panel.policy.groups.iter().map(|group| group.name.clone()).collect();
    rates.extend(told(RateBy::Group, &people, &groups, false, |member| in_groups(member, material, panel)));
    let lists: BTreeSet<&str> = people.iter().map(|(member, _)| member.gp.as_str()).collect();
    let names: Vec<String> = lists.iter().map(|gp| (*gp).to_owned()).collect();
    rates.extend(told(RateBy::Gp, &people, &names, true, |member| {
        names.binary_search(&member.gp).into_iter().collect()
    }));
    if people.iter().any(|(member, _)| member.d_number.is_some()) {
        let kinds = ["d", "other", ""].map(str::to_owned);
        rates.extend(told(RateBy::DNumber, &people, &kinds, true, |member| match member.d_number {
            Some(true) => vec![0],
            Some(false) => vec![1],
            None => vec![2],
        }));
    }
    rates
}

fn in_groups(member: &Member, material: &Material, panel: &Panel) -> Vec<usize> {
    let Some(glance) = material.glances.get(&member.id) else { return Vec::new() };
    let stands = |models: &Vec<usize>| {
        glance.groups.iter().any(|group| group.level >= level::MODERATE && models.contains(&group.model))
    };
    (0..panel.groups.len()).filter(|at| stands(&panel.groups[*at])).collect()
}

/// One row for each name; `apart`: everybody is in exactly one, so that their sum is known.
fn told(
    by: RateBy,
    people: &[(&Member, Counts)],
    names: &[String],
    apart: bool,
    places: impl Fn(&Member) -> Vec<usize>,
) -> Vec<Rate> {
    let mut counts: Vec<Counts> = vec![[0; 3]; names.len()];
    for (member, one) in people {
        for place in places(member) {
            counts[place].iter_mut().zip(one).for_each(|(sum, n)| *sum += n);
        }
    }
    let column = |of: usize| {
        let mut numbers: Vec<Option<u64>> = counts.iter().map(|counts| Some(counts[of])).collect();
        if apart && numbers.len() > 1 {
            small::hide(&mut numbers, None);
        } else {
            numbers.iter_mut().for_each(|number| *number = number.filter(|n| *n == 0 || *n >= small::FEWEST));
        }
        numbers
    };
    let columns = [column(0), column(1), column(2)];
    let rate = |(at, name): (usize, &String)| {
        let [people, candidates, listed] = [0, 1, 2].map(|of: usize| columns[of][at]);
        Rate { by, name: name.clone(), people, candidates, listed }
    };
    names.iter().enumerate().map(rate).collect()
}
