//! Restricted cubic splines: smooth between the knots, straight beyond them
//! (Stone CJ, Koo CY. Additive splines in statistics. Proc Stat Comp Sect ASA 1985:45-48).

/// Places of the knots among the sorted values (Harrell FE. Regression Modeling Strategies, 2nd ed. 2015, table 2.3).
const PLACES: [&[f64]; 3] = [&[0.10, 0.50, 0.90], &[0.05, 0.35, 0.65, 0.95], &[0.05, 0.275, 0.5, 0.725, 0.95]];

/// The knots of a spline; none leaves a straight line.
#[derive(Debug, Clone, PartialEq)]
pub struct Spline {
    knots: Vec<f64>,
}

impl Spline {
    /// As many knots as can stand apart, at most `most` (3 to 5), at quantiles of ascending values with their numbers.
    #[must_use]
    pub fn of(sorted: &[(f64, f64)], most: usize) -> Spline {
        // A knot costs a coefficient, and there cannot be more of these than distinct values.
        for places in PLACES.iter().rev().filter(|places| places.len() <= most.min(sorted.len())) {
            let knots: Vec<f64> = places.iter().map(|place| quantile(sorted, *place)).collect();
            let range = knots.last().zip(knots.first()).map_or(0.0, |(last, first)| last - first);
            if knots.windows(2).all(|pair| pair[1] - pair[0] > 1e-6 * range) {
                return Spline { knots };
            }
        }
        Spline { knots: Vec::new() }
    }

    /// Columns it makes of one value: the value itself and one for each inner bend.
    #[must_use]
    pub fn columns(&self) -> usize {
        self.knots.len().saturating_sub(2) + 1
    }

    /// Appends the columns of a value.
    pub fn push(&self, value: f64, row: &mut Vec<f64>) {
        row.push(value);
        let [first, .., before, last] = self.knots[..] else { return };
        let cube = |x: f64| if x > 0.0 { x * x * x } else { 0.0 };
        // Scaled by the squared range, so that all columns are of a size.
        let scale = (last - first) * (last - first);
        for knot in &self.knots[..self.knots.len() - 2] {
            let bend = cube(value - knot) - cube(value - before) * (last - knot) / (last - before)
                + cube(value - last) * (before - knot) / (last - before);
            row.push(bend / scale);
        }
    }
}

/// The quantile of ascending values with their numbers, straight between neighbours (the usual, type 7).
#[must_use]
pub fn quantile(sorted: &[(f64, f64)], at: f64) -> f64 {
    let n: f64 = sorted.iter().map(|(_, count)| count).sum();
    let place = at * (n - 1.0);
    let nth = |nth: f64| {
        let mut seen = 0.0;
        let found = sorted.iter().find(|(_, count)| {
            seen += count;
            seen > nth
        });
        found.or(sorted.last()).map_or(f64::NAN, |(value, _)| *value)
    };
    let (below, above) = (nth(place.floor()), nth(place.floor() + 1.0));
    // An infinite neighbour must not spoil a value that needs none.
    if place.fract() == 0.0 { below } else { below + (above - below) * place.fract() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_straight_between_neighbours() {
        let values = [(1.0, 1.0), (2.0, 2.0), (10.0, 1.0)];
        assert_eq!(quantile(&values, 0.0), 1.0);
        assert_eq!(quantile(&values, 0.5), 2.0);
        assert_eq!(quantile(&values, 1.0), 10.0);
        assert!((quantile(&values, 0.9) - 7.6).abs() < 1e-12);
        assert!(quantile(&[], 0.5).is_nan());
    }

    #[test]
    fn straight_beyond_the_last_knot() {
        let values: Vec<(f64, f64)> = (0..=100).map(|n| (f64::from(n), 1.0)).collect();
        let spline = Spline::of(&values, 5);
        assert_eq!(spline.columns(), 4);
        assert!(spline.knots.iter().zip([5.0, 27.5, 50.0, 72.5, 95.0]).all(|(a, b)| (a - b).abs() < 1e-9));
        let row = |value: f64| {
            let mut row = Vec::new();
            spline.push(value, &mut row);
            row
        };
        let (a, b, c) = (row(120.0), row(130.0), row(140.0));
        assert!((0..4).all(|at| (a[at] - 2.0 * b[at] + c[at]).abs() < 1e-9));
        assert_eq!(row(3.0), [3.0, 0.0, 0.0, 0.0]);
    }

    #[test]
    fn few_distinct_values_take_fewer_knots() {
        assert_eq!(Spline::of(&[(1.0, 50.0), (2.0, 50.0)], 5).columns(), 1);
        assert_eq!(Spline::of(&[(1.0, 30.0), (2.0, 40.0), (3.0, 30.0)], 5).columns(), 2);
    }
}
