"""Every rule that the database keeps is provoked; a constraint or a trigger without a row here fails the last test."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from annotation.models import (
    Adjudication,
    Annotation,
    Assignment,
    CriterionLabel,
    Decision,
    Draft,
    ErrorMark,
    Event,
    Flag,
    Image,
    Job,
    Label,
    Lapse,
    Look,
    Membership,
    Note,
    PossibleDuplicate,
    Query,
    ReferenceAnswer,
    ReferenceRevision,
    Release,
    Response,
    Revision,
    Score,
    SentBack,
    Skip,
    Task,
    User,
)
from rubrics.models import Criterion, Level, Rubric
from rubrics.versioning import freeze
from tests.factories import judged, make_member, make_project, make_rubric

NOW = timezone.now()


@pytest.fixture
def w() -> SimpleNamespace:
    """A small world with a row of everything."""
    project = make_project(overlap=3)
    [task] = judged(project, [[4]], names=("ana",))
    ana, bo = User.objects.get(username="ana"), make_member(project, "bo")
    revision = Revision.objects.get()
    text = Criterion.objects.get(key="text", rubric=task.rubric)
    harm = Criterion.objects.get(key="harm", rubric=task.rubric)
    level = Level.objects.get(criterion=text, value=3)
    case = Adjudication.objects.create(task=task, adjudicator=bo, started_at=NOW)
    release = Release.objects.create(project=project, version=1, seed=0, manifest={}, made_at=NOW)
    label = Label.objects.create(release=release, task=task, split="train", how="agreed", overall=4, score=4)
    answer = ReferenceAnswer.objects.create(query=task.response.query, level=1)
    second = Query.objects.create(project=project, external_id="second", category="x", blocks=[])
    pair = PossibleDuplicate.objects.create(
        project=project, first=task.response.query, second=second, reasons={}, strength=1, found_at=NOW
    )
    other = make_rubric(slug="other", category="situational-analysis")
    error_type = project.error_types.all()[0]
    slot = Assignment.objects.get(annotator=ana)
    empty = Assignment.objects.filter(annotator=None).order_by("number")[0]
    return SimpleNamespace(**{key: value for key, value in locals().items() if key != "self"})


def change(row: models.Model, **fields: Any) -> None:
    type(row)._default_manager.filter(pk=row.pk).update(**fields)


def again(row: models.Model, **fields: Any) -> None:
    """The same row a second time, with other values where they are given."""
    copy = type(row)._default_manager.get(pk=row.pk)
    copy.pk = None
    for key, value in fields.items():
        setattr(copy, key, value)
    copy.save(force_insert=True)


def slot(w: Any, **fields: Any) -> Assignment:
    named = {"task": w.task, "project": w.project, "number": 9, "position": 99, "category": "x", "system": "s"}
    return Assignment.objects.create(**named | fields)


def hold(w: Any, row: Assignment, user: User) -> None:
    change(row, annotator=user, claimed_at=NOW, lease_expires_at=NOW + timedelta(hours=1))


def second_task(w: Any) -> Task:
    response = Response.objects.create(query=w.task.response.query, system="system-b", blocks=[])
    return Task.objects.create(project=w.project, response=response, rubric=w.task.rubric)


def two_held(w: Any) -> None:
    other = slot(w, task=second_task(w))
    hold(w, other, w.bo)
    hold(w, w.empty, w.bo)


def image(w: Any, **fields: Any) -> Image:
    named = {"project": w.project, "sha256": "a", "format": "PNG", "width": 1, "height": 1, "size": 1}
    return Image.objects.create(**named | fields)


def decision(w: Any, **fields: Any) -> Decision:
    return Decision.objects.create(**{"adjudication": w.case, "criterion": w.text, "disputed": True} | fields)


def keyed(w: Any, number: int) -> Revision:
    return Revision.objects.create(annotation=w.revision.annotation, number=number, submitted_at=NOW, idempotency_key="k")


def new_score(w: Any, **fields: Any) -> Score:
    revision = Revision.objects.create(annotation=w.revision.annotation, number=2, submitted_at=NOW)
    return Score.objects.create(**{"revision": revision, "criterion": w.text} | fields)


def note(w: Any, **fields: Any) -> Note:
    return Note.objects.create(**{"revision": w.revision, "text": "see"} | fields)


def mark(w: Any, **fields: Any) -> ErrorMark:
    return ErrorMark.objects.create(**{"revision": w.revision, "error_type": w.error_type} | fields)


def look(w: Any, **fields: Any) -> Look:
    return Look.objects.create(**{"revision": w.revision, "low": 3, "high": 4, "at": NOW} | fields)


def flag(w: Any, **fields: Any) -> Flag:
    return Flag.objects.create(
        **{"project": w.project, "task": w.task, "annotator": w.ana, "kind": "other", "raised_at": NOW} | fields
    )


def sent_back(w: Any, **fields: Any) -> SentBack:
    return SentBack.objects.create(**{"annotation": w.revision.annotation, "note": "see", "by": w.bo, "at": NOW} | fields)


def frozen(w: Any) -> Rubric:
    freeze(rubric=w.other)
    return Rubric.objects.get(pk=w.other.pk)


Provoke = Callable[[Any], Any]
CONSTRAINTS: dict[str, Provoke] = {
    "project_overlap_from_1": lambda w: change(w.project, overlap=0),
    "project_block_size_from_1": lambda w: change(w.project, block_size=0),
    "project_lease_from_1": lambda w: change(w.project, lease_minutes=0),
    "project_dispute_from_1": lambda w: change(w.project, pair_gap=0),
    "project_undisputed_share_0_to_1": lambda w: change(w.project, undisputed_share=1.5),
    "project_rubric_once": lambda w: again(w.project.project_rubrics.get()),
    "job_kind_known": lambda w: Job.objects.create(project=w.project, kind="sleep"),
    "job_outcome_with_its_end": lambda w: Job.objects.create(project=w.project, kind="load_items", outcome="done"),
    "job_lease_with_its_start": lambda w: Job.objects.create(project=w.project, kind="load_items", started_at=NOW),
    "image_once": lambda w: again(image(w), key="another"),
    "image_format_known": lambda w: image(w, format="SVG"),
    "image_not_empty": lambda w: image(w, width=0),
    "query_once": lambda w: again(w.task.response.query),
    "reference_level_once": lambda w: again(w.answer),
    "reference_revision_once": lambda w: [ReferenceRevision.objects.create(answer=w.answer, number=1, blocks=[]) for _ in "ab"],
    "reference_revision_from_1": lambda w: ReferenceRevision.objects.create(answer=w.answer, number=0, blocks=[]),
    "response_once": lambda w: again(w.task.response),
    "membership_once": lambda w: again(Membership.objects.get(user=w.ana)),
    "membership_role_known": lambda w: change(Membership.objects.get(user=w.ana), role="owner"),
    "task_once": lambda w: again(w.task),
    "task_kind_known": lambda w: change(w.task, kind="exam"),
    "task_round_from_1": lambda w: change(w.task, round=0),
    "slot_once": lambda w: again(w.empty, position=98),
    "slot_position_once": lambda w: again(w.empty, number=8),
    "slot_of_a_task_once_per_annotator": lambda w: hold(w, w.empty, w.ana),
    "slot_held_one_per_annotator": two_held,
    "slot_number_from_1": lambda w: slot(w, number=0),
    "slot_reason_known": lambda w: slot(w, reason="because"),
    "slot_open_held_or_submitted": lambda w: change(w.empty, annotator=w.bo),
    "skip_once": lambda w: [
        Skip.objects.create(
            task=w.task, assignment=w.empty, project=w.project, annotator=w.bo, position=1, reason="x", skipped_at=NOW
        )
        for _ in "ab"
    ],
    "lapse_once": lambda w: [Lapse.objects.create(assignment=w.empty, annotator=w.bo, lapsed_at=NOW) for _ in "ab"],
    "draft_once": lambda w: [Draft.objects.create(task=w.task, annotator=w.bo, content={}, saved_at=NOW) for _ in "ab"],
    "annotation_once": lambda w: Annotation.objects.create(task=w.task, annotator=w.ana, assignment=w.empty),
    "revision_once": lambda w: again(w.revision),
    "revision_idempotency_key_once": lambda w: [keyed(w, 2), keyed(w, 3)],
    "revision_from_1": lambda w: Revision.objects.create(annotation=w.revision.annotation, number=0, submitted_at=NOW),
    "score_once": lambda w: again(Score.objects.get(revision=w.revision, criterion=w.text)),
    "score_level_or_not_applicable": lambda w: new_score(w, level=w.level, not_applicable=True),
    "workspace_feedback_known": lambda w: change(w.project.workspace, feedback="loud"),
    "workspace_confidence_known": lambda w: change(w.project.workspace, confidence="loud"),
    "workspace_blur_known": lambda w: change(w.project.workspace, blur="half"),
    "error_type_once": lambda w: again(w.error_type),
    "error_once_per_block": lambda w: [mark(w, block=1), mark(w, block=1)],
    "error_once_per_response": lambda w: [mark(w), mark(w)],
    "error_block_from_1": lambda w: mark(w, block=0),
    "note_once_per_criterion": lambda w: [note(w, criterion=w.text), note(w, criterion=w.text)],
    "note_once_per_block": lambda w: [note(w, part="query", block=1), note(w, part="query", block=1)],
    "note_on_criterion_or_block": lambda w: note(w, criterion=w.text, block=1),
    "look_ascends": lambda w: look(w, low=3, high=2),
    "skip_kind_known": lambda w: Skip.objects.create(
        task=w.task, assignment=w.empty, project=w.project, annotator=w.bo, position=1, kind="mood", reason="x", skipped_at=NOW
    ),
    "flag_kind_known": lambda w: flag(w, kind="mood"),
    "flag_settled_by_somebody": lambda w: flag(w, settled_at=NOW),
    "flag_open_once": lambda w: [flag(w), flag(w)],
    "sent_back_open_once": lambda w: [sent_back(w), sent_back(w)],
    "sent_back_with_a_note": lambda w: sent_back(w, note=""),
    "adjudication_once": lambda w: again(w.case),
    "adjudication_round_from_1": lambda w: change(w.case, round=0),
    "adjudication_unseen_before_decided": lambda w: change(w.case, decided_at=NOW),
    "decision_once": lambda w: [decision(w), decision(w)],
    "decision_unseen_one_answer": lambda w: decision(w, blind_level=w.level, blind_na=True),
    "decision_after_unseen_with_cause": lambda w: decision(w, blind_level=w.level, level=w.level),
    "pair_once": lambda w: again(w.pair),
    "pair_in_order": lambda w: change(w.pair, first=w.second, second=w.task.response.query),
    "pair_verdict_known": lambda w: change(w.pair, verdict="odd", decided_by=w.bo, decided_at=NOW),
    "pair_decided_by_somebody": lambda w: change(w.pair, verdict="different", decided_at=NOW),
    "release_once": lambda w: again(w.release),
    "release_version_from_1": lambda w: again(w.release, version=0),
    "label_once": lambda w: again(w.label),
    "label_split_known": lambda w: again(w.label, task=second_task(w), split="test"),
    "label_how_known": lambda w: again(w.label, task=second_task(w), how="guessed"),
    "criterion_label_once": lambda w: [
        CriterionLabel.objects.create(label=w.label, criterion=w.text, value=1, how="agreed") for _ in "ab"
    ],
    "criterion_label_value_or_given": lambda w: CriterionLabel.objects.create(
        label=w.label, criterion=w.text, value=1, given=True, how="agreed"
    ),
    "criterion_label_how_known": lambda w: CriterionLabel.objects.create(label=w.label, criterion=w.text, how="guessed"),
    "rubric_version_once": lambda w: again(w.other),
    "rubric_version_from_1": lambda w: again(w.other, version=0),
    "rubric_scale_ascends": lambda w: change(w.other, scale_min=6),
    "rubric_overall_ascends": lambda w: change(w.other, overall_max=0),
    "rubric_overall_known": lambda w: change(w.other, overall_method="median"),
    "rubric_rounding_known": lambda w: change(w.other, rounding="down"),
    "criterion_key_once": lambda w: again(w.other.criteria.get(key="text"), place=7),
    "criterion_place_once": lambda w: again(w.other.criteria.get(key="text"), key="new"),
    "criterion_rated_or_penalty": lambda w: change(w.other.criteria.get(key="text"), weight=None),
    "criterion_na_known": lambda w: change(w.other.criteria.get(key="text"), na="maybe"),
    "level_value_once": lambda w: again(Level.objects.filter(criterion__rubric=w.other)[0]),
}
TRIGGERS: dict[str, Provoke] = {
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
    "label_never_changes": lambda w: change(w.label, overall=1),
    "criterion_label_never_changes": lambda w: change(
        CriterionLabel.objects.create(label=w.label, criterion=w.text, value=1, how="agreed"), value=2
    ),
    "slot_of_its_project": lambda w: slot(w, project=make_project(slug="elsewhere", rubrics=["other"])),
    "slot_withdrawn_while_open": lambda w: change(w.slot, withdrawn_at=NOW),
    "query_dropped_by_somebody": lambda w: change(w.second, dropped_at=NOW),
    "query_merged_is_dropped": lambda w: change(w.second, merged_into=w.task.response.query),
    "pair_of_its_project": lambda w: change(w.pair, project=make_project(slug="elsewhere", rubrics=["other"])),
    "task_of_a_frozen_rubric": lambda w: Task.objects.create(project=w.project, response=w.task.response, rubric=w.other),
    "task_of_its_project": lambda w: Task.objects.create(
        project=make_project(slug="elsewhere", rubrics=["other"]), response=w.task.response, rubric=frozen(w)
    ),
    "event_never_changes": lambda w: Event.objects.update(data={}),
    "rubric_frozen": lambda w: change(frozen(w), title="New"),
    "rubric_frozen_criteria": lambda w: change(frozen(w).criteria.get(key="text"), title="New"),
    "rubric_frozen_levels": lambda w: change(Level.objects.filter(criterion__rubric=frozen(w))[0], descriptor="New"),
}


def names_in_models() -> set[str]:
    found = [apps.get_app_config(app).get_models() for app in ("annotation", "rubrics")]
    return {constraint.name for models_ in found for model in models_ for constraint in model._meta.constraints}


def triggers_in_migrations() -> dict[str, str]:
    """Each trigger's name and message."""
    text = "".join(path.read_text() for app in ("annotation", "rubrics") for path in Path(app, "migrations").glob("0*.py"))
    return dict(re.findall(r'refuse\(\s*name="(\w+)".*?message="([^"]+)"', text, re.DOTALL))


