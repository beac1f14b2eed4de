//! Every input of every rule set for one patient, with fact, date and source: those that are met, those that are unknown,
//! and those that are not met; and the sum.

use std::fmt::Write;

use super::evidence::cite;
use super::habit;
use super::parts::{ScoreView, title};
use super::sentence::Speaker;
use super::words::{self, Word, word};
use crate::clinical::Tri;
use crate::model::RuleSet;
use crate::model::ruleset::Input;
use crate::score::result::{Evidence, Explained};

/// Facts shown of one input before the rest are only counted.
const FACTS_SHOWN: usize = 4;
/// Characters of a line of names.
const WIDTH: usize = 96;

const MET: Word = word("Oppfylt", "Oppfylt", "Met");
const UNKNOWN: Word = word("Ukjent", "Ukjent", "Unknown");
const NOT_MET: Word = word("Ikke oppfylt", "Ikkje oppfylt", "Not met");

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
    let names: Vec<String> = names.map(|input| name(answer.rule_set, input, speaker)).collect();
    let reasons = if names.is_empty() { String::new() } else { format!(": {}", names.join(", ")) };
    let _ = writeln!(out, "  {}{reasons}", words::OUTSIDE.get(speaker.language));
}

/// What the journal says first; what it does not say, last and in few lines.
fn inputs(out: &mut String, answer: &Answer, speaker: &Speaker) {
    for (truth, heading) in [(Tri::Yes, MET), (Tri::Unknown, UNKNOWN), (Tri::No, NOT_MET)] {
        let inputs = answer.rule_set.inputs.iter().zip(answer.inputs);
        let of_group: Vec<(&Input, &Evidence)> =
            inputs.filter(|(_, (found, _))| *found == truth).map(|(input, (_, evidence))| (input, evidence)).collect();
        if of_group.is_empty() {
            continue;
        }
        let _ = writeln!(out, "\n  {} ({}):", heading.get(speaker.language), of_group.len());
        if truth == Tri::No {
            let names: Vec<String> = of_group.iter().map(|(input, _)| name(answer.rule_set, input, speaker)).collect();
            paragraph(out, &names);
            continue;
        }
        for (input, evidence) in of_group {
            let facts = if truth.is_yes() { facts(evidence, speaker) } else { String::new() };
            let _ = writeln!(out, "    {}{facts}", name(answer.rule_set, input, speaker));
        }
    }
}

/// Names one after the other, in lines of [`WIDTH`]; a name may hold commas.
fn paragraph(out: &mut String, names: &[String]) {
    let mut width = 0;
    for (number, name) in names.iter().enumerate() {
        let point = if number + 1 < names.len() { " ·" } else { "" };
        let length = name.chars().count() + point.chars().count() + 1;
        match width {
            0 => out.push_str("    "),
            _ if width + length > WIDTH => {
                out.push_str("\n    ");
                width = 0;
            }
            _ => out.push(' '),
        }
        width += length;
        let _ = write!(out, "{name}{point}");
    }
    out.push('\n');
}

/// What the reader calls an input; its name in the rule set where there is no other, or where two are called the same.
fn name(rule_set: &RuleSet, input: &Input, speaker: &Speaker) -> String {
    let label = |input: &Input| input.label.as_ref().map(|label| label.get(speaker.language).to_owned());
    let hidden = if input.sensitive { " ◐" } else { "" };
    match label(input) {
        Some(own) if rule_set.inputs.iter().filter(|other| label(other).as_ref() == Some(&own)).count() > 1 => {
            format!("{own} ({}){hidden}", input.name)
        }
        Some(own) => format!("{own}{hidden}"),
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
