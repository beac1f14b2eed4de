//! Who is on the lists: ages, sexes, practices, and what is known of a person.

use super::curve::Curve;
use super::layers::Section;
use crate::synth::random::Wheel;
use crate::synth::words::Words;

pub const SHARE: (f64, f64) = (0.0, 1.0);
pub const AGES: (f64, f64) = (0.0, 120.0);
/// More than anything counted here.
pub const COUNT: (f64, f64) = (0.0, 1e9);

/// Ages and sexes.
#[derive(Debug, Clone)]
pub struct Population {
    /// First age of each band; the last band is ten years wide.
    pub from: Vec<f32>,
    pub people: Vec<f64>,
    pub bands: Wheel,
    /// Share of women in each band.
    pub women: Vec<f32>,
}

impl Population {
    /// The age at which a band ends.
    #[must_use]
    pub fn end(&self, band: usize) -> f32 {
        self.from.get(band + 1).copied().unwrap_or(self.from[band] + 10.0)
    }
}

/// Practices and their lists.
#[derive(Debug, Clone)]
pub struct Lists {
    pub gps: u32,
    pub moves_in: f32,
    pub moves_away: f32,
    pub coding_spread: f32,
    pub contacts_spread: f32,
}

/// What the register tells of a person.
#[derive(Debug, Clone)]
pub struct Persons {
    pub lives_alone_asked: Curve,
    pub lives_alone: Curve,
    pub other_language: f32,
    pub protected: f32,
    pub no_contact: f32,
    pub no_scoring: f32,
    pub closes_part: f32,
}

/// Ages in ascending order.
pub fn ages(section: &mut Section<'_>, key: &str) -> Vec<f64> {
    let ages = section.numbers(key, AGES, None);
    if ages.windows(2).any(|pair| pair[0] >= pair[1])
        && let Some(found) = section.find(key)
    {
        section.wrong(found, "ages in ascending order");
    }
    ages
}

/// A curve whose ages stand beside it.
pub fn curve(section: &mut Section<'_>, ages: &[f64], key: &str, limits: (f64, f64)) -> Curve {
    Curve::new(ages, &section.numbers(key, limits, Some(ages.len())))
}

/// A curve in a table of its own: `{ ages = […], share = […] }`.
pub fn shares(section: &mut Section<'_>, key: &str) -> Curve {
    let mut inner = section.section(key);
    if !inner.is_there() {
        section.missing(key);
        return Curve::level(0.0);
    }
    let ages = ages(&mut inner, "ages");
    let curve = curve(&mut inner, &ages, "share", SHARE);
    inner.finish();
    curve
}

pub fn share(section: &mut Section<'_>, key: &str) -> f32 {
    section.number(key, SHARE) as f32
}

pub fn population(root: &mut Section<'_>) -> Population {
    let mut section = root.section("population");
    section.source();
    let from = ages(&mut section, "from");
    let people = section.numbers("people", COUNT, Some(from.len()));
    section.finish();
    let mut section = root.section("sexes");
    section.source();
    let sexes_from = ages(&mut section, "from");
    let women = section.numbers("women", SHARE, Some(sexes_from.len()));
    section.finish();
    let share_from = |age: &f64| {
        let band = sexes_from.partition_point(|from| from <= age).saturating_sub(1);
        women[band] as f32
    };
    let weights: Vec<(u16, f64)> = (0..).zip(people.iter().copied()).collect();
    Population {
        women: from.iter().map(share_from).collect(),
        from: from.iter().map(|age| *age as f32).collect(),
        bands: Wheel::new(&weights),
        people,
    }
}

pub fn lists(root: &mut Section<'_>) -> Lists {
    let mut section = root.section("lists");
    section.source();
    let lists = Lists {
        gps: section.number("gps", (1.0, 1000.0)) as u32,
        moves_in: share(&mut section, "moves-in"),
        moves_away: share(&mut section, "moves-away"),
        coding_spread: share(&mut section, "coding-spread"),
        contacts_spread: share(&mut section, "contacts-spread"),
    };
    section.finish();
    lists
}

pub fn persons(root: &mut Section<'_>, words: &mut Words) -> Persons {
    let mut section = root.section("persons");
    section.source();
    words.languages = section.words("languages").into_iter().map(|(word, ..)| word).take(250).collect();
    if words.languages.is_empty() {
        section.missing("languages");
    }
    let persons = Persons {
        lives_alone_asked: shares(&mut section, "lives-alone-asked"),
        lives_alone: shares(&mut section, "lives-alone"),
        other_language: share(&mut section, "other-language"),
        protected: share(&mut section, "protected"),
        no_contact: share(&mut section, "no-contact"),
        no_scoring: share(&mut section, "no-scoring"),
        closes_part: share(&mut section, "closes-part"),
    };
    section.finish();
    persons
}

pub fn morbidity(root: &mut Section<'_>) -> f32 {
    let mut section = root.section("morbidity");
    section.source();
    let spread = section.number("spread", (0.0, 0.95)) as f32;
    section.finish();
    spread
}
