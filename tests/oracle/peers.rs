//! Expected contacts among peers: fewer contact days than similar persons of the same practice.
//!
//! Cell: age band, sex, morbidity band. Fewer than the least number of peers: widen step by step. A negative binomial
//! tail, or a Poisson one when the spread does not exceed the mean.

use super::contact::{all_delivered, known};
use super::score::dead;
use super::time::{age, count_days, in_window};
use super::{Answer, Practice, Question, Sums, answer as ask, tri_of};
use tidlig::clinical::{Day, Sex, Tri};
use tidlig::model::ruleset::{Input, Peers};

/// Where a person stands among her peers.
struct Place {
    years: i32,
    /// Persons of unknown sex are alike.
    sex: Option<Sex>,
    conditions: u32,
    contact_days: u32,
}

pub fn answer(question: Question<'_>, set: usize, input: &Input, asked: &Peers) -> Answer {
    if !all_delivered(question, &asked.contacts) {
        return Answer::bare(tri_of(input.undelivered));
    }
    if matches!(question.practice, Practice::Unknown) {
        return Answer::nothing(input.missing);
    }
    // Who is not eligible is not judged.
    if eligible(question, set, asked) != Tri::Yes {
        return Answer::bare(Tri::Unknown);
    }
    let Some(me) = place(question, set, asked) else { return Answer::bare(Tri::Unknown) };
    let peers = match question.practice {
        Practice::Unknown => Sums::default(),
        Practice::Sums(sums) => sums,
        Practice::Others(journals) => {
            let mut others = Vec::new();
            for journal in journals {
                let theirs = Question { journal, ..question };
                if eligible(theirs, set, asked) == Tri::Yes {
                    others.extend(place(theirs, set, asked));
                }
            }
            peers_of(asked, &me, &others)
        }
    };
    if peers.n < asked.least_peers {
        return Answer::bare(Tri::Unknown);
    }
    judge(asked, me.contact_days, peers)
}

fn eligible(question: Question<'_>, set: usize, asked: &Peers) -> Tri {
    let answers: Vec<Tri> = asked.eligible.iter().map(|id| ask(question, set, *id).tri).collect();
    if answers.contains(&Tri::No) {
        Tri::No
    } else if answers.contains(&Tri::Unknown) {
        Tri::Unknown
    } else {
        Tri::Yes
    }
}

/// `None` for the dead, and when the age is not known, or the person is younger than the youngest band.
fn place(question: Question<'_>, set: usize, asked: &Peers) -> Option<Place> {
    if dead(question) {
        return None;
    }
    let years = age(question.journal.person.birth?, question.on);
    let sex = question.journal.person.sex;
    if asked.age_bands.first().is_some_and(|youngest| years < *youngest) {
        return None;
    }
    let conditions = asked.morbidity.iter().filter(|id| ask(question, set, **id).tri == Tri::Yes).count() as u32;
    let mut days: Vec<Day> = Vec::new();
    for contact in known(question, &asked.contacts) {
        if in_window(contact.date, asked.window, question.on) {
            days.push(contact.date);
        }
    }
    Some(Place { years, sex, conditions, contact_days: count_days(&days, 0) })
}

/// The peers' contact days, from the narrowest cell that holds enough of them.
fn peers_of(asked: &Peers, me: &Place, others: &[Place]) -> Sums {
    let mut sums = Sums::default();
    for widening in 0..=4 {
        sums = Sums::default();
        for other in others.iter().filter(|other| alike(asked, me, other, widening)) {
            let days = u64::from(other.contact_days.min(asked.capped_at));
            sums.n += 1;
            sums.sum += days;
            sums.squares += days * days;
        }
        if sums.n >= asked.least_peers {
            break;
        }
    }
    sums
}

