//! Rule sets that compare a person with her peers.

use super::inputs::leaf;
use crate::plain;
use proptest::prelude::*;
use proptest::sample::select;
use tidlig::clinical::{Points, Window};
use tidlig::model::RuleSet;
use tidlig::model::ruleset::*;

/// One rule set: three questions that make someone sick or eligible, and the comparison.
pub fn rule_sets() -> impl Strategy<Value = Vec<RuleSet>> {
    let leaves = prop::collection::vec(leaf(), 3);
    let numbers = (1..6_u32, select(vec![1, 3, 52]), 0..3_u32, 1..60_u32, any::<bool>());
    (leaves, numbers).prop_map(|(leaves, (least_peers, capped_at, least_mean, tail, all_eligible))| {
        let mut inputs: Vec<InputKind> = leaves;
        inputs.push(InputKind::Peers(Peers {
            contacts: ["office", "home", "phone", "other", "booked"].map(str::to_owned).to_vec(),
            window: Window::days(365),
            age_bands: vec![18, 40, 65, 75, 85],
            wide_age_from: 65,
            morbidity: vec![InputId(0), InputId(1)],
            morbidity_bands: vec![0, 1, 2],
            wide_morbidity_from: 2,
            // One peer has no spread.
            least_peers: least_peers.max(2),
            capped_at,
            least_mean: f64::from(least_mean),
            tail_at_most: f64::from(tail) / 100.0,
            eligible: if all_eligible { Vec::new() } else { vec![InputId(2)] },
        }));
        let mut rules = plain::rule_set("peers", inputs);
        rules.criteria = vec![plain::criterion(0, InputId(3), Weight::Fixed(Points::whole(1)))];
        vec![rules]
    })
}
