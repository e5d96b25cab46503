"""Writes the form in which usernames are compared, and refuses people who would sign in with the same name."""

import unicodedata
from collections import defaultdict
from typing import Any

from django.core.management.base import CommandError
from django.db import migrations

REFUSED = """Some people would sign in with the same name, as capital letters, widths and spaces no longer tell names apart:
%s
Nothing was changed. Rename all but one of each line by `manage.py shell`:
  from annotation.models import User; User.objects.filter(username="OLD").update(username="NEW")
then run migrate again."""


def fill(apps: Any, _schema_editor: Any) -> None:
    User = apps.get_model("annotation", "User")
    by_form: defaultdict[str, list[Any]] = defaultdict(list)
    for user in User.objects.only("pk", "username").order_by("username"):
        by_form[normal_form(user.username)].append(user)
    if clashes := [users for users in by_form.values() if len(users) > 1]:
        raise CommandError(REFUSED % "\n".join("  " + ", ".join(user.username for user in users) for users in clashes))
    for form, [user] in by_form.items():
        User.objects.filter(pk=user.pk).update(normal_username=form)


def normal_form(username: str) -> str:
    """As annotation/models/people.py has it when this step is written."""
    folded = unicodedata.normalize("NFKC", username).casefold()
    return unicodedata.normalize("NFKC", folded).strip()


class Migration(migrations.Migration):
    dependencies = [("annotation", "0093_user_normal_username")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
