use super::{Answer, View};
use crate::clinical::{Day, Tri};
use crate::model::ruleset::{Service, ServiceState};
use crate::observe::facts::{NO_DAY, ServiceFact};

/// The services that count.
pub fn service_facts<'a>(
    view: View<'a>,
    services: &'a [u16],
    except: &'a [u16],
    spec: &'a Service,
) -> impl Iterator<Item = &'a ServiceFact> {
    let (first, last) = spec.window.bounds(view.on);
    visible(view, services, except, spec).filter(move |fact| match spec.state {
        ServiceState::Active => overlaps(fact, last, last),
        ServiceState::Seen => overlaps(fact, first, last),
        ServiceState::Started => fact.from != NO_DAY && spec.window.contains(Day(fact.from), view.on),
        ServiceState::Ended => fact.until != NO_DAY && spec.window.contains(Day(fact.until), view.on),
    })
}

/// Services of the question that have begun.
fn visible<'a>(
    view: View<'a>,
    services: &'a [u16],
    except: &'a [u16],
    spec: &'a Service,
) -> impl Iterator<Item = &'a ServiceFact> {
    view.facts.services.iter().filter(move |fact| {
        (spec.services.is_empty() || services.contains(&fact.service))
            && !except.contains(&fact.service)
            && (fact.from == NO_DAY || fact.from <= view.on.0)
    })
}

fn overlaps(fact: &ServiceFact, first: Day, last: Day) -> bool {
    (fact.from == NO_DAY || fact.from <= last.0) && (fact.until == NO_DAY || fact.until >= first.0)
}

/// Number of distinct services.
pub fn service(view: View, services: &[u16], except: &[u16], spec: &Service, missing: Tri) -> Answer {
    let mut found: Vec<u16> = service_facts(view, services, except, spec).map(|fact| fact.service).collect();
    found.sort_unstable();
    found.dedup();
    if found.is_empty() && !visible(view, services, except, spec).any(|_| true) {
        return Answer::new(missing, 0);
    }
    Answer::at_least(spec.at_least, found.len() as u32)
}
