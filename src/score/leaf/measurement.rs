use super::change::{Compared, compare, cross, median};
use super::{Answer, View, chosen_days, passes};
use crate::clinical::Tri;
use crate::journal::patient::Comparator;
use crate::journal::tables::ContactKind;
use crate::model::ruleset::{Limits, Measurement, Test, Unanswered};
use crate::observe::facts::MeasurementFact;

/// The visible results of an analyte in the window of the question.
fn in_window<'a>(view: View<'a>, analyte: u16, spec: &'a Measurement) -> impl Iterator<Item = &'a MeasurementFact> {
    let holds = spec.window.holds(view.on);
    visible(view, analyte).filter(move |fact| holds(fact.day))
}

fn visible(view: View<'_>, analyte: u16) -> impl Iterator<Item = &MeasurementFact> {
    view.facts.measurements.iter().filter(move |fact| fact.analyte == analyte && fact.visible <= view.on.0)
}

/// How one result answers the test.
fn passes_test(view: View, spec: &Measurement, fact: &MeasurementFact) -> Tri {
    let value = match &spec.test {
        Test::Latest(limits) | Test::Each(limits) => passes(limits, fact.comparator, fact.value),
        Test::Present | Test::Change(_) | Test::Median(_) | Test::Crosses(_) => Tri::Yes,
    };
    match &spec.unanswered {
        Some(unanswered) => value.and(is_unanswered(view, unanswered, fact)),
        None => value,
    }
}

/// Whether neither a contact nor a new result came within the days after.
fn is_unanswered(view: View, unanswered: &Unanswered, fact: &MeasurementFact) -> Tri {
    let after = |day: i32| day > fact.day && i64::from(day) <= i64::from(fact.day) + i64::from(unanswered.days);
    let kinds: Vec<ContactKind> = unanswered.contacts.iter().filter_map(|name| ContactKind::parse(name)).collect();
    let given = |kind: ContactKind| kinds.contains(&kind) && view.plan.sources.has(kind.source());
    let met = view.facts.contacts.iter().any(|c| c.visible <= view.on.0 && given(c.kind) && after(c.day));
    if met || visible(view, fact.analyte).any(|other| after(other.day)) {
        return Tri::No;
    }
    let delivered = kinds.iter().all(|kind| view.plan.sources.has(kind.source()));
    if delivered { Tri::Yes } else { Tri::Unknown }
}

/// The answer to a question about results.
pub fn measurement(view: View, analyte: u16, spec: &Measurement, missing: Tri) -> Answer {
    let rows: Vec<&MeasurementFact> = in_window(view, analyte, spec).collect();
    let Some(newest) = rows.iter().map(|fact| fact.day).max() else { return Answer::new(missing, 0) };
    match &spec.test {
        Test::Latest(_) => latest(view, spec, &rows, newest),
        Test::Each(_) | Test::Present => each(view, spec, &rows, newest),
        Test::Median(limits) => match middle(limits, &rows) {
            Some((_, passes)) => Answer::new(passes, u32::from(passes.is_yes())),
            None => Answer::new(missing, 0),
        },
        Test::Change(_) | Test::Crosses(_) => match compared(view, analyte, spec, newest) {
            Some(Compared { changed, .. }) => Answer::new(changed.into(), u32::from(changed)),
            None => Answer::new(missing, 0),
        },
    }
}

fn latest(view: View, spec: &Measurement, rows: &[&MeasurementFact], newest: i32) -> Answer {
    let truth = on_day(view, spec, rows, newest);
    Answer::new(truth, u32::from(truth.is_yes()))
}

fn on_day(view: View, spec: &Measurement, rows: &[&MeasurementFact], day: i32) -> Tri {
    let of_day = rows.iter().filter(|fact| fact.day == day);
    of_day.map(|fact| passes_test(view, spec, fact)).max().unwrap_or(Tri::No)
}

fn each(view: View, spec: &Measurement, rows: &[&MeasurementFact], newest: i32) -> Answer {
    let days_that = |least: Tri| {
        let days = rows.iter().filter(|fact| passes_test(view, spec, fact) >= least).map(|fact| fact.day);
        chosen_days(days, spec.apart)
    };
    let certain = days_that(Tri::Yes);
    let enough = match (certain >= spec.days, days_that(Tri::Unknown) >= spec.days) {
        (true, _) => Tri::Yes,
        (false, true) => Tri::Unknown,
        _ => Tri::No,
    };
    let newest = if spec.newest { on_day(view, spec, rows, newest) } else { Tri::Yes };
    Answer::new(enough.and(newest), certain)
}

/// The values that a change or a crossing compares; only exact ones can be compared.
fn compared(view: View, analyte: u16, spec: &Measurement, newest: i32) -> Option<Compared> {
    let exact = visible(view, analyte).filter(|fact| fact.comparator == Comparator::Exact);
    let values: Vec<_> = exact.map(|fact| (fact.day, fact.value)).collect();
    match &spec.test {
        Test::Change(change) => compare(change, newest, &values, spec.window, view.on),
        Test::Crosses(crossing) => cross(crossing, newest, &values, spec.window, view.on),
        _ => None,
    }
}

/// The middle exact value, and whether it keeps the limits.
fn middle(limits: &Limits, rows: &[&MeasurementFact]) -> Option<(f64, Tri)> {
    let exact = rows.iter().filter(|fact| fact.comparator == Comparator::Exact);
    let value = median(exact.map(|fact| fact.value).collect())?;
    Some((value, passes(limits, Comparator::Exact, value)))
}

/// The results that made the answer yes.
pub fn measurement_facts<'a>(view: View<'a>, analyte: u16, spec: &'a Measurement) -> Vec<&'a MeasurementFact> {
    let rows: Vec<&MeasurementFact> = in_window(view, analyte, spec).collect();
    let newest = rows.iter().map(|fact| fact.day).max();
    let of_newest = |fact: &&&MeasurementFact| Some(fact.day) == newest;
    let passing = |fact: &&&MeasurementFact| passes_test(view, spec, fact).is_yes();
    match &spec.test {
        Test::Latest(_) => rows.iter().filter(of_newest).filter(passing).copied().collect(),
        Test::Median(_) => {
            let exact = rows.iter().filter(|fact| fact.comparator == Comparator::Exact);
            exact.filter(of_newest).copied().collect()
        }
        Test::Change(_) | Test::Crosses(_) => {
            let new = newest.and_then(|newest| compared(view, analyte, spec, newest)).map(|compared| compared.new);
            let told = |fact: &&&MeasurementFact| Some(fact.value) == new && fact.comparator == Comparator::Exact;
            rows.iter().filter(of_newest).filter(told).copied().collect()
        }
        Test::Each(_) | Test::Present => rows.iter().filter(passing).copied().collect(),
    }
}

/// The earlier value that a change or a crossing is measured against.
pub fn old_value(view: View, analyte: u16, spec: &Measurement) -> Option<f64> {
    let newest = in_window(view, analyte, spec).map(|fact| fact.day).max()?;
    compared(view, analyte, spec, newest).map(|compared| compared.old)
}
