"""Checks an automatic scorer: its scores of a file beside people's labels."""

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

from annotation.agreement import baselines, cosine, mae, mse, pearson
from annotation.errors import Fault, Refused, Rejected, Rejection
from annotation.flow.labels import labels
from annotation.models import Label, Project, Release

MEASURES = {"cosine": cosine, "mse": mse, "mae": mae, "pearson": pearson}
SPLITS = ("check", "train", "all")
FIRST_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")

Key = tuple[str, str, int]  # the query's id, the system, the sample


@dataclass(frozen=True)
class Labelled:
    overall: float
    category: str
    low: int
    high: int


def check_scorer(*, path: Path, project: Project, scorer: str = "", split: str = "check", seed: int = 0) -> dict[str, Any]:
    """The scorer report of the contract. Raises Refused, and Rejected with every fault of the file."""
    if split not in SPLITS:
        raise Refused(_("split: expected one of %(known)s") % {"known": ", ".join(SPLITS)})
    given = read(path)
    release = Release.objects.filter(project=project).order_by("-version").first()
    found = released(release, split) if release else current(project)
    if not found:
        raise Refused(_("%(project)s has no labels to check against yet") % {"project": project.slug})
    in_range = {key: value for key, value in given.items() if key in found and readable(value, found[key])}
    keys = sorted(in_range)
    scores = np.array([in_range[key] for key in keys], dtype=float)
    truth = np.array([found[key].overall for key in keys], dtype=float)
    named = len([key for key in found if key in given])
    return {
        "project": project.slug,
        "scorer": scorer or path.stem,
        "split": split if release else "all",
        "release": release.version if release else None,
        "labels": len(found),
        "scored": len(keys),
        "unreadable": named - len(keys),
        "missing": len(found) - named,
        "extra": len([key for key in given if key not in found]),
        "overall": measures(scores, truth),
        "baselines": {name: measures(values, truth) for name, values in baselines(truth, seed=seed).items()},
        "groups": list(by_category(keys, scores, truth, found)),
    }


def measures(scores: Any, truth: Any) -> dict[str, dict[str, Any]]:
    figures = {name: measure(scores, truth) for name, measure in MEASURES.items()}
    return {name: {"value": figure.value, "reason": figure.reason} for name, figure in figures.items()}


def by_category(keys: list[Key], scores: Any, truth: Any, found: dict[Key, Labelled]) -> Iterator[dict[str, Any]]:
    categories = np.array([found[key].category for key in keys], dtype=object)
    for category in sorted(set(categories)):
        chosen = categories == category
        yield {
            "by": {"category": category},
            "scored": int(chosen.sum()),
            "overall": measures(scores[chosen], truth[chosen]),
        }


def readable(value: float | None, label: Labelled) -> bool:
    return value is not None and label.low <= value <= label.high


def released(release: Release, split: str) -> dict[Key, Labelled]:
    rows = Label.objects.filter(release=release)
    if split != "all":
        rows = rows.filter(split=split)
    columns = ("task__response__query__external_id", "task__response__system", "task__response__sample", "overall")
    about = ("task__response__query__category", "task__rubric__overall_min", "task__rubric__overall_max")
    return {tuple(row[:3]): Labelled(*row[3:]) for row in rows.values_list(*columns, *about)}


def current(project: Project) -> dict[Key, Labelled]:
    return {
        label.task.key[:3]: Labelled(
            float(label.overall), label.task.category, label.task.rubric.overall_min, label.task.rubric.overall_max
        )
        for label in labels(project)
        if label.overall is not None
    }


def read(path: Path) -> dict[Key, float | None]:
    """The scores of a file: MMIE's result file (a JSON list), or CSV id, model, score[, sample]; None: unreadable."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise Refused(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise Refused(_("%(file)s: expected UTF-8") % {"file": path}) from error
    rows = mmie_rows(path, text) if text.lstrip().startswith(("[", "{")) else csv_rows(path, text)
    found: dict[Key, float | None] = {}
    rejections = []
    for number, row in enumerate(rows, 1):
        try:
            key = read_key(row)
            if key in found:
                raise Fault("id", _("a second score for the same response"))
            found[key] = row["score"]
        except Fault as fault:
            rejections.append(Rejection(number, fault.field, fault.error))
    if rejections:
        raise Rejected(path.name, rejections)
    return found


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
    """MMIE's reading: the first number after "### Score", rounded half to even."""
    if not isinstance(text, str):
        return None
    _before, found, after = text.partition("### Score")
    number = FIRST_NUMBER.search(after) if found else None
    return float(round(float(number.group()))) if number else None
