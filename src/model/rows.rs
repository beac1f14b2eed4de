//! The short hand in which cases write a patient's rows: `T90 12.10.25`, `egfr <15`, `home gp x2`.

use super::cases::{CaseContact, CaseDiagnosis, CaseFunction, CaseMeasurement, CaseMedicine, CaseService};
use super::names::{CONTACT_KINDS, PARTS};
use super::report::Report;
use super::ruleset::{Analyte, InputKind, RuleSet};
use super::tree::{Span, Table};
use super::vocabulary::Vocabulary;
use crate::clinical::{Code, CodeSystem, Day};

/// The day of a row that states none: 1 September 2025.
#[must_use]
pub fn unstated_day() -> Day {
    Day(20_332)
}

/// Days from a prescription to the end of its supply, where a case says how long ago the supply ended.
const SUPPLY: i32 = 90;

/// The rows of one table of one case.
pub struct Rows<'a> {
    table: &'a Table,
    key: &'a str,
    on: Day,
}

/// A row, its trailing parts taken off.
pub struct Row<'a> {
    /// What stands before the day.
    pub words: Vec<&'a str>,
    /// The day of this row; a row with `xN` becomes N rows.
    pub day: Day,
    /// Whether the row states its day.
    pub dated: bool,
    /// `recorded dd.mm.yy`.
    pub recorded_on: Option<Day>,
    /// The index day.
    pub on: Day,
    pub span: &'a Span,
}

impl<'a> Rows<'a> {
    pub fn of(table: &'a Table, key: &'a str, on: Day) -> Rows<'a> {
        Rows { table, key, on }
    }

    /// Reads each row, one for each day of `xN`; those that cannot be read are told and passed over.
    pub fn read<T>(&self, report: &mut Report, read: impl Fn(&Row, &mut Report) -> Vec<T>) -> Vec<T> {
        let mut out = Vec::new();
        for (text, span) in self.table.names(self.key) {
            let mut words: Vec<&str> = text.split_whitespace().collect();
            let recorded_on = take_recorded(&mut words);
            let times = take_times(&mut words);
            let stated = self.take_day(&mut words);
            let times = times.or_else(|| take_times(&mut words)).unwrap_or(1);
            let last = stated.unwrap_or_else(unstated_day);
            for back in (0..times).rev() {
                let day = last.plus(-back);
                let row = Row { words: words.clone(), day, dated: stated.is_some(), recorded_on, on: self.on, span };
                let before = report.faults.len();
                out.extend(read(&row, report));
                if report.faults.len() > before {
                    break;
                }
            }
        }
        out
    }
}

impl Rows<'_> {
    /// The day at the end of a row. Services write two, medicines may end in another day, a number may look like a year.
    fn take_day(&self, words: &mut Vec<&str>) -> Option<Day> {
        let before = words.len().checked_sub(2).map(|at| words[at]);
        let least = if matches!(self.key, "measurements" | "functions") { 3 } else { 2 };
        let other = self.key == "services" || before.is_some_and(|word| OPTIONS.contains(&word)) || words.len() < least;
        let day = words.last().and_then(|word| day(word)).filter(|_| !other);
        if day.is_some() {
            words.pop();
        }
        day
    }
}

/// Words after which a day or a number belongs to them.
const OPTIONS: &[&str] = &["stopped", "until", "lapsed"];

/// `dd.mm.yy`, `dd.mm.yyyy`, `yyyy-mm-dd`; a year alone is 1 July of it.
#[must_use]
pub fn day(word: &str) -> Option<Day> {
    if let Some(day) = Day::parse_iso(word) {
        return Some(day);
    }
    let number =
        |text: &str| -> Option<i32> { text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok()).flatten() };
    if word.len() == 4 {
        return number(word).filter(|year| (1900..2100).contains(year)).and_then(|year| Day::from_ymd(year, 7, 1));
    }
    let parts: Vec<&str> = word.split('.').collect();
    let [day, month, year] = parts.as_slice() else { return None };
    let full = match year.len() {
        2 => 2000 + number(year)?,
        4 => number(year)?,
        _ => return None,
    };
    Day::from_ymd(full, u32::try_from(number(month)?).ok()?, u32::try_from(number(day)?).ok()?)
}

