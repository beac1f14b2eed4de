//! What holds for every practice.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{POLICY, World, glance, ids, on, week_of};
use crate::outreach::{Glance, List};
use crate::store::{Credit, Decision, Iso, Place, Scope};

const GROUPS: [&str; 8] =
    ["intellectual-disability", "mental-addiction", "quiet", "function", "frail", "chronic", "rising", "children"];

fn levels() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(prop_oneof![3 => Just(0_u8), 1 => 1..=4_u8], GROUPS.len())
}

fn glance_of(levels: &[u8], domains: usize) -> Glance {
    let levels: Vec<(&str, u8)> = GROUPS.into_iter().zip(levels.iter().copied()).collect();
    Glance { domains, ..glance(&levels) }
}

fn decision() -> impl Strategy<Value = Option<Decision>> {
    let until = Iso(on().plus(30));
    prop_oneof![
        10 => Just(None),
        1 => Just(Some(Decision::NotNow { until })),
        1 => Just(Some(Decision::NotNow { until: Iso(on()) })),
        1 => Just(Some(Decision::Declined { scope: Scope::Offer, spoke: String::new(), on: Iso(on()) })),
        1 => Just(Some(Decision::AddedByHand { reason: String::new() })),
    ]
}

prop_compose! {
    fn world()(
        people in prop::collection::vec((levels(), 0..7_usize, 0..4_usize, decision()), 0..60),
        places in 0..15_u32,
        credits in prop::collection::vec(0..400_i64, 6),
    ) -> World {
        let mut world = World::new(places);
        for (number, (levels, domains, gp, decision)) in people.into_iter().enumerate() {
            let id = number.to_string();
            let gp = ["A", "B", "C", "D"][gp];
            let glance = glance_of(&levels, domains);
            if number % 7 == 0 { world.child(&id, gp, glance) } else { world.adult(&id, gp, glance) }
            if let Some(decision) = decision {
                world.decide(&id, "2026-02-20", decision);
            }
        }
        let credit = |(group, hundredths): (&crate::outreach::policy::Group, i64)| {
            Credit { group: group.name.clone(), hundredths }
        };
        world.state.credits = POLICY.groups.iter().zip(credits).map(credit).collect();
        world
    }
}

