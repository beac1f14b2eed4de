//! A line of a score as the sentence that stands on the list.

use super::evidence;
use super::fill::{fill, outline};
use super::habit;
use super::trace::{self, Secrets};
use crate::clinical::{Day, Language, Points, Text};
use crate::model::RuleSet;
use crate::model::ruleset::{Bound, InputId, InputKind};
use crate::model::vocabulary::Vocabulary;
use crate::score::result::{Explained, Fact, Line, Part, Score, State};

/// Parts named before the rest are only hinted at.
const PARTS_NAMED: usize = 3;

/// For whom a sentence is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// Sees that a sensitive line is there and what it weighs, not what it says.
    Coordinator,
    /// Sees everything.
    Doctor,
}

/// A line in words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sentence {
    pub text: String,
    /// Newest fact behind it.
    pub date: Option<Day>,
    /// The rows behind it, newest first; empty when hidden or when there is none.
    pub sources: Vec<String>,
    /// What it says was withheld from this reader.
    pub hidden: bool,
}

/// Makes sentences in one language for one kind of reader.
#[derive(Debug, Clone, Copy)]
pub struct Speaker<'a> {
    pub vocabulary: &'a Vocabulary,
    pub language: Language,
    pub reader: Reader,
    /// The index day.
    pub on: Day,
    /// First day that the practice could know of: when she came onto the list.
    pub since: Option<Day>,
    pub secrets: &'a Secrets<'a>,
}

