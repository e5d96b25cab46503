from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotation", "0049_preferences")]

    operations = [
        migrations.AddField(
            model_name="preferences",
            name="keys",
            field=models.JSONField(blank=True, default=dict, verbose_name="keys"),
        ),
    ]
