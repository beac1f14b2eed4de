//! The whole evaluation, from the cohort to the findings.

use super::baseline;
use super::candidate::{Candidate, Known};
use super::clusters;
use super::compare::{CONCORDANCE, JACKKNIFE, Pair, of_subject};
use super::findings::{Findings, OutcomeFindings, Row};
use super::plan::Plan;
use super::settings::{Scope, Settings};
use super::single::{Single, Subject, evaluate};
use super::steady;
use super::subgroups;
use crate::evaluate::estimate::{Estimate, Why};
use crate::evaluate::input::outcomes::Outcome;
use crate::evaluate::input::scores::Scored;
use crate::evaluate::input::{Cohort, Problems};
use rayon::prelude::*;

/// Evaluates every model on every outcome; `tell` hears what is being done.
///
/// # Errors
/// When the settings do not fit the cohort.
pub fn run(cohort: &Cohort, settings: &Settings, tell: &dyn Fn(&str)) -> Result<Findings, Problems> {
    let clusters = clusters::of(cohort, settings.cluster)?;
    let mut findings = Findings { notes: notes(cohort, clusters.is_some(), settings), ..Findings::default() };
    for outcome in &cohort.outcomes {
        let study = Study { cohort, settings, outcome, clusters: clusters.as_deref() };
        let (rows, found) = study.run(tell)?;
        findings.rows.extend(rows);
        findings.outcomes.push(found);
    }
    let series = cohort.models.iter().filter(|model| !model.series.is_empty() && settings.scope == Scope::All);
    findings.rows.extend(series.flat_map(|model| steady::rows(model, &settings.capacities)));
    Ok(findings)
}

/// One outcome.
struct Study<'a> {
    cohort: &'a Cohort,
    settings: &'a Settings,
    outcome: &'a Outcome,
    clusters: Option<&'a [u32]>,
}

impl Study<'_> {
    fn run(&self, tell: &dyn Fn(&str)) -> Result<(Vec<Row>, OutcomeFindings), Problems> {
        let plan = Plan::whole(self.settings);
        let (models, no_baseline) = self.candidates();
        let reference = self.reference(&models)?;
        let mut rows = Vec::new();
        let mut singles = Vec::new();
        let all = || 0..self.outcome.event.len() as u32;
        let subjects: Vec<Subject> =
            models.par_iter().map(|model| Subject::of(model, &self.outcome.event, self.clusters, all())).collect();
        for subject in &subjects {
            tell(&format!("{}: {}", self.outcome.name, subject.candidate.name));
            let (single, concordance) = self.single(subject, &plan);
            rows.extend(single.rows.iter().cloned());
            rows.extend(concordance);
            singles.push(single);
        }
        rows.extend(no_baseline.map(|why| self.no_baseline(why)));
        rows.extend(self.pairs(&subjects, reference, &plan, tell));
        tell(&format!("{}: subgroups", self.outcome.name));
        rows.extend(self.subgroups(&models, &mut singles));
        let known = || self.outcome.event.iter().flatten();
        let n = known().count() as u64;
        Ok((
            rows,
            OutcomeFindings {
                name: self.outcome.name.clone(),
                n,
                unknown: self.outcome.event.len() as u64 - n,
                events: known().filter(|event| **event).count() as u64,
                models: singles.into_iter().map(|single| single.findings).collect(),
                reference: models.get(reference).map(|model| model.name.clone()).unwrap_or_default(),
            },
        ))
    }

    /// The models and, where it can be made, the baseline.
    fn candidates(&self) -> (Vec<Candidate<'_>>, Option<Why>) {
        let known = Known::of(self.cohort, &self.outcome.event, self.settings.folds, self.settings.seed);
        let with_p = self.settings.scope == Scope::All;
        let mut models: Vec<Candidate> =
            self.cohort.models.iter().map(|scored| Candidate::of(scored, &known, with_p)).collect();
        let baseline =
            self.cohort.patients.as_ref().map_or(Err(Why::NoPatients), |patients| baseline::of(patients, &known));
        match baseline {
            Ok(baseline) => models.push(baseline),
            Err(why) => return (models, Some(why)),
        }
        (models, None)
    }

    fn no_baseline(&self, why: Why) -> Row {
        Row {
            evaluation: self.outcome.name.clone(),
            model: baseline::NAME.to_owned(),
            metric: "all".to_owned(),
            estimate: Estimate::not_estimable(why),
            n: Some(0),
            events: Some(0),
            method: "logistic regression on a spline of age, and sex".to_owned(),
        }
    }

    /// The one that others are compared with: as asked, else the baseline, else the first.
    fn reference(&self, models: &[Candidate]) -> Result<usize, Problems> {
        let named = |name: &str| models.iter().position(|model| model.name == name);
        match &self.settings.reference {
            Some(name) => named(name).ok_or_else(|| {
                let known: Vec<&str> = models.iter().map(|model| model.name.as_str()).collect();
                Problems(vec![format!("--reference: there is no model `{name}`; there are `{}`", known.join("`, `"))])
            }),
            None => Ok(named(baseline::NAME).unwrap_or(0)),
        }
    }

    fn single(&self, subject: &Subject, plan: &Plan) -> (Single, Vec<Row>) {
        let single = evaluate(subject, plan, self.settings, &self.outcome.name, None);
        let row = |metric: &str, estimate: Estimate, method: &str| Row {
            evaluation: self.outcome.name.clone(),
            model: subject.candidate.name.clone(),
            metric: metric.to_owned(),
            estimate,
            n: Some(subject.n()),
            events: Some(subject.number_of_events()),
            method: method.to_owned(),
        };
        let mut more = vec![row("share of patients scored", self.scored(subject), "count over known outcomes")];
        if let Some(follow) = &self.outcome.follow {
            let found = of_subject(subject, follow);
            let found =
                found.map_or_else(Estimate::not_estimable, |(found, clusters)| found.estimate(clusters.as_deref()));
            more.push(row(CONCORDANCE, found, JACKKNIFE));
        }
        (single, more)
    }

    fn scored(&self, subject: &Subject) -> Estimate {
        let known = self.outcome.event.iter().flatten().count();
        if known == 0 {
            Estimate::not_estimable(Why::Empty)
        } else {
            Estimate::plain(subject.n() as f64 / known as f64)
        }
    }

    fn pairs(&self, models: &[Subject], reference: usize, plan: &Plan, tell: &dyn Fn(&str)) -> Vec<Row> {
        let mut pairs: Vec<(usize, usize)> =
            (0..models.len()).filter(|model| *model != reference).map(|model| (model, reference)).collect();
        if self.settings.all_pairs {
            let others: Vec<usize> = pairs.iter().map(|(model, _)| *model).collect();
            pairs.extend(others.iter().enumerate().flat_map(|(at, a)| others[at + 1..].iter().map(|b| (*a, *b))));
        }
        let of = |(a, b): (usize, usize)| {
            tell(&format!("{}: {} - {}", self.outcome.name, models[a].candidate.name, models[b].candidate.name));
            let pair = Pair::of(&models[a], &models[b], &self.outcome.event, self.clusters, &self.outcome.name);
            pair.rows(plan, self.settings, self.outcome.follow.as_deref())
        };
        pairs.into_iter().flat_map(of).collect()
    }

    fn subgroups(&self, models: &[Candidate], singles: &mut [Single]) -> Vec<Row> {
        let (Some(patients), Scope::All) = (&self.cohort.patients, self.settings.scope) else { return Vec::new() };
        let plan = Plan::subgroup(self.settings);
        let frame = subgroups::Frame {
            events: &self.outcome.event,
            follow: self.outcome.follow.as_deref(),
            clusters: self.clusters,
            plan: &plan,
            settings: self.settings,
            outcome: &self.outcome.name,
        };
        let cuts: Vec<_> = singles.iter().map(|single| single.cuts.clone()).collect();
        let mut all = Vec::new();
        for dimension in &patients.dimensions {
            let (rows, lines) = subgroups::of(&frame, dimension, models, &cuts);
            all.extend(rows);
            for (model, label, area, n) in lines {
                singles[model].findings.forest.push((label, area, n));
            }
        }
        all
    }
}