impl Speaker<'_> {
    /// The same, for someone known to the practice since that day.
    #[must_use]
    pub fn since(self, since: Option<Day>) -> Self {
        Speaker { since, ..self }
    }

    /// The sentence of one line.
    #[must_use]
    pub fn line(&self, rule_set: &RuleSet, line: &Line, score: Option<&Score>) -> Sentence {
        let facts = self.visible(line);
        if self.reader == Reader::Coordinator && is_sensitive(rule_set, line, &facts) {
            return Sentence {
                text: self.say(&self.vocabulary.frames.known_to_gp),
                hidden: true,
                ..Sentence::default()
            };
        }
        let text = match line.part {
            Part::Criterion(_) if line.state == State::Unknown => {
                self.list_unknown(&self.name(rule_set, line).unwrap_or_default())
            }
            Part::Criterion(index) => self.fill(&rule_set.criteria[index].text, rule_set, line, &facts, score),
            Part::Note(index) => self.fill(&rule_set.notes[index].text, rule_set, line, &facts, score),
            Part::Cap(index) => self.cap(rule_set, index, line.points),
            Part::BandSetter => match &rule_set.band_set_by {
                Some(setter) => self.fill(&setter.text, rule_set, line, &facts, score),
                None => String::new(),
            },
        };
        let text = self.with_usage(text, line, &facts);
        let mut sources = Vec::new();
        for source in facts.iter().map(|fact| evidence::cite(fact, self.vocabulary, self.language)) {
            if !source.is_empty() && !sources.contains(&source) {
                sources.push(source);
            }
        }
        Sentence { text, date: line.evidence.last_on, sources, hidden: false }
    }

    /// «Not assessed: …» for all unknown lines and exclusions together; `None` when everything was assessed.
    #[must_use]
    pub fn not_assessed(&self, rule_set: &RuleSet, explained: &Explained) -> Option<String> {
        let unknown = explained.lines.iter().filter(|line| line.state == State::Unknown);
        let mut names: Vec<String> = unknown.filter_map(|line| self.name(rule_set, line)).collect();
        let exclusions = explained.unsettled.iter().filter_map(|number| rule_set.inputs[*number].label.as_ref());
        names.extend(exclusions.map(|label| self.say(label)));
        names.dedup();
        (!names.is_empty()).then(|| self.list_unknown(&names.join(", ")))
    }

    /// «At least n points, may be m», when the unknown lines could lift the score into a higher band.
    #[must_use]
    pub fn bounds(&self, rule_set: &RuleSet, score: &Score) -> Option<String> {
        let higher = score.upper > score.value && band_at(rule_set, score.upper) > band_at(rule_set, score.value);
        higher.then(|| {
            fill(&self.vocabulary.frames.at_least, self.language, 0, |name| match name {
                "n" => Some(habit::points(score.lower, self.language)),
                "m" => Some(habit::points(score.upper, self.language)),
                _ => None,
            })
        })
    }

    /// The sentence that opens a rule set's reasons.
    #[must_use]
    pub fn headline(&self, rule_set: &RuleSet, score: &Score) -> Option<String> {
        let headline = rule_set.headline.as_ref()?;
        let count = habit::points(score.value, self.language);
        let plural = if score.value == Points::whole(1) { 1 } else { 2 };
        Some(fill(headline, self.language, plural, |name| (name == "count").then(|| count.clone())))
    }

    /// What a criterion is called: its input's label, what its input is made of, or its sentence with the blanks open.
    #[must_use]
    pub fn name(&self, rule_set: &RuleSet, line: &Line) -> Option<String> {
        let (input, text) = match line.part {
            Part::Criterion(index) => (rule_set.criteria[index].input, &rule_set.criteria[index].text),
            Part::Note(index) => (rule_set.notes[index].input, &rule_set.notes[index].text),
            Part::Cap(_) | Part::BandSetter => return None,
        };
        if let Some(label) = &rule_set.inputs[input.0].label {
            return Some(self.say(label));
        }
        let parts = trace::labels(rule_set, input);
        let says_nothing_itself = text.get(self.language).starts_with('{');
        if !says_nothing_itself || parts.is_empty() {
            return Some(outline(text, self.language));
        }
        let more = if parts.len() > PARTS_NAMED { " …" } else { "" };
        let named: Vec<&str> = parts.iter().take(PARTS_NAMED).map(|label| label.get(self.language)).collect();
        Some(format!("{}{more}", named.join(", ")))
    }

    fn say(&self, text: &Text) -> String {
        text.get(self.language).to_owned()
    }

    fn list_unknown(&self, list: &str) -> String {
        let list = Some(list.to_owned());
        fill(
            &self.vocabulary.frames.not_assessed,
            self.language,
            0,
            |name| if name == "list" { list.clone() } else { None },
        )
    }

    fn cap(&self, rule_set: &RuleSet, index: usize, points: Points) -> String {
        let cap = &rule_set.caps[index];
        let domain = cap.domain.as_ref().and_then(|name| self.vocabulary.domains.get(name));
        fill(&self.vocabulary.frames.cap, self.language, 0, |name| match name {
            "domain" => Some(cap.label.as_ref().or(domain).map_or_else(|| cap.name.clone(), |text| self.say(text))),
            "n" => Some(habit::points(-points, self.language)),
            _ => None,
        })
    }

    /// Says so when a medicine counts whose use the journal does not state.
    fn with_usage(&self, text: String, line: &Line, facts: &[&Fact]) -> String {
        let is_said = matches!(line.part, Part::Criterion(_) | Part::Note(_)) && line.state != State::Unknown;
        match facts.iter().any(|fact| fact.use_unstated) && is_said {
            true => format!("{text} {}", self.say(&self.vocabulary.frames.usage_unknown)),
            false => text,
        }
    }

    fn fill(&self, text: &Text, rule_set: &RuleSet, line: &Line, facts: &[&Fact], score: Option<&Score>) -> String {
        let evidence = &line.evidence;
        let newest = facts.first();
        let date = |day: Option<Day>| day.map(|day| habit::date(day, self.language));
        let value = || match evidence.peers {
            Some((mean, _)) => Some(habit::number((mean * 10.0).round() / 10.0, self.language)),
            None => newest.map(|fact| evidence::value(fact, self.language)),
        };
        fill(text, self.language, evidence.count, |name| match name {
            "name" => self.subject(rule_set, line, newest),
            "source" => newest.map(|fact| evidence::cite(fact, self.vocabulary, self.language)),
            "date" => date(evidence.last_on),
            "first" => date(evidence.first_on),
            "count" => Some(evidence.count.to_string()),
            "value" => value(),
            "unit" => newest.map(|fact| evidence::unit(fact).to_owned()),
            "old" => evidence.old.map(|old| habit::number(old, self.language)),
            "percent" => percent(evidence.old, newest.and_then(|fact| fact.value), self.language),
            "list" => Some(self.list(rule_set, line, facts)),
            "months" => evidence.last_on.map(|day| habit::months_between(day, self.on).to_string()),
            "from" => date(self.since),
            "n" => evidence.peers.map(|(_, peers)| peers.to_string()),
            "band" => score
                .and_then(|score| score.band_of_points)
                .map(|band| self.say(&rule_set.bands[usize::from(band)].label)),
            _ => None,
        })
    }

    /// What a sentence speaks of: its input's label, or that of the part which the newest fact answers.
    fn subject(&self, rule_set: &RuleSet, line: &Line, newest: Option<&&Fact>) -> Option<String> {
        let root = asked(rule_set, line)?;
        let own = rule_set.inputs[root.0].label.as_ref();
        let label = own.or_else(|| trace::name(rule_set, root, newest?));
        label.map(|label| self.say(label)).or_else(|| self.name(rule_set, line))
    }

    /// Names of the inputs that fired, or the rows themselves where the inputs have no name.
    fn list(&self, rule_set: &RuleSet, line: &Line, facts: &[&Fact]) -> String {
        let mut names: Vec<String> = Vec::new();
        for fact in facts {
            let label = asked(rule_set, line).and_then(|root| trace::name(rule_set, root, fact));
            let name =
                label.map_or_else(|| evidence::cite(fact, self.vocabulary, self.language), |label| self.say(label));
            if !name.is_empty() && !names.contains(&name) {
                names.push(name);
            }
        }
        names.join(", ")
    }

    /// The facts this reader may see, newest first.
    fn visible<'l>(&self, line: &'l Line) -> Vec<&'l Fact> {
        let may_see = |fact: &&Fact| self.reader == Reader::Doctor || !self.secrets.hides(fact);
        line.evidence.facts.iter().filter(may_see).collect()
    }
}

