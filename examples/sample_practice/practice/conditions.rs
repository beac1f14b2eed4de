//! Lasting conditions: how common, treated with what, followed how. Figures are round guesses of a Norwegian list.

/// Ages where prevalence changes: up to 17, 39, 54, 66, 79, and above.
const LAST_AGES: [i32; 5] = [17, 39, 54, 66, 79];

/// The blood tests a condition is followed with.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Panel {
    None,
    Diabetes,
    Heart,
    Thyroid,
    Blood,
    /// What antipsychotics and lithium ask for.
    Mind,
}

/// Who may have it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Who {
    Anyone,
    Women,
    Men,
}

/// A lasting condition.
pub struct Condition {
    pub icpc2: &'static str,
    /// As the hospital writes it in a discharge letter.
    pub icd10: &'static str,
    pub who: Who,
    /// Of a thousand persons, by age band.
    prevalence: [u32; 6],
    /// Contacts a year because of it, in tenths.
    pub visits: u32,
    /// How much it weighs on the body, 0 to 4; drives admissions and need of help.
    pub burden: u32,
    pub panel: Panel,
    /// Regular medicines and how many in a hundred take them.
    pub medicines: &'static [(&'static str, u32)],
}

impl Condition {
    pub fn per_mille(&self, age: i32) -> u32 {
        self.prevalence[LAST_AGES.iter().take_while(|last| age > **last).count()]
    }
}

const fn new(icpc2: &'static str, icd10: &'static str, prevalence: [u32; 6]) -> Condition {
    Condition { icpc2, icd10, who: Who::Anyone, prevalence, visits: 8, burden: 1, panel: Panel::None, medicines: &[] }
}

impl Condition {
    const fn of(mut self, who: Who) -> Condition {
        self.who = who;
        self
    }

    const fn weighs(mut self, burden: u32, visits: u32) -> Condition {
        (self.burden, self.visits) = (burden, visits);
        self
    }

    const fn panel(mut self, panel: Panel) -> Condition {
        self.panel = panel;
        self
    }

    const fn treated(mut self, medicines: &'static [(&'static str, u32)]) -> Condition {
        self.medicines = medicines;
        self
    }
}

use Panel::{Blood, Diabetes, Heart, Mind, Thyroid};
use Who::{Men, Women};

