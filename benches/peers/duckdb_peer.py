"""Charlson, Elixhauser and HFRS in DuckDB's SQL, written by hand: duckdb_peer.py JOURNAL MODELS OUT.parquet"""

import os
import sys

import duckdb

import rules

journal, tables, out = sys.argv[1:]
db = duckdb.connect()
db.sql(f"SET threads = {os.environ.get('TIDLIG_BENCH_THREADS', '2')}")


def table(name, columns, rows):
    db.sql(f"CREATE TABLE {name} ({columns})")
    db.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * (columns.count(',') + 1))})", rows)


table("prefixes", "score VARCHAR, condition VARCHAR, prefix VARCHAR", rules.prefixes(tables))
table("weights", "score VARCHAR, condition VARCHAR, tenths INTEGER", rules.weights(tables))
table("silences", "score VARCHAR, condition VARCHAR, milder VARCHAR", rules.silences(tables))
db.sql(f"""
CREATE VIEW events AS SELECT patient_id, code FROM '{journal}/diagnoses.parquet' WHERE system = 'ICD-10';
CREATE TABLE matches AS SELECT DISTINCT code, score, condition
  FROM (SELECT DISTINCT code FROM events) JOIN prefixes ON starts_with(code, prefix);
CREATE TABLE hits AS SELECT DISTINCT patient_id, score, condition FROM events JOIN matches USING (code);
COPY (
  SELECT patient_id, score, sum(tenths) AS tenths FROM hits JOIN weights USING (score, condition)
  WHERE NOT EXISTS (
    SELECT 1 FROM silences JOIN hits AS graver
      ON graver.score = silences.score AND graver.condition = silences.condition
    WHERE graver.patient_id = hits.patient_id AND silences.score = hits.score AND silences.milder = hits.condition)
  GROUP BY patient_id, score
) TO '{out}' (FORMAT parquet);
""")
