from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0022_adjudication_decided_by_nobody_yet"),
    ]

    operations = [
        migrations.AddField(
            model_name="adjudication",
            name="outcome",
            field=models.CharField(
                blank=True,
                choices=[("", "open"), ("decided", "decided"), ("unusable", "marked unusable")],
                default="",
                max_length=10,
                verbose_name="outcome",
            ),
        ),
    ]
