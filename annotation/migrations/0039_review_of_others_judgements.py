from django.db import migrations

from config.triggers import refuse


class Migration(migrations.Migration):
    dependencies = [("annotation", "0038_adjudication_decided_once_revealed")]

    operations = [
        refuse(
            name="review_of_others_judgements",
            table="annotation_casereview",
            events="INSERT",
            when="EXISTS (SELECT 1 FROM annotation_adjudication c JOIN annotation_annotation a ON a.task_id = "
            "c.task_id WHERE c.id = NEW.adjudication_id AND a.annotator_id = NEW.adjudicator_id)",
            message="nobody adjudicates a response that they judged",
        )
    ]
