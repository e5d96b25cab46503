"""Files of scores for the tests of scorers."""

import io
from collections.abc import Sequence
from typing import Any

from annotation.flow.check import Kept, keep_scorer_file
from annotation.models import Project


def csv(*rows: Sequence[Any], columns: str = "id,model,score") -> io.BytesIO:
    """Each row's first value is the number of a query of tests.factories."""
    lines = [",".join(map(str, (f"PBL-{number:04}", "system-a", *more))) for number, *more in rows]
    return io.BytesIO("\n".join([columns, *lines, ""]).encode())


def keep(project: Project, *rows: Sequence[Any], columns: str = "id,model,score", **more: Any) -> Kept:
    named = {"name": "scores.csv", "scorer": "judge"} | more
    return keep_scorer_file(file=csv(*rows, columns=columns), project=project, **named)
