//! The codes that a file asks for and no list knows: told as warnings, unless the file names them itself.

use std::collections::BTreeSet;

use super::{Registers, Why, why};
use crate::clinical::{Code, CodeSystem, Language};
use crate::model::about::Foreign;
use crate::model::check::CODES;
use crate::model::fault::{Fault, Faults};
use crate::model::report::Report;
use crate::model::ruleset::{InputKind, RuleSet};
use crate::model::suggest;
use crate::model::tree::{Document, Span, Table};

/// A code as a file writes it.
struct Asked {
    code: Code,
    file: String,
    span: Span,
}

/// A group of `not_in_norway`.
struct Named<'a> {
    codes: Vec<(Code, Span)>,
    rest: Option<(u32, Span)>,
    reason: &'a str,
}

/// Codes of `codes.csv` beside a file: its path and its text.
pub type Beside<'a> = Option<(String, &'a str)>;

/// Tells of codes that no list knows and the file does not name. `inherited` is where it names its parent: what stands
/// there was told of the parent.
pub fn look(
    document: &Document,
    beside: Beside,
    inherited: Option<&Span>,
    registers: &Registers,
    warnings: &mut Faults,
) {
    let asked = asked(document, beside);
    let named = named(&document.root);
    let own = |span: &Span| inherited.is_none_or(|parent| span != parent);
    stale(&named, &asked, registers, &own, &mut Report::new(&document.file, warnings));
    let rest = named.iter().rev().find_map(|group| group.rest.as_ref());
    let unnamed = unnamed(&named, &asked, registers);
    // What a parent says of the rest does not speak for codes that were added to it.
    let of_rest = |span: &Span| rest.is_some_and(|(_, rest)| own(rest) || !own(span));
    let is_named = |code: &Code| named.iter().any(|group| group.codes.iter().any(|(known, _)| known == code));
    let mut told: BTreeSet<&Code> = BTreeSet::new();
    for one in asked.iter().filter(|one| own(&one.span) && !is_named(&one.code) && !of_rest(&one.span)) {
        if let Some(cause) = registers.why_not(&one.code).filter(|_| told.insert(&one.code)) {
            warn(one, &cause, warnings);
        }
    }
    if let Some((count, span)) = rest.filter(|(count, span)| *count != unnamed && own(span)) {
        let message = format!("{unnamed} further codes are in no list, not {count}");
        let help = format!("look at them, then write `rest = {unnamed}`");
        Report::new(&document.file, warnings).fault_with(span, message, "not so many", help);
    }
}

/// Why a file has codes that no list knows, in its own words.
#[derive(Debug, Clone)]
pub struct Reason {
    /// `None` speaks for the rest.
    codes: Option<Vec<Code>>,
    text: String,
}

/// The reasons that a file gives.
#[must_use]
pub fn reasons(document: &Document) -> Vec<Reason> {
    let reason = |group: Named| Reason {
        codes: group.rest.is_none().then(|| group.codes.into_iter().map(|(code, _)| code).collect()),
        text: group.reason.to_owned(),
    };
    named(&document.root).into_iter().map(reason).collect()
}

/// The codes of a rule set that cannot occur, those of its libraries too, with the first reason that is given for each.
#[must_use]
pub fn foreign(set: &RuleSet, reasons: &[Reason], registers: &Registers) -> Vec<Foreign> {
    let mut codes: BTreeSet<&Code> = BTreeSet::new();
    for input in &set.inputs {
        let asked = match &input.kind {
            InputKind::Diagnosis(asked) => &asked.codes,
            InputKind::Medicine(asked) => &asked.codes,
            _ => continue,
        };
        codes.extend(asked.include.iter().chain(&asked.except));
    }
    let reason = |code: &Code| {
        let names = |reason: &&Reason| reason.codes.as_ref().is_some_and(|codes| codes.contains(code));
        let found = reasons.iter().find(names).or_else(|| reasons.iter().find(|reason| reason.codes.is_none()));
        found.map(|reason| reason.text.clone())
    };
    let strange =
        |code: &Code| Some(Foreign { code: code.clone(), why: registers.why_not(code)?, reason: reason(code) });
    codes.into_iter().filter_map(strange).collect()
}

fn warn(asked: &Asked, cause: &Why, warnings: &mut Faults) {
    let message = format!("{} `{}` {}", asked.code.system, asked.code.as_str(), why(cause, Language::En));
    let key = match asked.code.system {
        CodeSystem::Icpc2 => "icpc2",
        CodeSystem::Icd10 => "icd10",
        CodeSystem::Atc => "atc",
        CodeSystem::Nlk => {
            let help = "a code that you have looked up can be added in `registers/nlk.csv`";
            return warnings.push(Fault::new(&asked.file, asked.span.clone(), message, "not known").help(help));
        }
    };
    let help = format!(
        "if it shall stay, say why: `[[not_in_norway]]` with `{key} = [\"{}\"]` and a `reason`",
        asked.code.as_str()
    );
    warnings.push(Fault::new(&asked.file, asked.span.clone(), message, "not known").help(help));
}

