"""Every trigger is provoked, at each event that it watches, and a score in each way in which it can be wrong."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from annotation.models import (
    Adjudication,
    Annotation,
    CaseComment,
    CriterionLabel,
    Event,
    Image,
    Membership,
    Participation,
    Query,
    Release,
    Response,
    Revision,
    Score,
    Task,
)
from rubrics.models import Criterion, Level, Rubric
from rubrics.versioning import freeze
from tests.annotation.models import cohorts, scorers
from tests.annotation.models.rows import (
    again,
    blind_score,
    change,
    decision,
    look,
    mark,
    new_score,
    note,
    pair,
    query,
    released,
    scores_shown,
    slot,
)
from tests.factories import criterion, make_member, make_project, make_rubric, make_user, penalty, responses

ROOT = Path(__file__).resolve().parents[3]
NOW = timezone.now()
pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> SimpleNamespace:
    """Two projects with a task each, a rubric that is still a draft, and a revision without scores."""
    fields = [criterion(key="text"), criterion(key="images", na="allowed"), penalty()]
    project = make_project(rubrics=[make_rubric(criteria=fields).name])
    elsewhere = make_project(slug="elsewhere", rubrics=["small"])
    [task], [foreign] = responses(project), responses(elsewhere)
    draft = make_rubric(slug="draft", category="situational-analysis")
    criteria = {one.key: one for one in Criterion.objects.filter(rubric=task.rubric)}
    return SimpleNamespace(project=project, elsewhere=elsewhere, task=task, foreign=foreign, draft=draft, criteria=criteria)


def frozen(rubric: Rubric) -> Rubric:
    freeze(rubric=rubric)
    return Rubric.objects.get(pk=rubric.pk)


def task(world: Any, **fields: Any) -> Task:
    named = {"project": world.project, "response": world.task.response, "rubric": world.task.rubric, "round": 2}
    return Task.objects.create(**named | fields)


def case(world: Any, **fields: Any) -> Adjudication:
    return Adjudication.objects.create(**{"task": world.task, "started_at": NOW} | fields)


def decided(world: Any) -> dict[str, Any]:
    return {"outcome": "decided", "decided_by": make_member(world.project, "ada", "adjudicator"), "decided_at": NOW}


def dropped(world: Any) -> dict[str, Any]:
    return {"dropped_at": NOW, "dropped_by": make_member(world.project, "lea", "manager")}


def held(world: Any) -> dict[str, Any]:
    return {"annotator": make_member(world.project, "ana"), "claimed_at": NOW, "lease_expires_at": NOW}


def late_criterion(world: Any) -> Criterion:
    return Criterion.objects.create(rubric=frozen(world.draft), key="late", kind="rated", title="Late", place=9, weight=1)


def late_level(world: Any) -> Level:
    return Level.objects.create(criterion=frozen(world.draft).criteria.get(key="text"), value=7, descriptor="Late")


def of_frozen(world: Any, model: type[models.Model], **where: Any) -> Any:
    freeze(rubric=world.draft)
    return model._default_manager.filter(**where).first()


Provoke = Callable[[Any], Any]
TRIGGERS: dict[str, Provoke] = {
    "task_draw_0_to_1": lambda w: change(task(w), draw=1),
    "score_of_its_rubric": lambda w: new_score(w, criterion=w.other.criteria.get(key="text"), level=w.level),
    "score_confidence_of_a_level": lambda w: new_score(w, level=w.level, confidence=4),
    "note_of_its_rubric": lambda w: note(w, criterion=w.other.criteria.get(key="text")),
    "note_never_changes": lambda w: change(note(w, criterion=w.text), text="better"),
    "error_of_its_project": lambda w: mark(w, error_type=make_project(slug="elsewhere", rubrics=["other"]).error_types.all()[0]),
    "error_mark_never_changes": lambda w: change(mark(w), block=2),
    "look_of_its_rubric": lambda w: look(w, criterion=w.other.criteria.get(key="text")),
    "look_never_changes": lambda w: change(look(w), high=5),
    "score_never_changes": lambda w: Score.objects.update(not_applicable=False),
    "revision_never_changes": lambda w: change(w.revision, feedback="better"),
    "release_never_changes": lambda w: change(w.release, seed=1),
    "release_never_deleted": lambda w: Release.objects.create(
        project=w.project, version=3, seed=0, manifest={}, made_at=NOW
    ).delete(),
    "release_files_stay": lambda w: change(w.files, folder="elsewhere"),
    "retraction_stays": lambda w: change(w.retraction, reason="better"),
    "download_stays": lambda w: change(w.download, by=w.ana),
    "label_never_deleted": lambda w: w.label.delete(),
    "criterion_label_never_deleted": lambda w: CriterionLabel.objects.create(
        label=w.label, criterion=w.text, how="agreed"
    ).delete(),
    "label_never_changes": lambda w: change(w.label, overall=1),
    "criterion_label_never_changes": lambda w: change(
        CriterionLabel.objects.create(label=w.label, criterion=w.text, value=1, how="agreed"), value=2
    ),
    "label_fair_with_error": lambda w: again(w.label, fair=3.5),
    "criterion_label_fair_with_error": lambda w: CriterionLabel.objects.create(
        label=w.label, criterion=w.text, how="agreed", fair=3.5, fair_se=-0.1
    ),
    "slot_of_its_project": lambda w: slot(w, project=make_project(slug="elsewhere", rubrics=["other"])),
    "slot_withdrawn_while_open": lambda w: change(w.slot, withdrawn_at=NOW),
    "query_dropped_by_somebody": lambda w: change(w.second, dropped_at=NOW),
    "query_merged_is_dropped": lambda w: change(w.second, merged_into=w.task.response.query),
    "pair_of_its_project": lambda w: change(w.pair, project=make_project(slug="elsewhere", rubrics=["other"])),
    "task_of_a_frozen_rubric": lambda w: Task.objects.create(project=w.project, response=w.task.response, rubric=w.other),
    "task_of_its_project": lambda w: Task.objects.create(
        project=make_project(slug="elsewhere", rubrics=["other"]), response=w.task.response, rubric=frozen(w.other)
    ),
    "event_never_changes": lambda w: Event.objects.update(data={}),
    "adjudication_decided_once_revealed": lambda w: change(w.case, outcome="decided", decided_by=w.bo, decided_at=NOW),
    "review_of_others_judgements": lambda w: again(w.review, adjudicator=w.ana),
    "annotation_of_nobody_who_reviewed": lambda w: Annotation.objects.create(task=w.task, annotator=w.bo, assignment=w.empty),
    "review_of_its_project": lambda w: again(w.review, project=make_project(slug="elsewhere", rubrics=["other"])),
    "blind_score_never_changes": lambda w: change(blind_score(w, level=w.level), na=False),
    "decision_never_changes": lambda w: change(decision(w, level=w.level), reason="new"),
    "comment_on_a_decision": lambda w: CaseComment.objects.create(adjudication=w.case, by=w.bo, at=NOW, text="see"),
    "membership_of_somebody_who_takes_part": lambda w: again(Membership.objects.get(user=w.ana), user=make_user("stranger")),
    "participation_name_stays": lambda w: change(Participation.objects.get(user=w.ana), name="other"),
    "participation_ended_without_membership": lambda w: change(Participation.objects.get(user=w.ana), ended_at=NOW),
    "scores_shown_stay": lambda w: change(scores_shown(w, w.bo), task=w.task),
    "rubric_frozen": lambda w: change(frozen(w.other), title="New"),
    "rubric_frozen_criteria": lambda w: change(frozen(w.other).criteria.get(key="text"), title="New"),
    "rubric_frozen_levels": lambda w: change(Level.objects.filter(criterion__rubric=frozen(w.other))[0], descriptor="New"),
    **scorers.TRIGGERS,
    **cohorts.TRIGGERS,
}
WATCHED: dict[tuple[str, str], Provoke] = {
    ("slot_of_its_project", "INSERT"): lambda w: slot(w, project=w.elsewhere),
    ("slot_of_its_project", "UPDATE"): lambda w: change(slot(w), task=w.foreign),
    ("task_of_its_project", "INSERT"): lambda w: task(w, response=w.foreign.response),
    ("task_of_its_project", "UPDATE"): lambda w: change(task(w), response=w.foreign.response),
    ("task_draw_0_to_1", "INSERT"): lambda w: task(w, draw=-0.1),
    ("task_draw_0_to_1", "UPDATE"): lambda w: change(task(w), draw=1.5),
    ("task_of_a_frozen_rubric", "INSERT"): lambda w: task(w, rubric=w.draft),
    ("task_of_a_frozen_rubric", "UPDATE"): lambda w: change(task(w), rubric=w.draft),
    ("slot_withdrawn_while_open", "INSERT"): lambda w: slot(w, withdrawn_at=NOW, **held(w)),
    ("slot_withdrawn_while_open", "UPDATE"): lambda w: change(slot(w, withdrawn_at=NOW), **held(w)),
    ("query_dropped_by_somebody", "INSERT"): lambda w: query(w, dropped_by=make_member(w.project, "lea", "manager")),
    ("query_dropped_by_somebody", "UPDATE"): lambda w: change(query(w, **dropped(w)), dropped_by=None),
    ("query_merged_is_dropped", "INSERT"): lambda w: query(w, merged_into=w.foreign.response.query, **dropped(w)),
    ("query_merged_is_dropped", "UPDATE"): lambda w: change(row := query(w, **dropped(w)), merged_into=row),
    ("pair_of_its_project", "INSERT"): lambda w: pair(w, second=w.foreign.response.query),
    ("pair_of_its_project", "UPDATE"): lambda w: change(pair(w), second=w.foreign.response.query),
    ("adjudication_decided_once_revealed", "INSERT"): lambda w: case(w, **decided(w)),
    ("adjudication_decided_once_revealed", "UPDATE"): lambda w: change(case(w), **decided(w)),
    ("release_files_stay", "UPDATE"): lambda w: change(released(w).files, sizes={"a": 1}),
    ("release_files_stay", "DELETE"): lambda w: released(w).files.delete(),
    ("retraction_stays", "UPDATE"): lambda w: change(released(w).retraction, reason="better"),
    ("retraction_stays", "DELETE"): lambda w: released(w).retraction.delete(),
    ("download_stays", "UPDATE"): lambda w: change(released(w).downloads.get(), at=NOW - timedelta(days=1)),
    ("download_stays", "DELETE"): lambda w: released(w).downloads.get().delete(),
    ("scores_shown_stay", "UPDATE"): lambda w: change(scores_shown(w, make_user("lea")), task=w.task),
    ("scores_shown_stay", "DELETE"): lambda w: scores_shown(w, make_user("lea")).delete(),
    ("rubric_frozen_criteria", "INSERT"): late_criterion,
    ("rubric_frozen_criteria", "UPDATE"): lambda w: change(of_frozen(w, Criterion, rubric=w.draft), title="New"),
    ("rubric_frozen_levels", "INSERT"): late_level,
    ("rubric_frozen_levels", "UPDATE"): lambda w: change(of_frozen(w, Level, criterion__rubric=w.draft), descriptor="New"),
    **scorers.WATCHED,
    **cohorts.WATCHED,
}


def triggers() -> dict[str, tuple[list[str], str]]:
    """Each trigger's events and message, as the migrations have them."""
    text = "".join(path.read_text() for path in ROOT.glob("*/migrations/0*.py"))
    rows = re.findall(r'refuse\(\s*name="(\w+)".*?events="([A-Z ]+)".*?message="([^"]+)"', text, re.DOTALL)
    return {name: (events.split(" OR "), message) for name, events, message in rows}