/// `x4` at the end.
fn take_times(words: &mut Vec<&str>) -> Option<i32> {
    let times = words.last()?.strip_prefix(['x', '×'])?.parse().ok().filter(|n| (1..=1000).contains(n))?;
    words.pop();
    Some(times)
}

fn take_recorded(words: &mut Vec<&str>) -> Option<Day> {
    let [.., "recorded", word] = words.as_slice() else { return None };
    let day = day(word)?;
    words.truncate(words.len() - 2);
    Some(day)
}

/// What the short hand may name.
pub struct Scope<'a> {
    vocabulary: &'a Vocabulary,
    /// ICPC-2 codes that the rule set asks for.
    icpc2: Vec<&'a str>,
}

impl<'a> Scope<'a> {
    #[must_use]
    pub fn new(set: &'a RuleSet, vocabulary: &'a Vocabulary) -> Scope<'a> {
        let codes = set.inputs.iter().filter_map(|input| match &input.kind {
            InputKind::Diagnosis(asked) => Some(&asked.codes.include),
            _ => None,
        });
        let icpc2 = codes.flatten().filter(|code| code.system == CodeSystem::Icpc2).map(Code::as_str).collect();
        Scope { vocabulary, icpc2 }
    }

    pub fn diagnosis(&self, row: &Row, report: &mut Report) -> Vec<CaseDiagnosis> {
        let mut words = row.words.clone();
        let source = words.last().copied().filter(|word| PARTS.contains(word)).unwrap_or_default();
        if !source.is_empty() {
            words.pop();
        }
        let stated = words.first().copied().filter(|_| words.len() > 1).and_then(CodeSystem::parse);
        if stated.is_some() {
            words.remove(0);
        }
        let code = words.join(" ");
        let system = stated.unwrap_or_else(|| self.system(&code));
        if stated.is_none() && Code::read(system, &code).is_none() {
            let help = "write `T90 12.10.25`, or the system before the code: `ICD-10 K77 2024`";
            report.fault_with(row.span, format!("`{code}` is no code"), "cannot be read", help);
            return Vec::new();
        }
        vec![CaseDiagnosis { day: row.day, recorded_on: row.recorded_on, system, code, source: source.to_owned() }]
    }

    /// Letter and two digits: ICPC-2 where the rule set asks for ICPC-2; three digits only when it asks for that code.
    fn system(&self, code: &str) -> CodeSystem {
        let plain = Code::read(CodeSystem::Icpc2, code).filter(|_| !code.contains('.'));
        match plain {
            Some(code) if code.as_str().len() == 3 && !self.icpc2.is_empty() => CodeSystem::Icpc2,
            Some(code) if self.icpc2.contains(&code.as_str()) => CodeSystem::Icpc2,
            _ => CodeSystem::Icd10,
        }
    }

    pub fn medicine(&self, row: &Row, report: &mut Report) -> Vec<CaseMedicine> {
        if let [number, "substances"] = row.words.as_slice() {
            return substances(number, row, report);
        }
        let Some((atc, options)) = row.words.split_first() else { return Vec::new() };
        if Code::read(CodeSystem::Atc, atc).is_none() {
            report.fault(row.span, format!("`{atc}` is no ATC code"), "cannot be read");
            return Vec::new();
        }
        let mut medicine = plain_medicine(row, atc);
        let mut dated = row.dated;
        let mut options = options.iter();
        while let Some(option) = options.next() {
            let understood = match *option {
                "as-needed" => set(&mut medicine.regular, Some(Some(false))),
                "use-unstated" => set(&mut medicine.regular, Some(None)),
                "stopped" => set(&mut medicine.stopped_on, options.next().and_then(|word| day(word)).map(Some)),
                "until" => set(&mut medicine.until, options.next().and_then(|word| day(word)).map(Some)),
                "lapsed" => lapse(&mut medicine, options.next(), row, dated),
                word => {
                    dated = true;
                    set(&mut medicine.day, day(word))
                }
            };
            if !understood {
                let help =
                    "after the code: `lapsed 60`, `as-needed`, `use-unstated`, `until 01.02.26`, `stopped 01.02.26`";
                report.fault_with(row.span, format!("`{option}` cannot be understood"), "in this row", help);
                return Vec::new();
            }
        }
        vec![medicine]
    }

    pub fn measurement(&self, row: &Row, report: &mut Report) -> Vec<CaseMeasurement> {
        let [name, value, unit @ ..] = row.words.as_slice() else {
            report.fault(row.span, "a measurement is a name and a value", "such as `hba1c 51 12.10.25`");
            return Vec::new();
        };
        let (comparator, digits) = comparator(value);
        let Some(number) = digits.replace(',', ".").parse::<f64>().ok().filter(|n| n.is_finite()) else {
            report.fault(row.span, format!("`{value}` is no value"), "cannot be read");
            return Vec::new();
        };
        let unit = unit.join(" ");
        let (code, unit) = match self.vocabulary.analytes.get(name) {
            Some(analyte) => in_unit(analyte, &unit),
            None if *name == name.to_uppercase() => ((*name).to_owned(), unit),
            None => {
                report.unknown(row.span, "analyte", name, self.vocabulary.analytes.names());
                return Vec::new();
            }
        };
        vec![CaseMeasurement { day: row.day, recorded_on: row.recorded_on, code, value: number, unit, comparator }]
    }

    pub fn contact(&self, row: &Row, report: &mut Report) -> Vec<CaseContact> {
        let (kind, role) = match row.words.as_slice() {
            [kind] => (*kind, ""),
            [kind, role] => (*kind, *role),
            _ => {
                report.fault(row.span, "a contact is a kind and perhaps a role", "such as `home gp 12.10.25`");
                return Vec::new();
            }
        };
        if !CONTACT_KINDS.contains(&kind) {
            report.unknown(row.span, "kind of contact", kind, CONTACT_KINDS.iter().copied());
        } else if !role.is_empty() && !self.vocabulary.roles.has(role) {
            report.unknown(row.span, "role", role, self.vocabulary.roles.names());
        }
        let (kind, role) = (kind.to_owned(), role.to_owned());
        vec![CaseContact { day: row.day, recorded_on: row.recorded_on, kind, role }]
    }

    pub fn function(&self, row: &Row, report: &mut Report) -> Vec<CaseFunction> {
        let (instrument, item, score) = match row.words.as_slice() {
            [instrument, score] => (*instrument, "", *score),
            [instrument, item, score] => (*instrument, *item, *score),
            _ => {
                report.fault(
                    row.span,
                    "a function score is an instrument, perhaps an item, and a score",
                    "such as `CFS 3`",
                );
                return Vec::new();
            }
        };
        match self.vocabulary.functions.get(instrument) {
            None => report.unknown(row.span, "instrument", instrument, self.vocabulary.functions.names()),
            Some(known) if !item.is_empty() && !known.items.has(item) => {
                report.unknown(row.span, "item", item, known.items.names());
            }
            Some(_) => {}
        }
        let Some(score) = score.replace(',', ".").parse::<f64>().ok().filter(|n| n.is_finite()) else {
            report.fault(row.span, format!("`{score}` is no score"), "cannot be read");
            return Vec::new();
        };
        let (instrument, item) = (instrument.to_owned(), item.to_owned());
        vec![CaseFunction { day: row.day, recorded_on: row.recorded_on, instrument, item, score }]
    }

    /// `name`, `name from`, `name from - until`, `name - until`.
    pub fn service(&self, row: &Row, report: &mut Report) -> Vec<CaseService> {
        let period = match row.words.as_slice() {
            [_] => Some((Some(unstated_day()), None)),
            [_, from] => day(from).map(|from| (Some(from), None)),
            [_, "-", until] => day(until).map(|until| (None, Some(until))),
            [_, from, "-", until] => day(from).zip(day(until)).map(|(from, until)| (Some(from), Some(until))),
            _ => None,
        };
        let Some((from, until)) = period else {
            let message = "a service is a name and perhaps its days";
            report.fault(row.span, message, "such as `home_nursing 01.02.26 - 28.02.26`");
            return Vec::new();
        };
        let name = row.words[0];
        if !self.vocabulary.services.has(name) {
            report.unknown(row.span, "service", name, self.vocabulary.services.names());
        }
        vec![CaseService { service: name.to_owned(), from, until }]
    }
}

