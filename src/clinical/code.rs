//! Code systems as types: `K77` is heart failure in ICPC-2 and a liver disorder in ICD-10.

use std::fmt;

/// The code systems a rule may ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CodeSystem {
    /// ICPC-2 as used in Norway, with its four-character extensions (`U891`); ICPC-2B is cut to it.
    Icpc2,
    /// ICD-10, Norwegian edition; other editions share the prefixes that rules use.
    Icd10,
    /// ATC, levels 1 to 5.
    Atc,
    /// Norsk laboratoriekodeverk: NPU and NOR codes.
    Nlk,
}

impl CodeSystem {
    pub const ALL: [CodeSystem; 4] = [CodeSystem::Icpc2, CodeSystem::Icd10, CodeSystem::Atc, CodeSystem::Nlk];

    /// Reads a system's name as registers write it: `ICPC-2`, `icpc2`, `ICPC-2B`, `ICD-10`, `ATC`, `NLK`, `NPU`.
    #[must_use]
    pub fn parse(text: &str) -> Option<CodeSystem> {
        let plain: String = text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect();
        match plain.as_str() {
            "ICPC" | "ICPC2" | "ICPC2B" | "ICPC2E" => Some(CodeSystem::Icpc2),
            "ICD10" | "ICD10NO" | "ICD10CM" => Some(CodeSystem::Icd10),
            "ATC" => Some(CodeSystem::Atc),
            "NLK" | "NPU" => Some(CodeSystem::Nlk),
            _ => None,
        }
    }

    /// The name written in the canonical journal and shown to readers.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            CodeSystem::Icpc2 => "ICPC-2",
            CodeSystem::Icd10 => "ICD-10",
            CodeSystem::Atc => "ATC",
            CodeSystem::Nlk => "NLK",
        }
    }
}

impl fmt::Display for CodeSystem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A normalised code: upper case, without dots, blanks, dagger or asterisk; ICPC-2B cut to its ICPC-2 part.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code {
    pub system: CodeSystem,
    text: String,
}

impl Code {
    /// Normalises a code as it stands in a journal; `None` when nothing of it can be a code of that system.
    #[must_use]
    pub fn read(system: CodeSystem, raw: &str) -> Option<Code> {
        let mut text = String::with_capacity(raw.len());
        normalise(system, raw, &mut text).then_some(Code { system, text })
    }

    /// Normalises a code as a rule writes it: a journal's code, or in ICD-10 a shorter prefix (`C`, `W0`).
    #[must_use]
    pub fn prefix(system: CodeSystem, raw: &str) -> Option<Code> {
        Code::read(system, raw).or_else(|| {
            let text = raw.trim().to_ascii_uppercase();
            let short = match text.as_bytes() {
                [letter] => letter.is_ascii_uppercase(),
                [letter, digit] => letter.is_ascii_uppercase() && digit.is_ascii_digit(),
                _ => false,
            };
            (system == CodeSystem::Icd10 && short).then_some(Code { system, text })
        })
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.system, self.text)
    }
}

/// Writes the normalised form of `raw` into `out` (cleared first); false when it cannot be a code of `system`.
///
/// Kept apart from [`Code`] so that a reader of millions of rows can reuse one buffer.
pub fn normalise(system: CodeSystem, raw: &str, out: &mut String) -> bool {
    out.clear();
    // Most codes stand as they should.
    if raw.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()) {
        out.push_str(raw);
        return has_shape(system, out);
    }
    let body = match system {
        CodeSystem::Icpc2 => cut_icpc2b(raw.trim()),
        _ => raw,
    };
    for c in body.chars() {
        match c {
            '.' | '†' | '*' | '+' | '\u{a0}' => {}
            c if c.is_whitespace() => {}
            c if c.is_ascii_alphanumeric() => out.push(c.to_ascii_uppercase()),
            '-' if system == CodeSystem::Icpc2 && out.is_empty() => out.push('-'),
            _ => return false,
        }
    }
    has_shape(system, out)
}

