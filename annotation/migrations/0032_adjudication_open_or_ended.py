from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0031_adjudication_open_once"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="adjudication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at", None), ("decided_by", None), ("outcome", "")),
                    models.Q(
                        ("decided_at__isnull", False), ("decided_by__isnull", False), ("outcome__in", ["decided", "unusable"])
                    ),
                    _connector="OR",
                ),
                name="adjudication_open_or_ended",
            ),
        ),
    ]
