from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("annotation", "0081_project_score_without_feedback")]

    operations = [
        migrations.AddConstraint(
            model_name="project",
            constraint=models.CheckConstraint(
                condition=Q(template__in=["mmie", "scores", "criteria"]), name="project_template_known"
            ),
        )
    ]
