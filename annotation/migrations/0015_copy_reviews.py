"""The adjudicator's part of each case becomes a review, with their blind scores.

Between the constraints that are taken away before and after: backwards they are made again on rows that are filled.
"""

from datetime import timedelta
from typing import Any

from django.db import migrations
from django.db.models import F, Q

BLIND = Q(blind_level__isnull=False) | Q(blind_na=True) | Q(blind_given__isnull=False)


def copy(apps: Any, _schema_editor: Any) -> None:
    Adjudication, CaseReview = apps.get_model("annotation", "Adjudication"), apps.get_model("annotation", "CaseReview")
    BlindScore, Decision = apps.get_model("annotation", "BlindScore"), apps.get_model("annotation", "Decision")
    holders = set()
    for case in Adjudication.objects.select_related("task__project").order_by("-started_at"):
        holder = (case.task.project_id, case.adjudicator_id)
        held = case.decided_at is None and holder not in holders
        if held:
            holders.add(holder)
        review = CaseReview.objects.create(
            adjudication=case,
            project_id=case.task.project_id,
            adjudicator_id=case.adjudicator_id,
            claimed_at=case.started_at,
            blind_at=case.revealed_at,
            revealed_at=case.revealed_at,
            lease_expires_at=case.started_at + timedelta(minutes=case.task.project.lease_minutes) if held else None,
            ended_at=None if held else case.decided_at or case.started_at,
            ending="" if held else "decided" if case.decided_at else "lapsed",
        )
        BlindScore.objects.bulk_create(
            BlindScore(
                review=review,
                criterion_id=decision.criterion_id,
                level_id=decision.blind_level_id,
                na=decision.blind_na,
                given=decision.blind_given,
            )
            for decision in Decision.objects.filter(BLIND, adjudication=case)
        )


def copy_back(apps: Any, _schema_editor: Any) -> None:
    """A case had one adjudicator: who decided it, or else had it last."""
    CaseReview, Decision = apps.get_model("annotation", "CaseReview"), apps.get_model("annotation", "Decision")
    BlindScore = apps.get_model("annotation", "BlindScore")
    for review in CaseReview.objects.filter(adjudicator=F("adjudication__adjudicator")).select_related("adjudication"):
        review.adjudication.revealed_at = review.revealed_at
        review.adjudication.save(update_fields=["revealed_at"])
        for score in BlindScore.objects.filter(review=review.pk):
            Decision.objects.filter(adjudication=review.adjudication_id, criterion=score.criterion_id).update(
                blind_level=score.level_id, blind_na=score.na, blind_given=score.given
            )
    for rows in (BlindScore.objects.all(), CaseReview.objects.all()):
        rows._raw_delete(rows.db)


class Migration(migrations.Migration):
    dependencies = [("annotation", "0014_decision_without_unseen")]

    operations = [migrations.RunPython(copy, copy_back)]
