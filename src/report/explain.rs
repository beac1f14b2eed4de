//! Every input of every rule set for one patient: met, not met or unknown, with fact, date and source; and the sum.

use std::fmt::Write;

use super::evidence::cite;
use super::habit;
use super::parts::{ScoreView, title};
use super::sentence::Speaker;
use super::words;
use crate::clinical::Tri;
use crate::model::RuleSet;
use crate::model::ruleset::Input;
use crate::score::result::{Evidence, Explained};

/// Facts shown of one input before the rest are only counted.
const FACTS_SHOWN: usize = 4;

/// One rule set's answer to one patient, with the answer to each of its inputs in the rule set's order.
#[derive(Debug, Clone, Copy)]
pub struct Answer<'a> {
    pub rule_set: &'a RuleSet,
    pub explained: &'a Explained,
    pub inputs: &'a [(Tri, Evidence)],
}

/// The text that `tidlig explain` prints.
#[must_use]
pub fn text(answers: &[Answer], speaker: &Speaker) -> String {
    let mut out = String::new();
    for answer in answers {
        head(&mut out, answer, speaker);
        match ScoreView::of(answer.rule_set, answer.explained, speaker) {
            Some(view) => score(&mut out, &view, speaker),
            None => outside(&mut out, answer, speaker),
        }
        inputs(&mut out, answer, speaker);
        out.push('\n');
    }
    out
}

fn head(out: &mut String, answer: &Answer, speaker: &Speaker) {
    let RuleSet { id, version, .. } = answer.rule_set;
    let name = title(answer.rule_set, speaker);
    let status = words::status(answer.rule_set.status).get(speaker.language);
    let line = format!("{name} · {id} {version} · {status}");
    let _ = writeln!(out, "{line}\n{}", "─".repeat(line.chars().count()));
}

fn score(out: &mut String, view: &ScoreView, speaker: &Speaker) {
    for line in &view.lines {
        let from = [line.date.as_str(), line.source.as_str()];
        let from = from.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(", ");
        let from = if from.is_empty() { from } else { format!("  [{from}]") };
        let _ = writeln!(out, "  {:>7}  {}{from}", line.points, line.text);
    }
    let band = if view.band.is_empty() { String::new() } else { format!("  {}", view.band) };
    let _ = writeln!(out, "  {:>7}  {}{band}", view.score, words::SUM.get(speaker.language));
    for doubt in &view.doubts {
        let _ = writeln!(out, "           {doubt}");
    }
}

fn outside(out: &mut String, answer: &Answer, speaker: &Speaker) {
    let names = answer.explained.outside.iter().filter_map(|number| answer.rule_set.inputs.get(*number));
    let names: Vec<String> = names.map(|input| name(input, speaker)).collect();
    let reasons = if names.is_empty() { String::new() } else { format!(": {}", names.join(", ")) };
    let _ = writeln!(out, "  {}{reasons}", words::OUTSIDE.get(speaker.language));
}

fn inputs(out: &mut String, answer: &Answer, speaker: &Speaker) {
    let _ = writeln!(out, "\n  {}:", words::INPUTS.get(speaker.language));
    for (input, (truth, evidence)) in answer.rule_set.inputs.iter().zip(answer.inputs) {
        let (sign, word) = match truth {
            Tri::Yes => ("+", words::MET),
            Tri::No => ("-", words::NOT_MET),
            Tri::Unknown => ("?", words::UNKNOWN),
        };
        let facts = if truth.is_yes() { facts(evidence, speaker) } else { String::new() };
        let line = format!("  {sign} {:<11} {}{facts}", word.get(speaker.language), name(input, speaker));
        let _ = writeln!(out, "{}", line.trim_end());
    }
}

fn name(input: &Input, speaker: &Speaker) -> String {
    let label = input.label.as_ref().map(|label| label.get(speaker.language));
    let hidden = if input.sensitive { " ◐" } else { "" };
    match label {
        Some(label) => format!("{} ({label}){hidden}", input.name),
        None => format!("{}{hidden}", input.name),
    }
}

fn facts(evidence: &Evidence, speaker: &Speaker) -> String {
    let mut shown: Vec<String> = Vec::new();
    for fact in &evidence.facts {
        let source = cite(fact, speaker.vocabulary, speaker.language);
        let day = fact.day.map_or_else(String::new, |day| habit::date(day, speaker.language));
        let text = format!("{source} {day}").trim().to_owned();
        if !text.is_empty() && !shown.contains(&text) {
            shown.push(text);
        }
    }
    let rest = shown.len().saturating_sub(FACTS_SHOWN);
    shown.truncate(FACTS_SHOWN);
    let mut text = shown.join(", ");
    if rest > 0 {
        let _ = write!(text, " {}", words::MORE_FACTS.with(speaker.language, &[&rest.to_string()]));
    }
    if let Some((mean, peers)) = evidence.peers {
        let mean = habit::number(mean, speaker.language);
        let _ = write!(
            text,
            "{}",
            words::PEERS.with(speaker.language, &[&evidence.count.to_string(), &mean, &peers.to_string()])
        );
    }
    if text.is_empty() { text } else { format!(": {text}") }
}
