from django.db import migrations

from config.triggers import refuse


class Migration(migrations.Migration):
    dependencies = [("annotation", "0043_look_never_changes")]

    operations = [
        refuse(
            name="score_confidence_of_a_level",
            table="annotation_score",
            events="INSERT",
            when="NEW.confidence IS NOT NULL AND (NEW.level_id IS NULL OR NEW.confidence NOT IN (1, 2, 3))",
            message="confidence is 1 to 3, and is given with a level",
        ),
    ]
