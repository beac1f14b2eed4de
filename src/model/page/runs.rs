//! Codes in a row, written short.

/// ATC codes with three or more in a row written as a range: `B01AC04–B01AC30`.
pub fn runs(codes: &[&str]) -> String {
    let rows = codes.chunk_by(|code, next| follows(code, next));
    let text = |row: &[&str]| match row {
        [first, _, .., last] => format!("{first}–{last}"),
        _ => row.join(" "),
    };
    rows.map(text).collect::<Vec<_>>().join(" ")
}

/// Whether one code comes right after another: the next letter of a group, or the next number of a substance.
fn follows(code: &str, next: &str) -> bool {
    let split = |text: &str| -> Option<(String, u32)> {
        let stem = text.len().checked_sub(if text.len() == 7 { 2 } else { 1 })?;
        let (stem, last) = text.split_at_checked(stem)?;
        let number = last.parse().ok().or_else(|| last.chars().next().map(u32::from))?;
        Some((stem.to_owned(), number))
    };
    matches!((split(code), split(next)), (Some((a, m)), Some((b, n))) if a == b && n == m + 1)
}

#[cfg(test)]
mod tests {
    use super::runs;

    #[test]
    fn codes_in_a_row_are_written_as_a_range() {
        assert_eq!(runs(&["B01AC04", "B01AC05", "B01AC06", "B01AC09"]), "B01AC04–B01AC06 B01AC09");
        assert_eq!(runs(&["L01A", "L01B", "L01C", "L01XA", "L01XB"]), "L01A–L01C L01XA L01XB");
        assert_eq!(runs(&["A10", "N06A", "N06B"]), "A10 N06A N06B");
        assert_eq!(runs(&[]), "");
    }
}
