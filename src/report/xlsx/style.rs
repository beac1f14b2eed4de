//! The workbook's few formats.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

use crate::clinical::Language;
use crate::report::purpose;
use crate::report::view::View;
use crate::report::words;

/// ISO A4.
const A4: u8 = 9;

pub(super) struct Styles {
    pub title: Format,
    pub heading: Format,
    pub header: Format,
    /// Above the fields she fills in.
    pub header_input: Format,
    pub text: Format,
    pub strong: Format,
    pub number: Format,
    pub date: Format,
    pub notice: Format,
    pub plain: Format,
    /// By band level: none, low, moderate, high, very high.
    pub bands: [Format; 5],
    pub input: Format,
    pub input_date: Format,
}

impl Styles {
    pub fn new(language: Language) -> Styles {
        let day = if language == Language::En { "d mmm yyyy" } else { "dd.mm.yyyy" };
        let plain = Format::new().set_align(FormatAlign::Top).set_text_wrap();
        let line = Color::RGB(0x00DC_D8CF);
        let cell = plain.clone().set_border_bottom(FormatBorder::Thin).set_border_color(line);
        let band = |fill: u32, ink: u32| {
            cell.clone().set_background_color(Color::RGB(fill)).set_font_color(Color::RGB(ink)).set_bold()
        };
        let header = Format::new()
            .set_bold()
            .set_text_wrap()
            .set_align(FormatAlign::VerticalCenter)
            .set_background_color(Color::RGB(0x000B_5C61))
            .set_font_color(Color::White);
        let input = cell
            .clone()
            .set_background_color(Color::RGB(0x00FF_FDF2))
            .set_border(FormatBorder::Thin)
            .set_border_color(line);
        Styles {
            title: Format::new().set_bold().set_font_size(18),
            heading: Format::new().set_bold().set_font_size(13).set_font_color(Color::RGB(0x000B_5C61)),
            header_input: header.clone().set_background_color(Color::RGB(0x006F_4E00)),
            header,
            strong: cell.clone().set_bold().set_align(FormatAlign::Left),
            number: cell.clone().set_align(FormatAlign::Left),
            date: cell.clone().set_num_format(day).set_align(FormatAlign::Left),
            notice: plain.clone().set_background_color(Color::RGB(0x00EE_F4F3)),
            bands: [
                cell.clone(),
                cell.clone(),
                band(0x00FD_F0C4, 0x005C_4600),
                band(0x00FD_DFC3, 0x006F_2F00),
                band(0x00F8_D2D2, 0x0074_121A),
            ],
            input_date: input.clone().set_num_format(day).set_align(FormatAlign::Left),
            input,
            text: cell,
            plain,
        }
    }

    pub fn band(&self, level: u8) -> &Format {
        &self.bands[usize::from(level).min(4)]
    }
}

/// How many lines a text takes in a column of that width. Not every spreadsheet finds a row's height by itself.
pub(super) fn lines_needed(text: &str, width: f64) -> usize {
    // A column's width counts digits; words break early, so a line holds about so many letters as it is wide.
    let room = (width as usize).max(1);
    text.split('\n').map(|line| line.chars().count().div_ceil(room).max(1)).sum()
}

/// The height in points of a row of so many lines.
pub(super) fn height(lines: usize) -> u32 {
    15 * u32::try_from(lines.clamp(1, 26)).unwrap_or(26) + 4
}

/// A4 across, one sheet wide, with the purpose in short at the foot of every page.
pub(super) fn paper(sheet: &mut Worksheet, view: &View) -> Result<(), XlsxError> {
    sheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_margins(0.4, 0.4, 0.5, 0.75, 0.3, 0.25);
    let (title, practice) = (plain(&view.front.title), plain(&view.front.practice));
    sheet.set_header(format!("&L{title}&R{practice}"));
    // A footer holds at most 255 signs.
    let short: String = plain(purpose::short(view.language)).chars().take(120).collect();
    let short = short.rsplit_once(". ").map_or(short.as_str(), |(whole, _)| whole);
    sheet.set_footer(format!("&L{}\n{short}.&R&P / &N", plain(words::CONFIDENTIAL.get(view.language))));
    Ok(())
}

/// An ampersand begins a command in headers and footers.
fn plain(text: &str) -> String {
    text.replace('&', "&&")
}
