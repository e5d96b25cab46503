from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0184_decision_without_cause"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("given", None), ("level", None), ("na", False), ("cause", "")),
                    models.Q(
                        models.Q(
                            models.Q(("given", None), ("level__isnull", False), ("na", False)),
                            models.Q(("given", None), ("level", None), ("na", True)),
                            models.Q(("given__isnull", False), ("level", None), ("na", False)),
                            _connector="OR",
                        ),
                        ("cause__in", ["", "rubric_gap", "item_fault", "slip", "ambiguity"]),
                    ),
                    _connector="OR",
                ),
                name="decision_cause_with_answer",
            ),
        ),
    ]
