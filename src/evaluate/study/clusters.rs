//! Which rows depend on each other and are drawn together.

use super::settings::Clustering;
use crate::evaluate::input::{Cohort, Problems};

/// The cluster of each row; `None` when every row stands alone.
///
/// # Errors
/// When practices are asked for and some row has none.
pub fn of(cohort: &Cohort, clustering: Clustering) -> Result<Option<Vec<u32>>, Problems> {
    match clustering {
        Clustering::None => Ok(None),
        Clustering::Auto | Clustering::Patient => Ok(cohort.repeats().then(|| cohort.patient.clone())),
        Clustering::Practice => {
            let known = cohort.practice.as_ref().and_then(|of| of.iter().copied().collect::<Option<Vec<u32>>>());
            known.map(Some).ok_or_else(|| {
                Problems(vec![
                    "practice: every row needs a `practice_id`, in the outcomes or in the patients".to_owned(),
                ])
            })
        }
    }
}

/// The clusters of some rows, numbered from 0 in the order they come.
#[must_use]
pub fn among(clusters: Option<&[u32]>, rows: &[u32]) -> Option<Vec<u32>> {
    let clusters = clusters?;
    let mut numbers = std::collections::HashMap::new();
    let dense = rows.iter().map(|row| {
        let next = numbers.len() as u32;
        *numbers.entry(clusters[*row as usize]).or_insert(next)
    });
    Some(dense.collect())
}
