//! What is wrong in a file that a person wrote: where, why, and what to write instead.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, NamedSource, NarratableReportHandler, ReportHandler,
};

/// One fault in one file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The file, as the reader would name it.
    pub file: String,
    /// Byte offsets of the offending text.
    pub span: (usize, usize),
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// A few words at the offending text.
    pub label: String,
    /// What to write instead, when that can be told.
    pub help: Option<String>,
}

impl Fault {
    #[must_use]
    pub fn new(file: &str, span: Range<usize>, message: impl Into<String>, label: impl Into<String>) -> Fault {
        Fault {
            file: file.to_owned(),
            span: (span.start, span.end),
            message: message.into(),
            label: label.into(),
            help: None,
        }
    }

    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Fault {
        self.help = Some(help.into());
        self
    }
}

/// Every fault of every file that was read, with the texts that show them.
#[derive(Debug, Clone, Default)]
pub struct Faults {
    faults: Vec<Fault>,
    sources: BTreeMap<String, Arc<str>>,
}

/// How faults are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// For a terminal.
    Colour,
    /// The same drawing without colours: logs, files, `NO_COLOR`.
    Plain,
    /// Sentences only, for screen readers.
    Narrated,
}

impl Style {
    /// The style that suits the standard error stream and the reader's environment.
    #[must_use]
    pub fn of_stderr() -> Style {
        use std::io::IsTerminal;
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty() && value != "0");
        if set("NO_GRAPHICS") {
            Style::Narrated
        } else if set("NO_COLOR") || !std::io::stderr().is_terminal() {
            Style::Plain
        } else {
            Style::Colour
        }
    }
}

impl Faults {
    #[must_use]
    pub fn new() -> Faults {
        Faults::default()
    }

    /// Keeps a file's text, so that faults can show its lines.
    pub fn add_source(&mut self, file: &str, text: &str) {
        self.sources.insert(file.to_owned(), Arc::from(text));
    }

    pub fn push(&mut self, fault: Fault) {
        self.faults.push(fault);
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.faults.is_empty()
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.faults.len()
    }

    /// Whether this file has a fault already.
    #[must_use]
    pub fn any_in(&self, file: &str) -> bool {
        self.faults.iter().any(|fault| fault.file == file)
    }

    /// The faults by file and place, each once.
    #[must_use]
    pub fn sorted(&self) -> Vec<&Fault> {
        let mut faults: Vec<&Fault> = self.faults.iter().collect();
        faults.sort();
        faults.dedup();
        faults
    }

    /// `value` when nothing is wrong.
    ///
    /// # Errors
    ///
    /// Returns the faults themselves when there are any.
    pub fn or<T>(self, value: T) -> Result<T, Faults> {
        if self.is_empty() { Ok(value) } else { Err(self) }
    }

    /// The line of a place, from 1; 1 when the file is not kept.
    #[must_use]
    pub fn line(&self, file: &str, at: usize) -> usize {
        let before = self.sources.get(file).and_then(|text| text.get(..at)).unwrap_or_default();
        1 + before.bytes().filter(|byte| *byte == b'\n').count()
    }

    /// Takes in the faults of another reading.
    pub fn extend(&mut self, other: Faults) {
        self.faults.extend(other.faults);
        self.sources.extend(other.sources);
    }

    /// All of them drawn as warnings: nothing is wrong, but someone should look.
    #[must_use]
    pub fn render_warnings(&self, style: Style) -> String {
        self.draw(style, Some(miette::Severity::Warning), "warning")
    }

    /// All faults, drawn one after the other, and a closing count.
    #[must_use]
    pub fn render(&self, style: Style) -> String {
        self.draw(style, None, "fault")
    }

    fn draw(&self, style: Style, severity: Option<miette::Severity>, word: &str) -> String {
        let mut out = String::new();
        let faults = self.sorted();
        for fault in &faults {
            // Writing to a string cannot fail.
            let _ = fmt::write(&mut out, format_args!("{}", Drawn { fault, faults: self, style, severity }));
            out.push('\n');
        }
        let files = faults.iter().map(|fault| &fault.file).collect::<std::collections::BTreeSet<_>>().len();
        out.push_str(&closing(faults.len(), word, files));
        out.push('\n');
        out
    }
}

