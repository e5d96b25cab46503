from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0012_adjudication_without_unseen"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="decision",
            name="decision_unseen_one_answer",
        ),
    ]