/// Sets a field to what was read; false when nothing could be read.
fn set<T>(field: &mut T, value: Option<T>) -> bool {
    match value {
        Some(value) => {
            *field = value;
            true
        }
        None => false,
    }
}

fn plain_medicine(row: &Row, atc: &str) -> CaseMedicine {
    CaseMedicine {
        day: row.day,
        recorded_on: row.recorded_on,
        atc: atc.to_owned(),
        until: None,
        stopped_on: None,
        regular: Some(true),
    }
}

/// The supply ended so many days before the index day.
fn lapse(medicine: &mut CaseMedicine, days: Option<&&str>, row: &Row, dated: bool) -> bool {
    let Some(days) = days.and_then(|days| days.parse::<i32>().ok()).filter(|n| (0..100_000).contains(n)) else {
        return false;
    };
    let until = row.on.plus(-days);
    medicine.until = Some(until);
    if !dated {
        medicine.day = until.plus(1 - SUPPLY);
    }
    true
}

/// Lipid-lowering substances, in this order, stand for "so many medicines": they tell of no other condition.
const SUBSTANCES: &[&str] = &[
    "C10AA01", "C10AA02", "C10AA03", "C10AA04", "C10AA05", "C10AA06", "C10AA07", "C10AA08", "C10AB01", "C10AB02",
    "C10AB03", "C10AB04", "C10AB05", "C10AB06", "C10AB07", "C10AB08", "C10AB09", "C10AB10", "C10AB11", "C10AC01",
];

