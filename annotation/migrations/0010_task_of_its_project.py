from django.db import migrations

from config.triggers import refuse


class Migration(migrations.Migration):
    dependencies = [("annotation", "0009_task_of_a_frozen_rubric")]

    operations = [
        refuse(
            name="task_of_its_project",
            table="annotation_task",
            events="INSERT OR UPDATE",
            when="NOT EXISTS (SELECT 1 FROM annotation_response a JOIN annotation_query q ON q.id = a.query_id "
            "WHERE a.id = NEW.response_id AND q.project_id = NEW.project_id)",
            message="a task belongs to the project of its response",
        ),
    ]
