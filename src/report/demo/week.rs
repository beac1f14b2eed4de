//! A practice in its third week: what was decided, what happened, and who is away.

use super::{list_of, on};
use crate::model::Catalog;
use crate::outreach::List;
use crate::outreach::rows::{
    ChildFacts, Correction, EventMark, Followed, GpReason, GpRow, Message, Orphan, Review, SuggestedTask,
};
use crate::store::{self, Absence, Decision, Entry, FactRef, Iso, Judge, Place, Resource};

/// Five people, and what a practice in its third week has: decisions, events, reviews, children, and people for their
/// doctor only.
pub fn list(catalog: &Catalog) -> List {
    let mut list = list_of(catalog, 5, 2);
    let of = |list: &List, at: usize| {
        let mut row = list.rows[at].clone();
        row.key = format!("other{at:05}");
        row
    };
    list.rows[1].decision = Some(entry(Decision::NotNow { until: Iso(on().plus(40)) }));
    list.rows[1].place = Place::BreakThrough("G2".to_owned());
    list.rows[1].events = vec![EventMark { id: "G2".to_owned(), on: on().plus(-3), sensitive: false }];
    list.rows[2].weeks_waiting = 3;
    list.rows[2].asks = true;
    list.rows[3].place = Place::Fairness;
    let chosen = entry(Decision::Selected {
        task: "HJB".to_owned(),
        owner: "Kari Holm".to_owned(),
        review_on: Iso(on().plus(-2)),
        matters: Some("Å komme seg ut til naboen".to_owned()),
    });
    let child = ChildFacts { coordinator: Some(false), oldest: None };
    let (mut young, mut reviewed) = (of(&list, 4), of(&list, 0));
    young.child = Some(child);
    reviewed.decision = Some(chosen.clone());
    list.children = vec![young];
    list.beside.reviews =
        vec![Review { row: reviewed.clone(), entry: chosen.clone(), due: on().plus(-2), overdue: true }];
    list.beside.messages = vec![Message { to: "Kari Holm".to_owned(), row: of(&list, 3), entry: chosen.clone() }];
    let shielded = |why, name: &str| {
        let mut row = of(&list, 2);
        row.member.name = name.to_owned();
        GpRow { why, row }
    };
    list.beside.gp_only = vec![
        shielded(GpReason::Shielded, "Skjermet Person"),
        shielded(GpReason::Palliative, "Palliativ Person"),
        shielded(GpReason::SensitiveEvent, "Hendelse Person"),
    ];
    let facts = vec![FactRef { table: "diagnoses".to_owned(), code: "T90".to_owned(), on: None, row: String::new() }];
    let wrong = entry(Decision::NotRelevant {
        judged_by: Judge::Doctor,
        reason: "Følges av geriater".to_owned(),
        until: Iso(on().plus(100)),
    });
    let set = catalog.rule_sets.iter().find(|set| set.outreach.is_some()).unwrap();
    let found = store::Correction {
        patient: "1003".to_owned(),
        found_on: on().plus(-20),
        by: "Anne Vik".to_owned(),
        note: "Hører til broren".to_owned(),
        rule_set: set.id.clone(),
        criterion: set.criteria.iter().find(|known| !known.sensitive).unwrap().name.clone(),
        facts,
        open: true,
    };
    let task = SuggestedTask { task: "RYD".to_owned(), minutes: 5, owner: None, nobody: false };
    list.beside.corrections = vec![Correction { row: of(&list, 3), correction: found, task: Some(task) }];
    list.beside.orphans = vec![Orphan {
        row: of(&list, 0),
        entry: chosen.clone(),
        owner: "Kari Holm".to_owned(),
        back_on: Some(on().plus(10)),
        instead: Some("Ola Berg".to_owned()),
    }];
    list.beside.selected = vec![Followed { row: reviewed, entry: chosen }];
    list.beside.disagreements = vec![Followed { row: of(&list, 3), entry: wrong }];
    let resource = |name: &str, minutes_per_week, absences: Vec<Absence>| Resource {
        name: name.to_owned(),
        role: "PHT-sykepleier".to_owned(),
        minutes_per_week,
        absences,
        ..Resource::default()
    };
    let away = Absence { from: Some(on().plus(-1)), to: Some(on().plus(10)) };
    list.resources = vec![resource("Kari Holm", 900, vec![away]), resource("Ola Berg", 600, Vec::new())];
    list
}

fn entry(decision: Decision) -> Entry {
    Entry {
        number: 1,
        patient: "1000".to_owned(),
        decided_on: on().plus(-20),
        by: "Anne Vik".to_owned(),
        role: "PHT-koordinator".to_owned(),
        note: String::new(),
        decision,
        seen: None,
        by_guardian: false,
    }
}
