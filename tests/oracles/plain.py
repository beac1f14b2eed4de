"""The rule sets that no package on the Python package index knows, read a second time from the fact tables, in the plainest way.

Nothing here looks at models/. The Norwegian Rx-Risk is written as its authors' program is: category by category, a later one
overwriting an earlier one.
"""

from collections.abc import Callable, Iterable

import facts
from people import Person

Answers = list[float | None]


def all_sets(people: list[Person]) -> dict[str, Answers]:
    return {
        "nmi": scored(people, nmi, lambda person: person.age >= 40),
        "rxrisk-norway": scored(people, rxrisk_norway, lambda person: person.age >= 65),
        "rxrisk-pratt": scored(people, rxrisk_pratt, lambda person: person.age >= 65),
        "pccc-v2": scored(people, pccc, lambda person: person.age < 18),
        "anticholinergic": scored(people, anticholinergic, lambda person: True),
        "cms-20-general": scored(people, cms_20, lambda person: person.age >= 18),
    }


def scored(people: list[Person], rule: Callable[[Person], float], inside: Callable[[Person], bool]) -> Answers:
    return [rule(person) if inside(person) else None for person in people]


def number(text: str) -> float:
    return float(text or 0)


def nmi(person: Person) -> float:
    """Each predictor once: hospital diagnoses 1826 to 1 days ago, prescriptions 180 to 1 days ago. Lithium is in no row."""
    hospital = [code for system, code, source, days in person.diagnoses if is_hospital(system, source) and 1 <= days <= 1826]
    filled = [code for code, days, _ in person.medicines if 1 <= days <= 180]
    weights = {}
    for row in facts.rows("nmi"):
        seen = hospital if row["system"] == "ICD-10" else filled
        if any(code.startswith(row["code"]) for code in seen):
            weights[row["condition"]] = number(row["weight"])
    return sum(weights.values())


def is_hospital(system: str, source: str) -> bool:
    return system == "ICD-10" and source == "hospital"


def last_year(person: Person) -> list[str]:
    return [code for code, days, _ in person.medicines if days < 365]


def rxrisk_norway(person: Person) -> float:
    weights = {row["condition"]: number(row["weight"]) for row in facts.rows("rxrisk_norway")}
    met = {norwegian_category(code, person.sex) for code in last_year(person)}
    return sum(weights[category] for category in met if category)


def norwegian_category(code: str, sex: str) -> str | None:
    """The category that the program has given the code when it comes to its end."""
    category = None
    for row in sorted(facts.rows("rxrisk_norway"), key=lambda row: int(row["condition"].split()[0])):
        later_than_the_paper = row["note"] == "added after Holvik 2022"
        wrong_sex = row["note"] == "men only" and sex != "male"
        if code.startswith(row["code"]) and not later_than_the_paper and not wrong_sex:
            category = row["condition"]
    # Two lines of the program stand after their group and take one substance back.
    taken_back = {"N05AN01": "8 Bipolar Disorder", "V03AE01": "21 Hyperkalaemia"}
    return taken_back.get(code, category)


LOOP, ACE, ARB = "C03CA01-C03CC01", "C09AA01-C09AX99", "C09CA01-C09CX99"


def rxrisk_pratt(person: Person) -> float:
    year = last_year(person)
    loop, ace, arb = (any(in_range(code, wanted) for code in year) for wanted in (LOOP, ACE, ARB))
    failure = loop and (ace or arb)
    weights = {}
    for row in facts.rows("rxrisk_pratt"):
        condition, wanted = row["condition"], row["code"]
        met = any(in_range(code, wanted) for code in year)
        if condition == "Congestive heart failure" and wanted in (LOOP, ACE, ARB):
            met = failure
        elif condition == "Congestive heart failure" and wanted == "C07AB02":
            met = False  # Only by the number of an Australian item.
        elif condition == "Hypertension" and wanted in (LOOP, ARB):
            met = met and not failure
        if met:
            weights[condition] = number(row["weight"])
    return sum(weights.values())


def in_range(code: str, wanted: str) -> bool:
    """Whether a code, or everything below a code that is cut short, lies between both ends."""
    first, last = wanted.split("-") if "-" in wanted else (wanted, wanted)
    lowest, highest = {7: ("", ""), 5: ("01", "99"), 4: ("A01", "Z99")}.get(len(code), ("", "~"))
    return first <= code + lowest and code + highest <= last


