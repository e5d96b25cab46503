"""Every constraint is provoked; one without a row here fails the last test."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from annotation.models import (
    Acceptance,
    Adjudication,
    Annotation,
    CriterionLabel,
    DailyLimit,
    Draft,
    EarlierReference,
    Job,
    Lapse,
    Membership,
    Participation,
    PasswordLink,
    ReferenceRevision,
    Reopening,
    Retraction,
    Revision,
    SampledTask,
    Score,
    ScoresShown,
    ScoringCategory,
    ScoringLanguage,
    SearchEntry,
    Skip,
    TiedSystem,
)
from rubrics.models import ExampleImage, Level
from tests.annotation.models import cohorts, scorers
from tests.annotation.models.rows import (
    NOW,
    again,
    blind_score,
    change,
    comment,
    decision,
    flag,
    hold,
    image,
    invitation,
    keyed,
    look,
    mark,
    new_score,
    note,
    participation,
    sample,
    second_task,
    sent_back,
    slot,
    two_held,
)
from tests.factories import make_member, make_user

pytestmark = pytest.mark.django_db
Provoke = Callable[[Any], Any]


def example_image() -> ExampleImage:
    return ExampleImage.objects.create(sha256="a" * 64, format="PNG", original=b"x", shown=b"x", uploaded_at=timezone.now())


CONSTRAINTS: dict[str, Provoke] = {
    "project_overlap_from_1": lambda w: change(w.project, overlap=0),
    "project_block_size_from_1": lambda w: change(w.project, block_size=0),
    "project_lease_from_1": lambda w: change(w.project, lease_minutes=0),
    "project_template_known": lambda w: change(w.project, template="poem"),
    "project_larger_overlap_of_a_share": lambda w: change(w.project, larger_share=0.2, larger_overlap=w.project.overlap),
    "project_archived_when_closed": lambda w: change(w.project, archived_at=NOW),
    "rules_dispute_from_1": lambda w: change(w.project.rules, pair_gap=0),
    "rules_cut_off_from_1": lambda w: change(w.project.rules, cut_off=0),
    "rules_shares_0_to_1": lambda w: change(w.project.rules, undisputed_share=1.5),
    "rules_deciders_known": lambda w: change(w.project.rules, deciders="everybody"),
    "rules_labels_from_known": lambda w: change(w.project.rules, labels_from="last"),
    "sample_once": lambda w: [sample(w) for _twice in "ab"],
    "sample_number_from_1": lambda w: sample(w, number=0),
    "sample_size_from_1": lambda w: sample(w, size=0),
    "sample_unit_known": lambda w: sample(w, unit="page"),
    "sample_allocation_known": lambda w: sample(w, allocation="fair"),
    "sampled_with_a_chance": lambda w: SampledTask.objects.create(sample=sample(w), task=w.task, chance=0),
    "project_rubric_once": lambda w: again(w.project.project_rubrics.get()),
    "job_kind_known": lambda w: Job.objects.create(project=w.project, kind="sleep"),
    "job_outcome_with_its_end": lambda w: Job.objects.create(project=w.project, kind="load_items", outcome="done"),
    "job_lease_with_its_start": lambda w: Job.objects.create(project=w.project, kind="load_items", started_at=NOW),
    "image_once": lambda w: again(image(w), key="another"),
    "image_format_known": lambda w: image(w, format="SVG"),
    "image_not_empty": lambda w: image(w, width=0),
    "query_once": lambda w: again(w.task.response.query),
    "search_entry_of_question_once": lambda w: [SearchEntry.objects.create(query=w.task.response.query, words="") for _ in "ab"],
    "reference_level_once": lambda w: again(w.answer),
    "reference_revision_once": lambda w: [ReferenceRevision.objects.create(answer=w.answer, number=1, blocks=[]) for _ in "ab"],
    "reference_revision_from_1": lambda w: ReferenceRevision.objects.create(answer=w.answer, number=0, blocks=[]),
    "reference_revision_approved_by_another": lambda w: ReferenceRevision.objects.create(
        answer=w.answer, number=1, blocks=[], made_by=w.bo, approved_by=w.bo, approved_at=NOW
    ),
    "earlier_reference_once": lambda w: again(
        EarlierReference.objects.create(
            task=w.task,
            annotator=w.ana,
            revision=ReferenceRevision.objects.create(answer=w.answer, number=1, blocks=[]),
        )
    ),
    "response_once": lambda w: again(w.task.response),
    "participation_once": lambda w: again(Participation.objects.get(user=w.ana), name="other"),
    "participation_name_once": lambda w: again(Participation.objects.get(user=w.ana), user=make_user("other")),
    "participation_ended_at_a_time": lambda w: change(Participation.objects.get(user=w.ana), ended_by=w.bo),
    "daily_limit_from_1": lambda w: DailyLimit.objects.create(participation=participation(w), most=0),
    "scoring_category_once": lambda w: [ScoringCategory.objects.create(participation=participation(w)) for _ in "ab"],
    "scoring_language_once": lambda w: [
        ScoringLanguage.objects.create(participation=participation(w), language="fr") for _ in "ab"
    ],
    "tied_system_once": lambda w: [TiedSystem.objects.create(participation=participation(w), system="x") for _ in "ab"],
    "scores_shown_once": lambda w: again(ScoresShown.objects.create(project=w.project, user=w.bo, task=w.task, at=NOW)),
    "invitation_role_known": lambda w: change(invitation(w), role="king"),
    "invitation_uses_from_1": lambda w: change(invitation(w), uses=0),
    "invitation_withdrawn_at_a_time": lambda w: change(invitation(w), withdrawn_by=w.bo),
    "invitation_accepted_once": lambda w: [Acceptance.objects.create(invitation=invitation(w), user=w.bo) for _ in "ab"],
    "password_link_by_somebody_else": lambda w: PasswordLink.objects.create(user=w.bo, made_by=w.bo, digest="d", expires_at=NOW),
    "membership_once": lambda w: [Membership.objects.create(project=w.project, user=w.ana, role="expert") for _ in "ab"],
    "membership_annotator_or_manager": lambda w: again(Membership.objects.get(user=w.ana), role="manager"),
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
    "sent_back_awaited_once": lambda w: [sent_back(w), sent_back(w)],
    "sent_back_answered_or_withdrawn": lambda w: sent_back(w, answer=w.revision, withdrawn_at=NOW),
    "sent_back_with_a_note": lambda w: sent_back(w, note=""),
    "adjudication_once": lambda w: again(w.case, outcome="unusable", reason="x", decided_by=w.bo, decided_at=NOW),
    "adjudication_round_from_1": lambda w: change(w.case, round=0),
    "adjudication_open_once": lambda w: again(w.case, round=2),
    "adjudication_open_or_ended": lambda w: change(w.case, decided_at=NOW),
    "adjudication_unusable_with_reason": lambda w: change(w.case, outcome="unusable", decided_by=w.bo, decided_at=NOW),
    "review_once": lambda w: again(w.review, ended_at=NOW, ending="lapsed", lease_expires_at=None),
    "review_held_once": lambda w: again(w.review, adjudicator=make_member(w.project, "ada", "adjudicator")),
    "review_held_one_per_adjudicator": lambda w: again(
        w.review, adjudication=Adjudication.objects.create(task=second_task(w), started_at=NOW)
    ),
    "review_held_or_ended": lambda w: change(w.review, ended_at=NOW),
    "review_revealed_once_blind": lambda w: change(w.review, blind_at=NOW),
    "review_skipped_with_reason": lambda w: change(w.review, ended_at=NOW, ending="skipped", lease_expires_at=None),
    "blind_score_once": lambda w: [blind_score(w, level=w.level), blind_score(w, level=w.level)],
    "blind_score_one_answer": lambda w: blind_score(w, level=w.level, na=True),
    "reopening_with_reason": lambda w: Reopening.objects.create(adjudication=w.case, by=w.bo, at=NOW, reason=""),
    "comment_not_empty": lambda w: comment(w, text=""),
    "decision_once": lambda w: [decision(w), decision(w)],
    "decision_cause_with_answer": lambda w: decision(w, cause="slip"),
    "pair_once": lambda w: again(w.pair),
    "pair_in_order": lambda w: change(w.pair, first=w.second, second=w.task.response.query),
    "pair_verdict_known": lambda w: change(w.pair, verdict="odd", decided_by=w.bo, decided_at=NOW),
    "pair_decided_by_somebody": lambda w: change(w.pair, verdict="different", decided_at=NOW),
    "release_once": lambda w: again(w.release),
    "release_version_from_1": lambda w: again(w.release, version=0),
    "retraction_with_reason": lambda w: Retraction.objects.create(release=w.release, at=NOW, reason=""),
    "label_once": lambda w: again(w.label),
    "label_split_known": lambda w: again(w.label, task=second_task(w), split="dev"),
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
    "example_image_format_known": lambda w: change(example_image(), format="BMP"),
    "level_value_once": lambda w: again(Level.objects.filter(criterion__rubric=w.other)[0]),
    **scorers.CONSTRAINTS,
    **cohorts.CONSTRAINTS,
}


def names_in_models() -> set[str]:
    by_app = [apps.get_app_config(app).get_models() for app in ("annotation", "rubrics")]
    return {constraint.name for models_ in by_app for model in models_ for constraint in model._meta.constraints}


@pytest.mark.parametrize("name", CONSTRAINTS)
def test_the_database_refuses_what_the_constraint_names(w: Any, name: str) -> None:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        CONSTRAINTS[name](w)
    message = str(caught.value)
    if connection.vendor == "sqlite" and message.startswith("UNIQUE"):
        message += " ".join(unique_names(message))
    assert name in message


def unique_names(message: str) -> set[str]:
    """SQLite names the columns of a unique constraint: the constraints that stand on just those."""
    columns = {column.split(".")[1] for column in message.removeprefix("UNIQUE constraint failed: ").split(", ")}
    table = message.removeprefix("UNIQUE constraint failed: ").split(".")[0]
    [model] = [model for model in apps.get_models() if model._meta.db_table == table]
    unique = [constraint for constraint in model._meta.constraints if isinstance(constraint, models.UniqueConstraint)]
    return {
        constraint.name
        for constraint in unique
        if {model._meta.get_field(field).column for field in constraint.fields} == columns
    }


def test_what_has_work_on_it_is_protected(w: Any) -> None:
    scored = Level.objects.get(criterion=w.text, value=4)
    for row in (w.ana, scored, w.text, w.task.rubric, w.task, w.task.response, w.task.response.query, w.project, w.slot):
        with pytest.raises(ProtectedError):
            row.delete()


def test_every_constraint_is_provoked() -> None:
    assert set(CONSTRAINTS) == names_in_models()
