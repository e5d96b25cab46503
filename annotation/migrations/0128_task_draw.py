from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0127_project_larger_overlap_of_a_share"),
    ]

    operations = [
        migrations.AddField(
            model_name="task",
            name="draw",
            field=models.FloatField(blank=True, null=True, verbose_name="draw"),
        ),
    ]
