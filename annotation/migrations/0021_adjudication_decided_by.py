from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0020_adjudication_without_revealed_at"),
    ]

    operations = [
        migrations.RenameField(
            model_name="adjudication",
            old_name="adjudicator",
            new_name="decided_by",
        ),
    ]
