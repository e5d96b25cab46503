from django.db import migrations

from config.triggers import refuse


class Migration(migrations.Migration):
    dependencies = [("annotation", "0040_annotation_of_nobody_who_reviewed")]

    operations = [
        refuse(
            name="review_of_its_project",
            table="annotation_casereview",
            events="INSERT",
            when="NOT EXISTS (SELECT 1 FROM annotation_adjudication c JOIN annotation_task t ON t.id = c.task_id "
            "WHERE c.id = NEW.adjudication_id AND t.project_id = NEW.project_id)",
            message="a part in a case belongs to the project of its response",
        )
    ]
