from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0123_person_made_anonymous"),
    ]

    operations = [
        migrations.AddField(
            model_name="project",
            name="second_factor",
            field=models.BooleanField(default=False, verbose_name="managers need a second factor"),
        ),
    ]
