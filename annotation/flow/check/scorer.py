"""Checks an automatic scorer: the scores of a file compared with people's labels."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import orjson
from django.utils.translation import gettext as _

from annotation.agreement import baselines, cosine, mae, mse, pearson, pearson_between, pearson_within
from annotation.errors import Fault, Refused, Rejected, Rejection
from annotation.flow.labels import labels
from annotation.models import Label, Project, Release

MEASURES = {"cosine": cosine, "mse": mse, "mae": mae, "pearson": pearson}
GROUPS = ("system", "category")
SPLITS = ("check", "train", "all")
FIRST_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")

Key = tuple[str, str, int]  # the query's id, the system, the sample


@dataclass(frozen=True)
class Truth:
    """A label: the overall that a score is compared with, and the range in which a score is readable."""

    overall: float
    category: str
    system: str
    low: int
    high: int


def check_scorer(*, path: Path, project: Project, scorer: str = "", split: str = "check", seed: int = 0) -> dict[str, Any]:
    """The scorer report of the contract. Raises Refused, and Rejected with every fault of the file."""
    if split not in SPLITS:
        raise Refused(_("split: expected one of %(known)s") % {"known": ", ".join(SPLITS)})
    scores = read(path)
    release = Release.objects.filter(project=project).order_by("-version").first()
    truth = released_labels(release, split) if release else current_labels(project)
    if not truth:
        raise Refused(_("%(project)s has no labels to check against yet") % {"project": project.slug})
    readable = {key: value for key, value in scores.items() if key in truth and in_range(value, truth[key])}
    keys = sorted(readable)
    of_scorer = np.array([readable[key] for key in keys], dtype=float)
    of_people = np.array([truth[key].overall for key in keys], dtype=float)
    with_score = len([key for key in truth if key in scores])
    return {
        "project": project.slug,
        "scorer": scorer or path.stem,
        "split": split if release else "all",
        "release": release.version if release else None,
        "labels": len(truth),
        "scored": len(keys),
        "unreadable": with_score - len(keys),
        "missing": len(truth) - with_score,
        "extra": len([key for key in scores if key not in truth]),
        "overall": measures(of_scorer, of_people),
        "baselines": {name: measures(values, of_people) for name, values in baselines(of_people, seed=seed).items()},
        "pearson_by": pearson_by(of_scorer, of_people, {name: [getattr(truth[key], name) for key in keys] for name in GROUPS}),
        "groups": list(by_category(of_scorer, of_people, [truth[key].category for key in keys])),
    }


def measures(scores: Any, truth: Any) -> dict[str, dict[str, Any]]:
    figures = {name: measure(scores, truth) for name, measure in MEASURES.items()}
    return {name: {"value": figure.value, "reason": figure.reason} for name, figure in figures.items()}


def pearson_by(scores: Any, truth: Any, columns: dict[str, list[str]]) -> dict[str, dict[str, Any]]:
    """Per column the correlation within its values and between them: pooled over systems, scores that only tell systems apart
    correlate too."""
    numbers = {name: np.unique(np.array(values, dtype=str), return_inverse=True)[1] for name, values in columns.items()}
    return {
        name: {
            side: {"value": figure.value, "reason": figure.reason}
            for side, figure in (
                ("within", pearson_within(scores, truth, groups)),
                ("between", pearson_between(scores, truth, groups)),
            )
        }
        for name, groups in numbers.items()
    }


def by_category(scores: Any, truth: Any, categories: list[str]) -> Iterator[dict[str, Any]]:
    for category in sorted(set(categories)):
        chosen = np.array(categories, dtype=object) == category
        yield {
            "by": {"category": category},
            "scored": int(chosen.sum()),
            "overall": measures(scores[chosen], truth[chosen]),
        }


def in_range(value: float | None, label: Truth) -> bool:
    return value is not None and label.low <= value <= label.high


def released_labels(release: Release, split: str) -> dict[Key, Truth]:
    rows = Label.objects.filter(release=release)
    if split != "all":
        rows = rows.filter(split=split)
    columns = ("task__response__query__external_id", "task__response__system", "task__response__sample", "overall")
    about = (
        "task__response__query__category",
        "task__response__system",
        "task__rubric__overall_min",
        "task__rubric__overall_max",
    )
    return {tuple(row[:3]): Truth(*row[3:]) for row in rows.values_list(*columns, *about)}


def current_labels(project: Project) -> dict[Key, Truth]:
    return {
        label.task.key[:3]: Truth(
            float(label.overall),
            label.task.category,
            label.task.system,
            label.task.rubric.overall_min,
            label.task.rubric.overall_max,
        )
        for label in labels(project)
        if label.overall is not None
    }


def read(path: Path) -> dict[Key, float | None]:
    """The scores of a file, None where one is unreadable: MMIE's result file (a JSON list), or CSV id, model, score[, sample]."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise Refused(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise Refused(_("%(file)s: expected UTF-8") % {"file": path}) from error
    rows = mmie_rows(path, text) if text.lstrip().startswith(("[", "{")) else csv_rows(path, text)
    scores: dict[Key, float | None] = {}
    rejections = []
    for number, row in enumerate(rows, 1):
        try:
            key = read_key(row)
            if key in scores:
                raise Fault("id", _("a second score for the same response"))
            scores[key] = row["score"]
        except Fault as fault:
            rejections.append(Rejection(number, fault.field, fault.error))
    if rejections:
        raise Rejected(path.name, rejections)
    return scores


def read_key(row: dict[str, Any]) -> Key:
    for field in ("id", "model"):
        if not isinstance(row.get(field), str) or not row[field]:
            raise Fault(field, _("expected a text that is not empty"))
    sample = row.get("sample") or 0
    if not str(sample).isdecimal():
        raise Fault("sample", _("expected a whole number from 0"))
    return row["id"], row["model"], int(sample)


def mmie_rows(path: Path, text: str) -> Iterator[dict[str, Any]]:
    try:
        data = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise Refused(_("%(file)s: not JSON: %(problem)s") % {"file": path, "problem": error}) from error
    if not isinstance(data, list):
        raise Refused(_("%(file)s: expected a list of records") % {"file": path})
    for record in data:
        fields = record if isinstance(record, dict) else {}
        yield fields | {"score": after_score(fields.get("gpt_feedback"))}


def csv_rows(path: Path, text: str) -> Iterator[dict[str, Any]]:
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    if missing := {"id", "model", "score"} - set(reader.fieldnames or ()):
        raise Refused(
            _("%(file)s: the first line lacks %(missing)s: expected id, model, score and optionally sample")
            % {"file": path, "missing": ", ".join(sorted(missing))}
        )
    try:
        for row in reader:
            yield row | {"score": as_number(row["score"])}
    except csv.Error as error:
        raise Refused(
            _("%(file)s, line %(line)s: %(problem)s") % {"file": path, "line": reader.line_num, "problem": error}
        ) from error


def as_number(text: str | None) -> float | None:
    try:
        return float(text or "")
    except ValueError:
        return None


def after_score(text: Any) -> float | None:
    """As MMIE reads it: the first number after "### Score", rounded half to even."""
    if not isinstance(text, str):
        return None
    _before, heading, after = text.partition("### Score")
    number = FIRST_NUMBER.search(after) if heading else None
    return float(round(float(number.group()))) if number else None