@pytest.mark.parametrize("name", TRIGGERS)
def test_the_database_refuses_what_the_trigger_names(w: Any, name: str) -> None:
    with pytest.raises(IntegrityError, match=triggers()[name][1]), transaction.atomic():
        TRIGGERS[name](w)


def test_every_trigger_is_provoked() -> None:
    assert set(TRIGGERS) == set(triggers())


@pytest.mark.parametrize(("name", "event"), WATCHED)
def test_the_trigger_watches_the_event(world: Any, name: str, event: str) -> None:
    with pytest.raises(IntegrityError, match=triggers()[name][1]), transaction.atomic():
        WATCHED[name, event](world)


def test_every_trigger_of_two_events_is_here() -> None:
    both = {(name, event) for name, (events, _message) in triggers().items() if len(events) > 1 for event in events}
    assert set(WATCHED) == both


def level(world: Any, key: str, value: int = 3) -> Level:
    return Level.objects.get(criterion=world.criteria[key], value=value)


# The criterion by its key, and the other fields of the score.
WRONG: dict[str, tuple[str, Callable[[Any], dict[str, Any]]]] = {
    "a rated criterion without a level": ("text", lambda w: {}),
    "a level of another criterion": ("text", lambda w: {"level": level(w, "images")}),
    "not applicable where that is never so": ("text", lambda w: {"not_applicable": True}),
    "a penalty with a level": ("harm", lambda w: {"level": level(w, "text")}),
    "a penalty that is not applicable": ("harm", lambda w: {"not_applicable": True}),
}
RIGHT: dict[str, tuple[str, Callable[[Any], dict[str, Any]]]] = {
    "a level of the criterion": ("text", lambda w: {"level": level(w, "text")}),
    "not applicable where the rubric allows it": ("images", lambda w: {"not_applicable": True}),
    "a penalty that applies": ("harm", lambda w: {}),
}


