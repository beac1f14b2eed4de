//! Search and filters; hidden until the script can serve them.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::sheet::escape;
use crate::report::habit;
use crate::report::view::View;
use crate::report::words::{self, Word, word};

pub(super) const SKIP: Word = word("Gå til listen", "Gå til lista", "Go to the list");

pub(super) fn write(out: &mut String, view: &View) {
    if view.rows().next().is_none() {
        return;
    }
    let word = |word: Word| escape(word.get(view.language));
    let _ = write!(
        out,
        "<div class=\"tools\" role=\"search\" hidden>\n<input type=\"search\" name=\"text\" placeholder=\"{0}\" aria-label=\"{0}\" autocomplete=\"off\">\n",
        word(words::FILTER_TEXT),
    );
    let groups = || view.rows().flat_map(|row| &row.groups);
    let mut doctors: Vec<&str> = view.rows().map(|row| row.gp.as_str()).collect();
    let mut names: Vec<&str> = groups().map(|group| group.name.as_str()).collect();
    let bands: BTreeMap<u8, &str> = groups().map(|group| (group.level, group.band.as_str())).collect();
    let bands: Vec<&str> = bands.into_values().rev().collect();
    for sorted in [&mut doctors, &mut names] {
        sorted.sort_by_key(|name| habit::alphabetical(name));
        sorted.dedup();
    }
    if doctors.len() > 1 {
        select(out, "gp", words::FILTER_GP.get(view.language), &doctors);
    }
    select(out, "group", words::FILTER_GROUP.get(view.language), &names);
    select(out, "band", words::FILTER_LEVEL.get(view.language), &bands);
    let _ = write!(
        out,
        "<button type=\"button\" data-do=\"open\" aria-pressed=\"false\">{}</button>\n\
         <button type=\"button\" data-do=\"print\">{}</button>\n<output aria-live=\"polite\"></output>\n</div>\n",
        word(words::OPEN_ALL),
        word(words::PRINT),
    );
}

fn select(out: &mut String, name: &str, all: &str, values: &[&str]) {
    let _ = write!(out, "<select name=\"{name}\" aria-label=\"{0}\"><option value=\"\">{0}</option>", escape(all));
    for value in values.iter().filter(|value| !value.is_empty()) {
        let _ = write!(out, "<option>{}</option>", escape(value));
    }
    out.push_str("</select>\n");
}
