//! Names of nobody: common first names, and surnames that are compounds of plants and places which nobody bears.

use crate::clinical::Sex;

const WOMEN: &str = "Anne Inger Kari Marit Ingrid Liv Eva Berit Astrid Bjørg Hilde Solveig Randi Åse Nina Elisabeth Kristin \
    Gerd Ragnhild Tone Heidi Ida Nora Emma Sunniva Maja Åshild Guro Synnøve Zahra Amina Oksana";
const MEN: &str = "Jan Per Bjørn Ole Lars Kjell Knut Arne Svein Thomas Hans Geir Tor Morten Terje Odd Erik Martin Andreas \
    Jon Øyvind Håkon Åge Sæbjørn Jakob Emil Noah Sindre Tormod Mohammed Yusuf Piotr";
const PLANTS: &str = "Blåbær Tyttebær Bringebær Multe Krekling Bjørnebær Stikkelsbær Rips Solbær Einer Lyng Kløver Røsslyng \
    Blåklokke Hvitveis Løvetann";
const PLACES: &str = "dal haug lien vik nes moen åsen tangen øya sæter bråten fjellet";

/// The lists, split once.
pub(super) struct Names {
    women: Vec<&'static str>,
    men: Vec<&'static str>,
    plants: Vec<&'static str>,
    places: Vec<&'static str>,
}

impl Names {
    pub fn new() -> Names {
        let [women, men, plants, places] =
            [WOMEN, MEN, PLANTS, PLACES].map(|list| list.split_whitespace().collect::<Vec<_>>());
        Names { women, men, plants, places }
    }

    /// Writes `surname, first name`, by a number that was stirred.
    pub fn write(&self, out: &mut String, sex: Sex, stirred: u64) {
        let of = |list: &[&'static str], from: u32| list[(stirred >> from) as usize % list.len()];
        out.push_str(of(&self.plants, 0));
        out.push_str(of(&self.places, 12));
        out.push_str(", ");
        out.push_str(of(if sex == Sex::Female { &self.women } else { &self.men }, 24));
    }
}
