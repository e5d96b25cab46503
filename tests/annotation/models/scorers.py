"""What the database refuses of scorers, their runs and their scores."""

from collections.abc import Callable
from typing import Any

from annotation.models import Release, Scorer, ScorerRun, ScorerScore
from rubrics.models import Criterion
from tests.annotation.models.rows import NOW, again, change
from tests.factories import make_project

Provoke = Callable[[Any], Any]


def scorer(w: Any, **fields: Any) -> Scorer:
    return Scorer.objects.create(**{"project": w.project, "name": "judge", "made_at": NOW} | fields)


def run(w: Any, **fields: Any) -> ScorerRun:
    of = fields.pop("scorer", None) or scorer(w)
    named = {"number": 1, "file_name": "a.csv", "sha256": "a", "counts": {}, "made_at": NOW}
    return ScorerRun.objects.create(**{"scorer": of} | named | fields)


def score(w: Any, **fields: Any) -> ScorerScore:
    of = fields.pop("run", None) or run(w)
    return ScorerScore.objects.create(**{"run": of, "task": w.task, "raw": 4, "value": 4, "state": "read"} | fields)


def text(w: Any) -> Criterion:
    return Criterion.objects.get(rubric=w.task.rubric, key="text")


def foreign_release(w: Any) -> Release:
    project = make_project(slug="foreign", rubrics=[w.task.rubric.name])
    return Release.objects.create(project=project, version=1, seed=0, manifest={}, made_at=NOW)


def withdrawn(w: Any) -> Scorer:
    return scorer(w, withdrawn_at=NOW, withdrawn_reason="Wrong model.")


CONSTRAINTS: dict[str, Provoke] = {
    "scorer_once": lambda w: again(scorer(w)),
    "scorer_with_name": lambda w: scorer(w, name=""),
    "scorer_withdrawn_with_reason": lambda w: scorer(w, withdrawn_at=NOW),
    "scorer_run_once": lambda w: again(run(w), sha256="b"),
    "scorer_run_of_a_file_once": lambda w: again(run(w), number=2),
    "scorer_run_from_1": lambda w: run(w, number=0),
    "scorer_run_scale_ascends": lambda w: run(w, scale_low=1, scale_high=1),
    "scorer_score_once": lambda w: again(score(w)),
    "scorer_score_of_a_criterion_once": lambda w: again(score(w, criterion=text(w))),
    "scorer_score_state_known": lambda w: score(w, state="lost"),
    "scorer_score_without_value_unreadable": lambda w: score(w, value=None),
}
TRIGGERS: dict[str, Provoke] = {
    "scorer_of_its_project": lambda w: scorer(w, trained_on=foreign_release(w)),
    "scorer_withdrawal_stays": lambda w: change(withdrawn(w), withdrawn_reason="better"),
    "scorer_never_deleted": lambda w: scorer(w).delete(),
    "scorer_run_stays": lambda w: change(run(w), counts={"scored": 1}),
    "scorer_score_stays": lambda w: change(score(w), value=5),
    "scorer_score_of_its_task": lambda w: score(w, criterion=w.other.criteria.get(key="text")),
}
WATCHED: dict[tuple[str, str], Provoke] = {
    ("scorer_of_its_project", "INSERT"): lambda w: scorer(w, trained_on=foreign_release(w)),
    ("scorer_of_its_project", "UPDATE"): lambda w: change(scorer(w), trained_on=foreign_release(w)),
    ("scorer_run_stays", "UPDATE"): lambda w: change(run(w), number=2),
    ("scorer_run_stays", "DELETE"): lambda w: run(w).delete(),
    ("scorer_score_stays", "UPDATE"): lambda w: change(score(w), raw=5),
    ("scorer_score_stays", "DELETE"): lambda w: score(w).delete(),
}
