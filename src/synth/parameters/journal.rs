//! What the journal sees of people: contacts, prescriptions, services, scores.

use super::chapters::{ages, curve, share, shares};
use super::conditions::Group;
use super::curve::Curve;
use super::layers::Section;
use super::vocabulary::{diagnosis, medicine, place, service, wheel};
use crate::clinical::CodeSystem::Icpc2;
use crate::synth::random::Wheel;
use crate::synth::words::Words;

/// How quiet patients differ from others in the same state.
#[derive(Debug, Clone)]
pub struct Quiet {
    pub contacts: f32,
    pub missed: f32,
    pub lapses: f32,
    pub test_not_taken: f32,
    pub recall_answered: f32,
}

/// Consultations and out-of-hours visits of a person in a year.
#[derive(Debug, Clone)]
pub struct Contacts {
    /// Of women and of men.
    pub consultations: [Curve; 2],
    pub out_of_hours: Curve,
}

/// What kinds of contact there are, and what people come for.
#[derive(Debug, Clone)]
pub struct ContactKinds {
    pub simple: f32,
    pub spread: f32,
    pub burden: f32,
    pub missed: f32,
    pub cancelled: f32,
    pub booked_ahead: f32,
    pub recalled: f32,
    pub test_not_taken: f32,
    pub nurse: f32,
    pub home: Curve,
    pub video: f32,
    pub econsult: f32,
    pub second_code: f32,
    /// Complaints of children, of adults, and of those from 67 years.
    pub complaints: [Wheel; 3],
}

/// Medicines.
#[derive(Debug, Clone)]
pub struct Prescriptions {
    pub days: f32,
    pub lapses: f32,
    pub stops: f32,
    pub as_needed: Vec<u16>,
    pub multidose: Curve,
    pub short: f32,
    /// Of each diagnosis code, the medicine of its short course.
    pub courses: Vec<Option<u16>>,
}

/// Services.
#[derive(Debug, Clone)]
pub struct Services {
    /// Of each service, its share by lasting steps lost, 1 to 5.
    pub by_loss: Vec<(u8, [f32; 5])>,
    pub after_days: f32,
    pub recorded: f32,
    /// Of each group, the services and their shares.
    pub by_group: [Vec<(u8, f32)>; 4],
    pub coordinator: u8,
}

/// Scores of function.
#[derive(Debug, Clone)]
pub struct Scores {
    pub cfs: Curve,
    pub falls: Curve,
    pub after_loss: f32,
    pub tug: f32,
}

/// Events of a person in a year.
pub(super) const PER_YEAR: (f64, f64) = (0.0, 100.0);

pub fn quiet(root: &mut Section<'_>) -> Quiet {
    let mut section = root.section("quiet");
    section.source();
    let quiet = Quiet {
        contacts: share(&mut section, "contacts"),
        missed: share(&mut section, "missed"),
        lapses: share(&mut section, "lapses"),
        test_not_taken: share(&mut section, "test-not-taken"),
        recall_answered: share(&mut section, "recall-answered"),
    };
    section.finish();
    quiet
}

pub fn contacts(root: &mut Section<'_>) -> Contacts {
    let mut section = root.section("contacts");
    section.source();
    let years = ages(&mut section, "ages");
    let all = curve(&mut section, &years, "consultations", PER_YEAR);
    let (men, women) = (section.number("men", (0.0, 2.0)), section.number("women", (0.0, 2.0)));
    section.finish();
    let mut section = root.section("out-of-hours");
    section.source();
    let years = ages(&mut section, "ages");
    let out_of_hours = curve(&mut section, &years, "per-year", PER_YEAR);
    section.finish();
    Contacts { consultations: [all.scaled(women), all.scaled(men)], out_of_hours }
}

