"""Makes the cohort and the expected scores of tests/published, or compares them with what is checked in.

    python make.py             writes cohort/*.parquet, expected.parquet and differences.csv
    python make.py --compare   writes nothing; fails when anything has become different
"""

import sys
from pathlib import Path

import polars as pl

import cohort
import people
import plain
import references

HERE = Path(__file__).parent


def main() -> None:
    tables = cohort.make()
    persons = people.read(tables)
    print(f"{len(persons)} people, " + ", ".join(f"{table.height} {name}" for name, table in tables.items()))
    answers = references.all_sets(persons) | plain.all_sets(persons)
    files = {f"cohort/{name}.parquet": table for name, table in tables.items()}
    files["expected.parquet"] = expected(answers)
    columns = ["rule_set", "package", "why", "people"]
    files["differences.csv"] = pl.DataFrame(references.differences(persons, answers), schema=columns, orient="row")
    for name, table in files.items():
        compare(name, table) if "--compare" in sys.argv[1:] else write(name, table)


def expected(answers: dict[str, list[float | None]]) -> pl.DataFrame:
    """One column for each rule set: its points in millionths, so that decimals are exact; empty outside its population."""
    columns = {name: [None if n is None else round(n * 1_000_000) for n in answer] for name, answer in answers.items()}
    return pl.DataFrame(columns, schema={name: pl.Int64 for name in sorted(columns)})


def write(name: str, table: pl.DataFrame) -> None:
    path = HERE / name
    path.parent.mkdir(exist_ok=True)
    if name.endswith(".csv"):
        table.write_csv(path)
    else:
        table.write_parquet(path, compression="zstd", compression_level=19, statistics=False)
    print(f"{name}: {table.height} rows, {path.stat().st_size} bytes")


def compare(name: str, table: pl.DataFrame) -> None:
    known = pl.read_csv(HERE / name) if name.endswith(".csv") else pl.read_parquet(HERE / name)
    if not known.equals(table):
        raise SystemExit(f"{name}: not what is checked in")
    print(f"{name}: as checked in")


if __name__ == "__main__":
    main()
