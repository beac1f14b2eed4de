//! Services and plans, with a first and a last day.

use super::time::in_window;
use super::{Answer, Proof, Question};
use tidlig::clinical::{Day, Tri};
use tidlig::journal::patient::ServiceRow;
use tidlig::journal::tables::Source;
use tidlig::model::ruleset::{Input, Service, ServiceState};

pub fn answer(question: Question<'_>, input: &Input, asked: &Service) -> Answer {
    if !question.sources.has(Source::Services) {
        return Answer::nothing(input.undelivered);
    }
    let mut any_row = false;
    let mut names: Vec<&str> = Vec::new();
    let mut proofs = Vec::new();
    for row in &question.journal.services {
        if !asked_for(asked, &row.service) || begins_later(row, question.on) {
            continue;
        }
        any_row = true;
        if holds(asked, row, question.on) {
            proofs.push(Proof { day: fact_day(asked, row), code: row.service.clone(), value: None });
            if !names.contains(&row.service.as_str()) {
                names.push(&row.service);
            }
        }
    }
    let count = names.len() as u32;
    if !any_row {
        return Answer::nothing(input.missing);
    }
    Answer::counted(Tri::from(count >= asked.at_least), count, proofs)
}

fn asked_for(asked: &Service, service: &str) -> bool {
    let included = asked.services.is_empty() || asked.services.iter().any(|name| name == service);
    included && !asked.except.iter().any(|name| name == service)
}

/// A service that is still to begin is not known yet.
fn begins_later(row: &ServiceRow, on: Day) -> bool {
    row.from.is_some_and(|from| from > on)
}

fn holds(asked: &Service, row: &ServiceRow, on: Day) -> bool {
    let last = Day(on.0 - asked.window.before as i32);
    match asked.state {
        ServiceState::Active => active(row, last),
        ServiceState::Started => row.from.is_some_and(|from| in_window(from, asked.window, on)),
        ServiceState::Ended => row.until.is_some_and(|until| in_window(until, asked.window, on)),
        ServiceState::Seen => {
            let begun = row.from.is_none_or(|from| from <= last);
            let first_missed = asked.window.within.map(|within| Day(on.0 - within as i32));
            let not_over = match (row.until, first_missed) {
                (Some(until), Some(missed)) => until > missed,
                _ => true,
            };
            begun && not_over
        }
    }
}

fn active(row: &ServiceRow, day: Day) -> bool {
    row.from.is_none_or(|from| from <= day) && row.until.is_none_or(|until| until >= day)
}

fn fact_day(asked: &Service, row: &ServiceRow) -> Option<Day> {
    match asked.state {
        ServiceState::Ended => row.until,
        _ => row.from,
    }
}
