//! Laboratory results and body measures.

use super::time::{count_days, in_window, visible};
use super::value::{change, cross, median, within_limits};
use super::{Answer, Proof, Question};
use tidlig::clinical::{Day, Tri};
use tidlig::journal::patient::{Comparator, MeasurementRow};
use tidlig::journal::tables::Source;
use tidlig::model::ruleset::{Analyte, Change, Input, Limits, Measurement, Test, Unanswered, UnitRule};

/// A result in the analyte's own unit.
#[derive(Debug, Clone)]
struct Value {
    day: Day,
    code: String,
    value: f64,
    comparator: Comparator,
}

pub fn answer(question: Question<'_>, input: &Input, asked: &Measurement) -> Answer {
    if !question.sources.has(Source::Measurements) {
        return Answer::nothing(input.undelivered);
    }
    let all = results(question, &asked.analyte);
    let window: Vec<&Value> = all.iter().filter(|v| in_window(v.day, asked.window, question.on)).collect();
    if window.is_empty() {
        return Answer::nothing(input.missing);
    }
    match asked.test {
        Test::Latest(limits) => latest(&window, limits),
        Test::Change(change) => {
            let earlier = match (change.since, asked.window.within) {
                (Some(since), Some(within)) => before_window(question, within, since, &all),
                _ => window.clone(),
            };
            changed(input, &window, &earlier, change)
        }
        Test::Median(limits) => middle(input, &window, limits),
        Test::Crosses(_) => crossed(question, input, asked, &all, newest_day(&window)),
        Test::Each(limits) => {
            let judge = |v: &Value| within_limits(v.value, v.comparator, limits);
            each(&window, asked, |v| both(judge(v), left_unanswered(question, asked, v, &all)))
        }
        Test::Present => each(&window, asked, |v| left_unanswered(question, asked, v, &all)),
    }
}

/// Every result of the analyte that the index day can see, converted; a unit that does not fit is no result.
fn results(question: Question<'_>, analyte: &Analyte) -> Vec<Value> {
    let mut found = Vec::new();
    for row in &question.journal.measurements {
        if !visible(row.date, row.recorded_on, question.on) {
            continue;
        }
        for code in &analyte.codes {
            if code.code != row.code {
                continue;
            }
            if let Some(rule) = fitting(&code.units, &row.unit) {
                found.push(Value {
                    day: row.date,
                    code: row.code.clone(),
                    value: converted(row, rule),
                    comparator: row.comparator,
                });
            }
        }
    }
    found
}

/// The unit that the row's unit is, blanks and case aside; an unstated one fits when there is only one it could be.
fn fitting<'a>(units: &'a [UnitRule], unit: &str) -> Option<&'a UnitRule> {
    match units.iter().find(|rule| plain(&rule.unit) == plain(unit)) {
        Some(rule) => Some(rule),
        None if plain(unit).is_empty() && units.len() == 1 => units.first(),
        None => None,
    }
}

