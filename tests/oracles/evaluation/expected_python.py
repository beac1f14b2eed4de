"""Figures of scikit-learn, dcurves, statsmodels and lifelines on the shared cases.

    pip install -r requirements.txt
    python cases.py && python expected_python.py      writes expected_python.csv (case, metric, value)
"""
import warnings

import numpy as np
import pandas as pd
import statsmodels.api as sm
from dcurves import dca
from lifelines.utils import concordance_index
from sklearn.metrics import average_precision_score, brier_score_loss, log_loss, roc_auc_score
from statsmodels.stats.proportion import proportion_confint

import cases

warnings.filterwarnings("ignore")
rows = []


def tell(case, metric, value):
    rows.append((case, metric, repr(float(value))))


def spline(x, knots):
    """Restricted cubic spline columns, as Harrell writes them."""
    t = np.asarray(knots)
    k = len(t)
    cube = lambda z: np.maximum(z, 0) ** 3
    bends = [
        (cube(x - t[j]) - cube(x - t[k - 2]) * (t[k - 1] - t[j]) / (t[k - 1] - t[k - 2])
         + cube(x - t[k - 1]) * (t[k - 2] - t[j]) / (t[k - 1] - t[k - 2])) / (t[k - 1] - t[0]) ** 2
        for j in range(k - 2)
    ]
    return np.column_stack([np.ones_like(x), x, *bends])


def calibration(case, y, p):
    x = np.log(p / (1 - p))
    flat = sm.GLM(y, np.ones((len(y), 1)), family=sm.families.Binomial(), offset=x).fit(tol=1e-14)
    tell(case, "intercept", flat.params[0])
    tell(case, "intercept se", flat.bse[0])
    line = sm.GLM(y, sm.add_constant(x), family=sm.families.Binomial()).fit(tol=1e-14)
    tell(case, "slope", line.params[1])
    tell(case, "slope se", line.bse[1])
    if len(np.unique(p)) < 100:
        return
    design = spline(x, np.quantile(x, [0.05, 0.275, 0.5, 0.725, 0.95]))
    curve = sm.GLM(y, design, family=sm.families.Binomial()).fit(tol=1e-14, maxiter=200)
    apart = np.abs(curve.predict(design) - p)
    tell(case, "ICI", apart.mean())
    tell(case, "E50", np.median(apart))
    tell(case, "E90", np.quantile(apart, 0.9))
    tell(case, "Emax", apart.max())


def probabilities(case, y, p):
    tell(case, "Brier", brier_score_loss(y, p))
    share = y.mean()
    tell(case, "scaled Brier", 1 - brier_score_loss(y, p) / (share * (1 - share)))
    tell(case, "log loss", log_loss(y, p))
    tell(case, "observed/expected", y.sum() / p.sum())
    thresholds = [0.1, 0.2, 0.35]
    found = dca(data=pd.DataFrame({"y": y, "p": p}), outcome="y", modelnames=["p"], thresholds=thresholds)
    for t in thresholds:
        at = found[np.isclose(found.threshold, t)].set_index("model")
        tell(case, f"net benefit {t}", at.loc["p", "net_benefit"])
        tell(case, f"net benefit of all {t}", at.loc["all", "net_benefit"])
        tell(case, f"avoided {t}", at.loc["p", "net_intervention_avoided"])


def negative_binomial():
    rng = np.random.default_rng(5)
    x = np.round(rng.normal(0, 1, 60), 3)
    mean = np.exp(0.7 + 0.4 * x)
    y = rng.negative_binomial(1.8, 1.8 / (1.8 + mean))
    pd.DataFrame({"x": x, "y": y}).to_csv("counts.csv", index=False)
    fit = sm.NegativeBinomial(y, sm.add_constant(x)).fit(disp=0, maxiter=500, gtol=1e-12)
    for name, value in zip(["constant", "x", "alpha"], fit.params):
        tell("counts", name, value)
    tell("counts", "log likelihood", fit.llf)
    fixed = sm.GLM(y, sm.add_constant(x), family=sm.families.NegativeBinomial(alpha=fit.params[2])).fit(tol=1e-14)
    tell("counts", "constant se", fixed.bse[0])
    tell("counts", "x se", fixed.bse[1])


data = pd.read_csv("cases.csv")
for case, d in data.groupby("case", sort=False):
    y, p = d.event.to_numpy(), d.p.to_numpy()
    for score in "ab":
        tell(case, f"AUROC {score}", roc_auc_score(y, d[score]))
        tell(case, f"average precision {score}", average_precision_score(y, d[score]))
        tell(case, f"concordance {score}", concordance_index(d.time, -d[score], d.happened))
    probabilities(case, y, p)
    if case in ("continuous", "ties", "reversed", "outside"):
        calibration(case, y, p)
for method, name in [("wilson", "Wilson"), ("beta", "exact")]:
    for hits, of in [(0, 9), (3, 17), (40, 400), (17, 17)]:
        lower, upper = proportion_confint(hits, of, method=method)
        tell(f"{hits} of {of}", f"{name} lower", lower)
        tell(f"{hits} of {of}", f"{name} upper", upper)
negative_binomial()
y, a, b = cases.million()
for name, score in [("a", a), ("b", b)]:
    tell("million", f"AUROC {name}", roc_auc_score(y, score))
    tell("million", f"average precision {name}", average_precision_score(y, score))
with open("expected_python.csv", "w") as out:
    out.write("case,metric,value\n" + "".join(f"{c},{m},{v}\n" for c, m, v in rows))
