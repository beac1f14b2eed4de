//! Which subgroups may be told of.
//!
//! A subgroup with fewer than five persons, events or non-events is hidden whole, for every model, and where the subgroups
//! add up to all, another is hidden with it, so that none can be worked out from the others.

use crate::clinical::small::FEWEST;

/// Persons and events of one level, for one model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Size {
    pub n: u64,
    pub events: u64,
}

/// The numbers of one model: of each level, and of those whose level is not known, who are told of nowhere.
struct Numbers {
    levels: Vec<u64>,
    whole: u64,
}

impl Numbers {
    fn rest(&self) -> u64 {
        self.whole.saturating_sub(self.levels.iter().sum())
    }

    /// Whether what is hidden can be worked out as few, or as a single level.
    fn gives_away(&self, hidden: &[bool]) -> bool {
        let sum: u64 = self.levels.iter().zip(hidden).filter(|(_, hidden)| **hidden).map(|(number, _)| number).sum();
        let several = hidden.iter().filter(|hidden| **hidden).count() + usize::from(self.rest() > 0) > 1;
        small(sum + self.rest()) || (hidden.contains(&true) && !several)
    }
}

fn small(number: u64) -> bool {
    (1..FEWEST).contains(&number)
}

/// Levels that are hidden. `sizes` holds for each model the size of each level; `whole` the model's own size.
#[must_use]
pub fn hidden(sizes: &[Vec<Size>], whole: &[Size], overlapping: bool) -> Vec<bool> {
    let levels = sizes.first().map_or(0, Vec::len);
    let kinds = [|size: &Size| size.events, |size: &Size| size.n - size.events, |size: &Size| size.n];
    let of = |(sizes, whole): (&Vec<Size>, &Size)| {
        kinds.map(|of| Numbers { levels: sizes.iter().map(of).collect(), whole: of(whole) })
    };
    let numbers: Vec<Numbers> = sizes.iter().zip(whole).flat_map(of).collect();
    // Groups that overlap have no sum, but each has its complement.
    let few = |level: usize| {
        let of = |numbers: &Numbers| {
            let number = numbers.levels[level];
            small(number) || (overlapping && small(numbers.whole.saturating_sub(number)))
        };
        numbers.iter().any(of)
    };
    let mut hidden: Vec<bool> = (0..levels).map(few).collect();
    while !overlapping && numbers.iter().any(|numbers| numbers.gives_away(&hidden)) {
        // One and the same level is hidden for all models: the smallest that is left.
        let left = (0..levels).filter(|level| !hidden[*level] && sizes[0][*level].n > 0);
        let Some(next) = left.min_by_key(|level| sizes[0][*level].n) else { break };
        hidden[next] = true;
    }
    hidden
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes(of: &[(u64, u64)]) -> Vec<Size> {
        of.iter().map(|(n, events)| Size { n: *n, events: *events }).collect()
    }

    fn check(levels: &[(u64, u64)], whole: (u64, u64), overlapping: bool) -> Vec<bool> {
        hidden(&[sizes(levels)], &sizes(&[whole]), overlapping)
    }

    #[test]
    fn a_subgroup_of_three_is_hidden_with_another() {
        assert_eq!(check(&[(500, 50), (3, 0), (200, 20)], (703, 70), false), [false, true, true]);
        assert_eq!(check(&[(500, 50), (200, 20)], (700, 70), false), [false, false]);
    }

    #[test]
    fn few_events_or_few_without_hide_too() {
        assert_eq!(check(&[(500, 50), (100, 4), (200, 20)], (800, 74), false), [false, true, true]);
        assert_eq!(check(&[(500, 50), (100, 98), (200, 120)], (800, 268), false), [false, true, true]);
    }

    #[test]
    fn nobody_and_no_events_are_told() {
        assert_eq!(check(&[(500, 50), (0, 0), (200, 20)], (700, 70), false), [false, false, false]);
        assert_eq!(check(&[(500, 50), (60, 0)], (560, 50), false), [false, false]);
    }

    #[test]
    fn what_one_model_hides_is_hidden_for_all() {
        let both = [sizes(&[(500, 50), (300, 30), (200, 20)]), sizes(&[(400, 50), (4, 0), (200, 20)])];
        assert_eq!(hidden(&both, &sizes(&[(1_000, 100), (604, 70)]), false), [false, true, true]);
    }

    #[test]
    fn overlapping_groups_hide_alone() {
        assert_eq!(check(&[(500, 50), (3, 0), (200, 20)], (600, 60), true), [false, true, false]);
        // All but two are in the group: their number would follow.
        assert_eq!(check(&[(598, 58)], (600, 60), true), [true]);
    }
}
