//! Codes of rules: lists written in the rule set, and long lists in `codes.csv` beside it.

use std::collections::BTreeMap;

use super::ranges;
use crate::clinical::{Code, CodeSystem};
use crate::model::fault::Faults;
use crate::model::report::Report;
use crate::model::ruleset::Codes;
use crate::model::suggest;
use crate::model::tree::{Span, Table};

/// The list `codes.csv`: codes by category.
#[derive(Debug, Default)]
pub struct CodeList {
    categories: BTreeMap<String, Vec<Code>>,
}

const HEADER: &str = "system,code,category";

impl CodeList {
    /// Reads the list; lines that are wrong are told and passed over.
    pub fn parse(file: &str, text: &str, faults: &mut Faults) -> CodeList {
        faults.add_source(file, text);
        let mut report = Report::new(file, faults);
        let mut list = CodeList::default();
        let mut start = 0;
        for (number, line) in text.split_inclusive('\n').enumerate() {
            let content = line.trim_end_matches(['\n', '\r']);
            let span = start..start + content.len();
            start += line.len();
            let content = content.trim_start_matches('\u{feff}');
            if number == 0 {
                if content != HEADER {
                    report.fault_with(&span, "the first line must name the columns", "no such header", HEADER);
                }
            } else if !content.trim().is_empty() {
                list.line(content, &span, &mut report);
            }
        }
        list
    }

    fn line(&mut self, line: &str, span: &Span, report: &mut Report) {
        let fields = split(line);
        let [system, code, category] = fields.as_slice() else {
            let message = format!("expected the three columns {HEADER}, found {}", fields.len());
            return report.fault(span, message, "this line");
        };
        let Some(known) = CodeSystem::parse(system) else {
            return report.unknown(span, "code system", system, CodeSystem::ALL.map(CodeSystem::name));
        };
        let Some(code) = Code::prefix(known, code) else {
            return report.fault(span, format!("`{code}` cannot be a code of {known}"), "not of its shape");
        };
        let codes = self.categories.entry(category.clone()).or_default();
        if codes.contains(&code) {
            return report.fault(span, format!("`{}` stands twice in `{category}`", code.as_str()), "again");
        }
        codes.push(code);
    }

    /// The codes of one category.
    #[must_use]
    pub fn category(&self, name: &str) -> Option<&[Code]> {
        self.categories.get(name).map(Vec::as_slice)
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.categories.keys().map(String::as_str)
    }
}

/// Splits a line at its commas; a field may stand in quotes.
fn split(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            c => {
                if let Some(field) = fields.last_mut() {
                    field.push(c);
                }
            }
        }
    }
    fields.iter().map(|field| field.trim().to_owned()).collect()
}

/// Codes of a list under `key`, those of the wrong shape told.
pub fn read(table: &Table, key: &str, system: CodeSystem, report: &mut Report) -> Vec<(Code, Span)> {
    let mut codes: Vec<(Code, Span)> = Vec::new();
    for (text, span) in table.names(key) {
        match meant(system, text) {
            Some(meant) => {
                for code in meant {
                    if codes.iter().any(|(known, _)| *known == code && text != known.as_str()) {
                        report.fault(span, format!("`{}` stands twice in the list", code.as_str()), "again");
                    } else {
                        codes.push((code, span.clone()));
                    }
                }
            }
            None => {
                let message = format!("`{text}` cannot be a code of {system}");
                report.fault_with(span, message, "not of its shape", shape_of(system));
            }
        }
    }
    codes
}

/// The codes that a text of a list stands for: itself, or in ATC every substance of a range.
fn meant(system: CodeSystem, text: &str) -> Option<Vec<Code>> {
    if system == CodeSystem::Atc && text.contains('-') {
        return ranges::expand(text);
    }
    Code::prefix(system, text).map(|code| vec![code])
}

fn shape_of(system: CodeSystem) -> &'static str {
    match system {
        CodeSystem::Icpc2 => "an ICPC-2 code is a letter and two digits, in Norway sometimes three: `T90`, `U891`",
        CodeSystem::Icd10 => "an ICD-10 prefix is a letter, then digits: `C`, `W0`, `I50`, `E102`",
        CodeSystem::Atc => {
            "an ATC prefix has 1, 3, 4, 5 or 7 characters: `A`, `A10`, `A10B`, `A10BA`, `A10BA02`, or `A10BA01-A10BA05`"
        }
        CodeSystem::Nlk => "a laboratory code is three letters and digits: `NPU27300`",
    }
}

/// Joins what counts and what does not; an exception that takes nothing away is a fault. `shared` holds the exceptions that
/// came with other inputs' codes.
pub fn join(include: Vec<Code>, except: Vec<(Code, Span)>, shared: Vec<Code>, report: &mut Report) -> Codes {
    for (code, span) in &except {
        let taken = |rule: &Code| rule.system == code.system && code.as_str().starts_with(rule.as_str());
        if !include.is_empty() && !include.iter().any(taken) {
            let message = format!("`{}` is not among the codes that count", code.as_str());
            let known: Vec<&str> = include.iter().map(Code::as_str).collect();
            match suggest::nearest(code.as_str(), known.iter().copied()) {
                Some(near) => report.fault_with(span, message, "takes nothing away", format!("nearest: `{near}`")),
                None => report.fault(span, message, "takes nothing away"),
            }
        }
    }
    let sorted = |mut codes: Vec<Code>| {
        codes.sort();
        codes.dedup();
        codes
    };
    let except = except.into_iter().map(|(code, _)| code).chain(shared);
    Codes { include: sorted(include), except: sorted(except.collect()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lists_are_read_by_category() {
        let mut faults = Faults::new();
        let text = "system,code,category\nICD-10,E10.2,\"renal, other\"\nATC,A10,x\n";
        let list = CodeList::parse("codes.csv", text, &mut faults);
        assert!(faults.is_empty(), "{faults}");
        assert_eq!(list.category("renal, other").unwrap()[0].as_str(), "E102");
        assert_eq!(list.names().collect::<Vec<_>>(), ["renal, other", "x"]);
    }

    #[test]
    fn wrong_lines_of_long_lists_are_told() {
        for (line, expected) in [
            ("ICD10,E10", "expected the three columns"),
            ("ICD11,E10,x", "unknown code system `ICD11`"),
            ("ICD-10,10,x", "`10` cannot be a code of ICD-10"),
            ("ICD-10,E10,x\nICD-10,e10,x", "`E10` stands twice in `x`"),
        ] {
            let mut faults = Faults::new();
            CodeList::parse("codes.csv", &format!("system,code,category\n{line}\n"), &mut faults);
            assert!(faults.sorted()[0].message.starts_with(expected), "{line}: {faults}");
        }
    }
}
