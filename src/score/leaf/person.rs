use super::{Answer, View};
use crate::clinical::{Sex, Tri};

/// Age in completed years; its count is the age. Unknown without a birth date.
pub fn age(view: View, from: Option<i32>, below: Option<i32>) -> Answer {
    let Some(birth) = view.facts.person.birth else { return Answer::new(Tri::Unknown, 0) };
    let age = birth.age_on(view.on);
    let within = from.is_none_or(|from| age >= from) && below.is_none_or(|below| age < below);
    Answer::new(within.into(), age.max(0) as u32)
}

pub fn sex(view: View, wanted: Sex, missing: Tri) -> Answer {
    flag(view.facts.person.sex.map(|sex| sex == wanted), missing)
}

pub fn alone(view: View, missing: Tri) -> Answer {
    flag(view.facts.person.lives_alone, missing)
}

/// On the list for at least so many days, the index day included.
pub fn on_list(view: View, days: u32, missing: Tri) -> Answer {
    let long = view.facts.person.listed_since.map(|since| i64::from(view.on.0) - i64::from(since.0) >= i64::from(days));
    flag(long, missing)
}

fn flag(known: Option<bool>, missing: Tri) -> Answer {
    let truth = known.map_or(missing, Tri::from);
    Answer::new(truth, u32::from(truth.is_yes()))
}
