from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0071_label_fair_se"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="label",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("fair", None), ("fair_se", None)),
                    models.Q(("fair__isnull", False), ("fair_se__gte", 0), ("fair_se__isnull", False)),
                    _connector="OR",
                ),
                name="label_fair_with_error",
            ),
        ),
    ]
