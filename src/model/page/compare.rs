//! The differences between two rule sets, from the old one to the new one.

use super::Page;
use super::inputs::Speaker;
use super::meaning::{codes, codes_mut, line, meaning};
use crate::clinical::{Code, Language, Text};
use crate::model::difference::{Change, Difference, Part};
use crate::model::ruleset::{Codes, InputId, RuleSet};
use crate::model::vocabulary::Vocabulary;

/// Everything that is other in `new` than in `old`; ids, versions and titles aside.
#[must_use]
pub fn differences(old: &RuleSet, new: &RuleSet, vocabulary: &Vocabulary) -> Vec<Difference> {
    let mut found = Found { pair: [old, new], vocabulary, differences: Vec::new() };
    found.identity();
    found.lists();
    found.inputs();
    found.criteria();
    found.caps();
    found.bands();
    found.link();
    found.notes();
    found.sentences();
    found.differences
}

struct Found<'a> {
    pair: [&'a RuleSet; 2],
    vocabulary: &'a Vocabulary,
    differences: Vec<Difference>,
}

/// A text that is the same in all languages.
fn plain(text: impl Into<String>) -> Text {
    let text = text.into();
    Text::new(&text, &text, &text)
}

impl<'a> Found<'a> {
    fn add(&mut self, part: Part, name: &str, old: Option<Text>, new: Option<Text>) {
        let change = match (old, new) {
            (Some(old), Some(new)) if old != new => Change::Changed { old, new },
            (None, Some(new)) => Change::Added(new),
            (Some(old), None) => Change::Removed(old),
            _ => return,
        };
        self.differences.push(Difference { part, name: name.to_owned(), change });
    }

    /// A text said by one of the two, in every language.
    fn say(&self, side: usize, words: impl Fn(&Page) -> String) -> Text {
        said(self.pair[side], self.vocabulary, words)
    }

    fn identity(&mut self) {
        let status = |set: &RuleSet| Some(plain(set.status.name()));
        let outreach = |set: &RuleSet| set.outreach.as_ref().map(|outreach| outreach.group.clone());
        let [old, new] = self.pair;
        self.add(Part::Identity, "status", status(old), status(new));
        self.add(Part::Identity, "outreach", outreach(old), outreach(new));
        for (name, before, after) in [("source", &old.source, &new.source), ("departs", &old.departs, &new.departs)] {
            self.words(Part::Identity, name, before, after);
        }
    }

    fn words(&mut self, part: Part, name: &str, before: &[String], after: &[String]) {
        for gone in before.iter().filter(|word| !after.contains(word)) {
            self.add(part, name, Some(plain(gone)), None);
        }
        for come in after.iter().filter(|word| !before.contains(word)) {
            self.add(part, name, None, Some(plain(come)));
        }
    }

