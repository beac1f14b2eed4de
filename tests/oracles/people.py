"""The cohort as a rule sees it: codes read, refused ones gone, ages in whole years."""

from dataclasses import dataclass, field
from datetime import date, timedelta

import polars as pl

from codes import read_code

INDEX_DAY = date(2026, 3, 2)


@dataclass
class Person:
    age: int
    sex: str
    # (system, code, source, days ago), without days after the index day.
    diagnoses: list[tuple[str, str, str, int]] = field(default_factory=list)
    # (code, days ago, stopped days ago)
    medicines: list[tuple[str, int, int | None]] = field(default_factory=list)
    # (eGFR, days ago)
    egfr: list[tuple[float, int]] = field(default_factory=list)

    def icd10(self, within: int | None = None) -> list[str]:
        return [code for system, code, _, days in self.diagnoses if system == "ICD-10" and (within is None or days < within)]


def age_on(days: int) -> int:
    """Whole years since a birth so many days before the index day; a birthday on 29 February is kept on 1 March."""
    birth = INDEX_DAY - timedelta(days=days)
    return INDEX_DAY.year - birth.year - ((INDEX_DAY.month, INDEX_DAY.day) < (birth.month, birth.day))


def read(tables: dict[str, pl.DataFrame]) -> list[Person]:
    people = [Person(age_on(days), sex) for _, days, sex in tables["patients"].iter_rows()]
    for patient, system, raw, source, days in tables["diagnoses"].iter_rows():
        code = read_code(system, raw)
        if code and days >= 0:
            people[patient].diagnoses.append((system, code, source, days))
    for patient, raw, days, stopped, _ in tables["medicines"].iter_rows():
        code = read_code("ATC", raw)
        if code and days >= 0:
            people[patient].medicines.append((code, days, stopped))
    for patient, value, days in tables["measurements"].iter_rows():
        people[patient].egfr.append((value, days))
    return people
