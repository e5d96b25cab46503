from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0125_project_larger_share"),
    ]

    operations = [
        migrations.AddField(
            model_name="project",
            name="larger_overlap",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="annotators per response of that share"),
        ),
    ]
