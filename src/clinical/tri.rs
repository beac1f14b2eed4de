//! Three-valued truth (Kleene): missing is not no.

/// Yes, no, or not known because a source or a measurement is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Tri {
    No,
    Unknown,
    Yes,
}

impl Tri {
    /// Conjunction: no beats unknown beats yes.
    #[must_use]
    pub fn and(self, other: Tri) -> Tri {
        self.min(other)
    }

    /// Disjunction: yes beats unknown beats no.
    #[must_use]
    pub fn or(self, other: Tri) -> Tri {
        self.max(other)
    }

    /// Negation: unknown stays unknown.
    #[must_use]
    pub fn negate(self) -> Tri {
        match self {
            Tri::No => Tri::Yes,
            Tri::Unknown => Tri::Unknown,
            Tri::Yes => Tri::No,
        }
    }

    #[must_use]
    pub fn is_yes(self) -> bool {
        self == Tri::Yes
    }

    #[must_use]
    pub fn is_unknown(self) -> bool {
        self == Tri::Unknown
    }
}

impl From<bool> for Tri {
    fn from(value: bool) -> Self {
        if value { Tri::Yes } else { Tri::No }
    }
}

#[cfg(test)]
mod tests {
    use super::Tri::{No, Unknown, Yes};

    #[test]
    fn kleene_tables() {
        for (a, b, and, or) in [
            (Yes, Yes, Yes, Yes),
            (Yes, Unknown, Unknown, Yes),
            (Yes, No, No, Yes),
            (Unknown, Unknown, Unknown, Unknown),
            (Unknown, No, No, Unknown),
            (No, No, No, No),
        ] {
            assert_eq!((a.and(b), b.and(a)), (and, and));
            assert_eq!((a.or(b), b.or(a)), (or, or));
        }
        assert_eq!([Yes.negate(), Unknown.negate(), No.negate()], [No, Unknown, Yes]);
    }
}
