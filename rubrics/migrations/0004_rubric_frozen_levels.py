from django.db import migrations

from config.triggers import refuse


class Migration(migrations.Migration):
    dependencies = [("rubrics", "0003_rubric_frozen_criteria")]

    operations = [
        refuse(
            name="rubric_frozen_levels",
            table="rubrics_level",
            events="INSERT OR UPDATE",
            when="EXISTS (SELECT 1 FROM rubrics_rubric r JOIN rubrics_criterion c ON c.rubric_id = r.id "
            "WHERE c.id = NEW.criterion_id AND r.frozen_at IS NOT NULL)",
            message="the levels of a frozen rubric never change",
        ),
    ]
