//! Inputs about contacts: their kinds, the roles met, and how often they were.

use super::inputs::{Scope, known_names, refuse, window};
use crate::model::names::{CONTACT_KINDS, UNSTATED};
use crate::model::report::Report;
use crate::model::ruleset::Contact;
use crate::model::tree::Table;

pub fn contact_kinds(table: &Table, key: &str, report: &mut Report) -> Vec<String> {
    known_names(table, key, "kind of contact", || CONTACT_KINDS.to_vec(), report)
}

pub fn contact(table: &Table, scope: &Scope, report: &mut Report) -> Contact {
    Contact {
        kinds: contact_kinds(table, "contact", report),
        window: window(table, report),
        days: table.count("days").unwrap_or(1),
        roles: roles(table, scope, report),
        answered_by: contact_kinds(table, "answered_by", report),
        doubled_since: doubled_since(table, report),
    }
}

/// The roles asked for; `unstated` is what a row says that names none.
fn roles(table: &Table, scope: &Scope, report: &mut Report) -> Vec<String> {
    let known = || scope.vocabulary.roles.names().chain([UNSTATED]).collect();
    let named = known_names(table, "roles", "role", known, report);
    named.into_iter().map(|role| if role == UNSTATED { String::new() } else { role }).collect()
}

/// Only a window of so many days can be compared with the days before it.
fn doubled_since(table: &Table, report: &mut Report) -> Option<u32> {
    let days = table.days("doubled_since")?;
    let entry = table.get("doubled_since")?;
    if table.window().within.is_none() || table.window().before > 0 {
        report.fault(
            &entry.span,
            "`doubled_since` needs a window of so many days that ends on the index day",
            "before what?",
        );
    } else if days == 0 {
        report.fault(&entry.node.span, "the time to compare with holds no day", "must be at least one day");
    }
    refuse(table, &["answered_by"], "with `doubled_since`", report);
    Some(days)
}
