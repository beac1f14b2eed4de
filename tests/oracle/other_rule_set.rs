//! Another rule set's result, on the index day or an earlier one.

use super::{Answer, Question, ScoreAnswer, SetAnswer, score};
use tidlig::clinical::{Day, Points, Tri};
use tidlig::model::ruleset::ModelInput;

/// The other rule set's whole answer; it sees only what its own index day can see.
pub fn result(question: Question<'_>, asked: &ModelInput) -> SetAnswer {
    let set = question.rule_sets.iter().position(|set| set.id == asked.id).expect("the catalogue holds every set");
    let on = Day(question.on.0 - asked.days_ago as i32);
    score::score(Question { on, ..question }, set)
}

pub fn answer(question: Question<'_>, asked: &ModelInput) -> Answer {
    let other = result(question, asked);
    match (other.in_population, &other.score) {
        (Tri::No, _) => Answer::bare(Tri::No),
        (Tri::Yes, Some(score)) => Answer::counted(Tri::from(says(question, asked, score)), 1, Vec::new()),
        _ => Answer::bare(Tri::Unknown),
    }
}

fn says(question: Question<'_>, asked: &ModelInput, score: &ScoreAnswer) -> bool {
    if asked.as_points {
        return true;
    }
    if !asked.bands.is_empty() {
        let set = question.rule_sets.iter().find(|set| set.id == asked.id).expect("the catalogue holds every set");
        return score.band.is_some_and(|band| asked.bands.contains(&set.bands[band].name));
    }
    reaches(score.value, asked.at_least) && stays_below(score.value, asked.below)
}

fn reaches(value: Points, least: Option<Points>) -> bool {
    least.is_none_or(|least| value >= least)
}

fn stays_below(value: Points, limit: Option<Points>) -> bool {
    limit.is_none_or(|limit| value < limit)
}
