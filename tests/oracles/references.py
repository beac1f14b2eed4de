"""The rule sets that a package on the Python package index knows: its answers, and where two packages differ.

Each function gives one number for each person; None outside the population. The packages get codes that were read already, so
that what is compared is the rule set and not the cleaning of codes (that has its own check in tests/published).
"""

import polars as pl
from comorbidipy import comorbidity, hfrs
from pycomorb import (
    CharlsonComorbidityIndex,
    CombinedComorbidityScore,
    ElixhauserComorbidityIndex,
    HospitalFrailtyRiskScore,
)

from people import Person

Answers = list[float | None]
# In the map of one package and not in that of the other; see `departs` of charlson-sweden-2021.
ONLY_ONE_HAS = (
    *("E106", "E108", "E109", "E118", "E119", "E129", "E139", "E149", "I739", "K709", "B23", "Z717", "Z114", "Z711"),
    # Codes that no edition of ICD-10 has, but near misses do.
    *("C27", "C28", "C29", "C35", "C36", "C89"),
)
MILD_LIVER = ("B15", "B16", "B17", "B18", "B19", "K703", "K709", "K73", "K746", "K754")


def all_sets(people: list[Person]) -> dict[str, Answers]:
    ever = [person.icd10() for person in people]
    two_years = [person.icd10(730) for person in people]
    ages = [person.age for person in people]
    old = [age >= 75 for age in ages]
    with_age = charlson(ever, ages, "quan", "charlson", "Charlson Age-Comorbidity Score")
    found = {
        "charlson-quan-1987": charlson(ever, ages, "quan", "charlson"),
        "charlson-quan-1987-age": with_age,
        "charlson-quan-2011": charlson(ever, ages, "quan", "quan"),
        "charlson-sweden-2021": charlson([without_lone_ascites(codes) for codes in ever], ages, "sweden", "charlson"),
        "elixhauser-vanwalraven": elixhauser(ever, "van_walraven"),
        "elixhauser-swiss": elixhauser(ever, "swiss"),
        "gagne": pycomorb(CombinedComorbidityScore, ever, "Combined Comorbidity Score"),
        "hfrs": only(old, pycomorb(HospitalFrailtyRiskScore, two_years, "HFRS Score")),
        "hfrs-norway": only(old, pycomorb(HospitalFrailtyRiskScore, [as_published(c) for c in two_years], "HFRS Score")),
    }
    second_opinions(found, ever, two_years, ages, old)
    return found


def differences(people: list[Person], found: dict[str, Answers]) -> list[tuple[str, str, str, int]]:
    """On how many people a reference, asked as it is, gives something else than what is followed; and why."""
    ever = [person.icd10() for person in people]
    two_years = [person.icd10(730) for person in people]
    ages = [person.age for person in people]
    old = [age >= 75 for age in ages]
    swedish = comorbidipy(ever, ages, score="charlson", variant="swedish", weighting="charlson")
    by_quan = comorbidipy(ever, ages, score="charlson", weighting="quan")
    by_gilbert = hfrs(frame(two_years), id_col="id", code_col="code")
    asked = [
        ("charlson-quan-2011", "comorbidipy", "HIV weighs 2 instead of 4", in_order(by_quan, "comorbidity_score")),
        ("charlson-sweden-2021", "pycomorb", "ascites (R18) alone", charlson(ever, ages, "sweden", "charlson")),
        ("charlson-sweden-2021", "comorbidipy", "see README.md", in_order(swedish, "comorbidity_score")),
        ("hfrs", "comorbidipy", "a condition for each of its codes", only(old, in_order(by_gilbert, "hfrs_score"))),
    ]
    return [(name, package, why, count_others(found[name], answer)) for name, package, why, answer in asked]


def count_others(followed: Answers, other: Answers) -> int:
    pairs = zip(followed, other, strict=True)
    return sum(a is not None and b is not None and abs(a - b) > 1e-9 for a, b in pairs)


def frame(codes: list[list[str]], ages: list[int] | None = None) -> pl.DataFrame:
    """One row for each code; a person without codes has one row with a code that no list has."""
    ids = [at for at, mine in enumerate(codes) for _ in mine or [""]]
    rows = {"id": ids, "code": [code for mine in codes for code in mine or ["ZZZ"]]}
    if ages:
        rows["age"] = [ages[at] for at in ids]
    return pl.DataFrame(rows)


def in_order(answer: pl.DataFrame, column: str) -> list[float]:
    return answer.sort("id")[column].cast(pl.Float64).to_list()


def pycomorb(function, codes: list[list[str]], column: str, ages: list[int] | None = None, **options) -> list[float]:
    return in_order(function(frame(codes, ages), id_col="id", code_col="code", **options), column)


