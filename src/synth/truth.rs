//! The truth about a life on each index day, which no journal shows and no score may see.

use super::law::Law;
use super::life::Life;
use super::random::{Purpose, Stream};
use super::records::{Outcome, PatientRecords, TruthRow};
use super::timeline::FOLLOW_UP;
use crate::clinical::Day;
use crate::journal::tables::ContactKind;

/// Days that a flare or an admission still weighs on need.
const RECENT: i32 = 90;
/// Most points of need that burden gives.
const MOST_BURDEN: f32 = 45.0;

/// Adds a row for each index day on which she is alive and on the list.
pub fn tell(law: &Law, life: &Life, (seed, number): (u64, u64), rows: &mut PatientRecords) {
    let mut label = Stream::new(seed, number, Purpose::Label);
    for at in 0..law.timeline.index_days.len() {
        let on = law.timeline.index_days[at];
        // As many draws on every day, so that another series of days finds the same labels.
        let draws = label.units();
        if life.is_alive(on) && rows.person.listed_since <= on {
            let row = row(law, life, rows, on, draws);
            rows.truth.push(row);
        }
    }
}

fn row(law: &Law, life: &Life, rows: &PatientRecords, on: Day, draws: (f32, f32)) -> TruthRow {
    let followed = life.died_on.map_or(FOLLOW_UP, |died| (died.0 - on.0).min(FOLLOW_UP));
    let within = |day: Option<Day>| outcome(day, on, followed);
    let decline = within(life.losses.iter().map(|loss| loss.day).find(|day| *day > on));
    let death = within(life.died_on.filter(|died| *died > on));
    let admission = within(life.stays.iter().map(|stay| stay.day).find(|day| *day > on));
    let adult = life.age_at(on) >= 18.0;
    let rising = life.is_declining(on);
    let need = need(law, life, on, rising);
    let complex = life.complex.is_some() && !adult;
    let in_need = need >= law.parameters.need.threshold || complex;
    let helped = is_helped(law, life, rows, on);
    TruthRow {
        index_day: on,
        decline,
        decline_registered: registered(law, rows, decline, on, draws),
        admission,
        death,
        dependency: life.dependency(on),
        need,
        in_need,
        quiet: adult.then_some(life.quiet && in_need),
        rising: adult.then_some(rising),
        would_benefit: in_need && life.amenable && !helped,
        complex_child: (!adult).then_some(complex),
    }
}

fn outcome(day: Option<Day>, on: Day, followed: i32) -> Outcome {
    let days = day.map(|day| day.0 - on.0).filter(|days| *days <= followed);
    // Neither is negative, nor above a year.
    Outcome { happened: days.is_some(), days: days.unwrap_or(followed).clamp(0, FOLLOW_UP) as u16 }
}

/// Latent need, 0 to 100.
fn need(law: &Law, life: &Life, on: Day, rising: bool) -> f32 {
    let need = &law.parameters.need;
    let recent = |day: Day| day <= on && on.0 - day.0 <= RECENT;
    let burden = life.illnesses.iter().filter(|illness| illness.from <= on && on < illness.until);
    let burden: f32 = burden.map(|illness| law.parameters.conditions[usize::from(illness.condition)].burden).sum();
    let flares = life.flares.iter().any(|flare| recent(flare.day));
    let stays = life.stays.iter().any(|stay| recent(stay.day));
    let yes = |is: bool, points: f32| if is { points } else { 0.0 };
    let sum = (need.burden * burden).min(MOST_BURDEN)
        + need.dependency * f32::from(life.dependency(on))
        + yes(rising, need.rising)
        + yes(flares, need.flare)
        + yes(stays, need.admission);
    sum.min(100.0)
}

/// A coordinator follows her already.
fn is_helped(law: &Law, life: &Life, rows: &PatientRecords, on: Day) -> bool {
    let coordinators = [law.parameters.services.coordinator, law.parameters.complex_children.child_coordinator];
    let recorded = rows.services.iter().any(|row| coordinators.contains(&row.service) && row.from <= on);
    recorded || life.complex.is_some_and(|complex| complex.coordinator)
}

/// What a register shows: with the dial at 0 the decline itself, at 1 whether someone was seen often.
fn registered(law: &Law, rows: &PatientRecords, decline: Outcome, on: Day, draws: (f32, f32)) -> Outcome {
    let bias = law.parameters.dials.label_bias;
    if draws.0 >= bias {
        return decline;
    }
    let held = |kind: ContactKind| {
        matches!(kind, ContactKind::Office | ContactKind::Home | ContactKind::Video | ContactKind::Econsult)
    };
    let year = on.plus(-FOLLOW_UP);
    let contacts = rows.contacts.iter().filter(|row| held(row.kind) && year < row.date && row.date <= on).count();
    let rate = USE_OF_ONE * contacts as f32;
    let happened = draws.1 < rate;
    let days = if happened { 1 + (draws.1 / rate * 364.0) as u16 } else { decline.days.max(1) };
    Outcome { happened, days }
}

/// Chance that a consultation in the year before leads to a registered decline, when use alone decides: with three
/// consultations a year it is about as common as true decline. Assumption.
const USE_OF_ONE: f32 = 0.012;
