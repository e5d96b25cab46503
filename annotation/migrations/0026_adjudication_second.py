from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0025_adjudication_reason"),
    ]

    operations = [
        migrations.AddField(
            model_name="adjudication",
            name="second",
            field=models.BooleanField(default=False, verbose_name="second decision for comparison"),
        ),
    ]
