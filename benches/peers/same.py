"""Whether a peer gave every patient what tidlig gave her: same.py SCORES.parquet PEER.parquet"""

import sys

import polars as pl

ours, theirs = sys.argv[1:]
names = {"charlson-quan-1987": "charlson", "elixhauser-vanwalraven": "elixhauser", "hfrs-all": "hfrs"}
tidlig = pl.read_parquet(ours).select(
    "patient_id",
    pl.col("model").cast(pl.String).replace_strict(names).alias("score"),
    (pl.col("value") * 10).round().cast(pl.Int64).alias("ours"),
)
peer = pl.read_parquet(theirs).select("patient_id", "score", pl.col("tenths").cast(pl.Int64))
# Who has no row at a peer has no code that counts.
both = tidlig.join(peer, on=["patient_id", "score"], how="full", coalesce=True).with_columns(pl.col("tenths").fill_null(0))
differ = both.filter(pl.col("ours").is_null() | (pl.col("ours") != pl.col("tenths")))
print(f"{tidlig['patient_id'].n_unique()} patients, {peer.height} scores of the peer, {differ.height} differ")
sys.exit(differ.height > 0 or peer.height == 0)
