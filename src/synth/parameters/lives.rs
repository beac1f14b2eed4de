//! What happens to people: death, loss of function, admissions; children with complex needs; what need means.

use super::chapters::{ages, curve, share};
use super::curve::Curve;
use super::layers::Section;
use super::vocabulary::{service, wheel};
use crate::clinical::CodeSystem::{Icd10, Icpc2};
use crate::synth::random::Wheel;
use crate::synth::words::Words;

/// Events of 1,000 persons in a year.
const PER_1000: (f64, f64) = (0.0, 1000.0);
/// What a unit of burden may add to the logarithm of a hazard.
const LOG: (f64, f64) = (0.0, 2.0);

/// Dying.
#[derive(Debug, Clone)]
pub struct Death {
    /// Of one person in a year, both sexes.
    pub rate: Curve,
    /// Men die this many times as often.
    pub men: f32,
    pub burden: f32,
}

/// Losing a step of function for good.
#[derive(Debug, Clone)]
pub struct Decline {
    pub rate: Curve,
    pub burden: f32,
    /// The share that comes at once.
    pub sudden: f32,
    /// Years of such losses that lie behind people on the first day.
    pub years_before: f32,
    /// Least and greatest length of the time before, in days.
    pub prodrome: (f32, f32),
    pub weight_loss: f32,
    pub albumin_loss: f32,
    pub hb_loss: f32,
}

/// What shows before and at a decline.
#[derive(Debug, Clone)]
pub struct Signs {
    /// More contacts in a year.
    pub contacts: f32,
    pub coded: f32,
    pub before: Wheel,
    pub loss: Wheel,
    pub sudden: Wheel,
}

/// Being admitted unplanned.
#[derive(Debug, Clone)]
pub struct Admission {
    pub rate: Curve,
    pub burden: f32,
    pub prodrome: f32,
    pub codes: Wheel,
    pub frail: Wheel,
    pub letter_days: f32,
}

/// Children with complex needs.
#[derive(Debug, Clone)]
pub struct ComplexChildren {
    pub share: f32,
    pub codes: Wheel,
    pub technology: Wheel,
    pub depends: f32,
    pub services: Vec<u8>,
    pub each: f32,
    pub coordinator: f32,
    pub child_coordinator: u8,
    pub contacts: f32,
}

/// What makes need, in points.
#[derive(Debug, Clone)]
pub struct Need {
    pub burden: f32,
    pub dependency: f32,
    pub rising: f32,
    pub flare: f32,
    pub admission: f32,
    pub threshold: f32,
    pub amenable: f32,
}

fn rate(section: &mut Section<'_>) -> Curve {
    let ages = ages(section, "ages");
    curve(section, &ages, "per-1000", PER_1000).scaled(0.001)
}

pub fn death(root: &mut Section<'_>) -> Death {
    let mut section = root.section("death");
    section.source();
    let death = Death {
        rate: rate(&mut section),
        men: section.number("men", (0.0, 2.0)) as f32,
        burden: section.number("burden", LOG) as f32,
    };
    section.finish();
    death
}

pub fn decline(root: &mut Section<'_>) -> Decline {
    let mut section = root.section("decline");
    section.source();
    let days = section.numbers("prodrome-days", (1.0, 700.0), Some(2));
    let decline = Decline {
        rate: rate(&mut section),
        burden: section.number("burden", LOG) as f32,
        sudden: share(&mut section, "sudden"),
        years_before: section.number("years-before", (0.0, 30.0)) as f32,
        prodrome: (days[0] as f32, days[1].max(days[0]) as f32),
        weight_loss: section.number("weight-loss", (0.0, 0.5)) as f32,
        albumin_loss: section.number("albumin-loss", (0.0, 30.0)) as f32,
        hb_loss: section.number("hb-loss", (0.0, 8.0)) as f32,
    };
    section.finish();
    decline
}

pub fn signs(root: &mut Section<'_>, words: &mut Words) -> Signs {
    let mut section = root.section("signs");
    section.source();
    let signs = Signs {
        contacts: section.number("contacts", (0.0, 100.0)) as f32,
        coded: share(&mut section, "coded"),
        before: wheel(words, &mut section, "icpc2", Icpc2),
        loss: wheel(words, &mut section, "loss", Icpc2),
        sudden: wheel(words, &mut section, "sudden", Icd10),
    };
    section.finish();
    signs
}

pub fn admission(root: &mut Section<'_>, words: &mut Words) -> Admission {
    let mut section = root.section("admission");
    section.source();
    let admission = Admission {
        rate: rate(&mut section),
        burden: section.number("burden", LOG) as f32,
        prodrome: section.number("prodrome", (0.0, 20.0)) as f32,
        codes: wheel(words, &mut section, "codes", Icd10),
        frail: wheel(words, &mut section, "frail", Icd10),
        letter_days: section.number("letter-days", (0.0, 365.0)) as f32,
    };
    section.finish();
    admission
}

pub fn complex_children(root: &mut Section<'_>, words: &mut Words) -> ComplexChildren {
    let mut section = root.section("complex-children");
    section.source();
    let names = section.words("services");
    let children = ComplexChildren {
        share: section.number("per-1000", PER_1000) as f32 / 1000.0,
        codes: wheel(words, &mut section, "icd10", Icd10),
        technology: wheel(words, &mut section, "technology", Icd10),
        depends: share(&mut section, "depends"),
        services: names.iter().map(|(name, ..)| service(words, name)).collect(),
        each: share(&mut section, "each"),
        coordinator: share(&mut section, "coordinator"),
        child_coordinator: service(words, "child_coordinator"),
        contacts: section.number("contacts", (0.0, 100.0)) as f32,
    };
    section.finish();
    children
}

pub fn need(root: &mut Section<'_>) -> Need {
    const POINTS: (f64, f64) = (0.0, 100.0);
    let mut section = root.section("need");
    section.source();
    let need = Need {
        burden: section.number("burden", POINTS) as f32,
        dependency: section.number("dependency", POINTS) as f32,
        rising: section.number("rising", POINTS) as f32,
        flare: section.number("flare", POINTS) as f32,
        admission: section.number("admission", POINTS) as f32,
        threshold: section.number("threshold", POINTS) as f32,
        amenable: share(&mut section, "amenable"),
    };
    section.finish();
    need
}
