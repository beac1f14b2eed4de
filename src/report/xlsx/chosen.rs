//! What the drop-downs offer, on a hidden sheet: texts with commas do not fit into a list inside a cell's rule.

use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, Formula, Worksheet, XlsxError};

use super::super::row::RowView;
use crate::report::view::View;
use crate::report::words::{Word, word};
use crate::store::{Choice, DecisionKind};

const SHEET: &str = "tidlig";
const OTHER: Word = word(
    "Ikke et av valgene. Er det meningen?",
    "Ikkje eit av vala. Er det meininga?",
    "Not one of the choices. Is that meant?",
);

/// The columns of the hidden sheet, from A on.
pub(super) struct Choices {
    decisions: Vec<String>,
    people: Vec<String>,
    tasks: Vec<String>,
    /// Every row's lines below each other.
    lines: Vec<String>,
    other: &'static str,
}

impl Choices {
    pub fn of(view: &View) -> Choices {
        let decisions = Choice::ALL.into_iter().filter(|choice| choice.kind != DecisionKind::AddedByHand);
        Choices {
            decisions: decisions.map(|choice| choice.label(view.language).to_owned()).collect(),
            people: view.people.clone(),
            tasks: view.tasks.iter().map(|(_, label)| label.clone()).collect(),
            lines: Vec::new(),
            other: OTHER.get(view.language),
        }
    }

    pub fn decision(&self) -> Result<Option<DataValidation>, XlsxError> {
        self.offer('A', 0, self.decisions.len(), DataValidationErrorStyle::Stop)
    }

    /// Others than those of the resource table may own a task or follow someone up.
    pub fn who(&self) -> Result<Option<DataValidation>, XlsxError> {
        self.offer('B', 0, self.people.len(), DataValidationErrorStyle::Information)
    }

    pub fn task(&self) -> Result<Option<DataValidation>, XlsxError> {
        self.offer('C', 0, self.tasks.len(), DataValidationErrorStyle::Stop)
    }

    /// The lines of one person; each begins with its number.
    pub fn line(&mut self, person: &RowView) -> Result<Option<DataValidation>, XlsxError> {
        let from = self.lines.len();
        self.lines.extend(person.lines.iter().map(|(number, text)| format!("{number} {text}")));
        self.offer('D', from, self.lines.len() - from, DataValidationErrorStyle::Information)
    }

    fn offer(
        &self,
        column: char,
        from: usize,
        count: usize,
        otherwise: DataValidationErrorStyle,
    ) -> Result<Option<DataValidation>, XlsxError> {
        if count == 0 {
            return Ok(None);
        }
        let range = format!("={SHEET}!${column}${}:${column}${}", from + 1, from + count);
        let list = DataValidation::new().allow_list_formula(Formula::new(range)).set_error_style(otherwise);
        Ok(Some(list.set_error_message(self.other)?))
    }

    pub fn write(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        sheet.set_name(SHEET)?.set_very_hidden(true);
        for (column, texts) in (0_u16..).zip([&self.decisions, &self.people, &self.tasks, &self.lines]) {
            for (row, text) in (0_u32..).zip(texts) {
                sheet.write_string(row, column, text)?;
            }
        }
        Ok(())
    }
}
