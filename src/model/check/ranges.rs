//! Ranges of ATC codes, as papers print them: `B01AC04-B01AC30` is every substance from the one to the other.

use crate::clinical::{Code, CodeSystem};

/// The highest number of a substance within its group.
const LAST: u32 = 99;

/// The shortest list of prefixes that covers every substance of the range, both ends included; `None` when the text is no
/// range of substances within one therapeutic group (`B01`).
#[must_use]
pub fn expand(text: &str) -> Option<Vec<Code>> {
    let (from, to) = text.split_once('-')?;
    let (from, to) = (substance(from)?, substance(to)?);
    if from > to || from[..3] != to[..3] {
        return None;
    }
    let mut prefixes = Vec::new();
    for subgroup in letters() {
        let groups: Vec<String> = letters().map(|group| format!("{}{subgroup}{group}", &from[..3])).collect();
        if groups.iter().all(|group| covered(group, &from, &to)) {
            prefixes.push(format!("{}{subgroup}", &from[..3]));
        } else {
            groups.iter().for_each(|group| add(group, &from, &to, &mut prefixes));
        }
    }
    prefixes.iter().map(|prefix| Code::read(CodeSystem::Atc, prefix)).collect()
}

fn substance(text: &str) -> Option<String> {
    let code = Code::read(CodeSystem::Atc, text)?;
    (code.as_str().len() == 7).then(|| code.as_str().to_owned())
}

fn letters() -> impl Iterator<Item = char> {
    'A'..='Z'
}

fn covered(group: &str, from: &str, to: &str) -> bool {
    format!("{group}01").as_str() >= from && format!("{group}{LAST}").as_str() <= to
}

/// The group itself when the range holds all of it, otherwise those of its substances that it holds.
fn add(group: &str, from: &str, to: &str, prefixes: &mut Vec<String>) {
    // Most groups lie before the range or behind it.
    if group < &from[..5] || group > &to[..5] {
        return;
    }
    if covered(group, from, to) {
        return prefixes.push(group.to_owned());
    }
    let codes = (1..=LAST).map(|number| format!("{group}{number:02}"));
    prefixes.extend(codes.filter(|code| (from..=to).contains(&code.as_str())));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(range: &str) -> Option<Vec<String>> {
        expand(range).map(|codes| codes.iter().map(|code| code.as_str().to_owned()).collect())
    }

    #[test]
    fn ranges_become_the_shortest_list_of_prefixes() {
        for (range, expected) in [
            ("N07BA01-N07BA03", &["N07BA01", "N07BA02", "N07BA03"][..]),
            ("N07BB01-N07BB99", &["N07BB"]),
            ("C01BA01-C01BD01", &["C01BA", "C01BB", "C01BC", "C01BD01"]),
            ("C03CA01-C03CC01", &["C03CA", "C03CB", "C03CC01"]),
        ] {
            assert_eq!(texts(range).unwrap(), expected, "{range}");
        }
        let across = texts("C07AA08-C07AB01").unwrap();
        assert_eq!((across.len(), across[0].as_str(), across[92].as_str()), (93, "C07AA08", "C07AB01"));
        assert_eq!(texts("L01AA01-L01XX02").unwrap()[..2], ["L01A", "L01B"]);
        assert_eq!(texts("l01aa01-L01XX02").unwrap().last().unwrap(), "L01XX02");
    }

    #[test]
    fn what_is_no_range_is_none() {
        for wrong in ["N07BA03-N07BA01", "N07BA-N07BB", "N06AX01-N07AX01", "N07BA01", "N07BA01-", "-"] {
            assert_eq!(texts(wrong), None, "{wrong}");
        }
    }
}
