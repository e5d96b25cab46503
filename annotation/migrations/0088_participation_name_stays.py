from django.db import migrations

from config.triggers import refuse


class Migration(migrations.Migration):
    dependencies = [("annotation", "0087_membership_of_somebody_who_takes_part")]

    operations = [
        refuse(
            name="participation_name_stays",
            table="annotation_participation",
            events="UPDATE",
            when="NEW.name <> OLD.name OR NEW.user_id <> OLD.user_id OR NEW.project_id <> OLD.project_id",
            message="what a pseudonym is made of never changes",
        )
    ]
