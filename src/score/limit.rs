//! A ceiling for the band of those whose points all come from certain criteria.

use super::plan::ModelPlan;
use super::result::BandIndex;
use super::sum::{Mark, Scratch, mark, under_hierarchy, unmark};
use crate::clinical::Points;

/// The band of the points, or the highest one that the criteria which gave them may reach.
pub(super) fn limited(scratch: &mut Scratch, plan: &ModelPlan, of_points: Option<BandIndex>) -> Option<BandIndex> {
    let (Some(limit), Some(band)) = (&plan.band_limit, of_points) else { return of_points };
    let highest = limit.band as BandIndex;
    if band <= highest {
        return of_points;
    }
    mark(scratch, plan);
    let gives = |(index, mark, range): &(u16, Mark, _)| {
        *mark == Mark::Met && under_hierarchy(&scratch.marks, plan, *index, *range).value != Points::ZERO
    };
    let only =
        scratch.live.iter().filter(|live| gives(live)).all(|(index, ..)| limit.criteria.contains(&(*index as usize)));
    unmark(scratch);
    Some(if only { highest } else { band })
}
