//! Where the population register, or the practice's own, says that a person stands.

/// A person's standing on the practice's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RegisterStatus {
    /// On the list.
    Listed,
    Dead,
    /// Moved, or off the list for another reason.
    Left,
    /// A word that is not known, or none at all: held back and counted.
    Unknown,
}

impl RegisterStatus {
    /// Reads the register's words (bosatt, utflyttet, forsvunnet, doed, opphoert, midlertidig, inaktiv, ikkeBosatt,
    /// foedselsregistrert) and the plain ones of journal systems, whatever their case, blanks and spelling of ø.
    #[must_use]
    pub fn parse(text: &str) -> RegisterStatus {
        let lower = text.to_lowercase().replace('ø', "oe");
        let plain: String = lower.chars().filter(|c| c.is_alphanumeric()).collect();
        match plain.as_str() {
            "bosatt" | "busett" | "midlertidig" | "mellombels" | "aktiv" | "active" | "listed" | "paaliste"
            | "påliste" | "fastliste" | "ja" | "yes" | "1" => RegisterStatus::Listed,
            "doed" | "daud" | "dead" | "deceased" | "avdoed" => RegisterStatus::Dead,
            "utflyttet" | "utflytta" | "flyttet" | "flytta" | "moved" | "left" | "forsvunnet" | "forsvunnen"
            | "opphoert" | "opphoeyrt" | "ended" | "inaktiv" | "inactive" | "ikkebosatt" | "ikkjebusett" | "nei"
            | "no" | "0" => RegisterStatus::Left,
            _ => RegisterStatus::Unknown,
        }
    }
}

/// Grades of address protection, as the journal writes them; any other word is taken for protection too.
///
/// `None`: the address is not protected.
#[must_use]
pub fn protection(text: &str) -> Option<String> {
    let lower = text.trim().to_lowercase();
    let plain: String = lower.chars().filter(|c| c.is_alphanumeric()).collect();
    match plain.as_str() {
        "" | "none" | "ingen" | "ugradert" | "nei" | "no" | "false" | "0" | "n" => None,
        "strengtfortrolig" | "strengtfortroligutland" | "kode6" | "6" | "spsf" => Some("strengtFortrolig".to_owned()),
        "fortrolig" | "kode7" | "7" | "spfo" => Some("fortrolig".to_owned()),
        "klientadresse" | "19" => Some("klientadresse".to_owned()),
        _ => Some(text.trim().to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn register_words_are_read_and_strange_ones_held_back() {
        for (text, expected) in [
            ("bosatt", RegisterStatus::Listed),
            ("Midlertidig", RegisterStatus::Listed),
            ("doed", RegisterStatus::Dead),
            ("DØD", RegisterStatus::Dead),
            ("ikkeBosatt", RegisterStatus::Left),
            ("ikke bosatt", RegisterStatus::Left),
            ("Opphørt", RegisterStatus::Left),
            ("foedselsregistrert", RegisterStatus::Unknown),
            ("", RegisterStatus::Unknown),
        ] {
            assert_eq!(RegisterStatus::parse(text), expected, "{text}");
        }
    }

    #[test]
    fn an_unknown_grade_protects() {
        assert_eq!(protection("Kode 6").as_deref(), Some("strengtFortrolig"));
        assert_eq!(protection("ugradert"), None);
        assert_eq!(protection("hemmelig").as_deref(), Some("hemmelig"));
    }
}
