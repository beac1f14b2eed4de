"""The shared cases: small cohorts with every awkward habit, made anew by the same seed.

    python cases.py            writes cases.csv
    python cases.py million F  writes the million rows that expected_proc.R reads, by a formula that the Rust test repeats
"""
import sys

import numpy as np

COLUMNS = "case,event,a,b,p,time,happened"


def case(name, event, a, b, p, rng):
    n = len(event)
    time = np.where(event == 1, rng.integers(1, 40, n), rng.integers(10, 61, n))
    happened = event
    return [f"{name},{event[i]},{a[i]!r},{b[i]!r},{p[i]!r},{time[i]},{happened[i]}".replace("np.float64(", "").replace(")", "") for i in range(n)]


def chance(x):
    return 1 / (1 + np.exp(-x))


def cases():
    rng = np.random.default_rng(20260302)
    rows = []
    need = rng.normal(0, 1, 400)
    event = (rng.random(400) < chance(need - 1)).astype(int)
    smooth, other = need + rng.normal(0, 1, 400), need + rng.normal(0, 1.5, 400)
    rows += case("continuous", event, smooth, other, chance(0.9 * smooth - 0.7), rng)
    # Point scores: a few values, so ties everywhere.
    points, fewer = np.floor(smooth + 3).clip(0), np.floor(other / 2 + 2).clip(0)
    rows += case("ties", event, points, fewer, chance(0.5 * points - 2.2), rng)
    rows += case("reversed", event, -smooth, -other, chance(-0.5 * smooth - 0.9), rng)
    # Scores are not probabilities.
    rows += case("outside", event, 1000 * smooth - 500, other * 1e-6, chance(smooth * 0.4 - 1), rng)
    few = np.zeros(60, int)
    few[17] = 1
    rows += case("one-event", few, smooth[:60], other[:60], chance(smooth[:60] - 3), rng)
    apart = (need[:80] > 0.3).astype(int)
    rows += case("separated", apart, need[:80], other[:80], chance(need[:80] * 0.5), rng)
    small = np.array([0, 1, 0, 1, 1, 0, 1])
    rows += case("small", small, smooth[:7], other[:7], chance(smooth[:7]), rng)
    return rows


def million():
    i = np.arange(1, 1_000_001, dtype=np.float64)
    hashed = lambda k: np.mod(i * k, 2.0**32) / 2.0**32
    a, u, noise = hashed(2654435761.0), hashed(1597334677.0), hashed(2246822519.0)
    event = (u < 0.02 + 0.1 * a).astype(int)
    b = np.floor((0.6 * a + 0.4 * noise) * 500)
    return event, a, b


if __name__ == "__main__":
    if sys.argv[1:2] == ["million"]:
        event, a, b = million()
        with open(sys.argv[2], "w") as out:
            out.write("event,a,b\n")
            out.writelines(f"{e},{float(x)!r},{float(z)!r}\n" for e, x, z in zip(event, a, b))
    else:
        with open("cases.csv", "w") as out:
            out.write("\n".join([COLUMNS, *cases()]) + "\n")
