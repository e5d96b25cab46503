"""Empty until the next step has filled it; then required."""

from django.db import migrations

import annotation.models.people


class Migration(migrations.Migration):
    dependencies = [("annotation", "0092_scores_shown_to_managers")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="normal_username",
            field=annotation.models.people.NormalUsername(
                editable=False, max_length=150, null=True, verbose_name="username, as it is compared"
            ),
        )
    ]
