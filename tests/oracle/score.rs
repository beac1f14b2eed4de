//! From criteria to a score: population, ceilings, gate, bands, bounds.

use super::criteria::{Fired, Weighed, fire, weigh};
use super::{Answer, LineAnswer, Question, ScoreAnswer, SetAnswer, answer};
use tidlig::clinical::{Points, Tri};
use tidlig::model::RuleSet;
use tidlig::model::ruleset::{Bound, InputId};
use tidlig::score::result::{Part, State};

pub fn score(question: Question<'_>, set: usize) -> SetAnswer {
    let rules = &question.rule_sets[set];
    let (in_population, outside) = population(question, set);
    if in_population != Tri::Yes {
        return SetAnswer { in_population, outside, score: None, lines: Vec::new() };
    }
    let fired: Vec<Fired> = rules.criteria.iter().map(|line| fire(question, set, line)).collect();
    let weighed: Vec<Weighed> = (0..fired.len()).map(|index| weigh(rules, &fired, index)).collect();
    let caps: Vec<Group> = (0..rules.caps.len()).map(|cap| group(rules, &weighed, cap)).collect();
    let gate = gate(question, set, &caps);

    let free = |pick: fn(&Weighed) -> Points| -> Points {
        (0..weighed.len()).filter(|c| rules.criteria[*c].cap.is_none()).map(|c| pick(&weighed[c])).sum()
    };
    let value = free(|w| w.points) + caps.iter().map(|g| g.value).sum::<Points>();
    let lower = free(|w| w.range.least) + caps.iter().map(|g| g.lower).sum::<Points>();
    let upper = free(|w| w.range.most) + caps.iter().map(|g| g.upper).sum::<Points>();
    let (value, lower, upper) = match gate {
        Tri::Yes => (value, lower, upper),
        Tri::Unknown => (Points::ZERO, lower.min(Points::ZERO), upper.max(Points::ZERO)),
        Tri::No => (Points::ZERO, Points::ZERO, Points::ZERO),
    };
    let mut of_points = band_of(rules, value);
    if gate == Tri::Yes {
        of_points = limited(rules, &weighed, of_points);
    }
    let set_by = band_set(question, set);
    let score =
        ScoreAnswer { value, lower, upper, band: set_by.or(of_points), band_of_points: set_by.and(of_points), gate };
    let lines = lines(question, set, &fired, &weighed, &caps, &score);
    SetAnswer { in_population, outside, score: Some(score), lines }
}

/// All of `all` must be yes and none of `none` may be; an unknown exclusion does not exclude. The dead are outside.
fn population(question: Question<'_>, set: usize) -> (Tri, Vec<usize>) {
    let rules = &question.rule_sets[set];
    let mut tri = Tri::Yes;
    let mut outside = Vec::new();
    for id in &rules.population.all {
        let answer = answer(question, set, *id).tri;
        if answer != Tri::Yes {
            outside.push(id.0);
        }
        if answer == Tri::No || tri == Tri::No {
            tri = Tri::No;
        } else if answer == Tri::Unknown {
            tri = Tri::Unknown;
        }
    }
    for id in &rules.population.none {
        if answer(question, set, *id).tri == Tri::Yes {
            outside.push(id.0);
            tri = Tri::No;
        }
    }
    if dead(question) {
        tri = Tri::No;
    }
    (tri, outside)
}

pub fn dead(question: Question<'_>) -> bool {
    question.journal.person.died_on.is_some_and(|day| day <= question.on)
}

/// A group of criteria with a ceiling: value, lower and upper are after it.
struct Group {
    /// What the ceiling takes away, zero or less.
    line: Points,
    value: Points,
    lower: Points,
    upper: Points,
}

fn group(rules: &RuleSet, weighed: &[Weighed], cap: usize) -> Group {
    let (mut sum, mut lower, mut upper) = (Points::ZERO, Points::ZERO, Points::ZERO);
    for (criterion, weighed) in rules.criteria.iter().zip(weighed) {
        if criterion.cap.is_some_and(|id| id.0 == cap) {
            sum += weighed.points;
            lower += weighed.range.least;
            upper += weighed.range.most;
        }
    }
    let ceiling = |points: Points| rules.caps[cap].at_most.map_or(points, |most| points.min(most));
    Group { line: ceiling(sum) - sum, value: ceiling(sum), lower: ceiling(lower), upper: ceiling(upper) }
}

