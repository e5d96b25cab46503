"""Backwards, the first step: what the tables of the version before cannot hold is refused before anything is lost."""

from typing import Any

from django.core.management.base import CommandError
from django.db import migrations
from django.db.models import Exists, OuterRef

REFUSED = (
    "%d decisions were made by people who had seen the scores and did not score blind: managers, or in a later round. The version"
    " before cannot hold them. To go back to it, restore the backup that was made before the upgrade."
)


def check(apps: Any, _schema_editor: Any) -> None:
    Decision, BlindScore = apps.get_model("annotation", "Decision"), apps.get_model("annotation", "BlindScore")
    blind = BlindScore.objects.filter(
        review__adjudication=OuterRef("adjudication"),
        review__adjudicator=OuterRef("adjudication__decided_by"),
        criterion=OuterRef("criterion"),
    )
    if count := Decision.objects.exclude(cause="").filter(~Exists(blind)).count():
        raise CommandError(REFUSED % count)


class Migration(migrations.Migration):
    dependencies = [("annotation", "0052_event_verbs_of_calling_back")]

    operations = [migrations.RunPython(migrations.RunPython.noop, check)]
