from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0143_approved_at_of_a_reference"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="referencerevision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approved_at", None), ("approved_by", None)),
                    models.Q(
                        ("approved_at__isnull", False),
                        ("approved_by__isnull", False),
                        ("made_by__isnull", False),
                        models.Q(("approved_by", models.F("made_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="reference_revision_approved_by_another",
            ),
        ),
    ]
