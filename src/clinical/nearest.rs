//! «Did you mean»: the known word nearest to what was written.

/// The known word nearest to what was written, when it is near enough to be a slip.
#[must_use]
pub fn nearest<'a>(found: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let plain = |text: &str| text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect::<Vec<_>>();
    let wanted = plain(found);
    let limit = (wanted.len() / 3).max(1);
    known
        .into_iter()
        .map(|word| (distance(&wanted, &plain(word)), word))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, word)| word)
}

/// Letters to add, drop, change or swap with the next one to turn `a` into `b`.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    rows[0] = (0..=b.len()).collect();
    for i in 1..=a.len() {
        rows[i][0] = i;
        for j in 1..=b.len() {
            let change = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = change.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            rows[i][j] = least;
        }
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn slips_are_suggested_and_strangers_are_not() {
        let known = ["patient_id", "birth_date", "sex"];
        assert_eq!(nearest("patientid", known), Some("patient_id"));
        assert_eq!(nearest("brith_date", known), Some("birth_date"));
        assert_eq!(nearest("colour", known), None);
    }
}
