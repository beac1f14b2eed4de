//! The order of inputs: each after those it builds on. A circle is named.

/// Where a walk stands with one item.
#[derive(Clone, Copy, PartialEq)]
enum Mark {
    New,
    Open,
    Done,
}

/// An order in which every item comes after those it needs, otherwise as written; and every circle, once.
///
/// `needs[i]` lists what item `i` builds on. Items of a circle still get a place.
#[must_use]
pub fn sort(needs: &[Vec<usize>]) -> (Vec<usize>, Vec<Vec<usize>>) {
    let mut walk =
        Walk { needs, marks: vec![Mark::New; needs.len()], path: Vec::new(), order: Vec::new(), circles: Vec::new() };
    for item in 0..needs.len() {
        walk.visit(item);
    }
    (walk.order, walk.circles)
}

struct Walk<'a> {
    needs: &'a [Vec<usize>],
    marks: Vec<Mark>,
    path: Vec<usize>,
    order: Vec<usize>,
    circles: Vec<Vec<usize>>,
}

impl Walk<'_> {
    /// Depth first without recursion, so that a long chain cannot exhaust the stack.
    fn visit(&mut self, start: usize) {
        if self.marks[start] != Mark::New {
            return;
        }
        let mut stack = vec![(start, 0)];
        self.open(start);
        while let Some((item, next)) = stack.pop() {
            let Some(&need) = self.needs[item].get(next) else {
                self.close(item);
                continue;
            };
            stack.push((item, next + 1));
            match self.marks[need] {
                Mark::Done => {}
                Mark::Open => self.circle(need),
                Mark::New => {
                    self.open(need);
                    stack.push((need, 0));
                }
            }
        }
    }

    fn open(&mut self, item: usize) {
        self.marks[item] = Mark::Open;
        self.path.push(item);
    }

    fn close(&mut self, item: usize) {
        self.marks[item] = Mark::Done;
        self.path.pop();
        self.order.push(item);
    }

    fn circle(&mut self, back_to: usize) {
        let from = self.path.iter().position(|item| *item == back_to).unwrap_or(0);
        self.circles.push(self.path[from..].to_vec());
    }
}

/// `a → b → a`.
#[must_use]
pub fn named(circle: &[usize], name: impl Fn(usize) -> String) -> String {
    let names: Vec<String> = circle.iter().chain(circle.first()).map(|item| name(*item)).collect();
    names.join(" → ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_needed_comes_first_and_circles_are_found() {
        let (order, circles) = sort(&[vec![2], vec![], vec![1]]);
        assert_eq!((order, circles.len()), (vec![1, 2, 0], 0));
        let (order, circles) = sort(&[vec![1], vec![2], vec![0], vec![3]]);
        assert_eq!(order.len(), 4);
        assert_eq!(circles, [vec![0, 1, 2], vec![3]]);
        assert_eq!(named(&circles[0], |item| item.to_string()), "0 → 1 → 2 → 0");
    }

    #[test]
    fn a_long_chain_needs_no_deep_stack() {
        let needs: Vec<Vec<usize>> = (0..200_000).map(|n| if n == 0 { vec![] } else { vec![n - 1] }).rev().collect();
        let needs: Vec<Vec<usize>> = needs.iter().map(|list| list.iter().map(|n| 199_999 - n).collect()).collect();
        assert_eq!(sort(&needs).0.len(), 200_000);
    }
}
