"""Score files for tests, and what of them is in the database."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.apps import apps

from annotation.errors import Rejected
from annotation.flow.load import load_score_file
from annotation.flow.load.report import ScoreReport
from annotation.models import Assignment, Project, Score

Rows = Sequence[Mapping[str, Any]]


def says(annotator: str, number: int = 1, *, text: Any = 4, images: Any = "", **more: Any) -> list[dict[str, Any]]:
    """The rows of one annotator on one response; `harm` is the penalty."""
    about = {"id": f"PBL-{number:04}", "model": more.pop("model", "system-a"), "annotator": annotator}
    answers = {"text": text, "images": images} | ({"harm": more.pop("harm")} if "harm" in more else {})
    return [about | {"criterion": key, "score": value} | more for key, value in answers.items()]


def as_csv(rows: Rows) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(dict.fromkeys(key for row in rows for key in row)), restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def as_json_lines(rows: Rows) -> bytes:
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def take(project: Project, rows: Rows | bytes, name: str = "scores.csv", **more: Any) -> ScoreReport:
    content = rows if isinstance(rows, bytes) else as_csv(rows)
    return load_score_file(file=io.BytesIO(content), name=name, project=project, **more)


def counts(**added: int) -> dict[str, Any]:
    return dict.fromkeys(("annotations", "scores", "annotators", "slots", "skipped", "not_first"), 0) | added | {"rejected": []}


def everything() -> dict[str, int]:
    """How many rows of each model there are."""
    return {model.__name__: model._default_manager.count() for model in apps.get_models()}


def stored(project: Project) -> dict[tuple[str, str, int, str, str], Any]:
    """Every score in the project: a level, "na", or True for a penalty; and a holistic overall."""
    about = "revision__annotation__task__response"
    scores = Score.objects.filter(revision__annotation__task__project=project).select_related(
        f"{about}__query", "revision__annotation__annotator", "criterion", "level"
    )
    answers: dict[tuple[str, str, int, str, str], Any] = {}
    for score in scores:
        annotation = score.revision.annotation
        response = annotation.task.response
        about_it = (response.query.external_id, response.system, response.sample, annotation.annotator.username)
        answers[*about_it, score.criterion.key] = score.answer
        if score.revision.holistic is not None:
            answers[*about_it, "overall"] = score.revision.holistic
    return answers


def slots(project: Project) -> list[tuple[str, int, str, str | None]]:
    """The id, the number, the reason and who has it, of each slot."""
    columns = ("task__response__query__external_id", "number", "reason", "annotator__username")
    return sorted(Assignment.objects.filter(project=project).values_list(*columns), key=lambda slot: slot[:2])


def reasons(error: Rejected) -> list[tuple[int, str, str]]:
    return [(rejection.record, rejection.field, rejection.error) for rejection in error.rejections]
