import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotation", "0033_flag")]

    operations = [
        migrations.CreateModel(
            name="SentBack",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "annotation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sent_back",
                        to="annotation.annotation",
                        verbose_name="annotation",
                    ),
                ),
                ("note", models.TextField(verbose_name="note")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="at")),
                (
                    "answer",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="annotation.revision",
                        verbose_name="answered by",
                    ),
                ),
            ],
            options={
                "verbose_name": "annotation sent back",
                "verbose_name_plural": "annotations sent back",
                "ordering": ["annotation", "at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("answer", None)), fields=("annotation",), name="sent_back_open_once"
                    ),
                    models.CheckConstraint(condition=models.Q(("note", ""), _negated=True), name="sent_back_with_a_note"),
                ],
            },
        ),
    ]
