import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotation", "0028_error_type")]

    operations = [
        migrations.CreateModel(
            name="Workspace",
            fields=[
                (
                    "project",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="workspace",
                        serialize=False,
                        to="annotation.project",
                        verbose_name="project",
                    ),
                ),
                (
                    "feedback",
                    models.CharField(
                        choices=[("off", "not asked for"), ("asked", "asked for, may be left empty"), ("required", "required")],
                        default="asked",
                        max_length=10,
                        verbose_name="feedback",
                    ),
                ),
                (
                    "confidence",
                    models.CharField(
                        choices=[("off", "not asked for"), ("asked", "asked for, may be left empty"), ("required", "required")],
                        default="off",
                        max_length=10,
                        verbose_name="confidence per criterion",
                    ),
                ),
                ("overall_shown", models.BooleanField(default=False, verbose_name="the overall is shown before it is submitted")),
                (
                    "ladder_after_first_score",
                    models.BooleanField(default=False, verbose_name="reference answers open with the first score"),
                ),
                ("reopening", models.BooleanField(default=True, verbose_name="annotators may revise what they have submitted")),
                (
                    "blur",
                    models.CharField(
                        choices=[("never", "never"), ("marked", "where the material is marked as harmful"), ("always", "always")],
                        default="marked",
                        max_length=10,
                        verbose_name="blurred until asked for",
                    ),
                ),
                (
                    "errors_below",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="an error is required when a score is below"
                    ),
                ),
            ],
            options={
                "verbose_name": "workspace",
                "verbose_name_plural": "workspaces",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("feedback__in", ["off", "asked", "required"])), name="workspace_feedback_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("confidence__in", ["off", "asked", "required"])), name="workspace_confidence_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("blur__in", ["never", "marked", "always"])), name="workspace_blur_known"
                    ),
                ],
            },
        ),
    ]
