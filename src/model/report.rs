//! Where faults of one file are written down while it is read.

use super::fault::{Fault, Faults};
use super::suggest;
use super::tree::Span;

/// The faults so far, and the file that is being read.
pub struct Report<'a> {
    pub file: &'a str,
    pub faults: &'a mut Faults,
}

impl<'a> Report<'a> {
    pub fn new(file: &'a str, faults: &'a mut Faults) -> Report<'a> {
        Report { file, faults }
    }

    pub fn fault(&mut self, span: &Span, message: impl Into<String>, label: impl Into<String>) {
        self.faults.push(Fault::new(self.file, span.clone(), message, label));
    }

    pub fn fault_with(
        &mut self,
        span: &Span,
        message: impl Into<String>,
        label: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.faults.push(Fault::new(self.file, span.clone(), message, label).help(help));
    }

    /// A name that stands for nothing: `what` is "task", "domain", …
    pub fn unknown<'n>(&mut self, span: &Span, what: &str, name: &str, known: impl IntoIterator<Item = &'n str>) {
        let mut fault =
            Fault::new(self.file, span.clone(), format!("unknown {what} `{name}`"), format!("no such {what}"));
        fault.help = suggest::hint(name, known);
        self.faults.push(fault);
    }

    /// A name that a rule set's parent does not have.
    pub fn not_in<'n>(
        &mut self,
        span: &Span,
        parent: &str,
        what: &str,
        name: &str,
        known: impl IntoIterator<Item = &'n str>,
    ) {
        let message = format!("`{parent}` has no {what} `{name}`");
        let help = suggest::hint(name, known);
        let help = help.unwrap_or_else(|| format!("`tidlig models show {parent}` names what it has"));
        self.fault_with(span, message, format!("no such {what}"), help);
    }
}
