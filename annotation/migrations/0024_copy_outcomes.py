"""A decided case says so, and a case that is open has nobody who decided it.

Backwards a case has somebody from its beginning, is open or decided, and is decided after the reveal alone.
"""

from typing import Any

from django.db import migrations
from django.db.models import OuterRef, Subquery


def copy(apps: Any, _schema_editor: Any) -> None:
    Adjudication = apps.get_model("annotation", "Adjudication")
    Adjudication.objects.filter(decided_at__isnull=False).update(outcome="decided")
    Adjudication.objects.filter(decided_at=None).update(decided_by=None)


def copy_back(apps: Any, _schema_editor: Any) -> None:
    Adjudication, CaseReview = apps.get_model("annotation", "Adjudication"), apps.get_model("annotation", "CaseReview")
    reopen_unusable(apps)
    newest = CaseReview.objects.filter(adjudication=OuterRef("pk")).order_by("-claimed_at").values("adjudicator")[:1]
    Adjudication.objects.filter(decided_by=None).update(decided_by=Subquery(newest))
    # a round that began when a decision was reopened, and that nobody has taken: for who decided before
    earlier = Adjudication.objects.filter(task=OuterRef("task"), round__lt=OuterRef("round"), decided_by__isnull=False)
    before = earlier.order_by("-round").values("decided_by")[:1]
    for case in Adjudication.objects.filter(decided_by=None).annotate(before=Subquery(before)):
        Adjudication.objects.filter(pk=case.pk).update(decided_by=case.before)


def reopen_unusable(apps: Any) -> None:
    """A response that was marked unusable is to be decided again; the round is left out where another one followed it."""
    Adjudication, CaseReview = apps.get_model("annotation", "Adjudication"), apps.get_model("annotation", "CaseReview")
    Decision, BlindScore = apps.get_model("annotation", "Decision"), apps.get_model("annotation", "BlindScore")
    for case in Adjudication.objects.filter(outcome="unusable"):
        if Adjudication.objects.filter(task=case.task_id, round__gt=case.round).exists():
            reviews = list(CaseReview.objects.filter(adjudication=case.pk).values_list("pk", flat=True))
            for rows in (  # in this order, and without looking for what refers to them: the models of that time do not know it
                BlindScore.objects.filter(review__in=reviews),
                CaseReview.objects.filter(pk__in=reviews),
                Decision.objects.filter(adjudication=case.pk),
                Adjudication.objects.filter(pk=case.pk),
            ):
                rows._raw_delete(rows.db)
        else:
            Adjudication.objects.filter(pk=case.pk).update(decided_at=None)


class Migration(migrations.Migration):
    dependencies = [("annotation", "0023_adjudication_outcome")]

    operations = [migrations.RunPython(copy, copy_back)]