/// What must hold before any point counts.
fn gate(question: Question<'_>, set: usize, caps: &[Group]) -> Tri {
    let gate = &question.rule_sets[set].gate;
    let mut parts = Vec::new();
    if !gate.any.is_empty() {
        let answers: Vec<Tri> = gate.any.iter().map(|id| answer(question, set, *id).tri).collect();
        parts.push(if answers.contains(&Tri::Yes) {
            Tri::Yes
        } else if answers.contains(&Tri::Unknown) {
            Tri::Unknown
        } else {
            Tri::No
        });
    }
    for (cap, least) in &gate.sums {
        let group = &caps[cap.0];
        parts.push(if group.value >= *least {
            Tri::Yes
        } else if group.upper >= *least {
            Tri::Unknown
        } else {
            Tri::No
        });
    }
    if parts.contains(&Tri::No) {
        Tri::No
    } else if parts.contains(&Tri::Unknown) {
        Tri::Unknown
    } else {
        Tri::Yes
    }
}

/// The highest band whose lower end is reached.
fn band_of(rules: &RuleSet, value: Points) -> Option<usize> {
    let mut band = None;
    for (index, candidate) in rules.bands.iter().enumerate() {
        let reached = match candidate.from {
            Bound::Lowest => true,
            Bound::From(from) => value >= from,
            Bound::Above(limit) => value > limit,
        };
        if reached {
            band = Some(index);
        }
    }
    band
}

/// When every point comes from the named criteria, no band above the named one.
fn limited(rules: &RuleSet, weighed: &[Weighed], band: Option<usize>) -> Option<usize> {
    let Some(limit) = &rules.band_limit else { return band };
    for (index, line) in weighed.iter().enumerate() {
        if line.points != Points::ZERO && !limit.criteria.contains(&index) {
            return band;
        }
    }
    band.map(|band| band.min(limit.band))
}

/// The band that another measure sets: the last step that its newest value reaches.
fn band_set(question: Question<'_>, set: usize) -> Option<usize> {
    let setter = question.rule_sets[set].band_set_by.as_ref()?;
    let newest = newest_value(&answer(question, set, setter.input))?;
    let mut band = None;
    for (least, index) in &setter.steps {
        if newest >= *least {
            band = Some(*index);
        }
    }
    band
}

/// The highest value of the newest day; facts stand behind an answer only when it is yes.
fn newest_value(answer: &Answer) -> Option<f64> {
    let newest = answer.facts.iter().filter_map(|fact| fact.day).max()?;
    let of_newest = answer.facts.iter().filter(|fact| fact.day == Some(newest));
    of_newest.filter_map(|fact| fact.value).reduce(f64::max)
}

fn lines(
    question: Question<'_>,
    set: usize,
    fired: &[Fired],
    weighed: &[Weighed],
    caps: &[Group],
    score: &ScoreAnswer,
) -> Vec<LineAnswer> {
    let rules = &question.rule_sets[set];
    let counts = |points: Points| if score.gate == Tri::Yes { points } else { Points::ZERO };
    let mut lines = Vec::new();
    for (index, (fired, weighed)) in fired.iter().zip(weighed).enumerate() {
        let at_most = if weighed.state == State::Unknown { weighed.range.most } else { Points::ZERO };
        let points = counts(weighed.points);
        let told = told(question, set, rules.criteria[index].shows, &fired.answer);
        lines.push(LineAnswer::new(Part::Criterion(index), weighed.state, points, at_most, &told));
    }
    for (index, cap) in caps.iter().enumerate() {
        let taken = counts(cap.line);
        let state = if taken < Points::ZERO { State::Met } else { State::NotMet };
        lines.push(LineAnswer::new(Part::Cap(index), state, taken, Points::ZERO, &Answer::bare(Tri::No)));
    }
    for (index, note) in rules.notes.iter().enumerate() {
        let answer = answer(question, set, note.input);
        let enough = note.from_points.is_none_or(|from| score.value >= from);
        let state = if enough { state_of(answer.tri) } else { State::NotMet };
        let told = told(question, set, note.shows, &answer);
        lines.push(LineAnswer::new(Part::Note(index), state, Points::ZERO, Points::ZERO, &told));
    }
    if let Some(setter) = &rules.band_set_by {
        let answer = answer(question, set, setter.input);
        lines.push(LineAnswer::new(Part::BandSetter, state_of(answer.tri), Points::ZERO, Points::ZERO, &answer));
    }
    lines
}

/// Whose facts the sentence tells: those of the input, or of another that the line names.
fn told(question: Question<'_>, set: usize, shows: Option<InputId>, own: &Answer) -> Answer {
    shows.map_or_else(|| own.clone(), |other| answer(question, set, other))
}

fn state_of(tri: Tri) -> State {
    match tri {
        Tri::Yes => State::Met,
        Tri::Unknown => State::Unknown,
        Tri::No => State::NotMet,
    }
}