def charlson(codes, ages, implementation, weights, column="Charlson Comorbidity Index") -> list[float]:
    options = {"age_col": "age", "implementation": implementation, "weights": weights}
    return pycomorb(CharlsonComorbidityIndex, codes, column, ages, **options)


def elixhauser(codes, weights) -> list[float]:
    options = {"implementation": "quan", "weights": weights}
    return pycomorb(ElixhauserComorbidityIndex, codes, "Elixhauser Comorbidity Index", **options)


def only(inside: list[bool], answers: list[float]) -> Answers:
    return [answer if here else None for here, answer in zip(inside, answers, strict=True)]


def without_lone_ascites(codes: list[str]) -> list[str]:
    """Ascites (R18) is severe liver disease only together with mild liver disease; pycomorb counts it alone."""
    if any(code.startswith(MILD_LIVER) for code in codes):
        return codes
    return [code for code in codes if not code.startswith("R18")]


def as_published(codes: list[str]) -> list[str]:
    """Norwegian falls and resistance codes as the published HFRS calls them (`departs` of hfrs-norway)."""
    gone = ("W10", "W18", "W19", "U80")
    kept = [code for code in codes if not code.startswith(gone)]
    falls = ["W19" if code.startswith("W0") else code for code in kept]
    return ["U80" if code.startswith(("U82", "U83", "U84")) else code for code in falls]


def second_opinions(found, ever, two_years, ages, old) -> None:
    """Every answer of comorbidipy is the same, or differs as `departs` of the rule set says; anything else stops the proof."""
    by_charlson = comorbidipy(ever, ages, score="charlson", weighting="charlson")
    agree("charlson-quan-1987", found, in_order(by_charlson, "comorbidity_score"))
    agree("charlson-quan-1987-age", found, in_order(by_charlson, "age_adj_comorbidity_score"))
    by_quan = comorbidipy(ever, ages, score="charlson", weighting="quan")
    hiv_is_two_lower = [2.0 * flag for flag in in_order(by_quan, "aids")]
    agree("charlson-quan-2011", found, add(in_order(by_quan, "comorbidity_score"), hiv_is_two_lower))
    for weighting, name in (("van_walraven", "elixhauser-vanwalraven"), ("swiss", "elixhauser-swiss")):
        answer = comorbidipy(ever, ages, score="elixhauser", weighting=weighting)
        agree(name, found, in_order(answer, "comorbidity_score"))
    # comorbidipy counts a condition once for each of its different codes (N18.3 and N18.4 twice); the paper counts it once.
    conditions = [sorted({code[:3] for code in codes}) for codes in two_years]
    by_gilbert = hfrs(frame(conditions), id_col="id", code_col="code")
    agree("hfrs", found, only(old, in_order(by_gilbert, "hfrs_score")))
    sweden(ever, ages)


def sweden(ever: list[list[str]], ages: list[int]) -> None:
    """Without the codes that only one of the maps has, they differ by the second lung condition alone."""
    common = [[code for code in codes if not code.startswith(ONLY_ONE_HAS)] for codes in ever]
    options = {"implementation": "sweden", "weights": "charlson", "return_categories": True, "age_col": "age"}
    first = CharlsonComorbidityIndex(frame(common, ages), id_col="id", code_col="code", **options)
    two_lungs = ["Chronic obstructive pulmonary disease (COPD)", "Other chronic pulmonary disease"]
    both = [a * b for a, b in zip(*(in_order(first, name) for name in two_lungs), strict=True)]
    second = comorbidipy(common, ages, score="charlson", variant="swedish", weighting="charlson")
    known = {"sweden without the codes of one map": in_order(first, "Charlson Comorbidity Index")}
    agree("sweden without the codes of one map", known, add(in_order(second, "comorbidity_score"), both))


def comorbidipy(codes, ages, **options) -> pl.DataFrame:
    return comorbidity(frame(codes, ages), id_col="id", code_col="code", age_col="age", **options)


def add(one: list[float], other: list[float]) -> list[float]:
    return [a + b for a, b in zip(one, other, strict=True)]


def agree(name: str, found: dict[str, Answers], second: Answers) -> None:
    pairs = zip(found[name], second, strict=True)
    wrong = [(at, a, b) for at, (a, b) in enumerate(pairs) if (a is None) != (b is None) or (a is not None and abs(a - b) > 1e-9)]
    if wrong:
        raise SystemExit(f"{name}: the two references differ on {len(wrong)} people without a known reason: {wrong[:5]}")
    print(f"  {name}: both references agree on {len(second)} people, or differ as told")
