"""The published rule sets as rows: condition, prefix of its ICD-10 codes, tenths of points, and who silences whom.

Read from the files under models/, so that peers and tidlig answer the same question. HFRS is taken without its
age limit and look-back, as `hfrs-all`: no peer has them.
"""

import tomllib
from decimal import Decimal
from pathlib import Path

SETS = {"charlson": "charlson-quan-1987", "elixhauser": "elixhauser-vanwalraven", "hfrs": "hfrs"}


def conditions(models):
    """For each score: {condition: (prefixes, tenths of points, conditions it silences)}."""
    scores = {}
    for score, folder in SETS.items():
        with open(Path(models) / folder / "model.toml", "rb") as file:
            rule_set = tomllib.load(file, parse_float=Decimal)
        scores[score] = {
            name: (rule_set["inputs"][name]["icd10"], int(criterion["points"] * 10), criterion.get("silences", []))
            for name, criterion in rule_set["criteria"].items()
        }
    return scores


def weights(models):
    """Rows of score, condition, tenths of points."""
    scores = conditions(models)
    return [(score, name, points) for score, all_ in scores.items() for name, (_, points, _) in all_.items()]


def prefixes(models):
    """Rows of score, condition, prefix."""
    scores = conditions(models)
    return [(score, name, code) for score, all_ in scores.items() for name, (codes, _, _) in all_.items() for code in codes]


def silences(models):
    """Rows of score, condition, the condition it silences."""
    scores = conditions(models)
    return [(score, name, mild) for score, all_ in scores.items() for name, (_, _, milder) in all_.items() for mild in milder]
