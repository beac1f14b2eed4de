//! The numbers behind the list. Each is a proposal for the practice's own doctors to set; none is validated.

/// Points by band level: moderate, high and very high. Lower levels give none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scale {
    pub moderate: i32,
    pub high: i32,
    pub very_high: i32,
}

/// Levels of bands across rule sets, as [`crate::model::ruleset::Band::level`] states them.
pub mod level {
    pub const MODERATE: u8 = 2;
    pub const HIGH: u8 = 3;
    pub const VERY_HIGH: u8 = 4;
}

impl Scale {
    #[must_use]
    pub fn points(self, level: u8) -> i32 {
        match level {
            0..level::MODERATE => 0,
            level::MODERATE => self.moderate,
            level::HIGH => self.high,
            level::VERY_HIGH.. => self.very_high,
        }
    }
}

/// How candidates are found, weighed and cut.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// Places this week.
    pub capacity: usize,
    /// Points of the need set with the highest band.
    pub main_need: Scale,
    /// Points of each further need set.
    pub further_need: Scale,
    /// The most that further need sets give together.
    pub further_need_at_most: i32,
    pub quiet: Scale,
    pub rising: Scale,
    /// Least level that makes someone a candidate, by role.
    pub need_from: u8,
    pub quiet_from: u8,
    pub rising_from: u8,
    /// A row is worse when its priority grew by at least so much, or a band rose.
    pub worse_from: i32,
    /// Age at which the adults' list begins; younger persons have a track of their own.
    pub adult_from: i32,
}

impl Policy {
    /// The shipped numbers with this week's places.
    #[must_use]
    pub fn with_capacity(capacity: usize) -> Policy {
        Policy {
            capacity,
            main_need: Scale { moderate: 2, high: 4, very_high: 6 },
            further_need: Scale { moderate: 1, high: 2, very_high: 3 },
            further_need_at_most: 6,
            quiet: Scale { moderate: 2, high: 3, very_high: 4 },
            rising: Scale { moderate: 2, high: 3, very_high: 4 },
            need_from: level::MODERATE,
            quiet_from: level::MODERATE,
            rising_from: level::HIGH,
            worse_from: 2,
            adult_from: 18,
        }
    }
}
