//! A figure by age.

/// Ages that curves are tabled for.
const YEARS: usize = 121;

/// A figure that changes with age: straight lines between the ages given, level beyond them.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    knots: Vec<(f32, f32)>,
    /// The figure in the middle of each year of age.
    table: Vec<f32>,
    greatest: f32,
}

impl Curve {
    /// `ages` ascend and are as many as `values`, at least one.
    #[must_use]
    pub fn new(ages: &[f64], values: &[f64]) -> Curve {
        let knots: Vec<(f32, f32)> = ages.iter().zip(values).map(|(age, value)| (*age as f32, *value as f32)).collect();
        let table = (0..YEARS).map(|year| along(&knots, year as f32 + 0.5)).collect();
        let greatest = knots.iter().map(|knot| knot.1).fold(f32::MIN, f32::max);
        Curve { knots, table, greatest }
    }

    /// The same figure at every age.
    #[must_use]
    pub fn level(value: f64) -> Curve {
        Curve::new(&[0.0], &[value])
    }

    #[must_use]
    pub fn scaled(&self, by: f64) -> Curve {
        let value = |knot: &(f32, f32)| f64::from(knot.1) * by;
        let ages: Vec<f64> = self.knots.iter().map(|knot| f64::from(knot.0)).collect();
        Curve::new(&ages, &self.knots.iter().map(value).collect::<Vec<f64>>())
    }

    /// In the middle of the year of age.
    #[inline]
    #[must_use]
    pub fn at(&self, age: f32) -> f32 {
        self.table[(age.max(0.0) as usize).min(YEARS - 1)]
    }

    /// At the very age.
    #[must_use]
    pub fn exactly(&self, age: f32) -> f32 {
        along(&self.knots, age)
    }

    #[inline]
    #[must_use]
    pub fn greatest(&self) -> f32 {
        self.greatest
    }

    /// The first stretch of ages in which the curve is above `height`: from, and to when it falls below again.
    #[must_use]
    pub fn above(&self, height: f32) -> Option<(f32, f32)> {
        let mut from = (self.knots[0].1 > height).then_some(0.0);
        for pair in self.knots.windows(2) {
            let ((age, low), (next_age, next)) = (pair[0], pair[1]);
            let crossing = || age + (next_age - age) * (height - low) / (next - low);
            match from {
                None if next > height => from = Some(crossing()),
                Some(from) if next <= height => return Some((from, crossing())),
                _ => {}
            }
        }
        from.map(|from| (from, f32::INFINITY))
    }
}

fn along(knots: &[(f32, f32)], age: f32) -> f32 {
    let after = knots.partition_point(|knot| knot.0 <= age);
    match (after.checked_sub(1).map(|before| knots[before]), knots.get(after)) {
        (None, Some(first)) => first.1,
        (Some(last), None) => last.1,
        (Some(low), Some(high)) => low.1 + (high.1 - low.1) * (age - low.0) / (high.0 - low.0),
        (None, None) => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_is_straight_between_its_ages_and_level_beyond() {
        let curve = Curve::new(&[10.0, 20.0, 40.0], &[0.0, 1.0, 0.5]);
        for (age, value) in [(0.0, 0.0), (10.0, 0.0), (15.0, 0.5), (20.0, 1.0), (30.0, 0.75), (90.0, 0.5)] {
            assert!((curve.exactly(age) - value).abs() < 1e-6, "{age}");
        }
    }

    #[test]
    fn someone_is_ill_while_the_curve_is_above_her_draw() {
        let curve = Curve::new(&[10.0, 20.0, 40.0], &[0.0, 1.0, 0.5]);
        assert_eq!(curve.above(0.25), Some((12.5, f32::INFINITY)));
        assert_eq!(curve.above(0.75), Some((17.5, 30.0)));
        assert_eq!(curve.above(1.0), None);
        assert_eq!(Curve::level(0.2).above(0.1), Some((0.0, f32::INFINITY)));
    }
}
