//! Every part of one score in words: points, sentence, date and source, and the sum.

use super::habit;
use super::sentence::{Sentence, Speaker};
use super::words;
use crate::clinical::{Day, Points, Tri};
use crate::model::RuleSet;
use crate::model::ruleset::Status;
use crate::score::result::{Explained, Line, Part, Score, State};

/// Sources named on one line before the rest are only counted.
const SOURCES_SHOWN: usize = 3;

/// One rule set's answer in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoreView {
    pub title: String,
    /// Name of the band; empty when the rule set has none.
    pub band: String,
    pub level: u8,
    pub score: String,
    pub version: String,
    pub draft: bool,
    /// Whether the rule set takes part in the list.
    pub of_list: bool,
    pub headline: Option<String>,
    pub lines: Vec<LineView>,
    /// The gate is certainly not met.
    pub closed: bool,
    /// What could not be assessed, and what that could change.
    pub doubts: Vec<String>,
}

/// One line of a score in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineView {
    /// `+2`, `−1` or empty for a line of no points.
    pub points: String,
    pub text: String,
    pub date: String,
    pub source: String,
}

impl ScoreView {
    /// `None` for someone outside the population.
    #[must_use]
    pub fn of(rule_set: &RuleSet, explained: &Explained, speaker: &Speaker) -> Option<ScoreView> {
        let score = explained.outcome.score?;
        let band = score.band.map(|index| &rule_set.bands[usize::from(index)]);
        let lines = explained.lines.iter().filter_map(|line| line_view(rule_set, line, &score, speaker));
        let mut doubts: Vec<String> = speaker.not_assessed(rule_set, explained).into_iter().collect();
        doubts.extend(speaker.bounds(rule_set, &score));
        if !score.gate.is_yes() {
            doubts.push(words::GATE_NOT_MET.get(speaker.language).to_owned());
        }
        Some(ScoreView {
            title: title(rule_set, speaker),
            band: band.map_or_else(String::new, |band| band.label.get(speaker.language).to_owned()),
            level: band.map_or(0, |band| band.level),
            score: habit::points(score.value, speaker.language),
            version: format!("{} {}", rule_set.id, rule_set.version),
            draft: rule_set.status == Status::Draft,
            of_list: rule_set.outreach.is_some(),
            headline: speaker.headline(rule_set, &score).filter(|_| score.value > Points::ZERO),
            lines: lines.collect(),
            closed: score.gate == Tri::No,
            doubts,
        })
    }
}

/// The name of the target group, or of the rule set when it is none, as it stands within a sentence.
#[must_use]
pub fn group(rule_set: &RuleSet, speaker: &Speaker) -> String {
    let text = rule_set.outreach.as_ref().map_or(&rule_set.title, |outreach| &outreach.group);
    text.get(speaker.language).to_owned()
}

/// The same with a capital, as it stands alone.
#[must_use]
pub fn title(rule_set: &RuleSet, speaker: &Speaker) -> String {
    let name = group(rule_set, speaker);
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A line that says something: it gave points, was silenced, or is a note that holds.
fn line_view(rule_set: &RuleSet, line: &Line, score: &Score, speaker: &Speaker) -> Option<LineView> {
    let spoken = |sentence: &Sentence, text: String, points: String| LineView {
        points,
        text,
        date: sentence.date.map_or_else(String::new, |day: Day| habit::date(day, speaker.language)),
        source: sources(&sentence.sources, speaker),
    };
    let sentence = || speaker.line(rule_set, line, Some(score));
    match line.state {
        State::NotMet | State::Unknown => None,
        State::Met => {
            let sentence = sentence();
            let points = match line.part {
                Part::Note(_) | Part::BandSetter => String::new(),
                Part::Criterion(_) | Part::Cap(_) => habit::signed(line.points, speaker.language),
            };
            Some(spoken(&sentence, sentence.text.clone(), points))
        }
        State::Silenced(_) => {
            let sentence = sentence();
            let text = format!("{} – {}", sentence.text, words::SILENCED.get(speaker.language));
            Some(spoken(&sentence, text, habit::points(Points::ZERO, speaker.language)))
        }
    }
}

fn sources(all: &[String], speaker: &Speaker) -> String {
    let shown = all.iter().take(SOURCES_SHOWN).cloned().collect::<Vec<_>>().join(", ");
    match all.len().saturating_sub(SOURCES_SHOWN) {
        0 => shown,
        rest => format!("{shown} {}", words::MORE_FACTS.with(speaker.language, &[&rest.to_string()])),
    }
}
