//! Numbers and estimates as people read them, and text made safe for a page.

use crate::evaluate::estimate::{Estimate, Told};

/// Three decimals for small numbers, fewer for large ones; a minus sign that is one.
#[must_use]
pub fn number(value: f64) -> String {
    let text = match value.abs() {
        0.0 => "0".to_owned(),
        large if large >= 1_000.0 => format!("{value:.0}"),
        large if large >= 100.0 => format!("{value:.1}"),
        large if large >= 10.0 => format!("{value:.2}"),
        small if small < 0.001 => format!("{value:.1e}"),
        _ => format!("{value:.3}"),
    };
    text.replace('-', "−")
}

/// `0.812 (0.801 to 0.823)`, or the reason.
#[must_use]
pub fn estimate(estimate: &Estimate) -> String {
    match (&estimate.value, &estimate.lower, &estimate.upper) {
        (Told::Suppressed, ..) => "suppressed".to_owned(),
        (Told::NotEstimable(why), ..) => format!("not estimable: {why}"),
        (Told::None, ..) => "none".to_owned(),
        (Told::Number(value), Told::Number(lower), Told::Number(upper)) => {
            format!("{} ({} to {})", number(*value), number(*lower), number(*upper))
        }
        (Told::Number(value), Told::NotEstimable(why), _) => {
            format!("{} (interval not estimable: {why})", number(*value))
        }
        (Told::Number(value), ..) => number(*value),
    }
}

/// A count, or that it is hidden.
#[must_use]
pub fn count(count: Option<u64>) -> String {
    count.map_or_else(|| "suppressed".to_owned(), |count| count.to_string())
}

/// Text that may stand in HTML and in an attribute.
#[must_use]
pub fn safe(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::estimate::Why;

    #[test]
    fn as_people_read_them() {
        assert_eq!(estimate(&Estimate::number(0.81234, 0.8, -0.5)), "0.812 (0.800 to −0.500)");
        assert_eq!(estimate(&Estimate::not_estimable(Why::NoEvents)), "not estimable: one class only: no events");
        assert_eq!(
            estimate(&Estimate::without_interval(1.0, Why::PerfectSeparation)),
            "1.000 (interval not estimable: perfect separation)"
        );
        assert_eq!(
            (number(0.00012), number(12_345.6), number(0.0)),
            ("1.2e−4".to_owned(), "12346".to_owned(), "0".to_owned())
        );
        assert_eq!(safe("<a b=\"c\">"), "&lt;a b=&quot;c&quot;&gt;");
    }
}