pub fn kinds(root: &mut Section<'_>, words: &mut Words) -> ContactKinds {
    let mut people = root.section("complaints");
    people.source();
    let complaints = ["children", "adults", "old"].map(|who| wheel(words, &mut people, who, Icpc2));
    people.finish();
    let mut section = root.section("contact-kinds");
    section.source();
    let kinds = ContactKinds {
        simple: section.number("simple", (0.0, 20.0)) as f32,
        spread: section.number("spread", (0.0, 2.0)) as f32,
        burden: section.number("burden", (0.0, 1.0)) as f32,
        missed: share(&mut section, "missed"),
        cancelled: share(&mut section, "cancelled"),
        booked_ahead: share(&mut section, "booked-ahead"),
        recalled: share(&mut section, "recalled"),
        test_not_taken: share(&mut section, "test-not-taken"),
        nurse: share(&mut section, "nurse"),
        home: shares(&mut section, "home"),
        video: share(&mut section, "video"),
        econsult: share(&mut section, "econsult"),
        second_code: share(&mut section, "second-code"),
        complaints,
    };
    section.finish();
    kinds
}

pub fn prescriptions(root: &mut Section<'_>, words: &mut Words) -> Prescriptions {
    let mut section = root.section("prescriptions");
    section.source();
    let as_needed = section.words("as-needed");
    let as_needed = as_needed.into_iter().map(|(atc, span, file)| {
        let place = super::vocabulary::Place { section: &section, file, span };
        medicine(words, &atc, &place)
    });
    let as_needed = as_needed.collect();
    let days = section.number("days", (7.0, 400.0)) as f32;
    let (lapses, stops) = (share(&mut section, "lapses"), share(&mut section, "stops"));
    let (multidose, short) = (shares(&mut section, "multidose"), share(&mut section, "short"));
    section.finish();
    let courses = short_courses(root, words);
    Prescriptions { days, lapses, stops, as_needed, multidose, short, courses }
}

fn short_courses(root: &mut Section<'_>, words: &mut Words) -> Vec<Option<u16>> {
    let mut section = root.section("short-courses");
    section.source();
    let mut inner = section.section("icpc2");
    let mut courses = Vec::new();
    for code in inner.keys() {
        let Some((atc, found)) = inner.word(&code) else { continue };
        let at = place(&inner, found);
        let number = usize::from(diagnosis(words, Icpc2, &code, &at));
        let atc = medicine(words, &atc, &at);
        if courses.len() <= number {
            courses.resize(number + 1, None);
        }
        courses[number] = Some(atc);
    }
    section.finish();
    courses
}

pub fn services(root: &mut Section<'_>, words: &mut Words) -> Services {
    let mut section = root.section("services");
    section.source();
    let (after_days, recorded) = (section.number("after-days", (0.0, 1000.0)) as f32, share(&mut section, "recorded"));
    let mut by_loss = Vec::new();
    for name in section.keys().into_iter().filter(|key| !["source", "after-days", "recorded"].contains(&key.as_str())) {
        let shares = section.numbers(&name, (0.0, 1.0), Some(5));
        let shares: [f32; 5] = std::array::from_fn(|step| shares[step] as f32);
        by_loss.push((service(words, &name), shares));
    }
    section.finish();
    let mut groups = root.section("group-services");
    groups.source();
    let by_group = Group::ALL.map(|group| of_group(&mut groups, group, words));
    groups.finish();
    Services { by_loss, after_days, recorded, by_group, coordinator: service(words, "coordinator") }
}

fn of_group(groups: &mut Section<'_>, group: Group, words: &mut Words) -> Vec<(u8, f32)> {
    let mut section = groups.section(group.name());
    let names = section.keys();
    names.iter().map(|name| (service(words, name), share(&mut section, name))).collect()
}

pub fn scores(root: &mut Section<'_>) -> Scores {
    let mut section = root.section("scores");
    section.source();
    let scores = Scores {
        cfs: shares(&mut section, "cfs"),
        falls: shares(&mut section, "falls"),
        after_loss: share(&mut section, "after-loss"),
        tug: share(&mut section, "tug"),
    };
    section.finish();
    scores
}
