//! What is known of a person beside her facts.

/// Sex as the practice's register states it; never read from an identity number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sex {
    Female,
    Male,
}

impl Sex {
    /// Accepts the canonical `female` and `male`, and the short forms `F`, `M`, `K` (kvinne).
    #[must_use]
    pub fn parse(text: &str) -> Option<Sex> {
        match text.trim().to_ascii_lowercase().as_str() {
            "female" | "f" | "k" | "kvinne" => Some(Sex::Female),
            "male" | "m" | "mann" => Some(Sex::Male),
            _ => None,
        }
    }

    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Sex::Female => "female",
            Sex::Male => "male",
        }
    }
}
