//! Random patients and random rule sets, small enough to collide often and to shrink well.

pub mod inputs;
pub mod journal;
pub mod peers;
pub mod rule_sets;
pub mod shipped;

use proptest::prelude::*;
use tidlig::clinical::Day;
use tidlig::journal::tables::{Source, Sources};

/// The day around which all journals and index days lie (2024-10-04).
pub const MIDDLE: i32 = 20_000;

/// Index days on and around the middle.
pub fn index_day() -> impl Strategy<Value = Day> {
    prop_oneof![4 => Just(Day(MIDDLE)), 1 => (-40..40).prop_map(|shift| Day(MIDDLE + shift))]
}

/// Days before the middle that rules and usage limits cut at, and their neighbours; some days after it too.
pub fn fact_day() -> impl Strategy<Value = Day> {
    let edge = prop::sample::select(vec![0, 1, 2, 30, 45, 60, 90, 91, 183, 365, 455, 456, 730]);
    prop_oneof![
        3 => (edge, -2..=2).prop_map(|(back, near)| Day(MIDDLE - back + near)),
        2 => (0..120).prop_map(|back| Day(MIDDLE - back)),
        1 => (-40..1_200).prop_map(|back| Day(MIDDLE - back)),
    ]
}

/// Mostly unstated, sometimes later than the fact or later than the index day.
pub fn recorded_on() -> impl Strategy<Value = Option<Day>> {
    prop_oneof![6 => Just(None), 2 => fact_day().prop_map(Some), 1 => Just(Some(Day(MIDDLE + 1)))]
}

/// Which sources were delivered; the patients always are.
pub fn sources() -> impl Strategy<Value = Sources> {
    let each = prop::collection::vec(prop::bool::weighted(0.85), Source::ALL.len());
    let some = each.prop_map(|delivered| {
        let picked = Source::ALL.into_iter().zip(delivered).filter(|(_, here)| *here).map(|(source, _)| source);
        picked.collect::<Sources>().with(Source::Patients)
    });
    prop_oneof![Just(Sources::all()), some]
}
