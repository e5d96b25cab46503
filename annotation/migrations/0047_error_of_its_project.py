from django.db import migrations

from config.triggers import refuse


class Migration(migrations.Migration):
    dependencies = [("annotation", "0046_look_of_its_rubric")]

    operations = [
        refuse(
            name="error_of_its_project",
            table="annotation_errormark",
            events="INSERT",
            when="NOT EXISTS (SELECT 1 FROM annotation_revision r JOIN annotation_annotation a ON a.id = r.annotation_id "
            "JOIN annotation_task t ON t.id = a.task_id JOIN annotation_errortype e ON e.project_id = t.project_id "
            "WHERE r.id = NEW.revision_id AND e.id = NEW.error_type_id)",
            message="an error is of a type of its project",
        ),
    ]
