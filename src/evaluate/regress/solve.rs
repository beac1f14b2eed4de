//! Symmetric positive definite systems of a few unknowns.

/// A symmetric matrix, whole, row by row.
#[derive(Debug, Clone, PartialEq)]
pub struct Symmetric {
    pub size: usize,
    pub cells: Vec<f64>,
}

/// A pivot this much smaller than its diagonal means that a column follows from those before it.
const SINGULAR: f64 = 1e-12;

impl Symmetric {
    #[must_use]
    pub fn zero(size: usize) -> Symmetric {
        Symmetric { size, cells: vec![0.0; size * size] }
    }

    /// Adds `weight · x xᵀ`, the lower triangle only; see [`Symmetric::mirror`].
    pub fn add(&mut self, weight: f64, x: &[f64]) {
        for (row, a) in x.iter().enumerate() {
            let scaled = weight * a;
            for (cell, b) in self.cells[row * self.size..].iter_mut().zip(&x[..=row]) {
                *cell += scaled * b;
            }
        }
    }

    /// Copies the lower triangle to the upper.
    pub fn mirror(&mut self) {
        for row in 0..self.size {
            for column in row + 1..self.size {
                self.cells[row * self.size + column] = self.cells[column * self.size + row];
            }
        }
    }

    /// Cholesky's lower factor; `None` when the matrix is not positive definite.
    fn factor(&self) -> Option<Vec<f64>> {
        let n = self.size;
        let mut lower = vec![0.0; n * n];
        for row in 0..n {
            for column in 0..=row {
                let dot: f64 = (0..column).map(|k| lower[row * n + k] * lower[column * n + k]).sum();
                let rest = self.cells[row * n + column] - dot;
                if row != column {
                    lower[row * n + column] = rest / lower[column * n + column];
                } else if rest > SINGULAR * self.cells[row * n + row].abs() {
                    lower[row * n + row] = rest.sqrt();
                } else {
                    return None;
                }
            }
        }
        Some(lower)
    }

    /// The `x` with `self · x = right`; `None` when the matrix is not positive definite. Reads the lower triangle.
    #[must_use]
    pub fn solve(&self, right: &[f64]) -> Option<Vec<f64>> {
        self.factor().map(|lower| substitute(&lower, self.size, right))
    }

    /// The inverse; `None` when the matrix is not positive definite.
    #[must_use]
    pub fn inverse(&self) -> Option<Symmetric> {
        let lower = self.factor()?;
        let mut inverse = Symmetric::zero(self.size);
        for column in 0..self.size {
            let unit: Vec<f64> = (0..self.size).map(|row| f64::from(u8::from(row == column))).collect();
            for (row, value) in substitute(&lower, self.size, &unit).into_iter().enumerate() {
                inverse.cells[row * self.size + column] = value;
            }
        }
        Some(inverse)
    }

    #[must_use]
    pub fn diagonal(&self, at: usize) -> f64 {
        self.cells[at * self.size + at]
    }
}

fn substitute(lower: &[f64], n: usize, right: &[f64]) -> Vec<f64> {
    let mut x = right.to_vec();
    for row in 0..n {
        let dot: f64 = (0..row).map(|k| lower[row * n + k] * x[k]).sum();
        x[row] = (x[row] - dot) / lower[row * n + row];
    }
    for row in (0..n).rev() {
        let dot: f64 = (row + 1..n).map(|k| lower[k * n + row] * x[k]).sum();
        x[row] = (x[row] - dot) / lower[row * n + row];
    }
    x
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_system_worked_by_hand() {
        let matrix = Symmetric { size: 2, cells: vec![4.0, 2.0, 2.0, 3.0] };
        let found = matrix.solve(&[8.0, 8.0]).unwrap();
        assert!((found[0] - 1.0).abs() < 1e-15 && (found[1] - 2.0).abs() < 1e-15);
        let inverse = matrix.inverse().unwrap();
        assert!(inverse.cells.iter().zip([0.375, -0.25, -0.25, 0.5]).all(|(a, b)| (a - b).abs() < 1e-15));
        assert_eq!(Symmetric { size: 2, cells: vec![1.0, 1.0, 1.0, 1.0] }.solve(&[1.0, 1.0]), None);
    }
}
