"""The published rule sets as rows: condition, prefix of its ICD-10 codes, tenths of points, and who silences whom.

Read from the flat tables that `tidlig models export` writes, so that peers and tidlig answer the same question. HFRS
is taken without its age limit and look-back, as `hfrs-all`: no peer has them.
"""

import csv
from decimal import Decimal
from pathlib import Path

SETS = {"charlson": "charlson-quan-1987", "elixhauser": "elixhauser-vanwalraven", "hfrs": "hfrs"}


def rows(tables, rule_set, name):
    """The rows of a table; none when the rule set has no such table."""
    path = Path(tables) / rule_set / f"{name}.csv"
    if not path.exists():
        return []
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def weights(tables):
    """Rows of score, condition, tenths of points."""
    return [
        (score, row["criterion"], int(Decimal(row["points"]) * 10))
        for score, rule_set in SETS.items()
        for row in rows(tables, rule_set, "criteria")
    ]


def prefixes(tables):
    """Rows of score, condition, prefix."""
    found = []
    for score, rule_set in SETS.items():
        conditions = {row["input"]: row["criterion"] for row in rows(tables, rule_set, "criteria")}
        codes = rows(tables, rule_set, "codes")
        assert all(row["system"] == "ICD-10" and row["counts"] == "yes" for row in codes), rule_set
        found += [(score, conditions[row["input"]], row["code"]) for row in codes if row["input"] in conditions]
    return found


def silences(tables):
    """Rows of score, condition, the condition it silences."""
    return [
        (score, row["criterion"], row["silences"])
        for score, rule_set in SETS.items()
        for row in rows(tables, rule_set, "silences")
    ]
