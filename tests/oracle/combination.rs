//! Inputs made of other inputs: a missing answer is not a no.

use super::time::count_days;
use super::{Answer, Proof, Question, answer};
use tidlig::clinical::{Day, Tri};
use tidlig::model::ruleset::InputId;

struct Members {
    answers: Vec<Answer>,
}

impl Members {
    fn ask(question: Question<'_>, set: usize, members: &[InputId]) -> Members {
        Members { answers: members.iter().map(|id| answer(question, set, *id)).collect() }
    }

    fn how_many(&self, tri: Tri) -> u32 {
        self.answers.iter().filter(|answer| answer.tri == tri).count() as u32
    }

    fn yes(&self) -> impl Iterator<Item = &Answer> {
        self.answers.iter().filter(|answer| answer.tri == Tri::Yes)
    }

    /// What the member counts that counts most.
    fn highest_count(&self) -> u32 {
        self.yes().map(|answer| answer.count).max().unwrap_or(0)
    }

    fn first_old(&self) -> Option<f64> {
        self.yes().find_map(|answer| answer.old)
    }

    fn first_peers(&self) -> Option<(f64, u32)> {
        self.yes().find_map(|answer| answer.peers)
    }

    /// Of questions that must all hold the last that rests on facts gives count and dates; without one, the last that counts.
    fn speaks_for_all(&self) -> Answer {
        let rests_on_facts =
            self.answers.iter().rev().find(|answer| !answer.facts.is_empty() || answer.peers.is_some());
        let counts = || self.answers.iter().rev().find(|answer| answer.count > 0);
        rests_on_facts.or_else(counts).cloned().unwrap_or(Answer::bare(Tri::Yes))
    }

    /// The facts of the members that were yes.
    fn facts(&self) -> Vec<Proof> {
        self.yes().flat_map(|answer| answer.facts.clone()).collect()
    }
}

pub fn any(question: Question<'_>, set: usize, members: &[InputId]) -> Answer {
    let members = Members::ask(question, set, members);
    let yes = members.how_many(Tri::Yes);
    let tri = if yes > 0 {
        Tri::Yes
    } else if members.how_many(Tri::Unknown) > 0 {
        Tri::Unknown
    } else {
        Tri::No
    };
    Answer {
        old: members.first_old(),
        peers: members.first_peers(),
        ..Answer::counted(tri, members.highest_count(), members.facts())
    }
}

pub fn all(question: Question<'_>, set: usize, members: &[InputId]) -> Answer {
    let members = Members::ask(question, set, members);
    let tri = if members.how_many(Tri::No) > 0 {
        Tri::No
    } else if members.how_many(Tri::Unknown) > 0 {
        Tri::Unknown
    } else {
        Tri::Yes
    };
    let mut answer = Answer::bare(tri);
    if tri == Tri::Yes {
        answer = Answer { tri, ..members.speaks_for_all() };
    }
    answer
}

pub fn none(question: Question<'_>, set: usize, members: &[InputId]) -> Answer {
    let members = Members::ask(question, set, members);
    if members.how_many(Tri::Yes) > 0 {
        Answer::bare(Tri::No)
    } else if members.how_many(Tri::Unknown) > 0 {
        Answer::bare(Tri::Unknown)
    } else {
        Answer::bare(Tri::Yes)
    }
}

pub fn at_least(question: Question<'_>, set: usize, n: u32, members: &[InputId]) -> Answer {
    let members = Members::ask(question, set, members);
    let yes = members.how_many(Tri::Yes);
    let tri = if yes >= n {
        Tri::Yes
    } else if yes + members.how_many(Tri::Unknown) < n {
        Tri::No
    } else {
        Tri::Unknown
    };
    Answer { old: members.first_old(), peers: members.first_peers(), ..Answer::counted(tri, yes, members.facts()) }
}

/// Distinct days on which one of them has a fact; a member that is unknown may have had more.
pub fn days_of(question: Question<'_>, set: usize, members: &[InputId], days: u32, apart: u32) -> Answer {
    let members = Members::ask(question, set, members);
    let facts = members.facts();
    let found: Vec<Day> = facts.iter().filter_map(|fact| fact.day).collect();
    let count = count_days(&found, apart);
    let tri = if count >= days {
        Tri::Yes
    } else if members.how_many(Tri::Unknown) > 0 {
        Tri::Unknown
    } else {
        Tri::No
    };
    Answer::counted(tri, count, facts)
}

/// Days of the first on which every other has a fact as well, on the day itself or at most `after` days later.
pub fn together(question: Question<'_>, set: usize, members: &[InputId], days: u32, after: u32) -> Answer {
    let members = Members::ask(question, set, members);
    let days_of = |answer: &Answer| -> Vec<Day> {
        if answer.tri == Tri::Yes { answer.facts.iter().filter_map(|fact| fact.day).collect() } else { Vec::new() }
    };
    let soon = |first: Day, other: Day| other >= first && other.0 - first.0 <= after as i32;
    let others: Vec<Vec<Day>> = members.answers[1..].iter().map(days_of).collect();
    let mut met = days_of(&members.answers[0]);
    met.retain(|day| others.iter().all(|other| other.iter().any(|later| soon(*day, *later))));
    let mut facts = Vec::new();
    for (index, answer) in members.answers.iter().enumerate() {
        for fact in &answer.facts {
            let Some(day) = fact.day else { continue };
            let belongs = if index == 0 { met.contains(&day) } else { met.iter().any(|first| soon(*first, day)) };
            if belongs {
                facts.push(fact.clone());
            }
        }
    }
    let count = count_days(&met, 0);
    let tri = if count >= days {
        Tri::Yes
    } else if members.how_many(Tri::No) == 0 && members.how_many(Tri::Unknown) > 0 {
        Tri::Unknown
    } else {
        Tri::No
    };
    Answer::counted(tri, count, facts)
}