fn on_places(list: &List) -> usize {
    list.placed().filter(|row| !matches!(row.place, Place::ByHand | Place::BreakThrough(_))).count()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn never_more_than_capacity_but_by_hand_and_by_events(world in world()) {
        let list = world.list();
        let beforehand = list.placed().count() - on_places(&list);
        prop_assert!(on_places(&list) <= list.capacity.saturating_sub(beforehand) || on_places(&list) <= list.children.len());
        prop_assert!(on_places(&list) <= list.capacity);
        prop_assert!(list.children.iter().filter(|row| row.place == Place::Children).count() <= 2);
    }

    #[test]
    fn nobody_is_listed_twice_or_against_a_decision(world in world()) {
        let list = world.list();
        let mut listed: Vec<&str> = list.placed().map(|row| row.member.id.as_str()).collect();
        listed.sort_unstable();
        let number = listed.len();
        listed.dedup();
        prop_assert_eq!(listed.len(), number);
        for id in listed {
            let hides = |decision: &Decision| match decision {
                Decision::NotNow { until } => on() < until.0,
                Decision::Declined { .. } => true,
                _ => false,
            };
            prop_assert!(!world.state.standing.get(id).is_some_and(|entry| hides(&entry.decision)));
        }
    }

    #[test]
    fn any_order_of_the_register_gives_the_same_list(
        (world, order) in world().prop_flat_map(|world| {
            let order: Vec<usize> = (0..world.members.len()).collect();
            (Just(world), Just(order).prop_shuffle())
        }),
    ) {
        let mut shuffled = world.clone();
        shuffled.members = order.iter().map(|at| world.members[*at].clone()).collect();
        prop_assert_eq!(world.list(), shuffled.list());
    }

    #[test]
    fn credits_are_conserved(world in world()) {
        let list = world.list();
        let taken = |group: &str| {
            let place = Place::Reserved(group.to_owned());
            list.rows.iter().filter(|row| row.place == place).count() as i64
        };
        for (share, group) in list.shares.iter().zip(&POLICY.groups) {
            prop_assert_eq!(share.after, share.before + share.given - share.lapsed - share.charged);
            prop_assert_eq!(share.given, i64::from(group.percent) * list.capacity as i64);
            prop_assert!(share.after >= 0 && share.after <= share.given + POLICY.shares.kept_at_most);
            prop_assert!(share.lapsed == 0 || share.before + share.given > share.given + POLICY.shares.kept_at_most);
            // A reserved place is never given away for fairness, so every charge has its row.
            prop_assert_eq!(share.charged, 100 * taken(&group.name));
        }
    }

    #[test]
    fn a_reserved_place_is_used_when_someone_is_eligible(world in world()) {
        let list = world.list();
        let full = list.places.adults + list.places.children + list.places.beforehand >= list.places.places;
        let open = list.rows.iter().any(|row| row.place == Place::Open);
        let new: BTreeMap<&str, usize> = list.rows.iter().fold(BTreeMap::new(), |mut counts, row| {
            *counts.entry(row.member.gp.as_str()).or_default() += 1;
            counts
        });
        for (at, share) in list.shares.iter().enumerate().filter(|(_, share)| share.after >= 100) {
            // Credit is left: nobody eligible waits, unless all places went to reserved ones or her list is at its ceiling.
            let waiting = world.members.iter().find(|member| {
                let models = &super::panel().groups[at];
                let levels = &world.glances[&member.id].groups;
                levels.iter().any(|group| models.contains(&group.model) && group.level >= 2)
                    && !world.state.standing.contains_key(&member.id)
                    && member.person.birth < crate::clinical::Day::parse_iso("2000-01-01")
                    && !ids(&list).contains(&member.id.as_str())
            });
            if let Some(waiting) = waiting {
                let sizes = world.members.iter().filter(|member| member.gp == waiting.gp).count();
                let ceiling = (2 * list.capacity * sizes).div_ceil(world.members.len()) + 1;
                let at_ceiling = new.get(waiting.gp.as_str()).copied().unwrap_or(0) >= ceiling;
                prop_assert!(at_ceiling || full && !open, "{} of {}", waiting.id, share.group);
            }
        }
    }

    #[test]
    fn raising_a_band_never_costs_a_place_or_priority(
        world in world(), who in any::<prop::sample::Index>(), set in 0..GROUPS.len() - 1,
    ) {
        prop_assume!(!world.members.is_empty());
        let id = world.members[who.index(world.members.len())].id.clone();
        let mut raised = world.clone();
        let group = &mut raised.glances.get_mut(&id).unwrap().groups[set];
        group.level = (group.level + 1).min(4);
        let (before, after) = (world.list(), raised.list());
        let row = |list: &List| list.placed().find(|row| row.member.id == id).map(|row| row.priority.total);
        if let Some(priority) = row(&before) {
            prop_assert!(row(&after).is_some_and(|raised| raised >= priority), "{}", id);
        }
    }

    #[test]
    fn the_rows_of_a_track_follow_priority(world in world()) {
        let list = world.list();
        let placed: Vec<i32> = list
            .rows
            .iter()
            .filter(|row| !matches!(row.place, Place::ByHand | Place::BreakThrough(_)))
            .map(|row| row.priority.total)
            .collect();
        prop_assert!(placed.is_sorted_by(|a, b| a >= b));
        prop_assert!(list.rows.iter().enumerate().all(|(at, row)| row.rank == at + 1));
    }

    #[test]
    fn a_frozen_week_never_grows_but_by_hand(world in world(), later in 1..7_i32) {
        let first = world.list();
        let mut again = world.clone();
        again.state.frozen = Some(week_of(&first));
        prop_assert_eq!(&again.list(), &first);
        let night = again.list_on(on().plus(later));
        let before = ids(&first);
        prop_assert!(ids(&night).iter().all(|id| before.contains(id)));
        prop_assert_eq!(night.credits(), first.credits());
    }
}
