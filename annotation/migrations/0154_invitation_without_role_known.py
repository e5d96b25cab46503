from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0153_participation_ended_without_membership_again"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="invitation",
            name="invitation_role_known",
        ),
    ]
