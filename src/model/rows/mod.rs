//! The short hand in which cases write a patient's rows: `T90 12.10.25`, `egfr <15`, `home gp x2`.

mod medicine;
mod readers;

pub use readers::Scope;

use super::report::Report;
use super::tree::{Span, Table};
use crate::clinical::Day;

/// The day of a row that states none: 1 September 2025.
#[must_use]
pub fn unstated_day() -> Day {
    Day(20_332)
}

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
            if let Some(word) = words.last().filter(|word| looks_like_a_day(word) && day(word).is_none()) {
                report.fault(span, format!("there is no day `{word}`"), "cannot be read");
                continue;
            }
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

/// Three numbers with dots between them.
fn looks_like_a_day(word: &str) -> bool {
    let parts: Vec<&str> = word.split('.').collect();
    parts.len() == 3 && parts.iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinical::CodeSystem;
    use crate::model::fault::Faults;
    use crate::model::tree::Document;
    use crate::model::vocabulary::Vocabulary;

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
        Scope::of_codes(vocabulary, vec!["T90", "U891"])
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
