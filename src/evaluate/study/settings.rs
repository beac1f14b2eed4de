//! What a researcher asks for, as it stands in the manifest.

use serde::{Deserialize, Serialize};

/// Choices that change figures; together with the inputs they make the same bytes again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// Outcome columns; empty for the file's own one.
    pub outcomes: Vec<String>,
    /// Days within which an event counts, for outcomes with days of follow-up.
    pub horizon: Option<f64>,
    /// Resamples of each bootstrap; 0 for none.
    pub resamples: usize,
    pub seed: u64,
    /// Sizes of the list: numbers of contacts, or shares of all written with a per cent sign.
    pub capacities: Vec<Capacity>,
    /// Thresholds of probability.
    pub thresholds: Vec<f64>,
    pub cluster: Clustering,
    /// The model that others are compared with; the baseline when none is named.
    pub reference: Option<String>,
    /// Whether every two models are compared.
    pub all_pairs: bool,
    pub reversed: Vec<String>,
    pub scope: Scope,
    /// Folds of cross-fitted maps.
    pub folds: u64,
}

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// Everything.
    All,
    /// The area under the ROC curve, average precision, and what lists at capacity catch; no subgroups.
    Lists,
    /// The area under the ROC curve and average precision only.
    Ranking,
}

/// Which rows are resampled together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Clustering {
    /// By patient when some patient has several rows, else none.
    Auto,
    Patient,
    Practice,
    None,
}

/// The size of a list.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Capacity {
    Contacts(u32),
    /// Of all, between 0 and 1.
    Share(f64),
}

impl Capacity {
    /// Reads `40` or `2%`.
    ///
    /// # Errors
    /// Says what to write.
    pub fn parse(text: &str) -> Result<Capacity, String> {
        let wrong = || format!("`{text}` is no capacity; write a number of contacts such as 40, or a share such as 2%");
        match text.strip_suffix('%') {
            Some(share) => match share.trim().parse::<f64>() {
                Ok(share) if share > 0.0 && share < 100.0 => Ok(Capacity::Share(share / 100.0)),
                _ => Err(wrong()),
            },
            None => text.parse().ok().filter(|contacts| *contacts > 0).map(Capacity::Contacts).ok_or_else(wrong),
        }
    }

    /// Places for so many patients; at least one.
    #[must_use]
    pub fn places(self, n: usize) -> f64 {
        match self {
            Capacity::Contacts(contacts) => f64::from(contacts),
            Capacity::Share(share) => (share * n as f64).round().max(1.0),
        }
    }

    /// `40 contacts` or `2%`.
    #[must_use]
    pub fn name(self) -> String {
        match self {
            Capacity::Contacts(contacts) => format!("{contacts} contacts"),
            // Rounding undoes what the division by a hundred left behind.
            Capacity::Share(share) => format!("{}%", (share * 1e8).round() / 1e6),
        }
    }
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            outcomes: Vec::new(),
            horizon: None,
            resamples: 1_000,
            seed: 1,
            // One nurse's contacts in a month in the Norwegian primary care team pilot, about; and two shares of the list.
            capacities: vec![Capacity::Contacts(40), Capacity::Share(0.02), Capacity::Share(0.05)],
            thresholds: vec![0.05, 0.1, 0.2],
            cluster: Clustering::Auto,
            reference: None,
            all_pairs: false,
            reversed: Vec::new(),
            scope: Scope::All,
            folds: 10,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capacities_are_contacts_or_shares() {
        assert_eq!(Capacity::parse("40"), Ok(Capacity::Contacts(40)));
        assert_eq!(Capacity::parse("2.5%").map(Capacity::name), Ok("2.5%".to_owned()));
        assert_eq!(Capacity::Share(0.02).places(1_234), 25.0);
        for wrong in ["0", "-3", "0%", "100%", "many", ""] {
            assert!(Capacity::parse(wrong).is_err(), "{wrong}");
        }
    }
}
