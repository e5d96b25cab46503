from django.db import migrations

from config.triggers import refuse


class Migration(migrations.Migration):
    dependencies = [("annotation", "0007_criterion_label_never_changes")]

    operations = [
        refuse(
            name="slot_of_its_project",
            table="annotation_assignment",
            events="INSERT OR UPDATE",
            when="NOT EXISTS (SELECT 1 FROM annotation_task t WHERE t.id = NEW.task_id AND t.project_id = NEW.project_id)",
            message="a slot belongs to the project of its task",
        ),
    ]
