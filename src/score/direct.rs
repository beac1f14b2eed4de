//! Rule sets that are nothing but a sum of bits: codes with fixed points, and hierarchies of one step.

use super::bits::{self, each_bit};
use super::memo::LineOf;
use super::plan::ModelPlan;
use crate::clinical::Points;
use crate::model::ruleset::Weight;
use std::collections::BTreeMap;

/// Such a rule set.
#[derive(Debug)]
pub struct Direct {
    /// Words of the yes set, and the bits in them that give points.
    words: Vec<(usize, u64)>,
    bits: Vec<Bit>,
    /// Those of many that give the same whatever else holds: they need only be counted.
    alike: Vec<Alike>,
    /// All others.
    others: Vec<(usize, u64)>,
    /// Whether everyone is in its population.
    pub is_of_all: bool,
}

/// Fewer bits than this are quicker looked at one by one, as few patients have more than one or two of them.
const MANY: usize = 16;

/// Bits of a word that give so many points each.
#[derive(Debug, Clone, Copy)]
struct Alike {
    word: usize,
    bits: u64,
    points: Points,
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
        let bits = (0..model.criterion_of_bit.len()).map(|bit| Bit::of(model, bit)).collect::<Option<Vec<_>>>()?;
        let words = model.quick.iter().map(|(word, quick, _)| (*word, *quick)).collect();
        let is_of_all = model.inside.is_empty() && model.outside.is_empty();
        let mut direct = Direct { words, bits, alike: Vec::new(), others: Vec::new(), is_of_all };
        direct.part();
        Some(direct)
    }

    /// Parts the bits into those that are alike and others.
    fn part(&mut self) {
        let places = self.words.iter().flat_map(|(word, quick)| each_bit(*quick).map(move |bit| word * 64 + bit));
        let mut by_points: BTreeMap<Points, Vec<usize>> = BTreeMap::new();
        for place in places {
            let bit = &self.bits[place];
            match bit.silencers {
                0 => by_points.entry(bit.points).or_default().push(place),
                _ => bits::add(&mut self.others, (place / 64, 1 << (place % 64))),
            }
        }
        for (points, places) in by_points {
            let mut alike = Vec::new();
            let set = if places.len() < MANY { &mut self.others } else { &mut alike };
            places.iter().for_each(|place| bits::add(set, (place / 64, 1 << (place % 64))));
            self.alike.extend(alike.into_iter().map(|(word, bits)| Alike { word, bits, points }));
        }
    }

    /// The sum for these answers.
    #[inline]
    pub fn sum(&self, yes: &[u64]) -> Points {
        let mut sum = Points::ZERO;
        self.each(&self.others, yes, |bit| sum += bit.points);
        for Alike { word, bits, points } in &self.alike {
            sum += Points(points.0 * i64::from((yes[*word] & bits).count_ones()));
        }
        sum
    }

    /// The lines that make it up, in file order.
    pub fn lines(&self, yes: &[u64], lines: &mut Vec<LineOf>) {
        self.each(&self.words, yes, |bit| lines.push(LineOf { index: bit.criterion, points: bit.points }));
        lines.sort_unstable_by_key(|line| line.index);
    }

    #[inline]
    fn each(&self, words: &[(usize, u64)], yes: &[u64], mut take: impl FnMut(&Bit)) {
        for (word, bits) in words {
            for place in each_bit(yes[*word] & bits) {
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
