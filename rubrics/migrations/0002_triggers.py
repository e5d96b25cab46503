"""A frozen rubric never changes, nor do its criteria and levels."""

from django.db import migrations

from config.triggers import refuse


class Migration(migrations.Migration):
    dependencies = [("rubrics", "0001_initial")]

    operations = [
        refuse(
            name="rubric_frozen",
            table="rubrics_rubric",
            events="UPDATE",
            when="OLD.frozen_at IS NOT NULL",
            message="a frozen rubric never changes",
        ),
        refuse(
            name="rubric_frozen_criteria",
            table="rubrics_criterion",
            events="INSERT OR UPDATE",
            when="EXISTS (SELECT 1 FROM rubrics_rubric WHERE id = NEW.rubric_id AND frozen_at IS NOT NULL)",
            message="the criteria of a frozen rubric never change",
        ),
        refuse(
            name="rubric_frozen_levels",
            table="rubrics_level",
            events="INSERT OR UPDATE",
            when="EXISTS (SELECT 1 FROM rubrics_rubric r JOIN rubrics_criterion c ON c.rubric_id = r.id "
            "WHERE c.id = NEW.criterion_id AND r.frozen_at IS NOT NULL)",
            message="the levels of a frozen rubric never change",
        ),
    ]
