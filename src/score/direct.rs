//! Rule sets that are nothing but a sum of bits: codes with fixed points, and hierarchies of one step.

use super::bits::each_bit;
use super::memo::LineOf;
use super::plan::ModelPlan;

use crate::clinical::Points;
use crate::model::ruleset::Weight;

/// Such a rule set.
#[derive(Debug)]
pub struct Direct {
    /// Words of the yes set, and the bits in them that give points.
    words: Vec<(usize, u64)>,
    bits: Vec<Bit>,
}

/// What a bit gives, unless another silences it.
#[derive(Debug, Clone, Copy, Default)]
struct Bit {
    points: Points,
    criterion: u32,
    /// The word in which those stand that silence it, and their bits.
    above: u32,
    silencers: u64,
}

impl Direct {
    /// `None` when the rule set is more than that.
    #[must_use]
    pub fn of(model: &ModelPlan) -> Option<Direct> {
        let simple = model.asked.is_empty() && model.caps.is_empty() && !model.gated && model.gate_sums.is_empty();
        let known = model.quick.iter().all(|(_, _, open)| *open == 0);
        if !simple || !known || model.band_setter.is_some() || model.band_limit.is_some() {
            return None;
        }
        let bits = (0..model.criterion_of_bit.len()).map(|bit| Bit::of(model, bit)).collect::<Option<_>>()?;
        Some(Direct { words: model.quick.iter().map(|(word, quick, _)| (*word, *quick)).collect(), bits })
    }

    /// The sum for these answers.
    #[inline]
    pub fn sum(&self, yes: &[u64]) -> Points {
        let mut sum = Points::ZERO;
        self.each(yes, |bit| sum += bit.points);
        sum
    }

    /// The lines that make it up, in file order.
    pub fn lines(&self, yes: &[u64], lines: &mut Vec<LineOf>) {
        self.each(yes, |bit| lines.push(LineOf { index: bit.criterion, points: bit.points }));
        lines.sort_unstable_by_key(|line| line.index);
    }

    #[inline]
    fn each(&self, yes: &[u64], mut take: impl FnMut(&Bit)) {
        for (word, quick) in &self.words {
            for place in each_bit(yes[*word] & quick) {
                let bit = &self.bits[word * 64 + place];
                if yes[bit.above as usize] & bit.silencers == 0 {
                    take(bit);
                }
            }
        }
    }
}

impl Bit {
    /// `None` when what silences it cannot be told from one word.
    fn of(model: &ModelPlan, bit: usize) -> Option<Bit> {
        let index = model.criterion_of_bit[bit];
        let Some(criterion) = model.criteria.get(usize::from(index)) else { return Some(Bit::default()) };
        let Weight::Fixed(points) = criterion.weight else { return None };
        let mut found = Bit { points, criterion: u32::from(index), ..Bit::default() };
        for above in &criterion.silenced_by {
            // One that is silenced itself silences nothing, which takes more than a look at its bit.
            if !model.criteria[usize::from(*above)].silenced_by.is_empty() {
                return None;
            }
            // What no patient can meet has no bit.
            let Some(place) = model.criterion_of_bit.iter().position(|other| other == above) else { continue };
            if found.silencers != 0 && found.above as usize != place / 64 {
                return None;
            }
            found.above = (place / 64) as u32;
            found.silencers |= 1 << (place % 64);
        }
        Some(found)
    }
}
