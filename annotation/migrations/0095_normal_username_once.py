from django.db import migrations

import annotation.models.people


class Migration(migrations.Migration):
    dependencies = [("annotation", "0094_fill_normal_usernames")]

    operations = [
        migrations.AlterField(
            model_name="user",
            name="normal_username",
            field=annotation.models.people.NormalUsername(
                editable=False, max_length=150, unique=True, verbose_name="username, as it is compared"
            ),
        )
    ]
