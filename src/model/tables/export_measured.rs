//! Measurements, functions, contacts, services and peers as flat tables: what has parts of its own stands in `parts.csv`,
//! under the keys of `model.toml`.

use super::export::Tables;
use super::export_inputs::{far, window};
use super::{CONTACT, FUNCTION, MEASUREMENT, PEERS, SERVICE};
use crate::model::names::UNSTATED;
use crate::model::ruleset::{
    Against, Change, Contact, Direction, Function, Limits, Measurement, Peers, Service, ServiceState, Size, Test,
};

type Cells = Vec<(&'static str, String)>;

impl Tables<'_> {
    pub(super) fn measurement(&mut self, name: &str, asked: &Measurement) -> Cells {
        self.part(name, "lab", &asked.analyte.name);
        self.test(name, &asked.test);
        if asked.newest {
            self.part(name, "newest", "yes");
        }
        if let Some(unanswered) = &asked.unanswered {
            self.part(name, "unanswered.days", &unanswered.days.to_string());
            self.parts(name, "unanswered.contacts", &unanswered.contacts);
        }
        let mut cells = vec![("kind", MEASUREMENT.to_owned())];
        cells.extend(window(asked.window));
        if matches!(asked.test, Test::Present | Test::Each(_)) {
            cells.push(("days", asked.days.to_string()));
            cells.extend(far(asked.days, asked.apart));
        }
        cells
    }

    pub(super) fn function(&mut self, name: &str, asked: &Function) -> Cells {
        self.part(name, "function", &asked.instrument);
        self.parts(name, "items", &asked.items);
        self.parts(name, "ignore", asked.ignore.iter().map(i64::to_string));
        self.test(name, &asked.test);
        let mut cells = vec![("kind", FUNCTION.to_owned()), ("at_least", asked.at_least.to_string())];
        cells.extend(window(asked.window));
        cells
    }

    pub(super) fn contact(&mut self, name: &str, asked: &Contact) -> Cells {
        self.parts(name, "contact", &asked.kinds);
        // A row that names no role has an empty one.
        self.parts(
            name,
            "roles",
            asked.roles.iter().map(|role| if role.is_empty() { UNSTATED } else { role.as_str() }),
        );
        self.parts(name, "answered_by", &asked.answered_by);
        if let Some(days) = asked.doubled_since {
            self.part(name, "doubled_since", &format!("{days} days"));
        }
        let mut cells = vec![("kind", CONTACT.to_owned()), ("days", asked.days.to_string())];
        cells.extend(window(asked.window));
        cells
    }

    pub(super) fn service(&mut self, name: &str, asked: &Service) -> Cells {
        if asked.services.is_empty() {
            self.part(name, "service", "any");
        }
        self.parts(name, "service", &asked.services);
        self.parts(name, "service_except", &asked.except);
        let state = match asked.state {
            ServiceState::Active => "active",
            ServiceState::Started => "started",
            ServiceState::Ended => "ended",
            ServiceState::Seen => "seen",
        };
        self.part(name, "state", state);
        let mut cells = vec![("kind", SERVICE.to_owned()), ("at_least", asked.at_least.to_string())];
        if asked.state != ServiceState::Active {
            cells.extend(window(asked.window));
        }
        cells
    }

    pub(super) fn peers(&mut self, name: &str, asked: &Peers) -> Cells {
        self.parts(name, "peers.contacts", &asked.contacts);
        for (column, value) in window(asked.window) {
            self.part(name, &format!("peers.{column}"), &value);
        }
        self.parts(name, "peers.age_bands", asked.age_bands.iter().map(i32::to_string));
        self.parts(name, "peers.morbidity_bands", asked.morbidity_bands.iter().map(u32::to_string));
        for (key, ids) in [("peers.morbidity", &asked.morbidity), ("peers.eligible", &asked.eligible)] {
            let names: Vec<String> = ids.iter().map(|id| self.name(*id)).collect();
            self.parts(name, key, names);
        }
        for (key, value) in [
            ("wide_age_from", asked.wide_age_from.to_string()),
            ("wide_morbidity_from", asked.wide_morbidity_from.to_string()),
            ("least_peers", asked.least_peers.to_string()),
            ("capped_at", asked.capped_at.to_string()),
            ("least_mean", asked.least_mean.to_string()),
            ("tail_at_most", asked.tail_at_most.to_string()),
        ] {
            self.part(name, &format!("peers.{key}"), &value);
        }
        vec![("kind", PEERS.to_owned())]
    }

    fn test(&mut self, name: &str, test: &Test) {
        match test {
            Test::Present => self.part(name, "present", "yes"),
            Test::Latest(limits) => self.limits(name, "latest", limits),
            Test::Each(limits) => self.limits(name, "each", limits),
            Test::Median(limits) => self.limits(name, "median", limits),
            Test::Crosses(crossing) => {
                self.limits(name, "crosses.from", &crossing.from);
                self.limits(name, "crosses.to", &crossing.to);
            }
            Test::Change(change) => self.change(name, change),
        }
    }

    fn limits(&mut self, name: &str, key: &str, limits: &Limits) {
        let Limits { at_least, above, at_most, below } = *limits;
        for (end, limit) in [("at_least", at_least), ("above", above), ("at_most", at_most), ("below", below)] {
            if let Some(limit) = limit {
                self.part(name, &format!("{key}.{end}"), &limit.to_string());
            }
        }
    }

    fn change(&mut self, name: &str, change: &Change) {
        let against = match change.against {
            Against::Highest => "highest",
            Against::Lowest => "lowest",
            Against::Any => "any",
            Against::Median => "median",
            Against::Newest => "newest",
        };
        let direction = match change.direction {
            Direction::Down => "down",
            Direction::Up => "up",
            Direction::Either => "either",
        };
        let (size, by) = match change.size {
            Size::Absolute(by) => ("absolute", by),
            Size::Percent(by) => ("percent", by),
        };
        self.part(name, "change.against", against);
        self.part(name, "change.direction", direction);
        self.part(name, &format!("change.{size}"), &by.to_string());
        if change.strictly {
            self.part(name, "change.strictly", "yes");
        }
        if let Some(days) = change.since {
            self.part(name, "change.since", &format!("{days} days"));
        }
    }

    fn parts(&mut self, input: &str, key: &str, values: impl IntoIterator<Item = impl AsRef<str>>) {
        for value in values {
            self.part(input, key, value.as_ref());
        }
    }
}
