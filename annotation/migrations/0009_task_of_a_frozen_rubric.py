from django.db import migrations

from config.triggers import refuse


class Migration(migrations.Migration):
    dependencies = [("annotation", "0008_slot_of_its_project")]

    operations = [
        refuse(
            name="task_of_a_frozen_rubric",
            table="annotation_task",
            events="INSERT OR UPDATE",
            when="NOT EXISTS (SELECT 1 FROM rubrics_rubric r WHERE r.id = NEW.rubric_id AND r.frozen_at IS NOT NULL)",
            message="a task is judged with a frozen rubric",
        ),
    ]
