//! What measurements and function scores are asked for, in words.

use super::inputs::Speaker;
use super::words::{self, either};
use crate::model::ruleset::{Against, Change, Direction, Function, Limits, Measurement, Size, Test};

impl Speaker<'_> {
    fn test(&self, name: &str, unit: &str, test: &Test) -> String {
        let limits = |limits: &Limits| {
            let sides = [("≥", limits.at_least), (">", limits.above), ("≤", limits.at_most), ("<", limits.below)];
            let side = |(sign, limit): (&str, Option<f64>)| limit.map(|n| format!("{sign} {}", self.number(n)));
            let unit = if unit.is_empty() { String::new() } else { format!(" {unit}") };
            let and = self.say([" og ", " og ", " and "]);
            format!("{}{unit}", sides.into_iter().filter_map(side).collect::<Vec<_>>().join(and))
        };
        match test {
            Test::Present => self.fill(["{} målt", "{} målt", "{} measured"], &[name]),
            Test::Latest(part) => self.fill(["nyeste {} {}", "nyaste {} {}", "newest {} {}"], &[name, &limits(part)]),
            Test::Each(part) => format!("{name} {}", limits(part)),
            Test::Change(part) => self.change(name, unit, part),
            Test::Median(part) => {
                self.fill(["midterste {} {}", "midtarste {} {}", "middle {} {}"], &[name, &limits(part)])
            }
            Test::Crosses(part) => {
                let words = ["nyeste {} {}, tidligere {}", "nyaste {} {}, tidlegare {}", "newest {} {}, earlier {}"];
                self.fill(words, &[name, &limits(&part.to), &limits(&part.from)])
            }
        }
    }

    fn change(&self, name: &str, unit: &str, part: &Change) -> String {
        let size = match part.size {
            Size::Percent(n) => format!("{} %", self.number(n)),
            Size::Absolute(n) => format!("{} {unit}", self.number(n)).trim_end().to_owned(),
        };
        let size = if part.strictly {
            self.fill(["mer enn {}", "meir enn {}", "more than {}"], &[&size])
        } else {
            self.fill(words::AT_LEAST, &[&size])
        };
        let against = self.say(match part.against {
            Against::Highest => ["den høyeste tidligere", "den høgaste tidlegare", "the highest earlier one"],
            Against::Lowest => ["den laveste tidligere", "den lågaste tidlegare", "the lowest earlier one"],
            Against::Any => ["en tidligere", "ein tidlegare", "an earlier one"],
            Against::Median => ["den midterste tidligere", "den midtarste tidlegare", "the middle earlier one"],
            Against::Newest => ["den siste tidligere", "den siste tidlegare", "the last earlier one"],
        });
        let words = match part.direction {
            Direction::Down => ["nyeste {} {} under {}", "nyaste {} {} under {}", "newest {} {} below {}"],
            Direction::Up => ["nyeste {} {} over {}", "nyaste {} {} over {}", "newest {} {} above {}"],
            Direction::Either => ["nyeste {} {} fra {}", "nyaste {} {} frå {}", "newest {} {} from {}"],
        };
        let since = part.since.map_or_else(String::new, |days| {
            let words = [" i de {} dagene før", " i dei {} dagane før", " in the {} days before"];
            self.fill(words, &[&days.to_string()])
        });
        format!("{}{since}", self.fill(words, &[name, &size, against]))
    }

    pub(super) fn measurement(&self, asked: &Measurement) -> String {
        let mut out = self.test(asked.analyte.label.get(self.language), &asked.analyte.unit, &asked.test);
        out.push_str(&self.days(asked.days, asked.apart));
        if asked.newest {
            out.push_str(self.say([", den nyeste med", ", den nyaste med", ", the newest among them"]));
        }
        if let Some(unanswered) = &asked.unanswered {
            let words = [
                ", uten kontakt eller ny prøve de neste {} dagene",
                ", utan kontakt eller ny prøve dei neste {} dagane",
                ", with no contact or new test in the next {} days",
            ];
            out.push_str(&self.fill(words, &[&unanswered.days.to_string()]));
        }
        format!("{out}, {}", words::window(self.language, asked.window))
    }

    pub(super) fn function(&self, asked: &Function) -> String {
        let known = self.vocabulary.functions.get(&asked.instrument);
        let mut name = known.map_or(asked.instrument.as_str(), |known| known.label.get(self.language)).to_owned();
        if let Some(known) = known.filter(|_| !asked.items.is_empty()) {
            let items = self.labels(&asked.items, &known.items);
            name = format!("{name} {}", either(self.language, &items));
        }
        let mut out = self.test(&name, known.map_or("", |known| known.unit.as_str()), &asked.test);
        if asked.at_least > 1 {
            let words = [", minst {} av dem", ", minst {} av dei", ", at least {} of them"];
            out.push_str(&self.fill(words, &[&asked.at_least.to_string()]));
        }
        if !asked.ignore.is_empty() {
            let values: Vec<String> = asked.ignore.iter().map(i64::to_string).collect();
            let words = [" ({} teller ikke)", " ({} tel ikkje)", " ({} does not count)"];
            out.push_str(&self.fill(words, &[&either(self.language, &values)]));
        }
        format!("{out}, {}", words::window(self.language, asked.window))
    }
}