    /// Population and gate: lists of inputs.
    fn lists(&mut self) {
        let of = |set: &'a RuleSet| {
            [
                (Part::Population, "all", &set.population.all),
                (Part::Population, "none", &set.population.none),
                (Part::Gate, "any", &set.gate.any),
            ]
        };
        for ((part, name, before), (_, _, after)) in of(self.pair[0]).into_iter().zip(of(self.pair[1])) {
            let inputs = |set: &RuleSet, ids: &[InputId]| -> Vec<String> {
                ids.iter().map(|id| set.inputs[id.0].name.clone()).collect()
            };
            let (before, after) = (inputs(self.pair[0], before), inputs(self.pair[1], after));
            self.words(part, name, &before, &after);
        }
        let sums = |set: &RuleSet| {
            let sum = |(cap, points): &(crate::model::ruleset::CapId, crate::clinical::Points)| {
                format!("{} ≥ {points}", set.caps[cap.0].name)
            };
            set.gate.sums.iter().map(sum).collect::<Vec<_>>()
        };
        let (before, after) = (sums(self.pair[0]), sums(self.pair[1]));
        self.words(Part::Gate, "sums", &before, &after);
    }

    fn inputs(&mut self) {
        let [old, new] = self.pair;
        for (at, before) in old.inputs.iter().enumerate() {
            match new.inputs.iter().position(|input| input.name == before.name) {
                Some(place) => self.input(at, place),
                None => {
                    let text = self.say(0, |page| page.speaker.describe(InputId(at)));
                    self.add(Part::Input, &before.name, Some(text), None);
                }
            }
        }
        for (at, after) in new.inputs.iter().enumerate() {
            if !old.inputs.iter().any(|input| input.name == after.name) {
                let text = self.say(1, |page| page.speaker.describe(InputId(at)));
                self.add(Part::Input, &after.name, None, Some(text));
            }
        }
    }

    /// An input that both have: its codes, and the rest.
    fn input(&mut self, before: usize, after: usize) {
        let [old, new] = self.pair;
        let (a, b) = (&old.inputs[before], &new.inputs[after]);
        let (codes_a, codes_b) = (codes(&a.kind), codes(&b.kind));
        if let (Some(left), Some(right)) = (codes_a, codes_b)
            && left != right
        {
            self.codes(&a.name, "", &left.include, &right.include);
            self.codes(&a.name, "except", &left.except, &right.except);
        }
        if meaning(old, a) == meaning(new, b) {
            return;
        }
        let text = |set: &RuleSet, at: usize| {
            let mut set = set.clone();
            if let Some(codes) = codes_mut(&mut set.inputs[at].kind) {
                *codes = Codes::default();
            }
            let text = said(&set, self.vocabulary, |page| page.speaker.describe(InputId(at)));
            let trim = |text: &str| text.trim_start_matches([',', ' ']).to_owned();
            let mut text = Text::new(&trim(&text.nb), &trim(&text.nn), &trim(&text.en));
            if set.inputs[at].sensitive {
                [&mut text.nb, &mut text.nn, &mut text.en].into_iter().for_each(|text| text.push_str(" ◐"));
            }
            text
        };
        let (before, after) = (text(old, before), text(new, after));
        self.add(Part::Input, &a.name, Some(before), Some(after));
    }

    fn codes(&mut self, name: &str, what: &str, before: &[Code], after: &[Code]) {
        let minus = |a: &[Code], b: &[Code]| a.iter().filter(|code| !b.contains(code)).cloned().collect::<Vec<_>>();
        let (added, removed) = (minus(after, before), minus(before, after));
        if !added.is_empty() || !removed.is_empty() {
            let name = if what.is_empty() { name.to_owned() } else { format!("{name} {what}") };
            self.differences.push(Difference { part: Part::Input, name, change: Change::Codes { added, removed } });
        }
    }

    fn criteria(&mut self) {
        let names = |set: &'a RuleSet| set.criteria.iter().map(|criterion| criterion.name.as_str()).collect::<Vec<_>>();
        let find = |set: &'a RuleSet, name: &str| set.criteria.iter().find(|criterion| criterion.name == name);
        for name in in_both(&names(self.pair[0]), &names(self.pair[1])) {
            let text = |side: usize| {
                let set = self.pair[side];
                find(set, name).map(|criterion| said(set, self.vocabulary, |page| line(page, set, criterion)))
            };
            let (before, after) = (text(0), text(1));
            self.add(Part::Criterion, name, before, after);
        }
    }

    fn caps(&mut self) {
        let names = |set: &'a RuleSet| set.caps.iter().map(|cap| cap.name.as_str()).collect::<Vec<_>>();
        for name in in_both(&names(self.pair[0]), &names(self.pair[1])) {
            let text = |side: usize| {
                let cap = self.pair[side].caps.iter().find(|cap| cap.name == name)?;
                let most =
                    |page: &Page| cap.at_most.map_or_else(String::new, |most| format!(" ≤ {}", page.points(most)));
                Some(self.say(side, |page| format!("{}{}", page.cap_name(cap), most(page))))
            };
            let (before, after) = (text(0), text(1));
            self.add(Part::Cap, name, before, after);
        }
    }

    fn bands(&mut self) {
        let names = |set: &'a RuleSet| set.bands.iter().map(|band| band.name.as_str()).collect::<Vec<_>>();
        for name in in_both(&names(self.pair[0]), &names(self.pair[1])) {
            let text = |side: usize| {
                let band = self.pair[side].bands.iter().find(|band| band.name == name)?;
                let words =
                    |page: &Page| format!("{} {} ({})", band.label.get(page.language), page.bound(band), band.level);
                Some(self.say(side, words))
            };
            let (before, after) = (text(0), text(1));
            self.add(Part::Band, name, before, after);
        }
        let limit = |side: usize| {
            let set = self.pair[side];
            let limit = set.band_limit.as_ref()?;
            let names: Vec<&str> = limit.criteria.iter().map(|at| set.criteria[*at].name.as_str()).collect();
            Some(plain(format!("≤ {}: {}", set.bands[limit.band].name, names.join(" "))))
        };
        let (before, after) = (limit(0), limit(1));
        self.add(Part::Band, "band_limit", before, after);
        let setter = |side: usize| {
            let set = self.pair[side];
            let setter = set.band_set_by.as_ref()?;
            let steps = setter.steps.iter().map(|(from, band)| format!("{from}: {}", set.bands[*band].name));
            Some(plain(format!("{} {}", set.inputs[setter.input.0].name, steps.collect::<Vec<_>>().join(", "))))
        };
        let (before, after) = (setter(0), setter(1));
        self.add(Part::Band, "band_set_by", before, after);
    }

    fn link(&mut self) {
        let text = |set: &RuleSet| set.link.as_ref().map(|link| plain(format!("{link:?}")));
        let (before, after) = (text(self.pair[0]), text(self.pair[1]));
        self.add(Part::Link, "", before, after);
    }

    fn notes(&mut self) {
        let names = |set: &'a RuleSet| set.notes.iter().map(|note| note.name.as_str()).collect::<Vec<_>>();
        for name in in_both(&names(self.pair[0]), &names(self.pair[1])) {
            let text = |side: usize| {
                let set = self.pair[side];
                let note = set.notes.iter().find(|note| note.name == name)?;
                let from = note.from_points.map_or_else(String::new, |points| format!(" ≥ {points}"));
                let task = note.task.as_ref().map_or_else(String::new, |task| format!(" {task}"));
                Some(plain(format!("{}{from}{task}", set.inputs[note.input.0].name)))
            };
            let (before, after) = (text(0), text(1));
            self.add(Part::Note, name, before, after);
        }
    }

    /// Words alone: of lines that both have, and the headline.
    fn sentences(&mut self) {
        let [old, new] = self.pair;
        self.add(Part::Sentence, "purpose", Some(old.purpose.clone()), Some(new.purpose.clone()));
        self.add(Part::Sentence, "headline", old.headline.clone(), new.headline.clone());
        for criterion in &old.criteria {
            if let Some(same) = new.criteria.iter().find(|other| other.name == criterion.name) {
                self.add(Part::Sentence, &criterion.name, Some(criterion.text.clone()), Some(same.text.clone()));
            }
        }
        for note in &old.notes {
            if let Some(same) = new.notes.iter().find(|other| other.name == note.name) {
                self.add(Part::Sentence, &note.name, Some(note.text.clone()), Some(same.text.clone()));
            }
        }
    }
}

fn said(set: &RuleSet, vocabulary: &Vocabulary, words: impl Fn(&Page) -> String) -> Text {
    let [nb, nn, en] = Language::ALL
        .map(|language| words(&Page { out: String::new(), speaker: Speaker { set, vocabulary, language }, language }));
    Text::new(&nb, &nn, &en)
}

/// Names of the first list, then those that only the second one has.
fn in_both<'n>(before: &[&'n str], after: &[&'n str]) -> Vec<&'n str> {
    let come = after.iter().filter(|name| !before.contains(name));
    before.iter().chain(come).copied().collect()
}
