//! Numbers that are too small to be told.

/// The smallest number of persons that is told; zero is told too.
pub const FEWEST: u64 = 5;

/// Hides the small ones among numbers whose sum is known, and as many others as it takes that no hidden one can be worked
/// out from the sum: always two or more, and together at least [`FEWEST`]. The smallest go first, and of equal ones the
/// first; the one at `last` only when nothing else is left.
pub fn hide(numbers: &mut [Option<u64>], last: Option<usize>) {
    let all: Vec<u64> = numbers.iter().map(|number| number.unwrap_or(0)).collect();
    let mut hidden: Vec<usize> = (0..all.len()).filter(|at| (1..FEWEST).contains(&all[*at])).collect();
    if hidden.is_empty() {
        return;
    }
    let mut others: Vec<usize> = (0..all.len()).filter(|at| all[*at] >= FEWEST).collect();
    others.sort_by_key(|at| (Some(*at) == last, all[*at]));
    let mut others = others.into_iter();
    while hidden.len() < 2 || hidden.iter().map(|at| all[*at]).sum::<u64>() < FEWEST {
        let Some(next) = others.next() else { break };
        hidden.push(next);
    }
    for at in hidden {
        numbers[at] = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hidden(numbers: &[u64], last: Option<usize>) -> Vec<Option<u64>> {
        let mut numbers: Vec<_> = numbers.iter().copied().map(Some).collect();
        hide(&mut numbers, last);
        numbers
    }

    #[test]
    fn a_small_number_takes_another_with_it() {
        assert_eq!(hidden(&[0, 5, 60], None), [Some(0), Some(5), Some(60)]);
        assert_eq!(hidden(&[3, 60, 8], None), [None, Some(60), None]);
        // Two small ones that are together few would still be told as few.
        assert_eq!(hidden(&[1, 2, 60], None), [None, None, None]);
        assert_eq!(hidden(&[2, 4, 60], None), [None, None, Some(60)]);
        assert_eq!(hidden(&[3, 8, 60], Some(1)), [None, Some(8), None]);
        // With nothing to hide behind, the sum itself is small.
        assert_eq!(hidden(&[0, 3], None), [Some(0), None]);
    }
}
