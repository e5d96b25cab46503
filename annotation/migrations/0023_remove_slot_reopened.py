from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("annotation", "0022_slot_open_not_withdrawn")]

    operations = [
        migrations.RemoveIndex(model_name="assignment", name="slot_reopened"),
    ]
