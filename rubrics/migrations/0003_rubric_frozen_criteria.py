from django.db import migrations

from config.triggers import refuse


class Migration(migrations.Migration):
    dependencies = [("rubrics", "0002_rubric_frozen")]

    operations = [
        refuse(
            name="rubric_frozen_criteria",
            table="rubrics_criterion",
            events="INSERT OR UPDATE",
            when="EXISTS (SELECT 1 FROM rubrics_rubric WHERE id = NEW.rubric_id AND frozen_at IS NOT NULL)",
            message="the criteria of a frozen rubric never change",
        ),
    ]
