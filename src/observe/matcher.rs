//! All rule sets' codes compiled into one prefix matcher.
//!
//! Every set of codes that some input asks for is a selector. A journal code belongs to the selectors of the rule codes on
//! its path of prefixes; the longest of them decides which, so each rule code stands for one class of journal codes, and
//! matching a journal code is finding its class.

use super::codeword::CodeWord;
use super::prefixes::{Growing, Prefixes};
use crate::clinical::{Code, CodeSystem};
use crate::model::ruleset::Codes;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A set of codes that some input asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SelectorId(pub u16);

/// A class of journal codes that belong to the same selectors. Class 0 belongs to none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct ClassId(pub u16);

/// Finds the class of a journal code.
#[derive(Debug, Default)]
pub struct Matcher {
    /// By system. ICPC-2 is met exactly or by the rubric of a four-character code, which in its short codes is a prefix too.
    systems: [Prefixes; 4],
    /// The selectors of each class, ascending.
    classes: Vec<Vec<SelectorId>>,
    selectors: usize,
}

impl Matcher {
    /// Compiles the selectors; `every` is the system of a selector that has no include codes.
    #[must_use]
    pub fn new(selectors: &[(CodeSystem, Codes)]) -> Matcher {
        let mut matcher = Matcher { classes: vec![Vec::new()], selectors: selectors.len(), ..Matcher::default() };
        let mut class_ids = HashMap::from([(Vec::new(), ClassId(0))]);
        for system in CodeSystem::ALL {
            let prefixes = matcher.compile(system, selectors, &mut class_ids);
            matcher.systems[system as usize] = prefixes;
        }
        matcher
    }

    fn compile(
        &mut self,
        system: CodeSystem,
        selectors: &[(CodeSystem, Codes)],
        class_ids: &mut HashMap<Vec<SelectorId>, ClassId>,
    ) -> Prefixes {
        let mut rules: BTreeMap<&str, (BTreeSet<SelectorId>, BTreeSet<SelectorId>)> = BTreeMap::new();
        let mut every = BTreeSet::new();
        for (index, (own_system, codes)) in selectors.iter().enumerate() {
            let id = SelectorId(index as u16);
            if codes.include.is_empty() && *own_system == system {
                every.insert(id);
            }
            for code in of_system(&codes.include, system) {
                rules.entry(code.as_str()).or_default().0.insert(id);
            }
            for code in of_system(&codes.except, system) {
                rules.entry(code.as_str()).or_default().1.insert(id);
            }
        }
        let mut prefixes = Growing::new(self.class(every.clone(), class_ids));
        // Texts in ascending order: every prefix comes before the codes it begins.
        for code in rules.keys() {
            let on_path = (1..=code.len()).filter_map(|n| rules.get(&code[..n])).collect::<Vec<_>>();
            let mut set = every.clone();
            set.extend(on_path.iter().flat_map(|(include, _)| include));
            on_path.iter().flat_map(|(_, except)| except).for_each(|id| {
                set.remove(id);
            });
            if let Some(word) = CodeWord::pack(code) {
                let class = self.class(set, class_ids);
                prefixes.add(word, class, system == CodeSystem::Nlk);
            }
        }
        prefixes.finish()
    }

    fn class(&mut self, set: BTreeSet<SelectorId>, ids: &mut HashMap<Vec<SelectorId>, ClassId>) -> ClassId {
        let set: Vec<_> = set.into_iter().collect();
        *ids.entry(set).or_insert_with_key(|set| {
            self.classes.push(set.clone());
            ClassId((self.classes.len() - 1) as u16)
        })
    }

    /// The class of a normalised journal code.
    #[must_use]
    pub fn class_of(&self, system: CodeSystem, code: CodeWord) -> ClassId {
        self.systems[system as usize].class_of(code)
    }

    /// The selectors to which the codes of a class belong, ascending.
    #[must_use]
    pub fn selectors(&self, class: ClassId) -> &[SelectorId] {
        &self.classes[class.0 as usize]
    }

    /// Number of classes, class 0 included.
    #[must_use]
    pub fn classes(&self) -> usize {
        self.classes.len()
    }

    #[must_use]
    pub fn selector_count(&self) -> usize {
        self.selectors
    }
}

fn of_system(codes: &[Code], system: CodeSystem) -> impl Iterator<Item = &Code> {
    codes.iter().filter(move |code| code.system == system)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(system: CodeSystem, include: &[&str], except: &[&str]) -> (CodeSystem, Codes) {
        let read = |list: &[&str]| list.iter().map(|code| Code::prefix(system, code).unwrap()).collect();
        (system, Codes { include: read(include), except: read(except) })
    }

    fn selected(matcher: &Matcher, system: CodeSystem, code: &str) -> Vec<u16> {
        let word = CodeWord::pack(Code::read(system, code).unwrap().as_str()).unwrap();
        matcher.selectors(matcher.class_of(system, word)).iter().map(|id| id.0).collect()
    }

    #[test]
    fn the_longest_rule_code_decides() {
        use CodeSystem::{Atc, Icd10, Icpc2};
        let matcher = Matcher::new(&[
            codes(Icd10, &["I50", "I110"], &[]),
            codes(Icd10, &["I"], &[]),
            codes(Icd10, &["C00"], &["C00.1"]),
            codes(Icpc2, &["K77", "U891"], &[]),
            codes(Icpc2, &["U89"], &[]),
            (Atc, Codes { include: vec![], except: vec![Code::read(Atc, "J01").unwrap()] }),
            codes(Atc, &["A10B"], &["A10BA02"]),
        ]);
        for (system, code, expected) in [
            (Icd10, "I50.9", vec![0, 1]),
            (Icd10, "I110", vec![0, 1]),
            (Icd10, "I119", vec![1]),
            (Icd10, "C000", vec![2]),
            (Icd10, "C001", vec![]),
            (Icd10, "K77", vec![]),
            (Icpc2, "K77", vec![3]),
            (Icpc2, "U891", vec![3, 4]),
            (Icpc2, "U892", vec![4]),
            (Atc, "J01CA08", vec![]),
            (Atc, "A10BA02", vec![5]),
            (Atc, "A10BB01", vec![5, 6]),
            (Atc, "C03CA01", vec![5]),
        ] {
            assert_eq!(selected(&matcher, system, code), expected, "{system} {code}");
        }
    }
}