@pytest.mark.django_db
@pytest.mark.parametrize("name", CONSTRAINTS)
def test_the_database_refuses_what_the_constraint_names(w: Any, name: str) -> None:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        CONSTRAINTS[name](w)
    said = str(caught.value)
    if connection.vendor == "sqlite" and said.startswith("UNIQUE"):
        said += " ".join(unique_names(said))
    assert name in said


def unique_names(said: str) -> set[str]:
    """SQLite names the columns of a unique constraint: the constraints that stand on just those."""
    columns = {column.split(".")[1] for column in said.removeprefix("UNIQUE constraint failed: ").split(", ")}
    table = said.removeprefix("UNIQUE constraint failed: ").split(".")[0]
    [model] = [model for model in apps.get_models() if model._meta.db_table == table]
    unique = [found for found in model._meta.constraints if isinstance(found, models.UniqueConstraint)]
    return {found.name for found in unique if {model._meta.get_field(field).column for field in found.fields} == columns}


@pytest.mark.django_db
@pytest.mark.parametrize("name", TRIGGERS)
def test_the_database_refuses_what_the_trigger_names(w: Any, name: str) -> None:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        TRIGGERS[name](w)
    assert triggers_in_migrations()[name] in str(caught.value)


@pytest.mark.django_db
def test_what_has_work_on_it_is_protected(w: Any) -> None:
    scored = Level.objects.get(criterion=w.text, value=4)
    for row in (w.ana, scored, w.text, w.task.rubric, w.task, w.task.response, w.task.response.query, w.project, w.slot):
        with pytest.raises(ProtectedError):
            row.delete()


def test_every_constraint_and_every_trigger_is_provoked() -> None:
    assert set(CONSTRAINTS) == names_in_models()
    assert set(TRIGGERS) == set(triggers_in_migrations())
