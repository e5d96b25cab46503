from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0032_adjudication_open_or_ended"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="adjudication",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome", "unusable"), ("reason", ""), _negated=True),
                name="adjudication_unusable_with_reason",
            ),
        ),
    ]
