//! Criteria, caps, hierarchies, bands, notes and sentences of a page.

use super::words::{self, number};
use super::{Page, cell};
use crate::clinical::{Language, Points};
use crate::model::ruleset::{Band, Bound, Cap, Criterion, Link, Weight};

impl Page<'_> {
    pub(super) fn points(&self, points: Points) -> String {
        number(self.language, &points.to_string()).replace('-', "−")
    }

    pub(super) fn weight(&self, weight: &Weight) -> String {
        match weight {
            Weight::Fixed(points) => self.points(*points),
            Weight::Steps(steps) => {
                let step = |(from, points): &(u32, Points)| format!("≥ {from}: {}", self.points(*points));
                steps.iter().map(step).collect::<Vec<_>>().join(", ")
            }
            Weight::PerCount(points) => {
                let words = ["{} for hver", "{} for kvar", "{} for each"];
                self.fill(words, &[&self.points(*points)])
            }
            Weight::OfModel => self
                .say(["det andre settets poeng", "poenga til det andre settet", "the other set's points"])
                .to_owned(),
        }
    }

    pub(super) fn criteria(&mut self) {
        self.heading(words::CRITERIA);
        let src = self.set().criteria.iter().any(|criterion| criterion.source.is_some());
        let mut heads = vec![words::CRITERION, words::POINTS, words::LOOKED_FOR, words::DOMAIN, words::TASK];
        if src {
            heads.push(words::FROM_WHERE);
        }
        self.table_head(&heads);
        for criterion in &self.set().criteria {
            let mut cells = vec![
                self.criterion_name(criterion),
                self.weight(&criterion.weight),
                cell(&self.speaker.describe(criterion.input)),
                criterion.domain.clone().unwrap_or_default(),
                tasks(criterion),
            ];
            if src {
                cells.push(cell(criterion.source.as_deref().unwrap_or_default()));
            }
            self.row(&cells);
        }
    }

    fn criterion_name(&self, criterion: &Criterion) -> String {
        let label = self.set().inputs[criterion.input.0].label.as_ref().map(|label| cell(label.get(self.language)));
        let mut name =
            label.map_or_else(|| format!("`{}`", criterion.name), |label| format!("{label} (`{}`)", criterion.name));
        if criterion.sensitive {
            name = format!("{name} ◐ {}", self.say(words::SENSITIVE));
        }
        name
    }

    pub(super) fn cap_name(&self, cap: &Cap) -> String {
        let domain = cap.domain.as_ref().and_then(|name| self.speaker.vocabulary.domains.get(name));
        cap.label
            .as_ref()
            .or(domain)
            .map_or_else(|| format!("`{}`", cap.name), |text| text.get(self.language).to_owned())
    }

    pub(super) fn caps(&mut self) {
        let set = self.set();
        if set.caps.is_empty() {
            return;
        }
        self.heading(words::CAPS);
        for (at, cap) in set.caps.iter().enumerate() {
            let members = set.criteria.iter().filter(|criterion| criterion.cap.is_some_and(|cap| cap.0 == at));
            let names = members.map(|criterion| format!("`{}`", criterion.name)).collect::<Vec<_>>().join(" ");
            let line = match cap.at_most {
                Some(most) => self.fill(words::CAP_LINE, &[&self.cap_name(cap), &self.points(most), &names]),
                None => self.fill(words::GROUP_LINE, &[&self.cap_name(cap), &names]),
            };
            self.list([line]);
        }
    }

    pub(super) fn hierarchies(&mut self) {
        let set = self.set();
        if set.criteria.iter().all(|criterion| criterion.silences.is_empty()) {
            return;
        }
        self.heading(words::HIERARCHIES);
        for criterion in set.criteria.iter().filter(|criterion| !criterion.silences.is_empty()) {
            let silent: Vec<String> =
                criterion.silences.iter().map(|at| format!("`{}`", set.criteria[*at].name)).collect();
            let line = self.fill(words::SILENCES, &[&format!("`{}`", criterion.name), &silent.join(", ")]);
            self.list([line]);
        }
    }

    pub(super) fn bound(&self, band: &Band) -> String {
        match band.from {
            Bound::Lowest => self.say(words::BELOW_NEXT).to_owned(),
            Bound::From(points) => self.fill(words::OR_MORE, &[&self.points(points)]),
            Bound::Above(points) => self.fill(words::MORE_THAN, &[&self.points(points)]),
        }
    }

    pub(super) fn bands(&mut self) {
        let set = self.set();
        if set.bands.is_empty() {
            return;
        }
        self.heading(words::BANDS);
        self.table_head(&[words::BAND, words::POINTS, words::RANK]);
        for band in &set.bands {
            let name = format!("{} (`{}`)", cell(band.label.get(self.language)), band.name);
            self.row(&[name, self.bound(band), band.level.to_string()]);
        }
        if let Some(setter) = &set.band_set_by {
            let step = |(from, band): &(f64, usize)| {
                let from = number(self.language, &from.to_string());
                self.fill(words::FROM_VALUE, &[&from, set.bands[*band].label.get(self.language)])
            };
            let steps = setter.steps.iter().map(step).collect::<Vec<_>>().join("; ");
            let line = self.fill(words::BAND_SET_BY, &[&self.speaker.describe(setter.input), &steps]);
            self.line(&format!("\n{line}."));
        }
        if let Some(limit) = &set.band_limit {
            let names = limit.criteria.iter().map(|at| format!("`{}`", set.criteria[*at].name)).collect::<Vec<_>>();
            let line =
                self.fill(words::BAND_LIMIT, &[&names.join(" "), set.bands[limit.band].label.get(self.language)]);
            self.line(&format!("\n{line}."));
        }
    }

    pub(super) fn link(&mut self) {
        let Some(link) = &self.set().link else { return };
        self.heading(words::LINK);
        let line = match link {
            Link::Logistic { intercept } => {
                format!("`1 / (1 + exp(−({intercept} + {})))`", self.say(words::POINTS).to_lowercase())
            }
            Link::Cox { baseline_survival, scale, centre } => {
                let points = self.say(words::POINTS).to_lowercase();
                format!("`1 − {baseline_survival} ^ exp({scale} × {points} − {centre})`")
            }
        };
        self.line(&line);
    }

    pub(super) fn notes(&mut self) {
        let set = self.set();
        if set.notes.is_empty() {
            return;
        }
        self.heading(words::NOTES);
        for note in &set.notes {
            let mut line = format!("`{}`: {}", note.name, self.speaker.describe(note.input));
            if let Some(points) = note.from_points {
                line = format!("{line}; {}", self.fill(words::FROM_POINTS, &[&self.points(points)]));
            }
            if let Some(task) = &note.task {
                line = format!("{line}; {} {task}", self.say(words::TASK).to_lowercase());
            }
            self.list([line]);
        }
    }

    /// All sentences in all three languages: this is where they are reviewed.
    pub(super) fn sentences(&mut self) {
        self.heading(words::SENTENCES);
        self.table_head(&[["", "", ""], ["Bokmål"; 3], ["Nynorsk"; 3], ["English"; 3]]);
        let set = self.set();
        let lines = set.criteria.iter().map(|criterion| (criterion.name.as_str(), &criterion.text));
        let notes = set.notes.iter().map(|note| (note.name.as_str(), &note.text));
        let others =
            [("headline", set.headline.as_ref()), ("band_set_by", set.band_set_by.as_ref().map(|setter| &setter.text))];
        let others = others.into_iter().filter_map(|(name, text)| Some((name, text?)));
        for (name, text) in others.chain(lines).chain(notes) {
            let mut cells = vec![format!("`{name}`")];
            cells.extend(Language::ALL.iter().map(|language| cell(text.get(*language))));
            self.row(&cells);
        }
    }
}

/// The tasks of a line, the first one first.
fn tasks(criterion: &Criterion) -> String {
    criterion.task.iter().chain(&criterion.further_tasks).map(String::as_str).collect::<Vec<_>>().join(", ")
}
