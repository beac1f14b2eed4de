//! The workbook's few formats.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use crate::clinical::Language;

pub(super) struct Styles {
    pub title: Format,
    pub heading: Format,
    pub header: Format,
    pub text: Format,
    pub strong: Format,
    pub number: Format,
    pub date: Format,
    pub notice: Format,
    pub plain: Format,
    /// By band level: none, low, moderate, high, very high.
    pub bands: [Format; 5],
    pub input: Format,
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
        Styles {
            title: Format::new().set_bold().set_font_size(18),
            heading: Format::new().set_bold().set_font_size(13).set_font_color(Color::RGB(0x000B_5C61)),
            header: Format::new()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::VerticalCenter)
                .set_background_color(Color::RGB(0x000B_5C61))
                .set_font_color(Color::White),
            strong: cell.clone().set_bold().set_align(FormatAlign::Left),
            number: cell.clone().set_align(FormatAlign::Right),
            date: cell.clone().set_num_format(day).set_align(FormatAlign::Left),
            notice: plain.clone().set_background_color(Color::RGB(0x00EE_F4F3)),
            bands: [
                cell.clone(),
                cell.clone(),
                band(0x00FD_F0C4, 0x005C_4600),
                band(0x00FD_DFC3, 0x006F_2F00),
                band(0x00F8_D2D2, 0x0074_121A),
            ],
            input: cell
                .clone()
                .set_background_color(Color::RGB(0x00FF_FDF2))
                .set_border(FormatBorder::Thin)
                .set_border_color(line),
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
