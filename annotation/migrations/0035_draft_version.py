from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotation", "0034_sent_back")]

    operations = [
        migrations.AddField(
            model_name="draft",
            name="version",
            field=models.PositiveIntegerField(default=1, verbose_name="version"),
        ),
    ]