def score(world: Any, key: str, fields: dict[str, Any]) -> Score:
    annotation = Annotation.objects.create(task=world.task, annotator=make_member(world.project, "ana"), assignment=slot(world))
    revision = Revision.objects.create(annotation=annotation, number=1, submitted_at=timezone.now())
    return Score.objects.create(revision=revision, criterion=world.criteria[key], **fields)


@pytest.mark.parametrize("case", WRONG)
def test_the_database_refuses_a_score_that_is(world: Any, case: str) -> None:
    key, fields = WRONG[case]
    with pytest.raises(IntegrityError, match=triggers()["score_of_its_rubric"][1]), transaction.atomic():
        score(world, key, fields(world))


@pytest.mark.parametrize("case", RIGHT)
def test_the_database_takes_a_score_that_is(world: Any, case: str) -> None:
    key, fields = RIGHT[case]
    assert score(world, key, fields(world)).pk


def test_what_a_field_says_to_be_single_is_single(world: Any) -> None:
    """Rules of a single column, which no Meta names: all of them, so that a new one is noticed."""
    own = [model for app in ("annotation", "rubrics") for model in apps.get_app_config(app).get_models()]
    single = {
        f"{model.__name__}.{field.name}"
        for model in own
        for field in model._meta.fields
        if field.unique and not field.primary_key
    }
    assert single == {
        "Project.slug", "Image.key", "User.username", "User.normal_username", "Annotation.assignment",
        "SentBack.answer", "Reopening.adjudication", "ReleaseFiles.release", "Retraction.release", "Preferences.user",
        "Maintenance.work", "Authorship.rubric", "SampledTask.task", "DailyLimit.participation", "Invitation.digest",
        "CohortMember.participation", "ExampleImage.sha256", "PasswordLink.digest", "SearchEntry.response",
    }  # fmt: skip
    images = [Image(project=world.project, sha256=sha, key="k", format="PNG", width=1, height=1, size=1) for sha in "ab"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Image.objects.bulk_create(images)
    with pytest.raises(IntegrityError), transaction.atomic():
        change(world.elsewhere, slug=world.project.slug)


def test_a_sample_is_never_nothing(world: Any) -> None:
    """Nothing would be unlike nothing: one answer could be there twice."""
    query = Query.objects.get(pk=world.task.response.query_id)
    with pytest.raises(IntegrityError), transaction.atomic():
        Response.objects.create(query=query, system="b", sample=None, blocks=[])
