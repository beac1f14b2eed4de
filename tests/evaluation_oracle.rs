//! Evaluation agrees with scikit-learn, dcurves, statsmodels and lifelines, and with R's pROC and survival, on shared cases.
//! `tests/oracles/evaluation/` holds the cases, the scripts that made the expected figures, and the versions they ran with.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use tidlig::evaluate::estimate::{Estimate, Why};
use tidlig::evaluate::measure::calibration::{Frame, Groups};
use tidlig::evaluate::measure::concordance::{Follow, concordance, variance};
use tidlig::evaluate::measure::loss::{Loss, Losses};
use tidlig::evaluate::measure::order::Order;
use tidlig::evaluate::measure::threshold::Table;
use tidlig::evaluate::measure::{benefit, delong, proportion, ranking};
use tidlig::evaluate::regress::{Design, negative_binomial};

type Expected = BTreeMap<(String, String), f64>;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracles/evaluation")
}

fn expected(file: &str) -> Expected {
    let text = std::fs::read_to_string(folder().join(file)).unwrap();
    let row = |line: &str| {
        let cells: Vec<&str> = line.split(',').collect();
        ((cells[0].to_owned(), cells[1].to_owned()), cells[2].parse().unwrap_or(f64::NAN))
    };
    text.lines().skip(1).map(row).collect()
}

#[derive(Default)]
struct Case {
    events: Vec<bool>,
    a: Vec<f64>,
    b: Vec<f64>,
    p: Vec<f64>,
    follow: Vec<Follow>,
}

fn cases() -> BTreeMap<String, Case> {
    let text = std::fs::read_to_string(folder().join("cases.csv")).unwrap();
    let mut cases: BTreeMap<String, Case> = BTreeMap::new();
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let number = |at: usize| cells[at].parse::<f64>().unwrap();
        let case = cases.entry(cells[0].to_owned()).or_default();
        case.events.push(cells[1] == "1");
        case.a.push(number(2));
        case.b.push(number(3));
        case.p.push(number(4));
        case.follow.push(Follow { time: number(5), event: cells[6] == "1" });
    }
    cases
}

/// Looks each found figure up; `found` gives nothing for a figure that is not this check's.
fn check(file: &str, within: f64, least: usize, found: impl Fn(&str, &str) -> Option<f64>) {
    let mut checked = 0;
    for ((case, metric), due) in expected(file) {
        let Some(found) = found(&case, &metric) else { continue };
        checked += 1;
        let apart = (found - due).abs() / due.abs().max(1.0);
        assert!(apart <= within || (found.is_nan() && due.is_nan()), "{case}, {metric}: {found}, expected {due}");
    }
    assert!(checked >= least, "only {checked} figures of {file} were checked");
}

fn counts(case: &Case, metric: &str) -> Vec<u32> {
    let scores = if metric.ends_with('a') { &case.a } else { &case.b };
    Order::of(scores).counts(&case.events)
}

fn by_name<'a>(cases: &'a BTreeMap<String, Case>, name: &str) -> Option<&'a Case> {
    cases.get(name)
}

#[test]
fn ranking_agrees_with_scikit_learn() {
    let cases = cases();
    check("expected_python.csv", 1e-9, 28, |case, metric| {
        let counts = counts(by_name(&cases, case)?, metric);
        match &metric[..metric.len() - 2] {
            "AUROC" => ranking::auroc(&counts).ok(),
            "average precision" => ranking::average_precision(&counts).ok(),
            _ => None,
        }
    });
}

fn paired(a: &Order, b: &Order, events: &[bool]) -> Option<delong::Paired> {
    let counts = [a.counts(events), b.counts(events)];
    let [first, second] =
        [(a, &counts[0]), (b, &counts[1])].map(|(order, counts)| delong::Scores { counts, place: &order.place });
    delong::paired(first, second, events).ok()
}

