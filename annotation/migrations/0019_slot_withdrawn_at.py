from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotation", "0018_query_merged_is_dropped")]

    operations = [
        migrations.AddField(
            model_name="assignment",
            name="withdrawn_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="withdrawn at"),
        ),
    ]
