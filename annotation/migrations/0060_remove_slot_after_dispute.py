from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0046_more_event_verbs"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="assignment", name="slot_after_dispute"),
    ]