/// How many codes that the shipped lists lack no group names.
fn unnamed(named: &[Named], asked: &[Asked], registers: &Registers) -> u32 {
    let is_named = |code: &Code| named.iter().any(|group| group.codes.iter().any(|(known, _)| known == code));
    let strange = |code: &&Code| !is_named(code) && registers.why_not_shipped(code).is_some();
    let codes: BTreeSet<&Code> = asked.iter().map(|asked| &asked.code).filter(strange).collect();
    u32::try_from(codes.len()).unwrap_or(u32::MAX)
}

/// What `not_in_norway` names without need.
fn stale(named: &[Named], asked: &[Asked], registers: &Registers, own: &impl Fn(&Span) -> bool, report: &mut Report) {
    let strange = |code: &Code| registers.why_not_shipped(code).is_some();
    for (code, span) in named.iter().flat_map(|group| &group.codes).filter(|(_, span)| own(span)) {
        let cause = if !asked.iter().any(|asked| asked.code == *code) {
            "is not asked for"
        } else if !strange(code) {
            "is in a code list"
        } else {
            continue;
        };
        let near = asked.iter().map(|asked| &asked.code).filter(|code| strange(code)).map(Code::as_str);
        let message = format!("{} `{}` {cause}", code.system, code.as_str());
        let help = suggest::nearest(code.as_str(), near).map_or_else(
            || "take it away here".to_owned(),
            |near| format!("take it away here, or did you mean `{near}`?"),
        );
        report.fault_with(span, message, "named without need", help);
    }
}

fn named(root: &Table) -> Vec<Named<'_>> {
    let systems = [("icpc2", CodeSystem::Icpc2), ("icd10", CodeSystem::Icd10), ("atc", CodeSystem::Atc)];
    let mut groups = Vec::new();
    for (table, _) in root.tables("not_in_norway") {
        let mut codes = Vec::new();
        for (key, system) in systems {
            let read = |(text, span): (&str, &Span)| Some((Code::prefix(system, text)?, span.clone()));
            codes.extend(table.names(key).filter_map(read));
        }
        let rest = table.count("rest").zip(table.get("rest").map(|entry| entry.node.span.clone()));
        groups.push(Named { codes, rest, reason: table.word("reason").unwrap_or_default() });
    }
    groups
}

/// Every code of the inputs and of the list beside them.
fn asked(document: &Document, beside: Beside) -> Vec<Asked> {
    let mut asked = Vec::new();
    for input in document.root.entries("inputs").iter().filter_map(|entry| entry.node.as_table()) {
        for (key, system) in [
            ("icpc2", CodeSystem::Icpc2),
            ("icpc2_except", CodeSystem::Icpc2),
            ("icd10", CodeSystem::Icd10),
            ("icd10_except", CodeSystem::Icd10),
            ("atc", CodeSystem::Atc),
            ("atc_except", CodeSystem::Atc),
        ] {
            asked.extend(input.names(key).filter_map(|(text, span)| {
                Some(Asked { code: Code::prefix(system, text)?, file: document.file.clone(), span: span.clone() })
            }));
        }
    }
    if let Some((file, text)) = beside {
        asked.extend(listed(&file, text));
    }
    asked
}

/// The codes of `codes.csv`, line by line; its faults are told by its own reader.
fn listed(file: &str, text: &str) -> Vec<Asked> {
    debug_assert!(file.ends_with(CODES));
    let mut asked = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let span = start..start + line.trim_end().len();
        start += line.len();
        let mut fields = line.split(',').map(|field| field.trim().trim_matches('"'));
        if let (Some(system), Some(code)) = (fields.next().and_then(CodeSystem::parse), fields.next())
            && let Some(code) = Code::prefix(system, code)
        {
            asked.push(Asked { code, file: file.to_owned(), span });
        }
    }
    asked
}

/// Laboratory codes of a vocabulary that the list lacks. Body measures have names, not codes, and are passed over.
pub fn look_at_vocabulary(document: &Document, registers: &Registers, warnings: &mut Faults) {
    for analyte in document.root.entries("analytes").iter().filter_map(|entry| entry.node.as_table()) {
        for (table, _) in analyte.tables("codes") {
            let Some((text, span)) = table.name("code") else { continue };
            let Some(code) = Code::read(CodeSystem::Nlk, text) else { continue };
            if let Some(cause) = registers.why_not(&code) {
                warn(&Asked { code, file: document.file.clone(), span: span.clone() }, &cause, warnings);
            }
        }
    }
}