fn closing(faults: usize, word: &str, files: usize) -> String {
    let plural = |n: usize, word: &str| if n == 1 { format!("{n} {word}") } else { format!("{n} {word}s") };
    format!("{} in {}", plural(faults, word), plural(files, "file"))
}

/// One fault on its way to the reader.
struct Drawn<'a> {
    fault: &'a Fault,
    faults: &'a Faults,
    style: Style,
    severity: Option<miette::Severity>,
}

impl fmt::Display for Drawn<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let diagnostic = Shown { severity: self.severity, ..Shown::new(self.fault, self.faults) };
        let graphical = |theme| {
            GraphicalReportHandler::new_themed(theme).with_width(110).with_context_lines(1).without_cause_chain()
        };
        match self.style {
            Style::Colour => graphical(GraphicalTheme::unicode()).debug(&diagnostic, f),
            Style::Plain => graphical(GraphicalTheme::unicode_nocolor()).with_links(false).debug(&diagnostic, f),
            Style::Narrated => NarratableReportHandler::new().with_context_lines(1).debug(&diagnostic, f),
        }
    }
}

/// A fault as miette wants it.
#[derive(Debug)]
struct Shown {
    fault: Fault,
    source: NamedSource<Arc<str>>,
    severity: Option<miette::Severity>,
}

impl Shown {
    fn new(fault: &Fault, faults: &Faults) -> Shown {
        let text = faults.sources.get(&fault.file).cloned().unwrap_or_else(|| Arc::from(""));
        Shown { fault: fault.clone(), source: NamedSource::new(&fault.file, text), severity: None }
    }

    /// Miette wants a span inside the text and on whole characters; a long span is cut at the end of its first line.
    fn span(&self) -> Range<usize> {
        let text = self.source.inner();
        let mut start = self.fault.span.0.min(text.len());
        while !text.is_char_boundary(start) {
            start -= 1;
        }
        let line_end = text[start..].find('\n').map_or(text.len(), |n| start + n);
        let mut end = self.fault.span.1.clamp(start, line_end);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        start..end
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.fault.message)
    }
}

impl std::error::Error for Shown {}

impl miette::Diagnostic for Shown {
    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.fault.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn severity(&self) -> Option<miette::Severity> {
        self.severity
    }

    fn source_code(&self) -> Option<&dyn miette::SourceCode> {
        Some(&self.source)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let label = LabeledSpan::new_with_span(Some(self.fault.label.clone()), self.span());
        Some(Box::new(std::iter::once(label)))
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(Style::Plain))
    }
}

impl std::error::Error for Faults {}

#[cfg(test)]
mod tests {
    use super::*;

    fn two_faults() -> Faults {
        let mut faults = Faults::new();
        faults.add_source("b.toml", "søt = 1\nsur = 2\n");
        faults.push(Fault::new("b.toml", 9..12, "unknown key `sur`", "not known here").help("did you mean `søt`?"));
        faults.push(Fault::new("b.toml", 0..4, "wrong", "here"));
        faults.push(Fault::new("b.toml", 0..4, "wrong", "here"));
        faults
    }

    #[test]
    fn faults_come_in_order_and_once() {
        let messages: Vec<String> = two_faults().sorted().iter().map(|fault| fault.message.clone()).collect();
        assert_eq!(messages, ["wrong", "unknown key `sur`"]);
    }

    #[test]
    fn place_line_and_suggestion_are_drawn() {
        let drawn = two_faults().render(Style::Plain);
        for part in ["b.toml:2:1", "sur = 2", "not known here", "did you mean `søt`?", "2 faults in 1 file"] {
            assert!(drawn.contains(part), "{part} is not in\n{drawn}");
        }
        assert!(two_faults().render(Style::Narrated).contains("not known here"));
    }

    #[test]
    fn a_span_outside_its_file_is_drawn_all_the_same() {
        let mut faults = Faults::new();
        faults.add_source("a", "é");
        faults.push(Fault::new("a", 1..99, "beyond", "here"));
        faults.push(Fault::new("missing", 3..4, "no such text", "here"));
        assert!(faults.render(Style::Plain).contains("beyond"));
    }
}
