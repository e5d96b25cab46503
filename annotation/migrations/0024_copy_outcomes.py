"""A decided case says so, and a case that is open has nobody who decided it."""

from typing import Any

from django.db import migrations
from django.db.models import OuterRef, Subquery


def copy(apps: Any, _schema_editor: Any) -> None:
    Adjudication = apps.get_model("annotation", "Adjudication")
    Adjudication.objects.filter(decided_at__isnull=False).update(outcome="decided")
    Adjudication.objects.filter(decided_at=None).update(decided_by=None)


def copy_back(apps: Any, _schema_editor: Any) -> None:
    Adjudication, CaseReview = apps.get_model("annotation", "Adjudication"), apps.get_model("annotation", "CaseReview")
    newest = CaseReview.objects.filter(adjudication=OuterRef("pk")).order_by("-claimed_at").values("adjudicator")[:1]
    Adjudication.objects.filter(decided_by=None).update(decided_by=Subquery(newest))


class Migration(migrations.Migration):
    dependencies = [("annotation", "0023_adjudication_outcome")]

    operations = [migrations.RunPython(copy, copy_back)]
