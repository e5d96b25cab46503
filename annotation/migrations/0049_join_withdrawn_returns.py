"""Backwards: an annotation that was sent back again after a call back has one return once more, which has the notes of all.

Forwards there is nothing to do. Between the constraints, so that the former one is made again on rows that keep it.
"""

from typing import Any

from django.db import migrations


def join(apps: Any, _schema_editor: Any) -> None:
    SentBack = apps.get_model("annotation", "SentBack")
    newest: dict[int, Any] = {}
    for one in SentBack.objects.filter(answer=None).order_by("annotation", "-at", "-pk"):
        kept = newest.setdefault(one.annotation_id, one)
        if kept is not one:
            kept.note = f"{one.note}\n\n{kept.note}"
            kept.save(update_fields=["note"])
            one.delete()


class Migration(migrations.Migration):
    dependencies = [("annotation", "0048_sent_back_without_open_once")]

    operations = [migrations.RunPython(migrations.RunPython.noop, join)]
