//! What does the list catch? The k patients with the highest scores, as many as the team can contact.
//!
//! Where several share the score at the cut, each of them has the same chance of a place: the expected number counts.

use crate::evaluate::estimate::Why;

/// A list of k patients.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Capture {
    pub capacity: f64,
    pub n: f64,
    pub events: f64,
    /// Events on the list, as expected over the ties at the cut.
    pub caught: f64,
    /// Patients who share the score at the cut, and the places left for them.
    pub tied: f64,
    pub places_for_tied: f64,
}

/// Several capacities, in one pass from the highest score down.
#[must_use]
pub fn captures(counts: &[u32], capacities: &[f64]) -> Vec<Capture> {
    let (no, yes) = super::ranking::totals(counts);
    let (n, events) = ((no + yes) as f64, yes as f64);
    let mut order: Vec<usize> = (0..capacities.len()).collect();
    order.sort_unstable_by(|a, b| capacities[*a].total_cmp(&capacities[*b]));
    let empty =
        |capacity: &f64| Capture { capacity: *capacity, n, events, caught: 0.0, tied: 0.0, places_for_tied: 0.0 };
    let mut found: Vec<Capture> = capacities.iter().map(empty).collect();
    let (mut above, mut caught) = (0.0, 0.0);
    let mut pairs = counts.chunks_exact(2).rev().map(|pair| [f64::from(pair[0]), f64::from(pair[1])]).peekable();
    for capture in order {
        let capture = &mut found[capture];
        while let Some([no, yes]) = pairs.next_if(|[no, yes]| above + no + yes <= capture.capacity) {
            above += no + yes;
            caught += yes;
        }
        capture.caught = caught;
        let places = capture.capacity - above;
        if let Some([no, yes]) = pairs.peek().filter(|_| places > 0.0) {
            capture.tied = no + yes;
            capture.places_for_tied = places;
            capture.caught += yes * places / capture.tied;
        }
    }
    found
}

impl Capture {
    fn possible(&self) -> Result<(), Why> {
        match self {
            Capture { n: 0.0, .. } => Err(Why::Empty),
            Capture { events: 0.0, .. } => Err(Why::NoEvents),
            Capture { n, capacity, .. } if capacity >= n => Err(Why::CapacityTooLarge),
            _ => Ok(()),
        }
    }

    /// Share of events that the list holds.
    ///
    /// # Errors
    /// Without events, or when the list holds everybody.
    pub fn sensitivity(&self) -> Result<f64, Why> {
        self.possible().map(|()| self.caught / self.events)
    }

    /// Share of the list that has the event.
    ///
    /// # Errors
    /// As [`Capture::sensitivity`].
    pub fn positive_predictive(&self) -> Result<f64, Why> {
        self.possible().map(|()| self.caught / self.capacity)
    }

    /// Contacts for each event found.
    ///
    /// # Errors
    /// As [`Capture::sensitivity`], and when nothing is caught.
    pub fn number_needed(&self) -> Result<f64, Why> {
        self.possible()?;
        if self.caught > 0.0 { Ok(self.capacity / self.caught) } else { Err(Why::NoEvents) }
    }

    /// The share with the event on the list, over that among all.
    ///
    /// # Errors
    /// As [`Capture::sensitivity`].
    pub fn lift(&self) -> Result<f64, Why> {
        Ok(self.positive_predictive()? / (self.events / self.n))
    }

    /// What a list by chance would catch.
    #[must_use]
    pub fn floor(&self) -> f64 {
        self.capacity * self.events / self.n
    }

    /// What a list that knew the future would catch.
    #[must_use]
    pub fn ceiling(&self) -> f64 {
        self.capacity.min(self.events)
    }

    /// How far the list comes from chance (0) to the best there is (1).
    ///
    /// # Errors
    /// As [`Capture::sensitivity`], and when chance and the best are the same.
    pub fn captured(&self) -> Result<f64, Why> {
        self.possible()?;
        let room = self.ceiling() - self.floor();
        if room > 0.0 { Ok((self.caught - self.floor()) / room) } else { Err(Why::NoMargin) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_at_the_cut_share_the_places() {
        // Scores 3: one event; 2: four, of whom two have it; 1: five others.
        let counts = [5, 0, 2, 2, 0, 1];
        let mut found = captures(&counts, &[10.0, 3.0, 5.0, 1.0]);
        found.sort_by(|a, b| a.capacity.total_cmp(&b.capacity));
        assert_eq!(found.iter().map(|capture| capture.caught).collect::<Vec<_>>(), [1.0, 2.0, 3.0, 3.0]);
        assert_eq!((found[1].tied, found[1].places_for_tied, found[0].tied), (4.0, 2.0, 0.0));
        assert_eq!(found[0].lift(), Ok(1.0 / 0.3));
        assert_eq!(found[1].number_needed(), Ok(1.5));
        assert_eq!(found[2].captured(), Ok(1.0));
        assert_eq!(found[3].sensitivity(), Err(Why::CapacityTooLarge));
        assert_eq!(captures(&[4, 0], &[2.0])[0].sensitivity(), Err(Why::NoEvents));
        assert_eq!(captures(&[1, 0, 0, 1], &[1.0])[0].captured(), Ok(1.0));
    }
}
