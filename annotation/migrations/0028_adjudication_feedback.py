from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0027_adjudication_reserved_for"),
    ]

    operations = [
        migrations.AddField(
            model_name="adjudication",
            name="feedback",
            field=models.TextField(blank=True, verbose_name="feedback for the release"),
        ),
    ]
