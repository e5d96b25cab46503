from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0149_membership_without_its_trigger"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="membership",
            name="membership_role_known",
        ),
    ]
