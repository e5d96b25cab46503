"""What managers were shown before it was recorded: everything that is scored by now, as they could see it all.

Who was one once and is an annotator now is among them: it counts for what they judge from now on.
"""

from typing import Any

from django.db import migrations
from django.utils import timezone


def record(apps: Any, _schema_editor: Any) -> None:
    Membership, Event, User = (apps.get_model("annotation", name) for name in ("Membership", "Event", "User"))
    managers = set(Membership.objects.filter(role="manager").values_list("project", "user"))
    people = dict(User.objects.values_list("username", "pk"))
    changes = Event.objects.filter(verb__in=["member_added", "role_changed"]).order_by()
    for project, data in changes.values_list("project", "data"):
        role = data.get("role")
        if "manager" in (role if isinstance(role, list) else [role]) and data.get("username") in people:
            managers.add((project, people[data["username"]]))
    ScoresShown, now = apps.get_model("annotation", "ScoresShown"), timezone.now()
    ScoresShown.objects.bulk_create(ScoresShown(project_id=project, user_id=user, at=now) for project, user in sorted(managers))


class Migration(migrations.Migration):
    dependencies = [("annotation", "0091_scores_shown_stay")]

    operations = [migrations.RunPython(record, migrations.RunPython.noop)]
