"""Prints figures and judges nothing: python -m tests.bench [loading] [claims] [throughput] [page] [report] [release]
[check] [adjudication] [agreement] [coverage] [two_way] [labels] [levels] [severity] [fair] [estimates] [splits] [training]
[scorer] [backup] [sign_in].

DATABASE_URL chooses the database; agreement, coverage, two_way, labels, levels, severity, fair, estimates, splits, training and
scorer need none. Only by their names: [locks] [kills] [stops] [away] [full] [slow] [pictures]; stops and away start a PostgreSQL
of their own.
"""

import os
import sys

from tests.bench.adjudication import adjudication
from tests.bench.agreement import agreement, coverage
from tests.bench.backup import backups
from tests.bench.check import check
from tests.bench.claims import claims_and_submissions
from tests.bench.estimates import estimates
from tests.bench.fair import fair
from tests.bench.labels import labels
from tests.bench.levels import levels
from tests.bench.loading import loads
from tests.bench.locks import locks
from tests.bench.outages import away, full, kills, stops
from tests.bench.page import pages
from tests.bench.release import releases
from tests.bench.report import reports
from tests.bench.scorer import scorer
from tests.bench.severity import severity
from tests.bench.sign_in import sign_in
from tests.bench.slow import pictures, slow
from tests.bench.splits import splits
from tests.bench.throughput import throughput
from tests.bench.training import training
from tests.bench.two_way import two_way

BENCHES = {
    "loading": loads,
    "claims": claims_and_submissions,
    "throughput": throughput,
    "page": pages,
    "report": reports,
    "release": releases,
    "check": check,
    "adjudication": adjudication,
    "agreement": agreement,
    "coverage": coverage,
    "two_way": two_way,
    "labels": labels,
    "levels": levels,
    "severity": severity,
    "fair": fair,
    "estimates": estimates,
    "splits": splits,
    "training": training,
    "scorer": scorer,
    "backup": backups,
    "sign_in": sign_in,
}
# These take minutes each.
FAULTS = {"locks": locks, "kills": kills, "stops": stops, "away": away, "full": full, "slow": slow, "pictures": pictures}

if __name__ == "__main__":
    print("PostgreSQL" if "DATABASE_URL" in os.environ else "SQLite")
    for name in sys.argv[1:] or BENCHES:
        (BENCHES | FAULTS)[name]()