TEN = {row["condition"] for row in facts.rows("pccc")} - {"technology dependence", "transplantation"}


def pccc(person: Person) -> float:
    codes = person.icd10()
    met = set()
    for row in facts.rows("pccc"):
        if any(code == row["code"] if row["match"] == "exact" else code.startswith(row["code"]) for code in codes):
            met.add(row["condition"])
    return float(len(met & TEN))


def anticholinergic(person: Person) -> float:
    """Distinct substances of the list whose newest row is less than 455 days old and not stopped."""
    newest: dict[str, tuple[int, list[int | None]]] = {}
    for code, days, stopped in person.medicines:
        if any(code.startswith(row["code"]) for row in facts.rows("antimuscarinic")):
            day, ends = newest.get(code, (days, []))
            if days < day or code not in newest:
                newest[code] = (days, [stopped])
            elif days == day:
                ends.append(stopped)
    in_use = lambda days, ends: days < 455 and all(end is None or end < 0 for end in ends)
    return float(sum(in_use(*row) for row in newest.values()))


def cms_20(person: Person) -> float:
    rows = facts.rows("cms_20")
    weights = {row["condition"]: number(row["weight"]) for row in rows}
    return sum(weight for condition, weight in weights.items() if CMS[condition](Asked(person, condition)))


class Asked:
    """What the table asks about one condition of the Cambridge score."""

    def __init__(self, person: Person, condition: str):
        self.person = person
        self.rows = [row for row in facts.rows("cms_20") if row["condition"] == condition]

    def matches(self, question: str, system: str, code: str) -> bool:
        asked = [row for row in self.rows if row["note"] == question and row["system"] == system]
        no = any(code.startswith(row["code"]) for row in asked if row["match"] == "not")
        # A four-character Norwegian ICPC-2 code is met by its three-character rubric.
        return not no and any(code.startswith(row["code"]) for row in asked if row["match"] != "not")

    def code_days(self, question: str) -> list[int]:
        return [days for system, code, _, days in self.person.diagnoses if self.matches(question, system, code)]

    def medicine_days(self, question: str) -> set[int]:
        return {days for code, days, _ in self.person.medicines if self.matches(question, "ATC", code)}

    def ever(self) -> bool:
        return bool(self.code_days("code ever"))

    def four(self, question: str) -> bool:
        return len({days for days in self.medicine_days(question) if days < 365}) >= 4

    def treated(self) -> bool:
        return self.ever() and any(days < 365 for days in self.medicine_days("medicine 365"))


def cancer(asked: Asked) -> bool:
    days = asked.code_days("code ever")
    return bool(days) and max(days) < 1826


def kidney(asked: Asked) -> bool:
    values = asked.person.egfr
    low = {days for value, days in values if value < 60}
    newest = min((days for _, days in values), default=None)
    # Of several values on the newest day, one that is low is enough.
    return len(low) >= 2 and newest in low


def pain(asked: Asked) -> bool:
    epilepsy = Asked(asked.person, "epilepsy (treated)").ever()
    return asked.four("analgesics 4 days") or (asked.four("antiepileptics 4 days") and not epilepsy)


def nerves(asked: Asked) -> bool:
    recent = any(days < 365 for days in asked.code_days("code 365"))
    return recent or asked.four("anxiolytics 4 days") or asked.four("antidepressants 4 days")


def special() -> Iterable[tuple[str, Callable[[Asked], bool]]]:
    yield "cancer, first coded in last 5 years", cancer
    yield "chronic kidney disease", kidney
    yield "painful condition", pain
    yield "anxiety or depression", nerves
    yield "irritable bowel syndrome", lambda asked: asked.ever() or asked.four("antispasmodics 4 days")
    yield "constipation (treated)", lambda asked: asked.four("laxatives 4 days")
    yield "schizophrenia, bipolar disorder", lambda asked: asked.ever() or bool(asked.medicine_days("lithium ever"))
    yield "asthma", Asked.treated
    yield "epilepsy (treated)", Asked.treated


CMS: dict[str, Callable[[Asked], bool]] = {row["condition"]: Asked.ever for row in facts.rows("cms_20")} | dict(special())
