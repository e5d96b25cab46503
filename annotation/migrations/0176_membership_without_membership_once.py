from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0175_membership_without_its_trigger_for_roles"),
    ]

    operations = [migrations.RemoveConstraint(model_name="membership", name="membership_once")]
