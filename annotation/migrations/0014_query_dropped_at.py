from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotation", "0013_image_difference_hash")]

    operations = [
        migrations.AddField(
            model_name="query",
            name="dropped_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="dropped at"),
        ),
    ]