#[test]
fn delong_agrees_with_proc() {
    let cases = cases();
    check("expected_r.csv", 1e-9, 30, |case, metric| {
        let case = by_name(&cases, case)?;
        let tested = || paired(&Order::of(&case.a), &Order::of(&case.b), &case.events);
        let interval = || delong::interval(&Order::of(&case.b).counts(&case.events));
        match metric {
            "DeLong z" => tested().map(|found| found.z),
            "DeLong p" => tested().map(|found| found.p),
            // Ours stays between 0 and 1, and so does pROC's.
            "DeLong lower b" => interval().lower.number(),
            "DeLong upper b" => interval().upper.number(),
            _ if metric.starts_with("AUROC") => ranking::auroc(&counts(case, metric)).ok(),
            _ if metric.starts_with("DeLong variance") => delong::variance(&counts(case, metric)).ok()?.1.ok(),
            _ => None,
        }
    });
}

#[test]
fn concordance_agrees_with_lifelines_and_survival() {
    let cases = cases();
    let of = |case: &str, metric: &str| {
        let case = by_name(&cases, case)?;
        let order = Order::of(if metric.ends_with('a') { &case.a } else { &case.b });
        concordance(&order.place, order.values.len(), &case.follow).ok()
    };
    check("expected_python.csv", 1e-9, 14, |case, metric| {
        metric.starts_with("concordance").then(|| of(case, metric).map(|found| found.value))?
    });
    check("expected_r.csv", 1e-9, 28, |case, metric| match metric {
        _ if metric.starts_with("concordance variance") => Some(variance(&of(case, metric)?.influence, None)),
        _ if metric.starts_with("concordance") => Some(of(case, metric)?.value),
        _ => None,
    });
}

fn losses(case: &Case) -> Losses {
    let mut losses = Losses::default();
    for (p, event) in case.p.iter().zip(&case.events) {
        losses.add(&Loss::of(*p), if *event { [0, 1] } else { [1, 0] });
    }
    losses
}

fn table(case: &Case, threshold: f64) -> Table {
    let mut table = Table::default();
    for (p, event) in case.p.iter().zip(&case.events) {
        let cell = match (*p >= threshold, event) {
            (true, true) => &mut table.true_positive,
            (true, false) => &mut table.false_positive,
            (false, true) => &mut table.false_negative,
            (false, false) => &mut table.true_negative,
        };
        *cell += 1.0;
    }
    table
}

#[test]
fn losses_and_net_benefit_agree_with_scikit_learn_and_dcurves() {
    let cases = cases();
    check("expected_python.csv", 1e-9, 90, |case, metric| {
        let case = by_name(&cases, case)?;
        let at = || metric.rsplit_once(' ').and_then(|(_, threshold)| threshold.parse::<f64>().ok());
        match metric {
            "Brier" => losses(case).brier().ok(),
            "scaled Brier" => losses(case).scaled_brier().ok(),
            "log loss" => losses(case).log_loss().ok(),
            "observed/expected" => losses(case).observed_over_expected().ok(),
            _ if metric.starts_with("net benefit of all") => benefit::of_all(&table(case, at()?), at()?).ok(),
            _ if metric.starts_with("net benefit") => benefit::net_benefit(&table(case, at()?), at()?).ok(),
            _ if metric.starts_with("avoided") => benefit::interventions_avoided(&table(case, at()?), at()?).ok(),
            _ => None,
        }
    });
}

#[test]
fn calibration_agrees_with_statsmodels() {
    let cases = cases();
    check("expected_python.csv", 1e-4, 24, |case, metric| {
        let case = by_name(&cases, case)?;
        let order = Order::of(&case.p);
        let pairs = order.counts(&case.events);
        let class = |of: usize| pairs.iter().skip(of).step_by(2).map(|n| f64::from(*n)).collect::<Vec<_>>();
        let groups = Groups { p: order.values.clone(), no: class(0), yes: class(1) };
        let frame = Frame::of(&groups).ok()?;
        let fitted = frame.fit(&groups.no, &groups.yes, None);
        let distances = || fitted.curve.as_ref().ok().map(|curve| frame.distances(curve, &groups.no, &groups.yes));
        match metric {
            "intercept" => fitted.intercept.ok().map(|fit| fit.coefficients[0]),
            "intercept se" => fitted.intercept.ok().map(|fit| fit.standard_error(0)),
            "slope" => fitted.slope.ok().map(|fit| fit.coefficients[1]),
            "slope se" => fitted.slope.ok().map(|fit| fit.standard_error(1)),
            "ICI" => distances().map(|found| found.ici),
            "E50" => distances().map(|found| found.e50),
            "E90" => distances().map(|found| found.e90),
            "Emax" => distances().map(|found| found.e_max),
            _ => None,
        }
    });
}

