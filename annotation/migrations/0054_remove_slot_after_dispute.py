from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0053_way_back"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="assignment", name="slot_after_dispute"),
    ]