pub static CONDITIONS: &[Condition] = &[
    new("K86", "I10", [0, 15, 110, 270, 450, 500]).panel(Heart).treated(&[
        ("C08CA01", 40),
        ("C09CA06", 45),
        ("C09AA05", 20),
        ("C03AA03", 15),
    ]),
    new("T90", "E119", [0, 5, 40, 90, 150, 150]).weighs(1, 20).panel(Diabetes).treated(&[
        ("A10BA02", 70),
        ("A10BK03", 30),
        ("A10BJ06", 20),
        ("A10AE04", 18),
        ("C10AA05", 50),
    ]),
    new("T89", "E109", [2, 5, 6, 5, 4, 3]).weighs(1, 15).panel(Diabetes).treated(&[("A10AE04", 95), ("A10AB05", 95)]),
    new("K74", "I209", [0, 0, 8, 40, 110, 150]).panel(Heart).treated(&[
        ("B01AC06", 80),
        ("C10AA05", 80),
        ("C07AB02", 60),
        ("C01DA14", 25),
    ]),
    new("K75", "I252", [0, 0, 6, 30, 70, 90]).panel(Heart).treated(&[
        ("B01AC06", 85),
        ("C10AA05", 85),
        ("C07AB02", 70),
    ]),
    new("K77", "I509", [0, 0, 3, 12, 50, 140]).weighs(4, 35).panel(Heart).treated(&[
        ("C03CA01", 75),
        ("C07AB02", 70),
        ("C09CA06", 40),
        ("C03DA01", 30),
        ("C09DX04", 15),
    ]),
    new("K78", "I489", [0, 1, 6, 30, 110, 220]).weighs(2, 15).panel(Heart).treated(&[
        ("B01AF02", 60),
        ("B01AF01", 20),
        ("B01AA03", 8),
        ("C07AB02", 60),
    ]),
    new("K90", "I639", [0, 1, 5, 20, 55, 100]).weighs(3, 12).treated(&[("B01AC04", 50), ("C10AA05", 70)]),
    new("K92", "I739", [0, 0, 3, 12, 35, 50]).treated(&[("B01AC06", 70), ("C10AA05", 70)]),
    new("K83", "I350", [0, 0, 2, 8, 30, 60]),
    new("K87", "I119", [0, 0, 3, 8, 20, 30]).panel(Heart).treated(&[("C09CA06", 60), ("C08CA01", 50)]),
    new("R95", "J449", [0, 0, 12, 55, 100, 90]).weighs(3, 20).treated(&[
        ("R03AL06", 35),
        ("R03BB04", 30),
        ("R03AK07", 30),
    ]),
    new("R96", "J459", [60, 50, 45, 50, 55, 45]).treated(&[("R03AK07", 40), ("R03BA02", 25)]),
    new("U891", "N183", [0, 1, 4, 15, 70, 170]).weighs(2, 10).panel(Heart),
    new("T86", "E039", [1, 15, 40, 60, 80, 90]).panel(Thyroid).treated(&[("H03AA01", 95)]),
    new("T93", "E780", [0, 5, 70, 200, 260, 200]).weighs(0, 4).treated(&[("C10AA05", 65)]),
    new("L89", "M169", [0, 0, 8, 40, 90, 110]).treated(&[("N02BE01", 30)]),
    new("L90", "M179", [0, 3, 25, 80, 140, 160]).treated(&[("N02BE01", 35)]),
    new("L95", "M819", [0, 0, 4, 30, 110, 180]).of(Women).treated(&[("M05BA04", 45), ("A12AX", 50)]),
    new("L88", "M069", [0, 4, 9, 14, 18, 15]).weighs(2, 15).panel(Blood).treated(&[("L04AX03", 60), ("H02AB06", 25)]),
    new("L86", "M545", [1, 15, 40, 45, 45, 40]).weighs(0, 20).treated(&[("N02AJ06", 12)]),
    new("D84", "K219", [2, 15, 40, 60, 70, 70]).weighs(0, 4).treated(&[("A02BC02", 70)]),
    new("D94", "K519", [1, 8, 9, 8, 7, 5]).panel(Blood).treated(&[("A07EC02", 70)]),
    new("P76", "F329", [3, 45, 60, 50, 40, 45]).weighs(1, 25).treated(&[("N06AB10", 45), ("N06AX11", 15)]),
    new("P74", "F419", [5, 35, 35, 25, 20, 20]).weighs(1, 20).treated(&[("N06AB10", 30), ("N05BA04", 8)]),
    new("P82", "F431", [2, 10, 10, 6, 2, 1]).weighs(1, 20),
    new("P72", "F209", [0, 5, 7, 7, 4, 3]).weighs(2, 20).panel(Mind).treated(&[
        ("N05AH03", 50),
        ("N05AX12", 25),
        ("N05AH02", 12),
    ]),
    new("P73", "F319", [0, 5, 7, 6, 4, 2]).weighs(2, 18).panel(Mind).treated(&[("N05AN01", 35), ("N05AH04", 40)]),
    new("P15", "F102", [0, 6, 14, 14, 8, 3]).weighs(3, 15).treated(&[("N07BB03", 15)]),
    new("P19", "F112", [0, 9, 8, 3, 0, 0]).weighs(3, 30).treated(&[("N07BC01", 40), ("N07BC02", 20)]),
    new("P06", "G470", [1, 15, 40, 55, 80, 110]).weighs(0, 8).treated(&[("N05CF01", 40), ("N05CH01", 20)]),
    new("P70", "F009", [0, 0, 1, 4, 40, 190]).weighs(4, 12).treated(&[("N06DA02", 25)]),
    new("P85", "F709", [4, 4, 4, 3, 2, 0]).weighs(2, 12),
    new("P81", "F900", [45, 18, 5, 0, 0, 0]).weighs(0, 12).treated(&[("N06BA04", 70)]),
    new("N88", "G409", [5, 6, 7, 8, 10, 12]).weighs(1, 8).treated(&[("N03AX14", 60), ("N03AX09", 35)]),
    new("N87", "G20", [0, 0, 1, 3, 14, 20]).weighs(3, 15).treated(&[("N04BA02", 90)]),
    new("N86", "G359", [0, 3, 5, 5, 3, 1]).weighs(2, 10),
    new("N89", "G439", [25, 70, 60, 30, 10, 4]).weighs(0, 6),
    new("D75", "C189", [0, 0, 2, 8, 18, 24]).weighs(3, 12).panel(Blood),
    new("R84", "C349", [0, 0, 1, 5, 9, 6]).weighs(4, 20).panel(Blood),
    new("X76", "C509", [0, 1, 10, 22, 32, 28]).of(Women).weighs(2, 8).panel(Blood).treated(&[("L02BG04", 30)]),
    new("Y77", "C61", [0, 0, 2, 25, 70, 80]).of(Men).weighs(2, 10).panel(Blood),
    new("Y85", "N40", [0, 0, 10, 60, 150, 200]).of(Men).weighs(0, 6).treated(&[("G04CA02", 45)]),
    new("U04", "R32", [1, 4, 20, 35, 60, 130]).treated(&[("G04BD07", 20)]),
    new("F92", "H259", [0, 0, 4, 30, 140, 240]).weighs(0, 3),
    new("F93", "H409", [0, 0, 5, 15, 40, 60]).weighs(0, 2).treated(&[("S01ED51", 70)]),
    new("F84", "H353", [0, 0, 0, 8, 40, 110]).weighs(0, 2),
    new("H84", "H911", [0, 1, 5, 25, 90, 230]).weighs(0, 2),
    new("S97", "L97", [0, 0, 1, 4, 12, 35]).weighs(2, 40),
    new("L75", "S720", [0, 0, 0, 3, 12, 50]).weighs(2, 6),
    new("B80", "D509", [2, 15, 20, 15, 35, 70]).weighs(1, 10).panel(Blood).treated(&[("B03AA07", 50)]),
    new("S87", "L209", [50, 25, 15, 12, 12, 10]).weighs(0, 6).treated(&[("D07AC13", 60)]),
    new("R97", "J304", [60, 80, 60, 40, 20, 10]).weighs(0, 4).treated(&[("R06AE07", 40), ("R01AD09", 40)]),
    new("T82", "E669", [4, 20, 35, 35, 25, 8]).weighs(1, 8),
    new("A90", "Q909", [2, 1, 1, 0, 0, 0]).weighs(2, 10).panel(Thyroid),
];
