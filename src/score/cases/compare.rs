//! What a case expects against what came out.

use crate::clinical::{Points, Tri};
use crate::model::RuleSet;
use crate::model::cases::Case;
use crate::score::result::{Explained, Line, Part, State};

/// What differs from the expected, a sentence each; only what the case states is compared.
#[must_use]
pub fn compare(case: &Case, explained: &Explained, set: &RuleSet) -> Vec<String> {
    let mut found = Differences::default();
    let expect = &case.expect;
    let Some(score) = explained.outcome.score else {
        outside(case, explained, &mut found);
        return found.0;
    };
    found.is("in_population", expect.in_population, true);
    for (name, wanted, there) in [
        ("points", expect.points, score.value),
        ("lower", expect.lower, score.lower),
        ("upper", expect.upper, score.upper),
    ] {
        found.points(name, wanted, there);
    }
    let band = score.band.map(|at| set.bands[usize::from(at)].name.clone());
    if let Some(wanted) = expect.band.as_ref().filter(|wanted| **wanted != band) {
        found.differ("band", wanted.as_deref().unwrap_or("none"), band.as_deref().unwrap_or("none"));
    }
    found.is("gate", expect.gate, score.gate);
    let criteria =
        |state: fn(&State) -> bool| names(explained, |line| criterion(line, set).filter(|_| state(&line.state)));
    let firing = criteria(|state| *state == State::Met);
    // Before the gate holds nothing counts, so nothing fires.
    let firing = if score.gate == Tri::Yes { firing } else { Vec::new() };
    found.list("fires", expect.fires.as_ref(), firing);
    found.list("unknown", expect.unknown.as_ref(), criteria(|state| *state == State::Unknown));
    found.list("silenced", expect.silenced.as_ref(), criteria(|state| matches!(state, State::Silenced(_))));
    found.list("caps", expect.caps.as_ref(), names(explained, |line| met(line, cap(line, set))));
    found.list("notes", expect.notes.as_ref(), names(explained, |line| met(line, note(line, set))));
    found.0
}

/// How the inputs are answered that the case names.
#[must_use]
pub fn inputs(case: &Case, answers: &[Tri], set: &RuleSet) -> Vec<String> {
    let mut found = Differences::default();
    for (at, wanted) in &case.expect.inputs {
        found.is(&format!("input {}", set.inputs[*at].name), Some(*wanted), answers[*at]);
    }
    found.0
}

/// Someone who is not scored must be expected outside, or expected nothing else.
fn outside(case: &Case, explained: &Explained, found: &mut Differences) {
    if case.expect.in_population == Some(false) {
        return;
    }
    let why = match explained.outcome.in_population {
        Tri::Unknown => "not known to be in the population",
        _ => "outside the population",
    };
    found.0.push(format!("expected a score, but the person is {why}"));
}

fn criterion<'a>(line: &Line, set: &'a RuleSet) -> Option<&'a str> {
    match line.part {
        Part::Criterion(at) => Some(&set.criteria[at].name),
        _ => None,
    }
}

fn cap<'a>(line: &Line, set: &'a RuleSet) -> Option<&'a str> {
    match line.part {
        Part::Cap(at) => Some(&set.caps[at].name),
        _ => None,
    }
}

fn note<'a>(line: &Line, set: &'a RuleSet) -> Option<&'a str> {
    match line.part {
        Part::Note(at) => Some(&set.notes[at].name),
        _ => None,
    }
}

fn met<'a>(line: &Line, name: Option<&'a str>) -> Option<&'a str> {
    name.filter(|_| line.state == State::Met)
}

fn names<'a>(explained: &Explained, name: impl Fn(&Line) -> Option<&'a str>) -> Vec<&'a str> {
    explained.lines.iter().filter_map(name).collect()
}

/// The differences so far.
#[derive(Default)]
struct Differences(Vec<String>);

impl Differences {
    fn differ(&mut self, name: &str, wanted: impl std::fmt::Display, there: impl std::fmt::Display) {
        self.0.push(format!("{name}: expected {wanted}, got {there}"));
    }

    fn is<T: PartialEq + std::fmt::Debug>(&mut self, name: &str, wanted: Option<T>, there: T) {
        if let Some(wanted) = wanted.filter(|wanted| *wanted != there) {
            self.differ(name, format!("{wanted:?}").to_lowercase(), format!("{there:?}").to_lowercase());
        }
    }

    fn points(&mut self, name: &str, wanted: Option<Points>, there: Points) {
        if let Some(wanted) = wanted.filter(|wanted| *wanted != there) {
            self.differ(name, wanted, there);
        }
    }

    fn list(&mut self, name: &str, wanted: Option<&Vec<String>>, mut there: Vec<&str>) {
        let Some(wanted) = wanted else { return };
        let mut wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
        wanted.sort_unstable();
        there.sort_unstable();
        if wanted != there {
            self.differ(name, format!("[{}]", wanted.join(", ")), format!("[{}]", there.join(", ")));
        }
    }
}
