"""Everybody who takes or took part in a project, under the name of which their pseudonym has been made until now.

Backwards nothing is to be done: the next step back removes the table.
"""

from typing import Any

from django.db import migrations
from django.utils import timezone

TOOK_PART = (  # tables with people, and how each leads to its project
    ("Membership", "user", "project"),
    ("Annotation", "annotator", "task__project"),
    ("Assignment", "annotator", "project"),
    ("CaseReview", "adjudicator", "project"),
    ("Adjudication", "decided_by", "task__project"),
)


def fill(apps: Any, _schema_editor: Any) -> None:
    Participation, User = (apps.get_model("annotation", name) for name in ("Participation", "User"))
    members = set(apps.get_model("annotation", "Membership").objects.values_list("project", "user"))
    people = set()
    for name, person, project in TOOK_PART:
        rows = apps.get_model("annotation", name).objects.filter(**{f"{person}__isnull": False}).order_by()
        people |= set(rows.values_list(project, person).distinct())
    names = dict(User.objects.filter(pk__in={user for _project, user in people}).values_list("pk", "username"))
    now = timezone.now()  # of somebody whose membership was deleted by hand nobody knows when it ended
    Participation.objects.bulk_create(
        Participation(project_id=project, user_id=user, name=names[user], ended_at=None if (project, user) in members else now)
        for project, user in sorted(people)
    )


class Migration(migrations.Migration):
    dependencies = [("annotation", "0085_participation")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
