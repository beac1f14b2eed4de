"""The fact tables in facts/: codes, weights and where they come from (see README.md)."""

import csv
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent / "facts"


@cache
def rows(name: str) -> list[dict[str, str]]:
    with open(HERE / f"{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def tables() -> list[str]:
    return sorted(path.stem for path in HERE.glob("*.csv"))


def _of_system(system: str) -> list[str]:
    found = {row["code"] for table in tables() for row in rows(table) if row["system"] == system}
    return sorted(found)


def icd10_prefixes() -> list[str]:
    return [code for code in _of_system("ICD-10") if len(code) >= 3]


def icpc2_codes() -> list[str]:
    return _of_system("ICPC-2")


def atc_prefixes() -> list[str]:
    """Codes, groups, and both ends of ranges."""
    return sorted({end for code in _of_system("ATC") for end in code.split("-")})
