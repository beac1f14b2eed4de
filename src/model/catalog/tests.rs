use super::*;

fn shipped() -> Catalog {
    Catalog::shipped().unwrap_or_else(|faults| panic!("{faults}"))
}

#[test]
fn the_shipped_rule_sets_are_without_fault() {
    let catalog = shipped();
    assert!(catalog.rule_sets.is_sorted_by(|a, b| a.id < b.id));
    assert!(!catalog.vocabulary.tasks.is_empty());
}

/// Who takes another's result, and whose.
fn one_that_builds_on_another(catalog: &Catalog) -> (String, String) {
    let asks = |set: &RuleSet| {
        set.inputs.iter().find_map(|input| match &input.kind {
            InputKind::Model(asked) => Some(asked.id.clone()),
            _ => None,
        })
    };
    catalog.rule_sets.iter().find_map(|set| Some((set.id.clone(), asks(set)?))).unwrap()
}

#[test]
fn a_rule_set_brings_those_it_builds_on() {
    let catalog = shipped();
    let (id, asked) = one_that_builds_on_another(&catalog);
    assert_eq!(with_foundations(std::slice::from_ref(&id), &catalog.rule_sets), [id, asked]);
}

#[test]
fn read_alone_each_rule_set_means_the_same() {
    let all = shipped();
    for set in &all.rule_sets {
        let few = Catalog::of_one(&[], &set.id).unwrap_or_else(|faults| panic!("{faults}"));
        assert!(few.rule_sets.len() < all.rule_sets.len(), "{} needs not all others", set.id);
        assert!(few.warnings.is_empty());
        for (found, cases) in few.rule_sets.iter().zip(&few.cases) {
            let at = all.rule_sets.iter().position(|set| set.id == found.id).unwrap();
            assert_eq!(format!("{found:?}"), format!("{:?}", all.rule_sets[at]));
            assert_eq!(cases, &all.cases[at]);
        }
        let bare = Catalog::of_ids(&[], std::slice::from_ref(&set.id)).unwrap_or_else(|faults| panic!("{faults}"));
        assert_eq!(bare.get(&set.id).unwrap().hash, set.hash);
        assert!(bare.cases.iter().all(Vec::is_empty));
    }
}

#[test]
fn what_a_wanted_rule_set_builds_on_is_read_too() {
    let (id, asked) = one_that_builds_on_another(&shipped());
    let few = Catalog::of_ids(&[], std::slice::from_ref(&id)).unwrap();
    assert!(few.get(&id).is_some() && few.get(&asked).is_some());
}

#[test]
fn a_name_that_stands_for_nothing_brings_all() {
    let all = shipped();
    let read = Catalog::of_ids(&[], &["no-such".to_owned()]).unwrap();
    assert_eq!(read.rule_sets.len(), all.rule_sets.len());
}

#[test]
fn faults_are_those_of_the_whole() {
    let dirs = [PathBuf::from("tests/faults")];
    let id = shipped().rule_sets[0].id.clone();
    let few = Catalog::of_ids(&dirs, &[id]).unwrap_err();
    assert_eq!(few.to_string(), Catalog::without_cases(&dirs).unwrap_err().to_string());
}
