"""Charlson, Elixhauser and HFRS in lazy Polars, written by hand: polars_peer.py JOURNAL MODELS OUT.parquet"""

import sys

import polars as pl

import rules

journal, tables, out = sys.argv[1:]
events = pl.scan_parquet(f"{journal}/diagnoses.parquet").filter(pl.col("system") == "ICD-10").select("patient_id", "code")

# Each distinct code is matched once; events meet the matches by an equality join.
every_prefix = rules.prefixes(tables)
distinct = events.select(pl.col("code").unique()).collect(engine="streaming")["code"].to_list()
met = [(code, score, name) for code in distinct for score, name, prefix in every_prefix if code.startswith(prefix)]
matches = pl.LazyFrame(met, schema=["code", "score", "condition"], orient="row")
hits = events.join(matches, on="code").select("patient_id", "score", "condition").unique()

silences = pl.LazyFrame(rules.silences(tables), schema=["score", "condition", "milder"], orient="row")
silenced = hits.join(silences, on=["score", "condition"]).select("patient_id", "score", pl.col("milder").alias("condition"))
weights = pl.LazyFrame(rules.weights(tables), schema=["score", "condition", "tenths"], orient="row")
counted = hits.join(silenced, on=["patient_id", "score", "condition"], how="anti").join(weights, on=["score", "condition"])
tenths = counted.group_by("patient_id", "score").agg(pl.col("tenths").sum())
tenths.collect(engine="streaming").write_parquet(out)
