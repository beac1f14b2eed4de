//! Faults in files that people write (rule sets, `practice.toml`): gathered, ordered, shown with the source underlined.

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode,
    SourceSpan, SpanContents,
};
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// A text file as it was read: its name as the user knows it, and what stands in it.
#[derive(Debug, PartialEq, Eq)]
pub struct SourceFile {
    pub name: String,
    pub text: String,
}

impl SourceFile {
    #[must_use]
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Arc<SourceFile> {
        Arc::new(SourceFile { name: name.into(), text: text.into() })
    }

    /// Line and column (both from 1, columns in characters) of a byte of the text.
    #[must_use]
    pub fn position(&self, byte: usize) -> (usize, usize) {
        let before = &self.text.as_bytes()[..byte.min(self.text.len())];
        let line = before.iter().filter(|b| **b == b'\n').count() + 1;
        let start = before.iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
        (line, String::from_utf8_lossy(&before[start..]).chars().count() + 1)
    }
}

/// One fault: where it stands, what is wrong, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The file; its text may be empty when the file as a whole is at fault (it cannot be read, say).
    pub file: Arc<SourceFile>,
    /// Bytes of the file's text to underline.
    pub span: Option<Range<usize>>,
    /// What is wrong, one sentence without a full stop.
    pub message: String,
    /// A few words under the underlined text.
    pub label: Option<String>,
    /// What to do.
    pub help: Option<String>,
}

impl Fault {
    #[must_use]
    pub fn at(file: &Arc<SourceFile>, span: Range<usize>, message: impl Into<String>) -> Fault {
        Fault { file: Arc::clone(file), span: Some(span), message: message.into(), label: None, help: None }
    }

    /// A fault of a whole file, with nothing to underline.
    #[must_use]
    pub fn of_file(file: &Arc<SourceFile>, message: impl Into<String>) -> Fault {
        Fault { file: Arc::clone(file), span: None, message: message.into(), label: None, help: None }
    }

    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Fault {
        self.label = Some(label.into());
        self
    }

    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Fault {
        self.help = Some(help.into());
        self
    }

    /// Adds «did you mean» when one of `known` is near enough to `found`.
    #[must_use]
    pub fn suggest<'a>(self, found: &str, known: impl IntoIterator<Item = &'a str>) -> Fault {
        match nearest(found, known) {
            Some(near) => self.help(format!("did you mean `{near}`?")),
            None => self,
        }
    }

    /// Line and column of the underlined text, from 1.
    #[must_use]
    pub fn position(&self) -> Option<(usize, usize)> {
        self.span.as_ref().map(|span| self.file.position(span.start))
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Fault {}

impl Diagnostic for Fault {
    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(self)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let span = self.span.clone()?;
        Some(Box::new(std::iter::once(LabeledSpan::new(self.label.clone(), span.start, span.len()))))
    }
}

/// Gives miette the text together with the file's name.
impl SourceCode for Fault {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let inner = self.file.text.as_str().read_span(span, before, after)?;
        Ok(Box::new(MietteSpanContents::new_named(
            self.file.name.clone(),
            inner.data(),
            *inner.span(),
            inner.line(),
            inner.column(),
            inner.line_count(),
        )))
    }
}

/// All faults found, in the order of their files and places.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Faults(Vec<Fault>);

impl Faults {
    #[must_use]
    pub fn new() -> Faults {
        Faults::default()
    }

    pub fn push(&mut self, fault: Fault) {
        self.0.push(fault);
    }

    pub fn extend(&mut self, faults: Faults) {
        self.0.extend(faults.0);
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn iter(&self) -> impl Iterator<Item = &Fault> {
        self.0.iter()
    }

    /// `value` when nothing is wrong, else all the faults.
    ///
    /// # Errors
    /// The faults, sorted by file, place and message, each only once.
    pub fn or<T>(mut self, value: T) -> Result<T, Faults> {
        if self.is_empty() {
            return Ok(value);
        }
        self.sort();
        Err(self)
    }

    /// Sorts by file, place and message, so that the same files always give the same report.
    pub fn sort(&mut self) {
        self.0.sort_by(|a, b| {
            let key = |fault: &Fault| fault.span.as_ref().map(|span| (span.start, span.end));
            (&a.file.name, key(a), &a.message).cmp(&(&b.file.name, key(b), &b.message))
        });
        self.0.dedup();
    }

    /// Every fault with its source underlined; `color` for a terminal.
    #[must_use]
    pub fn render(&self, color: bool) -> String {
        let theme = if color { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
        let handler = GraphicalReportHandler::new_themed(theme).with_links(false).with_width(110);
        let mut out = String::new();
        for fault in &self.0 {
            let at = out.len();
            // Writing to a string cannot fail; what miette cannot draw is still told in words.
            if handler.render_report(&mut out, fault).is_err() {
                out.truncate(at);
                out.push_str(&fault.message);
                out.push('\n');
            }
            if fault.span.is_none() {
                out.push_str(&format!("   in {}\n", fault.file.name));
            }
            out.push('\n');
        }
        out
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}

impl std::error::Error for Faults {}

impl IntoIterator for Faults {
    type Item = Fault;
    type IntoIter = std::vec::IntoIter<Fault>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl FromIterator<Fault> for Faults {
    fn from_iter<I: IntoIterator<Item = Fault>>(iter: I) -> Faults {
        Faults(iter.into_iter().collect())
    }
}

/// The known word nearest to what was written, when it is near enough to be a slip.
#[must_use]
pub fn nearest<'a>(found: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let plain = |text: &str| text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect::<Vec<_>>();
    let wanted = plain(found);
    let limit = (wanted.len() / 3).max(1);
    known
        .into_iter()
        .map(|word| (distance(&wanted, &plain(word)), word))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, word)| word)
}

/// Letters to add, drop, change or swap with the next one to turn `a` into `b`.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    rows[0] = (0..=b.len()).collect();
    for i in 1..=a.len() {
        rows[i][0] = i;
        for j in 1..=b.len() {
            let change = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = change.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            rows[i][j] = least;
        }
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_are_shown_in_order_with_their_place() {
        let file = SourceFile::new("model.toml", "id = \"a\"\nwithn = \"3 days\"\n");
        let mut faults = Faults::new();
        faults.push(Fault::at(&file, 17..25, "a second fault"));
        faults.push(Fault::at(&file, 9..14, "unknown key `withn`").label("not known here").suggest("withn", ["within"]));
        let shown = faults.or(()).unwrap_err().render(false);
        let (first, second) = (shown.find("unknown key").unwrap(), shown.find("a second").unwrap());
        assert!(first < second && shown.contains("model.toml:2:1") && shown.contains("did you mean `within`?"), "{shown}");
        assert!(shown.contains("not known here") && shown.contains("──"), "{shown}");
    }

    #[test]
    fn a_fault_at_the_end_or_of_a_whole_file_is_shown_too() {
        let file = SourceFile::new("p.toml", "");
        let faults: Faults =
            [Fault::at(&file, 0..0, "nothing stands here"), Fault::of_file(&file, "cannot be read")].into_iter().collect();
        let shown = faults.to_string();
        assert!(shown.contains("nothing stands here") && shown.contains("in p.toml"), "{shown}");
        assert_eq!(SourceFile::new("x", "æø\nå=1").position(6), (2, 2));
    }

    #[test]
    fn slips_are_suggested_and_strangers_are_not() {
        let known = ["patient_id", "birth_date", "sex"];
        assert_eq!(nearest("patientid", known), Some("patient_id"));
        assert_eq!(nearest("brith_date", known), Some("birth_date"));
        assert_eq!(nearest("colour", known), None);
    }
}
