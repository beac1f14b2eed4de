//! A drawing with two axes, as SVG that prints and needs no colour.

use super::words::safe;
use std::fmt::Write;

/// Size of a drawing, and of its margins.
const WIDTH: f64 = 300.0;
const HEIGHT: f64 = 260.0;
const LEFT: f64 = 46.0;
const BOTTOM: f64 = 40.0;
const TOP: f64 = 26.0;
const RIGHT: f64 = 12.0;

/// A drawing at work.
pub struct Frame {
    x: (f64, f64),
    y: (f64, f64),
    body: String,
    title: String,
}

/// How a line looks: the model's own, the reference's, chance, and a second guide.
#[derive(Debug, Clone, Copy)]
pub enum Stroke {
    Own,
    Reference,
    Guide,
    Faint,
}

impl Stroke {
    fn class(self) -> &'static str {
        match self {
            Stroke::Own => "own",
            Stroke::Reference => "reference",
            Stroke::Guide => "guide",
            Stroke::Faint => "faint",
        }
    }
}

impl Frame {
    #[must_use]
    pub fn new(title: &str, x: (f64, f64), y: (f64, f64), x_label: &str, y_label: &str) -> Frame {
        let mut frame = Frame { x, y: widened(y), body: String::new(), title: title.to_owned() };
        frame.axes(x_label, y_label);
        frame
    }

    fn px(&self, x: f64) -> f64 {
        LEFT + (x - self.x.0) / (self.x.1 - self.x.0) * (WIDTH - LEFT - RIGHT)
    }

    fn py(&self, y: f64) -> f64 {
        HEIGHT - BOTTOM - (y.clamp(self.y.0, self.y.1) - self.y.0) / (self.y.1 - self.y.0) * (HEIGHT - BOTTOM - TOP)
    }

    fn axes(&mut self, x_label: &str, y_label: &str) {
        for x in ticks(self.x) {
            let at = self.px(x);
            self.add(&format!(
                "<line class=\"grid\" x1=\"{at:.1}\" x2=\"{at:.1}\" y1=\"{TOP}\" y2=\"{:.1}\"/>",
                HEIGHT - BOTTOM
            ));
            self.text(at, HEIGHT - BOTTOM + 13.0, "middle", &tick(x));
        }
        for y in ticks(self.y) {
            let at = self.py(y);
            self.add(&format!(
                "<line class=\"grid\" x1=\"{LEFT}\" x2=\"{:.1}\" y1=\"{at:.1}\" y2=\"{at:.1}\"/>",
                WIDTH - RIGHT
            ));
            self.text(LEFT - 5.0, at + 3.5, "end", &tick(y));
        }
        let box_ = format!(
            "<rect class=\"box\" x=\"{LEFT}\" y=\"{TOP}\" width=\"{:.1}\" height=\"{:.1}\"/>",
            WIDTH - LEFT - RIGHT,
            HEIGHT - BOTTOM - TOP
        );
        self.add(&box_);
        self.text(LEFT + (WIDTH - LEFT - RIGHT) / 2.0, HEIGHT - 8.0, "middle", x_label);
        let middle = TOP + (HEIGHT - BOTTOM - TOP) / 2.0;
        self.add(&format!(
            "<text transform=\"translate(11,{middle:.1}) rotate(-90)\" text-anchor=\"middle\">{}</text>",
            safe(y_label)
        ));
        let title = self.title.clone();
        self.add(&format!("<text class=\"title\" x=\"{LEFT}\" y=\"15\">{}</text>", safe(&title)));
    }

    fn add(&mut self, element: &str) {
        self.body.push_str(element);
    }

