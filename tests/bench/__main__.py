"""Prints figures and judges nothing: python -m tests.bench [loading] [claims] [throughput] [page] [report]
[adjudication] [agreement] [coverage] [two_way] [labels] [levels] [severity] [fair].

DATABASE_URL chooses the database; agreement, coverage, two_way, labels, levels, severity and fair need none.
"""

import os
import sys

from tests.bench.adjudication import adjudication
from tests.bench.agreement import agreement, coverage
from tests.bench.claims import claims_and_submissions
from tests.bench.fair import fair
from tests.bench.labels import labels
from tests.bench.levels import levels
from tests.bench.loading import loads
from tests.bench.page import pages
from tests.bench.report import reports
from tests.bench.severity import severity
from tests.bench.throughput import throughput
from tests.bench.two_way import two_way

BENCHES = {
    "loading": loads,
    "claims": claims_and_submissions,
    "throughput": throughput,
    "page": pages,
    "report": reports,
    "adjudication": adjudication,
    "agreement": agreement,
    "coverage": coverage,
    "two_way": two_way,
    "labels": labels,
    "levels": levels,
    "severity": severity,
    "fair": fair,
}

if __name__ == "__main__":
    print("PostgreSQL" if "DATABASE_URL" in os.environ else "SQLite")
    for name in sys.argv[1:] or BENCHES:
        BENCHES[name]()
