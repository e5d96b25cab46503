from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0126_project_larger_overlap"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="project",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("larger_overlap", None), ("larger_share", 0)),
                    models.Q(
                        ("larger_overlap__gt", models.F("overlap")),
                        ("larger_overlap__isnull", False),
                        ("larger_share__gt", 0),
                        ("larger_share__lte", 1),
                    ),
                    _connector="OR",
                ),
                name="project_larger_overlap_of_a_share",
            ),
        ),
    ]
