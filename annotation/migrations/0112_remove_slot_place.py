from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0111_slot_claimed"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="assignment", name="slot_place"),
    ]
