from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0057_event_of_a_descriptor"),
    ]

    operations = [
        migrations.AddField(
            model_name="label",
            name="fair",
            field=models.FloatField(blank=True, null=True, verbose_name="fair value"),
        ),
    ]
