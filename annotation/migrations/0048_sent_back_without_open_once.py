from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("annotation", "0047_sent_back_withdrawn_at")]

    operations = [migrations.RemoveConstraint(model_name="sentback", name="sent_back_open_once")]
