//! Values taken out of a tree. What does not look as declared was told by [`super::shape`], and is passed over here.

use super::tree::{Entry, Node, Span, Table, Value};
use crate::clinical::{Day, Points, Text, Window};

/// `"183 days"`, `"1 day"`.
#[must_use]
pub fn days(text: &str) -> Option<u32> {
    let (number, unit) = text.split_once(' ')?;
    let number = number.parse::<u32>().ok().filter(|n| *n <= 100_000)?;
    matches!(unit, "day" | "days").then_some(number)
}

/// `"183 days"` or `"ever"`: how far back.
#[must_use]
pub fn window(text: &str) -> Option<Option<u32>> {
    if text == "ever" { Some(None) } else { days(text).map(Some) }
}

#[must_use]
pub fn points(node: &Node) -> Option<Points> {
    match &node.value {
        Value::Whole(digits) | Value::Decimal(digits) => Points::parse(digits),
        _ => None,
    }
}

#[must_use]
pub fn whole(node: &Node) -> Option<i64> {
    match &node.value {
        Value::Whole(digits) => digits.parse().ok(),
        _ => None,
    }
}

/// A finite number.
#[must_use]
pub fn number(node: &Node) -> Option<f64> {
    match &node.value {
        Value::Whole(digits) | Value::Decimal(digits) => digits.parse().ok().filter(|n: &f64| n.is_finite()),
        _ => None,
    }
}

/// The day of a date without a time.
#[must_use]
pub fn day_of(date: &toml::value::Datetime) -> Option<Day> {
    let plain = date.time.is_none() && date.offset.is_none();
    let date = date.date.filter(|_| plain)?;
    Day::from_ymd(i32::from(date.year), u32::from(date.month), u32::from(date.day))
}

impl Table {
    #[must_use]
    pub fn node(&self, key: &str) -> Option<&Node> {
        self.get(key).map(|entry| &entry.node)
    }

    #[must_use]
    pub fn word(&self, key: &str) -> Option<&str> {
        self.node(key).and_then(Node::as_word)
    }

    /// A name and where it stands.
    #[must_use]
    pub fn name(&self, key: &str) -> Option<(&str, &Span)> {
        let node = self.node(key)?;
        Some((node.as_word()?, &node.span))
    }

    /// The texts of a list, each with its place.
    pub fn names(&self, key: &str) -> impl Iterator<Item = (&str, &Span)> {
        let items = self.node(key).map_or(&[][..], Node::items);
        items.iter().filter_map(|item| Some((item.as_word()?, &item.span)))
    }

    #[must_use]
    pub fn words(&self, key: &str) -> Vec<String> {
        self.names(key).map(|(text, _)| text.to_owned()).collect()
    }

    #[must_use]
    pub fn whole(&self, key: &str) -> Option<i64> {
        self.node(key).and_then(whole)
    }

    /// A count, an age or a number of days; declared limits keep it small.
    #[must_use]
    pub fn count(&self, key: &str) -> Option<u32> {
        self.whole(key).and_then(|n| u32::try_from(n).ok())
    }

    #[must_use]
    pub fn wholes(&self, key: &str) -> Vec<i64> {
        self.node(key).map_or(&[][..], Node::items).iter().filter_map(whole).collect()
    }

    #[must_use]
    pub fn number(&self, key: &str) -> Option<f64> {
        self.node(key).and_then(number)
    }

    #[must_use]
    pub fn points(&self, key: &str) -> Option<Points> {
        self.node(key).and_then(points)
    }

    #[must_use]
    pub fn flag(&self, key: &str) -> Option<bool> {
        match self.node(key)?.value {
            Value::Flag(flag) => Some(flag),
            _ => None,
        }
    }

    #[must_use]
    pub fn day(&self, key: &str) -> Option<Day> {
        match &self.node(key)?.value {
            Value::Date(date) => day_of(date),
            _ => None,
        }
    }

    #[must_use]
    pub fn days(&self, key: &str) -> Option<u32> {
        self.word(key).and_then(days)
    }

    /// `within` and `before`; without `within` the whole journal.
    #[must_use]
    pub fn window(&self) -> Window {
        let within = self.word("within").and_then(window).flatten();
        Window { within, before: self.days("before").unwrap_or(0) }
    }

    #[must_use]
    pub fn sentence(&self, key: &str) -> Option<Text> {
        self.node(key).and_then(sentence)
    }

    #[must_use]
    pub fn table(&self, key: &str) -> Option<&Table> {
        self.node(key).and_then(Node::as_table)
    }

    /// The entries of a table of names.
    #[must_use]
    pub fn entries(&self, key: &str) -> &[Entry] {
        self.table(key).map_or(&[], |table| &table.entries)
    }

    /// The tables of a list.
    pub fn tables(&self, key: &str) -> impl Iterator<Item = (&Table, &Span)> {
        let items = self.node(key).map_or(&[][..], Node::items);
        items.iter().filter_map(|item| Some((item.as_table()?, &item.span)))
    }
}

/// The three languages of a sentence; one that is missing stays empty.
#[must_use]
pub fn sentence(node: &Node) -> Option<Text> {
    let table = node.as_table()?;
    let part = |language| table.word(language).unwrap_or_default();
    Some(Text::new(part("nb"), part("nn"), part("en")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_are_days_or_ever() {
        assert_eq!(window("183 days"), Some(Some(183)));
        assert_eq!(window("ever"), Some(None));
        assert_eq!(days("1 day"), Some(1));
        for wrong in ["183", "183 d", "12 months", "-3 days", "183  days", "1000000 days"] {
            assert_eq!(window(wrong), None, "{wrong}");
        }
    }
}
