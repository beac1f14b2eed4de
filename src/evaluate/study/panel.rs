//! One or two models on the same rows, resampled together.

use super::cells::Cells;
use crate::evaluate::resample::multinomial::Stratum;
use crate::evaluate::resample::stream::stream;
use rayon::prelude::*;

/// Rows that are alike to all models at hand form a unit; a resample is how often each unit was drawn.
pub struct Panel {
    /// For each model the place of each unit in the model's counts.
    places: Vec<Vec<u32>>,
    /// Length of each model's counts.
    widths: Vec<usize>,
    units: usize,
    draws: Draws,
}

enum Draws {
    /// Persons one by one: from all, and within non-events and events.
    Persons { all: Stratum, by_outcome: [Stratum; 2] },
    /// Whole clusters; here each row is a unit.
    Clusters { clusters: Stratum, of_unit: Vec<u32>, number: usize },
}

/// Room for one resample.
struct Room {
    units: Vec<u32>,
    clusters: Vec<u32>,
    ranked: Vec<Vec<u32>>,
    drawn: Vec<Vec<u32>>,
}

impl Panel {
    /// Of models' cells on the same rows.
    #[must_use]
    pub fn of(cells: &[&Cells], events: &[bool], clusters: Option<&[u32]>) -> Panel {
        let widths = cells.iter().map(|cells| 2 * cells.number).collect();
        let place = |model: usize, row: usize| 2 * cells[model].of_row[row] + u32::from(events[row]);
        if let Some(clusters) = clusters {
            let number = clusters.iter().max().map_or(0, |last| *last as usize + 1);
            let places =
                (0..cells.len()).map(|model| (0..events.len()).map(|row| place(model, row)).collect()).collect();
            let one_each: Vec<(u32, u32)> = (0..number as u32).map(|cluster| (cluster, 1)).collect();
            let draws = Draws::Clusters { clusters: Stratum::new(&one_each), of_unit: clusters.to_vec(), number };
            return Panel { places, widths, units: events.len(), draws };
        }
        let last = cells.len() - 1;
        let mut keyed: Vec<u64> =
            (0..events.len()).map(|row| u64::from(place(0, row)) << 32 | u64::from(place(last, row))).collect();
        keyed.par_sort_unstable();
        let mut places = vec![Vec::new(); cells.len()];
        let mut sizes: [Vec<(u32, u32)>; 2] = [Vec::new(), Vec::new()];
        for (unit, alike) in (0..).zip(keyed.chunk_by(|a, b| a == b)) {
            let both = [(alike[0] >> 32) as u32, alike[0] as u32];
            places[0].push(both[0]);
            places[last].truncate(unit as usize);
            places[last].push(both[1]);
            // A place tells its class: events stand at odd ones.
            sizes[both[0] as usize % 2].push((unit, alike.len() as u32));
        }
        let units = sizes[0].len() + sizes[1].len();
        let all = Stratum::new(&sizes.concat());
        let by_outcome = [Stratum::new(&sizes[0]), Stratum::new(&sizes[1])];
        Panel { places, widths, units, draws: Draws::Persons { all, by_outcome } }
    }

    /// What `figures` makes of each resample: of the models' counts drawn within each class, and of those drawn from all.
    /// In order, and the same on any number of threads.
    pub fn resample<T: Send>(
        &self,
        resamples: usize,
        seed: u64,
        study: u64,
        figures: impl Fn(&[Vec<u32>], &[Vec<u32>]) -> T + Sync,
    ) -> Vec<T> {
        let room = || Room {
            units: vec![0; self.units],
            clusters: Vec::new(),
            ranked: self.widths.iter().map(|width| vec![0; *width]).collect(),
            drawn: self.widths.iter().map(|width| vec![0; *width]).collect(),
        };
        let one = |room: &mut Room, number: usize| {
            self.draw(room, seed, study, number as u64);
            figures(&room.ranked, &room.drawn)
        };
        (0..resamples).into_par_iter().map_init(room, one).collect()
    }

    fn draw(&self, room: &mut Room, seed: u64, study: u64, number: u64) {
        let mut random = stream(seed, study, number);
        room.units.fill(0);
        match &self.draws {
            Draws::Persons { all, by_outcome } => {
                by_outcome.iter().for_each(|stratum| stratum.draw(&mut random, &mut room.units));
                self.spread(&room.units, &mut room.ranked);
                room.units.fill(0);
                all.draw(&mut random, &mut room.units);
                self.spread(&room.units, &mut room.drawn);
            }
            Draws::Clusters { clusters, of_unit, number } => {
                room.clusters.clear();
                room.clusters.resize(*number, 0);
                clusters.draw(&mut random, &mut room.clusters);
                room.units.iter_mut().zip(of_unit).for_each(|(unit, of)| *unit = room.clusters[*of as usize]);
                self.spread(&room.units, &mut room.ranked);
                room.drawn.clone_from(&room.ranked);
            }
        }
    }

    fn spread(&self, units: &[u32], counts: &mut [Vec<u32>]) {
        for (places, counts) in self.places.iter().zip(counts) {
            counts.fill(0);
            for (place, drawn) in places.iter().zip(units) {
                counts[*place as usize] += drawn;
            }
        }
    }
}
