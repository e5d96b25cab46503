from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0024_copy_outcomes"),
    ]

    operations = [
        migrations.AddField(
            model_name="adjudication",
            name="reason",
            field=models.TextField(blank=True, verbose_name="why it is unusable"),
        ),
    ]
