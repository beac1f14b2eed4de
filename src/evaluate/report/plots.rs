//! The drawings of one model, each with the reference beside it in broken lines.

use super::frame::{Frame, Stroke};
use super::words::{count, estimate, safe};
use crate::evaluate::study::findings::{ModelFindings, Point};

const WHOLE: (f64, f64) = (0.0, 1.0);

/// All drawings of a model; nothing where there is nothing to draw.
#[must_use]
pub fn all(model: &ModelFindings, reference: Option<&ModelFindings>) -> Vec<String> {
    let mut drawings = vec![roc(model, reference), precision_recall(model, reference)];
    drawings.extend(calibration(model));
    drawings.extend(decision(model, reference));
    drawings.extend(capture(model, reference));
    drawings
}

fn roc(model: &ModelFindings, reference: Option<&ModelFindings>) -> String {
    let mut frame = Frame::new("ROC curve", WHOLE, WHOLE, "1 − specificity", "sensitivity");
    frame.line(&[(0.0, 0.0), (1.0, 1.0)], Stroke::Guide);
    if let Some(reference) = reference {
        frame.line(&reference.roc, Stroke::Reference);
    }
    frame.line(&model.roc, Stroke::Own);
    frame.finish(&format!("ROC curve of {}", model.name))
}

fn precision_recall(model: &ModelFindings, reference: Option<&ModelFindings>) -> String {
    let mut frame =
        Frame::new("Precision and recall", WHOLE, WHOLE, "sensitivity (recall)", "predictive value (precision)");
    let share = model.events as f64 / model.n as f64;
    frame.line(&[(0.0, share), (1.0, share)], Stroke::Guide);
    if let Some(reference) = reference {
        frame.line(&reference.precision_recall, Stroke::Reference);
    }
    frame.line(&model.precision_recall, Stroke::Own);
    frame.finish(&format!("Precision-recall curve of {}; the dotted line is chance", model.name))
}

fn calibration(model: &ModelFindings) -> Option<String> {
    let (least, most) = (model.calibration.first()?.x, model.calibration.last()?.x);
    // The axes begin at nought and end where the probabilities end.
    let top = model.calibration.iter().map(|point| point.y).fold(most, f64::max).min(1.0) * 1.05;
    let range = (0.0, top.min(1.0).max(least));
    let mut frame = Frame::new("Calibration", range, range, "probability", "observed share");
    let highest = model.histogram.iter().map(|(_, _, n)| *n).max().unwrap_or(1).max(1) as f64;
    let bars: Vec<_> = model.histogram.iter().map(|(left, right, n)| (*left, *right, *n as f64 / highest)).collect();
    frame.bars(&bars);
    frame.line(&[(range.0, range.0), (range.1, range.1)], Stroke::Guide);
    frame.band(&band(&model.calibration));
    frame.line(&line(&model.calibration), Stroke::Own);
    Some(frame.finish(&format!(
        "Calibration curve of {} with its 95 per cent interval; the dotted diagonal is perfect, the bars are patients",
        model.name
    )))
}

fn decision(model: &ModelFindings, reference: Option<&ModelFindings>) -> Option<String> {
    let last = model.decision.last()?.x;
    let highest = model.decision.iter().map(|point| point.y).fold(0.0, f64::max).max(1e-6);
    let mut frame = Frame::new(
        "Net benefit",
        (0.0, last),
        (-0.15 * highest, 1.1 * highest),
        "threshold probability",
        "net benefit per patient",
    );
    frame.line(&[(0.0, 0.0), (last, 0.0)], Stroke::Guide);
    let range = -0.15 * highest;
    let all: Vec<_> = model.decision_all.iter().copied().take_while(|(_, benefit)| *benefit > range).collect();
    frame.line(&all, Stroke::Faint);
    frame.band(&band(&model.decision));
    if let Some(reference) = reference {
        frame.line(&line(&reference.decision), Stroke::Reference);
    }
    frame.line(&line(&model.decision), Stroke::Own);
    Some(frame.finish(&format!(
        "Decision curve of {} with its 95 per cent interval; the thin line contacts everybody, the dotted line nobody",
        model.name
    )))
}

