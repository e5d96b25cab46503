from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0013_decision_without_unseen_one_answer"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="decision",
            name="decision_after_unseen_with_cause",
        ),
    ]
