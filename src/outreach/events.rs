//! Events that break through a decision: facts after it, and bands that rose and stayed up.

use std::collections::{BTreeMap, BTreeSet};

use super::panel::{Panel, Spot};
use super::person::Person;
use super::policy::{EventLine, EventRule, Found, Newness, Rise};
use super::rows::EventMark;
use crate::clinical::Day;
use crate::score::result::{Evidence, Explained, Fact, Line, State};

/// What an event is judged against.
#[derive(Clone, Copy)]
pub struct Since<'a> {
    /// Only facts after this day count.
    pub decided_on: Day,
    /// And none after this one.
    pub on: Day,
    /// Levels at the decision, if she was seen then.
    pub then: Option<&'a BTreeMap<String, u8>>,
    /// Levels tonight, and in the nightly run before.
    pub tonight: &'a BTreeMap<String, u8>,
    pub last_night: Option<&'a BTreeMap<String, u8>>,
    /// The rule sets' answers on the day of the decision.
    pub explain_then: &'a dyn Fn() -> Vec<Explained>,
}

/// Every event of the policy that happened to her, newest first.
#[must_use]
pub fn since(panel: &Panel, person: &Person, since: Since) -> Vec<EventMark> {
    let happened = panel.policy.events.iter().zip(&panel.events).filter_map(|(rule, lines)| {
        let on = match &rule.found {
            Found::Lines(_) => of_lines(lines, person, since),
            Found::Rise(rise) => rose(panel, *rise, since).then_some(since.on),
        }?;
        Some(mark(rule, on))
    });
    let mut marks: Vec<EventMark> = happened.collect();
    marks.sort_by(|a, b| (b.on, &a.id).cmp(&(a.on, &b.id)));
    marks
}

fn mark(rule: &EventRule, on: Day) -> EventMark {
    EventMark { id: rule.id.clone(), on, sensitive: rule.gp_only }
}

/// The newest day on which one of the lines became new.
fn of_lines(lines: &[(Spot, EventLine)], person: &Person, since: Since) -> Option<Day> {
    lines.iter().filter_map(|(spot, rule)| of_line(*spot, rule, person, since)).max()
}

fn of_line(spot: Spot, rule: &EventLine, person: &Person, since: Since) -> Option<Day> {
    let line = line(&person.explained, spot).filter(|line| line.state == State::Met)?;
    let after = |day: &Day| *day > since.decided_on && *day <= since.on;
    match rule.new {
        Newness::Newest => {
            let days: BTreeSet<Day> = days(&line.evidence).filter(after).collect();
            (days.len() >= rule.days).then(|| days.last().copied())?
        }
        Newness::All => first_seen(&line.evidence, &after, |fact| (fact.input, String::new())),
        Newness::Code => first_seen(&line.evidence, &after, |fact| (fact.input, fact.code.clone())),
        Newness::Since => not_told_then(line, spot, since),
    }
}

/// The newest fact of what is alike, all of whose facts are after the decision.
fn first_seen<K: Ord>(evidence: &Evidence, after: &impl Fn(&Day) -> bool, alike: impl Fn(&Fact) -> K) -> Option<Day> {
    let mut seen: BTreeMap<K, Vec<Day>> = BTreeMap::new();
    for fact in &evidence.facts {
        seen.entry(alike(fact)).or_default().extend(fact.day);
    }
    let new = seen.values().filter(|days| !days.is_empty() && days.iter().all(after));
    new.filter_map(|days| days.iter().max().copied()).max()
}

/// The newest of the facts that the line did not tell of on the day of the decision.
fn not_told_then(line: &Line, spot: Spot, since: Since) -> Option<Day> {
    let explained = (since.explain_then)();
    let then = self::line(&explained, spot).filter(|line| line.state == State::Met);
    let known = |fact: &Fact| {
        then.is_some_and(|line| line.evidence.facts.iter().any(|old| (old.day, &old.code) == (fact.day, &fact.code)))
    };
    line.evidence.facts.iter().filter(|fact| !known(fact)).filter_map(|fact| fact.day).max()
}

fn days(evidence: &Evidence) -> impl Iterator<Item = Day> {
    evidence.facts.iter().filter_map(|fact| fact.day).chain(evidence.last_on)
}

/// The line of a spot among a person's answers.
#[must_use]
pub fn line(explained: &[Explained], spot: Spot) -> Option<&Line> {
    let answer = explained.iter().find(|answer| answer.outcome.model == spot.model)?;
    answer.lines.iter().find(|line| line.part == spot.part())
}

/// Whether some rule set's band rose enough, in as many nightly runs in a row as the rule asks for.
fn rose(panel: &Panel, rise: Rise, since: Since) -> bool {
    let Some(then) = since.then else { return false };
    let up = |levels: &BTreeMap<String, u8>, id: &str| {
        let (now, then) = (levels.get(id).copied().unwrap_or(0), then.get(id).copied().unwrap_or(0));
        let bands = panel.bands_up_to(id, now).saturating_sub(panel.bands_up_to(id, then));
        now > then && (bands >= rise.bands || now >= rise.or_to)
    };
    let before = |id: &str| rise.nights < 2 || since.last_night.is_some_and(|levels| up(levels, id));
    since.tonight.keys().any(|id| up(since.tonight, id) && before(id))
}