/// `R74.0001` (ICPC-2B) is `R74`; a Norwegian four-character code keeps its digit.
fn cut_icpc2b(raw: &str) -> &str {
    match raw.split_once('.') {
        Some((head, tail)) if tail.len() == 4 && tail.bytes().all(|b| b.is_ascii_digit()) => head,
        _ => raw,
    }
}

fn has_shape(system: CodeSystem, text: &str) -> bool {
    let bytes = text.as_bytes();
    let letter = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_alphabetic);
    let digit = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
    match system {
        // Process codes are written -31 or A31; both are kept, no rule asks for the first.
        CodeSystem::Icpc2 => {
            (3..=4).contains(&bytes.len()) && (letter(0) || bytes[0] == b'-') && (1..bytes.len()).all(digit)
        }
        CodeSystem::Icd10 => (3..=8).contains(&bytes.len()) && letter(0) && digit(1),
        CodeSystem::Atc => match bytes.len() {
            1 => letter(0),
            3 => letter(0) && digit(1) && digit(2),
            4 => letter(0) && digit(1) && digit(2) && letter(3),
            5 => letter(0) && digit(1) && digit(2) && letter(3) && letter(4),
            7 => letter(0) && digit(1) && digit(2) && letter(3) && letter(4) && digit(5) && digit(6),
            _ => false,
        },
        CodeSystem::Nlk => bytes.len() >= 6 && (0..3).all(letter) && (3..bytes.len()).all(digit),
    }
}

/// Whether a rule's code covers a journal's code, both normalised.
///
/// ICPC-2 codes are met exactly, after the four-character Norwegian code was tried (`U891` is met by `U891` and by
/// `U89`); ICD-10 and ATC by prefix; laboratory codes exactly.
#[must_use]
pub fn covers(system: CodeSystem, rule: &str, journal: &str) -> bool {
    match system {
        CodeSystem::Icpc2 => journal == rule || (journal.len() == 4 && rule.len() == 3 && journal.starts_with(rule)),
        CodeSystem::Icd10 | CodeSystem::Atc => journal.starts_with(rule),
        CodeSystem::Nlk => journal == rule,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_normalised() {
        for (system, raw, expected) in [
            (CodeSystem::Icd10, " i50.9† ", Some("I509")),
            (CodeSystem::Icd10, "E10.2*", Some("E102")),
            (CodeSystem::Icd10, "50", None),
            (CodeSystem::Icpc2, "R74.0001", Some("R74")),
            (CodeSystem::Icpc2, "u891", Some("U891")),
            (CodeSystem::Icpc2, "-31", Some("-31")),
            (CodeSystem::Icpc2, "K7", None),
            (CodeSystem::Atc, "A10 BA02", Some("A10BA02")),
            (CodeSystem::Atc, "A10B02", None),
            (CodeSystem::Nlk, "NPU27300", Some("NPU27300")),
        ] {
            assert_eq!(Code::read(system, raw).as_ref().map(Code::as_str), expected, "{raw}");
        }
    }

    #[test]
    fn rules_may_write_short_prefixes_of_icd10_only() {
        let short = |system, raw| Code::prefix(system, raw).map(|code| code.as_str().to_owned());
        assert_eq!(short(CodeSystem::Icd10, "c"), Some("C".to_owned()));
        assert_eq!(short(CodeSystem::Icd10, "W0"), Some("W0".to_owned()));
        assert_eq!(short(CodeSystem::Icd10, "0W"), None);
        assert_eq!(short(CodeSystem::Icpc2, "K7"), None);
        assert_eq!(Code::read(CodeSystem::Icd10, "W0"), None);
    }

    #[test]
    fn systems_are_never_mixed() {
        assert_eq!(CodeSystem::parse("icpc-2b"), Some(CodeSystem::Icpc2));
        assert_eq!(CodeSystem::parse(""), None);
        assert!(covers(CodeSystem::Icd10, "I50", "I509") && !covers(CodeSystem::Icd10, "I50", "I5"));
        assert!(covers(CodeSystem::Icpc2, "U89", "U891") && !covers(CodeSystem::Icpc2, "U891", "U89"));
    }
}
