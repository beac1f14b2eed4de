//! What only all rule sets together can tell.

use super::check::{self, Checked};
use super::fault::{Fault, Faults};
use super::report::Report;
use super::ruleset::RuleSet;

/// What only all rule sets together can tell: ids twice, others that are not there, circles.
pub fn agree(checked: &[Checked], faults: &mut Faults) {
    for pair in checked.windows(2).filter(|pair| pair[0].set.id == pair[1].set.id) {
        let (first, second) = (&pair[0], &pair[1]);
        let message = format!("two rule sets have the id `{}`: {} and {}", first.set.id, first.file, second.file);
        let fault = Fault::new(&second.file, second.id_span.clone(), message, "the second one");
        let help = "give this one another id, and its folder too; to change a rule set, write `extends` with an id of your own";
        faults.push(fault.help(help));
    }
    let ids: Vec<&str> = checked.iter().map(|checked| checked.set.id.as_str()).collect();
    let place = |id: &str| ids.iter().position(|known| *known == id);
    let mut needs = Vec::with_capacity(checked.len());
    for one in checked {
        let mut report = Report::new(&one.file, faults);
        for mention in &one.models {
            match place(&mention.id) {
                Some(other) => bands_exist(mention, &checked[other].set, &mut report),
                None => report.unknown(&mention.span, "rule set", &mention.id, ids.iter().copied()),
            }
        }
        needs.push(one.models.iter().filter_map(|mention| place(&mention.id)).collect());
    }
    for circle in check::sort_by_needs(&needs).1 {
        let path = check::name_circle(&circle, |at| format!("`{}`", ids[at]));
        tell_circle(&circle, &path, checked, faults);
    }
}

/// Told where the circle begins, with the place of every step.
fn tell_circle(circle: &[usize], path: &str, checked: &[Checked], faults: &mut Faults) {
    let mut steps = Vec::new();
    let mut first = None;
    for (at, next) in circle.iter().zip(circle.iter().cycle().skip(1)) {
        let one = &checked[*at];
        let Some(step) = one.models.iter().find(|mention| mention.id == checked[*next].set.id) else { continue };
        steps.push(format!("{}:{}", one.file, faults.line(&one.file, step.span.start)));
        first.get_or_insert((&one.file, step.span.clone()));
    }
    let Some((file, span)) = first else { return };
    let message = format!("rule sets take each other's results in a circle: {path}");
    let help = format!("the circle runs through {}; one of these must go", steps.join(", "));
    faults.push(Fault::new(file, span, message, "comes back to itself").help(help));
}

fn bands_exist(mention: &check::ModelMention, other: &RuleSet, report: &mut Report) {
    for (name, span) in &mention.bands {
        if !other.bands.iter().any(|band| band.name == *name) {
            let what = format!("band of `{}`", other.id);
            report.unknown(span, &what, name, other.bands.iter().map(|band| band.name.as_str()));
        }
    }
}
