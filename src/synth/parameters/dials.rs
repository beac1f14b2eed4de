//! The dials: what a study turns to put a rule under strain.

use super::layers::Section;
use crate::clinical::Day;
use crate::clinical::fault::{Fault, Faults};
use crate::clinical::suggest::hint;
use crate::journal::tables::{Source, Sources};
use std::collections::BTreeMap;

/// The name that `--set` has in faults.
pub const SETTINGS: &str = "--set";

/// Every dial by name, and what kind of value it takes.
pub const DIALS: [(&str, Kind); 11] = [
    ("coding", Kind::Number),
    ("coding-quiet", Kind::Number),
    ("coding-hospital", Kind::Number),
    ("delay", Kind::Number),
    ("drift", Kind::Number),
    ("drift-from", Kind::Text),
    ("missing", Kind::List),
    ("label-bias", Kind::Number),
    ("quiet-share", Kind::Number),
    ("prevalence", Kind::Number),
    ("practice-size", Kind::Number),
];

/// What a dial's value looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Number,
    Text,
    List,
}

/// The dials as they stand.
#[derive(Debug, Clone, PartialEq)]
pub struct Dials {
    /// Share of events that get a code, 0 to 1.
    pub coding: f32,
    /// Of that, the share in quiet patients' records.
    pub coding_quiet: f32,
    /// Share of the hospital's codes that reach the journal, 0 to 1.
    pub coding_hospital: f32,
    /// Mean days by which every record is late beyond its usual delay.
    pub delay: f32,
    /// Coding is multiplied by this from a day on.
    pub drift: f32,
    pub drift_from: Option<Day>,
    /// Sources that are delivered.
    pub delivered: Sources,
    /// 0: the registered outcome is the true one; 1: it follows use alone.
    pub label_bias: f32,
    /// Share of adults who seldom ask for help.
    pub quiet_share: f32,
    /// Every condition's prevalence is multiplied by this.
    pub prevalence: f32,
    /// Patients of a practice.
    pub practice_size: u64,
}

const SHARE: (f64, f64) = (0.0, 1.0);

pub fn read(mut section: Section<'_>) -> Dials {
    let coding = number(&mut section, "coding", SHARE);
    let coding_quiet = number(&mut section, "coding-quiet", SHARE);
    let coding_hospital = number(&mut section, "coding-hospital", SHARE);
    let delay = number(&mut section, "delay", (0.0, 365.0));
    let drift = number(&mut section, "drift", (0.0, 10.0));
    let drift_from = drift_from(&mut section);
    let delivered = delivered(&mut section);
    let label_bias = number(&mut section, "label-bias", SHARE);
    let quiet_share = number(&mut section, "quiet-share", SHARE);
    let prevalence = number(&mut section, "prevalence", (0.0, 5.0));
    let practice_size = number(&mut section, "practice-size", (1.0, 1e9)) as u64;
    section.finish();
    Dials {
        coding,
        coding_quiet,
        coding_hospital,
        delay,
        drift,
        drift_from,
        delivered,
        label_bias,
        quiet_share,
        prevalence,
        practice_size,
    }
}

fn number(section: &mut Section<'_>, name: &str, limits: (f64, f64)) -> f32 {
    let mut dial = section.section(name);
    dial.source();
    let value = dial.number("value", limits) as f32;
    dial.finish();
    value
}

fn drift_from(section: &mut Section<'_>) -> Option<Day> {
    let mut dial = section.section("drift-from");
    dial.source();
    let word = dial.word("value");
    let day = word.as_ref().and_then(|(word, _)| Day::parse_iso(word.trim()));
    if let Some((word, found)) = word
        && day.is_none()
        && !word.trim().is_empty()
    {
        let label = "expected yyyy-mm-dd, or nothing";
        let span = found.entry.node.span.clone();
        dial.push(Fault::new(found.file, span, "`drift-from` is no day", label));
    }
    dial.finish();
    day
}

fn delivered(section: &mut Section<'_>) -> Sources {
    let mut dial = section.section("missing");
    dial.source();
    let mut delivered = Sources::all();
    for (name, span, file) in dial.words("value") {
        match Source::parse(&name).filter(|source| *source != Source::Patients) {
            Some(source) => delivered = delivered.without(source),
            None => {
                let known = Source::ALL.iter().skip(1).map(|source| source.name());
                let mut fault = Fault::new(file, span, format!("there is no source `{name}`"), "not known");
                fault.help = hint(&name, known);
                dial.push(fault);
            }
        }
    }
    dial.finish();
    delivered
}

/// `name=value` as a file of parameters; what is no dial is a fault, and of a dial turned twice the last turn holds.
pub fn as_file(settings: &[String], faults: &mut Faults) -> Option<String> {
    let mut lines: BTreeMap<&str, String> = BTreeMap::new();
    for setting in settings {
        let (name, value) = setting.split_once('=').map_or((setting.as_str(), ""), |(n, v)| (n.trim(), v.trim()));
        let value = match DIALS.iter().find(|(known, _)| *known == name).map(|(_, kind)| kind) {
            Some(Kind::Number) if value.parse::<f64>().is_ok_and(f64::is_finite) => value.to_owned(),
            Some(Kind::Text) if !value.contains(['"', '\\']) => format!("\"{value}\""),
            Some(Kind::List) if !value.contains(['"', '\\']) => {
                let names = value.split(',').map(str::trim).filter(|name| !name.is_empty());
                format!("[{}]", names.map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", "))
            }
            Some(_) => {
                let message = format!("`{setting}`: the dial `{name}` takes a number");
                faults.push(Fault::new(SETTINGS, 0..0, message, "expected name=number"));
                continue;
            }
            None => {
                let mut fault = Fault::new(SETTINGS, 0..0, format!("there is no dial `{name}`"), "expected name=value");
                fault.help = hint(name, DIALS.iter().map(|(name, _)| *name));
                faults.push(fault);
                continue;
            }
        };
        lines.insert(name, format!("{name} = {{ value = {value}, source = \"command line\" }}\n"));
    }
    (!lines.is_empty()).then(|| format!("[dials]\n{}", lines.into_values().collect::<String>()))
}
