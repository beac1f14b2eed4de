//! What is known of the person: age, sex, living alone, days on the list.

use super::time::age as completed_years;
use super::{Answer, Question};
use tidlig::clinical::{Sex, Tri};
use tidlig::model::ruleset::{Input, Missing};

/// Counts the years.
pub fn age(question: Question<'_>, from: Option<i32>, below: Option<i32>) -> Answer {
    let Some(born) = question.journal.person.birth else { return Answer::bare(Tri::Unknown) };
    let years = completed_years(born, question.on);
    let old_enough = from.is_none_or(|least| years >= least);
    let young_enough = below.is_none_or(|limit| years < limit);
    Answer::counted(Tri::from(old_enough && young_enough), years.max(0) as u32, Vec::new())
}

pub fn sex(question: Question<'_>, input: &Input, asked: Sex) -> Answer {
    match question.journal.person.sex {
        None => Answer { count: u32::from(input.missing == Missing::Yes), ..Answer::nothing(input.missing) },
        Some(sex) => known(sex == asked),
    }
}

pub fn lives_alone(question: Question<'_>, input: &Input) -> Answer {
    match question.journal.person.lives_alone {
        None => Answer { count: u32::from(input.missing == Missing::Yes), ..Answer::nothing(input.missing) },
        Some(alone) => known(alone),
    }
}

pub fn on_list(question: Question<'_>, input: &Input, days: u32, shorter: Missing) -> Answer {
    match question.journal.person.listed_since {
        None => Answer { count: u32::from(input.missing == Missing::Yes), ..Answer::nothing(input.missing) },
        Some(since) if i64::from(question.on.0) - i64::from(since.0) >= i64::from(days) => known(true),
        Some(_) => Answer { count: u32::from(shorter == Missing::Yes), ..Answer::nothing(shorter) },
    }
}

fn known(holds: bool) -> Answer {
    Answer::counted(Tri::from(holds), 1, Vec::new())
}
