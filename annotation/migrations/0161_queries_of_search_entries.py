from typing import Any

from django.db import migrations
from django.db.models import OuterRef, Subquery


def forwards(apps: Any, _schema_editor: Any) -> None:
    of_response = apps.get_model("annotation", "Response").objects.filter(pk=OuterRef("response"))
    entries = apps.get_model("annotation", "SearchEntry").objects.filter(query=None)
    entries.update(query=Subquery(of_response.values("query")))


def backwards(apps: Any, _schema_editor: Any) -> None:
    apps.get_model("annotation", "SearchEntry").objects.exclude(response=None).update(query=None)


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0160_search_entry_query_of_many"),
    ]

    operations = [
        migrations.RunPython(forwards, backwards),
    ]