fn substances(number: &str, row: &Row, report: &mut Report) -> Vec<CaseMedicine> {
    match number.parse::<usize>().ok().filter(|n| (1..=SUBSTANCES.len()).contains(n)) {
        Some(n) => SUBSTANCES[..n].iter().map(|atc| plain_medicine(row, atc)).collect(),
        None => {
            let message = format!("write from 1 to {} substances", SUBSTANCES.len());
            report.fault(row.span, message, "no such number");
            Vec::new()
        }
    }
}

fn comparator(value: &str) -> (&'static str, &str) {
    for sign in ["<=", ">=", "<", ">"] {
        if let Some(rest) = value.strip_prefix(sign) {
            return (sign, rest);
        }
    }
    ("", value)
}

/// The code under which a journal has this analyte in this unit; without a unit the analyte's own.
fn in_unit(analyte: &Analyte, unit: &str) -> (String, String) {
    let unit = if unit.is_empty() { analyte.unit.as_str() } else { unit };
    let fits = |code: &&super::ruleset::AnalyteCode| code.units.iter().any(|rule| rule.unit == unit);
    let code = analyte.codes.iter().find(fits).or(analyte.codes.first());
    (code.map_or_else(|| analyte.name.to_uppercase(), |code| code.code.clone()), unit.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fault::Faults;
    use crate::model::tree::Document;

    fn iso(text: &str) -> Day {
        Day::parse_iso(text).unwrap()
    }

    #[test]
    fn days_are_read_as_a_norwegian_writes_them() {
        assert_eq!(unstated_day(), iso("2025-09-01"));
        for (word, expected) in [
            ("12.10.25", Some(iso("2025-10-12"))),
            ("1.2.2026", Some(iso("2026-02-01"))),
            ("2026-03-02", Some(iso("2026-03-02"))),
            ("2024", Some(iso("2024-07-01"))),
            ("31.02.26", None),
            ("60", None),
            ("T90", None),
        ] {
            assert_eq!(day(word), expected, "{word}");
        }
    }

    /// The rows of one table, drawn with `{:?}`, and the messages of the faults.
    fn rows<T: std::fmt::Debug>(
        key: &str,
        row: &str,
        read: impl Fn(&Row, &mut Report) -> Vec<T>,
    ) -> (Vec<T>, Vec<String>) {
        let mut faults = Faults::new();
        let document = Document::parse("f", &format!("{key} = [{row:?}]\n"), &mut faults).unwrap();
        let mut report = Report::new("f", &mut faults);
        let read = Rows::of(&document.root, key, iso("2026-03-02")).read(&mut report, read);
        (read, faults.sorted().iter().map(|fault| fault.message.clone()).collect())
    }

    fn scope(vocabulary: &Vocabulary) -> Scope<'_> {
        Scope { vocabulary, icpc2: vec!["T90", "U891"] }
    }

    #[test]
    fn diagnoses_know_their_system() {
        let vocabulary = Vocabulary::default();
        for (row, system, code, first, n) in [
            ("T90 12.10.25", CodeSystem::Icpc2, "T90", "2025-10-12", 1),
            ("U891", CodeSystem::Icpc2, "U891", "2025-09-01", 1),
            ("e10.2*", CodeSystem::Icd10, "e10.2*", "2025-09-01", 1),
            ("ICD-10 K77 2024", CodeSystem::Icd10, "K77", "2024-07-01", 1),
            ("P76 x3", CodeSystem::Icpc2, "P76", "2025-08-30", 3),
            ("P76 x2 12.10.25", CodeSystem::Icpc2, "P76", "2025-10-11", 2),
            ("i 50.9 hospital 2024", CodeSystem::Icd10, "i 50.9", "2024-07-01", 1),
        ] {
            let (read, faults) = rows("diagnoses", row, |row, report| scope(&vocabulary).diagnosis(row, report));
            assert!(faults.is_empty(), "{row}: {faults:?}");
            let one = &read[0];
            assert_eq!((one.system, one.code.as_str(), one.day, read.len()), (system, code, iso(first), n), "{row}");
        }
    }

    #[test]
    fn medicines_have_options() {
        let vocabulary = Vocabulary::default();
        let read = |row: &str| rows("medicines", row, |row, report| scope(&vocabulary).medicine(row, report));
        let one = |row: &str| read(row).0.remove(0);
        assert_eq!(one("A10BA02").regular, Some(true));
        assert_eq!(one("A10BA02 as-needed").regular, Some(false));
        let lapsed = one("N07BC02 lapsed 60");
        assert_eq!((lapsed.until, lapsed.day), (Some(iso("2026-01-01")), iso("2025-10-04")));
        let stopped = one("A10BA02 12.10.25 stopped 01.02.26");
        assert_eq!((stopped.day, stopped.stopped_on), (iso("2025-10-12"), Some(iso("2026-02-01"))));
        assert_eq!(read("11 substances").0.len(), 11);
        assert_eq!(read("A10BA02 sometimes").1, ["`sometimes` cannot be understood"]);
        assert_eq!(read("A10B02").1, ["`A10B02` is no ATC code"]);
    }

    #[test]
    fn services_are_open_at_either_end() {
        let mut vocabulary = Vocabulary::default();
        vocabulary.services.set("home_nursing", crate::clinical::Text::default());
        let read = |row: &str| rows("services", row, |row, report| scope(&vocabulary).service(row, report));
        let period = |row: &str| read(row).0.first().map(|one| (one.from, one.until));
        assert_eq!(period("home_nursing"), Some((Some(iso("2025-09-01")), None)));
        assert_eq!(
            period("home_nursing 01.02.26 - 28.02.26"),
            Some((Some(iso("2026-02-01")), Some(iso("2026-02-28"))))
        );
        assert_eq!(period("home_nursing - 28.02.26"), Some((None, Some(iso("2026-02-28")))));
        assert_eq!(read("home_nurse").1, ["unknown service `home_nurse`"]);
    }
}
