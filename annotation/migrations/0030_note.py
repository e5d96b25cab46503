import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotation", "0029_workspace")]

    operations = [
        migrations.CreateModel(
            name="Note",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
                        to="annotation.revision",
                        verbose_name="revision",
                    ),
                ),
                (
                    "criterion",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
                        to="rubrics.criterion",
                        verbose_name="criterion",
                    ),
                ),
                (
                    "part",
                    models.CharField(
                        blank=True, choices=[("query", "query"), ("response", "response")], max_length=10, verbose_name="part"
                    ),
                ),
                ("block", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="block")),
                ("text", models.TextField(verbose_name="text")),
            ],
            options={
                "verbose_name": "note",
                "verbose_name_plural": "notes",
                "ordering": ["revision", "criterion__place", "part", "block"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("criterion__isnull", False)),
                        fields=("revision", "criterion"),
                        name="note_once_per_criterion",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("block__isnull", False)),
                        fields=("revision", "part", "block"),
                        name="note_once_per_block",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("block", None), ("criterion__isnull", False), ("part", "")),
                            models.Q(
                                ("block__gte", 1),
                                ("block__isnull", False),
                                ("criterion", None),
                                ("part__in", ["query", "response"]),
                            ),
                            _connector="OR",
                        ),
                        name="note_on_criterion_or_block",
                    ),
                ],
            },
        ),
    ]
