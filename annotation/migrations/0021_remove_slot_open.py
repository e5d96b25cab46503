from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("annotation", "0020_slot_withdrawn_while_open")]

    operations = [
        migrations.RemoveIndex(model_name="assignment", name="slot_open"),
    ]
