from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0012_event_verbs_of_loading"),
    ]

    operations = [
        migrations.AddField(
            model_name="image",
            name="difference_hash",
            field=models.CharField(blank=True, max_length=16, verbose_name="difference hash"),
        ),
    ]
