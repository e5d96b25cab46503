from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0011_blind_scores"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="adjudication",
            name="adjudication_unseen_before_decided",
        ),
    ]
