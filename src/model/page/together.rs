//! Time on the list, and facts that stand together, in words.

use super::inputs::Speaker;
use super::words;
use crate::model::ruleset::{InputId, Missing};

impl Speaker<'_> {
    pub(super) fn on_list(&self, days: u32, shorter: Missing) -> String {
        let words = ["på listen i minst {} dager", "på lista i minst {} dagar", "on the list for at least {} days"];
        let mut out = self.fill(words, &[&days.to_string()]);
        if shorter != Missing::No {
            let words = [" (kortere: {})", " (kortare: {})", " (shorter: {})"];
            out.push_str(&self.fill(words, &[self.say(words::missing(shorter))]));
        }
        out
    }

    pub(super) fn together(&self, of: &[InputId], days: u32, after: u32) -> String {
        let mut out = match after {
            0 => self.say(["samme dag", "same dag", "on the same day"]).to_owned(),
            _ => {
                let words = [
                    "samtidig, eller høyst {} dager etter den første",
                    "samstundes, eller høgst {} dagar etter den første",
                    "together, or at most {} days after the first",
                ];
                self.fill(words, &[&after.to_string()])
            }
        };
        out.push_str(&self.days(days, 1));
        format!("{out}: {}", self.parts(of))
    }
}