/// 0 the cell itself, 1 both sexes, 2 wide morbidity too, 3 wide age too, 4 all ages.
fn alike(asked: &Peers, me: &Place, other: &Place, widening: u32) -> bool {
    let same_sex = widening >= 1 || me.sex == other.sex;
    let same_morbidity = if widening >= 2 {
        (me.conditions >= asked.wide_morbidity_from) == (other.conditions >= asked.wide_morbidity_from)
    } else {
        band(&asked.morbidity_bands, me.conditions) == band(&asked.morbidity_bands, other.conditions)
    };
    let same_age = match widening {
        4 => true,
        3 => (me.years >= asked.wide_age_from) == (other.years >= asked.wide_age_from),
        _ => band(&asked.age_bands, me.years) == band(&asked.age_bands, other.years),
    };
    same_sex && same_morbidity && same_age
}

/// How many lower ends are reached.
fn band<T: PartialOrd>(lower_ends: &[T], value: T) -> usize {
    lower_ends.iter().filter(|end| value >= **end).count()
}

fn judge(asked: &Peers, x: u32, peers: Sums) -> Answer {
    let mean = peers.sum as f64 / f64::from(peers.n);
    let q = tail(mean, dispersion(peers), x);
    let fewer = mean >= asked.least_mean && f64::from(x) < mean && q <= asked.tail_at_most;
    let answer = Answer::counted(Tri::from(fewer), x, Vec::new());
    Answer { peers: Some((mean, peers.n)), ..answer }
}

/// k = m² / (s² − m) when s² > m. Whether it is, whole numbers say exactly: n·Σy² − (Σy)² > (n − 1)·Σy.
fn dispersion(peers: Sums) -> Option<f64> {
    let (n, sum, squares) = (i128::from(peers.n), i128::from(peers.sum), i128::from(peers.squares));
    let excess = n * squares - sum * sum - (n - 1) * sum;
    (excess > 0).then(|| (sum * sum * (n - 1)) as f64 / (n * excess) as f64)
}

/// The chance of so few days or fewer, rounded to six decimals: negative binomial with k, or Poisson without.
fn tail(mean: f64, k: Option<f64>, x: u32) -> f64 {
    let mut sum = 0.0;
    let mut chance = match k {
        Some(k) => (k * (k / (k + mean)).ln()).exp(),
        None => (-mean).exp(),
    };
    for j in 0..=x {
        sum += chance;
        let j = f64::from(j);
        chance = match k {
            Some(k) => chance * (j + k) / (j + 1.0) * (1.0 - k / (k + mean)),
            None => chance * mean / (j + 1.0),
        };
    }
    (sum * 1e6).round() / 1e6
}

#[cfg(test)]
mod tests {
    use super::{Sums, dispersion, tail};

    #[test]
    fn the_table_of_examples() {
        for (mean, spread, x, q, yes) in [
            (6.0, 18.0, 0, 0.037_037, true),
            (6.0, 18.0, 1, 0.111_111, false),
            (4.5, 13.5, 0, 0.084_426, true),
            (3.0, 9.0, 0, 0.192_450, false),
            (10.0, 40.0, 2, 0.074_439, true),
            (5.0, 4.0, 1, 0.040_428, true),
            (5.0, 4.0, 2, 0.124_652, false),
        ] {
            let k = (spread > mean).then(|| mean * mean / (spread - mean));
            assert_eq!(tail(mean, k, x), q, "mean {mean}, spread {spread}, x {x}");
            assert_eq!(f64::from(x) < mean && q <= 0.10, yes);
        }
    }

    #[test]
    fn a_spread_equal_to_the_mean_is_poisson() {
        // 3, 1, 1, 1 and 0 days: mean and variance are both 1.2.
        assert_eq!(dispersion(Sums { n: 5, sum: 6, squares: 12 }), None);
        // 6 and 0 days, twice: mean 3, variance 12.
        assert_eq!(dispersion(Sums { n: 4, sum: 12, squares: 72 }), Some(1.0));
    }
}
