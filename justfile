# One-line recipes; nothing depends on them.

# The sample practice, from its files to its list.
sample:
    cargo run --release -- run sample-data/practice.toml

# All tests.
test:
    cargo test --release

# Formatting and lints, as strict as can be.
lint:
    cargo fmt --check && cargo clippy --release --all-targets -- -D warnings

# Faults of the shipped rule sets.
models:
    cargo run --release -- models check

# The pages of the rule sets, from models/ to docs/models/.
docs:
    cargo run --release -- models docs

# The cohort and the expected points of the published rule sets, by the reference implementations; see tests/oracles/README.md.
oracles *options:
    python tests/oracles/make.py {{options}}

# The sample's files anew, from their seed.
make-sample:
    cargo run --release -- synth --patients 1960 --seed 20260302 --as extract --index-days 2026-03-02 --history 791 --cast sample-data/cast.txt -o sample-data

# Whole runs beside merely decoding the same columns.
bench *sizes:
    cargo bench --bench whole -- {{sizes}}

# What each part costs by itself.
parts *word:
    cargo bench --bench parts -- {{word}}

# A small, stripped program to hand on.
dist:
    cargo build --profile dist