fn plain(unit: &str) -> String {
    unit.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

fn converted(row: &MeasurementRow, rule: &UnitRule) -> f64 {
    let value = rule.factor * row.value + rule.offset;
    match rule.decimals {
        None => value,
        Some(decimals) => {
            let scale = 10_f64.powi(i32::from(decimals));
            (value * scale).round() / scale
        }
    }
}

/// The newest day of the window: yes when a value of that day passes, unknown when one may.
fn latest(window: &[&Value], limits: Limits) -> Answer {
    let newest = newest_day(window);
    let of_newest: Vec<&Value> = window.iter().copied().filter(|v| v.day == newest).collect();
    let tri = best(of_newest.iter().map(|v| within_limits(v.value, v.comparator, limits)));
    let passing = of_newest.into_iter().filter(|v| within_limits(v.value, v.comparator, limits) == Tri::Yes);
    Answer::counted(tri, 1, passing.map(proof).collect())
}

/// So many distinct days with a passing value; values that may pass can make it unknown.
fn each(window: &[&Value], asked: &Measurement, judge: impl Fn(&Value) -> Tri) -> Answer {
    let passing: Vec<&Value> = window.iter().copied().filter(|v| judge(v) == Tri::Yes).collect();
    let possible: Vec<&Value> = window.iter().copied().filter(|v| judge(v) != Tri::No).collect();
    let newest = newest_day(window);
    let holds = |values: &[&Value]| {
        let days: Vec<Day> = values.iter().map(|v| v.day).collect();
        count_days(&days, asked.apart) >= asked.days && (!asked.newest || days.contains(&newest))
    };
    let tri = if holds(&passing) {
        Tri::Yes
    } else if holds(&possible) {
        Tri::Unknown
    } else {
        Tri::No
    };
    let days: Vec<Day> = passing.iter().map(|v| v.day).collect();
    Answer::counted(tri, count_days(&days, asked.apart), passing.into_iter().map(proof).collect())
}

/// No held contact and no new result within so many days after the value.
fn left_unanswered(question: Question<'_>, asked: &Measurement, of: &Value, all: &[Value]) -> Tri {
    let Some(Unanswered { days, contacts }) = &asked.unanswered else { return Tri::Yes };
    let follows = |day: Day| day > of.day && i64::from(day.0) <= i64::from(of.day.0) + i64::from(*days);
    if all.iter().any(|other| follows(other.day)) {
        return Tri::No;
    }
    let mut all_delivered = true;
    for contact in &question.journal.contacts {
        let asked_for = contacts.iter().any(|kind| kind == contact.kind.name());
        let delivered = question.sources.has(contact.kind.source());
        if asked_for && delivered && visible(contact.date, contact.recorded_on, question.on) && follows(contact.date) {
            return Tri::No;
        }
    }
    for kind in tidlig::journal::tables::ContactKind::ALL {
        if contacts.iter().any(|name| name == kind.name()) && !question.sources.has(kind.source()) {
            all_delivered = false;
        }
    }
    if all_delivered { Tri::Yes } else { Tri::Unknown }
}

/// The newest day's value against the highest or lowest of earlier days; only exact values can be compared.
fn changed(input: &Input, window: &[&Value], earlier: &[&Value], asked: Change) -> Answer {
    let exact: Vec<&Value> = window.iter().copied().filter(|v| v.comparator == Comparator::Exact).collect();
    let newest = newest_day(window);
    let new: Vec<f64> = exact.iter().filter(|v| v.day == newest).map(|v| v.value).collect();
    let comparable = |v: &&&Value| v.comparator == Comparator::Exact && v.day < newest;
    let earlier: Vec<(Day, f64)> = earlier.iter().filter(comparable).map(|v| (v.day, v.value)).collect();
    if new.is_empty() || earlier.is_empty() {
        return Answer::nothing(input.missing);
    }
    match change(asked, &new, &earlier) {
        None => Answer::bare(Tri::No),
        Some(found) => {
            let facts = exact.iter().filter(|v| v.day == newest && v.value == found.new).map(|v| proof(v)).collect();
            Answer { old: Some(found.old), ..Answer::counted(Tri::Yes, 1, facts) }
        }
    }
}

/// The values of so many days before the window.
fn before_window<'a>(question: Question<'_>, within: u32, since: u32, all: &'a [Value]) -> Vec<&'a Value> {
    let back = |v: &Value| i64::from(question.on.0) - i64::from(v.day.0);
    all.iter().filter(|v| back(v) >= i64::from(within) && back(v) < i64::from(within) + i64::from(since)).collect()
}

/// The middle of the exact values; with an even number, halfway between the middle two.
fn middle(input: &Input, window: &[&Value], limits: Limits) -> Answer {
    let exact: Vec<&Value> = window.iter().copied().filter(|v| v.comparator == Comparator::Exact).collect();
    let Some(value) = median(exact.iter().map(|v| v.value).collect()) else { return Answer::nothing(input.missing) };
    let newest = newest_day(window);
    let facts = exact.iter().filter(|v| v.day == newest).map(|v| proof(v)).collect();
    Answer::counted(within_limits(value, Comparator::Exact, limits), 1, facts)
}

/// From one side of a limit to the other.
fn crossed(question: Question<'_>, input: &Input, asked: &Measurement, all: &[Value], newest: Day) -> Answer {
    let Test::Crosses(crossing) = asked.test else { return Answer::nothing(input.missing) };
    let exact: Vec<&Value> = all.iter().filter(|v| v.comparator == Comparator::Exact).collect();
    let values: Vec<(Day, f64)> = exact.iter().map(|v| (v.day, v.value)).collect();
    match cross(crossing, asked.window, question.on, newest, &values) {
        None => Answer::nothing(input.missing),
        Some(None) => Answer::bare(Tri::No),
        Some(Some(found)) => {
            let facts = exact.iter().filter(|v| v.day == newest && v.value == found.new).map(|v| proof(v)).collect();
            Answer { old: Some(found.old), ..Answer::counted(Tri::Yes, 1, facts) }
        }
    }
}

fn newest_day(values: &[&Value]) -> Day {
    values.iter().map(|v| v.day).max().expect("a window without values was answered before")
}

fn best(answers: impl Iterator<Item = Tri>) -> Tri {
    let answers: Vec<Tri> = answers.collect();
    if answers.contains(&Tri::Yes) {
        Tri::Yes
    } else if answers.contains(&Tri::Unknown) {
        Tri::Unknown
    } else {
        Tri::No
    }
}

fn both(a: Tri, b: Tri) -> Tri {
    if a == Tri::No || b == Tri::No {
        Tri::No
    } else if a == Tri::Unknown || b == Tri::Unknown {
        Tri::Unknown
    } else {
        Tri::Yes
    }
}

fn proof(v: &Value) -> Proof {
    Proof { day: Some(v.day), code: v.code.clone(), value: Some(v.value) }
}
