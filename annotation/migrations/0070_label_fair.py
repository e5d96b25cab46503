from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0046_more_event_verbs"),
    ]

    operations = [
        migrations.AddField(
            model_name="label",
            name="fair",
            field=models.FloatField(blank=True, null=True, verbose_name="fair value"),
        ),
    ]
