//! Does it rank? Area under the ROC curve and average precision, in one linear pass over ascending scores.
//!
//! Counts come in pairs, one pair for each distinct score in ascending order: non-events at `2 g`, events at `2 g + 1`.
//! A higher score means a higher risk; a score that ranks backwards has an area below one half and is never turned.

use crate::evaluate::estimate::Why;

/// Non-events and events in all.
#[must_use]
pub fn totals(counts: &[u32]) -> (u64, u64) {
    counts.chunks_exact(2).fold((0, 0), |(no, yes), pair| (no + u64::from(pair[0]), yes + u64::from(pair[1])))
}

/// Non-events and events, when there is at least one of each.
///
/// # Errors
/// When there is one class only, or nobody.
pub fn both_classes(counts: &[u32]) -> Result<(u64, u64), Why> {
    match totals(counts) {
        (0, 0) => Err(Why::Empty),
        (_, 0) => Err(Why::NoEvents),
        (0, _) => Err(Why::OnlyEvents),
        both => Ok(both),
    }
}

/// Area under the ROC curve: the chance that an event scores higher than a non-event, ties counting one half
/// (Bamber D. J Math Psychol 1975;12:387-415).
///
/// # Errors
/// When there is one class only.
pub fn auroc(counts: &[u32]) -> Result<f64, Why> {
    let (mut below, mut wins, mut events) = (0_u64, 0_u64, 0_u64);
    for pair in counts.chunks_exact(2) {
        let (no, yes) = (u64::from(pair[0]), u64::from(pair[1]));
        // Twice the wins, so that ties stay whole; at most 2^63 as rows are counted in 32 bits.
        wins += yes * (2 * below + no);
        below += no;
        events += yes;
    }
    if below == 0 || events == 0 {
        return both_classes(counts).map(|_| f64::NAN);
    }
    Ok(wins as f64 / (2.0 * below as f64 * events as f64))
}

/// Average precision: the precision at each distinct score, weighed by the share of events found there, from the highest
/// score down (as scikit-learn has it; no interpolation).
///
/// # Errors
/// When there is no event, or nobody.
pub fn average_precision(counts: &[u32]) -> Result<f64, Why> {
    let (mut found, mut called, mut sum) = (0_u64, 0_u64, 0.0);
    for pair in counts.chunks_exact(2).rev() {
        let yes = u64::from(pair[1]);
        called += u64::from(pair[0]) + yes;
        if yes > 0 {
            found += yes;
            sum += yes as f64 * (found as f64 / called as f64);
        }
    }
    match (found, called) {
        (0, 0) => Err(Why::Empty),
        (0, _) => Err(Why::NoEvents),
        _ => Ok(sum / found as f64),
    }
}

/// At most about so many points of a curve are made: no drawing shows more.
const POINTS: usize = 500;

/// Points of the ROC curve, false positive share and sensitivity, and of the precision-recall curve, sensitivity and positive
/// predictive value, both from the highest score down.
#[must_use]
pub fn curves(counts: &[u32]) -> [Vec<(f64, f64)>; 2] {
    let (all_no, all_yes) = totals(counts);
    let step = (counts.len() / 2).div_ceil(POINTS).max(1);
    let (mut no, mut yes) = (0_u64, 0_u64);
    let (mut roc, mut precision) = (vec![(0.0, 0.0)], Vec::new());
    for part in counts.rchunks(2 * step) {
        let (more_no, more_yes) = totals(part);
        no += more_no;
        yes += more_yes;
        let recall = yes as f64 / all_yes as f64;
        roc.push((no as f64 / all_no as f64, recall));
        if no + yes > 0 {
            precision.push((recall, yes as f64 / (no + yes) as f64));
        }
    }
    [roc, precision]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_count_one_half() {
        assert_eq!(auroc(&[1, 0, 0, 1]), Ok(1.0));
        assert_eq!(auroc(&[0, 1, 1, 0]), Ok(0.0));
        assert_eq!(auroc(&[3, 2]), Ok(0.5));
        // Two non-events below, one tied, one above.
        assert_eq!(auroc(&[2, 0, 1, 1, 1, 0]), Ok(2.5 / 4.0));
    }

    #[test]
    fn one_class_says_which() {
        assert_eq!(auroc(&[3, 0, 2, 0]), Err(Why::NoEvents));
        assert_eq!(auroc(&[0, 3]), Err(Why::OnlyEvents));
        assert_eq!(auroc(&[]), Err(Why::Empty));
        assert_eq!(average_precision(&[2, 0]), Err(Why::NoEvents));
        assert_eq!(average_precision(&[0, 2]), Ok(1.0));
    }

    #[test]
    fn precision_is_weighed_by_the_events_found() {
        // From the top: one event of one, then none of two, then one of three.
        assert_eq!(average_precision(&[0, 1, 1, 0, 0, 1]), Ok(f64::midpoint(1.0, 2.0 / 3.0)));
    }
}
