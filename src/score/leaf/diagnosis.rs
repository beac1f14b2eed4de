use super::{Answer, View, chosen_days};
use crate::clinical::{Day, Tri};
use crate::model::ruleset::Diagnosis;
use crate::observe::SelectorId;
use crate::observe::facts::DiagnosisFact;

/// The facts that a diagnosis question is about.
pub fn diagnosis_facts<'a>(
    view: View<'a>,
    selector: SelectorId,
    sources: &'a [u8],
    spec: &'a Diagnosis,
) -> impl Iterator<Item = &'a DiagnosisFact> {
    let old_enough = move |day: i32| match spec.aged_from {
        None => true,
        Some(age) => view.facts.person.birth.is_some_and(|birth| birth.age_on(Day(day)) >= age),
    };
    let holds = spec.window.holds(view.on);
    view.facts.diagnoses.iter().filter(move |fact| {
        fact.visible <= view.on.0
            && holds(fact.day)
            && view.plan.class_has(fact.class(), selector)
            && (sources.is_empty() || sources.contains(&fact.source()))
            && old_enough(fact.day)
    })
}

/// Distinct days, or distinct codes, of matching diagnoses.
pub fn diagnosis(view: View, selector: SelectorId, sources: &[u8], spec: &Diagnosis, missing: Tri) -> Answer {
    let facts = diagnosis_facts(view, selector, sources, spec);
    let count = if spec.distinct_codes {
        let mut codes: Vec<_> = facts.map(|fact| (fact.system(), fact.code())).collect();
        codes.sort_unstable();
        codes.dedup();
        codes.len() as u32
    } else {
        chosen_days(facts.map(|fact| fact.day), spec.apart)
    };
    match count {
        0 => Answer::new(missing, 0),
        _ => Answer::at_least(spec.days, count),
    }
}
