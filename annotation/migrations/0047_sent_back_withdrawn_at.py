from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotation", "0046_more_event_verbs")]

    operations = [
        migrations.AddField(
            model_name="sentback",
            name="withdrawn_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="withdrawn at"),
        )
    ]