#[test]
fn proportions_agree_with_statsmodels() {
    check("expected_python.csv", 1e-7, 16, |case, metric| {
        let (hits, of) = case.split_once(" of ")?;
        let (hits, of) = (hits.parse().ok()?, of.parse().ok()?);
        let found: Estimate = match metric.split_once(' ')?.0 {
            "Wilson" => proportion::wilson(hits, of, Why::Empty).ok()?,
            _ => proportion::exact(hits, of, Why::Empty).ok()?,
        };
        if metric.ends_with("lower") { found.lower.number() } else { found.upper.number() }
    });
}

#[test]
fn negative_binomial_agrees_with_statsmodels() {
    let text = std::fs::read_to_string(folder().join("counts.csv")).unwrap();
    let rows: Vec<(f64, f64)> = text
        .lines()
        .skip(1)
        .map(|line| line.split_once(',').map(|(x, y)| (x.parse().unwrap(), y.parse().unwrap())).unwrap())
        .collect();
    let mut design = Design::new(2);
    rows.iter().for_each(|(x, _)| design.push(&[1.0, *x]));
    let counts: Vec<f64> = rows.iter().map(|(_, y)| *y).collect();
    let fit = negative_binomial::fit(&design, &counts, &vec![1.0; counts.len()]).unwrap();
    check("expected_python.csv", 1e-4, 6, |case, metric| match metric {
        _ if case != "counts" => None,
        "constant" => Some(fit.coefficients[0]),
        "x" => Some(fit.coefficients[1]),
        "alpha" => Some(1.0 / fit.theta),
        "log likelihood" => Some(fit.log_likelihood),
        "constant se" => Some(fit.standard_error(0)),
        "x se" => Some(fit.standard_error(1)),
        _ => None,
    });
}

/// A million rows by a formula, as `cases.py` makes them.
fn million() -> Case {
    let hashed = |i: f64, k: f64| (i * k) % 4_294_967_296.0 / 4_294_967_296.0;
    let mut case = Case::default();
    for i in 1..=1_000_000 {
        let i = f64::from(i);
        let a = hashed(i, 2_654_435_761.0);
        case.events.push(hashed(i, 1_597_334_677.0) < 0.02 + 0.1 * a);
        case.b.push(((0.6 * a + 0.4 * hashed(i, 2_246_822_519.0)) * 500.0).floor());
        case.a.push(a);
    }
    case
}

#[test]
fn a_million_rows_agree_with_both() {
    let case = million();
    let orders = [Order::of(&case.a), Order::of(&case.b)];
    let counts = [orders[0].counts(&case.events), orders[1].counts(&case.events)];
    let at = |metric: &str| usize::from(!metric.ends_with('a'));
    check("expected_python.csv", 1e-9, 4, |name, metric| match metric {
        _ if name != "million" => None,
        _ if metric.starts_with("AUROC") => ranking::auroc(&counts[at(metric)]).ok(),
        _ => ranking::average_precision(&counts[at(metric)]).ok(),
    });
    let paired = paired(&orders[0], &orders[1], &case.events).unwrap();
    let interval = delong::interval(&counts[1]);
    check("expected_r.csv", 1e-9, 8, |name, metric| match metric {
        _ if name != "million" => None,
        "DeLong z" => Some(paired.z),
        "DeLong p" => Some(paired.p),
        "DeLong lower b" => interval.lower.number(),
        "DeLong upper b" => interval.upper.number(),
        _ if metric.starts_with("AUROC") => ranking::auroc(&counts[at(metric)]).ok(),
        _ => delong::variance(&counts[at(metric)]).ok()?.1.ok(),
    });
}
