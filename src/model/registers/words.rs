//! Why a code cannot occur in Norway, in the reader's language.

use super::Why;
use crate::clinical::Language;

/// Half a sentence that follows the code.
#[must_use]
pub fn why(why: &Why, language: Language) -> String {
    let say = |words: [&str; 3]| match language {
        Language::Nb => words[0].to_owned(),
        Language::Nn => words[1].to_owned(),
        Language::En => words[2].to_owned(),
    };
    let (first, instead) = match why {
        Why::OnlyInternational(instead) => (
            say([
                "står i WHOs liste, ikke i den norske av 2026: kan aldri slå ut på norske data",
                "står i lista til WHO, ikkje i den norske av 2026: kan aldri slå ut på norske data",
                "is in the WHO list, not in the Norwegian of 2026: can never fire on Norwegian data",
            ]),
            instead,
        ),
        Why::Nowhere(instead) => (
            say([
                "står verken i WHOs liste eller i den norske av 2026: kan aldri slå ut på norske data",
                "står verken i lista til WHO eller i den norske av 2026: kan aldri slå ut på norske data",
                "is neither in the WHO list nor in the Norwegian of 2026: can never fire on Norwegian data",
            ]),
            instead,
        ),
        Why::NothingFiner(shorter) => {
            let words = say([
                "er finere enn den norske listen av 2026, som har {} og ingenting under den: kan aldri slå ut på norske data",
                "er finare enn den norske lista av 2026, som har {} og ingenting under den: kan aldri slå ut på norske data",
                "is finer than the Norwegian list of 2026, which has {} and nothing below it: can never fire on Norwegian data",
            ]);
            (words.replace("{}", shorter), &None)
        }
        Why::NotInNorway => (
            say([
                "står ikke i den norske listen av 2026: kan aldri slå ut på norske data",
                "står ikkje i den norske lista av 2026: kan aldri slå ut på norske data",
                "is not in the Norwegian list of 2026: can never fire on Norwegian data",
            ]),
            &None,
        ),
        Why::Process => (
            say([
                "er en prosesskode i ICPC-2; tidlig har ingen liste over dem",
                "er ein prosesskode i ICPC-2; tidlig har inga liste over dei",
                "is a process code of ICPC-2; tidlig has no list of them",
            ]),
            &None,
        ),
        Why::NoMainGroup => (
            say([
                "hører til ingen hovedgruppe i ATC",
                "høyrer til inga hovudgruppe i ATC",
                "belongs to no main group of ATC",
            ]),
            &None,
        ),
        Why::OtherLaboratoryCode => (
            say([
                "står ikke i tidligs korte liste over laboratoriekoder: se etter i Norsk laboratoriekodeverk",
                "står ikkje i den korte lista til tidlig over laboratoriekodar: sjå etter i Norsk laboratoriekodeverk",
                "is not in tidlig's short list of laboratory codes: look it up in Norsk laboratoriekodeverk",
            ]),
            &None,
        ),
    };
    match instead {
        Some(text) => format!("{first}; {}", text.get(language)),
        None => first,
    }
}
