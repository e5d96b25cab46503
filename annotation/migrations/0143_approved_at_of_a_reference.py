from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0142_approved_by_of_a_reference"),
    ]

    operations = [
        migrations.AddField(
            model_name="referencerevision",
            name="approved_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="approved at"),
        ),
    ]