fn capture(model: &ModelFindings, reference: Option<&ModelFindings>) -> Option<String> {
    let last = model.capture.last()?.x;
    let mut frame = Frame::new(
        "Need captured by size of list",
        (0.0, last),
        WHOLE,
        "share of all patients on the list",
        "share of events on the list",
    );
    let share = model.events as f64 / model.n as f64;
    // The best list there is holds events only, until it holds them all.
    frame.line(
        &[(0.0, 0.0), (share.min(last), (share.min(last) / share).min(1.0)), (last, (last / share).min(1.0))],
        Stroke::Faint,
    );
    frame.line(&[(0.0, 0.0), (last, last)], Stroke::Guide);
    frame.band(&band(&model.capture));
    if let Some(reference) = reference {
        frame.line(&line(&reference.capture), Stroke::Reference);
    }
    frame.line(&line(&model.capture), Stroke::Own);
    Some(frame.finish(&format!(
        "Events that lists of {} hold, by their size, with a 95 per cent interval; dotted is chance, thin the best possible",
        model.name
    )))
}

fn line(points: &[Point]) -> Vec<(f64, f64)> {
    points.iter().map(|point| (point.x, point.y)).collect()
}

fn band(points: &[Point]) -> Vec<(f64, f64, f64)> {
    points.iter().map(|point| (point.x, point.lower, point.upper)).collect()
}

/// Height of a line of the forest plot.
const LINE: f64 = 18.0;
const FOREST: f64 = 640.0;
const AXIS: (f64, f64) = (230.0, 430.0);

/// Area under the ROC curve by subgroup: a square with its interval, and the same in figures.
#[must_use]
pub fn forest(model: &ModelFindings) -> Option<String> {
    let numbers = model.forest.iter().filter_map(|(_, area, _)| area.value.number());
    let low = numbers.fold(0.5_f64, f64::min).min(0.5) - 0.02;
    let low = (low * 10.0).floor() / 10.0;
    let px = |area: f64| AXIS.0 + (area.clamp(low, 1.0) - low) / (1.0 - low) * (AXIS.1 - AXIS.0);
    let height = LINE * (model.forest.len() as f64 + 2.5);
    let mut body = String::new();
    let bottom = LINE * (model.forest.len() as f64 + 1.0);
    for tenth in (low * 10.0).round() as i64..=10 {
        let x = px(tenth as f64 / 10.0);
        let class = if tenth == 5 { "guide" } else { "grid" };
        body += &format!("<line class=\"{class}\" x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{LINE}\" y2=\"{bottom:.1}\"/>");
        body += &format!(
            "<text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>",
            bottom + 13.0,
            tenth as f64 / 10.0
        );
    }
    for (at, (label, area, n)) in model.forest.iter().enumerate() {
        let y = LINE * (at as f64 + 1.5);
        body += &format!("<text x=\"0\" y=\"{:.1}\">{} (n {})</text>", y + 4.0, safe(label), count(*n));
        body += &format!("<text x=\"{:.1}\" y=\"{:.1}\">{}</text>", AXIS.1 + 10.0, y + 4.0, safe(&estimate(area)));
        if let (Some(lower), Some(upper)) = (area.lower.number(), area.upper.number()) {
            body += &format!(
                "<line class=\"own\" x1=\"{:.1}\" x2=\"{:.1}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>",
                px(lower),
                px(upper)
            );
        }
        if let Some(area) = area.value.number() {
            body += &format!(
                "<rect class=\"mark\" x=\"{:.1}\" y=\"{:.1}\" width=\"6\" height=\"6\"/>",
                px(area) - 3.0,
                y - 3.0
            );
        }
    }
    let says = safe(&format!("AUROC of {} by subgroup, with 95 per cent intervals", model.name));
    let drawing = format!(
        "<svg role=\"img\" class=\"forest\" viewBox=\"0 0 {FOREST} {height:.0}\" aria-label=\"{says}\">{body}</svg>"
    );
    (!model.forest.is_empty()).then_some(drawing)
}