/// By how much a value changed, in per cent of the earlier one.
fn percent(old: Option<f64>, new: Option<f64>, language: Language) -> Option<String> {
    let (old, new) = (old.filter(|old| *old != 0.0)?, new?);
    let change = ((new - old) / old * 100.0).abs();
    Some(habit::number((change * 10.0).round() / 10.0, language))
}

/// The input whose facts a line tells.
fn asked(rule_set: &RuleSet, line: &Line) -> Option<InputId> {
    match line.part {
        Part::Criterion(index) => {
            let criterion = &rule_set.criteria[index];
            Some(criterion.shows.unwrap_or(criterion.input))
        }
        Part::Note(index) => {
            let note = &rule_set.notes[index];
            Some(note.shows.unwrap_or(note.input))
        }
        Part::Cap(_) => None,
        Part::BandSetter => rule_set.band_set_by.as_ref().map(|setter| setter.input),
    }
}

/// A line is sensitive when it says so, when its input does, or when every fact behind it is.
fn is_sensitive(rule_set: &RuleSet, line: &Line, visible: &[&Fact]) -> bool {
    if line.state == State::Unknown {
        // That a source is missing says nothing of the person.
        return false;
    }
    let own = match line.part {
        Part::Criterion(index) => {
            let criterion = &rule_set.criteria[index];
            criterion.sensitive || input_is_sensitive(rule_set, criterion.input)
        }
        Part::Note(index) => input_is_sensitive(rule_set, rule_set.notes[index].input),
        Part::Cap(_) | Part::BandSetter => false,
    };
    own || (visible.is_empty() && !line.evidence.facts.is_empty())
}

/// An input that only wraps a sensitive one is as sensitive as that.
fn input_is_sensitive(rule_set: &RuleSet, input: InputId) -> bool {
    let input = &rule_set.inputs[input.0];
    input.sensitive
        || match &input.kind {
            InputKind::Any(of) | InputKind::All(of) if of.len() == 1 => input_is_sensitive(rule_set, of[0]),
            _ => false,
        }
}

/// The band that so many points fall in.
fn band_at(rule_set: &RuleSet, points: Points) -> Option<usize> {
    rule_set.bands.iter().rposition(|band| match band.from {
        Bound::From(from) => points >= from,
        Bound::Above(above) => points > above,
        Bound::Lowest => true,
    })
}
