use super::{Answer, View};
use crate::clinical::{Day, Sex, Tri};

/// The birth dates between which someone has an age of at least `from` and below `below` on a day.
pub fn births(on: Day, from: Option<i32>, below: Option<i32>) -> (i32, i32) {
    let latest = |age: i32| on.born_by(age).map_or(i32::MIN, |day| day.0);
    (below.map_or(i32::MIN, |below| latest(below).saturating_add(1)), from.map_or(i32::MAX, latest))
}

/// Completed years.
pub fn age(view: View) -> u32 {
    view.facts.person.birth.map_or(0, |birth| birth.age_on(view.on).max(0) as u32)
}

pub fn sex(view: View, wanted: Sex, missing: Tri) -> Answer {
    flag(view.facts.person.sex.map(|sex| sex == wanted), missing)
}

pub fn alone(view: View, missing: Tri) -> Answer {
    flag(view.facts.person.lives_alone, missing)
}

/// On the list for at least so many days, the index day included; `shorter` answers for those who are not.
pub fn on_list(view: View, days: u32, shorter: Tri, missing: Tri) -> Answer {
    let long = view.facts.person.listed_since.map(|since| i64::from(view.on.0) - i64::from(since.0) >= i64::from(days));
    match long {
        Some(false) => flag(None, shorter),
        long => flag(long, missing),
    }
}

fn flag(known: Option<bool>, missing: Tri) -> Answer {
    let truth = known.map_or(missing, Tri::from);
    Answer::new(truth, u32::from(truth.is_yes()))
}
