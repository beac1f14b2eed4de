//! Function scores: an instrument's items, each judged on its own.

use super::time::{in_window, visible};
use super::value::{Changed, change, cross, median, within_limits};
use super::{Answer, Proof, Question};
use tidlig::clinical::{Day, Tri, Window};
use tidlig::journal::patient::{Comparator, FunctionRow};
use tidlig::journal::tables::Source;
use tidlig::model::ruleset::{Function, Input, Limits, Test};

/// What one item says: its passing rows, or that there was nothing to judge.
enum Item<'a> {
    Nothing,
    Fails,
    Passes { rows: Vec<&'a FunctionRow>, old: Option<f64> },
}

pub fn answer(question: Question<'_>, input: &Input, asked: &Function) -> Answer {
    if !question.sources.has(Source::Functions) {
        return Answer::nothing(input.undelivered);
    }
    let items = if asked.items.is_empty() { vec![String::new()] } else { asked.items.clone() };
    let mut judged = false;
    let mut count = 0;
    let mut proofs = Vec::new();
    let mut earlier = None;
    for item in &items {
        match judge(question, asked, item) {
            Item::Nothing => {}
            Item::Fails => judged = true,
            Item::Passes { rows, old } => {
                judged = true;
                count += 1;
                earlier = earlier.or(old);
                proofs.extend(rows.into_iter().map(proof));
            }
        }
    }
    if !judged {
        return Answer::nothing(input.missing);
    }
    let tri = Tri::from(count >= asked.at_least);
    Answer { old: earlier.filter(|_| tri == Tri::Yes), ..Answer::counted(tri, count, proofs) }
}

fn seen<'a>(question: Question<'a>, asked: &Function, item: &str) -> Vec<&'a FunctionRow> {
    let mut rows = Vec::new();
    for row in &question.journal.functions {
        let ignored = asked.ignore.iter().any(|value| row.score == *value as f64);
        if visible(row.date, row.recorded_on, question.on)
            && row.instrument == asked.instrument.to_uppercase()
            && row.item == item.to_lowercase()
            && !ignored
        {
            rows.push(row);
        }
    }
    rows
}

fn judge<'a>(question: Question<'a>, asked: &Function, item: &str) -> Item<'a> {
    let seen = seen(question, asked, item);
    let inside = |row: &&FunctionRow| in_window(row.date, asked.window, question.on);
    let rows: Vec<&FunctionRow> = seen.iter().copied().filter(inside).collect();
    let rows = rows.as_slice();
    let Some(newest) = rows.iter().map(|row| row.date).max() else { return Item::Nothing };
    match asked.test {
        Test::Present => passing(rows.to_vec()),
        Test::Each(limits) => passing(within(rows, limits)),
        Test::Latest(limits) => passing(within(&on_day(rows, newest), limits)),
        Test::Median(limits) => {
            let middle = median(rows.iter().map(|row| row.score).collect());
            match middle.filter(|value| within_limits(*value, Comparator::Exact, limits) == Tri::Yes) {
                None => Item::Fails,
                Some(_) => passing(on_day(rows, newest)),
            }
        }
        Test::Change(test) => {
            let new: Vec<f64> = on_day(rows, newest).iter().map(|row| row.score).collect();
            let earlier: Vec<(Day, f64)> = match (test.since, asked.window.within) {
                (Some(since), Some(within)) => {
                    let window = Window { within: Some(within + since), before: within };
                    let before = seen.iter().filter(|row| in_window(row.date, window, question.on));
                    before.map(|row| (row.date, row.score)).collect()
                }
                _ => rows.iter().filter(|row| row.date < newest).map(|row| (row.date, row.score)).collect(),
            };
            if earlier.is_empty() {
                return Item::Nothing;
            }
            told(rows, newest, change(test, &new, &earlier))
        }
        Test::Crosses(test) => {
            let values: Vec<(Day, f64)> = seen.iter().map(|row| (row.date, row.score)).collect();
            match cross(test, asked.window, question.on, newest, &values) {
                None => Item::Nothing,
                Some(found) => told(rows, newest, found),
            }
        }
    }
}

/// The rows of the newest day that show the change.
fn told<'a>(rows: &[&'a FunctionRow], newest: Day, found: Option<Changed>) -> Item<'a> {
    match found {
        None => Item::Fails,
        Some(found) => {
            let rows = on_day(rows, newest).into_iter().filter(|row| row.score == found.new).collect();
            Item::Passes { rows, old: Some(found.old) }
        }
    }
}

fn passing(rows: Vec<&FunctionRow>) -> Item<'_> {
    if rows.is_empty() { Item::Fails } else { Item::Passes { rows, old: None } }
}

fn within<'a>(rows: &[&'a FunctionRow], limits: Limits) -> Vec<&'a FunctionRow> {
    rows.iter().copied().filter(|row| within_limits(row.score, Comparator::Exact, limits) == Tri::Yes).collect()
}

fn on_day<'a>(rows: &[&'a FunctionRow], day: Day) -> Vec<&'a FunctionRow> {
    rows.iter().copied().filter(|row| row.date == day).collect()
}

fn proof(row: &FunctionRow) -> Proof {
    Proof { day: Some(row.date), code: row.item.clone(), value: Some(row.score) }
}
