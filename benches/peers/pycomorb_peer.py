"""Charlson, Elixhauser and HFRS by the package pycomorb: pycomorb_peer.py JOURNAL MODELS OUT.parquet"""

import sys

import polars as pl
from pycomorb import comorbidity

journal, _, out = sys.argv[1:]
# The age column is asked for; at 0 years Charlson has no points for age.
events = (
    pl.scan_parquet(f"{journal}/diagnoses.parquet")
    .filter(pl.col("system") == "ICD-10")
    .select("patient_id", "code", pl.lit(0, dtype=pl.Int16).alias("age"))
    .collect(engine="streaming")
)
COLUMNS = {
    "charlson": "Charlson Comorbidity Index",
    "elixhauser": "Elixhauser Comorbidity Index",
    "hfrs": "HFRS Score",
}
scored = []
for score, column in COLUMNS.items():
    found = comorbidity(score, df=events, id_col="patient_id", code_col="code", age_col="age", icd_version="icd10")
    tenths = (pl.col(column) * 10).round().cast(pl.Int64).alias("tenths")
    scored.append(found.select("patient_id", pl.lit(score).alias("score"), tenths))
pl.concat(scored).write_parquet(out)
