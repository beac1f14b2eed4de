# Figures of R's pROC and survival on the shared cases (Debian: r-cran-proc 1.18.0, r-cran-survival 3.5-3; R 4.2.2).
#
#   python cases.py && python cases.py million million.csv && Rscript expected_r.R      writes expected_r.csv
suppressPackageStartupMessages({library(pROC); library(survival)})
rows <- character()
tell <- function(case, metric, value) rows <<- c(rows, sprintf("%s,%s,%.17g", case, metric, value))
one <- function(case, d) {
  of <- function(s) roc(d$event, s, quiet = TRUE, direction = "<", levels = c(0, 1), algorithm = 2)
  a <- of(d$a); b <- of(d$b)
  for (s in c("a", "b")) {
    r <- if (s == "a") a else b
    tell(case, paste("AUROC", s), as.numeric(auc(r)))
    if (sum(d$event) > 1) tell(case, paste("DeLong variance", s), var(r, method = "delong"))
  }
  if (sum(d$event) > 1) {
    ci <- ci.auc(b, method = "delong")
    tell(case, "DeLong lower b", ci[1]); tell(case, "DeLong upper b", ci[3])
    test <- roc.test(a, b, method = "delong", paired = TRUE)
    tell(case, "DeLong z", test$statistic); tell(case, "DeLong p", test$p.value)
  }
}
d <- read.csv("cases.csv")
for (case in unique(d$case)) {
  part <- d[d$case == case, ]
  one(case, part)
  for (s in c("a", "b")) {
    found <- concordance(Surv(time, happened) ~ part[[s]], data = part, reverse = TRUE)
    tell(case, paste("concordance", s), found$concordance)
    tell(case, paste("concordance variance", s), found$var)
  }
}
one("million", read.csv("million.csv"))
writeLines(c("case,metric,value", rows), "expected_r.csv")
