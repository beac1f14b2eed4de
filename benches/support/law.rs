//! The law of the events: how many a patient has, which days, which codes. One seeded stream per block of patients.

use super::codes::Universe;

/// Patients of one block; a smaller journal is the beginning of a larger one.
pub const BLOCK: u64 = 10_000;
/// Changes whenever the generated rows change, so that cached journals are made anew.
pub const VERSION: u32 = 1;

/// 1 January 2006 and the number of days from it to 31 December 2025.
pub const FIRST_DAY: i32 = 13_149;
pub const DAYS: u64 = 7_305;

/// Codes of her own that a patient's record keeps returning to, per code system.
const CHRONIC: usize = 6;

/// SplitMix64.
pub struct Rng(u64);

impl Rng {
    pub fn new(seed: u64) -> Rng {
        let mut rng = Rng(seed);
        rng.bits();
        rng
    }

    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// From 0 up to, but not including, `n`.
    pub fn below(&mut self, n: u64) -> u64 {
        ((u128::from(self.bits()) * u128::from(n)) >> 64) as u64
    }

    /// From 0 up to, but not including, 1.
    pub fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A standard normal deviate (Box and Muller).
    pub fn normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.unit()).ln()).sqrt();
        radius * (std::f64::consts::TAU * self.unit()).cos()
    }
}

/// Draws from a frequency law in constant time (Walker's alias method).
struct Alias {
    keep: Vec<f64>,
    other: Vec<u16>,
}

impl Alias {
    /// Zipf and Mandelbrot: the code of rank r is drawn in proportion to 1 / (r + 1 + shift)^slope.
    fn zipf(codes: usize, slope: f64, shift: f64) -> Alias {
        let weights: Vec<f64> = (0..codes).map(|rank| (rank as f64 + 1.0 + shift).powf(-slope)).collect();
        let mean = weights.iter().sum::<f64>() / codes as f64;
        let mut keep: Vec<f64> = weights.iter().map(|weight| weight / mean).collect();
        let mut other: Vec<u16> = (0..codes as u16).collect();
        let (mut small, mut large): (Vec<usize>, Vec<usize>) = (0..codes).partition(|n| keep[*n] < 1.0);
        while let (Some(poor), Some(&rich)) = (small.pop(), large.last()) {
            other[poor] = rich as u16;
            keep[rich] -= 1.0 - keep[poor];
            if keep[rich] < 1.0 {
                large.pop();
                small.push(rich);
            }
        }
        Alias { keep, other }
    }

    fn draw(&self, rng: &mut Rng) -> u16 {
        let at = rng.below(self.keep.len() as u64) as usize;
        if rng.unit() < self.keep[at] { at as u16 } else { self.other[at] }
    }
}

/// One event: whose, when, and which code of which system.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Event {
    /// The patient's number in the whole journal.
    pub patient: u32,
    /// Days from [`FIRST_DAY`].
    pub day: u16,
    /// Index into [`super::codes::SYSTEMS`].
    pub system: u8,
    /// Index into the system's codes.
    pub code: u16,
}

/// What the patients table says of one person.
pub struct Person {
    pub patient: u32,
    /// Days from 1970.
    pub born: i32,
    pub female: bool,
    pub gp: u32,
}

impl Person {
    pub fn sex(&self) -> &'static str {
        if self.female { "female" } else { "male" }
    }
}

/// Persons and events of a block, by patient and then by day.
pub struct Block {
    pub people: Vec<Person>,
    pub events: Vec<Event>,
}

/// The whole law.
pub struct Law {
    codes: [Alias; 3],
}

impl Law {
    pub fn new(universe: &Universe) -> Law {
        let [icd10, icpc2, atc] = &universe.codes;
        Law {
            codes: [
                Alias::zipf(icd10.len(), 1.05, 12.0),
                Alias::zipf(icpc2.len(), 1.0, 8.0),
                Alias::zipf(atc.len(), 1.0, 10.0),
            ],
        }
    }

    /// The `number`th block, cut to the journal's number of patients.
    pub fn block(&self, number: u64, patients: u64) -> Block {
        let mut rng = Rng::new(0x7469_646C_6967 ^ number.wrapping_mul(0xD134_2543_DE82_EF95));
        let first = number * BLOCK;
        let mut block = Block { people: Vec::new(), events: Vec::new() };
        let mut days = Vec::new();
        for patient in first..(first + BLOCK).min(patients) {
            block.people.push(Person {
                patient: patient as u32,
                born: FIRST_DAY - rng.below(34_700) as i32,
                female: rng.below(2) == 0,
                gp: rng.below(5_000) as u32,
            });
            self.patient(&mut rng, patient as u32, &mut days, &mut block.events);
        }
        block
    }

    /// Log-normal with mean 60 and median 36; half of the events repeat the patient's own codes.
    fn patient(&self, rng: &mut Rng, patient: u32, days: &mut Vec<u16>, events: &mut Vec<Event>) {
        let count = (60_f64.ln() - 0.5 + rng.normal()).exp().round().clamp(1.0, 3_000.0) as usize;
        days.clear();
        days.extend((0..count).map(|_| rng.below(DAYS) as u16));
        days.sort_unstable();
        let own: [[u16; CHRONIC]; 3] =
            std::array::from_fn(|system| std::array::from_fn(|_| self.codes[system].draw(rng)));
        for day in days {
            let system = match rng.below(100) {
                0..35 => 0,
                35..70 => 1,
                _ => 2,
            };
            let code = match rng.below(2) {
                0 => own[system][rng.below(CHRONIC as u64) as usize],
                _ => self.codes[system].draw(rng),
            };
            events.push(Event { patient, day: *day, system: system as u8, code });
        }
    }
}
