from django.db import migrations

from config.triggers import refuse


class Migration(migrations.Migration):
    dependencies = [("annotation", "0039_review_of_others_judgements")]

    operations = [
        refuse(
            name="annotation_of_nobody_who_reviewed",
            table="annotation_annotation",
            events="INSERT",
            when="EXISTS (SELECT 1 FROM annotation_adjudication c JOIN annotation_casereview r ON "
            "r.adjudication_id = c.id WHERE c.task_id = NEW.task_id AND r.adjudicator_id = NEW.annotator_id)",
            message="nobody judges a response that they adjudicated",
        )
    ]