    fn text(&mut self, x: f64, y: f64, anchor: &str, text: &str) {
        self.add(&format!("<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">{}</text>", safe(text)));
    }

    /// A line through points; those outside the drawing's height are held at its edge.
    pub fn line(&mut self, points: &[(f64, f64)], stroke: Stroke) {
        let path = self.path(&thinned(points));
        if !path.is_empty() {
            self.add(&format!("<polyline class=\"{}\" points=\"{path}\"/>", stroke.class()));
        }
    }

    /// The area between a lower and an upper line, where both are known.
    pub fn band(&mut self, points: &[(f64, f64, f64)]) {
        let known: Vec<_> = points.iter().filter(|(_, lower, upper)| lower.is_finite() && upper.is_finite()).collect();
        if known.is_empty() {
            return;
        }
        let below = known.iter().map(|(x, lower, _)| (*x, *lower));
        let above = known.iter().rev().map(|(x, _, upper)| (*x, *upper));
        let path = self.path(&below.chain(above).collect::<Vec<_>>());
        self.add(&format!("<polygon class=\"band\" points=\"{path}\"/>"));
    }

    /// Bars from the bottom, as high as `share` of a fifth of the drawing.
    pub fn bars(&mut self, bars: &[(f64, f64, f64)]) {
        for (left, right, share) in bars.iter().filter(|(_, _, share)| *share > 0.0) {
            let height = share * (HEIGHT - BOTTOM - TOP) * 0.2;
            let (a, b) = (self.px(*left), self.px(*right));
            let y = HEIGHT - BOTTOM - height;
            self.add(&format!(
                "<rect class=\"bar\" x=\"{a:.1}\" y=\"{y:.1}\" width=\"{:.1}\" height=\"{height:.1}\"/>",
                (b - a - 0.5).max(0.5)
            ));
        }
    }

    fn path(&self, points: &[(f64, f64)]) -> String {
        let mut path = String::new();
        for (x, y) in points.iter().filter(|(x, y)| x.is_finite() && y.is_finite()) {
            // Writing to a string cannot fail.
            let _ = write!(path, "{:.1},{:.1} ", self.px(*x), self.py(*y));
        }
        path.pop();
        path
    }

    /// The drawing, with what it shows in words for those who cannot see it.
    #[must_use]
    pub fn finish(self, says: &str) -> String {
        format!("<svg role=\"img\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" aria-label=\"{}\">{}</svg>", safe(says), self.body)
    }
}

/// A range with some height, even when all values are the same.
fn widened((low, high): (f64, f64)) -> (f64, f64) {
    if high > low { (low, high) } else { (low - 0.5, low + 0.5) }
}

/// At most so many points of a line are drawn.
const DRAWN: usize = 400;

fn thinned(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
    if points.len() <= DRAWN {
        return points.to_vec();
    }
    let last = points.len() - 1;
    (0..DRAWN).map(|at| points[at * last / (DRAWN - 1)]).collect()
}

/// Round numbers within a range, about five.
fn ticks((low, high): (f64, f64)) -> Vec<f64> {
    let rough = (high - low) / 5.0;
    let power = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].map(|step| step * power).into_iter().find(|step| *step >= rough * 0.999);
    let step = step.unwrap_or(10.0 * power);
    let first = (low / step).ceil() as i64;
    let last = (high / step + 1e-9).floor() as i64;
    (first..=last).map(|n| n as f64 * step).collect()
}

fn tick(value: f64) -> String {
    let rounded = (value * 1e6).round() / 1e6;
    format!("{}", rounded + 0.0).replace('-', "−")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round() {
        let told = |range| ticks(range).into_iter().map(tick).collect::<Vec<_>>();
        assert_eq!(told((0.0, 1.0)), ["0", "0.2", "0.4", "0.6", "0.8", "1"]);
        assert_eq!(told((-0.013, 0.03)), ["−0.01", "0", "0.01", "0.02", "0.03"]);
    }

    #[test]
    fn points_that_are_no_numbers_are_left_out() {
        let mut frame = Frame::new("a & b", (0.0, 1.0), (0.0, 0.0), "x", "y");
        frame.line(&[(0.0, 0.1), (0.5, f64::NAN), (1.0, 9.0)], Stroke::Own);
        let drawn = frame.finish("what");
        assert!(drawn.contains("a &amp; b") && !drawn.contains("NaN") && !drawn.contains("inf"));
    }
}