/// The models by a number that many have alike, those without it left out.
fn alike(cohort: &Cohort, number: impl Fn(&Scored) -> u64) -> Vec<(u64, String)> {
    let mut found: Vec<(u64, Vec<String>)> = Vec::new();
    for model in &cohort.models {
        let (number, name) = (number(model), format!("`{}`", model.name));
        match found.iter_mut().find(|(known, _)| *known == number) {
            Some((_, names)) => names.push(name),
            None => found.push((number, vec![name])),
        }
    }
    found.retain(|(number, _)| *number > 0);
    let told = |names: Vec<String>| match names.len() {
        1 => names.concat(),
        all if all == cohort.models.len() => "every model".to_owned(),
        _ => format!("each of {}", names.join(", ")),
    };
    found.into_iter().map(|(number, names)| (number, told(names))).collect()
}

/// What the reader must know of the inputs.
fn notes(cohort: &Cohort, clustered: bool, settings: &Settings) -> Vec<String> {
    let mut notes = vec![format!("{} rows of patient and index day have outcomes", cohort.rows())];
    for (missing, of) in alike(cohort, |model| model.value.iter().filter(|value| value.is_nan()).count() as u64) {
        notes.push(format!("{missing} of them have no score of {of}; they are left out of its figures"));
    }
    for (unmatched, of) in alike(cohort, |model| model.unmatched) {
        notes.push(format!("{unmatched} scores of {of} match no outcome and are left out"));
    }
    if let Some(patients) = cohort.patients.as_ref().filter(|patients| patients.unmatched > 0) {
        notes.push(format!(
            "{} rows are of patients whom the file of patients does not have; they are in no subgroup",
            patients.unmatched
        ));
    }
    for outcome in &cohort.outcomes {
        let unknown = outcome.event.iter().filter(|event| event.is_none()).count();
        if unknown > 0 {
            let why = if settings.horizon.is_some() { " (not followed to the horizon, or empty)" } else { "" };
            notes.push(format!(
                "the outcome `{}` is not known for {unknown} rows{why}; they are left out",
                outcome.name
            ));
        }
    }
    if clustered {
        notes.push("rows of one cluster depend on each other: intervals come from drawing whole clusters".to_owned());
    }
    notes
}
